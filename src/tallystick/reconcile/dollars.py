"""A claim of money in US dollars: those of the year it speaks of, and those of the one year that sums are compared in.

For a reader of one claim, used or not. What the fit takes of a used claim is in its `Observation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tallystick.evidence.quantities import currency_of
from tallystick.reconcile.money import USD, constant_usd, in_usd, is_money
from tallystick.reconcile.records import Observation
from tallystick.reconcile.time import window_of
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

CUMULATIVE = "(cumulative)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dollars:
    """The claim with its bounds in US dollars: `then` of `year`, `constant` of `programme.constant_usd_year`."""

    year: int
    then: Claim
    constant: Claim


def dollars(claim: Claim, programme: Programme, seen: Observation | None = None) -> Dollars | None:
    """The claim in dollars, of the year in which `seen` has it; None for what is no money or states no one year."""
    year = _year(claim, programme, seen)
    if not is_money(claim.unit) or year is None:
        return None
    then = _each(claim, lambda value: in_usd(value, claim.unit, year, programme))
    then = replace(then, unit=USD + claim.unit.removeprefix(currency_of(claim.unit)))
    return Dollars(year=year, then=then, constant=_each(then, lambda value: constant_usd(value, year, programme)))


def _year(claim: Claim, programme: Programme, seen: Observation | None) -> int | None:
    if seen is not None:
        return (seen.start + (seen.end - seen.start) / 2).year
    if CUMULATIVE in claim.unit or not (claim.start or claim.end):
        return None  # many years' dollars, or nobody's
    window = window_of(claim, programme.measures[claim.measure].kind)
    return window.middle.year if window else None


def _each(claim: Claim, change: Callable[[float], float]) -> Claim:
    low, point, high = (None if value is None else change(value) for value in (claim.low, claim.point, claim.high))
    return replace(claim, low=low, point=point, high=high)
