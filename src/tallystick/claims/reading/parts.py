"""Shares of people and of things: what part of the workers is in a host, what part of the shells was dud.

A share of people is no share of their pay: the noun after it (in Korean before it) is the people, and no word of pay.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.verdict import GOVERNED, NOUN, OBSERVED, Verdict

_PEOPLE = frozenset({"worker", "citizen", "people"})
_REACH = 48  # letters from a share to the noun that it is a share of
_OWNED = re.compile(
    r"['’]s?(?!\w)|의\s?(?:임금|월급|급여|수입|소득|보수|돈|여권)|\s(?:wages?|salar|pay|earnings|income)"
)
_KOREAN_OF = re.compile(r"(?:들)?(?:의|\s?중|\s?가운데)?\s?(?:약|최소|최대|거의)?\s?")
_THAT = re.compile(
    r"\s(?:of\s(?:that|this|these|it|which|the)\b|от\s(?:этой|этих|этого|них|неё)|этой\s|этих\s)", re.IGNORECASE
)
_OF = re.compile(r"\s(?:of|from|in|от|из)\s")
_WHOLE_NP = re.compile(r"[^,.;:()]{3,60}?(?=[,.;:()]|\s(?:is|are|was|were|has|have|had|goes|go|went|to|by|in|at)\b)")
_PRONOUN = re.compile(
    r"\b(?:it|its|that|this|these|those|which|them|their|his|her|what|whatever|everything|all|each|every|one|money|"
    r"sums?|amounts?|takings|packets?|envelopes?|figure|total|[$€£])\b|[$€£]"
)
_NEAR = 110
_SERVED = 70


def share_of_people(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """The share of the workers that is in a host: a noun of people, a verb of being there and a place."""
    noun = _noun(sentence, quantity)
    if noun is None or not _elsewhere(sentence):
        return None
    if sentence.cost("share_in", quantity) > _NEAR:
        return None
    if any(sentence.cost(sense, quantity) < _SERVED for sense in ("wage", "take", "net", "due")):
        pay = min(sentence.cost(sense, quantity) for sense in ("wage", "take", "net", "due"))
        if pay <= sentence.cost("share_in", quantity):
            return None
    return Verdict("host_share", OBSERVED, NOUN, "a share of the people, in a place")


def _noun(sentence: Sentence, quantity: Quantity) -> int | None:
    """Where the people's noun of a share stands, None where the share is one of something else."""
    for hit, kind in sentence.nouns():
        if kind not in _PEOPLE:
            continue
        if sentence.language == "ko":
            if hit.end <= quantity.start and _KOREAN_OF.fullmatch(sentence.text, hit.end, quantity.start):
                return hit.start
        elif quantity.number_end <= hit.start <= quantity.end + _REACH:
            between = sentence.text[quantity.end : hit.start]
            if _OWNED.match(sentence.text, hit.end) or re.search(r"[,.;:]|\d", between):
                return None
            if sentence.tongue.sense("wage").search(between):
                return None
            return hit.start
    return None


def _elsewhere(sentence: Sentence) -> bool:
    return any(sentence.tongue.roles[code] == "host" for _, code in sentence.places())


def context(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """What stands beside the labour in reports on it: how many shells are fired or fail, what an engine weighs."""
    for entry in sentence.tongue.contexts:
        if quantity.kind not in entry.kinds:
            continue
        if entry.place and all(code != entry.place for _, code in sentence.places()):
            continue
        left, right = max(sentence.start, quantity.start - entry.reach), min(sentence.end, quantity.end + entry.reach)
        found = entry.pattern.search(sentence.text, left, right)
        if found and not _another_nearer(sentence, quantity, found):
            return Verdict(entry.measure, OBSERVED, GOVERNED, "beside the labour, and no part of it", entry.unit)
    return None


def _another_nearer(sentence: Sentence, quantity: Quantity, found: re.Match[str]) -> bool:
    """Whether another number of the same kind stands between a number and the word that would name it."""
    left, right = min(quantity.end, found.end()), max(quantity.start, found.start())
    return any(
        other is not quantity and other.kind == quantity.kind and left <= other.start and other.end <= right
        for other in sentence.quantities
    )


def of_wage_before(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Eighty percent of that money goes to", "80% is cut": a share of the pay that the sentence before told of."""
    before = sentence.previous
    if before is None or not before.has("wage"):
        return False
    return bool(_THAT.match(sentence.text, quantity.end)) or not _OF.match(sentence.text, quantity.end)


def of_thing(sentence: Sentence, quantity: Quantity) -> bool:
    """ "20 percent of a refinery": a share of what is neither pay nor people."""
    if sentence.language != "en" or (of := _OF.match(sentence.text, quantity.end)) is None:
        return False
    whole = _WHOLE_NP.match(sentence.text, of.end(), sentence.end)
    if whole is None or _PRONOUN.search(whole.group()):
        return False
    told = [hit for sense in ("wage", "net", "due", "take", "revenue", "workers_share") for hit in sentence.hits(sense)]
    told += [hit for hit, _ in sentence.nouns()]
    return not any(of.end() <= hit.start < whole.end() for hit in told)
