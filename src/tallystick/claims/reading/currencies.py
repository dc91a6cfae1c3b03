"""Sums whose currency is said once: "450 dollars, of which 300 go to the State", "27 and 29 roubles".

A bare number becomes a sum only beside a sum of its size, near a word of pay or of taking, and without a noun.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.heads import head
from tallystick.claims.reading.scene import Sentence

_ALIKE = 50  # two sums of one sentence differ by less than this factor
_PARALLEL = 2  # two sums told in one breath differ by less than this factor
_LEAST = 10
_NEAR = 60  # cost
_APPOSED = re.compile(r",?\s\(?(?:about|around|or|roughly|около|или|примерно)?\s?")  # the sum in another currency
_ORIGIN = re.compile(r",\s(?:up|down)\sfrom\s(?:about\s|some\s|just\s)?\Z|,\s(?:против|вместо)\s\Z")
_ENDS = re.compile(r"\s?(?:[,.;:)]|\Z|(?:and|и|respectively|соответственно|а)\b)")
_SENSES = ("wage", "net", "take", "due", "comparable", "bribe", "promise")
_JOINED = re.compile(r"\s?(?:,|and|or|и|или|[와과])\s")


def with_currencies(sentence: Sentence) -> tuple[Quantity, ...]:
    """The numbers of a sentence, in which a bare one has the currency of the sum before it or joined after it."""
    made: list[Quantity] = []
    for index, quantity in enumerate(sentence.quantities):
        following = sentence.quantities[index + 1] if index + 1 < len(sentence.quantities) else None
        sums = [
            other for other in made[-2:] if other.kind not in ("percent", "fraction")
        ]  # a share is of the sum before
        beside = sums[-1] if sums and sums[-1].kind == "money" else _joined(sentence, quantity, following)
        if beside is not None and len(made) > 1 and _APPOSED.fullmatch(sentence.text, made[-2].end, beside.start):
            beside = made[-2] if made[-2].kind == "money" else beside
        shared = beside is not None and _is_sum(sentence, quantity, beside)
        made.append(
            replace(quantity, kind="money", unit=beside.unit, per=beside.per) if shared and beside else quantity
        )
    return tuple(made)


def _joined(sentence: Sentence, quantity: Quantity, following: Quantity | None) -> Quantity | None:
    if following is None or following.kind != "money":
        return None
    return following if _JOINED.fullmatch(sentence.text, quantity.end, following.start) else None


def _is_sum(sentence: Sentence, quantity: Quantity, beside: Quantity) -> bool:
    if re.match(r"[-–]\w", sentence.text[quantity.end : quantity.end + 2]):
        return False  # "a 12-hour day"
    if quantity.kind != "count" or quantity.unit or largest(quantity) < _LEAST or largest(beside) == 0:
        return False
    if not 1 / _ALIKE < largest(quantity) / largest(beside) < _ALIKE or head(sentence, quantity).kind:
        return False
    if _ORIGIN.search(sentence.text, beside.end, quantity.start):
        return True
    alike = 1 / _PARALLEL < largest(quantity) / largest(beside) < _PARALLEL
    if alike and _ENDS.match(sentence.text, quantity.end) and any(map(sentence.has, ("wage", "net", "comparable"))):
        return True  # "with papers they get 27,900 roubles, without them 25,100"
    return min(sentence.cost(sense, quantity) for sense in _SENSES) < _NEAR
