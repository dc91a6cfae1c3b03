"""Promise: whatever is wrong in backtest.toml is told with its table and field, all of it at once."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.forecasts.odds_table import odds_of
from tallystick.vocab.errors import EvidenceError, EvidenceFaults
from tallystick.vocab.programme import Programme

Table = dict[str, Any]


@cache
def _programme() -> Programme:
    return load_programme("dprk")


def _with(change: Callable[[Table], object]) -> Programme:
    table = copy.deepcopy(dict(_programme().tables["backtest"]))
    change(table)
    return replace(_programme(), tables={**_programme().tables, "backtest": table})


def _row(table: Table, kind: str, id: str) -> Table:
    found: Table = next(row for row in table[kind] if id in (row.get("id"), row.get("kind"), row.get("span")))
    return found


DAMAGE: list[tuple[Callable[[Table], object], str, str]] = [
    (lambda t: t["pool"].update(lastest=0.1), 'unknown key "lastest"', "pool.lastest"),
    (lambda t: t["pool"].update(system=0.6), "the weights add up to 1.1", "pool.system"),
    (lambda t: t["cuts"].update(named=["2016-01-01"]), "is no list of days", "cuts.named"),
    (lambda t: t["cuts"].update(half_yearly={"first": date(2014, 7, 1)}), "has no first and last day", "half_yearly"),
    (lambda t: t.pop("pool"), "is missing", "pool"),
    (lambda t: _row(t, "break", "turn").update(events=[date(2000, 1, 1)]), "its rate is given 2 times", "break.events"),
    (lambda t: _row(t, "break", "turn").update(id="twist"), 'unknown break "twist"', "break.id"),
    (lambda t: _row(t, "break", "order").update(months_median=0), "is not a number above 0", "break.months_median"),
    (lambda t: _row(t, "break", "closure").update(sources=[]), "names no source", "break.sources"),
    (lambda t: _row(t, "known", "closed").pop("begin"), "is missing", "known.begin"),
    (lambda t: _row(t, "generic", "elasticity").update(names=["pull", "leak"]), "stands here and in", "generic.names"),
    (lambda t: _row(t, "generic", "elasticity").update(sd=0), "is not a number above 0", "generic.sd"),
    (lambda t: t["shock"].reverse(), "is not after what stands before it", "shock.first"),
    (lambda t: t["break"].remove(_row(t, "break", "turn")), "no row of turn speaks to the cut of", "break"),
    (lambda t: t["shock"].pop(2), "leave days of the programme's years without one", "shock"),
    (lambda t: t["records"].update(classes=["offices"]), 'unknown class "offices"', "records.classes"),
]


@pytest.mark.parametrize(("change", "problem", "field"), DAMAGE, ids=[f"{one[1]}-{one[2]}" for one in DAMAGE])
def test_each_damage_names_its_field(change: Callable[[Table], object], problem: str, field: str) -> None:
    with pytest.raises(EvidenceFaults) as caught:
        odds_of(_with(change))
    told = [str(fault) for fault in caught.value.faults]
    assert any(problem in fault and field in fault for fault in told), told
    assert all(fault.hint for fault in caught.value.faults)


def test_without_the_file_there_is_no_backtest() -> None:
    tables = {name: table for name, table in _programme().tables.items() if name != "backtest"}
    with pytest.raises(EvidenceError, match="the file is missing"):
        odds_of(replace(_programme(), tables=tables))
