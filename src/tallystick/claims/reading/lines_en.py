"""Who speaks in an English line that has no verb for it: before a colon, after a dash, in brackets at its end.

Headlines, captions and notes name their source so. What a sentence says with a verb or a preposition is `sources_en`.
"""

from __future__ import annotations

import re

from tallystick.claims.reading.names_en import made, trimmed
from tallystick.claims.reading.phrases_en import (
    AFTER_COLON,
    ALL_CAPITAL,
    AUTHOR_AND_YEAR,
    COLON,
    IN_BRACKETS,
    LINE_END,
    NOTED_SOURCE,
    PAPER_TELLS,
)
from tallystick.claims.reading.roles import role
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import SPEAKER, Source


def in_brackets(sentence: Sentence) -> list[Source]:
    """ "N (Lark Institute)." at a sentence's end: a body or an outlet that is noted as the source."""
    if noted := NOTED_SOURCE.search(sentence.text, sentence.start, sentence.end):
        source = made(sentence, noted["name"], Hit(*noted.span("name")), Hit(sentence.start, sentence.end), sure=True)
        return [source._replace(carries=False)] if source else []
    author = AUTHOR_AND_YEAR.search(sentence.text, sentence.start, sentence.end)
    if author and not sentence.tongue.places.fullmatch(author["name"]):
        at = Hit(*author.span("name"))
        return [Source(author["name"], at, SPEAKER, Hit(sentence.start, author.end()), carries=False)]
    match = IN_BRACKETS.search(sentence.text, sentence.start, sentence.end)
    if match is None:
        return []
    name, tongue = trimmed(match["name"]), sentence.tongue
    body = tongue.sense("body_role").search(name) or tongue.sense("outlet").fullmatch(name)
    if not body or _follows_name(sentence, match.start()):
        return []
    source = made(sentence, name, Hit(*match.span("name")), Hit(sentence.start, sentence.end))
    return [source] if source else []


def at_line_end(sentence: Sentence) -> list[Source]:
    """ "Crews reach the port - Lark Institute": the source of a headline."""
    match = LINE_END.search(sentence.words)
    colon = AFTER_COLON.search(sentence.words)
    if match is None and colon and role(colon["name"], sentence)[0] in ("body", "person", "outlet"):
        match = colon
    if match is None:
        return []
    name, tongue = trimmed(match["name"]), sentence.tongue
    known = tongue.sense("body_role").search(name) or tongue.sense("outlet").fullmatch(name)
    if not (known or tongue.sense("known_body").fullmatch(name) or tongue.sense("person_role").match(name)):
        return []
    at = Hit(sentence.start + match.start("name"), sentence.start + match.end("name"))
    source = made(sentence, name, at, Hit(sentence.start, sentence.end))
    return [source] if source else []


def before_colon(sentence: Sentence) -> list[Source]:
    """ "Customs: crews reach the port": who speaks in a headline."""
    match = COLON.match(sentence.text, sentence.start, sentence.end)
    if match is None:
        return []
    name, tongue = match["name"], sentence.tongue
    if tongue.places.fullmatch(name) or tongue.sense("sender").search(name):
        return []
    known = tongue.sense("known_body").fullmatch(name) or tongue.sense("outlet").fullmatch(name)
    if not ALL_CAPITAL.fullmatch(name) and not re.fullmatch(r"(?:the |The )?[a-z]+", name):
        return []
    told = known or match["quote"] or tongue.sense("body_role").search(name)
    if not (told or role(name, sentence)[0] == "person"):
        return []
    source = made(sentence, name, Hit(*match.span("name")), Hit(sentence.start, sentence.end))
    return [source] if source else []


def papers_told(sentence: Sentence) -> list[Source]:
    """ "A dossier of the Lark Institute fills the gap", "a report of the guild lifts the veil": whose paper it is."""
    found = PAPER_TELLS.search(sentence.words)
    if found is None:
        return []
    group = "whose" if found["whose"] else "paper"
    name, tongue = found[group], sentence.tongue
    if tongue.sense("sender").search(name) or (group == "whose" and tongue.places.fullmatch(name)):
        return []
    at = Hit(sentence.start + found.start(group), sentence.start + found.end(group))
    source = made(sentence, name, at, Hit(sentence.start, sentence.end), raw=name, sure=True)
    return [source] if source else []


def _follows_name(sentence: Sentence, place: int) -> bool:
    """Whether a bracket stands after a name, which it then shortens or explains."""
    words = sentence.text[sentence.start : place].split()
    return bool(words) and words[-1][:1].isupper()
