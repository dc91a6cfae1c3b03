"""Attribution in texts of the language ru: «сказал X», «X сообщил», «по данным X», «со ссылкой на X»."""

from __future__ import annotations

import re

from tallystick.claims.reading.cast import role
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, SPEAKER, Source

_END = re.compile(
    r"[,;:«»\"“”()—–]|\.(?=\s|\Z)|\s-\s|(?<!\w)(?:что|о|об|после|по|в(?= \w+(?:е|у|ом|ой|ях)(?!\w))|на(?! )|и(?= \w+л)|"
    r"со ссылкой|"
    r"будут|намерен\w*|хочет|планирует|ранее|сегодня|вчера|во время|\d[\d.]*)(?!\w)"
)
_LEFT_END = re.compile(r"[,;:«»\"“”()—–.!?]|\s-\s|(?<!\w)(?:что|и|а|но|как|где|когда|об этом|этом)(?!\w)")
_PERSON = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)? [А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_NAME = re.compile(rf"(?P<name>{_PERSON})\Z")
_SURNAME = re.compile(r"(?<=\w )(?P<name>[А-ЯЁ][а-яё]{3,})\Z")
_TITLED = re.compile(  # «глава фирмы "Имя" Иван Иванов», «рабочий из области Иван Иванов»
    rf"\s*(?P<role>[А-ЯЁа-яё-]+)(?: [А-ЯЁа-яё-]+){{0,6}}?(?: [«\"][^»\"]{{2,40}}[»\"])?"
    rf"(?: [А-ЯЁа-яё-]+){{0,3}}? (?P<name>{_PERSON})(?=[,.;:()—–]|\s*\Z|\s(?:в|на|и|-|—|–)\s)"
)
_APPOSITION = re.compile(rf"(?P<name>{_PERSON}), (?P<aside>[^,.;:«»]{{3,60}}),\s*\Z")
_HOUSE = re.compile(r"\s*(?:во? )?(?P<noun>[А-ЯЁа-яё-]+)(?P<more>(?: [а-яё-]+){0,2}) [«\"](?P<own>[^»\"]{2,40})[»\"]")
_HOUSE_BEFORE = re.compile(
    r"(?:(?<!\w)(?P<noun>[А-ЯЁа-яё-]+)(?P<more>(?: [а-яё-]+){0,2}) )?[«\"](?P<own>[^»\"]{2,40})[»\"]\s*\Z"
)
_IN_PAPER = re.compile(r" (?P<name>[^,.;:—]{3,70}?) (?:говорится|сказано|отмечается|указано|указывается|утверждается)")
_OF_PAPER = re.compile(r"(?:следует|известно|явствует) из \w*\Z")
_INSIDER = re.compile(
    r"\s*(?P<name>(?:источник|собеседник|чиновник|сотрудник)\w*(?: (?:в|во|из|на) [^,.;:«»—–\d]{3,40})?)"
    r"(?=[,.;:—–]|\s*\Z)",
    re.IGNORECASE,
)
_WHEN = re.compile(  # the day, the occasion and the addressee, which stand between a verb and its subject
    r"\s*(?:(?:в (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)|сегодня|вчера|накануне|ранее|позже|"
    r"также|журналистам|корреспонденту|репортерам|репортёрам|"
    r"на (?:брифинге|встрече|пресс-конференции|заседании|форуме)|"
    r"в (?:интервью|беседе)(?: с [а-яё]+| [А-ЯЁа-яё«»-]+)?|\d+ [а-яё]+(?: \d{4} года)?)\s)+"
)
_CAPITAL = re.compile(r"[А-ЯЁA-Z]")
_HIS_WORDS = re.compile(
    r"(?:по|цитирует) (его|е[её]|их)(?: (?:словам|данным|информации|мнению|оценке))?", re.IGNORECASE
)
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
    found.extend(_papers(sentence, whole))
    for hit in sentence.hits("according"):
        source = _right(sentence, hit.end, whole)
        if source is not None:
            found.append(source._replace(name=nominative(source.name, sentence)))
    return tuple(sorted(found, key=lambda source: source.hit.start))


def _papers(sentence: Sentence, whole: Hit) -> list[Source]:
    """«В отчёте института говорится», «следует из отчёта института»: whose paper it is."""
    found = []
    for hit in sentence.hits("paper_role"):
        before = sentence.text[max(sentence.start, hit.start - 20) : hit.start]
        match = _IN_PAPER.match(sentence.text, hit.end, sentence.end)
        if match is None and _OF_PAPER.search(before):
            match = re.compile(r" (?P<name>[^,.;:—]{3,70})").match(sentence.text, hit.end, sentence.end)
        if match is not None:
            name = nominative(match["name"], sentence)
            found.append(Source(name, Hit(*match.span("name")), SPEAKER, whole))
    return found


def _verb(sentence: Sentence, verb: Hit, whole: Hit) -> Source | None:
    return _subject(sentence, verb, whole) or _right(sentence, verb.end, whole)


def _subject(sentence: Sentence, verb: Hit, whole: Hit) -> Source | None:
    left = sentence.text[sentence.start : verb.start]
    if match := _APPOSITION.search(left):
        return Source(match["name"], Hit(sentence.start + match.start(), verb.start), SPEAKER, whole)
    if house := _HOUSE_BEFORE.search(left):
        opens = not left[: house.start()].strip() or left[: house.start()].rstrip()[-1:] in ",;:"
        if house["noun"] or opens:
            return _house(sentence, house, sentence.start, whole)
    ends = [match.end() for match in _LEFT_END.finditer(left)]
    name = left[ends[-1] :] if ends else left
    start = verb.start - len(name)
    return _made(sentence, name.strip(), Hit(start, verb.start), whole)


def _house(sentence: Sentence, match: re.Match[str], offset: int, whole: Hit) -> Source | None:
    """«институт "Имя"» is a body; «издание "Имя"», and a name in quotation marks alone, is an outlet."""
    at = Hit(offset + match.start(), offset + match.end())
    tongue = sentence.tongue
    if (
        match["noun"]
        and tongue.sense("body_role").fullmatch(match["noun"])
        and not tongue.sense("outlet").fullmatch(match["noun"])
    ):
        return Source(nominative(match.group().strip(), sentence).removeprefix("в "), at, SPEAKER, whole)
    if match["noun"] and not (
        tongue.sense("outlet_role").fullmatch(match["noun"]) or tongue.sense("outlet").fullmatch(match["noun"])
    ):
        return None
    return Source(match["own"], at, OUTLET, whole)


def _right(sentence: Sentence, start: int, whole: Hit) -> Source | None:
    if when := _WHEN.match(sentence.text, start, sentence.end):
        start = when.end() - 1
    text, tongue = sentence.text, sentence.tongue
    titled = _TITLED.match(text, start, sentence.end)
    if titled and tongue.sense("person_role").fullmatch(titled["role"]):
        return Source(titled["name"], Hit(*titled.span("name")), SPEAKER, whole)
    if told := _told(sentence, start, whole):
        return told
    if insider := _INSIDER.match(text, start, sentence.end):
        return Source(insider["name"], Hit(*insider.span("name")), SPEAKER, whole)
    house = _HOUSE.match(text, start, sentence.end)
    if house and (made := _house(sentence, house, 0, whole)):
        return made
    within = _WITHIN.match(text, start + 1, sentence.end)  # «отметили в разведке»
    end = _END.search(text, within.end() if within else start + 1, sentence.end)
    stop = end.start() if end else sentence.end
    quoted = re.match(r"\s*[«\"]([^»\"]{2,40})[»\"]", text[start : sentence.end])
    if quoted:
        return Source(quoted[1], Hit(start, start + quoted.end()), OUTLET, whole)
    return _made(sentence, text[start:stop].strip(" ."), Hit(start, stop), whole)


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
    if within := _WITHIN.match(name):  # «в министерстве сообщили»
        name = name[within.end() :]
    if tongue.sense("back").fullmatch(name) or (role(name, sentence)[0] and _ONE_NOUN.fullmatch(name)):
        return Source(name, at, POINTER, whole)
    if not (_CAPITAL.search(name) or sentence.tongue.sense("source_head").search(name)):
        return None
    titled = tongue.sense("person_role").match(name)
    outlet = tongue.sense("outlet").search(name)
    if outlet and outlet.start() < 12 and not titled:
        return Source(outlet.group() if outlet.group()[0].isupper() else name, at, OUTLET, whole)
    if titled and (person := _NAME.search(name) or _SURNAME.search(name)):
        name = name if tongue.places.search(person["name"]) else person["name"]
    return Source(name, at, SPEAKER, whole)


_ONE_NOUN = re.compile(r"\w+(?<![ыи])", re.IGNORECASE)  # one noun in the singular: it has been named before
_ENDINGS = (  # of feminine phrases, from an oblique case to the one that names
    (re.compile(r"(?<=\w)(?:ской|скую)(?!\w)"), "ская"),
    (re.compile(r"(?<=\w)(?:ной|ную)(?!\w)"), "ная"),
    (re.compile(r"(?<=(?:служб|газет))[ыу](?!\w)"), "а"),
    (re.compile(r"(?<=разведк)[иу](?!\w)"), "а"),
    (re.compile(r"(?<=аци)[ию](?!\w)"), "я"),
)
_NEUTER = re.compile(r"(?<!\w)(\w+(?:ств|едомств))(?:а|у|е)(?!\w)")
_HEAD = re.compile(
    r"(?<!\w)((?:институт|университет|департамент|комитет|совет|центр|фонд)|(?:источник|эксперт|чиновник|дипломат))(?:а|у|е|ом)(?!\w)",
    re.IGNORECASE,
)
_MASCULINE = re.compile(r"(?<!\w)([А-ЯЁ][а-яё]+(?:[бвгджзклмнпрстфхцчшщ]))а(?!\w)")
_SOFT = re.compile(r"(?<!\w)([А-ЯЁ][а-яё]*[еи])я(?!\w)")
_HER = re.compile(r"(?<!\w)([А-ЯЁ][а-яё]+?)([ыие]) ([А-ЯЁ][а-яё]+?(?:ов|ев|ёв|ин|ын))ой(?!\w)")
_FLEETING = {"Павла": "Павел", "Льва": "Лев", "Петра": "Пётр"}


def nominative(name: str, sentence: Sentence) -> str:
    """A name after «по данным» or «со ссылкой на», in the case that names: so that one source has one name.

    A country in it stays as it is: it says whose ministry is named. Of a body only its head noun changes.
    """
    if sentence.tongue.sense("person_role").match(name) and not _NAME.search(name):
        return _HEAD.sub(r"\1", name, count=1)  # «источник в правительстве»
    if sentence.tongue.sense("body_role").search(name):
        head = _HEAD.sub(r"\1", _NEUTER.sub(r"\1о", name, count=1), count=1)
        if head != name:
            return head
        return _adjectives(name)
    if her := _HER.fullmatch(name):  # a woman's name and surname
        soft = her[1][-1] in "ьи" or (her[2] == "и" and her[1][-1] not in "гкхжшщч")
        return f"{her[1]}{'я' if soft else 'а'} {her[3]}а"
    name = " ".join(_FLEETING.get(word, word) for word in _HEAD.sub(r"\1", _adjectives(name)).split())
    places = sentence.tongue.places
    name = _MASCULINE.sub(lambda found: found[0] if places.match(found[0]) else found[1], name)
    return _SOFT.sub(lambda found: found[0] if places.match(found[0]) else f"{found[1]}й", name)


def _adjectives(name: str) -> str:
    for pattern, ending in _ENDINGS:
        name = pattern.sub(ending, name)
    return name
