"""Systems of law: the resolutions with their days and cohorts, and forced labour with its two limbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tallystick.assess.assessment import Assessment, assess
from tallystick.assess.finding import OUTCOMES, Period
from tallystick.assess.forced_labour import Coding, Cohort, cell, conclusion
from tallystick.vocab.records import Statement
from tests.assess.conftest import Make, plant
from tests.systems.described import row
from tests.systems.real import account, programme

COHORTS = {"holdover": 3000.0, "stranded": 1000.0, "arrived_later": 2000.0}  # K4a, K4b, K4c
YEAR = Period(id="p", name="p", start=date(2020, 1, 1), end=date(2020, 12, 31))
PEOPLE = Cohort(id="people", name="people", period=YEAR)
RETURN = {  # the duty to send income earners home, as its rule reads the host: by period and cohort
    ("before-deadline", None): "not_applicable",
    ("deadline-to-closure", None): "undetermined",
    ("deadline-to-closure", "holdover"): "undetermined",
    ("deadline-to-closure", "stranded"): "not_applicable",
    ("deadline-to-closure", "arrived_later"): "undetermined",
    ("closure", None): "undetermined",
    ("closure", "holdover"): "undetermined",
    ("closure", "stranded"): "undetermined",
    ("closure", "arrived_later"): "undetermined",
    ("since-reopening", None): "inconsistent",
    ("since-reopening", "holdover"): "undetermined",
    ("since-reopening", "stranded"): "undetermined",
    ("since-reopening", "arrived_later"): "inconsistent",
}
LIMBS = ("involuntariness", "menace_of_penalty")
PHASES = ("recruitment", "work_and_life", "leaving")


@pytest.fixture(scope="module")
def found() -> Assessment:
    draws = plant(programme(), cohorts=COHORTS, visas={"work": 2000.0, "study": 4000.0}, others=9000.0)
    return assess(programme(), account(), draws)


@row("Sanctions law and deadline", system="sanctions_law", uses="K3 K4 F8 V4 demand_compliance council_action")
def test_sanctions_law_and_deadline(found: Assessment) -> None:
    """Date the resolution 2017-12-22 and the deadline 2019-12-22; say inconsistent, consistent, undetermined or
    not_applicable for the State addressed, by test, period and cohort (K4a, K4b, K4c), with exceptions invoked or not;
    flag the 2019 slip."""
    law = {each.id: each for each in programme().law}
    assert (law["L03"].adopted_on, law["L03"].deadline) == (date(2017, 12, 22), date(2019, 12, 22))
    assert programme().deadline == date(2019, 12, 22)
    duty = [each for each in found.of("return-of-income-earners") if each.host == programme().focus.id]
    assert {each.outcome for each in duty} == {"inconsistent", "undetermined", "not_applicable"} <= set(OUTCOMES)
    assert {each.cohort for each in duty} == {None, *COHORTS}
    assert {each.addressee for each in duty} == {programme().focus.name}
    assert all(each.test and each.period and each.because for each in duty)
    tests = {name: {each.test for each in found.of(name)} for name in ("authorisation-ban", "return-of-income-earners")}
    assert not tests["authorisation-ban"] & tests["return-of-income-earners"]  # L01, L02 and L03 ask different things
    assert {(each.period_id, each.cohort): each.outcome for each in duty} == RETURN
    for each in found.findings:
        assert each.exception_invoked is False
        assert each.exception_said.startswith(("On the available evidence, no determination found", "The text as"))
    _an_exception_that_is_invoked_is_said_and_changes_no_word()
    slips = {slip.claim: (slip.said, slip.right) for slip in found.dating_slips}
    assert slips["fuels25_res"] == ("2019", "2017")


def _an_exception_that_is_invoked_is_said_and_changes_no_word() -> None:
    """As if the host had determined one: its words stand in the finding, whose outcome is for a reader to weigh."""
    table = programme().tables["obligations"]
    denial = next(each for each in table["position"] if "return-of-income-earners" in each["obligations"])
    invoked = denial | {"kind": "invokes_exception", "says": "The host determined an exception.", "cohorts": []}
    tables = programme().tables | {"obligations": table | {"position": [*table["position"], invoked]}}
    draws = plant(programme(), cohorts=COHORTS, visas={"work": 2000.0, "study": 4000.0}, others=9000.0)
    found = assess(replace(programme(), tables=tables), account(), draws).of("return-of-income-earners")
    told = {each.period_id: each for each in found if each.host == programme().focus.id and each.cohort is None}
    assert {id for id, each in told.items() if each.exception_invoked} == set(denial["periods"])
    for id in denial["periods"]:
        assert "The host determined an exception." in told[id].exception_said
        assert told[id].outcome == RETURN[id, None]


@row("Forced labour, two limbs and three phases", system="forced_labour", uses="FL1 FL2 FL3 FL4 FL5 FL6")
def test_forced_labour_two_limbs_and_three_phases(found: Assessment) -> None:
    """Fill six cells from coded rows with independent origins; both limbs are needed; a bad condition alone, a poor
    applicant alone or a closed border alone yields no finding."""
    frames = {(frame.limb, frame.phase): frame for frame in programme().framework}
    assert set(frames) == {(limb, phase) for limb in LIMBS for phase in PHASES}
    cells = {(each.limb, each.phase) for each in found.forced_labour.cells if each.cohort == "since_reopening"}
    assert cells == set(frames)
    filled = {each.id: each for each in found.forced_labour.cells if each.cohort == "since_reopening"}
    separate = {id: (each.origins_for, each.origins_beyond_doubt, each.origins_mixed) for id, each in filled.items()}
    assert separate == {
        "FL1": (0, 0, 2), "FL2": (2, 1, 0), "FL3": (0, 0, 0), "FL4": (0, 0, 0), "FL5": (1, 1, 0), "FL6": (1, 1, 1),
    }  # fmt: skip
    assert all(len(each.statements) > each.origins_for for id, each in filled.items() if id in ("FL2", "FL5", "FL6"))
    assert {each.outcome for each in found.forced_labour.conclusions} == {"undetermined"}
    both = _outcome(_coded("one", LIMBS[0]), _coded("two", LIMBS[0]), _coded("one", LIMBS[1]), _coded("two", LIMBS[1]))
    assert both == "inconsistent"
    for alone in LIMBS:
        assert _outcome(*(_coded(name, alone) for name in ("one", "two", "three"))) == "undetermined"
    one_origin = [_coded("one", limb, str(number)) for limb in LIMBS for number in range(9)]
    assert _outcome(*one_origin) == "undetermined"  # many rows of one report are one origin
    bad = [_coded(name, limb, kind="condition") for name in ("one", "two") for limb in LIMBS]
    assert _outcome(*bad) == "undetermined"  # a bad condition that nobody says was imposed
    poor = [_coded(name, LIMBS[0], phase="recruitment", how="contradicts", kind="motive") for name in ("one", "two")]
    assert _outcome(*poor) == "undetermined"
    _a_closed_border_is_an_act_of_a_State_and_fills_no_cell()


def _a_closed_border_is_an_act_of_a_State_and_fills_no_cell() -> None:
    closed = {each.id: each for each in programme().statements if each.id in ("ap22copy_s05", "ap22copy_s27")}
    assert len(closed) == 2
    assert not any(LIMBS[1] in each.framework_limbs for each in closed.values())
    assert _outcome(*(replace(each, period="2020", place="") for each in closed.values())) == "undetermined"


def _coded(
    report: str, limb: str, id: str = "", *, how: str = "supports", phase: str = "work_and_life", kind: str = "control"
) -> Statement:
    return Make.statement(
        f"{report}_{limb}_{id}", report, kind=kind, framework_limbs=(limb,), framework_phases=(phase,),
        framework_bearings=(how,), supports_or_contradicts="supports" if how == "supports" else "neutral",
    )  # fmt: skip


def _outcome(*rows: Statement) -> str:
    """The word for people of whom these rows, and no others, speak."""
    table = programme().tables["obligations"]["forced_labour"]  # what says only how it was, as the programme has it
    coding = Coding(
        bare_kinds=tuple(table["bare_kinds"]), bare_statements=(), doubtful=(), first_hand=(), origin_of={}
    )  # fmt: skip
    filled = tuple(cell(frame, PEOPLE, rows, coding) for frame in programme().framework)
    return str(conclusion(PEOPLE, filled, rows, coding).outcome)
