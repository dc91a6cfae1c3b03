"""PySD: a Vensim model, written out as its text and translated to Python by PySD; a run gives its table of stocks."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import pysd
from benchmarks.engines import problem
from benchmarks.engines.peers.common import Task, serve

FIRST_SHUT, FIRST_OPEN = problem.SHUT
FACTOR = {"": "", "room": " * room", "open": " * is open"}


def vensim() -> str:
    """The problem as a Vensim model without chance."""
    lines = [_line(f"hazard {flow.id}", repr(flow.hazard)) for flow in problem.FLOWS]
    abroad = " + ".join(problem.ABROAD)
    lines.append(_line("room", f"MAX(0, 1 - ({abroad}) / {problem.QUOTA * problem.PEOPLE!r})"))
    lines.append(_line("is open", f"IF THEN ELSE(Time >= {FIRST_SHUT} :AND: Time < {FIRST_OPEN}, 0, 1)"))
    for name in problem.STOCKS:
        lines += _stock(name)
    lines += [_line("INITIAL TIME", "0"), _line("FINAL TIME", str(problem.MONTHS))]
    lines += [_line("TIME STEP", "1"), _line("SAVEPER", "TIME STEP")]
    return "{UTF-8}\n" + "".join(lines) + "\\\\\\---/// Sketch information - do not modify anything except names\n"


def _line(name: str, equation: str) -> str:
    return f"{name} = {equation}\n\t~\t\n\t~\t\n\t|\n"


def _stock(name: str) -> list[str]:
    exits = [flow for flow in problem.FLOWS if flow.source == name]
    coming = [f"moving {flow.id}" for flow in problem.FLOWS if flow.target == name]
    change = " + ".join(coming or ["0"]) + "".join(f" - moving {flow.id}" for flow in exits)
    lines = [_line(name, f"INTEG({change}, {problem.PEOPLE if name == 'pool' else 0})")]
    if not exits:
        return lines
    now = {flow.id: f"hazard {flow.id}{FACTOR[flow.times]}" for flow in exits}
    lines.append(_line(f"total {name}", " + ".join(now.values())))
    lines.append(_line(f"leaving {name}", f"{name} * ZIDZ(1 - EXP(-total {name}), total {name})"))
    return lines + [_line(f"moving {id}", f"leaving {name} * {hazard}") for id, hazard in now.items()]


def _model() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "benchmark.mdl")
        path.write_text(vensim(), encoding="utf-8")
        return pysd.read_vensim(str(path))


def sets(number: int) -> Task:
    model, stocks = _model(), list(problem.STOCKS)
    those = [
        {f"hazard {flow.id}": hazard for flow, hazard in zip(problem.FLOWS, hazards, strict=True)}
        for hazards in problem.parameter_sets(number)
    ]
    return Task(
        run=lambda _: [model.run(params=one, return_columns=stocks) for one in those],
        ends=lambda kept: [dict(table.iloc[-1][stocks]) for table in kept],
        kind="sets",
        runs=number,
        counts=False,
        note="one thread",
    )


if __name__ == "__main__":
    sys.exit(serve("pysd", {"sets": sets}, __doc__))
