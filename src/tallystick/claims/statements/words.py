"""The programme's words for statements and for narrowing, read from its `reading` folder and from its entities.

`StatementWords` is what `find.statements` and `narrowing.narrows` take as `words`. It holds no sentence of any report
and no name but those of public persons, whom the programme's own evidence names.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tallystick.claims.statements.denials import Negations, read_negations
from tallystick.claims.statements.patterns import FOLDER, pattern, read_table
from tallystick.vocab.errors import EvidenceError

STATEMENTS, NARROWING, ENTITIES = "statements.toml", "narrowing.toml", "entities.csv"
BYSTANDERS = "bystanders.toml"
LANGUAGES = ("en", "ru", "ko")
KINDS = ("person", "interviewee", "small_group", "helper", "partner", "escape", "contact", "casualty", "address")
BEARINGS = ("supports", "contradicts", "mixed", "neutral")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that bear on something, and what they bear on.

    indicators   ids as in ilo_indicators.csv; cells, as (limb, phase), those of forced_labour_framework.csv
    plain        whether the words affirm, so that a denial turns the bearing round even where they name no indicator
    about        "workers", or "applicants" where those at home who want a place are meant too
    """

    id: str
    indicators: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    bearing: str
    plain: bool
    about: str
    because: str
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """Whom a sentence is about, by language: the sender's workers, applicants, soldiers, or somebody else's workers."""

    sender: re.Pattern[str]
    workers: re.Pattern[str]
    applicants: re.Pattern[str]
    soldiers: re.Pattern[str]
    others: re.Pattern[str]
    going_on: re.Pattern[str]
    negations: Negations


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """What tells a name of somebody to protect from a public one, in one language."""

    pronoun: re.Pattern[str]
    says: re.Pattern[str]
    title: re.Pattern[str] | None
    role: re.Pattern[str]
    not_role: re.Pattern[str] | None
    lived: re.Pattern[str] | None
    spoke: re.Pattern[str] | None
    sounds: re.Pattern[str] | None
    institution: re.Pattern[str] | None
    called: re.Pattern[str] | None
    called_after: re.Pattern[str] | None
    common: frozenset[str]
    cyrillic: bool


class NarrowingPattern(NamedTuple):
    """One pattern of the tables; `named` when what it finds ends in a personal name, which may be a public one.

    unless   words which, anywhere in the sentence, say that a body or an office did it
    """

    kind: str
    named: bool
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


class OpenWords(NamedTuple):
    """Sentences that stay in clear although a pattern of these kinds met them: all of `needs` there, `unless` not."""

    kinds: frozenset[str]
    needs: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str]


class AccountWords(NamedTuple):
    """How a text in one language tells of itself as somebody's own account.

    label   words of a record of testimony, in its first lines; first, single   the first person, and that of one alone
    told    how somebody speaks of a life of their own among the sender's workers
    lived   what tells, beside a first person, that it is a life: own kin, or who hid, fed or led the speaker
    """

    label: tuple[re.Pattern[str], ...]
    told: re.Pattern[str]
    lived: re.Pattern[str]
    first: re.Pattern[str]
    single: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementWords:
    """All tables of this package."""

    cues: tuple[Cue, ...]
    subjects: Mapping[str, Subjects]
    narrowing: Mapping[str, tuple[NarrowingPattern, ...]]
    names: Mapping[str, NameWords]
    groups: Mapping[str, re.Pattern[str]]  # "they" at the beginning of a sentence
    accounts: Mapping[str, AccountWords]
    in_clear: Mapping[str, tuple[OpenWords, ...]]
    callings: tuple[str, ...]  # how Korean words for what somebody is end
    small_counts: tuple[str, ...]  # measures of people who can be found when they are few
    at_one_site: tuple[str, ...]  # those of them that are counted at a single site
    told_by_bodies: tuple[str, ...]  # those that narrow to nobody when a public body tells them
    nobody_yet: tuple[str, ...]  # those that count places, so that nobody can be found
    public: frozenset[str]  # the whole names and aliases of public persons


