"""Forecasts of figures that nobody has published, made by the machine that the backtest scores.

The cut is the day of freezing: priors and calendar as they are known then, a fit to all that has been published,
futures drawn from the stated odds, and the pool of members at the stated weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from tallystick.calibrate.sample import Report
from tallystick.forecasts.asked import Question, ahead, is_of, observation_of
from tallystick.forecasts.backtest import forecasts_at, terms_at
from tallystick.forecasts.bench import bench_of
from tallystick.forecasts.mixture import Mixture
from tallystick.forecasts.odds import NO_BREAK, SYSTEM
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.quantiles import DIGITS, quantiles_of
from tallystick.forecasts.record import Frozen, Made, Plain, seed_of
from tallystick.forecasts.refit import R_HAT_LIMIT, compiled_of
from tallystick.forecasts.score import Forecast
from tallystick.reconcile.account import reconcile
from tallystick.vocab.errors import FitError, UsageError
from tallystick.vocab.programme import Programme

MODELLED = (SYSTEM, NO_BREAK)  # members whose forecasts are kept as quantiles; all others are normals
STALE = timedelta(days=366)  # how far a day of freezing may lie behind the evidence


def still_open(asked: Sequence[Question], programme: Programme, day: date) -> tuple[Question, ...]:
    """The questions that may be frozen on that day: a figure may still come, and none has yet.

    UsageError where the evidence holds claims that may be of a later day, or ends more than STALE before it, or where
    no question is open.
    """
    latest = max(programme.claims, key=lambda claim: (claim.asserted_latest, claim.id))
    if latest.asserted_latest > day:
        problem = f"the evidence holds what was published up to {latest.asserted_latest} ({latest.id})"
        raise UsageError(
            f"a forecast of {day} may not know the future: {problem}", hint="freeze on that day or a later one"
        )
    if day - latest.asserted_latest > STALE:
        raise UsageError(
            f"the evidence ends on {latest.asserted_latest} ({latest.id}), more than a year before {day}",
            hint="bring the evidence up to the day of freezing, or freeze on a day nearer to its end",
        )
    known = reconcile(ahead(programme)).observations
    found = tuple(
        one for one in asked if day < one.expected_by and not any(is_of(one, seen, programme) for seen in known)
    )
    if not found:
        raise UsageError(
            f"no question is open on {day}: figures have come, or are no longer waited for",
            hint="ask for later figures in record.toml",
        )
    return found


def freeze(
    programme: Programme, asked: Sequence[Question], day: date, *, inputs: str, versions: Mapping[str, str],
    report: Report | None = None,
) -> Made:  # fmt: skip
    """Forecast what is asked; the same programme, day and inputs give the same forecasts.

    FitError where the chains still disagree after all that they may go on: what such a fit says is not forecast.
    """
    odds, longer, seed = odds_of(programme), ahead(programme), seed_of(day, inputs)
    known = reconcile(longer).observations
    wanted = [observation_of(one, programme, known) for one in asked]
    bench = bench_of(longer, (day,), wanted)
    places = [(bench.observations.index(one), one) for one in wanted]
    terms = terms_at(bench, odds, day, "stated")
    fitted, made = forecasts_at(bench, odds, compiled_of(bench, terms), terms, day, places, seed, report)
    if not fitted.r_hat <= R_HAT_LIMIT:
        raise FitError(
            f"the fit's chains disagree: R-hat is {fitted.r_hat:.3f}, and {R_HAT_LIMIT} is allowed; nothing was frozen",
            hint="look for what changed in model.toml, backtest.toml or the evidence since the last fit that held",
        )
    return Made(
        frozen_on=day,
        programme=programme.id,
        evidence_root=programme.evidence_root,
        inputs=inputs,
        seed=seed,
        versions=dict(versions),
        weights=dict(odds.pool),
        used=int(bench.at[day].sum()),
        r_hat=round(fitted.r_hat, 3),
        divergences=fitted.divergences,
        forecasts=tuple(_frozen(one, forecast) for one, forecast in zip(asked, made, strict=True)),
    )


def _frozen(asked: Question, made: Forecast) -> Frozen:
    plain = {name: one for name, one in made.baselines.items() if one is not None and name not in MODELLED}
    return Frozen(
        asked=asked,
        quantiles=quantiles_of(made.system),
        members={name: quantiles_of(one) for name in MODELLED if (one := made.baselines[name]) is not None},
        plain={name: _plain(one) for name, one in plain.items()},
    )


def _plain(one: Mixture) -> Plain:
    centre, sd = float(one.centre[0]), float(one.sd[0])
    return Plain(median=_rounded(np.exp(centre)), sd=_rounded(sd))


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
