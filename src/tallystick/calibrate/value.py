"""Which observation that could be had would narrow a leading figure most (`obtainable.toml`).

What an observation would say is simulated from the fit: its reading under each draw, with the error of its class. The
part of a figure's variance that it would take away is the part that a smooth function of it explains (Strong, Oakley
and Brennan 2014, doi:10.1177/0272989X13505910), judged on draws that the function was not fitted to; no fit is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.across import expected_across
from tallystick.calibrate.density import terms_of
from tallystick.calibrate.fit import prepare
from tallystick.calibrate.headline import untold_measures
from tallystick.calibrate.leading import draws_of, leading_of
from tallystick.calibrate.model import Model, group_of
from tallystick.calibrate.observe import Data, compile_data
from tallystick.calibrate.origins import shared_errors
from tallystick.calibrate.simulate import errors
from tallystick.calibrate.system import names_of, series_of
from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Worth

Array = NDArray[np.float64]
FILE, TABLE = "obtainable.toml", "obtainable"
EXACT, AT_LEAST = "exact", "at_least"
KEYS = ("id", "name", "publisher", "asks_nothing", "asserter_class", "wording", "figure")
DRAWS = 2000  # of the fit, spread over its chains
FOLDS = 8  # stretches of the chains; each is foretold from the others
KNOTS = (0.05, 0.275, 0.5, 0.725, 0.95)  # of natural cubic splines, as shares of the draws (Harrell 2015, ch. 2)
BINS = 10  # of what was foretold, within which the width that is left is measured
MAYBE = 1.0  # stands for the figure that is not known yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtainable:
    """An observation that could be had. `figures` : what it would say, as the model would read it."""

    id: str
    name: str
    publisher: str
    asks_nothing: str
    wording: str
    figures: tuple[Observation, ...]


def obtainable_of(programme: Programme) -> tuple[Obtainable, ...]:
    """The programme's list in its order, but for days after `as_of`.

    EvidenceFaults names what the model could not read, and what nobody may ask for.
    """
    faults = Faults()
    whole = Entry(FILE, None, programme.tables.get(TABLE, {}), faults)
    whole.only(("observation",))
    found: list[Obtainable] = []
    for entry in whole.tables("observation", keys=KEYS, required=False):
        one = _observation(entry, programme, faults)
        if one.id in {other.id for other in found}:
            entry.fault("id", f"{shown(one.id)} stands twice", "rename one")
        found.append(one)
    faults.raise_if_any()
    day = programme.as_of or date.max
    return tuple(one for one in found if all(figure.start <= day for figure in one.figures))


def _observation(entry: Entry, programme: Programme, faults: Faults) -> Obtainable:
    name = entry.identifier()
    said = {key: entry.text(key) for key in ("name", "publisher", "asks_nothing")}
    kind = entry.choice("asserter_class", programme.asserter_classes, what="class")
    rows = list(entry.tables("figure", keys=("measure", "host", "unit", "start", "end")))
    if not rows:
        entry.fault("figure", "it gives no figure", "say what it would be a figure of")
    figures = [Entry(FILE, entry.position, row.values, faults, kind="observation.figure") for row in rows]
    return Obtainable(
        id=name, **said, wording=entry.choice("wording", (EXACT, AT_LEAST), what="wording"),
        figures=tuple(_figure(row, name, kind, programme) for row in figures),
    )  # fmt: skip


def _figure(entry: Entry, name: str, kind: str, programme: Programme) -> Observation:
    operators, untold = programme.tables["model"]["operators"], untold_measures(programme)
    measure = entry.choice(
        "measure", [one for one in operators if one not in untold], what="measure that the model reads"
    )
    units = programme.measures[measure].units if measure in programme.measures else ()
    start, end = (entry.day(key) or date.min for key in ("start", "end"))
    if not date(programme.window[0], 1, 1) <= start <= end <= date(programme.window[1], 12, 31):
        entry.fault("end", f"{start} to {end} are no days in a row of the programme's years", "first day first")
    return Observation(
        claim=name, origin=name, measure=measure, kind="point", low=None, point=MAYBE, high=None,
        unit=entry.choice("unit", units, what="unit"), host=entry.choice("host", programme.hosts, what="host"),
        start=start, end=end, asserter_class=kind, region="", sector="", report=name,
        basis=programme.tables["model"]["calendar"]["basis_of_state"],
    )  # fmt: skip


def worth(programme: Programme, account: Account, fit: Any, seed: int) -> tuple[Worth, ...]:
    """For each leading figure and each observation that could be had, how much it would narrow the figure."""
    wanted, figures = obtainable_of(programme), leading_of(programme)
    if not wanted or not figures:
        return ()
    every = draws_of(fit.draws, figures)
    kept = np.linspace(0, len(every) - 1, min(DRAWS, len(every))).astype(int)
    leading, generator = _on_log_scale(every[kept]), np.random.default_rng(seed)
    said = _said(programme, account, wanted, {name: draws[kept] for name, draws in fit.unknowns.items()}, generator)
    out = []
    for one, columns in zip(wanted, said, strict=True):
        for figure, found in zip(figures, explained(columns, leading), strict=True):
            out.append(Worth(figure=figure, observation=one.id, **found._asdict()))
    return tuple(out)


def _on_log_scale(values: Array) -> Array:
    """Logs of those columns that are above zero throughout: their errors are multiples."""
    above = (values > 0).all(axis=0)
    return np.where(above, np.log(np.where(above, values, 1.0)), values)


def _said(
    programme: Programme, account: Account, wanted: Sequence[Obtainable], unknowns: Mapping[str, Array],
    generator: np.random.Generator,
) -> list[Array]:  # fmt: skip
    """What each observation would say under each draw: (draw, figure) logs, or 0 and 1 where it only says a bound."""
    model = prepare(programme, account.observations).model
    figures = [figure for one in wanted for figure in one.figures]
    middle = model.layout.values(np.zeros(model.layout.size), *model.layout.priors(), np)
    data = compile_data(programme, figures, model, names_of(model, series_of(middle, model, np)))
    read = simulated(programme, model, data, figures, model.layout.standard(unknowns), generator)
    ends = np.cumsum([len(one.figures) for one in wanted])
    parts = np.split(read, ends[:-1], axis=1)
    bounds = [
        part > np.median(part, axis=0) if one.wording == AT_LEAST else part
        for one, part in zip(wanted, parts, strict=True)
    ]
    return [np.asarray(part, dtype=float) for part in bounds]


def simulated(
    programme: Programme, model: Model, data: Data, figures: Sequence[Observation], z: Array,
    generator: np.random.Generator,
) -> Array:  # fmt: skip
    """(draw, figure) logs of what would be said, by the reading of the model and the error of the class.

    Figures of one observation share the error of a table as others do. z : (draw, unknown) standard normals.
    """
    z = z * np.concatenate([np.full(one.size, one.name != "report_error") for one in model.layout.unknowns])
    # Errors of tables are silenced, so that the first stands for all: these figures may be of more than the fit heard.
    silent = replace(data, report=np.minimum(data.report, 0))
    said = expected_across(z, model, silent)
    _, step = shared_errors(z, terms_of(model, silent), model, silent)
    tables = generator.standard_normal((len(z), max(data.report.max() + 1, 1)))[:, data.report]
    counted = np.array([group_of(programme.measures[one.measure].object) == 0 for one in figures])
    own = np.sqrt(said.scale**2 - data.counting + np.where(counted, np.exp(-said.centre), 0.0))
    return np.asarray(said.centre + tables * step + errors(own, model, generator))


class Explained(NamedTuple):
    """The part of a figure's variance, and of the width of its 80 %, that what is said explains; errors of both."""

    variance: float
    error: float
    width: float
    width_error: float


