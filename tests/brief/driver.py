"""Drives Chromium through the pipe that it offers for this: open a page, evaluate, read the answer."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds for one answer, on a loaded machine


class Tab:
    """One open page."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes, self._rest = reads, writes, b""
        self._number, self._session = 0, ""

    def open(self, address: str) -> None:
        """Open the address and wait until it has loaded."""
        target = self._ask("Target.createTarget", url=address)["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        end = time.monotonic() + PATIENCE
        while self.evaluate("document.readyState + location.protocol") != "completefile:":
            if time.monotonic() > end:
                raise TimeoutError(f"{address} did not load")
            time.sleep(0.05)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression; it runs beside the page's policy, as a reader's hand would."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True, userGesture=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writes, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        found: dict[str, Any] = answer["result"]
        return found

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._reads, 1 << 16)
            if not piece:
                raise EOFError("the browser is gone")
            self._rest += piece
        line, self._rest = self._rest.split(b"\0", 1)
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def browser(program: str, flags: list[str], home: Path) -> Iterator[Tab]:
    """A browser with a profile of its own, gone afterwards."""
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()

    def give() -> None:
        """Chromium looks for its orders at 3 and answers at 4."""
        orders, answers = os.dup(to_read), os.dup(from_write)
        os.dup2(orders, 3)
        os.dup2(answers, 4)

    command = [program, *flags, "--remote-debugging-pipe", f"--user-data-dir={home}"]
    run = subprocess.Popen(
        command, preexec_fn=give, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(to_read)
    os.close(from_write)
    try:
        yield Tab(from_read, to_write)
    finally:
        run.kill()
        run.wait()
        os.close(from_read)
        os.close(to_write)
