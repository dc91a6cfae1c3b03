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
    """When to kill: `delay` seconds after the `after`-th acknowledgement; after the start where that is 0."""

    after: int
    delay: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what it acknowledged, how it ended (-9 when killed), what it wrote to stderr."""

    acknowledged: list[str]
    code: int
    stderr: str


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
    tally.problems += check(tally.acknowledged)


def run(
    command: Sequence[str],
    moment: Moment | None,
    acknowledged: Acknowledged,
    environment: dict[str, str] | None = None,
) -> Run:
    """Run once and kill it at that moment, with all its children; without a moment, wait for its end."""
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
                os.killpg(process.pid, signal.SIGKILL)  # nobody has waited for it yet: the group is still its own
            while _read(output, said, None):
                pass
        code = process.wait()
        stderr.seek(0)
        return Run(acknowledged=_told(said, acknowledged), code=code, stderr=stderr.read().decode(errors="replace"))


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
