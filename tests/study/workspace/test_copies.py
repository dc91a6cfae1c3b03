"""Copies are there whole or not at all, and none goes between being kept and being spoken of."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tallystick.study.cache import Cache
from tallystick.study.swap import scratch
from tallystick.study.workspace import evidence
from tallystick.study.workspace.accepted import write
from tallystick.study.workspace.check import faults_of
from tallystick.study.workspace.copies import DRAFTS, Copies
from tallystick.study.workspace.erase import erase
from tallystick.study.workspace.spoken import clear
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import EvidenceError
from tests.study.workspace.test_check import Clock, Tokens, read_into, workspace

__all__ = ["workspace"]  # the fixture


def is_free(folder: Path) -> bool:
    """Whether nobody adds or removes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def test_a_copy_has_the_name_of_what_it_holds_and_is_kept_once(copies: Copies) -> None:
    name = copies.keep(b"at least 4,321")
    assert copies.keep(b"at least 4,321") == name
    assert copies.read(name) == b"at least 4,321"
    assert list(copies.names()) == [name]


def test_drafts_of_who_was_killed_are_swept_but_not_while_somebody_adds(copies: Copies) -> None:
    copies.keep(b"whole")
    draft = copies.folder / DRAFTS / "half"
    draft.write_bytes(b"wh")
    with copies.adding():
        copies.sweep()
        assert draft.exists()
    copies.sweep()
    assert not draft.exists()
    assert len(list(copies.names())) == 1


def test_a_copy_that_is_there_is_brought_to_the_disk_all_the_same(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, synced, fsync = copies.keep(b"whole"), [], os.fsync

    def noted(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    assert copies.keep(b"whole") == name
    assert synced == [copies.folder / name[:2], copies.folder]


def test_a_failed_write_leaves_no_draft(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EvidenceError, match="a copy cannot be kept: No space left"):
        copies.keep(b"whole")
    assert [each for each in copies.folder.rglob("*") if each.is_file()] == []


def test_a_copy_stays_locked_until_an_entry_speaks_of_it(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, free, append_all = workspace.copies.folder, [], workspace.ledger.append_all

    def looking(drafts: Any) -> Any:
        free.append(is_free(folder))
        return append_all(drafts)

    monkeypatch.setattr(workspace.ledger, "append_all", looking)
    read_into(workspace, "The harbour of Vessany took in at least 4,322 labourers.")
    assert free == [False]
    assert is_free(folder)


def test_an_erasure_leaves_the_copies_of_who_reads_the_same_document_again_meanwhile(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, forget, busy = list(workspace.state.documents), workspace.ledger.erase, []

    def read_again() -> None:
        with Workspace.open(workspace.folder, now=Clock(), token=Other(), identity=workspace.key.identity) as another:
            read_into(another)

    reader = Thread(target=read_again, daemon=True)

    def slowly(*targets: Any, **more: Any) -> Any:
        entry = forget(*targets, **more)
        reader.start()
        busy.append(not is_free(workspace.copies.folder))  # so the reader waits with its copies
        return entry

    monkeypatch.setattr(workspace.ledger, "erase", slowly)
    erase(workspace, ids, why="withdrawn", by="ana")
    reader.join(60)
    assert (busy, reader.is_alive()) == ([True], False)
    workspace.forget_state()
    assert workspace.state.documents
    assert faults_of(workspace) == []


class Other(Tokens):
    """Bytes that no other workspace draws."""

    def __call__(self, size: int) -> bytes:
        return super().__call__(size)[::-1]


def test_what_somebody_else_recorded_meanwhile_is_not_cleared_away(workspace: Workspace) -> None:
    assert workspace.state.documents  # known from now on, as it was
    with Workspace.open(workspace.folder, now=Clock(), token=Tokens(), identity=workspace.key.identity) as another:
        id = read_into(another, "The harbour of Vessany took in at least 4,322 labourers.")
        document = another.state.documents[id]
    left = workspace.copies.keep(b"left by a read that was killed")
    assert clear(workspace) == (left,)
    assert workspace.copies.holds(document.copy)


def test_an_erasure_waits_for_evidence_that_is_being_written_out(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or else what was written of the erased would lie there after it."""
    free = []

    def looking(*given: Any, **more: Any) -> int:
        free.append(is_free(workspace.copies.folder))
        return write(*given, **more)

    monkeypatch.setattr(evidence, "write", looking)
    evidence.evidence_of(workspace, Cache(tmp_path / "cache", lambda _: None))
    assert free == [False]


def test_evidence_written_out_to_be_checked_goes_with_the_next_where_its_writer_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch() as kept:
        (left := tmp_path / f"{kept.name}left").mkdir()
        (left / "quotes.csv").write_text("what was erased since")
        with scratch() as another:
            assert sorted(each.name for each in tmp_path.iterdir()) == sorted([kept.name, another.name])
            assert another.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []


def test_copies_that_are_kept_together_are_there_together_or_not_at_all(copies: Copies) -> None:
    data = [f"document {number}".encode() for number in range(20)]

    def cut_off() -> None:
        with copies.together():
            for one in data:
                copies.keep(one)
            assert not list(copies.names())
            raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        cut_off()
    assert not list(copies.names())
    assert not list((copies.folder / DRAFTS).iterdir())
    with copies.together():
        names = [copies.keep(one) for one in (*data, data[0])]
    assert sorted(set(names)) == list(copies.names())
    assert [copies.read(name) for name in names[:-1]] == data


def test_every_file_and_folder_of_many_copies_is_brought_to_the_disk(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, synced = os.fsync, list[int]()

    def fsync(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        usual(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with copies.together():
        names = [copies.keep(f"document {number}".encode()) for number in range(20)]
        assert not synced
    places = [copies.folder / name[:2] / name for name in names]
    wanted = {place.stat().st_ino for one in places for place in (one, one.parent)} | {copies.folder.stat().st_ino}
    assert set(synced) == wanted
