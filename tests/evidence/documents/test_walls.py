"""A reader that a document took over gets nowhere; and each wall is needed: without it, the same probe succeeds."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tallystick.evidence.documents import seccomp
from tallystick.evidence.documents.nursery import Limits, Nursery
from tallystick.evidence.documents.verdicts import DocumentError
from tallystick.evidence.documents.walls import GUARDS

REPOSITORY = str(Path(__file__).parents[3])
SMALL = Limits(memory=600_000_000, seconds=2, written=4_000_000)


def nursery(guards: tuple[str, ...] = GUARDS, limits: Limits = SMALL) -> Nursery:
    """A nursery whose children run probes."""
    return Nursery(
        guards=guards,
        limits=limits,
        unguarded=True,
        loader="tests.evidence.documents.probes:probe",
        paths=(REPOSITORY,),
    )


@pytest.fixture(scope="module")
def walled() -> Iterator[Nursery]:
    with nursery() as made:
        yield made


def without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in GUARDS if name not in names)


def tried(where: Nursery, what: str) -> str:
    return where.take(what.encode(), "probe")[0].text


def ended(where: Nursery, what: str) -> str:
    """What a probe got away with, or the verdict on it."""
    try:
        return tried(where, what)
    except DocumentError as error:
        return error.verdict


@contextmanager
def victim() -> Iterator[int]:
    """Another process of the same person."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def test_every_wall_stands_here(walled: Nursery) -> None:
    assert walled.take(b"environment", "probe")[0].warnings == ()


def test_no_connection(walled: Nursery) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        what = f"connect {server.getsockname()[1]}"
        assert tried(walled, what).startswith("stopped")
        for absent in (("namespaces", "landlock"), ("seccomp", "landlock"), ("seccomp", "namespaces")):
            with nursery(without(*absent)) as weaker:  # any one of the three is enough
                assert tried(weaker, what).startswith("stopped")
        with nursery(without("seccomp", "namespaces", "landlock")) as open_to_all:
            assert tried(open_to_all, what) == "connected"


def test_no_question_to_a_name_server(walled: Nursery) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        what = f"name {server.getsockname()[1]}"
        assert tried(walled, what).startswith("stopped")
        with nursery(without("seccomp", "namespaces")) as weaker:
            assert tried(weaker, what) == "asked"


