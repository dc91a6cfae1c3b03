"""Long work cut into turns, each kept in a file as soon as it is done, so that who is cut off goes on with the next.

A turn is known by its part, number, seed and counts, by what runs it, and by a hash of all code that it tests or is
made of: other code runs all of them again. What a turn found wrong is kept too: to ask again makes nothing good.
"""

from __future__ import annotations

import os
import platform
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from tallystick.study.hashes import code_hash, hash_of, sha256_of
from tests.torture.kill import ROOT

FOLDER = ROOT / "build" / "torture"
TREES = (ROOT / "tests" / "torture", ROOT / "tests" / "hostile")
DIGITS = 16  # of a hash, in the name of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A piece of one part of the work, which needs nothing of another piece."""

    part: str
    number: int
    seed: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What came of a turn, how long it took, and when the run began that did it."""

    result: Any
    seconds: float
    begun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where results are kept, of which code, by the run that began at that hour."""

    folder: Path
    code: str
    begun: str

    def file(self, turn: Turn) -> Path:
        """Where that turn's result lies, if it was done."""
        key = hash_of([platform.python_version(), sqlite3.sqlite_version, msgspec.to_builtins(turn)])
        part = turn.part.replace(" ", "-")
        return self.folder / f"{self.code[:DIGITS]}-{part}-{turn.number:03}-{key[:DIGITS]}.json"

    def keep(self, turn: Turn, result: object, seconds: float) -> None:
        """Write it, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.file(turn)
        draft = file.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as stream:
            stream.write(msgspec.json.encode(Kept(result=result, seconds=seconds, begun=self.begun)))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)

    def kept(self, turn: Turn, kind: type) -> Kept:
        """What was kept of a turn that was done."""
        told = msgspec.json.decode(self.file(turn).read_bytes(), type=Kept)
        result = msgspec.convert(told.result, kind, dec_hook=lambda _, counts: Counter(counts))
        return Kept(result=result, seconds=told.seconds, begun=told.begun)

    def tidy(self) -> None:
        """Remove what was kept of other code."""
        for file in self.folder.glob("*") if self.folder.is_dir() else ():
            if not file.name.startswith(f"{self.code[:DIGITS]}-"):
                file.unlink()


def code() -> str:
    """A hash of the package and of the tests that are run here."""
    files = (file for tree in TREES for file in sorted(tree.rglob("*.py")))
    return hash_of([code_hash([""]), *((str(file.relative_to(ROOT)), sha256_of(file)) for file in files)])


def turns_of(part: str, seed: int, counts: Sequence[dict[str, int]]) -> list[Turn]:
    """One turn for each of those counts, each with a seed of its own."""
    return [
        Turn(part=part, number=number, seed=random.Random(f"{seed} {part} {number}").randrange(1 << 32), counts=each)
        for number, each in enumerate(counts)
    ]


def run_all(turns: Sequence[Turn], do: Callable[[Turn], object], shelf: Shelf, at_once: int = 1) -> None:
    """Do those turns that are not kept, in so many processes at once; `do` is a function of a module."""
    shelf.tidy()
    left = [turn for turn in turns if not shelf.file(turn).is_file()]
    _say(f"{len(turns) - len(left)} of {len(turns)} turns were done before and are taken over from {shelf.folder}")
    for count, turn in enumerate(_done(left, do, shelf, at_once), start=1):
        _say(f"{count} of {len(left)}: {turn.part} {turn.number}")


def _done(left: Sequence[Turn], do: Callable[[Turn], object], shelf: Shelf, at_once: int) -> Iterator[Turn]:
    if at_once == 1:
        yield from (run_one(turn, do, shelf) for turn in left)
        return
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(run_one, turn, do, shelf) for turn in left]):
            yield future.result()


def run_one(turn: Turn, do: Callable[[Turn], object], shelf: Shelf) -> Turn:
    """Do a turn and keep what came of it, in whichever process this is."""
    begun = time.monotonic()
    result = do(turn)
    shelf.keep(turn, result, time.monotonic() - begun)
    return turn


def _say(line: str) -> None:
    sys.stderr.write(f"torture: {line}\n")
    sys.stderr.flush()
