"""Attribution in English: "X said", "said X", "according to X", "citing X", "X's estimate", "X records show"."""

from __future__ import annotations

import re

from tallystick.claims.reading.cast import bare, head_noun, role
from tallystick.claims.reading.names_en import CAPITAL, PAPERS, PERSON, after_adverbial, made, trimmed
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source
from tallystick.claims.reading.subjects_en import CALLED, DAYS, FINITE, MONTHS, subject

_RIGHT_END = re.compile(
    r"[,;:()\"“”—–]|(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!Gen)(?<!Lt)(?<!Prof)"
    r"(?<!\.[A-Z])(?<! [A-Z])\.(?=\s|\Z)|\s-+\s|(?<!\w)(?:that|and|but|"
    r"while|whereas|though|although|which|who|whom|whose|"
    rf"on (?:{DAYS}|{MONTHS}|its|his|her|their)|{DAYS}|in (?:an?|its|his|the|19|20|early|late|{MONTHS})|"
    r"last|this|earlier|later|after|before|during|citing|quoting|they|there|it|from|about|more|up|at least|by|"
    r"is|are|was|were|show(?:s|ed)?|said|says|told|to|had|has|have|some|"
    r"as (?:saying|claiming|telling|stating|reporting|putting)|with|when|where|if|\d[\d,.]*)(?!\w)"
)
_CALLED_AFTER = re.compile(
    r"(?:\s?(?:to|in|for|of) [^,.;]{3,40})?, (?P<name>(?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)(?=[,.;]|\Z)"
)
_COLON = re.compile(r"(?P<name>(?:the )?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,5}): ")
_ALL_CAPITAL = re.compile(r"(?:[Tt]he )?(?:[A-Z][\w.’'-]*|of|for|on|and|the)(?: (?:[A-Z][\w.’'-]*|of|for|on|and|the))*")
_IN_BRACKETS = re.compile(r"\((?P<name>(?:the )?[A-Z][^()\d]{2,50})\)(?=[.!?]?\Z)")
_AFTER_COLON = re.compile(r":\s(?P<name>[A-Z][\w’'.]*(?: [\w’'.]+){0,4})\Z")
_LINE_END = re.compile(r"(?:\s[-—–]|:)\s(?P<name>[A-Z][\w’'.]*(?: [A-Z][\w’'.]*){0,5})\Z")
_NOT_SAYING = re.compile(
    r"\s+(?:to (?:be|have)|(?:range|vary|are|were|down|off|up|out) |down\.|(?:what|whether|why|if) )"
)
_STILL_HIS = re.compile(r", and (?:each|they|them|their|most|all|both|many|some|it|its|the|these|those|that)(?!\w)")
_SPEECH = ("said", "say", "told", "add", "wrote", "gave", "estimat", "not", "claim", "put", "report")
_PAPERS_OF = re.compile(
    rf"\s*(?:the |an? )?(?:[\w-]+ )?{PAPERS}(?: (?:obtained|released|published|filed|issued))? (?:of|from|by)(?= )"
)
_PAPERS_BY = re.compile(rf"\s*(?:the |an? )?(?:[\w-]+ ){{0,2}}?{PAPERS} [^,.;:()]{{0,50}}? by(?= (?:the )?[A-Z])")
_PAPERS_THAT = re.compile(
    rf"\s*(?:the |an? )?(?:[\w-]+ )?{PAPERS} (?:that|which) (?P<whose>[^,;:.]{{3,40}}?) (?:filed|sent|gave|wrote|"
    rf"made|released|published|submitted|issued)"
)
_OWN = (  # a noun of reckoning, with whatever describes it
    r"(?:own |latest |official |rough |recent |new |annual |preliminary )*"
    r"(?:estimates?|count|counts|tall(?:y|ies)|guess(?:es)?|reckoning|calculations?|figures?|assessments?|range|"
    r"projections?|"
    r"forecasts?|numbers|data|statistics|records|analysis|survey|study|report|poll)"
)
_GENITIVE = re.compile(
    rf"(?<![\w-])(?P<name>(?:[Tt]he |[Aa]n? )?(?:[\w.-]+ ){{0,4}}[\w.-]+)(?:['’]s|(?<=s)['’]) {_OWN}(?!\w)"
)
_BY_NAME = re.compile(  # "an Ilsan tally reaches", "by the Fund's estimates", "Ruritanian estimates put"
    rf"(?<![\w-])(?P<name>(?:the )?(?:(?!By )[A-Z][\w.’-]*\s){{1,4}}(?:(?:intelligence|government|ministry|"
    rf"media) )?)(?!(?:figure|range)(?!s)){_OWN}"
    r"(?=[,.;)]| (?:put|say|suggest|place|show|range|reach|come|stand|point|indicate|is |are |of |that |for |from |"
    r"at ))"
)
_BY_ESTIMATES = re.compile(rf"(?<!\w)[Bb]y (?P<name>(?:the )?(?:[A-Z][\w.’-]*\s){{1,4}}){_OWN}(?!\w)")
_SAID_OF = re.compile(r"(?<!\w)(?:said|reported|believed|thought|estimated|reportedly|is|are|was|were|be|been) *\Z")
_FROM = re.compile(r"(?<!\w)from (?P<name>(?:[A-Z][\w’']+ ){1,4}(?:records|data|statistics|documents|figures))")
_TO_WHOM = frozenset({"told", "tells", "tell", "informed", "informs"})  # the noun that follows is who was told
_INVERTED = re.compile(
    r"[,\"”’]\s*(?:[-—–]\s)?(?:or )?(?:so )?(?:(?:has|have|had) )?\Z|(?<!\w)[Ss]o \Z|[,\"”’] (?:as|so) \Z"
)
_DASHED = re.compile(r"[,\"”’]\s*[-—–]\s(?:(?:has|have|had) )?\Z")  # direct speech after a dash
_IN_HOUSE = re.compile(r"\s*(?:In|At) (?:the )?(?P<house>(?:(?!the |an? )[\w-]+ ){0,4}[\w-]+)")
_SPEAKS = re.compile(r"(?:told|said|say|consider|believe|think|not|inform|report|emphas|expla|stat|confirm|add|clarif)")
_IN_WORDS = re.compile(
    r"(?<!\w)(?:[Bb]y|[Ii]n|[Oo]n|[Ff]rom) (?P<name>(?:the )?(?:[\w.-]+ ){0,3}[\w.-]+)(?:['’]s|(?<=s)['’]) (?:own )?"
    r"(?:words?|account|view|opinion|telling|version|reading|admission)(?!\w)"
)
_NOTED_SOURCE = re.compile(r"[(\[]\s?[Ss]ources?: (?P<name>[^()\]]{3,60})[)\]]")
_HOPES = re.compile(r"hope|expect|foresee|envisag|sees|wants")
_NO_NAME = re.compile(r"(?:such an?|this|that|these|those|it|what|there|here) (?:\S+ ){3,}", re.IGNORECASE)
_CLAUSE_END = re.compile(r";|, (?:and|but|while|whereas|though|although) ")
_VERB_FIRST = re.compile(r"\W*(?:As|How|Thus|About (?:this|it|that)(?: \w+)?) ")
_INSIDE = re.compile(
    r" in (?:the |its )?(?P<name>(?:[\w-]+ ){0,2}(?:minist|agenc|embass|service|department|office|"
    r"committee)[^,.;:]{0,40})"
)
_QUOTED_NAME = re.compile(r"\s*(?:the )?(?P<noun>(?:[\w-]+ ){0,2}[a-z-]+) [\"“«](?P<own>[^\"”»]{2,40})[\"”»]")
_NO_SUBJECT = re.compile(
    r"\s*(?:to|in|on|at|by|for|from|of|with|as|after|before|into|that|it|how|why|whether|a lot|up)(?!\w)"
)
_HIS_WORDS = re.compile(
    r"(?<!\w)(?:[Bb]y|[Ii]n|[Oo]n|[Ff]rom|[Aa]ccording to|[Pp]er|[Aa]fter) (?P<who>his|her|their|its) (?:own )?"
    r"(?:words?|count|reckoning|estimates?|account|view|opinion|telling|calculations?|data|figures|assessment|"
    r"version|estimation|judge?ment|information)(?!\w)"
)
_LOOKS_BACK = re.compile(  # "This was reported by X", "So says X": told of the sentence before
    r"(?:So (?:says?|said|claim(?:s|ed)?|report(?:s|ed)?|state[sd]?|reckon(?:s|ed)?|estimate[sd]?|told|writes?|wrote)|"
    r"(?:That|This|It|Such) (?:is|was) (?:the|at least the) (?:\w+ )?(?:calculation|estimate|"
    r"count|view|opinion|conclusion|"
    r"assessment|figure|reckoning)(?= (?:of|by|from))|(?:At least )?(?:[Tt]hat|[Tt]his|[Ii]t) (?:is|"
    r"was) (?:at least )?what|(?:This|That|It|"
    r"(?:The|These|Those|Such) (?:news|figures?|numbers?|estimates?|data|"
    r"information|forecast|"
    r"details)) (?:was|were|is|are|has been|have been|comes?|came) (?:reported|announced|told|said|stated|given|"
    r"disclosed|"
    r"published|confirmed|written|made|provided|cited|from)|(?:About|Of) (?:it|this|that)(?!\w))"
)
_TELLER = re.compile(
    r"(?<!\w)(?:by|from|(?:calculation|estimate|count|view|opinion|conclusion|assessment|figure|reckoning) of)(?= )"
)
_CITES = re.compile(r"citing|learn|cites|cited|quotes|quoted|with |on the |quoting|referring|relying")
_NAME_AT_END = re.compile(
    r"(?:.*(?<!\w)(?:the|an?|its|his|her|their|that|and|of|by|in|on|from)\s)?(?P<name>.+)", re.IGNORECASE
)
_OPENS_PHRASE = re.compile(
    r"(?:In|On|At|For|During|After|Before|Under|With|By) (?!.*(?<!\w)(?:in|of|from|for|to) [A-Z]\w+\Z)"
)
_LAST_NAME = re.compile(r"(?P<name>(?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+)\Z")
_CAPITALS_AT_END = re.compile(r".*?(?<!\w)[a-z]+ (?P<name>(?:[A-Z][\w.-]*\s?)+)")
_WORD_BEFORE = re.compile(r"[\w’'-]+\s*\Z")
_MAY_BE_NOUN = re.compile(r"(?:report|estimate|claim|count|state|show|quote|note|mention)s?|stress|finds|puts")
_STATES_IN = re.compile(r"\s+(?:that|in (?:an?|its|his|her|their|the)) ")
_BEFORE_NOUN = re.compile(
    r"(?:an?|the|its|his|her|their|this|that|these|those|each|every|some|any|no|own|new|latest|recent|first|second|"
    r"third|"
    r"last|annual|yearly|monthly|final|joint|member|official|in|of|from|by|on|for|with|\w+['’]s|\w+s['’])",
    re.IGNORECASE,
)
_FINITE_NEXT = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|said|says?|puts?|issued|granted|filed|sent|show|suggest)(?!\w)"
)
_IN_PAPERS = re.compile(  # "according to interim reports of": a noun, with the preposition before it
    r"(?:\A|[,;:] )\W*(?:according to|in|by|from|per|based on|citing|with) (?:[\w’'-]+ ){0,4}\Z", re.IGNORECASE
)
_IN_QUOTES = re.compile(r"\s*[\"“](?=[A-Za-z][\w -]{3,60}[.,]?[\"”])")
_AS_SAYING = re.compile(r" [\w -]{3,50}? as (?:saying|claiming|telling|stating|reporting|putting)(?!\w)")
_SO_MANY = re.compile(r"\s*(?:the |some |about )?\d[\d,.]* (?=[A-Za-z])")
_OF_WHOM = re.compile(r"\s+(?:of|from|by)(?!\w)")
_DETERMINER = re.compile(r"an?|the|its|his|her|their|our|my|your|no|any|each|every", re.IGNORECASE)
_NOT_TO_SAY = re.compile(r"(?:to|all|not|never|cannot|could|\w+n['’]t)")


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of an English sentence."""
    found = [
        *_before_colon(sentence),
        *_verbs(sentence),
        *_prepositions(sentence),
        *_estimates(sentence),
        *_in_brackets(sentence),
        *_at_line_end(sentence),
    ]
    if _LOOKS_BACK.match(sentence.words):
        found = [source._replace(looks_back=True) for source in found]
    if any(source.cited for source in found):
        found = [_relay(sentence, source) for source in found]
    return tuple(sorted(found, key=lambda source: source.hit.start))


def _relay(sentence: Sentence, source: Source) -> Source:
    """Whoever names another as the source passes on, unless it is a person: a person's name has no article."""
    passes = not source.cited and source.depth == SPEAKER and _ALL_CAPITAL.fullmatch(source.name)
    person = PERSON.fullmatch(source.name) and not re.search(rf"(?<!\w)[Tt]he {re.escape(source.name)}", sentence.words)
    return source._replace(depth=OUTLET) if passes and not person else source


