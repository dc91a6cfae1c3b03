"""Where runs start: what the fit says of one month, draw by draw.

The people, their booked pay, their terms and their pay are those of the fit's own equations; nothing is estimated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.model import Model, model_of
from tallystick.calibrate.readings import has_levels, rescued
from tallystick.calibrate.system import Run, hazards_of, run_of
from tallystick.scenarios.baseline import Start
from tallystick.stocks.labour.assumptions import elements_of, rebuilding_of
from tallystick.stocks.labour.groups import people_of
from tallystick.stocks.labour.shape import Elements, Shape
from tallystick.stocks.labour.text import build
from tallystick.stocks.text import Text
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
HOME = ("end_of_term", "ordered_return")  # flows that bring people home
YEAR = 12


def shape_of(programme: Programme) -> Shape:
    """Hosts and visa classes of the programme, and the regions that plans of rebuilding name."""
    return Shape(
        focus=programme.focus.id,
        elsewhere=tuple(host.id for host in programme.hosts.values() if not host.focus and host.id != "WW"),
        visa_classes=tuple(programme.visa_classes.values()),
        rebuilding=rebuilding_of(programme.tables["system"]),
    )


def text_of(programme: Programme) -> Text:
    """The text of the programme's model."""
    return build(*parts_of(programme))


def parts_of(programme: Programme) -> tuple[Shape, Elements]:
    """What its text is built from."""
    return shape_of(programme), elements_of(programme.tables["system"])


def start_of(programme: Programme, unknowns: Mapping[str, Array], month: str) -> Start:
    """The end of that month. `unknowns` by name, draws first: (draw,) or (draw, element), as the fit kept them."""
    model = model_of(programme, (), 0)
    draws = len(next(iter(unknowns.values())))
    at = model.grid.index(month)
    rows = [_one({name: each[draw] for name, each in unknowns.items()}, model, at) for draw in range(draws)]
    return Start(
        present=_joined([row["present"] for row in rows]),
        returned=np.array([row["returned"] for row in rows]),
        owed=_joined([row["owed"] for row in rows]),
        arrivals=_joined([row["arrivals"] for row in rows]),
        split=_joined([row["split"] for row in rows]),
        group={name: _joined([row["group"][name] for row in rows]) for name in rows[0]["group"]},
        pay={name: _joined([row["pay"][name] for row in rows]) for name in rows[0]["pay"]},
        unknowns={name: _in_month(name, each, model, at) for name, each in unknowns.items()},
        rescued=np.array([row["rescued"] for row in rows]) if rows[0]["rescued"] is not None else None,
    )


def _joined(rows: list[dict[str, Any]]) -> dict[str, Array]:
    return {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}


def _one(values: dict[str, Any], model: Model, at: int) -> dict[str, Any]:
    run, shape = run_of(values, model, np), model.abroad.shape
    year = slice(max(at - YEAR + 1, 0), at + 1)
    by_visa = dict(zip(model.visas.all, run.by_visa[:, year].sum(axis=1), strict=True))
    coming = sum(by_visa.values())
    return {
        "present": {name: run.people.row(place)[at] for place, name in enumerate(shape.abroad)},
        "returned": _returned(run, at),
        "owed": _owed(run, model, at),
        "arrivals": dict(zip(model.hosts, run.arrived[:, year].mean(axis=1), strict=True)),
        "split": {visa: persons / coming for visa, persons in by_visa.items()},
        "group": {name: group._asdict() for name, group in people_of(shape, hazards_of(values, model)).items()},
        "pay": {host: _pay(run, place, at) for place, host in enumerate(model.hosts)},
        "rescued": _rescued(values, model, at),
    }


def _in_month(name: str, each: Array, model: Model, at: int) -> Array:
    """What goes in steps as it stands in that month; all else as it is."""
    return each @ model.nodes[name][at] if name in model.nodes and each.ndim > 1 else each


def _rescued(values: dict[str, Any], model: Model, at: int) -> float | None:
    """Persons who reach safety in that month, where the fit speaks of it."""
    return float(rescued(values, model, np)[at]) if "reached_safety" in has_levels(values) else None


def _returned(run: Run, at: int) -> float:
    """Everybody who came home since the first month of the grid."""
    levels = [level for flow in HOME for level in run.people.movers[flow]]
    return float(sum(np.asarray(level)[..., : at + 1].sum() for level in levels))


def _owed(run: Run, model: Model, at: int) -> dict[str, float]:
    each = np.array([run.owed.row(place)[at] for place in range(len(model.abroad.shape.abroad))])
    return dict(zip(model.hosts, model.abroad.by_host @ each, strict=True))


def _pay(run: Run, host: int, at: int) -> dict[str, float]:
    """Gross pay, and its parts as odds against the booked one."""
    month = {name: float(part[host, at]) for name, part in run.pay._asdict().items()}
    return {"gross": month["gross"]} | {part: month[part] / month["booked"] for part in ("state", "agents", "pocket")}
