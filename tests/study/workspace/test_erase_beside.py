"""An erasure beside a read that another process has begun: the read goes on, and nothing that was erased comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import pytest

from tallystick.evidence.ledger.seal import make_identity
from tallystick.study.workspace.erase import erase
from tallystick.study.workspace.read import Answer, Source, publish, record_all
from tallystick.study.workspace.relate import relate
from tallystick.study.workspace.spoken import orphans
from tallystick.study.workspace.state import LINEAGE
from tallystick.study.workspace.taken import Taken
from tallystick.vocab.errors import UsageError
from tests.study.workspace.invented import NOON
from tests.study.workspace.slow_reader import MINE, read_slowly
from tests.study.workspace.test_erase import TESTIMONY, _begun, opened, read_in

WAIT: Final = 120  # seconds


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    make_identity(tmp_path / "identity.txt", workspace=tmp_path / "cases")
    return tmp_path / "identity.txt"


@pytest.fixture
def begun(tmp_path: Path, identity: Path) -> Path:
    return _begun(tmp_path / "cases", identity, identity)


def told_by(reader: Connection) -> Any:
    """What the other process tells; it fails, and waits for no end, where that process is stuck."""
    assert reader.poll(WAIT)
    return reader.recv()


@contextmanager
def reading(folder: Path, identity: Path) -> Iterator[Connection]:
    """A process that has read one document, and waits to go on."""
    spawn = get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=read_slowly, args=(folder, identity, there), daemon=True)
    process.start()
    there.close()
    assert told_by(here) == "one was read"
    yield here
    process.join(WAIT)
    assert process.exitcode == 0


def test_a_read_goes_on_while_another_process_erases(begun: Path, identity: Path) -> None:
    with opened(begun, identity) as workspace:
        gone = read_in(workspace, public=True).documents
        relate(workspace, by="ana")
    with reading(begun, identity) as reader:
        with opened(begun, identity) as workspace:
            erase(workspace, gone, why="withdrawn", by="ana")
        reader.send("go on")
        assert told_by(reader) == ((1, 0), True, 2)
    with opened(begun, identity) as workspace:
        assert workspace.ledger.verify() == ()
        assert len(workspace.state.documents) == 2
        assert orphans(workspace) == ()
        assert gone[0] not in workspace.prints


def test_no_link_to_what_another_process_erased_is_recorded(begun: Path, identity: Path) -> None:
    """Its reasons would tell the figures."""
    with opened(begun, identity) as workspace, opened(begun, identity) as other:
        gone = read_in(workspace, public=True).documents
        relate(workspace, by="ana")
        read_in(other, public=True, text=MINE, url="")
        (claim,) = workspace.state.of_document[gone[0]]
        assert claim in other.state.held
        erase(workspace, gone, why="withdrawn", by="ana")
        relate(other, by="ana")
        told = [entry.content for entry in other.ledger.entries(kinds=[LINEAGE]) if entry.content is not None]
        assert told
        assert claim not in str(told)
        assert gone[0] not in other.prints


def test_what_another_process_erased_is_not_made_public(begun: Path, identity: Path) -> None:
    with opened(begun, identity) as workspace, opened(begun, identity) as other:
        gone = read_in(workspace, public=False).documents
        assert not other.state.documents[gone[0]].public
        erase(workspace, gone, why="withdrawn", by="ana")
        length = other.ledger.length
        with pytest.raises(UsageError, match="can be made public only by who can open it"):
            publish(other, gone[0], by="ana")
        assert other.ledger.length == length


def test_a_document_that_was_erased_before_its_turn_came_leaves_no_copy(begun: Path, identity: Path) -> None:
    file = Source(origin="x", place="x", name="x", load=TESTIMONY.encode)
    with opened(begun, identity) as workspace:
        answer = Answer(source=file, data=TESTIMONY.encode(), taken=Taken(), now=NOON)
        assert [told.outcome for told in record_all(workspace, [answer], by="ana", public=True)] == ["known"]
        assert list(workspace.copies.names()) == []
