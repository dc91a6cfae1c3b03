"""Quantities of a text: numerals, masked where they only look like one, then units, ranges, bounds and nouns."""

from __future__ import annotations

import re
from functools import lru_cache

from tallystick.claims.numbers.drafts import LARGEST, Draft, draft, in_times, scale_letter
from tallystick.claims.numbers.inverted import inverted
from tallystick.claims.numbers.korean import korean_numerals
from tallystick.claims.numbers.masks import Masked, mask, mask_draft
from tallystick.claims.numbers.nouns import noun
from tallystick.claims.numbers.numerals import Numeral, numerals
from tallystick.claims.numbers.phrases import after, before
from tallystick.claims.numbers.ranges import join
from tallystick.claims.numbers.tables import Tables, tables
from tallystick.claims.quantity import Quantity

OPENING = re.compile(
    r"\s?\((?:≈|~|=|(?:about|around|approximately|approx\.?|roughly|some|or|nearly|almost|over|under|just|slightly|"
    r"more than|"
    r"less than|close to|equal to|equivalent to|worth|at|i\.e\.|that is|около|примерно|почти|более|менее|чуть|свыше|"
    r"порядка|"
    r"приблизительно|это|или|то есть|что составляет)\s|(?:약|대략|거의|한화|미화|우리\s?돈(?:으로)?)\s?)*\Z"
)


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """All quantities of `text` ("en", "ru" or "ko"), in order and apart; what only looks like one is left out."""
    return _read(text, language)[0]


def masked(text: str, language: str) -> tuple[Masked, ...]:
    """The numbers that are no quantities, each with the name of the reason."""
    return _read(text, language)[1]


@lru_cache(maxsize=1)  # the dates of a text are asked for right after its quantities
def _read(text: str, language: str) -> tuple[tuple[Quantity, ...], tuple[Masked, ...]]:
    known = tables(language)
    numbers = korean_numerals(text) if language == "ko" else numerals(text, language)
    if not numbers:
        return (), ()
    hidden: list[Masked] = []
    drafts = _drafts(text, numbers, known, hidden)
    drafts = join(text, drafts, known)
    drafts = _conversions(text, drafts)
    made = _decorated(text, drafts, known, hidden)
    return tuple(draft.frozen() for draft in made), tuple(hidden)


def _drafts(text: str, numbers: list[Numeral], known: Tables, hidden: list[Masked]) -> list[Draft]:
    made: list[Draft] = []
    floor = 0
    for numeral in numbers:
        if numeral.start < floor:
            continue
        reason = mask(text, numeral, known)
        if reason:
            hidden.append(reason)
            floor = max(floor, reason.end)
            continue
        current = draft(text, numeral, known, floor)
        if made and made[-1].kind == "money" and current.kind == "count" and 0 < current.start - made[-1].end < 4:
            scale_letter(text, current, known)  # the sign of "$200-500m" stands at the first end only
        floor = current.end
        made.append(current)
    return made


def _conversions(text: str, drafts: list[Draft]) -> list[Draft]:
    """US$700 (RM 2,830) is one quantity in the first currency; its span takes in the parenthesis."""
    made: list[Draft] = []
    for current in drafts:
        previous = made[-1] if made else None
        if previous is not None and _converts(text, previous, current):
            previous.end = current.end + 1
            continue
        made.append(current)
    return made


def _converts(text: str, first: Draft, second: Draft) -> bool:
    if first.kind != "money" or second.kind != "money" or second.start - first.end > 24:
        return False
    if first.unit == second.unit and not _other_sign(text, first, second):
        return False
    return text[second.end : second.end + 1] == ")" and bool(OPENING.fullmatch(text, first.end, second.start))


def _other_sign(text: str, first: Draft, second: Draft) -> bool:
    """As in "2,500 yuan (¥50,000)": beside yuan in words the sign of both is that of yen."""
    return text[second.start : second.start + 1] == "¥" and "¥" not in text[first.start : first.end]


def _decorated(text: str, drafts: list[Draft], known: Tables, hidden: list[Masked]) -> list[Draft]:
    made: list[Draft] = []
    floor = 0
    for current in drafts:
        if current.start < floor:
            continue  # inside the noun phrase of the one before
        _around(text, current, known, made)
        reason = mask_draft(text, current, known)
        if reason:
            hidden.append(reason)
            continue
        floor = max(current.end, floor)
        made.append(current)
    hidden.sort(key=lambda reason: reason.start)
    return made


def _around(text: str, current: Draft, known: Tables, made: list[Draft]) -> None:
    """Bounds and rates before, then bounds, noun, rates and persons after, in whatever order they stand."""
    start = current.start
    floor = made[-1].end if made and known.language != "ko" else 0
    in_times(text, current, known)
    if not current.target:
        before(text, current, known, floor)
    while made and current.start < made[-1].end and made[-1].start >= current.start:
        made.pop()  # "1년" in "1년 7200달러" is a rate
    if made and current.start < made[-1].end:
        current.start = max(start, made[-1].end)
    for _ in range(3):
        if not after(text, current, known):
            break
    noun(text, current, known)
    inverted(text, current, known, made)
    for _ in range(3):
        if not after(text, current, known):
            break
    if current.point is not None and abs(current.point) > LARGEST:
        current.point = None
