"""Who is named in a text, with the nouns said of them: so that "the diplomat", "those groups" and "she" get a name.

A mention is no attribution: that a text names somebody does not make them the source of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, RECORD, SPEAKER, Source

PERSON, BODY, MEDIUM, PAPER = "person", "body", "outlet", "paper"
_ROLE_OF = {PERSON: "person_role", BODY: "body_role", MEDIUM: "outlet_role", PAPER: "paper_role"}
_REACH = 6  # sentences back to which a noun may point
_NEAR = 2  # sentences back to which a pronoun may point, and on to which it may point ahead
_OPENING = 30  # letters from a sentence's start within which its subject is named
_BESIDE = 70  # letters after a name in which a noun is still said of it
_STEM = 5  # letters of an inflected noun that stay
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
_INITIALS = re.compile(r"(?<!\w)[A-ZА-ЯЁ]{2,}(?!\w)")
_ONE = frozenset(
    ["he", "she", "he himself", "his", "her", "он", "она", "его", "её", "ее", "ему", "ей", "그", "그는", "그녀"]
)
_MANY = frozenset(["they", "those", "они", "их", "им", "그들"])
_THING = frozenset(["it", "its", "оно"])
_BARE = {  # who is only this has no name: whoever heard it has
    "en": re.compile(
        r"(?:(?:all|both|each|one) (?:of (?:the )?)?(?:two|three|four|five|six|seven|eight|nine|ten|dozen|\d{1,2})|"
        r"one|another|others?|some|many|most|both|all|several|two|three|four|five|six|each|"
        r"(?:[a-z]+ )?(?:man|men|woman|women|people|person|persons))(?: (?:of (?:them|those|the [a-z]+)|there|here))?",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:один|одна|другой|другая|третий|кто-то|некоторые|многие|другие|мужчина|женщина|люди)"
        r"(?: из (?:них|тех|[а-яё]+))?",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"(?:한|다른|어떤) (?:사람|남성|여성|이)|일부"),
}
_GENERAL = re.compile(  # what any person who speaks may be called
    r"officials?|diplomats?|m[ae]n|wom[ae]n|experts?|speakers?|politicians?|spokes\w+|analysts?|researchers?|authors?|"
    r"sources?|interlocutors?|scholars?|academics?|leaders?|lawmakers?|insiders?|observers?",
    re.IGNORECASE,
)
_TOLD_THE = re.compile(r"(?<!\w)(?:told|tells|tell) the \Z")
_OWN_KINDS = frozenset(
    (
        "ministry",
        "institute",
        "university",
        "committee",
        "panel",
        "embassy",
        "company",
        "firm",
        "union",
        "bank",
        "court",
    )
)
_ANY_BODY = re.compile(  # what any body that speaks may be called
    r"(?:groups?|organi[sz]ations?|bod(?:y|ies)|agenc(?:y|ies)|services?|authorit(?:y|ies)|offices?|governments?)",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(  # from the last word that can be part of no description
    r"(?:.*(?<!\w)(?:an?|the|some|several|two|three|four|five|of|by|from|to|with|in|on|at|for|and|but|that|as|said|"
    r"told|are|"
    r"is|was|were|\w+s’|\w+’s) |\A)(?P<words>(?:[\w.-]+ )*)\Z"
)
_PHRASE_END = re.compile(
    r"\s(?:of|from|at|in|with|for|close|on|near|who|that|which|familiar|briefed|there|based|inside|within|to)(?!\w)"
)
_PEOPLE_TOLD_OF = {
    "en": re.compile(
        r"(?<!\w)(?:two|three|four|five|six|seven|eight|nine|ten|a dozen|several|\d{1,2}) "
        r"(?P<people>(?:[\w-]+ ){0,3}?[a-z-]+(?:s|men|women)(?= (?:who|from|of|in|at)(?!\w)|[.,;]|\Z))",
        re.IGNORECASE,
    )
}
_OF_BODY = re.compile(r"(?P<person>(?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+) (?:of|for)(?: the)? (?P<body>.+)")
_NOUN_BEFORE = re.compile(r"[a-z-]+ \Z")  # "the magazine Josephine"
_PROGRAMME = re.compile(r"\0 [A-Z]\w+")  # of an outlet: "Dawn Panorama"
_KOREAN_ENDING = re.compile(r"(?:[은는이가을를의도에고며던된하되있없받]|지만|는데|면서|다면|하면|려고|도록)\Z")
_SEVERAL_OPEN = {
    "en": re.compile(
        r"(?:The )?(?P<name>(?:[A-Z]?[\w-]+ ){0,2}[\w-]+s(?: (?:at|of|from|with) (?:the )?(?:[A-Z][\w’-]+ ?)+)?)(?= )"
    ),
    "ru": re.compile(
        r"(?P<name>(?:[А-ЯЁ]?[\w-]+ые )?[А-ЯЁ]?[\w-]+[ыи](?: [а-яё]+(?:я|а|ов|ей|ы|и))?"
        r"(?: (?:из|в|на) [«»\w-]+(?: [«»\w-]+)?)?)(?= \w+ли(?:сь)? )"
    ),
}
_SEVERAL = re.compile(r"(?:s|men|women)\Z")
_JOINED = {"en": re.compile(r",? and (?:the )?"), "ru": re.compile(r" и "), "ko": re.compile(r"(?:와|과) ")}


class Mention(NamedTuple):
    """One naming of somebody: the name, its place and sentence, what kind it is, and the stems of its nouns."""

    name: str
    place: int
    sentence: int
    kind: str
    nouns: frozenset[str]
    speaks: bool = False
    depth: int = SPEAKER


@dataclass(slots=True)
class Cast:
    """Everybody whom a text names, in order, and who has spoken so far."""

    sentences: Sequence[Sentence]
    named: list[Mention] = field(default_factory=list)
    spoken: list[Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        for sentence in self.sentences:
            self.named.extend(mentions(sentence))

    def heard(self, source: Source, sentence: Sentence) -> None:
        """Remember who has spoken, with the nouns that the text says of the name anywhere before."""
        known = next((m for m in reversed(self.named) if m.name == source.name and m.place <= source.hit.end), None)
        kind = known.kind if known else _kind_of_name(source, sentence)
        nouns = (known.nouns if known else frozenset()) | stems(source.name, sentence)
        self.spoken.append(Mention(source.name, source.hit.start, sentence.index, kind, nouns, True, source.depth))

    def full(self, name: str, place: int) -> str:
        """The full name of whom the text calls by the last word alone: "Lind" after "Aro Lind"."""
        if re.fullmatch(r"[가-힣]{2,}", name):  # 「총국」 after 「국방부 정보총국」
            longer = (m.name for m in reversed(self.spoken) if m.place < place and m.kind == BODY)
            return next((known for known in longer if known != name and known.endswith(name)), name)
        if not re.fullmatch(r"[A-ZА-ЯЁ][\w’'-]{2,}", name):
            return name
        for mention in reversed(self.named):
            if mention.place < place and mention.name != name and mention.name.endswith(f" {name}"):
                return mention.name
        return name

    def meant(self, source: Source, sentence: Sentence) -> Source | None:
        """Whom a pronoun or a definite noun stands for; None where a pronoun stands for nobody named."""
        word = source.name.lower()
        if bare(word, sentence.language):
            return self._hearer(source, sentence)
        if word in _ONE or word in _THING or word in _MANY:
            found = self._pronoun(word, source, sentence)
        else:
            found = self._noun(source, sentence) or self._introduced(source, sentence)
            if found is None:
                person = role(source.name, sentence)[0] == PERSON
                return source._replace(depth=_own_depth(source.name, sentence), carries=source.carries and person)
        return source._replace(name=found.name, depth=found.depth) if found else None

    def _hearer(self, source: Source, sentence: Sentence) -> Source:
        """The outlet to which somebody without a name told it; the words themselves where no outlet is named."""
        heard = [m for m in (*self.named, *self.spoken) if m.kind == MEDIUM and m.sentence <= sentence.index]
        if not heard and (group := self._group(sentence)):
            return source._replace(name=group, depth=SPEAKER)
        if not heard:
            return source._replace(depth=SPEAKER, carries=False)
        return source._replace(name=max(heard, key=lambda m: m.place).name, depth=SPEAKER)

    def _group(self, sentence: Sentence) -> str:
        """The several people of whom a text has told, for "one of them" and "all six"."""
        pattern = _PEOPLE_TOLD_OF.get(sentence.language)
        for earlier in reversed(self.sentences[max(0, sentence.index - _NEAR) : sentence.index]):
            found = pattern.search(earlier.words) if pattern else None
            if found and earlier.tongue.sense("person_role").search(found["people"]):
                return found["people"]
        return ""

    def _pronoun(self, word: str, source: Source, sentence: Sentence) -> Mention | None:
        kinds = (
            (PERSON,) if word in _ONE else (BODY, MEDIUM, PAPER) if word in _THING else (PERSON, BODY, PAPER, MEDIUM)
        )
        window = range(sentence.index, max(-1, sentence.index - 1 - _NEAR), -1)
        spoke = [m for m in self.spoken if m.place < source.hit.start and m.kind in kinds]
        if word in _THING:
            near = [m for m in spoke if m.sentence in window]
            return near[-1] if near else self._subject_of(window, source, kinds)
        if word in _MANY:  # "they say": only who has spoken before, not whoever was named
            told = next((m for index in window for m in spoke if m.sentence == index), None)
            return told or (self._several_before(sentence) if not spoke else None)
        for index in window:
            seen = [m for m in self.named if m.sentence == index and m.place < source.hit.start and m.kind in kinds]
            here = [m for m in spoke if m.sentence == index]
            if here or seen:
                return here[-1] if here else seen[0]
        return self._ahead(source, sentence) or (spoke[-1] if spoke else None)

    def _several_before(self, sentence: Sentence) -> Mention | None:
        """ "Researchers of the institute met 40 men. They found": whoever of several opens the sentence before."""
        if not sentence.index or sentence.language == "ko":
            return None
        before = self.sentences[sentence.index - 1]
        found = _SEVERAL_OPEN[sentence.language].match(before.words)
        if found is None or not before.tongue.sense("person_role").search(found["name"]):
            return None
        return Mention(found["name"].strip(), before.start, before.index, PERSON, stems(found["name"], before))

    def _subject_of(self, window: range, source: Source, kinds: tuple[str, ...]) -> Mention | None:
        """The body, State or city with which a sentence begins: "Norland cut its staff to 70, it wrote"."""
        for index in window:
            sentence = self.sentences[index]
            found = sentence.tongue.places.match(sentence.text, sentence.start, sentence.end)
            if found and sentence.language == "en" and sentence.text[found.end() : found.end() + 1] not in ("'", "’"):
                return Mention(found.group(), sentence.start, index, BODY, frozenset())
            opening = [m for m in self.named if m.sentence == index and m.place < source.hit.start and m.kind in kinds]
            if opening and opening[0].place - sentence.start < _OPENING:
                return opening[0]
        return None

    def _ahead(self, source: Source, sentence: Sentence) -> Mention | None:
        """A pronoun before its name: "he said", and the next sentence tells who he is."""
        for mention in self.named:
            if mention.kind == PERSON and mention.place > source.hit.start:
                return mention if mention.sentence <= sentence.index + _NEAR else None
        return None

    def _noun(self, source: Source, sentence: Sentence) -> Mention | None:
        kind, stem = role(source.name, sentence)
        if not kind:
            return None
        before = [
            m
            for m in sorted((*self.named, *self.spoken), key=lambda m: (m.place, m.speaks))
            if m.place < source.hit.start and m.sentence >= sentence.index - _REACH
        ]
        if kind == PAPER:
            return self._maker(stem, before, sentence)
        if _several(source.name, sentence):
            if joined := self._joined(before):
                return joined
            before = [m for m in before if m.kind != kind or _several(m.name, sentence)]  # one body is no "groups"
        surname = _surname(source.name, sentence)
        for mention in reversed(before):
            if not mention.name.startswith(surname):
                continue
            if stem in mention.nouns and mention.name.lower() != source.name.lower():
                return mention
        spoke = [m for m in before if m.speaks and m.kind == kind]
        if kind == BODY and sentence.language == "en" and not _ANY_BODY.fullmatch(source.name):
            spoke = [m for m in spoke if not _named_otherwise(m)]  # "the institute" is no ministry
        if kind == MEDIUM and not spoke and source.name.lower().endswith(("channel", "website", "account", "page")):
            spoke = [m for m in before if m.speaks and m.kind == BODY]  # the channel of whoever spoke
            return spoke[-1] if spoke else None
        if sentence.language == "en" and len(source.name.split()) > 1 and not _GENERAL.fullmatch(source.name):
            if kind != BODY or not sentence.tongue.sense("spies").search(source.name):
                return None  # "the labour ministry" says enough of itself
            spoke = [m for m in spoke if sentence.tongue.sense("spies").search(m.name)]
        if kind == PERSON and sentence.language == "en" and not _GENERAL.fullmatch(source.name):
            spoke = [m for m in spoke if not m.nouns]  # "the envoy" is no minister who spoke before
        return spoke[-1] if spoke else None

    def _introduced(self, source: Source, sentence: Sentence) -> Mention | None:
        """The fuller words with which the text first spoke of a noun: "the envoy" of "a Western envoy in Doha"."""
        if sentence.language != "en" or len(source.name.split()) > 1:
            return None
        for earlier in reversed(self.sentences[max(0, sentence.index - _REACH) : sentence.index]):
            found = re.search(rf"(?P<words>(?:[\w.-]+ ){{1,4}}){re.escape(source.name)}(?!\w)", earlier.words)
            described = _DESCRIBED.search(found["words"]) if found else None
            if found and described and described["words"].strip():
                name = f"{described['words']}{source.name}"
                place = earlier.start + found.start() + described.start("words")
                return Mention(name, place, earlier.index, role(source.name, sentence)[0], stems(name, sentence))
        return None

    def ahead_outlet(self, source: Source, sentence: Sentence) -> str:
        """The outlet that a later sentence names, for "an outlet" or "a report" with which a text opens."""
        text = sentence.text
        place = text.rfind(source.name, sentence.start, source.hit.end + len(source.name) + 8)
        if place < 0 or not re.search(r"(?<!\w)an? \Z", text[:place]) or sentence.language != "en":
            return ""
        if role(source.name, sentence)[0] not in (MEDIUM, PAPER):
            return ""
        later = (m for m in self.named if m.kind == MEDIUM and m.place > place)
        found = next(later, None)
        return found.name if found and found.sentence <= sentence.index + _NEAR else ""

    def _maker(self, stem: str, before: Sequence[Mention], sentence: Sentence) -> Mention | None:
        """ "The report" is of whoever stands with a report in a sentence before, else of the body that spoke last."""
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _REACH), -1):
            if any(stem_of(hit, self.sentences[index]) == stem for hit in self.sentences[index].hits("paper_role")):
                here = [m for m in before if m.sentence == index and m.kind in (BODY, PERSON, MEDIUM)]
                if here:
                    return next((m for m in here if m.kind == BODY), here[0])
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _NEAR), -1):  # "prepared a note": any paper
            here = [m for m in before if m.sentence == index and m.kind == BODY]
            if here and self.sentences[index].has("paper_role"):
                return here[0]
        makers = [m for m in reversed(before) if m.speaks and m.kind in (BODY, PERSON)]
        places = self.sentences[0].tongue.places
        return next((m for m in makers if not places.fullmatch(m.name)), makers[0] if makers else None)

    def _joined(self, before: Sequence[Mention]) -> Mention | None:
        """ "X and Y" named together, for "the two authors" and "those groups"."""
        for second in reversed(before):
            for first in before:
                gap = self.sentences[0].text[first.place + len(first.name) : second.place]
                if first.sentence == second.sentence and _JOINED[self.sentences[0].language].fullmatch(gap):
                    whole = self.sentences[0].text[first.place : second.place + len(second.name)]
                    return first._replace(name=whole, nouns=first.nouns | second.nouns)
        return None


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
    while words and (words[0].lower() in _FUNCTION or tongue.is_wholly("person_role", words[0])):
        place += len(words[0]) + 1
        words = words[1:]
    office = [at for at, word in enumerate(words[:-1]) if tongue.is_wholly("person_role", word)]
    if office and sentence.language == "en":  # "Labour Minister Jane Roe"
        place += sum(len(word) + 1 for word in words[: office[-1] + 1])
        words = words[office[-1] + 1 :]
    name = " ".join(words).removesuffix("’s").removesuffix("'s")
    if not name or _CALENDAR.search(name) or tongue.sense("sender").search(name):
        return None
    if known := tongue.sense("known_body").search(name):
        return Mention(known.group(), place + known.start(), sentence.index, BODY, stems(known.group(), sentence))
    if tongue.is_wholly("outlet", name) or _PROGRAMME.fullmatch(tongue.sense("outlet").sub("\0", name, count=1)):
        return Mention(name, place, sentence.index, MEDIUM, stems(name, sentence), depth=OUTLET)
    if tongue.sense("body_role").search(name):
        return Mention(name, place, sentence.index, BODY, stems(name, sentence))
    if sentence.language == "ko" and (tongue.sense("source_head").search(name) or _KOREAN_ENDING.search(name)):
        return None
    nouns = _beside(sentence, place, place + len(name))
    if tongue.places.search(name) or (sentence.language == "ko" and not nouns):
        return None
    if sentence.language == "en" and (titled := _NOUN_BEFORE.search(sentence.text, sentence.start, place)):
        kind, stem = role(titled.group().strip(), sentence)
        if kind in (MEDIUM, BODY):
            return Mention(
                name, place, sentence.index, kind, frozenset([stem]), depth=OUTLET if kind == MEDIUM else SPEAKER
            )
    if sentence.language == "en" and re.search(r"(?<!\w)[Tt]he \Z", sentence.text[sentence.start : place]):
        told = _TOLD_THE.search(sentence.text, sentence.start, place)  # no person has an article
        return Mention(name, place, sentence.index, MEDIUM, frozenset(), depth=OUTLET) if told else None
    if len(words) < 2 and len(words) == len(phrase.split()) and sentence.language != "ko":
        return None  # one capital word, and no title before it
    return Mention(name, place, sentence.index, PERSON, nouns)


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


def stems(name: str, sentence: Sentence) -> frozenset[str]:
    """The stems of all nouns of sources in a name."""
    found = (m.group() for sense in _ROLE_OF.values() for m in sentence.tongue.sense(sense).finditer(name))
    return frozenset(_stem(word, sentence.language) for word in found)


def stem_of(hit: Hit, sentence: Sentence) -> str:
    return _stem(sentence.text[hit.start : hit.end], sentence.language)


def _stem(word: str, language: str) -> str:
    lowered = word.lower()
    if language == "en":
        lowered = re.sub(r"(?<=.{3})s\Z", "", re.sub(r"ies\Z", "y", lowered))
        return re.sub(r"m[ae]n\Z|woman\Z|women\Z|people\Z|person\Z", "", lowered) or lowered
    return lowered[:_STEM] if language == "ru" else lowered


def role(name: str, sentence: Sentence) -> tuple[str, str]:
    """What kind of source a noun phrase points to, and the stem of its noun; nothing for other phrases."""
    words = name.split()
    noun = words[-1] if sentence.language != "ru" else words[0]
    for kind, sense in _ROLE_OF.items():
        if sentence.language == "en" and kind == PERSON and name.lower().endswith("news agency"):
            continue
        found = sentence.tongue.sense(sense).search(noun)
        if found and found.end() == len(noun):
            return kind, _stem(found.group(), sentence.language)
    return "", ""


def _named_otherwise(mention: Mention) -> bool:
    """Whether a body has a noun of its own in its name, so that another such noun means another body."""
    return any(stem in _OWN_KINDS for stem in mention.nouns)


def bare(name: str, language: str) -> bool:
    """Whether words name nobody: "one of them", "another", "a man"."""
    return bool(_BARE[language].fullmatch(name))


def _surname(name: str, sentence: Sentence) -> str:
    """The family name in a Korean "Kim 교수"; nothing where a word of pointing stands there, as 이 may be either."""
    words = name.split()
    family = sentence.language == "ko" and len(words) == 2 and len(words[0]) == 1 and words[0] != "그"
    return words[0] if family and sentence.tongue.sense("person_role").fullmatch(words[1]) and words[0] != "이" else ""


def _several(name: str, sentence: Sentence) -> bool:
    return sentence.language == "en" and bool(_SEVERAL.search(name))


def _kind_of_name(source: Source, sentence: Sentence) -> str:
    """What kind a name is: its head noun tells ("official of the ministry" is a person), else what stands in it."""
    if source.depth in (OUTLET, RECORD):
        return MEDIUM if source.depth == OUTLET else PAPER
    head = head_noun(source.name, sentence.language)
    tongue = sentence.tongue
    if tongue.sense("person_role").search(head):
        return PERSON
    if tongue.sense("paper_role").fullmatch(head):
        return PAPER
    body = tongue.sense("body_role").search(source.name) or _INITIALS.search(source.name)
    return BODY if body or tongue.places.fullmatch(source.name) else PERSON


def head_noun(name: str, language: str) -> str:
    """The noun that a phrase is about: in English before the first preposition, in Russian the first words."""
    if language == "ko":
        return name.split()[-1]
    if language == "ru":
        return " ".join(name.split()[:1])
    cut = _PHRASE_END.search(name)
    return (name[: cut.start()] if cut else name).split()[-1]


def _own_depth(name: str, sentence: Sentence) -> int:
    kind = role(name, sentence)[0]
    return OUTLET if kind == MEDIUM else SPEAKER
