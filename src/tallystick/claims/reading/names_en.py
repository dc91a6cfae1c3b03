"""What an English phrase names: the shortest words that name a source, and what kind of source it is.

"Ambassador Jane Roe of Norland" is "Jane Roe"; "data compiled by the Lark Institute" is the institute; "the paper" and
"its researchers" point back to whom the text has named. A phrase that can name nobody gives no source.
"""

from __future__ import annotations

import re

from tallystick.claims.reading.roles import bare, head_noun, role
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source
from tallystick.claims.reading.subjects_en import DAYS, MONTHS

CAPITAL = re.compile(r"(?<!\w)[A-Z][\w.’'-]+")
PERSON = re.compile(
    r"(?:[A-Z][\w’'-]+\s+|[A-Z]\.\s+|al-)(?:[A-Z][\w’'-]+\s+|[A-Z]\.\s+|(?:de|van|von|bin|al|el)\s+){0,2}[A-Z][\w’'-]+"
)
PAPERS = (
    r"(?:records?|data|figures?|numbers|statistics|documents?|papers?|reports?|estimates?|information|tables?|"
    r"stud(?:y|ies)|"
    r"surveys?|polls?|filings?|testimon(?:y|ies)|letters?|count|tally|calculations?|analys[ei]s|interviews?|bulletins?|"
    r"yearbooks?|registers?|newsletters?|leaflets?|pamphlets?|audits?|dossiers?|memos?|presentations?|"
    r"statements?|announcements?|press releases?|messages?|posts?|notices?|articles?|publications?|materials?|notes?|"
    r"investigations?|inquir(?:y|ies)|books?|reviews?|chapters?|white papers?)"
)
_TRAILING = re.compile(
    rf"(?:\s+(?:on\s+)?{DAYS}|\s+on (?:the )?\d+(?:st|nd|rd|th)|\s+(?:on|in)?\s*(?:{MONTHS}|\w+) \d{{1,2}}|"
    r"\s+(?:also|then|now|later|earlier|has|have|had|was|is|it|itself|secretly|recently|previously|had earlier|alone|"
    r"for the (?:period|years?|months?|quarter)|covering|having|"
    r"it had obtained|he|perhaps|once|this week|last \w+|who \w+))+\Z"
)
_LEADING = re.compile(
    rf"^(?:(?:on|in|by|at)\s+(?:{DAYS}|{MONTHS})\s+(?:\d+\s+)?|(?:{DAYS}|{MONTHS}) \d+\s+|"
    r"(?:the|an?|its|his|her|their|another|one|some|while|though|so|as|but|and|yet|nor|still|meanwhile|however|those|these|this|"
    r"that|both|(?:very )?same|two|three|four|"
    r"five|six|"
    r"several|many|most|other(?= [a-z]))\s+)+(?=\S)",
    re.IGNORECASE,
)
_AGENT = re.compile(  # "farmers", "economist", "trainee": nouns of those who do something
    r"(?<!numb)(?<!doll)(?<!quart)(?<!lett)(?<!pap)(?<!oth)(?<!matt)(?<!ord)(?<!cent)(?:er|or|ist|ian|man|men|ee)s?\Z"
)
_NO_OFFICE = frozenset(  # words that end as nouns of agents do
    [
        "for",
        "or",
        "nor",
        "over",
        "under",
        "after",
        "her",
        "other",
        "former",
        "later",
        "earlier",
        "never",
        "ever",
        "together",
        "whether",
        "rather",
        "senior",
        "junior",
        "prior",
        "interior",
        "per",
        "however",
        "another",
        "near",
        "three",
        "major",
    ]
)
_ROLE = re.compile(
    r"(?:head|chief|director|manager|minister|official|owner|governor|president|spokes\w+|leader|founder|author|"
    r"deputy)s?\Z"
)
_QUANTITY = re.compile(
    r"(?:hundreds|thousands|dozens|scores|tens|Hundreds|Thousands|Dozens|Scores|Tens) of |(?:[a-z]+ )?(?:number|"
    r"share|total|amount|value|cost|price|figure|sum|size|rate|pay|wages?|peak|average)s?"
    r"(?: (?:of|at|for)(?!\w)|\Z)"
)
_AFFILIATED = re.compile(
    r"(?P<person>(?:(?!(?:for|of|on|the|and|in|at|by) )[\w’'-]+ )*[A-Z][\w’'-]+ [A-Z][\w’'-]+) (?:of|at|from|with|"
    r"for|in) .+"
)
_PREPOSITION = re.compile(
    r"(?:in|on|at|by|from|of|across|to|for|with|during|after|before|since|under|about|over|as|within|some(?= \d)|"
    r"between)(?=\s)",
    re.IGNORECASE,
)
_PAPER_OF = re.compile(  # whose paper it is; by whom it was only seen
    r"(?:[\w-]+ ){0,3}?(?:"
    rf"{PAPERS}(?: [a-z]+(?:ed|en))? (?:from|by|at)|"
    r"(?:records?|data|figures|numbers|statistics|documents?|papers?|reports?|estimates?|information|letters?|"
    r"statements?|announcements?|testimony|messages?|posts?|notices?|research) of"
    r") (?P<whose>(?!\d).+)",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r".+? (?:compiled|released|published|issued|collected|gathered|prepared|provided|produced|made|written|kept|"
    r"filed) by "
    r"(?P<whose>.+)"
)
_WHOSE_PAPER = re.compile(
    r"(?P<whose>(?:[A-Z][\w.'’-]*|of|for|the|on)(?: (?:[A-Z][\w.'’-]*|of|for|the|"
    rf"on))*)(?:['’]s|(?<=s)['’]) (?:[\w-]+ ){{0,3}}(?:[Rr]eports?|statements?|announcements?|{PAPERS})"
    r"(?: (?:on|about|of|in|for|into|from|to|dated|published|released|issued) .+)?"
)
_MAKERS_OF = re.compile(  # whoever makes its papers speaks for the house
    r"(?:[\w-]+ ){0,2}?(?:researchers|academics|scholars|scientists|authors|staff|"
    r"journalists|reporters|editors|analysts|investigators) "
    r"(?:of|at|from|for|with) (?:[A-Z]\w+['’]s )?(?P<whose>(?:the )?[A-Z](?!.*(?:who|which|that)(?!\w)).*)"
)
_SEEN_BY = re.compile(
    r"(?P<what>.+?) (?:it |they )?(?:had |has |have )?(?:seen|obtained|reviewed|viewed|read|examined|cited|quoted|"
    r"received|"
    r"shared|shown|leaked|interviewed|contacted|reached)(?: by .+| with .+| to .+)?"
)
_AMONG = re.compile(
    r" (?:among|about|into|conducted|carried out|held|published|released|based|in (?:19|20)\d\d)(?!\w).*\Z"
)
_BASED = re.compile(r"\A(?:[\w-]+-(?:based|run|backed|led|owned|funded|controlled) )+(?:NGOs? )?(?=[A-Z])")
_PERSON_LAST = re.compile(
    r"(?P<office>.+?) (?:of|to|for|at|on|in) (?P<what>.+ )?(?P<person>[A-Z][\w’'-]+ [A-Z][\w’'-]+)"
)
_IN_PAPER = re.compile(  # "the embassy in a note to the panel said"
    r" in (?:an?|its|his|her|their) (?:[\w-]+ )?(?:note|letter|statement|post|reply|e-?mail|interview|speech|memo|"
    r"filing|message|briefing|submission)(?!\w).*\Z"
)
_ONE_PERSON = re.compile(r"\s*(?:[Oo]ne|[Aa]n?|[Aa]nother) ")  # "one Norlander said"
_FIRST_WORDS = re.compile(  # of a long phrase: up to its second preposition
    r"(?:(?!(?:of|in|at|on|for|from|with|who|that) )[\w’'-]+ ){0,4}(?!(?:of|in|at|on|for|from|with) )[\w’'-]+"
    r"(?: (?:in charge of|of|in|at|from|with|for) (?!(?:of|in|at|on|for|from|with|who|that) )[\w’'-]+"
    r"(?: (?!(?:of|in|at|on|for|from|with|who|that) )[\w’'-]+){0,4})?(?= )"
)
_HOUSE_OF = re.compile(  # "the researchers Morgenrot": several, by the name of their house
    r"(?:[A-Z]?[\w-]+ ){0,2}(?:researchers|journalists|reporters|campaigners|investigators|analysts|authors) "
    r"(?P<own>[A-Z][\w-]+(?: [A-Z][\w-]+)*)\Z"
)
_EXISTS = re.compile(r"\A(?:There|It|Here)(?:['’]s| is| was| are| were) (?:also |only )?", re.IGNORECASE)
_MOST_WORDS = 11
_OUTLET_LAST = re.compile(
    r"(?:[\w’'-]+ )*?(?:broadcaster|agency|service|newspaper|paper|outlet|channel|daily|magazine|website|station|"
    r"portal|weekly|tabloid) "
    r"(?P<own>[A-Z].*)\Z"
)
_EMPTY = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "some",
        "this",
        "that",
        "there",
        "these",
        "those",
        "numbers",
        "who",
        "which",
    }
)
_WEEKDAY = re.compile(rf"(?:on )?{DAYS}")
_OF_WHOM = re.compile(r"\s*(its|their|his|her) ", re.IGNORECASE)
_TO_WHOM = re.compile(r" (?:to|for|on|about|into) .*")  # "its report to the committee"
_OPENING_DAYS = re.compile(  # "for mid-2025 Jane Roe", "in late May the agency"
    r"\A(?:in|for|by|during|since|until|as of|from|at|on)\s(?:(?:the )?(?:end|start|middle|beginning|close|"
    r"(?:first|second) half) of )?(?:(?:early|late|mid)[- ])?"
    rf"(?:(?:{MONTHS} )?(?:19|20)\d\d|{MONTHS}|(?:the same|that|this|last) (?:year|month|week))\s"
    r"(?!(?:the )?[a-z]+ (?:of|to) )",
    re.IGNORECASE,
)
_YEARS_AWAY = re.compile(  # "A year earlier the same table"
    r"\A(?:(?:an?|one|two|three|some|several|\d) )?(?:year|month|week|decade)s? (?:earlier|later|before|ago),?\s(?=\w)",
    re.IGNORECASE,
)
_MEDIUM_OF = re.compile(  # "the website of the Lark Herald" is the Herald
    r"(?:[\w-]+ ){0,2}?(?:website|site|page|portal|edition|account) of (?:the )?(?P<whose>[A-Z].*)"
)
_COUNT_BEFORE = re.compile(
    r"(?<![\w’'-])(?P<count>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|"
    r"[Tt]en|[Aa] dozen|\d{1,2}) \Z"
)
_DEFINITE_BEFORE = re.compile(r"(?:the|these|those|both|all)\s\Z", re.IGNORECASE)
_COUNT = r"(?:(?:very )?same |two |three |four |several )?"
_BACK = re.compile(r"(?:[a-z-]+ ){0,2}[a-z-]+|Journal")
_ITS_REPORT = re.compile(
    r"(?P<outlet>.+?)(?:[’']s)? (?:report|story|article|dispatch|interview|investigation|analysis)"
)
_RECORD_END = re.compile(r"(?:records?|data|statistics|documents?|figures|filings|database|census)\Z")


