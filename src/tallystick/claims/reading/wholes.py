"""Whose predicate a number has: its own, that of the whole of which it is a part, or that of the list it stands in.

It says nothing of what the predicate is: that is `people`.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.heads import part_of
from tallystick.claims.reading.plans import VERBS
from tallystick.claims.reading.scene import Sentence

_NO_NOUN = frozenset({"", "명", "человек", "people", "persons", "인"})
_INCLUDING = re.compile(
    r"[\w\s-]{0,30},?\s\(?(?:including|among (?:them|which|whom)|of (?:them|which|whom)|namely|from them|among others|"
    r"в том числе|включая|из них|среди них|а именно)(?:\s(?:about|some|around|также|около))?\s"
)
_LISTED = re.compile(r"[\w\s]{0,40},\s(?:and\s|и\s)?|[\w\s]{0,40}\s(?:and|и)\s")
_LIST_REACH = 25  # letters between two numbers of one Korean list


def with_predicate(sentence: Sentence, quantity: Quantity) -> Quantity:
    """The number whose predicate is this one's too: the whole of a part, or the last of a Korean list."""
    following = sentence.quantities.index(quantity) + 1
    if following < len(sentence.quantities) and part_of(sentence, quantity, sentence.quantities[following]):
        return sentence.quantities[following]
    if sentence.language != "ko" and (first := _whole_before(sentence, quantity) or _list_head(sentence, quantity)):
        return with_predicate(sentence, first)
    if sentence.language != "ko" or following >= len(sentence.quantities):
        return quantity
    other = sentence.quantities[following]
    if (
        _verb_between(sentence, quantity, other)
        or other.kind != "count"
        or other.unit not in _NO_NOUN
        or other.start - quantity.end > _LIST_REACH
    ):
        return quantity
    return with_predicate(sentence, other)


def _whole_before(sentence: Sentence, quantity: Quantity) -> Quantity | None:
    """The number of which one is told as a part: "will send 6,000 men, including 1,000 sappers and 5,000 builders"."""
    index = sentence.quantities.index(quantity)
    before = sentence.quantities[index - 1] if index else None
    if before is None or before.kind != "count" or _verb_between(sentence, before, quantity):
        return None
    if _INCLUDING.fullmatch(sentence.text, before.end, quantity.start):
        return before
    return _whole_before(sentence, before) if _LISTED.fullmatch(sentence.text, before.end, quantity.start) else None


def _verb_between(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    senses = (*VERBS, "planned")
    return any(one.end <= hit.start < other.start for sense in senses for hit in sentence.hits(sense))


def _list_head(sentence: Sentence, quantity: Quantity) -> Quantity | None:
    """The number before in a list of one noun: "will take 500 citizens of one State, 300 citizens of another"."""
    index = sentence.quantities.index(quantity)
    if index == 0 or not quantity.unit:
        return None
    before = sentence.quantities[index - 1]
    listed = before.kind == "count" and before.unit == quantity.unit
    if not listed or not _LISTED.fullmatch(sentence.text, before.end, quantity.start):
        return None
    return None if _verb_between(sentence, before, quantity) else before
