"""What stands behind an estimate: who described its year, by counting what, and where the model goes on alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tallystick.brief.facts import Facts
from tallystick.brief.periods import STOCK, WORLD
from tallystick.brief.words.estimates import learnt
from tallystick.brief.words.hedges import learnt_word
from tallystick.reconcile.records import Observation
from tallystick.vocab.estimate import Estimate

ENOUGH = 3  # separate origins that must describe a year before its answer may be called mostly evidence
EVIDENCE, PART, ASSUMPTION = (learnt_word(ratio) for ratio in (0.0, 0.6, 1.0))
CARRIED = "carried over by the model from other years"
UNSETTLED = "narrower only under one reading of the evidence"
CUMULATIVE = ("worker_months_after_deadline",)  # a sum since the deadline holds the unsettled years too


def direct(facts: Facts, e: Estimate) -> frozenset[str]:
    """The separate origins that describe the estimate's own host in its own year."""
    year = int(e.period[:4])
    seen = facts.reach.behind([e], e.host)
    return frozenset(o.voice for o in seen if o.start.year <= year <= o.end.year)


def evidence_word(facts: Facts, e: Estimate) -> str:
    """How much of an answer is evidence: a narrow interval alone does not make it so.

    A model that goes on from its neighbours is narrow, too. So a year that nobody described is "carried over", one
    that moves with the reading is said to, and only a year that three separate origins describe is mostly evidence.
    """
    word, voices = learnt_word(learnt(e)), len(direct(facts, e))
    if word == ASSUMPTION:
        return word
    if not voices:
        return CARRIED
    if _unsettled(facts, e):
        return UNSETTLED
    return PART if voices < ENOUGH else word


def _unsettled(facts: Facts, e: Estimate) -> bool:
    if e.id in CUMULATIVE:
        part = e.visa_class or e.cohort
        return any(other.alternatives for other in facts.series(e.id, e.host, part) if other.period <= e.period)
    return bool(e.alternatives)


# Where counting ends ----------------------------------------------------------------------------------------


def last_voices(facts: Facts, host: str) -> tuple[Observation, ...]:
    """The used counts that describe the last day counted in a host, one for each separate origin."""
    day = facts.reach.last_described(host)
    seen = (o for o in facts.reach.counted(host) if o.end == day)
    return tuple({o.voice: o for o in seen}.values())


# What was counted -------------------------------------------------------------------------------------------


def objects(facts: Facts, e: Estimate) -> Sequence[tuple[str, int]]:
    """How many of an estimate's claims count persons, crossings, visas and so on; the most frequent first."""
    counts = Counter(facts.programme.measures[facts.claims[c].measure].object for c in e.claims)
    return counts.most_common()


def turned_by_shares(facts: Facts, e: Estimate) -> tuple[str, ...]:
    """The kinds of paper and passage that make up most of what a host's persons rest on; none where heads do.

    A worldwide sum has none of its own: the claims of its best covered part would speak for all.
    """
    if e.host == WORLD or not e.unit.startswith("persons"):
        return ()
    kinds = objects(facts, e)
    papers = [kind for kind, _ in kinds if kind != "person"]
    most = 2 * sum(n for kind, n in kinds if kind != "person") > sum(n for _, n in kinds)
    return tuple(papers) if most else ()


def classes(facts: Facts, e: Estimate) -> Sequence[tuple[str, int]]:
    """Names of all classes of asserters behind an estimate, with their claims; the most frequent first."""
    named = facts.programme.asserter_classes
    counts = Counter(facts.claims[c].asserter_class for c in e.claims)
    return [(named[id].name if id in named else id, n) for id, n in counts.most_common()]


def head_counts(facts: Facts, e: Estimate) -> tuple[Observation, ...]:
    """Counts of persons present among an estimate's claims that describe its own year."""
    year = int(e.period[:4])
    seen = facts.reach.behind([e], e.host)
    return tuple(o for o in seen if o.measure == STOCK and o.start.year <= year <= o.end.year)


def weakest(facts: Facts, estimates: Sequence[Estimate]) -> Estimate:
    """Of the parts of a sum, the one to doubt most: counted longest ago, by the widest interval where that ties."""
    width = {id(e): e.interval.upper_80 - e.interval.lower_80 for e in estimates}
    return max(estimates, key=lambda e: (facts.reach.is_projection(e), width[id(e)]))
