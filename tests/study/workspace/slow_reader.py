"""A process that reads a document, waits for leave, and reads another; it is begun by the test of erasing beside it."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from tallystick.study.workspace.relate import relate
from tests.study.workspace.invented import TEXT
from tests.study.workspace.test_erase import TESTIMONY, opened, read_in
from tests.study.workspace.test_kept import records

MINE = TEXT + " So it was read."


def read_slowly(folder: Path, identity: Path, told: Connection) -> None:
    """Read a document; go on when the other process says so; tell what came of it."""
    with opened(folder, identity) as workspace:
        read_in(workspace, public=True, text=MINE, url="https://mesk.example/one")
        relate(workspace, by="ana")
        told.send("one was read")
        told.recv()
        known_by_now = len(workspace.ids_of(MINE.encode())), len(workspace.ids_of(TESTIMONY.encode()))
        read_in(workspace, public=True, text=MINE + " And again.", url="https://mesk.example/two")
        relate(workspace, by="ana")
        told.send((known_by_now, records(workspace.state) == records(workspace.state_at(None)), len(workspace.prints)))
