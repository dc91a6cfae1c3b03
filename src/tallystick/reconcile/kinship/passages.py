"""Which words of a claim stand in the passage that it was read from: what a row lacks, its source may still say.

The words looked for are the programme's own: the hedges of its rows, the names of its places and crafts. A passage in
another script than those answers none of this, and is given the benefit of the doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tallystick.evidence.quote_rows import Quote
from tallystick.reconcile.kinship.sighting import names_in, scripts_of
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

WORLD = "WW"
LATIN = re.compile("[A-Za-z]")
OTHER = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f]")
WORD = re.compile(r"[^\W\d_]{4,}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
VIA = re.compile(r"\s*\([^)]*\)")
STEM = 5  # letters from which two words are one in another form: harbour's, harbours


class Passages:
    """The passages of a programme's claims, and what they have."""

    def __init__(self, programme: Programme, held: Mapping[str, Quote]) -> None:
        self.programme = programme
        self._held = held
        told = {part.strip().casefold() for claim in programme.claims for part in re.split("[;,]", claim.hedge)}
        self._hedges = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(told - {""}))) + r")(?!\w)")

    def holds(self, claim: str) -> bool:
        """Whether the words that it was read from are there."""
        return claim in self._held

    def as_it_has(self, copy: Claim, parent: Claim) -> Claim:
        """`copy` with what its row lacks of `parent` and its passage has, or cannot be asked for."""
        passage = self._held[copy.id].passage
        copy = self._with_bound(copy, parent, passage)
        copy = self._with_scope(copy, parent, passage)
        copy = _with_time(copy, parent, passage)
        return replace(copy, asserted_by=parent.asserted_by) if _one_credit(copy, parent) else copy

    def _with_bound(self, copy: Claim, parent: Claim, passage: str) -> Claim:
        """The bound and the hedge, where the passage hedges at all."""
        hedges = not _is_latin(passage) or bool(parent.hedge and self._hedges.search(passage.casefold()))
        softened = hedges and copy.bound == "point" and _numbers(copy) == _numbers(parent)
        cut = copy.bound != "range" == parent.bound and set(_numbers(copy)) <= set(_numbers(parent))
        if copy.unit == parent.unit and (softened or (cut and _has_numbers(passage, parent))):
            copy = replace(copy, low=parent.low, point=parent.point, high=parent.high)
        return replace(copy, hedge=parent.hedge) if hedges and not copy.hedge else copy

    def _with_scope(self, copy: Claim, parent: Claim, passage: str) -> Claim:
        if copy.host != parent.host and not self._names_only(copy.host, passage):
            copy = replace(copy, host=parent.host, region=parent.region)
        if not copy.region and _has_words(passage, parent.region):
            copy = replace(copy, region=parent.region)
        craft = self.programme.sectors.get(parent.sector, parent.sector)
        return replace(copy, sector=parent.sector) if not copy.sector and _has_words(passage, craft) else copy

    def _names_only(self, host: str, passage: str) -> bool:
        """Whether the passage names that place and no other: else where the figure holds is our reading's guess."""
        places = {code: place.name for code, place in self.programme.places.items() if code != WORLD}
        return {code for code, name in places.items() if _has_words(passage, name)} == {host}


def _with_time(copy: Claim, parent: Claim, passage: str) -> Claim:
    """A figure that names no time was read as of the day of its page: that day is nothing the source says."""
    days = [each for each in (parent.start, parent.end) if each is not None]
    undated = copy.start == copy.end and copy.start is not None and copy.start.isoformat() == copy.published_on
    if undated or any(str(each.year) in passage for each in days):
        return replace(copy, start=parent.start, end=parent.end)
    return copy


def _one_credit(copy: Claim, parent: Claim) -> bool:
    """Whether both names may be one body's: in two scripts, by a shared word, by initials; or nobody was named."""
    ours, theirs = (VIA.sub("", each.asserted_by) for each in (copy, parent))
    if copy.asserted_by == copy.published_by or not scripts_of(ours) & scripts_of(theirs):
        return True
    return bool(_stems(ours) & _stems(theirs))


def _stems(name: str) -> set[str]:
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()).lower()
    return {word[:STEM] for word in names_in(name)} | ({initials} if len(initials) > 1 else set())


def _is_latin(text: str) -> bool:
    return len(LATIN.findall(text)) >= len(OTHER.findall(text))


def _has_words(passage: str, named: str) -> bool:
    """Whether any longer word of `named` stands in the passage, in this form or another."""
    if not named or not _is_latin(passage):
        return bool(named)
    there = {word[:STEM] for word in WORD.findall(passage.casefold())}
    return any(word[:STEM] in there for word in WORD.findall(named.casefold()))


def _has_numbers(passage: str, parent: Claim) -> bool:
    """Whether the digits of each of its numbers stand there, however they are scaled and parted."""
    there = {re.sub("[.,]", "", digits).strip("0") for digits in NUMBER.findall(passage)}
    return all(f"{value:.12g}".replace(".", "").strip("0") in there for value in _numbers(parent))


def _numbers(claim: Claim) -> tuple[float, ...]:
    return tuple(value for value in (claim.low, claim.point, claim.high) if value is not None)
