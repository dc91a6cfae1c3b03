"""Whom pronouns and nouns of a text come back to: so that "the diplomat", "those groups" and "she" get a name.

Whom the text names is `mentions`, and what kind of source a noun is `roles`; here is only who is meant by which word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tallystick.claims.reading.mentions import Mention, mentions
from tallystick.claims.reading.roles import (
    BODY,
    HOUSE,
    MEDIUM,
    PAPER,
    PERSON,
    bare,
    head_noun,
    role,
    several,
    stem_of,
    stems,
)
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import OUTLET, RECORD, SPEAKER, Source

_REACH = 6  # sentences back to which a noun may point
_NEAR = 2  # sentences back to which a pronoun may point, and on to which it may point ahead
_OPENING = 30  # letters from a sentence's start within which its subject is named
_INITIALS = re.compile(r"(?<!\w)[A-ZА-ЯЁ]{2,}(?!\w)")
_ONE = frozenset(
    ["he", "she", "he himself", "his", "her", "он", "она", "его", "её", "ее", "ему", "ей", "그", "그는", "그녀"]
)
_MANY = frozenset(["they", "those", "они", "их", "им", "그들"])
_THING = frozenset(["it", "its", "оно"])
_GENERAL = re.compile(  # what any person who speaks may be called
    r"officials?|diplomats?|m[ae]n|wom[ae]n|experts?|speakers?|politicians?|spokes\w+|analysts?|researchers?|authors?|"
    r"sources?|interlocutors?|scholars?|academics?|leaders?|lawmakers?|insiders?|observers?",
    re.IGNORECASE,
)
_OWN_KINDS = frozenset(  # bodies that no other noun of a body comes back to
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
_PEOPLE_TOLD_OF = {
    "en": re.compile(
        r"(?<!\w)(?:two|three|four|five|six|seven|eight|nine|ten|a dozen|several|\d{1,2}) "
        r"(?P<people>(?:[\w-]+ ){0,3}?[a-z-]+(?:s|men|women)(?= (?:who|from|of|in|at)(?!\w)|[.,;]|\Z))",
        re.IGNORECASE,
    )
}
_SEVERAL_OPEN = {
    "en": re.compile(
        r"(?:The )?(?P<name>(?:[A-Z]?[\w-]+ ){0,2}[\w-]+s(?: (?:at|of|from|with) (?:the )?(?:[A-Z][\w’-]+ ?)+)?)(?= )"
    ),
    "ru": re.compile(
        r"(?P<name>(?:[А-ЯЁ]?[\w-]+ые )?[А-ЯЁ]?[\w-]+[ыи](?: [а-яё]+(?:я|а|ов|ей|ы|и))?"
        r"(?: (?:из|в|на) [«»\w-]+(?: [«»\w-]+)?)?)(?= \w+ли(?:сь)? )"
    ),
}
_MADE_BY = re.compile(r"(?: [\w-]+){0,3}? (?:of|by|from) (?:the |its )?")
_OWNS = re.compile(r"(?:['’]s?) (?:[\w-]+ ){0,3}?")
_STAFF = re.compile(
    r"(?:researcher|academic|author|scholar|investigator|expert|analyst|writer|compiler)s\Z", re.IGNORECASE
)
_DATELINE = re.compile(r"[A-Z][^.:\n]{2,50}? (?:\([A-Z][\w ]+\) )?[-—–]+ ")
_ONE_OPENS = re.compile(
    r"(?:(?:In|On|At|This|Last|Early|Late|Near) [^,.]{2,30}?,? )?(?:[Aa]n?|[Oo]ne) "
    r"(?P<name>(?:(?!who|that|which)[\w’'-]+ ){0,9}?(?:(?!who|that|which)[\w’'-]+))"
    r"(?=,? who | (?:has|had|is|was|came|went|runs?|ran|built|set|took|made|\w+ed|says)(?!\w))"
)
_FAMILY_FIRST = re.compile(r"\A[A-Z][a-z]{1,4} [A-Z][a-z]+-[a-z]+\Z")  # a given name of two syllables stands last
_JOINED = {"en": re.compile(r",? and (?:the )?"), "ru": re.compile(r" и "), "ko": re.compile(r"(?:와|과) ")}


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
        for mention in reversed(self.named):  # a family name may stand first: "Pak" after "Pak Su-ho"
            given = mention.kind == PERSON and mention.place < place and mention.name.startswith(f"{name} ")
            if given and _FAMILY_FIRST.search(mention.name):
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
            found = self._noun(source, sentence) or self._introduced(source, sentence) or self._staff(source, sentence)
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
            worker = "" if " of " in source.name else self.own_worker(sentence, "worker")
            return source._replace(name=worker or source.name, depth=SPEAKER, carries=False)
        return source._replace(name=max(heard, key=lambda m: m.place).name, depth=SPEAKER)

    def own_worker(self, sentence: Sentence, noun: str) -> str:
        """ "One" and "a welder", in a text of the sender's people: one of them, as the text calls them."""
        if sentence.language != "en":
            return ""
        hits = (hit for earlier in self.sentences[: sentence.index + 1] for hit in earlier.hits("sender"))
        names = (sentence.text[hit.start : hit.end].removesuffix("s") for hit in hits)
        return next((f"{name} {noun}" for name in names if name.endswith("n")), "")

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
            (PERSON,)
            if word in _ONE
            else (BODY, MEDIUM, PAPER, HOUSE)
            if word in _THING
            else (PERSON, BODY, PAPER, MEDIUM, HOUSE)
        )
        window = range(sentence.index, max(-1, sentence.index - 1 - _NEAR), -1)
        spoke = [m for m in self.spoken if m.place < source.hit.start and m.kind in kinds]
        if word in _THING:
            near = [m for m in spoke if m.sentence in window]
            last = [m for m in near if m.sentence == near[-1].sentence]  # who spoke, and not the outlet that heard it
            return max(last, key=lambda m: (m.depth, m.place)) if near else self._subject_of(window, source, kinds)
        if word in _MANY:  # "they say": only who has spoken before, not whoever was named
            told = next((m for index in window for m in spoke if m.sentence == index), None)
            return told or (self._several_before(sentence) if not spoke else None)
        for index in window:
            seen = [m for m in self.named if m.sentence == index and m.place < source.hit.start and m.kind in kinds]
            here = [m for m in spoke if m.sentence == index]
            if here or seen:
                return here[-1] if here else seen[0]
            if not spoke and index < sentence.index and (opening := self._person_opening(self.sentences[index])):
                return opening
        return self._ahead(source, sentence) or (spoke[-1] if spoke else None)

    def _person_opening(self, before: Sentence) -> Mention | None:
        """ "A foreign owner of a mill opened a plant. He told": who opens the sentence before, though unnamed."""
        found = _ONE_OPENS.match(before.words) if before.language == "en" else None
        name = found["name"].strip() if found else ""
        if not name or not before.tongue.sense("person_role").fullmatch(head_noun(name, "en")):
            return None
        return Mention(name, before.start, before.index, PERSON, stems(name, before))

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
            dated = _DATELINE.match(sentence.text, sentence.start, sentence.end)
            begin = dated.end() if dated else sentence.start
            found = sentence.tongue.places.match(sentence.text, begin, sentence.end)
            if found and sentence.language == "en" and sentence.text[found.end() : found.end() + 1] not in ("'", "’"):
                return Mention(found.group(), begin, index, BODY, frozenset())
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
        if sentence.language == "en" and source.name[:1].isupper():  # "the Journal": whoever's name ends so
            return next((m for m in reversed(before) if m.name.endswith(f" {source.name}")), None)
        if kind == PAPER:
            return self._maker(stem, before, sentence)
        if several(source.name, sentence):
            if joined := self._joined(before):
                return joined
            before = [m for m in before if m.kind != kind or several(m.name, sentence)]  # one body is no "groups"
        surname = _surname(source.name, sentence)
        for mention in reversed(before):
            if not mention.name.startswith(surname) or (mention.kind == PERSON and kind in (BODY, MEDIUM)):
                continue
            if stem in mention.nouns and mention.name.lower() != source.name.lower():
                return mention
        spoke = [m for m in before if m.speaks and (m.kind == kind or (m.kind == HOUSE and kind in (BODY, MEDIUM)))]
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

    def _staff(self, source: Source, sentence: Sentence) -> Mention | None:
        """ "The academics", where a paper has been told of: whoever made the paper."""
        if sentence.language != "en" or not _STAFF.fullmatch(source.name):
            return None
        before = [m for m in (*self.named, *self.spoken) if m.place < source.hit.start]
        for earlier in reversed(self.sentences[max(0, sentence.index - _REACH) : sentence.index]):
            for hit in earlier.hits("paper_role"):
                here = [m for m in before if m.sentence == earlier.index and m.kind in (BODY, HOUSE, PERSON)]
                if here and _introduces(hit, stem_of(hit, earlier), earlier):
                    return _whose(stem_of(hit, earlier), here, earlier)
        return None

    def _introduced(self, source: Source, sentence: Sentence) -> Mention | None:
        """The fuller words with which the text first spoke of a noun: "the envoy" of "a Western envoy in Doha"."""
        if sentence.language != "en" or len(source.name.split()) > 1:
            return None
        for earlier in reversed(self.sentences[max(0, sentence.index - _REACH) : sentence.index]):
            found = re.search(rf"(?P<words>(?:[\w.’'-]+ ){{1,4}}){re.escape(source.name)}(?!\w)", earlier.words)
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
            if any(_introduces(hit, stem, self.sentences[index]) for hit in self.sentences[index].hits("paper_role")):
                here = [m for m in before if m.sentence == index and m.kind in (BODY, HOUSE, PERSON, MEDIUM)]
                here = [m for m in here if role(m.name, sentence)[0] != PAPER]  # a paper's name is not its maker
                if here:
                    return _whose(stem, here, self.sentences[index])
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _NEAR), -1):  # "prepared a note": any paper
            here = [m for m in before if m.sentence == index and m.kind == BODY]
            if here and self.sentences[index].has("paper_role"):
                return here[0]
        kinds = (BODY, HOUSE, PERSON, MEDIUM) if stem in ("report", "story", "article") else (BODY, HOUSE, PERSON)
        makers = [m for m in reversed(before) if m.speaks and m.kind in kinds]
        makers = [m for m in makers if m.name[:1].isupper() or m.kind == BODY] or makers  # "a source" writes no report
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


