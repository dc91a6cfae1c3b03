"""`verify`: whether a brief is as published and of which ledger, and whether a workspace is whole."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli.meter import say
from tallystick.cli.options import Format, Shape, Workspace, examples
from tallystick.cli.workspace import Identity
from tallystick.vocab.errors import BriefError, EvidenceError, UsageError

if TYPE_CHECKING:
    from tallystick.study.manifest import Manifest

Rebuild = Annotated[
    bool,
    typer.Option(
        "--rebuild",
        help="Of a workspace: also work out again what is derived, say whether it is as it was kept, and remove copies "
        "of which its ledger does not speak.",
    ),
]

LEDGER_AGAIN = "take the ledger from a copy that holds a head printed in a brief, or from a colleague's export"
TORN = "what was kept of claims, reviews and lineage could not be read; it was worked out again from the ledger"
COPY_AGAIN = (
    "bring that file back from a backup of the folder; without one, erase the document with "
    "`tallystick erase ID --why ...`, read it again with --again, and decide on it anew"
)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Check a brief, or a workspace's ledger.",
        epilog=examples(
            "tallystick verify brief",
            "tallystick verify brief --workspace cases",
            "tallystick verify cases --rebuild",
        ),
    )(verify)


def verify(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that `tallystick brief` wrote, or a workspace.")
    ] = Path("brief"),
    record: Annotated[
        Path | None,
        typer.Option(
            "--record", metavar="FILE", help="The record of its forecasts; by default that of a programme that ships."
        ),
    ] = None,
    workspace: Workspace = None,
    rebuild: Rebuild = False,
    identity: Identity = None,
    shape: Shape = Format.table,
) -> None:
    """Check that a published brief is what its manifest says; name each file that is missing, changed or extra.

    With --workspace, say too whether the brief is of that ledger as it is, of an older state of it, or of neither.
    Where it shows forecasts, the record of them is asked whether it still holds the head that was printed. Of a
    workspace, check every entry of its ledger and every copy of its documents.
    """
    from tallystick.study.workspace.workspace import SETTINGS

    if (folder / SETTINGS).is_file():
        _workspace(folder, rebuild, identity, shape)
        return
    for option, given in (("--rebuild", rebuild), ("--identity", identity is not None)):
        if given:
            raise UsageError(f"{option}: {folder} is no workspace", hint="name the folder that `tallystick init` made")
    _check_kind(folder)
    manifest = _brief(folder, shape)
    _hold_against(record, manifest)
    if workspace is not None:
        _match(workspace, folder, manifest)


def _check_kind(folder: Path) -> None:
    """UsageError for what is no brief, since it is no workspace either."""
    from tallystick.study.manifest import MANIFEST

    if not (folder / MANIFEST).exists():
        what = "is neither a brief nor a workspace" if folder.is_dir() else "there is no such folder"
        hint = "name the folder that `tallystick brief` wrote, or a workspace that `tallystick init` made"
        raise UsageError(f"{folder}: {what}", hint=hint)


def _brief(folder: Path, shape: Format) -> Manifest:
    from tallystick.cli.output import write_rows
    from tallystick.study.manifest import read_manifest
    from tallystick.study.manifest import verify as faults_of

    faults, manifest = faults_of(folder), read_manifest(folder)
    if shape is Format.table and not faults:
        sys.stdout.write(f"{folder}: {len(manifest.files)} files as published, evidence {manifest.evidence_root}\n")
    else:
        write_rows(("file", "problem"), [{"file": fault.file, "problem": fault.problem} for fault in faults], shape)
    if faults:
        raise BriefError(
            f"{folder}: {len(faults)} of its files are not as published", hint="do not cite it; write it again"
        )
    return manifest


def _match(workspace: Path, folder: Path, manifest: Manifest) -> None:
    """Say what the brief is to the ledger; one that is of no state of it is a fault."""
    from tallystick.study.workspace.check import match
    from tallystick.study.workspace.workspace import Workspace as Opened

    with Opened.open(workspace) as opened:
        found = match(opened, manifest)
    words = {"same": "is of this ledger as it is", "older": "is of an older state of this ledger"}
    if found.word not in words:
        hint = "ask for the ledger with which it was written; a ledger that was rolled back looks like this too"
        raise BriefError(f"{folder}: is of neither this ledger nor an older state of it: {found.told}", hint=hint)
    say(f"{folder} {words[found.word]}: {found.told}")


def _workspace(folder: Path, rebuild: bool, identity: Path | None, shape: Format) -> None:
    from tallystick.cli.output import write_rows
    from tallystick.cli.workspace import open_workspace
    from tallystick.study.workspace.check import faults_of
    from tallystick.study.workspace.rebuild import mend_torn
    from tallystick.study.workspace.rebuild import rebuild as work_out
    from tallystick.study.workspace.spoken import clear, orphans

    with open_workspace(folder, identity, writes=rebuild) as opened:
        torn = rebuild and mend_torn(opened)
        faults = faults_of(opened)
        left = () if faults else clear(opened) if rebuild else orphans(opened)
        differing = work_out(opened) if rebuild and not faults else {}
        told = f"{folder}: {opened.ledger.length} entries hold, head {opened.ledger.head}\n"
    if shape is Format.table and not faults:
        sys.stdout.write(told)
    else:
        write_rows(("place", "problem"), [{"place": fault.place, "problem": fault.problem} for fault in faults], shape)
    if rebuild and not faults:
        say(TORN if torn else _rebuilt(differing))
    if left:
        what = "were removed" if rebuild else "lie there; --rebuild removes them"
        say(f"{len(left)} copies of which the ledger does not speak {what}")
    if faults:
        hint = COPY_AGAIN if all(fault.of_a_copy for fault in faults) else LEDGER_AGAIN
        raise EvidenceError(f"{len(faults)} of its parts are not as they were recorded", file=str(folder), hint=hint)


def _rebuilt(differing: Mapping[str, int]) -> str:
    """What was found when all that is derived was worked out again."""
    if not differing:
        return "claims, reviews and lineage were worked out again from the ledger, and are as they were kept"
    told = ", ".join(f"{count} of {kind.replace('_', ' ')}" for kind, count in differing.items())
    return f"claims, reviews and lineage were worked out again from the ledger; kept otherwise were {told}"


def _hold_against(record: Path | None, manifest: Manifest) -> None:
    """Whether the record holds the head on which the forecasts hang that the folder shows."""
    from tallystick.cli.meter import say
    from tallystick.study.record import entry_with, shipped_record

    if manifest.forecasts is None:
        if record is not None:
            raise UsageError("--record: the folder shows no forecasts on record", hint="leave out --record")
        return
    file = record or shipped_record(manifest.programme)
    if file is None:
        say(f"its forecasts hang on {manifest.forecasts}, which no record was asked for: name it with --record")
        return
    number, every = entry_with(manifest.forecasts, file, manifest.programme)
    say(f"its forecasts are on record: {file.name} holds the head that it printed as entry {number} of {every}")
