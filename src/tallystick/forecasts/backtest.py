"""What the evidence of earlier days would have forecast, laid against what was published later.

At each cut the model is fitted to what had been published, with priors and a calendar that could have been known, and
forecasts every figure that came later. The forecast that is judged is a pool, with weights stated beforehand: the
system with breaks at stated odds, the system without any, and plain baselines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tallystick.calibrate.density import Terms
from tallystick.calibrate.headline import untold_measures
from tallystick.calibrate.sample import Report
from tallystick.forecasts.baselines import Known, baselines, known_from
from tallystick.forecasts.bench import Bench, bench_of
from tallystick.forecasts.figures import DAYS_A_YEAR, MONTHS_A_YEAR, NUMBERED, figure_of, middle_of, said, wanted
from tallystick.forecasts.futures import as_known, calendar_at, futures
from tallystick.forecasts.mixture import Mixture, pooled
from tallystick.forecasts.odds import NO_BREAK, SYSTEM, Odds
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.priors import priors_at
from tallystick.forecasts.refit import Compiled, Refit, compiled_of, predictive, refit, unseen
from tallystick.forecasts.score import FAMILIES, Forecast, Scored, score
from tallystick.reconcile.account import Observation
from tallystick.vocab.backtests import Priors
from tallystick.vocab.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One cut: how its fit went, and the scores of all that it forecast."""

    day: date
    used: int  # observations that the fit read
    r_hat: float  # the worst over unknowns
    divergences: int
    rows: tuple[Scored, ...]


def backtest(
    programme: Programme, days: Sequence[date], *, priors: Priors, seed: int, report: Report | None = None
) -> Iterator[Past]:
    """One `Past` for each day, in order. EvidenceError where backtest.toml is missing or at fault.

    The bench holds every cut of the file, so that what a cut forecasts hangs on no other day that is asked for.
    """
    odds = odds_of(programme)
    bench = bench_of(programme, sorted({*odds.cuts, *days}))
    compiled: Compiled | None = None
    for day in days:
        terms = terms_at(bench, odds, day, priors)
        compiled = compiled or compiled_of(bench, terms)
        yield _past(bench, odds, compiled, terms, day, seed, report)


def terms_at(bench: Bench, odds: Odds, day: date, priors: Priors) -> Terms:
    """Priors, calendar and claims as they could be known on that day."""
    location, width = priors_at(bench, odds, day, generic=priors == "generic")
    world = as_known(calendar_at(day, odds, bench.model), bench.model)
    return bench.terms._replace(location=location, width=width, used=bench.at[day].astype(float), world=world)


def _past(
    bench: Bench, odds: Odds, compiled: Compiled, terms: Terms, day: date, seed: int, report: Report | None
) -> Past:
    """Fit one cut, forecast what came later, and score it."""
    fitted, made = forecasts_at(bench, odds, compiled, terms, day, bench.later_than(day), seed, report)
    used = int(bench.at[day].sum())
    return Past(
        day=day, used=used, r_hat=fitted.r_hat, divergences=fitted.divergences, rows=tuple(map(score, made))
    )  # fmt: skip


def forecasts_at(
    bench: Bench, odds: Odds, compiled: Compiled, terms: Terms, day: date, places: Sequence[tuple[int, Observation]],
    seed: int, report: Report | None,
) -> tuple[Refit, tuple[Forecast, ...]]:  # fmt: skip
    """Fit one cut and forecast observations, each with its place on the bench; none of them is read."""
    fitted = refit(compiled, terms, day, seed, report)
    apart = untold_measures(bench.programme)
    earlier = [one for one in bench.known_at(day) if one.kind in NUMBERED and one.measure not in apart]
    known = known_from([figure_of(one, bench.model, bench.asserted[one.claim], odds.records) for one in earlier])
    rng, columns = np.random.default_rng([seed, day.toordinal()]), [at for at, _ in places]
    members = _members(bench, odds, compiled, fitted, columns, rng)
    made = (
        _forecast(one, bench, odds, day, {name: each[place] for name, each in members.items()}, known)
        for place, (_, one) in enumerate(places)
    )
    return fitted, tuple(made)


def _members(
    bench: Bench, odds: Odds, compiled: Compiled, fitted: Refit, columns: Sequence[int], rng: np.random.Generator
) -> dict[str, list[Mixture]]:
    """The system's forecasts of the observations in these columns, and of no other, with breaks and without."""
    calendar, breaks = calendar_at(fitted.day, odds, bench.model), odds.breaks_at(fitted.day)
    out = {}
    for name, new in ((SYSTEM, True), (NO_BREAK, False)):
        worlds = futures(calendar, bench.model, breaks, rng, len(fitted.z), new=new)
        centre, scale = compiled.evaluate(fitted.z, fitted.terms, worlds)
        centre, scale = centre[:, columns], scale[:, columns]
        said = zip(centre.T, unseen(centre, scale, bench.data.counting[columns]).T, strict=True)
        out[name] = [predictive(*each, bench.model.likelihood) for each in said]
    return out


def _forecast(
    one: Observation, bench: Bench, odds: Odds, day: date, members: Mapping[str, Mixture], known: Known
) -> Forecast:
    plain = baselines(known, wanted(one, bench.model))
    every = {**members, **plain}
    middle = middle_of(one)
    return Forecast(
        claim=one.claim,
        cut=day,
        measure=one.measure,
        family=FAMILIES[bench.programme.measures[one.measure].object],
        host=one.host,
        horizon=(middle - day).days / DAYS_A_YEAR * MONTHS_A_YEAR,
        shock=odds.shock_of(middle),
        kind=one.kind,
        said=said(one),
        system=_pool(every, odds.pool),
        baselines={**plain, **members},
    )


def _pool(members: Mapping[str, Mixture | None], weights: Mapping[str, float]) -> Mixture:
    """The members that have a forecast, at their weights; those without one leave theirs to the others."""
    there = [(one, weight) for name, weight in weights.items() if (one := members[name]) is not None]
    total = sum(weight for _, weight in there)
    return pooled([one for one, _ in there], [weight / total for _, weight in there])
