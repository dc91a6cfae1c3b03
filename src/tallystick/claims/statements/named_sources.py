"""Which sources of claims are private persons: named, and by nothing in the text given a public standing.

A person who is named as a source is public where the programme's evidence names them, or where an office, a rank, an
expert's calling or an institution stands beside the name somewhere in the text. A trade is no office, and whoever is
named by a changed name is private whatever stands beside it. The rule is for sources alone: of the many names in a text
few speak, and a source that is held back without need costs a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tallystick.claims.statements.narrowing import REASONS
from tallystick.claims.statements.patterns import CAPITAL, OF, OWNER, SCRIPTS
from tallystick.claims.statements.words import NameWords, StatementWords

_LATIN_OR_CYRILLIC = re.compile(rf"{CAPITAL}(?:[ \u00a0]{CAPITAL}|[ \u00a0][A-ZА-ЯЁ]\.)*")
_HANGUL_LAST = re.compile(r"(?<![가-힣])([가-힣]{2,4}?)(?: ?씨)?$")
_BEFORE, _AFTER = 60, 70  # signs on each side of a name in which what somebody is may be said
_MOST_TOKENS = 4  # of a personal name
_STOP = re.compile(r"[.!?](?=\s+(?:[^a-zа-яё]|$))|[;:\n]")  # "U.N. rapporteur" is no end of a sentence
_OF = re.compile(rf"\s(?:{OF})\s([^,(—–]{{0,60}})")
_ACRONYM_BESIDE = re.compile(r"[A-ZА-ЯЁ]{2,}\b|[\d&]")


def private_sources(sources: Iterable[str], text: str, *, words: StatementWords) -> frozenset[str]:
    """The personal names among `sources`, as claims of `text` name them, to which it gives no public standing."""
    return frozenset(
        name
        for source in dict.fromkeys(sources)
        for language, name in _named(source, words)
        if _is_private(name, text, words.names[language], words)
    )


def names_in(passage: str, private: Iterable[str]) -> str:
    """Why what was read from this passage is proposed as restricted; "" where it holds none of these names."""
    return REASONS["person"] if any(_stem(name).search(passage) for name in private) else ""


def _named(source: str, words: StatementWords) -> list[tuple[str, str]]:
    """Every stretch of a source that may be a personal name, with the language in which it is written."""
    found: list[tuple[str, str]] = []
    for match in _LATIN_OR_CYRILLIC.finditer(source):
        language = "ru" if SCRIPTS["ru"].match(match.group()) else "en"
        tokens = [OWNER.sub("", token) for token in match.group().split()]
        names = words.names[language]
        kept = [token for token in tokens if not _is_common(token, names)]
        sounds = bool(names.sounds and not names.cyrillic and names.sounds.fullmatch(" ".join(kept)))
        if not kept or len(kept) > _MOST_TOKENS or (len(kept) < len(tokens) and not sounds):
            continue  # some of its words belong to no name: it is an institution's
        found.append((language, " ".join(kept)))
    last = _HANGUL_LAST.search(source)  # what somebody is stands before the name
    if last and not _is_common(last.group(1), words.names["ko"]):
        found.append(("ko", last.group(1)))
    return found


def _is_common(token: str, names: NameWords) -> bool:
    return (
        token in names.common
        or bool(names.role.fullmatch(token))
        or bool(names.title and names.title.fullmatch(token))
        or bool(names.institution and names.institution.fullmatch(token))
        or bool(names.not_role and names.not_role.fullmatch(token))  # "worker" may sound like a name
    )


def _is_private(name: str, text: str, names: NameWords, words: StatementWords) -> bool:
    sides = [_sides(text, match) for match in _stem(name).finditer(text)]
    if any(_is_called(before, after, names) for before, after in sides):
        return True
    if name in words.public or any(name in public.split() for public in words.public):
        return False
    if not _is_personal(name, sides, names):
        return False
    return not any(_has_standing(before, after, names) for before, after in sides)


def _stem(name: str) -> re.Pattern[str]:
    """The name as it stands in a text, in any case of a language that declines it."""
    if SCRIPTS["ko"].match(name):
        return re.compile(rf"(?<!\w){name}")  # particles follow without a blank
    declined = bool(SCRIPTS["ru"].match(name))
    parts = [token[:-1] if declined and token[-1] in "аяйь" and len(token) > 3 else token for token in name.split()]
    ending = "[а-яё]{0,3}" if declined else ""
    return re.compile(r"(?<!\w)" + r"\s".join(re.escape(part) + ending for part in parts) + r"(?!\w)")


def _sides(text: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands on both sides of a name in its sentence."""
    before = _STOP.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
    after = _STOP.split(text[match.end() : match.end() + _AFTER])[0]
    return before, after


def _is_called(before: str, after: str, names: NameWords) -> bool:
    """Whether the text says that it is no real name, or one by which somebody is only called."""
    return bool(
        (names.called and names.called.search(before[-45:])) or (names.called_after and names.called_after.match(after))
    )


def _is_personal(name: str, sides: list[tuple[str, str]], names: NameWords) -> bool:
    """Whether the name is a person's and no firm's, agency's or place's."""
    if SCRIPTS["ko"].match(name):
        if not (names.sounds and names.sounds.fullmatch(name)):
            return False
        ending = bool(names.institution and names.institution.search(name))
        return not ending or any(names.not_role and names.not_role.search(before[-8:]) for before, _ in sides)
    if all(re.search(r"\bthe $", before) or _ACRONYM_BESIDE.match(after.lstrip()) for before, after in sides):
        return False
    sounds = bool(names.sounds and not names.cyrillic and names.sounds.fullmatch(name))
    return " " in name or sounds


def _has_standing(before: str, after: str, names: NameWords) -> bool:
    """Whether an office, an expert's calling or an institution stands directly beside it, and no trade."""
    near = before.rsplit(",", 1)[-1] if not before.rstrip().endswith(",") else before[-_BEFORE:]
    apposed = re.match(r"[^,(—–가-힣]{0,2}[,(—–]\s?([^—–)]{0,60})", after)
    of = _OF.match(after)
    beside = [near] + ([apposed.group(1).split(",")[0]] if apposed else []) + ([of.group(1)] if of else [])
    if SCRIPTS["ko"].search(before[-3:] + after[:3]):
        beside = [before[-25:], after[:12]]
    return any(_tells_office(stretch, names) for stretch in beside)


def _tells_office(stretch: str, names: NameWords) -> bool:
    if names.not_role and names.not_role.search(stretch):
        return False
    told = names.role.search(stretch) or (names.institution and names.institution.search(stretch))
    return bool(told)