def trimmed(name: str) -> str:
    """A phrase without articles, counts and words of time at its ends, and without the paper that holds the words."""
    name = _TRAILING.sub("", name.strip(" ,;:\"“”'-—–\n\t"))
    name = _BASED.sub("", _LEADING.sub("", _EXISTS.sub("", name.strip())))
    if seen := _SEEN_BY.fullmatch(name):
        name = seen["what"]
    if makers := _MAKERS_OF.fullmatch(name):
        name = makers["whose"]
    if house := _HOUSE_OF.fullmatch(name):
        name = house["own"]
    for pattern in (_MADE_BY, _PAPER_OF, _WHOSE_PAPER):
        if whose := pattern.fullmatch(name):
            name = _AMONG.sub("", _LEADING.sub("", whose["whose"]))
            break
    if medium := _MEDIUM_OF.fullmatch(name):
        name = medium["whose"]
    name = _IN_PAPER.sub("", name)
    name = re.sub(r"\Aof (?:the |these |those )?", "", name)  # "one of the escapees"
    name = re.sub(r"(?: (?:in|on|at|of|for|to|from|by|with))+\Z", "", name)
    return name.removeprefix("the ").strip(' ,;:"“”-—–')


def after_adverbial(words: str) -> str:
    """The subject after an opening phrase of time or place: "in September the agency" is the agency; else nobody."""
    name = words.strip(" ,;:\"“”'-—–\n\t")
    name = _LEADING.sub("", name) if re.match(rf"(?:on|in|by|at) (?:{DAYS}|{MONTHS})", name, re.IGNORECASE) else name
    name = _YEARS_AWAY.sub("", _OPENING_DAYS.sub("", name))
    if not _PREPOSITION.match(name):
        return name
    article = list(re.finditer(r"(?<!\w)(?:the|an?|its|his)\s", name))
    for found in article[1:] if re.match(r"\w+ (?:an?|the|his|its|her) ", name) else article:
        rest = name[found.end() :]
        if _ROLE.search(head_noun(rest, "en")):  # "in an interview the head of a firm": the head
            return rest
    return name[article[-1].end() :] if article and article[-1].start() > 6 else ""


