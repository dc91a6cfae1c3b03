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
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.judgements import judgements
from tallystick.reconcile.kinship.bands import Bands
from tallystick.reconcile.kinship.edges import Edge, Pairing, computed, edge_of, pairings, place, score_of
from tallystick.reconcile.kinship.features import reasons
from tallystick.reconcile.kinship.sighting import sighting_of
from tallystick.reconcile.kinship.weights import BIAS, JUDGED, SUSPECTED
from tallystick.reconcile.lineage import lineage
from tallystick.reconcile.wording import figure
from tallystick.vocab.programme import Programme

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "lineage.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
FOLDS, SEEDS, RIDGE, ROUNDS = 25, 5, 1.0, 25
TARGET = 0.85
COMPILED = date(2026, 11, 21)  # of the evidence; a page without a date was printed by then
Pair = frozenset[str]
Scored = Sequence[tuple[Pairing, float]]
Sums = Mapping[str, Sequence[Edge]]
Design = Callable[[Scored, Sums, Bands, float], list[Edge]]


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
    given = np.array([sum(JUDGED[name] * one.features[name] for name in JUDGED) for one, _ in labelled])
    ridge = np.eye(x.shape[1]) * RIDGE
    ridge[0, 0] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-x @ weights - given))
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


def by_origin(scored: Scored, sums: Sums, bands: Bands, least: float) -> list[Edge]:
    """The product's design: the likeliest origin of each claim, for which all its claims speak together."""
    return [those[0] for those in place(scored, sums, bands, {}, least).values() if those]


def by_pair(scored: Scored, sums: Sums, bands: Bands, least: float) -> list[Edge]:
    """Another: the likeliest single parent of each claim, a computation only where no other was found."""
    best: dict[str, tuple[Pairing, float]] = {}
    for one, of in scored:
        if of >= max(least, best.get(one.child.id, (None, 0.0))[1]):
            best[one.child.id] = (one, of)
    copies = [edge_of(one, of, bands.programme) for one, of in best.values()]
    return [*copies, *(edge for name, those in sums.items() if name not in best for edge in those)]


def every_pair(scored: Scored, sums: Sums, bands: Bands, least: float) -> list[Edge]:
    """Another: all pairs above the mark, so that one claim may join several origins into one."""
    copies = [edge_of(one, of, bands.programme) for one, of in scored if of >= least]
    return [*copies, *(edge for those in sums.values() for edge in those)]


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
    scores: Mapping[tuple[str, str], tuple[tuple[str, ...], float]]  # reasons and score of every pair looked at


def run() -> Result:
    """Recover the lineage by each design; the first is the product's."""
    truth = truth_of(load_programme("dprk"))
    bands = Bands([], [sighting_of(claim) for claim in truth.programme.claims], truth.programme)
    found = list(pairings(bands, dict.fromkeys(truth.sure), {}))
    names = [name for name in found[0].features if name not in JUDGED]
    sums = {child.id: computed(child, bands) for child in bands.all}
    none: Sums = {child.id: () for child in bands.all}
    folds = [held_out(found, truth, names, seed) for seed in range(SEEDS)]
    rules = {**dict.fromkeys(names, 0.0), **RULES}
    ruled = [[(one, score_of(one.features, rules)) for one in found]]

    def mean(build: Design, least: float, scored: Sequence[Scored] = folds, of: Sums = sums) -> tuple[float, float]:
        each = [score(recovered(build(one, of, bands, least), truth), truth) for one in scored]
        return float(np.mean([one[0] for one in each])), float(np.mean([one[1] for one in each]))

    designs = [
        ("the likeliest origin, for which all its claims speak together", *mean(by_origin, SUSPECTED)),
        ("the same without computations", *mean(by_origin, SUSPECTED, folds, none)),
        ("the likeliest single parent, from 0.2", *mean(by_pair, 0.2)),
        ("every pair from 0.25", *mean(every_pair, 0.25)),
        ("every pair from 0.5", *mean(every_pair, 0.5)),
        ("round weights set by hand, the likeliest origin", *mean(by_origin, SUSPECTED, ruled)),
    ]
    designs.append(("the likeliest origin, by the day of the page alone", *of_page(truth, names)))
    edges = by_origin(folds[0], sums, bands, SUSPECTED)
    scores = {(one.child.id, one.parent.id): (reasons(*one[:4]), of) for one, of in folds[0]}
    return Result(truth, designs, edges, recovered(edges, truth), scores)


