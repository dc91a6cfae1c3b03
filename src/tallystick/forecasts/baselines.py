"""Plain forecasters of a later figure from earlier figures of its own series (measure and host).

    latest           the figure that was published last
    mean             the mean of all logs
    trend            the straight line of logs on time; needs three figures that span a year, or it has nothing to go on
    administrative   the last figure of an administrative record
    local level      a random walk seen with noise, in months; see `local_level`

They are competitors, not straw men: each knows how far it was off before. The spread of the first four is learnt from
their own errors on every figure published so far, of all series, each forecast from what was published before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.forecasts.local_level import Variances, level_at, variances_of
from tallystick.forecasts.mixture import Mixture, normal

Array = NDArray[np.float64]
DEFAULT_SD = 0.5  # of a log, a factor of 1.65: what is assumed where there is nothing to learn from
ENOUGH = 5  # errors; with fewer, the default stands for those that are missing
LEAST = 1e-4  # variance: no plain forecaster is surer than 1 %
LOCAL_LEVEL = "local level"
FEWEST, SPAN = 3, 1.0  # figures, years: through fewer, or two that differ within a month, a line leads anywhere


class Figure(NamedTuple):
    """One figure with a number of its own (a point, or the middle of a range on the log scale), as published.

    A figure of something that happens is kept as its rate a month, so that windows of any length compare.
    """

    claim: str
    measure: str
    host: str
    log_value: float  # natural log: of the rate a month where `takes_sum`, else of the level
    months: float  # length of the window; 1 for a level
    middle: float  # of the window, in years: 2019.5
    asserted: float  # first asserted by anyone, in years
    administrative: bool  # from an administrative record
    takes_sum: bool  # a flow: the figure of a window is its rate times months


class Wanted(NamedTuple):
    """What is to be forecast: a figure of a series that is not known yet; see `Figure`."""

    measure: str
    host: str
    months: float
    middle: float
    takes_sum: bool


class Guess(NamedTuple):
    """A forecaster's point and what its spread grows with."""

    log_value: float
    years: float  # from the nearest figure that it rests on
    leverage: float = 1.0  # of a regression, by which its variance grows away from its figures


class Spread(NamedTuple):
    """Variance of a forecaster's errors: (still + a_year * years) * leverage."""

    still: float
    a_year: float = 0.0

    def sd(self, guess: Guess) -> float:
        return float(np.sqrt((self.still + self.a_year * guess.years) * guess.leverage))


class Known(NamedTuple):
    """All figures published before a cut, by measure and host in the order of publication, and what they teach."""

    series: Mapping[tuple[str, str], tuple[Figure, ...]]
    spreads: Mapping[str, Spread]
    variances: Variances  # of the local level


def latest(earlier: Sequence[Figure], middle: float) -> Guess:
    """The figure published last; of several on one day the one about the latest time."""
    last = max(earlier, key=lambda one: (one.asserted, one.middle, one.claim))
    return Guess(last.log_value, abs(last.middle - middle))


def mean(earlier: Sequence[Figure], middle: float) -> Guess:
    """The mean of all logs."""
    return Guess(float(np.mean([one.log_value for one in earlier])), _nearest(earlier, middle))


def trend(earlier: Sequence[Figure], middle: float) -> Guess | None:
    """The least-squares line of logs on time; None where nobody would draw one (see FEWEST)."""
    times = np.array([one.middle for one in earlier])
    off = times - times.mean()
    if len(times) < FEWEST or np.ptp(times) < SPAN:
        return None
    logs = np.array([one.log_value for one in earlier])
    ahead, squares = middle - times.mean(), off @ off
    leverage = 1 + 1 / len(earlier) + ahead**2 / squares
    return Guess(float(logs.mean() + ahead * (off @ logs) / squares), _nearest(earlier, middle), float(leverage))


def administrative(earlier: Sequence[Figure], middle: float) -> Guess | None:
    """The last published figure of an administrative record; None where there is none."""
    records = [one for one in earlier if one.administrative]
    return latest(records, middle) if records else None


