"""The noun that is counted, with the modifiers between it and the number, by the shape of the words alone."""

from __future__ import annotations

import re

from tallystick.claims.numbers.drafts import Draft
from tallystick.claims.numbers.tables import Tables

MODIFIERS = 5
ENGLISH = re.compile(
    r"[ \u00a0\n]{1,2}(?:of\s(?=its\b|the\b)(?!))?((?:[A-Z]\.){2,}|(?:\d{1,4}-)?[A-Za-z][A-Za-z'’‑-]*)"
)
RUSSIAN = re.compile(r"[ \u00a0\n]{1,2}([А-Яа-яЁё][А-Яа-яЁё-]*)")
KOREAN = re.compile(r"(?:의|인)?\s?([가-힣]+)")
ADJECTIVE = re.compile(r"(?:ых|их|ого|его|ый|ий|ой|ая|яя|ые|ие|ую|ыми|ими)\Z")
VERB = re.compile(r"(?:ут|ют|ет|ёт|ит|ят|ли|ть|ся|ла|ло|ны|но|ал|ил|ел)\Z")
STRONG = re.compile(r"[-‑ ]strong\b")
MEMBER = re.compile(r"[-‑]([a-z]+)(?=[\s.,;:)]|\Z)")


def noun(text: str, made: Draft, known: Tables) -> None:
    """Take in the counted noun of a count that has no unit yet."""
    if made.kind == "duration":
        _shift(text, made, known)
    if made.kind != "count" or (known.language != "ko" and made.unit):
        return
    if known.language == "en":
        _english(text, made, known)
    elif known.language == "ru":
        _russian(text, made, known)
    else:
        _korean(text, made, known)


def _shift(text: str, made: Draft, known: Tables) -> None:
    """Twelve-hour shifts, days of sixteen hours: so long is each day."""
    if made.unit != "hour" or made.per or not made.hyphened or known.shift is None:
        return
    match = known.shift.match(text, made.end)
    if match:
        made.per, made.end = "day", match.end()


def _take(known: Tables, made: Draft, word: str, end: int) -> None:
    """The counted noun; "rest days" and "millions of dollars" turn out to be time and money."""
    kind, unit = known.units.get(word.lower(), ("", ""))
    if kind in ("duration", "money") and not made.unit:
        made.kind, made.unit, made.end, made.unit_end = kind, unit, end, end
        return
    made.unit, made.end, made.unit_end = word.lower(), end, end


def _english(text: str, made: Draft, known: Tables) -> None:
    strong = STRONG.match(text, made.end)
    if strong:
        _strong(text, made, known, strong.end())
        return
    member = MEMBER.match(text, made.end)
    if member:
        _take(known, made, member[1], member.end())
        made.hyphened = True
        return
    position, head, skipped = made.end, None, 0
    if (
        made.numeral.vague or made.numeral.words or made.numeral.scale > 1.0
    ):  # "60 thousand of roubles", in translations
        position = _past_of(text, position)
    while skipped <= MODIFIERS and (match := ENGLISH.match(text, position)):
        word = match[1].lower().replace("’", "'")
        if word in known.stops or word in known.small:  # "29,000 two years before" is a number of nothing yet
            break
        if _plural(word, known):
            head = match
        elif head is not None:
            break
        elif word in known.singular_people and made.numeral.value == 1.0:
            head = match
        position, skipped = match.end(), skipped + 1
    if head is not None:
        _take(known, made, head[1], head.end())


def _strong(text: str, made: Draft, known: Tables, position: int) -> None:
    """As in "a 50,000-strong diaspora": the noun is in the singular, so it is the last word before a stop."""
    made.end, head = position, None
    for _ in range(4):
        match = ENGLISH.match(text, position)
        if not match or match[1].lower() in known.stops:
            break
        head, position = match, match.end()
    if head is not None:
        _take(known, made, head[1], head.end())


def _past_of(text: str, position: int) -> int:
    """As in "thousands of workers": the `of` lies between the number and its noun."""
    return position + 3 if text[position : position + 3] == " of" else position


def _plural(word: str, known: Tables) -> bool:
    if word in known.irregular:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and "." not in word


def _russian(text: str, made: Draft, known: Tables) -> None:
    position, head, skipped = made.end, None, 0
    while skipped <= MODIFIERS and (match := RUSSIAN.match(text, position)):
        word = match[1].lower()
        ended = skipped or text[position - 1] == "."  # "50 тыс. Такой прогноз": the stop may end a sentence
        if word in known.stops or word in known.small or (match[1][0].isupper() and ended):
            break
        if ADJECTIVE.search(word):
            head = match
        elif VERB.search(word) and word not in known.people and not word.endswith(("солдат", "лет")):
            break
        else:
            head = match
            break
        position, skipped = match.end(), skipped + 1
    if head is not None:
        _take(known, made, head[1], head.end())


def _korean(text: str, made: Draft, known: Tables) -> None:
    """A counter is the unit already; "의 근로자" after a counter of people belongs to the span."""
    if made.unit not in known.people or text[made.end : made.end + 1] not in ("의", " "):
        return
    position = made.end
    genitive = text[position] == "의"
    if not genitive and not made.hedges:
        return
    for _ in range(3):
        match = KOREAN.match(text, position)
        if not match:
            return
        word = match[1]
        noun_found = next((name for name in known.persons if word.startswith(name)), "")
        if noun_found:
            made.end = match.start(1) + len(noun_found)
            return
        if not genitive:
            return
        position = match.end()