def _whose(stem: str, here: Sequence[Mention], sentence: Sentence) -> Mention:
    """Whose paper a sentence tells of: of whoever stands after it with "by", or before it with "'s"; else a body."""
    for hit in sentence.hits("paper_role"):
        if sentence.language == "en" and stem_of(hit, sentence) == stem:
            after = (m for m in here if _MADE_BY.fullmatch(sentence.text[hit.end : max(hit.end, m.place)]))
            owner = (m for m in here if _OWNS.fullmatch(sentence.text[m.place + len(m.name) : max(m.place, hit.start)]))
            if found := next(after, None) or next(owner, None):
                return found
    return next((m for m in here if m.kind == BODY), here[0])


def _introduces(hit: Hit, stem: str, sentence: Sentence) -> bool:
    """Whether a paper is told of here, and not only come back to: "the report did not name them, sources say"."""
    back = sentence.language == "en" and re.search(r"(?<!\w)[Tt]he \Z", sentence.text[sentence.start : hit.start])
    owned = re.match(r" (?:of|by|from)(?!\w)", sentence.text[hit.end : hit.end + 6])
    return stem_of(hit, sentence) == stem and (not back or bool(owned))


def _named_otherwise(mention: Mention) -> bool:
    """Whether a body has a noun of its own in its name, so that another such noun means another body."""
    return any(stem in _OWN_KINDS for stem in mention.nouns)


