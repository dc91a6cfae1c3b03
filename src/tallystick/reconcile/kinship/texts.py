"""Which texts pass on the same report: sent on unchanged, reworded or translated, whoever printed them.

The evidence for a pair is added up in points (`Pair`), a few of them a person can check: shared sentences and runs
of words, shared numbers by their oddness, shared names in any alphabet, the body that both lead with, the days of
publication. A report that only takes figures from another is no copy of it: so numbers alone carry a pair only so far,
and days, numbers that are not shared and another body at the head tell the two apart. What copies whom among single
claims is `tallystick.reconcile.kinship.edges`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product
from math import log2, sqrt

from tallystick.reconcile.kinship.bodies import Bodies
from tallystick.reconcile.kinship.cuts import SPACELESS, marks_of, sentences, spaceless, words
from tallystick.reconcile.kinship.figures import OF_SMALL, Key, weight
from tallystick.reconcile.kinship.spelling import capitalised, hangul_skeletons, initials, skeleton
from tallystick.reconcile.kinship.stated import Stated, stated

ENOUGH = 3.0  # points from which a pair counts as one report
TOGETHER = 0.8 * ENOUGH  # points that the members of two groups have on average, where the groups join
MOST_HOLDERS = 60  # a feature in more texts than this leads to no pair by itself
NEWS_LIVES = 4  # days within which wires are sent on
STALE = 45  # days after which a text that shares figures is another report
PER_PRINT, PER_RUN, MOST_OF_WORDING = 2.0, 0.7, 8.0
MOST_OF_NUMBERS = 3.5  # little over ENOUGH: the same figures at the head of another body are another report
OF_NEXT = 0.5  # every further number that two texts share: together they are odder than each
OF_RANGE = 0.8  # both ends of one range, over two numbers that merely occur
OF_PLACE = 0.5  # lost where one text begins with what the other ends with: a recalled figure
PER_BODY, MOST_OF_BODIES = 0.4, 1.5
OF_OTHERS = -3.0  # both texts lead with bodies, and with different ones
NAMED = 0.8  # points of names in both leads from which it is one person's word, whichever agencies carry it
LEAD, DENSE = 300, 125  # letters in which a text says whose news it is; a letter of Korean is a syllable
PER_NAME, MOST_OF_NAMES = 0.4, 3.0
COMMON = 1.5  # bits below which a name is everybody's
BACKED = 0.7  # points of wording, numbers and words from which names and days count in full
OF_SEASON = -4.0
OF_WORDS = 6.0  # times the likeness of the words of two texts in one language
OF_THEME = 0.15  # likeness of two texts of the theme that know nothing of each other
STEM = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """A text with what is known of it."""

    id: str
    text: str
    language: str = ""
    title: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts and the points that speak for one report behind both, by kind of evidence."""

    one: str
    other: str
    points: Mapping[str, float]

    @property
    def total(self) -> float:
        """The sum; from ENOUGH on, they pass on one report."""
        return sum(self.points.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """In how many texts on the theme each name stands: what all such texts name ties no two of them."""

    texts: int = 0
    holders: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Traits:
    doc: Doc
    prints: frozenset[int]
    runs: frozenset[int]
    numbers: Stated
    bodies: frozenset[str]  # of the title and the lead; further down a text recalls what others reported
    wired: bool  # whether wires are all of them
    names: frozenset[str]
    leading: frozenset[str]  # those of the names that stand in the lead
    stems: Mapping[str, float] = field(repr=False)


UNKNOWN, NOBODY = Background(), Bodies()


def groups(documents: Sequence[Doc], background: Background = UNKNOWN, bodies: Bodies = NOBODY) -> list[frozenset[str]]:
    """The texts by root report, the largest group first; a text of its own is a group of one.

    `bodies` are the outlets and offices that a programme knows in several languages (`kinship.bodies`).
    """
    return gather([doc.id for doc in documents], pairs(documents, background, bodies))


def background_of(texts: Iterable[str]) -> Background:
    """Counted over texts of the theme, say the titles and statements of a programme's evidence."""
    spelled = [_names(text) for text in texts]
    counted = Counter(name for inside, first, _ in spelled for name in inside | first)
    return Background(texts=len(spelled), holders=counted)


def pairs(documents: Sequence[Doc], background: Background = UNKNOWN, bodies: Bodies = NOBODY) -> list[Pair]:
    """Every pair that shares something rare, with its points; the order of `documents` does not matter."""
    traits = _traits(sorted(documents, key=lambda doc: doc.id), bodies)
    holders = _holders(traits)
    found = sorted(_candidates(traits, holders))
    return [_pair(traits[one], traits[other], holders, len(traits), background) for one, other in found]


def gather(ids: Iterable[str], scored: Collection[Pair]) -> list[frozenset[str]]:
    """Groups from pairs, surest first; two groups join only where their members, on average, stand for it.

    One pair in error would otherwise join two large groups. A pair without shared traits stands at 0 points.
    """
    total = {frozenset((pair.one, pair.other)): pair.total for pair in scored}
    member_of = {name: {name} for name in ids}
    for pair in sorted((p for p in scored if p.total >= ENOUGH), key=lambda p: (-p.total, p.one, p.other)):
        left, right = member_of[pair.one], member_of[pair.other]
        if left is not right and _mean(left, right, total) >= TOGETHER:
            left |= right
            member_of.update(dict.fromkeys(right, left))
    distinct = {id(group): frozenset(group) for group in member_of.values()}
    return sorted(distinct.values(), key=lambda group: (-len(group), min(group)))


def _mean(left: set[str], right: set[str], total: Mapping[frozenset[str], float]) -> float:
    shared = [total.get(frozenset(pair), 0.0) for pair in product(left, right)]
    return sum(min(one, 2 * ENOUGH) for one in shared) / len(shared)


def _traits(documents: Sequence[Doc], bodies: Bodies) -> list[_Traits]:
    spelled = [_names(doc.text) for doc in documents]
    sure = {name for inside, _, _ in spelled for name in inside}
    return [
        _traits_of(doc, frozenset(inside | (first & sure) | (hangul & sure)), bodies)
        for doc, (inside, first, hangul) in zip(documents, spelled, strict=True)
    ]


def _traits_of(doc: Doc, names: frozenset[str], bodies: Bodies) -> _Traits:
    marks, length = marks_of(doc.text), DENSE if spaceless(doc.text) else LEAD
    inside = {body for body, at in bodies.named(doc.text, doc.language).items() if at < length}
    led = frozenset(inside | bodies.named(doc.title, doc.language).keys())
    return _Traits(
        doc,
        marks.prints,
        marks.runs,
        stated(doc.text, doc.language),
        led,
        led <= bodies.wires,
        names,
        names & set().union(*_names(f"{doc.title}\n{doc.text[:length]}")),
        _stems(doc),
    )


def _names(text: str) -> tuple[set[str], set[str], set[str]]:
    """Skeletons inside sentences, at their beginnings (a name only where another text has it inside), in Hangul."""
    inside, first = set[str](), set[str]()
    for sentence in sentences(text):
        inside.update(initials(sentence))
        for word, opens in capitalised(sentence):
            (first if opens else inside).update(filter(None, [skeleton(word)]))
            if word.isupper() and word.isascii():
                inside.add(word)  # an outlet's or agency's letters: the same in every language
    hangul = set(hangul_skeletons(text)) if SPACELESS.search(text) else set()
    return inside, first, hangul


def _stems(doc: Doc) -> Mapping[str, float]:
    """Beginnings of words, or pairs of letters of a script without spaces, with the root of their count."""
    found = words(f"{doc.title} {doc.text}")
    if spaceless(doc.text):
        found = [word[at : at + 2] for word in found for at in range(max(1, len(word) - 1))]
    counted = Counter(word[:STEM] for word in found if not word.isdigit())
    return {stem: sqrt(count) for stem, count in counted.items()}


def _holders(traits: Sequence[_Traits]) -> Mapping[object, list[int]]:
    """Which texts have a trait, by their number."""
    found: dict[object, list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        for trait in (*one.prints, *one.runs, *_numbered(one), *_named(one.names), *_led(one), *_stemmed(one)):
            found[trait].append(number)
    return found


def _numbered(one: _Traits) -> Iterable[Key]:
    return one.numbers.weights.keys() | one.numbers.rejoined.keys()


def _led(one: _Traits) -> Iterable[tuple[str, str]]:
    return (("body", body) for body in one.bodies)


def _named(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    return (("name", name) for name in names)


def _stemmed(one: _Traits) -> Iterable[tuple[str, str, bool]]:
    return (("stem", stem, spaceless(one.doc.text)) for stem in one.stems)


def _candidates(traits: Sequence[_Traits], holders: Mapping[object, list[int]]) -> set[tuple[int, int]]:
    """Pairs that share a print, a run, a name or a number that few have, or two numbers together."""
    found: set[tuple[int, int]] = set()
    for trait, those in holders.items():
        if not (isinstance(trait, tuple) and trait[0] in ("stem", "body")) and 2 <= len(those) <= MOST_HOLDERS:
            found.update(combinations(those, 2))
    together: dict[tuple[object, object], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        common = sorted(key for key in _numbered(one) if len(holders[key]) > MOST_HOLDERS and weight(key[0]) > OF_SMALL)
        for two in combinations(common, 2):
            together[two].append(number)
    for those in together.values():
        if len(those) <= MOST_HOLDERS:
            found.update(combinations(those, 2))
    return found


def _pair(
    one: _Traits, other: _Traits, holders: Mapping[object, list[int]], count: int, background: Background
) -> Pair:
    said = {
        "wording": _wording(one, other),
        "numbers": _numbers(one, other),
        "words": _words(one, other, holders, count),
    }
    backed = min(1.0, max(0.0, sum(said.values())) / BACKED)
    names = _name_points(one.names & other.names, holders, count, background)
    leading = _name_points(one.leading & other.leading, holders, count, background)
    points = said | {
        "names": backed * names,
        "bodies": backed * _body_points(one, other, holders, count),
        "others": 0.0 if leading >= NAMED else _others(one, other),
        "days": _days(one.doc.published, other.doc.published, backed),
    }
    return Pair(one=one.doc.id, other=other.doc.id, points=points)


def _wording(one: _Traits, other: _Traits) -> float:
    prints, runs = len(one.prints & other.prints), len(one.runs & other.runs)
    return min(MOST_OF_WORDING, PER_PRINT * prints + PER_RUN * runs)


def _numbers(one: _Traits, other: _Traits) -> float:
    """Shared numbers by their oddness, less where most of the smaller text's are not shared or stand elsewhere."""
    mine, theirs = one.numbers, other.numbers
    keys = _shared_keys(mine, theirs)
    if not keys:
        return 0.0
    weights = {key: max(mine.weights.get(key, 0.0), theirs.weights.get(key, 0.0)) for key in keys}
    shared = sum(weights.values())
    smaller = max(shared, min(sum(mine.weights.values()), sum(theirs.weights.values())))
    odd = OF_NEXT * max(0, sum(one_weight > OF_SMALL for one_weight in weights.values()) - 1)
    points = shared + odd + OF_RANGE * len(mine.ranges & theirs.ranges)
    moved = sum(weights[key] * abs(mine.place(key) - theirs.place(key)) for key in keys) / shared
    return min(MOST_OF_NUMBERS, points * sqrt(shared / smaller) * (1 - OF_PLACE * moved))


def _shared_keys(mine: Stated, theirs: Stated) -> set[Key]:
    """Numbers of both; two that a machine cut from one count where the other text has the whole."""
    both = mine.weights.keys() & theirs.weights.keys()
    return both | (mine.rejoined.keys() & theirs.weights.keys()) | (mine.weights.keys() & theirs.rejoined.keys())


def _name_points(
    shared: Iterable[str], holders: Mapping[object, list[int]], count: int, background: Background
) -> float:
    """Shared names, the rarer the more; none for a name that every text has."""

    def rarity(name: str) -> float:
        here = log2(count / len(holders["name", name]))
        if not background.texts:
            return here
        on_theme = log2((background.texts + 1) / (background.holders.get(name, 0) + 1))
        return (here + on_theme) / 2

    points = sum(PER_NAME * max(0.0, rarity(name) - COMMON) for name in shared)
    return min(MOST_OF_NAMES, points)


def _body_points(one: _Traits, other: _Traits, holders: Mapping[object, list[int]], count: int) -> float:
    """Bodies that both lead with, the rarer the more."""
    shared = sum(log2(count / len(holders["body", body])) for body in one.bodies & other.bodies)
    return min(MOST_OF_BODIES, PER_BODY * max(0.0, shared - 1))


def _others(one: _Traits, other: _Traits) -> float:
    """Texts that lead with different bodies are mostly different reports; two wires may carry one."""
    differ = one.bodies and other.bodies and not one.bodies & other.bodies
    return OF_OTHERS if differ and not (one.wired and other.wired) else 0.0


def _words(one: _Traits, other: _Traits, holders: Mapping[object, list[int]], count: int) -> float:
    """Likeness of two texts of one language: the cosine of their words, each weighed by its rarity."""
    if one.doc.language != other.doc.language:
        return 0.0
    wide = spaceless(one.doc.text)

    def rarity(stem: str) -> float:
        return log2((count + 1) / len(holders["stem", stem, wide]))

    def length(of: _Traits) -> float:
        return sqrt(sum((value * rarity(stem)) ** 2 for stem, value in of.stems.items()))

    shared = one.stems.keys() & other.stems.keys()
    dot = sum(one.stems[stem] * other.stems[stem] * rarity(stem) ** 2 for stem in shared)
    likeness = dot / (length(one) * length(other)) if dot else 0.0
    return OF_WORDS * (likeness - OF_THEME)


def _days(one: date | None, other: date | None, backed: float) -> float:
    """Wires are sent on within days; a text of another season is another report."""
    if one is None or other is None:
        return 0.0
    apart = abs((one - other).days)
    if apart <= NEWS_LIVES:
        return backed
    return 0.0 if apart <= STALE else OF_SEASON
