"""The programme's vocabulary for reading: its terms compiled once, one pattern for each sense and language.

It is not the list of measures (`measures.toml` of the programme): these are the words by which texts betray them.
A term is a regular expression in short: a blank stands for any white space, `*` for the rest of a word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tallystick.claims.numbers.beginnings import Sieve
from tallystick.claims.statements.denials import Negations, read_negations
from tallystick.vocab.errors import EvidenceError

LANGUAGES = ("en", "ru", "ko")
FOLDER = "reading"
_SENDER = "sender"  # the one sense of subject.toml that is made of names
NOUNS, PLACES = "nouns", "places"  # the two patterns that name what they found; no sense has such a name
_NEVER = re.compile(r"(?!)")
_SYLLABLES, _FINALS = range(0xAC00, 0xD7A4), 28  # Hangul as Unicode orders it: each initial and vowel with 28 finals
_ENDING = {  # final consonant -> a class of all syllables that end in it
    consonant: f"[{''.join(chr(code) for code in _SYLLABLES if (code - 0xAC00) % _FINALS == place)}]"
    for consonant, place in (("ㄴ", 4), ("ㄹ", 8), ("ㅆ", 20))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A measure of what stands beside the labour, with the words by which one language names it."""

    measure: str
    kinds: frozenset[str]  # of quantities
    unit: str
    reach: int  # letters
    place: str  # code of a place that the sentence must name, "" for none
    pattern: re.Pattern[str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language's patterns. `nouns` and `places` name what they found by group; `senses` are looked up by name."""

    nouns: re.Pattern[str]
    places: re.Pattern[str]
    signs: re.Pattern[str]  # names that are no place and yet betray one: its money, its office of statistics
    senses: Mapping[str, re.Pattern[str]]
    small: Mapping[str, re.Pattern[str]]  # those of them that mind no capitals, for a text in small letters
    sieve: Sieve[str]  # of all senses, of "nouns" and of "places": where in a text they can begin
    roles: Mapping[str, str]  # code of a place -> host, seldom, never, sender or wide
    abbreviations: frozenset[str]
    contexts: tuple[Context, ...] = ()
    days: tuple[tuple[re.Pattern[str], date], ...] = ()  # known by what falls on them
    regions: tuple[tuple[re.Pattern[str], str, str], ...] = ()  # how a part of a place is called; whose, its name

    def sense(self, name: str) -> re.Pattern[str]:
        return self.senses[name]

    def is_wholly(self, name: str, words: str) -> bool:
        """Whether all of some words are of a sense."""
        return self.sieve.may_begin(name, words) and self.senses[name].fullmatch(words) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The vocabulary in every language that is read."""

    tongues: Mapping[str, Tongue] = field(repr=False)
    confidence: Mapping[str, float] = field(default_factory=dict, repr=False)  # by class of evidence
    negations: Mapping[str, Negations] = field(default_factory=dict, repr=False)

    def __getitem__(self, language: str) -> Tongue:
        return self.tongues[language]


@cache
def read_words(programme_folder: Path) -> Words:
    """The reading tables of a programme; the same object for the same folder, since compiling takes a second."""
    folder = programme_folder / FOLDER
    subject, measures, places, attribution, sentences = (
        _table(folder / f"{name}.toml") for name in ("subject", "measures", "places", "attribution", "sentences")
    )
    kept, beside = _table(folder / "confidence.toml"), _table(folder / "contexts.toml")
    senses = [*subject["word"], *measures["cue"], *places["word"], *attribution["word"]]
    common = frozenset(entry["name"] for entry in (*subject["word"], *measures["cue"])) - {_SENDER}
    return Words(
        tongues={
            language: _tongue(
                language, subject["noun"], places, senses, common, sentences["abbreviations"], beside["context"]
            )
            for language in LANGUAGES
        },
        confidence={row["evidence"]: (row["right"] + 1) / (row["read"] + 2) for row in kept["class"]},
        negations=read_negations(programme_folder),
    )


def _context(entry: Mapping[str, Any], language: str) -> Context:
    return Context(
        measure=entry["measure"],
        kinds=frozenset(entry["kind"]),
        unit=entry["unit"],
        reach=entry["reach"],
        place=entry.get("place", ""),
        pattern=_alternatives(entry[language], language, common=True),
    )


def _tongue(
    language: str,
    nouns: Iterable[Mapping[str, Any]],
    places: Mapping[str, Any],
    senses: Iterable[Mapping[str, Any]],
    common: frozenset[str],
    abbreviations: Iterable[Mapping[str, Any]],
    contexts: Iterable[Mapping[str, Any]],
) -> Tongue:
    patterns = {
        entry["name"]: _alternatives(entry[language], language, common=entry["name"] in common) for entry in senses
    }
    named = {
        NOUNS: _named(nouns, "name", language, common=True),
        PLACES: _named(_with_regions(places, language), "code", language, common=False),
    }
    return Tongue(
        nouns=named[NOUNS],
        places=named[PLACES],
        signs=_named(places["sign"], "code", language, common=False),
        senses=patterns,
        small={
            name: re.compile(_SIGN.sub(_in_small, pattern.pattern))
            for name, pattern in (patterns | named).items()
            if pattern.flags & re.IGNORECASE
        },
        sieve=Sieve({name: pattern.pattern for name, pattern in (patterns | named).items()}, language),
        roles={entry["code"]: entry["role"] for entry in places["place"]},
        abbreviations=frozenset(word for row in abbreviations if row["language"] == language for word in row["words"]),
        contexts=tuple(_context(entry, language) for entry in contexts),
        days=tuple(
            (_alternatives(entry[language], language, common=True), entry["date"]) for entry in places["named_day"]
        ),
        regions=tuple(
            (_alternatives(entry[language], language, common=False), entry["code"], entry["name"])
            for entry in places["region"]
        ),
    )


def _with_regions(places: Mapping[str, Any], language: str) -> Iterator[Mapping[str, Any]]:
    """Each place with the names of its parts, which go before its own: they may begin with it."""
    for entry in places["place"]:
        parts = (term for part in places["region"] if part["code"] == entry["code"] for term in part[language])
        yield {**entry, language: [*parts, *entry[language]]}


_SIGN = re.compile(r"\\.|\(\?P<\w+>|.", re.DOTALL)


def _in_small(sign: re.Match[str]) -> str:
    """A sign of a pattern with its letter small, unless the letter has another meaning: without regard to capitals
    `re` tries each alternative in full, with regard to them it passes over those that begin otherwise."""
    return sign.group().lower() if len(sign.group()) == 1 else sign.group()


def _table(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise EvidenceError(
            f"cannot be read: {fault}", file=path.name, hint="a programme that reads reports keeps its words here"
        ) from fault


def _named(entries: Iterable[Mapping[str, Any]], key: str, language: str, *, common: bool) -> re.Pattern[str]:
    groups = [f"(?P<{entry[key]}>{'|'.join(map(_term(language), entry[language]))})" for entry in entries]
    return _bounded("|".join(groups), language, common)


def _alternatives(terms: Iterable[str], language: str, *, common: bool) -> re.Pattern[str]:
    written = [_term(language)(term) for term in terms]
    return _bounded("|".join(written), language, common) if written else _NEVER


def _bounded(body: str, language: str, common: bool) -> re.Pattern[str]:
    """Whole words only; Korean joins particles and compounds to its words, so it has no such bounds.

    Common nouns and verbs are found in any case; of names, "us" is not the US and "the north" no State.
    """
    if language == "ko":
        return re.compile(f"(?:{body})")
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE if language == "ru" or common else 0)


def _term(language: str) -> Any:
    return {"en": _ENGLISH, "ko": _korean}.get(language, _plain)


def _korean(term: str) -> str:
    """A consonant alone, at a term's head, stands for every syllable that it ends: marks of tense and modality."""
    return _plain(f"{_ENDING[term[0]]}{term[1:]}" if term[0] in _ENDING else term)


def _plain(term: str) -> str:
    # A star after a letter, or after a group's end, is "the rest of a word"; other stars are the expression's own.
    return re.sub(r"(?<=[\w)])\*", r"\\w*", term).replace(" ?", "[ \u00a0]?").replace(" ", r"\s+")


def _english(term: str) -> str:
    """An English term also opens a sentence, so its first letter may be a capital."""
    plain = _plain(term)
    first = re.match(r"[a-z]", plain)
    return f"[{plain[0]}{plain[0].upper()}]{plain[1:]}" if first else plain


_ENGLISH = _english
