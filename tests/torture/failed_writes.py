"""Every write, sync, truncation and deletion of an operation is failed: the old ledger is left, or the new one."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tallystick.evidence.ledger.engine import STANDARD, Engine
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.store import Ledger
from tests.torture.appender import add_batch, mark_of
from tests.torture.faulty import FAILURES, Plan, faulty

FILE, EXPORT = "ledger.sqlite", "theirs.jsonl"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ERASED = "to be erased"
MANNERS = 2 * len(FAILURES) + 1  # in which a point fails: each failure once and for ever, and the power there


@dataclass(slots=True)
class Found:
    """What a loop found."""

    points: Counter[str] = field(default_factory=Counter)  # points at which each operation can fail
    cases: int = 0
    drawn: int = 0  # of these, by chance, where not all were asked for
    old: int = 0  # cases that left the old state
    new: int = 0
    problems: list[str] = field(default_factory=list)


def tokens(seed: str) -> Callable[[int], bytes]:
    """The same bytes in each run, so that the new state is known by its head."""
    count = iter(range(1 << 30))
    return lambda length: sha256(f"{seed} {next(count)}".encode()).digest()[:length]


def opened(folder: Path, engine: Engine = STANDARD) -> Ledger:
    return Ledger.open(folder / FILE, now=lambda: NOON, token=tokens("again"), engine=engine)


def create(folder: Path, engine: Engine) -> None:
    genesis = {"workspace": "failing"}
    Ledger.create(
        folder / FILE, by="ana", now=lambda: NOON, token=tokens("first"), genesis=genesis, engine=engine
    ).close()


def append(folder: Path, engine: Engine) -> None:
    with opened(folder, engine) as ledger:
        add_batch(ledger, "added")


def erase(folder: Path, engine: Engine) -> None:
    with opened(folder, engine) as ledger:
        hashes = [
            one.hash for one in ledger.entries() if one.content is not None and one.content.get("batch") == ERASED
        ]
        ledger.erase(hashes, why="asked to", by="ana")


def merge(folder: Path, engine: Engine) -> None:
    with opened(folder, engine) as ledger:
        ledger.merge(folder / EXPORT, by="ana")


OPERATIONS: dict[str, Callable[[Path, Engine], None]] = {
    "create": create,
    "append": append,
    "erase": erase,
    "merge": merge,
}


def start(folder: Path) -> None:
    """A ledger with a few batches, and another's export that brings entries and an erasure."""
    folder.mkdir()
    create(folder, STANDARD)
    with opened(folder) as ledger:
        for batch in ("one", ERASED, "two"):
            add_batch(ledger, batch)
        ledger.export(folder / "ours.jsonl")
        (theirs := folder / "theirs").mkdir()
        with Ledger.create(
            theirs / FILE, by="bek", now=lambda: NOON, token=tokens("theirs"), genesis={"workspace": "theirs"}
        ) as other:
            other.merge(folder / "ours.jsonl", by="bek")
            add_batch(other, "three")
            mine = next(one.hash for one in ledger.entries() if one.kind == "proposal")
            other.erase([mine], why="asked to", by="bek")
            other.export(folder / EXPORT)
    shutil.rmtree(theirs)


def fail_each(folder: Path, *, every: int = 1, seed: int = 1) -> Found:
    """Fail every point (or one in `every`) of every operation, in each manner, and cut the power there."""
    found = Found()
    start(base := folder / "base")
    for name, operation in OPERATIONS.items():
        empty = name == "create"
        (old, new), points = _known(base, folder / "known", operation, empty)
        found.points[name] = points
        for number, case in enumerate(cases(points, every)):
            work = folder / "work"
            _copy(base, work, empty)
            problems, state = _case(work, operation, case, (old, new), random.Random(f"{seed} {name} {number}"))
            found.cases += 1
            found.old += state == old
            found.new += state == new
            found.problems += [f"{name}, {case}: {one}" for one in problems]
            shutil.rmtree(work)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One failure: at which point, what, and whether from there on; or whether the power fails there."""

    at: int
    failure: str
    for_ever: bool
    power: bool = False


def cases(points: int, every: int) -> Iterator[Case]:
    for at in range(1, points + 1, every):
        for failure in FAILURES:
            yield from (Case(at=at, failure=failure, for_ever=for_ever) for for_ever in (False, True))
        yield Case(at=at, failure="disk I/O error", for_ever=True, power=True)


def _copy(base: Path, work: Path, empty: bool) -> None:
    if empty:
        work.mkdir()
    else:
        shutil.copytree(base, work)


def state_of(folder: Path) -> str:
    """The head, "" where no ledger was committed, and what is said of one that cannot be read."""
    try:
        with Ledger.open(folder / FILE) as ledger:
            return ledger.head
    except LedgerError as error:
        if error.problem.startswith(("there is no such file", "holds nothing")):
            return ""
        return str(error)


def _known(
    base: Path, work: Path, operation: Callable[[Path, Engine], None], empty: bool
) -> tuple[tuple[str, str], int]:
    """The old and the new state, and how many points there are."""
    _copy(base, work, empty)
    old, plan = state_of(work), Plan()
    with faulty(plan) as engine:
        operation(work, engine)
    new = state_of(work)
    shutil.rmtree(work)
    assert old != new
    return (old, new), plan.seen


def _case(
    work: Path, operation: Callable[[Path, Engine], None], case: Case, known: tuple[str, str], chance: random.Random
) -> tuple[list[str], str]:
    plan, said = Plan(at=case.at, for_ever=case.for_ever, failure=case.failure), ""
    with faulty(plan) as engine:
        try:
            operation(work, engine)
        except LedgerError as error:
            said = str(error)
    if case.power:
        plan.cut_power(chance)
    return _judged(work, operation, known, said)


def _judged(
    work: Path, operation: Callable[[Path, Engine], None], known: tuple[str, str], said: str
) -> tuple[list[str], str]:
    """What is wrong after a failure of which `said` was told, if anything was; and which state is there."""
    old, new = known
    state = state_of(work)
    if state not in known:
        return [f"neither the old nor the new state: {state}"], state
    problems = [f"the error is not named: {said}"] if "SQLite says" in said else []
    if not said and state != new:
        problems.append("done, it said, but the old state is there")
    return problems + _gone_on(work, operation, again=state == old), state


def _gone_on(work: Path, operation: Callable[[Path, Engine], None], *, again: bool) -> list[str]:
    """What is wrong after the next start, which does what was not done `again` and ends an erasure cut off."""
    try:
        if again:
            operation(work, STANDARD)
        with opened(work) as ledger:
            problems = [str(fault) for fault in ledger.verify()]
    except LedgerError as error:
        return [f"started again, it says: {error}"]
    files = b"".join(file.read_bytes() for file in work.glob(f"{FILE}*"))
    if operation is erase and mark_of(ERASED).encode() in files:
        problems.append("what was erased is still in the files")
    return problems
