"""Promise (T5): a brief is the earlier one or the new one, whole, whenever the run that writes it is stopped."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tallystick.study import swap
from tallystick.study.folder import replace_whole
from tallystick.study.manifest import verify, write_manifest
from tests.study.invented import PROGRAMME

KILLS = 24
FILES = 12

WRITER = """
import sys
from pathlib import Path
from tests.study.test_folder_killed import rewrite
print("ready", flush=True)
for turn in range(10_000):
    rewrite(Path(sys.argv[1]), f"turn {turn}")
"""


def rewrite(folder: Path, word: str) -> None:
    """Write a brief of a few files that all hold the same word."""

    def write(draft: Path) -> None:
        for number in range(FILES):
            (draft / f"{number}.txt").write_text(word)
        write_manifest(draft, PROGRAMME, 7)

    replace_whole(folder, write)


def words(folder: Path) -> set[str]:
    return {(folder / f"{number}.txt").read_text() for number in range(FILES)}


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)


def test_a_killed_run_leaves_one_whole_brief_and_the_next_clears_up(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    rewrite(folder, "first")
    chance, left = random.Random(5), 0
    for _ in range(KILLS):
        run = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, env=_environment())
        assert run.stdout is not None
        assert run.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.05))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert len(words(folder)) == 1
        assert not verify(folder)
        left += len(leftovers(folder))
    assert left, "no kill hit a run while it wrote: this test showed nothing"
    rewrite(folder, "last")
    assert words(folder) == {"last"}
    assert not leftovers(folder)


def _environment() -> dict[str, str]:
    root = Path(__file__).parents[2]
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(root), str(root / "src")])}


@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_failed_system_call_leaves_the_earlier_brief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    folder = tmp_path / "brief"
    rewrite(folder, "first")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(swap, "_exchanged", lambda *_: False)
    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "rename")), fail)
    with pytest.raises(OSError, match="no space left"):
        rewrite(folder, "second")
    monkeypatch.undo()
    assert words(folder) == {"first"}
    rewrite(folder, "third")
    assert not leftovers(folder)


def test_where_names_cannot_be_exchanged_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "brief"
    rewrite(folder, "first")
    monkeypatch.setattr(swap, "_exchanged", lambda *_: False)
    rewrite(folder, "second")
    assert words(folder) == {"second"}
    assert not leftovers(folder)


def test_a_brief_set_aside_by_a_killed_run_gets_its_name_back(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    rewrite(folder, "first")
    aside = tmp_path / ".brief.draft-killed"
    aside.mkdir()
    folder.rename(aside / "earlier")
    swap.sweep(folder)
    assert words(folder) == {"first"}
    assert not leftovers(folder)


def test_the_draft_of_a_living_run_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    with swap.locked_draft(folder) as draft:
        swap.sweep(folder)
        assert draft.is_dir()


@pytest.mark.parametrize("after", ["made", "opened"])
def test_a_draft_that_is_swept_before_it_is_locked_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """Another run's sweep, which clears what nobody has locked."""
    made, usual, opened = list[str](), swap.mkdtemp, os.open

    def make(**options: Any) -> str:
        made.append(usual(**options))
        if after == "made" and len(made) == 1:
            shutil.rmtree(made[0])
        return made[-1]

    def open_(path: Any, *flags: Any, **options: Any) -> int:
        handle = opened(path, *flags, **options)
        if after == "opened" and str(path) == made[0]:
            monkeypatch.setattr(os, "open", opened)
            shutil.rmtree(path)
        return handle

    monkeypatch.setattr(swap, "mkdtemp", make)
    monkeypatch.setattr(os, "open", open_)
    rewrite(tmp_path / "brief", "whole")
    assert len(made) == 2
    assert words(tmp_path / "brief") == {"whole"}
    assert not leftovers(tmp_path / "brief")


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EMFILE])
def test_where_nothing_can_be_locked_that_is_told_and_nothing_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Not tried again and again, with a folder left each time."""

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(swap.fcntl, "flock", refuse)
    with pytest.raises(OSError, match=os.strerror(number)):
        rewrite(tmp_path / "brief", "whole")
    assert not list(tmp_path.iterdir())
