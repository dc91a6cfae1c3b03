"""With which letters a match of a pattern can begin, so that it is tried only where such letters stand.

Python's `re` tries a pattern of many words at each letter of a text. Nearly all of our patterns begin at the beginning
of a word, or in Korean, whose words are glued together, with syllables that few words share. An index of the beginnings
in a text therefore tells where a match can stand at all. It is a sieve, never a match: what passes is matched by the
pattern itself, and a pattern that may begin with anything is tried everywhere.

A beginning is a few letters without the blanks between them, all small, each digit a "0".
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

LENGTH = {"en": 5, "ru": 5, "ko": 3}  # letters of a beginning; a Korean syllable holds two or three letters
_KEPT = 30_000  # beginnings that are remembered; a text in an unknown script may have ever new ones
_MOST = 2_000  # beginnings that one part of a pattern may have before it is cut short
_WORD = re.compile(r"\b\w")
_DIGITS = str.maketrans("123456789", "000000000")
Name = TypeVar("Name", bound=Hashable)


class _Start(NamedTuple):
    """Letters with which a part of a pattern begins; `open` where what follows the part adds to them."""

    letters: str
    open: bool


_NOTHING, _ANYTHING = _Start("", True), _Start("", False)


class Sieve(Generic[Name]):
    """Several patterns of one language by the letters that their matches can begin with."""

    __slots__ = ("_by_letters", "_length", "_seen", "free")

    def __init__(self, patterns: Mapping[Name, str], language: str) -> None:
        known: dict[str, list[Name]] = {}
        free: set[Name] = set()
        for name, pattern in patterns.items():
            found = heads(pattern, language)
            if found is None:
                free.add(name)
            for letters in found or ():
                known.setdefault(letters, []).append(name)
        self._by_letters = known
        self._length = LENGTH[language]
        self._seen: dict[str, tuple[Name, ...]] = {}
        self.free = frozenset(free)  # these may begin with anything

    def candidates(self, beginnings: Iterable[tuple[int, str]]) -> dict[Name, list[int]]:
        """For each pattern, but the free ones, the places in order where a match may begin."""
        found: dict[Name, list[int]] = {}
        seen = self._seen
        for place, letters in beginnings:
            names = seen.get(letters)
            for name in self._names(letters) if names is None else names:
                if name in found:
                    found[name].append(place)
                else:
                    found[name] = [place]
        return found

    def may_begin(self, name: Name, text: str) -> bool:
        """Whether a match of this pattern can stand at the beginning of a text."""
        if name in self.free:
            return True
        letters = "".join(_small(text[: 2 * self._length]).split())[: self._length]
        names = self._seen.get(letters)
        return name in (self._names(letters) if names is None else names)

    def _names(self, letters: str) -> tuple[Name, ...]:
        """The patterns that can begin with these letters or with fewer of them; kept, since few letters make a text."""
        known = (self._by_letters.get(letters[:length], ()) for length in range(1, len(letters) + 1))
        names = tuple(dict.fromkeys(name for some in known for name in some))
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        self._seen[letters] = names
        return names


@lru_cache(maxsize=1)  # the words of a text and its dates are looked for one after the other
def beginnings(text: str, language: str) -> tuple[tuple[int, str], ...]:
    """Where each word of a text begins, in Korean each syllable, with the letters that stand there."""
    length = LENGTH[language]
    small = _small(text)
    letters = "".join(small.split())
    if language == "ko":
        places = (place for place, letter in enumerate(small) if not letter.isspace())
        return tuple((place, letters[number : number + length]) for number, place in enumerate(places))
    blanks = list(accumulate(map(str.isspace, small)))  # how many stand up to each letter
    begun = (word.start() for word in _WORD.finditer(small))
    return tuple([(place, letters[place - blanks[place] : place - blanks[place] + length]) for place in begun])


def _small(text: str) -> str:
    small = text.lower()
    return (small if len(small) == len(text) else text).translate(_DIGITS)


def matched(pattern: re.Pattern[str], places: Iterable[int], text: str, end: int) -> list[re.Match[str]]:
    """As `pattern.finditer` up to `end`, tried only at the places given."""
    found = []
    done = 0
    for place in places:
        if place >= done and (match := pattern.match(text, place, end)):
            found.append(match)
            done = match.end()
    return found


def heads(pattern: str, language: str) -> frozenset[str] | None:
    """The beginnings that matches of a pattern can have, None when it may begin with anything."""
    starts, place = _alternatives(pattern, 0, LENGTH[language])
    if place != len(pattern):
        return None
    found = frozenset(start.letters for start in starts)
    if language != "ko" and any(not (letters[:1].isalnum() or letters[:1] == "_") for letters in found):
        return None  # it can begin elsewhere than a word does
    return None if "" in found else found


def _alternatives(pattern: str, place: int, length: int) -> tuple[set[_Start], int]:
    """What the alternatives from `place` up to a closing bracket can begin with, and where they end."""
    found: set[_Start] = set()
    while True:
        starts, place = _sequence(pattern, place, length)
        found |= starts
        if place >= len(pattern) or pattern[place] == ")":
            return found, place
        place += 1  # past the bar


def _sequence(pattern: str, place: int, length: int) -> tuple[set[_Start], int]:
    starts = {_NOTHING}
    while place < len(pattern) and pattern[place] not in "|)":
        item, place = _item(pattern, place, length)
        item, place = _repeated(pattern, place, item)
        starts = _joined(starts, item, length)
    return starts, place


def _joined(starts: set[_Start], item: set[_Start], length: int) -> set[_Start]:
    """One part with the next one behind it; of too many together the first part alone is kept."""
    if len(starts) * len(item) > _MOST:
        return {_Start(start.letters, False) for start in starts}
    made = {start for start in starts if not start.open}
    for start in starts:
        if start.open:
            made |= {_cut(start.letters + after.letters, after.open, length) for after in item}
    return made


def _cut(letters: str, opened: bool, length: int) -> _Start:
    return _Start(letters[:length], opened and len(letters) < length)


def _repeated(pattern: str, place: int, item: set[_Start]) -> tuple[set[_Start], int]:
    """An item with what follows it: a question mark, a star, a plus, a count."""
    count = _COUNT.match(pattern, place)
    if count is None:
        return item, place
    least, most = _bounds(count.group())
    if most != 1 and item != {_NOTHING}:  # what follows may be the same once more
        item = {_Start(start.letters, False) for start in item}
    return (item if least else item | {_NOTHING}), count.end()


_COUNT = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")


def _bounds(count: str) -> tuple[int, int]:
    if count[0] in "?*+":
        return (1 if count[0] == "+" else 0), (1 if count[0] == "?" else 9)
    numbers = count.strip("{}?+").split(",")
    least = int(numbers[0] or 0)
    return least, int(numbers[-1] or 9) if len(numbers) > 1 else least


def _item(pattern: str, place: int, length: int) -> tuple[set[_Start], int]:
    sign = pattern[place]
    if sign == "(":
        return _group(pattern, place, length)
    if sign == "[":
        return _class(pattern, place)
    if sign == "\\":
        return {_escaped(pattern[place + 1])}, place + 2
    if sign in "^$":
        return {_NOTHING}, place + 1
    return {_ANYTHING if sign == "." else _letter(sign)}, place + 1


def _letter(sign: str) -> _Start:
    return _NOTHING if sign.isspace() else _Start(_small(sign), True)


def _escaped(sign: str) -> _Start:
    if sign == "d":
        return _Start("0", True)
    if sign in "sbBAZ":  # blanks are left out of beginnings, and the others are no letters
        return _NOTHING
    return _ANYTHING if sign.isalnum() else _letter(sign)  # a class of letters, a group once more; or the sign itself


_OPENING = re.compile(r"\((?:\?(?::|P<\w+>|-?[a-z]+:|(?P<look><?[=!])))?")


def _group(pattern: str, place: int, length: int) -> tuple[set[_Start], int]:
    opening = _OPENING.match(pattern, place)
    if opening is None or (pattern.startswith("(?", place) and opening.end() == place + 1):
        return {_ANYTHING}, len(pattern) + 1  # a shape that is not known here: nothing can be said
    starts, end = _alternatives(pattern, opening.end(), length)
    return ({_NOTHING} if opening["look"] else starts), end + 1


def _class(pattern: str, place: int) -> tuple[set[_Start], int]:
    end = place + 1
    while pattern[end] != "]" or end == place + 1:
        end += 2 if pattern[end] == "\\" else 1
    inside = pattern[place + 1 : end]
    if inside in ("0-9", "1-9", "1-4"):
        return {_Start("0", True)}, end + 1
    if "\\" in inside or "-" in inside or inside[0] == "^" or len(inside) > _CLASS:
        return {_ANYTHING}, end + 1
    return {_letter(sign) for sign in inside}, end + 1


_CLASS = 24  # letters of a class that are taken one by one
