"""The persons, bodies and outlets that a sentence names, with the nouns said of them.

A mention is no attribution: that a text names somebody does not make them the source of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tallystick.claims.reading.roles import BODY, MEDIUM, PERSON, role, stem_of, stems
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.sources import OUTLET, SPEAKER

_PHRASE = {
    "en": re.compile(
        r"(?<![\w.’'-])[A-Z][\w’'&-]*(?:\.(?= [A-Z]))?"
        r"(?:(?: (?:of|for|on|of the|for the))? (?:[A-Z][\w’'&-]*|al-\w+)(?:\.(?= [A-Z]))?)*"
    ),
    "ru": re.compile(r"(?<!\w)[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)?(?: [А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)?)+"),
    "ko": re.compile(
        r"(?<![가-힣])[가-힣]{2,4}(?=(?:\([가-힣]+\))? "
        r"[가-힣]{0,8}(?:[가-힣]{2}|씨)(?:은|는|이|가|의|도|에게)?(?:\s|\Z))"
    ),
}
_RUSSIAN_BODY = re.compile(r"\w+(?: [а-яё]{4,}(?:а|я|ы|и|й|ов|ей|ых|их)(?!\w)){0,2}(?: «[^»]{2,40}»)?")
_SHORT = re.compile(r"[А-ЯЁ]{2,}|(?:Мин(?!истерств|истр)|Рос|Гос|Сов)[а-яё]+")  # «МВД», «Минтруд»
_RUSSIAN_HOUSE = re.compile(r"(?P<noun>\w+) «(?P<own>[^»]{2,40})»\Z")
_FUNCTION = frozenset(  # words that open a sentence with a capital and are part of no name
    [
        "a",
        "an",
        "the",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "when",
        "while",
        "where",
        "as",
        "after",
        "before",
        "since",
        "if",
        "but",
        "and",
        "yet",
        "that",
        "this",
        "these",
        "those",
        "then",
        "there",
        "so",
        "most",
        "many",
        "some",
        "both",
        "even",
        "last",
        "next",
        "once",
        "former",
        "two",
        "three",
        "mr",
        "mrs",
        "ms",
        "dr",
    ]
)
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December"
)
_NAME_AND_PLACE = 3  # words
_TOLD_THE = re.compile(r"(?<!\w)(?:told|tells|tell) the \Z")
_OF_BODY = re.compile(r"(?P<person>(?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+) (?:of|for)(?: the)? (?P<body>.+)")
_APPOSED = re.compile(r", (?:an?|the) (?:[\w’'-]+ ){0,4}?(?P<noun>[a-z]+)(?= (?:in|of|that|which|based|from)(?!\w)|,)")
_NOUN_BEFORE = re.compile(r"[a-z-]+ \Z")  # "the magazine Josephine"
_PROGRAMME = re.compile(r"\0 [A-Z]\w+")  # of an outlet: "Dawn Panorama"
_KOREAN_ENDING = re.compile(r"(?:[은는이가을를의도에고며던된하되있없받]|지만|는데|면서|다면|하면|려고|도록)\Z")
_BESIDE = 70  # letters after a name in which a noun is still said of it


class Mention(NamedTuple):
    """One naming of somebody: the name, its place and sentence, what kind it is, and the stems of its nouns."""

    name: str
    place: int
    sentence: int
    kind: str
    nouns: frozenset[str]
    speaks: bool = False
    depth: int = SPEAKER


def mentions(sentence: Sentence) -> Iterator[Mention]:
    """The persons, bodies and outlets that a sentence names."""
    for match in _PHRASE[sentence.language].finditer(sentence.text, sentence.start, sentence.end):
        if (person := _member(sentence, match.group())) is not None:
            at = match.start() + match.group().index(person)
            yield Mention(person, at, sentence.index, PERSON, _beside(sentence, at, at + len(person)))
        made = _mention(sentence, match.group(), match.start())
        if made is not None:
            yield made
    if sentence.language == "ru":
        for hit in sentence.hits("body_role"):
            body = _RUSSIAN_BODY.match(sentence.text, hit.start, sentence.end)
            if body and (own := _RUSSIAN_HOUSE.search(body.group())) and _is_outlet(own["noun"], sentence):
                yield Mention(own["own"], hit.start, sentence.index, MEDIUM, stems(own["noun"], sentence), depth=OUTLET)
            elif body and (" " in body.group() or _SHORT.fullmatch(body.group())):
                yield Mention(body.group(), hit.start, sentence.index, BODY, stems(body.group(), sentence))


def _member(sentence: Sentence, phrase: str) -> str | None:
    """ "Jane Roe of the Lark Institute": the person, whose body is named as well."""
    found = _OF_BODY.fullmatch(phrase) if sentence.language == "en" else None
    body, places = sentence.tongue.sense("body_role"), sentence.tongue.places
    if (
        found is None
        or body.search(found["person"])
        or places.search(found["person"])
        or not body.search(found["body"])
    ):
        return None
    return found["person"]


def _is_outlet(noun: str, sentence: Sentence) -> bool:
    return any(sentence.tongue.sense(sense).fullmatch(noun) for sense in ("outlet_role", "outlet"))


def _mention(sentence: Sentence, phrase: str, place: int) -> Mention | None:
    tongue = sentence.tongue
    words = phrase.split()
    if len(words) > 1 and words[0].endswith("ing") and words[1] in ("on", "for", "of"):
        return None  # "Posting on Telegram, the governor said"
    titled = False
    while words and (words[0].lower() in _FUNCTION or tongue.is_wholly("person_role", words[0])):
        titled = titled or tongue.is_wholly("person_role", words[0])
        place += len(words[0]) + 1
        words = words[1:]
    place, words = _past_place(sentence, place, words)
    office = [at for at, word in enumerate(words[:-1]) if tongue.is_wholly("person_role", word)]
    if office and sentence.language == "en":  # "Labour Minister Jane Roe"
        place += sum(len(word) + 1 for word in words[: office[-1] + 1])
        words, titled = words[office[-1] + 1 :], True
    name = " ".join(words).removesuffix("’s").removesuffix("'s")
    if not name or _CALENDAR.search(name) or tongue.sense("sender").search(name):
        return None
    if known := tongue.sense("known_body").search(name):
        return Mention(known.group(), place + known.start(), sentence.index, BODY, stems(known.group(), sentence))
    if tongue.is_wholly("outlet", name) or _PROGRAMME.fullmatch(tongue.sense("outlet").sub("\0", name, count=1)):
        return Mention(name, place, sentence.index, MEDIUM, stems(name, sentence), depth=OUTLET)
    if tongue.sense("body_role").search(name):
        return Mention(name, place, sentence.index, BODY, stems(name, sentence))
    if sentence.language == "ko" and (
        tongue.sense("source_head").search(name)
        or tongue.sense("no_person").fullmatch(name)
        or _KOREAN_ENDING.search(name)
    ):
        return None
    nouns = _beside(sentence, place, place + len(name))
    if tongue.places.search(name) or (sentence.language == "ko" and not nouns):
        return None
    if sentence.language == "en" and (noun := _NOUN_BEFORE.search(sentence.text, sentence.start, place)):
        kind, stem = role(noun.group().strip(), sentence)
        if kind in (MEDIUM, BODY):
            return Mention(
                name, place, sentence.index, kind, frozenset([stem]), depth=OUTLET if kind == MEDIUM else SPEAKER
            )
    if sentence.language == "en" and re.search(r"(?<!\w)[Tt]he \Z", sentence.text[sentence.start : place]):
        told = _TOLD_THE.search(sentence.text, sentence.start, place)  # no person has an article
        return Mention(name, place, sentence.index, MEDIUM, frozenset(), depth=OUTLET) if told else None
    alone = not titled if sentence.language == "en" else len(words) == len(phrase.split())
    if len(words) < 2 and alone and sentence.language != "ko":
        return None  # one capital word, and no title before it
    if sentence.language == "en" and re.search(r"(?:['’]s|s['’]) ", name):
        return None  # "Dockers' Digest"
    apposed = _APPOSED.match(sentence.text, place + len(name), sentence.end)
    if apposed and role(apposed["noun"], sentence)[0] == BODY:  # "Human Lantern, a rights group,"
        return Mention(name, place, sentence.index, BODY, nouns)
    return Mention(name, place, sentence.index, PERSON, nouns)


def _past_place(sentence: Sentence, place: int, words: list[str]) -> tuple[int, list[str]]:
    """ "envoy to South Norland Jane Roe": the name begins after the State."""
    if sentence.language != "en" or len(words) < _NAME_AND_PLACE:
        return place, words
    state = sentence.tongue.places.match(" ".join(words)) or sentence.tongue.sense("sender").match(" ".join(words))
    if state is None or len(" ".join(words)[state.end() :].split()) < _NAME_AND_PLACE - 1:
        return place, words
    rest = " ".join(words)[state.end() :]
    return place + state.end() + len(rest) - len(rest.lstrip()), rest.split()


def _beside(sentence: Sentence, start: int, end: int) -> frozenset[str]:
    """The stems of the nouns said of a name: those right before it, and those after it up to the next name."""
    text = sentence.text
    before = max((text.rfind(mark, sentence.start, start) for mark in ".,;:"), default=-1)
    left = max(before, start - _BESIDE // 2, sentence.start)
    if sentence.language == "ko":
        left, right = start, end + 14
    else:
        following = _PHRASE[sentence.language].search(text, end, sentence.end)
        right = min(end + _BESIDE, sentence.end, following.start() if following else sentence.end)
    bodies = (
        hit
        for hit in sentence.hits("body_role")
        if hit.start < start or (text[end : end + 1] == "," and " " not in text[start:end])
    )
    near = (*sentence.hits("person_role"), *bodies)
    return frozenset(stem_of(hit, sentence) for hit in near if left <= hit.start < right)
