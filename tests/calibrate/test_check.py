"""The command that runs the check: its files, its faults, and what an interrupt leaves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate import check, recovery
from tallystick.calibrate.kept import NOT_OF_THE_FIT, code_hash, read
from tallystick.calibrate.recovery import LEVELS, Outcome, Size, quantities_of
from tallystick.vocab.errors import EvidenceError
from tests.calibrate import real

PARENT = """
import multiprocessing, threading
from tallystick.calibrate.check import _end_with_parent

def wait():
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Event().wait()

if __name__ == "__main__":
    worker = multiprocessing.get_context("spawn").Process(target=wait)
    worker.start()
    print(worker.pid, flush=True)
    worker.join()
"""


def _outcomes(programme: str, numbers: Sequence[int], seed: int, size: Size, workers: int) -> tuple[Outcome, ...]:
    """Outcomes as a right model would give them, without a fit."""
    assert (programme, size.chains, workers) == ("dprk", 2, 2)
    count = len(quantities_of(real.programme(), real.ready().model))
    return tuple(_outcome(np.random.default_rng([seed, number]), number, count) for number in numbers)


def _outcome(generator: np.random.Generator, number: int, count: int) -> Outcome:
    share = generator.random(count)
    held = np.stack([np.abs(share - 0.5) <= level / 2 for level in LEVELS])
    return Outcome(number, 600, (share * 100).astype(int), held, 1.01, 200.0, 0, 9.0)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "outcomes_of", _outcomes)


@pytest.mark.usefixtures("quick")
def test_a_check_keeps_its_figures_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "calibration.md"
    assert check.main(["--sets", "100", "--seed", "3", "--date", "2026-11-21", "-o", str(page)]) == 0
    assert "passed" in capsys.readouterr().out
    kept, text = read(tmp_path / "calibration.json"), page.read_text(encoding="utf-8")
    assert "on 2026-11-21" in text
    assert "--sets 100 --seed 3" in text
    assert all(f"`{label}`" in text for label in kept.labels)
    np.testing.assert_array_equal(kept.rank[7], _outcomes("dprk", [7], 3, Size(), 2)[0].rank)
    np.testing.assert_array_equal(kept.inside[7], _outcomes("dprk", [7], 3, Size(), 2)[0].inside)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["calibration.json", "calibration.md"]


@pytest.mark.usefixtures("quick")
def test_the_page_can_be_written_again_without_a_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "calibration.md"
    check.main(["--sets", "20", "-o", str(page)])
    text = page.read_text(encoding="utf-8")
    page.unlink()
    monkeypatch.setattr(check, "outcomes_of", _interrupted)
    check.main(["--again", "-o", str(page)])
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("quick")
def test_a_check_that_goes_on_is_one_that_was_made_in_one_go(tmp_path: Path) -> None:
    page, whole = tmp_path / "parts.md", tmp_path / "whole.md"
    check.main(["--sets", "20", "--date", "2026-11-21", "-o", str(page)])
    check.main(["--sets", "50", "--date", "2026-11-22", "--further", "-o", str(page)])
    check.main(["--sets", "50", "--date", "2026-11-22", "-o", str(whole)])
    parts, one_go = (json.loads(file.with_suffix(".json").read_text(encoding="utf-8")) for file in (page, whole))
    differing = {name for name in parts if parts[name] != one_go[name]}
    assert differing <= {"command", "wall_seconds"}  # the command names its page


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--sets", "40", "--seed", "9"], "of another model, seed, number of draws or version"),
        (["--sets", "40", "--draws", "300"], "of another model, seed, number of draws or version"),
        (["--sets", "40", "--most", "4800"], "of another model, seed, number of draws or version"),
        (["--sets", "20"], "has 20 data sets"),
    ],
)
def test_nothing_is_added_to_another_check_or_to_a_whole_one(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "a.md"
    check.main(["--sets", "20", "-o", str(page)])
    before = page.with_suffix(".json").read_bytes()
    assert check.main([*asked, "--further", "-o", str(page)]) == 2
    assert said in capsys.readouterr().err
    assert page.with_suffix(".json").read_bytes() == before


@pytest.mark.usefixtures("quick")
def test_nothing_is_added_to_a_check_of_other_libraries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "a.md"
    check.main(["--sets", "20", "-o", str(page)])
    figures = page.with_suffix(".json")
    figures.write_text(figures.read_text(encoding="utf-8").replace('"jax": "', '"jax": "0.'), encoding="utf-8")
    assert check.main(["--sets", "40", "--further", "-o", str(page)]) == 2
    assert "version of a library" in capsys.readouterr().err


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """The stand-in for a data set waits for ever; the parent says who its worker is, and is killed."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not _works(worker):
            return
        time.sleep(0.1)
    pytest.fail(f"worker {worker} works on without its parent")


