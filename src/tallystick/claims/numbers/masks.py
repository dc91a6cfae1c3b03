"""Numbers that are no quantities, and why: years, dates, clock times, ages, ordinals, references, names of models.

Each mask has a name that a person can be shown. A mask looks at a bounded stretch on either side of one number, so that
reading stays linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tallystick.claims.numbers.drafts import LARGEST, Draft
from tallystick.claims.numbers.mask_words import LEFT, MONTHS, RIGHT
from tallystick.claims.numbers.numerals import Numeral
from tallystick.claims.numbers.tables import SIGNS, Tables

LOOK = 34  # signs to the left and right
FIRST_YEAR, LAST_YEAR = 1900, 2100
DATE = re.compile(
    r"(?:1[89]|20)\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\s?\d{1,2}\.\s?\d{1,2})(?:T[\d:]+Z?)?(?!\d)"
    r"|\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)(?![\d.])"
)
CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?!\d)")
PHONE = re.compile(
    r"\+\d{1,3}[\s(-]{0,2}\d[\d\s()-]{5,16}\d|\(\d{2,4}\)\s?\d{3,4}[-\s]\d{2,4}(?:[-\s]\d{2})?"
    r"|(?<!\d)\d{2,4}-\d{3,4}-\d{4}(?!\d)|(?<!\d)8[\s-]?\(?\d{3}\)?[\s-]\d{3}[\s-]\d\d[\s-]\d\d(?!\d)"
)
WEB = re.compile(r"://|www\.|@\w|\w\.(?:com|org|net|ru|kr|io|gov|edu|info|html?|pdf|php|jpe?g|png)(?:\W|\Z)|/[^\s/]*/")
DOTTED = re.compile(r"\d{1,4}(?:\.\d{1,4}){2,8}(?!\d)")
YEARS = re.compile(
    r"(?:19|20)\d\d(?:\s?[-–—/~∼]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)|(?:\sto\s|\sдо\s|\sand\s|\sи\s|\sor\s)(?:19|20)\d\d(?!\d))?"
)
_COLDEST = 100
_SUM = re.compile(r"\s?(?:dollars?|roubles?|rubles?|euros?|yuan|won|USD|долл|руб|евро|юан|вон|[$€₽￦¥])", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"(?<!\w)(?:minus|минус)\s\Z", re.IGNORECASE)
SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A stretch that is no quantity; `name` says what it is instead."""

    start: int
    end: int
    name: str


@cache
def _pattern(language: str, side: str) -> re.Pattern[str]:
    words = LEFT[language] if side == "left" else RIGHT[language]
    months = MONTHS[language]
    parts = [f"(?P<{name}__{place}>{part.replace('MONTH', months)})" for place, (name, part) in enumerate(words)]
    joined = "|".join(parts)
    return re.compile(rf"(?:{joined})\Z" if side == "left" else joined)


def mask(text: str, numeral: Numeral, known: Tables) -> Masked | None:
    """Why this numeral is no quantity, None when nothing says so. What needs the unit is in `mask_draft`."""
    if numeral.vague or numeral.kind in ("multiple", "percent"):
        return None
    if numeral.value is None or abs(numeral.value) > LARGEST:
        return Masked(start=numeral.start, end=_past_digits(text, numeral.end), name="digits")
    cold = numeral.value < _COLDEST and _BELOW_ZERO.search(text, max(0, numeral.start - LOOK), numeral.start)
    if cold and not _SUM.match(text, numeral.end):
        return Masked(start=numeral.start, end=numeral.end, name="temperature")
    if numeral.kind == "fraction":
        return _half_of_time(text, numeral, known)
    if not numeral.words:
        for check in FREE_CHECKS if _free(text, numeral, known) else CHECKS:
            found = check(text, numeral, known)
            if found:
                return found
    return _by_words(text, numeral, known)


def _free(text: str, numeral: Numeral, known: Tables) -> bool:
    """Whether blanks and stops set the figure apart: most are, and then it is inside no date, address or name."""
    before, after = text[numeral.start - 1 : numeral.start], text[numeral.end : numeral.end + 2]
    if (before not in (" ", "\n") and numeral.start) or (known.language == "ru" and numeral.value == 8):
        return False
    return not after or after[0] in " \n%" or (after[0] in ",.;" and not after[1:].isalnum() and known.language != "ko")


def _past_digits(text: str, end: int) -> int:
    """A long run of digits is one thing: nothing inside it is a number of its own."""
    while end < len(text) and (text[end].isdecimal() or (text[end] in ".," and text[end + 1 : end + 2].isdecimal())):
        end += 1
    return end


