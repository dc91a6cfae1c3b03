"""A compiled kernel is found again by another process, and never when anything that it is made of has changed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from tallystick.stocks.engines import compiled, individuals, kept
from tallystick.stocks.engines.persons import text
from tallystick.stocks.graph import Graph
from tests.stocks import small

CODE = "def kernel(x):\n    return x + ONE\n"
SIGNATURE = (numba.float64,)
NAMES = {"ONE": 1.0, "OPTIONS": {"nogil": True}}


def made(folder: Path | None, key: str = "k", **names: Any) -> Any:
    return kept.kernel(CODE, NAMES | names, SIGNATURE, folder=folder, key=key)


def loaded(kernel: Any) -> bool:
    """Whether it was read from the folder, not compiled."""
    return bool(sum(kernel.stats.cache_hits.values()))


def test_a_second_time_the_kernel_is_read_and_gives_the_same(tmp_path: Path) -> None:
    first, second = made(tmp_path), made(tmp_path)
    assert (loaded(first), loaded(second)) == (False, True)
    assert first(2.0) == second(2.0) == 3.0


def test_another_key_is_another_kernel(tmp_path: Path) -> None:
    made(tmp_path)
    other = made(tmp_path, key="other", ONE=5.0)
    assert not loaded(other)
    assert other(2.0) == 7.0


def test_nothing_is_written_where_no_folder_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert made(None)(2.0) == 3.0
    assert not list(tmp_path.iterdir())


def _cut(entry: Path) -> None:
    part = next(entry.rglob("*.nbc"))
    part.write_bytes(part.read_bytes()[:-10])


def _flip(entry: Path) -> None:
    part = next(entry.rglob("*.nbc"))
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)


def _lose(entry: Path) -> None:
    next(entry.rglob("*.nbc")).unlink()


def _unlist(entry: Path) -> None:
    (entry / kept.ENTRY).write_text("{")


def _swap(entry: Path) -> None:
    (entry / kept.FILE).write_text(CODE.replace("+", "-"))


@pytest.mark.parametrize("damage", [_cut, _flip, _lose, _unlist, _swap])
def test_a_damaged_entry_is_told_and_compiled_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    made(tmp_path)
    damage(tmp_path / "kernels" / "k")
    again = made(tmp_path)
    assert not loaded(again)
    assert again(2.0) == 3.0
    assert "the compiled model k is damaged" in caplog.text
    assert loaded(made(tmp_path))


def test_a_folder_that_cannot_be_written_is_told_and_the_kernel_compiled(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "kernels").write_text("a file, where a folder should be")
    assert made(tmp_path)(2.0) == 3.0
    assert "cannot be kept" in caplog.text


def test_a_kernel_whose_compilation_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(numba.core.errors.TypingError):
        made(tmp_path, ONE="one")
    assert not list((tmp_path / "kernels").iterdir())


def _left(folder: Path, name: str, days: float) -> Path:
    """A draft that another process began some days ago."""
    draft = folder / "kernels" / name
    draft.mkdir(parents=True)
    (draft / kept.FILE).write_text(CODE)
    began = draft.stat().st_mtime - days * kept.DAY
    os.utime(draft, (began, began))
    return draft


def test_drafts_of_killed_processes_are_cleared_and_those_of_running_ones_are_not(tmp_path: Path) -> None:
    killed, running = _left(tmp_path, "0123.killed", 1.01), _left(tmp_path, "0123.running", 0.99)
    made(tmp_path, key="older")
    entry = tmp_path / "kernels" / "older"
    os.utime(entry, (0, 0))
    made(tmp_path, key="newer")
    assert not killed.exists()
    assert (running / kept.FILE).exists()
    assert entry.exists()


def test_where_another_process_was_first_its_entry_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def first(_: Path) -> None:  # after we looked for an entry, and before we have one
        monkeypatch.undo()
        made(tmp_path)

    monkeypatch.setattr(kept, "_sweep", first)
    assert made(tmp_path)(2.0) == 3.0
    assert not caplog.text
    assert [path.name for path in (tmp_path / "kernels").iterdir()] == ["k"]
    assert loaded(made(tmp_path))


def test_a_file_that_numba_puts_there_for_a_moment_is_no_damage(tmp_path: Path) -> None:
    made(tmp_path)
    next((tmp_path / "kernels" / "k").rglob("*.nbc")).with_name("tmp1234").touch()
    assert loaded(made(tmp_path))


def test_a_kernel_is_kept_in_its_folder_wherever_numba_keeps_other_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "numba"))
    made(tmp_path)
    assert loaded(made(tmp_path))
    assert not (tmp_path / "numba").exists()
    assert not numba.config.CACHE_LOCATOR_CLASSES


TABLES = {"of": np.array([1, 2]), "to": np.array([0.5])}
USUAL = ("def step(): pass", TABLES, "exact")


def test_the_same_text_and_tables_have_the_same_hash() -> None:
    again = {name: TABLES[name].copy() for name in ("to", "of")}
    assert kept.fingerprint("def step(): pass", again, "exact") == kept.fingerprint(*USUAL)


@pytest.mark.parametrize(
    "other",
    [
        ("def step(): pass\n", TABLES, "exact"),
        ("def step(): pass", TABLES, "fast"),
        ("def step(): pass", TABLES),
        ("def step(): pass", {**TABLES, "of": np.array([1, 3])}, "exact"),
        ("def step(): pass", {**TABLES, "of": np.array([1.0, 2.0])}, "exact"),
        ("def step(): pass", {**TABLES, "of": np.array([[1, 2]])}, "exact"),
        ("def step(): pass", {"of": TABLES["to"], "to": TABLES["of"]}, "exact"),
        ("def step(): pass", {"of": TABLES["of"]}, "exact"),
    ],
)
def test_another_text_or_table_has_another_hash(other: tuple[Any, ...]) -> None:
    assert kept.fingerprint(*other) != kept.fingerprint(*USUAL)


def test_settings_of_numba_and_the_processor_change_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = kept.fingerprint(*USUAL)
    with monkeypatch.context() as patch:
        patch.setenv("NUMBA_OPT", "1")
        assert kept.fingerprint(*USUAL) != usual
    monkeypatch.setattr(numba, "__version__", "0.0")
    assert kept.fingerprint(*USUAL) != usual


def _other_end(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Any:  # noqa: ARG001 - the signature of a rate
    """As in the small text, and a little more."""
    return g.leave * o.open * 1.01


LITTLE = 0.1


def _half(x: Any) -> Any:
    return x * LITTLE


def _by_helper(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Any:  # noqa: ARG001 - the signature of a rate
    """As the small text moves people, by a helper that reads a number."""
    return _half(g.leave)


def _with(id: str, rate: Any) -> Graph:
    return Graph(
        small.altered(flows=tuple(replace(each, rate=rate) if each.id == id else each for each in small.FLOWS))
    )


def test_a_model_with_one_changed_rate_has_another_hash() -> None:
    usual = compiled._fingerprint(Graph(small.TEXT), "exact")
    assert compiled._fingerprint(_with("end", _other_end), "exact") != usual
    assert compiled._fingerprint(Graph(small.TEXT), "mean") != usual
    assert compiled._fingerprint(Graph(small.altered(id="again")), "exact") == usual


def test_a_changed_number_that_a_helper_reads_gives_another_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = compiled._fingerprint(_with("move", _by_helper), "exact")
    monkeypatch.setattr(sys.modules[__name__], "LITTLE", 0.11)
    assert compiled._fingerprint(_with("move", _by_helper), "exact") != usual


def test_a_changed_file_of_an_engine_gives_another_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = kept.fingerprint(*USUAL)
    monkeypatch.setattr(kept, "OURS", kept.OURS[:-1])
    assert kept.fingerprint(*USUAL) != usual


def test_a_file_that_changes_while_a_process_runs_moves_no_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs was imported before: machine code made of it may not pass for that of the new file."""
    usual = kept.fingerprint(*USUAL)
    monkeypatch.setattr(kept, "_hash", lambda file: f"another {file}")
    assert kept.fingerprint(*USUAL) == usual