def explained(said: Array, leading: Array) -> list[Explained]:
    """For each figure, what is said explains of it.

    said : (draw, said figure). leading : (draw, figure), both in the order of the chains. What is explained is judged
    on stretches of draws that the function did not see, so that noise that it follows counts against it.
    """
    basis, fold = _basis(said), np.arange(len(said)) * FOLDS // len(said)
    foretold, blind = np.empty_like(leading), np.empty_like(leading)
    for at in range(FOLDS):
        seen = fold != at
        weights, *_ = np.linalg.lstsq(basis[seen], leading[seen], rcond=None)
        foretold[~seen], blind[~seen] = basis[~seen] @ weights, leading[seen].mean(axis=0)
    columns = zip(leading.T, foretold.T, blind.T, strict=True)
    return [_of_one(figure, foretold, figure - blind, fold) for figure, foretold, blind in columns]


def _of_one(figure: Array, foretold: Array, blindly: Array, fold: NDArray[np.int64]) -> Explained:
    """blindly : how far each draw lies from what would be foretold if nothing were said."""
    rest = figure - foretold
    parts = [1 - (rest[fold == at] ** 2).sum() / (blindly[fold == at] ** 2).sum() for at in range(FOLDS)]
    share, error = float(1 - (rest**2).sum() / (blindly**2).sum()), float(np.std(parts, ddof=1) / np.sqrt(FOLDS))
    # Delete-one jackknife over stretches of the chains (Efron 1982, doi:10.1137/1.9781611970319).
    widths = np.array([_narrower(figure[fold != at], foretold[fold != at]) for at in range(FOLDS)])
    width_error = float(np.sqrt((FOLDS - 1) * np.var(widths)))
    return Explained(max(share, 0.0), error, max(_narrower(figure, foretold), 0.0), width_error)


def _narrower(figure: Array, foretold: Array) -> float:
    """By what part of its width the central 80 % shrinks, on average over what may be foretold."""
    bins = np.array_split((figure - foretold)[np.argsort(foretold)], BINS)
    usual = np.mean([_width(figure[at::BINS]) for at in range(BINS)])  # of as few draws, so that it errs alike
    return float(1 - np.mean([_width(each) for each in bins]) / usual)


def _width(values: Array) -> float:
    """Of the central 80 %."""
    low, high = np.quantile(values, [0.1, 0.9])
    return float(high - low)


def _basis(said: Array) -> Array:
    """(draw, function) a constant, a spline of each column, and products of two columns."""
    middle, spread = said.mean(axis=0), said.std(axis=0)
    scaled = (said - middle) / np.where(spread > 0, spread, 1.0)
    splines = [part for column in scaled.T for part in _spline(column)]
    products = [one * other for one, other in combinations(scaled.T, 2)]
    return np.stack([np.ones(len(said)), *splines, *products], axis=1)


def _spline(column: Array) -> list[Array]:
    """A natural cubic spline, straight beyond its outer knots; a straight line where a column has few values."""
    knots = np.unique(np.quantile(column, KNOTS))
    if len(knots) < len(KNOTS):
        return [column]
    last, before = knots[-1], knots[-2]

    def cube(at: float) -> Array:
        return np.asarray(np.maximum(column - at, 0.0) ** 3)

    bends = [(cube(at) - cube(last)) / (last - at) - (cube(before) - cube(last)) / (last - before) for at in knots[:-2]]
    return [column, *bends]
