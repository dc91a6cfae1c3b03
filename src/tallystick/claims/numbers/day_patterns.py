"""The shapes of dates in each language; the words in them stand in `words/*.toml` under `dates`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tallystick.claims.numbers.beginnings import Sieve
from tallystick.claims.numbers.tables import alternatives, tables

Y = r"(?P<y>(?:19|20)\d\d)"
Y2 = r"(?P<y2>(?:19|20)\d\d|\d\d)"
D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
D2 = r"(?:\s?(?:[-–—]|to|and)\s?(?P<d2>\d{1,2})(?:st|nd|rd|th)?)?"
DASH = r"\s?[-–—/~∼]\s?"
ONE = ("a", "an", "last", "past")  # "an hour ago", "in the past year"
FINAL = ("final", "last")  # quarter, of a year that is named: without one it is the one before this
EDGE, END = r"(?<![\w.,$€£-])", r"(?!\w)"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTables:
    """Patterns and words for the dates of one language."""

    language: str
    words: Mapping[str, Mapping[str, str]]
    patterns: tuple[re.Pattern[str], ...]
    relation: re.Pattern[str]
    relations: Mapping[str, str]
    sieve: Sieve[int]  # of the patterns by their number: where in a text they can begin

    def _key(self, table: str, shown: str) -> str:
        return self.words[table].get(" ".join(shown.lower().replace("\u00a0", " ").split()), "")

    def part(self, shown: str) -> str:
        """early, middle, late, beginning, end or ""."""
        return self._key("parts", shown)

    def away(self, table: str, shown: str) -> int | None:
        """How many years, months, weeks, days or turns from now; None when `shown` is no such word."""
        key = self._key(table, shown) or self._key("bound", shown)
        return int(key) if key and shown else None

    def month(self, shown: str) -> int:
        """1 to 12."""
        key = self._key("months", shown)
        return int(key) if key else int(shown)

    def weekday(self, shown: str) -> int:
        """0, Monday, to 6."""
        return int(self._key("weekdays", shown))

    def season(self, shown: str) -> str:
        """The name of the season in English."""
        return self._key("seasons", shown)

    def ordinal(self, shown: str) -> int:
        """Of a quarter or a half."""
        key = self._key("ordinals", shown)
        return int(key) if key else {"상": 1, "하": 2}.get(shown) or int(shown)

    def unit(self, shown: str) -> str:
        """day, week, month or year."""
        return self._key("units", shown)

    def count(self, shown: str) -> int | None:
        """A small whole number in words or figures; the indefinite article is one."""
        word = shown.lower().strip()
        if word.isdecimal():
            return int(word) if len(word) <= 3 else None
        value = tables(self.language).small.get(word, 1.0 if word in ONE or word.startswith("последн") else None)
        return int(value) if value else None


@cache
def day_tables(language: str) -> DayTables:
    """The tables of `language`, compiled at first use."""
    raw: Mapping[str, Any] = tables(language).raw["dates"]
    words = {table: {word: key for key, forms in rows.items() for word in forms} for table, rows in raw.items()}
    words.setdefault("bound", {})
    built = {"en": _english, "ru": _russian, "ko": _korean}[language](words)
    relations = words["relations"]
    joined = alternatives(relations)
    # 전 and 후 are also the beginnings of verbs (전했다) and nouns (후보)
    relation = (
        rf"({joined})(?![가-힣](?<![에까은의는도만쯤터]))"
        if language == "ko"
        else rf"(?:\A|[\s(«\"“])({joined})\s(?:the\s|about\s|around\s)?\Z"
    )
    return DayTables(
        language=language,
        words=words,
        patterns=tuple(re.compile(pattern, re.IGNORECASE) for pattern in built),
        relation=re.compile(rf"\s?{relation}" if language == "ko" else relation, re.IGNORECASE),
        relations=relations,
        sieve=Sieve(dict(enumerate(built)), language),
    )


def _shared() -> list[str]:
    return [
        rf"{EDGE}(?P<iso>(?:19|20)\d\d-\d\d?-\d\d?)(?!\d)",
        rf"{EDGE}(?P<iso>(?:19|20)\d\d/\d\d?/\d\d?)(?!\d)",
        rf"{EDGE}(?P<iso>(?:19|20)\d\d\.\d\d?\.\d\d?)(?![\d.]\d)",
        rf"{EDGE}(?P<numeric>\d\d?([./])\d\d?\2(?:19|20)\d\d)(?!\d)",
    ]


def _english(words: Mapping[str, Mapping[str, str]]) -> list[str]:
    clear = alternatives(word for word in words["months"] if word not in ("may", "march"))
    month = rf"(?P<m>{clear}|(?-i:M(?:ay|arch)))"  # the other two are verbs when small
    second = rf"(?P<m2>{clear}|(?-i:M(?:ay|arch)))"
    proper = r"(?P<m>(?-i:M(?:ay|arch)))"
    away = rf"(?P<away>{alternatives(words['years'])})"
    year = rf"(?:(?:,?\s(?:of\s)?|\s?-\s?){Y}{END}|,?\s(?:of\s)?{away}{END})"
    part = rf"(?:(?P<part>{alternatives(words['parts'])})[\s-]?)"
    turn = rf"(?P<turn>{alternatives(words['turns'])})"
    ordinal = alternatives(word for word in words["ordinals"] if word not in FINAL)
    season = rf"(?P<season>{alternatives(words['seasons'])})"
    unit = rf"(?P<unit>{alternatives(words['units'])})"
    number = rf"\d{{1,3}}|an?|{alternatives(tables('en').small)}"
    halves = alternatives(w for w, k in words["ordinals"].items() if k in "12")
    return [
        *_shared(),
        rf"{EDGE}{D}{D2}\s(?:of\s)?{month}(?!\w){year}?",
        rf"\b{month}\s{D}{D2}(?![\d:%]|,\d|\.\d|\s?(?:percent|per\scent|million|billion|thousand)){year}?",
        rf"\b{part}?{month}(?!\w){year}",
        rf"\b(?:{part}|{turn}\s){month}(?!\w)(?!\s\d)",
        rf"\b(?P<m>{clear})(?!\w)(?!\.?\s?\d)",
        rf"(?:(?<=\bin\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bthe\s)){proper}{END}(?!\s\d)",
        rf"\b(?:from\s|between\s)?{month}(?!\w){DASH}{second}(?!\w)(?!\s\d{{1,2}}\b){year}?",
        rf"\b(?:from|between)\s{month}(?!\w)\s(?:to|and|through|until|till|by|on)\s{second}(?!\w)(?!\s\d{{1,2}}\b){year}?",
        rf"\b(?:from|between)\s{Y}\s(?:to|and|through|until)\s{Y2}{END}",
        rf"{EDGE}{Y}(?:st|nd|rd|th)?\syear{END}",  # so translations from ru say it
        rf"\b(?:the\s)?year\s(?:of\s)?{Y}{END}",
        rf"{EDGE}{Y}{DASH}{Y2}(?P<bare>){END}(?!-)",
        rf"\b(?:{part}(?:of\s)?)?(?<![\d.,$€£-]){Y}(?P<bare>)(?![\w%]|,\d|\.\d)",
        rf"\b(?:{part})?(?:the\s)?(?P<decade>(?:19|20)\d0)['’]?s\b",
        rf"\b(?:the\s)?(?P<q>{ordinal})[\s-]quarter{END}{year}?",
        rf"\b(?:the\s)?(?P<q>{'|'.join(FINAL)})\squarter{year}",
        rf"\bQ(?P<q>[1-4])(?:\sof)?[\s-]?{Y}{END}",
        rf"\b{Y}\s?[- ]?Q(?P<q>[1-4])\b",
        rf"\b(?:the\s)?(?P<h>{halves})\shalf{year}",
        rf"(?<=\bin\s)the\s(?P<h>{halves})\shalf(?!\sof){END}",
        rf"\bH(?P<h>[12])[\s-]?{Y}{END}",
        rf"\b(?:the\s)?first\s(?P<first>{number})\smonths{year}",
        rf"\b(?P<first>{number})\smonths(?=\sof\s){year}",
        rf"\b(?:the\s)?{season}(?:\s(?:of\s)?){Y}{END}",
        rf"\b(?:the\s)?{season}\s(?:of\s)?{away}{END}",
        rf"\b{turn}\s{season}{END}",
        rf"\b(?:{part})?{away}{END}(?!\s(?:before|of|that|when|prior|in\swhich)\b)",
        rf"\b(?:{part})?(?P<month_away>{alternatives(words['months_away'])}){END}",
        rf"\b(?P<week_away>{alternatives(words['weeks_away'])}){END}",
        rf"\b(?P<day_away>{alternatives(words['days_away'])}){END}",
        rf"\b(?:{turn}\s)?(?P<weekday>{alternatives(words['weekdays'])}){END}",
        rf"\b(?P<ago>{number})\s{unit}\sago\b",
        rf"\b(?:in|over|during|within|for)\sthe\s(?:last|past)\s(?P<lately>{number})\s{unit}{END}",
        rf"\b(?:in|over|during|within|for)\sthe\s(?P<lately>last|past)\s{unit}{END}",
    ]


def _russian(words: Mapping[str, Mapping[str, str]]) -> list[str]:
    month = rf"(?P<m>{alternatives(words['months'])})(?!\w)"
    second = rf"(?P<m2>{alternatives(words['months'])})(?!\w)"
    away = rf"(?P<away>{alternatives(words['years'])})"
    word = r"(?:\s?(?:год[ауы]?|годом|гг?\.|г(?!\w)))"
    year = rf"(?:\s{Y}{word}?(?!\w)|\s{away}{END})"
    part = rf"(?:(?P<part>{alternatives(words['parts'])})\s)"
    turn = rf"(?P<turn>{alternatives(words['turns'])})"
    ordinal = rf"(?:{alternatives(words['ordinals'])})"
    season = rf"(?P<season>{alternatives(words['seasons'])})"
    unit = rf"(?P<unit>{alternatives(words['units'])})"
    number = rf"\d{{1,3}}|{alternatives(tables('ru').small)}"
    firsts = alternatives(w for w, k in words["ordinals"].items() if k in "12")
    return [
        *_shared(),
        rf"{EDGE}(?P<d>\d{{1,2}})(?:\s?[-–—]\s?(?P<d2>\d{{1,2}}))?(?:-го)?\s{month}{year}?",
        rf"\b{part}?{month}{year}",
        rf"\b(?:{part}|{turn}\s)?{month}",
        rf"\b(?:с|от)\s{month}\s(?:по|до)\s{second}{year}?",
        rf"\b{month}{DASH}{second}{year}?",
        rf"{EDGE}{Y}{DASH}{Y2}(?:\s(?:годах|годов|годы|году|гг?\.?)|-?х\s(?:годах|годов|годы)){END}",
        rf"\b(?:с|между)\s{Y}(?:\sгода)?\s(?:по|до|и)\s{Y2}(?:\s(?:годами|годах|годы|годов|года|году|год|гг?\.))?{END}",
        rf"{EDGE}{Y}{DASH}{Y2}(?P<bare>){END}(?!-)",
        rf"\b{part}?{EDGE}{Y}(?:-?(?:м|й|го|му))?{word}{END}",
        rf"\b{part}?{EDGE}{Y}(?P<bare>)(?![\w%]|[.,]\d|\s\d{{3}})",
        rf"\b{part}?(?P<decade>(?:19|20)\d0)-?(?:х|е)(?:\s(?:год\w+|гг\.))?{END}",
        rf"\b(?P<q>{ordinal}|[1-4])\sквартал\w{{0,2}}{year}?",
        rf"\b(?P<h>{firsts}|[12])\sполовин\w{{1,2}}{year}",
        rf"\b(?P<h>{firsts}|[12])\sполугоди\w{year}?",
        rf"\b(?:за|в|первы[ехй])\s(?:первы[ехй]\s)?(?P<first>{number})\sмесяц\w{{0,3}}{year}",
        rf"\b{season}{year}",
        rf"\b{turn}\s{season}{END}",
        rf"\b{part}{away}{END}",
        rf"\b(?P<away>{alternatives(w for w in words['years'] if w != 'года')}){END}",
        rf"\b{part}(?P<month_away>{alternatives(words['months_away'])}){END}",
        rf"\b(?P<month_away>{alternatives(w for w in words['months_away'] if w != 'месяца')}){END}",
        rf"\b(?P<week_away>{alternatives(words['weeks_away'])}){END}",
        rf"\b(?P<day_away>{alternatives(words['days_away'])}){END}",
        rf"\b(?:{turn}\s)?(?P<weekday>{alternatives(words['weekdays'])}){END}",
        rf"\b(?P<ago>{number})\s{unit}\s(?:тому\s)?назад\b",
        rf"\b(?:за|в|в\sтечение)\sпоследни[ехй]\s(?P<lately>{number})\s{unit}{END}",
        rf"\b(?:за|в\sтечение)\s(?P<lately>последн(?:ий|юю|его|ей))\s{unit}{END}",
    ]


def _korean(words: Mapping[str, Mapping[str, str]]) -> list[str]:
    away = rf"(?P<away>{alternatives(words['years'])})"
    part = rf"(?:\s?(?P<part>{alternatives(words['parts'])})(?![가-힣](?<![까부에을이은로쯤])))"
    turn = rf"(?P<turn>{alternatives(words['turns'])})"
    year = rf"(?<!\d)(?:{Y}\s?년|(?<![가-힣]){away})"
    month = r"(?P<m>\d{1,2})\s?월(?!급)"
    season = rf"(?P<season>{alternatives(words['seasons'])})"
    number = rf"\d{{1,3}}|{alternatives(tables('ko').small)}"
    unit = rf"(?P<unit>{alternatives(words['units'])})"
    free = r"(?<![\d.,])"
    return [
        *_shared(),
        rf"{free}(?P<iso>(?:19|20)\d\d\.\s?\d\d?\.\s?\d\d?)(?!\d)",
        rf"{year}의?\s?{month}(?:\s?(?P<d>\d{{1,2}})\s?일(?!간))?{part}?",
        rf"(?:(?<![가-힣]){turn}\s?)?{free}{month}(?:\s?(?P<d>\d{{1,2}})\s?일(?!간)|{part})?",
        rf"(?:{year}\s?)?{free}(?P<m>\d{{1,2}})\s?월?(?:부터|에서|{DASH})\s?(?P<m2>\d{{1,2}})\s?월",
        rf"{free}(?P<d>\d{{1,2}})\s?일(?!간|분|치|동안|째|평균|\s?동안|당|수|에\s\d)",
        rf"{free}{Y}\s?년?{DASH}{Y2}\s?년(?!간|대)",
        rf"{free}{Y}\s?년부터\s{Y2}\s?년(?=까지)",
        rf"{free}{Y}\s?년(?!대|간){part}?",
        rf"{free}(?P<decade>(?:19|20)\d0)\s?년대{part}?",
        rf"(?:{year}\s?(?:의\s)?)?{free}(?P<q>[1-4])\s?[분/]\s?기?(?<=분기)",
        rf"(?:{year}\s?)?(?<![가-힣])(?P<h>[상하])반기",
        rf"{year}\s?(?:첫|들어|초)\s?(?P<first>{number})\s?개월(?:간|\s?동안)?",
        rf"{year}\s?{season}",
        rf"(?<![가-힣]){turn}\s?{season}",
        rf"(?<![가-힣]){away}{part}?",
        r"(?<![가-힣])(?P<away>연)(?P<part>말|초)",
        rf"(?<![가-힣])(?P<month_away>{alternatives(words['months_away'])}){part}?",
        rf"(?<![가-힣])(?P<week_away>{alternatives(words['weeks_away'])})",
        rf"(?<![가-힣])(?P<day_away>{alternatives(words['days_away'])})(?![가-힣](?<![은는이의도])|동)",
        rf"(?:{turn}\s?(?:주\s)?)?(?P<weekday>{alternatives(words['weekdays'])})",
        rf"(?<![가-힣\d.])(?P<ago>{number})\s?{unit}\s전(?![가-힣](?<![에부까만쯤]))",
        rf"(?:최근|지난)\s(?P<lately>{number})\s?{unit}(?:간|동안|\s동안)?(?!\s?전)",
    ]
