"""Rules whose test is a person reach each of their words, and turn on what they say they turn on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.assess.finding import LIKELY, Period
from tallystick.assess.people_rules import (
    ban_on_new_authorisations,
    ceiling_on_authorisations,
    income_earners_remain,
    protection_from_forced_labour,
)
from tallystick.assess.presence import Presence

PERIOD = Period(id="later", name="later", start=date(2020, 2, 1), end=date(2020, 12, 31))
COHORTS = {"holdover": 50.0, "stranded": 30.0, "arrived_later": 20.0}
ASSUMED = {"earns_stranded": (0.0, 1.0), "earns_study_visa": (0.5, 0.98)}


@pytest.fixture
def assumptions(make: Any) -> dict[str, Any]:
    return {name: make.assumption(name, low, high) for name, (low, high) in ASSUMED.items()}


def test_a_worker_who_stayed_makes_the_return_inconsistent(make: Any, assumptions: dict[str, Any]) -> None:
    facts = make.facts({"presence": (make.claim(),)}, assumptions=assumptions)
    found = income_earners_remain(make.obligation(), facts, make.presence(COHORTS))
    assert found.outcome == "inconsistent"
    assert found.chance is None  # no draw has nobody, so a probability would say nothing
    assert "always somebody there" in found.because
    assert found.claims == ("c1",)


def test_a_model_that_can_return_none_gives_its_probability(make: Any, assumptions: dict[str, Any]) -> None:
    there = make.presence({"holdover": 50.0})
    there.total[: len(there.total) // 4] = 0.0
    there.by_cohort["holdover"][: len(there.total) // 4] = 0.0
    facts = make.facts({"presence": (make.claim(),)}, assumptions=assumptions)
    found = income_earners_remain(make.obligation(), facts, there)
    assert found.chance == pytest.approx((0.75, 0.75))
    assert found.outcome == "undetermined"


def test_months_of_those_of_whom_nobody_knows_whether_they_earned_are_told_apart(
    make: Any, assumptions: dict[str, Any]
) -> None:
    facts = make.facts({"presence": (make.claim(),)}, assumptions=assumptions)
    found = income_earners_remain(make.obligation(), facts, make.presence(COHORTS))
    names = {quantity.cohort: quantity.name for quantity in found.quantities}
    assert names.pop("stranded") == "worker-months present, earning not known"
    assert set(names.values()) == {"worker-months present"}


def test_no_number_goes_beyond_the_last_day_that_counts_describe(make: Any, assumptions: dict[str, Any]) -> None:
    """100 people from February to the end of June 2020, the last day counted; none of the months after it."""
    there = replace(make.presence({"holdover": 100.0}), until=date(2020, 6, 30))
    facts = make.facts({"presence": (make.claim(),)}, assumptions=assumptions)
    (months,) = income_earners_remain(make.obligation(), facts, there).quantities
    assert months.interval.median == pytest.approx(500.0)
    assert months.period == "2020-02-01/2020-06-30"
    of_july = make.facts(
        {"presence": (make.claim(start=date(2020, 7, 1), end=date(2020, 7, 31)),)}, assumptions=assumptions
    )
    assert (
        income_earners_remain(make.obligation(), of_july, there).quantities == ()
    )  # rows of other days than it counts
    behind = replace(there, until=date(2020, 1, 31))
    assert income_earners_remain(make.obligation(), facts, behind).quantities == ()


def test_people_of_whom_it_is_in_question_whether_they_earned_leave_it_undetermined(
    make: Any, assumptions: dict[str, Any]
) -> None:
    facts = make.facts({"presence": (make.claim(),)}, assumptions=assumptions, cohort="stranded")
    found = income_earners_remain(make.obligation(), facts, make.presence(COHORTS).only("stranded"))
    assert found.outcome == "undetermined"
    assert found.chance is None


def test_nobody_there_is_consistent(make: Any, assumptions: dict[str, Any]) -> None:
    facts = make.facts({"presence": (make.claim(),)}, assumptions=assumptions)
    found = income_earners_remain(make.obligation(), facts, make.presence(dict.fromkeys(COHORTS, 0.0)))
    assert found.outcome == "consistent"
    assert found.chance == (0.0, 0.0)


def test_before_the_deadline_the_return_is_not_applicable(make: Any, assumptions: dict[str, Any]) -> None:
    early = Period(id="early", name="early", start=date(2018, 1, 1), end=date(2019, 12, 22))
    facts = make.facts({"presence": (make.claim(),)}, assumptions=assumptions, period=early)
    assert income_earners_remain(make.obligation(), facts, make.presence(COHORTS)).outcome == "not_applicable"


def test_a_model_without_a_claim_makes_no_finding(make: Any, assumptions: dict[str, Any]) -> None:
    found = income_earners_remain(make.obligation(), make.facts(assumptions=assumptions), make.presence(COHORTS))
    assert found.outcome == "undetermined"


def test_figures_for_which_nobody_answers_make_no_finding(make: Any, assumptions: dict[str, Any]) -> None:
    rumour = make.claim(asserter_class="unsourced")
    facts = make.facts({"presence": (rumour,)}, assumptions=assumptions)
    assert income_earners_remain(make.obligation(), facts, make.presence(COHORTS)).outcome == "undetermined"


def test_an_official_zero_is_no_proof(make: Any) -> None:
    near = make.claim(point=0.0, start=date(2019, 12, 4), end=date(2019, 12, 4))
    old = make.claim(point=0.0, start=date(2019, 3, 1), end=date(2019, 3, 31))
    duty = make.obligation(parameters={"zero_window_days": 31, "few": 0})
    found = {name: income_earners_remain(duty, make.facts({"named": (zero,)}), None) for name, zero in
             (("near", near), ("old", old))}  # fmt: skip
    assert {finding.outcome for finding in found.values()} == {"undetermined"}
    assert "no proof" in found["near"].because
    assert "does not reach the day" in found["old"].because
    assert (found["near"].claims, found["near"].also_read) == ((), ("c1",))


def test_separate_origins_are_counted_over_figures_and_words(make: Any) -> None:
    claims = (make.claim("c1"), make.claim("c2"))
    facts = make.facts(
        {"presence": claims}, told=("s1",), told_origins=(frozenset(), frozenset({"o1"})), origin_of={"c1": "o1"}
    )
    assert facts.voices(claims) == 3  # o1, c2 and one report that rests on neither
    assert (
        "Three separate origins (independence not shown) report people at work, or sent to work"
        in income_earners_remain(make.obligation(), facts, None).because
    )


def test_one_origin_has_nothing_to_be_independent_of(make: Any) -> None:
    found = income_earners_remain(make.obligation(), make.facts({"presence": (make.claim(),)}), None)
    assert found.because.startswith("One origin reports")


def test_a_finding_reaches_no_day_that_no_row_of_it_describes(make: Any) -> None:
    """Figures of March and words of May to July, in a period of February to December."""
    facts = make.facts(
        {"presence": (make.claim(),)}, statements=("s1",), told=("s1",),
        told_origins=(frozenset(),), days_told={"s1": (date(2020, 5, 1), date(2020, 7, 31))},
    )  # fmt: skip
    assert income_earners_remain(make.obligation(), facts, None).period == "2020-03-01/2020-07-31"
    long = make.facts({"presence": (make.claim(start=date(2019, 1, 1), end=date(2021, 1, 1)),)})
    assert income_earners_remain(make.obligation(), long, None).period == PERIOD.label
    silent = income_earners_remain(make.obligation(), make.facts(), None)
    assert (silent.outcome, silent.period) == ("undetermined", PERIOD.label)  # read for all its days, and nothing found


def test_a_finding_holds_only_as_far_as_its_test_is_known_to_reach(make: Any) -> None:
    said = {"as_far_as": "as far as nothing bars it", "only_if": {"arrived_later": "only if it reaches them"}}
    duty = make.obligation(parameters=said)
    facts = make.facts({"presence": (make.claim(),)})
    assert income_earners_remain(duty, facts, None).as_far_as == ("as far as nothing bars it",)
    later = replace(facts, cohort="arrived_later")
    assert income_earners_remain(duty, later, None).as_far_as == (
        "as far as nothing bars it",
        "only if it reaches them",
    )
    assert income_earners_remain(duty, make.facts(), None).as_far_as == ()


def test_words_on_one_cohort_alone_make_the_whole_hang_on_what_that_cohort_does(make: Any) -> None:
    speaks = {"holdover": {"statements": ["s0"]}, "arrived_later": {"statements": ["s1", "s2"]}}
    duty = make.obligation(
        parameters={"only_if": {"arrived_later": "only if it reaches them"}, "cohort_evidence": speaks}
    )
    told = {"told_origins": (frozenset(),)}
    assert income_earners_remain(duty, make.facts(told=("s1",), **told), None).as_far_as == ("only if it reaches them",)
    assert income_earners_remain(duty, make.facts(told=("s1", "s0"), **told), None).as_far_as == ()
    counted = make.facts({"presence": (make.claim(),)}, told=("s1",), **told)
    assert income_earners_remain(duty, counted, None).as_far_as == ()


def test_papers_stand_beside_reports_and_carry_only_what_turns_on_them(make: Any, assumptions: dict[str, Any]) -> None:
    duty = make.obligation(parameters={"holders_chance": "earns_study_visa"})
    papers = (make.claim("v1", point=3.0),)
    both = make.facts({"presence": (make.claim(),), "holders": papers}, assumptions=assumptions)
    there = income_earners_remain(duty, both, make.presence(COHORTS))
    assert (there.outcome, there.claims, there.also_read) == ("inconsistent", ("c1",), ("v1",))
    nobody = income_earners_remain(duty, both, make.presence(dict.fromkeys(COHORTS, 0.0)))
    assert (nobody.outcome, nobody.claims) == ("inconsistent", ("c1", "v1"))


def test_where_nobody_is_reported_rows_set_aside_are_named_and_no_number_of_the_model_is(make: Any) -> None:
    aside = make.facts({"set_aside": (make.claim(),)}, positions=(make.position("practice", says="Goods were held."),))
    found = income_earners_remain(make.obligation(), aside, make.presence(COHORTS))
    assert (found.outcome, found.claims, found.also_read, found.quantities) == ("undetermined", (), ("c1",), ())
    assert "no sign that nobody was" in found.because
    assert found.because.endswith("Goods were held.")
    assert "no sign" not in income_earners_remain(make.obligation(), make.facts(), None).because


def test_no_outcome_turns_on_a_figure_that_may_be_another(make: Any) -> None:
    duty = make.obligation(parameters={"doubted_said": "One figure may be misplaced."})
    alone = income_earners_remain(duty, make.facts({"doubted": (make.claim(),)}), None)
    assert (alone.outcome, alone.claims, alone.also_read) == ("undetermined", (), ("c1",))
    beside = make.facts({"doubted": (make.claim("d1"),), "presence": (make.claim(),)})
    found = income_earners_remain(duty, beside, None)
    assert (found.claims, found.also_read) == (("c1",), ("d1",))
    assert "One figure may be misplaced." in found.because


def test_study_visas_are_a_chance_that_their_holders_earn(make: Any, assumptions: dict[str, Any]) -> None:
    """1 - (1 - 0.5)^n at the low end: one holder leaves it open, three are likely enough (0.875)."""
    duty = make.obligation(parameters={"holders_chance": "earns_study_visa"})
    nobody, reported = make.presence(dict.fromkeys(COHORTS, 0.0)), {"presence": (make.claim(),)}
    one = make.facts({**reported, "holders": (make.claim(point=1.0),)}, assumptions=assumptions)
    three = make.facts({**reported, "holders": (make.claim(point=3.0),)}, assumptions=assumptions)
    assert income_earners_remain(duty, one, nobody).chance == pytest.approx((0.5, 0.98))
    assert income_earners_remain(duty, one, nobody).outcome == "undetermined"
    found = income_earners_remain(duty, three, nobody)
    assert found.chance is not None
    assert found.chance[0] == pytest.approx(0.875)
    assert found.outcome == "inconsistent"


def test_papers_carry_no_finding_where_nobody_is_reported_at_work(make: Any, assumptions: dict[str, Any]) -> None:
    said = {"holders_chance": "earns_study_visa", "holders_said": "Papers.", "period_notes": {"p": "One row wavers."}}
    duty = make.obligation(parameters=said)
    papers = make.facts({"holders": (make.claim("v1", point=3000.0),)}, assumptions=assumptions)
    found = income_earners_remain(duty, papers, make.presence(COHORTS))
    assert (found.outcome, found.claims, found.also_read) == ("undetermined", (), ("v1",))
    assert found.because.endswith("Papers.")
    wavering = replace(papers, statements=("s1",), period=replace(papers.period, id="p"))
    assert "One row wavers." in income_earners_remain(duty, wavering, make.presence(COHORTS)).because
    assert "One row wavers." not in found.because


@given(moved=st.integers(min_value=0, max_value=1000))
def test_moving_workers_to_study_visas_leaves_the_return_unchanged_and_takes_them_out_of_the_authorised(
    make: Any, moved: int
) -> None:
    facts = make.facts({"presence": (make.claim(),)}, assumptions={})
    before = make.presence(COHORTS, {"work": 1000.0, "study": 0.0})
    after = make.presence(COHORTS, {"work": 1000.0 - moved, "study": float(moved)})
    duty = make.obligation()
    assert income_earners_remain(duty, facts, before) == income_earners_remain(duty, facts, after)
    counted = {"direct": (make.claim(),), "baseline": (make.claim("c0"),)}
    ceiling = [ceiling_on_authorisations(duty, make.facts(counted), there) for there in (before, after)]
    authorised = [found.quantities[0].interval.median for found in ceiling]
    assert authorised[0] - authorised[1] == moved


def grow(presence: Presence, factor: float, *, of_draws: int | None = None) -> Presence:
    """Presence in which the authorised of 2020 are `factor` times those before, in the first `of_draws` draws."""
    people = {name: values.copy() for name, values in presence.by_visa.items()}
    for values in people.values():
        values[:of_draws, presence.months.index("2020-01") :] *= factor
    return Presence(months=presence.months, total=presence.total, by_visa=people, authorising=presence.authorising)


@pytest.mark.parametrize(
    ("factor", "of_draws", "outcome"),
    [(1.5, None, "inconsistent"), (0.5, None, "consistent"), (1.5, 4, "undetermined")],
)
def test_the_ceiling_compares_with_the_month_of_adoption(make: Any, factor: float, of_draws: int, outcome: str) -> None:
    there = grow(make.presence(by_visa={"work": 100.0}, total=100.0), factor, of_draws=of_draws)
    facts = make.facts({"direct": (make.claim(),), "baseline": (make.claim("c0"),)})
    found = ceiling_on_authorisations(make.obligation(), facts, there)
    assert found.outcome == outcome
    assert found.claims == ("c0", "c1")


def test_a_ceiling_without_a_published_count_cannot_be_checked(make: Any) -> None:
    there = grow(make.presence(by_visa={"work": 100.0}, total=100.0), 9.0)
    assert ceiling_on_authorisations(make.obligation(), make.facts(), there).outcome == "undetermined"
    counted = {"direct": (make.claim(),), "baseline": (make.claim("c0"),)}
    assert ceiling_on_authorisations(make.obligation(), make.facts(counted), None).outcome == "undetermined"


def test_one_count_cannot_be_compared_with_itself(make: Any) -> None:
    there = grow(make.presence(by_visa={"work": 100.0}, total=100.0), 9.0)
    alone = make.facts({"direct": (make.claim(),), "baseline": (make.claim(),)})
    found = ceiling_on_authorisations(make.obligation(), alone, there)
    assert found.outcome == "undetermined"
    assert "nothing to compare with" in found.because


def test_only_students_say_nothing_on_authorisations(make: Any) -> None:
    students = make.facts({"clue": (make.claim(measure="entries_work", point=3.0),)})
    there = make.presence(by_visa={"study": 900.0}, total=900.0)
    assert ban_on_new_authorisations(make.obligation(), students, there).outcome == "undetermined"
    assert there.authorised is None  # nobody there holds a visa that lets him work


@pytest.mark.parametrize(
    ("role", "point", "outcome"),
    [("direct", 700.0, "inconsistent"), ("clue", 753.0, "undetermined"), ("direct", 0.0, "undetermined")],
)
def test_the_ban_turns_on_authorisations_granted(make: Any, role: str, point: float, outcome: str) -> None:
    facts = make.facts({role: (make.claim(point=point),)})
    assert ban_on_new_authorisations(make.obligation(), facts, None).outcome == outcome


def test_what_lies_outside_the_scope_is_part_of_the_test(make: Any) -> None:
    facts = make.facts({"direct": (make.claim(point=700.0),)})
    duty = make.obligation(scope=("Old contracts are outside.",), scope_unknown="Whether they were old is not known.")
    found = ban_on_new_authorisations(duty, facts, None)
    assert (found.outcome, found.claims) == ("undetermined", ("c1",))
    assert found.because.endswith("Whether they were old is not known.")
    assert found.scope == duty.scope
    shown = make.obligation(scope=duty.scope, parameters={"inside_scope": ["c1"]})
    assert ban_on_new_authorisations(shown, facts, None).outcome == "inconsistent"


def test_an_exception_nobody_invoked_is_reported_as_such(make: Any) -> None:
    facts = make.facts({"direct": (make.claim(),)})
    found = ban_on_new_authorisations(make.obligation(), facts, None)
    assert found.outcome == "inconsistent"
    assert not found.exception_invoked
    assert found.exception_said.startswith("On the available evidence, no determination found")
    assert "Xanadu" in found.exception_said


def test_an_exception_somebody_invoked_is_reported_with_his_words(make: Any) -> None:
    said = make.position("invokes_exception", says="Xanadu determined that they are its own nationals.")
    found = ban_on_new_authorisations(
        make.obligation(), make.facts({"direct": (make.claim(),)}, positions=(said,)), None
    )
    assert found.exception_invoked
    assert found.exception_said == "Xanadu determined that they are its own nationals."
    assert "R9" in found.law


def test_a_denial_is_reported_and_invokes_no_exception(make: Any, assumptions: dict[str, Any]) -> None:
    denial = make.position(says="Xanadu says that nobody earned.")
    facts = make.facts({"presence": (make.claim(),)}, assumptions=assumptions, positions=(denial,))
    found = income_earners_remain(make.obligation(), facts, make.presence(COHORTS))
    assert found.outcome == "inconsistent"
    assert not found.exception_invoked
    assert "Xanadu says that nobody earned." in found.because


@pytest.mark.parametrize("outcome", ["inconsistent", "undetermined", "not_applicable"])
def test_protection_takes_the_outcome_of_both_limbs(make: Any, outcome: str) -> None:
    facts = make.facts(forced_labour=outcome, forced_labour_statements=("s1",))
    found = protection_from_forced_labour(make.obligation(), facts, None)
    assert (found.outcome, found.statements) == (outcome, ("s1",))


def test_a_state_that_is_no_party_is_not_reached(make: Any) -> None:
    duty = make.obligation(parameters={"party": False, "why_not_party": "Xanadu is no party."})
    found = protection_from_forced_labour(duty, make.facts(forced_labour="inconsistent"), None)
    assert (found.outcome, found.because) == ("not_applicable", "Xanadu is no party.")


def test_a_text_that_asks_for_more_stays_undetermined(make: Any) -> None:
    duty = make.obligation(parameters={"asks_more": "The end is not shown."})
    found = protection_from_forced_labour(duty, make.facts(forced_labour="inconsistent"), None)
    assert found.outcome == "undetermined"


def test_likely_leaves_room_on_both_sides() -> None:
    assert 0.5 < LIKELY < 1.0
