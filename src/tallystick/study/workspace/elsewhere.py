"""Whether documents may be handed to a cluster: its workers get their bytes, sealed by nothing but the way there."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from tallystick.vocab.errors import UsageError

ENCRYPTED: Final = "tls"
LOCAL: Final = "localhost"


def check_cluster(address: str, *, restricted: bool, may_leave: bool) -> None:
    """UsageError where a restricted document would go to another machine unasked, or for all on the way to read."""
    if not restricted or _is_here(address):
        return
    if not address.lower().startswith(f"{ENCRYPTED}://"):
        hint = f"use a scheduler on this machine, or one at {ENCRYPTED}://..., or mark what is published with --public"
        raise UsageError(
            f"--cluster {address}: the documents are restricted, and would travel there unencrypted", hint=hint
        )
    if not may_leave:
        hint = "mark what is published with --public, or say with --may-leave that they may leave this machine"
        raise UsageError(f"--cluster {address}: the documents are restricted, and that is another machine", hint=hint)


def _is_here(address: str) -> bool:
    """Whether the scheduler answers on loopback; a name that happens to resolve there today is not meant."""
    try:
        host = urlsplit(address if "://" in address else f"tcp://{address}").hostname or ""
    except ValueError:  # brackets that hold no address
        return False
    if host == LOCAL:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name
        return False
