"""Attribution in English: "X said", "said X", "according to X", "citing X", "X's estimate", "X records show"."""

from __future__ import annotations

import re

from tallystick.claims.reading.lines_en import at_line_end, before_colon, in_brackets, papers_told
from tallystick.claims.reading.names_en import PERSON, after_adverbial, made, trimmed
from tallystick.claims.reading.phrases_en import (
    ALL_CAPITAL,
    ANY_VERB,
    AS_SAYING,
    BEFORE_NOUN,
    BEFORE_SPEECH,
    BY_SOURCE,
    BY_WHOM,
    CALLED_AFTER,
    CAPITALS_AT_END,
    CITES,
    CLAUSE_END,
    CLOSES,
    DASHED,
    DETERMINER,
    ENDS_IN_PAPER,
    FINITE_NEXT,
    FIRST_TO,
    FOR_WHOM,
    HIS_WORDS,
    HOPES,
    IN_HOUSE,
    IN_PAPERS,
    IN_QUOTES,
    IN_WORDS,
    INSIDE,
    INVERTED,
    JOINED_CLAUSE,
    LAST_NAME,
    LOOKS_BACK,
    MAY_BE_NOUN,
    NO_NAME,
    NO_SPEECH,
    NO_SUBJECT,
    NOT_SAYING,
    NOT_TO_SAY,
    OF_WHOM,
    OFFICE_THEN_NAME,
    ONE_WHO,
    OPENS_PHRASE,
    PAPER_CITED,
    PAPERS_BY,
    PAPERS_OF,
    PAPERS_THAT,
    PRONOUN_FIRST,
    PRONOUN_LAST,
    PURE_SPEECH,
    QUOTED_NAME,
    READ_BY,
    RIGHT_END,
    SAID_OF,
    SO_MANY,
    SPEAKS,
    SPEECH,
    STATES_IN,
    STILL_HIS,
    TELLER,
    TELLS,
    TO_WHOM,
    VERB_FIRST,
    WORD_BEFORE,
)
from tallystick.claims.reading.reckonings_en import bracket, estimates, possessive
from tallystick.claims.reading.roles import bare, head_noun, role
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, RECORD, SPEAKER, Source
from tallystick.claims.reading.subjects_en import CALLED, FINITE, subject


def attributions(sentence: Sentence) -> tuple[Source, ...]:
    """All attributions of an English sentence."""
    found = [
        *before_colon(sentence),
        *_verbs(sentence),
        *_prepositions(sentence),
        *estimates(sentence),
        *in_brackets(sentence),
        *at_line_end(sentence),
    ]
    found = [source for source in found if not any(_runs_over(source, other) for other in found)]
    found = found or papers_told(sentence)
    if LOOKS_BACK.match(sentence.words):
        found = [source._replace(looks_back=True) for source in found]
    if any(source.cited for source in found):
        found = [_relay(sentence, source) for source in found]
    return tuple(sorted(found, key=lambda source: source.hit.start))


def _runs_over(source: Source, other: Source) -> bool:
    """Whether a name runs on into the verb with which another says something: "seen by Jane Roe show"."""
    inside = source.hit.start < other.hit.start and other.hit.end < source.hit.end
    return inside and source.name.startswith(f"{other.name} ")


def _relay(sentence: Sentence, source: Source) -> Source:
    """Whoever names another as the source passes on, unless it is a person: a person's name has no article."""
    passes = not source.cited and source.depth == SPEAKER and ALL_CAPITAL.fullmatch(source.name)
    person = PERSON.fullmatch(source.name) and not re.search(rf"(?<!\w)[Tt]he {re.escape(source.name)}", sentence.words)
    return source._replace(depth=OUTLET) if passes and not person else source


