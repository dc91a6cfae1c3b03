"""Figures and number words as values, before anyone asks what they count.

A numeral is "12,000", "150", "million" and "twenty-one thousand" alike; "between", "$" and "workers" belong
to the layers above. A figure of more than fifteen digits has no value here: no count, sum or rate of such a size is
ever reported, and a float could not hold it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tallystick.claims.numbers.broken import Written, broken, label_end
from tallystick.claims.numbers.tables import Tables, alternatives, tables

DIGITS = 15
FIGURE = (
    r"\d{1,3}(?:,\d{3})++(?:\.\d++)?(?!\d)(?!,\d)"  # 12,000 and 1,234.5
    r"|\d{1,3}(?: \d{3}){0,3} 000(?![\d,.])"  # 15 000: after a plain blank only zeros prove one number
    r"|\d{1,3}(?:[\u00a0\u2009\u202f']\d{3})++(?:[.,]\d++)?(?!\d)"  # blanks that do not break
    r"|\d{1,3}(?:\.\d{3}){2,}+(?:,\d++)?(?![\d.])"  # 1.234.567
    r"|\d++(?:\.\d++)?"
)
FIGURE_RU = (
    r"\d{1,3}(?:[ \u00a0\u2009\u202f']\d{3})++(?:[.,]\d++)?(?!\d)"
    r"|\d{1,3}(?:,\d{3}){2,}+(?:\.\d++)?(?![\d,])"
    r"|\d{1,3}(?:\.\d{3}){2,}+(?:,\d++)?(?![\d.])"
    r"|\d++(?:[.,]\d++)?"
)
BLANKS = "\u00a0\u2009\u202f' "


@dataclass(slots=True)
class Numeral:
    """One number of a text: `value` None where its words have none, `mantissa` what stands before the last scale."""

    start: int
    end: int
    value: float | None
    mantissa: float
    scale: float = 1.0  # the scale word, 1 when none is said
    words: bool = False  # written in words, at least its first part
    grouped: bool = False  # a figure with separators, a fraction of a unit or a scale: never a year
    vague: bool = False
    kind: str = ""  # multiple, percent or fraction where the word says it all ("doubled", "half")
    counts_one: bool = False  # begins with "hundred", "thousand": an article before it counts them
    hedge: str = ""  # 여 inside a Korean number


def figure_value(text: str, language: str) -> float | None:
    """A figure with the separators of its language; None when it has too many digits."""
    plain = "".join(sign for sign in text if sign not in BLANKS)
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:  # the last one is the decimal sign
        plain = plain.replace("," if comma < point else ".", "").replace(",", ".")
    elif comma >= 0:
        plain = plain.replace(",", "") if _groups(plain, ",", language == "ru") else plain.replace(",", ".")
    elif point >= 0 and _groups(plain, ".", language != "ru"):
        plain = plain.replace(".", "")
    whole = plain.partition(".")[0]
    return float(plain) if len(whole) <= DIGITS and len(plain) <= 2 * DIGITS else None


def _groups(plain: str, sign: str, decimal_sign: bool) -> bool:
    """Whether `sign` sets thousands apart; where it also marks decimals, only zeros or a second one prove it."""
    first, *rest = plain.split(sign)
    if len(rest) > 1:
        return True  # a number has one decimal sign
    if len(rest[0]) != 3 or first.startswith("0"):
        return False
    return not decimal_sign or int(rest[0]) == 0


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns that find and continue numerals of one language."""

    figure: re.Pattern[str]
    starters: frozenset[str]  # the words that can begin a number
    heads: frozenset[str]  # the words that make a scale word vague: "several thousand"
    more: re.Pattern[str]
    article: re.Pattern[str] | None
    vague: re.Pattern[str]
    half: re.Pattern[str]
    half_a: re.Pattern[str]
    of_a: re.Pattern[str]
    out_of: re.Pattern[str]
    parts: re.Pattern[str]


