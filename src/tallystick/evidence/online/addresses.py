"""Whether an IP address is one on which the public publishes.

`special_purpose.csv` holds every block of the two special-purpose registries of IANA as they stood on 18 July 2026:
26 of IPv4 (https://www.iana.org/assignments/iana-ipv4-special-registry) and 25 of IPv6 (.../iana-ipv6-...). It ships
because the `ipaddress` of Python knows an older table. `reachable` is the column of the registries.

No block of the registries is fetched from, the reachable ones included: they are relays and anycast services, and
behind a translation prefix (NAT64, 6to4) lies an IPv4 address that nobody has looked at. Multicast stands in other
registries and is added here; of IPv6 only what IANA gives out as global unicast (2000::/3) is taken at all.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
TABLE: Final = "special_purpose.csv"
GLOBAL_UNICAST: Final = IPv6Network("2000::/3")  # RFC 4291; all other space is reserved or has another purpose
ADDED: Final = (  # what the two registries do not list
    ("224.0.0.0/4", "Multicast"),  # RFC 5771
    (
        "168.63.129.16/32",
        "Virtual machine host",
    ),  # a public number that a hosting platform answers inside every machine
)


def refusal(address: Address) -> str:
    """Why nothing is fetched from that address; "" where it may be."""
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return _named(address) or "outside IPv6 global unicast"
    return _named(address)


def parsed(text: str) -> Address:
    """The address that a resolver named; ValueError where it is none."""
    return ip_address(text)


def _named(address: Address) -> str:
    """The name of the narrowest special-purpose block that holds the address."""
    holding = [(block, name) for block, name in blocks() if address.version == block.version and address in block]
    return max(holding, key=lambda found: found[0].prefixlen)[1] if holding else ""


@cache
def blocks() -> tuple[tuple[Network, str], ...]:
    """Every block from which nothing is fetched, with its name."""
    text = files("tallystick.evidence.online").joinpath(TABLE).read_text("ascii")
    listed = [(row["block"], row["name"]) for row in csv.DictReader(io.StringIO(text))]
    return tuple((ip_network(block), name) for block, name in (*listed, *ADDED))
