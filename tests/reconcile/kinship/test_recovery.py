"""With every link hidden, the shipped claims find back to their origins, most of them and few to a wrong one.

Here with the weights as they stand, which have seen these claims; `benchmarks/lineage.py` judges weights that have not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

import pytest

from tallystick.reconcile.judgements import judgements
from tallystick.reconcile.kinship.edges import Edge, edges
from tallystick.reconcile.kinship.sighting import sighting_of
from tallystick.reconcile.lineage import lineage
from tallystick.vocab.programme import Programme

Pairs = set[frozenset[str]]


def pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}


def connected(names: Iterable[str], links: Iterable[tuple[str, str]]) -> list[set[str]]:
    group_of = {name: {name} for name in names}
    for one, other in links:
        if one in group_of and other in group_of and group_of[one] is not group_of[other]:
            merged = group_of[one] | group_of[other]
            group_of.update(dict.fromkeys(merged, merged))
    return list({id(group): group for group in group_of.values()}.values())


@pytest.fixture(scope="module")
def best(shipped: Programme) -> Mapping[str, Edge]:
    found: dict[str, Edge] = {}
    for edge in edges([sighting_of(claim) for claim in shipped.claims], [], programme=shipped):
        found.setdefault(edge.claim, edge)
    return found


def test_hidden_links_are_recovered_with_precision_and_recall_of_at_least_85_percent(
    best: Mapping[str, Edge], shipped: Programme
) -> None:
    names = [claim.id for claim in shipped.claims]
    sure = pairs(one.members for one in lineage([replace(c, suspected_from=()) for c in shipped.claims], {}).origins)
    judged = judgements(shipped)
    links = [(c.id, parent) for c in shipped.claims for parent in (*c.derived_from, *c.suspected_from)]
    links += [(name, one.suspected_from) for name, one in judged.items()]
    links += lineage(shipped.claims, judged).origin_of.items()
    unsure = pairs(connected(names, links)) - sure
    found = pairs(connected(names, ((edge.claim, edge.parents[0]) for edge in best.values()))) - unsure
    assert len(found & sure) >= 0.85 * len(found)
    assert len(found & sure) >= 0.85 * len(sure)


def test_few_faithful_claims_are_taken_for_garbled(best: Mapping[str, Edge], shipped: Programme) -> None:
    damaged: dict[str, int] = defaultdict(int)
    for edge in best.values():
        damaged[shipped.claim(edge.claim).link_kind] += bool(edge.damage)
    faithful = sum(claim.link_kind not in ("garbles", "suspected") for claim in shipped.claims)
    alarms = sum(count for kind, count in damaged.items() if kind not in ("garbles", "suspected"))
    assert alarms <= 0.05 * faithful
    assert damaged["garbles"] >= 19  # of 37; the damage of 12 lies in words that no field holds


def test_every_edge_leads_to_an_earlier_claim_and_gives_its_reasons(
    best: Mapping[str, Edge], shipped: Programme
) -> None:
    for edge in best.values():
        assert edge.reasons
        assert 0 < edge.score <= 1
        assert edge.claim not in edge.parents
        assert all(shipped.claim(parent) for parent in edge.parents)