@cache
def read_statement_words(programme_folder: Path) -> StatementWords:
    """Both tables of the programme in `programme_folder`, its patterns compiled once."""
    cues, narrowing = read_table(programme_folder, STATEMENTS), read_table(programme_folder, NARROWING)
    bystanders = read_table(programme_folder, BYSTANDERS)
    denying = read_negations(programme_folder)
    return StatementWords(
        cues=tuple(_cue(entry, cues) for entry in _of(cues, "cue", STATEMENTS)),
        subjects={language: _subjects(language, cues, denying[language]) for language in LANGUAGES},
        narrowing={
            language: _narrowing(_of(narrowing, language, NARROWING), NARROWING)
            + _narrowing(_both(narrowing, bystanders, language), BYSTANDERS)
            for language in LANGUAGES
        },
        names={language: _names(_both(narrowing, bystanders, language), language) for language in LANGUAGES},
        groups={
            language: pattern(_of(_of(bystanders, language, BYSTANDERS), "they", BYSTANDERS), {}, BYSTANDERS)
            for language in LANGUAGES
        },
        accounts={language: _account(_both(narrowing, bystanders, language), language) for language in LANGUAGES},
        in_clear={language: _in_clear(_both(narrowing, bystanders, language)) for language in LANGUAGES},
        callings=tuple(_of(bystanders, "callings", BYSTANDERS)),
        small_counts=tuple(_of(bystanders, "small_counts", BYSTANDERS)),
        at_one_site=tuple(_of(bystanders, "at_one_site", BYSTANDERS)),
        told_by_bodies=tuple(_of(bystanders, "told_by_bodies", BYSTANDERS)),
        nobody_yet=tuple(_of(bystanders, "nobody_yet", BYSTANDERS)),
        public=_public(programme_folder, frozenset(_of(narrowing, "public_kinds", NARROWING))),
    )


def _of(table: Mapping[str, Any], key: str, file: str) -> Any:
    if key not in table:
        raise EvidenceError(f"has no {key!r}", file=f"{FOLDER}/{file}", hint="restore the table as it was shipped")
    return table[key]


def _cue(entry: Mapping[str, Any], table: Mapping[str, Any]) -> Cue:
    bearing = _of(entry, "bearing", STATEMENTS)
    if bearing not in BEARINGS:
        hint = f"write one of {', '.join(BEARINGS)}"
        raise EvidenceError(f"cue {entry.get('id')!r} bears {bearing!r}", file=f"{FOLDER}/{STATEMENTS}", hint=hint)
    return Cue(
        id=_of(entry, "id", STATEMENTS),
        indicators=tuple(entry.get("indicators", ())),
        cells=tuple((limb, phase) for limb, phase in entry.get("cells", ())),
        topics=tuple(_of(entry, "topics", STATEMENTS)),
        bearing=bearing,
        plain=entry.get("plain", False),
        about=entry.get("about", "workers"),
        because=_of(entry, "because", STATEMENTS),
        patterns={
            language: tuple(pattern(source, table[language], STATEMENTS) for source in entry.get(language, ()))
            for language in LANGUAGES
        },
    )


def _subjects(language: str, table: Mapping[str, Any], denying: Negations) -> Subjects:
    words = _of(table, language, STATEMENTS)
    form = {"en": r"\b(?:*)\b", "ru": r"\b(?:*)", "ko": r"(?:*)"}[language]  # Korean words run on into particles
    made = {
        name: pattern(form.replace("*", "|".join(_of(words, name, STATEMENTS))), words, STATEMENTS)
        for name in ("sender", "workers", "applicants", "soldiers", "others", "going_on")
    }
    return Subjects(**made, negations=denying)