@cache
def patterns(language: str) -> Patterns:
    """Compiled at first use."""
    known = tables(language)
    figure = FIGURE_RU if language == "ru" else FIGURE
    abbreviations = set(known.raw["abbreviations"]["words"].split())
    scales = [word for word in known.scales if word not in abbreviations]
    words = [*known.small, *known.multipliers, *scales, *known.fractions, *known.multiples, *known.halved]
    words += known.raw["vague"]["plurals"].split()
    vague = alternatives([*known.scales, *known.multipliers, *known.raw["vague"]["plurals"].split()])
    every = [*known.small, *known.multipliers, *known.scales]
    joint = (
        r"[ \t\u00a0\u2009\u202f]{1,2}+(?:and[ \u00a0])?|[-‑]|\n"
        if language == "en"
        else r"[ \t\u00a0\u2009\u202f\n]{1,2}+(?:с\sлишним\s)?"
    )
    return Patterns(
        figure=re.compile(figure),
        starters=frozenset([*words, *known.raw["vague"]["heads"]]),
        heads=frozenset(known.raw["vague"]["heads"]),
        more=re.compile(
            rf"(?P<joint>{joint}|(?<=\d))(?:(?P<word>{alternatives(every)})(?![^\W\d])|(?P<figure>{figure}))",
            re.IGNORECASE,
        ),
        article=re.compile(r"(?i:(?:\b(?:an|a)|half[ -](?:an|a))[ -])\Z") if language == "en" else None,
        vague=re.compile(rf"(?:\s(?:of\s)?(?:{vague})(?!\w))+", re.IGNORECASE),
        half_a=re.compile(rf"[ -]an?[ -](?:{alternatives([*known.scales, *known.multipliers])})(?!\w)", re.IGNORECASE),
        of_a=re.compile(
            rf"{'[ -]of[ -]an?[ -]' if language == 'en' else '[ ]'}({alternatives(known.scales)})(?!\w)", re.I
        ),
        out_of=re.compile(
            rf"\s(?:out\sof|in)\s(?:every\s)?({alternatives(known.small)}|\d{{1,3}})(?![\w%]|[.,]\d|\s(?:{_TIMES}))"
            if language == "en"
            else r"(?!)",
            re.IGNORECASE,
        ),
        parts=re.compile(rf"[\s-]({alternatives(known.fractions)})(?!\w)", re.IGNORECASE),
        half=re.compile(r"\sи\s(?:половиной)|\sс\s(?:половиной)|[ -]and[ -]a[ -]half(?!\w)", re.IGNORECASE),
    )


def numerals(text: str, language: str) -> list[Numeral]:
    """All numerals of an English or Russian text, in order and apart."""
    known, made = tables(language), patterns(language)
    found: list[Numeral] = []
    position, starters = 0, made.starters
    for token in TOKEN.finditer(text):
        first = token[0]
        if first.lower() not in starters and not first.isdecimal():
            continue
        start = token.start()
        if start < position:
            continue
        numeral = _begun(text, token, known, made, found[-1].end if found else 0)
        if numeral is not None:
            found.append(numeral)
            position = numeral.end
    return found


def _begun(text: str, token: re.Match[str], known: Tables, made: Patterns, floor: int) -> Numeral | None:
    """The number that begins with this figure or word, None where it is glued to something else."""
    start = token.start()
    if token[0].isdecimal():
        labelled = label_end(text, start, known)
        figure = made.figure.match(text, start, labelled or len(text))
        if labelled and figure:
            return _compound(text[:labelled], figure, known, made, figure=True)
        return _compound(text, figure, known, made, figure=True, damaged=broken(text, start, known)) if figure else None
    if start and (text[start - 1].isdecimal() or text[start - 1] == "_"):
        return None
    return _worded(text, token, token[0].lower(), known, made, floor)


TOKEN = re.compile(r"[^\W\d_]{3,}|\d")  # words and first digits: a look-up for each is quicker than one long pattern


def _worded(text: str, token: re.Match[str], word: str, known: Tables, made: Patterns, floor: int) -> Numeral | None:
    if text[token.end() : token.end() + 1] in DIGITS_AFTER:
        return None
    if word in made.heads:
        following = made.vague.match(text, token.end())
        begin = (
            token.start() - 2 if text[max(floor, token.start() - 2) : token.start()].lower() == "a " else token.start()
        )
        return _vague(begin, following.end()) if following else None
    if word in known.multiples:
        value = known.multiples[word]
        return Numeral(token.start(), token.end(), value, value, words=True, kind="multiple")
    if word in known.halved:
        return Numeral(token.start(), token.end(), 50.0, 50.0, words=True, kind="percent")
    if word in known.vague and not (word in known.genitive and governed(text, token.start(), known)):
        following = made.vague.match(text, token.end())
        return _vague(token.start(), following.end() if following else token.end())
    if word in known.fractions:
        return _fraction(text, token, known, made)
    return _with_article(text, _compound(text, token, known, made, figure=False), made, floor)


DIGITS_AFTER = frozenset("_0123456789")


def _vague(start: int, end: int) -> Numeral:
    return Numeral(start, end, None, 0.0, words=True, vague=True, grouped=True)


def governed(text: str, start: int, known: Tables) -> bool:
    """Whether a bound word governs what follows: "больше тысячи" is a thousand, "тысячи рабочих" are thousands."""
    window = text[max(0, start - 28) : start].rstrip().lower()
    return any(window.endswith(phrase) for phrase, _ in known.before.get(window[-1:], ()))


