"""Attribution in texts of the language ru: «сказал X», «X сообщил», «по данным X», «статистика X показывает»."""

from __future__ import annotations

import re

from tallystick.claims.reading.names_ru import made, titled, untitled, without_place
from tallystick.claims.reading.nominative_ru import PERSON, located, nominative, outlet_of
from tallystick.claims.reading.phrases_ru import (
    ASIDE,
    BY_ADJECTIVE,
    CALLED,
    CAPITAL_CITY,
    COLON,
    END,
    FOUND_IN,
    GIVES,
    HIS_WORDS,
    HOPES,
    HOUSE,
    HOUSE_BEFORE,
    INSIDE,
    INSIDE_AFTER,
    INSIDE_TOLD,
    INSIDER_OF,
    LEARNED,
    LEFT_END,
    LOOKS_BACK,
    MADE_BY,
    NAMED,
    NOT,
    NOTED,
    ON_SITE,
    ONE_NAME,
    ONE_OF,
    PAPER_ALONE,
    PAPER_BY,
    PAPER_WHO,
    PREPOSITION,
    QUOTED,
    READ_BY,
    RELAYED,
    RENAMED,
    SAID_THERE,
    SHOWS,
    SKIPPED,
    TAIL,
    TO_WHOM,
    TOLD_HOUSE,
    TOLD_WITHIN,
    TRAILING,
    WITHIN,
    WOMAN,
    WORDS_OF,
)
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_OPENS_WITH = re.compile(r"\s*(?:на вопрос|в ответ|говоря|отвечая)", re.IGNORECASE)


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
    if not found and (told := TOLD_WITHIN.search(sentence.words)):
        within = sentence.start + told.start("within")
        found.extend(_list(_right(sentence, within, whole)))
    found.extend(_papers(sentence, whole))
    found.extend(_by_adjective(sentence, whole))
    for learned in LEARNED.finditer(sentence.text, sentence.start, sentence.end):
        teller = made(sentence, learned["whose"], Hit(*learned.span("whose")), whole, oblique=True, sure=True)
        found.extend([_cited(teller)] if teller else [])
    for read in READ_BY.finditer(sentence.text, sentence.start, sentence.end):
        found.extend(_list(_reader(sentence, read, whole)))
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
    person = NAMED.fullmatch(untitled(sentence, name))
    if not (body or person):
        return []
    return _list(made(sentence, name, Hit(*match.span("name")), whole))


def _list(source: Source | None) -> list[Source]:
    return [source] if source else []


def _papers(sentence: Sentence, whole: Hit) -> list[Source]:
    """«В отчёте института говорится», «свидетельствует статистика ведомства»: whose paper it is."""
    found = []
    for pattern in (INSIDE, INSIDE_AFTER, SHOWS, NOTED, FOUND_IN, MADE_BY, ON_SITE):
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            group = "whose" if match["whose"] else "whose2"
            whose = TAIL.sub("", match[group])
            source = made(sentence, whose, Hit(*match.span(group)), whole, oblique=True, sure=True)
            found.extend(_list(source))
    return found


def _by_adjective(sentence: Sentence, whole: Hit) -> list[Source]:
    """«По российской статистике»: whose it is, the adjective tells, unless a name in the genitive follows."""
    found = []
    for match in BY_ADJECTIVE.finditer(sentence.text, sentence.start, sentence.end):
        at = Hit(*match.span("noun"))
        if match["whose"]:
            found.extend(_list(made(sentence, match["whose"], at, whole, oblique=True, sure=True)))
        elif re.search(r"ск(?:ой|им|ому)\Z", match["kind"]):
            found.append(Source(nominative(f"{match['kind']} {match['noun']}", sentence), at, RECORD, whole))
    return found


