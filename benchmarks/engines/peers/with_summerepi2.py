"""summerepi2 (summer2): flows with rates in continuous time, its default solver, compiled by JAX."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from benchmarks.engines import problem
from benchmarks.engines.peers.common import Task, named, serve
from jax import numpy as jnp
from summer2 import CompartmentalModel
from summer2.functions import time as over_time
from summer2.parameters import CompartmentValues, Function, Parameter

ABROAD = np.array([problem.STOCKS.index(name) for name in problem.ABROAD])


def _room(values: Any) -> Any:
    return jnp.maximum(0.0, 1.0 - jnp.sum(values[ABROAD]) / (problem.QUOTA * problem.PEOPLE))


def _model() -> Any:
    model = CompartmentalModel(
        times=[0, problem.MONTHS], compartments=list(problem.STOCKS), infectious_compartments=["pool"], timestep=1
    )
    model.set_initial_population({"pool": float(problem.PEOPLE)})
    shut = np.array(problem.SHUT, dtype=float)
    factors = {
        "room": Function(_room, [CompartmentValues]),
        "open": over_time.get_piecewise_function(shut, np.array([1.0, 0.0, 1.0])),
    }
    for flow in problem.FLOWS:
        rate = Parameter(flow.id) * factors[flow.times] if flow.times else Parameter(flow.id)
        model.add_transition_flow(flow.id, rate, flow.source, flow.target)
    return model


def _named(hazards: Any) -> dict[str, float]:
    return {flow.id: hazard for flow, hazard in zip(problem.FLOWS, hazards, strict=True)}


def sets(number: int) -> Task:
    """The first set is the problem's own hazards: its end is known in continuous time."""
    those = [_named(problem.HAZARDS), *map(_named, problem.parameter_sets(number)[1:])]
    runner = _model().get_runner(those[0], dyn_params=list(those[0]))
    return Task(
        run=lambda _: [np.asarray(runner.function(parameters=one)["outputs"]) for one in those],
        ends=lambda kept: named([one[-1] for one in kept]),
        kind="always",
        runs=number,
        tolerance=1e-3,
        counts=False,
        note="people move at every instant: differs by design",
    )


if __name__ == "__main__":
    sys.exit(serve("summerepi2", {"sets": sets}, __doc__))
