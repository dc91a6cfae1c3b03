"""Every write, sync, renaming and deletion of a read is failed: what is left is what some transaction left, whole.

The command runs in this process, with its ledger and what is derived from it over files that fail (`faulty`), and with
the system's calls for copies failing at the same count of points. A power cut leaves of those files what `Plan` says,
and of copies only what was brought to the disk, names too.
"""

from __future__ import annotations

import errno
import io
import os
import random
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

from tallystick.cli import workspace as command
from tallystick.cli.main import run as tallystick
from tallystick.cli.verify import TORN
from tallystick.evidence.ledger import seal
from tallystick.evidence.ledger.store import Ledger
from tallystick.study.workspace import contents, copies
from tallystick.study.workspace.kept import FILE, PRINTS
from tallystick.study.workspace.workspace import LEDGER, Workspace
from tests.torture.failed_writes import Case, Found, cases, tokens
from tests.torture.faulty import Plan, faulty
from tests.torture.other_sqlite import failing_below
from tests.torture.read_killed import acknowledged, words_of
from tests.torture.reading import Place, Told, left_over, prepared, told

DOCUMENTS = 2  # the first holds what is sealed even in a public document
NUMBERS = {"disk I/O error": errno.EIO, "database or disk is full": errno.ENOSPC}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CALLS = ("open", "fsync", "rename", "mkdir", "unlink")
TRACEBACK = -1  # in place of an exit code
NEW_NAMES = ("rename", "mkdir")


