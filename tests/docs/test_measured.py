"""Promise: the page of what a brief costs holds what the benchmark measured, and a missed limit is not passed over."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from benchmarks.brief import (
    BEGIN,
    END,
    MEMORY_LIMIT,
    NEW,
    OFF_LIMIT,
    PAGE,
    main,
    missed,
    off,
    run,
    table,
    with_one_more,
    write,
)

from tallystick.calibrate.fit import model_for
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tests.docs.pages import ROOT

TOLD = ["brief, cold: wall"]  # 90 s: README promises a minute or two
MACHINE = {"day": "2026-11-21", "processor": "P", "cores": 2, "python": "3.11.7", "system": "Linux", "load_before": 0.1}
COLD = {"wall_seconds": 80.0, "cpu_seconds": 144.0, "peak_memory_gib": 1.4, "share_of_two_cores": 0.9}
REPEAT = {"wall_seconds": 4.0, "cpu_seconds": 4.0, "peak_memory_gib": 0.5, "share_of_two_cores": 0.5}

FIT = {"fit, cold": 55.0, "fit, warm": 12.5, "fit, warm, far off": 44.0}


def found(**cold: float) -> dict[str, Any]:
    brief = {"cold": {**COLD, **cold}, "repeat": REPEAT, "repeat_over_cold": 0.05}
    return {
        "machine": MACHINE,
        "steps": {"load": 0.19, "reconcile": 0.06},
        "fit": {"seconds": FIT, "off": 0.04},
        "brief": brief,
    }


def test_the_figures_stand_in_the_table() -> None:
    shown = table(found())
    assert "| brief, cold | 80.0 | 90 | 144.0 | 90% | 1.40 | 2 |" in shown
    assert "| reconcile | 0.06 |" in shown
    assert "| fit, warm | 12.5 | 15 |" in shown
    assert "| fit, warm, far off | 44.0 |  |" in shown
    assert "than 4.0% of an 80 % width" in shown
    assert "5.0% of the time" in shown
    assert "Limits missed: none." in shown
    assert "Limits missed: brief, cold: wall; brief, cold: memory." in table(
        found(wall_seconds=91.0, peak_memory_gib=2.1)
    )


def test_only_what_lies_between_the_marks_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    for _ in range(2):
        write(page, found())
        assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n{table(found())}\n{END}\nafter\n"


def test_the_page_holds_the_figures_beside_it_and_misses_no_limit_that_is_not_told() -> None:
    kept = json.loads(PAGE.with_suffix(".json").read_text(encoding="utf-8"))
    assert f"{BEGIN}\n{table(kept)}\n{END}" in PAGE.read_text(encoding="utf-8")
    assert missed(kept) == TOLD
    assert ("a minute or two" in (ROOT / "README.md").read_text(encoding="utf-8")) == bool(TOLD)


@pytest.mark.parametrize("over", [{"wall_seconds": 91.0}, {"peak_memory_gib": MEMORY_LIMIT + 0.1}])
def test_a_missed_limit_ends_in_an_error(over: dict[str, float], tmp_path: Path) -> None:
    assert missed(found()) == []
    assert len(missed(found(**over))) == 1
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(found(**over)), encoding="utf-8")
    assert main(["--from", str(kept)]) == 1


@pytest.mark.parametrize(("step", "limit"), [("fit, cold", 60), ("fit, warm", 15)])
def test_a_fit_that_takes_too_long_ends_in_an_error(step: str, limit: int) -> None:
    slow = found() | {"fit": {"seconds": FIT | {step: limit + 0.1}, "off": 0.0}}
    assert missed(slow) == [f"{step}: wall"]


def test_a_warm_fit_that_finds_something_else_ends_in_an_error() -> None:
    assert off([[0.0, 1.0], [5.0, 2.0], [9.0, 3.0]], [[0.0, 1.0], [4.0, 2.0], [10.0, 3.0]]) == 0.1
    wrong = found() | {"fit": {"seconds": FIT, "off": OFF_LIMIT + 0.01}}
    assert missed(wrong) == ["fit, warm: not what a cold one finds"]


def test_the_claim_that_a_warm_fit_hears_is_used_and_brings_no_unknown(tmp_path: Path) -> None:
    before, after = (reconcile(load_programme(folder)) for folder in ("dprk", with_one_more(tmp_path / "later")))
    assert {one.claim for one in after.observations} - {one.claim for one in before.observations} == {NEW["id"]}
    sizes = [model_for(load_programme(), one.observations).layout.size for one in (before, after)]
    assert sizes[0] == sizes[1]


def test_memory_and_time_of_processes_below_are_counted() -> None:
    """The outer process holds 100 MB while the inner one holds 150 MB and works half a second."""
    inner = "import time; held = bytearray(150_000_000)\nwhile time.process_time() < 0.5: pass"
    outer = f"import subprocess, sys; held = bytearray(100_000_000); subprocess.run([sys.executable, '-c', {inner!r}])"
    cost = run([sys.executable, "-c", outer], dict(os.environ))
    assert cost.peak_memory_gib > 0.25
    assert cost.wall_seconds > 0.5
    assert cost.cpu_seconds > 0.5


def test_a_page_of_some_steps_alone_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--write", "--no-brief"])
    assert refused.value.code == 2
    assert "give one of the two" in capsys.readouterr().err


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(SystemExit, match="not today"):
        run([sys.executable, "-c", "import sys; sys.exit('not today')"], dict(os.environ))


def test_the_short_steps_are_measured() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "brief.py"), "--no-brief"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    steps = json.loads(done.stdout)["steps"]
    assert set(steps) == {"load", "reconcile"}
    assert all(0 < seconds < 60 for seconds in steps.values())
