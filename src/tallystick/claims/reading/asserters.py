"""Who asserts one number: the deepest source of its sentence, else the one that speaks on from the sentences around it.

A source carries on while the text goes on telling what it said. It does not carry into what the text itself says of
nobody ("it is estimated"), and no source is invented: "" is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.cast import Cast
from tallystick.claims.reading.roles import PAPER, role
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.sources import OUTLET, POINTER, SPEAKER, Source, by_depth, named

_FORWARD = 2  # sentences on which a text's opening waits for its first source
_BACK = 4  # sentences that a source speaks on
_UNSAID = 45
_LONG = 12  # sentences that one quotation may have
_LINKED = {  # a pronoun or a definite subject: the sentence goes on about what was told
    "en": re.compile(
        r"\A[\"“]?(?:The|Those|These|Their|They|Such|He|She|It|Its|His|Her|Workers|Labou?rers|Most|Many|Some|About|"
        r"Around|"
        r"Only|Another|Others|One|Both|All|Each|In total|Of th|That|This|But|And|However|Meanwhile)(?!\w)|"
        r"(?<!\w)(?:they|them|their|he|she|reportedly|also|those|these|such|the workers|the labou?rers|"
        r"there(?! (?:is|are|was|were|has|have|had)))(?!\w)|"
        r"(?<!\w)(?:from|of|with|for|in|by|on|at) (?:that|this|these|those)(?!\w)"
    ),
    "ru": re.compile(
        r"(?<!\w)(?:им|их|ими|ним|них|они|он|она|также|эт[иоа]\w*|при этом|его|е[её]|такж\w+|кроме того|там|здесь|"
        r"рабочие|работники|строители|большинство|всего|затем|причем|причём|из них)(?!\w)",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?<![가-힣])(?:이들|그들|그|이는|이|또|또한|특히|아울러|이어|이번|해당|같은|이중|이 중|그중|그 중|"
        r"따라서)(?=[\s은는의이가,])|"
        r"(?:노동자|근로자|인력)(?:들)?(?:은|는|의|이|가)|라고|다고|고 (?:말|전|덧)"
    ),
}
_TOPIC = {"en": 15, "ru": 3, "ko": 15}  # letters from a sentence's start within which the sending State is its topic
_BACKGROUND = {  # the sending State as the subject of a fact that stands by itself
    "en": re.compile(
        r"(?<!\w)(?:(?:before|until) the (?:[A-Z][A-Z.]* )?(?:ban|sanctions|resolution|deadline)|since the|"
        r"over the (?:years|decades)|for (?:years|decades)|historically)(?!\w)"
    ),
    "ru": re.compile(
        r"(?<!\w)(?:до (?:запрета|санкций|введения|принятия|резолюции)|с \d{4}-х|десятилетиями|многие годы|"
        r"исторически)(?!\w)",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"(?:제재|결의)[가-힣]* (?:이전|전)|\d{4}년대(?:부터|이후)|수십 년"),
}
_JOINT = {  # where one clause ends and another, with a source of its own, may begin
    "en": re.compile(r"[;]|,? (?:while|whereas|though|although) |, (?:but|and|yet|or) "),
    "ru": re.compile(r"[;]|, (?:а|но|однако|хотя|тогда как|в то время как) "),
    "ko": re.compile(r"[;]|지만,? |는데,? |반면,? "),
}
_SUBJECT_LINK = {  # pronouns and words that tie a new paragraph to the one before, where nothing stands before them
    "en": re.compile(
        r"\A[\"“]?(?:(?:Most|Many|Few|All|Each|Both|Others|None) (?:also |now )?(?:is|are|was|were|has|have|had|must|"
        r"can|could|will|would|(?:do|go|get|earn|work|live|come|stay|pay|hand|send|receive|make|keep)(?:e?s)?|got|"
        r"went|came|"
        r"\w+ed)|"
        r"(?:But|And|However|In addition|Moreover|Of those|Of these|Of them|Of that|Most of (?:them|those|"
        r"these))(?!\w)|"
        r"(?:[\w,]+ ){0,6}?(?:they|them|their|he|she|his|her|these|those|such|that|this|it)(?!\w))",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\A[\"«—– ]*(?:[\w,]+ ){0,6}?(?:им|их|ими|ним|них|они|он|она|его|е[её]|эт[иоа]\w*|так(?:ой|ая|ое|ие|их|им)|"
        r"также|при этом|кроме того)(?!\w)",
        re.IGNORECASE,
    ),
}
_RESEARCHES = {  # who makes studies and reports, so that a paper told of before is theirs
    "en": re.compile(
        r"(?<!\w)(?:researchers|authors?|investigators|campaigners|think[- ]tank|institute|university|charity|watchdog|"
        r"(?:rights|campaign|advocacy|monitoring) group|NGO)(?!\w)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:автор|исследовател|правозащитн|институт|университет|аналитическ\w+ центр|организаци)\w*",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"연구진|저자|연구소|연구원|인권단체|단체|대학"),
}
_QUOTES = re.compile(r"[\"“”«»]")
_INTRODUCED = re.compile(r":\s*\Z")  # what follows a colon is told by whoever stands before it
_OPENS_QUOTE = re.compile(r"[\"“«„]")  # a paragraph of quoted words goes on with who spoke before
_DASHED = re.compile(r"[-—–]\s(?!.*,\s[-—–]\s)", re.DOTALL)  # direct speech that no verb of saying has followed yet
_PLURAL = re.compile(r"(?:they|them|their|им|их|ими|ним|них|они)\Z", re.IGNORECASE)
_HEARD = re.compile(r"것으로 (?:전해|알려)(?:졌|진)")
_ONE_WORKER = re.compile(r"[a-z]+[^s\W]")  # "a welder": by their work alone
_ENDED = re.compile(r"[.!?…。][\"'»”’)\]]*\Z")


class Asserter(NamedTuple):
    """The deepest source, all sources of the number (deepest first), and how they were found."""

    name: str
    attribution: tuple[str, ...]
    evidence: str  # sentence, carried, ahead, none


NOBODY = Asserter("", (), "none")


@dataclass(slots=True)
class Speakers:
    """The sources of a text by sentence, with pointers resolved to the name that they stand for."""

    sentences: Sequence[Sentence]
    by_sentence: list[tuple[Source, ...]] = field(default_factory=list)
    opening: int = 0  # sentences before the first source
    unsaid: int = 0  # sentences before the first that says that something was not told

    def __post_init__(self) -> None:
        cast = Cast(self.sentences)
        for sentence in self.sentences:
            resolved = []
            for source in named(sentence):
                meant = _meant(source, sentence, cast)
                if meant is None:
                    continue
                resolved.append(meant)
                cast.heard(meant, sentence)
            self.by_sentence.append(tuple(resolved))
            sentence.blocked = tuple(source.hit for source in resolved)
        self._name_makers()
        length = len(self.sentences)
        self.opening = next((index for index, sources in enumerate(self.by_sentence) if sources), length)
        self.unsaid = next((s.index for s in self.sentences if s.has("unsaid") or s.has("hearsay")), length)

    def _name_makers(self) -> None:
        """ "A study finds N. ..., say the researchers of X, who wrote the study": the study has been X's all along."""
        for index, sources in enumerate(self.by_sentence):
            if not any(_paper(source, self.sentences[index]) for source in sources):
                continue
            maker = next(
                (found for later in range(index + 1, index + 1 + _BACK) if (found := self._maker(later))), None
            )
            if maker is not None:
                self.by_sentence[index] = tuple(
                    source._replace(name=maker.name, depth=maker.depth)
                    if _paper(source, self.sentences[index])
                    else source
                    for source in sources
                )

    def _maker(self, index: int) -> Source | None:
        """Who speaks in a sentence that tells of a paper."""
        if index >= len(self.sentences):
            return None
        told = self.sentences[index]
        if not (told.has("paper_role") or _RESEARCHES[told.language].search(told.words)):
            return None
        named = (s for s in self.by_sentence[index] if s.name[0].isupper() and s.depth != OUTLET)
        return next((source for source in named if not _paper(source, self.sentences[index])), None)

    def of(self, sentence: Sentence, quantity: Quantity) -> Asserter:
        own = self._own(sentence, quantity.start)
        told_after = self._told_after(sentence)
        if own and not (told_after and own[0].depth == OUTLET):
            return _told(own, own[0].found)
        if told_after:
            return _told((*told_after, *own), "ahead")
        if quoted := self._quoted(sentence):
            return quoted
        if not _ENDED.search(sentence.words):
            return NOBODY  # a headline speaks for itself
        if self._unsaid(sentence, quantity):
            return self._between(sentence) or NOBODY
        return (
            self._before(sentence)
            or self._alone(sentence)
            or self._ahead_in_line(sentence)
            or self._ahead(sentence)
            or NOBODY
        )

    def _unsaid(self, sentence: Sentence, quantity: Quantity) -> bool:
        """Whether a number is told as of nobody: near such words, or after them in one clause."""
        if sentence.cost("unsaid", quantity) < _UNSAID:
            return True
        ends = [m.start() for m in _JOINT[sentence.language].finditer(sentence.text, sentence.start, sentence.end)]
        clause = _clause(ends, quantity.start)
        return any(hit.start < quantity.start and _clause(ends, hit.start) == clause for hit in sentence.hits("unsaid"))

    def _between(self, sentence: Sentence) -> Asserter | None:
        """Whoever is heard in the sentence before and again right after: what is "thought" between is theirs."""
        index = sentence.index
        before = _deepest(self._speaking(index - 1)) if index else ()
        after = next((s for s in self.by_sentence[index + 1 : index + 1 + _FORWARD] if s), ())
        same = before and any(source.name == before[0].name for source in after)
        return _told(before, "carried") if same else None

    def _own(self, sentence: Sentence, place: int) -> tuple[Source, ...]:
        """The sources of the number's own clause; where that has none, of the clause before it, else after it."""
        covering = by_depth(self.by_sentence[sentence.index], place)
        if len({source.name for source in covering}) < 2:
            return covering
        ends = [m.start() for m in _JOINT[sentence.language].finditer(sentence.text, sentence.start, sentence.end)]
        clause = _clause(ends, place)
        told = {_clause(ends, source.hit.start) for source in covering}
        near = [clause] if clause in told else [c for c in told if c < clause][-1:] or [min(told)]
        near = [max(c for c in told if c < clause)] if clause not in told and min(told) < clause else near
        return tuple(source for source in covering if _clause(ends, source.hit.start) in near)

    def _told_after(self, sentence: Sentence) -> tuple[Source, ...]:
        """Who is said, right after a sentence, to have told what it says."""
        following = self.by_sentence[sentence.index + 1 : sentence.index + 2]
        return _deepest([source for sources in following for source in sources if source.looks_back])

    def _before(self, sentence: Sentence) -> Asserter | None:
        """Who spoke last, while each sentence since then hangs on the one before it."""
        for index in range(sentence.index, max(0, sentence.index - _BACK), -1):
            if not self._goes_on(self.sentences[index]):
                return None
            if self.by_sentence[index - 1]:
                speaking = self._speaking(index - 1)
                return _told(_deepest(speaking), "carried") if speaking else None
        return None

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence hangs on the one before it; in a new paragraph only a pronoun makes it do so."""
        if _INTRODUCED.search(self.sentences[sentence.index - 1].words):
            return True
        if _BACKGROUND[sentence.language].search(sentence.words):
            return False
        if sentence.language == "ko":
            return not self._own_topic(sentence)
        if self.sentences[sentence.index - 1].paragraph != sentence.paragraph:
            if _OPENS_QUOTE.match(sentence.words):
                return True
            link = _SUBJECT_LINK[sentence.language].match(sentence.words)
            if link is None or any(hit.end <= sentence.start + link.end() for hit in sentence.hits("sender")):
                return False
            several = _PLURAL.search(link.group()) and len(self._named(sentence.index)) > 1
            return not several and len(self._in_paragraph(self.sentences[sentence.index - 1].paragraph)) == 1
        return bool(_LINKED[sentence.language].search(sentence.words)) or not self._state_first(sentence)

    def _named(self, end: int) -> set[str]:
        """The deepest source of each sentence before one."""
        return {
            _deepest(sources)[0].name
            for index, sources in enumerate(self.by_sentence[:end])
            if sources and not (index and self.by_sentence[index - 1] and all(source.looks_back for source in sources))
        }

    def _in_paragraph(self, paragraph: int) -> set[str]:
        """The deepest source of each sentence of a paragraph."""
        return {
            _deepest(sources)[0].name
            for sentence, sources in zip(self.sentences, self.by_sentence, strict=True)
            if sources and sentence.paragraph == paragraph
        }

    def _alone(self, sentence: Sentence) -> Asserter | None:
        """The one source of all that the text has said so far, while nothing since then is background of its own."""
        last = max((index for index in range(sentence.index) if self.by_sentence[index]), default=None)
        if last is None or len(self._named(sentence.index)) > 1:
            return None
        if any(map(self._background, self.sentences[last + 1 : sentence.index + 1])):
            return None
        speaking = [source for sources in self.by_sentence[: last + 1] for source in sources if source.carries]
        return _told(_deepest(speaking), "carried") if speaking else None

    def _background(self, sentence: Sentence) -> bool:
        """Whether a sentence begins anew with the sending State, the world, or long ago."""
        if _BACKGROUND[sentence.language].search(sentence.words) or sentence.tongue.sense("everywhere").search(
            sentence.words
        ):
            return True
        if sentence.language == "ko":
            return self._own_topic(sentence)
        return self._state_first(sentence)

    def _state_first(self, sentence: Sentence) -> bool:
        """Whether a sentence begins with the sending State itself, and not with its people."""
        hit = next(iter(sentence.hits("sender")), None)
        if hit is None:
            return False
        people = sentence.tongue.sense("own_people").match(sentence.text, hit.start) or sentence.text[
            hit.end - 1 : hit.end + 1
        ].endswith(("n", "ns"))
        return hit.start - sentence.start < _TOPIC[sentence.language] and not people

    def _own_topic(self, sentence: Sentence) -> bool:
        """Whether a Korean sentence, whose subject may go unsaid, opens a topic of its own with the sending State."""
        topic = any(sentence.text[hit.end : hit.end + 1] in ("은", "는") for hit in sentence.hits("sender"))
        return topic and not _LINKED["ko"].search(sentence.words)

    def _speaking(self, index: int) -> tuple[Source, ...]:
        """The sources of a sentence that may speak on: not an aside."""
        return tuple(s for s in self.by_sentence[index] if s.carries)

    def _quoted(self, sentence: Sentence) -> Asserter | None:
        """A quotation that is still open at a sentence's end is told by whoever closes it."""
        begun = sentence.index
        while sentence.index - begun < _LONG and begun and self.sentences[begun - 1].paragraph == sentence.paragraph:
            begun -= 1
        told = sentence.text[self.sentences[begun].start : sentence.end]
        if not (_open(told) or _DASHED.match(told)):
            return None
        for index in range(sentence.index + 1, min(len(self.sentences), sentence.index + 1 + _BACK)):
            if self.by_sentence[index] and self.sentences[index].paragraph == sentence.paragraph:
                return _told(_deepest(self.by_sentence[index]), "ahead")
        return None

    def _ahead_in_line(self, sentence: Sentence) -> Asserter | None:
        """A paragraph whose first sentence names nobody is told by the source at its end."""
        index = sentence.index
        if sentence.has("hearsay"):
            return None
        if index and self.sentences[index - 1].paragraph == sentence.paragraph:
            return None
        following = index + 1
        if following < len(self.sentences) and self.sentences[following].paragraph == sentence.paragraph:
            sources = self._speaking(following)
            return _told(_deepest(sources), "ahead") if sources else None
        return None

    def _ahead(self, sentence: Sentence) -> Asserter | None:
        """The source of the sentence or paragraph after a text's opening, which tells whose news it is."""
        lead = _HEARD.search(sentence.words)  # a lead of what was heard, and then from whom
        if self.opening < sentence.index or self.unsaid < sentence.index + (0 if lead else 1):
            return None
        for index in range(sentence.index + 1, min(len(self.sentences), sentence.index + 1 + _FORWARD)):
            sources = self._speaking(index)
            heard = self.sentences[index]
            bare = _QUOTES.search(heard.words) and not (lead or heard.quantities)  # a bare quotation backs no figure
            if sources and not bare:
                return _told(_deepest(sources), "ahead")
        return None


