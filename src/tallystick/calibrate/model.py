"""The model of one programme, read from its `model.toml`: unknowns, calendar, operators, alternatives.

What it says is data, checked by `settings` before; this module only gives it shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.drivers import Driver, driver_of
from tallystick.calibrate.grid import Grid
from tallystick.calibrate.strata import Strata, strata_of
from tallystick.calibrate.unknowns import Layout, Unknown, scalar, steps
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Switches on the grid, each (month,), and the months that they are named for."""

    open: Array  # 1 while the border is open, 0 while it is closed; always 1 where none ever closed
    before: Array  # 1 up to the end of the closure; always 1 where none closed
    later: Array  # 1 for arrivals after the deadline
    since_deadline: Array
    spans: Mapping[str, Array]  # 1 in the months of each span that the file names, "closed" among them
    years_on: Array  # years since the month that the level of rescues speaks of


class Visas(NamedTuple):
    """The programme's visa classes: first those that authorise work, then all others, each in the order of the file."""

    authorised: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return self.authorised + self.others


class Switch(NamedTuple):
    """The months of a span, or with `inside` false all others."""

    span: str
    inside: bool


class Term(NamedTuple):
    """A part of a reading: the sum of series `of` (1 when none) times unknowns, in the months of `switch`."""

    of: tuple[str, ...]
    times: tuple[str, ...]
    switch: Switch | None
    with_traffic: bool  # times the share of traffic that passes the border
    per: int  # 12 where the unknown is a number a year


class Seen(NamedTuple):
    """The share of a reading that is seen in the months of `switch` (None: always); all of it is in others."""

    share: str
    switch: Switch | None


class Reading(NamedTuple):
    """What tables would show: a sum of terms, as far as it is seen.

    hosts : whose rows are summed, the focus host's unless said; none: a row for each host and a last one for the world.
    of_world : read as a share of what it is for the world.
    """

    id: str
    terms: tuple[Term, ...]
    seen: tuple[Seen, ...]
    hosts: tuple[str, ...]
    of_world: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything the density needs but the observations."""

    grid: Grid
    calendar: Calendar
    focus: str
    hosts: tuple[str, ...]  # without the world
    host_of: Mapping[str, str]  # code of a place that is no host itself -> the host whose group it belongs to
    visas: Visas
    abroad: Strata
    layout: Layout
    together: Array  # (slot, slot) 1 where two slots of `part_weight` belong to one group of places
    nodes: Mapping[str, Array]  # name of a steps unknown -> (month, node) interpolation
    drivers: tuple[Driver, ...]  # what acts on arrivals beside their own steps
    regimes: Array  # (month, regime) one-hot, for the split by visa class
    readings: tuple[Reading, ...]
    operators: Mapping[str, Mapping[str, Any]]
    speaks_of: Mapping[str, str]
    likelihood: Mapping[str, float]
    basis_of_state: str
    alternatives: tuple[Mapping[str, Any], ...]
    pull: Any = 0.0  # (host, month) logs of what shocks do to arrivals, where a `World` has any
    odds: Any = 1.0  # (visa class but the last, month) factors of the odds of visa classes, likewise

    @property
    def phases(self) -> tuple[str, ...]:
        """The spans of arrivals that have a level of their own."""
        return phases_of("closed" in self.calendar.spans)

    @property
    def relabels(self) -> bool:
        """Whether people move between visa classes in the months of ordered returns."""
        return any(one.name == f"relabel_{self.focus}" for one in self.layout.unknowns)

    @property
    def cohorts(self) -> tuple[str, ...]:
        """By when people came; nobody is stranded where no border closed."""
        return tuple(one for one in COHORTS if one != "stranded" or "closed" in self.calendar.spans)


COHORTS = ("holdover", "stranded", "arrived_later")
SPANS = ("closed", "ordered", "last_call")  # the equations know these; readings may name others
MONTHS = ("deadline", "rescues_at")
SETTINGS = ("alternatives_shown", "basis_of_state")


def phases_of(was_closed: bool) -> tuple[str, ...]:
    """Before and after the closure; one phase where no border closed."""
    return ("before", "after") if was_closed else ("before",)


def visas_of(programme: Programme) -> Visas:
    """The programme's visa classes in the order of the model."""
    classes = programme.visa_classes.values()
    return Visas(
        tuple(one.id for one in classes if one.authorises_work),
        tuple(one.id for one in classes if not one.authorises_work),
    )


def model_of(programme: Programme, parts: Sequence[str], reports: int) -> Model:
    """The model with as many slots for parts of a host group and for shared reports as the observations need."""
    table = programme.tables["model"]
    grid = Grid(*programme.window)
    hosts = tuple(host for host in programme.hosts if host != "WW")
    visas, calendar = visas_of(programme), _calendar(table, grid)
    unknowns, nodes = _unknowns(table, grid, hosts, visas)
    nodes |= _in_their_phase(nodes, calendar, hosts)
    classes = tuple(programme.asserter_classes.values())
    host_of = {code: place.host for code, place in programme.places.items() if code not in programme.hosts}
    slots = (*(host_of[part] for part in parts), *groups_of(parts, host_of))
    return Model(
        grid=grid,
        calendar=calendar,
        focus=programme.focus.id,
        hosts=hosts,
        host_of=host_of,
        visas=visas,
        abroad=strata_of(programme.focus.id, hosts, tuple(programme.visa_classes.values())),
        layout=Layout((*unknowns, *_errors(table, classes, len(slots), reports))),
        together=np.array([[float(one == other) for other in slots] for one in slots]),
        nodes=nodes,
        drivers=tuple(driver_of(entry, grid) for entry in table.get("driver", ())),
        regimes=_regimes(table["split"]["from"], grid) if "split" in table else np.ones((len(grid), 1)),
        readings=tuple(
            _reading(entry, programme.focus.id, table.get("coverage", ())) for entry in table.get("reading", ())
        ),
        operators=table["operators"],
        speaks_of=table.get("speaks_of", {}),
        likelihood=table["likelihood"],
        basis_of_state=table["calendar"]["basis_of_state"],
        alternatives=tuple(table.get("alternative", ())),
    )


