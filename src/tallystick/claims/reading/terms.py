"""Which measure a stretch of time belongs to: hours of a working day, days off, the term abroad."""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.plans import coordinated
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.verdict import GOVERNED, NOUN, OBSERVED, Verdict

_DAY = range(3, 25)  # hours that a day of work may have
_NEAR = 60
_CLOCK = re.compile(r"(?<!\w)с\s\d{1,2}(?:[:.]\d\d)?(?:\sчас\w*)?(?:\sутра)?\sдо\s\d{1,2}(?:[:.]\d\d)?(?!\d)")
_LASTING = re.compile(r"(?:\bfor|(?<!\w)по)\s\Z")
_IN_ALL = re.compile(
    r"\s(?:in all|in total|altogether|all told|at a (?:stretch|time)|on end|straight|non-?stop|running)\b"
)
_AT_WORK = 12  # cost: "they sew for 13 hours"
_TERM = 75  # "the term of a worker in that country is from three to five years"
_PAST = re.compile(
    r"(?:\b(?:past|last|over|after|within|previous|first|following|последн\w+|прошл\w+|через|за|спустя)|지난|최근)\s\Z",
    re.IGNORECASE,
)
_UNPAID = re.compile(
    r"\b(?:not|never|without|unpaid|no(?!\s\w+\sbut\b))\b[^.;]*\Z|(?<!\w)(?:не|без)\s[^.;]*\Z", re.IGNORECASE
)
_AGO = re.compile(
    r"\s?(?:ago|earlier|later|before|after|since|from now|prior|old|in prison|назад|спустя|после|до|전|뒤|후|만에|째)"
)


def duration(sentence: Sentence, quantity: Quantity, ours: bool, before: Verdict | None) -> Verdict | None:
    """The measure of a duration; most durations of a text belong to none. `before` is that of the one before it."""
    if not ours:
        return None
    if quantity.unit == "hour":
        goes_on = before is not None and before.measure == "hours_per_day" and coordinated(sentence, quantity)
        return before if goes_on and not quantity.per else _hours(sentence, quantity)
    if quantity.unit == "day":
        return days_off(sentence, quantity)
    if quantity.unit in ("month", "year") and largest(quantity) <= 15 and _term(sentence, quantity):
        return Verdict("contract_length", OBSERVED, NOUN, "a term of contract, permit or stay")
    return None


def _term(sentence: Sentence, quantity: Quantity) -> bool:
    """A term abroad: not how long something has lasted or lies back ("in the past three years", "two years ago")."""
    if _PAST.search(sentence.text, max(sentence.start, quantity.start - 14), quantity.start):
        return False
    if _AGO.match(sentence.text, quantity.end):
        return False
    if _UNPAID.search(sentence.text, max(sentence.start, quantity.start - 30), quantity.start):
        return False  # how long nothing was paid
    return sentence.cost("contract", quantity) < 30 or sentence.cost("term", quantity) < _TERM


def _hours(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    if _of_clock(sentence, quantity) or _not_worked(sentence, quantity):
        return None
    if int(largest(quantity)) not in _DAY or quantity.per in ("week", "month"):
        return None
    told = sentence.cost("hours", quantity) < _NEAR or sentence.cost("present", quantity) < _AT_WORK
    told = told or bool(_IN_ALL.match(sentence.text, quantity.end, sentence.end))
    lasting = bool(
        _LASTING.search(sentence.text, max(sentence.start, quantity.number_start - 6), quantity.number_start)
    )
    told = told or (lasting and any(kind == "worker" for _, kind in sentence.nouns()))
    if quantity.per == "day" or told:
        return Verdict("hours_per_day", OBSERVED, GOVERNED, "hours of a working day")
    return None


def _not_worked(sentence: Sentence, quantity: Quantity) -> bool:
    """Hours that people sleep, or that a law allows: no working day of theirs."""
    slept, worked = (sentence.cost(sense, quantity) for sense in ("sleep", "hours"))
    return slept < min(worked, _NEAR) or sentence.cost("lawful", quantity) < _NEAR


def _of_clock(sentence: Sentence, quantity: Quantity) -> bool:
    """Hours of the clock and no length of a day: "с 7 до 22 часов"."""
    if sentence.language != "ru":
        return False
    return any(
        clock.start() <= quantity.number_start < clock.end()
        for clock in _CLOCK.finditer(sentence.text, sentence.start, sentence.end)
    )


def days_off(sentence: Sentence, quantity: Quantity) -> Verdict | None:
    if sentence.cost("rest", quantity) < 30:
        return Verdict("rest_days_per_year", OBSERVED, GOVERNED, "days off")
    return None
