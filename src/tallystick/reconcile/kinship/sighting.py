"""A claim as kinship sees it: what it says, who is named for it, where and when it was printed.

It carries no link. Claims of the evidence and proposals read from a text both become sightings, so that the links of
the evidence can be hidden and found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from unicodedata import name

from tallystick.evidence.quantities import currency_of
from tallystick.evidence.tables import columns
from tallystick.reconcile.kinship.figures import Figure, Key, keys_of
from tallystick.reconcile.kinship.pages import Page
from tallystick.vocab.records import Claim

NAME = re.compile(r"[^\W\d_]{2,}")
FULL_NAME = re.compile(r"[A-Z][a-z]+ (?:(?:of|for|on) )?(?:[A-Z][a-z]+ (?:(?:of|for|on) )?){0,3}[A-Z][a-z]+")
PARTICLES = frozenset(
    columns(
        "the of a an by via from to and or in on for its his her their with one some unnamed unsourced source sources "
        "named not official officials report reports reported estimate estimates copy government ministry minister "
        "service services media news agency agencies press author authors experts analysts us"
    )
)
OPEN = "bound"  # as the evidence says that nothing closer is known of when a figure was asserted
FIELDS = frozenset(("measure", "host", "region", "sector", "period", "source"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One figure in one document.

    earliest, latest   days between which the figure was first asserted, or, where that is unknown, printed
    published          first day that the document may have been printed; None where it bears no date
    document           what it was read in: figures of one document share it
    pages              what that document is called, here or there; empty where it may be compared with no other
    dated              False where its document bears no date, so that `earliest` and `latest` are open bounds
    unsaid             of FIELDS, those that its document does not say of this figure in so many words: carried from
                       another sentence, assumed, or never read. They may differ without anybody having changed them
    passage            the sentences that it was read from; "" where they are not held
    """

    id: str
    measure: str
    low: float | None
    point: float | None
    high: float | None
    unit: str
    host: str
    region: str = ""
    sector: str = ""
    start: date | None = None
    end: date | None = None
    asserted_by: str = ""
    attribution: tuple[str, ...] = ()
    published_by: str = ""
    earliest: date
    latest: date
    published: date | None = None
    document: str = ""
    quote: str = ""
    hedge: str = ""
    pages: tuple[Page, ...] = ()
    dated: bool = True
    unsaid: frozenset[str] = frozenset()
    passage: str = ""

    def says(self, field: str) -> bool:
        """Whether its document says that of the figure itself."""
        return field not in self.unsaid

    @property
    def has_begin(self) -> bool:
        """Whether `earliest` bounds anything: of a page that bears no date and names no time, it is when we read it."""
        return self.dated or self.earliest < self.latest

    @property
    def numbers(self) -> tuple[float, ...]:
        """The stated numbers, the lowest first."""
        return tuple(one for one in (self.low, self.point, self.high) if one is not None)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The numbers with what they count, as signatures have them."""
        return keys_of(Figure(low=self.low, point=self.point, high=self.high, unit=self.unit))

    @property
    def is_money(self) -> bool:
        """Whether its unit is a currency's."""
        return bool(currency_of(self.unit))

    @property
    def sources(self) -> frozenset[str]:
        """The words that name who said it; words that name nobody in particular are left out."""
        return names_in(" ".join((self.asserted_by, *self.attribution)))

    @property
    def named(self) -> frozenset[str]:
        """Of these, those that name somebody else than who printed it."""
        return self.sources - names_in(self.published_by)


@lru_cache(maxsize=100_000)
def names_in(text: str) -> frozenset[str]:
    """Words of names in lower case, and the initials of names of several words, which texts use for them."""
    short = ("".join(word[0] for word in name.split() if word[0].isupper()) for name in FULL_NAME.findall(text))
    words = (*NAME.findall(text.lower()), *map(str.lower, short))
    return frozenset(word for word in words if word not in PARTICLES)


def scripts_of(text: str) -> frozenset[str]:
    """The scripts of its letters: names in two scripts may be one name, and letters do not tell them apart."""
    return frozenset(name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())


def sighting_of(claim: Claim) -> Sighting:
    """A claim of the evidence without its links, its note and its title."""
    return Sighting(
        id=claim.id,
        measure=claim.measure,
        low=claim.low,
        point=claim.point,
        high=claim.high,
        unit=claim.unit,
        host=claim.host,
        region=claim.region,
        sector=claim.sector,
        start=claim.start,
        end=claim.end,
        asserted_by=claim.asserted_by,
        published_by=claim.published_by,
        earliest=claim.asserted_earliest,
        latest=claim.asserted_latest,
        published=first_day(claim.published_on),
        document=claim.url or claim.published_by,
        hedge=claim.hedge,
        dated=claim.dating_sure != OPEN,
    )


def both_say(field: str, one: Sighting, other: Sighting) -> bool:
    """Whether both documents say that of their figure: what one of them does not say is no difference of theirs."""
    return one.says(field) and other.says(field)


def disjoint(one: Sighting, other: Sighting) -> bool:
    """Whether both say of which days they speak, and these do not meet."""
    return both_say("period", one, other) and (_before(one.end, other.start) or _before(other.end, one.start))


def _before(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end < start


def first_day(published_on: str) -> date | None:
    """The first day that "2025", "2025-02" or "2025-02-05" may mean."""
    return date.fromisoformat((published_on + "-01-01")[:10]) if published_on else None
