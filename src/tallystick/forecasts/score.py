"""How well forecasts did: coverage, CRPS and log score on the log scale, beside plain baselines.

A figure that several cuts forecast counts once: its scores are means over the cuts of the row. Bounds have neither
coverage nor CRPS; they enter the log score by their chance, and are counted apart. A row with few figures or few shocks
is not judged: whatever its numbers, they cannot be told from chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.forecasts.mixture import Mixture, cdf, crps, log_density, log_probability, quantile
from tallystick.forecasts.resample import Redrawn, chance_below, interval, redrawn

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
FAMILIES = {
    "person": "heads",
    "crossing": "crossings and permits",
    "visa": "crossings and permits",
    "permit": "crossings and permits",
    "money": "money",
    "share": "shares",
    "time": "time",
}  # by the object of a measure (measures.toml)
HORIZONS = {
    0.0: "about a time before the cut",
    6.0: "0 to 6 months",
    12.0: "6 to 12 months",
    24.0: "12 to 24 months",
    float("inf"): "24 months and more",
}  # by the first month beyond
LEVELS = (50, 80, 95)  # percent, central
FIGURES, SHOCKS = 15, 3  # from which a row is judged (promise T8)
SURE = 0.95  # chance from which a difference is called one
Verdict = Literal["better", "worse", "cannot be distinguished"]
OPEN: Verdict = "cannot be distinguished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was forecast of one later figure at one cut, and what the figure then said."""

    claim: str
    cut: date
    measure: str
    family: str  # one of FAMILIES' values
    host: str
    horizon: float  # months from the cut to the middle of the figure's window; below 0: a time before the cut
    shock: str  # figures of one shock are not independent evidence; one claim, one shock
    kind: Literal["point", "range", "at_least", "up_to"]
    said: float  # natural log of the figure, of its middle on the log scale for a range, of its bound for a bound
    system: Mixture
    baselines: Mapping[str, Mixture | None]  # None: nothing to go on


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The system beside one baseline, over the figures that both forecast.

    crps : of the baseline with the spread that it has earned; crps_as_point : of its median alone, the mean absolute
    log error. `below_*` are chances, over redrawn figures and over redrawn shocks, that the system's CRPS is below the
    baseline's; None where the row is not judged. The verdict is the system's, against the baseline with its spread, and
    asks both ways of redrawing.
    """

    n: int
    shocks: int
    system_crps: float
    crps: float
    crps_as_point: float
    below_figures: float | None = None
    below_shocks: float | None = None
    below_point_figures: float | None = None
    below_point_shocks: float | None = None
    verdict: Verdict = OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Scores over a group of later figures.

    n : figures with a number of their own, a point or a range. coverage_* : share of them inside the central interval.
    crps : mean, in logs (0.1 is about 10 %). log_score : mean natural log of the density of the log at what was said,
    or of the chance of a bound; higher is better. intervals : 95 % of each coverage over redrawn figures and over
    redrawn shocks; only where the row is judged. None: no figure to tell from.
    """

    by: str
    name: str
    n: int
    bounds: int
    shocks: int  # behind the n figures
    forecasts: int  # of figures and bounds, all cuts
    coverage_50: float | None
    coverage_80: float | None
    coverage_95: float | None
    crps: float | None
    log_score: float | None
    baselines: dict[str, float]  # each one's CRPS over the figures that it forecast; the system's is in `comparisons`
    comparisons: dict[str, Comparison]
    intervals: dict[str, dict[str, tuple[float, float]]]
    judged: bool
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The table of a backtest; `seed` and `repeats` are those of the bootstrap."""

    overall: Row
    groups: tuple[Row, ...]
    seed: int
    repeats: int


class Beside(NamedTuple):
    """A baseline's scores of one forecast."""

    crps: float
    as_point: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One forecast's scores, without its distributions: what is kept of a backtest.

    low_80, median, high_80 : of the forecast, natural logs. place : of what was said in the forecast, 0 to 1; None, as
    crps, for a bound. Other fields as in `Forecast`.
    """

    claim: str
    cut: date
    measure: str
    family: str
    host: str
    horizon: float
    shock: str
    kind: Literal["point", "range", "at_least", "up_to"]
    said: float
    low_80: float
    median: float
    high_80: float
    place: float | None
    crps: float | None
    log_score: float
    baselines: dict[str, Beside]

    @property
    def numbered(self) -> bool:
        return self.kind in ("point", "range")


def report_of(rows: Sequence[Scored], seed: int, repeats: int) -> Report:
    """The table of all forecasts, overall and by group; `repeats` redrawings for each row that is judged."""
    scored = sorted(rows, key=lambda one: (one.claim, one.cut))
    groups = tuple(_row(by, name, rows, seed, repeats) for by, name, rows in _groups(scored))
    return Report(overall=_row("overall", "all", scored, seed, repeats), groups=groups, seed=seed, repeats=repeats)


def score(one: Forecast) -> Scored:
    """The scores of one forecast."""
    number = one.kind in ("point", "range")
    plain = {name: made for name, made in one.baselines.items() if number and made is not None}
    low, median, high = (float(each) for each in quantile(one.system, [0.1, 0.5, 0.9]))
    return Scored(
        claim=one.claim, cut=one.cut, measure=one.measure, family=one.family, host=one.host, horizon=one.horizon,
        shock=one.shock, kind=one.kind, said=one.said, low_80=low, median=median, high_80=high,
        place=float(cdf(one.system, one.said)) if number else None,
        crps=crps(one.system, one.said) if number else None,
        log_score=float(log_density(one.system, one.said)) if number else _of_bound(one),
        baselines={name: _beside(made, one.said) for name, made in plain.items()},
    )  # fmt: skip


def _of_bound(one: Forecast) -> float:
    """The log of the chance that the forecast gave to what the bound says."""
    low, high = (one.said, np.inf) if one.kind == "at_least" else (-np.inf, one.said)
    return log_probability(one.system, low, high)


def horizon_of(months: float) -> str:
    """The name of the span of horizons that so many months fall in."""
    return next(name for beyond, name in HORIZONS.items() if months < beyond)


def _beside(made: Mixture, said: float) -> Beside:
    point = made.centre[0] if len(made.centre) == 1 else quantile(made, 0.5)
    return Beside(crps(made, said), abs(float(point) - said))


def _groups(scored: Sequence[Scored]) -> Iterator[tuple[str, str, list[Scored]]]:
    """Every group that has a forecast: what it is by, its name, its rows."""
    spans = list(HORIZONS.values())
    kinds: dict[str, Callable[[Scored], str]] = {
        "family": lambda one: one.family,
        "measure": lambda one: one.measure,
        "horizon": lambda one: horizon_of(one.horizon),
        "host": lambda one: one.host,
    }
    for by, of in kinds.items():
        order = spans.index if by == "horizon" else str
        for name in sorted({of(one) for one in scored}, key=order):
            yield by, name, [one for one in scored if of(one) == name]


def _row(by: str, name: str, scored: Sequence[Scored], seed: int, repeats: int) -> Row:
    numbered = [one for one in scored if one.numbered]
    shock = _shocks(numbered)
    inside = {f"coverage_{level}": _by_figure(numbered, partial(_inside, level)) for level in LEVELS}
    again = redrawn(shock, repeats, seed) if _can_judge(shock) else None
    names = dict.fromkeys(name for one in numbered for name in one.baselines)
    compared = {name: _compare(name, numbered, seed, repeats) for name in names}
    return Row(
        by=by,
        name=name,
        n=len(shock),
        bounds=len({one.claim for one in scored if not one.numbered}),
        shocks=len(set(shock)),
        forecasts=len(scored),
        coverage_50=_mean(inside["coverage_50"]),
        coverage_80=_mean(inside["coverage_80"]),
        coverage_95=_mean(inside["coverage_95"]),
        crps=_mean(_by_figure(numbered, _crps)),
        log_score=_mean(_by_figure(scored, lambda one: one.log_score)),
        baselines={name: one.crps for name, one in compared.items()},
        comparisons=compared,
        intervals={name: _intervals(held, again) for name, held in inside.items()} if again else {},
        judged=again is not None,
        verdict=_together(compared),
    )


def _compare(name: str, numbered: Sequence[Scored], seed: int, repeats: int) -> Comparison:
    """The system beside one baseline, over the forecasts for which the baseline has one: one at least."""
    both = [one for one in numbered if name in one.baselines]
    shock, system = _shocks(both), _by_figure(both, _crps)
    baseline = _by_figure(both, lambda one: one.baselines[name].crps)
    point = _by_figure(both, lambda one: one.baselines[name].as_point)
    found = Comparison(
        n=len(shock),
        shocks=len(set(shock)),
        system_crps=float(system.mean()),
        crps=float(baseline.mean()),
        crps_as_point=float(point.mean()),
    )
    return (
        _judged(found, system - baseline, system - point, redrawn(shock, repeats, seed)) if _can_judge(shock) else found
    )


def _judged(found: Comparison, ahead: Array, ahead_of_point: Array, again: Redrawn) -> Comparison:
    """With its chances; `ahead` and `ahead_of_point` are (figure,) CRPS of the system less the baseline's."""
    chances = [chance_below(ahead, counts) for counts in again]
    of_point = [chance_below(ahead_of_point, counts) for counts in again]
    return replace(
        found,
        below_figures=chances[0],
        below_shocks=chances[1],
        below_point_figures=of_point[0],
        below_point_shocks=of_point[1],
        verdict="better" if min(chances) >= SURE else "worse" if max(chances) <= 1 - SURE else OPEN,
    )


