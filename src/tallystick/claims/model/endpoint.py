"""Where a language model answers, and what may be sent there.

An endpoint on loopback is this machine and nothing else. `localhost` is taken for it only while it resolves to loopback
alone; a name that happens to resolve there today is not.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from tallystick.evidence.faults import shown
from tallystick.vocab.errors import UsageError

PATH = "/chat/completions"  # what every OpenAI-compatible server serves below its base URL
MODELS = "/models"  # and where it names what it serves
SAFE_KEY = re.compile(r"[\x21-\x7e]+")  # what a header may carry; a line break would let a key write headers of its own
LOCAL = "localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One model at one OpenAI-compatible server.

    url              the base, as servers document it: http://127.0.0.1:8000/v1
    model            the name that the server knows it by
    key_variable     environment variable that holds the API key, "" for none; the key itself is never kept here
    seconds          to connect, and again from the first byte sent to the last one received
    largest_answer   bytes of one answer; a longer one is refused unread
    attempts         how often one passage is sent when the server is busy or fails
    longest_wait     seconds; a server that asks for a longer pause is not waited for
    """

    url: str
    model: str
    key_variable: str = ""
    seconds: float = 120.0
    largest_answer: int = 4_000_000
    attempts: int = 3
    longest_wait: float = 60.0

    def __post_init__(self) -> None:
        _check(self)

    @property
    def secure(self) -> bool:
        """Whether what is sent is encrypted on its way."""
        return urlsplit(self.url).scheme == "https"

    @property
    def host(self) -> str:
        """The name or address, without brackets."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port named, or the scheme's own."""
        return urlsplit(self.url).port or (443 if self.secure else 80)

    @property
    def path(self) -> str:
        """What is posted to."""
        return urlsplit(self.url).path.rstrip("/") + PATH

    @property
    def list_path(self) -> str:
        """Where the server names its models."""
        return urlsplit(self.url).path.rstrip("/") + MODELS

    @property
    def on_loopback(self) -> bool:
        """Whether this machine alone can hear what is sent."""
        address = _address(self.host)
        return address.is_loopback if address is not None else self.host == LOCAL and _all_loopback(self.port)


def may_be_sent(endpoint: Endpoint, *, restricted: bool, may_leave: bool) -> None:
    """Raise when a text that is kept back would leave this machine without anybody having said so."""
    if restricted and not may_leave and not endpoint.on_loopback:
        raise UsageError(
            f"the document is restricted, and the model's endpoint {shown(endpoint.host)} is another machine",
            hint="mark it public, use a model on this machine, or say that this text may leave it (--may-leave)",
        )


def key_of(endpoint: Endpoint, environment: Mapping[str, str]) -> str:
    """The API key, "" where the endpoint takes none; never repeated in a message."""
    if not endpoint.key_variable:
        return ""
    key = environment.get(endpoint.key_variable, "").strip()
    if not key:
        raise UsageError(f"the environment variable {shown(endpoint.key_variable)} holds no API key", hint="set it")
    if not SAFE_KEY.fullmatch(key):
        raise UsageError(
            f"what {shown(endpoint.key_variable)} holds cannot be an API key: it has spaces or other signs"
        )
    if not endpoint.secure and not endpoint.on_loopback:
        raise UsageError(f"an API key would travel unencrypted to {shown(endpoint.host)}", hint="use https")
    return key


def _check(endpoint: Endpoint) -> None:
    if "@" in endpoint.url:
        raise UsageError(
            "the endpoint's URL holds a password, which would be shown", hint="name an environment variable"
        )
    parts = _split(endpoint.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{shown(endpoint.url)} is no http(s) URL of a model's endpoint")
    if parts.query or parts.fragment:
        raise UsageError(f"the endpoint's URL {shown(endpoint.url)} has a query", hint="give the base, as far as /v1")
    if not endpoint.url.isascii() or not endpoint.url.isprintable() or " " in endpoint.url:
        raise UsageError(f"the endpoint's URL {shown(endpoint.url)} has signs that no URL may have")
    if not endpoint.model.strip() or not endpoint.model.isprintable():
        raise UsageError(f"{shown(endpoint.model)} is no name of a model")
    if min(endpoint.seconds, endpoint.largest_answer, endpoint.attempts) <= 0 or endpoint.longest_wait < 0:
        raise UsageError("an endpoint needs time, room and at least one attempt")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read here, where a port that is none can still be named
    except ValueError as error:
        raise UsageError(f"{shown(url)} is no URL of a model's endpoint: {error}") from error
    return parts


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:  # a name
        return None


def _all_loopback(port: int) -> bool:
    try:
        found = socket.getaddrinfo(LOCAL, port, type=socket.SOCK_STREAM)
    except OSError:  # it resolves to nothing: then nothing says that it is this machine
        return False
    return bool(found) and all(ip_address(one[4][0]).is_loopback for one in found)