def test_no_socket_of_another_program(walled: Nursery, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        assert tried(walled, f"speak {tmp_path / 's'}").startswith("stopped")
        with nursery(without("seccomp")) as weaker:
            assert tried(weaker, f"speak {tmp_path / 's'}") == "connected"


def test_no_file_of_a_persons_home_is_read_or_written(walled: Nursery, tmp_path: Path) -> None:
    key = tmp_path / ".ssh" / "id_ed25519"
    key.parent.mkdir()
    key.write_text("a key")
    with nursery(without("landlock")) as weaker:
        assert tried(walled, f"read {key}") == "stopped: PermissionError"
        assert tried(weaker, f"read {key}") == "a key"
        assert tried(walled, f"write {key}") == "stopped: PermissionError"
        assert key.read_text() == "a key"
        assert tried(weaker, f"write {key}") == "written"


def test_nothing_of_the_repository_or_of_other_processes_is_read(walled: Nursery) -> None:
    assert tried(walled, f"write {REPOSITORY}/src/tallystick/taken.py") == "stopped: PermissionError"
    assert tried(walled, f"read {REPOSITORY}/pyproject.toml") == "stopped: PermissionError"
    assert tried(walled, f"read /proc/{os.getpid()}/environ") == "stopped: PermissionError"
    assert not (Path(REPOSITORY) / "src/tallystick/taken.py").exists()


def test_no_mode_of_a_file_is_changed(walled: Nursery, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("a")
    file.chmod(0o600)
    assert tried(walled, f"mode {file}").startswith("stopped")
    assert file.stat().st_mode & 0o777 == 0o600
    with nursery(without("seccomp", "landlock")) as weaker:
        assert tried(weaker, f"mode {file}") == "changed"


def test_its_own_folder_can_be_written_and_is_removed(walled: Nursery) -> None:
    said, _, folder = tried(walled, "write_here").partition(" in ")
    assert said == "a note"
    assert "tallystick-documents-" in folder
    assert not Path(folder).exists()


def test_no_other_process_is_traced_or_signalled(walled: Nursery) -> None:
    with victim() as pid:
        assert tried(walled, f"trace {pid}").startswith("stopped")
        assert tried(walled, f"kill {pid}").startswith("stopped")
        with nursery(()) as weaker:
            assert tried(weaker, f"kill {pid}") == "could signal"
            assert tried(weaker, f"trace {pid}") == "attached"


def test_no_capability_is_left() -> None:
    """Who enters a new user namespace holds every capability in it, until they are given up."""
    with nursery(("namespaces", "privileges")) as bare, nursery(("namespaces",)) as weaker:
        assert int(tried(bare, "capabilities"), 16) == 0
        assert int(tried(weaker, "capabilities"), 16) != 0


def test_no_new_process_and_no_new_program(walled: Nursery) -> None:
    with nursery(without("seccomp", "landlock", "limits")) as weaker:
        for what, got in (("fork", "forked"), ("execute", "ran")):
            assert tried(walled, what).startswith("stopped")
            assert tried(weaker, what) == got
    assert tried(walled, "become").startswith("stopped")


def test_memory_is_bounded(walled: Nursery) -> None:
    with pytest.raises(DocumentError, match="memory") as caught:
        tried(walled, "memory 700000000")
    assert caught.value.verdict == "memory"
    with nursery(without("limits")) as weaker:
        assert tried(weaker, "memory 700000000") == "700000000 bytes"


@pytest.mark.parametrize("what", ["loop", "wait"])
def test_time_is_bounded(what: str) -> None:
    with (
        nursery(limits=Limits(seconds=1)) as short,
        pytest.raises(DocumentError, match="not read within 1 s") as caught,
    ):
        tried(short, what)
    assert caught.value.verdict == "timeout"


def test_time_is_bounded_by_the_nursery_even_without_limits_inside() -> None:
    with nursery(without("limits"), Limits(seconds=1)) as short, pytest.raises(DocumentError, match="within 1 s"):
        tried(short, "loop")


def test_one_large_file_and_many_small_ones_are_bounded(walled: Nursery) -> None:
    for what in ("fill 20000000", "many 20000000"):
        assert ended(walled, what) in ("stopped: OSError", "bomb")
    with nursery(without("limits")) as weaker:
        assert tried(weaker, "fill 3000000") == "filled"


def test_a_flood_of_text_is_cut_off(walled: Nursery) -> None:
    with pytest.raises(DocumentError, match="more than 24 MB of text") as caught:
        tried(walled, "shout 60000000")
    assert caught.value.verdict == "too_large"


def test_no_secret_is_in_its_environment_and_no_file_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALLYSTICK_SECRET", "a key")
    with nursery() as fresh:
        assert tried(fresh, "environment") == "HOME LANG TMPDIR"
        assert len(tried(fresh, "files").split()) <= 6  # three standard ones, the document, the answer
        assert tried(fresh, "standard") == "''"


@pytest.mark.parametrize("what", ["abort", "crash", "raise", "lie"])
def test_a_reader_that_dies_or_lies_is_a_verdict(what: str, walled: Nursery) -> None:
    with pytest.raises(DocumentError, match=r"ended its reader|reader fail|nonsense") as caught:
        tried(walled, what)
    assert caught.value.verdict == "crash"
    assert caught.value.hint


def test_endless_recursion_is_a_damaged_file(walled: Nursery) -> None:
    with pytest.raises(DocumentError, match="nested without end"):
        tried(walled, "deep")


def test_without_a_wall_against_the_network_nothing_is_read_unless_asked_for() -> None:
    weak = without("seccomp", "namespaces")
    with Nursery(guards=weak) as careful, pytest.raises(DocumentError, match="against the network") as caught:
        careful.take(b"Some text.", "a.txt")
    assert caught.value.verdict == "unguarded"
    with Nursery(guards=weak, unguarded=True) as asked:
        note = asked.take(b"Some text.", "a.txt")[0].warnings[-1]
    assert note == "read without these guards: namespaces, seccomp"


@pytest.mark.parametrize("processor", ["x86_64", "aarch64"])
def test_the_filter_denies_what_it_lists_on_both_processors(processor: str) -> None:
    steps = list(seccomp.program(processor, 77))
    at = list(seccomp.ARCHITECTURE).index(processor)
    for numbers in seccomp.DENIED.values():
        if numbers[at] is not None:
            assert _filtered(steps, processor, numbers[at]) == seccomp.DENY
    for number in (0, 1, 3) if processor == "x86_64" else (63, 64, 57):  # read, write, close
        assert _filtered(steps, processor, number) == seccomp.ALLOW
    assert _filtered(steps, processor, 5000) == seccomp.DENY
    assert _filtered(steps, processor, 0x40000000) == seccomp.DENY
    assert _filtered(steps, "other", 0) == seccomp.KILL
    assert _filtered(steps, processor, seccomp.TGKILL[processor], 77) == seccomp.ALLOW
    assert _filtered(steps, processor, seccomp.TGKILL[processor], 78) == seccomp.DENY


def _filtered(steps: list[seccomp.Step], processor: str, number: int | None, argument: int = 0) -> int:
    """What the kernel would do, by walking the program as it does."""
    shown = {seccomp.NUMBER: number, seccomp.ARCH: seccomp.ARCHITECTURE.get(processor, 1)}
    shown[seccomp.FIRST_ARGUMENT] = argument
    loaded, at = 0, 0
    while True:
        code, yes, no, value = steps[at]
        if code == seccomp.RETURN:
            return value
        if code == seccomp.LOAD:
            loaded = shown[value] or 0
            at += 1
            continue
        true = loaded == value if code == seccomp.JUMP_EQUAL else loaded >= value
        at += 1 + (yes if true else no)