def _verbs(sentence: Sentence) -> list[Source]:
    found: list[Source] = []
    back = bool(_LOOKS_BACK.match(sentence.words))
    for verb in sentence.hits("says"):
        if _NOT_SAYING.match(sentence.text, verb.end) or not _is_verb(sentence, verb):
            continue
        source = _subject(sentence, verb) or _inverted(sentence, verb)
        if source is not None:
            found.append(source._replace(looks_back=back))
            found.extend(_told(sentence, verb))
    if (
        back
        and not (found and sentence.words.startswith("So "))
        and (teller := _TELLER.search(sentence.text, sentence.start, sentence.end))
    ):
        source = _right(sentence, teller.end(), Hit(sentence.start, sentence.end), SPEAKER, sure=True)
        found.extend([source._replace(looks_back=True)] if source else [])
    return found


def _is_verb(sentence: Sentence, verb: Hit) -> bool:
    """Whether a word that may be a noun ("report", "states") says something here, and does so ("did not say")."""
    word = sentence.text[verb.start : verb.end]
    before = _WORD_BEFORE.search(sentence.text, sentence.start, verb.start)
    previous = before.group().strip() if before else ""
    if (
        _MAY_BE_NOUN.fullmatch(word)
        and not (word == "states" and _STATES_IN.match(sentence.text, verb.end))
        and (_of_noun(sentence, previous) or _FINITE_NEXT.match(sentence.text, verb.end))
    ):
        return False
    if (
        _MAY_BE_NOUN.fullmatch(word)
        and _OF_WHOM.match(sentence.text, verb.end)
        and _IN_PAPERS.search(sentence.text[sentence.start : verb.start])
    ):
        return False
    return not (_NOT_TO_SAY.fullmatch(previous) or _DETERMINER.fullmatch(previous))


