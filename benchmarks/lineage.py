"""Hide who repeats whom in the shipped evidence, and recover it: `.venv/bin/python benchmarks/lineage.py [--write]`.

Links, notes and titles are dropped; what is left of a row is a sighting. Weights are fitted on all origins but those
of a fold, and judged on that fold: an origin with all its copies is in one fold, so no claim is scored by weights
that have seen its origin. `--fit` prints the weights fitted on everything, as they stand in kinship/weights.py;
`--write` fills docs/reference/lineage.md. Exit code 1 where a target was missed.

Judged are pairs of claims, as connected origins put them together. A pair that hangs on a suspected link, on a
judgement by hand, or on any but the first input of a computation counts neither for nor against.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.judgements import judgements
from tallystick.reconcile.kinship.bands import Bands
from tallystick.reconcile.kinship.edges import Edge, Pairing, computed, edge_of, pairings, score_of
from tallystick.reconcile.kinship.sighting import sighting_of
from tallystick.reconcile.kinship.weights import BIAS, JUDGED, SUSPECTED
from tallystick.reconcile.lineage import lineage
from tallystick.vocab.programme import Programme

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "lineage.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
FOLDS, SEEDS, RIDGE, ROUNDS = 25, 5, 1.0, 25
TARGET, ALARMS = 0.85, 0.05
Pair = frozenset[str]
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Truth:
    """What the evidence records: sure origins, and everything that may hang together at all."""

    programme: Programme
    sure: Mapping[str, str]
    loose: Mapping[str, str]

    @property
    def pairs(self) -> frozenset[Pair]:
        """Pairs of claims of one sure origin."""
        return pairs_of(self.sure)

    def label(self, one: str, other: str) -> int | None:
        """1 for one origin, 0 for two, None where the evidence only suspects."""
        if self.sure[one] == self.sure[other]:
            return 1
        return None if self.loose[one] == self.loose[other] else 0


def truth_of(programme: Programme) -> Truth:
    """Read from the links, which nothing else in this file looks at."""
    claims, judged = programme.claims, judgements(programme)
    sure = lineage([replace(claim, suspected_from=()) for claim in claims], {}).origin_of
    links = [
        *((claim.id, parent) for claim in claims for parent in (*claim.derived_from, *claim.suspected_from)),
        *((name, one.suspected_from) for name, one in judged.items() if one.suspected_from),
        *lineage(claims, judged).origin_of.items(),
        *sure.items(),
    ]
    return Truth(programme, sure, joined([claim.id for claim in claims], links))


def joined(names: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name with one name of its connected group."""
    up = {name: name for name in names}

    def top(name: str) -> str:
        while up[name] != name:
            up[name] = up[up[name]]
            name = up[name]
        return name

    for one, other in links:
        if one in up and other in up:
            up[top(one)] = top(other)
    return {name: top(name) for name in up}


def pairs_of(group_of: Mapping[str, str]) -> frozenset[Pair]:
    """Every pair of names of one group."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, group in group_of.items():
        groups[group].append(name)
    return frozenset(frozenset(pair) for those in groups.values() for pair in combinations(those, 2))


def fit(found: Sequence[Pairing], truth: Truth, names: Sequence[str]) -> dict[str, float]:
    """Logistic regression by Newton's method, ridge on all but the bias; features without data keep their judgement."""
    labelled = [(one, label) for one in found if (label := truth.label(one.child.id, one.parent.id)) is not None]
    x = np.array([[1.0, *(one.features[name] for name in names)] for one, _ in labelled])
    y = np.array([float(label) for _, label in labelled])
    ridge = np.eye(x.shape[1]) * RIDGE
    ridge[0, 0] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = (x * (chance * (1 - chance))[:, None]).T @ x + ridge
        weights -= np.linalg.solve(slope, x.T @ (chance - y) + ridge @ weights)
    return {**dict(zip((BIAS, *names), (float(one) for one in weights), strict=True)), **JUDGED}


def held_out(found: Sequence[Pairing], truth: Truth, names: Sequence[str], seed: int) -> list[tuple[Pairing, float]]:
    """Every pair with the score that weights give which have not seen the origin of its later claim."""
    origins = sorted(set(truth.loose.values()))
    fold_of = dict(zip(origins, np.random.default_rng(seed).permutation(len(origins)) % FOLDS, strict=True))
    scored: list[tuple[Pairing, float]] = []
    for fold in range(FOLDS):
        inside = {name for name, origin in truth.loose.items() if fold_of[origin] == fold}
        outside = [one for one in found if one.child.id not in inside and one.parent.id not in inside]
        weights = fit(outside, truth, names)
        scored += [(one, score_of(one.features, weights)) for one in found if one.child.id in inside]
    return scored


