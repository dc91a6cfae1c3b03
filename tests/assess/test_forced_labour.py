"""Both limbs for the same people, by independent origins, or no finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.assess.finding import Outcome, Period
from tallystick.assess.forced_labour import (
    LIMBS,
    Cell,
    Coding,
    Cohort,
    Conclusion,
    cell,
    conclusion,
    forced_labour,
    supported,
)
from tallystick.assess.obligations import readings
from tallystick.assess.origins import independent
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import FrameworkCell, Statement

PEOPLE = Cohort(
    id="people",
    name="people",
    period=Period(id="p", name="p", start=date(2020, 1, 1), end=date(2020, 12, 31)),
)
CODING = Coding(
    bare_kinds=("condition",), bare_statements=("bare1",), doubtful=("A levy",), first_hand=("A",), origin_of={}
)
FRAME = tuple(
    FrameworkCell(
        id=f"{limb}-{phase}",
        limb=limb,
        phase=phase,
        operational_definition="",
        speaks_for="",
        speaks_against="",
        statement_kinds=(),
        indicators=(),
        ilo_source="",
        how_read="",
        source_url="",
        note="",
    )
    for limb in ("involuntariness", "menace_of_penalty")
    for phase in ("recruitment", "work_and_life", "leaving")
)


def coded(make: Any, id: str, report: str, limb: str, phase: str, how: str = "supports", **changes: Any) -> Statement:
    place = {"framework_limbs": (limb,), "framework_phases": (phase,), "framework_bearings": (how,)}
    found: Statement = make.statement(id, report, **{"supports_or_contradicts": how, **place, **changes})
    return found


def read(
    rows: list[Statement], cohort: Cohort = PEOPLE, coding: Coding = CODING
) -> tuple[tuple[Cell, ...], Conclusion]:
    mine = tuple(row for row in rows if cohort.holds(row))
    cells = tuple(cell(frame, cohort, mine, coding) for frame in FRAME)
    return cells, conclusion(cohort, cells, mine, coding)


def outcome(rows: list[Statement], cohort: Cohort = PEOPLE) -> Outcome:
    return read(rows, cohort)[1].outcome


def both_limbs(make: Any, reports: str = "AB") -> list[Statement]:
    return [
        coded(make, f"{report}{limb[0]}", report, limb, "work_and_life")
        for report in reports
        for limb in ("involuntariness", "menace_of_penalty")
    ]


def test_both_limbs_by_two_origins_are_inconsistent_with_work_freely_offered(make: Any) -> None:
    assert outcome(both_limbs(make)) == "inconsistent"


def test_a_bad_condition_alone_yields_no_finding(make: Any) -> None:
    rows = [
        coded(make, f"s{i}", report, "involuntariness", "work_and_life", kind="condition")
        for i, report in enumerate("ABCDE")
    ]
    cells, found = read(rows)
    assert found.outcome == "undetermined"
    assert {c.outcome for c in cells} == {"undetermined"}
    assert cells[1].origins_for == 5
    assert cells[1].origins_imposed == 0


def test_a_bad_condition_beside_a_menace_yields_no_finding(make: Any) -> None:
    rows = [coded(make, f"c{r}", r, "involuntariness", "work_and_life", kind="condition") for r in "AB"]
    rows += [coded(make, f"m{r}", r, "menace_of_penalty", "work_and_life") for r in "AB"]
    assert outcome(rows) == "undetermined"


def test_a_poor_applicant_alone_yields_no_finding(make: Any) -> None:
    rows = [coded(make, f"s{r}", r, "involuntariness", "recruitment", "mixed") for r in "ABC"]
    cells, found = read(rows)
    assert found.outcome == "undetermined"
    assert cells[0].origins_mixed == 3
    assert cells[0].origins_for == 0


def test_a_closed_border_alone_yields_no_finding(make: Any) -> None:
    """The closure is an act of a State: its rows are coded to no cell, and fill none."""
    cells, found = read([make.statement("s1", "A", kind="travel"), make.statement("s2", "B", kind="travel")])
    assert found.outcome == "undetermined"
    assert all(c.statements == () for c in cells)


@pytest.mark.parametrize("limb", ["involuntariness", "menace_of_penalty"])
def test_one_limb_alone_yields_no_finding(make: Any, limb: str) -> None:
    rows = [coded(make, f"{r}{p}", r, limb, p) for r in "ABCD" for p in ("recruitment", "work_and_life", "leaving")]
    cells, found = read(rows)
    assert {c.outcome for c in cells} == {"undetermined"}
    assert sum(supported(c) for c in cells) == 3
    assert found.outcome == "undetermined"
    assert "alone is no finding" in found.because


def test_one_origin_however_loud_yields_no_finding(make: Any) -> None:
    rows = both_limbs(make, "A")
    rows += [replace(row, id=f"{row.id}{n}") for row in rows for n in range(50)]
    assert outcome(rows) == "undetermined"


def test_no_outcome_turns_on_rows_that_can_be_read_either_way(make: Any) -> None:
    rows = both_limbs(make)
    levy = [replace(row, note="A levy, weaker") if row.id == "Bi" else row for row in rows]
    cells, found = read(levy)
    assert cells[1].origins_imposed == 2
    assert cells[1].origins_beyond_doubt == 1
    assert found.outcome == "undetermined"


def test_origins_that_disagree_are_not_counted_against_each_other(make: Any) -> None:
    rows = [*both_limbs(make, "ABCDE"), coded(make, "no", "Z", "involuntariness", "work_and_life", "contradicts")]
    cells, found = read(rows)
    assert cells[1].outcome == "undetermined"
    assert "not counted against each other" in cells[1].because
    assert found.outcome == "undetermined"


def test_consent_at_entry_settles_nothing_later(make: Any) -> None:
    rows = both_limbs(make) + [coded(make, f"no{r}", r, "involuntariness", "recruitment", "contradicts") for r in "YZ"]
    cells, found = read(rows)
    assert cells[0].outcome == "undetermined"
    assert cells[0].origins_against == 2
    assert found.outcome == "inconsistent"


def test_one_origin_against_refutes_nothing(make: Any) -> None:
    cells, _ = read([coded(make, "no", "A", "involuntariness", "recruitment", "contradicts")])
    assert cells[0].outcome == "undetermined"
    assert cells[0].origins_against == 1


def test_nothing_makes_work_free(make: Any) -> None:
    """However many origins speak against a limb, no row says of everybody that nothing was imposed."""
    phases = ("recruitment", "work_and_life", "leaving")
    rows = [coded(make, f"{r}{p}", r, "menace_of_penalty", p, "contradicts") for r in "AB" for p in phases]
    cells, found = read(rows)
    assert {found.outcome, *(c.outcome for c in cells)} == {"undetermined"}


def test_a_neutral_row_speaks_against_nothing(make: Any) -> None:
    """A wish for the job is coded against involuntariness at recruitment, and contradicts nothing by itself."""
    wish = [
        coded(make, f"w{r}", r, "involuntariness", "recruitment", "contradicts", supports_or_contradicts="neutral")
        for r in "AB"
    ]
    cells, _ = read(wish)
    assert (cells[0].origins_against, cells[0].origins_mixed) == (0, 2)
    assert cells[0].because.startswith("The rows leave it open")


def test_cells_are_spoken_to_or_silent(make: Any) -> None:
    cells, _ = read([coded(make, "a", "A", "involuntariness", "work_and_life")])
    assert cells[1].because.startswith("Spoken to by one separate origin.")
    assert cells[0].because == "Silent: no row."


def test_cells_get_a_word_only_where_both_limbs_hold(make: Any, dprk: Programme) -> None:
    both = {"framework_limbs": LIMBS, "framework_phases": ("leaving",) * 2, "framework_bearings": ("supports",) * 2}
    rows = tuple(make.statement(f"{r}1", r, period="2024", supports_or_contradicts="supports", **both) for r in "AB")

    def words(statements: tuple[Statement, ...]) -> set[str]:
        programme = replace(dprk, statements=statements)
        table = {**dprk.tables["obligations"]["forced_labour"], "bare": []}
        found = forced_labour(programme, replace(readings(dprk), table={"forced_labour": table}), {}, date(2026, 1, 1))
        return {c.outcome for c in found.cells if c.cohort == "since_reopening"}

    assert words(rows) == {"inconsistent", "undetermined"}
    assert words(rows[:1]) == {"undetermined"}


def test_a_cohort_holds_only_rows_whose_whole_period_is_its_own(make: Any) -> None:
    inside, straddling = make.statement("s", "A", period="2020"), make.statement("s", "A", period="2019-2020")
    assert PEOPLE.holds(inside)
    assert not PEOPLE.holds(straddling)
    assert not PEOPLE.holds(make.statement("s", "A", period="before 2022"))


def test_people_who_come_after_the_evidence_are_not_applicable(make: Any) -> None:
    rows = both_limbs(make)
    cells = tuple(cell(frame, PEOPLE, rows, CODING, early=True) for frame in FRAME)
    assert {c.outcome for c in cells} == {"not_applicable"}
    assert conclusion(PEOPLE, cells, rows, CODING, early=True).outcome == "not_applicable"


REPORTS = st.sampled_from("ABCD")


@given(st.lists(st.tuples(REPORTS, st.sampled_from(["c1", "c2", "c3", ""])), max_size=12), st.integers(1, 5))
def test_further_statements_of_an_origin_change_no_count(make: Any, pairs: list[tuple[str, str]], more: int) -> None:
    origin_of = {"c1": "o1", "c2": "o1", "c3": "o3"}
    rows = [
        make.statement(f"s{i}", report, related_claims=(claim,) if claim else ())
        for i, (report, claim) in enumerate(pairs)
    ]
    before = len(independent(rows, origin_of))
    again = [make.statement(f"t{n}", rows[n % len(rows)].report) for n in range(more)] if rows else []
    assert len(independent([*rows, *again], origin_of)) == before
    assert before <= len({row.report for row in rows})


@given(st.permutations(["A", "A", "B", "C", "D"]))
def test_the_order_of_rows_changes_no_count(make: Any, reports: list[str]) -> None:
    rows = [make.statement(f"s{i}", report) for i, report in enumerate(reports)]
    assert len(independent(rows, {})) == 4


def test_reports_that_rest_on_claims_of_one_origin_are_one(make: Any) -> None:
    rows = [make.statement("s1", "A", related_claims=("c1",)), make.statement("s2", "B", related_claims=("c2",))]
    assert len(independent(rows, {"c1": "o1", "c2": "o1"})) == 1
    assert len(independent(rows, {"c1": "o1", "c2": "o2"})) == 2
    assert len(independent(rows, {})) == 2