def made(
    sentence: Sentence, name: str, at: Hit, covers: Hit, depth: int = SPEAKER, raw: str = "", *, sure: bool = False
) -> Source | None:
    """A source, if the words can name one: a capital, a noun of sources, or a word that points back.

    `sure` says that the grammar leaves no doubt (whoever "told" somebody), so that any noun will do.
    """
    raw = raw or name
    name = trimmed(name)
    if len(name.split()) > _MOST_WORDS:
        name = shortest(sentence, name)
    if sure and len(name.split()) > _MOST_WORDS and (short := _FIRST_WORDS.match(name)):
        name = short.group()
    if not name or len(name.split()) > _MOST_WORDS or name.lower() in _EMPTY or _QUANTITY.match(name):
        return None
    if bare(name, sentence.language) or bare(raw.strip(), sentence.language):
        return Source(raw.strip() if bare(raw.strip(), sentence.language) else name, at, POINTER, covers)
    if _WEEKDAY.fullmatch(name) or (_is_adjective(sentence, name) and not _ONE_PERSON.match(raw)):
        return None
    if possessor := _possessor(sentence, name, raw):
        return Source(possessor, at, POINTER, covers)
    name = _counted(shortest(sentence, name), raw)
    if points_back(sentence, name, at, raw):
        return Source(name, at, POINTER, covers)
    if not sure and (not (CAPITAL.search(name) or _can_be_source(sentence, name)) or _heads_a_clause(name, sentence)):
        return None
    return _with_depth(sentence, name, at, covers, depth)


