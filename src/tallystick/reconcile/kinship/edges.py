"""For every new claim, the known ones that it may go back to: scored edges that say why, for a person to overrule.

    repeats        the same number, rounds, converts, garbles (and what broke)
    computes_from  a sum, difference, product or share of known figures that would seldom come out by chance
    suspected      something speaks for it, but not enough to name it

A claim without an edge is a new origin, as far as can be seen. An edge is a proposal: nothing here links anything.
The figures of one document are never copies of each other, but may be computed from each other; what was read from
one document twice is one claim for certain (`kinship.same_document`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import exp
from typing import Literal, NamedTuple

from tallystick.reconcile.kinship.bands import Bands
from tallystick.reconcile.kinship.cuts import ONE_IN, marks_of
from tallystick.reconcile.kinship.damage import damages
from tallystick.reconcile.kinship.features import Shared, features, reasons
from tallystick.reconcile.kinship.figures import OF_DIGIT
from tallystick.reconcile.kinship.numbers import Relation, relation
from tallystick.reconcile.kinship.same_document import SAME, of_one_document, same_figures
from tallystick.reconcile.kinship.sighting import Sighting
from tallystick.reconcile.kinship.sums import Computation, by_rate, computations
from tallystick.reconcile.kinship.weights import BIAS, LIKELY, SUSPECTED, WEIGHTS
from tallystick.vocab.programme import Programme

RunsOf = Callable[[str], frozenset[int] | None]
Kind = Literal["repeats", "rounds", "converts", "garbles", "computes_from", "suspected"]
KIND_OF: Mapping[str, Kind] = {"same": "repeats", "end": "repeats", "rounds": "rounds", "converts": "converts"}
CARRIES = frozenset(KIND_OF)  # relations in which the number comes through
SLIPS = frozenset(("separator", "scale"))  # relations in which it was broken by a slip of the pen
PLAIN = 2 * OF_DIGIT  # a number of one digit and noughts, of which there are many
SOME = 0.5  # of the runs of words that make two texts alike, half: one run in common is a turn of phrase
BESIDE = ("source", "soon", "month", "period", "numbers", "runs")  # what speaks for a link besides its number
MOST_CHANCE = 0.5  # coincidences expected; above, a sum is not worth a look
MOST_EDGES = 5
NEAR = 0.8  # share of the best score from which an earlier claim of the origin is preferred to it
FURTHER = 0.8  # weight of each further claim of an origin, to the power of its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """`claim` may go back to `parents`: one, or the inputs of a computation in the order of its formula.

    score    0-1: of pairs with such features in the shipped evidence, about so many are of one origin
    damage   what broke on the way, as far as the fields show it
    """

    claim: str
    parents: tuple[str, ...]
    kind: Kind
    score: float
    reasons: tuple[str, ...]
    damage: tuple[str, ...] = ()


class Pairing(NamedTuple):
    """Two claims of which the later shares a number with the earlier, and all that is scored."""

    child: Sighting
    parent: Sighting
    relation: Relation
    shared: Shared
    features: Mapping[str, float]


def edges(
    new: Sequence[Sighting],
    known: Sequence[Sighting],
    texts: Mapping[str, str] | None = None,
    *,
    programme: Programme,
    runs_of: RunsOf | None = None,
    origin_of: Mapping[str, str] | None = None,
    weights: Mapping[str, float] = WEIGHTS,
    later: Collection[str] = (),
) -> tuple[Edge, ...]:
    """The edges of all of `new` to earlier claims, new or known; per claim the likeliest first, at most MOST_EDGES.

    texts : the text of a document by its name, where it is held; without, only fields are compared
    runs_of : in the place of `texts`, what gives the runs of words of a document's text (`kinship.cuts`), if it is held
    origin_of : the origin of each known claim by its id, so that its copies speak for it together
    later : ids of those known that go back to nothing so far: whether they go back to one of `new`, and to that alone
    """
    bands, fresh = Bands(known, new, programme), {one.id for one in new}
    asked = {one.id: None if one.id in fresh else fresh for one in bands.all if one.id in fresh or one.id in later}
    found = [one for one in pairings(bands, asked, texts or {}, runs_of) if not _is_another_figure(one)]
    scored = [(one, score_of(one.features, weights)) for one in found]
    sums = {one.id: _computed_from(one, bands, asked[one.id]) for one in bands.all if one.id in asked}
    placed = place(scored, sums, bands, origin_of or {})
    certain = same_figures(bands.all, asked, origin_of or {})
    for name, parent in certain.items():
        placed[name] = [_certain(name, parent), *(one for one in placed[name] if parent.id not in one.parents)]
    return tuple(edge for those in placed.values() for edge in those[:MOST_EDGES])


def _computed_from(child: Sighting, bands: Bands, among: Set[str] | None) -> list[Edge]:
    """Of a claim that was asked about before, only a computation into which one of those enters that are new."""
    if among is None:
        return computed(child, bands)
    new = any(one.id in among for one in bands.at_hand(child))
    return [one for one in computed(child, bands) if not among.isdisjoint(one.parents)] if new else []


def _is_another_figure(one: Pairing) -> bool:
    """Of one document, read twice: another number is another figure, however well it would round or slip."""
    return one.relation.kind not in ("same", "end") and of_one_document(one.child, one.parent)


def _certain(name: str, parent: Sighting) -> Edge:
    return Edge(claim=name, parents=(parent.id,), kind="repeats", score=1.0, reasons=(SAME,))


def place(
    scored: Iterable[tuple[Pairing, float]],
    sums: Mapping[str, Sequence[Edge]],
    bands: Bands,
    origin_of: Mapping[str, str],
    least: float = SUSPECTED,
) -> dict[str, list[Edge]]:
    """Each claim of `sums`, in the order of assertion, beside the origins that its pairs speak for.

    An edge leads to one claim of an origin and is scored by all that this origin's claims say for it. A claim that
    was placed belongs to the likeliest origin from then on, and speaks for it to those that come after.
    """
    pairs_of: dict[str, list[tuple[Pairing, float]]] = defaultdict(list)
    for pairing, score in scored:
        pairs_of[pairing.child.id].append((pairing, score))
    origins, placed = dict(origin_of), dict[str, list[Edge]]()
    for one in bands.all:
        if one.id in sums:
            placed[one.id] = _edges_of(pairs_of[one.id], sums[one.id], bands, origins, least)
            first = placed[one.id][0].parents[0] if placed[one.id] else one.id
            origins[one.id] = origins.get(first, first)
    return placed


def _edges_of(
    pairs: Sequence[tuple[Pairing, float]],
    sums: Sequence[Edge],
    bands: Bands,
    origins: Mapping[str, str],
    least: float,
) -> list[Edge]:
    """One edge for each origin with enough behind it; a computation only where no likely copy was found."""
    by_origin: dict[str, list[tuple[Pairing, float]]] = defaultdict(list)
    for pairing, score in pairs:
        by_origin[origins.get(pairing.parent.id, pairing.parent.id)].append((pairing, score))
    found = []
    for those in by_origin.values():
        support = together([score for _, score in those])
        if support >= least:
            found.append(_to_origin(those, support, bands))
    found.sort(key=lambda edge: (-edge.score, edge.parents))
    return found if found and found[0].score >= LIKELY else [*found, *sums]


def together(scores: Iterable[float]) -> float:
    """What several claims of one origin say for it: each further one counts less, since they are copies themselves."""
    against = 1.0
    for place, score in enumerate(sorted(scores, reverse=True)):
        against *= (1 - score) ** (FURTHER**place)
    return 1 - against


def _to_origin(pairs: Sequence[tuple[Pairing, float]], support: float, bands: Bands) -> Edge:
    """To the earliest claim of the origin that it is about as like as any: what broke is laid against that.

    One from which nothing broke goes before: what an earlier copy broke, who copies that faithfully has not broken.
    """
    top = max(score for _, score in pairs)
    near = [one for one, score in pairs if score >= NEAR * top]
    best = min(near, key=lambda one: (_broke(one, bands), bands.rank(one.parent.id)))
    others = sum(score >= SUSPECTED / 2 for _, score in pairs) - 1
    told = (f"{others} other claims of its origin speak for it too",) if others > 0 else ()
    edge = edge_of(best, support, bands.programme)
    return replace(edge, reasons=(*edge.reasons, *told))


def _broke(one: Pairing, bands: Bands) -> bool:
    return bool(damages(one.child, one.parent, one.relation, bands.programme))


def score_of(of: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted features."""
    total = weights[BIAS] + sum(weights[name] * value for name, value in of.items() if value)
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))