def _of_noun(sentence: Sentence, previous: str) -> bool:
    """Whether a word before "report" or "states" makes it a noun: an article, an adjective, a union."""
    return bool(_BEFORE_NOUN.fullmatch(previous) or sentence.tongue.sense("union").fullmatch(previous))


def _says(sentence: Sentence, verb: Hit) -> bool:
    """Whether a word can be nothing but a verb here: "states in a report", "says that"."""
    return bool(_STATES_IN.match(sentence.text, verb.end)) and _is_verb(sentence, verb)


def _subject(sentence: Sentence, verb: Hit) -> Source | None:
    """Whoever stands before a verb of saying and does it."""
    if _SAID_OF.search(sentence.text[sentence.start : verb.start]):
        return None
    phrase = subject(sentence, verb.start)
    if phrase is None:
        return None
    word = sentence.text[verb.start : verb.end]
    if any(phrase.start < other.start < verb.start and _says(sentence, other) for other in sentence.hits("says")):
        return None  # no noun phrase: somebody says something in it
    name = after_adverbial(phrase.words)
    if house := _within_house(sentence, phrase.words, word):
        name = house
    if state := _state_at_end(sentence, phrase.words):
        name = state
    if _NO_NAME.match(name):  # a clause whose verb is none that is known
        capitals = _CAPITALS_AT_END.fullmatch(trimmed(name))
        name = capitals["name"] if capitals else ""
    if phrase.relative and (last := _LAST_NAME.search(phrase.words)) and FINITE.search(trimmed(name)):
        name = last["name"]  # "he met Jane Roe, who said"
    if FINITE.search(trimmed(name)):
        return None
    covers = _covered_by_verb(sentence, word, verb, phrase.start)
    if called := next((found for aside in phrase.asides if (found := CALLED.match(aside))), None):
        return Source(called["name"], verb, SPEAKER, covers)
    raw = phrase.words
    if named := next((aside for aside in phrase.asides if _is_name_of(sentence, name, aside)), ""):
        name, raw = after_adverbial(named), named
    source = made(sentence, name, verb, covers, raw=raw, sure=word in _TO_WHOM)
    if source is not None and _HOPES.match(word) and not _is_person(sentence, source.name):
        return None  # a State's or a firm's wish is told by somebody else
    if source is None or (phrase.words.strip().lower() in ("they", "it") and not _speech(sentence, verb)):
        return None
    if phrase.relative:
        return source._replace(carries=False, covers=Hit(min(phrase.start, verb.start), sentence.end))
    return source


