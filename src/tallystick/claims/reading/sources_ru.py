"""Attribution in texts of the language ru: «сказал X», «X сообщил», «по данным X», «статистика X показывает»."""

from __future__ import annotations

import re

from tallystick.claims.reading.cast import bare, role
from tallystick.claims.reading.nominative_ru import PERSON, nominative
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_MONTH = r"(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*"
_DAY = r"(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"
_TIME = (
    rf"(?:во? {_DAY}|сегодня|вчера|накануне|ранее|раньше|позже|позднее|также|затем|уже|тогда|потом|еще|ещё|"
    rf"\d{{1,2}} {_MONTH}(?: \d{{4}} года)?|в (?:{_MONTH} )?\d{{4}} году|в {_MONTH}|на (?:прошлой|этой) неделе|"
    rf"во? (?:сво[её]м|сво[её]й|своих|последнем|новом|первом|ежегодном|годовом) [\w-]+|"
    r"в (?:прошлом|этом) (?:году|месяце)|утром|вечером|днём|днем)"
)
_TO_WHOM = (  # the dative of those who are told
    r"(?:журналистам|репорт[её]рам|корреспондент(?:у|ам)|изданию|агентству|газете|телеканалу|каналу|порталу|сайту|"
    r"радиостанции|журналу|СМИ|нам|читателям|депутатам|парламентариям|парламенту|правительству|"
    r"президенту|комитету|комиссии|Госдуме|Совбезу|суду|инвесторам)"
)
_INTERVIEW = r"(?:во? )(?:интервью|беседе|разговоре|эфире|комментарии|ответ[её]?|письме)(?: (?:с|для|на запрос))?"
_QUOTED = r"[«\"“][^»\"”]{2,40}[»\"”]"
_SKIPPED = re.compile(
    rf"\s*(?:{_TIME}|(?:{_TO_WHOM}|{_INTERVIEW})(?: {_TO_WHOM})?(?: {_QUOTED}| [A-Z][\w-]+(?: [A-Z][\w-]+)*| ТАСС|"
    rf" РИА Новости)?)(?=\s)"
)
_TAIL = re.compile(rf"\s(?:на запрос\w*|{_TIME}|{_TO_WHOM}|{_INTERVIEW})(?!\w).*\Z")
_END = re.compile(
    r"[,;:()—–]|\.(?=\s|\Z)|\s-\s|(?<!\w)(?:что|о|об|после|по|на(?! )|и(?= \w+л)|со ссылкой|ссылаясь|будут|"
    r"намерен\w*|хочет|"
    r"планирует|работа\w+|жив\w+|трудя\w+|прие\w+|въе\w+|получа\w+|чем|как|\d[\d.]*)(?!\w)"
)
_LEFT_END = re.compile(
    r"[,;:«»\"“”()—–.!?]|\s-\s|(?<!\w)(?:что|и|а|но|как|где|когда|об этом|этом|пока|если|хотя|зато|однако|"
    r"поскольку)(?!\w)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?:(?<!\w)(?:{_TIME}|{_TO_WHOM}(?: {_QUOTED}| [A-Z][\w-]+)?|не только|лично|официально|публично|"
    rf"{_INTERVIEW}(?: {_QUOTED}| [\w-]+)?|"
    r"во? (?:сво[её]м|сво[её]й|своих|последнем|новом|первом|ежегодном|годовом) [\w-]+(?: [\w-]+)?|"
    r"во? (?:отч[её]те|докладе|исследовании|письме|статье|обзоре|заявлении)|на [\w-]+(?:е|и|ии)(?: [\w-]+)?)\s*)\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:котор\w+|котора\w+|чь[яеи]\w*|\w+(?:вш|ющ|ящ|ущ|ащ)(?:ий|ая|ее|ие|его|ей|их)(?:ся)?|\w+(?:нн|т|ем|им)(?:ый|"
    r"ая|ое|ые)|"
    r"в|во|на|из|от|по|со|с|бывш\w+|ныне|сам\w?|он же|она же|в частности|кстати|впрочем)(?!\w)"
)
_CALLED = re.compile(
    r",\s(?:по имени|(?:по )?фамилии|назв\w+|представи\w+(?: как)?|назов[её]м (?:его|е[её])|"
    r"зовут) (?P<name>[А-ЯЁ][а-яё]+(?: [А-ЯЁ][а-яё]+){0,2}),\Z"
)
_NOT = re.compile(r"(?<!\w)не\s+\Z", re.IGNORECASE)
_SURNAME = re.compile(r"(?<=\w )(?P<name>[А-ЯЁ][а-яё]{2,})\Z")
_HOUSE = re.compile(r"\s*(?:во? )?(?P<noun>[А-ЯЁа-яё-]+)(?P<more>(?: [а-яё-]+){0,2}) [«\"](?P<own>[^»\"]{2,40})[»\"]")
_HOUSE_BEFORE = re.compile(
    r"(?:(?<!\w)(?!(?:а|но|и|как|что) )(?P<noun>[А-ЯЁа-яё-]+)(?P<more>(?: [а-яё-]+){0,2}) )?"
    r"[«\"](?P<own>[^»\"]{2,40})[»\"]\s*\Z"
)
_PAPER = (
    r"(?:доклад|отч[её]т|исследовани|документ|опрос|справк|сообщени|письм|стать|обзор|заявлени|статистик|данн|материал|"
    r"слов|подсч[её]т|оцен(?:к|ок)|сведени|расч[её]т|публикаци|сводк|информаци|реестр|прогноз|интервью|ответ|рассказ|"
    r"таблиц|протокол|показани)\w*"
)
_PAPERS = re.compile(
    rf"(?:[а-яё-]+(?:ого|ой|их|ых|ему|ому|ом|ем|ая|ый|ые|ие|ее|ий) )?{_PAPER}(?: о [^,]+?(?= [А-ЯЁ]))? (?P<whose>.+)",
    re.IGNORECASE,
)
_PAPER_ALONE = re.compile(rf"(?:[\w-]+ )?{_PAPER}\Z", re.IGNORECASE)
_PAPER_WHO = re.compile(  # «из доклада, который Москва передала комитету»
    rf"\s*(?:(?:[\w-]+ )?{_PAPER}(?: [\w-]+){{0,2}})?, котор\w+ (?P<whose>[\w «»-]{{2,40}}?) (?:\w+(?:л|ла|ло|"
    rf"ли))(?!\w)",
    re.IGNORECASE,
)
_PAPER_BY = re.compile(  # «согласно опросу, проведённому институтом»
    rf"\s*(?:(?:[\w-]+ )?{_PAPER})?, (?:провед|подготовл|опубликов|составл|обнародов|представл|собр|"
    rf"выпущ)\w+ (?P<whose>[^,;:.—–]{{3,60}})",
    re.IGNORECASE,
)
_INSIDE = re.compile(  # «в отчёте института говорится»
    rf"(?<!\w)во? (?:[\w-]+ )?{_PAPER} (?P<whose>[^,;:—–]{{3,70}}?) "
    r"(?:говорится|сказано|отмечается|указано|указывается|утверждается|сообщается|подсчитано|приводятся|приведены)",
    re.IGNORECASE,
)
_INSIDE_AFTER = re.compile(
    rf"(?:говорится|сказано|отмечается|указано|указывается|сообщается|утверждается|приводится|"
    rf"содержится|подсчитано) во? (?:[\w-]+ )?{_PAPER} (?P<whose>[^,;:.—–]{{3,70}})",
    re.IGNORECASE,
)
_SHOWS = re.compile(  # «данные X показывают», «свидетельствует статистика X»
    rf"(?<!\w)(?P<paper>{_PAPER}) (?P<whose>[^,;:.—–]{{3,60}}?) (?:свидетельству\w+|показыва\w+|говорят о|указыва\w+|"
    rf"подтвержда\w+)|"
    rf"(?:свидетельству\w+|показыва\w+|подтвержда\w+|говорят|привод(?:ит|"
    rf"ят)) (?P<paper2>{_PAPER}) (?P<whose2>[^,;:.—–]{{3,60}})",
    re.IGNORECASE,
)
_HIS_WORDS = re.compile(
    r"(?:по|цитирует|приводит|со) (?:собственн\w+ )?(его|е[её]|их)(?: (?:словам|слова|слов|данным|информации|мнению|"
    r"оценке|оценкам|"
    r"подсч[её]там|расч[её]там|прогнозу|утверждению))?",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"(?:С (?:так|подобн)\w+ (?:прогноз|оценк|заявлени|данн|утверждени)\w*|Об этом|О том|Это|Эти (?:данные|цифры)|"
    r"Так(?:ой|ую|ие) (?:прогноз|оценк|данны|цифр|числ)\w*|"
    r"Соответствующ\w+ (?:данны|цифр)\w*|"
    r"Подобн\w+ (?:данны|цифр|оценк)\w*)(?!\w)"
)
_GIVES = re.compile(
    r"(?:выступил[аио]?|дал[аио]?|прив[её]л[аио]?|привод(?:ит|ят)|озвучил[аио]?|представил[аио]?|следует из)(?= )"
)
_INSIDE_TOLD = re.compile(
    rf"(?:\A|[,;:—–»] )(?P<body>[Вв]о? (?:пресс-служб|министерств|ведомств|администраци|посольств|правительств|мэри|"
    rf"служб|компани|"
    rf"управлени|департамент|комитет|полици|прокуратур)\w*(?: [\w-]+){{0,4}}?) {_QUOTED}\Z"
)
_INSIDER_OF = re.compile(
    r"(?:\A|[,;:—–] )(?P<name>[Ии]сточник\w* [«\"][^»\"]{2,40}[»\"](?: во? [\w-]+(?: [\w-]+)?)?)\Z"
)
_NOTED = re.compile(
    r"\((?:по )?(?:данн\w+|оценк\w+|источник:?|подсч[её]т\w+|расч[её]т\w+) (?P<whose>[^()]{3,60})\)", re.IGNORECASE
)
_COLON = re.compile(r"(?P<name>[А-ЯЁ][\w-]*(?: [\w«»-]+){0,4}): ")
_INTERLOCUTOR = re.compile(
    r"собеседни(?:к|ца|ки)\w*(?: (?:агентства|издания|газеты|телеканала|журналистов|портала|[«\"А-ЯЁA-Z].*))?",
    re.IGNORECASE,
)
_INSIDER = re.compile(
    r"(?:источник|чиновник|сотрудни|представител|эксперт|рабоч|житель|жител|активист|правозащитник|"
    r"аналитик)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[А-ЯЁA-Z]")
