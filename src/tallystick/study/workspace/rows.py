"""Accepted claims as rows of a programme's tables, so that they are checked and weighed like any other claim.

An asserter whom the programme does not know is "unvetted" until a person gives it a class. What is disputed, rejected,
restricted or read from a document that nobody marked public makes no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from tallystick.claims.proposal import Proposal
from tallystick.evidence.claim_rows import CLAIM_COLUMNS, DATE_COLUMNS
from tallystick.evidence.hand_rows import ASSERTER_COLUMNS
from tallystick.evidence.quote_rows import QUOTE_COLUMNS, one_line
from tallystick.evidence.read_notes import read_note
from tallystick.reconcile.kinship.same_document import SAME
from tallystick.study.workspace.corrected import corrections
from tallystick.study.workspace.records import Document, Held, Link

UNVETTED: Final = "unvetted"
LIKELY_COPY: Final = 0.5  # from this score an edge that nobody looked at counts as a suspected copy (decisions/0034)
PROVEN: Final = ("repeats", "rounds", "converts", "computes_from", "garbles")
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a document as claims cite it."""

    url: str
    title: str
    published_by: str
    published_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Between which days a figure was first asserted, and how that is known."""

    earliest: date
    latest: date
    basis: str
    sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One claim that may be used: by whom it was accepted, when, and from which document's words."""

    held: Held
    document: Document
    page: Page
    by: str
    on: date
    proposed: bool = False  # whether it is used although nobody has accepted it yet
    in_bulk: bool = False  # whether whoever accepted it did so for many at once, without a look at this one


def claim_row(accepted: Accepted, asserted_by: str) -> Cells:
    """The row of claims.csv."""
    claim, links = accepted.held.reviewed, links_of(accepted.held)
    cells = {
        "id": accepted.held.id,
        "measure": claim.measure,
        "value_low": plain(claim.low),
        "value_point": plain(claim.point),
        "value_high": plain(claim.high),
        "unit": claim.unit,
        "host_country": claim.host,
        "region": one_line(claim.region),
        "sector": claim.sector,
        "period_start": iso(claim.start),
        "period_end": iso(claim.end),
        "asserted_by": asserted_by,
        "published_by": accepted.page.published_by,
        "title": accepted.page.title,
        "published_on": accepted.page.published_on,
        "url": accepted.page.url,
        "link_kind": links.kind,
        "derived_from": ";".join(links.derived),
        "suspected_from": ";".join(links.suspected),
        "hedge": one_line(claim.hedge),
        "sensitivity": "public",
        "note": _note(accepted),
    }
    return {name: cells[name] for name in CLAIM_COLUMNS}


def date_row(accepted: Accepted, dates: Dates) -> Cells:
    """The row of assertion_dates.csv."""
    cells = (
        accepted.held.id, dates.earliest.isoformat(), dates.latest.isoformat(), dates.basis, dates.sure,
        "Worked out from the document's own date and its links; nobody looked further.",
    )  # fmt: skip
    return dict(zip(DATE_COLUMNS, cells, strict=True))


def asserter_row(name: str, accepted: Accepted) -> Cells:
    """The row of hand/asserters.csv for an asserter that the programme does not know."""
    why = "Named by a document of the workspace; nobody has looked yet at who speaks and how they know."
    return dict(zip(ASSERTER_COLUMNS, (name, UNVETTED, why, accepted.by, accepted.on.isoformat()), strict=True))


class Words(NamedTuple):
    """The words of a claim or a statement in the copy that holds them."""

    text: str  # all of the copy
    place: str  # in which part of the source they lie: "page 3", ""
    passage: str  # what stands around them, as it may be shown


