"""Attribution in texts of the language ru: «сказал X», «X сообщил», «по данным X», «статистика X показывает»."""

from __future__ import annotations

import re

from tallystick.claims.reading.nominative_ru import PERSON, located, nominative, outlet_of
from tallystick.claims.reading.phrases_ru import (
    AGENT,
    ASIDE,
    BEFORE_NAME,
    CALLED,
    CAPITAL,
    CAPITAL_CITY,
    COLON,
    END,
    FOUND_IN,
    GIVES,
    HIS_WORDS,
    HOUSE,
    HOUSE_BEFORE,
    INSIDE,
    INSIDE_AFTER,
    INSIDE_TOLD,
    INSIDER_OF,
    INTERLOCUTOR,
    LEFT_END,
    LIVES_IN,
    LOOKS_BACK,
    MADE_BY,
    MOST_WORDS,
    NAMED,
    NOT,
    NOT_PERSON,
    NOTED,
    ON_PAGE,
    ON_SITE,
    ONE_NAME,
    ONE_NOUN,
    ONE_OF,
    OPENING_WHEN,
    OTHER_LETTERS,
    PAPER_ALONE,
    PAPER_BY,
    PAPER_WHO,
    PAPERS,
    PREPOSITION,
    QUOTED,
    RELAYED,
    RENAMED,
    SAID_THERE,
    SHORT_NAME,
    SHOWS,
    SKIPPED,
    SURNAME,
    TAIL,
    TO_WHOM,
    TOLD_HOUSE,
    TRAILING,
    WITHIN,
    WOMAN,
    WORDS_OF,
)
from tallystick.claims.reading.roles import bare, role
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_DESCRIBED_ROLE = re.compile(r"[А-ЯЁа-яё-]+(?:ий|ый|ой|ая|ого|его) (?=[а-яё])")
_OPENS_WITH = re.compile(r"\s*(?:на вопрос|в ответ|говоря|отвечая)", re.IGNORECASE)
_HIS_STAFF = re.compile(
    r"(?:его|е[её]|их) (?:автор|эксперт|исследовател|аналитик|сотрудник|составител)\w*", re.IGNORECASE
)
_NAMED_IN = re.compile(rf" {PERSON}\Z")


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of one sentence."""
    whole = Hit(sentence.start, sentence.end)
    back = bool(LOOKS_BACK.match(sentence.words))
    found = [source for verb in sentence.hits("says") if (source := _verb(sentence, verb, whole))]
    if LOOKS_BACK.search(sentence.words) and (gives := GIVES.search(sentence.text, sentence.start, sentence.end)):
        found.extend(_list(_right(sentence, gives.end(), whole, oblique=gives.group().endswith("из"))))
    found.extend(
        Source(match[1], Hit(*match.span()), POINTER, whole)
        for match in HIS_WORDS.finditer(sentence.text, sentence.start, sentence.end)
    )
    found.extend(
        Source(match["name"], Hit(*match.span("name")), SPEAKER, whole)
        for match in RENAMED.finditer(sentence.text, sentence.start, sentence.end)
    )
    for words in WORDS_OF.finditer(sentence.text, sentence.start, sentence.end):
        if quoted := _right(sentence, words.end(), whole, oblique=True, cites=True, sure=True):
            found = [source for source in found if source.hit.end <= words.end()] + [quoted]
    found.extend(_papers(sentence, whole))
    found.extend(_before_colon(sentence, whole))
    for hit in sentence.hits("according"):
        word = sentence.text[hit.start : hit.end].lower()
        cites = word.startswith(("со ссылкой", "ссыла", "со слов", "цитируя", "процитировав", "приводя"))
        source = _right(
            sentence,
            hit.end,
            whole,
            oblique=not word.startswith("как "),
            cites=cites,
            sure=word.startswith("по "),
        )
        alone = sentence.text[hit.end : hit.end + 2].strip()[:1] in ("«", '"')  # after its noun a name keeps its case
        if source and source.depth == OUTLET and word.startswith("по ") and alone:
            source = source._replace(name=outlet_of(source.name))
        found.extend(_list(source))
    found = [_relay(source, found) for source in found]
    distinct = {(source.name, source.hit.start): source._replace(looks_back=back) for source in found}
    return tuple(sorted(distinct.values(), key=lambda source: source.hit.start))


def _relay(source: Source, found: list[Source]) -> Source:
    """Whoever stands right before «со ссылкой на» an outlet passes on, and is an outlet too."""
    cites = any(one.cited and one.depth == OUTLET and 0 <= one.hit.start - source.hit.end < RELAYED for one in found)
    return source._replace(depth=OUTLET) if cites and not re.fullmatch(PERSON, source.name) else source


def _before_colon(sentence: Sentence, whole: Hit) -> list[Source]:
    """«ГУР: на заводе работают»: who speaks in a headline."""
    match = COLON.match(sentence.text, sentence.start, sentence.end)
    if match is None or sentence.tongue.places.fullmatch(match["name"]):
        return []
    name, tongue = match["name"], sentence.tongue
    body = any(tongue.sense(sense).match(name) for sense in ("known_body", "body_role", "outlet"))
    person = NAMED.fullmatch(_untitled(sentence, name))
    if not (body or person):
        return []
    return _list(_made(sentence, name, Hit(*match.span("name")), whole))


def _list(source: Source | None) -> list[Source]:
    return [source] if source else []


def _papers(sentence: Sentence, whole: Hit) -> list[Source]:
    """«В отчёте института говорится», «свидетельствует статистика ведомства»: whose paper it is."""
    found = []
    for pattern in (INSIDE, INSIDE_AFTER, SHOWS, NOTED, FOUND_IN, MADE_BY, ON_SITE):
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            group = "whose" if match["whose"] else "whose2"
            whose = TAIL.sub("", match[group])
            source = _made(sentence, whose, Hit(*match.span(group)), whole, oblique=True, sure=True)
            found.extend(_list(source))
    return found


def _verb(sentence: Sentence, verb: Hit, whole: Hit) -> Source | None:
    left = sentence.text[sentence.start : verb.start]
    if NOT.search(left):
        return None
    if re.match(r"(?:про)?цитир", sentence.text[verb.start : verb.end]) and not _subject(sentence, verb, whole):
        return _right(sentence, verb.end, whole, oblique=True)  # who is quoted stands in the accusative
    if LOOKS_BACK.fullmatch(left.strip()):
        return _right(sentence, verb.end, whole)
    after = left.rstrip()[-1:] in (",", "—", "–", "-", "»", '"', "”") or left.rstrip().lower().endswith(
        ("как", "об этом")
    )
    if after and TOLD_HOUSE.match(sentence.text, verb.end) and (told_by := _subject(sentence, verb, whole)):
        return told_by
    if after:
        return _right(sentence, verb.end, whole) or _subject(sentence, verb, whole)
    return _subject(sentence, verb, whole) or _right(sentence, verb.end, whole)


def _subject(sentence: Sentence, verb: Hit, whole: Hit) -> Source | None:
    """Whoever stands before the verb, past what is said of them between commas."""
    left = sentence.text[sentence.start : verb.start]
    for _ in range(4):
        left = _without_trailing(left)
        if not left.endswith(","):
            break
        if called := CALLED.search(left):
            return Source(called["name"], Hit(sentence.start + called.start(), verb.start), SPEAKER, whole)
        opened = left[:-1].rfind(",")
        aside = left[opened + 1 : -1].strip() if opened > 0 else ""
        if ONE_NAME.fullmatch(aside) and ONE_OF.search(left[:opened]):
            return Source(aside, Hit(sentence.start + opened, verb.start), SPEAKER, whole)
        titled = sentence.tongue.sense("person_role").match(aside) or sentence.tongue.sense("body_role").match(aside)
        if not aside or not (titled or ASIDE.match(aside) or NAMED.fullmatch(aside)):
            return None
        left = left[:opened]
    if inside := INSIDE_TOLD.search(left):  # «в пресс-службе "Заре" сообщили»: who was told stands in between
        return _made(sentence, inside["body"], Hit(sentence.start + inside.start("body"), verb.start), whole)
    if insider := INSIDER_OF.search(left):
        return Source(insider["name"], Hit(sentence.start + insider.start("name"), verb.start), SPEAKER, whole)
    if house := HOUSE_BEFORE.search(left):
        opens = not left[: house.start()].strip() or left[: house.start()].rstrip()[-1:] in ",;:"
        made = _house(sentence, house, sentence.start, whole) if house["noun"] or opens else None
        if made:
            return made
    ends = [match.end() for match in LEFT_END.finditer(left)]
    name = left[ends[-1] :] if ends else left
    if not name.strip() or _without_trailing(name + " ") == "":
        return None
    if (there := CAPITAL_CITY.fullmatch(name.strip())) and SAID_THERE.match(sentence.text, verb.end):
        at = Hit(sentence.start + len(left) - len(name), verb.start)
        return (
            None if sentence.tongue.sense("sender").search(name) else Source(located(there["name"]), at, SPEAKER, whole)
        )
    if _OPENS_WITH.match(name):  # «на вопрос о них губернатор ответил»
        last = name.split()[-1]
        name = last if sentence.tongue.sense("person_role").fullmatch(last) else name
    return _made(sentence, name.strip(), Hit(sentence.start + len(left) - len(name), verb.start), whole)


def _without_trailing(left: str) -> str:
    left = left.rstrip()
    while match := TRAILING.search(left):
        left = left[: match.start()].rstrip()
    return left


def _house(
    sentence: Sentence, match: re.Match[str], offset: int, whole: Hit, *, oblique: bool = False
) -> Source | None:
    """«институт "Имя"» is a body; «издание "Имя"», and a name in quotation marks alone, is an outlet."""
    at = Hit(offset + match.start(), offset + match.end())
    tongue = sentence.tongue
    noun = match["noun"]
    if re.search(rf"(?<!\w){TO_WHOM}", match.group()):
        return None
    for word in (match["more"] or "").split():
        if tongue.sense("outlet_role").fullmatch(word) or tongue.sense("outlet").fullmatch(word):
            return Source(match["own"], at, OUTLET, whole)
    if noun and (tongue.sense("outlet_role").fullmatch(noun) or tongue.sense("outlet").fullmatch(noun)):
        return Source(match["own"], at, OUTLET, whole)
    if noun and tongue.sense("body_role").fullmatch(noun):
        name = re.sub(r"\Aво? ", "", match.group().strip())
        return Source(nominative(name, sentence), at, SPEAKER, whole)
    if noun and match["more"] and PAPER_ALONE.fullmatch(noun):  # «исследованию института "Имя"»: the institute
        return Source(nominative(_from(match, "more"), sentence), at, SPEAKER, whole)
    if noun and noun[0].islower() and not PREPOSITION.match(match.group()):
        return Source(
            nominative(match.group().strip(), sentence) if oblique else match.group().strip(), at, SPEAKER, whole
        )
    return None if noun else Source(match["own"], at, OUTLET, whole)


def _from(match: re.Match[str], group: str) -> str:
    """What a match has from one of its groups on."""
    return match.group()[match.start(group) - match.start() :].strip()


def _right(
    sentence: Sentence, start: int, whole: Hit, *, oblique: bool = False, cites: bool = False, sure: bool = False
) -> Source | None:
    """The phrase after a verb or a preposition: past the time, the occasion and those who are told."""
    text = sentence.text
    if by := PAPER_BY.match(text, start, sentence.end):
        return _made(sentence, by["whose"], Hit(*by.span("whose")), whole, oblique=True, sure=True)
    if who := PAPER_WHO.match(text, start, sentence.end):
        return _made(sentence, who["whose"], Hit(*who.span("whose")), whole, sure=True)
    start = _past_adjuncts(sentence, start)
    if titled := _titled(sentence, start, whole, oblique=oblique):
        return titled
    house = HOUSE.match(text, start, sentence.end)
    if house and (made := _house(sentence, house, 0, whole, oblique=oblique)):
        return _cited(made) if cites else made
    quoted = re.match(r"\s*[«\"]([^»\"]{2,40})[»\"]", text[start : sentence.end])
    if quoted:
        made = Source(quoted[1], Hit(start, start + quoted.end()), OUTLET, whole)
        return _cited(made) if cites else made
    within = WITHIN.match(text, start, sentence.end)  # «отметили в разведке»
    end = _end(sentence, start, within.end() if within else start + 1)
    stop = min(
        [end.start() if end else sentence.end, *(hit.start for hit in sentence.hits("says") if hit.start > start)]
    )
    name = TAIL.sub("", text[start:stop].strip(" ."))
    made_one = _made(sentence, name, Hit(start, stop), whole, oblique=oblique or bool(within), sure=sure)
    return _cited(made_one) if made_one and cites else made_one


def _end(sentence: Sentence, start: int, place: int) -> re.Match[str] | None:
    """Where a name ends; «по делам», «по правам» go on with the name of the body before them."""
    end = END.search(sentence.text, place, sentence.end)
    while end and end.group() == "по" and sentence.tongue.sense("body_role").search(sentence.text, start, end.start()):
        end = END.search(sentence.text, end.end(), sentence.end)
    return end


def _cited(source: Source) -> Source:
    """An outlet that another cites lies deeper than that other."""
    return source._replace(cited=True)


def _past_adjuncts(sentence: Sentence, start: int) -> int:
    text = sentence.text
    for _ in range(4):
        if skipped := SKIPPED.match(text, start, sentence.end):
            start = skipped.end()
            continue
        told = next((hit for hit in sentence.hits("outlet") if 0 <= hit.start - start <= 2), None)
        end = END.search(text, start + 1, sentence.end)
        stop = end.start() if end else sentence.end
        quoted = re.compile(rf"\s*{QUOTED}").match(text, start, sentence.end)
        past = (
            told.end + (1 if text[told.end : told.end + 1] in '»"' else 0) if told else quoted.end() if quoted else None
        )
        inside = past is not None and re.compile(r"\s+во? [а-яё-]+").match(text, past, stop)
        if past is not None and (inside or _speaker_follows(sentence, past, stop)):
            start = past
            continue
        if re.match(r"\s*(?:в|во|на|после|по|перед)\s", text[start : sentence.end]):
            found = _first_role(sentence, start, stop)
            if found is not None:
                return found
        return start
    return start


def _speaker_follows(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether a person stands on after a name: who was told stood before."""
    return bool(NAMED.search(sentence.text, start, stop)) or _first_role(sentence, start, stop) is not None