@dataclass(slots=True)
class Files:
    """The system's calls on files below a folder, each a point of the plan; and which names are not on the disk yet."""

    plan: Plan
    folder: Path
    unsynced: dict[Path, Path] = field(default_factory=dict)  # a new name and the folder that has to be synced for it

    def point(self, place: Path, *, is_named: bool) -> None:
        """Pass a point at which the disk may fail; where the call is given a name, the error tells it."""
        try:
            self.plan.point(str(place))
        except apsw.Error as error:
            number = NUMBERS[self.plan.failure]
            raise OSError(number, os.strerror(number), *([str(place)] if is_named else [])) from error

    @contextmanager
    def failing(self) -> Iterator[None]:
        """The calls replaced."""
        with ExitStack() as stack:
            for name in CALLS:
                stack.enter_context(patch.object(os, name, self._call(name, getattr(os, name))))
            stack.enter_context(patch.object(copies, "NamedTemporaryFile", self._draft))
            yield

    def cut_power(self, chance: random.Random) -> None:
        """Forget any names that are not on the disk."""
        for name in self.unsynced:
            if chance.random() < 0.5:
                shutil.rmtree(name) if name.is_dir() else name.unlink(missing_ok=True)

    def _call(self, name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
        def call(first: Any, *more: Any, **named: Any) -> Any:
            place = Path(f"/proc/self/fd/{first}").readlink() if isinstance(first, int) else Path(first)
            if not place.is_relative_to(self.folder) or _changes_nothing(name, place, more):
                return usual(first, *more, **named)
            self.point(place, is_named=not isinstance(first, int))
            answer = usual(first, *more, **named)
            self._note(name, place, more)
            return answer

        return call

    def _note(self, name: str, place: Path, more: tuple[Any, ...]) -> None:
        if name == "fsync":
            self.unsynced = {new: where for new, where in self.unsynced.items() if where != place}
        elif name in NEW_NAMES:
            new = Path(more[0]) if name == "rename" else place
            self.unsynced[new] = new.parent

    def _draft(self, **how: Any) -> Any:
        made = tempfile.NamedTemporaryFile(**how)  # noqa: SIM115 - who asked closes it
        usual = made.write

        def write(data: bytes) -> int:
            usual(data[: len(data) // 2])
            self.point(Path(made.name), is_named=False)
            return usual(data[len(data) // 2 :])

        made.write = write  # type: ignore[method-assign]
        return made


def _changes_nothing(name: str, place: Path, more: tuple[Any, ...]) -> bool:
    """Whether a call makes no new name."""
    return (name == "mkdir" and place.exists()) or (name == "open" and (place.exists() or not more[0] & os.O_CREAT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a read ended, and what it said."""

    code: int
    out: str
    err: str


def fail_each_of_a_read(
    folder: Path, *, seed: int = 1, chosen: Callable[[list[Case]], list[Case]] = lambda every: every
) -> Found:
    """Fail every point in each manner, and cut the power there; or those cases alone that are `chosen`."""
    found, place = Found(), prepared(folder, DOCUMENTS)
    with _at_home(place):
        whole, lengths, plan = _known(place)
        found.points = by_file(plan)
        for case in chosen(list(cases(plan.seen, every=1))):
            chance = random.Random(f"{seed} {case}")
            problems, step = _case(place, case, whole, lengths, chance)
            found.cases += 1
            found.old += step < len(lengths) - 1
            found.new += step == len(lengths) - 1
            found.problems += [f"read, {case}: {one}" for one in problems]
    return found


@contextmanager
def _at_home(place: Place) -> Iterator[None]:
    """The place's own folders; and what no failure reaches done once for all: to load the programme, and to seal.

    So a read writes the same each time, and its n-th point is the same.
    """
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, place.environment))
        stack.enter_context(patch.object(tempfile, "tempdir", None))
        with Workspace.open(place.workspace("shipped")) as opened:
            programme = opened.programme
        stack.enter_context(patch.object(Workspace, "programme", programme))
        for module in (contents, seal):
            stack.enter_context(patch.object(module, "seal", _once(seal.seal)))
        yield


def _once(usual: Callable[..., bytes]) -> Callable[..., bytes]:
    kept: dict[str, bytes] = {}

    def sealed(*what: Any) -> bytes:
        return kept.setdefault(repr(what), usual(*what))

    return sealed


def _known(place: Place) -> tuple[Told, list[int], Plan]:
    """What an undisturbed read leaves, the ledger's length after each of its transactions, which points it passes."""
    workspace = place.workspace("known")
    plan, lengths = Plan(), [_length(workspace)]
    usual = Ledger.append_all

    def append_all(ledger: Ledger, drafts: Any) -> Any:
        entries = usual(ledger, drafts)
        lengths.append(ledger.length)
        return entries

    with patch.object(Ledger, "append_all", append_all):
        ended = _read(place, workspace, plan, None, random.Random(0))
    assert ended.code == 0, ended.err
    whole, problems = told(place, workspace)
    assert problems == []
    shutil.rmtree(workspace)
    return whole, lengths, plan


def by_file(plan: Plan) -> Counter[str]:
    """How many points each file has; a log and a journal are of their file, and all else is copies."""
    found = Counter[str]()
    for name, points in plan.met.items():
        file = name.partition("-")[0]
        found[file if file in (LEDGER, FILE, PRINTS) else "copies"] += points
    return found


def _read(place: Place, workspace: Path, plan: Plan, cut: Case | None, chance: random.Random) -> Ended:
    """Read with these failures, the same clock and the same random bytes each time; and let the power fail after it."""
    files, minutes, out, err = Files(plan, workspace), count(), io.StringIO(), io.StringIO()
    with ExitStack() as stack:
        engine = stack.enter_context(faulty(plan))
        stack.enter_context(patch.dict(Ledger.open.__func__.__kwdefaults__, {"engine": engine}))  # type: ignore[attr-defined]
        stack.enter_context(patch.object(command, "now", lambda: NOON + timedelta(minutes=next(minutes))))
        stack.enter_context(patch.object(command, "token", tokens("a read")))
        stack.enter_context(failing_below(workspace, engine.connect))
        stack.enter_context(files.failing())
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        try:
            code = tallystick(words_of(place, workspace, public=True))
        except Exception:  # what the analyst would see: what was said may have been written by SQLite, too
            code = TRACEBACK
            err.write(traceback.format_exc())
    if cut is not None and cut.power:
        plan.cut_power(chance)
        files.cut_power(chance)
    return Ended(code=code, out=out.getvalue(), err=err.getvalue())


def _case(place: Place, case: Case, whole: Told, lengths: list[int], chance: random.Random) -> tuple[list[str], int]:
    """What is wrong after one failure, and after which transaction the ledger stands."""
    workspace = place.workspace("failing")
    try:
        ended = _read(place, workspace, Plan(at=case.at, for_ever=case.for_ever, failure=case.failure), case, chance)
        length = _length(workspace)
        if length not in lengths:
            return [f"the ledger has {length} entries, with which no transaction left it"], -1
        step = lengths.index(length)
        here, problems = told(place, workspace)
        problems += here.half_of(whole) + said(ended, len(here.documents), done=step == len(lengths) - 1)
        return problems + _gone_on(place, workspace, whole), step
    finally:
        shutil.rmtree(workspace)


def _length(workspace: Path) -> int:
    with Workspace.open(workspace) as opened:
        return opened.ledger.length


def said(ended: Ended, documents: int, *, done: bool) -> list[str]:
    """What is wrong with what a read said of a failure."""
    read = max((int(found) for line in ended.err.splitlines() if (found := acknowledged(line))), default=0)
    problems = [f"lost: {read} were read, it said, and {documents} are there"] if read > documents else []
    if not ended.code:
        return problems if done else [*problems, "done, it said, but it is not"]
    errors = [line for line in ended.err.splitlines() if line.startswith("error: ")]
    named = [line for line in errors if any(name in line for name in (LEDGER, FILE, PRINTS, "copy"))]
    if ended.code != 1 or len(named) != 1 or "hint: " not in ended.err or "SQLite says" in ended.err:
        problems.append(f"ended with {ended.code} and an unclear message: {ended.err}")
    return problems


def _gone_on(place: Place, workspace: Path, whole: Told) -> list[str]:
    """What is wrong after the next read, with a disk that works, and after what `verify --rebuild` clears away."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = tallystick(words_of(place, workspace, public=True))
        code = code or tallystick(["verify", str(workspace), "--rebuild"])
    if code:
        return [f"started again, it ended with {code}: {err.getvalue()}"]
    here, problems = told(place, workspace)
    problems += [f"derived otherwise: {line}" for line in err.getvalue().splitlines() if _is_otherwise(line)]
    return problems + here.lacks(whole) + [f"left over: {one}" for one in left_over(place, workspace)]


def _is_otherwise(line: str) -> bool:
    """Whether `verify --rebuild` says that what is derived was not as the ledger has it."""
    return line == TORN or "kept otherwise" in line
