"""Attribution in texts of the language ru: «сказал X», «X сообщил», «по данным X», «со ссылкой на X»."""

from __future__ import annotations

import re

from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, SPEAKER, Source

_END = re.compile(
    r"[,;:«»\"“”()—–]|\.(?=\s|\Z)|\s-\s|(?<!\w)(?:что|о|об|после|по|в(?= \w+(?:е|у|ом|ой|ях)(?!\w))|на(?! )|и(?= \w+л)|"
    r"со ссылкой|"
    r"будут|намерен\w*|хочет|планирует|ранее|сегодня|вчера|во время|\d[\d.]*)(?!\w)"
)
_LEFT_END = re.compile(r"[,;:«»\"“”()—–.!?]|\s-\s|(?<!\w)(?:что|и|а|но|как|где|когда|об этом|этом)(?!\w)")
_TITLE = re.compile(
    r"^(?:секретар|вице-премьер|премьер|депутат|министр|посол|глав|президент|эксперт|профессор|лидер|предс?едател|директор|губернатор|"
    r"зам|представител|спикер|сенатор|аналитик|журналист|полковник|генерал|посл|юрист|застройщик|предпринимател|бизнесмен)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)?\s?){1,2}\Z")
_CAPITAL = re.compile(r"[А-ЯЁA-Z]")
_HIS_WORDS = re.compile(r"(?:по|цитирует) (его|е[её]|их)(?: (?:словам|данным|информации|мнению|оценке))?")
_PREPOSITION = re.compile(r"(?:о|об|на|по|с|со|из|у|к|для|от|при|за|до|после|через|под)\s", re.IGNORECASE)
_WITHIN = re.compile(r"(?:в|во)\s", re.IGNORECASE)
_TELLER = re.compile(r"\s+[а-яё][^,.;:]{2,60}?(?P<name>[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё-]+)(?=[,.;:]|\s*\Z)")
_MOST_WORDS = 11


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of one sentence."""
    whole = Hit(sentence.start, sentence.end)
    found = [source for verb in sentence.hits("says") if (source := _verb(sentence, verb, whole))]
    found.extend(
        Source(match[1], Hit(*match.span()), POINTER, whole)
        for match in _HIS_WORDS.finditer(sentence.text, sentence.start, sentence.end)
    )
    for hit in sentence.hits("according"):
        source = _right(sentence, hit.end, whole)
        if source is not None:
            found.append(source._replace(name=nominative(source.name, sentence.tongue.places)))
    return tuple(sorted(found, key=lambda source: source.hit.start))


def _verb(sentence: Sentence, verb: Hit, whole: Hit) -> Source | None:
    return _subject(sentence, verb, whole) or _right(sentence, verb.end, whole)


def _subject(sentence: Sentence, verb: Hit, whole: Hit) -> Source | None:
    left = sentence.text[sentence.start : verb.start]
    ends = [match.end() for match in _LEFT_END.finditer(left)]
    name = left[ends[-1] :] if ends else left
    start = verb.start - len(name)
    return _made(sentence, name.strip(), Hit(start, verb.start), whole)


def _right(sentence: Sentence, start: int, whole: Hit) -> Source | None:
    within = _WITHIN.match(sentence.text, start + 1, sentence.end)  # «отметили в разведке»
    end = _END.search(sentence.text, within.end() if within else start + 1, sentence.end)
    stop = end.start() if end else sentence.end
    quoted = re.match(r"\s*[«\"]([^»\"]{2,40})[»\"]", sentence.text[start : sentence.end])
    if quoted:
        return Source(quoted[1], Hit(start, start + quoted.end()), OUTLET, whole)
    return _told(sentence, start, whole) or _made(
        sentence, sentence.text[start:stop].strip(" ."), Hit(start, stop), whole
    )


def _told(sentence: Sentence, start: int, whole: Hit) -> Source | None:
    """«заявил агентству глава фирмы "Имя" Иван Иванов»: who was told stands before who told it."""
    outlet = next((hit for hit in sentence.hits("outlet") if 0 <= hit.start - start <= 2), None)
    if outlet is None:
        return None
    match = _TELLER.match(sentence.text, outlet.end, sentence.end)
    return Source(match["name"], Hit(*match.span("name")), SPEAKER, whole) if match else None


def _made(sentence: Sentence, name: str, at: Hit, whole: Hit) -> Source | None:
    name = name.strip(" ,.:;-—")
    if not name or len(name.split()) > _MOST_WORDS:
        return None
    tongue = sentence.tongue
    if _PREPOSITION.match(name):
        return None
    if tongue.sense("back").fullmatch(name) or tongue.sense("back").fullmatch(f"в {name}"):
        return Source(name, at, POINTER, whole)
    if within := _WITHIN.match(name):  # «в министерстве сообщили»
        name = name[within.end() :]
    if not (_CAPITAL.search(name) or sentence.tongue.sense("source_head").search(name)):
        return None
    outlet = tongue.sense("outlet").search(name)
    if outlet and outlet.start() < 12 and not _TITLE.match(name):
        return Source(outlet.group() if outlet.group()[0].isupper() else name, at, OUTLET, whole)
    if _TITLE.match(name) and (person := _NAME.search(name)):
        name = person.group().strip()
    return Source(name, at, SPEAKER, whole)


_ENDINGS = (  # of feminine phrases, from an oblique case to the one that names
    (re.compile(r"(?<=\w)(?:ской|скую)(?!\w)"), "ская"),
    (re.compile(r"(?<=\w)(?:ной|ную)(?!\w)"), "ная"),
    (re.compile(r"(?<=(?:служб|газет))[ыу](?!\w)"), "а"),
    (re.compile(r"(?<=разведк)[иу](?!\w)"), "а"),
    (re.compile(r"(?<=аци)[ию](?!\w)"), "я"),
)
_MASCULINE = re.compile(r"(?<!\w)([А-ЯЁ][а-яё]+(?:[бвгджзклмнпрстфхцчшщ]))а(?!\w)")
_SOFT = re.compile(r"(?<!\w)([А-ЯЁ][а-яё]*[еи])я(?!\w)")


def nominative(name: str, places: re.Pattern[str]) -> str:
    """A name after «по данным» or «со ссылкой на», in the case that names: so that one source has one name.

    A country in it stays as it is: it says whose ministry is named.
    """
    for pattern, ending in _ENDINGS:
        name = pattern.sub(ending, name)
    name = _MASCULINE.sub(lambda found: found[0] if places.match(found[0]) else found[1], name)
    return _SOFT.sub(lambda found: found[0] if places.match(found[0]) else f"{found[1]}й", name)