def _within_house(sentence: Sentence, words: str, verb: str) -> str:
    """ "In the ministry told that": a body or a capital in which it is said, by nobody else."""
    found = _IN_HOUSE.fullmatch(words.rstrip()) if _SPEAKS.match(verb) else None
    if found is None or sentence.tongue.sense("sender").search(found["house"]):
        return ""
    body = role(head_noun(found["house"], "en"), sentence)[0] == "body"
    return found["house"] if body or sentence.tongue.places.fullmatch(found["house"]) else ""


def _state_at_end(sentence: Sentence, words: str) -> str:
    """ "In its report to the panel Norland counted": the State that stands after an opening phrase, without a comma."""
    last = _CAPITALS_AT_END.fullmatch(words.strip()) if _OPENS_PHRASE.match(words.strip()) else None
    return last["name"] if last and sentence.tongue.places.fullmatch(last["name"]) else ""


def _is_person(sentence: Sentence, name: str) -> bool:
    if sentence.tongue.sense("body_role").search(name) or sentence.tongue.places.search(name):
        return False
    return bool(PERSON.fullmatch(name) or role(name, sentence)[0] == "person" or name in ("he", "she", "He", "She"))


def _speech(sentence: Sentence, verb: Hit) -> bool:
    """Whether "it" or "they" can be the speaker: not in "they found work"."""
    word = sentence.text[verb.start : verb.end]
    return word.startswith(_SPEECH) or sentence.text.startswith(" that ", verb.end)