def _numeric_date(text: str, numeral: Numeral, _: Tables) -> Masked | None:
    for name, pattern in (("date", DATE), ("clock", CLOCK), ("version", DOTTED)):
        match = pattern.match(text, numeral.start)
        if match and not (name == "version" and numeral.grouped and numeral.end == match.end()):
            return Masked(start=match.start(), end=max(match.end(), numeral.end), name=name)
    return None


def _phone(text: str, numeral: Numeral, _: Tables) -> Masked | None:
    begin = max(0, numeral.start - 4)
    near = text[begin : numeral.end + 24]
    if "-" not in near and "+" not in near and "(" not in near and not near.startswith("8"):
        return None
    match = PHONE.search(near)
    if match and begin + match.start() <= numeral.start < begin + match.end():
        return Masked(start=begin + match.start(), end=max(numeral.end, begin + match.end()), name="phone")
    return None


def _web(text: str, numeral: Numeral, _: Tables) -> Masked | None:
    """Inside an address of the web: the whole run without blanks, as far as it is looked at."""
    before, after = text[max(0, numeral.start - 80) : numeral.start], text[numeral.end : numeral.end + 80]
    head_text = "" if not before or before[-1].isspace() else before.split()[-1]
    tail_text = "" if not after or after[0].isspace() else after.split(None, 1)[0]
    if not (set("/.@") & set(head_text + tail_text)):
        return None
    run = head_text + text[numeral.start : numeral.end] + tail_text
    if not WEB.search(run):
        return None
    return Masked(start=numeral.start - len(head_text), end=numeral.end + len(tail_text), name="web")


def _glued(text: str, numeral: Numeral, known: Tables) -> Masked | None:
    """A letter before a figure, or one after it that is no unit: "G7", "Covid-19", "h264", "5G"."""
    before = text[max(0, numeral.start - 24) : numeral.start]
    if before[-1:].isalpha() and before[-1:].isascii() and not _currency(before):
        return Masked(start=numeral.start, end=numeral.end, name="model")
    if before[-1:] in ("-", "‑") and before[-2:-1].isalpha() and not _spelled(before, known):
        return Masked(start=numeral.start, end=numeral.end, name="model")
    if before[-1:] in SUPERSCRIPTS or (before[-1:] == "[" and text[numeral.end : numeral.end + 1] == "]"):
        return Masked(start=numeral.start, end=numeral.end, name="footnote")
    return None


def _currency(before: str) -> bool:
    return any(
        before[-length:] in SIGNS
        and not before[-length - 1 : -length].isalpha()
        and not before[-length - 1 : -length].isdigit()
        for length in (1, 2, 3, 4)
    )


def _spelled(before: str, known: Tables) -> bool:
    """As in "four-thousand-100", "rest-300": what stands before the hyphen is a number word or a common word."""
    word = before[:-1].split()[-1:] or [""]
    last = word[0].split("-")[-1]
    return (
        last.lower() in known.scales
        or last.lower() in known.small
        or (last.islower() and last.isalpha() and len(last) > 3)
    )


def _list(text: str, numeral: Numeral, _: Tables) -> Masked | None:
    """As in "3." or "(3)" where a line begins, a figure alone on its line, and ", 36," after a name."""
    if numeral.grouped or numeral.value is None or numeral.value >= 1000:
        return None
    line_start = text.rfind("\n", max(0, numeral.start - 6), numeral.start)
    opening = text[line_start + 1 if line_start >= 0 else max(0, numeral.start - 6) : numeral.start].strip()
    at_start = (line_start >= 0 or numeral.start <= 6) and opening in ("", "(", "•", "-", "—")
    following = text[numeral.end : numeral.end + 2]
    if not at_start:
        return None
    if numeral.value < 100 and len(following) == 2 and following[0] in ".)" and following[1].isspace():
        return Masked(start=numeral.start, end=numeral.end, name="list")
    if not opening and line_start >= 0 and (following == "" or following[0] == "\n"):
        return Masked(start=numeral.start, end=numeral.end, name="page")
    return None


def _year_certain(text: str, numeral: Numeral, known: Tables) -> Masked | None:
    """A year by its company: "in 2018", "2017-2018", "2018 год". A bare one is judged when its noun is known."""
    if numeral.grouped or not FIRST_YEAR <= (numeral.value or 0.0) <= LAST_YEAR:
        return None
    match = YEARS.match(text, numeral.start)
    if not match or not match.end() >= numeral.end:
        return None
    before, after = text[max(0, numeral.start - 16) : numeral.start], text[match.end() : match.end() + 8]
    double = match.end() > numeral.end
    if double and (known.suffix.match(text, match.end()) or _spelled_scale(text, match.end(), known)):
        return None if known.language != "ko" or after.lstrip()[:1] != "년" else _masked_year(match)
    if not double and known.suffix.match(text, match.end()) and not _year_words(after, known.language):
        return None
    if double and not re.search(r"[-–—/~∼]|(?:from|between|с|от|между)\s\Z", match[0] + " " + before[-8:]):
        double = False
    if double and re.match(r"\s[a-zа-я]+s\b", after) and not YEAR_BEFORE[known.language].search(before):
        return None
    if double or _year_words(after, known.language) or YEAR_BEFORE[known.language].search(before):
        return _masked_year(match if double else None, numeral)
    return None


