"""What each origin says as a whole: the log density of all its figures under a draw.

An error that the figures of a table share belongs to that table alone, so it is integrated out and not taken as the
draw has it: without the table it would be unknown again. Weights that leave an origin out are far steadier for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.density import Expected, Terms, log_density
from tallystick.calibrate.model import Model
from tallystick.calibrate.observe import Data
from tallystick.reconcile.account import Observation

Array = NDArray[np.float64]
# Standard normal errors by the trapezoid rule, which for a smooth peak is exact to many digits once its steps are below
# one and a half standard deviations of the peak: the longest table that ships, of 19 counts, has one of some 0.15.
STEP = 0.2
NODES = np.arange(-5, 5.1, STEP)
BATCH = 250  # draws looked at together, so that what is in hand stays small
LOG_WEIGHTS = -0.5 * NODES**2 - 0.5 * np.log(2 * np.pi) + np.log(STEP)


class Origins(NamedTuple):
    """Who speaks, and with which claims and shared errors; a table or briefing is one origin."""

    names: tuple[str, ...]
    alone: Array  # (origin, claim) 1 for a claim with an error of its own only
    tables: Array  # (origin, shared error) 1 for the errors that the origin's figures share
    figures: Array  # (shared error, claim) 1 for the claims that share it
    claims: tuple[tuple[str, ...], ...]

    def heard(self, used: Array) -> Array:
        """(origin,) 1 where a fit hears all that the origin says. used : (claim,) 1 for a claim that it hears."""
        silent = 1 - np.asarray(used)
        unheard = self.alone @ silent + self.tables @ (self.figures @ silent)
        return np.asarray(unheard == 0, dtype=float)


def origins_of(observations: Sequence[Observation], data: Data) -> Origins:
    """The origins of the observations, in order of their first claim."""
    names = tuple(dict.fromkeys(one.voice for one in observations))
    says = np.array([[float(one.voice == name) for one in observations] for name in names])
    shares = np.array([data.report == slot for slot in range(max(data.report.max() + 1, 1))], dtype=float)
    return Origins(
        names=names,
        alone=says * (data.report < 0),
        tables=((says @ shares.T) > 0).astype(float),
        figures=shares,
        claims=tuple(tuple(one.claim for one in observations if one.voice == name) for name in names),
    )


def origin_densities(z: Array, said: Expected, terms: Terms, model: Model, data: Data, origins: Origins) -> Array:
    """(draw, origin) log densities of what each origin says, also of claims that the terms leave out.

    z : (draw, unknown). said : (draw, claim), the errors of tables as the draw has them.
    """
    error, step = shared_errors(z, terms, model, data)
    pieces = [
        _densities(Expected(*(part[at : at + BATCH] for part in said)), error[at : at + BATCH], step[at : at + BATCH],
                   terms, model, data, origins)
        for at in range(0, len(z), BATCH)
    ]  # fmt: skip
    return np.concatenate(pieces)


def _densities(
    said: Expected, error: Array, step: Array, terms: Terms, model: Model, data: Data, origins: Origins
) -> Array:
    out = log_density(said, terms, model, data, np) @ origins.alone.T
    for table, mine in zip(origins.figures, origins.tables.T, strict=True):
        at = np.flatnonzero(table)
        own, step_of = _only(data, terms, at), step[:, None, at]
        centre = said.centre[:, None, at] - error[:, None, at] + NODES[:, None] * step_of
        each = log_density(Expected(centre, said.scale[:, None, at]), own[1], model, own[0], np).sum(axis=-1)
        highest = (each := each + LOG_WEIGHTS).max(axis=1)
        out += (highest + np.log(np.exp(each - highest[:, None]).sum(axis=1)))[:, None] * mine
    return np.asarray(out, dtype=float)


def _only(data: Data, terms: Terms, at: Any) -> tuple[Data, Terms]:
    """What the density reads of these claims."""
    return replace(data, kind=data.kind[at]), terms._replace(
        low=terms.low[at], point=terms.point[at], high=terms.high[at]
    )


def shared_errors(z: Array, terms: Terms, model: Model, data: Data) -> tuple[Array, Array]:
    """(draw, claim) the error that a claim shares with its table, and its standard deviation; 0 for others."""
    errors, scale = (part_of(name, z, terms, model) for name in ("report_error", "class_scale"))
    share = np.where(data.report >= 0, np.sqrt(model.likelihood["report_share"]), 0.0)
    step = np.exp(scale)[:, data.who] * share
    return errors[:, data.report] * step, step


def part_of(name: str, z: Array, terms: Terms, model: Model) -> Array:
    """(draw, element) an unknown on its transformed scale."""
    at = 0
    for unknown in model.layout.unknowns:
        part = slice(at, at := at + unknown.size)
        if unknown.name == name:
            return np.asarray(terms.location[part] + terms.width[part] * z[:, part])
    raise KeyError(name)