def _paper(source: Source, sentence: Sentence) -> bool:
    """Whether a source is a paper of which nothing is said: "a new report"."""
    one = not source.name.startswith("other ") and source.name[-1] not in "sыи"
    return one and role(source.name, sentence)[0] == PAPER and source.name.islower()


def _clause(ends: Sequence[int], place: int) -> int:
    """The number of the clause in which a place of a sentence stands."""
    return sum(end <= place for end in ends)


def _open(words: str) -> bool:
    """Whether a quotation opens in these words and does not close."""
    return words.count('"') % 2 == 1 or words.count("“") > words.count("”") or words.count("«") > words.count("»")


def _meant(source: Source, sentence: Sentence, cast: Cast) -> Source | None:
    """What a pointer points to: "the paper" to an outlet, "he" to a person; a surname gets its full name."""
    if source.depth == POINTER:
        meant = cast.meant(source, sentence) or (source._replace(depth=OUTLET) if source.unnamed else None)
        meant = meant._replace(found=_where(meant.name, sentence)) if meant else None
        return meant._replace(depth=max(meant.depth, SPEAKER)) if meant and source.cited else meant
    if later := cast.ahead_outlet(source, sentence):
        return source._replace(name=later, depth=OUTLET, found="ahead")
    if (
        sentence.language == "en"
        and _ONE_WORKER.fullmatch(source.name)
        and sentence.tongue.is_wholly("worker", source.name)
    ):
        return source._replace(name=cast.own_worker(sentence, source.name) or source.name)
    return source._replace(name=cast.full(source.name, source.hit.start))


def _where(name: str, sentence: Sentence) -> str:
    """Where a name stands to which a sentence points: there itself, before it, or only after it."""
    if sentence.text.find(name, sentence.start, sentence.end) >= 0:
        return "sentence"
    after = sentence.text.find(name, sentence.end) >= 0 and sentence.text.find(name, 0, sentence.start) < 0
    return "ahead" if after else "carried"


def _deepest(sources: Sequence[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: (-source.depth, not source.cited, source.hit.start)))


def _told(sources: Sequence[Source], evidence: str) -> Asserter:
    names = tuple(dict.fromkeys(source.name for source in sources))
    return Asserter(names[0], names, evidence)
