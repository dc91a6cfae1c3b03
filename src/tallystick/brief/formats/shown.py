"""What an export may speak of: the programme's rows less those that are withheld.

Not the evidence itself: here a withheld row does not even stand with a sign in its place, and a page on which nothing
else was read is left out with it. Nothing here asks for a fit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tallystick.evidence.quote_rows import Quote, quotes
from tallystick.evidence.read_notes import acceptance
from tallystick.evidence.sources import sources
from tallystick.evidence.withheld import withheld
from tallystick.reconcile.account import Account
from tallystick.reconcile.wording import figure, measure_name, period, place
from tallystick.vocab.cells import printable
from tallystick.vocab.programme import Programme, Source
from tallystick.vocab.records import Claim, Event

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The rows that exports are made of, each tuple by id, so that the order of rows in a file moves no byte."""

    programme: Programme
    account: Account
    pages: tuple[Source, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    page_of: Mapping[str, Source]  # by the id of a claim that may be shown
    quotes: Mapping[str, Quote]  # by the id of such a claim: its words, where a copy of the page is held

    def parents(self, claim: Claim) -> tuple[tuple[str, bool], ...]:
        """Claims that a claim goes back to, as its row has them, and whether the link is proven."""
        named = dict.fromkeys(claim.suspected_from, False) | dict.fromkeys(claim.derived_from, True)
        return tuple((name, proven) for name, proven in named.items() if name in self.page_of and name != claim.id)

    def origin(self, claim: Claim) -> str:
        """The claim's origin, named by a claim that may be shown."""
        return next(name for name in self.account.origin_of(claim.id).members if name in self.page_of)

    def reason(self, claim: Claim) -> str:
        """Why the claim has its disposition; "" where the reason may speak of a claim that is withheld."""
        members = self.account.origin_of(claim.id).members
        return self.account.disposition_of(claim.id).reason if all(name in self.page_of for name in members) else ""


def shown(programme: Programme, account: Account) -> Shown:
    """Everything of a programme that an export may name."""
    silent = withheld(programme)
    pages = tuple(sorted(_pages(programme, silent), key=lambda page: page.id))
    return Shown(
        programme=programme,
        account=account,
        pages=pages,
        claims=tuple(sorted((row for row in programme.claims if row.id not in silent), key=lambda row: row.id)),
        events=tuple(sorted((row for row in programme.events if row.id not in silent), key=lambda row: row.id)),
        page_of={claim: page for page in pages for claim in page.claims},
        quotes={claim: quote for claim, quote in quotes(programme).items() if claim not in silent},
    )


def _pages(programme: Programme, silent: frozenset[str]) -> list[Source]:
    told = ((page, tuple(claim for claim in page.claims if claim not in silent)) for page in sources(programme))
    return [replace(page, claims=claims) for page, claims in told if claims]


def said(claim: Claim, programme: Programme) -> str:
    """A claim as one sentence without its verb: figure, measure, place, time and who is said to have said it.

    Where a program found nobody named, the publisher stands in as the asserter: it published, and is not said to say.
    """
    words = f"{figure(claim)}: {measure_name(claim, programme)}, {place(claim, programme)}, {period(claim)}"
    hedge = f" ({claim.hedge})" if claim.hedge else ""
    only_published = bool(acceptance(claim.note)) and claim.asserted_by.casefold() == claim.published_by.casefold()
    return f"{words}; {'published' if only_published else 'said'} by {claim.asserted_by}{hedge}"


def web(page: Source) -> str:
    """The page's address on the web; "" for one that was read as a file."""
    return page.url if page.url.casefold().startswith(WEB) else ""


def json_text(value: Any, *, indent: int | None = None) -> str:
    """JSON with sorted keys, characters as they are, and nothing that a terminal obeys; NaN is refused."""
    return json.dumps(_clean(value), ensure_ascii=False, allow_nan=False, sort_keys=True, indent=indent)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {printable(key): _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list | tuple) else value
