"""Claims that count so few people that each can be found, and what a text that is testimony lends to no claim.

Fewer than ten at a site, picked in a town, on the run or in hiding can be found by their number alone, whether or not
the reader knew the site for one. Of the dead, the returned and soldiers, what a public body tells is told to all the
world already. The tables say which measure is which; one that stands in none of their lists counts as small.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tallystick.claims.proposal import LENT_SOURCE, Proposal
from tallystick.claims.statements.narrowing import REASONS
from tallystick.claims.statements.patterns import OF, SCRIPTS
from tallystick.claims.statements.words import StatementWords

FEW: Final = 10  # persons; below it a group is small
FEW_AT_ONE_SITE: Final = 30  # persons; most crews count ten to thirty, so that such a number and a site tell which
PERSONS: Final = "persons"
_FLED: Final = "escapes"
_YEAR: Final = 364  # days from the first of January to the last of December
# A day or a source from elsewhere in the text: in testimony the day of the interview, and whoever was named last.
_LENT_DAYS: Final = frozenset(("period: carried", "period: published", "period: text"))
_BELONGS: Final = re.compile(rf"\s(?:{OF}|in|near|who|в|при|у)\s")  # before it who speaks, after it whose


def few(claim: Proposal, words: StatementWords) -> str:
    """Why a claim of so few persons is proposed as restricted; "" where it counts more, or no persons."""
    if claim.measure == _FLED and not _is_yearly_total(claim, words):
        return REASONS["escape"]
    values = [value for value in (claim.low, claim.point, claim.high) if value is not None]
    if claim.unit.partition("/")[0] != PERSONS or not values or not 0 < max(values) < _small(claim, words):
        return ""
    if claim.measure in words.told_by_bodies and is_body(claim.asserted_by, words):
        return ""
    return "" if claim.measure in words.nobody_yet else REASONS["small_group"]


def _small(claim: Proposal, words: StatementWords) -> int:
    return FEW_AT_ONE_SITE if claim.measure in words.at_one_site else FEW


def unlent(claim: Proposal) -> Proposal:
    """A claim of a text in the first person, without a day or a source that other sentences would lend it."""
    start, end = (None, None) if _LENT_DAYS & set(claim.reasons) else (claim.start, claim.end)
    if not LENT_SOURCE.isdisjoint(claim.reasons):
        return replace(claim, start=start, end=end, asserted_by="", attribution=())
    return replace(claim, start=start, end=end)


def _is_yearly_total(claim: Proposal, words: StatementWords) -> bool:
    """Whether a public body tells how many fled in a year or longer, of a whole State."""
    long = claim.start is not None and claim.end is not None and (claim.end - claim.start).days >= _YEAR
    return long and not claim.region and is_body(claim.asserted_by, words)


def is_body(source: str, words: StatementWords) -> bool:
    """Whether a source is itself an institution, an office or an acronym: "worker at the ministry" is none of these."""
    is_korean = SCRIPTS["ko"].search(source)  # where who speaks stands last
    head = source.split()[-1:] if is_korean else _BELONGS.split(source)[0].split()
    capitals = [token for token in head if token[:1].isupper()]
    if len(capitals) == 1 and len(capitals[0]) > 1 and capitals[0].isalpha() and capitals[0].isupper():
        return True
    told = ((names.institution, names.role) for names in words.names.values())
    return any(sign.search(" ".join(head).lower()) for pair in told for sign in pair if sign)
