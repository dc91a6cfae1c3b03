"""A brief tells what would change it only where there are what-ifs, and evidence that reaches their start."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tallystick.evidence.programme import SHIPPED
from tallystick.study.ahead import has_what_ifs, simulated_of
from tallystick.study.study import Study


def test_a_programme_that_ships_what_ifs_has_them() -> None:
    assert has_what_ifs(Study("dprk"))


def test_evidence_that_ends_before_the_runs_start_is_not_run_forward(tmp_path: Path) -> None:
    """No fit is asked for: the folder of the cache stays empty."""
    assert simulated_of(Study("dprk", as_of=date(2024, 1, 1), cache=tmp_path)) is None
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("lacking", ["scenarios", "scenarios.toml", "system.toml"])
def test_a_programme_without_what_ifs_has_none_and_no_fault(tmp_path: Path, lacking: str) -> None:
    folder = tmp_path / "without"
    shutil.copytree(SHIPPED / "dprk", folder)
    left_out = folder / lacking
    if left_out.is_dir():
        shutil.rmtree(left_out)
    else:
        left_out.unlink()
    study = Study(folder, cache=tmp_path / "cache")
    assert not has_what_ifs(study)
    assert simulated_of(study) is None
