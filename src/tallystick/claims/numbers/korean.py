"""Korean numbers: figures and Sino-Korean syllables with 십, 백, 천, 만, 억, 조, and native numbers before a counter.

A lone syllable is no number: 이, 일, 만 and 사천 are far more often particles, words and towns.
"""

from __future__ import annotations

import re
from functools import cache

from tallystick.claims.numbers.broken import broken
from tallystick.claims.numbers.numerals import FIGURE, Numeral, figure_value
from tallystick.claims.numbers.tables import alternatives, tables

SMALL = {"": 1.0, "십": 10.0, "백": 100.0, "천": 1000.0}
LARGE = {"": 1.0, "만": 1e4, "억": 1e8, "조": 1e12}
DAYS = {"이틀": 2.0, "사흘": 3.0, "나흘": 4.0, "닷새": 5.0, "엿새": 6.0, "이레": 7.0, "여드레": 8.0, "열흘": 10.0}
COUNTED = r"(?:명|인|건|달러|위안|루블|원|유로|엔|불|발|개)"
APART = (
    rf"(?:\s(?=[천만억](?:\s?\d{{1,4}}\s?(?:[백천]|{COUNTED})|\s?여?\s?{COUNTED})))?"  # "5 만 명": a copy parted them
)
PART = rf"(?P<figure>{FIGURE}){APART}(?P<small>[십백천])?(?:(?P<more>여)\s?(?=[만억조])|{APART})(?P<large>[만억조])?"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = tables("ko")
    units = [word for word in known.units if word and not word[0].isascii()]
    counter = rf"(?=여?\s?(?:{alternatives(units)})|\s?[~∼〜～-]\s?[만천백]?\d)"
    native = alternatives(known.small)
    anchor = re.compile(
        rf"(?P<led>(?<![가-힣\d])[만천백]\d{{1,3}}(?:[천백십]\d{{0,3}}){{0,3}}만?){counter}"
        rf"|(?P<myriad>(?<![가-힣\d])만\s?(?=\d{{1,3}}\s?천)(?:{FIGURE})\s?천)"
        rf"|(?P<thousand>(?<![가-힣\d])천\s?\d{{2,3}})(?=\s?여?\s?{COUNTED})"
        rf"|(?P<part>{PART})"
        rf"|(?<![가-힣\d])(?P<vague>(?:수|몇|여러)\s?[십백천만억]+)(?:여|\b|(?=\s?(?:{alternatives(units)}|에|의|을|이|은|는|도)))"
        rf"|(?<![가-힣\d])(?P<sino>(?:[일이삼사오육칠팔구십백천만억]{{1,8}}[만억조]\s)?[일이삼사오육칠팔구십백천만억조]{{1,12}}){counter}"
        rf"|(?<![가-힣\d])(?P<native>(?:(?:열|스물|서른|마흔|쉰|예순)\s?)?(?:{native}))(?=\s?(?:{alternatives(units)}))"
        rf"|(?<![가-힣])(?P<days>{alternatives(DAYS)})(?=\s|\Z|의|만|씩|간|을|를|은|도|뿐|밖에|,|\.)"
        r"|(?<![가-힣])(?P<one_day>하루)(?=\Z|(?:만|도|밖에|뿐|를|은|의)?\s?(?:쉬|쉴|쉰|휴식|휴무|휴일|휴가|노는))"
        r"|(?:(?<=달에 )|(?<=매달 )|(?<=매월 ))(?P<monthly>하루)(?=뿐|만|밖에|\s?정도|이다|다|[.,])"
        r"|(?P<half>(?<![가-힣])절반|(?P<denominator>\d{1,2}|[이삼사오육칠팔구십])\s?분의\s?(?P<numerator>\d{1,2}|[일이삼사오육칠팔구]))",
        re.IGNORECASE,
    )
    return anchor, re.compile(rf"\s?{PART}")


def korean_numerals(text: str) -> list[Numeral]:
    """All numerals of a Korean text, in order and apart."""
    anchor, more = _patterns()
    found: list[Numeral] = []
    position = 0
    while match := anchor.search(text, position):
        numeral = _read(text, match, more)
        position = max(match.end(), numeral.end if numeral else 0)
        if numeral:
            found.append(numeral)
    return found


def _read(text: str, match: re.Match[str], more: re.Pattern[str]) -> Numeral | None:
    start = match.start()
    if match["led"]:  # 천800, 만2천: the first scale goes without its one
        led = _led(match["led"])
        return Numeral(start, match.end("led"), led, led, words=True, grouped=True)
    if match["myriad"]:  # 만 5천: ten thousand goes without its one
        whole = 10_000.0 + 1_000.0 * float("".join(sign for sign in match["myriad"] if sign.isdecimal()))
        return Numeral(start, match.end(), whole, whole, words=True, grouped=True)
    if match["thousand"]:  # 천800: a thousand goes without its one, too
        whole = 1_000.0 + float("".join(sign for sign in match["thousand"] if sign.isdecimal()))
        return Numeral(start, match.end(), whole, whole, words=True, grouped=True)
    if match["part"]:
        share = FRACTION.match(text, start)
        if share:
            return _fraction(share)
        damaged = broken(text, start, tables("ko")) if not (match["small"] or match["large"]) else None
        if damaged is not None and damaged.end > match.end("figure"):
            return Numeral(start, damaged.end, damaged.value, damaged.value, grouped=True)
        if damaged is not None:
            return Numeral(start, match.end("figure"), damaged.value, damaged.value, grouped=True)
        return _figures(text, match, more)
    if match["vague"]:
        return Numeral(start, match.end("vague"), None, 0.0, words=True, vague=True, grouped=True)
    if match["sino"]:
        value = sino_value(match["sino"])
        return Numeral(start, match.end(), value, value, words=True, grouped=True) if value else None
    if match["native"]:
        value = _native(match["native"])
        return Numeral(start, match.end(), value, value, words=True) if value else None
    if match["days"] or match["one_day"] or match["monthly"]:
        value = DAYS.get(match["days"] or "", 1.0)
        return Numeral(start, match.end(), value, value, words=True, kind="duration")
    if match["numerator"]:
        share = FRACTION.match(text, start)
        return _fraction(share) if share else None
    return Numeral(start, match.end(), 50.0, 50.0, words=True, kind="fraction")