def _fraction(text: str, match: re.Match[str], known: Tables, made: Patterns) -> Numeral | None:
    """A half, a third: the article belongs to it. Whether it is an ordinal is a question for the masks."""
    if made.half_a.match(text, match.end()):
        return None  # "half a million" is read from its scale
    if whole := made.of_a.match(text, match.end()):
        return _of_a(text, match, whole, known)
    share = 100.0 / known.fractions[match[0].lower()]
    before = text[max(0, match.start() - 2) : match.start()].lower()
    start = match.start() - 2 if known.language == "en" and before == "a " else match.start()
    return Numeral(start, match.end(), share, share, words=True, kind="fraction")


def _of_a(text: str, match: re.Match[str], whole: re.Match[str], known: Tables) -> Numeral:
    """As in "a quarter of a million", "четверть миллиона": a number, and no share."""
    article = 2 if text[max(0, match.start() - 2) : match.start()].lower() == "a " else 0
    value = known.scales[whole[1].lower()] / known.fractions[match[0].lower()]
    return Numeral(match.start() - article, whole.end(), value, value, words=True, grouped=True)


def _with_article(text: str, numeral: Numeral | None, made: Patterns, floor: int) -> Numeral | None:
    """As in "a hundred", "half a million": the article counts one, or a half."""
    if numeral is None or made.article is None or numeral.scale == 1.0 or not numeral.counts_one:
        return numeral
    before = made.article.search(text, max(floor, numeral.start - 8), numeral.start)
    if before:
        numeral.start = before.start()
        if before[0][:4].lower() == "half" and numeral.value is not None:
            numeral.value, numeral.mantissa = numeral.value / 2, 0.5
    return numeral


@dataclass(slots=True)
class _Sum:
    """A number in the making: what is complete, what is being counted, and the last scale."""

    total: float = 0.0
    current: float | None = None
    last: float = 1e18
    mantissa: float = 1.0
    scale: float = 1.0
    figure: bool = False

    def add_small(self, value: float) -> bool:
        """Twenty + one, hundred + five; anything else begins another number."""
        if self.current is None:
            self.current = value
        elif self.figure or not _fits(self.current, value):
            return False
        else:
            self.current += value
        return True

    def multiply(self, value: float) -> bool:
        """A hundred, a dozen: inside a thousand, or itself the scale."""
        if self.current is not None and self.current >= 100:
            return False
        self.mantissa = 1.0 if self.current is None else self.current
        self.current = self.mantissa * value
        self.scale = value
        return True

    def close(self, scale: float) -> bool:
        """A thousand, a million: what was counted so far is of them."""
        if scale >= self.last or (self.current is None and self.total):
            return False
        first = self.total == 0.0
        self.mantissa = 1.0 if self.current is None else self.current
        self.total += self.mantissa * scale
        self.current, self.last, self.figure = None, scale, False
        self.scale = scale if first else 1.0
        return True

    def value(self) -> float:
        return self.total + (self.current or 0.0)


def _fits(current: float, value: float) -> bool:
    if value <= 0 or current != int(current):
        return False
    if value < 10:
        return current % 100 == 0 or (current % 10 == 0 and current % 100 >= 20)
    return value < 100 and current % 100 == 0 and current > 0


def _compound(
    text: str, match: re.Match[str], known: Tables, made: Patterns, *, figure: bool, damaged: Written | None = None
) -> Numeral | None:
    """Read on from the first token for as long as it stays one number."""
    state = _Sum(figure=figure)
    end, first = match.end(), match
    grouped = False
    if figure:
        state.current = figure_value(match[0], known.language)
        if state.current is None:
            return Numeral(match.start(), end, None, 0.0)  # too many digits: masked later
        grouped = not match[0].isdigit()
        if damaged is not None and damaged.end > end:
            state.current, end, grouped = damaged.value, damaged.end, True
        elif damaged is not None:
            state.current, grouped = damaged.value, True
    else:
        _take_word(state, match[0].lower(), known)
    end = _half(text, end, state, made) or end
    while (following := made.more.match(text, end)) and (step := _take(state, following, known)):
        end = _half(text, step, state, made) or step
    single = state.total == 0.0 and state.scale == 1.0
    if figure and single and (slashed := SLASHED.match(text, first.start())) and 0 < int(slashed[1]) < int(slashed[2]):
        value = 100.0 * int(slashed[1]) / int(slashed[2])
        return Numeral(first.start(), slashed.end(), value, value, words=True, kind="fraction", grouped=True)
    if single and (share := _out_of(text, end, state.value(), known, made)):
        return Numeral(first.start(), share[1], share[0], share[0], words=True, kind="fraction", grouped=True)
    if single and (share := _parts(text, end, state.value(), known, made)):
        return Numeral(first.start(), share[1], share[0], share[0], words=True, kind="fraction", grouped=True)
    mantissa = state.value() if single else state.mantissa
    return Numeral(
        first.start(),
        end,
        state.value(),
        mantissa,
        state.scale,
        words=not figure,
        grouped=grouped or not single,
        counts_one=not figure and first[0].lower() not in known.small,
    )


