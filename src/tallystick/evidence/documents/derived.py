"""What a loader made of a document: text, where each stretch of it lies in the source, and what is known of it.

It holds no verdict on what the text says. The child process that made it is gone when this is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

VERDICTS = (
    "bomb",  # unpacks to more than any document needs
    "crash",  # the reader died of it
    "empty",  # read, and no text in it
    "encrypted",
    "malformed",  # of a known format, and damaged
    "memory",
    "no_answer",  # the language model that was asked gave nothing that could be used
    "not_a_file",  # a folder, a pipe, a device, a link to nowhere
    "not_fetched",  # an address that is not public, or a page that did not come whole
    "timeout",
    "too_large",
    "unguarded",  # this machine cannot keep a reader from the network
    "unknown_format",
)


class Stretch(NamedTuple):
    """A run of derived text and where it comes from: the finest unit that leads back.

    `start`, `end` are code points of the derived text. `part` names the place in the source: "" for the file itself,
    "page 3", "paragraph 12", "attachment 1 bytes". `source_start`, `source_end` are byte offsets in the snapshot
    where `part` is "", byte offsets in the unpacked attachment or response where `part` ends in "bytes", and code
    points of that part's own text otherwise.
    """

    start: int
    end: int
    part: str
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """One document's text. A mail or a web archive holds several, told apart by `part`."""

    part: str = ""
    text: str
    stretches: tuple[Stretch, ...]
    media_type: str
    encoding: str = ""  # as decoded; "" where the format has its own
    replaced: int = 0  # signs that could not be decoded and stand as U+FFFD
    hidden: int = 0  # bidi controls, zero-width and tag characters found in the text and kept out of display
    language: str = ""  # en, ru, ko, or "" when none of them
    title: str = ""
    publisher: str = ""
    url: str = ""  # where the document says that it lives (canonical link, WARC target)
    captured_at: datetime | None = None  # UTC; only where the document itself says it, as a web archive does
    published_on: date | None = None
    published_evidence: str = ""  # where that date was read: "meta article:published_time", "text: 5 May 2021"
    tool: str = ""  # name and version of what read it
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A document that was not read: the verdict is recorded, and nothing of it is."""

    verdict: str  # one of VERDICTS
    message: str
    hint: str