def _verb(sentence: Sentence, verb: Hit, whole: Hit) -> Source | None:
    left = sentence.text[sentence.start : verb.start]
    if NOT.search(left):
        return None
    if HOPES.match(sentence.text, verb.start):  # a State's or a firm's wish is told by somebody else
        wisher = _subject(sentence, verb, whole)
        person = wisher and sentence.tongue.sense("person_role").match(wisher.name)
        return wisher if person else None
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
        office = sentence.tongue.sense("person_role").match(aside) or sentence.tongue.sense("body_role").match(aside)
        if not aside or not (office or ASIDE.match(aside) or NAMED.fullmatch(aside)):
            return None
        left = left[:opened]
    if inside := INSIDE_TOLD.search(left):  # «в пресс-службе "Заре" сообщили»: who was told stands in between
        return made(sentence, inside["body"], Hit(sentence.start + inside.start("body"), verb.start), whole)
    if insider := INSIDER_OF.search(left):
        return Source(insider["name"], Hit(sentence.start + insider.start("name"), verb.start), SPEAKER, whole)
    if house := HOUSE_BEFORE.search(left):
        opens = not left[: house.start()].strip() or left[: house.start()].rstrip()[-1:] in ",;:"
        spoken = _house(sentence, house, sentence.start, whole) if house["noun"] or opens else None
        if spoken:
            return spoken
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
    name = _after_opening(sentence, name.strip())
    return made(sentence, name, Hit(sentence.start + len(left) - len(name), verb.start), whole)


def _after_opening(sentence: Sentence, name: str) -> str:
    """«В объявлении на площадке фирма обещает»: the noun that names, where a phrase of place opens the sentence."""
    if not re.match(r"(?:[Вв]о?|[Нн]а|[Пп]осле|[Пп]ри|[Пп]еред) ", name):
        return name
    if named := re.search(rf"(?P<name>{PERSON})\Z", name):
        before = name[: named.start()].split()
        office = (
            before
            and not sentence.tongue.places.search(named["name"])
            and sentence.tongue.sense("person_role").fullmatch(before[-1])
        )
        return without_place(sentence, named["name"]) if office else name
    last = name.split()[-1]
    nominal = last[-1] not in "ехуюм" and not last.endswith(("ой", "ей", "ами", "ями"))
    able = any(sentence.tongue.sense(sense).fullmatch(last) for sense in ("person_role", "body_role"))
    plain = not re.search(r"(?:[а-яё](?:ом|ем|их|ых|ой|ей|ого|его|их)|[^\w]во?|на) \Z", name[: -len(last)])
    return last if nominal and able and plain and last.islower() and len(name.split()) > 2 else name


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


def _reader(sentence: Sentence, read: re.Match[str], whole: Hit) -> Source | None:
    """Whoever read what a text cites; an outlet of which no name is told is itself named so."""
    participle = re.search(r"нн\w+ \Z", read.group()[: read.start("whose") - read.start()])
    at = Hit(*read.span("whose"))
    source = made(sentence, read["whose"], at, whole, oblique=bool(participle), sure=True)
    return source._replace(unnamed=True) if source and source.depth == POINTER else source


def _right(
    sentence: Sentence, start: int, whole: Hit, *, oblique: bool = False, cites: bool = False, sure: bool = False
) -> Source | None:
    """The phrase after a verb or a preposition: past the time, the occasion and those who are told."""
    text = sentence.text
    if by := PAPER_BY.match(text, start, sentence.end):
        return made(sentence, by["whose"], Hit(*by.span("whose")), whole, oblique=True, sure=True)
    if who := PAPER_WHO.match(text, start, sentence.end):
        return made(sentence, who["whose"], Hit(*who.span("whose")), whole, sure=True)
    start = _past_adjuncts(sentence, start)
    if person := titled(sentence, start, whole, oblique=oblique):
        return person
    house = HOUSE.match(text, start, sentence.end)
    if house and (spoken := _house(sentence, house, 0, whole, oblique=oblique)):
        return _cited(spoken) if cites else spoken
    quoted = re.match(r"\s*[«\"]([^»\"]{2,40})[»\"]", text[start : sentence.end])
    if quoted:
        spoken = Source(quoted[1], Hit(start, start + quoted.end()), OUTLET, whole)
        return _cited(spoken) if cites else spoken
    within = WITHIN.match(text, start, sentence.end)  # «отметили в разведке»
    end = _end(sentence, start, within.end() if within else start + 1)
    stop = min(
        [end.start() if end else sentence.end, *(hit.start for hit in sentence.hits("says") if hit.start > start)]
    )
    name = TAIL.sub("", text[start:stop].strip(" ."))
    made_one = made(sentence, name, Hit(start, stop), whole, oblique=oblique or bool(within), sure=sure)
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
            quoted.end() if quoted else told.end + (1 if text[told.end : told.end + 1] in '»"' else 0) if told else None
        )
        inside = past is not None and re.compile(r"\s+во? [а-яё-]+").match(text, past, sentence.end)
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