def quote_row(accepted: Accepted, words: Words | None) -> Cells:
    """The row of hand/quotes.csv: the quote in its passage, and the hash of the copy that holds them.

    `words` is None where no copy is held.
    """
    claim = accepted.held.reviewed
    cells = (
        accepted.held.id,
        one_line(claim.quote),
        one_line(claim.quote if words is None else words.passage),
        "" if words is None else words.place,
        str(claim.quote_start),
        str(claim.quote_end),
        accepted.document.sha256,
        claim.extractor,
        f"{accepted.by} (in bulk)" if accepted.in_bulk else accepted.by,
        accepted.on.isoformat(),
    )
    return dict(zip(QUOTE_COLUMNS, cells, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The links of one claim in the words of claims.csv."""

    kind: str
    derived: tuple[str, ...]
    suspected: tuple[str, ...]


def links_of(held: Held) -> Links:
    """Upheld links are proven; one that nobody looked at is a suspicion from `LIKELY_COPY` on; overruled ones are none.

    What was read from one document twice needs nobody's word: it is proven unless it was overruled. A suspicion folds
    a claim into its origin as a proof does (decisions/0007): to count a copy twice does more harm.
    """
    upheld = [link for link in held.links if _is_proven(link)]
    derived = tuple(dict.fromkeys(link.to for link in upheld))
    likely = [link for link in held.links if _is_suspicion(link) and link.to not in derived]
    suspected = tuple(dict.fromkeys(link.to for link in likely))
    kind = upheld[0].kind if upheld else "suspected" if suspected else "none"
    return Links(kind=kind, derived=derived, suspected=suspected)


def _is_proven(link: Link) -> bool:
    if link.verdict == "overruled":
        return False
    return SAME in link.reasons or (link.verdict == "upheld" and link.kind in PROVEN)


def _is_suspicion(link: Link) -> bool:
    if link.verdict == "overruled":
        return False
    return link.verdict == "upheld" or link.score >= LIKELY_COPY


def dates_of(accepted: Accepted, parents: Sequence[Dates]) -> Dates:
    """Not after the page or the copy was taken; not before its oldest parent; not before what it speaks of began."""
    document, claim = accepted.document, accepted.held.reviewed
    latest = document.published_on or document.captured_at.date()
    if parents:
        first = min(parents, key=lambda dates: dates.earliest)
        return Dates(earliest=min(first.earliest, latest), latest=latest, basis="origin", sure="bound")
    if document.published_on is not None:
        sure = "likely" if claim.asserted_by else "sure"  # a source that is cited may have spoken earlier
        return Dates(earliest=latest, latest=latest, basis="page date", sure=sure)
    begun = claim.start or claim.end or latest
    return Dates(earliest=min(begun, latest), latest=latest, basis="period bound", sure="bound")


def asserter_of(claim: Proposal, page: Page, known: Mapping[str, str]) -> str:
    """The asserter as the programme spells it: a known name (letter case aside), else the name as the text has it.

    Where the text names nobody, the publisher answers for the figure.
    """
    named = one_line(claim.asserted_by).strip() or page.published_by
    return known.get(named.casefold(), named)


def plain(value: float | None) -> str:
    """A number as tables hold it: digits and at most one point, no exponent."""
    if value is None:
        return ""
    return f"{value:.0f}" if value == int(value) else f"{value:.12f}".rstrip("0")


def iso(day: date | None) -> str:
    """A day as tables hold it."""
    return "" if day is None else day.isoformat()


def _note(accepted: Accepted) -> str:
    held, links = accepted.held, links_of(accepted.held)
    named = {*links.derived, *links.suspected}
    return read_note(
        held.claim.extractor,
        accepted.by,
        accepted.on,
        proposed=accepted.proposed,
        in_bulk=accepted.in_bulk,
        document=accepted.document.id,
        corrected=tuple(map(one_line, corrections(held))),
        goes_back=tuple(one_line(_why(link)) for link in held.links if link.to in named),
    )


def _why(link: Link) -> str:
    """What leads there, why, and who has looked at it: the row itself holds no more than that there is a link."""
    if link.verdict == "upheld":
        who = f"upheld by {link.by}"
    else:
        who = "certain" if SAME in link.reasons else "nobody has looked at it"
    score = f", score {link.score:.2f}" if link.score else ""
    because = f": {'; '.join(link.reasons)}" if link.reasons else ""
    return f"{link.to} ({link.kind}{score}, {who}){because}"