def _masked_year(match: re.Match[str] | None, numeral: Numeral | None = None) -> Masked:
    if match is not None:
        return Masked(start=match.start(), end=match.end(), name="year")
    assert numeral is not None
    return Masked(start=numeral.start, end=numeral.end, name="year")


def _spelled_scale(text: str, end: int, known: Tables) -> bool:
    word = text[end : end + 12].split()[:1]
    return bool(word) and word[0].lower() in known.scales


YEAR_BEFORE = {
    "en": re.compile(
        r"\b(?:in|since|until|till|during|years?|early|late|mid|spring|summer|autumn|fall|winter|of)[ \n-]\Z|['’]\Z",
        re.I,
    ),
    "ru": re.compile(r"\b(?:в|с|к|год|году|года)[ \n]\Z", re.I),
    "ko": re.compile(r"['’‘]\Z"),
}
YEAR_AFTER = {
    "en": re.compile(r"['’]?s\b|\s(?:AD|CE)\b|(?:st|nd|rd|th)?\syear\b"),
    "ru": re.compile(r"[-–]?(?:\s?(?:год|гг?\.|гг?(?!\w))|-(?:м|й|го|му|х|е)(?!\w))"),
    "ko": re.compile(r"\s?년"),
}


def _year_words(after: str, language: str) -> bool:
    return YEAR_AFTER[language].match(after) is not None


NAME_BEFORE = re.compile(r"[A-ZА-ЯЁ][\w'’-]+(?:,\s|\s?\()\Z|[가-힣]\s?\(\Z")


def _age(text: str, numeral: Numeral, _: Tables) -> Masked | None:
    """As in "J. Roe, 36, said" and "Roe (36)": a number between commas or in brackets after a name."""
    value, before = numeral.value or 0.0, text[max(0, numeral.start - 24) : numeral.start]
    if numeral.grouped or not 10 <= value < 100 or (before[-2:] != ", " and before[-1:] != "("):
        return None
    closing = ")" if before[-1] == "(" else ","
    if text[numeral.end : numeral.end + 1] != closing or not NAME_BEFORE.search(before):
        return None
    return Masked(start=numeral.start, end=numeral.end, name="age")


Check = Callable[[str, Numeral, Tables], Masked | None]
FREE_CHECKS: tuple[Check, ...] = (_year_certain, _list, _age)
CHECKS: tuple[Check, ...] = (_numeric_date, _phone, _web, _year_certain, _glued, _list, _age)


def _by_words(text: str, numeral: Numeral, known: Tables) -> Masked | None:
    left = None
    if known.language == "ko" or not (
        numeral.grouped or numeral.words
    ):  # what a word before announces is a small plain number
        left = _pattern(known.language, "left").search(text, max(0, numeral.start - LOOK), numeral.start)
    for side, match in (("left", left), ("right", _pattern(known.language, "right").match(text, numeral.end))):
        if match and _applies(match, numeral, side):
            name = (match.lastgroup or "").partition("__")[0]
            end = numeral.end if side == "left" else match.end()
            if (
                known.language == "ko"
                and name == "date"
                and WEEK.search(text, max(0, numeral.start - 14), numeral.start)
            ):
                return None
            if name == "age" and side == "left" and (upper := UPPER_AGE.match(text, end)):
                end = upper.end()
            return Masked(start=numeral.start, end=end, name=name)
    return None


WEEK = re.compile(  # "주 6일", "한 달에 1~2일": so many days of a week or month
    r"(?:주|한 ?달에|매달|매월|달마다|(?<!\d)(?<!\d )월|주일에)\s?"
    r"(?:(?:평균|약|고작|겨우|단|많아야|최대)\s)?(?:\d{1,2}\s?[~∼-]\s?)?\Z"
)
UPPER_AGE = re.compile(r"\s?(?:-|–|to|and|до)\s?\d{1,2}(?!\d)")


def _applies(match: re.Match[str], numeral: Numeral, side: str) -> bool:
    """References, days of a month and ages are small plain numbers; "May 5,000" is none."""
    name = (match.lastgroup or "").partition("__")[0]
    value = numeral.value or 0.0
    if numeral.words:
        return name in ("ordinal", "age", "time") and side == "right"
    if name == "date":
        return not numeral.grouped and (value <= 31 or FIRST_YEAR <= value <= LAST_YEAR)
    if name == "age":
        return not numeral.grouped and value < 120
    if name == "score":
        return value < 200 and not numeral.grouped
    if name in ("reference", "page", "version"):
        return value < 20_000 and not (numeral.grouped and value == int(value))
    return True


