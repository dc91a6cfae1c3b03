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
    days,
    figure,
    joined,
    measure_name,
    place_name,
    sentence,
)
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.records import Claim

TABLE, FILE = "disagreements", "disagreements.toml"
KINDS = ("told", "object", "spread", "garbling", "forecast", "currency")
FEWEST_MEASURES = 3
SHORTEST_YEAR = 360  # days; a window this long is compared as a year
CONVERTED_DIGITS = 3  # significant digits of money that we converted; the source gave another currency or time
AGREEING = 1.15  # figures within 15 % of each other are not said to differ; rounding alone moves them so far
PLAN_ROLE, STOCK, FLOW = "context", "S", "F"


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
    """Per place and year: different measures that are easily taken for one number of people."""
    groups: dict[tuple[str, int], dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for seen in observed:
        if seen.measure in case.rules.taken_for_workers and seen.start.year == seen.end.year:
            groups[seen.host, seen.end.year][seen.measure].append(seen)
    for (host, year), by_measure in groups.items():
        if len(by_measure) >= FEWEST_MEASURES:
            yield _objects_differ(host, year, by_measure, case)


def _objects_differ(host: str, year: int, by_measure: Mapping[str, Sequence[Observation]], case: Case) -> Disagreement:
    names = {measure: case.programme.measures[measure].name for measure in by_measure}
    parts = [f"{names[measure]}: {joined(_figures(group))}" for measure, group in sorted(by_measure.items())]
    things = counted(len(parts), "thing", "different things")
    return Disagreement(
        id=f"object-{host}-{year}",
        claims=tuple(dict.fromkeys(seen.claim for group in by_measure.values() for seen in group)),
        title=f"{place_name(host, case.programme)} in {year}: {things} counted",
        why=sentence(f"These are different things and need not agree: {'; '.join(parts)}"),
        kind="object",
    )


def _figures(group: Sequence[Observation]) -> list[str]:
    """Each figure once, with its time where that is not the whole year."""
    return list(dict.fromkeys(f"{_figure(seen)}{_time(seen)}" for seen in group))


def _figure(seen: Observation) -> str:
    digits = CONVERTED_DIGITS if seen.constant else None
    low, point, high = (_rounded(value, digits) for value in (seen.low, seen.point, seen.high))
    return bounded(low, point, high, seen.unit)


def _rounded(value: float | None, digits: int | None) -> float | None:
    return float(f"{value:.{digits}g}") if value is not None and digits else value


def _time(seen: Observation) -> str:
    whole_year = (seen.end - seen.start).days + 1 >= SHORTEST_YEAR
    return "" if whole_year else f" ({days(seen.start, seen.end)})"


def _spreads(case: Case, observed: Sequence[Observation]) -> Iterator[Disagreement]:
    """Per quantity, place and year: origins whose figures lie apart."""
    groups: dict[tuple[str, str, int, object], list[Observation]] = defaultdict(list)
    for seen in observed:
        for year in range(seen.start.year, seen.end.year + 1) if _one_year_apart(seen) else ():
            groups[seen.measure, seen.host, year, _comparable(seen, case)].append(seen)
    for (measure, host, year, _), group in groups.items():
        if len({seen.origin for seen in group}) > 1 and _apart(group) > AGREEING:
            yield _spread(measure, host, year, group, case)


def _one_year_apart(seen: Observation) -> bool:
    """Windows longer than a turn of the year belong to no single year."""
    return seen.end.year - seen.start.year <= 1


def _comparable(seen: Observation, case: Case) -> object:
    """Sums over a window compare with sums over the same window, or as yearly ones; all else compares as it is."""
    is_sum = case.programme.measures[seen.measure].kind == FLOW and not seen.unit.endswith("/year")
    whole_year = (seen.end - seen.start).days + 1 >= SHORTEST_YEAR
    return (seen.start, seen.end) if is_sum and not whole_year else None


def _apart(group: Sequence[Observation]) -> float:
    """How far apart the figures lie: the highest floor over the lowest ceiling."""
    floors = [seen.low or seen.point or 0.0 for seen in group if seen.kind != "up_to"]
    ceilings = [seen.high or seen.point or 0.0 for seen in group if seen.kind != "at_least"]
    return max(floors) / min(ceilings) if floors and ceilings else 0.0


def _spread(measure: str, host: str, year: int, group: Sequence[Observation], case: Case) -> Disagreement:
    name, where = case.programme.measures[measure].name, place_name(host, case.programme)
    largest = _apart(group)
    told = f"{counted(len(group), 'figure', 'figures')} for {year}: {'; '.join(_figures(group))}"
    apart = f"the highest is {largest:.2g} times the lowest"
    return Disagreement(
        id=f"spread-{measure}-{host}-{year}",
        claims=tuple(seen.claim for seen in group),
        title=f"{name[:1].upper()}{name[1:]}, {where}, {year}",
        why=f"{sentence(told)} {sentence(apart)} {sentence(_explained(group, case))}",
        kind="spread",
    )


def _explained(group: Sequence[Observation], case: Case) -> str:
    """What differs beside the number; a true disagreement where nothing does."""
    is_rate = case.programme.measures[group[0].measure].kind not in (FLOW, STOCK)
    differences = [
        words
        for words, values in (
            ("bound (a floor or a ceiling is no estimate)", {seen.kind for seen in group}),
            ("time", set() if is_rate else {(seen.start, seen.end) for seen in group}),  # rates of one year compare
            ("region", {seen.region for seen in group}),
            ("trade", {seen.sector for seen in group}),
            ("coverage", {seen.coverage for seen in group}),
            ("basis (gross or what the state kept)", {seen.basis for seen in group}),
        )
        if len(values) > 1
    ]
    said = joined(sorted({case.programme.asserter_classes[seen.asserter_class].name for seen in group}))
    if differences:
        return f"They differ in {joined(differences)}, which may explain a part; the rest is disagreement ({said})"
    return f"Nothing else in the rows differs: a true disagreement ({said})"


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
                title=_became(parent, claim, case),
                why=f"{claim.asserted_by}, in {claim.published_by}: {_inner(_lost(claim, parent, case))}",
                kind=kind,
            )


def _kind(claim: Claim, parent: Claim, case: Case) -> str:
    link = case.lineage.kind_of[claim.id]
    old, new = (case.programme.measures[each.measure] for each in (parent, claim))
    if new.kind == STOCK and old.kind != STOCK and old.role == PLAN_ROLE and new.object == old.object:
        return "forecast"
    return {"garbles": "garbling", "converts": "currency"}.get(link, "")


def _became(parent: Claim, claim: Claim, case: Case) -> str:
    """What it was and what it became; where the figure is the same, what else broke or where."""
    if parent.measure != claim.measure:
        old, new = (measure_name(each, case.programme) for each in (parent, claim))
        return f"{figure(parent)} ({old}) became {figure(claim)} ({new})"
    if figure(parent) != figure(claim):
        return f"{figure(parent)} became {figure(claim)}"
    return f"{figure(parent)}, broken in {claim.published_by}"


def _lost(claim: Claim, parent: Claim, case: Case) -> str:
    return lost(claim, parent, case.lineage.kind_of[claim.id], case.programme)


def _inner(text: str) -> str:
    return text[:1].lower() + text[1:]
