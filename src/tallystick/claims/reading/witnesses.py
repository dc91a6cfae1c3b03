"""People who were asked or who tell: witnesses, wherever they had worked, and no number of those at work.

Whose words a claim rests on is `asserters`; here a number of people is only kept from being one.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.clauses import is_auxiliary, modifiers
from tallystick.claims.reading.plans import VERBS
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.subjects import OPENS_WITHIN

MOST_WITNESSES = 200
_AFTER_SPEECH = (", ", '" ', "” ", "’ ")  # before whoever spoke
_INTERVIEWED = re.compile(
    r"[^.;:\d]{0,90}?\b(?:were|was|are|have been|had been)\s(?:\w+ly\s)?"
    r"(?:interviewed|surveyed|questioned|polled|asked|quizzed|heard)\b"
)
_WHO = re.compile(r"(?:\s\w+){0,2}\s(?:who|that)\s(?:have\s|had\s)?")
_SPEAKS = re.compile(
    r",|\b(?:he|she|they|said|says|told|that|there|он|она|что|сказал\w*|заявил\w*)\b|에서", re.IGNORECASE
)
_RELATIVE_GAP = re.compile(
    r"(?:\s\w+)?,?\s(?:who|that|which|котор\w+|\w+вш(?:ие|их))\s[^.;:,\d]{3,110}?,?\s(?:have\s|has\s|had\s|since\s|"
    r"later\s)*"
)
_ASKED = 35  # cost of the way from "interviewed" to the number of those who were


def is_witness(sentence: Sentence, quantity: Quantity) -> bool:
    """People who were interviewed, or who tell, are witnesses, wherever they had worked."""
    if largest(quantity) <= MOST_WITNESSES and _tells(sentence, quantity):
        return True
    if sentence.cost("witness", quantity) >= _ASKED:
        return False
    near = min(sentence.hits("witness"), key=lambda hit: sentence.reach(hit, quantity))
    left, right = (near.end, quantity.start) if near.end <= quantity.start else (quantity.end, near.start)
    return not _SPEAKS.search(sentence.text, left, max(left, right))


def _tells(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether people are the subject of a verb of telling: "six men who had left described their days"."""
    if _speaks_last(sentence, quantity) or _interviewed(sentence, quantity):
        return True
    opens = sentence.language == "en" and sentence.text[quantity.start - 2 : quantity.start] in _AFTER_SPEECH
    if quantity.start - sentence.start > OPENS_WITHIN and not opens:
        return False
    inner = modifiers(sentence, quantity, (*VERBS, "tell"))
    verbs = sorted(hit for sense in (*VERBS, "tell") for hit in sentence.hits(sense))
    full = [
        hit
        for hit in verbs
        if hit.start >= quantity.end and hit not in inner and not is_auxiliary(sentence, hit, tuple(verbs))
    ]
    tells = sentence.hits("tell")
    direct = bool(full) and full[0] in tells and "," not in sentence.text[quantity.end : full[0].start]
    return bool(full) and (direct or any(_only_relative(sentence, quantity, hit) for hit in tells))


def _speaks_last(sentence: Sentence, quantity: Quantity) -> bool:
    """ "They slept in shifts, two former loggers said": who tells is named at the end, right before the verb."""
    if sentence.language == "ko" or sentence.text[quantity.start - 2 : quantity.start] not in _AFTER_SPEECH:
        return False
    after = [other for other in sentence.quantities if other.start >= quantity.end]
    ends = any(sentence.end - hit.end <= len('."') for hit in sentence.hits("tell"))
    return ends and not after and "," not in sentence.text[quantity.end : sentence.end]


def _interviewed(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Fifty former loggers, all now free, were interviewed"; "twenty who answered": people who were asked."""
    if sentence.language != "en":
        return False
    who = _WHO.match(sentence.text, quantity.number_end, sentence.end)
    told = who is not None and any(hit.start == who.end() for hit in sentence.hits("tell"))
    return told or bool(_INTERVIEWED.match(sentence.text, quantity.number_end, sentence.end))


def _only_relative(sentence: Sentence, quantity: Quantity, hit: Hit) -> bool:
    """Whether nothing but a relative clause lies between a subject and its verb."""
    gap = sentence.text[quantity.end : hit.start]
    return bool(_RELATIVE_GAP.fullmatch(gap))
