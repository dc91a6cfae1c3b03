"""What each assumed number does alone to the effects of what-ifs: first-order Sobol indices from the draws of the runs.

Each draw of the fit is run with its own draw of everything assumed. Without chance, an effect differs between draws
by what is not known. The part of its variance that one number makes alone is the variance of the effect's mean given
that number, here estimated from ten classes of equal size along the number, less what chance would put between such
classes (Kelley's corrected correlation ratio, 1935, doi:10.1073/pnas.21.9.554; for Sobol indices from given draws see
Plischke, Borgonovo and Smith 2013, doi:10.1016/j.ejor.2012.11.047).

A share is told where, were there none, less than one run in twenty of all the shares that are asked for would tell any:
the threshold is a quantile of F, corrected for their number. Fewer than a hundred draws tell none: classes of a few
draws each do not bear that distribution.

A design of Saltelli (`sensitivity`) also tells what numbers do together, and takes twenty times the runs. Effects are
relative, as there. No factor bears on control or flight: those have no prior.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.sensitivity import AGAIN, Ranking, effects_of, levels_at, ranking, told_of
from tallystick.scenarios.what_if import Prepared

Array = NDArray[np.float64]
Classes = NDArray[np.int64]
CLASSES = 10  # of equal size along a number
FEWEST = 100  # draws: ten in a class
WRONG = 0.05  # the chance that any share is told, were each of them nought and every effect normal
HALF_WIDTH = 1.96  # standard deviations, 95 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The part of an effect's variance that one assumed number makes alone, with its 95 % bootstrap half width."""

    scenario: str
    outcome: str
    factor: str
    share: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """Shares that can be told from nought, for one year; and the scenarios by their effects."""

    year: int
    draws: int
    seed: int
    shares: tuple[Share, ...]
    rankings: tuple[Ranking, ...]

    def of(self, scenario: str, outcome: str) -> tuple[Share, ...]:
        """Shares of one effect, the largest first."""
        found = (each for each in self.shares if (each.scenario, each.outcome) == (scenario, outcome))
        return tuple(sorted(found, key=lambda each: -each.share))


def alone(
    ready: Prepared, tables: Mapping[str, Any], outcomes: Sequence[str], *, seed: int, year: int,
    kept: Path | None = None,
) -> Alone:  # fmt: skip
    """Of that year and outcomes of these ids. tables : the programme's. kept : compiled kernels."""
    chosen = [each for each in ready.outcomes if each.id in outcomes]
    levels = levels_at(ready, ready.inputs.values(), chosen, year, seed, kept)
    effects, relative = effects_of(levels)
    compared = list(ready.inputs)[1:]
    classes = {name: classes_of(ready.base.beside[name]) for name in told_of(tables)}
    beyond = least_told(len(levels), len(compared) * len(chosen) * len(classes))
    shares = (
        share
        for at, scenario in enumerate(compared)
        for of, outcome in enumerate(chosen)
        for share in _shares(relative[:, at, of], scenario, outcome.id, classes, beyond, seed)
    )
    rankings = tuple(ranking(compared, effects[:, :, of], outcome) for of, outcome in enumerate(chosen))
    return Alone(year=year, draws=len(levels), seed=seed, shares=tuple(shares), rankings=rankings)


def _shares(
    values: Array, scenario: str, outcome: str, classes: Mapping[str, Classes], beyond: float | None, seed: int
) -> Iterator[Share]:  # fmt: skip
    """Those above `beyond`; none of what does not vary, or where no share is."""
    if beyond is None or np.ptp(values) == 0:
        return
    for name, each in classes.items():
        share = part_between(values, each)
        if share > beyond:
            error = _half_width(values, each, np.random.default_rng([seed, *name.encode()]))
            yield Share(scenario=scenario, outcome=outcome, factor=name, share=share, error=error)


def least_told(draws: int, tests: int) -> float | None:
    """The largest share that is taken for chance; None of draws that are too few to tell any."""
    return least(draws, tests) if draws >= FEWEST else None


def least(draws: int, tests: int) -> float:
    """The largest share that is taken for chance, where so many are asked for: by the F statistic of the classes."""
    from scipy.special import fdtri

    between, within = CLASSES - 1, draws - CLASSES
    beyond = float(fdtri(between, within, 1 - WRONG / max(tests, 1)))
    return between * (beyond - 1) / (within + between * beyond)


def classes_of(number: Array) -> Classes:
    """(draw,) the class of each draw, by the order of the number."""
    return np.asarray(number.argsort(kind="stable").argsort(kind="stable") * CLASSES // len(number))


def part_between(values: Array, classes: Classes) -> float:
    """The part of the variance that lies between classes, less what chance puts there; may come out below nought.

    Of what does not vary, as some resample of a few values may, no part is anything's.
    """
    if np.ptp(values) == 0:
        return 0.0
    count = np.maximum(np.bincount(classes, minlength=CLASSES), 1)
    mean = np.bincount(classes, weights=values, minlength=CLASSES) / count
    whole, within = ((values - values.mean()) ** 2).sum(), ((values - mean[classes]) ** 2).sum()
    return float(1 - within / whole * (len(values) - 1) / (len(values) - CLASSES))


def _half_width(values: Array, classes: Classes, chance: np.random.Generator) -> float:
    rows = chance.integers(len(values), size=(AGAIN, len(values)))
    return HALF_WIDTH * float(np.std([part_between(values[at], classes[at]) for at in rows], ddof=1))
