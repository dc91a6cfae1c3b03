"""Sources: one per page, and every claim is read on exactly one of them."""

from __future__ import annotations

from collections import Counter

from tallystick.evidence.programme import load_programme
from tallystick.evidence.sources import sources

WHOLE = load_programme("dprk")


def test_every_claim_was_read_on_one_page() -> None:
    read = Counter(claim for source in sources(WHOLE) for claim in source.claims)
    assert read == Counter(claim.id for claim in WHOLE.claims)


def test_one_address_is_one_source() -> None:
    addresses = Counter(source.url for source in sources(WHOLE))
    assert [url for url, times in addresses.items() if times > 1] == []
    assert len({source.id for source in sources(WHOLE)}) == len(sources(WHOLE))


def test_a_source_keeps_its_name_while_its_page_stays() -> None:
    assert [source.id for source in sources(WHOLE)] == [source.id for source in sources(load_programme("dprk"))]
