"""Promise: all engines are measured on one problem that loses nobody, and the page says what failed."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from benchmarks.engines import entries, environments, main, measure, page, picture, problem
from benchmarks.engines.peers import common

from tests.docs.pages import ROOT

# Worked out once and written down: whoever changes the problem changes these.
END = {
    "pool": 68_211.724,
    "applicants": 3_195.385,
    "selected": 1_004.192,
    "trained": 1_198.758,
    "waiting": 1_250.410,
    "construction": 5_897.732,
    "textile": 3_533.095,
    "forestry": 2_425.744,
    "injured": 176.072,
    "returned": 9_786.338,
    "escaped": 2_621.581,
    "dead": 698.970,
}
END_IN_CONTINUOUS_TIME = {"pool": 69_183.585, "construction": 5_908.572, "escaped": 2_688.638, "dead": 718.612}


def test_the_problem_has_the_size_that_it_says() -> None:
    assert (len(problem.STOCKS), len(problem.FLOWS), problem.MONTHS, problem.PEOPLE) == (12, 16, 240, 100_000)
    assert problem.DRAWS_A_RUN == 3_840
    assert {end for flow in problem.FLOWS for end in (flow.source, flow.target)} == set(problem.STOCKS)


def test_the_problem_ends_where_it_is_known_to_end() -> None:
    assert problem.at_end() == pytest.approx(END, abs=0.001)
    always = problem.at_end_in_continuous_time()
    assert {name: always[name] for name in END_IN_CONTINUOUS_TIME} == pytest.approx(END_IN_CONTINUOUS_TIME, abs=0.001)


def test_the_end_in_continuous_time_does_not_hang_on_the_step() -> None:
    assert problem.at_end_in_continuous_time(4) == pytest.approx(problem.at_end_in_continuous_time(8), rel=1e-5)


def test_nobody_appears_or_vanishes_and_no_stock_is_negative() -> None:
    for state in problem.months():
        assert sum(state.values()) == pytest.approx(problem.PEOPLE, rel=1e-12)
        assert min(state.values()) >= 0.0


def test_nobody_is_dispatched_while_it_is_shut() -> None:
    first, end = problem.SHUT
    states = list(problem.months())
    gone = [sum(state[name] for name in ("construction", "textile", "forestry")) for state in states]
    assert all(after < before for before, after in zip(gone[first - 1 : end - 1], gone[first:end], strict=True))
    assert gone[end] > gone[end - 1]


def test_a_full_quota_stops_recruitment() -> None:
    state = problem.at_start() | {"construction": problem.QUOTA * problem.PEOPLE}
    assert problem.hazards_of(state, 0, problem.HAZARDS, problem.PEOPLE)[0] == 0.0


def test_our_text_says_the_same_problem() -> None:
    from benchmarks.engines import ours

    from tallystick.stocks.engines import vectors

    found = vectors.run(ours.graph(), ours.inputs(problem.parameter_sets(3)))
    ends = common.named(found.people[:, -1])
    for end, hazards in zip(ends, problem.parameter_sets(3), strict=True):
        assert end == pytest.approx(problem.at_end(hazards=hazards), rel=1e-12)


def task(ends: Sequence[dict[str, float]], **changes: Any) -> common.Task:
    return common.Task(run=lambda seed: seed, ends=lambda _: ends, kind="chance", runs=len(ends))._replace(**changes)


def whole() -> dict[str, float]:
    """The known end in whole persons: what a right engine might give."""
    end = {name: float(round(count)) for name, count in END.items()}
    return end | {"pool": end["pool"] + problem.PEOPLE - sum(end.values())}


def test_an_end_off_by_five_standard_errors_or_one_person_is_found_out() -> None:
    assert common.check(task([whole()] * 4), [whole()] * 4)["agrees"]
    off = whole()
    off["dead"], off["pool"] = off["dead"] + 80, off["pool"] - 80  # its standard error over four runs is 13
    assert not common.check(task([off] * 4), [off] * 4)["agrees"]
    lost = whole() | {"pool": whole()["pool"] - 1}
    found = common.check(task([lost]), [lost])
    assert found["people_lost"] == 1.0
    assert not found["agrees"]


def test_numpy_solves_it() -> None:
    """The one other library that this environment holds and that needs no compiling."""
    from benchmarks.engines.peers import with_numpy

    for one in (with_numpy.ensemble(100), with_numpy.halves(100), with_numpy.sets(5)):
        assert common.measure(one, seed=1)["check"]["agrees"]


def answer(wall: float, runs: int, *, agrees: bool = True, **changes: Any) -> dict[str, Any]:
    check = {"kind": "chance", "far": 1.2, "limit": 4.5, "people_lost": 0.0, "agrees": agrees, "end": END}
    said = {"library": "x", "version": "1.2", "wall_s": wall, "cpu_s": 2 * wall, "draws": runs * problem.DRAWS_A_RUN}
    return {**said, "runs": runs, "first_s": 1.0, "note": "two threads", "check": check, **changes}


def found(ours: Sequence[float] = (1.0, 1.1, 0.9), numpy: Sequence[float] = (3.0, 3.3, 2.7)) -> dict[str, Any]:
    rows = {
        name: measure._row(entries.BY_NAME[name], [answer(wall, 10_000) for wall in walls])
        for name, walls in (("tallystick ensemble", ours), ("numpy ensemble", numpy))
    }
    rows["bptk ensemble"] = measure._row(entries.BY_NAME["bptk ensemble"], [answer(2.0, 200)])
    machine = {"day": "2026-11-21", "processor": "P", "cores": 4, "cores_used": 2, "python": "3.11.7"}
    return {
        "machine": machine | {"system": "Linux", "load_before": 0.1},
        "rows": rows,
        "failed": {"pysd sets": "not installed: ERROR: no such release"},
        "ratios": measure.ratios(rows),
        "curves": {
            "runs": [{"runs": n, "wall_s": n / 1e4, "agrees": True} for n in (100, 10_000)],
            "people": [{"people": 10**n, "wall_s": 0.1, "agrees": True} for n in (3, 8)],
        },
    }


def test_ratios_are_taken_turn_by_turn() -> None:
    ratio = found(ours=(1.0, 2.0, 1.0), numpy=(3.0, 6.0, 4.0))["ratios"][0]
    assert (ratio["times"], ratio["least"], ratio["most"], ratio["turns"]) == (3.0, 3.0, 4.0, 3)
    assert ratio["is_kept"]
    assert not found(numpy=(2.0, 2.0, 2.0))["ratios"][0]["is_kept"]


def test_the_page_shows_ratios_rows_scaling_and_what_failed() -> None:
    shown = page.page(found())
    assert "| exact ensemble and NumPy | 3 | 3 to 3 | 3 | 2.5 | yes |" in shown
    assert "scaled from 200; two threads" in shown
    assert "| 100 | 100 to 100 |" in shown  # 2 s for 200 runs
    assert "- **pysd sets** was not measured; not installed: ERROR: no such release" in shown
    assert "100 times as long for 100 times as many runs" in shown
    assert "1 times as long for 100,000 times as many persons" in shown


def test_page_json_and_picture_are_written_together_and_again_from_the_json(tmp_path: Path) -> None:
    page.write(tmp_path, found())
    assert {path.name for path in tmp_path.iterdir()} == {"engines.md", "engines.json", "engines.svg"}
    ElementTree.fromstring((tmp_path / "engines.svg").read_text(encoding="utf-8"))
    kept = (tmp_path / "engines.md").read_text(encoding="utf-8")
    code = main.main(["--from", str(tmp_path / "engines.json"), "--write"], folder=tmp_path)
    assert code == 1  # a library could not be installed
    assert (tmp_path / "engines.md").read_text(encoding="utf-8") == kept


def test_whatever_is_wrong_ends_in_an_error() -> None:
    right = found() | {"failed": {}}
    assert measure.wrong(right) == []
    assert len(measure.wrong(right | {"failed": {"mesa individuals": "stopped"}})) == 1
    assert len(measure.wrong(right | {"ratios": found(numpy=(2.0,))["ratios"]})) == 1
    row = right["rows"]["tallystick ensemble"]
    rows = right["rows"] | {"tallystick ensemble": row | {"check": row["check"] | {"agrees": False}}}
    assert measure.wrong(right | {"rows": rows}) == ["tallystick ensemble: its end state is wrong"]


def test_time_that_is_not_linear_in_runs_or_flat_in_persons_is_wrong() -> None:
    right = found() | {"failed": {}}
    squared = [{"runs": n, "wall_s": n**2 / 1e8, "agrees": True} for n in (100, 1_000, 10_000)]
    rising = [{"people": 10**n, "wall_s": 0.1 * 1.3**n, "agrees": True} for n in range(3, 9)]
    faults = measure.wrong(right | {"curves": {"runs": squared, "people": rising}})
    assert faults == [
        "time grows as runs to the power 2, promised 0.9 to 1.1",
        "time grows as people to the power 0.11, promised -0.05 to 0.05",
    ]
    assert "to the power 2, promised 0.9 to 1.1" in page.page(right | {"curves": {"runs": squared, "people": rising}})


def test_an_interrupted_run_leaves_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Any) -> dict[str, Any]:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "measure", interrupted)
    (tmp_path / "engines.md").write_text("old", encoding="utf-8")
    assert main.main(["--write"], folder=tmp_path) == 130
    assert (tmp_path / "engines.md").read_text(encoding="utf-8") == "old"


def test_a_library_that_cannot_be_installed_is_named_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mesa.txt").write_text("/nowhere/mesa.whl --hash=sha256:" + "0" * 64, encoding="utf-8")
    monkeypatch.setattr(environments, "LOCKS", tmp_path)
    monkeypatch.setattr(environments, "FOLDER", tmp_path / "environments")
    found = measure.measure([entries.BY_NAME["mesa individuals"]])
    reason = found["failed"]["mesa individuals"]
    assert reason.startswith("not installed: ")
    assert "/" not in reason.removeprefix("not installed: ")
    assert measure.wrong(found)
    assert not (tmp_path / "environments" / "mesa").exists()


def test_every_row_has_its_script_and_its_lock() -> None:
    for entry in entries.ENTRIES:
        assert (environments.ROOT / "benchmarks" / "engines" / f"{entry.script.replace('.', '/')}.py").is_file()
        lock = environments.LOCKS / f"{entry.environment}.txt"
        assert entry.environment == entries.OURS or "--hash=sha256:" in lock.read_text(encoding="utf-8")
    for promise in entries.PROMISES:
        assert {promise.ours, promise.other} <= set(entries.BY_NAME)


def test_locks_name_no_index() -> None:
    for lock in environments.LOCKS.iterdir():
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert "--find-links" not in text


def test_an_unknown_row_is_refused_with_those_that_there_are() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "engines.py"), "--only", "fortran"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there are tallystick ensemble" in done.stderr


REFERENCE = ROOT / "docs" / "reference"


def published() -> dict[str, Any]:
    """The figures that stand beside the page."""
    figures: dict[str, Any] = json.loads((REFERENCE / "engines.json").read_text(encoding="utf-8"))
    return figures


def test_the_page_holds_what_its_figures_say() -> None:
    assert (REFERENCE / "engines.md").read_text(encoding="utf-8") == page.page(published())
    assert (REFERENCE / "engines.svg").read_text(encoding="utf-8") == picture.picture(published()["curves"])


def test_the_published_figures_are_of_every_row_and_every_promise_as_they_stand_now() -> None:
    figures = published()
    rows = {name: (row["title"], row["task"], row["ran"]) for name, row in figures["rows"].items()}
    assert rows == {entry.name: (entry.title, entry.task, entry.runs) for entry in entries.ENTRIES}
    turns = {name: len(row["walls_s"]) for name, row in figures["rows"].items()}
    assert turns == {entry.name: entry.rounds for entry in entries.ENTRIES}
    promised = [(ratio["title"], ratio["at_least"]) for ratio in figures["ratios"]]
    assert promised == [(promise.title, measure._rounded(promise.times)) for promise in entries.PROMISES]
    assert figures["ratios"] == measure.ratios(figures["rows"])
    for of, values in (("runs", entries.CURVE_RUNS), ("people", entries.CURVE_PEOPLE)):
        assert [point[of] for point in figures["curves"][of]] == list(values)


def test_the_published_figures_keep_every_promise() -> None:
    assert measure.wrong(published()) == []
