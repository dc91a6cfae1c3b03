"""The end of one month under each draw of the posterior, by stratum of the text: where runs forward start.

What the fit says of people, booked pay, arrivals, pay and hazards; what it does not know (who waits at home, levels,
regions) is for the runs to assume.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate import engine
from tallystick.calibrate.model import Model, model_of
from tallystick.calibrate.strata import HELD
from tallystick.calibrate.system import Run, hazards_of, run_of, state_odds
from tallystick.stocks.engines.closed import Solved
from tallystick.stocks.labour.groups import PayOf, people_of, with_pay
from tallystick.stocks.labour.shape import Shape
from tallystick.vocab.errors import FitError
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
HOME = "returned"  # the stock of those who went home


class State(NamedTuple):
    """(draw,) arrays by name of stratum, host or visa class."""

    shape: Shape
    present: Mapping[str, Array]  # by stratum, persons at the end of the month
    owed: Mapping[str, Array]  # by stratum, USD of booked pay
    returned: Array  # persons home again since the first month of the grid
    arrivals: Mapping[str, Array]  # by host, persons a month: mean of the year that ends with the month
    split: Mapping[str, Array]  # by visa class, shares of that year's arrivals in the focus host
    groups: Mapping[str, Mapping[str, Array]]  # by stratum, fields of `Group`, pay of the month included
    pay: Mapping[str, PayOf]  # by host: USD of the month, and odds against the booked part


def state_of(programme: Programme, unknowns: Mapping[str, Any], month: str) -> State:
    """The state at the end of a month ("2025-12"). unknowns : the posterior's, by name, draw first.

    FitError where less than a year of the grid lies before the month, or none of it, or where an unknown lacks.
    """
    engine.prepare()
    import jax
    import jax.numpy as jnp

    model = model_of(programme, (), 0)
    at = model.grid.index(month)
    if not 11 <= at < len(model.grid):
        raise FitError(f"no run starts at {month}", hint=f"{model.grid.months[11]} to {model.grid.months[-1]}")
    values = _values(model, unknowns)
    found = jax.jit(jax.vmap(lambda one: _told(run_of(one, model, jnp), model, at)))(values)
    told = jax.tree.map(np.asarray, found)
    pay = {host: _pay(values, model, host, told["gross"][host]) for host in model.hosts}
    return State(model.abroad.shape, pay=pay, groups=_groups(values, model, pay), **_without(told, "gross"))


def _without(told: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != name}


def _values(model: Model, unknowns: Mapping[str, Any]) -> dict[str, Array]:
    """Draws of each unknown in the shape that the equations read; the errors of claims are not among them."""
    of_claims = ("class_scale", "class_bias", "part_weight", "report_error")
    needed = [one for one in model.layout.unknowns if one.name not in of_claims]
    lacking = [one.name for one in needed if one.name not in unknowns]
    if lacking:
        raise FitError(f"the posterior lacks {', '.join(lacking)}", hint="fit the present model")
    vector = {one.name: one.transform == "steps" or one.size > 1 for one in needed}
    flat = {name: np.asarray(unknowns[name], dtype=float) for name in vector}
    return {name: each.reshape(len(each), -1) if vector[name] else each.reshape(-1) for name, each in flat.items()}


def _told(run: Run, model: Model, at: int) -> dict[str, Any]:
    year, names = slice(at - 11, at + 1), model.abroad.shape.abroad
    arrived, by_visa = run.arrived[:, year].mean(axis=-1), run.by_visa[:, year].sum(axis=-1)
    return {
        "present": {name: run.people.row(place)[at] for place, name in enumerate(names)},
        "owed": {name: run.owed.row(place)[at] for place, name in enumerate(names)},
        "returned": _returned(run.people, model, at),
        "arrivals": {host: arrived[place] for place, host in enumerate(model.hosts)},
        "split": {visa: by_visa[place] / by_visa.sum() for place, visa in enumerate(model.visas.all)},
        "gross": {host: run.pay.gross[place, at] for place, host in enumerate(model.hosts)},
    }


def _returned(people: Solved, model: Model, at: int) -> Any:
    """Everybody who went home up to that month."""
    home = [flow.id for flow in model.abroad.graph.text.flows if (flow.source, flow.target) == (HELD, HOME)]
    return sum(rows[:, : at + 1].sum() for flow in home for rows in people.movers[flow] if rows is not None)


def _pay(values: Mapping[str, Array], model: Model, host: str, gross: Array) -> PayOf:
    odds = np.broadcast_to(state_odds(dict(values), model, host), gross.shape)
    return PayOf(gross=gross, state=odds, agents=values["agents_odds"], pocket=values["pocket_odds"])


def _groups(values: Mapping[str, Array], model: Model, pay: Mapping[str, PayOf]) -> dict[str, dict[str, Array]]:
    shape, draws = model.abroad.shape, values["term_before"].shape
    filled = with_pay(people_of(shape, hazards_of(dict(values), model)), shape, pay)
    return {
        stratum: {name: np.broadcast_to(np.asarray(each, dtype=float), draws) for name, each in group._asdict().items()}
        for stratum, group in filled.items()
    }
