"""What Tallystick makes of observations: a median with its intervals and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Quantiles of one distribution: median and the central 50, 80 and 95 %."""

    median: float
    lower_50: float
    upper_50: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The same estimand under one named other choice; shown beside, never averaged in."""

    id: str
    name: str
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One estimand in one place and period.

    `period` is YYYY (a year; flows are sums, rates are means, stocks are the end of the year) or YYYY-MM
    (the end of that month). `claims` are the used claims that inform it, `origins` how many separate origins they
    go back to, the figures of one table or briefing counted once. `prior` is what the model says before any claim,
    so that a reader sees what the evidence added.
    """

    id: str
    host: str
    period: str
    unit: str
    interval: Interval
    prior: Interval
    alternatives: tuple[Alternative, ...] = ()
    origins: int
    claims: tuple[str, ...]
    visa_class: str | None = None
    cohort: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFit:
    """How one used claim sits with the fit.

    tail_probability: chance, under the posterior predictive, of a figure at least as far out (two-sided, 0 to 1).
    influence: largest change of a headline median over the width of its 80 % interval when the claim's origin is
    left out, and `influence_on` says of which estimand; `influence_reliable` is False where the importance
    weights cannot tell (Pareto k above 0.7).
    """

    claim: str
    tail_probability: float
    influence: float
    influence_on: str
    influence_reliable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics:
    """Whether the sampler's answer may be shown. `passed` is judged over every headline estimand.

    A fit from nothing passes by the limits of decision 14. One whose draws were weighed for a claim more is a look that
    is never published, and passes by laxer ones (decision 33).
    """

    passed: bool
    r_hat_max: float
    ess_bulk_min: float
    ess_tail_min: float
    divergences: int
    chains: int
    draws: int  # kept per chain
    worst: str  # the headline estimand with the lowest effective sample size
    seed: int