def _verbs(sentence: Sentence) -> list[Source]:
    found: list[Source] = []
    back = bool(LOOKS_BACK.match(sentence.words))
    for verb in sentence.hits("says"):
        if NOT_SAYING.match(sentence.text, verb.end) or not _is_verb(sentence, verb):
            continue
        first = back and VERB_FIRST.fullmatch(sentence.text[sentence.start : verb.start])
        source = _inverted(sentence, verb) if first else _closing(sentence, verb) or _subject(sentence, verb)
        source = source or _inverted(sentence, verb)
        if source is not None:
            found.append(source._replace(looks_back=back))
        if source is not None or re.search(r",\s*\Z", sentence.text[sentence.start : verb.start]):
            found.extend(_told(sentence, verb))
    if not found:
        found.extend(_any_verb(sentence))
    if (
        back
        and not (found and sentence.words.startswith("So "))
        and (teller := TELLER.search(sentence.text, sentence.start, sentence.end))
    ):
        source = _right(sentence, teller.end(), Hit(sentence.start, sentence.end), SPEAKER, sure=True)
        found.extend([source._replace(looks_back=True)] if source else [])
    return found


def _any_verb(sentence: Sentence) -> list[Source]:
    """ "As transmits the Courier", ", transmits the Post", "One docker confess: ...": whatever verb stands there."""
    whole = Hit(sentence.start, sentence.end)
    quoted = BEFORE_SPEECH.match(sentence.text, sentence.start, sentence.end)
    if quoted and role(trimmed(quoted["name"]), sentence)[0] == "person":
        source = made(sentence, quoted["name"], Hit(*quoted.span("name")), whole, raw=quoted["name"])
        return [source] if source else []
    for verb in ANY_VERB.finditer(sentence.words):
        source = _right(sentence, sentence.start + verb.end(), whole, SPEAKER)
        if source is not None and (source.depth == OUTLET or _speaks_itself(sentence, source.name, verb)):
            return [source]
    return []


def _speaks_itself(sentence: Sentence, name: str, verb: re.Match[str]) -> bool:
    """Whether a name after a verb that is none of saying can be nobody but the speaker."""
    if verb["opens"] or sentence.tongue.sense("known_body").search(name):
        return True
    if TELLS.search(verb.group()) and role(head_noun(name, "en"), sentence)[0]:
        return True
    return bool(verb["quote"]) and role(head_noun(name, "en"), sentence)[0] == "person"


def _is_verb(sentence: Sentence, verb: Hit) -> bool:
    """Whether a word that may be a noun ("report", "states") says something here, and does so ("did not say")."""
    word = sentence.text[verb.start : verb.end]
    before = WORD_BEFORE.search(sentence.text, sentence.start, verb.start)
    previous = before.group().strip() if before else ""
    if (
        MAY_BE_NOUN.fullmatch(word)
        and not (word == "states" and STATES_IN.match(sentence.text, verb.end))
        and (_of_noun(sentence, previous) or FINITE_NEXT.match(sentence.text, verb.end))
    ):
        return False
    if (
        MAY_BE_NOUN.fullmatch(word)
        and OF_WHOM.match(sentence.text, verb.end)
        and IN_PAPERS.search(sentence.text[sentence.start : verb.start])
    ):
        return False
    if FIRST_TO.search(sentence.text, sentence.start, verb.start):
        return True
    return not (NOT_TO_SAY.fullmatch(previous) or DETERMINER.fullmatch(previous))


def _of_noun(sentence: Sentence, previous: str) -> bool:
    """Whether a word before "report" or "states" makes it a noun: an article, an adjective, a union."""
    return bool(BEFORE_NOUN.fullmatch(previous) or sentence.tongue.sense("union").fullmatch(previous))


def _says(sentence: Sentence, verb: Hit) -> bool:
    """Whether a word can be nothing but a verb here: "states in a report", "says that"."""
    return bool(STATES_IN.match(sentence.text, verb.end)) and _is_verb(sentence, verb)


