"""Crossings of a border by the purpose that is told of them: to study, to work, or another.

A crossing is not a person: whoever crosses twice is counted twice, and who comes to study may come to work.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import CROSSINGS
from tallystick.claims.reading.scene import FAR, Hit, Sentence
from tallystick.claims.reading.verdict import CARRIED, OBSERVED, Verdict

_BOUND = 110  # beyond this cost a purpose is no number's
_GOVERNS = 45  # cost up to which a purpose is said to govern
_LABEL = re.compile(
    r"(?: ?(?:목적|비자|명목|차|등))?(?:으로|이|은|는|의|을|가)?\s?(?:약|총)?\s?"
)  # from a purpose to its number
_BEFORE = re.compile(r"(?: (?:purposes?|trips?|visits?|поезд\w+|визит\w+|целей|цели))?[\"»]?\s?[:=—–-]?\s?")
_OTHERS = ("business", "transport", "private", "transit", "tourism", "official")
_LIST = 2  # labels with a number right after each
_DASH = re.compile(r"\s?[—–-]\s(?:for\s|на\s|для\s)?")


def purposes(sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """How near study, and another purpose, stand to a number; one that labels it stands nearest."""
    study, other = (_of_purpose(sentence, quantity, sense) for sense in ("study", "other_purpose"))
    return study, other


def _of_purpose(sentence: Sentence, quantity: Quantity, sense: str) -> int:
    hits = sentence.hits(sense)
    if any(_labels(sentence, hit, quantity) for hit in hits):
        return 0
    others = [other for other in sentence.quantities if other is not quantity]
    rivals = [other for other in others if not _labelled(sentence, other)]
    return min(
        (
            sentence.reach(hit, quantity)
            for hit in hits
            if all(sentence.reach(hit, quantity) <= sentence.reach(hit, other) for other in rivals)
            and not any(_labels(sentence, hit, other) for other in others)
        ),
        default=FAR,
    )


def _labelled(sentence: Sentence, quantity: Quantity) -> bool:
    return any(_labels(sentence, hit, quantity) for sense in ("study", "other_purpose") for hit in sentence.hits(sense))


def _labels(sentence: Sentence, hit: Hit, quantity: Quantity) -> bool:
    """Whether a purpose is a number's label: before it in a Korean list, after its dash elsewhere ("90 — tourism")."""
    if sentence.language != "ko" and hit.end <= quantity.start:
        return bool(_BEFORE.fullmatch(sentence.text, hit.end, quantity.start)) and _labels_first(sentence)
    if sentence.language == "ko":
        return hit.end <= quantity.start and bool(_LABEL.fullmatch(sentence.text, hit.end, quantity.start))
    return hit.start >= quantity.end and bool(_DASH.fullmatch(sentence.text, quantity.end, hit.start))


def labelled(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number stands in a list of purposes, each before its number."""
    return sentence.language != "ko" and _labelled(sentence, quantity) and _labels_first(sentence)


def _labels_first(sentence: Sentence) -> bool:
    """Whether a list puts purposes before their numbers: "study 370, business 1,277"."""
    hits = (*sentence.hits("study"), *sentence.hits("other_purpose"), *sentence.hits("for_work"))
    labelled = [
        quantity
        for quantity in sentence.quantities
        if any(_BEFORE.fullmatch(sentence.text, hit.end, quantity.start) for hit in hits if hit.end <= quantity.start)
    ]
    return len(labelled) >= _LIST


def entry(sentence: Sentence, quantity: Quantity, evidence: str, before: Verdict | None = None) -> Verdict:
    study, other = purposes(sentence, quantity)
    if sentence.own_cost("for_work", quantity) < min(study, other, _GOVERNS):
        return Verdict("entries_work", OBSERVED, evidence, "border crossings to work")
    if min(study, other) > _BOUND and before is not None and before.measure in CROSSINGS:
        return before._replace(evidence=CARRIED, reason="crossings of the purpose named before")
    if min(study, other) > _BOUND and _told_to_study(sentence):
        return Verdict("entries_education", OBSERVED, CARRIED, "crossings of the purpose that the text begins with")
    if min(study, other) > _BOUND:
        return Verdict("entries_total", OBSERVED, evidence, "border crossings of all purposes")
    if study <= other:
        return Verdict("entries_education", OBSERVED, evidence, "border crossings to study")
    return Verdict(_other(sentence, quantity), OBSERVED, evidence, "border crossings of another purpose")


def _other(sentence: Sentence, quantity: Quantity) -> str:
    """The measure of the purpose, neither study nor work, that stands nearest to a number."""
    purpose = min(_OTHERS, key=lambda sense: _of_purpose(sentence, quantity, sense))
    return f"entries_{purpose}" if _of_purpose(sentence, quantity, purpose) < FAR else ""


def _told_to_study(sentence: Sentence) -> bool:
    """Whether the sentence before tells, without a number, of those who came to study and of no other purpose."""
    before = sentence.previous
    if before is None or any(quantity.kind == "count" for quantity in before.quantities):
        return False
    came = any(map(before.has, ("enter", "arrived", "crossing")))
    return came and before.has("study") and not before.has("other_purpose") and not before.has("for_work")
