"""The word tables of one language, read from `words/*.toml` at first use and turned into lookups and patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tallystick.vocab.errors import UsageError

LANGUAGES = ("en", "ru", "ko")
Effect = tuple[str, str]  # what a phrase does ("low", "rate", "person", ...) and, of a rate, the unit of time
Ends = Mapping[str, tuple[tuple[str, Effect], ...]]  # by last sign: phrases, the longest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What one language offers. Phrases are lower case; patterns are anchored where they are matched."""

    language: str
    raw: Mapping[str, Any]
    small: Mapping[str, float]
    multipliers: Mapping[str, float]
    scales: Mapping[str, float]
    fractions: Mapping[str, float]
    multiples: Mapping[str, float]
    halved: frozenset[str]
    vague: frozenset[str]
    genitive: frozenset[str]
    shift: re.Pattern[str] | None
    before: Ends
    after: re.Pattern[str]
    effects: Mapping[str, Effect]
    lead: Ends
    suffix: re.Pattern[str]
    units: Mapping[str, tuple[str, str]]
    stops: frozenset[str]
    irregular: frozenset[str]
    people: frozenset[str]
    singular_people: frozenset[str]
    persons: tuple[str, ...]
    inverted: Mapping[str, bool]  # units that may stand before their number; whether as those of two to four