def _subject(sentence: Sentence, verb: Hit) -> Source | None:
    """Whoever stands before a verb of saying and does it."""
    if SAID_OF.search(sentence.text[sentence.start : verb.start]):
        return None
    phrase = subject(sentence, verb.start)
    if phrase is None:
        return None
    word = sentence.text[verb.start : verb.end]
    if any(phrase.start < other.start < verb.start and _says(sentence, other) for other in sentence.hits("says")):
        return None  # no noun phrase: somebody says something in it
    name = after_adverbial(FIRST_TO.sub("", phrase.words))
    if phrase.relative and (cited := PAPER_CITED.fullmatch(phrase.words.strip())):
        name = cited["paper"]  # "he cited a study that says"
    if made_by := _made_by(phrase.words, phrase.asides):
        name = made_by
    read = READ_BY.fullmatch(phrase.words.strip())
    if read and not sentence.tongue.sense("body_role").search(read["things"]):
        return _reader(sentence, read["whose"], verb, _covered_by_verb(sentence, word, verb, phrase.start))
    if house := _within_house(sentence, phrase.words, word):
        name = house
    if state := _state_at_end(sentence, phrase.words):
        name = state
    if shared := PRONOUN_FIRST.match(phrase.words):  # "he and other exiles say"
        name = shared["who"]
    if pronoun := PRONOUN_LAST.search(phrase.words):  # "before the committee in May he said"
        name = pronoun["who"]
    if NO_NAME.match(name):  # a clause whose verb is none that is known
        capitals = CAPITALS_AT_END.fullmatch(trimmed(name))
        name = capitals["name"] if capitals else ""
    if phrase.relative and (last := LAST_NAME.search(phrase.words)) and FINITE.search(trimmed(name)):
        name = last["name"]  # "he met Jane Roe, who said"
    if FINITE.search(trimmed(name)):
        return None
    covers = _covered_by_verb(sentence, word, verb, phrase.start)
    if called := next((found for aside in phrase.asides if (found := CALLED.match(aside))), None):
        return Source(called["name"], verb, SPEAKER, covers)
    raw = name if name.lower() in ("he", "she", "they", "it") else phrase.words
    if named := next((aside for aside in phrase.asides if _is_name_of(sentence, name, aside)), ""):
        name, raw = after_adverbial(named), named
    source = made(sentence, name, verb, covers, raw=raw, sure=word in TO_WHOM)
    if source is not None and HOPES.match(word) and not _is_person(sentence, source.name):
        return None  # a State's or a firm's wish is told by somebody else
    if source is None or (phrase.words.strip().lower() in ("they", "it") and not _speech(sentence, verb)):
        return None
    if phrase.relative:
        return source._replace(carries=False, covers=Hit(min(phrase.start, verb.start), sentence.end))
    return source


def _made_by(words: str, asides: tuple[str, ...]) -> str:
    """ "a report, published by the Lark Institute, said": the institute."""
    if not ENDS_IN_PAPER.search(words.rstrip()):
        return ""
    return next((found["whose"] for aside in asides if (found := BY_WHOM.match(aside))), "")


def _reader(sentence: Sentence, whose: str, verb: Hit, covers: Hit) -> Source | None:
    """Whoever read what a text cites; an outlet of which no name is told is itself named so."""
    source = made(sentence, whose, verb, covers, raw=whose)
    if source is None or source.depth != POINTER or role(source.name, sentence)[0] != "outlet":
        return source
    return source._replace(unnamed=True)


def _within_house(sentence: Sentence, words: str, verb: str) -> str:
    """ "In the ministry told that": a body or a capital in which it is said, by nobody else."""
    found = IN_HOUSE.fullmatch(words.rstrip()) if SPEAKS.match(verb) else None
    if found is None or sentence.tongue.sense("sender").search(found["house"]):
        return ""
    body = role(head_noun(found["house"], "en"), sentence)[0] == "body"
    return found["house"] if body or sentence.tongue.places.fullmatch(found["house"]) else ""


def _state_at_end(sentence: Sentence, words: str) -> str:
    """ "In its report to the panel Norland counted": the State that stands after an opening phrase, without a comma."""
    last = CAPITALS_AT_END.fullmatch(words.strip()) if OPENS_PHRASE.match(words.strip()) else None
    return last["name"] if last and sentence.tongue.places.fullmatch(last["name"]) else ""


def _is_person(sentence: Sentence, name: str) -> bool:
    if sentence.tongue.sense("body_role").search(name) or sentence.tongue.places.search(name):
        return False
    return bool(PERSON.fullmatch(name) or role(name, sentence)[0] == "person" or name in ("he", "she", "He", "She"))


