"""Forecasts on record: frozen before the figures appear, in a chain of entries that cannot be changed unseen.

The record is a text of lines. A line is one entry as JSON: its number, the hash of the entry before, what was frozen
and what it was made from; its last field is the SHA-256 of all bytes before that field. So a byte that is changed,
removed, inserted or moved breaks the chain at a line that `chain_of` names. Who cuts off the last entries, or works out
every hash anew, gets a chain that holds, but another head: the head that an older brief prints is not in it (`holds`).

What a chain cannot tell is when it was written. That is shown by where its head was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from math import isfinite
from typing import NamedTuple

import msgspec

from tallystick.forecasts.asked import Question
from tallystick.forecasts.quantiles import LEVELS, are_whole
from tallystick.vocab.errors import EvidenceError

KIND = "tallystick-forecasts/1"
NONE = "0" * 64  # stands where there is no entry before
SEAL = re.compile(rb'\A(?P<body>.+),"sha256":"(?P<hash>[0-9a-f]{64})"\}\Z', re.DOTALL)
WAY_OUT = (
    "take the record from a copy that holds the head printed in a brief; `tallystick forecast --against HASH` says "
    "whether one does"
)


class Plain(msgspec.Struct, frozen=True):
    """A plain forecast: a normal of the natural log of the figure."""

    median: float  # of the figure, in its unit
    sd: float  # of its log


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """One forecast: the question as it was asked, and the answer before anyone knew.

    quantiles : of the pool that is judged, at `quantiles.LEVELS`, in the question's unit.
    members : the same of the pool's members that come from the model.
    plain : forecasts of others to compare with; one that had nothing to go on is absent.
    """

    asked: Question
    quantiles: tuple[float, ...]
    members: dict[str, tuple[float, ...]]
    plain: dict[str, Plain]


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a freezing was made from, and how the fit went."""

    frozen_on: date
    programme: str
    evidence_root: str
    inputs: str  # hash of evidence, settings and code that forecasts depend on
    seed: int  # `seed_of` the day and the inputs
    versions: dict[str, str]
    weights: dict[str, float]  # of the pool's members
    used: int  # observations that the fit read
    r_hat: float  # the worst over unknowns
    divergences: int
    forecasts: tuple[Frozen, ...]


class Entry(Made, frozen=True, kw_only=True):
    """What was frozen on one day, with its place in the chain."""

    kind: str
    number: int  # from 1
    previous: str  # SHA-256 of the entry before


class Sealed(NamedTuple):
    """An entry and its own SHA-256."""

    entry: Entry
    hash: str


def seed_of(frozen_on: date, inputs: str) -> int:
    """The seed of a freezing, which nobody chooses: who may choose a seed may choose the forecast that looks better."""
    return int.from_bytes(sha256(f"{frozen_on} {inputs}".encode()).digest()[:4])


def head_of(chain: Sequence[Sealed]) -> str:
    """The hash that all of the record hangs on; NONE for an empty one."""
    return chain[-1].hash if chain else NONE


def holds(chain: Sequence[Sealed], head: str) -> int | None:
    """The number of the entry that has this hash; None where none has: the record is another one, or was rewritten."""
    return next((one.entry.number for one in chain if one.hash == head), None)


def line_of(made: Made, chain: Sequence[Sealed]) -> bytes:
    """The next line of the record, without its end."""
    entry = Entry(
        kind=KIND,
        number=len(chain) + 1,
        previous=head_of(chain),
        **{name: getattr(made, name) for name in Made.__struct_fields__},
    )
    body = msgspec.json.encode(entry, order="sorted")[:-1]
    return body + b',"sha256":"' + sha256(body).hexdigest().encode() + b'"}'


def chain_of(content: bytes, name: str) -> tuple[Sealed, ...]:
    """The entries of a record's bytes; EvidenceError at the first line that does not hold. `name` is the file's."""
    lines = content.split(b"\n")
    chain: list[Sealed] = []
    for line in lines[:-1]:
        chain.append(_next(line, chain, name))
    if lines[-1]:
        raise _broken(name, len(lines), "", f"ends after {len(lines[-1])} bytes, without the end of a line")
    return tuple(chain)


def _next(line: bytes, chain: Sequence[Sealed], name: str) -> Sealed:
    """One line, held to what stands before it."""
    number = len(chain) + 1
    found = SEAL.match(line)
    if found is None:
        raise _broken(name, number, "sha256", "is no entry that ends with its own SHA-256")
    computed, stated = sha256(found["body"]).hexdigest(), found["hash"].decode()
    if computed != stated:
        raise _broken(name, number, "sha256", f"states {stated}, but its content has {computed}")
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except msgspec.MsgspecError as error:
        raise _broken(name, number, "", f"is no entry of a record ({error})") from error
    for field, expected in (("kind", KIND), ("number", number), ("previous", head_of(chain))):
        if getattr(entry, field) != expected:
            raise _broken(name, number, field, f"is {getattr(entry, field)} where {expected} is expected")
    for field, problem in (*_faults(entry, chain), *_forecast_faults(entry)):
        raise _broken(name, number, field, problem)
    return Sealed(entry, stated)


def _faults(entry: Entry, chain: Sequence[Sealed]) -> Iterator[tuple[str, str]]:
    """What no freezing writes, field by field, though the hashes hold."""
    if chain and entry.frozen_on < chain[-1].entry.frozen_on:
        yield "frozen_on", f"is {entry.frozen_on}, before that of the entry above, {chain[-1].entry.frozen_on}"
    if entry.seed != (seed := seed_of(entry.frozen_on, entry.inputs)):
        yield "seed", f"is {entry.seed} where day and inputs give {seed}"
    ids = [one.asked.id for one in entry.forecasts]
    if not ids or len(set(ids)) < len(ids):
        yield "forecasts", "is empty" if not ids else "holds an id twice"


def _forecast_faults(entry: Entry) -> Iterator[tuple[str, str]]:
    for one in entry.forecasts:
        asked, field = one.asked, f"forecasts.{one.asked.id}"
        if asked.start > asked.end or asked.expected_by <= entry.frozen_on:
            yield field, "ends before it starts, or is no longer waited for on the day of freezing"
        for name, each in {"quantiles": one.quantiles, **one.members}.items():
            if not are_whole(each):
                yield field, f"{name}: not {len(LEVELS)} numbers above nought, each above the one before"
        for name, plain in one.plain.items():
            if not (isfinite(plain.median) and plain.median > 0 and isfinite(plain.sd) and plain.sd > 0):
                yield field, f"{name}: median and sd are not both above nought"


def _broken(name: str, number: int, field: str, problem: str) -> EvidenceError:
    return EvidenceError(problem, file=name, row=number, field=field, hint=WAY_OUT)


def repeated(chain: Sequence[Sealed], frozen_on: date, inputs: str, asked: Sequence[Question]) -> int | None:
    """The number of an entry of that day and these inputs that answers any of these questions, if there is one.

    A question is what is measured, where, of which days, by whom and in what unit; other words make no other question.
    """
    wanted = {_figure(one) for one in asked}
    for entry, _ in chain:
        same = (entry.frozen_on, entry.inputs) == (frozen_on, inputs)
        if same and wanted & {_figure(each.asked) for each in entry.forecasts}:
            return entry.number
    return None


def _figure(asked: Question) -> tuple[object, ...]:
    return (asked.measure, asked.host, asked.asserter_class, asked.unit, asked.start, asked.end)