def _half_of_time(text: str, numeral: Numeral, known: Tables) -> Masked | None:
    """As in "the first half", "half-hour", "a third country": no share of anything."""
    before, after = (
        text[max(0, numeral.start - 12) : numeral.start].lower(),
        text[numeral.end : numeral.end + 14].lower(),
    )
    word = text[numeral.start : numeral.end].lower()
    if "/" in word or word.count(" ") + word.count("-") > word.startswith("a "):
        return None  # "two thirds" say that they are shares
    reason = HALF[known.language](before, after, word)
    return Masked(start=numeral.start, end=numeral.end, name=reason) if reason else None


def _english_half(before: str, after: str, word: str) -> str:
    if re.search(
        r"\b(?:first|second|latter|earlier|other|better|last|this|each|next|previous|third|fourth)[ -]\Z", before
    ):
        return "date" if not re.search(r"\b(?:other|better)[ -]\Z", before) else "ordinal"
    if word.startswith("half") and re.match(r"-|\spast\b|\s(?:an?\s)?(?:hour|day|year|month|week)", after):
        return "time"
    if word.startswith("half"):
        return ""
    if (
        re.match(r"\sof\s(?:(?:that|this|it|their|his|her|its|what)\b|wages|pay|salar|income|earn)", after)
        and word == "third"
    ):
        return ""  # "third of that", as translations have it
    if not word.startswith("a ") and not re.search(
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d)[ -]\Z", before
    ):
        return "ordinal"
    if re.search(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d)[ -]\Z", before):
        return ""
    return (
        ""
        if re.match(r"\Z|\W*\Z|\s(?:of|less|more|lower|higher|or|and|in|to|from|by|as|are|is|were)\b|[.,;:)]", after)
        else "ordinal"
    )


def _russian_half(before: str, after: str, word: str) -> str:
    if re.search(r"(?:перв|втор)\S{2,3}\s\Z", before) and word.startswith("половин"):
        return "date"
    if word[:3] in ("пят", "дес", "тре") and not word.startswith(("треть", "трети")):
        return (
            "" if re.search(r"\b(?:одна|одну|две|три|четыре)\s\Z", before) or after.startswith(" част") else "ordinal"
        )
    if word in ("третьей", "третья", "третью", "третьих"):
        return "ordinal"
    return ""


def _korean_half(_: str, __: str, ___: str) -> str:
    return ""


HALF: dict[str, Callable[[str, str, str], str]] = {"en": _english_half, "ru": _russian_half, "ko": _korean_half}
BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:\D{1,6}(?:(?:19|20)\d\d|\d\d))?")
ARTICLE = re.compile(r"\b(?:the|a|its|their|his|that|this)\s\Z", re.I)


def mask_draft(text: str, made: Draft, known: Tables) -> Masked | None:
    """What only the unit decides: a bare year, and "one" that stands for a noun."""
    number = text[made.number_start : made.number_end]
    if made.kind == "count" and BARE_YEAR.fullmatch(number) and _year_alone(text, made, known):
        return Masked(start=made.number_start, end=made.number_end, name="year")
    if made.kind == "count" and made.numeral.words and _stands_for_noun(text, made, known):
        return Masked(start=made.number_start, end=made.number_end, name="pronoun")
    return None


PAIR = re.compile(r"\b(?:the|these|those|other|all|эти|этих|оба|все|всех)\s\Z", re.I)


OFF_BEFORE = re.compile(r"выходн\w+[^.,;]{0,14}\s\Z", re.I)
DAY_OFF = re.compile(r"\s(?:выходн|свободн\w+ день|day off)", re.I)


def _stands_for_noun(text: str, made: Draft, known: Tables) -> bool:
    """As in "one of them", "one can", "a mix of the two"."""
    if made.low is not None and made.high is not None:
        return False
    if made.numeral.value == 1.0 and made.unit not in known.singular_people:
        rest = OFF_BEFORE.search(text, max(0, made.number_start - LOOK), made.number_start)
        return not (rest and made.per) and not DAY_OFF.match(text, made.number_end)
    before = text[max(0, made.number_start - 8) : made.number_start]
    return not made.unit and (made.numeral.value or 0.0) < 10 and PAIR.search(before) is not None


def _year_alone(text: str, made: Draft, known: Tables) -> bool:
    if not made.unit:
        return not made.target
    article = ARTICLE.search(text[max(0, made.number_start - 8) : made.number_start])
    return bool(article) and made.unit not in known.people and known.language == "en"