def of_page(truth: Truth, names: Sequence[str]) -> tuple[float, float]:
    """The same without the researched days of first assertion: what a page that was just read would have."""
    printed = (sighting_of(claim) for claim in truth.programme.claims)
    dated = [replace(one, earliest=(day := one.published or COMPILED), latest=day) for one in printed]
    bands = Bands([], dated, truth.programme)
    found, sums = (
        list(pairings(bands, dict.fromkeys(truth.sure), {})),
        {child.id: computed(child, bands) for child in bands.all},
    )
    scored = (held_out(found, truth, names, seed) for seed in range(SEEDS))
    each = [score(recovered(by_origin(one, sums, bands, SUSPECTED), truth), truth) for one in scored]
    return float(np.mean([one[0] for one in each])), float(np.mean([one[1] for one in each]))


def fitted() -> dict[str, float]:
    """The weights on everything."""
    truth = truth_of(load_programme("dprk"))
    bands = Bands([], [sighting_of(claim) for claim in truth.programme.claims], truth.programme)
    found = list(pairings(bands, dict.fromkeys(truth.sure), {}))
    return fit(found, truth, [name for name in found[0].features if name not in JUDGED])


HIDDEN = {
    "dv_midnight": "the hour at which the day ends was changed; the figure kept is that of another claim",
    "exb_plus": "the text moves the project to another province; the figure and its fields are whole",
    "gmn_bribe_con": "machine translation reverses which trade pays worst; the figure is whole",
    "mesh_40": "a South Korean agency became North Korean ones, falls became road accidents; the figure is whole",
    "n1g_vehicles": "the purpose of the crossings is rendered as vehicles; the row has the right measure",
    "naija_100k": "synonyms were spun; the figure is whole",
    "online_12k": "assemblers became collectors, the recruiter the employer; the figure is whole",
    "pravda_12k": "the agency became a ministry, a source slip, which copies that are not garbled have as well",
    "pravdako_hours": "machine translation gives a day of rest each day; the hours are whole",
    "short_11m": "11 million against 2.4 million: another number of the same page, in no row",
    "union_100k": "100,000 against 15,000: a yearly total printed as a stock, the total is in no row",
    "unn_20k": "'more than this unlikely' became 'could send'; bound and number are whole",
}  # garbled rows whose damage lies in words that no field holds, read from their notes by a person


def page(result: Result) -> str:
    """The measured part of docs/reference/lineage.md."""
    designs = table(
        ((name, f"{p:.2f}", f"{r:.2f}") for name, p, r in result.designs), ("design", "precision", "recall")
    )
    return "\n\n".join([designs, garbled(result), missed(result), mistaken(result)])


def garbled(result: Result) -> str:
    """How many garbled copies were marked, and what was not."""
    kind = {claim.id: claim.link_kind for claim in result.truth.programme.claims}
    marked = {edge.claim for edge in result.edges if edge.damage}
    linked = {edge.claim for edge in result.edges if result.truth.label(edge.claim, edge.parents[0]) == 1}
    all_of = {name for name, one in kind.items() if one == "garbles"}
    seen = all_of - set(HIDDEN)
    wrong = {name for name in marked if kind[name] not in ("garbles", "suspected")}
    sound = sum(one not in ("garbles", "suspected") for one in kind.values())
    rows = [
        ("garbled copies led to their origin", f"{len(linked & all_of)} of {len(all_of)}"),
        ("garbled copies marked as garbled", f"{len(marked & all_of)} of {len(all_of)}"),
        ("the same, where a field shows the damage", f"{len(marked & seen)} of {len(seen)}"),
        ("false alarms among claims that are not garbled", f"{len(wrong)} of {sound} ({len(wrong) / sound:.1%})"),
    ]
    told = [(f"`{name}`", HIDDEN.get(name) or _why(result, name)) for name in sorted(all_of - marked)]
    alarms = [(f"`{one.claim}`", "; ".join(one.damage)) for one in result.edges if one.claim in wrong]
    return "\n\n".join(
        [
            "### Garbled copies",
            table(rows, ("what", "how many")),
            table(told, ("not marked", "why")),
            table(sorted(alarms), ("false alarm", "what was taken for damage")),
        ]
    )


