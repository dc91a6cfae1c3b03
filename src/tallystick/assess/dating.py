"""Texts that mix up the years, numbers and days of a text of law, laid beside what its row says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tallystick.assess.obligations import fault, known, readings
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim, LawRow

FORMS: Mapping[str, Callable[[LawRow], str]] = {
    "year of adoption": lambda row: str(_day(row.adopted_on, row).year),
    "day of adoption": lambda row: _day(row.adopted_on, row).isoformat(),
    "year of the deadline": lambda row: str(_day(row.deadline, row).year),
    "deadline": lambda row: _day(row.deadline, row).isoformat(),
    "number": lambda row: _number(row),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """What one text said of a date or number of law, and what is right by which row."""

    claim: str
    asserted_by: str
    about: str  # year of adoption, deadline, number ...
    said: str
    right: str
    law: str
    slip: bool
    note: str


def datings(programme: Programme) -> tuple[Dating, ...]:
    """Every claim on dates and numbers of law, right or wrong, in the order of the file."""
    table = readings(programme).table
    law = {row.id: row for row in programme.law}
    forms = {
        row["measure"]: (row["form"], law[row["law"]])
        for row in table.get("dating", ())
        if known(programme, "law", row["law"], "dating")
    }
    worded = {row["claim"]: row for row in table.get("dating_slip", ())}
    chosen = (claim for claim in programme.claims if claim.measure in forms)
    return tuple(_dating(claim, *forms[claim.measure], worded.get(claim.id)) for claim in chosen)


def dating_slips(programme: Programme) -> tuple[Dating, ...]:
    """The texts that got a date or number wrong."""
    return tuple(dating for dating in datings(programme) if dating.slip)


def _dating(claim: Claim, form: str, row: LawRow, worded: Mapping[str, Any] | None) -> Dating:
    """`worded` is a slip that the number does not show: the words say it, and the readings list it."""
    said, right = _said(claim, form), FORMS[form](row)
    if worded is not None:
        said, right = str(worded["said"]), str(worded["right"])
    return Dating(
        claim=claim.id,
        asserted_by=claim.asserted_by,
        about=form,
        said=said,
        right=right,
        law=row.id,
        slip=said != right,
        note=claim.note,
    )


def _said(claim: Claim, form: str) -> str:
    if claim.point is None:
        raise fault(f"claim {claim.id} gives no single value for the {form}", "dating")
    digits = f"{claim.point:.0f}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 else digits


def _number(row: LawRow) -> str:
    found = re.search(r"/(\d{3,4}) ", row.official_symbol)
    if found is None:
        raise fault(f"law row {row.id} has no number in its symbol {row.official_symbol!r}", "dating")
    return found[1]


def _day(day: date | None, row: LawRow) -> date:
    if day is None:
        raise fault(f"law row {row.id} lacks the day that a dating is compared with", "dating")
    return day
