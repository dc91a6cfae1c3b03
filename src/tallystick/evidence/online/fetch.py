"""A page of the public web, fetched once and kept with its exchange; only where a person asked for it.

A name is resolved once and the connection goes to an address of that answer, so that a second answer of the resolver
changes nothing. Every address that the resolver names must be public, not only the one that is taken. A redirect is
a new address and is checked as the first was.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from tallystick.evidence.online.addresses import parsed, refusal
from tallystick.evidence.online.budget import Budget, Limits
from tallystick.evidence.online.exchange import Dial, Exchange, dial, exchange
from tallystick.evidence.online.refusals import OnlineError
from tallystick.evidence.online.target import Target, check_signs, refused, target
from tallystick.evidence.online.warc import archive

Resolve = Callable[[str], Sequence[str]]  # a host's name -> its addresses
REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
UNKNOWN: Final = "application/octet-stream"  # what a server that names no type is taken to send (RFC 9110, 8.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step on the way: what was asked, the address that was connected to, and the status of the answer."""

    url: str
    address: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What was fetched. `status` is the server's: a page that says 404 is captured as one, for the caller to judge.

    warc         the exchange, redirects and all, as a web archive
    media_type   as the server names it, without its parameters
    body         the page, unpacked
    """

    warc: bytes
    final_url: str
    status: int
    media_type: str
    body: bytes
    captured_at: datetime
    hops: tuple[Hop, ...]


def system_resolver(host: str) -> tuple[str, ...]:
    """The addresses of a host by this machine's resolver, in its order."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def fetch(
    url: str, *, resolve: Resolve, now: Callable[[], datetime], limits: Limits, connect: Dial = dial,
    trust: ssl.SSLContext | None = None, clock: Callable[[], float] = time.monotonic,
) -> Capture:  # fmt: skip
    """Fetch one page; OnlineError for an address that is not public and an answer that is not plain or not whole.

    connect, trust, clock : how to reach an address, whose certificates to believe, seconds that only run forwards.
    """
    budget, believed = Budget(url, limits, clock), trust or ssl.create_default_context()
    asked, made = target(url), list[Exchange]()
    while True:
        made.append(exchange(asked, _addresses(asked, resolve, budget), budget, connect, believed))
        following = _following(made[-1])
        if following is None:
            return _capture(made, now())
        asked = _checked(following, made, limits)


def _addresses(asked: Target, resolve: Resolve, budget: Budget) -> list[str]:
    """The addresses to connect to, the resolver's first choice first; every one that it names has been checked."""
    named = [str(asked.literal)] if asked.literal is not None else _resolved(asked, resolve, budget)
    try:
        found = [parsed(each) for each in named]
    except ValueError as error:
        raise refused(asked.url, f"resolves to something that is no address: {error}") from None
    for address in found:
        why = refusal(address)
        if why:
            raise refused(asked.url, f"leads to {address}, which is not public ({why})")
    return [str(address) for address in found]


def _resolved(asked: Target, resolve: Resolve, budget: Budget) -> Sequence[str]:
    try:
        found = budget.within(lambda: resolve(asked.host))
    except (OSError, UnicodeError) as error:
        raise refused(asked.url, f"has a host that was not found ({error})") from None
    if not found:
        raise refused(asked.url, "has a host without an address")
    return found


def _following(answer: Exchange) -> Target | None:
    """Where a redirect leads; None for an answer that is none."""
    places = answer.headers.get_all("Location", [])
    if answer.status not in REDIRECTS or not places:
        return None
    if len(set(places)) > 1:
        raise refused(answer.target.url, "is redirected to two places at once")
    place = _decoded(answer.target, places[0])
    check_signs(place)  # before it is joined: joining drops line ends and tabs
    return target(urljoin(answer.target.url, place))


def _decoded(asked: Target, place: str) -> str:
    """A header's bytes, which `http.client` reads as Latin-1, as the UTF-8 that servers mean."""
    try:
        return place.encode("latin-1").decode("utf-8")
    except UnicodeError:
        raise refused(asked.url, "is redirected to an address in an unknown encoding") from None


def _checked(following: Target, made: Sequence[Exchange], limits: Limits) -> Target:
    """The next place, unless there have been too many or it has been asked before."""
    if following.url in {one.target.url for one in made}:
        raise refused(made[0].target.url, f"is redirected in a circle, back to {following.url}")
    if len(made) > limits.redirects:
        raise refused(made[0].target.url, f"is redirected more than {limits.redirects} times")
    return following


def _capture(made: Sequence[Exchange], when: datetime) -> Capture:
    if when.tzinfo is None:
        raise OnlineError("the time of capture has no zone", hint="pass a clock that tells UTC")
    last = made[-1]
    return Capture(
        warc=archive(made, when), final_url=last.target.url, status=last.status, media_type=_media_type(last),
        body=last.body, captured_at=when,
        hops=tuple(Hop(url=one.target.url, address=one.address, status=one.status) for one in made),
    )  # fmt: skip


def _media_type(answer: Exchange) -> str:
    stated = str(answer.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
    return stated or UNKNOWN
