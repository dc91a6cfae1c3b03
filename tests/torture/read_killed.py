"""`tallystick read` of a folder under SIGKILL: what it said was read is there, whole, and the next read goes on.

A read says how far it has come after the entries of a document are on the disk. Every few kills it is left alone, and
then the workspace has to hold what it holds after a read that nobody disturbed; every second one is of documents that
nobody marked public, so that what is written is sealed.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.torture.kill import Moment, Tally, campaign
from tests.torture.reading import Place, Told, digest_of, left_over, prepared, run, tallystick, told

DOCUMENTS = 8
A_WORKSPACE = 5  # kills, before the read is left alone and another workspace is begun
PROGRESS = re.compile(r"read: (\d+) of \d+")
START, BETWEEN, RELATING = 1.0, 0.1, 0.3  # seconds: a start; about two documents; what follows the last one
LAST = 5  # acknowledgements of a read of so many documents: it speaks at the first and at every quarter
IN_PROCESSES = 7  # one workspace of so many is read by two processes


def acknowledged(line: str) -> str | None:
    """How many documents are read, in the order of their names."""
    found = PROGRESS.fullmatch(line.strip())
    return found[1] if found else None


def moments(chance: random.Random) -> Callable[[], Moment]:
    """From the start to after the last acknowledgement; one time in three without the children."""

    def moment() -> Moment:
        after = chance.randint(0, LAST)
        most = START if after == 0 else RELATING if after == LAST else BETWEEN
        return Moment(after=after, delay=chance.uniform(0, most), alone=chance.random() < 1 / 3)

    return moment


def kill_reads(folder: Path, *, kills: int, seed: int, begun: int = 0) -> Tally:
    """That many kills, of reads into one workspace after the other, after so many that were done before."""
    place = prepared(folder, DOCUMENTS)
    chance, total = random.Random(seed), Tally()
    whole = {public: _undisturbed(place, public) for public in (True, False)}
    for first in range(0, kills, A_WORKSPACE):
        number = (begun + first) // A_WORKSPACE
        public, jobs = number % 2 == 0, 2 if number % IN_PROCESSES == IN_PROCESSES - 1 else 1
        tally = _campaign(place, chance, min(A_WORKSPACE, kills - first), whole[public], public=public, jobs=jobs)
        total.kills += tally.kills
        total.ended += tally.ended
        total.acknowledged += tally.acknowledged
        total.problems += tally.problems
    return total


def words_of(place: Place, workspace: Path, *, public: bool, jobs: int = 1) -> list[str]:
    """The words of the command."""
    marked = ("--public",) if public else ()
    return ["read", str(place.documents), *marked, "--jobs", str(jobs), "--workspace", str(workspace)]


def _undisturbed(place: Place, public: bool) -> Told:
    workspace = place.workspace(f"undisturbed-{public}")
    run(place, *words_of(place, workspace, public=public))
    return told(place, workspace)[0]


def _campaign(place: Place, chance: random.Random, kills: int, whole: Told, *, public: bool, jobs: int) -> Tally:
    workspace = place.workspace("killed")
    tally = campaign(
        tallystick(*words_of(place, workspace, public=public, jobs=jobs)),
        kills=kills,
        moments=moments(chance),
        acknowledged=acknowledged,
        check=lambda said: problems(place, workspace, whole, said),
        environment=place.environment,
    )
    if not tally.problems:
        tally.problems += afterwards(place, workspace, whole)
    shutil.rmtree(workspace)
    return tally


def problems(place: Place, workspace: Path, whole: Told, said: Sequence[str]) -> list[str]:
    """What is wrong with a workspace whose reader was killed, given all that it had acknowledged."""
    here, found = told(place, workspace)
    read = max(map(int, said), default=0)
    files = sorted(place.documents.iterdir())[:read]
    there = {key.partition(" ")[0] for key in here.documents}
    return found + [f"lost: {file.name}" for file in files if digest_of(file) not in there] + here.half_of(whole)


def afterwards(place: Place, workspace: Path, whole: Told) -> list[str]:
    """What is wrong after the read that was left alone, and after what `verify --rebuild` clears away."""
    (last := place.folder / "last.txt").write_text("Nothing of this is a claim.", encoding="utf-8")
    found = [f"not resumed: {one}" for one in told(place, workspace)[0].lacks(whole)]
    run(place, "read", last, "--public", "--workspace", workspace)  # who reads clears what killed readers left
    run(place, "verify", workspace, "--rebuild")
    found += [f"left over: {one}" for one in left_over(place, workspace)]
    return found + [f"left over: {one}" for one in place.temporary]
