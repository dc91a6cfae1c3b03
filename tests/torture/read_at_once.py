"""Several processes read one folder into one workspace at the same time, and then several people review it.

Nobody meets a lock, no document is lost or there twice, each is related once to what it may go back to whoever read
it, and every word that a person was told is recorded stands in the ledger.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from tallystick.study.workspace.workspace import Workspace
from tests.torture.kill import ROOT
from tests.torture.read_killed import words_of
from tests.torture.reading import NOT_ASKED, Place, Told, left_over, prepared, run, tallystick, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What came of it."""

    processes: int
    documents: int
    verdicts: int  # that were recorded, people said
    problems: list[str]


def read_and_review_at_once(folder: Path, *, processes: int, documents: int) -> Together:
    """So many readers of one folder, then so many of a part of it each, then so many people who decide on all of it."""
    place = prepared(folder, documents)
    alone, together, shared = (place.workspace(name) for name in ("alone", "together", "shared"))
    run(place, *words_of(place, alone, public=True))
    whole, _ = told(place, alone)
    problems = _at_once(place, [words_of(place, together, public=True)] * processes)
    problems += differs(place, together, whole)
    problems += _at_once(place, _parts(place, shared, processes))
    problems += differs(place, shared, whole)
    verdicts, more = reviewed(place, shared, processes)
    there = len(told(place, shared)[0].documents)
    return Together(processes=processes, documents=there, verdicts=verdicts, problems=problems + more)


def _parts(place: Place, workspace: Path, processes: int) -> list[list[str]]:
    """Commands that read a part of the documents each; every document is read by one of them."""
    files = [str(file) for file in sorted(place.documents.iterdir())]
    parts = [part for at in range(processes) if (part := files[at::processes])]
    return [["read", *part, "--public", "--workspace", str(workspace)] for part in parts]


def differs(place: Place, workspace: Path, whole: Told) -> list[str]:
    """What is wrong with what was read, beside one that read all of it alone; which copy goes back to which may."""
    here, problems = told(place, workspace)
    problems += here.half_of(whole) + [f"lost: {one}" for one in whole.documents.keys() - here.documents.keys()]
    problems += [f"nobody asked what it goes back to: {name}" for name, text in here.links.items() if NOT_ASKED in text]
    run(place, "verify", workspace, "--rebuild")
    return problems + [f"left over: {one}" for one in left_over(place, workspace)]


def _at_once(place: Place, commands: Sequence[Sequence[str | Path]]) -> list[str]:
    """What is wrong with how commands ended that began at the same time."""
    running = [
        subprocess.Popen(tallystick(*words), cwd=ROOT, env=place.environment, text=True, stdout=subprocess.PIPE)
        for words in commands
    ]
    said = [one.communicate()[0] for one in running]
    return [
        f"ended with {one.returncode}: {text[-600:]}"
        for one, text in zip(running, said, strict=True)
        if one.returncode or "lock" in text or "Traceback" in text
    ]


def reviewed(place: Place, workspace: Path, people: int) -> tuple[int, list[str]]:
    """How many verdicts were recorded, and what is wrong with them: each person decides on every public claim."""
    rows = csv.DictReader(StringIO(run(place, "review", "--list", "--format", "csv", "--workspace", workspace)))
    ids = sorted(row["id"] for row in rows if "kept back" not in row["quote"] and row["measure"] != "none")
    names = [f"person{number}" for number in range(people)]
    problems = _at_once(place, [all_of(ids[at:] + ids[:at], name, workspace) for at, name in enumerate(names)])
    with Workspace.open(workspace, identity=place.identity) as opened:
        told = (*opened.state.held.values(), *opened.state.statements.values())
        said = {(opinion.by, one.id) for one in told for opinion in one.opinions}
        problems += [f"{fault.place}: {fault.problem}" for fault in opened.ledger.verify()]
    lost = {(name, id) for name in names for id in ids} - said
    return len(said), problems + [f"lost: {name} on {id}" for name, id in sorted(lost)]


def all_of(ids: Sequence[str], name: str, workspace: Path) -> list[str | Path]:
    words: list[str | Path] = ["review", "--by", name, "--why", "read it", "--workspace", workspace]
    for id in ids:
        words += ["--restrict" if name.endswith("7") else "--reject", id]
    return words
