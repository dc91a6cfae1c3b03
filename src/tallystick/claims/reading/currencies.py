"""Sums whose currency is said once: "450 dollars, of which 300 go to the State", "27 and 29 roubles".

A bare number becomes a sum only beside a sum of its size, near a word of pay or of taking, and without a noun.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.heads import head
from tallystick.claims.reading.plans import VERBS
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.subjects import PAPERS

_ALIKE = 50  # two sums of one sentence differ by less than this factor
_PARALLEL = 2  # two sums told in one breath differ by less than this factor
_LEAST = 10
_NEAR = 60  # cost
_APPOSED = re.compile(r",?\s\(?(?:about|around|or|roughly|около|или|примерно)?\s?")  # the sum in another currency
_ORIGIN = re.compile(r",\s(?:up|down)\sfrom\s(?:about\s|some\s|just\s)?\Z|,\s(?:против|вместо)\s\Z")
_ENDS = re.compile(r"\s?(?:[,.;:)]|\Z|(?:and|и|respectively|соответственно|а)\b)")
_OWN = {"ru": "RUB"}  # the money that a text in a language need not name
_LEAST_BARE = 1000
_BESIDE = 20  # cost
_BACK = 3  # sentences
_MORE = re.compile(r"\s(?:из|от|раз)(?!\w)|[-–]\w")
_PAID = ("wage", "net", "take", "due", "comparable")
_SENSES = ("wage", "net", "take", "due", "comparable", "bribe", "promise")
_AND_AT_TIMES = re.compile(
    r",?\s(?:and|or|but|а|и|или|но)\s(?:(?:at times|sometimes|even|often|on occasion|in summer|иногда|порой|бывает|"
    r"порою|подчас|даже|то|и|часто|случается|летом|в сезон)[,\s]\s?){1,3}"
)
_JOINED = re.compile(r"\s?(?:,|and|or|и|или|[와과])\s")


def with_currencies(sentence: Sentence) -> tuple[Quantity, ...]:
    """The numbers of a sentence, in which a bare one has the currency of the sum before it or joined after it."""
    made: list[Quantity] = []
    for index, quantity in enumerate(sentence.quantities):
        following = sentence.quantities[index + 1] if index + 1 < len(sentence.quantities) else None
        sums = [
            other for other in made[-2:] if other.kind not in ("percent", "fraction", "multiple")
        ]  # a share is of the sum before
        beside = sums[-1] if sums and sums[-1].kind == "money" else _joined(sentence, quantity, following)
        if beside is not None and len(made) > 1 and _APPOSED.fullmatch(sentence.text, made[-2].end, beside.start):
            beside = made[-2] if made[-2].kind == "money" else beside
        if following is not None and _of_unit(sentence, quantity, following):
            made.append(replace(quantity, kind=following.kind, unit=following.unit, per=following.per))
        elif beside is not None and _is_sum(sentence, quantity, beside):
            made.append(replace(quantity, kind="money", unit=beside.unit, per=beside.per))
        else:
            made.append(_unsaid(sentence, quantity, made))
    return tuple(made)


def _of_unit(sentence: Sentence, quantity: Quantity, following: Quantity) -> bool:
    """ "12 to 14, and at times 20 hours": a unit said once, after the last of two numbers that are joined."""
    if quantity.kind != "count" or quantity.unit or quantity.vague or following.kind not in ("duration", "percent"):
        return False
    return bool(_AND_AT_TIMES.fullmatch(sentence.text, quantity.end, following.start))


def _unsaid(sentence: Sentence, quantity: Quantity, before: list[Quantity]) -> Quantity:
    """A number that a word of pay governs is a sum, in the money spoken of before, else in that of the language."""
    if not _governed(sentence, quantity):
        return quantity
    said = _said_before(sentence, before)
    if said is None:
        least = _LEAST_BARE if not quantity.per else _LEAST
        known = largest(quantity) >= least and sentence.language in _OWN
        return replace(quantity, kind="money", unit=_OWN[sentence.language]) if known else quantity
    if 1 / _ALIKE < largest(quantity) / largest(said) < _ALIKE:
        return replace(quantity, kind="money", unit=said.unit)
    return quantity


def _governed(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a bare number has a word of pay or of giving beside it, and no other word to count by."""
    if sentence.language not in _OWN or quantity.kind != "count" or quantity.unit or quantity.vague:
        return False
    if sentence.has("issue") and _of_papers(sentence):
        return False
    if largest(quantity) < _LEAST or head(sentence, quantity).kind or _MORE.match(sentence.text, quantity.end):
        return False
    paid = min(sentence.cost(sense, quantity) for sense in _PAID)
    if quantity.per and paid < _NEAR:
        return True
    others = min(sentence.cost(sense, quantity) for sense in (*VERBS, "headcount", "issue", "planned", "enter"))
    return paid < _BESIDE and paid < others


def _of_papers(sentence: Sentence) -> bool:
    """Whether permits or visas are spoken of, here or in the sentence before: these are given too."""
    near = [*sentence.nouns(), *(sentence.previous.nouns() if sentence.previous is not None else ())]
    return any(kind in PAPERS or kind == "visa" for _, kind in near)


def _said_before(sentence: Sentence, before: list[Quantity]) -> Quantity | None:
    """The last sum of this sentence or of the few before it."""
    near: Sentence | None = sentence
    told = before
    for _ in range(_BACK + 1):
        sums = [other for other in told if other.kind == "money" and largest(other)]
        if sums:
            return sums[-1]
        near = near.previous if near is not None else None
        told = list(near.quantities) if near is not None else []
    return None


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