def best_edges(scored: Iterable[tuple[Pairing, float]], sums: Iterable[Edge], truth: Truth, least: float) -> list[Edge]:
    """For each claim its likeliest edge, a computation only where nothing else was found."""
    best: dict[str, tuple[Pairing, float]] = {}
    for one, score in scored:
        if score >= least and score > best.get(one.child.id, (None, 0.0))[1]:
            best[one.child.id] = (one, score)
    copies = [edge_of(one, score, truth.programme) for one, score in best.values()]
    return [*copies, *(one for one in sums if one.claim not in best)]


def every_edge(scored: Iterable[tuple[Pairing, float]], sums: Iterable[Edge], truth: Truth, least: float) -> list[Edge]:
    """Another design: all edges above the mark, so that a claim may join several origins into one."""
    return [*(edge_of(one, score, truth.programme) for one, score in scored if score >= least), *sums]


def recovered(edges: Iterable[Edge], truth: Truth) -> frozenset[Pair]:
    """Pairs that the edges put into one origin, those that count neither way left out."""
    group_of = joined(truth.sure, ((edge.claim, edge.parents[0]) for edge in edges))
    return frozenset(pair for pair in pairs_of(group_of) if truth.label(*pair) is not None)


def score(found: frozenset[Pair], truth: Truth) -> tuple[float, float]:
    """Precision and recall."""
    right = len(found & truth.pairs)
    return right / max(1, len(found)), right / len(truth.pairs)


def table(rows: Iterable[Sequence[object]], head: Sequence[str]) -> str:
    """In Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


RULES: Mapping[str, float] = {
    BIAS: -5.5, "odd": 1.0, "span": 1.0, "measure": 1.5, "host": 1.5, "period": 1.0, "source": 1.0, "soon": 1.0,
    "numbers": 0.5, "before": 0.5, "place": -1.0, "sector": -1.0, "other_period": -1.0, "other_source": -1.0,
    "late": -1.0, "end": -0.5, "rounds": -0.5, **JUDGED,
}  # fmt: skip  # a design to compare with: round weights that somebody might write down without fitting any


@dataclass(frozen=True)
class Result:
    """What the page says."""

    truth: Truth
    designs: list[tuple[str, float, float]]
    edges: list[Edge]
    pairs: frozenset[Pair]


def run() -> Result:
    """Recover the lineage by each design; the first is the product's."""
    truth = truth_of(load_programme("dprk"))
    bands = Bands([sighting_of(claim) for claim in truth.programme.claims], truth.programme)
    found = list(pairings(bands, truth.sure, {}))
    names = [name for name in found[0].features if name not in JUDGED]
    sums = [edge for child in bands.all for edge in computed(child, bands)]
    folds = [held_out(found, truth, names, seed) for seed in range(SEEDS)]

    def mean(build: Callable[..., list[Edge]], least: float, scored: Sequence[object] = folds) -> tuple[float, float]:
        of = [score(recovered(build(one, sums, truth, least), truth), truth) for one in scored]
        return float(np.mean([one[0] for one in of])), float(np.mean([one[1] for one in of]))

    rules = {**dict.fromkeys(names, 0.0), **RULES}
    ruled = [[(one, score_of(one.features, rules)) for one in found]]
    designs = [
        ("fitted weights, the likeliest edge of each claim", *mean(best_edges, SUSPECTED)),
        ("fitted weights, every edge", *mean(every_edge, SUSPECTED)),
        ("fitted weights, every edge from 0.5", *mean(every_edge, 0.5)),
        ("round weights set by hand, the likeliest edge", *mean(best_edges, 0.5, ruled)),
        ("no computations", *mean(lambda s, _, t, least: best_edges(s, [], t, least), SUSPECTED)),
    ]
    edges = best_edges(folds[0], sums, truth, SUSPECTED)
    return Result(truth, designs, edges, recovered(edges, truth))


def fitted() -> dict[str, float]:
    """The weights on everything."""
    truth = truth_of(load_programme("dprk"))
    bands = Bands([sighting_of(claim) for claim in truth.programme.claims], truth.programme)
    found = list(pairings(bands, truth.sure, {}))
    return fit(found, truth, [name for name in found[0].features if name not in JUDGED])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="fill docs/reference/lineage.md")
    parser.add_argument("--fit", action="store_true", help="print the weights fitted on everything")
    chosen = parser.parse_args()
    if chosen.fit:
        lines = [f'        "{name}": {weight:.2f},' for name, weight in fitted().items()]
        sys.stdout.write("\n".join(lines) + "\n")
        return 0
    result = run()
    sys.stdout.write(f"{result.designs}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
