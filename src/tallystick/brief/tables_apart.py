"""Flat tables of what is kept apart and of the exchange: places, falls in permits, hours a year, controls, passages.

Rows of controls hold words and ids alone: how strict a control is, and what it does, is in no table.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tallystick.brief.facts import Facts
from tallystick.brief.words.rounding import significant

Row = dict[str, Any]
DIGITS = 3  # of hours a year: days and hours are round figures


def tables_apart(facts: Facts) -> dict[str, list[Row]]:
    """Those tables by the name of their file; one may be empty."""
    on = facts.assessment
    return {
        "places": [_flat(asdict(place)) for place in facts.account.places],
        "permits": [_fall(asdict(fall)) for fall in facts.account.falls],
        "hours": [_hours(asdict(each)) for each in on.hours],
        "controls": [_flat(asdict(each)) for each in on.controls],
        "exchange": [
            {
                "kind": each.kind, "name": each.name, "given_by": each.given_by, "given_to": each.given_to,
                "status": each.status, "hedged": each.hedged, "law": "; ".join(each.law), "law_said": each.law_said,
                "statements": "; ".join(each.statements), "claims": "; ".join(one.claim for one in each.amounts),
            }
            for each in on.exchange
        ],
    }  # fmt: skip


def _flat(row: Row) -> Row:
    return {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in row.items()}


def _fall(row: Row) -> Row:
    """A range becomes two columns; the departures stand under a name that says on what they rest."""
    (_, stayed), (least, most) = row["relabelled"], row["departed"]
    return {
        "name": row["name"], "permits_net": row["permits"], "visas_of_the_period": row["visas"],
        "relabelled_at_most": stayed, "departed_low_if_no_new_permit": least, "departed_high_if_no_new_permit": most,
        **{name: "; ".join(row[name]) for name in ("claims", "visa_claims", "later_claims")},
    }  # fmt: skip


def _hours(row: Row) -> Row:
    """An open end stays empty, and a day that no source gives; days are ISO 8601, as in every table."""
    ends = {end: None if row[end] is None else significant(row[end], DIGITS) for end in ("low", "high")}
    return row | ends | {day: None if row[day] is None else row[day].isoformat() for day in ("start", "end")}
