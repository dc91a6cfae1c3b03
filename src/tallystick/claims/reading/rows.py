"""A row of hosts and numbers, whose noun stands once before or after it: "in the north 1,800, in the south 300".

Which measure each number has is said by the noun: `people`.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.heads import Head
from tallystick.claims.reading.people import by_verb, paper
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.subjects import PAPERS
from tallystick.claims.reading.verdict import CARRIED, Verdict

_WORKERS = frozenset({"worker", "citizen", "military_builder"})
_ROW = 2  # pairs of host and number that make a row
_LIST_GAP = re.compile(r"(?:에|에는|에서|은|는|이|가)?\s?[(:—–-]?\s?(?:(?:about|some|около|약|with|had)\s)?")
_IN_GAP = re.compile(r"\s(?:more\s)?(?:in|to|в|на|from|из)\s(?:the\s)?")


def row(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    """The first of a row of hosts and numbers, whose noun stands once before or after: "in A 1,800, B 300"."""
    if sum(beside_host(sentence, other) for other in sentence.quantities) < _ROW or not sentence.has("labour"):
        return None
    if not beside_host(sentence, quantity):
        return None
    nouns = [(hit, kind) for hit, kind in sentence.nouns() if kind in PAPERS or kind in _WORKERS]
    if not nouns:
        return None
    found = Head(nouns[0][1], nouns[0][0])
    if found.kind in PAPERS:
        return paper(sentence, quantity, found, True)
    return by_verb(sentence, quantity, found)._replace(evidence=CARRIED)


def beside_host(sentence: Sentence, quantity: Quantity) -> bool:
    if quantity.kind != "count":
        return False
    for hit, code in sentence.places():
        if sentence.tongue.roles[code] != "host":
            continue
        before = _LIST_GAP.fullmatch(sentence.text, hit.end, quantity.start) if hit.end <= quantity.start else None
        after = _IN_GAP.fullmatch(sentence.text, quantity.end, hit.start) if quantity.end <= hit.start else None
        if before or after:
            return True
    return False