def _first_role(sentence: Sentence, start: int, stop: int) -> int | None:
    """Where the first noun of a person in the case that names stands, or a full name."""
    for hit in sentence.hits("person_role"):
        if start < hit.start < stop:
            word = re.match(r"[\w-]+", sentence.text[hit.start : stop])
            if word and (word.group()[-1] not in "аеиоуыюям" or WOMAN.fullmatch(word.group())):
                return hit.start
    return None


def _titled(sentence: Sentence, start: int, whole: Hit, *, oblique: bool) -> Source | None:
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
        name = _without_place(sentence, match.group())
        if len(name.split()) > 2 and re.search(r"(?<!\w)(?:в|во|из|на|при)\s\Z", text[start : match.start()]):
            name = " ".join(name.split()[1:])  # the first word is where the office is
        if at_once and match.start() > first.start("role") and not tongue.sense("person_role").fullmatch(first["role"]):
            return None
        if tongue.places.search(name) or tongue.sense("sender").search(name) or tongue.sense("body_role").search(name):
            continue
        if NOT_PERSON.fullmatch(name.split()[0]) or tongue.sense("outlet").search(name):
            continue
        name = _untitled(sentence, name)
        return Source(nominative(name, sentence) if oblique else name, Hit(*match.span()), SPEAKER, whole)
    return None


