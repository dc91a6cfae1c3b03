"""What every loader does last: count what is hidden, tell the language, look for the day of publication."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.metadata import version

from tallystick.evidence.documents.derived import Derived, Stretch
from tallystick.evidence.documents.hidden import hidden_signs, mixture_warnings
from tallystick.evidence.documents.language import language_of
from tallystick.evidence.documents.published import published_in
from tallystick.evidence.documents.verdicts import refuse

MOST_TEXT = 8_000_000  # code points: the largest book is a tenth of it
MOST_WARNINGS = 100
LONGEST_FIELD = 500  # code points of a title, a publisher, a warning; addresses may have four times as many
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a loader learnt of a document beside its text; the evidence of a day names where it stood."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    published_on: date | None = None
    published_evidence: str = ""
    weak: tuple[date, str] | None = None  # a day to fall back on when the text names none
    captured_at: datetime | None = None
    warnings: tuple[str, ...] = field(default=())


def finish(
    text: str,
    stretches: Sequence[Stretch],
    known: Known,
    *,
    media_type: str,
    libraries: Iterable[str] = (),
    encoding: str = "",
    replaced: int = 0,
    guess_published: bool = True,
) -> Derived:
    """The derived text; refused when there is none, or more than any document holds."""
    if not text.strip():
        raise refuse("empty", "holds no text", hint="open it and look; if it should hold text, save it again")
    if len(text) > MOST_TEXT:
        raise refuse("too_large", f"holds {len(text):,} signs of text; {MOST_TEXT:,} are read", hint="split it")
    whole, broken = SURROGATE.subn("\ufffd", text)  # half a sign, as mails and damaged PDFs hold; it has no bytes
    day, evidence = _published(whole, known, guess=guess_published)
    hidden = hidden_signs(whole)
    notes = [*known.warnings, *mixture_warnings(whole)]
    if hidden:
        notes.append(f"{hidden} hidden signs (zero-width, direction, control) are in the text and are not shown")
    return Derived(
        text=whole, stretches=tuple(stretches), media_type=media_type, encoding=encoding, replaced=replaced + broken,
        hidden=hidden, language=language_of(whole), title=_field(known.title), publisher=_field(known.publisher),
        url=_field(known.url, 4 * LONGEST_FIELD), captured_at=known.captured_at, published_on=day,
        published_evidence=_field(evidence), tool=tool(libraries),
        warnings=tuple(_field(each) for each in notes[:MOST_WARNINGS]),
    )  # fmt: skip


def tool(libraries: Iterable[str]) -> str:
    """Who read it: our version, then each library with its own."""
    names = ("tallystick", *libraries)
    python = ".".join(str(part) for part in sys.version_info[:3])
    return "; ".join([*(f"{name} {_version(name)}" for name in names), f"Python {python}"])


def with_library(tool: str, library: str) -> str:
    """`tool` with one library more."""
    return f"{tool}; {library} {_version(library)}"


@cache
def _version(name: str) -> str:
    return version(name)


def _published(text: str, known: Known, *, guess: bool) -> tuple[date | None, str]:
    if known.published_on is not None:
        return known.published_on, known.published_evidence
    found = published_in(text) if guess else None
    return found or known.weak or (None, "")


def _field(value: str, longest: int = LONGEST_FIELD) -> str:
    return SURROGATE.sub("\ufffd", " ".join(value[: 2 * longest].split()))[:longest]
