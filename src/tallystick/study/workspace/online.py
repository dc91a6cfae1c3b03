"""Pages of the public web as documents of a workspace, each fetched once; only where a person asked for the network.

What is kept of a page is its exchange, as a web archive: what was asked of whom, and every byte of the answer. It is
sealed like any copy as long as the document is restricted. Where it may lead is guarded by `evidence.online`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from tallystick.evidence.documents.verdicts import refuse
from tallystick.evidence.online.budget import Limits
from tallystick.evidence.online.exchange import dial
from tallystick.evidence.online.fetch import fetch, system_resolver
from tallystick.evidence.online.refusals import OnlineError
from tallystick.study.workspace.read import Source
from tallystick.vocab.errors import UsageError

WHOLE: Final = 200  # the one status with which a server says that this is the page that was asked for
SCHEMES: Final = ("http", "https")


def check_scheme(address: str) -> None:
    """UsageError for an address of anything but the web."""
    scheme = address.partition("://")[0]
    if scheme.lower() not in SCHEMES:
        raise UsageError(f"{address}: is of {scheme}", hint="only http and https are read over the network")


def page(address: str, now: Callable[[], datetime]) -> Source:
    """The page at that address, fetched when its bytes are asked for."""
    return Source(origin=address, place=address, name="page.warc", load=lambda: archived(address, now), is_page=True)


def archived(address: str, now: Callable[[], datetime]) -> bytes:
    """The exchange as a web archive; a DocumentError where there is no whole public page."""
    try:
        found = fetch(address, resolve=system_resolver, now=now, limits=Limits(), connect=dial)
    except OnlineError as error:
        raise refuse("not_fetched", str(error).removeprefix(f"{address}: "), hint=error.hint) from error
    if found.status != WHOLE:
        hint = "look at the address in a browser; what a browser shows can be saved and read as a file"
        raise refuse("not_fetched", f"was answered with status {found.status}, which is no page", hint=hint)
    return found.warc
