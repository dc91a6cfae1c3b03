"""Whether the [[driver]] entries of `model.toml` say what the equations need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tallystick.calibrate.grid import Grid
from tallystick.evidence.cells import known
from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import shown
from tallystick.vocab.programme import Programme

KEYS = ("id", "hosts", "effect", "when", "follows", "reference", "sent_to", "sent", "why")
OF_EFFECT = ("effect", "sent")


def check_drivers(
    whole: Entry, programme: Programme, grid: Grid, *, spans: Sequence[str], scalars: Collection[str]
) -> None:
    """Note every fault; `scalars` are the names of unknowns that are one number."""
    unknowns = _maps(whole.values.get("unknown"))
    transforms = {name: one.get("transform") for one in unknowns if isinstance(name := one.get("name"), str)}
    hosts, seen = [host for host in programme.hosts if host != "WW"], set[str]()
    for entry in whole.tables("driver", keys=KEYS, required=False):
        name = entry.identifier()
        if name in seen:
            entry.fault("id", f"{name} stands here twice", "keep one")
        seen.add(name)
        entry.text("why")
        entry.choices("hosts", hosts, what="host")
        entry.choice("effect", scalars, what="unknown")
        _acts(entry, grid, spans, transforms)
        if {"sent_to", "sent"} & set(entry.values):
            _sends(entry, hosts, transforms)


def _acts(entry: Entry, grid: Grid, spans: Sequence[str], transforms: Mapping[str, Any]) -> None:
    """In the months of a span, or along the steps of an unknown against its value in one month."""
    if ("when" in entry.values) == ("follows" in entry.values):
        entry.fault(
            "when", "it acts in the months of a span or follows an unknown", "give `when` or `follows`, not both"
        )
        return
    if "when" in entry.values:
        entry.choice("when", spans, what="span")
        return
    series, month = entry.choice("follows", transforms, what="unknown"), entry.text("reference")
    if transforms.get(series, "steps") != "steps":
        steps = [name for name, transform in transforms.items() if transform == "steps"]
        entry.fault("follows", f"{shown(series)} does not go in steps", known(steps))
    if month and month not in grid.months:
        entry.fault("reference", f"{shown(month)} is no month of the programme's years", f"as {grid.months[0]}")


def _sends(entry: Entry, hosts: Sequence[str], transforms: Mapping[str, Any]) -> None:
    """A share of those turned away goes elsewhere: both the share let in and the share sent lie between 0 and 1."""
    entry.choice("sent_to", hosts, what="host")
    entry.choice("sent", transforms, what="unknown")
    for key in OF_EFFECT:
        name = entry.values.get(key)
        if isinstance(name, str) and transforms.get(name, "logit") != "logit":
            entry.fault(key, f"{shown(name)} may leave 0 to 1", "who is turned away is a share: give it a logit")
    if "when" not in entry.values:
        entry.fault(
            "when", "nobody is turned away outside of a span", "name the span in which the host turns people away"
        )


def effects_of(table: Mapping[str, Any]) -> set[str]:
    """The unknowns that drivers read, as far as these are drivers at all."""
    named = [one.get(key) for one in _maps(table.get("driver")) for key in OF_EFFECT]
    return {name for name in named if isinstance(name, str)}


def spans_of_drivers(whole: Entry) -> set[str]:
    """The spans in which drivers act."""
    named = [one.get("when") for one in _maps(whole.values.get("driver"))]
    return {name for name in named if isinstance(name, str)}


def _maps(values: Any) -> list[Mapping[str, Any]]:
    return [one for one in values if isinstance(one, Mapping)] if isinstance(values, list) else []
