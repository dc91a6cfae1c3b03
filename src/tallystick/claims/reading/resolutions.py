"""What a text says of the rule itself: the year it gives to the resolution on labour, and the deadline it names.

These are claims about a text, checked against the text of the resolution; they say nothing of workers. A year counts as
the resolution's only where it stands in its name, after it, or with a verb of adopting it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tallystick.claims.numbers.days import days
from tallystick.claims.quantity import Day, Quantity
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.verdict import GOVERNED, OBSERVED, Verdict

YEAR, DEADLINE_YEAR, DEADLINE = "resolution_year_claim", "resolution_deadline_year_claim", "resolution_deadline_claim"
DATED = {YEAR: "year", DEADLINE_YEAR: "year", DEADLINE: "yyyymmdd"}
_AFTER = re.compile(
    r"\s?(?:\d{4})?\s?(?:[(,]\s?|of\s|from\s|in\s|dated\s|adopted\s(?:in\s|on\s)?|passed\s(?:in\s|on\s)?|от\s)"
)
_ADOPTED = 70  # cost of the way from a day to the verb of adopting, and to the resolution
_NEIGHBOUR = 1  # sentences away in which the workers may be named


def dated(sentences: Sequence[Sentence], sentence: Sentence) -> list[tuple[Quantity, Verdict]]:
    """The years and deadlines that a sentence gives to the resolution, as numbers with the measure of each."""
    around = sentences[max(0, sentence.index - _NEIGHBOUR) : sentence.index + _NEIGHBOUR + 1]
    if not sentence.days or not (sentence.has("resolution") and any(near.has("labour") for near in around)):
        return []
    said = "said of the resolution itself"
    measures = ((day, _measure(sentence, day)) for day in sentence.days)
    return [(_number(day, measure), Verdict(measure, OBSERVED, GOVERNED, said)) for day, measure in measures if measure]


def _measure(sentence: Sentence, day: Day) -> str | None:
    if day.relative or day.first.year != day.last.year:
        return None
    if day.relation in ("by", "until", "before") or _deadline(sentence, day):
        ends = sentence.has("deadline") or sentence.has("repatriated")
        return (DEADLINE if day.first == day.last else DEADLINE_YEAR) if ends else None
    return YEAR if any(_of(sentence, day, hit) for hit in sentence.hits("resolution")) else None


def _deadline(sentence: Sentence, day: Day) -> bool:
    """ "The deadline of 22 December 2019"."""
    return any(0 <= day.start - hit.end <= len(" was on ") for hit in sentence.hits("deadline"))


def _of(sentence: Sentence, day: Day, hit: Hit) -> bool:
    text, council = sentence.text, sentence.tongue.sense("council").pattern
    if sentence.language == "ko":
        return day.end <= hit.start and bool(_adopting(council).fullmatch(text, day.end, hit.start))
    if day.end <= hit.start and _naming(council).fullmatch(text, day.end, hit.start):
        return True
    if hit.end <= day.start and _AFTER.fullmatch(text, hit.end, day.start):
        return True
    if sentence.language == "ru" and text[hit.end : day.start] == " ":
        return True  # a genitive: "the resolution of 2016"
    return any(_near(hit, day) <= _ADOPTED and _dates(sentence, verb, day) for verb in sentence.hits("adopted"))


def _dates(sentence: Sentence, verb: Hit, day: Day) -> bool:
    """Whether a day is near a verb of adopting, and no other day nearer."""
    return _near(verb, day) <= min(_ADOPTED, *(_near(verb, other) for other in sentence.days))


def _near(hit: Hit, day: Day) -> int:
    return max(hit.start - day.end, day.start - hit.end, 0)


def _number(day: Day, measure: str) -> Quantity:
    value = day.last.year if DATED[measure] == "year" else day.last.year * 10_000 + day.last.month * 100 + day.last.day
    return Quantity(
        start=day.start,
        end=day.end,
        number_start=day.start,
        number_end=day.end,
        low=None,
        point=float(value),
        high=None,
        kind="date",
        unit=DATED[measure],
    )


def again(quote: str, language: str, measure: str) -> list[Quantity]:
    """The dates that the quote of such a claim holds, read from the quote alone."""
    return [_number(day, measure) for day in days(quote, language, None)] if measure in DATED else []


@cache
def _naming(council: str) -> re.Pattern[str]:
    """What stands between a year and the rule that it dates: "2017's new sanctions resolution"."""
    return re.compile(rf"['’]?s?\s(?:(?:{council}|[Ss]anctions?|new|a|the)\s)*")


@cache
def _adopting(council: str) -> re.Pattern[str]:
    """The same in Korean: a verb of adopting, and whose rule it is."""
    return re.compile(rf"[에의]?\s?(?:(?:(?:채택|통과|결의)[된한]?|{council})\s?)*")
