"""Numbers of people who are nobody's that was sent: onlookers, a firm's own staff; and things that "of them" counts.

They are told by what the sentences before had named: a pronoun counts what was counted last, and people of no kind
are those who were spoken of.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.heads import PEOPLE, Head, head
from tallystick.claims.reading.plans import VERBS
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.subjects import PAPERS

_NO_NOUN = frozenset({"", "people", "persons"})
_PAPERS = frozenset(PAPERS) | {"visa", "crossing"}
_BACK = 3  # sentences in which those who are meant were named
_FEW = 10  # people whom a scene may show
_GOVERNS = 45  # cost up to which a verb is said to govern
_OF_THEM = re.compile(r"of th(?:em|ose|ese)|of which")
_STAFF = re.compile(r"(?:\w+ )?(?:staff(?:ers)?|employees|personnel)")
_FIRM_HAS = re.compile(
    r"\b(?:firm|company|agency|group|plant|bureau|it)(?:,?\s(?:which|that))?\s(?:now\s|itself\s)?(?:has|had|employs|employed)\s[^.;,]*\Z"
)


def is_outsider(sentence: Sentence, quantity: Quantity, found: Head) -> bool:
    """Whether English people are counted who are none of those at work; other languages give no such signs."""
    if sentence.language != "en":
        return False
    if found.kind == "people" and (_of_nobody(sentence) or _onlookers(sentence, quantity)):
        return True
    return _of_things(sentence, quantity, found) or _own_staff(sentence, quantity, found)


def _of_nobody(sentence: Sentence) -> bool:
    """Whether people are counted before anyone was named whom they could be: "10,000 people watched"."""
    near: Sentence | None = sentence
    for _ in range(_BACK):
        if near is None:
            return True
        if any(map(near.has, ("sender", "labour", "trade_noun"))):
            return False
        near = near.previous
    return False


def _onlookers(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a few people merely do something in a scene: "four more men nodded"."""
    if largest(quantity) >= _FEW or sentence.has("labour") or sentence.has("sender"):
        return False
    return all(sentence.cost(verb, quantity) > _GOVERNS for verb in VERBS)


def _of_things(sentence: Sentence, quantity: Quantity, found: Head) -> bool:
    """Whether "three of them" are three of the things that were counted just before: "130 restaurants"."""
    if found.hit is None or not _OF_THEM.fullmatch(sentence.text, found.hit.start, found.hit.end):
        return False
    before = [(sentence, other) for other in sentence.quantities if other.end <= quantity.start]
    if not before and sentence.previous is not None:
        before = [(sentence.previous, other) for other in sentence.previous.quantities]
    counted = [(where, other) for where, other in before if other.kind == "count"]
    return bool(counted) and _is_thing(*counted[-1]) and largest(quantity) <= largest(counted[-1][1])


def _is_thing(sentence: Sentence, quantity: Quantity) -> bool:
    told = head(sentence, quantity).kind
    return told not in PEOPLE | _PAPERS and (told != "" or quantity.unit not in _NO_NOUN)


def part_of_things(sentence: Sentence, part: Quantity) -> bool:
    """ "Of 16 provinces asked, 10 replied": a bare number that is a part of what is no people."""
    index = sentence.quantities.index(part)
    whole = sentence.quantities[index - 1] if index else None
    if sentence.language != "en" or whole is None or whole.kind != "count":
        return False
    before = sentence.text[max(sentence.start, whole.start - len("among the ")) : whole.start]
    return bool(re.search(r"\b(?:of|among)\s(?:the\s|some\s)?\Z", before, re.IGNORECASE)) and _is_thing(sentence, whole)


def _own_staff(sentence: Sentence, quantity: Quantity, found: Head) -> bool:
    """ "The firm has some 3,000 staff": those whom a firm employs, with nothing to say that the sender sent them."""
    if found.hit is None or any(quantity.start <= hit.start < found.hit.end for hit in sentence.hits("sender")):
        return False
    staff = _STAFF.fullmatch(sentence.text, found.hit.start, found.hit.end)
    return staff is not None and bool(_FIRM_HAS.search(sentence.text, sentence.start, quantity.start))