def _why(result: Result, name: str) -> str:
    """Of a garbled copy that has a visible damage and was not marked."""
    edge = next((one for one in result.edges if one.claim == name), None)
    claim = result.truth.programme.claim(name)
    if edge is None:
        return f"no edge: {claim.measure} of {value(result, name)} from {origin(result, claim.derived_from[0])}"
    return f"led to `{edge.parents[0]}` ({edge.score:.2f}), from which nothing that counts as damage broke"


def value(result: Result, name: str) -> str:
    """The figure in words."""
    return figure(result.truth.programme.claim(name))


def origin(result: Result, name: str) -> str:
    """A claim in words."""
    return f"{result.truth.programme.claim(name).measure} of {value(result, name)} (`{name}`)"


def missed(result: Result) -> str:
    """Recorded links whose two ends are not in one recovered origin."""
    rows = []
    for claim in result.truth.programme.claims:
        for parent in claim.derived_from[:1]:
            if frozenset((claim.id, parent)) not in result.pairs and result.truth.label(claim.id, parent) == 1:
                told = f"{value(result, claim.id)}, {claim.asserted_by}", origin(result, parent)
                rows.append((f"`{claim.id}`", claim.link_kind, *told, reason(result, claim.id, parent)))
    head = ("claim", "recorded as", "what it says", "of", "why it was missed")
    return "\n\n".join([f"### Recorded links that were missed ({len(rows)})", table(rows, head)])


def reason(result: Result, name: str, parent: str) -> str:
    """Why a recorded link was not recovered, by what kind of link it is and what was found instead."""
    edge = next((one for one in result.edges if one.claim == name), None)
    kind = result.truth.programme.claim(name).link_kind
    if edge is not None:
        return f"led to `{edge.parents[0]}` instead ({edge.score:.2f}: {'; '.join(edge.reasons)})"
    if kind == "computes_from":
        return "an input is in no row, or the result is so round that chance explains it as well"
    pair = result.scores.get((name, parent))
    if pair is None:
        return "the two numbers have no relation that is looked for"
    return f"scored {pair[1]:.2f}: {'; '.join(pair[0])}"


def mistaken(result: Result) -> str:
    """Edges between two origins that the evidence keeps apart."""
    rows = []
    for edge in sorted(result.edges, key=lambda one: (-one.score, one.claim)):
        if result.truth.label(edge.claim, edge.parents[0]) == 0:
            score = f"{edge.score:.2f}"
            rows.append((f"`{edge.claim}`", f"`{edge.parents[0]}`", edge.kind, score, "; ".join(edge.reasons)))
    head = ("claim", "was led to", "as", "score", "because")
    return "\n\n".join([f"### Edges that the evidence does not record ({len(rows)})", table(rows, head)])


def main() -> int:
    """Measure; print, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="fill docs/reference/lineage.md")
    parser.add_argument("--fit", action="store_true", help="print the weights fitted on everything")
    chosen = parser.parse_args()
    if chosen.fit:
        sys.stdout.write(
            "".join(f'        "{name}": {weight:.2f},\n' for name, weight in fitted().items() if name not in JUDGED)
        )
        return 0
    result = run()
    measured = page(result)
    if chosen.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    else:
        sys.stdout.write(measured + "\n")
    return 0 if min(result.designs[0][1:]) >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