def _surname(name: str, sentence: Sentence) -> str:
    """The family name in a Korean "Kim 교수"; nothing where a word of pointing stands there, as 이 may be either."""
    words = name.split()
    family = sentence.language == "ko" and len(words) == 2 and len(words[0]) == 1 and words[0] != "그"
    return words[0] if family and sentence.tongue.sense("person_role").fullmatch(words[1]) and words[0] != "이" else ""


def _kind_of_name(source: Source, sentence: Sentence) -> str:
    """What kind a name is: its head noun tells ("official of the ministry" is a person), else what stands in it."""
    if source.depth in (OUTLET, RECORD):
        return MEDIUM if source.depth == OUTLET else PAPER
    head = head_noun(source.name, sentence.language)
    tongue = sentence.tongue
    person = tongue.sense("person_role").search(head)
    if person and (sentence.language != "ko" or person.end() == len(head)):  # 「전문가패널」 is no expert
        return PERSON
    if tongue.sense("paper_role").fullmatch(head):
        return PAPER
    body = tongue.sense("body_role").search(source.name) or _INITIALS.search(source.name)
    if body or tongue.places.fullmatch(source.name):
        return BODY
    return HOUSE if _is_house(source, sentence) else PERSON


def _is_house(source: Source, sentence: Sentence) -> bool:
    """Whether a name has an article, as no person's has: "the Lark Monitor" may be a paper or a body."""
    if sentence.language != "en" or not source.name[:1].isupper():
        return False
    at = sentence.text.find(source.name, sentence.start)
    return sentence.start < at and sentence.text[sentence.start : at].lower().endswith("the ")


def _own_depth(name: str, sentence: Sentence) -> int:
    kind = role(name, sentence)[0]
    return OUTLET if kind == MEDIUM else SPEAKER
