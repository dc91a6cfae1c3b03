"""Figures that differ, and why: explained before anything is pooled.

First come the disagreements that people know, in our own words (`disagreements.toml`); then those that the rows
show by themselves:

    object       crossings, visas, permits, arrivals and stocks of one place and year are different things
    spread       one quantity, place and year, several origins: told apart by bound, period, coverage and basis,
                 and where none of these differs, a true disagreement
    garbling     a copy that breaks its origin
    forecast     a plan that a copy prints as a stock
    currency     one sum in two currencies
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallystick.reconcile.disposition import Case
from tallystick.reconcile.losses import lost
from tallystick.reconcile.records import Disagreement, Observation
from tallystick.reconcile.wording import (
    bounded,
    counted,
    figure,
    joined,
    number,
    place_name,
    sentence,
)
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.records import Claim

TABLE, FILE = "disagreements", "disagreements.toml"
KINDS = ("told", "object", "spread", "garbling", "forecast", "currency")
HEADS = ("person", "crossing", "visa", "permit")  # objects that readers take for people
FEWEST_OBJECTS = 3
AGREEING = 1.15  # figures within 15 % of each other are not said to differ; rounding alone moves them so far
PLAN_ROLE, STOCK = "context", "S"


def disagreements(case: Case, observed: Sequence[Observation]) -> tuple[Disagreement, ...]:
    """Told ones in the order of their file, then by kind and id."""
    found = [*_told(case), *_objects(case, observed), *_spreads(case, observed), *_broken(case)]
    return tuple(sorted(found, key=lambda each: (KINDS.index(each.kind), each.id if each.kind != "told" else "")))


def _told(case: Case) -> Iterator[Disagreement]:
    for number_, entry in enumerate(case.programme.tables.get(TABLE, {}).get("disagreement", ()), start=1):
        claims = _known(entry, number_, case)
        if len(claims) > 1:
            why, title = entry["why"].strip(), entry["title"]
            yield Disagreement(id=entry["id"], claims=claims, why=why, title=title, kind="told")


def _known(entry: Mapping[str, Any], row: int, case: Case) -> tuple[str, ...]:
    """The entry's claims as far as `as_of` keeps them; a name that never existed is a fault of the file."""
    missing = [name for name in entry["claims"] if name not in case.claims]
    if missing and case.programme.as_of is None:
        raise EvidenceError(f"no claim is called {', '.join(missing)}", file=FILE, row=row, field="claims")
    return tuple(name for name in entry["claims"] if name in case.claims)


def _objects(case: Case, observed: Sequence[Observation]) -> Iterator[Disagreement]:
    """Per place and year: different objects that are easily taken for one."""
    groups: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    for seen in observed:
        if case.programme.measures[seen.measure].object in HEADS and seen.start.year == seen.end.year:
            groups[seen.host, seen.end.year].append(seen)
    for (host, year), group in groups.items():
        by_object: dict[str, list[Observation]] = defaultdict(list)
        for seen in group:
            by_object[_object(seen, case)].append(seen)
        if len(by_object) >= FEWEST_OBJECTS:
            yield _objects_differ(host, year, by_object, case)


def _object(seen: Observation, case: Case) -> str:
    """What is counted: a crossing, a visa, a permit; of persons, each measure is its own."""
    measure = case.programme.measures[seen.measure]
    return measure.name if measure.object == "person" else f"{measure.object}s"


def _objects_differ(host: str, year: int, by_object: Mapping[str, Sequence[Observation]], case: Case) -> Disagreement:
    parts = [f"{name} ({joined(_figures(group))})" for name, group in sorted(by_object.items())]
    where = place_name(host, case.programme)
    return Disagreement(
        id=f"object-{host}-{year}",
        claims=_claims(seen for group in by_object.values() for seen in group),
        title=f"{where} in {year}: {counted(len(by_object), 'object', 'different objects')}",
        why=sentence(f"These count different things and need not agree: {joined(parts)}"),
        kind="object",
    )


def _claims(seen: Iterator[Observation] | Sequence[Observation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.claim for each in seen))


