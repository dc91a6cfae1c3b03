"""A server on this machine that answers as it is told, and the only way to reach it: a dialler that tests put in.

The guards are never loosened: fetching believes that it talks to a public address, and the dialler, which it hands that
address to, connects to the server here.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

from tallystick.evidence.online.budget import Limits
from tallystick.evidence.online.fetch import Capture, fetch

PUBLIC = "93.184.216.34"
PEM = Path(__file__).with_name("server.pem")
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Here:
    """A running server; `heard` are the requests that it got, `dialled` the addresses that were to be connected to."""

    port: int
    answers: dict[str, Answer]
    heard: list[bytes] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def fetch(self, url: str, names: Mapping[str, Sequence[str]] | None = None, **changes: Any) -> Capture:
        """Fetch from this server; every name is public unless `names` says otherwise."""

        def resolve(host: str) -> Sequence[str]:
            self.asked.append(host)
            return (names or {}).get(host, (PUBLIC,))

        options: dict[str, Any] = {"resolve": resolve, "now": lambda: NOON, "limits": Limits(), "connect": self.connect}
        return fetch(url, **(options | changes))


@contextmanager
def serving(answers: Mapping[str, Answer], *, tls: bool = False) -> Iterator[Here]:
    """A server that sends, for each path, those bytes, and closes; a callable may do as it likes with the line."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        here = Here(listener.getsockname()[1], dict(answers))
        thread = Thread(target=_serve, args=(listener, here, tls), daemon=True)
        thread.start()
        yield here
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(listener: socket.socket, here: Here, tls: bool) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        with line:
            try:
                with context.wrap_socket(line, server_side=True) if tls else line as spoken:
                    _answer(spoken, here)
            except OSError:  # the other side left, which is what many of these tests are about
                continue


def _answer(line: socket.socket, here: Here) -> None:
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        piece = line.recv(65_536)
        if not piece:
            return
        request += piece
    here.heard.append(request)
    answer = here.answers[request.split(b" ")[1].decode()]
    if callable(answer):
        answer(line)
    else:
        line.sendall(answer)


def page(body: bytes = b"<p>words", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer with its length; a header's name has underscores for hyphens."""
    stated = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    stated |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in stated.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def redirect(place: str, status: str = "302 Found") -> bytes:
    return page(b"", status, Location=place)
