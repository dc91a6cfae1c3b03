"""Promise: the full form goes on where it was cut off, and shows nothing that other code or another seed brought."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import pytest

from tests.torture import full, turns
from tests.torture.failed_writes import Case, Found, cases
from tests.torture.kill import Tally
from tests.torture.turns import Shelf, Turn, run_all, turns_of

ONE = turns_of("kills", 1, [{"kills": 2}, {"kills": 3}, {"kills": 4}])


def shelf(folder: Path, *, code: str = "c" * 64, begun: str = "first") -> Shelf:
    return Shelf(folder=folder, code=code, begun=begun)


def kills(turn: Turn) -> Tally:
    """What a turn that is done in another process is done by."""
    return Tally(kills=turn.counts["kills"], acknowledged=[f"{turn.seed}"])


def done(folder: Path, which: list[Turn] = ONE, **how: str) -> list[int]:
    """The numbers of the turns that were not taken over."""
    numbers: list[int] = []

    def do(turn: Turn) -> Tally:
        numbers.append(turn.number)
        return kills(turn)

    run_all(which, do, shelf(folder, **how))
    return numbers


def test_a_turn_that_is_kept_is_not_run_again_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert done(tmp_path, ONE[:2]) == [0, 1]
    assert done(tmp_path, begun="second") == [2]
    assert "2 of 3 turns were done before and are taken over" in capsys.readouterr().err
    kept = [shelf(tmp_path).kept(turn, Tally) for turn in ONE]
    assert [one.begun for one in kept] == ["first", "first", "second"]
    assert [one.result.kills for one in kept] == [2, 3, 4]


@pytest.mark.parametrize("other", [{"seed": 2}, {"counts": {"kills": 9}}, {"part": "reads killed"}, {"number": 7}])
def test_another_seed_count_or_part_is_run(tmp_path: Path, other: dict[str, object]) -> None:
    done(tmp_path, ONE[:1])
    told = {name: getattr(ONE[0], name) for name in ("part", "number", "seed", "counts")}
    assert len(done(tmp_path, [Turn(**(told | other))])) == 1


def test_other_code_runs_all_again_and_clears_what_was_kept(tmp_path: Path) -> None:
    done(tmp_path)
    assert done(tmp_path, code="d" * 64) == [0, 1, 2]
    assert {file.name[0] for file in tmp_path.iterdir()} == {"d"}


@pytest.mark.parametrize("changed", ["src/tallystick/stocks/units.py", "tests/torture/kill.py"])
def test_the_code_is_known_by_the_package_and_by_its_tests(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, usual = turns.code(), turns.sha256_of
    assert (turns.ROOT / changed).is_file()
    for module in ("tests.torture.turns", "tallystick.study.hashes"):
        monkeypatch.setattr(f"{module}.sha256_of", lambda file: "" if str(file).endswith(changed) else usual(file))
    assert turns.code() != before


def test_a_turn_that_is_cut_off_leaves_whole_files_and_is_run_again(tmp_path: Path) -> None:
    def cut_off(turn: Turn) -> Tally:
        if turn.number:
            raise KeyboardInterrupt
        return kills(turn)

    with pytest.raises(KeyboardInterrupt):
        run_all(ONE, cut_off, shelf(tmp_path))
    assert done(tmp_path) == [1, 2]


def test_a_file_that_was_cut_off_while_it_was_written_is_no_kept_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("cut off")))
        with pytest.raises(OSError, match="cut off"):
            done(tmp_path, ONE[:1])
    assert not shelf(tmp_path).file(ONE[0]).exists()
    assert done(tmp_path, ONE[:1]) == [0]


def test_two_at_once_do_what_one_does_after_the_other(tmp_path: Path) -> None:
    run_all(ONE, kills, shelf(tmp_path / "two"), at_once=2)
    done(tmp_path / "one")
    for turn in ONE:
        one, other = (shelf(tmp_path / name).kept(turn, Tally).result for name in ("one", "two"))
        assert one == other
        assert one.acknowledged == [str(turn.seed)]


def test_turns_have_seeds_of_their_own_that_follow_from_the_one_asked_for() -> None:
    asked = [argparse.Namespace(**full.DEFAULTS, seed=seed) for seed in (1, 1, 2)]
    first, again, other = (full.planned(each) for each in asked)
    assert first == again
    assert len({turn.seed for turn in (*first, *other)}) == 2 * len(first)
    assert sum(turn.counts["reads"] for turn in first if turn.part == "reads killed") == full.DEFAULTS["reads"]
    assert sum(turn.counts["kills"] for turn in first if turn.part == "kills") == full.DEFAULTS["kills"]


@pytest.mark.parametrize("failures", [0, 7, 120])
def test_turns_deal_out_each_failure_once(failures: int) -> None:
    every = list(cases(77, every=1))
    given = argparse.Namespace(**{**full.DEFAULTS, "failures": failures}, seed=3)
    dealt: list[Case] = []
    for turn in full.planned(given):
        if turn.part == "reads failed":
            dealt += full.dealt(turn)(every)
    assert len(dealt) == len(set(dealt)) == (failures or len(every))


def test_what_came_of_turns_is_one(tmp_path: Path) -> None:
    two = [Found(points=Counter(read=5), cases=number, old=1, problems=[f"{number}"]) for number in (2, 3)]
    assert full.together(two) == Found(points=Counter(read=5), cases=5, old=2, problems=["2", "3"])
    (turn,) = turns_of("reads failed", 1, [{}])
    shelf(tmp_path).keep(turn, two[0], 1.5)
    assert shelf(tmp_path).kept(turn, Found).result == two[0]


def test_the_page_says_when_it_is_not_the_full_form_and_over_how_many_runs_it_was_collected() -> None:
    given = argparse.Namespace(**full.DEFAULTS, seed=1, at_once=1, date="2026-11-23")
    kept = [turns.Kept(result=None, seconds=seconds, begun=begun) for seconds, begun in ((60, "a"), (40, "b"))]
    assert full.head(given, {"kills": kept}).endswith(
        "seed 1, collected over 2 runs; it took: kills 100 s. It was the full form."
    )
    less = argparse.Namespace(**{**vars(given), "reads": 20, "failures": 30})
    assert full.head(less, {"kills": kept[:1]}).endswith(
        "It was not the full form, but: reads 20 (in full 1000), failures 30 (in full all)."
    )
