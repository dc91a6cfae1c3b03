"""Promise: what lies ahead of the evidence is left out, and what no count reaches is marked as a projection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tallystick.brief import headlines
from tallystick.brief.chapters.base import PROJECTED, marked
from tallystick.brief.contract import contract
from tallystick.brief.document import Document, plain
from tallystick.brief.facts import Facts
from tallystick.brief.periods import STOCK, WORLD, Reach, begun, has_begun, last_day
from tallystick.brief.tables import tables
from tallystick.brief.words.dates import day

DAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2023", True), ("2024", True), ("2025", False), ("2024-05", True), ("2024-06", True), ("2024-07", False)],
)
def test_a_period_counts_once_it_has_begun(period: str, expected: bool) -> None:
    assert has_begun(period, DAY) is expected


def test_periods_that_lie_wholly_ahead_are_left_out(facts: Facts) -> None:
    kept = begun(facts.estimates, DAY)
    assert 0 < len(kept) < len(facts.estimates)
    assert max(each.period[:4] for each in kept) == "2024"
    assert max(each.period for each in kept if len(each.period) > 4) <= "2024-06"


def test_a_projection_ends_after_the_last_count_of_its_host(facts: Facts) -> None:
    for host in facts.hosts_of(STOCK):
        last = facts.reach.last_described(host)
        if host == WORLD or last is None:
            continue
        counts = facts.reach.counted(host)
        assert last == max(one.end for one in counts)
        estimate = next(each for each in facts.estimates if each.host == host and each.id == STOCK)
        before = f"{last.year - 1}"
        assert not facts.reach.is_projection(replace(estimate, period=before))
        assert facts.reach.is_projection(replace(estimate, period=f"{last.year + 1}"))
        assert facts.reach.is_projection(replace(estimate, period=f"{last:%Y-%m}")) is (
            last_day(f"{last:%Y-%m}") > last
        )


def test_a_host_that_nobody_counted_has_projections_alone_and_the_focus_the_window(facts: Facts) -> None:
    uncounted = tuple(replace(each, claims=()) if each.id == STOCK else each for each in facts.estimates)
    reach = Reach(programme=facts.programme, account=facts.account, estimates=uncounted)
    ends = {host: reach.last_described(host) for host in facts.hosts_of(STOCK)}
    window = date(facts.programme.window[1], 12, 31)
    assert ends == {host: window if host in (facts.focus, WORLD) else None for host in ends}
    assert all(reach.is_projection(each) for each in uncounted if ends[each.host] is None)


def test_document_table_and_page_mark_the_same_projections(facts: Facts) -> None:
    marks = [each["projection"] for each in contract(facts)["estimates"]]
    assert marks == [facts.reach.is_projection(each) for each in facts.estimates]
    assert [row["projection"] for row in tables(facts)["estimates"]] == ["yes" if mark else "no" for mark in marks]
    assert {True, False} == set(marks)
    for each, mark in zip(facts.estimates, marks, strict=True):
        assert plain(marked(facts, each)).endswith(PROJECTED) is mark


def test_a_sum_since_a_day_says_since_when(facts: Facts) -> None:
    day = facts.programme.deadline.isoformat()
    found = {each["id"]: each.get("since") for each in contract(facts)["estimates"]}
    assert {id for id, since in found.items() if since} == {"worker_months_after_deadline"}
    assert found["worker_months_after_deadline"] == day
    rows = {row["id"]: row["since"] for row in tables(facts)["estimates"]}
    assert {id: since for id, since in rows.items() if since} == {"worker_months_after_deadline": day}


def test_charts_say_where_counting_ends_and_put_a_sum_at_the_end_of_its_year(document: Document, facts: Facts) -> None:
    charts = {chart.id: chart for chart in document.charts()}
    for id in ("hosts", "revenue"):
        note = plain(charts[id].note)
        assert "After its last count the line of a host is the model going on alone. Last day described: in " in note
        assert day(facts.reach.last_described(facts.focus) or date.max) in note
    world = plain(charts["revenue"].note)  # it draws the world, which hangs on the last count of every host
    ends = [last for host in facts.hosts_of(STOCK) if (last := facts.reach.last_described(host)) is not None]
    assert [last for last in ends if day(last) not in world] == []
    assert "The line of the world adds up all hosts." in world
    sums = charts["law-worker-months"].spec
    assert {row["when"][4:] for row in sums["data"]["values"]} == {"-12-28"}
    assert all(layer["encoding"]["x"]["axis"]["format"] == "end of %Y" for layer in sums["layer"])


def test_a_title_says_that_its_number_is_a_projection(facts: Facts) -> None:
    assert "projection" not in headlines.largest_host(facts, STOCK, "2012-12")
    assert headlines.largest_host(facts, STOCK, facts.last_month).endswith(", a projection")
    assert "worldwide, mostly in projection, about" in headlines.kept(facts, "programme_revenue", facts.last_month[:4])