def _is_name_of(sentence: Sentence, name: str, aside: str) -> bool:
    """Whether an aside is the name of what stands before it: "the labour minister, Jane Roe, said"."""
    if bare(name.strip(), "en"):
        return bool(re.match(r"(?:the )?[A-Z]", aside))  # "one of them, the Lark Institute, said"
    kind = role(head_noun(trimmed(name), "en"), sentence)[0] if trimmed(name) else ""
    if kind in ("body", "outlet") and trimmed(name).islower():  # "the firm, Norland Steel, said"
        return bool(_ALL_CAPITAL.fullmatch(aside)) and not sentence.tongue.places.fullmatch(aside)
    return bool(kind == "person" and PERSON.fullmatch(aside) and not sentence.tongue.places.search(aside))


def _covered_by_verb(sentence: Sentence, word: str, verb: Hit, subject_at: int) -> Hit:
    """ "X records show N" covers what follows; other verbs of saying cover their sentence."""
    bracket = _bracket(sentence, verb)
    if bracket is not None:
        return bracket
    if sentence.text[verb.end : verb.end + 6] == " that ":  # not what another clause before it says
        clauses = [match.end() for match in _CLAUSE_END.finditer(sentence.text, sentence.start, verb.start)]
        return Hit(clauses[-1] if clauses else sentence.start, sentence.end)
    if re.search(r"(?:that|which) \Z", sentence.text[sentence.start : subject_at + 1].rstrip() + " "):
        return Hit(sentence.start, sentence.end)  # "the number that officials gave"
    after = word.startswith(("show", "suggest", "indicat", "put", "count", "gave", "spoke"))
    ends = not re.search(r"\w", sentence.text[verb.end : sentence.end])  # "N, police records show."
    return Hit(verb.start if after and not ends else sentence.start, sentence.end)


