"""epydemix: compartments and transitions, with its numba extra installed; a "day" of it is a month of ours."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import Any

import numpy as np
from benchmarks.engines import problem
from benchmarks.engines.peers.common import Task, serve
from epydemix import EpiModel
from epydemix.population import Population

START = date(2001, 1, 1)
END = START + timedelta(days=problem.MONTHS - 1)


def _recruitment(params: Any, data: Any) -> Any:
    """Its hook for a rate of one's own: falls as those abroad come near the quota."""
    place = data["comp_indices"]
    abroad = sum(data["pop"][place[name]] for name in problem.ABROAD)
    return params * np.maximum(0.0, 1.0 - abroad / (problem.QUOTA * data["pop_sizes"]))


def _model() -> EpiModel:
    population = Population(name="invented")
    population.add_population(Nk=[problem.PEOPLE], Nk_names=["all"])
    population.add_contact_matrix(np.ones((1, 1)))
    model = EpiModel(name="benchmark", compartments=list(problem.STOCKS))
    model.set_population(population)
    model.register_transition_kind("recruitment", _recruitment)
    is_open = np.array([problem.is_open(month) for month in range(problem.MONTHS)])
    for flow in problem.FLOWS:
        if flow.times == "room":
            model.add_transition(flow.source, flow.target, kind="recruitment", params=flow.hazard)
            continue
        rate = flow.hazard * is_open if flow.times else flow.hazard
        model.add_parameter(flow.id, rate)
        model.add_transition(flow.source, flow.target, kind="spontaneous", params=flow.id)
    return model


def _run(model: EpiModel, runs: int, seed: int) -> Any:
    start = {name: np.array([problem.PEOPLE if name == "pool" else 0]) for name in problem.STOCKS}
    return model.run_simulations(
        start_date=START.isoformat(),
        end_date=END.isoformat(),
        initial_conditions_dict=start,
        Nsim=runs,
        resample_frequency=None,
        rng=seed,
    )


def _ends(kept: Any) -> list[dict[str, float]]:
    return [
        {name: float(one.compartments[f"{name}_total"][-1]) for name in problem.STOCKS} for one in kept.trajectories
    ]


def ensemble(runs: int) -> Task:
    model = _model()
    return Task(
        run=lambda seed: _run(model, runs, seed),
        ends=_ends,
        kind="chance",
        runs=runs,
        draws=runs * problem.DRAWS_A_RUN,
        note="a multinomial for each stock and month, one thread",
    )


if __name__ == "__main__":
    sys.exit(serve("epydemix", {"ensemble": ensemble}, __doc__))
