"""What a model may answer, as a JSON schema and as types that refuse everything else.

`msgspec` takes neither NaN nor a number too large to hold, and nothing unknown is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from tallystick.claims.model.vocabulary import Vocabulary

Kind = TypeVar("Kind")
MOST = 200  # claims of one passage; more is a model that runs in circles
PLACE = re.compile(r"[$.\w\[\]]+`")  # $.claims[...].low, closed as the decoder closes it
DEEPEST = 2_000_000  # code points; an offset beyond that belongs to no passage that was sent

Number = Annotated[float, msgspec.Meta(ge=0, le=1e18)]
Word = Annotated[str, msgspec.Meta(max_length=400)]
Day = Annotated[str, msgspec.Meta(max_length=10)]


class Claimed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One claim as a model words it; nothing of it is believed yet. Offsets count within the passage."""

    quote: Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
    start: Annotated[int, msgspec.Meta(ge=0, le=DEEPEST)]
    measure: Word
    low: Number | None
    point: Number | None
    high: Number | None
    unit: Word
    host: Word
    sector: Word
    first_day: Day
    last_day: Day
    asserted_by: Word
    hedge: Word
    status: Literal["observed", "planned", "forecast"]


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that a model found in one passage."""

    claims: Annotated[list[Claimed], msgspec.Meta(max_length=MOST)]


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: Annotated[list[_Choice], msgspec.Meta(min_length=1, max_length=16)]


class MalformedError(ValueError):
    """What came back is not an answer; the text says in which way, and repeats none of it."""


def answer_in(body: bytes) -> Answer:
    """The answer within a completion of the OpenAI protocol.

    Raises
    ------
    MalformedError
        Not JSON, not a completion, cut short, empty, or not what the schema asks for.
    """
    choice = _decoded(body, _Completion, "the completion").choices[0]
    if choice.finish_reason == "length":
        raise MalformedError("the model's answer was cut short")
    if not choice.message.content:
        raise MalformedError("the model gave no answer")
    return _decoded(choice.message.content.encode("utf-8", "surrogatepass"), Answer, "the model's answer")


def schema(vocabulary: Vocabulary) -> Mapping[str, Any]:
    """What `response_format` asks for: every field required, as servers that hold a model to a schema want it."""
    number = {"type": ["number", "null"]}
    text = {"type": "string"}
    fields = {
        "quote": text,
        "start": {"type": "integer"},
        "measure": {"type": "string", "enum": sorted(vocabulary.measures)},
        "low": number,
        "point": number,
        "high": number,
        "unit": {"type": "string", "enum": sorted(vocabulary.units)},
        "host": text,
        "sector": {"type": "string", "enum": ["", *sorted(vocabulary.sectors)]},
        "first_day": text,
        "last_day": text,
        "asserted_by": text,
        "hedge": text,
        "status": {"type": "string", "enum": ["observed", "planned", "forecast"]},
    }
    claim = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    claims = {"claims": {"type": "array", "items": claim}}
    return {"type": "object", "properties": claims, "required": ["claims"], "additionalProperties": False}


def _decoded(body: bytes, kind: type[Kind], what: str) -> Kind:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise MalformedError(f"{what} is not what the schema asks for{_where(error)}") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise MalformedError(f"{what} is no JSON") from error


def _where(error: msgspec.ValidationError) -> str:
    """The place that the decoder names, without the value found there; field names are ours."""
    _, found, place = str(error).rpartition(" - at `")
    return f", at {place.rstrip('`')}" if found and PLACE.fullmatch(place) else ""