def _inverted(sentence: Sentence, verb: Hit) -> Source | None:
    """ "..., says X" and ", wrote X of Y": the source follows its verb."""
    left = sentence.text[sentence.start : verb.start]
    first = bool(_VERB_FIRST.fullmatch(left))
    dashed = _DASHED.search(left)
    told = sentence.text[verb.start : verb.end] in _TO_WHOM and not (first or dashed)
    if told or not (_INVERTED.search(left) or first):
        return None
    inside = _INSIDE.match(sentence.text, verb.end, sentence.end)  # "noted in the ministry"
    if inside and sentence.tongue.sense("body_role").search(inside.group()):
        return _right(sentence, inside.start("name"), Hit(sentence.start, sentence.end), SPEAKER)
    if _NO_SUBJECT.match(sentence.text, verb.end):
        return None  # ", noted in a ledger,": a participle
    return _right(sentence, verb.end, Hit(sentence.start, sentence.end), SPEAKER)


def _told(sentence: Sentence, verb: Hit) -> list[Source]:
    """ "X told Y": Y passes it on."""
    if not sentence.text[verb.start : verb.end].startswith("t"):
        return []
    outlet = [hit for hit in sentence.hits("outlet") if 0 <= hit.start - verb.end <= 8]
    return [
        Source(sentence.text[hit.start : hit.end].removeprefix("the "), hit, OUTLET, Hit(sentence.start, sentence.end))
        for hit in outlet
    ]


def _right(sentence: Sentence, start: int, covers: Hit, depth: int, *, sure: bool = False) -> Source | None:
    if papers := _PAPERS_BY.match(sentence.text, start, sentence.end):
        start = papers.end()  # "a study of images by the Orchard Project": the project
    elif papers := _PAPERS_OF.match(sentence.text, start, sentence.end):
        start = papers.end()  # "according to records from a ministry": the ministry
    if filed := _PAPERS_THAT.match(sentence.text, start, sentence.end):
        return made(sentence, filed["whose"], Hit(*filed.span("whose")), covers, depth, sure=True)
    if named := _QUOTED_NAME.match(sentence.text, start, sentence.end):
        kind = role(trimmed(named["noun"]), sentence)[0]
        if kind in ("outlet", "body"):  # 'the newspaper "Dawn"'
            at = Hit(*named.span("own"))
            return Source(named["own"], at, max(depth - 1, OUTLET) if kind == "outlet" else depth, covers)
    if quoted := _IN_QUOTES.match(sentence.text, start, sentence.end):
        start = quoted.end()  # 'citing "diplomats in the Gulf"'
    if many := _SO_MANY.match(sentence.text, start, sentence.end):
        start = many.end()  # "according to reports of 35 member states": the states
    end = _RIGHT_END.search(sentence.text, start + 1, sentence.end)
    stop = end.start() if end else sentence.end
    if end and end.group() == "(":  # a short name in brackets belongs to the name
        close = sentence.text.find(")", stop, stop + 9)
        stop = close + 1 if close > 0 else stop
    if end and end.group() == "and" and _lone_adjective(sentence, sentence.text[start:stop]):
        further = _RIGHT_END.search(sentence.text, end.end() + 1, sentence.end)  # "Western and Russian diplomats"
        stop = further.start() if further else sentence.end
    name = trimmed(sentence.text[start:stop])
    if end and end.group() in (",", "to") and sentence.tongue.sense("person_role").search(name):
        called = _CALLED_AFTER.match(sentence.text, stop, sentence.end)  # "the head of the institute, Jane Roe,"
        if called and not sentence.tongue.places.search(called["name"]):
            name = called["name"]
    return made(sentence, name, Hit(start, stop), covers, depth, raw=sentence.text[start:stop], sure=sure)


