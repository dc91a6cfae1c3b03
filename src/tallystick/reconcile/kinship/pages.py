"""Which documents are one and the same, whoever took them in and under whatever name.

A programme ships rows that were coded from pages; a workspace reads the same pages again, and may hold one twice. What
looks alike only in its wording is a near copy (`kinship.texts`) and another document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tallystick.vocab.programme import Report
from tallystick.vocab.records import Claim

REPORTS = "reports/"
ARCHIVE = re.compile(r"https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(?=https?://)", re.IGNORECASE)
ADDRESS = re.compile(r"https?://(?:www\.)?(?P<host>[^/?#]+)(?P<path>[^#]*?)/?(?:#.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What names a document: its address or the hash of its bytes, and its title with who published it and when.

    earliest, latest   days between which it was published; None where that is not known
    """

    name: str = ""
    title: str = ""
    publisher: str = ""
    earliest: date | None = None
    latest: date | None = None

    @property
    def is_online(self) -> bool:
        """Whether its name is an address."""
        return "://" in self.name


def is_one(one: Page, other: Page) -> bool:
    """Whether two are one document: the same name, or the same title by the same publisher or of the same day.

    A title that comes back on another day is a series. Of two addresses with one title and two publishers, one prints
    the other's story: a copy, and no second look at the same page.
    """
    if one.name and _address(one.name) == _address(other.name):
        return True
    days = _overlap(one, other)
    if days is False or not one.title or _plain(one.title) != _plain(other.title):
        return False
    publishers = bool(one.publisher) and _plain(one.publisher) == _plain(other.publisher)
    return publishers or (days is True and not (one.is_online and other.is_online))


def names_of(page: Page) -> set[tuple[str, str]]:
    """Its address and its title: two of which `is_one` holds have one of these in common."""
    address, title = _address(page.name), _plain(page.title)
    return {name for name in (("address", address), ("title", title)) if name[1]}


def pages_of(claim: Claim, reports: Mapping[str, Report]) -> tuple[Page, ...]:
    """The page that a row of the evidence cites, as the row names it and as the list of reports does."""
    day = _day(claim.published_on)
    own = Page(name=claim.url, title=claim.title, publisher=claim.published_by, earliest=day, latest=day)
    report = reports.get(claim.url.removeprefix(REPORTS).rpartition(".")[0]) if claim.url.startswith(REPORTS) else None
    if report is None:
        return (own,)
    listed = Page(
        name=claim.url,
        title=report.title,
        publisher=report.published_by,
        earliest=report.published_earliest,
        latest=report.published_latest,
    )
    return own, listed


def _address(name: str) -> str:
    """An address without what leads to the same page either way; another name as it is.

    An archive's address names the page that it keeps.
    """
    kept = ARCHIVE.sub("", name)
    found = ADDRESS.fullmatch(kept)
    return f"{found['host'].casefold()}{found['path']}" if found else name


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _day(text: str) -> date | None:
    """A whole day; a year alone names none."""
    return date.fromisoformat(text) if len(text) == len("2025-02-05") else None


def _overlap(one: Page, other: Page) -> bool | None:
    """Whether both may be of one day; None where either bears no day."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return None
    return max(one.earliest, other.earliest) <= min(one.latest, other.latest)
