"""Who repeats whom: claims that go back to one are one origin, and an origin speaks once.

A proven link (repeats, rounds, converts, garbles, computes_from) takes a claim to its parent's origin. A figure
computed from several origins makes no new one: it belongs to that of its first input. A suspected link, whether
stated in the evidence or judged by hand, folds too: counting a copy twice does more harm than counting a witness
once (docs/decisions/0007). Two rows that say the same thing in the same words of the same asserter fold without a
link. What an origin is used for is `tallystick.reconcile.disposition`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tallystick.reconcile.judgements import Judgement
from tallystick.reconcile.records import Origin
from tallystick.vocab.records import Claim

SUREST_FIRST = ("sure", "likely", "bound")
NO_DATE = "9999"  # sorts a page without a date behind every page with one
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Each claim in exactly one origin.

    parent_of    the claim that a copy is laid against; roots are absent
    kind_of      root, the kind of the link to the parent, or same (an exact copy without a link)
    inputs_of    every claim that a claim is said or suspected to go back to
    """

    origins: tuple[Origin, ...]
    origin_of: Mapping[str, str]
    parent_of: Mapping[str, str]
    kind_of: Mapping[str, str]
    inputs_of: Mapping[str, tuple[str, ...]]


def lineage(claims: Iterable[Claim], judged: Mapping[str, Judgement], named: Collection[str] = frozenset()) -> Lineage:
    """Group claims by origin; the outcome does not hang on the order of `claims`.

    Of equal claims the one that a judgement or a rule knows by name (`named`) is the root, so that a copy under
    another name does not slip out of what was said of the original.
    """
    known = {*judged, *named}
    by_id = {claim.id: claim for claim in sorted(claims, key=order)}
    inputs = {claim.id: _inputs(claim, by_id, judged) for claim in by_id.values()}
    linked = {name: parents[0] for name, parents in inputs.items() if parents}
    twins = _twins(by_id.values())
    groups = _components(by_id, linked, twins)
    roots = {name: root for group in groups for root in [_root(group, by_id, linked, twins, known)] for name in group}
    parent_of = {name: _parent(name, roots[name], linked, twins) for name in by_id if name != roots[name]}
    return Lineage(
        origins=tuple(_origin(group, roots[group[0]]) for group in groups),
        origin_of=roots,
        parent_of=parent_of,
        kind_of={name: _kind(claim, name == roots[name], linked) for name, claim in by_id.items()},
        inputs_of=inputs,
    )


def order(claim: Claim) -> Key:
    """Earliest assertion first, the better dated before the worse; the id only breaks ties."""
    sure = SUREST_FIRST.index(claim.dating_sure)
    return (claim.asserted_earliest, sure, claim.asserted_latest, claim.published_on or NO_DATE, claim.id)


def content(claim: Claim) -> Key:
    """What makes two rows the same statement, whoever printed it and whenever."""
    days: tuple[date | None, date | None] = (claim.start, claim.end)
    numbers = (claim.low, claim.point, claim.high, claim.unit)
    return (claim.measure, *numbers, claim.host, claim.region, claim.sector, *days, claim.asserted_by)


def _inputs(claim: Claim, by_id: Mapping[str, Claim], judged: Mapping[str, Judgement]) -> tuple[str, ...]:
    """Proven parents before suspected ones; a parent that `as_of` dropped is no parent."""
    own = judged[claim.id].suspected_from if claim.id in judged else ""
    named = dict.fromkeys((*claim.derived_from, *claim.suspected_from, own))
    return tuple(name for name in named if name in by_id and name != claim.id)


def _twins(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """Every claim with the claims of the same content, itself among them, in order."""
    groups: dict[Key, list[str]] = defaultdict(list)
    for claim in claims:
        groups[content(claim)].append(claim.id)
    return {name: tuple(group) for group in groups.values() for name in group}


def _components(
    by_id: Mapping[str, Claim], linked: Mapping[str, str], twins: Mapping[str, tuple[str, ...]]
) -> list[list[str]]:
    """Claims connected by a first parent or by equal content (union-find), in the order of their first claim."""
    up = {name: name for name in by_id}

    def top(name: str) -> str:
        while up[name] != name:
            up[name] = up[up[name]]
            name = up[name]
        return name

    for name in by_id:
        up[top(name)] = top(twins[name][0])
        if name in linked:
            up[top(name)] = top(linked[name])
    groups: dict[str, list[str]] = defaultdict(list)
    for name in by_id:
        groups[top(name)].append(name)
    return list(groups.values())


def _root(
    group: list[str],
    by_id: Mapping[str, Claim],
    linked: Mapping[str, str],
    twins: Mapping[str, tuple[str, ...]],
    known: Collection[str],
) -> str:
    """The claim that the others go back to: unlinked, no twin of a linked one, then known, then copied, then first."""
    parents = {linked[name] for name in group if name in linked}

    def rank(name: str) -> Key:
        twin_of_copy = any(twin in linked for twin in twins[name])
        return (name in linked, twin_of_copy, name not in known, name not in parents, order(by_id[name]))

    return min(group, key=rank)


def _parent(name: str, root: str, linked: Mapping[str, str], twins: Mapping[str, tuple[str, ...]]) -> str:
    if name in linked:
        return linked[name]
    others = [twin for twin in twins[name] if twin != name]
    return root if root in others or not others else others[0]


def _kind(claim: Claim, is_root: bool, linked: Mapping[str, str]) -> str:
    if is_root:
        return "root"
    if claim.id not in linked:
        return "same"
    return claim.link_kind if linked[claim.id] in claim.derived_from else "suspected"


def _origin(group: list[str], root: str) -> Origin:
    return Origin(id=root, root=root, members=(root, *(name for name in group if name != root)))