def _counted(name: str, raw: str) -> str:
    """ "Two officials": how many spoke belongs to who they are, where nobody is named."""
    if not name[:1].islower():
        return name
    at = raw.find(name)
    found = _COUNT_BEFORE.search(raw[:at]) if at > 0 else None
    definite = found and _DEFINITE_BEFORE.search(raw[: found.start()])
    return f"{found['count'].lower()} {name}" if found and not definite else name


def _possessor(sentence: Sentence, name: str, raw: str) -> str:
    """ "Its channel", "their survey", "its researchers": the pronoun of whoever was named before."""
    found = _OF_WHOM.match(raw)
    if not found:
        return ""
    name = _TO_WHOM.sub("", name)
    if len(name.split()) > 2 or CAPITAL.search(name.split()[-1]):
        return ""
    kind = role(name, sentence)[0]
    staff = kind == "person" and re.search(r"(?:researcher|author|staff|analyst|investigator|expert)s?\Z", name)
    if kind not in ("outlet", "paper") and not staff:
        return ""
    return {"its": "it", "their": "they"}.get(found[1].lower(), "he")


def _can_be_source(sentence: Sentence, name: str) -> bool:
    senses = ("source_head", "person_role", "body_role", "outlet_role", "paper_role")
    agent = _AGENT.search(head_noun(name, "en"))
    return bool(agent) or any(sentence.tongue.sense(sense).search(name) for sense in senses)


