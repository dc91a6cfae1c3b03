"""`estimate` and `assess` on the real fit: one shape of document whatever is asked for, and what is a projection."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tallystick.assess.finding import OUTCOMES
from tallystick.cli.main import run
from tallystick.study.study import Study


@pytest.fixture
def told(
    study: Study,  # noqa: ARG001  # the fit comes first
    cache_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Any:
    """Run a command with the fit of these tests; what it writes to stdout."""
    monkeypatch.setenv("TALLYSTICK_CACHE", str(cache_folder))

    def one(*arguments: str) -> str:
        capsys.readouterr()
        assert run(arguments) == 0
        return capsys.readouterr().out

    return one


def test_an_assessment_has_one_shape_whatever_outcome_is_asked_for(told: Any) -> None:
    whole = json.loads(told("assess", "--format", "json"))
    found = 0
    for outcome in OUTCOMES:
        part = json.loads(told("assess", "--outcome", outcome, "--format", "json"))
        assert part.keys() == whole.keys()
        assert part["findings"] == [each for each in whole["findings"] if each["outcome"] == outcome]
        assert part["indicators"] == whole["indicators"]
        found += len(part["findings"])
    assert found == len(whole["findings"]) > 0


def test_estimates_say_in_every_shape_which_are_projections(told: Any, study: Study) -> None:
    asked = ("estimate", "workers_present", "--host", "RU")
    document = json.loads(told(*asked, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(told(*asked, "--format", "csv"))))
    marks = [each["projection"] for each in document["estimates"]]
    assert document["diagnostics"]["passed"]
    assert [row["projection"] for row in rows] == ["yes" if mark else "no" for mark in marks]
    assert marks == sorted(marks)  # once past the last day that a claim describes, always
    assert max(row["period"] for row in rows) <= str(study.day)[:7]
    assert "projection" in told(*asked).splitlines()[0]
