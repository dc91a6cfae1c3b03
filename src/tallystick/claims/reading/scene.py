"""A sentence with its numbers, and how near to a number a word stands: the ground on which all rules of reading work.

Nearness is a cost in letters: the letters between, and more for each comma, bracket, conjunction or other number that
lies between, since each of them tends to end the reach of a verb. It measures nothing but which word governs which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tallystick.claims.numbers.beginnings import matched
from tallystick.claims.quantity import Day, Quantity
from tallystick.claims.reading.words import NOUNS, PLACES, Tongue

COMMA, CONJUNCTION, NUMBER, WRONG_SIDE = 25, 16, 30, 12  # letters that each adds; ordered as a linguist would
FAR = 10_000
_ONE_NUMBER = frozenset({"net"})  # senses that one number at a time can have
_BREAK = re.compile(r"[,，](?!\d)|[;:()\[\]—–]")
_TOPIC = re.compile(r"[가-힣]{0,3}\s?(?:것|돈|몫|금액|액수)?[은는]\s")
_JOIN = re.compile(
    r"(?<!\w)(?:and|but|while|although|though|yet|whereas|or|и|а|но|или|хотя|тогда как)(?!\w)|"
    r"지만|는데|인데|하고|으며|(?<=\w)며 "
)


class Hit(NamedTuple):
    """Where a word of some sense stands, in code points of the text."""

    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Sentence:
    """One sentence; what was searched in it is kept, so each sense is searched once."""

    text: str = field(repr=False)  # of the whole document
    start: int
    end: int
    index: int
    paragraph: int
    language: str
    tongue: Tongue = field(repr=False)
    quantities: tuple[Quantity, ...] = ()
    days: tuple[Day, ...] = ()
    found: dict[str, tuple[Hit, ...]] = field(default_factory=dict, repr=False)
    previous: Sentence | None = field(default=None, repr=False)
    blocked: tuple[Hit, ...] = ()  # names of sources: a place in them is nobody's place of work
    small: str = field(default="", repr=False)  # the document in small letters, "" where that would move its letters
    beginnings: Sequence[tuple[int, str]] = field(default=(), repr=False)  # of its words, see `numbers.beginnings`
    candidates: dict[str, list[int]] | None = field(default=None, repr=False)  # where each sense may begin
    seen_places: tuple[tuple[Hit, str], ...] | None = None
    seen_nouns: tuple[tuple[Hit, str], ...] | None = None

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    def hits(self, sense: str) -> tuple[Hit, ...]:
        found = self.found.get(sense)
        if found is None:
            matches = self._matches(sense, self.tongue.sense(sense))
            found = self.found[sense] = tuple(Hit(*m.span()) for m in matches) if matches else ()
        return found

    def has(self, sense: str) -> bool:
        return bool(self.hits(sense))

    def places(self) -> tuple[tuple[Hit, str], ...]:
        if self.seen_places is None:
            self.seen_places = self._named(PLACES, self.tongue.places)
        return self.seen_places

    def nouns(self) -> tuple[tuple[Hit, str], ...]:
        if self.seen_nouns is None:
            self.seen_nouns = self._named(NOUNS, self.tongue.nouns)
        return self.seen_nouns

    def _named(self, name: str, pattern: re.Pattern[str]) -> tuple[tuple[Hit, str], ...]:
        return tuple((Hit(*m.span()), m.lastgroup or "") for m in self._matches(name, pattern))

    def _matches(self, name: str, pattern: re.Pattern[str]) -> Iterable[re.Match[str]]:
        """As the pattern's own `finditer`, tried only where a match can begin; of its matches only the place counts."""
        if self.candidates is None:
            self.candidates = self.tongue.sieve.candidates(self.beginnings)
        places = self.candidates.get(name)
        free = name in self.tongue.sieve.free
        if places is None and not free:
            return ()
        text = self.text
        if self.small and name in self.tongue.small:
            text, pattern = self.small, self.tongue.small[name]
        return pattern.finditer(text, self.start, self.end) if free else matched(pattern, places or (), text, self.end)

    def cost(self, sense: str, quantity: Quantity, but: Collection[Hit] = ()) -> int:
        """How near the nearest word of this sense, not among `but`, stands to a quantity; FAR when there is none."""
        return min((self.reach(hit, quantity) for hit in self.hits(sense) if hit not in but), default=FAR)

    def own_cost(self, sense: str, quantity: Quantity, but: Collection[Hit] = ()) -> int:
        """As `cost`, of the words of this sense that no other quantity stands nearer to.

        A share is deducted before a sum is paid out, so none of its own keeps a word from a sum.
        """
        best = FAR
        rivals = [
            other
            for other in self.quantities
            if other is not quantity and (quantity.kind != "money" or other.kind not in ("percent", "fraction"))
        ]
        for hit in self.hits(sense):
            reach = FAR if hit in but else self.reach(hit, quantity)
            if reach < best and all(reach <= self.reach(hit, other) for other in rivals):
                best = reach
        return best

    def reach(self, hit: Hit, quantity: Quantity) -> int:
        """The cost of the way from a word to a quantity; nothing for a word inside it."""
        if hit.start < quantity.end and quantity.start < hit.end:
            return 0
        before = hit.end <= quantity.start
        left, right = (hit.end, quantity.start) if before else (quantity.end, hit.start)
        wrong = before == (self.language == "ko")  # a Korean verb stands after what it governs, its topic before
        if wrong and before and _TOPIC.match(self.text, hit.end):
            wrong = False
        return self.between(left, right, quantity) + (WRONG_SIDE if wrong else 0)

    def between(self, left: int, right: int, own: Quantity) -> int:
        gap = self.text[left:right]
        numbers = sum(
            left <= other.number_start and other.number_end <= right for other in self.quantities if other is not own
        )
        return (
            len(gap) * (2 if self.language == "ko" else 1)
            + COMMA * len(_BREAK.findall(gap))
            + CONJUNCTION * len(_JOIN.findall(gap))
            + NUMBER * numbers
        )

    def unbroken(self, hit: Hit, quantity: Quantity) -> bool:
        """Whether no comma, bracket or contrast stands between a word and a quantity."""
        left, right = (hit.end, quantity.start) if hit.end <= quantity.start else (quantity.end, hit.start)
        return not _BREAK.search(self.text, left, max(left, right))

    def nearest(
        self, senses: tuple[str, ...], quantity: Quantity, less: Callable[[str], int], but: Collection[Hit] = ()
    ) -> tuple[str, int]:
        """The sense that governs a quantity, and its cost after the head start that each sense is given.

        `but` are words that govern nothing here: verbs of a modifier, and auxiliaries.
        """
        costs = [
            (
                (self.own_cost(sense, quantity, but) if sense in _ONE_NUMBER else self.cost(sense, quantity, but))
                - less(sense),
                sense,
            )
            for sense in senses
        ]
        best = min(costs)
        return best[1], best[0]
