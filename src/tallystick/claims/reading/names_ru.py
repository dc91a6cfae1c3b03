"""What a phrase of the language ru names: the person, body or outlet, or the word that points back to one.

«Глава фирмы "Имя" Иван Иванов» is «Иван Иванов»; a phrase that can name nobody gives no source. The case that names is
put in by `nominative_ru`; where such phrases stand is `sources_ru`.
"""

from __future__ import annotations

import re

from tallystick.claims.reading.nominative_ru import PERSON, nominative
from tallystick.claims.reading.phrases_ru import (
    AGENT,
    BEFORE_NAME,
    CAPITAL,
    INTERLOCUTOR,
    LIVES_IN,
    MOST_WORDS,
    NAMED,
    NOT_PERSON,
    ON_PAGE,
    ONE_NOUN,
    OPENING_WHEN,
    OTHER_LETTERS,
    PAPERS,
    PREPOSITION,
    SHORT_NAME,
    SURNAME,
    WITHIN,
)
from tallystick.claims.reading.roles import bare, role
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_DESCRIBED_ROLE = re.compile(r"[А-ЯЁа-яё-]+(?:ий|ый|ой|ая|ого|его) (?=[а-яё])")
_HIS_STAFF = re.compile(r"(?:его|е[её]|их) (?:автор|эксперт|исследовател|аналитик|составител)\w*", re.IGNORECASE)
_FOREIGN_HOUSE = re.compile(r"[а-яё-]+(?:ая|ий|ый|ое|ой|ого|ую) (?=[A-Z])")  # «южнокорейская The Daily Lark»
_OWN_HOUSE = re.compile(
    r"(?:[а-яё-]+ ){0,3}?(?:телеканал|газет|агентств|издани|журнал|портал|радиостанци|"
    r"сайт)\w* (?P<own>[A-ZА-ЯЁ][\w .-]+)\Z"
)
_NAMED_IN = re.compile(rf" {PERSON}\Z")


def titled(sentence: Sentence, start: int, whole: Hit, *, oblique: bool) -> Source | None:
    """«глава фирмы "Имя" Иван Иванов», «рабочий из области Иван Иванов»: the person."""
    text, tongue = sentence.text, sentence.tongue
    end = re.compile(r"[,;:()—–]|\.(?=\s|\Z)|\s-\s").search(text, start + 1, sentence.end)
    stop = end.start() if end else sentence.end
    first = re.compile(r"\s*[\"«]?(?P<role>[А-ЯЁа-яё-]+)").match(text, start, stop)
    if first is None:
        return None
    at_once = first["role"][0].isupper()
    if not (tongue.sense("person_role").fullmatch(first["role"]) or at_once):
        adjective = re.compile(r"\s*[А-ЯЁа-яё-]+(?:ый|ий|ого|его|ая|ой) (?P<role>[а-яё-]+)").match(text, start, stop)
        if adjective is None or not tongue.sense("person_role").fullmatch(adjective["role"]):
            named = NAMED.search(text, start, min(stop, start + 60))
            if named is None or not (oblique or not text[named.end() : stop].strip()):
                return None
    for match in NAMED.finditer(text, start, stop):
        name = without_place(sentence, match.group())
        if len(name.split()) > 2 and re.search(r"(?<!\w)(?:в|во|из|на|при)\s\Z", text[start : match.start()]):
            name = " ".join(name.split()[1:])  # the first word is where the office is
        if at_once and match.start() > first.start("role") and not tongue.sense("person_role").fullmatch(first["role"]):
            return None
        if tongue.places.search(name) or tongue.sense("sender").search(name) or tongue.sense("body_role").search(name):
            continue
        if NOT_PERSON.fullmatch(name.split()[0]) or tongue.sense("outlet").search(name):
            continue
        name = untitled(sentence, name)
        return Source(nominative(name, sentence) if oblique else name, Hit(*match.span()), SPEAKER, whole)
    return None


def _is_house(sentence: Sentence, name: str) -> bool:
    """Whether the first words after «в» are somewhere that can speak: a body, an outlet, a paper."""
    first = " ".join(name.split()[:3])
    senses = ("body_role", "outlet", "outlet_role", "known_body", "paper_role")
    return any(sentence.tongue.sense(sense).search(first) for sense in senses) or bool(
        re.match(r"(?:[а-яё-]+ ){0,2}[А-ЯЁ]{2,}|[«\"]", name)
    )


def untitled(sentence: Sentence, name: str) -> str:
    """A name without the office that opens its sentence with a capital."""
    words = name.split()
    return " ".join(words[1:]) if len(words) > 1 and sentence.tongue.sense("person_role").fullmatch(words[0]) else name


def _not_a_person(sentence: Sentence, name: str) -> bool:
    tongue = sentence.tongue
    senses = ("sender", "body_role", "outlet")
    known = tongue.places.search(name) or any(tongue.sense(sense).search(name) for sense in senses)
    return bool(known or NOT_PERSON.fullmatch(name.split()[0]))