def pairings(
    bands: Bands, asked: Mapping[str, Set[str] | None], texts: Mapping[str, str], runs_of: RunsOf | None = None
) -> Iterator[Pairing]:
    """Every pair that shares a number, with its features.

    asked : ids of the later claims that are asked about, each with those of the earlier that it is laid against; None
        for all
    """
    both = _Stated(bands.all)
    met = [
        (child, parent, how)
        for child in bands.all
        if child.id in asked
        for parent in bands.earlier(child, asked[child.id])
        if (how := relation(child, parent, bands.programme)).kind != "other"
        if how.kind not in SLIPS or not both.keep(child, parent)
    ]
    carried: dict[tuple[str, str], set[str]] = defaultdict(set)  # claims that two documents share
    before: dict[str, set[str]] = defaultdict(set)  # documents that had the number of a claim before
    for child, parent, how in met:
        if child.measure == parent.measure and how.kind in CARRIES:
            carried[child.document, parent.document].add(child.id)
            before[child.id].add(parent.document)
    wording = _Wording(runs_of or _cut(texts))
    for child, parent, how in met:
        shared = Shared(
            numbers=len(carried[child.document, parent.document] - {child.id}),
            runs=wording.shared(child.document, parent.document),
            before=max(0, len(before[child.id]) - 1),
        )
        found = Pairing(child, parent, how, shared, features(child, parent, how, shared))
        if not _is_bare(found):
            yield found


