"""Attribution in English: "X said", "said X", "according to X", "citing X", "by X estimates", "X records show"."""

from __future__ import annotations

import re

from tallystick.claims.reading.cast import role
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_WEEK = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
_LEFT_END = re.compile(
    r"[,;:()\"“”—]|\s-+\s|"
    r"(?<!\w)(?:that|and|but|while|which|who|as|so|if|when|because|since|although)(?!\w)"
)
_RIGHT_END = re.compile(
    r"[,;:()\"“”—]|\.(?=\s|\Z)|\s-+\s|(?<!\w)(?:that|and|but|while|which|who|"
    rf"on (?:{_WEEK}|{_MONTHS})\w*|in (?:an?|its|his|the|19|20|early|late)|"
    r"last|this|earlier|later|after|before|during|citing|quoting|they|there|it|from|about|more|up|at least|"
    r"is|are|was|were|show(?:s|ed)?|said|says|to|had|has|have|some|as saying|\d[\d,.]*)(?!\w)"
)
_TRAILING = re.compile(
    rf"(?:\s+(?:on\s+)?(?:{_WEEK})day|\s+(?:on|in)?\s*\w+ \d{{1,2}}|"
    r"\s+(?:also|then|now|later|earlier|has|have|had|was|is|it|itself|secretly|recently|previously|had earlier|"
    r"it had obtained|he|perhaps|once|this week|last \w+|who \w+))+\Z"
)
_LEADING = re.compile(
    rf"^(?:(?:on|in|by|at)\s+(?:{_WEEK}|{_MONTHS})\w*\s+(?:\d+\s+)?|"
    r"(?:the|a|an|its|his|her|their|another|one|some|while|so|as|those|these|this|that|both|two|three|four|several)\s+)+(?=\S)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<!\w)[A-Z][\w.’'-]+")
