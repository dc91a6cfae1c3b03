"""Invented documents and proposals; no published page holds these words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tallystick.claims.proposal import Proposal
from tallystick.evidence.folder import read_folder
from tallystick.evidence.programme import HEADERS, OPTIONAL, SETTINGS, programme_folder
from tallystick.study.workspace.evidence_folder import Base
from tallystick.study.workspace.records import Document, Held, Link, Opinion
from tallystick.study.workspace.rows import Accepted, Page

TEXT = "The harbour gazette of Oru counted at least 4,321 labourers from the north at work in Russia in March 2024."
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def proposal(**changes: Any) -> Proposal:
    """A floor of 4,321 workers present in Russia."""
    quote = "at least 4,321 labourers"
    start = TEXT.index(quote)
    claim = Proposal(
        measure="workers_present",
        low=4321,
        point=None,
        high=None,
        unit="persons",
        host="RU",
        start=date(2024, 3, 1),
        end=date(2024, 3, 31),
        asserted_by="harbour gazette of Oru",
        attribution=("harbour gazette of Oru",),
        hedge="at least",
        quote=quote,
        quote_start=start,
        quote_end=start + len(quote),
        passage_start=0,
        passage_end=len(TEXT),
    )
    return replace(claim, **changes)


def document(**changes: Any) -> Document:
    """A page of an invented newspaper."""
    page = Document(
        id="d0123456789ab",
        sha256="ab" * 32,
        size=len(TEXT),
        origin="folder/gazette.txt",
        part="",
        captured_at=NOON,
        media_type="text/plain",
        encoding="utf-8",
        replaced=0,
        language="en",
        title="Who loads the ships",
        publisher="Harbour Gazette",
        url="https://gazette.example/ships",
        published_on=date(2024, 4, 2),
        published_evidence="text: 2 April 2024",
        tool="text 1",
        text="ab" * 32 + ".json",
        copy="ab" * 32,
        public=True,
    )
    return replace(page, **changes)


def opinion(verdict: Any, by: str = "ana", **changes: Any) -> Opinion:
    """What somebody made of a proposal."""
    return Opinion(by=by, at=NOON, verdict=verdict, changes=changes, why="read again")


def held(*opinions: Opinion, links: tuple[Link, ...] = (), id: str = "p0123456789ab", **changes: Any) -> Held:
    """The proposal with opinions and links."""
    return Held(id=id, document="d0123456789ab", claim=proposal(**changes), opinions=opinions, links=links)


def accepted(which: Held | None = None, page: Document | None = None, **changes: Any) -> Accepted:
    """The proposal, accepted by ana."""
    from tallystick.study.workspace.evidence_folder import page_of

    chosen = page or document()
    found = Accepted(
        held=which or held(opinion("accept")),
        document=chosen,
        page=page_of(chosen, {}),
        by="ana",
        on=NOON.date(),
    )
    return replace(found, **changes)


def base() -> Base:
    """What ships, as the ledger would hold it."""
    folder = programme_folder("dprk")
    read = read_folder(folder, HEADERS, OPTIONAL, SETTINGS)
    rows = {file: [dict(row.cells) for row in found] for file, found in read.rows.items()}
    return Base(rows, {file: (folder / file).read_text(encoding="utf-8") for file in read.tables})


def shipped() -> Path:
    """The folder of the programme that ships."""
    return programme_folder("dprk")


__all__ = ["NOON", "TEXT", "Page", "accepted", "base", "document", "held", "opinion", "proposal", "shipped"]
