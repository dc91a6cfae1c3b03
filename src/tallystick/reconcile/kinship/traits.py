"""What of a text survives when its report is passed on: marks of wording, numbers, names, bodies at its head, words.

A trait that two texts share supports that they pass on one report; a shared skeleton of consonants identifies nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log2, sqrt

from tallystick.reconcile.kinship.bodies import Bodies
from tallystick.reconcile.kinship.cuts import SENTENCE_END, SPACELESS, marks_of, sentences, spaceless, words
from tallystick.reconcile.kinship.figures import Key
from tallystick.reconcile.kinship.spelling import capitalised, hangul_skeletons, initials, skeleton
from tallystick.reconcile.kinship.stated import Stated, stated

LEAD, DENSE = 300, 125  # letters in which a text says whose news it is; a letter of Korean is a syllable
STEM = 6
STEMMED, NAMED, LED = "stem", "name", "body"  # kinds of traits, beside marks and numbers
Holders = Mapping[object, Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """A text with what is known of it."""

    id: str
    text: str
    language: str = ""
    title: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """The traits of one text.

    bodies   of the title and the lead; further down a text recalls what others reported
    wired    whether wires are all of them
    leading  those of the names that stand in the title or the lead
    """

    doc: Doc
    prints: frozenset[int]
    runs: frozenset[int]
    numbers: Stated
    bodies: frozenset[str]
    wired: bool
    names: frozenset[str]
    leading: frozenset[str]
    stems: Mapping[tuple[str, str, bool], float] = field(repr=False)

    def all_numbers(self) -> set[Key]:
        """Those stated, and those that were perhaps cut in two."""
        return self.numbers.weights.keys() | self.numbers.rejoined.keys()

    def all(self) -> Iterator[object]:
        """Every trait, as `holders` counts it."""
        yield from (*self.prints, *self.runs, *self.all_numbers(), *self.stems)
        yield from ((NAMED, name) for name in self.names)
        yield from ((LED, body) for body in self.bodies)


def traits_of(documents: Sequence[Doc], bodies: Bodies) -> list[Traits]:
    """Of all texts together, since a word that opens a sentence is a name only where another text has it inside."""
    spelled = [names_of(doc.text) for doc in documents]
    sure = {name for inside, _, _ in spelled for name in inside}
    return [
        _traits(doc, frozenset(inside | (first & sure) | (hangul & sure)), bodies)
        for doc, (inside, first, hangul) in zip(documents, spelled, strict=True)
    ]


def holders(traits: Sequence[Traits]) -> Holders:
    """Which texts have a trait, by their place in the sequence."""
    found: dict[object, list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        for trait in one.all():
            found[trait].append(number)
    return found


def directions(traits: Sequence[Traits], of: Holders) -> list[Mapping[tuple[str, str, bool], float]]:
    """The words of each text, weighed by their rarity and brought to one length: their products are likenesses."""
    rarity = {trait: log2((len(traits) + 1) / len(of[trait])) for one in traits for trait in one.stems}
    found: list[Mapping[tuple[str, str, bool], float]] = []
    for one in traits:
        weighed = {stem: value * rarity[stem] for stem, value in one.stems.items()}
        length = sqrt(sum(value * value for value in weighed.values())) or 1.0
        found.append({stem: value / length for stem, value in weighed.items()})
    return found


def names_of(text: str) -> tuple[set[str], set[str], set[str]]:
    """Skeletons of names inside sentences, of words that open one, and of what could be names in Hangul."""
    inside, first = set[str](), set[str]()
    for sentence in sentences(text):
        inside.update(initials(sentence))
        for word, opens in capitalised(sentence):
            (first if opens else inside).update(filter(None, [skeleton(word)]))
            if word.isupper() and word.isascii():
                inside.add(word)  # an outlet's or agency's letters: the same in every language
    hangul = set(hangul_skeletons(text)) if SPACELESS.search(text) else set()
    return inside, first, hangul


def _traits(doc: Doc, names: frozenset[str], bodies: Bodies) -> Traits:
    marks, length = marks_of(doc.text), _lead(doc, bodies)
    inside = {body for body, at in bodies.named(doc.text, doc.language).items() if at < length}
    led = frozenset(inside | bodies.named(doc.title, doc.language).keys())
    return Traits(
        doc=doc,
        prints=marks.prints,
        runs=marks.runs,
        numbers=stated(doc.text, doc.language),
        bodies=led,
        wired=led <= bodies.wires,
        names=names,
        leading=names & set().union(*names_of(f"{doc.title}\n{doc.text[:length]}")),
        stems=_stems(doc),
    )


def _lead(doc: Doc, bodies: Bodies) -> int:
    """Letters up to which a text gives its own news: a set length, or less where a sentence recalls older news."""
    most = DENSE if spaceless(doc.text) else LEAD
    ends = (end for end in SENTENCE_END.finditer(doc.text, 0, most) if end.end() < len(doc.text))
    return next((end.start() for end in ends if bodies.opens_recall(doc.text, end.end(), doc.language)), most)


def _stems(doc: Doc) -> Mapping[tuple[str, str, bool], float]:
    """Beginnings of words, or pairs of letters of a script without spaces, with the root of their count."""
    found: Iterable[str] = words(f"{doc.title} {doc.text}")
    wide = spaceless(doc.text)
    if wide:
        found = (word[at : at + 2] for word in found for at in range(max(1, len(word) - 1)))
    counted = Counter(word[:STEM] for word in found if not word.isdigit())
    return {(STEMMED, stem, wide): sqrt(count) for stem, count in counted.items()}
