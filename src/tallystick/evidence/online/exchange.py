"""One request and its answer, byte by byte, with the address that was decided on before.

Nothing here resolves a name, follows a redirect or reads the environment: no proxies, no cookies, no stored passwords.
The bytes sent and received are kept as they were, since they become the record of the exchange.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any, Final

from tallystick.evidence.online.budget import Budget
from tallystick.evidence.online.refusals import OnlineError
from tallystick.evidence.online.target import Target
from tallystick.evidence.online.unpack import unpacked
from tallystick.vocab.version import VERSION

Dial = Callable[[str, int, float], socket.socket]  # address, port, seconds
PIECE: Final = 65_536  # bytes
MOST_TRIED: Final = 4  # addresses of one host, so that each has its seconds
STATUS: Final = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was asked, of whom, and what was answered; `body` is unpacked, `response` is as it came."""

    target: Target
    address: str
    request: bytes
    response: bytes
    status: int
    headers: Message
    body: bytes


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to that very address."""
    return socket.create_connection((address, port), timeout=seconds)


def exchange(asked: Target, addresses: Sequence[str], budget: Budget, connect: Dial, trust: ssl.SSLContext) -> Exchange:
    """Ask the host at one of `addresses` for one page. OnlineError for an answer that is not whole or not plain."""
    try:
        address, line = _reached(asked, addresses[:MOST_TRIED], budget, connect)
        with line if asked.scheme == "http" else _secured(asked, line, budget, trust) as spoken:
            request = _request(asked)
            spoken.settimeout(budget.seconds())
            spoken.sendall(request)
            tape = Tape(spoken, budget)
            status, headers, body = _answer(asked, tape, budget)
    except TimeoutError:
        raise budget.late() from None
    except ssl.SSLCertVerificationError as error:
        raise _failed(asked, f"has a certificate that is not trusted: {error.verify_message}") from None
    except (OSError, http.client.HTTPException) as error:
        raise _failed(asked, f"gave no answer that could be read ({type(error).__name__}: {error})") from None
    return Exchange(
        target=asked, address=address, request=request, response=bytes(tape.heard), status=status, headers=headers,
        body=body,
    )  # fmt: skip


def _reached(asked: Target, addresses: Sequence[str], budget: Budget, connect: Dial) -> tuple[str, socket.socket]:
    """The first address that takes a connection; each may use its share of the time that is left."""
    *others, last = addresses
    for number, address in enumerate(others):
        try:
            return address, connect(address, asked.port, budget.seconds() / (len(addresses) - number))
        except OSError:  # one that cannot be reached is no fault while there is another
            continue
    return last, connect(last, asked.port, budget.seconds())


def _secured(asked: Target, line: socket.socket, budget: Budget, trust: ssl.SSLContext) -> ssl.SSLSocket:
    """The line under TLS; one that fails is closed by `ssl` itself."""
    line.settimeout(budget.seconds())
    return trust.wrap_socket(line, server_hostname=asked.host)


def _request(asked: Target) -> bytes:
    """HTTP/1.1 in the fewest words: who asks, and that one answer is enough."""
    lines = (
        f"GET {asked.path} HTTP/1.1", f"Host: {asked.authority}", f"User-Agent: Tallystick/{VERSION}", "Accept: */*",
        "Accept-Encoding: gzip", "Connection: close", "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode("ascii")


class Tape(io.RawIOBase):
    """A connection as a stream that keeps what it hears and never outlives the budget."""

    def __init__(self, line: socket.socket, budget: Budget) -> None:
        super().__init__()
        self._line, self._budget, self.heard = line, budget, bytearray()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._line.settimeout(self._budget.seconds())  # anew each time: a slow drip never trips a timeout of its own
        count = self._line.recv_into(buffer)
        self.heard += memoryview(buffer)[:count]
        self._budget.receive(count)
        return count

    def makefile(self, *_: object) -> io.BufferedReader:
        """What `http.client` asks of a socket."""
        return io.BufferedReader(self)


def _answer(asked: Target, tape: Tape, budget: Budget) -> tuple[int, Message, bytes]:
    response = http.client.HTTPResponse(tape, method="GET")  # type: ignore[arg-type]  # it only calls makefile
    response.begin()
    first = STATUS.match(tape.heard)
    if first is None or int(first[1]) != response.status or response.status < 200:
        raise _failed(asked, "sent something else before its answer")
    _check_framing(asked, response.headers, budget)
    packed = bytearray()
    while piece := response.read(PIECE):
        packed += piece
    if response.length:  # what was promised and never came
        raise _failed(asked, f"broke off {response.length:,} bytes before its end")
    return response.status, response.headers, unpacked(asked, response.headers, bytes(packed), budget)


def _check_framing(asked: Target, headers: Message, budget: Budget) -> None:
    """Refuse an answer of which two readers could see different ends."""
    lengths, codings = (headers.get_all(name, []) for name in ("Content-Length", "Transfer-Encoding"))
    if any(not (length.isascii() and length.isdigit()) for length in lengths) or len(set(lengths)) > 1:
        raise _failed(asked, "does not say plainly how long its answer is")
    if codings and (lengths or [coding.strip().lower() for coding in codings] != ["chunked"]):
        raise _failed(asked, f"sends its answer as {', '.join(codings)}, of which the end is not plain")
    for length in lengths:
        budget.check_size(int(length[:20]))  # a number of more digits is too large as well


def _failed(asked: Target, why: str) -> OnlineError:
    return OnlineError(f"{asked.url}: {why}", hint="try again, or save the page yourself and read the file")