def _is_house(sentence: Sentence, name: str) -> bool:
    """Whether the first words after «в» are somewhere that can speak: a body, an outlet, a paper."""
    first = " ".join(name.split()[:3])
    senses = ("body_role", "outlet", "outlet_role", "known_body", "paper_role")
    return any(sentence.tongue.sense(sense).search(first) for sense in senses) or bool(
        re.match(r"[А-ЯЁ]{2,}|[«\"]", name)
    )


def _untitled(sentence: Sentence, name: str) -> str:
    """A name without the office that opens its sentence with a capital."""
    words = name.split()
    return " ".join(words[1:]) if len(words) > 1 and sentence.tongue.sense("person_role").fullmatch(words[0]) else name


def _not_a_person(sentence: Sentence, name: str) -> bool:
    tongue = sentence.tongue
    senses = ("sender", "body_role", "outlet")
    known = tongue.places.search(name) or any(tongue.sense(sense).search(name) for sense in senses)
    return bool(known or NOT_PERSON.fullmatch(name.split()[0]))


def _without_place(sentence: Sentence, name: str) -> str:
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


def _made(
    sentence: Sentence, name: str, at: Hit, whole: Hit, *, oblique: bool = False, sure: bool = False
) -> Source | None:
    name = BEFORE_NAME.sub("", OPENING_WHEN.sub("", name.strip(" ,.:;-—–")))
    if within := WITHIN.match(name):  # «в министерстве сообщили»
        name, oblique = name[within.end() :], True
        if not _is_house(sentence, name) or re.search(r" (?:с|со|между|для|о|об) ", name):
            return None  # «в конце октября», «в министерстве с компанией»
    if papers := PAPERS.fullmatch(name):
        name, oblique = ON_PAGE.sub("", papers["whose"]), True
        if person := _titled(sentence, sentence.text.find(name, at.start), whole, oblique=True):
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
    titled = tongue.sense("person_role").match(name)
    outlet = tongue.sense("outlet").search(name)
    if OTHER_LETTERS.fullmatch(name) and not tongue.sense("known_body").search(name):
        return Source(name, at, OUTLET, whole)
    if re.match(r"(?:корреспондент|журналист|репорт[её]р|обозревател)", name):
        return Source(name, at, OUTLET, whole)  # whoever passes on for an outlet
    if outlet and not titled and (owner := tongue.sense("known_body").search(name, outlet.end())):
        return Source(owner.group(), at, SPEAKER, whole)  # «телеграм-канал разведки»: the service itself
    if outlet and outlet.start() < 12 and not titled:
        return Source(outlet.group() if outlet.group()[0].isupper() else name, at, OUTLET, whole)
    if titled and " " in name and (given := NAMED.search(name, name.index(" "))):
        person_name = _without_place(sentence, given.group())
        if not _not_a_person(sentence, person_name):
            return Source(nominative(person_name, sentence) if oblique else person_name, at, SPEAKER, whole)
    if LIVES_IN.match(name) and not _NAMED_IN.search(name):
        return Source(nominative(name, sentence) if oblique else name, at, SPEAKER, whole)
    if titled and (person := re.search(rf"(?P<name>{PERSON})(?: [«\"].*)?\Z", name) or SURNAME.search(name)):
        known = tongue.places.search(person["name"]) or tongue.sense("sender").search(person["name"])
        if not known and not tongue.sense("body_role").search(person["name"]):
            name = _untitled(sentence, person["name"])
            return Source(nominative(name, sentence) if oblique else name, at, SPEAKER, whole)
    if known_body := tongue.sense("known_body").search(name):
        name = name if titled else known_body.group()
    depth = RECORD if re.match(r"(?:данные|статистик|реестр)", name) else SPEAKER
    return Source(nominative(name, sentence) if oblique else name, at, depth, whole)