def _is_bare(one: Pairing) -> bool:
    """Half a range, or another measure, that share a plain number and nothing else: one does not lead to the other."""
    part = one.relation.kind == "end" or one.child.measure != one.parent.measure
    return part and one.relation.odd < PLAIN and not any(one.features[name] >= SOME for name in BESIDE)


class _Stated:
    """What each document states: two figures that one of them has beside each other did not become one another."""

    def __init__(self, sightings: Iterable[Sighting]) -> None:
        self._of = {(one.document, one.measure, one.numbers) for one in sightings}

    def keep(self, child: Sighting, parent: Sighting) -> bool:
        """Whether the child's document has the parent's figure besides, or the parent's the child's."""
        mine, theirs = (child.document, *_figure(parent)), (parent.document, *_figure(child))
        return mine in self._of or theirs in self._of


def _figure(one: Sighting) -> tuple[str, tuple[float, ...]]:
    return one.measure, one.numbers


def _cut(texts: Mapping[str, str]) -> RunsOf:
    return lambda name: marks_of(texts[name]).runs if name in texts else None


class _Wording:
    """Runs of words that two documents share; each text is cut once."""

    def __init__(self, runs_of: RunsOf) -> None:
        self._runs_of = runs_of
        self._runs: dict[str, frozenset[int]] = {}

    def shared(self, one: str, other: str) -> int:
        """Estimated from the sample of runs that is kept; 0 where a text is not held."""
        return ONE_IN * len(self._of(one) & self._of(other))

    def _of(self, name: str) -> frozenset[int]:
        if name not in self._runs:
            self._runs[name] = self._runs_of(name) or frozenset()
        return self._runs[name]


def edge_of(pairing: Pairing, score: float, programme: Programme) -> Edge:
    """As an edge: named from LIKELY on, with what broke."""
    child, parent, how, shared, _ = pairing
    broken = damages(child, parent, how, programme)
    kind: Kind = "garbles" if broken else KIND_OF[how.kind]
    return Edge(
        claim=child.id,
        parents=(parent.id,),
        kind=kind if score >= LIKELY else "suspected",
        score=round(score, 3),
        reasons=reasons(child, parent, how, shared),
        damage=broken,
    )


def computed(child: Sighting, bands: Bands) -> list[Edge]:
    """At most one edge: the computation that chance explains worst."""
    found = computations(child, bands.at_hand(child), bands.programme) or by_rate(child, bands.rates(child))
    likely = [one for one in found if one.chance <= MOST_CHANCE]
    return [_as_edge(child, likely[0])] if likely else []


def _as_edge(child: Sighting, found: Computation) -> Edge:
    told = f"by chance {found.chance:.2g} such would come out, among all that were tried"
    return Edge(
        claim=child.id,
        parents=found.inputs,
        kind="computes_from",
        score=round(1 / (1 + found.chance), 3),
        reasons=(f"{found.formula} is told as this figure", told),
    )
