"""claims.csv and assertion_dates.csv turned into claims; each row checked on its own.

What only several rows together can break (links, cycles, order in time) is `lineage_checks`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from tallystick.evidence.cells import IDENTIFIER, Cells, period_bounds
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder
from tallystick.evidence.quantities import check_quantity
from tallystick.evidence.settings import Frame
from tallystick.evidence.tables import Row, columns
from tallystick.vocab.programme import Measure
from tallystick.vocab.records import Claim, LinkKind

CLAIMS, DATES = "claims.csv", "assertion_dates.csv"
CLAIM_COLUMNS = columns(
    "id measure value_low value_point value_high unit host_country region sector period_start period_end "
    "asserted_by published_by title published_on url link_kind derived_from suspected_from hedge "
    "sensitivity note"
)
DATE_COLUMNS = ("id", "asserted_earliest", "asserted_latest", "basis", "how_sure", "note")
BASES = ("page date", "text date", "other copy", "event it refers to", "period bound", "origin")
SURENESS = ("sure", "likely", "bound")
LINKS: tuple[str, ...] = get_args(LinkKind)
PUBLIC = "public"
REPORTS = "reports/"
LATER = "an assertion cannot be read before it is made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """Between which days a figure was first asserted, and how that is known."""

    row: int
    earliest: date
    latest: date
    basis: str
    sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a claim's words are checked against."""

    frame: Frame
    measures: Mapping[str, Measure]
    asserters: Mapping[str, str]
    datings: Mapping[str, Dating]


def public_rows(rows: Collection[Row], faults: Faults) -> tuple[Row, ...]:
    """The rows marked public; each other one leaves a fault that repeats nothing of it."""
    kept = []
    for row in rows:
        if row.cells["sensitivity"] == PUBLIC:
            kept.append(row)
            continue
        faults.withhold(row.cells["id"])
        faults.add(
            "the row is not marked public, and nothing of it is repeated here",
            file=row.file,
            row=row.number,
            field="sensitivity",
            hint="restricted rows never ship: take the row out of the folder",
        )
    return tuple(kept)


def read_claim_rows(folder: Folder, faults: Faults) -> tuple[Row, ...]:
    """The public rows of claims.csv, as text."""
    return public_rows(folder.rows[CLAIMS], faults)


def read_datings(rows: Collection[Row], ids: Collection[str], faults: Faults) -> dict[str, Dating]:
    """assertion_dates.csv by claim id."""
    found: dict[str, Dating] = {}
    for row in rows:
        if faults.may_name(row.cells["id"]):
            _read_dating(Cells(row, faults), ids, found)
    return found


def _read_dating(cells: Cells, ids: Collection[str], found: dict[str, Dating]) -> None:
    name = cells.identifier()
    if name and name not in ids:
        cells.fault("id", f"no claim is called {shown(name)}", "the id is the one of claims.csv")
    if name in found:
        cells.fault("id", f"{shown(name)} is dated twice, first in row {found[name].row}", "keep one of the rows")
        return
    earliest, latest = cells.span("asserted_earliest", "asserted_latest")
    for field, day in (("asserted_earliest", earliest), ("asserted_latest", latest)):
        if day is None and not cells.row.cells[field].strip():
            cells.fault(field, "is blank", "give the widest bounds that are certain, and say so in how_sure")
    found[name] = Dating(
        row=cells.row.number,
        earliest=earliest or date.min,
        latest=latest or date.max,
        basis=cells.choice("basis", BASES, what="basis"),
        sure=cells.choice("how_sure", SURENESS, what="sureness"),
    )
    cells.text("note")


def read_claims(rows: Collection[Row], known: Known, faults: Faults) -> tuple[Claim, ...]:
    """One claim per row, in the order of their ids, so that the order of rows changes nothing."""
    claims: dict[str, Claim] = {}
    for row in rows:
        cells = Cells(row, faults)
        claim = _claim(cells, known)
        if claim.id in claims:
            cells.fault("id", f"{shown(claim.id)} stands twice, first in row {claims[claim.id].row}", "rename one")
        else:
            claims[claim.id] = claim
    return tuple(sorted(claims.values(), key=lambda claim: claim.id))