FRACTION = re.compile(
    r"(?P<denominator>\d{1,2}|[이삼사오육칠팔구십])\s?분의\s?(?P<numerator>\d{1,2}|[일이삼사오육칠팔구])"
)


def _fraction(match: re.Match[str]) -> Numeral | None:
    parts = [int(part) if part.isdigit() else sino_value(part) for part in (match["numerator"], match["denominator"])]
    if not parts[0] or not parts[1] or parts[0] >= parts[1]:
        return None
    share = 100.0 * parts[0] / parts[1]
    return Numeral(match.start(), match.end(), share, share, words=True, kind="fraction")


def sino_value(syllables: str) -> float | None:
    """삼천 is 3,000, 만 is 10,000, 이백만 two million; None for syllables that are no number."""
    digits = {word: float(value) for value, word in tables("ko").raw["digits"].items()}
    total = section = 0.0
    digit: float | None = None
    last = 1e16
    for sign in syllables.replace(" ", ""):
        if sign in digits:
            if digit is not None:
                return None
            digit = digits[sign]
        elif sign in "십백천":
            section += (1.0 if digit is None else digit) * SMALL[sign]
            digit = None
        else:
            if LARGE[sign] >= last:
                return None
            last = LARGE[sign]
            total += (section + (digit or 0.0) or 1.0) * last
            section, digit = 0.0, None
    if len(syllables) == 1 and digit is not None:
        return None  # one digit alone: 이 and 일 are particles and days
    return total + section + (digit or 0.0)


def _led(signs: str) -> float:
    """천800 is 1,800 and 천2백만 is 12,000,000: figures after a scale that stands for one of it."""
    tens_of_thousands = signs.endswith("만")
    parts = re.findall(r"(\d*)([천백십]?)", signs[1 : -1 if tens_of_thousands else None])
    value = (SMALL | LARGE)[signs[0]] + sum(
        float(figure or 1) * SMALL[scale] for figure, scale in parts if figure or scale
    )
    return value * (LARGE["만"] if tens_of_thousands else 1.0)


def _native(words: str) -> float | None:
    known = tables("ko").small
    plain = words.replace(" ", "")
    if plain in known:
        return known[plain]
    for ten in ("스물", "서른", "마흔", "쉰", "예순", "열"):
        if plain.startswith(ten) and plain[len(ten) :] in known:
            return known[ten] + known[plain[len(ten) :]]
    return None


def _part(match: re.Match[str]) -> tuple[float | None, float, float]:
    """Value, mantissa and scale of one part: 6,800만 is 68,000,000, its mantissa 6,800."""
    figure = figure_value(match["figure"], "ko")
    scale = SMALL[match["small"] or ""] * LARGE[match["large"] or ""]
    return (None if figure is None else figure * scale), figure or 0.0, scale


def _figures(text: str, match: re.Match[str], more: re.Pattern[str]) -> Numeral | None:
    value, mantissa, scale = _part(match)
    hedge = match["more"] or ""
    end = _end(match)
    if value is None:
        return Numeral(match.start(), end, None, 0.0)
    joined = _in_myriads(text, match, more)
    if joined is not None:
        return joined
    first, last = scale, scale
    while last > 1.0 and (following := more.match(text, end)):
        added, _, scale = _part(following)
        if added is None or scale >= last or added >= last or _other(text, following):
            break
        value, last, end = value + added, scale, _end(following)
        hedge = hedge or following["more"] or ""
        first = 1.0  # more than one part: no scale that a range could share
    grouped = last > 1.0 or first != last or not match["figure"].isdigit()
    return Numeral(match.start(), end, value, mantissa, first, grouped=grouped, hedge=hedge)


def _in_myriads(text: str, match: re.Match[str], more: re.Pattern[str]) -> Numeral | None:
    """As in "1천200만", "3백5십만": what stands before 만 is one number below ten thousand, and 만 is of all of it."""
    section, _, last = _part(match)
    end = _end(match)
    while section is not None and 1.0 < last < LARGE["만"] and (following := more.match(text, end)):
        figure = figure_value(following["figure"], "ko")
        small, large = SMALL[following["small"] or ""], LARGE[following["large"] or ""]
        if figure is None or figure * small >= last or text[end].isspace() or _other(text, following):
            return None
        section, last, end = section + figure * small, small, _end(following)
        if large > 1.0:
            hedge = following["more"] or ""
            return Numeral(match.start(), end, section * large, section, large, grouped=True, hedge=hedge)
    return None


def _end(match: re.Match[str]) -> int:
    """Without the blank that the pattern allows before a scale."""
    for group in ("large", "small", "figure"):
        if match[group]:
            return match.end(group)
    return match.end()


def _other(text: str, match: re.Match[str]) -> bool:
    """Whether what follows a blank and has no scale is a year or a day of its own."""
    return text[match.end("figure") : match.end("figure") + 1] in ("년", "월", "일") and not match["small"]
