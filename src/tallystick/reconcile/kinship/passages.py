"""Which words of a claim stand in the passage that it was read from: what a row lacks, its source may still say.

The words looked for are the programme's own: the hedges of its rows, the names of its places and crafts. A passage in
another script than those answers none of this, and is given the benefit of the doubt. So is every field that our row
leaves empty or took from another sentence: it is no evidence that the source dropped or changed anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tallystick.evidence.quote_rows import Quote
from tallystick.reconcile.kinship.modals import speaks_of_what_may_come
from tallystick.reconcile.kinship.numbers import digits_stand_in
from tallystick.reconcile.kinship.sighting import names_in, scripts_of
from tallystick.reconcile.sightings import PLANNED
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

WORLD = "WW"
LATIN = re.compile("[A-Za-z]")
OTHER = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f]")
WORD = re.compile(r"[^\W\d_]{4,}")
VIA = re.compile(r"\s*\([^)]*\)")
SENTENCE_END = re.compile(r"[.!?]['\"”’»)]*\s+(?=\S)")
BOUNDS = re.compile(
    r"(?<!\w)(?:exceed|surpass|topp(?:ed|ing)|tops|upwards? of|no (?:fewer|less|more) than|(?:less|fewer|more) than|"
    r"minimum|maximum|at most|under|below|nearly|almost|or more|or less)"
)
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
        """`copy` with what of `parent` its passage does not show to be changed, dropped or put in its place.

        A change is the source's where the figure's own sentence says so. What our row leaves empty we may never have
        read, and what stands in another sentence we carried from there.
        """
        held = self._held[copy.id]
        own = _own_sentence(held)
        if parent.measure == PLANNED and speaks_of_what_may_come(held.passage):
            copy = replace(copy, measure=parent.measure, unit=parent.unit)
        copy = self._with_bound(copy, parent, held.passage)
        copy = self._with_scope(copy, parent, own)
        copy = _with_time(copy, parent, own)
        return replace(copy, asserted_by=parent.asserted_by) if _one_credit(copy, parent, own) else copy

    def _with_bound(self, copy: Claim, parent: Claim, passage: str) -> Claim:
        """The bound and the hedge, where the passage hedges at all."""
        folded = passage.casefold()
        hedges = not _is_latin(passage) or bool(self._hedges.search(folded) or BOUNDS.search(folded))
        softened = hedges and copy.bound == "point" and _numbers(copy) == _numbers(parent)
        cut = copy.bound != "range" == parent.bound and set(_numbers(copy)) <= set(_numbers(parent))
        if copy.unit == parent.unit and (softened or (cut and _has_numbers(passage, parent))):
            copy = replace(copy, low=parent.low, point=parent.point, high=parent.high)
        return replace(copy, hedge=parent.hedge) if hedges and not copy.hedge else copy

    def _with_scope(self, copy: Claim, parent: Claim, own: str) -> Claim:
        if copy.host != parent.host and not self._names_only(copy.host, own):
            copy = replace(copy, host=parent.host, region=parent.region)
        if not (copy.region and _has_words(own, copy.region)):
            copy = replace(copy, region=parent.region if copy.host == parent.host else "")
        craft = self.programme.sectors.get(copy.sector, copy.sector)
        return copy if copy.sector and _has_words(own, craft) else replace(copy, sector=parent.sector)

    def _names_only(self, host: str, own: str) -> bool:
        """Whether the sentence names that place and no other: else where the figure holds is our reading's guess."""
        places = {code: place.name for code, place in self.programme.places.items() if code != WORLD}
        return {code for code, name in places.items() if _has_words(own, name)} == {host}


def _own_sentence(held: Quote) -> str:
    """The sentence of the passage in which the figure stands; of a full stop in doubt the shorter."""
    at = held.passage.find(held.words)
    before = [end.end() for end in SENTENCE_END.finditer(held.passage, 0, max(at, 0))]
    behind = SENTENCE_END.search(held.passage, at + len(held.words))
    return held.passage[before[-1] if before else 0 : behind.start() + 1 if behind else None]


def _with_time(copy: Claim, parent: Claim, own: str) -> Claim:
    """Another time is told where the sentence names its year, and not the parent's: else we dated the figure."""
    ours, theirs = ({each.year for each in days if each is not None} for days in (_days(copy), _days(parent)))
    says = any(str(year) in own for year in ours - theirs) and not any(str(year) in own for year in theirs)
    return copy if says else replace(copy, start=parent.start, end=parent.end)


def _days(claim: Claim) -> tuple[date | None, date | None]:
    return claim.start, claim.end


def _one_credit(copy: Claim, parent: Claim, own: str) -> bool:
    """Whether both names may be one body's, or the sentence has neither: whom another names may have said that only."""
    return one_body(copy, parent) or not any(stem in own.casefold() for stem in _stems(copy.asserted_by))


def one_body(copy: Claim, parent: Claim) -> bool:
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
    """Whether the digits of each of its numbers stand there."""
    return all(digits_stand_in(passage, value) for value in _numbers(parent))


def _numbers(claim: Claim) -> tuple[float, ...]:
    return tuple(value for value in (claim.low, claim.point, claim.high) if value is not None)
