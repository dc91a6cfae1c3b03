"""What no rule can decide about a single claim: the rows of `hand/dispositions.csv`.

They are the developers' dated and unreviewed judgement. A row may also say how the figure is to be read: as a
bound, as another measure, from and to what its words bound, for other days, or as probably taken from another claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast, get_args

from tallystick.reconcile.records import Use
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Bound

STEM = "dispositions"
FILE = f"hand/{STEM}.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One row: what the claim is used for and why. Blank readings leave the claim as it stands."""

    claim: str
    disposition: Use
    reason: str
    suspected_from: str = ""
    read_as: Bound | None = None
    read_measure: str = ""
    read_low: float | None = None  # what the words bound, where they are no number (several thousand); claim's unit
    read_high: float | None = None
    read_start: date | None = None
    read_end: date | None = None
    judged_by: str
    judged_on: str


def judgements(programme: Programme) -> dict[str, Judgement]:
    """Every judgement by the claim that it is about; claims dropped by `as_of` keep theirs, unread."""
    found: dict[str, Judgement] = {}
    for number, row in enumerate(programme.hand.get(STEM, ()), start=1):
        judged = _judgement(row, number)
        if judged.claim in found:
            raise _fault(number, "claim", f"{judged.claim!r} is judged twice", "keep one of the two rows")
        if judged.read_measure and judged.read_measure not in programme.measures:
            raise _fault(number, "read_measure", f"unknown measure {judged.read_measure!r}", "see measures.toml")
        found[judged.claim] = judged
    return found


def _judgement(row: Mapping[str, str], number: int) -> Judgement:
    return Judgement(
        claim=row["claim"],
        disposition=cast(Use, _choice(row, "disposition", get_args(Use), number)),
        reason=row["reason"],
        suspected_from=row.get("suspected_from", ""),
        read_as=cast(Bound, _choice(row, "read_as", get_args(Bound), number)) if row.get("read_as") else None,
        read_measure=row.get("read_measure", ""),
        read_low=_number(row, "read_low", number),
        read_high=_number(row, "read_high", number),
        read_start=_day(row, "read_start", number),
        read_end=_day(row, "read_end", number),
        judged_by=row["judged_by"],
        judged_on=row["judged_on"],
    )


def _choice(row: Mapping[str, str], field: str, allowed: tuple[str, ...], number: int) -> str:
    if row[field] not in allowed:
        raise _fault(number, field, f"{row[field]!r} is none of {', '.join(allowed)}", "mend the word")
    return row[field]


def _number(row: Mapping[str, str], field: str, number: int) -> float | None:
    try:
        return float(row[field]) if row.get(field) else None
    except ValueError as error:
        raise _fault(number, field, f"{row[field]!r} is no number", "write 2000") from error


def _day(row: Mapping[str, str], field: str, number: int) -> date | None:
    if not row.get(field):
        return None
    try:
        return date.fromisoformat(row[field])
    except ValueError as error:
        raise _fault(number, field, f"{row[field]!r} is no day", "write 2019-12-22") from error


def _fault(number: int, field: str, problem: str, hint: str) -> EvidenceError:
    return EvidenceError(problem, file=FILE, row=number, field=field, hint=hint)
