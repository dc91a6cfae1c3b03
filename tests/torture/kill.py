"""A command is killed at random moments, started again and again, and what it had acknowledged is looked for.

Nothing here knows what the command does: it is told how a line of its output acknowledges something, and what to check
each time it is dead. Acknowledged is what was printed and flushed after it was committed.
"""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
PIECE = 65536  # bytes read at once
PATIENCE = 20  # seconds that orphans have to see that they are

Acknowledged = Callable[[str], "str | None"]  # what a line of stdout acknowledges, if anything
Check = Callable[[Sequence[str]], list[str]]  # what is wrong, given all that was ever acknowledged


@dataclass(slots=True)
class Tally:
    """What a campaign found."""

    kills: int = 0
    ended: int = 0  # runs that came to their end before the signal
    acknowledged: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When to kill: `delay` seconds after the `after`-th acknowledgement; after the start where that is 0.

    `alone`: not its children, which have to end by themselves then.
    """

    after: int
    delay: float
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what it acknowledged, how it ended (-9 when killed), what it wrote to stderr, who outlived it."""

    acknowledged: list[str]
    code: int
    stderr: str
    orphans: int = 0


def campaign(
    command: Sequence[str],
    *,
    kills: int,
    moments: Callable[[], Moment],
    acknowledged: Acknowledged,
    check: Check,
    environment: dict[str, str] | None = None,
) -> Tally:
    """Kill the command that many times, check each time, and let it come to its end once: it must, and with success."""
    tally = Tally()
    while tally.kills < kills and not tally.problems:
        _count(run(command, moments(), acknowledged, environment), tally, check)
    if not tally.problems:
        _count(run(command, None, acknowledged, environment), tally, check)
    return tally


def _count(one: Run, tally: Tally, check: Check) -> None:
    killed = one.code == -signal.SIGKILL
    tally.kills += killed
    tally.ended += not killed
    tally.acknowledged += one.acknowledged
    if not killed and one.code:
        tally.problems.append(f"ended by itself with {one.code}: {one.stderr[-600:]}")
    if one.orphans:
        tally.problems.append(f"orphans: {one.orphans} processes outlived it")
    tally.problems += check(tally.acknowledged)


def run(
    command: Sequence[str],
    moment: Moment | None,
    acknowledged: Acknowledged,
    environment: dict[str, str] | None = None,
) -> Run:
    """Run once and kill it at that moment, by default with all its children; without a moment, wait for its end."""
    with TemporaryFile() as stderr:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=stderr, start_new_session=True
        )
        assert process.stdout is not None
        with process.stdout as output:
            said = bytearray()
            while moment is None or len(_told(said, acknowledged)) < moment.after:
                if not _read(output, said, None):
                    break
            if moment is not None:
                _read_for(output, said, moment.delay)
                _kill(process.pid, moment)
            while _read(output, said, None):
                pass
        code = process.wait()
        orphans = _outlived(process.pid)
        stderr.seek(0)
        last = stderr.read().decode(errors="replace") or said.decode(errors="replace")
        return Run(acknowledged=_told(said, acknowledged), code=code, stderr=last, orphans=orphans)


def _kill(process: int, moment: Moment) -> None:
    """Nobody has waited for it yet: its number, and its group's, are still its own."""
    if moment.alone:
        os.kill(process, signal.SIGKILL)
    else:
        os.killpg(process, signal.SIGKILL)


def _outlived(session: int) -> int:
    """How many processes of a session, whose first one is dead, live on although they had time to see it."""
    end = time.monotonic() + PATIENCE
    while (count := sum(map(_lives, of_session(session)))) and time.monotonic() < end:
        time.sleep(0.01)
    return count


def of_session(session: int) -> list[int]:
    """Processes that were started, however indirectly, by the one that began that session; none where no /proc is."""
    return [int(each.name) for each in Path("/proc").glob("[0-9]*") if _fields(int(each.name))[3:4] == [str(session)]]


def _lives(process: int) -> bool:
    return _fields(process)[:1] not in ([], ["Z"], ["X"])


def _fields(process: int) -> list[str]:
    """What the kernel tells of a process from its state on; nothing where it is gone."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return told.rpartition(")")[2].split()


def _told(said: bytes, acknowledged: Acknowledged) -> list[str]:
    """What whole lines acknowledge; a line that is cut off was not said."""
    found = (acknowledged(line.decode()) for line in bytes(said).split(b"\n")[:-1])
    return [one for one in found if one is not None]


def _read_for(output: IO[bytes], said: bytearray, seconds: float) -> None:
    """Let the command work on for so long, reading what it says."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and _read(output, said, left):
        pass


def _read(output: IO[bytes], said: bytearray, seconds: float | None) -> bool:
    """More output, waiting for it at most so long; False when there is none and when it has ended."""
    if not select.select([output], [], [], seconds)[0]:
        return False
    piece = os.read(output.fileno(), PIECE)
    said += piece
    return bool(piece)


def random_moments(chance: random.Random, *, most: int, start: float, between: float) -> Callable[[], Moment]:
    """Moments after 0 to `most` acknowledgements: up to `start` seconds into the start, `between` after one."""

    def moment() -> Moment:
        after = chance.randint(0, most)
        return Moment(after=after, delay=chance.uniform(0, start if after == 0 else between))

    return moment
