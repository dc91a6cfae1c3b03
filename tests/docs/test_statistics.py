"""The page of statistics and its pictures are what its kept figures say, and these keep what is promised."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.proofs.__main__ import promises_held
from benchmarks.proofs.page import page_of
from benchmarks.proofs.pictures import pictures, rank_shares

from tallystick.calibrate.kept import read, verdict_of
from tallystick.calibrate.newcomer import HALF
from tallystick.calibrate.recovery import RANKS

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return json.loads((REFERENCE / "statistics.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def written(found: dict[str, Any]) -> dict[str, str]:
    """What the kept figures give, by file."""
    kept = read(REFERENCE / "calibration.json")
    verdict = verdict_of(kept)
    return {"statistics.md": page_of(found, kept, verdict)} | pictures(found, kept, verdict)


def test_the_page_and_its_pictures_are_what_the_kept_figures_say(written: dict[str, str]) -> None:
    assert {
        name: (REFERENCE / name).read_text(encoding="utf-8") == text for name, text in written.items()
    } == dict.fromkeys(written, True)


def test_both_halves_of_the_page_are_of_one_model(found: dict[str, Any]) -> None:
    """The check of calibration is a run of its own."""
    assert found["code"] == read(REFERENCE / "calibration.json").code


def test_every_picture_of_the_page_is_there(written: dict[str, str]) -> None:
    shown = {part.split(")")[0] for part in written["statistics.md"].split("](")[1:] if part.startswith("statistics-")}
    assert shown == {name for name in written if name.endswith(".svg")}


def test_the_promises_of_one_new_origin_and_of_colluders_are_kept(found: dict[str, Any]) -> None:
    """T2 in full, as last measured."""
    assert max(one["move"] for one in found["newcomers"] if not one["vetted"]) <= HALF
    many = [one for one in found["planted"]["plots"] if one["plot"].startswith("5 ")]
    assert len(many) == 4
    assert all(one["flagged"] for one in many)
    five = [one for one in found["misled"] if one["world"].startswith("5 ")]
    assert len(five) == 4
    assert all(one["flagged"] == one["sets"] for one in five)


def test_a_histogram_pools_the_ranks_of_one_estimand_alone() -> None:
    kept = read(REFERENCE / "calibration.json")
    low = np.array([name == "gross_wage" for name in kept.estimands])
    rank = np.where(low, 0, np.arange(len(kept.rank))[:, None] % (RANKS + 1))
    shares: dict[str, list[float]] = {}
    for row in rank_shares(replace(kept, rank=rank)):
        shares.setdefault(row["name"], []).append(row["share"])
    assert shares.pop(f"gross wage ({low.sum()})") == [1.0] + [0.0] * 9
    assert len(shares) > 10
    assert all(found == [0.1] * 10 for found in shares.values())


@pytest.mark.parametrize(
    ("part", "wrong"),
    [("newcomers", {"move": 0.6}), ("newcomers", {"unsure": 1}), ("plots", {"flagged": False})],
)
def test_the_command_fails_where_a_promise_is_broken(found: dict[str, Any], part: str, wrong: dict[str, Any]) -> None:
    assert promises_held(found)
    broken = deepcopy(found)
    rows = broken["newcomers"] if part == "newcomers" else broken["planted"]["plots"]
    hit = [one for one in rows if one.get("vetted") is False or one.get("plot", "").startswith("5 ")]
    hit[-1].update(wrong)
    assert not promises_held(broken)


def test_nothing_of_flight_stands_on_the_page(written: dict[str, str], found: dict[str, Any]) -> None:
    """Only the yearly total is ever told, and no figure of it is weighed in the open."""
    assert "escapes" not in json.dumps(found)
    assert "flee" not in written["statistics.md"]
    assert "escapes" not in written["statistics-histograms.svg"].lower()
