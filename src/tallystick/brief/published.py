"""Published totals of programme revenue as they can be compared: one scope, one year, the currency of the period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallystick.brief.draws import Values, interval_of, mean_stock, sample, share_below
from tallystick.brief.facts import Facts
from tallystick.brief.periods import WORLD
from tallystick.brief.words import units
from tallystick.vocab.estimate import Interval
from tallystick.vocab.records import Claim

MEASURE = "programme_revenue"
COPIED = ("repeats", "rounds", "converts", "garbles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One published total against the distribution of its own scope and year.

    below_low, below_high : share of draws below the lower and the upper end of what was published (equal for a point).
    needs : what each worker would have to bring the state in the year, USD, with the headcount's uncertainty in it.
    over_all_pay : probability that the lower end is more than all pay of all workers of that scope and year.
    """

    claim: Claim
    host: str
    year: str
    year_stated: bool
    low: float
    high: float
    below_low: float
    below_high: float
    needs_low: Interval
    needs_high: Interval
    over_all_pay: float
    copies: int

    @property
    def is_floor(self) -> bool:
        """Whether the source gave a lower bound alone."""
        return self.claim.point is None and self.claim.high is None

    @property
    def is_ceiling(self) -> bool:
        """Whether the source gave an upper bound alone."""
        return self.claim.point is None and self.claim.low is None


def totals(facts: Facts) -> tuple[Total, ...]:
    """Every total for the world or the focus host that is not a copy, smallest first."""
    found = [_total(facts, claim) for claim in facts.of_measure(MEASURE) if comparable(facts, claim)]
    return tuple(sorted(found, key=lambda t: (t.low, t.high, t.claim.id)))


def comparable(facts: Facts, claim: Claim) -> bool:
    """A total in dollars a year for the whole of the world or the focus host, in its own words and not a copy."""
    unit = units.parse(claim.unit)
    whole = not claim.region and not claim.sector and claim.host in (WORLD, facts.focus)
    return whole and claim.unit == "USD/year" and unit.is_money and claim.link_kind not in COPIED


def _total(facts: Facts, claim: Claim) -> Total:
    year, stated = year_of(facts, claim)
    low, high = ends(claim)
    kept = sample(facts.draws, MEASURE, host=claim.host, year=year)
    paid = sample(facts.draws, "gross_pay_total", host=claim.host, year=year)
    stock = np.maximum(mean_stock(facts.draws, claim.host, year), 1.0)
    return Total(
        claim=claim,
        host=claim.host,
        year=year,
        year_stated=stated,
        low=low,
        high=high,
        below_low=share_below(kept, low),
        below_high=share_below(kept, high),
        needs_low=interval_of(low / stock),
        needs_high=interval_of(high / stock),
        over_all_pay=share_below(paid, low),
        copies=sum(c.id != claim.id for c in facts.programme.claims if origin(facts, c) == origin(facts, claim)),
    )


def origin(facts: Facts, claim: Claim) -> str:
    return facts.dispositions[claim.id].origin


def ends(claim: Claim) -> tuple[float, float]:
    """Lower and upper end; a point or a single bound is both."""
    if claim.point is not None:
        return claim.point, claim.point
    known = [bound for bound in (claim.low, claim.high) if bound is not None]
    return known[0], known[-1]


def year_of(facts: Facts, claim: Claim) -> tuple[str, bool]:
    """The year a total is compared with, and whether the source stated it; else that of its first assertion.

    Years outside the model's window become its first or last year.
    """
    seen = facts.account.observation_of(claim.id)
    if claim.start is not None or claim.end is not None:
        day, stated = claim.end or claim.start, True
    else:
        day, stated = (seen.start + (seen.end - seen.start) / 2 if seen else claim.asserted_latest), False
    assert day is not None
    first, last = facts.programme.window
    return str(min(max(day.year, first), last)), stated


def distribution(facts: Facts, host: str, year: str) -> Values:
    return sample(facts.draws, MEASURE, host=host, year=year)
