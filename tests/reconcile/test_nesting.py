"""Of overlapping windows of one table, those that cover most days without overlap are kept."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tallystick.reconcile.nesting import Windowed, counted_elsewhere, finest_cover
from tallystick.reconcile.time import Window
from tests.reconcile.small import claim

FIRST = date(2018, 1, 1)


def row(number: int, start: int, length: int) -> Windowed:
    begin = FIRST + timedelta(days=start)
    return Windowed(claim(f"r{number}"), Window(begin, begin + timedelta(days=length - 1), "stated"), ("table",))


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
    left_out = counted_elsewhere(rows)
    assert set(left_out) == {each.claim.id for each in rows} - kept
    assert all(others and set(others) <= kept for others in left_out.values())


def test_rows_of_other_tables_do_not_meet() -> None:
    here, there = row(1, 0, 10), row(2, 0, 10)
    assert counted_elsewhere([here, Windowed(there.claim, there.window, ("another",))]) == {}
