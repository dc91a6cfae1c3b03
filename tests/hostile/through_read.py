"""Hostile documents through the front door: a folder of them, with good reports among them, given to `tallystick read`.

What has to come of each: a verdict that the ledger keeps, the file named in what is said, an exit that is not 0; and of
the ledger, that it holds what it held, and one entry more with the verdict. No copy, no document, no claim.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

from tallystick.cli.main import run
from tallystick.evidence.documents.nursery import MOST_INPUT, Limits, Nursery
from tallystick.evidence.ledger.seal import identity_place
from tallystick.study.workspace import many
from tallystick.study.workspace.check import faults_of
from tallystick.study.workspace.records import OF_THE_BYTES
from tallystick.study.workspace.spoken import orphans
from tallystick.study.workspace.state import REFUSED
from tallystick.study.workspace.workspace import Workspace
from tests.evidence.documents.words import ENGLISH
from tests.hostile.make import Case, cases

GOOD = "0-good.txt", "mid-good.txt", "zz-good.txt"
REPORT = "More than 4,3{number}1 North Korean labourers were working in Russia in March 2024, the port office said.\n"


@dataclass(slots=True)
class Found:
    """What came of the documents."""

    endings: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    rows: list[dict[str, str]]
    err: str


def read_hostile(folder: Path, *, seconds: int, wanted: Callable[[str], bool] = lambda _: True) -> Found:
    """Read those documents that are wanted, all at once and the refused ones again; with so much time for each."""
    found, documents = Found(), folder / "documents"
    documents.mkdir(parents=True)
    (folder / "temporary").mkdir()
    with at_home(folder, seconds):
        _tallystick("init", folder / "cases", "--as", "ana")
        made = [case for case in cases(documents) if _keep(case, wanted)]
        for number, name in enumerate(GOOD):
            (documents / name).write_text(REPORT.format(number=number) + ENGLISH, encoding="utf-8")
        _all_at_once(folder, made, found)
        _by_name(folder, [case for case in made if "not_a_file" in case.endings], found)
    return found


@contextmanager
def at_home(folder: Path, seconds: int) -> Iterator[None]:
    """A configuration, a cache and temporary files below the folder; and readers that have so many seconds."""
    ours = {"XDG_CONFIG_HOME": "config", "TALLYSTICK_CACHE": "cache", "TMPDIR": "temporary"}
    with (
        patch.dict(os.environ, {name: str(folder / where) for name, where in ours.items()}),
        patch("tempfile.tempdir", None),
        Nursery(limits=Limits(seconds=seconds)) as nursery,
        patch.object(many, "_loader", lambda: nursery),
    ):
        yield


def _keep(case: Case, wanted: Callable[[str], bool]) -> bool:
    """Whether it is wanted; what is not goes at once, since some are large."""
    if wanted(case.name):
        return True
    if case.path.is_dir() and not case.path.is_symlink():
        shutil.rmtree(case.path)
    else:
        case.path.unlink()
    return False


def _tallystick(*words: str | Path) -> Told:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(word) for word in words])
    return Told(code=code, rows=list(csv.DictReader(io.StringIO(out.getvalue()))), err=err.getvalue())


def _all_at_once(folder: Path, made: list[Case], found: Found) -> None:
    """The whole folder in one command, and again."""
    words = ("read", folder / "documents", "--public", "--format", "csv", "--workspace", folder / "cases")
    right = {str(case.path): case.endings for case in made if "not_a_file" not in case.endings}
    first, before = _tallystick(*words), _held(folder)
    ended = {row["origin"]: row["verdict"] or "text" for row in first.rows}
    found.endings.update(ended[origin] for origin in right if origin in ended)
    found.problems += [f"{origin}: nothing was said of it" for origin in right.keys() - ended.keys()]
    found.problems += [
        f"{origin}: {ended[origin]}"
        for origin in right
        if ended.get(origin, "text") not in right[origin] | {"text"} & right[origin]
    ]
    found.problems += [
        f"good, but not read: {name}" for name in GOOD if ended.get(str(folder / "documents" / name)) != "text"
    ]
    found.problems += _unlike(folder, first, before)
    again, after = _tallystick(*words), _held(folder)
    steady = [at for at, row in enumerate(first.rows) if row["verdict"] in {"", *OF_THE_BYTES}]  # else the machine's
    if [again.rows[at]["verdict"] for at in steady] != [first.rows[at]["verdict"] for at in steady]:
        found.problems.append("read again, they ended otherwise")
    passing = {digest for digest, verdict in before[0] if verdict not in OF_THE_BYTES}
    if {one for one in after[0] if one[0] not in passing} != {one for one in before[0] if one[0] not in passing}:
        found.problems.append("read again, they left another verdict")


def _by_name(folder: Path, made: list[Case], found: Found) -> None:
    """What is no file, named one by one: a folder gives no such file away."""
    for case in made:
        told = _tallystick("read", case.path, "--public", "--format", "csv", "--workspace", folder / "cases")
        found.endings.update(["not_a_file"])
        if told.code not in (1, 2) or case.name not in told.err or "hint: " not in told.err:
            found.problems.append(f"{case.name}: ended with {told.code}: {told.err}")


def _held(folder: Path) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """The verdicts that the ledger keeps, by the hash of the document's bytes, and the copies."""
    with Workspace.open(folder / "cases", identity=identity_place()) as opened:
        entries = [entry.content or {} for entry in opened.ledger.entries(kinds=[REFUSED])]
        return sorted((each["sha256"], each["verdict"]) for each in entries), tuple(opened.copies.names())


def _names_kept(folder: Path, told: Told) -> list[str]:
    """Files that were refused and whose names the ledger holds: nobody looked whether a name tells of somebody."""
    with Workspace.open(folder / "cases", identity=identity_place()) as opened:
        kept = "\n".join(str(entry.content) for entry in opened.ledger.entries(kinds=[REFUSED]))
    return sorted(name for row in told.rows if row["verdict"] and (name := Path(row["origin"]).name) in kept)


def _hash(file: Path) -> str:
    """The hash by which a refused document is known; "" of one without bytes, or with more than are read."""
    if not file.is_file() or not 0 < file.stat().st_size <= MOST_INPUT:
        return ""
    return sha256(file.read_bytes()).hexdigest()


def _unlike(folder: Path, told: Told, held: tuple[list[tuple[str, str]], tuple[str, ...]]) -> list[str]:
    """What is wrong with what was said of the refused, and with what the workspace holds of them."""
    refused = sorted((_hash(Path(row["origin"])), row["verdict"]) for row in told.rows if row["verdict"])
    found = [f"kept: {held[0]}, not {refused}"] if refused != held[0] else []
    if refused and (told.code != 1 or f"{len(refused)} of {len(told.rows)} documents were not read" not in told.err):
        found.append(f"ended with {told.code}: {told.err[-600:]}")
    found += [
        f"{row['origin']}: is not named among the refused, or without a reason: {row['message']}"
        for row in told.rows
        if row["verdict"] and not (row["message"] and f"{row['origin']}: {row['message']}" in told.err)
    ]
    found += [f"{name}: the ledger names it" for name in _names_kept(folder, told)]
    found += [
        f"{row['origin']}: refused, but of {row['claims']} claims"
        for row in told.rows
        if row["verdict"] and row["claims"] != "0"
    ]
    with Workspace.open(folder / "cases", identity=identity_place()) as opened:
        found += [f"{fault.place}: {fault.problem}" for fault in faults_of(opened)]
        found += [f"a copy of which nothing speaks: {name}" for name in orphans(opened)]
    return found