def _lone_adjective(sentence: Sentence, words: str) -> bool:
    """Whether one word without a noun stands there: it shares the noun that follows "and"."""
    name = trimmed(words)
    return bool(re.fullmatch(r"[A-Za-z]+(?:ern|an|ese|ish|al|ic)", name)) and not role(name, sentence)[0]


def _prepositions(sentence: Sentence) -> list[Source]:
    found: list[Source] = []
    for hit in sentence.hits("according"):
        word = sentence.text[hit.start : hit.end].lower()
        if word == "from" or (word == "by" and not _opens_with_by(sentence, hit)):
            continue
        source = _right(
            sentence,
            hit.end,
            _covered_by_phrase(sentence, hit),
            RECORD if _CITES.match(word) else SPEAKER,
            sure=word == "according to" or bool(_AS_SAYING.match(sentence.text, hit.end, sentence.end)),
        )
        if source is not None and not sentence.tongue.sense("sender").search(source.name):
            found.append(source._replace(cited=bool(_CITES.match(word))))
    for match in _IN_WORDS.finditer(sentence.text, sentence.start, sentence.end) if _possessive(sentence) else ():
        whole = Hit(sentence.start, sentence.end)
        owner = made(sentence, match["name"], Hit(*match.span("name")), whole, raw=match["name"])
        found.extend([owner] if owner else [])
    for match in _HIS_WORDS.finditer(sentence.text, sentence.start, sentence.end):
        word = {"its": "it", "their": "they", "his": "he", "her": "she"}[match["who"]]
        found.append(Source(word, Hit(*match.span()), POINTER, Hit(sentence.start, sentence.end)))
    return found


def _opens_with_by(sentence: Sentence, hit: Hit) -> bool:
    """ "By Daily Lark, ...": a name at the head of its sentence, and no day or place."""
    named = re.compile(r" (?P<name>(?:the )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*),").match(sentence.text, hit.end)
    if hit.start != sentence.start or named is None:
        return False
    return bool(
        sentence.tongue.sense("outlet").fullmatch(named["name"])
        or sentence.tongue.sense("body_role").search(named["name"])
    )


def _covered_by_phrase(sentence: Sentence, hit: Hit) -> Hit:
    """ "..., according to X, and" covers what stands before it, at the head of a sentence what follows."""
    if (
        sentence.text[hit.start : hit.end].lower().startswith(("citing", "quoting", "cites"))
        or hit.start - sentence.start < 12
    ):
        return Hit(sentence.start, sentence.end)
    comma = sentence.text.find(", and ", hit.end, sentence.end)
    ends = comma > 0 and not _STILL_HIS.match(sentence.text, comma)
    return Hit(sentence.start, comma if ends else sentence.end)


def _in_brackets(sentence: Sentence) -> list[Source]:
    """ "N (Lark Institute)." at a sentence's end: a body or an outlet that is noted as the source."""
    if noted := _NOTED_SOURCE.search(sentence.text, sentence.start, sentence.end):
        source = made(sentence, noted["name"], Hit(*noted.span("name")), Hit(sentence.start, sentence.end), sure=True)
        return [source._replace(carries=False)] if source else []
    match = _IN_BRACKETS.search(sentence.text, sentence.start, sentence.end)
    if match is None:
        return []
    name, tongue = trimmed(match["name"]), sentence.tongue
    body = tongue.sense("body_role").search(name) or tongue.sense("outlet").fullmatch(name)
    if not body or _follows_name(sentence, match.start()):
        return []
    source = made(sentence, name, Hit(*match.span("name")), Hit(sentence.start, sentence.end))
    return [source] if source else []


def _at_line_end(sentence: Sentence) -> list[Source]:
    """ "Crews reach the port - Lark Institute": the source of a headline."""
    match = _LINE_END.search(sentence.words)
    colon = _AFTER_COLON.search(sentence.words)
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