_COMMA = re.compile(r",\s*")
_PERSON = re.compile(r"(?:[A-Z][\w’'-]+\s+|[A-Z]\.\s+){1,3}[A-Z][\w’'-]+")
_ASIDE = re.compile(  # what may stand between the commas after a name
    r"(?:the|an?|its|his|her|their|who|whose|which|head|chief|director|author|speaking|citing|quoting|referring|himself|"
    r"herself|itself|now|then|formerly|once|on|in|at|of|also|too|meanwhile|however|\d{2},?\Z|\w+ing)(?!\w)|[a-z-]+(?:er|or|ist|man)\b",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(
    rf"(?:(?:on|in|late|early) )?(?:(?:{_WEEK})day|(?:{_MONTHS})\w*(?: \d+)?|turn|fact|part)\s+", re.IGNORECASE
)
_CLAUSE = re.compile(r"\d|(?<!\w)(?:is|are|was|were|has|have|had|will|would|keep|earn|live|work)(?!\w)")
_CALLED = re.compile(r", (?P<name>(?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)(?=[,.;]|\Z)")
_QUANTITY = re.compile(
    r"(?:number|share|total|amount|value|cost|price|figure|sum|size|rate)s?(?: (?:of|at|for)(?!\w)|\Z)"
)
_AFFILIATED = re.compile(r"(?P<person>.*[A-Z][\w’'-]+ [A-Z][\w’'-]+) (?:of|at|from|with) .+")
_IN_BRACKETS = re.compile(r"\((?P<name>(?:the )?[A-Z][^()\d]{2,50})\)(?=[.!?]?\Z)")
_PREPOSITION = re.compile(
    r"(?:in|on|at|by|from|of|across|to|for|with|during|after|before|since|under|about|over|some|as)(?=\s)",
    re.IGNORECASE,
)
_NOT_SAYING = re.compile(r"\s+(?:to (?:be|have)|(?:range|vary|are|were) )")
_SPEECH = ("said", "say", "told", "add", "wrote", "gave", "estimat", "not", "claim", "put", "report")
_OF = re.compile(
    r"^(?:records|data|figures|statistics|documents|reports?|estimates)(?: (?:of|from|by|at))\s+", re.IGNORECASE
)
_PAPERS_OF = re.compile(
    r"\s*(?:the )?(?:records|data|figures|statistics|documents|reports?|estimates)(?: (?:obtained|released))? "
    r"(?:of|from|by)"
)
_ESTIMATES = re.compile(
    r"(?<!\w)[Bb]y (?P<name>(?:the )?(?:[A-Z][\w.’']+\s?){1,4})(?= estimates?| figures| data| count)|"
    r"(?P<maker>(?:[A-Z][\w.’']+ ){1,4}(?:intelligence |government )?estimates)"
    r"(?= (?:put|say|suggest|place|show|range))"
)
_SAID_OF = re.compile(r"(?<!\w)(?:said|reported|believed|thought|estimated|reportedly|is|are|was|were|be|been) *\Z")
_MOST_WORDS = 11
_OUTLET_LAST = re.compile(
    r"(?:broadcaster|agency|newspaper|paper|outlet|channel|daily|magazine|website|station) (?P<own>[A-Z].*)\Z"
)
_EMPTY = frozenset(
    {"the", "a", "an", "its", "his", "her", "one", "some", "this", "that", "there", "these", "those", "numbers"}
)
_WEEKDAY = re.compile(r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_FROM = re.compile(r"(?<!\w)from (?P<name>(?:[A-Z][\w’']+ ){1,4}(?:records|data|statistics|documents|figures))")
_TO_WHOM = frozenset({"told", "tells", "tell", "informed", "informs"})  # the noun that follows is who was told
_INVERTED = re.compile(r"[,\"”’]\s*(?:or )?(?:so )?\Z|(?<!\w)so \Z")
_COUNT = r"(?:same |two |three |four |several )?"
_OF_WHOM = re.compile(r"\s*(its|their) ")
_BACK = re.compile(r"(?:[a-z-]+ )?[a-z-]+|Journal")
_ITS_REPORT = re.compile(r"(?P<outlet>.+) (?:report|story|article|dispatch|interview|investigation)")
_RECORD_END = re.compile(r"(?:records?|data|statistics|documents?|figures|filings|database|census)\Z")


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of an English sentence."""
    found = [*_verbs(sentence), *_prepositions(sentence), *_estimates(sentence), *_in_brackets(sentence)]
    return tuple(sorted(found, key=lambda source: source.hit.start))


def _verbs(sentence: Sentence) -> list[Source]:
    found: list[Source] = []
    for verb in sentence.hits("says"):
        if _NOT_SAYING.match(sentence.text, verb.end):
            continue
        source = _appositive(sentence, verb) or _inverted(sentence, verb) or _subject(sentence, verb)
        if source is not None:
            found.append(source)
            found.extend(_told(sentence, verb))
    return found


def _appositive(sentence: Sentence, verb: Hit) -> Source | None:
    """ "Jane Roe, head of its ministry, said": the noun phrase before what stands between its commas."""
    left = sentence.text[sentence.start : verb.start]
    clause = left[max((left.rfind(mark) for mark in '"“”;:()—'), default=-1) + 1 :]
    parts = _COMMA.split(clause)
    if len(parts) < 2 or (_trimmed(parts[-1]) and not _ADVERBIAL.fullmatch(parts[-1])):
        return None
    whole = Hit(sentence.start, sentence.end)
    for index in range(len(parts) - 2, -1, -1):
        words = parts[index]
        if _PERSON.fullmatch(words) and not sentence.tongue.places.search(words):
            return Source(words, verb, SPEAKER, whole)
        titled = sentence.tongue.sense("person_role").search(words) and not _CLAUSE.search(words)
        aside = index > 0 and (_ASIDE.match(words) or titled)
        if aside and index + 1 < len(parts):
            continue
        if index == len(parts) - 2 or _CLAUSE.search(words):
            return None
        name = _after_adverbial(words[_last_boundary(words) :])
        return _made(sentence, name, verb, whole, raw=words)
    return None


def _last_boundary(words: str) -> int:
    ends = [match.end() for match in _LEFT_END.finditer(words)]
    return ends[-1] if ends else 0


def _subject(sentence: Sentence, verb: Hit) -> Source | None:
    """The words before a verb of saying, back to the last boundary; after an apposition, the person before it."""
    left = sentence.text[sentence.start : verb.start]
    if _SAID_OF.search(left):
        return None
    begin = _last_boundary(left)
    name = _after_adverbial(left[begin:])
    aside = begin and left[:begin].rstrip().endswith(("which", "who"))
    word = sentence.text[verb.start : verb.end]
    made = _made(sentence, name, verb, _covered_by_verb(sentence, word, verb), raw=left[begin:])
    if made is None or (made.name.lower() in ("they", "it") and not word.startswith(_SPEECH)):
        return None
    return made._replace(carries=False, covers=Hit(sentence.start + begin, sentence.end)) if aside else made


def _after_adverbial(words: str) -> str:
    """The subject after an opening phrase of time or place: "in September the agency" is the agency; else nobody."""
    name = _trimmed(words)
    if not _PREPOSITION.match(name):
        return name
    article = list(re.finditer(r"(?<!\w)(?:the|an?|its|his)\s", name))
    return _trimmed(name[article[-1].end() :]) if article and article[-1].start() > 6 else ""


def _covered_by_verb(sentence: Sentence, word: str, verb: Hit) -> Hit:
    """ "X records show N" covers what follows; other verbs of saying cover their sentence."""
    bracket = _bracket(sentence, verb)
    if bracket is not None:
        return bracket
    after = word.startswith(("show", "suggest", "indicat", "put", "count", "gave", "spoke"))
    ends = not re.search(r"\w", sentence.text[verb.end : sentence.end])  # "N, police records show."
    return Hit(verb.start if after and not ends else sentence.start, sentence.end)


def _inverted(sentence: Sentence, verb: Hit) -> Source | None:
    """ "..., says X" and ", wrote X of Y": the source follows its verb."""
    left = sentence.text[max(sentence.start, verb.start - 6) : verb.start]
    if not _INVERTED.search(left) or sentence.text[verb.start : verb.end] in _TO_WHOM:
        return None
    return _right(sentence, verb.end, Hit(sentence.start, sentence.end), SPEAKER)


def _told(sentence: Sentence, verb: Hit) -> list[Source]:
    """ "X told Y": Y passes it on."""
    if not sentence.text[verb.start : verb.end].startswith("t"):
        return []
    outlet = [hit for hit in sentence.hits("outlet") if 0 <= hit.start - verb.end <= 8]
    return [
        Source(sentence.text[hit.start : hit.end], hit, OUTLET, Hit(sentence.start, sentence.end)) for hit in outlet
    ]


def _right(sentence: Sentence, start: int, covers: Hit, depth: int) -> Source | None:
    if papers := _PAPERS_OF.match(sentence.text, start, sentence.end):
        start = papers.end()  # "according to records from a ministry": the ministry
    end = _RIGHT_END.search(sentence.text, start + 1, sentence.end)
    stop = end.start() if end else sentence.end
    if end and end.group() == "(":  # a short name in brackets belongs to the name
        close = sentence.text.find(")", stop, stop + 9)
        stop = close + 1 if close > 0 else stop
    name = _trimmed(sentence.text[start:stop])
    if end and end.group() == "," and sentence.tongue.sense("person_role").search(name):
        called = _CALLED.match(sentence.text, stop, sentence.end)  # "the head of the institute, Jane Roe,"
        if called and not sentence.tongue.places.search(called["name"]):
            name = called["name"]
    return _made(sentence, name, Hit(start, stop), covers, depth)


def _prepositions(sentence: Sentence) -> list[Source]:
    found: list[Source] = []
    for hit in sentence.hits("according"):
        word = sentence.text[hit.start : hit.end].lower()
        if word in ("by", "from"):
            continue
        source = _right(
            sentence, hit.end, _covered_by_phrase(sentence, hit), RECORD if word.startswith("citing") else SPEAKER
        )
        if source is not None and not sentence.tongue.sense("sender").search(source.name):
            found.append(source)
    return found


def _covered_by_phrase(sentence: Sentence, hit: Hit) -> Hit:
    """ "..., according to X, and" covers what stands before it, at the head of a sentence what follows."""
    if (
        sentence.text[hit.start : hit.end].lower().startswith(("citing", "quoting", "cites"))
        or hit.start - sentence.start < 12
    ):
        return Hit(sentence.start, sentence.end)
    comma = sentence.text.find(", and ", hit.end, sentence.end)
    return Hit(sentence.start, comma if comma > 0 else sentence.end)


def _in_brackets(sentence: Sentence) -> list[Source]:
    """ "N (Lark Institute)." at a sentence's end: a body or an outlet that is noted as the source."""
    match = _IN_BRACKETS.search(sentence.text, sentence.start, sentence.end)
    if match is None:
        return []
    name, tongue = _trimmed(match["name"]), sentence.tongue
    body = tongue.sense("body_role").search(name) or tongue.sense("outlet").fullmatch(name)
    if not body or _follows_name(sentence, match.start()):
        return []
    made = _made(sentence, name, Hit(*match.span("name")), Hit(sentence.start, sentence.end))
    return [made] if made else []


def _follows_name(sentence: Sentence, place: int) -> bool:
    """Whether a bracket stands after a name, which it then shortens or explains."""
    words = sentence.text[sentence.start : place].split()
    return bool(words) and words[-1][:1].isupper()


def _estimates(sentence: Sentence) -> list[Source]:
    found = []
    for match in _ESTIMATES.finditer(sentence.text, sentence.start, sentence.end):
        group = "name" if match["name"] else "maker"
        source = _made(sentence, _trimmed(match[group]), Hit(*match.span(group)), _covered_by_estimate(sentence, match))
        if source is not None:
            found.append(source)
    for match in _FROM.finditer(sentence.text, sentence.start, sentence.end):
        semicolon = sentence.text.rfind(";", sentence.start, match.start())
        following = sentence.text.find(";", match.end(), sentence.end)
        covers = Hit(semicolon if semicolon > 0 else sentence.start, following if following > 0 else sentence.end)
        found.append(Source(_trimmed(match["name"]), Hit(*match.span("name")), RECORD, covers))
    return found


def _covered_by_estimate(sentence: Sentence, match: re.Match[str]) -> Hit:
    """An estimate in brackets covers the bracket; "by X estimates" its sentence."""
    if match["name"]:
        return Hit(sentence.start, sentence.end)
    return _bracket(sentence, Hit(*match.span())) or Hit(match.start(), sentence.end)


def _bracket(sentence: Sentence, hit: Hit) -> Hit | None:
    """The brackets around a place of the text, if it stands in any: what is said there is said of nothing outside."""
    opened = sentence.text.rfind("(", sentence.start, hit.start)
    closed = sentence.text.find(")", hit.end, sentence.end)
    inside = opened >= 0 and closed > 0 and ")" not in sentence.text[opened : hit.start]
    return Hit(opened, closed) if inside else None


def _trimmed(name: str) -> str:
    name = _TRAILING.sub("", name.strip(" ,;:\"“”'-—\n\t"))
    name = _LEADING.sub("", name.strip())
    return _OF.sub("", name).removeprefix("the ").strip(' ,;:"“”-—')


def _made(sentence: Sentence, name: str, at: Hit, covers: Hit, depth: int = SPEAKER, raw: str = "") -> Source | None:
    """A source, if the words can name one: a capital, a noun of sources, or a word that points back."""
    if not name or len(name.split()) > _MOST_WORDS:
        return None
    tongue = sentence.tongue
    name = _shortest(sentence, name)
    if _QUANTITY.match(name):
        return None
    if name.lower() in _EMPTY or _WEEKDAY.fullmatch(name) or _is_adjective(sentence, name):
        return None
    if possessor := _OF_WHOM.match(raw):  # "its channel", "their survey": whoever was named before
        noun = role(name, sentence)[0] in ("outlet", "paper")
        if noun and len(name.split()) < 3:
            return Source("it" if possessor[1] == "its" else "they", at, POINTER, covers)
    if _points_back(sentence, name, at, raw):
        return Source(name, at, POINTER, covers)
    if not (_CAPITAL.search(name) or tongue.sense("source_head").search(name)):
        return None
    if (known := _OUTLET_LAST.search(name)) and (own := tongue.sense("outlet").fullmatch(known["own"])):
        return Source(own.group(), at, OUTLET, covers)
    if (outlet := _ITS_REPORT.fullmatch(name)) and tongue.sense("outlet").fullmatch(outlet["outlet"]):
        return Source(outlet["outlet"], at, OUTLET, covers)
    if _RECORD_END.search(name):
        depth = RECORD
    elif tongue.sense("outlet").fullmatch(name) or tongue.sense("outlet").fullmatch(f"the {name}"):
        depth = OUTLET
    return Source(name, at, depth, covers)


def _shortest(sentence: Sentence, name: str) -> str:
    """The person alone, where a title stands before the full name or a body after it."""
    tongue = sentence.tongue
    role_of, body = tongue.sense("person_role"), tongue.sense("body_role")
    if (match := _AFFILIATED.fullmatch(name)) and not body.search(match["person"]):
        name = match["person"]
    words = name.split()
    for size in (3, 2):
        person = " ".join(words[-size:])
        titled = len(words) > size and role_of.fullmatch(words[-size - 1])
        if titled and _PERSON.fullmatch(person) and not (tongue.places.search(person) or body.search(person)):
            return person
    return name


def _points_back(sentence: Sentence, name: str, at: Hit, raw: str) -> bool:
    """ "He", "the paper", "those groups": a definite noun of sources in small letters, named before."""
    if sentence.tongue.sense("back").fullmatch(name):
        return True
    whole = raw or sentence.text[max(sentence.start, at.start - 8) : at.end]
    definite = re.search(rf"(?<!\w)(?:[Tt]he|[Tt]h[oe]se|[Tt]his|[Tt]hat|[Bb]oth) {_COUNT}{re.escape(name)}", whole)
    return bool(definite) and bool(_BACK.fullmatch(name)) and bool(role(name, sentence)[0])


def _is_adjective(sentence: Sentence, name: str) -> bool:
    """A demonym alone names no source: its noun ("estimates", "reports") was taken for the verb."""
    return bool(re.search(r"(?:an|ese|ish)\Z", name)) and bool(sentence.tongue.places.fullmatch(name))
