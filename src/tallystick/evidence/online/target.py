"""What a URL asks for: which host, which port, which path. Read strictly, since two readers of one URL may differ.

A URL is refused, and not repaired, where it holds a name and password, another scheme or port than the web's, a sign
that a browser would drop, or a host that is an IP address written in any other way than the usual one (2130706433,
0x7f.1 and 127.1 all mean 127.0.0.1 to some resolver).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final
from unicodedata import category
from urllib.parse import SplitResult, quote, urlsplit

from tallystick.evidence.online.addresses import Address
from tallystick.evidence.online.refusals import OnlineError
from tallystick.vocab.cells import printable

PORTS: Final = {"http": 80, "https": 443}
LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
NUMBER: Final = re.compile(r"\d+|0x[0-9a-f]*")  # a last label that makes the whole host an address in numbers
NOT_PUBLIC: Final = frozenset(  # names that the public DNS does not know (RFC 6761, 6762, 7686, 8375, 9476)
    ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "onion", "alt", "test", "invalid", "arpa")
)
KEPT: Final = "%/:@!$&'()*+,;=~-._?"  # signs of a path or query that stay as they are
LONGEST: Final = 8_000  # characters; servers refuse longer addresses, and so do archives
HINT: Final = "read a file that you saved yourself, or give the address of the public page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One page to ask for; `host` is in the letters of the DNS, without a full stop at its end."""

    scheme: str
    host: str
    port: int
    path: str  # with the query, percent-encoded
    literal: Address | None  # where the host is an address in numbers

    @property
    def authority(self) -> str:
        """Host and port as the `Host` header and a URL have them."""
        host = f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in its one spelling; a fragment is never sent and is gone."""
        return f"{self.scheme}://{self.authority}{self.path}"


def target(url: str) -> Target:
    """What `url` asks for; OnlineError where it is not plainly one page of the public web."""
    check_signs(url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise refused(url, f"is no address of a page: {error}") from None
    if parts.scheme not in PORTS:
        raise refused(url, f"is not of http or https but of {parts.scheme or 'nothing'}")
    if "@" in parts.netloc:
        raise refused(f"{parts.scheme}://...", "holds a name or password, which would be sent to the host")
    chosen = PORTS[parts.scheme] if port is None else port
    if chosen not in PORTS.values():
        raise refused(url, f"names port {chosen}; only 80 and 443 are asked")
    host, literal = _host(url, parts)
    return Target(scheme=parts.scheme, host=host, port=chosen, path=_path(parts), literal=literal)


def check_signs(url: str) -> None:
    """Refuse what one reader drops and another does not: blanks, control signs, invisible signs, backslashes."""
    if len(url) > LONGEST:
        raise refused(url[:80] + "...", f"has more than {LONGEST:,} characters")
    for sign in url:
        if sign == "\\" or category(sign)[0] in "CZ":
            raise refused(url, f"holds the sign U+{ord(sign):04X}, which is no part of an address")


def refused(url: str, why: str) -> OnlineError:
    """The error to raise: what was asked for, and why it is not fetched."""
    return OnlineError(f"{printable(url)}: {why}", hint=HINT)


def _host(url: str, parts: SplitResult) -> tuple[str, Address | None]:
    named = parts.hostname or ""
    if "[" in parts.netloc or "]" in parts.netloc:
        return _bracketed(url, named)
    try:
        host = named.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise refused(url, "has a host that the DNS cannot spell") from None
    labels = host.split(".")
    if len(host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise refused(url, "has no host that the DNS could know")
    if NUMBER.fullmatch(labels[-1]):
        return _dotted(url, host)
    if len(labels) == 1 or labels[-1] in NOT_PUBLIC:
        raise refused(url, f"names {host}, which is no name of the public DNS")
    return host, None


def _bracketed(url: str, named: str) -> tuple[str, Address]:
    try:
        address = IPv6Address(named)
    except ValueError:
        address = None
    if address is None or address.scope_id is not None:
        raise refused(url, "has no IPv6 address between its brackets")
    return str(address), address


def _dotted(url: str, host: str) -> tuple[str, Address]:
    try:
        address = IPv4Address(host)  # takes neither a missing number, nor a leading zero, nor 0x
    except ValueError:
        raise refused(url, "writes an IP address in another way than as four plain numbers") from None
    return str(address), address


def _path(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return quote((parts.path or "/") + query, safe=KEPT)
