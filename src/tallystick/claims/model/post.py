"""One exchange with a model's server: a body out, a body of limited size back, within a limited time.

Proxies of the environment are not used and redirects are not followed: what is sent goes to the host that was named, or
nowhere. Messages give the server's status and never its words, which may repeat the key.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection

from tallystick.claims.model.endpoint import Endpoint
from tallystick.evidence.faults import shown
from tallystick.vocab.errors import RunError

BUSY = frozenset({429, 500, 502, 503, 504})  # worth asking again; anything else will be answered alike
FIRST_PAUSE = 1.0  # seconds before the second attempt when the server names no pause; doubled each time
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Busy:
    """A server that cannot answer now, and the pause in seconds that it asks for, if it says."""

    status: int
    pause: float | None


def post(endpoint: Endpoint, body: bytes, *, key: str, sleep: Sleep) -> bytes:
    """The body of the server's answer with status 200.

    Raises
    ------
    RunError
        The server cannot be reached, is too slow, sends too much, refuses, or stays busy for every attempt.
    """
    return _asked(endpoint, body, key, sleep)


def listed(endpoint: Endpoint, *, key: str, sleep: Sleep) -> bytes:
    """What the server says of the models that it serves; raises as `post` does. Nothing of any text is sent."""
    return _asked(endpoint, None, key, sleep)


def _asked(endpoint: Endpoint, body: bytes | None, key: str, sleep: Sleep) -> bytes:
    pause, attempt = FIRST_PAUSE, 1
    while isinstance(answer := _exchange(endpoint, body, key), _Busy):
        wait = pause if answer.pause is None else answer.pause
        if attempt == endpoint.attempts or wait > endpoint.longest_wait:
            raise _still_busy(endpoint, answer, attempt)
        sleep(wait)
        pause, attempt = 2 * pause, attempt + 1
    return answer


def _exchange(endpoint: Endpoint, body: bytes | None, key: str) -> bytes | _Busy:
    connection = _connection(endpoint)
    late = threading.Event()
    try:
        connection.connect()
        answer = _within(endpoint, connection, late, body, key)
    except (OSError, HTTPException) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise _too_slow(endpoint) from error
        raise _fault(endpoint, f"could not be asked ({type(error).__name__})", "is the server running?") from error
    finally:
        connection.close()
    if late.is_set():  # hung up on: what came is only a part
        raise _too_slow(endpoint)
    return answer


def _within(
    endpoint: Endpoint, connection: HTTPConnection, late: threading.Event, body: bytes | None, key: str
) -> bytes | _Busy:
    """Ask and read, hanging up when the time is over: a socket's own limit starts anew with each byte that drips in."""
    watch = threading.Timer(endpoint.seconds, _hang_up, (connection.sock, late))
    watch.daemon = True
    watch.start()
    try:
        if body is None:
            connection.request("GET", endpoint.list_path, headers=_headers(key))
        else:
            connection.request("POST", endpoint.path, body=body, headers=_headers(key))
        with connection.getresponse() as response:
            return _read(endpoint, response)
    finally:
        watch.cancel()


def _connection(endpoint: Endpoint) -> HTTPConnection:
    if endpoint.secure:
        context = ssl.create_default_context()
        return HTTPSConnection(endpoint.host, endpoint.port, timeout=endpoint.seconds, context=context)
    return HTTPConnection(endpoint.host, endpoint.port, timeout=endpoint.seconds)


def _hang_up(line: socket.socket, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError):  # it ended by itself in this very moment
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # of the line itself, below any encryption: the reader wakes up


def _headers(key: str) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    return headers | ({"Authorization": f"Bearer {key}"} if key else {})


def _read(endpoint: Endpoint, response: HTTPResponse) -> bytes | _Busy:
    if response.status in BUSY:
        return _Busy(response.status, _pause(response.headers))
    if response.status != 200:
        raise _fault(endpoint, f"answered with status {response.status}", _way_out(response.status))
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise _fault(endpoint, "sent a compressed answer, which was not asked for", "")
    if (response.length or 0) > endpoint.largest_answer:
        raise _too_large(endpoint)
    body = response.read(endpoint.largest_answer + 1)
    if len(body) > endpoint.largest_answer:
        raise _too_large(endpoint)
    if response.length:  # bytes announced that never came
        raise _fault(endpoint, "broke off in the middle of its answer", "try again")
    return body


def _pause(headers: HTTPMessage) -> float | None:
    """Seconds of `Retry-After`; a date is measured from the server's own `Date`, so that no clock of ours is read."""
    asked = (headers.get("Retry-After") or "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        apart = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date") or "")
    except (ValueError, TypeError):  # no date, or one with and one without a zone: the server said nothing usable
        return None
    return max(0.0, apart.total_seconds())


def _way_out(status: int) -> str:
    if status in (401, 403):
        return "look at the API key in the environment variable that the endpoint names"
    if status == 404:
        return "does the URL end where the server's base does, as in /v1, and is the model's name right?"
    if 300 <= status < 400:
        return "it points elsewhere, which is not followed: name the right URL"
    return "does this server know response_format with a JSON schema?" if status in (400, 422) else ""


def _still_busy(endpoint: Endpoint, answer: _Busy, attempts: int) -> RunError:
    asked = "" if answer.pause is None else f" and asks for a pause of {answer.pause:g} s"
    return _fault(endpoint, f"answered with status {answer.status} in {attempts} attempts{asked}", "try later")


def _too_slow(endpoint: Endpoint) -> RunError:
    return _fault(endpoint, f"did not answer within {endpoint.seconds:g} s", "allow more seconds, or a smaller model")


def _too_large(endpoint: Endpoint) -> RunError:
    return _fault(endpoint, f"sent more than {endpoint.largest_answer:,} bytes", "")


def _fault(endpoint: Endpoint, problem: str, hint: str) -> RunError:
    return RunError(f"the model's endpoint {shown(endpoint.host)} {problem}", hint=hint)
