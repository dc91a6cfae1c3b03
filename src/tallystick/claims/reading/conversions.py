"""Sums that say another over again: a second currency beside the first, and the two ends of an exchange rate.

Which measure a sum belongs to is `pay`; a sum that is none of these may still belong to none.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.scene import Sentence

_CONVERSION = re.compile(
    r"\s?\(?[,/=~≈]?\s?(?:(?:or|and|about|around|roughly|some|или|около|примерно|약|미화|한화)\s?){0,2}"
)
_OUR_MONEY = re.compile(
    r"[,(]?\s?(?:(?:즉|곧)\s|우리\s?돈(?:으로)?|한화(?:로)?|원화로)\s?(?:(?:약|최대)\s)?|"
    r",?\s(?:at|by|по)\s(?:\w+\s){0,3}(?:rates?|exchange|курсу)\s(?:(?:about|of|или|около)\s)?|"
    r"(?:\s(?:for each|per|a|each|every)(?:\s\w+){0,3})?,?\s(?:(?:which|that)\s(?:is|was|equals?|makes?|made|comes to|"
    r"came to|amounts to|"
    r"would be|works out at|corresponds to)|i\.e\.|that is|equal to|equivalent to|(?:or )?the equivalent of|worth|"
    r"что\s(?:составля\w+|равно|соответствует|эквивалентно)|то есть|т\.\s?е\.|эквивалент\w*)"
    r"(?:\s(?:about|around|roughly|some|nearly|almost|to|около|примерно|почти))?\s"
)
_EQUALS = re.compile(
    r"\s?[=≈~]\s?(?:about\s|around\s|около\s|약\s?)?|\s(?:is|was|are|were|equals?|makes?|costs?|at|to|равен|равна|стоит|стоил)\s"
    r"(?:about\s|around\s|worth\s|equal to\s|около\s)?|\s?당\s?(?:약\s?)?|에\s?(?:약\s?)?"
)


def is_converted(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sum only says another in a second or third currency: "1,000 yuan (13,000 yen or $147)"."""
    index = sentence.quantities.index(quantity)
    if index == 0:
        return False
    first = sentence.quantities[index - 1]
    if first.kind != "money" or first.unit == quantity.unit:
        return False
    gap = sentence.text[first.end : quantity.start]
    opened = sentence.text.rfind("(", sentence.start, quantity.start)
    inside = opened >= 0 and sentence.text.find(")", opened, quantity.start) < 0
    inside = inside or (gap.strip()[:1] == "," and sentence.text[quantity.end : quantity.end + 1] in (",", ".", ";"))
    return (inside and bool(_CONVERSION.fullmatch(gap))) or bool(_OUR_MONEY.fullmatch(gap))


def is_exchange(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sum is one of an exchange rate: "1 euro = 90 roubles", "1달러에 70루블에서 110루블"."""
    index = sentence.quantities.index(quantity)
    ranged = index > 0 and sentence.quantities[index - 1].unit == quantity.unit  # "from 70 to 110 roubles"
    pairs = ((index, index + 1), (index - 1, index), *(((index - 2, index - 1),) if ranged else ()))
    return any(_is_rate(sentence, one, other) for one, other in pairs if 0 <= one < other)


def _is_rate(sentence: Sentence, one: int, other: int) -> bool:
    if other >= len(sentence.quantities):
        return False
    first, second = sentence.quantities[one], sentence.quantities[other]
    unlike = first.kind == "money" and (second.kind, second.unit) != ("money", first.unit)
    return unlike and first.point == 1 and bool(_EQUALS.fullmatch(sentence.text, first.end, second.start))
