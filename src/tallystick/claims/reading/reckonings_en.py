"""Whose reckoning a number is in English: "X's own count", "an Ilsan tally", "by Ruritanian estimates".

No verb of saying stands there; where one does, it is `sources_en`.
"""

from __future__ import annotations

import re

from tallystick.claims.reading.names_en import CAPITAL, made, trimmed
from tallystick.claims.reading.phrases_en import BY_ESTIMATES, BY_NAME, CAPITALS_AT_END, FROM, GENITIVE, NAME_AT_END
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import RECORD, Source
from tallystick.claims.reading.subjects_en import FINITE


def possessive(sentence: Sentence) -> bool:
    """Whether a sentence has an apostrophe at all: looking for what may stand before one takes long."""
    return any(sentence.text.find(sign, sentence.start, sentence.end) >= 0 for sign in "'’")


def estimates(sentence: Sentence) -> list[Source]:
    """ "Human Bridge's own count", "an Ilsan tally": whose reckoning it is."""
    found = []
    for match in (
        *(GENITIVE.finditer(sentence.text, sentence.start, sentence.end) if possessive(sentence) else ()),
        *BY_ESTIMATES.finditer(sentence.text, sentence.start, sentence.end),
        *BY_NAME.finditer(sentence.text, sentence.start, sentence.end),
    ):
        source = _reckoner(sentence, match)
        if source is not None:
            found.append(source)
    for match in FROM.finditer(sentence.text, sentence.start, sentence.end):
        semicolon = sentence.text.rfind(";", sentence.start, match.start())
        following = sentence.text.find(";", match.end(), sentence.end)
        covers = Hit(semicolon if semicolon > 0 else sentence.start, following if following > 0 else sentence.end)
        found.append(Source(trimmed(match["name"]), Hit(*match.span("name")), RECORD, covers))
    return found


def _reckoner(sentence: Sentence, match: re.Match[str]) -> Source | None:
    words = match["name"].strip()
    name = trimmed((CAPITALS_AT_END.fullmatch(words) or NAME_AT_END.fullmatch(words) or match)["name"])
    tongue = sentence.tongue
    if (
        not name
        or name.lower() in ("it", "this", "that", "last year", "year", "today")
        or tongue.sense("sender").search(name)
        or re.search(r"(?<!\w)(?:quotes?|cites?|gives?|says?)\Z", name)
    ):
        return None
    heads = (tongue.sense(sense).search(name) for sense in ("source_head", "person_role"))
    if not (CAPITAL.search(name) or any(heads)) or FINITE.search(name):
        return None
    if match.re is BY_NAME and match.start() == sentence.start and not _is_known(sentence, name):
        return None  # "Credible reports", which only opens its sentence with a capital
    whole = (
        re.sub(r"\A[Bb]y (?:the |an? )?", "", match.group())
        if match.re in (BY_NAME, BY_ESTIMATES) and _is_nation(sentence, name)
        else name
    )  # "Ruritanian estimates"
    at = max(match.start(), sentence.text.find(name, match.start()))
    covers = _covered_by_estimate(sentence, match, at)
    source = made(sentence, trimmed(whole), Hit(*match.span("name")), covers, raw=match["name"])
    return source._replace(carries=False) if source else None


def _is_nation(sentence: Sentence, name: str) -> bool:
    """Whether a name alone is a State or its adjective, so that only with its estimates it names a source."""
    return bool(sentence.tongue.places.fullmatch(name) or re.fullmatch(r"[A-Z][a-z]+(?:an|ish|ese|[^aeiou]i)", name))


def _is_known(sentence: Sentence, name: str) -> bool:
    """Whether one word with a capital is a name for certain: several words, initials, a place, a body, an outlet."""
    tongue = sentence.tongue
    known = any(tongue.sense(sense).search(name) for sense in ("body_role", "outlet", "known_body", "union"))
    return " " in name or not name[1:].islower() or known or bool(tongue.places.search(name))


def _covered_by_estimate(sentence: Sentence, match: re.Match[str], at: int) -> Hit:
    """An estimate in brackets covers the bracket; "by X estimates" its sentence; a subject what follows it."""
    inside = bracket(sentence, Hit(*match.span()))
    before = sentence.text[max(sentence.start, at - 8) : at].lower()
    if inside or not re.search(r"(?<!\w)(?:by|in|on) ", before):
        return inside or Hit(match.start(), sentence.end)
    return Hit(sentence.start, sentence.end)


def bracket(sentence: Sentence, hit: Hit) -> Hit | None:
    """The brackets around a place of the text, if it stands in any: what is said there is said of nothing outside."""
    opened = sentence.text.rfind("(", sentence.start, hit.start)
    closed = sentence.text.find(")", hit.end, sentence.end)
    inside = opened >= 0 and closed > 0 and ")" not in sentence.text[opened : hit.start]
    return Hit(opened, closed) if inside else None
