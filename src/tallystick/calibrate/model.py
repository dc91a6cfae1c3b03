"""The model of one programme, read from its `model.toml`: unknowns, calendar, operators, alternatives.

What it says is data, checked by `settings` before; this module only gives it shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.grid import Grid
from tallystick.calibrate.unknowns import Layout, Unknown, scalar, steps
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
VISAS = ("work", "study", "other")  # only the first authorises work


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Switches on the grid, each (month,), and the months that they are named for."""

    open: Array  # 1 while the border is open, 0 while it is closed
    before: Array  # 1 up to the end of the closure
    later: Array  # 1 for arrivals after the deadline
    since_deadline: Array
    ordered: Array
    last_call: Array
    withheld: Array
    years_on: Array  # years since the month that the level of rescues speaks of


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything the density needs but the observations."""

    grid: Grid
    calendar: Calendar
    focus: str
    hosts: tuple[str, ...]  # without the world
    layout: Layout
    nodes: Mapping[str, Array]  # name of a steps unknown -> (month, node) interpolation
    regimes: Array  # (month, regime) one-hot, for the split by visa class
    operators: Mapping[str, Mapping[str, str]]
    speaks_of: Mapping[str, str]
    likelihood: Mapping[str, float]
    basis_of_state: str
    alternatives: tuple[Mapping[str, Any], ...]


def model_of(programme: Programme, parts: Sequence[str], reports: int) -> Model:
    """The model with as many slots for parts of a host group and for shared reports as the observations need."""
    table = programme.tables["model"]
    grid = Grid(*programme.window)
    hosts = tuple(host for host in programme.hosts if host != "WW")
    unknowns, nodes = _unknowns(table, grid, hosts)
    classes = tuple(programme.asserter_classes.values())
    return Model(
        grid=grid,
        calendar=_calendar(table, grid),
        focus=programme.focus.id,
        hosts=hosts,
        layout=Layout((*unknowns, *_errors(table, classes, parts, reports))),
        nodes=nodes,
        regimes=_regimes(table["split"]["from"], grid),
        operators=table["operators"],
        speaks_of=table.get("speaks_of", {}),
        likelihood=table["likelihood"],
        basis_of_state=table["calendar"]["basis_of_state"],
        alternatives=tuple(table.get("alternative", ())),
    )


def _calendar(table: Mapping[str, Any], grid: Grid) -> Calendar:
    months = table["calendar"]
    first, last = months["closed"]
    place = np.arange(len(grid))
    return Calendar(
        open=1 - grid.switch(first, last),
        before=(place <= grid.index(last)).astype(float),
        later=(place > grid.index(months["deadline"])).astype(float),
        since_deadline=(place >= grid.index(months["deadline"])).astype(float),
        ordered=grid.switch(*months["ordered"]),
        last_call=grid.switch(*months["last_call"]),
        withheld=grid.switch(*months["withheld"]),
        years_on=(place - grid.index(months["rescues_at"])) / 12,
    )


def _regimes(starts: Sequence[str], grid: Grid) -> Array:
    regime = np.searchsorted([grid.index(start) for start in starts], np.arange(len(grid)), side="right") - 1
    return np.eye(len(starts))[regime]


def _unknowns(table: Mapping[str, Any], grid: Grid, hosts: Sequence[str]) -> tuple[list[Unknown], dict[str, Array]]:
    """All unknowns of the file, in its order, and the interpolation of those that are steps between nodes."""
    unknowns, nodes = [], {}
    for host in hosts:
        for phase in ("before", "after"):
            entry, why = table["arrivals"][host][phase], table["arrivals"][host]["why"]
            name = f"arrivals_{host}_{phase}"
            unknowns.append(steps(name, entry["median"], entry["sd"], tuple(entry["step_sd"]), why))
            nodes[name] = grid.interpolation(entry["nodes"])
    unknowns += [_split(table, visa) for visa in ("work", "study")]
    for entry in table["unknown"]:
        if entry["transform"] == "steps":
            sizes = (entry["step_sd"],) * (len(entry["nodes"]) - 1)
            unknowns.append(steps(entry["name"], entry["median"], entry["sd"], sizes, entry["why"]))
            nodes[entry["name"]] = grid.interpolation(entry["nodes"])
        else:
            unknowns.append(scalar(entry["name"], entry["transform"], entry["median"], entry["sd"], entry["why"]))
    return unknowns, nodes


def _split(table: Mapping[str, Any], visa: str) -> Unknown:
    """Odds of one visa class among arrivals, one for each regime."""
    entry = table["split"][visa]
    location = tuple(float(np.log(median)) for median in entry["median"])
    return Unknown(
        name=f"split_{visa}", transform="log", location=location, width=tuple(entry["sd"]), why=table["split"]["why"]
    )


GROUPS = ("people", "money", "time")  # a class may lean one way on heads and another on pay


def group_of(measured: str) -> int:
    """Which of GROUPS a measure's object belongs to."""
    return {"money": 1, "share": 1, "time": 2}.get(measured, 0)


def _errors(table: Mapping[str, Any], classes: Sequence[Any], parts: Sequence[str], reports: int) -> list[Unknown]:
    spread = float(table["likelihood"]["class_scale_sd"])
    scale = Unknown(
        name="class_scale",
        transform="log",
        location=tuple(float(np.log(one.scale)) for one in classes),
        width=(spread,) * len(classes),
        why="Prior scales of asserter_classes.toml; what the data cannot tell is not called learnt.",
    )
    bias = Unknown(
        name="class_bias",
        transform="identity",
        location=(0.0,) * (len(classes) * len(GROUPS)),
        width=tuple(one.bias_sd for one in classes for _ in GROUPS),
        why="Common log bias of a class on heads, money and time (asserter_classes.toml).",
    )
    share = Unknown(
        name="part_weight", transform="identity", location=(0.0,) * (len(parts) + 1), width=(1.2,) * (len(parts) + 1),
        why="Log weights of single countries within the other hosts, and of the rest. Assumed.",
    )  # fmt: skip
    shared = Unknown(
        name="report_error", transform="identity", location=(0.0,) * max(reports, 1), width=(1.0,) * max(reports, 1),
        why="Standardised error common to the figures of one table or briefing.",
    )  # fmt: skip
    return [scale, bias, share, shared]
