"""Parts of those who fled: "the runaways, ten of whom left one site", "of the fugitives eight had sewn".

Whoever is counted out of people who fled has fled, whatever else is told of them, unless it is that they died or were
sent back. Those who did not flee leave, stay and work as anybody.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.scene import Hit, Sentence

_OF_THEM = {  # after the number
    "en": re.compile(r"\s(?:more\s)?of\s(?:whom|them|these|those)\b"),
    "ru": re.compile(r"(?:\s(?:человек|рабочих))?\s(?:из|среди)\s(?:которых|них)(?!\w)"),
}
_KOREAN_OF = re.compile(r"(?:이|그|이들)\s?(?:중|가운데)(?:에서?)?\s?(?:약\s)?\Z")
_WHO = re.compile(r"(?<!\w)(?:who|which|that|котор\w+)\s(?:had\s|has\s|later\s)?\Z")
_REACH = 12  # letters
_ANTECEDENT = 90  # letters from those who fled to the part of them
_PERSONS = frozenset({"worker", "citizen", "soldier", "student", "military_builder", "escapee"})
_OTHERWISE = ("death", "other_fate", "recalled")
_SENT_BACK = re.compile(r"return|sent|repatriat|deport|expel|верну|выслан|депорт|송환|귀국|추방|돌려", re.IGNORECASE)


def of_fled(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is that of a part of people who fled, spoken of just before it."""
    if quantity.kind != "count" or not _is_part(sentence, quantity):
        return False
    before = [
        (hit, kind)
        for near in (sentence.previous, sentence)
        for hit, kind in (near.nouns() if near else ())
        if hit.end <= quantity.start and kind in _PERSONS
    ]
    if not before or quantity.start - before[-1][0].end > _ANTECEDENT:
        return False
    called = before[-1][1] == "escapee" or (len(before) > 1 and _describes(before[-2], before[-1]))
    fled = called or _fleeing(sentence, before[-1][0].end, quantity.start)
    return fled and not _otherwise(sentence, quantity)


def fate_before(sentence: Sentence, quantity: Quantity) -> str | None:
    """What befell people of whom the sentence before told without a number, where this one only numbers them."""
    before = sentence.previous
    if before is None or before.paragraph != sentence.paragraph or quantity.kind != "count":
        return None
    if any(other.kind == "count" for other in before.quantities):
        return None
    if not any(kind in _PERSONS for _, kind in before.nouns()) or before.has("planned"):
        return None
    told = [sense for sense in ("escape", "death") if any(not _aside(before, hit) for hit in before.hits(sense))]
    return told[0] if len(told) == 1 and not any(map(before.has, ("repatriated", "other_fate"))) else None


def _aside(sentence: Sentence, hit: Hit) -> bool:
    """Whether a word stands in a clause on a person: "a trader who fled" is no news of those who are counted next."""
    return bool(_WHO.search(sentence.text, max(sentence.start, hit.start - _REACH), hit.start))


def _describes(one: tuple[Hit, str], other: tuple[Hit, str]) -> bool:
    """As in "runaway loggers": a word for who fled, right before the noun."""
    return one[1] == "escapee" and other[0].start - one[0].end <= 1


def _is_part(sentence: Sentence, quantity: Quantity) -> bool:
    if sentence.language == "ko":
        return bool(_KOREAN_OF.search(sentence.text, max(sentence.start, quantity.start - _REACH), quantity.start))
    return bool(_OF_THEM[sentence.language].match(sentence.text, quantity.number_end, sentence.end))


def _fleeing(sentence: Sentence, left: int, right: int) -> bool:
    """Whether a clause between people and a part of them says that they fled: "men who broke out, ten of whom"."""
    return any(left <= hit.start and hit.end <= right for hit in sentence.hits("escape"))


def _otherwise(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the part is told of as dead, caught or sent back."""
    hits = [hit for sense in (*_OTHERWISE, "repatriated") for hit in sentence.hits(sense) if hit.start >= quantity.end]
    back = [hit for hit in sentence.hits("repatriated") if _SENT_BACK.match(sentence.text, hit.start)]
    return any(hit in back or hit not in sentence.hits("repatriated") for hit in hits)