@cache
def tables(language: str) -> Tables:
    """The tables of `language`."""
    if language not in LANGUAGES:
        raise UsageError(f"no grammar of numbers for the language {language!r}", hint="one of en, ru, ko")
    text = (Path(__file__).parent / "words" / f"{language}.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    effects = _after_effects(raw)
    units = _units(raw)
    nouns = raw["nouns"]
    return Tables(
        language=language,
        raw=raw,
        small=_values(raw, "small" if "small" in raw else "native"),
        multipliers=_values(raw, "multipliers"),
        scales=_values(raw, "scales"),
        fractions=_values(raw, "fractions"),
        multiples=_values(raw, "multiples"),
        halved=frozenset(raw.get("halved", {}).get("words", "").split()),
        vague=frozenset(raw["vague"].get("plurals", "").split()),
        genitive=frozenset(raw["vague"].get("genitive", "").split()),
        shift=re.compile(rf"\s({alternatives(nouns['shift'])})(?!\w)", re.IGNORECASE) if "shift" in nouns else None,
        before=_ends(_before_effects(raw)),
        after=re.compile(_after_pattern(effects, language), re.IGNORECASE),
        effects=effects,
        lead=_ends(dict.fromkeys(raw["lead"]["words"], ("lead", ""))),
        suffix=re.compile(_suffix_pattern(units, language), re.IGNORECASE),
        units=units,
        stops=frozenset(nouns.get("stops", "").split()),
        irregular=frozenset(nouns.get("irregular", "").split()),
        people=frozenset((raw.get("counters", {}).get("people") or nouns["people"]).split()),
        singular_people=frozenset((nouns.get("singular") or raw["counters"]["words"]).split()),
        persons=tuple(sorted(nouns["people"].split(), key=len, reverse=True)),
        inverted={word: key == "few" for key, words in raw.get("inverted", {}).items() for word in words.split()},
    )


def _values(raw: Mapping[str, Any], table: str) -> dict[str, float]:
    return {form: float(value) for value, forms in raw.get(table, {}).items() for form in forms.split()}


def _before_effects(raw: Mapping[str, Any]) -> dict[str, Effect]:
    effects = {phrase: (kind, "") for kind, phrases in raw["before"].items() for phrase in phrases}
    effects |= {phrase: ("rate", unit) for unit, phrases in raw["rates_before"].items() for phrase in phrases}
    return effects | dict.fromkeys(raw["person"]["before"], ("person", ""))


def _after_effects(raw: Mapping[str, Any]) -> dict[str, Effect]:
    effects = {phrase: (kind, "") for kind, phrases in raw["after"].items() for phrase in phrases}
    effects |= {phrase: ("rate", unit) for unit, phrases in raw["rates"].items() for phrase in phrases}
    return effects | dict.fromkeys(raw["person"]["after"], ("person", ""))


def _ends(effects: Mapping[str, Effect]) -> dict[str, tuple[tuple[str, Effect], ...]]:
    """Phrases by their last sign, the longest first, so that "no more than" is found before "more than"."""
    found: dict[str, list[tuple[str, Effect]]] = {}
    for phrase in sorted(effects, key=len, reverse=True):
        found.setdefault(phrase[-1], []).append((phrase, effects[phrase]))
    return {sign: tuple(phrases) for sign, phrases in found.items()}


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern for any of `phrases`, the longest first, with any one blank where a phrase has a space."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in ordered)


def _after_pattern(effects: Mapping[str, Effect], language: str) -> str:
    """A blank at most, then a phrase; letters may follow only in Korean, whose particles are glued on."""
    glued = alternatives(phrase for phrase in effects if not phrase[0].isalpha())
    worded = alternatives(phrase for phrase in effects if phrase[0].isalpha())
    end = "" if language == "ko" else r"(?!\w)"
    blank = r"[을를]?\s?" if language == "ko" else r"(?:\s{1,2}|-)"
    return rf"(?:{glued}){end}|{blank}({worded}){end}" if glued else rf"{blank}({worded}){end}"


def _units(raw: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Each unit word with its kind and unit."""
    found = dict.fromkeys([*raw["percent"]["words"], "%", "％", "pp"], ("percent", "percent"))
    found |= dict.fromkeys(raw["times"]["words"], ("multiple", "times"))
    found |= {word: ("duration", unit) for unit, words in raw["durations"].items() for word in words.split()}
    found |= {word: ("other", unit) for unit, words in raw["measures"].items() for word in words.split()}
    found |= {word: ("money", code) for code, words in raw["currencies"].items() for word in words}
    found |= {sign: ("money", code) for sign, code in SIGNS.items() if not sign.isalpha() or len(sign) == 3}
    if "counters" in raw:
        found |= {word: ("count", word) for word in raw["counters"]["words"].split()}
    return {word.lower(): kind for word, kind in found.items()}


def _suffix_pattern(units: Mapping[str, tuple[str, str]], language: str) -> str:
    if language == "ko":
        return rf"\s?({alternatives(units)})"
    numeral_ending = r"(?:-?(?:ти|и|х)(?=[\s-]?час))?" if language == "ru" else ""
    return rf"{numeral_ending}(?:\s{{1,2}}|-|‑)?({alternatives(units)})(?!\w)"


# Signs and codes before or after a figure, the same in every language.
SIGNS: Mapping[str, str] = {
    "US$": "USD",
    "$US": "USD",
    "US $": "USD",
    "$": "USD",
    "US\\$": "USD",  # as pages that were turned into Markdown have it, once and twice over
    "US\\\\$": "USD",
    "\\$": "USD",
    "\\\\$": "USD",
    "＄": "USD",
    "USD": "USD",
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "₽": "RUB",
    "RUB": "RUB",
    "₩": "KRW",
    "￦": "KRW",
    "KRW": "KRW",
    "¥": "CNY",
    "CNY": "CNY",
    "RMB": "CNY",
    "CN¥": "CNY",
    "JPY": "JPY",
    "RM": "MYR",
    "MYR": "MYR",
    "P": "PHP",
    "₱": "PHP",
    "PHP": "PHP",
    "A$": "AUD",
    "C$": "CAD",
    "HK$": "HKD",
    "NT$": "TWD",
    "S$": "SGD",
    "₸": "KZT",
    "₴": "UAH",
    "₮": "MNT",
    "₹": "INR",
    "zł": "PLN",
    "PLN": "PLN",
    "CHF": "CHF",
    "KWD": "KWD",
    "QAR": "QAR",
    "AED": "AED",
}