def _both(narrowing: Mapping[str, Any], bystanders: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The bystanders and the names of one language, whose patterns may name the lists of both tables."""
    own = _of(bystanders, language, BYSTANDERS)
    shared = _of(narrowing, language, NARROWING)["words"].keys() & own["words"].keys()
    if shared:
        problem = f"[{language}.words] gives {min(shared)} again, which {NARROWING} has"
        raise EvidenceError(problem, file=f"{FOLDER}/{BYSTANDERS}", hint="give the list another name")
    other = _of(narrowing, language, NARROWING)
    return {**own, "names": _of(other, "names", NARROWING), "words": {**other["words"], **own["words"]}}


def _says(words: Mapping[str, Any], language: str) -> re.Pattern[str]:
    form = r"(?:*)" if language == "ko" else r"\b(?:*)\b"
    return pattern(form.replace("*", "|".join(_of(words, "says", BYSTANDERS))), words, BYSTANDERS)


def _account(table: Mapping[str, Any], language: str) -> AccountWords:
    signs, words = _of(table, "account", BYSTANDERS), table["words"]
    label, first, single, told = (_of(signs, name, BYSTANDERS) for name in ("label", "first", "single", "told"))
    form = r"(?<!\w)(?:*)" if language == "ko" else r"(?<!\w)(?:*)(?!\w)"  # Korean words run on into particles
    return AccountWords(
        told=pattern(form.replace("*", "|".join(told)), words, BYSTANDERS),
        lived=pattern(form.replace("*", "|".join(_of(signs, "lived", BYSTANDERS))), words, BYSTANDERS),
        label=tuple(pattern(source, {}, BYSTANDERS) for source in label),
        first=pattern(first, {}, BYSTANDERS),
        single=pattern(single, {}, BYSTANDERS),
    )


def _in_clear(table: Mapping[str, Any]) -> tuple[OpenWords, ...]:
    words = table["words"]
    return tuple(
        OpenWords(
            kinds=frozenset(entry["kinds"]),
            needs=tuple(pattern(source, words, BYSTANDERS) for source in entry["all"]),
            unless=pattern(entry["unless"], words, BYSTANDERS),
        )
        for entry in _of(table, "open", BYSTANDERS)
    )


def _narrowing(table: Mapping[str, Any], file: str) -> tuple[NarrowingPattern, ...]:
    words = {**table["words"], "surname": table["words"].get("surname", ["$^"])}
    found = []
    for entry in table["pattern"]:
        if entry["kind"] not in KINDS:
            hint = f"write one of {', '.join(KINDS)}"
            raise EvidenceError(f"{entry['kind']!r} is no kind", file=f"{FOLDER}/{file}", hint=hint)
        unless = pattern(entry["unless"], words, file) if "unless" in entry else None
        found += [
            NarrowingPattern(entry["kind"], source.endswith("<Name>"), pattern(source, words, file), unless)
            for source in entry["patterns"]
        ]
    return tuple(found)


def _names(table: Mapping[str, Any], language: str) -> NameWords:
    names, words = table["names"], table["words"]

    def either(key: str, form: str) -> re.Pattern[str] | None:
        return pattern(form.replace("*", "|".join(names[key])), words, NARROWING) if names.get(key) else None

    role, pronoun = (
        either("role", r"(?<!\w)(?:*)(?!\w)" if names.get("cyrillic") or names.get("title") else r"(?:*)"),
        either("pronoun", r"(?<!\w)(?:*)\b"),
    )
    if role is None or pronoun is None:
        raise EvidenceError("names without role or pronoun", file=f"{FOLDER}/{NARROWING}", hint="restore the table")
    return NameWords(
        pronoun=pronoun,
        says=_says(words, language),
        title=either("title", r"(?:*)"),
        role=role,
        not_role=either("not_role", r"\b(?:*)\b"),
        lived=either("lived", r"(?:*)\b"),
        spoke=either("spoke", r"(?:*)\b"),
        institution=either("institution", r"(?<!\w)(?:*)(?!\w)" if names.get("title") else r"(?:*)"),
        called=either("called", r"(?:*)"),
        called_after=either("called_after", r"[\"'”’»\s,()—–-]{0,4}(?:*)"),
        sounds=pattern(f"(?-i:{names['sounds']})", words, NARROWING) if "sounds" in names else None,
        common=frozenset(names["common"]),
        cyrillic=names.get("cyrillic", False),
    )


def _public(programme_folder: Path, kinds: frozenset[str]) -> frozenset[str]:
    """The names and aliases of public persons, as the programme's own entities give them."""
    path = programme_folder / ENTITIES
    if not path.is_file():
        return frozenset()  # a programme without entities knows no public person: all names are then kept back
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] in kinds]
    names = (name.strip() for row in rows for name in (row["name"], *row["aliases"].split(";")))
    return frozenset(name for name in names if name)
