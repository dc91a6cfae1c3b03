"""How much of a fetch's limits is left: one count of bytes and one end in time for all its hops together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from tallystick.evidence.online.refusals import OnlineError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost, redirects and all."""

    bytes: int = 50_000_000  # received, and once more after unpacking
    seconds: float = 30.0
    redirects: int = 5


class Budget:
    """The limits as they are used up; `clock` gives seconds that never run backwards."""

    def __init__(self, url: str, limits: Limits, clock: Callable[[], float]) -> None:
        self._url, self.limits, self._clock = url, limits, clock
        self._ends, self._received = clock() + limits.seconds, 0

    def seconds(self) -> float:
        """How long the next step may take; OnlineError when nothing is left."""
        left = self._ends - self._clock()
        if left <= 0:
            raise self.late()
        return left

    def receive(self, count: int) -> None:
        """Count received bytes."""
        self._received += count
        self.check_size(self._received)

    def check_size(self, size: int) -> None:
        """Refuse a size above the limit."""
        if size > self.limits.bytes:
            most = f"{self.limits.bytes / 1e6:g} MB"
            raise OnlineError(f"{self._url}: is larger than {most}", hint="save it yourself and read the file")

    def late(self) -> OnlineError:
        """The error to raise when time is up."""
        return OnlineError(
            f"{self._url}: took longer than {self.limits.seconds:g} s", hint="try again, or save it and read the file"
        )

    def within(self, ask: Callable[[], T]) -> T:
        """What `ask` returns or raises, if it does so in time; a resolver cannot be told to hurry, only left behind."""
        answer: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

        def run() -> None:
            try:
                answer.put((ask(), None))
            except Exception as error:  # handed to the asking thread, which raises it
                answer.put((None, error))

        Thread(target=run, daemon=True).start()
        try:
            found, error = answer.get(timeout=self.seconds())
        except Empty:
            raise self.late() from None
        if error is not None:
            raise error
        return found  # type: ignore[return-value]  # None only where `ask` itself returned it
