"""A model's server for tests: it speaks the protocol on loopback, and answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler"], None]


@dataclass
class Server:
    """What it will answer, one reply a request (the last one again and again), and what it was asked."""

    port: int
    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    models: Reply | None = None  # the answer to who asks which models there are
    written: int = 0  # bytes of the body of a reply that is too long

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def passages(self) -> list[str]:
        """The passages that were sent."""
        return [json.loads(one["messages"][1]["content"])["passage"] for one in self.asked]


class Handler(BaseHTTPRequestHandler):
    """One request; the reply is the test's."""

    state: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.state.asked.append(json.loads(body) | {"path": self.path})
        self.state.headers.append(dict(self.headers.items()))
        left = self.state.replies
        self.close_connection = True
        with suppress(OSError):  # the client hangs up on whoever is slow or sends too much
            (left.pop(0) if len(left) > 1 else left[0])(self)

    def do_GET(self) -> None:
        self.close_connection = True
        self.state.headers.append(dict(self.headers.items()) | {"path": self.path})
        if self.state.models is None:
            self.send_error(404)
        else:
            self.state.models(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test's output is not a log."""


@contextmanager
def serving() -> Iterator[Server]:
    """A server on a free port of loopback, until the block ends."""
    state = Server(0)
    handler = type("One", (Handler,), {"state": state})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            state.closing.set()
            server.shutdown()
            thread.join()


def raw(body: bytes, status: int = 200, **headers: str) -> Reply:
    """These bytes."""

    def reply(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def completion(content: str | None, finish_reason: str = "stop") -> Reply:
    """A completion whose message is `content`."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return raw(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode())


def claims(*found: Mapping[str, Any]) -> Reply:
    """A completion that gives these claims."""
    return completion(json.dumps({"claims": found}))


def serves(*names: str) -> Reply:
    """The list of a server's models."""
    return raw(json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in names]}).encode())


def claim(text: str, quote: str, **other: Any) -> dict[str, Any]:
    """A claim as a model words it: 40 workers are present in the host VS, unless the test says otherwise."""
    said: dict[str, Any] = {
        "quote": quote,
        "start": max(text.find(quote), 0),
        "measure": "workers_present",
        "low": None,
        "point": None,
        "high": None,
        "unit": "persons",
        "host": "QA",
        "sector": "",
        "first_day": "",
        "last_day": "",
        "asserted_by": "",
        "hedge": "",
        "status": "observed",
    }
    return said | other