def _before_colon(sentence: Sentence) -> list[Source]:
    """ "Customs: crews reach the port": who speaks in a headline."""
    match = _COLON.match(sentence.text, sentence.start, sentence.end)
    if match is None:
        return []
    name, tongue = match["name"], sentence.tongue
    if tongue.places.fullmatch(name) or tongue.sense("sender").search(name):
        return []
    known = tongue.sense("known_body").fullmatch(name) or tongue.sense("outlet").fullmatch(name)
    if not _ALL_CAPITAL.fullmatch(name) and not re.fullmatch(r"(?:the |The )?[a-z]+", name):
        return []
    if not (known or tongue.sense("body_role").search(name) or role(name, sentence)[0] == "person"):
        return []
    source = made(sentence, name, Hit(*match.span("name")), Hit(sentence.start, sentence.end))
    return [source] if source else []


def _follows_name(sentence: Sentence, place: int) -> bool:
    """Whether a bracket stands after a name, which it then shortens or explains."""
    words = sentence.text[sentence.start : place].split()
    return bool(words) and words[-1][:1].isupper()


def _possessive(sentence: Sentence) -> bool:
    """Whether a sentence has an apostrophe at all: looking for what may stand before one takes long."""
    return any(sentence.text.find(sign, sentence.start, sentence.end) >= 0 for sign in "'’")


def _estimates(sentence: Sentence) -> list[Source]:
    """ "Human Bridge's own count", "an Ilsan tally": whose reckoning it is."""
    found = []
    for match in (
        *(_GENITIVE.finditer(sentence.text, sentence.start, sentence.end) if _possessive(sentence) else ()),
        *_BY_ESTIMATES.finditer(sentence.text, sentence.start, sentence.end),
        *_BY_NAME.finditer(sentence.text, sentence.start, sentence.end),
    ):
        source = _reckoner(sentence, match)
        if source is not None:
            found.append(source)
    for match in _FROM.finditer(sentence.text, sentence.start, sentence.end):
        semicolon = sentence.text.rfind(";", sentence.start, match.start())
        following = sentence.text.find(";", match.end(), sentence.end)
        covers = Hit(semicolon if semicolon > 0 else sentence.start, following if following > 0 else sentence.end)
        found.append(Source(trimmed(match["name"]), Hit(*match.span("name")), RECORD, covers))
    return found


def _reckoner(sentence: Sentence, match: re.Match[str]) -> Source | None:
    words = match["name"].strip()
    name = trimmed((_CAPITALS_AT_END.fullmatch(words) or _NAME_AT_END.fullmatch(words) or match)["name"])
    tongue = sentence.tongue
    if (
        not name
        or name.lower() in ("it", "this", "that", "last year", "year", "today")
        or tongue.sense("sender").search(name)
    ):
        return None
    heads = (tongue.sense(sense).search(name) for sense in ("source_head", "person_role"))
    if not (CAPITAL.search(name) or any(heads)) or FINITE.search(name):
        return None
    whole = match.group() if match.re is _BY_NAME and tongue.places.fullmatch(name) else name  # "Ruritanian estimates"
    at = max(match.start(), sentence.text.find(name, match.start()))
    covers = _covered_by_estimate(sentence, match, at)
    source = made(sentence, trimmed(whole), Hit(*match.span("name")), covers, raw=match["name"])
    return source._replace(carries=False) if source else None


def _covered_by_estimate(sentence: Sentence, match: re.Match[str], at: int) -> Hit:
    """An estimate in brackets covers the bracket; "by X estimates" its sentence; a subject what follows it."""
    bracket = _bracket(sentence, Hit(*match.span()))
    before = sentence.text[max(sentence.start, at - 8) : at].lower()
    if bracket or not re.search(r"(?<!\w)(?:by|in|on) ", before):
        return bracket or Hit(match.start(), sentence.end)
    return Hit(sentence.start, sentence.end)


def _bracket(sentence: Sentence, hit: Hit) -> Hit | None:
    """The brackets around a place of the text, if it stands in any: what is said there is said of nothing outside."""
    opened = sentence.text.rfind("(", sentence.start, hit.start)
    closed = sentence.text.find(")", hit.end, sentence.end)
    inside = opened >= 0 and closed > 0 and ")" not in sentence.text[opened : hit.start]
    return Hit(opened, closed) if inside else None