_PREPOSITION = re.compile(
    r"(?:о|об|на|по|с|со|из|у|к|для|от|при|за|до|после|через|под|над|без|среди|между)\s",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\s*(?:в|во)\s", re.IGNORECASE)
_ONE_NOUN = re.compile(
    r"[\w-]+(?<![ыи])(?<!ов)(?<!ев)(?<!ей)(?<!ам)(?<!ами)(?<!ах)", re.IGNORECASE
)  # one noun in the singular: it has been named before
_SHORT_NAME = re.compile(r"(?:Мин(?!истерств|истр)|Рос|Гос|Сов)[а-яё]+")  # «Минтруд», «Росстат»
_NAMED = re.compile(PERSON)
_NOT_PERSON = re.compile(r"\w+(?:ск|ш|н)(?:ой|ого|ая|ий|ое|ом|ей|ую)\Z")
_RELAYED = 32  # letters that «со ссылкой на данные» and the like may take
_AGENT = re.compile(
    r"(?:[\w-]+(?:ые|ие|ый|ий|ая) )?[\w-]+(?:тел|ник|щик|чик|ист|ец|цы|лог|вед|ер|ор)(?:ь|и|ы|а)?(?!\w)"
)
_BEFORE_NAME = re.compile(  # what stands before a name and is none of it
    r"\A(?:и|даже|лишь|сам\w?|один из|одна из|официально|ранее|вчера|сегодня|накануне|сейчас|тогда|также|позже|ещё|еще|"
    r"уже|впервые|недавно)\s",
    re.IGNORECASE,
)
_MOST_WORDS = 11


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of one sentence."""
    whole = Hit(sentence.start, sentence.end)
    back = bool(_LOOKS_BACK.match(sentence.words))
    found = [source for verb in sentence.hits("says") if (source := _verb(sentence, verb, whole))]
    if _LOOKS_BACK.search(sentence.words) and (gives := _GIVES.search(sentence.text, sentence.start, sentence.end)):
        found.extend(_list(_right(sentence, gives.end(), whole, oblique=gives.group().endswith("из"))))
    found.extend(
        Source(match[1], Hit(*match.span()), POINTER, whole)
        for match in _HIS_WORDS.finditer(sentence.text, sentence.start, sentence.end)
    )
    found.extend(_papers(sentence, whole))
    found.extend(_before_colon(sentence, whole))
    for hit in sentence.hits("according"):
        word = sentence.text[hit.start : hit.end].lower()
        cites = word.startswith(("со ссылкой", "ссылаясь", "со слов"))
        found.extend(
            _list(
                _right(
                    sentence,
                    hit.end,
                    whole,
                    oblique=not word.startswith("как "),
                    cites=cites,
                    sure=word.startswith("по "),
                )
            )
        )
    found = [_relay(source, found) for source in found]
    distinct = {(source.name, source.hit.start): source._replace(looks_back=back) for source in found}
    return tuple(sorted(distinct.values(), key=lambda source: source.hit.start))


def _relay(source: Source, found: list[Source]) -> Source:
    """Whoever stands right before «со ссылкой на» an outlet passes on, and is an outlet too."""
    cites = any(one.cited and one.depth == OUTLET and 0 <= one.hit.start - source.hit.end < _RELAYED for one in found)
    return source._replace(depth=OUTLET) if cites and not re.fullmatch(PERSON, source.name) else source


def _before_colon(sentence: Sentence, whole: Hit) -> list[Source]:
    """«ГУР: на заводе работают»: who speaks in a headline."""
    match = _COLON.match(sentence.text, sentence.start, sentence.end)
    if match is None or sentence.tongue.places.fullmatch(match["name"]):
        return []
    name, tongue = match["name"], sentence.tongue
    body = any(tongue.sense(sense).match(name) for sense in ("known_body", "body_role", "outlet"))
    person = _NAMED.fullmatch(_untitled(sentence, name))
    if not (body or person):
        return []
    return _list(_made(sentence, name, Hit(*match.span("name")), whole))


def _list(source: Source | None) -> list[Source]:
    return [source] if source else []


def _papers(sentence: Sentence, whole: Hit) -> list[Source]:
    """«В отчёте института говорится», «свидетельствует статистика ведомства»: whose paper it is."""
    found = []
    for pattern in (_INSIDE, _INSIDE_AFTER, _SHOWS, _NOTED):
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            group = "whose" if match["whose"] else "whose2"
            source = _made(sentence, match[group], Hit(*match.span(group)), whole, oblique=True, sure=True)
            found.extend(_list(source))
    return found


def _verb(sentence: Sentence, verb: Hit, whole: Hit) -> Source | None:
    left = sentence.text[sentence.start : verb.start]
    if _NOT.search(left):
        return None
    if re.match(r"(?:про)?цитир", sentence.text[verb.start : verb.end]) and not _subject(sentence, verb, whole):
        return _right(sentence, verb.end, whole, oblique=True)  # who is quoted stands in the accusative
    if _LOOKS_BACK.fullmatch(left.strip()):
        return _right(sentence, verb.end, whole)
    after = left.rstrip()[-1:] in (",", "—", "–", "-", "»", '"', "”") or left.rstrip().lower().endswith(
        ("как", "об этом")
    )
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
        if called := _CALLED.search(left):
            return Source(called["name"], Hit(sentence.start + called.start(), verb.start), SPEAKER, whole)
        opened = left[:-1].rfind(",")
        aside = left[opened + 1 : -1].strip() if opened > 0 else ""
        titled = sentence.tongue.sense("person_role").match(aside) or sentence.tongue.sense("body_role").match(aside)
        if not aside or not (titled or _ASIDE.match(aside) or _NAMED.fullmatch(aside)):
            return None
        left = left[:opened]
    if inside := _INSIDE_TOLD.search(left):  # «в пресс-службе "Заре" сообщили»: who was told stands in between
        return _made(sentence, inside["body"], Hit(sentence.start + inside.start("body"), verb.start), whole)
    if insider := _INSIDER_OF.search(left):
        return Source(insider["name"], Hit(sentence.start + insider.start("name"), verb.start), SPEAKER, whole)
    if house := _HOUSE_BEFORE.search(left):
        opens = not left[: house.start()].strip() or left[: house.start()].rstrip()[-1:] in ",;:"
        made = _house(sentence, house, sentence.start, whole) if house["noun"] or opens else None
        if made:
            return made
    ends = [match.end() for match in _LEFT_END.finditer(left)]
    name = left[ends[-1] :] if ends else left
    if not name.strip() or _without_trailing(name + " ") == "":
        return None
    return _made(sentence, name.strip(), Hit(sentence.start + len(left) - len(name), verb.start), whole)


def _without_trailing(left: str) -> str:
    left = left.rstrip()
    while match := _TRAILING.search(left):
        left = left[: match.start()].rstrip()
    return left


def _house(
    sentence: Sentence, match: re.Match[str], offset: int, whole: Hit, *, oblique: bool = False
) -> Source | None:
    """«институт "Имя"» is a body; «издание "Имя"», and a name in quotation marks alone, is an outlet."""
    at = Hit(offset + match.start(), offset + match.end())
    tongue = sentence.tongue
    noun = match["noun"]
    if re.search(rf"(?<!\w){_TO_WHOM}", match.group()):
        return None
    for word in (match["more"] or "").split():
        if tongue.sense("outlet_role").fullmatch(word) or tongue.sense("outlet").fullmatch(word):
            return Source(match["own"], at, OUTLET, whole)
    if noun and (tongue.sense("outlet_role").fullmatch(noun) or tongue.sense("outlet").fullmatch(noun)):
        return Source(match["own"], at, OUTLET, whole)
    if noun and tongue.sense("body_role").fullmatch(noun):
        name = re.sub(r"\Aво? ", "", match.group().strip())
        return Source(nominative(name, sentence), at, SPEAKER, whole)
    if noun and noun[0].islower() and not _PREPOSITION.match(match.group()):
        return Source(
            nominative(match.group().strip(), sentence) if oblique else match.group().strip(), at, SPEAKER, whole
        )
    return None if noun else Source(match["own"], at, OUTLET, whole)


def _right(
    sentence: Sentence, start: int, whole: Hit, *, oblique: bool = False, cites: bool = False, sure: bool = False
) -> Source | None:
    """The phrase after a verb or a preposition: past the time, the occasion and those who are told."""
    text = sentence.text
    if by := _PAPER_BY.match(text, start, sentence.end):
        return _made(sentence, by["whose"], Hit(*by.span("whose")), whole, oblique=True, sure=True)
    if who := _PAPER_WHO.match(text, start, sentence.end):
        return _made(sentence, who["whose"], Hit(*who.span("whose")), whole, sure=True)
    start = _past_adjuncts(sentence, start)
    if titled := _titled(sentence, start, whole, oblique=oblique):
        return titled
    house = _HOUSE.match(text, start, sentence.end)
    if house and (made := _house(sentence, house, 0, whole, oblique=oblique)):
        return _cited(made) if cites else made
    quoted = re.match(r"\s*[«\"]([^»\"]{2,40})[»\"]", text[start : sentence.end])
    if quoted:
        made = Source(quoted[1], Hit(start, start + quoted.end()), OUTLET, whole)
        return _cited(made) if cites else made
    within = _WITHIN.match(text, start, sentence.end)  # «отметили в разведке»
    end = _END.search(text, within.end() if within else start + 1, sentence.end)
    stop = min(
        [end.start() if end else sentence.end, *(hit.start for hit in sentence.hits("says") if hit.start > start)]
    )
    name = _TAIL.sub("", text[start:stop].strip(" ."))
    made_one = _made(sentence, name, Hit(start, stop), whole, oblique=oblique or bool(within), sure=sure)
    return _cited(made_one) if made_one and cites else made_one


def _cited(source: Source) -> Source:
    """An outlet that another cites lies deeper than that other."""
    return source._replace(cited=True)


def _past_adjuncts(sentence: Sentence, start: int) -> int:
    text = sentence.text
    for _ in range(4):
        if skipped := _SKIPPED.match(text, start, sentence.end):
            start = skipped.end()
            continue
        told = next((hit for hit in sentence.hits("outlet") if 0 <= hit.start - start <= 2), None)
        end = _END.search(text, start + 1, sentence.end)
        stop = end.start() if end else sentence.end
        quoted = re.compile(rf"\s*{_QUOTED}").match(text, start, sentence.end)
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
    return bool(_NAMED.search(sentence.text, start, stop)) or _first_role(sentence, start, stop) is not None


def _first_role(sentence: Sentence, start: int, stop: int) -> int | None:
    """Where the first noun of a person in the case that names stands, or a full name."""
    for hit in sentence.hits("person_role"):
        if start < hit.start < stop:
            word = re.match(r"[\w-]+", sentence.text[hit.start : stop])
            if word and (word.group()[-1] not in "аеиоуыюям" or word.group().lower() == "глава"):
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
            named = _NAMED.search(text, start, min(stop, start + 60))
            if named is None or not (oblique or not text[named.end() : stop].strip()):
                return None
    for match in _NAMED.finditer(text, start, stop):
        name = _without_place(sentence, match.group())
        if len(name.split()) > 2 and re.search(r"(?<!\w)(?:в|во|из|на|при)\s\Z", text[start : match.start()]):
            name = " ".join(name.split()[1:])  # the first word is where the office is
        if at_once and match.start() > first.start("role") and not tongue.sense("person_role").fullmatch(first["role"]):
            return None
        if tongue.places.search(name) or tongue.sense("sender").search(name) or tongue.sense("body_role").search(name):
            continue
        if _NOT_PERSON.fullmatch(name.split()[0]) or tongue.sense("outlet").search(name):
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
    return bool(known or _NOT_PERSON.fullmatch(name.split()[0]))


def _without_place(sentence: Sentence, name: str) -> str:
    """«посол в Пхеньяне Александр Иванов»: the place belongs to the office."""
    words = name.split()
    tongue = sentence.tongue
    while len(words) > 2 and (
        tongue.places.match(words[0])
        or tongue.sense("body_role").fullmatch(words[0])
        or _SHORT_NAME.fullmatch(words[0])
    ):
        words = words[1:]
    return " ".join(words)


def _made(
    sentence: Sentence, name: str, at: Hit, whole: Hit, *, oblique: bool = False, sure: bool = False
) -> Source | None:
    name = _BEFORE_NAME.sub("", name.strip(" ,.:;-—–"))
    if within := _WITHIN.match(name):  # «в министерстве сообщили»
        name, oblique = name[within.end() :], True
        if not _is_house(sentence, name):
            return None  # «в конце октября»
    if papers := _PAPERS.fullmatch(name):
        name, oblique = papers["whose"], True
        if person := _titled(sentence, sentence.text.find(name, at.start), whole, oblique=True):
            return person
    if not name or len(name.split()) > _MOST_WORDS or _PREPOSITION.match(name):
        return None
    tongue = sentence.tongue
    if _INTERLOCUTOR.fullmatch(name):
        return Source("собеседник", at, POINTER, whole)
    if bare(name.lower(), "ru"):
        return Source(name, at, POINTER, whole)
    if name.lower().startswith(("котор", "чей", "чья")):
        return None
    proper = name.isupper() or _SHORT_NAME.fullmatch(name)
    if tongue.sense("back").fullmatch(name) or (role(name, sentence)[0] and _ONE_NOUN.fullmatch(name) and not proper):
        return Source(name, at, POINTER, whole)
    if not (
        sure
        or _CAPITAL.search(name)
        or tongue.sense("source_head").search(name)
        or tongue.sense("body_role").search(name)
        or tongue.sense("person_role").match(name)
        or _AGENT.match(name)
    ):
        return None
    return _named(sentence, name, at, whole, oblique=oblique)


def _named(sentence: Sentence, name: str, at: Hit, whole: Hit, *, oblique: bool) -> Source | None:
    tongue = sentence.tongue
    titled = tongue.sense("person_role").match(name)
    outlet = tongue.sense("outlet").search(name)
    if re.match(r"(?:корреспондент|журналист|репорт[её]р|обозревател)", name):
        return Source(name, at, OUTLET, whole)  # whoever passes on for an outlet
    if outlet and outlet.start() < 12 and not titled:
        return Source(outlet.group() if outlet.group()[0].isupper() else name, at, OUTLET, whole)
    if titled and " " in name and (given := _NAMED.search(name, name.index(" "))):
        person_name = _without_place(sentence, given.group())
        if not _not_a_person(sentence, person_name):
            return Source(nominative(person_name, sentence) if oblique else person_name, at, SPEAKER, whole)
    if titled and (person := re.search(rf"(?P<name>{PERSON})(?: [«\"].*)?\Z", name) or _SURNAME.search(name)):
        known = tongue.places.search(person["name"]) or tongue.sense("sender").search(person["name"])
        if not known and not tongue.sense("body_role").search(person["name"]):
            name = _untitled(sentence, person["name"])
            return Source(nominative(name, sentence) if oblique else name, at, SPEAKER, whole)
    if known_body := tongue.sense("known_body").search(name):
        name = name if titled else known_body.group()
    depth = RECORD if re.match(r"(?:данные|статистик|реестр)", name) else SPEAKER
    return Source(nominative(name, sentence) if oblique else name, at, depth, whole)