def test_a_kernel_of_persons_is_of_all_their_files() -> None:
    persons = Path(text.__file__).parent
    named = [each.split()[0] for each in individuals.OURS]
    assert named == ["individuals.py", *sorted(path.name for path in persons.glob("*.py"))]


PROGRAM = """
import sys, time
from pathlib import Path
from tallystick.stocks.engines import compiled
from tallystick.stocks.graph import Graph
from tests.stocks import small
began = time.process_time()
compiled.prepare(Graph(small.TEXT), kept=Path(sys.argv[1]))
print(time.process_time() - began)
"""


def test_another_process_finds_the_kernel_of_a_model(cache_folder: Path) -> None:
    """Reading takes half a second of a processor, where compiling takes five."""
    compiled.prepare(Graph(small.TEXT), kept=cache_folder)
    entries = sorted((cache_folder / "kernels").iterdir())
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(cache_folder)], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert float(done.stdout) < 2.0
    assert sorted((cache_folder / "kernels").iterdir()) == entries


# Functions of files whose hashes are part of every key, and those whose names hold what they are made of.
OF_ONE_TEXT = re.compile(r"tallystick6stocks(6chance|7engines(7support|8compiled))|_[0-9a-f]{24}B")


def test_nothing_that_a_kernel_brings_along_could_be_taken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two functions of one name and number, read from two kernels, a process keeps the first for both."""
    monkeypatch.setattr(compiled, "SHORT", 0)  # as the step of a large text: a function of its own
    (machine,) = compiled._kernel(Graph(small.TEXT), "exact", None).inspect_llvm().values()
    brought = re.findall(r'^define [^@]*@"?([^"(]+)', machine, re.MULTILINE)
    assert all(any(f"{made}_" in name for name in brought) for made in ("kernel", "step", "leave"))
    assert [name for name in brought if not OF_ONE_TEXT.search(name)] == []


def test_functions_of_other_texts_have_other_names_and_of_the_same_text_the_same() -> None:
    """Machine code that is read back calls functions by their names; numba's numbers are of one process alone."""
    usual, again = Graph(small.TEXT), Graph(small.TEXT)
    other = Graph(replace(small.TEXT, stocks=(small.TEXT.stocks[1], small.TEXT.stocks[0], *small.TEXT.stocks[2:])))
    names = [compiled.step_of(each, "exact").py_func.__qualname__ for each in (usual, again, other)]
    assert names[0] == names[1] != names[2]
    assert compiled.step_of(usual, "mean").py_func.__qualname__ != names[0]
    persons = [text.compiled(each).rates.py_func.__qualname__ for each in (usual, again, other)]
    assert persons[0] == persons[1] != persons[2]


def test_kernels_have_names_of_their_own(tmp_path: Path) -> None:
    first, second = made(tmp_path), made(tmp_path, key="other", ONE=5.0)
    assert first.py_func.__qualname__ != second.py_func.__qualname__
    assert first.py_func.__qualname__ == made(tmp_path).py_func.__qualname__
