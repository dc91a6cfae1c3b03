"""The pages that claims cite: who published what, when, and which claims were read there."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256

from tallystick.vocab.programme import Programme, Source
from tallystick.vocab.records import Claim


def sources(programme: Programme) -> tuple[Source, ...]:
    """One source per page, in the order of publisher and date; a page is its address, publisher, title and date."""
    pages: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for claim in programme.claims:
        pages[_page(claim)].append(claim.id)
    found = [
        Source(
            id=_source_id(page),
            published_by=page[1],
            title=page[2],
            published_on=page[3],
            url=page[0],
            claims=tuple(sorted(claims)),
        )
        for page, claims in pages.items()
    ]
    return tuple(sorted(found, key=lambda source: (source.published_by.casefold(), source.published_on, source.id)))


def _page(claim: Claim) -> tuple[str, str, str, str]:
    return claim.url, claim.published_by, claim.title, claim.published_on


def _source_id(page: tuple[str, str, str, str]) -> str:
    """A short name that stays the same while the page does: S and ten digits of its hash."""
    return "S" + sha256("\n".join(page).encode("utf-8")).hexdigest()[:10]