PLAIN: dict[str, Callable[[Sequence[Figure], float], Guess | None]] = {
    "latest": latest,
    "mean": mean,
    "trend": trend,
    "administrative": administrative,
}
NAMES = ("latest", "mean", "trend", LOCAL_LEVEL, "administrative")


def known_from(figures: Sequence[Figure]) -> Known:
    """What plain forecasters learn from all that has been published; `figures` of every series, in any order."""
    kept = sorted(figures, key=lambda one: (one.measure, one.host, one.asserted, one.middle, one.claim))
    series = {key: tuple(group) for key, group in groupby(kept, key=lambda one: (one.measure, one.host))}
    steps = {name: _steps(series.values(), guess) for name, guess in PLAIN.items()}
    spreads = {name: spread_of([one for one, _ in past], [error for _, error in past]) for name, past in steps.items()}
    return Known(series, spreads, variances_of([_dated(one) for one in series.values()]))


def baselines(known: Known, wanted: Wanted) -> dict[str, Mixture | None]:
    """Each baseline's forecast of the log of a figure; None where it has nothing to go on."""
    earlier = known.series.get((wanted.measure, wanted.host), ())
    window = float(np.log(wanted.months)) if wanted.takes_sum else 0.0
    found: dict[str, Mixture | None] = dict.fromkeys(NAMES)
    if not earlier:
        return found
    for name, guess in PLAIN.items():
        if (one := guess(earlier, wanted.middle)) is not None:
            found[name] = normal(one.log_value + window, known.spreads[name].sd(one))
    level = level_at(*_dated(earlier), wanted.middle, known.variances)
    found[LOCAL_LEVEL] = normal(level.centre + window, level.sd)
    return found


def spread_of(guesses: Sequence[Guess], errors: Sequence[float]) -> Spread:
    """The spread under which these errors would have scored best.

    Minimum CRPS (Gneiting and others 2005, doi 10.1175/MWR2904.1): it is what forecasts are judged by, and one wild
    error weighs less than in a mean of squares. Growth with time stays at nought unless it improves the score.
    """
    from scipy.optimize import minimize

    off, years = np.asarray(errors), np.array([one.years for one in guesses])
    scale = np.sqrt([one.leverage for one in guesses])
    if len(off) < ENOUGH:
        squares = np.sum((off / scale) ** 2) + (ENOUGH - len(off)) * DEFAULT_SD**2
        return Spread(float(squares / ENOUGH))
    start = float(np.mean((off / scale) ** 2)) + LEAST
    found = minimize(
        lambda at: _score(off, np.sqrt(at[0] + at[1] * years) * scale),
        (start, 0.1 * start), bounds=((LEAST, None), (0.0, None)), method="L-BFGS-B",
    )  # fmt: skip
    return Spread(*map(float, found.x))


def _score(error: Array, sd: Array) -> float:
    """Mean CRPS of normals centred on nought."""
    from scipy.special import ndtr

    z = error / sd
    density = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return float(np.mean(sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))))


def _steps(
    series: Iterable[tuple[Figure, ...]], guess: Callable[[Sequence[Figure], float], Guess | None]
) -> list[tuple[Guess, float]]:
    """What a forecaster would have said of each figure from those asserted before it, and how far off it was."""
    steps = []
    for figures in series:
        for one in figures:
            before = [each for each in figures if each.asserted < one.asserted]
            said = guess(before, one.middle) if before else None
            if said is not None:
                steps.append((said, one.log_value - said.log_value))
    return steps


def _nearest(earlier: Sequence[Figure], middle: float) -> float:
    return min(abs(one.middle - middle) for one in earlier)


def _dated(figures: Sequence[Figure]) -> tuple[Array, Array]:
    """(figure,) middles in years, and logs."""
    return np.array([one.middle for one in figures]), np.array([one.log_value for one in figures])