_TIMES = "days?|weeks?|months?|years?|hours?|shifts?|cases?|places?|times"  # "two in three years" is no share
_ROUND = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 100)  # of how many people speak when they say "one in ..."


def _out_of(text: str, end: int, count: float, known: Tables, made: Patterns) -> tuple[float, int] | None:
    """As in "one in three", "nine out of ten": the share in percent and where it ends."""
    match = made.out_of.match(text, end)
    if match is None or not 0 < count < 100:
        return None
    whole = float(match[1]) if match[1].isdecimal() else known.small[match[1].lower()]
    if whole not in _ROUND or count >= whole or (" in " in match[0].lower() and count > 3):
        return None
    return 100.0 * count / whole, match.end()


SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?=\s(?:of|от|части)\b|\Z)")  # with words after it, it may be a date


def _half(text: str, end: int, state: _Sum, made: Patterns) -> int:
    """As in "two and a half": the end of the half, 0 when there is none."""
    if state.current is None or state.current >= 100 or state.scale != 1.0:
        return 0
    found = made.half.match(text, end)
    if not found or state.current != int(state.current):
        return 0
    state.current += 0.5
    return found.end()


def _parts(text: str, end: int, count: float, known: Tables, made: Patterns) -> tuple[float, int] | None:
    """As in "two thirds", "одна пятая": the share in percent and where it ends. "Two quarters" are of a year."""
    match = made.parts.match(text, end)
    if not match or (denominator := known.fractions.get(match[1].lower(), 0.0)) <= count:
        return None
    if (
        count <= 0
        or (denominator == 4 and count == 2)
        or (count > 1 and known.language == "en" and match[1][-1] != "s" and not text.startswith(" of ", match.end()))
    ):
        return None
    return 100.0 * count / denominator, match.end()


def _take_word(state: _Sum, word: str, known: Tables) -> bool:
    if word in known.small:
        return state.add_small(known.small[word])
    if word in known.multipliers:
        return state.multiply(known.multipliers[word])
    return word in known.scales and state.close(known.scales[word])


HUNDRED = re.compile(r"[ -]hundred(?!\w)", re.IGNORECASE)


def _take(state: _Sum, match: re.Match[str], known: Tables) -> int:
    """The end of the number with one more token, 0 when the token is none of its own."""
    joint = match["joint"]
    if match["figure"]:
        return _take_figure(state, match, known, joint)
    word = match["word"].lower()
    if "and" in joint and (state.value() < 100 or HUNDRED.match(match.string, match.end())):
        return 0  # "two and three thousand", "one hundred and two hundred" are two numbers
    if word in known.multipliers and state.figure and word not in ("hundred", "dozen", "сотен", "сотни"):
        return 0
    return match.end() if _take_word(state, word, known) else 0


GLUED = re.compile(r"[-‑][^\W\d_]|\s?(?:mm|мм)(?!\w)")  # "6 million 152-mm shells" are no 6,000,152


def _lower_scale(match: re.Match[str], known: Tables) -> float:
    """The scale that is said right after a figure, so large where none is that nothing goes on with it."""
    following = SCALED.match(match.string, match.end())
    return known.scales.get(following[1].lower(), 1e18) if following else 1e18


SCALED = re.compile(r"[ -]([^\W\d_]+)")


def _take_figure(state: _Sum, match: re.Match[str], known: Tables, joint: str) -> int:
    """A figure goes on with a number only below its last scale: "four-thousand-100", "5 тыс. 200"."""
    value = figure_value(match["figure"], known.language)
    english = joint == "-" or (joint == " " and state.last == 1e3 and len(match["figure"]) == 3)  # "7 thousand 887"
    english = english or (joint == " " and _lower_scale(match, known) < state.last)
    allowed = english if known.language == "en" else joint.isspace()
    if not allowed or state.current is not None or value is None or not 0 < value < min(state.last, 1e6):
        return 0
    if GLUED.match(match.string, match.end()):
        return 0
    state.current, state.figure = value, True
    return match.end()
