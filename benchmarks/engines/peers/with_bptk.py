"""BPTK-Py: a system dynamics model in its own language, run by its Rust engine the way its own benchmark runs it.

Loaded once; each run then is one call that returns the stocks of every month, without a table made of them.
"""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.engines import problem
from benchmarks.engines.peers.common import Task, serve
from BPTK_Py import Model
from BPTK_Py._rust_engine import RustSdEngine
from BPTK_Py.sddsl import functions as sd

FIRST_SHUT, FIRST_OPEN = problem.SHUT
LAST = str(float(problem.MONTHS))  # its months are keyed by text
EXITS = {name: [flow for flow in problem.FLOWS if flow.source == name] for name in problem.STOCKS}


def _model(*, has_chance: bool) -> Any:
    model = Model(starttime=0, stoptime=problem.MONTHS, dt=1, name="benchmark")
    stocks = {name: model.stock(name) for name in problem.STOCKS}
    flows = {flow.id: model.flow(flow.id) for flow in problem.FLOWS}
    hazards = {flow.id: model.constant(f"hazard_{flow.id}") for flow in problem.FLOWS}
    for flow in problem.FLOWS:
        hazards[flow.id].equation = flow.hazard
    abroad = sum((stocks[name] for name in problem.ABROAD[1:]), stocks[problem.ABROAD[0]])
    room = model.converter("room")
    room.equation = sd.max(0.0, 1.0 - abroad / (problem.QUOTA * problem.PEOPLE))
    is_open = model.converter("is_open")
    is_open.equation = sd.If(sd.And(sd.time() >= FIRST_SHUT, sd.time() < FIRST_OPEN), 0.0, 1.0)
    factors = {"room": room, "open": is_open}
    for name, exits in EXITS.items():
        now = [_now(model, flow, hazards[flow.id], factors) for flow in exits]
        _leave(model, stocks[name], exits, flows, now, has_chance=has_chance)
    for name, stock in stocks.items():
        stock.initial_value = float(problem.PEOPLE) if name == "pool" else 0.0
        terms = [flows[flow.id] for flow in problem.FLOWS if flow.target == name]
        terms += [-flows[flow.id] for flow in EXITS[name]]
        stock.equation = sum(terms[1:], terms[0])
    return model


def _now(model: Any, flow: problem.Flow, hazard: Any, factors: Any) -> Any:
    """The hazard of a flow in this month."""
    now = model.converter(f"now_{flow.id}")
    now.equation = hazard * factors[flow.times] if flow.times else hazard * 1.0
    return now


def _leave(model: Any, stock: Any, exits: Any, flows: Any, now: list[Any], *, has_chance: bool) -> None:
    """The exits of one stock: each flow a draw from those who took none before, or a mean."""
    if not exits:
        return
    total = model.converter(f"total_{stock.name}")
    total.equation = sum(now[1:], now[0] * 1.0)
    leaving = model.converter(f"leaving_{stock.name}")
    leaving.equation = (1.0 - sd.exp(-1.0 * total)) / sd.max(total, 1e-300)
    left, rest = stock, None
    for flow, hazard in zip(exits, now, strict=True):
        share = model.converter(f"share_{flow.id}")
        share.equation = leaving * hazard
        if has_chance:
            flows[flow.id].equation = sd.binomial(left, share if rest is None else share / rest)
            left = left - flows[flow.id]
            rest = 1.0 - share if rest is None else rest - share
        else:
            flows[flow.id].equation = stock * share


def _loaded(*, has_chance: bool) -> Any:
    return RustSdEngine().load_model(_model(has_chance=has_chance).to_json())


def _end(of: dict[str, dict[float, float]]) -> dict[str, float]:
    return {name: of[name][LAST] for name in problem.STOCKS}


def ensemble(runs: int) -> Task:
    model, stocks = _loaded(has_chance=True), list(problem.STOCKS)
    return Task(
        run=lambda seed: [model.simulate(stocks, seed=seed * runs + run) for run in range(runs)],
        ends=lambda kept: [_end(one) for one in kept],
        kind="chance",
        runs=runs,
        draws=runs * problem.DRAWS_A_RUN,
        note="its Rust engine, one thread",
    )


def sets(number: int) -> Task:
    model, stocks, hazards = _loaded(has_chance=False), list(problem.STOCKS), problem.parameter_sets(number)

    def one(those: list[float]) -> Any:
        for flow, hazard in zip(problem.FLOWS, those, strict=True):
            model.set_constant(f"hazard_{flow.id}", hazard)
        return model.simulate(stocks)

    return Task(
        run=lambda _: [one(those) for those in hazards],
        ends=lambda kept: [_end(each) for each in kept],
        kind="sets",
        runs=number,
        counts=False,
        note="its Rust engine, one thread",
    )


if __name__ == "__main__":
    sys.exit(serve("bptk-py", {"ensemble": ensemble, "sets": sets}, __doc__))
