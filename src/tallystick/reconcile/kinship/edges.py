"""For every new claim, the known ones that it may go back to: scored edges that say why, for a person to overrule.

    repeats        the same number, rounds, converts, garbles (and what broke)
    computes_from  a sum, difference, product or share of known figures that would seldom come out by chance
    suspected      something speaks for it, but not enough to name it

A claim without an edge is a new origin, as far as can be seen. An edge is a proposal: nothing here links anything.
The figures of one document are never copies of each other, but may be computed from each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Literal, NamedTuple

from tallystick.reconcile.kinship.bands import Bands
from tallystick.reconcile.kinship.cuts import ONE_IN, marks_of
from tallystick.reconcile.kinship.damage import damages
from tallystick.reconcile.kinship.features import Shared, features, reasons
from tallystick.reconcile.kinship.numbers import Relation, relation
from tallystick.reconcile.kinship.sighting import Sighting
from tallystick.reconcile.kinship.sums import Computation, by_rate, computations
from tallystick.reconcile.kinship.weights import BIAS, LIKELY, SUSPECTED, WEIGHTS
from tallystick.vocab.programme import Programme

Kind = Literal["repeats", "rounds", "converts", "garbles", "computes_from", "suspected"]
KIND_OF: Mapping[str, Kind] = {"same": "repeats", "end": "repeats", "rounds": "rounds", "converts": "converts"}
CARRIES = frozenset(KIND_OF)  # relations in which the number comes through
MOST_CHANCE = 0.5  # coincidences expected; above, a sum is not worth a look
MOST_EDGES = 5


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
    weights: Mapping[str, float] = WEIGHTS,
) -> tuple[Edge, ...]:
    """The edges of all of `new` to earlier claims, new or known; per claim the likeliest first, at most MOST_EDGES.

    texts : the text of a document by its name, where it is held; without, only fields are compared
    """
    bands = Bands([*known, *new], programme)
    wanted = {one.id for one in new}
    found: dict[str, list[Edge]] = defaultdict(list)
    for pairing in pairings(bands, wanted, texts or {}):
        score = score_of(pairing.features, weights)
        if score >= SUSPECTED:
            found[pairing.child.id].append(edge_of(pairing, score, programme))
    for one in new:
        found[one.id] += computed(one, bands)
    best = (likeliest(those, bands)[:MOST_EDGES] for those in found.values())
    return tuple(edge for those in best for edge in those)


def likeliest(found: Iterable[Edge], bands: Bands) -> list[Edge]:
    """By score; of about equal ones the parent from which least broke, then the one asserted first."""
    return sorted(
        found, key=lambda edge: (-round(edge.score, 1), len(edge.damage), bands.rank(edge.parents[0]), -edge.score)
    )


def score_of(of: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted features."""
    total = weights[BIAS] + sum(weights[name] * value for name, value in of.items() if value)
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))


def pairings(bands: Bands, wanted: Iterable[str], texts: Mapping[str, str]) -> Iterator[Pairing]:
    """Every pair that shares a number, with its features; `wanted` are the later claims that are asked about."""
    asked = set(wanted)
    met = [
        (child, parent, how)
        for child in bands.all
        if child.id in asked
        for parent in bands.earlier(child)
        if (how := relation(child, parent, bands.programme)).kind != "other"
    ]
    carried: dict[tuple[str, str], set[str]] = defaultdict(set)  # claims that two documents share
    before: dict[str, set[str]] = defaultdict(set)  # documents that had the number of a claim before
    for child, parent, how in met:
        if child.measure == parent.measure and how.kind in CARRIES:
            carried[child.document, parent.document].add(child.id)
            before[child.id].add(parent.document)
    wording = _Wording(texts)
    for child, parent, how in met:
        shared = Shared(
            numbers=len(carried[child.document, parent.document] - {child.id}),
            runs=wording.shared(child.document, parent.document),
            before=max(0, len(before[child.id]) - 1),
        )
        yield Pairing(child, parent, how, shared, features(child, parent, how, shared))


class _Wording:
    """Runs of words that two documents share; each text is cut once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._runs: dict[str, frozenset[int]] = {}

    def shared(self, one: str, other: str) -> int:
        """Estimated from the sample of runs that is kept; 0 where a text is not held."""
        if one not in self._texts or other not in self._texts:
            return 0
        return ONE_IN * len(self._of(one) & self._of(other))

    def _of(self, name: str) -> frozenset[int]:
        if name not in self._runs:
            self._runs[name] = marks_of(self._texts[name]).runs
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
    found = computations(child, bands.at_hand(child)) or by_rate(child, bands.rates(child))
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