def _together(compared: Mapping[str, Comparison]) -> str:
    """What the comparisons come to, in words; OPEN where none decides."""
    sides = {
        side: [name for name, one in compared.items() if one.verdict == side] for side in ("better", "worse", OPEN)
    }
    if not sides["better"] and not sides["worse"]:
        return OPEN
    words = {"better": "better than", "worse": "worse than", OPEN: f"{OPEN} from"}
    return "; ".join(f"{words[side]} {', '.join(names)}" for side, names in sides.items() if names)


def _can_judge(shock: Codes) -> bool:
    return len(shock) >= FIGURES and len(set(shock)) >= SHOCKS


def _inside(level: int, one: Scored) -> float:
    """1 where the central interval of so many percent holds what was said, else 0."""
    assert one.place is not None  # of figures with a number of their own
    return float(abs(one.place - 0.5) <= level / 200)


def _crps(one: Scored) -> float:
    assert one.crps is not None
    return one.crps


def _by_figure(scored: Sequence[Scored], value: Callable[[Scored], float]) -> Array:
    """(figure,) means over the cuts that forecast it, in the order in which claims appear."""
    found: dict[str, list[float]] = {}
    for one in scored:
        found.setdefault(one.claim, []).append(value(one))
    return np.array([np.mean(each) for each in found.values()])


def _shocks(scored: Sequence[Scored]) -> Codes:
    """(figure,) a number from 0 on for each shock, in the order of `_by_figure`."""
    of_claim = {one.claim: one.shock for one in scored}
    return np.unique(list(of_claim.values()), return_inverse=True)[1]


def _intervals(held: Array, again: Redrawn) -> dict[str, tuple[float, float]]:
    return {name: interval(held, counts) for name, counts in again._asdict().items()}


def _mean(values: Array) -> float | None:
    return float(values.mean()) if len(values) else None