def _works(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # ended, and nobody asked how


@pytest.mark.usefixtures("quick")
def test_a_failed_check_is_kept_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def narrow(*asked: Any) -> tuple[Outcome, ...]:
        return tuple(one._replace(inside=one.inside & (one.rank < 60)) for one in _outcomes(*asked))

    monkeypatch.setattr(check, "outcomes_of", narrow)
    assert check.main(["--sets", "100", "-o", str(tmp_path / "a.md")]) == 1
    assert "FAILED" in capsys.readouterr().out
    assert "## Answer: FAILED" in (tmp_path / "a.md").read_text(encoding="utf-8")


def _interrupted(*_: Any) -> tuple[Outcome, ...]:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("quick")
def test_an_interrupt_leaves_the_earlier_result_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "calibration.md"
    check.main(["--sets", "20", "-o", str(page)])
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    monkeypatch.setattr(check, "outcomes_of", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        check.main(["--sets", "20", "--seed", "9", "-o", str(page)])
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--sets", "3"], "no folder for the page"),
        (["-o", "no/such/folder/a.md"], "no folder for the page"),
        (["--sets", "0", "-o", "a.md"], "at least"),
        (["--draws", "70", "-o", "a.md"], "multiples of 50"),
        (["--draws", "600", "--most", "300", "-o", "a.md"], "--most no less"),
    ],
)
def test_what_would_fail_after_an_hour_fails_at_once(
    asked: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(check, "outcomes_of", _interrupted)
    assert check.main(asked) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("quick")
def test_it_tells_a_result_of_the_present_model_from_an_older_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "calibration.json"
    check.main(["--sets", "20", "-o", str(figures.with_suffix(".md"))])
    capsys.readouterr()
    assert check.main(["--is-current", str(figures)]) == 0
    assert "of the present model" in capsys.readouterr().out
    older = json.loads(figures.read_text(encoding="utf-8")) | {"code": "0" * 64}
    figures.write_text(json.dumps(older), encoding="utf-8")
    assert check.main(["--is-current", str(figures)]) == 0
    assert "make statistics would renew it" in capsys.readouterr().out


def test_it_tells_of_several_results_and_refuses_what_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, code in (("now", code_hash(real.programme())), ("then", "0" * 64)):
        (tmp_path / name).write_text(json.dumps({"code": code}), encoding="utf-8")
    assert check.main(["--is-current", str(tmp_path / "now"), str(tmp_path / "then")]) == 0
    now, then = capsys.readouterr().out.splitlines()
    assert "now: of the present model" in now
    assert "then: of an earlier model" in then
    (tmp_path / "none").write_text("{}", encoding="utf-8")
    assert check.main(["--is-current", str(tmp_path / "none")]) == 1
    assert "is no kept result ('code')" in capsys.readouterr().err


def test_the_hash_follows_the_model_and_not_the_day() -> None:
    assert code_hash(real.programme()) == code_hash(real.programme())


def test_the_hash_follows_all_that_a_simulated_fit_is_made_by() -> None:
    """How well chains mix decides how long they run: what judges that is of the fit."""
    asked = re.findall(r"^from tallystick\.calibrate\.(\w+) import", Path(recovery.__file__).read_text("utf-8"), re.M)
    assert "diagnostics" in asked
    assert not {f"{name}.py" for name in asked} & set(NOT_OF_THE_FIT)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"quantities": [1]}'])
def test_a_file_that_is_no_result_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"calibration\.json: is no kept result") as told:
        read(file)
    assert "make statistics" in told.value.hint