def _figures(group: Sequence[Observation]) -> list[str]:
    return list(dict.fromkeys(bounded(seen.low, seen.point, seen.high, seen.unit) for seen in group))


def _spreads(case: Case, observed: Sequence[Observation]) -> Iterator[Disagreement]:
    """Per quantity, place and year: origins whose figures lie apart."""
    groups: dict[tuple[str, str, int], list[Observation]] = defaultdict(list)
    for seen in observed:
        for year in range(seen.start.year, seen.end.year + 1) if _one_year_apart(seen) else ():
            groups[seen.measure, seen.host, year].append(seen)
    for (measure, host, year), group in groups.items():
        if len({seen.origin for seen in group}) > 1 and _apart(group) > AGREEING:
            yield _spread(measure, host, year, group, case)


def _one_year_apart(seen: Observation) -> bool:
    """Windows longer than a turn of the year belong to no single year."""
    return seen.end.year - seen.start.year <= 1


def _apart(group: Sequence[Observation]) -> float:
    """How far apart the figures lie: the largest over the smallest that no bound allows to meet."""
    floors = [seen.low or seen.point or 0.0 for seen in group if seen.kind != "up_to"]
    ceilings = [seen.high or seen.point or 0.0 for seen in group if seen.kind != "at_least"]
    return max(floors) / min(ceilings) if floors and ceilings else 0.0


def _spread(measure: str, host: str, year: int, group: Sequence[Observation], case: Case) -> Disagreement:
    name, where = case.programme.measures[measure].name, place_name(host, case.programme)
    largest = _apart(group)
    told = f"{counted(len(group), 'figure', 'figures')} for {year}, from {joined(_figures(group))}"
    apart = f"the highest lies {number(round(largest, 1), '')} times above the lowest"
    return Disagreement(
        id=f"spread-{measure}-{host}-{year}",
        claims=_claims(group),
        title=f"{name[:1].upper()}{name[1:]}, {where}, {year}",
        why=f"{sentence(f'{told}; {apart}')} {sentence(_explained(group))}",
        kind="spread",
    )


def _explained(group: Sequence[Observation]) -> str:
    """What differs beside the number; a true disagreement where nothing does."""
    differences = [
        words
        for words, values in (
            ("bound (a floor or a ceiling is no estimate)", {seen.kind for seen in group}),
            ("period", {(seen.start, seen.end) for seen in group}),
            ("region", {seen.region for seen in group}),
            ("sector", {seen.sector for seen in group}),
            ("coverage", {seen.coverage for seen in group}),
            ("basis (gross or what the state kept)", {seen.basis for seen in group}),
        )
        if len(values) > 1
    ]
    if differences:
        return f"They differ in {joined(differences)}, which explains some of it; the rest is disagreement"
    return "Same quantity, place, period and bound: a true disagreement between sources"


def _broken(case: Case) -> Iterator[Disagreement]:
    """Copies that break their origin, print a plan as a stock, or change the currency."""
    for name, claim in case.claims.items():
        parent_id = case.lineage.parent_of.get(name)
        kind = _kind(claim, case.claims[parent_id], case) if parent_id else ""
        if parent_id and kind:
            parent = case.claims[parent_id]
            yield Disagreement(
                id=f"{kind}-{name}",
                claims=(parent_id, name),
                title=f"{figure(parent)} became {figure(claim)}",
                why=f"{claim.asserted_by}, in {claim.published_by}: {_inner(_lost(claim, parent, case))}",
                kind=kind,
            )


def _kind(claim: Claim, parent: Claim, case: Case) -> str:
    link = case.lineage.kind_of[claim.id]
    old, new = (case.programme.measures[each.measure] for each in (parent, claim))
    if new.kind == STOCK and old.kind != STOCK and old.role == PLAN_ROLE and new.object == old.object:
        return "forecast"
    return {"garbles": "garbling", "converts": "currency"}.get(link, "")


def _lost(claim: Claim, parent: Claim, case: Case) -> str:
    return lost(claim, parent, case.lineage.kind_of[claim.id], case.programme)


def _inner(text: str) -> str:
    return text[:1].lower() + text[1:]