def without_place(sentence: Sentence, name: str) -> str:
    """«посол в Энске Александр Иванов»: the place belongs to the office."""
    words = name.split()
    tongue = sentence.tongue
    while len(words) > 2 and (
        tongue.places.match(words[0]) or tongue.sense("body_role").fullmatch(words[0]) or SHORT_NAME.fullmatch(words[0])
    ):
        words = words[1:]
    if len(words) > 2 and words[0][-1] in "аяыи" and words[1][-1] not in "аеёиоуыэюя":  # «мэр Артёма Иван Рогов»
        words = words[1:]
    return " ".join(words)


def made(
    sentence: Sentence, name: str, at: Hit, whole: Hit, *, oblique: bool = False, sure: bool = False
) -> Source | None:
    name = BEFORE_NAME.sub("", OPENING_WHEN.sub("", name.strip(" ,.:;-—–")))
    if within := WITHIN.match(name):  # «в министерстве сообщили»
        name, oblique = name[within.end() :], True
        if not _is_house(sentence, name) or re.search(r" (?:с|со|между|для|о|об) ", name):
            return None  # «в конце октября», «в министерстве с компанией»
    if papers := PAPERS.fullmatch(name):
        name, oblique = ON_PAGE.sub("", papers["whose"]), True
        if person := titled(sentence, sentence.text.find(name, at.start), whole, oblique=True):
            return person
    if not name or len(name.split()) > MOST_WORDS or PREPOSITION.match(name):
        return None
    if name.startswith("«") and "»" not in name:
        return None  # the words that are told
    if _HIS_STAFF.fullmatch(name):
        return Source("оно", at, POINTER, whole)
    tongue = sentence.tongue
    if INTERLOCUTOR.fullmatch(name):
        return Source("собеседник", at, POINTER, whole)
    if bare(name.lower(), "ru"):
        return Source(name, at, POINTER, whole)
    if name.lower().startswith(("котор", "чей", "чья")):
        return None
    proper = name.isupper() or SHORT_NAME.fullmatch(name)
    if tongue.sense("back").fullmatch(name) or (role(name, sentence)[0] and ONE_NOUN.fullmatch(name) and not proper):
        return Source(nominative(name, sentence) if oblique else name, at, POINTER, whole)
    if not (
        sure
        or CAPITAL.search(name)
        or tongue.sense("source_head").search(name)
        or tongue.sense("body_role").search(name)
        or tongue.sense("person_role").match(name)
        or AGENT.match(name)
    ):
        return None
    return _named(sentence, name, at, whole, oblique=oblique)


def _named(sentence: Sentence, name: str, at: Hit, whole: Hit, *, oblique: bool) -> Source | None:
    tongue = sentence.tongue
    if (described := _DESCRIBED_ROLE.match(name)) and tongue.sense("person_role").match(name, described.end()):
        name = name[described.end() :] if _NAMED_IN.search(name) else name  # «российский девелопер Иван Иванов»
    if foreign := _FOREIGN_HOUSE.match(name):
        name = name[foreign.end() :]
    titled = tongue.sense("person_role").match(name)
    outlet = tongue.sense("outlet").search(name)
    if OTHER_LETTERS.fullmatch(name) and not tongue.sense("known_body").search(name):
        return Source(name, at, OUTLET, whole)
    if re.match(r"(?:корреспондент|журналист|репорт[её]р|обозревател)", name):
        return Source(name, at, OUTLET, whole)  # whoever passes on for an outlet
    if outlet and not titled and (owner := tongue.sense("known_body").search(name, outlet.end())):
        return Source(owner.group(), at, SPEAKER, whole)  # «телеграм-канал разведки»: the service itself
    if outlet and not titled and (own := _OWN_HOUSE.match(name)):
        return Source(own["own"], at, OUTLET, whole)  # «телеканал Причал»
    if outlet and outlet.start() < 12 and not titled:
        return Source(outlet.group() if outlet.group()[0].isupper() else name, at, OUTLET, whole)
    if titled and " " in name and (given := NAMED.search(name, name.index(" "))):
        person_name = without_place(sentence, given.group())
        if not _not_a_person(sentence, person_name):
            return Source(nominative(person_name, sentence) if oblique else person_name, at, SPEAKER, whole)
    if LIVES_IN.match(name) and not _NAMED_IN.search(name):
        return Source(nominative(name, sentence) if oblique else name, at, SPEAKER, whole)
    if titled and (person := re.search(rf"(?P<name>{PERSON})(?: [«\"].*)?\Z", name) or SURNAME.search(name)):
        known = tongue.places.search(person["name"]) or tongue.sense("sender").search(person["name"])
        if not known and not tongue.sense("body_role").search(person["name"]):
            name = untitled(sentence, person["name"])
            return Source(nominative(name, sentence) if oblique else name, at, SPEAKER, whole)
    if known_body := tongue.sense("known_body").search(name):
        name = name if titled else known_body.group()
    depth = RECORD if re.match(r"(?:данные|статистик|реестр)", name) else SPEAKER
    return Source(nominative(name, sentence) if oblique else name, at, depth, whole)