def groups_of(parts: Sequence[str], host_of: Mapping[str, str]) -> tuple[str, ...]:
    """The hosts that stand for several places, as far as claims speak of one of these; one slot at least."""
    return tuple(sorted({host_of[part] for part in parts})) or ("",)


def _calendar(table: Mapping[str, Any], grid: Grid) -> Calendar:
    months, place = table["calendar"], np.arange(len(grid))
    spans = {name: grid.switch(*pair) for name, pair in months.items() if name not in (*MONTHS, *SETTINGS)}
    closure = grid.index(months["closed"][1]) if "closed" in months else len(grid)
    return Calendar(
        open=1 - spans.get("closed", np.zeros(len(grid))),
        before=(place <= closure).astype(float),
        later=(place > grid.index(months["deadline"])).astype(float),
        since_deadline=(place >= grid.index(months["deadline"])).astype(float),
        spans=spans,
        years_on=(place - grid.index(months.get("rescues_at", months["deadline"]))) / 12,
    )


def _regimes(starts: Sequence[str], grid: Grid) -> Array:
    regime = np.searchsorted([grid.index(start) for start in starts], np.arange(len(grid)), side="right") - 1
    return np.eye(len(starts))[regime]


def _reading(entry: Mapping[str, Any], focus: str, coverage: Sequence[Mapping[str, Any]]) -> Reading:
    terms = [
        Term(
            of=tuple(one.get("of", ())),
            times=tuple(one.get("times", ())),
            switch=_switch(one),
            with_traffic=one.get("with_traffic", False),
            per=12 if one.get("a_year") else 1,
        )
        for one in entry["terms"]
    ]
    seen = [Seen(one["name"], _switch(one)) for one in coverage if entry["id"] in one["readings"]]
    hosts = () if entry.get("everywhere") else tuple(entry.get("hosts", (focus,)))
    return Reading(entry["id"], tuple(terms), tuple(seen), hosts, entry.get("of_world", False))


def _switch(entry: Mapping[str, Any]) -> Switch | None:
    if "when" in entry:
        return Switch(entry["when"], inside=True)
    return Switch(entry["unless"], inside=False) if "unless" in entry else None


def _unknowns(
    table: Mapping[str, Any], grid: Grid, hosts: Sequence[str], visas: Visas
) -> tuple[list[Unknown], dict[str, Array]]:
    """All unknowns of the file, in its order, and the interpolation of those that are steps between nodes."""
    unknowns, nodes = [], {}
    for host in hosts:
        for phase in phases_of("closed" in table["calendar"]):
            entry, why = table["arrivals"][host][phase], table["arrivals"][host]["why"]
            name = f"arrivals_{host}_{phase}"
            unknowns.append(steps(name, entry["median"], entry["sd"], tuple(entry["step_sd"]), why))
            nodes[name] = grid.interpolation(entry["nodes"])
    unknowns += [_split(table, visa) for visa in visas.all[:-1]]
    unknowns += [_covered(one, table["state"][one["state"]]) for one in table.get("coverage", ())]
    for entry in table["unknown"]:
        if entry["transform"] == "steps":
            sizes = (entry["step_sd"],) * (len(entry["nodes"]) - 1)
            unknowns.append(steps(entry["name"], entry["median"], entry["sd"], sizes, entry["why"]))
            nodes[entry["name"]] = grid.interpolation(entry["nodes"])
        else:
            unknowns.append(scalar(entry["name"], entry["transform"], entry["median"], entry["sd"], entry["why"]))
    return unknowns, nodes


def _in_their_phase(nodes: Mapping[str, Array], calendar: Calendar, hosts: Sequence[str]) -> dict[str, Array]:
    """Nodes of arrivals speak in the months of their own phase alone."""
    on = {"before": calendar.before, "after": 1 - calendar.before}
    names = {f"arrivals_{host}_{phase}": phase for host in hosts for phase in phases_of("closed" in calendar.spans)}
    return {name: nodes[name] * on[phase][:, None] for name, phase in names.items()}


def _covered(row: Mapping[str, Any], state: Mapping[str, Any]) -> Unknown:
    """The share that a series shows in a period: as its state says, unless the row says otherwise."""
    median, sd = row.get("median", state["median"]), row.get("sd", state["sd"])
    return scalar(row["name"], "logit", median, sd, f"{row['why']} State: {row['state']}.")


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


def _errors(table: Mapping[str, Any], classes: Sequence[Any], slots: int, reports: int) -> list[Unknown]:
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
        name="part_weight", transform="identity", location=(0.0,) * slots, width=(1.2,) * slots,
        why="Log weights of single countries within the other hosts, and of the rest. Assumed.",
    )  # fmt: skip
    shared = Unknown(
        name="report_error", transform="identity", location=(0.0,) * max(reports, 1), width=(1.0,) * max(reports, 1),
        why="Standardised error common to the figures of one table or briefing.",
    )  # fmt: skip
    return [scale, bias, share, shared]