def _heads_a_clause(name: str, sentence: Sentence) -> bool:
    """Whether what stands before a preposition is a thing that cannot speak: "evolution of the war"."""
    head = head_noun(name, "en")
    before = name[: name.find(head) + len(head)]
    return head == before and not (CAPITAL.search(before) or _can_be_source(sentence, before))


def _with_depth(sentence: Sentence, name: str, at: Hit, covers: Hit, depth: int) -> Source:
    outlet = sentence.tongue.sense("outlet")
    if (known := _OUTLET_LAST.fullmatch(name)) and not sentence.tongue.sense("body_role").search(known["own"]):
        return Source(known["own"], at, OUTLET, covers)
    if (report := _ITS_REPORT.fullmatch(name)) and outlet.fullmatch(report["outlet"]):
        return Source(report["outlet"], at, OUTLET, covers)
    if _RECORD_END.search(name):
        depth = RECORD
    elif outlet.fullmatch(name) or outlet.fullmatch(f"the {name}") or role(name, sentence)[0] == "outlet":
        depth = OUTLET
    return Source(name, at, depth, covers)


def shortest(sentence: Sentence, name: str) -> str:
    """The person alone, where a title stands before the full name or a body after it; a known body alone."""
    tongue = sentence.tongue
    role_of, body = tongue.sense("person_role"), tongue.sense("body_role")
    if (match := _AFFILIATED.fullmatch(name)) and not body.search(match["person"]):
        name = match["person"]
    words = name.split()
    for size in (3, 2):
        person = " ".join(words[-size:])
        before = words[-size - 1] if len(words) > size else ""
        titled = bool(role_of.fullmatch(before)) or (
            before.islower() and before not in _NO_OFFICE and bool(_AGENT.search(before))
        )
        if titled and PERSON.fullmatch(person) and not (tongue.places.search(person) or body.search(person)):
            return person
    if (
        (office := _PERSON_LAST.fullmatch(name))
        and role_of.search(office["office"])
        and _ends_as_noun(sentence, office)
    ):
        return office["person"]
    if known := tongue.sense("known_body").search(name):
        whole = role(name, sentence)[0] == "person" and known.end() < len(name)
        return name if whole else known.group()
    return name


def _ends_as_noun(sentence: Sentence, office: re.Match[str]) -> bool:
    """Whether an office ends before the name: "head of the region Jane Roe", "envoy to South Norland Jane Roe"."""
    what, tongue = (office["what"] or "").strip(), sentence.tongue
    person = tongue.places.search(office["person"]) or tongue.sense("body_role").search(office["person"])
    last = what.split(" ")[-1]
    return not person and bool(last) and (last.islower() or bool(tongue.places.search(what)))


def points_back(sentence: Sentence, name: str, at: Hit, raw: str) -> bool:
    """ "He", "the paper", "those groups": a definite noun of sources in small letters, named before."""
    if sentence.tongue.sense("back").fullmatch(name):
        return True
    whole = raw or sentence.text[max(sentence.start, at.start - 8) : at.end]
    definite = re.search(rf"(?<!\w)(?:[Tt]he|[Tt]h[oe]se|[Tt]his|[Tt]hat|[Bb]oth) {_COUNT}{re.escape(name)}", whole)
    return bool(definite) and bool(_BACK.fullmatch(name)) and bool(role(name, sentence)[0])


def _is_adjective(sentence: Sentence, name: str) -> bool:
    """A demonym alone names no source: its noun ("estimates", "reports") was taken for the verb."""
    return bool(re.search(r"(?:an|ese|ish)\Z", name)) and bool(sentence.tongue.places.fullmatch(name))