def _claim(cells: Cells, known: Known) -> Claim:
    name = cells.identifier()
    dating = _dating_of(cells, name, known.datings)
    start, end = cells.span("period_start", "period_end")
    claim = Claim(
        id=name,
        measure=cells.choice("measure", known.measures, what="measure"),
        low=cells.number("value_low"),
        point=cells.number("value_point"),
        high=cells.number("value_high"),
        unit=cells.text("unit", required=True),
        host=_host(cells, known.frame),
        region=cells.text("region"),
        sector=cells.choice("sector", known.frame.sectors, what="sector", required=False),
        start=start,
        end=end,
        asserted_by=cells.text("asserted_by", required=True),
        asserter_class=_class_of(cells, known.asserters),
        published_by=cells.text("published_by", required=True),
        title=cells.text("title"),
        published_on=cells.published("published_on"),
        url=_address(cells, known.frame),
        link_kind=_link_kind(cells),
        derived_from=cells.several("derived_from"),
        suspected_from=cells.several("suspected_from"),
        hedge=cells.text("hedge"),
        note=cells.text("note"),
        asserted_earliest=dating.earliest,
        asserted_latest=dating.latest,
        dating_basis=dating.basis,
        dating_sure=dating.sure,
        row=cells.row.number,
    )
    check_quantity(claim, known.measures.get(claim.measure), cells)
    _check_publication(claim, cells)
    return claim


def _host(cells: Cells, frame: Frame) -> str:
    value = cells.text("host_country", required=True)
    if value.strip() and not (len(value) == 2 and value.isascii() and value.isupper()):
        cells.fault("host_country", f"{shown(value)} is no country code", "two capital letters of ISO 3166, or WW")
    elif value.strip() and value not in frame.places:
        cells.fault("host_country", f"unknown host {shown(value)}", "add it to [[place]] in programme.toml")
    return value


def _address(cells: Cells, frame: Frame) -> str:
    value = cells.address("url")
    report = value.removeprefix(REPORTS).removesuffix(".txt")
    if value.startswith(REPORTS) and report not in frame.reports:
        cells.fault("url", f"unknown report {shown(report)}", "add it to [[report]] in programme.toml")
    return value


def check_pages(claims: Collection[Claim], faults: Faults) -> None:
    """One address is one page: rows read there agree on who published it, under which title, on which day."""
    first: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.row):
        other = first.setdefault(claim.url, claim)
        for field in ("published_by", "title", "published_on"):
            if getattr(claim, field) != getattr(other, field):
                problem = f"{shown(getattr(claim, field))}, but row {other.row} has {shown(getattr(other, field))}"
                hint = "both were read at the same address: give them the same page"
                faults.add(problem + " for this page", file=CLAIMS, row=claim.row, field=field, hint=hint)


def _class_of(cells: Cells, asserters: Mapping[str, str]) -> str:
    value = cells.row.cells["asserted_by"]
    if value.strip() and value not in asserters:
        way_out = "give it a class in hand/asserters.csv: the one that errs most, until it is vetted"
        cells.fault("asserted_by", f"unknown asserter {shown(value)}", way_out)
    return asserters.get(value, "")


def _link_kind(cells: Cells) -> LinkKind:
    value = cells.choice("link_kind", LINKS, what="kind of link")
    filled: LinkKind = "repeats" if cells.row.cells["derived_from"] else "none"
    found: LinkKind = next((kind for kind in get_args(LinkKind) if kind == value), filled)  # an unknown kind: one fault
    return found


def _dating_of(cells: Cells, name: str, datings: Mapping[str, Dating]) -> Dating:
    if name in datings:
        return datings[name]
    if IDENTIFIER.fullmatch(name):  # what is no id has its own fault
        cells.fault("id", f"{shown(name)} has no row in {DATES}", "say between which days it was first asserted")
    return Dating(row=0, earliest=date.min, latest=date.max, basis="", sure="")


def _check_publication(claim: Claim, cells: Cells) -> None:
    """A page cannot pass on what nobody had said by the day it appeared."""
    bounds = period_bounds(claim.published_on) if claim.published_on else None
    if bounds is not None and claim.asserted_earliest != date.min and bounds[1] < claim.asserted_earliest:
        problem = f"{claim.published_on} is before the first day on which it can have been asserted"
        cells.fault("published_on", f"{problem} ({claim.asserted_earliest})", LATER + f": mend this or {DATES}")
