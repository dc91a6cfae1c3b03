"""Numbers that name: a postal code after a place, a resolution, the model of a thing. They count nobody."""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.scene import Sentence

_LEAST_CODE = 10_000  # five digits in a row
_NAME = 24  # letters of a word that a number is the name of
_NUMBERED = re.compile(
    r"(?:코로나|resolutions?|committee|paragraph|article|no\.|form|unit|flight|резолюци\w+|комитет\w*|пункт\w*|стать\w+|결의(?:안)?|"
    r"위원회|조항)\s?(?:№\s?|No\.?\s?|제)?\Z",
    re.IGNORECASE,
)
_OF_BODY = re.compile(r"\s?(?:committee|sanctions committee|위원회|호|комитет\w*)", re.IGNORECASE)


def is_code(sentence: Sentence, quantity: Quantity) -> bool:
    """A postal code after a place, or the number of a name ("X-19"): no amount of anything."""
    before = sentence.text[max(sentence.start, quantity.number_start - 2) : quantity.number_start]
    if before[-1:] == "-" and before[:1].isalpha():
        return True
    left, right = max(sentence.start, quantity.number_start - _NAME), min(sentence.end, quantity.number_end + _NAME)
    if _NUMBERED.search(sentence.text[left : quantity.number_start]) or _OF_BODY.match(
        sentence.text[quantity.number_end : right]
    ):
        return True
    return any(hit.end == quantity.number_start - 1 and before[-1:] == " " for hit, _ in sentence.places()) and (
        sentence.text[quantity.number_start : quantity.number_end].isdigit() and largest(quantity) >= _LEAST_CODE
    )
