"""What holds at present is kept in a file: what the ledger says, nothing that is sealed, and made again at need."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tallystick.evidence.ledger.seal import make_identity
from tallystick.reconcile.kinship.prints import PrintsError
from tallystick.study.workspace.erase import erase
from tallystick.study.workspace.kept import FILE, KINDS, PRINTS, QUEUES, remove
from tallystick.study.workspace.read import publish
from tallystick.study.workspace.rebuild import mend_torn, rebuild
from tallystick.study.workspace.relate import near_documents, relate
from tallystick.study.workspace.review import give
from tallystick.study.workspace.state import State
from tallystick.study.workspace.workspace import Workspace
from tests.study.workspace.invented import TEXT
from tests.study.workspace.test_erase import CANARY, _begun, _files, opened, read_in

OTHER = TEXT.replace("4,321", "9,876").replace("Oru", "Mesk")


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    make_identity(tmp_path / "identity.txt", workspace=tmp_path / "cases")
    return tmp_path / "identity.txt"


@pytest.fixture
def folder(tmp_path: Path, identity: Path) -> Path:
    """A workspace with a public and a restricted document, a verdict on each, and their lineage."""
    made = _begun(tmp_path / "cases", identity, identity)
    with opened(made, identity) as workspace:
        read_in(workspace, public=True, text=OTHER, url="https://mesk.example/one")
        read_in(workspace, public=False)
        relate(workspace, by="ana")
        for held in list(workspace.state.held.values()):
            give(workspace, held, "reject", by="ana", why="for a trial")
    return made


def records(state: State) -> dict[str, dict[str, object]]:
    """Every record of a state, but for what waits to be found by figures and wording."""
    wanted = [name for name in KINDS if name not in (*QUEUES, "secret")]
    return {name: dict(getattr(state, name).items()) for name in wanted}


def each_opening(folder: Path, identity: Path) -> Iterator[Workspace]:
    """The workspace with the key and without."""
    for key in (identity, None):
        with opened(folder, key) as workspace:
            yield workspace


def is_as_the_ledger_says(folder: Path, identity: Path) -> bool:
    return all(records(one.state) == records(one.state_at(None)) for one in each_opening(folder, identity))


def test_what_is_kept_is_what_the_ledger_says_with_the_key_and_without(folder: Path, identity: Path) -> None:
    assert is_as_the_ledger_says(folder, identity)
    with opened(folder, identity) as workspace:
        assert len(workspace.state.held) == 2
        sealed = next(one for one in workspace.state.documents.values() if not one.public)
        publish(workspace, sealed.id, by="ana")
    assert is_as_the_ledger_says(folder, identity)


def test_a_verdict_counts_at_once_and_in_the_next_process(folder: Path, identity: Path) -> None:
    with opened(folder, identity) as workspace:
        held = next(iter(workspace.state.held.values()))
        give(workspace, held, "undo", by="ana", why="looked again")
        assert workspace.state.held[held.id].status == "proposed"
    with opened(folder, identity) as workspace:
        assert workspace.state.held[held.id].status == "proposed"


def test_what_another_process_recorded_counts_too(folder: Path, identity: Path) -> None:
    with opened(folder, identity) as one, opened(folder, identity) as other:
        held = list(one.state.held.values())
        assert len(other.state.held) == len(held)
        give(one, held[0], "undo", by="ana", why="looked again")
        give(other, held[1], "undo", by="ana", why="looked again")
        assert {each.status for each in other.state.held.values()} == {"proposed"}


def test_nothing_that_is_sealed_lies_in_a_derived_file(tmp_path: Path, identity: Path) -> None:
    folder = _begun(tmp_path / "cases", identity, identity)
    with opened(folder, identity) as workspace:
        read_in(workspace, public=False)
        relate(workspace, by="ana")
        (sealed,) = workspace.state.documents
        assert workspace.state.held
        assert workspace.prints.runs_of(sealed) is None
    derived = [file for file in _files(folder) if file.name.startswith((FILE, PRINTS))]
    assert {file.name for file in derived} >= {FILE, PRINTS}
    assert not any(CANARY.lower().encode() in file.read_bytes().lower() for file in derived)


@pytest.mark.parametrize("damage", ["cut", "other", "behind", "rolled back", "record", "gone"])
def test_a_file_that_is_torn_stale_or_of_another_ledger_is_made_again(
    folder: Path, identity: Path, damage: str
) -> None:
    file = folder / FILE
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:5000])
    elif damage == "other":
        file.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    elif damage == "gone":
        file.unlink()
    else:
        change = {
            "behind": "update told set value = 1 where name = 'number'",
            "rolled back": "update told set value = 10000 where name = 'number'",
            "record": "update held set body = x'00'",
        }[damage]
        with sqlite3.connect(file) as connection:
            connection.execute(change)
            if damage == "record":  # such as only reading it shows: it is said, and the rebuild mends it
                connection.execute("update told set value = '' where name = 'code'")
        connection.close()
    assert is_as_the_ledger_says(folder, identity)


def test_a_rebuild_says_what_was_kept_otherwise_and_mends_it(folder: Path, identity: Path) -> None:
    with opened(folder, identity) as workspace:
        assert workspace.rebuild() == {}
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("delete from held")
    connection.close()
    with opened(folder, identity) as workspace:
        assert workspace.rebuild() == {"held": 1}
    assert is_as_the_ledger_says(folder, identity)


@pytest.mark.parametrize(
    ("file", "damage", "kind"),
    [
        (FILE, "delete from figure", "figures"),
        (FILE, "update figure set value = value + 1", "figures"),
        (PRINTS, "delete from mark", "wording"),
        (PRINTS, "update mark set hash = hash + 1", "wording"),
        (PRINTS, "update text set id = 'd0123456789ab'", "wording"),
    ],
)
def test_a_rebuild_compares_what_texts_and_claims_are_found_by(
    folder: Path, identity: Path, file: str, damage: str, kind: str
) -> None:
    with opened(folder, identity) as workspace:
        assert rebuild(workspace) == {}
    with sqlite3.connect(folder / file) as connection:
        connection.execute(damage)
    connection.close()
    with opened(folder, None) as workspace:
        assert set(rebuild(workspace)) == {kind}
        assert rebuild(workspace) == {}


@pytest.mark.parametrize("file", [FILE, PRINTS])
def test_a_rebuild_makes_again_what_is_torn_within(folder: Path, identity: Path, file: str) -> None:
    with opened(folder, identity) as workspace:
        assert not mend_torn(workspace)
    with sqlite3.connect(folder / file) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    data = bytearray((folder / file).read_bytes())
    for page in range(2, len(data) // 4096):  # all but the schema, so that the file still opens
        data[4096 * page : 4096 * page + 100] = b"x" * 100
    (folder / file).write_bytes(data)
    with opened(folder, identity) as workspace:
        assert mend_torn(workspace) == (file == PRINTS)  # of the other, to open it was enough
        assert rebuild(workspace) == {}
    assert is_as_the_ledger_says(folder, identity)


def test_a_rebuild_makes_again_what_holds_a_record_that_is_none(folder: Path, identity: Path) -> None:
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("update held set body = x'00'")
    connection.close()
    with opened(folder, identity) as workspace:
        assert mend_torn(workspace)
        assert rebuild(workspace) == {}


def test_what_the_key_shows_is_what_the_ledger_says_after_every_step_of_a_session(folder: Path, identity: Path) -> None:
    with opened(folder, identity) as workspace, opened(folder, identity) as other:
        clear, sealed = sorted(workspace.state.held, key=lambda id: workspace.state.is_kept_back(other.state.held[id]))

        def say(id: str, verdict: Any, at: Workspace = workspace, **changes: Any) -> None:
            give(at, at.state.held[id], verdict, by="ana", why="looked again", changes=changes)

        steps: list[Callable[[], object]] = [
            lambda: say(clear, "restrict"),
            lambda: say(sealed, "undo"),
            lambda: say(clear, "undo"),
            lambda: say(clear, "correct", low=4000.0),
            lambda: say(clear, "correct", restricted=""),
            lambda: say(clear, "restrict", other),
            lambda: publish(workspace, workspace.state.held[sealed].document, by="ana"),
            lambda: say(sealed, "restrict", other),
            lambda: relate(workspace, by="ana"),
            lambda: read_in(workspace, public=False, text=OTHER + " So."),
            lambda: relate(workspace, by="ana"),
        ]
        for number, step in enumerate(steps):
            step()
            workspace.kept.forward()
            assert records(workspace.state) == records(workspace.state_at(None)), number


def test_a_changed_file_changes_no_evidence(folder: Path) -> None:
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("delete from held")
    connection.close()
    with opened(folder, None) as workspace:
        assert (len(workspace.state.held), len(workspace.state_at(None).held)) == (0, 1)


def test_an_erasure_empties_what_is_derived(folder: Path, identity: Path) -> None:
    with opened(folder, identity) as workspace:
        public = next(one for one in workspace.state.documents.values() if one.public)
        erase(workspace, [public.id], why="withdrawn", by="ana")
        assert public.id not in workspace.state.documents
        assert public.id not in workspace.prints
    assert not any(b"mesk" in file.read_bytes().lower() for file in _files(folder) if file.name.startswith(FILE))
    assert is_as_the_ledger_says(folder, identity)


def test_documents_that_share_wording_are_found_by_the_next_process_too(folder: Path, identity: Path) -> None:
    around = "The quay was long and the winter on it was longer than anybody had been told. "
    with opened(folder, identity) as workspace:
        first = read_in(workspace, public=True, text=OTHER + " " + around, url="https://mesk.example/two").documents[0]
        relate(workspace, by="ana")
    with opened(folder, identity) as workspace:
        second = read_in(workspace, public=True, text=TEXT.replace("Oru", "Lev") + " " + around, url="").documents[0]
        relate(workspace, by="ana")
        assert first in near_documents(workspace, second)


def test_wording_that_could_not_be_kept_is_said_and_kept_by_the_next_who_may(folder: Path, identity: Path) -> None:
    (folder / PRINTS).rename(away := folder / "away")
    (folder / PRINTS).mkdir()  # which no one opens as a file
    with opened(folder, identity) as workspace:
        read_in(workspace, public=True, text=TEXT.replace("Oru", "Lev"), url="https://lev.example/one")
        with pytest.raises(PrintsError, match=r"prints\.sqlite: cannot be read or written") as caught:
            relate(workspace, by="ana")
        assert "repeat the command" in caught.value.hint
    (folder / PRINTS).rmdir()
    away.rename(folder / PRINTS)
    with opened(folder, identity) as workspace:
        relate(workspace, by="ana")
        assert all(id in workspace.prints for id, one in workspace.state.documents.items() if one.public)
        assert rebuild(workspace) == {}


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EIO, errno.EACCES])
def test_where_no_file_can_be_made_what_is_derived_is_worked_out_in_memory(
    folder: Path, identity: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove(folder)
    usual = os.open

    def refused(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & os.O_CREAT and str(path).endswith((FILE, PRINTS)):
            raise OSError(number, os.strerror(number))
        return usual(path, flags, *more, **named)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        assert is_as_the_ledger_says(folder, identity)
        with opened(folder, identity) as workspace, pytest.raises(PrintsError, match=os.strerror(number)):
            relate(workspace, by="ana")
    assert not (folder / FILE).exists()
    with opened(folder, identity) as workspace:
        assert rebuild(workspace) == {}


def test_an_index_of_wording_that_is_no_index_is_made_again(folder: Path, identity: Path) -> None:
    (folder / PRINTS).write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with opened(folder, identity) as workspace:
        relate(workspace, by="ana")
        assert all(id in workspace.prints for id, one in workspace.state.documents.items() if one.public)
        assert rebuild(workspace) == {}