def _speech(sentence: Sentence, verb: Hit) -> bool:
    """Whether "it" or "they" can be the speaker: not in "they found work"."""
    word = sentence.text[verb.start : verb.end]
    last = not re.search(r"\w", sentence.text[verb.end : sentence.end])  # "..., it found."
    return last or word.startswith(SPEECH) or sentence.text.startswith(" that ", verb.end)


def _is_name_of(sentence: Sentence, name: str, aside: str) -> bool:
    """Whether an aside is the name of what stands before it: "the labour minister, Jane Roe, said"."""
    if bare(name.strip(), "en"):
        return bool(re.match(r"(?:the )?[A-Z]", aside))  # "one of them, the Lark Institute, said"
    kind = role(head_noun(trimmed(name), "en"), sentence)[0] if trimmed(name) else ""
    if kind in ("body", "outlet") and trimmed(name).islower():  # "the firm, Norland Steel, said"
        return bool(ALL_CAPITAL.fullmatch(aside)) and not sentence.tongue.places.fullmatch(aside)
    return bool(kind == "person" and PERSON.fullmatch(aside) and not sentence.tongue.places.search(aside))


def _covered_by_verb(sentence: Sentence, word: str, verb: Hit, subject_at: int) -> Hit:
    """ "X records show N" covers what follows; other verbs of saying cover their sentence."""
    inside = bracket(sentence, verb)
    if inside is not None:
        return inside
    if sentence.text[verb.end : verb.end + 6] == " that ":  # not what another clause before it says
        clauses = [match.end() for match in CLAUSE_END.finditer(sentence.text, sentence.start, verb.start)]
        return Hit(clauses[-1] if clauses else sentence.start, sentence.end)
    if re.search(r"(?:that|which) \Z", sentence.text[sentence.start : subject_at + 1].rstrip() + " "):
        return Hit(sentence.start, sentence.end)  # "the number that officials gave"
    if JOINED_CLAUSE.search(sentence.text[sentence.start : subject_at]) and re.search(
        r"\w", sentence.text[verb.end : sentence.end]
    ):
        return Hit(subject_at, sentence.end)  # "N work there, and officials expect M"
    after = word.startswith(("show", "suggest", "indicat", "put", "count", "gave", "spoke"))
    ends = not re.search(r"\w", sentence.text[verb.end : sentence.end])  # "N, police records show."
    return Hit(verb.start if after and not ends else sentence.start, sentence.end)


def _closing(sentence: Sentence, verb: Hit) -> Source | None:
    """ "..., says a study by the institute.": whoever ends the clause says it, whatever stands before the verb."""
    word = sentence.text[verb.start : verb.end]
    if word in TO_WHOM or NO_SPEECH.match(word):
        return None
    found = CLOSES.match(sentence.text, verb.end, sentence.end)
    if found is None or FINITE.search(found["who"]) or NO_SUBJECT.match(sentence.text, verb.end):
        return None
    if not re.search(r"[,\"”’]\s*\Z", sentence.text[: verb.start]):
        return None
    name = trimmed(found["who"])
    sure = bool(PURE_SPEECH.fullmatch(word) and ONE_WHO.match(found["who"]))
    able = name and (sure or role(head_noun(name, "en"), sentence)[0] or PERSON.fullmatch(name))
    return _inverted(sentence, verb, sure=sure) if able else None


