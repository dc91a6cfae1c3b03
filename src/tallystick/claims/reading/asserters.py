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
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.sources import POINTER, Source, by_depth, named

_FORWARD = 4  # sentences on which a text's opening waits for its first source
_BACK = 3  # sentences that a source speaks on
_UNSAID = 45
_PROPER = re.compile(r"[A-ZА-ЯЁ]")
_LINKED = {  # a pronoun or a definite subject: the sentence goes on about what was told
    "en": re.compile(
        r"\A[\"“]?(?:The|Those|These|Their|They|Such|He|She|It|Its|His|Her|Workers|Labou?rers|Most|Many|Some|About|Around|"
        r"Only|Another|Others|One|Both|All|Each|In total|Of th|That|This|But|And|However|Meanwhile)(?!\w)|"
        r"(?<!\w)(?:they|them|their|he|she|reportedly|also|those|these|such|the workers|the labou?rers|there)(?!\w)"
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
_PRONOUN = {  # what links a new paragraph to the one before
    "en": re.compile(
        r"\A[\"“]?(?:Those|These|Their|They|Such|He|She|Its|His|The [a-z]+(?:s|men|women))(?!\w)|"
        r"(?<!\w)(?:they|them|their|he|she|reportedly|also|those)(?!\w)"
    ),
    "ru": re.compile(r"(?<!\w)(?:им|ими|они|он|она|также|при этом|эт[иоа]\w*|кроме того|такж\w+)(?!\w)", re.IGNORECASE),
}
_BACKGROUND = {  # the sending State as the subject of a fact that stands by itself
    "en": re.compile(r"(?<!\w)(?:since the|over the (?:years|decades)|for (?:years|decades)|historically)(?!\w)"),
    "ru": re.compile(r"(?<!\w)(?:с \d{4}-х|десятилетиями|многие годы|исторически)(?!\w)", re.IGNORECASE),
    "ko": re.compile(r"\d{4}년대(?:부터|이후)|수십 년"),
}
_ENDED = re.compile(r"[.!?…。][\"'»”’)\]]*\Z")


class Asserter(NamedTuple):
    """The deepest source, all sources of the number (deepest first), and how they were found."""

    name: str
    attribution: tuple[str, ...]
    evidence: str  # sentence, carried, ahead, none


_NOBODY = Asserter("", (), "none")


@dataclass(slots=True)
class Speakers:
    """The sources of a text by sentence, with pointers resolved to the name that they stand for."""

    sentences: Sequence[Sentence]
    by_sentence: list[tuple[Source, ...]] = field(default_factory=list)

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

    def of(self, sentence: Sentence, quantity: Quantity) -> Asserter:
        own = by_depth(self.by_sentence[sentence.index], quantity.start)
        if own:
            return _told(own, "sentence")
        if quoted := self._quoted(sentence):
            return quoted
        if not _ENDED.search(sentence.words):
            return _NOBODY  # a headline speaks for itself
        if sentence.cost("unsaid", quantity) < _UNSAID and sentence.language != "ko":
            return _NOBODY
        return self._ahead_in_line(sentence) or self._before(sentence) or self._ahead(sentence) or _NOBODY

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
        if _BACKGROUND[sentence.language].search(sentence.words):
            return False
        if sentence.language == "ko":
            return not self._own_topic(sentence)
        if self.sentences[sentence.index - 1].paragraph != sentence.paragraph:
            return bool(_PRONOUN[sentence.language].search(sentence.words))
        return bool(_LINKED[sentence.language].search(sentence.words)) or not sentence.has("sender")

    def _own_topic(self, sentence: Sentence) -> bool:
        """Whether a Korean sentence, whose subject may go unsaid, opens a topic of its own with the sending State."""
        topic = any(sentence.text[hit.end : hit.end + 1] in ("은", "는") for hit in sentence.hits("sender"))
        return topic and not _LINKED["ko"].search(sentence.words)

    def _speaking(self, index: int) -> tuple[Source, ...]:
        """The sources of a sentence that may speak on: those with a name of their own."""
        korean = self.sentences[index].language == "ko"
        return tuple(s for s in self.by_sentence[index] if s.carries and (korean or _PROPER.search(s.name)))

    def _quoted(self, sentence: Sentence) -> Asserter | None:
        """A quotation that is still open at a sentence's end is told by whoever closes it."""
        if not _open(sentence.words):
            return None
        for index in range(sentence.index + 1, min(len(self.sentences), sentence.index + 1 + _BACK)):
            if self.by_sentence[index] and self.sentences[index].paragraph == sentence.paragraph:
                return _told(_deepest(self.by_sentence[index]), "ahead")
        return None

    def _ahead_in_line(self, sentence: Sentence) -> Asserter | None:
        """A paragraph whose first sentence names nobody is told by the source at its end."""
        index = sentence.index
        if index and self.sentences[index - 1].paragraph == sentence.paragraph:
            return None
        following = index + 1
        if following < len(self.sentences) and self.sentences[following].paragraph == sentence.paragraph:
            sources = self._speaking(following)
            return _told(_deepest(sources), "ahead") if sources else None
        return None

    def _ahead(self, sentence: Sentence) -> Asserter | None:
        if any(self.by_sentence[: sentence.index]):
            return None
        for index in range(sentence.index + 1, min(len(self.sentences), sentence.index + 1 + _FORWARD)):
            if sources := self._speaking(index):
                return _told(_deepest(sources), "ahead")
        return None


def _open(words: str) -> bool:
    """Whether a quotation opens in these words and does not close."""
    return words.count('"') % 2 == 1 or words.count("“") > words.count("”") or words.count("«") > words.count("»")


def _meant(source: Source, sentence: Sentence, cast: Cast) -> Source | None:
    """What a pointer points to: "the paper" to an outlet, "he" to a person; a surname gets its full name."""
    if source.depth == POINTER:
        return cast.meant(source, sentence)
    return source._replace(name=cast.full(source.name, source.hit.start))


def _deepest(sources: Sequence[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: (-source.depth, source.hit.start)))


def _told(sources: Sequence[Source], evidence: str) -> Asserter:
    names = tuple(dict.fromkeys(source.name for source in sources))
    return Asserter(names[0], names, evidence)
