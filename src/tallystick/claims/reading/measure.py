"""The rules of each kind of quantity, called in one place; the kind is what `tallystick.claims.numbers` says it is."""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.counts import count
from tallystick.claims.reading.parts import context
from tallystick.claims.reading.pay import money
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.shares import multiple, share
from tallystick.claims.reading.terms import days_off, duration
from tallystick.claims.reading.verdict import GOVERNED, OBSERVED, Verdict
from tallystick.claims.reading.ways_out import fee, taken_out

_LONGEST_DAY = 24
_WORKING = re.compile(  # "hour of work 10", "labour time is 14 to 16", as translations put it
    r"\b(?:hours? of (?:work|labou?r)|(?:work|working|labou?r)[- ](?:hours?|time))"
    r"(?:\s(?:is|are|was|were|of|in|a|one|the|"
    r"day|per|becomes?|reach(?:es)?|about|over))*:?\s\Z",
    re.IGNORECASE,
)
_MOST_DAYS_OFF = 8  # in a month, said without a unit of time ("2회")


def measured(sentence: Sentence, quantity: Quantity, ours: bool, before: Verdict | None) -> Verdict | None:
    """The verdict on one quantity; `before` is the verdict on the quantity before it in its sentence."""
    if quantity.vague or (quantity.low is None and quantity.point is None and quantity.high is None):
        return None
    if ours and (told := context(sentence, quantity)) is not None:
        return told
    if quantity.kind == "money":
        return fee(sentence, quantity, money(sentence, quantity, ours, before))
    if quantity.kind in ("percent", "fraction"):
        return share(sentence, quantity, ours)
    if quantity.kind == "multiple":
        return multiple(sentence, quantity, ours)
    if quantity.kind == "duration":
        return duration(sentence, quantity, ours, before)
    if quantity.kind == "count":
        return taken_out(sentence, quantity, _count(sentence, quantity, ours, before))
    return None


def _count(sentence: Sentence, quantity: Quantity, ours: bool, before: Verdict | None) -> Verdict | None:
    if (
        ours
        and not quantity.unit
        and largest(quantity) <= _LONGEST_DAY
        and _WORKING.search(sentence.text, sentence.start, quantity.start)
    ):
        return Verdict("hours_per_day", OBSERVED, GOVERNED, "hours of work, named before their number")
    if largest(quantity) <= _MOST_DAYS_OFF and ours and (off := days_off(sentence, quantity)):
        return off
    return count(sentence, quantity, ours, before)