def _inverted(sentence: Sentence, verb: Hit, *, sure: bool = False) -> Source | None:
    """ "..., says X" and ", wrote X of Y": the source follows its verb."""
    left = sentence.text[sentence.start : verb.start]
    first = bool(VERB_FIRST.fullmatch(left))
    dashed = DASHED.search(left)
    told = sentence.text[verb.start : verb.end] in TO_WHOM and not (first or dashed)
    if told or not (INVERTED.search(left) or first):
        return None
    inside = INSIDE.match(sentence.text, verb.end, sentence.end)  # "noted in the ministry"
    if inside and sentence.tongue.sense("body_role").search(inside.group()):
        return _right(sentence, inside.start("name"), Hit(sentence.start, sentence.end), SPEAKER)
    if NO_SUBJECT.match(sentence.text, verb.end):
        return None  # ", noted in a ledger,": a participle
    return _right(sentence, verb.end, Hit(sentence.start, sentence.end), SPEAKER, sure=sure)


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
    if papers := PAPERS_BY.match(sentence.text, start, sentence.end):
        start = papers.end()  # "a study of images by the Orchard Project": the project
    elif papers := PAPERS_OF.match(sentence.text, start, sentence.end):
        start = papers.end()  # "according to records from a ministry": the ministry
    if filed := PAPERS_THAT.match(sentence.text, start, sentence.end):
        group = "whose" if filed["whose"] else "whose2"
        return made(sentence, filed[group].strip(), Hit(*filed.span(group)), covers, depth, sure=True)
    if (titled := OFFICE_THEN_NAME.match(sentence.text, start, sentence.end)) and sentence.tongue.sense(
        "person_role"
    ).search(titled["office"]):
        return Source(titled["name"], Hit(*titled.span("name")), depth, covers)
    if named := QUOTED_NAME.match(sentence.text, start, sentence.end):
        kind = role(trimmed(named["noun"]), sentence)[0]
        if kind in ("outlet", "body"):  # 'the newspaper "Dawn"'
            at = Hit(*named.span("own"))
            return Source(named["own"], at, max(depth - 1, OUTLET) if kind == "outlet" else depth, covers)
    if quoted := IN_QUOTES.match(sentence.text, start, sentence.end):
        start = quoted.end()  # 'citing "diplomats in the Gulf"'
    if many := SO_MANY.match(sentence.text, start, sentence.end):
        start = many.end()  # "according to reports of 35 member states": the states
    end = RIGHT_END.search(sentence.text, start + 1, sentence.end)
    stop = end.start() if end else sentence.end
    if end and end.group() == "(":  # a short name in brackets belongs to the name
        close = sentence.text.find(")", stop, stop + 9)
        stop = close + 1 if close > 0 else stop
    if end and end.group() == "and" and _lone_adjective(sentence, sentence.text[start:stop]):
        further = RIGHT_END.search(sentence.text, end.end() + 1, sentence.end)  # "Western and Russian diplomats"
        stop = further.start() if further else sentence.end
    name = trimmed(sentence.text[start:stop])
    if end and end.group() in (",", "to") and sentence.tongue.sense("person_role").search(name):
        called = CALLED_AFTER.match(sentence.text, stop, sentence.end)  # "the head of the institute, Jane Roe,"
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
            RECORD if CITES.match(word) else SPEAKER,
            sure=word == "according to"
            or "link" in word
            or bool(AS_SAYING.match(sentence.text, hit.end, sentence.end)),
        )
        if source is not None and not sentence.tongue.sense("sender").search(source.name):
            found.append(source._replace(cited=bool(CITES.match(word))))
    if opinion := FOR_WHOM.match(sentence.text, sentence.start, sentence.end):
        tongue, name = sentence.tongue, opinion["name"]
        if (
            tongue.sense("body_role").search(name)
            or tongue.sense("outlet").fullmatch(name)
            or _is_person(sentence, name)
        ):
            at = Hit(*opinion.span("name"))
            voice = made(sentence, name, at, Hit(sentence.start, sentence.end), raw=name)
            found.extend([voice] if voice else [])
    for match in BY_SOURCE.finditer(sentence.words):
        at = Hit(sentence.start + match.start("name"), sentence.start + match.end("name"))
        heard = made(sentence, match["name"], at, Hit(sentence.start, sentence.end), raw=match["raw"])
        found.extend([heard] if heard else [])
    for match in IN_WORDS.finditer(sentence.text, sentence.start, sentence.end) if possessive(sentence) else ():
        whole = Hit(sentence.start, sentence.end)
        owner = made(sentence, match["name"], Hit(*match.span("name")), whole, raw=match["name"])
        found.extend([owner] if owner else [])
    for match in HIS_WORDS.finditer(sentence.text, sentence.start, sentence.end):
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
    ends = comma > 0 and not STILL_HIS.match(sentence.text, comma)
    return Hit(sentence.start, comma if ends else sentence.end)
