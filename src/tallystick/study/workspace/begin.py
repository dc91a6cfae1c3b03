"""A new workspace: `tallystick init`. It appears whole or not at all.

The programme's evidence becomes part of the ledger, an entry for each row and each table, so that what was weighed can
be told from the ledger alone, and a later edition of the programme changes nothing that was concluded before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from tallystick.evidence.folder import read_folder
from tallystick.evidence.ledger.entry import Draft
from tallystick.evidence.ledger.store import Ledger
from tallystick.evidence.programme import HEADERS, OPTIONAL, load_programme, programme_folder
from tallystick.evidence.programme import SETTINGS as TABLES
from tallystick.study.swap import locked_draft, put_in_place, sync
from tallystick.study.workspace.marks import make
from tallystick.study.workspace.state import ROW, TABLE
from tallystick.study.workspace.workspace import COPIES, LEDGER, SETTINGS, Settings
from tallystick.vocab.errors import UsageError
from tallystick.vocab.version import VERSION


def begin(
    folder: Path,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    token: Callable[[int], bytes],
    identity: Path | None = None,
) -> str:
    """Make the workspace; the root of the evidence that it begins with. UsageError where something lies there.

    `identity` is the age identity that will be at hand when documents are read; None where only others can open them.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a new or an empty folder; a workspace is never laid over anything"
        raise UsageError(f"{folder}: there is something here already", hint=hint)
    root = load_programme(settings.programme).evidence_root  # every fault of its files before anything is made
    place = folder.absolute()
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked_draft(place) as draft:
        draft.chmod(0o700)
        _fill(draft, settings, root, now, token)
        if settings.recipients:
            make(draft, settings.recipients, token, identity)
        sync(draft)
        if place.exists():
            place.rmdir()
        put_in_place(draft, place)
    return root


def _fill(
    folder: Path, settings: Settings, root: str, now: Callable[[], datetime], token: Callable[[int], bytes]
) -> None:
    (folder / COPIES).mkdir()
    (folder / SETTINGS).write_text(settings.as_toml(), encoding="utf-8")
    genesis = {"programme": settings.programme, "programme_root": root, "tool": f"tallystick {VERSION}"}
    with Ledger.create(folder / LEDGER, by=settings.analyst, now=now, token=token, genesis=genesis) as ledger:
        ledger.append_all(_shipped(ledger, settings))


def _shipped(ledger: Ledger, settings: Settings) -> Iterator[Draft]:
    """An entry for each row and each table of the programme, about the file that it is of."""
    lies = programme_folder(settings.programme)
    read = read_folder(lies, HEADERS, OPTIONAL, TABLES)
    for row in read.every_row:
        content = {"file": row.file, "row": dict(row.cells)}
        yield ledger.draft(ROW, content, by=settings.analyst, subject=row.file)
    for file in read.tables:
        content = {"file": file, "text": (lies / file).read_text(encoding="utf-8")}
        yield ledger.draft(TABLE, content, by=settings.analyst, subject=file)
