"""Of overlapping windows of one table, those that cover most days without overlap are kept."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tallystick.reconcile.account import Account
from tallystick.reconcile.nesting import Sharing, Windowed, finest_cover, shared_out
from tallystick.reconcile.rules import rules_of
from tallystick.reconcile.time import Window
from tallystick.vocab.programme import Programme
from tests.reconcile.small import claim

FIRST = date(2018, 1, 1)


def row(number: int, start: int, length: int) -> Windowed:
    begin = FIRST + timedelta(days=start)
    return Windowed(
        claim(f"r{number}"), Window(begin, begin + timedelta(days=length - 1), "stated"), ("table",), exact=True
    )


@st.composite
def tables(draw: st.DrawFn) -> list[Windowed]:
    spans = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), min_size=1, max_size=7))
    return [row(number, start, length) for number, (start, length) in enumerate(spans)]


def covered(rows: list[Windowed]) -> int:
    return sum(each.window.days for each in rows)


@given(tables())
def test_kept_rows_never_overlap_and_cover_at_least_any_row(rows: list[Windowed]) -> None:
    kept = finest_cover(rows)
    in_order = sorted(kept, key=lambda each: each.window.start)
    assert all(a.window.end < b.window.start for a, b in itertools.pairwise(in_order))
    assert covered(kept) >= max(each.window.days for each in rows)


@given(tables())
def test_no_other_choice_covers_more(rows: list[Windowed]) -> None:
    best = 0
    for bits in range(1 << len(rows)):
        chosen = [each for at, each in enumerate(rows) if bits >> at & 1]
        ends = sorted((each.window.start, each.window.end) for each in chosen)
        if all(a[1] < b[0] for a, b in itertools.pairwise(ends)):
            best = max(best, covered(chosen))
    assert covered(finest_cover(rows)) == best


@given(tables())
def test_every_row_left_out_overlaps_with_one_that_is_kept(rows: list[Windowed]) -> None:
    kept = {each.claim.id for each in finest_cover(rows)}
    left_out = shared_out(rows).elsewhere
    assert set(left_out) == {each.claim.id for each in rows} - kept
    assert all(others and set(others) <= kept for others in left_out.values())


def test_rows_of_other_tables_do_not_meet() -> None:
    here, there = row(1, 0, 10), row(2, 0, 10)
    assert shared_out([here, replace(there, key=("another",))]).elsewhere == {}


@given(tables())
def test_rests_and_kept_rows_never_overlap_and_count_nothing_twice(rows: list[Windowed]) -> None:
    """Rows hold as many events as days here, so that what is counted is the days that are covered."""
    alike = [replace(row, claim=replace(row.claim, point=float(row.window.days))) for row in rows]
    shared = shared_out(alike)
    kept = [row for row in alike if row.claim.id not in shared.elsewhere]
    windows = sorted((_read(row, shared) for row in kept), key=lambda window: window.start)
    assert all(one.end < other.start for one, other in itertools.pairwise(windows))
    assert sum(window.days for window in windows) == covered(finest_cover(alike))
    assert all(rest.point == rest.window.days for rest in shared.rests.values())


def _read(row: Windowed, shared: Sharing) -> Window:
    rest = shared.rests.get(row.claim.id)
    return rest.window if rest else row.window


def test_a_rounded_year_is_not_taken_apart() -> None:
    year, quarter = row(1, 0, 300), row(2, 0, 100)
    year = replace(year, claim=replace(year.claim, point=21000.0))
    assert shared_out([replace(year, exact=False), quarter]).rests == {}
    assert shared_out([year, replace(quarter, exact=False)]).rests == {}
    assert shared_out([year, quarter]).rests


def test_no_two_observations_of_the_shipped_evidence_count_the_same_days(shipped: Programme, account: Account) -> None:
    """Flows of one measure, place and table: windows never overlap, and what is a check would add no finer window."""
    rules, tables = rules_of(shipped), defaultdict(list)
    for one in account.observations:
        claim = shipped.claim(one.claim)
        if shipped.measures[one.measure].kind == "F":
            tables[one.measure, one.host, one.region, one.sector, one.unit, rules.table_of(claim)].append(one)
    pairs = [pair for table in tables.values() for pair in itertools.combinations(table, 2)]
    assert len(pairs) > 40
    twice = [(one.claim, other.claim) for one, other in pairs if one.start <= other.end and other.start <= one.end]
    assert twice == []
