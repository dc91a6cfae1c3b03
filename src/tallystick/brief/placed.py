"""Used claims as marks on a chart: where in time, at which value, by whom."""

from __future__ import annotations

from collections.abc import Iterable

from tallystick.brief.facts import Facts
from tallystick.brief.specs.common import Row
from tallystick.brief.specs.stock import claim_row
from tallystick.reconcile.records import Observation


def placed_claims(facts: Facts, measures: Iterable[str], host: str) -> list[Row]:
    """Observations of these measures that speak of the whole host, each at the middle of the days it describes."""
    wanted = set(measures)
    chosen = (seen for seen in facts.account.observations if seen.measure in wanted and seen.host == host)
    return [_row(facts, seen) for seen in chosen if not seen.sample and not seen.region]


def _row(facts: Facts, seen: Observation) -> Row:
    middle = seen.start + (seen.end - seen.start) / 2
    kind = facts.programme.asserter_classes[seen.asserter_class].name
    return claim_row(seen.claim, seen.kind, middle.isoformat(), value_of(seen), kind, seen.low, seen.high)


def value_of(seen: Observation) -> float:
    """The point, the middle of a range, or the one bound."""
    if seen.point is not None:
        return seen.point
    known = [bound for bound in (seen.low, seen.high) if bound is not None]
    return sum(known) / len(known)


def classes_in(rows: Iterable[Row], facts: Facts) -> tuple[str, ...]:
    """The asserter classes that occur, in the programme's order."""
    present = {row["class"] for row in rows}
    return tuple(kind.name for kind in facts.programme.asserter_classes.values() if kind.name in present)
