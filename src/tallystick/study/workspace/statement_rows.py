"""Accepted statements as rows of a programme's tables: clues in the words of the document, and proof of nothing.

A row says what a person accepted: the quote, its topic, and which indicators and cells it bears on. It names no period,
since the reader reads none: so no cohort can claim it, and it moves no cell of the forced-labour framework. What is
disputed, rejected, restricted or read from a document that nobody marked public makes no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from tallystick.claims.proposal import StatementProposal
from tallystick.evidence.context_rows import STATEMENT_COLUMNS
from tallystick.evidence.quote_rows import QUOTE_COLUMNS, one_line
from tallystick.study.workspace.records import Document, HeldStatement
from tallystick.study.workspace.rows import Cells, Page, Words

KINDS: Final = "statement_kinds.toml"
NEUTRAL: Final = "neutral"
ONE_WAY: Final = ("supports", "contradicts")


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedStatement:
    """One statement that a person accepted: by whom, when, and from which document's words."""

    told: HeldStatement
    document: Document
    page: Page
    by: str
    on: date


def kinds_of(shipped: Path) -> Mapping[str, str]:
    """Topic -> kind of statement, as the programme's `reading` folder has it; a topic that is not there is its own."""
    from tallystick.claims.statements.patterns import FOLDER, read_table

    if not (shipped / FOLDER / KINDS).is_file():
        return {}
    return {str(topic): str(kind) for topic, kind in read_table(shipped, KINDS)["kind_of"].items()}


def statement_row(accepted: AcceptedStatement, kinds: Mapping[str, str], text: str | None) -> Cells:
    """The row of statements.csv; `text` is that of the copy, None where none is held."""
    said = accepted.told.reviewed
    bears = said.bearing in ONE_WAY and bool(said.indicators)
    framed = said.limbs if said.bearing != NEUTRAL else ()
    topic = said.topics[0] if said.topics else ""
    cells = dict.fromkeys(STATEMENT_COLUMNS, "") | {
        "id": accepted.told.id,
        "report": accepted.document.id,
        "paragraph": "" if text is None else paragraph(text, said.quote_start),
        "kind": kinds.get(topic, topic),
        "statement": one_line(said.quote),
        "ilo_indicators": ";".join(said.indicators) if bears else "",
        "supports_or_contradicts": said.bearing if bears else NEUTRAL,
        "framework_limb": ";".join(framed),
        "framework_phase": ";".join(said.phases if framed else ()),
        "framework_bearing": ";".join([said.bearing] * len(framed)),
        "asserted_by": asserter_of(said, accepted.page),
        "sensitivity": "public",
    }
    return {name: cells[name] for name in STATEMENT_COLUMNS}


def asserter_of(said: StatementProposal, page: Page) -> str:
    """Who says so; where the text names nobody, the publisher answers for it."""
    return one_line(said.asserted_by).strip() or page.published_by


def statement_quote_row(accepted: AcceptedStatement, words: Words | None) -> Cells:
    """The row of hand/quotes.csv, as `rows.quote_row` has it for a claim."""
    said = accepted.told.reviewed
    cells = (
        accepted.told.id,
        one_line(said.quote),
        one_line(said.quote if words is None else words.passage),
        "" if words is None else words.place,
        str(said.quote_start),
        str(said.quote_end),
        accepted.document.sha256,
        said.extractor,
        accepted.by,
        accepted.on.isoformat(),
    )
    return dict(zip(QUOTE_COLUMNS, cells, strict=True))


def paragraph(text: str, start: int) -> str:
    """The number of the line in which that sign lies, counted from 1; lines without a word are not counted."""
    end = text.find("\n", start)
    return str(sum(1 for line in text[: len(text) if end < 0 else end].split("\n") if line.strip()))
