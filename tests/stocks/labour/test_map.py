"""Every stock, money account, level, flow and loop of the map, by its id: what stands for it in the text, and a test.

A row names the elements of the text that carry the id, and the file and test that holds what the map says of it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tallystick.stocks.labour.shape import Shape
from tests.stocks.labour.made import SAID, SHAPE, graph
from tests.stocks.labour.test_loops import PUSHED

TESTS = Path(__file__).resolve().parents[2]
HERE = "stocks/labour/"
# id -> (elements of the text, file of tests, test)
ROWS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "K1": (("applicants",), HERE + "test_people.py", "test_plans_are_carried_out_while_every_signal_is_one"),
    "K2": (("selected/A", "selected/B"), HERE + "test_people.py", "test_eased_vetting_raises_selection"),
    "K3": (("abroad/A.work.later.east",), HERE + "test_people.py", "test_regions_sum_to_the_whole"),
    "K4": (("abroad/A.work.early", "abroad/A.work.stranded", "abroad/A.work.later.unknown"), HERE + "test_people.py",
           "test_cohorts_never_mix_back"),
    "K5": (("abroad/B",), HERE + "test_people.py", "test_a_refusal_elsewhere_raises_departures_for_the_focus"),
    "K6": (("hiding",), HERE + "test_text.py", "test_flight_recapture_hiding_and_control_are_marked_internal"),
    "K7": (("safe",), "systems/test_safety.py", "test_escape_and_rescue"),
    "K8": (("returned",), HERE + "test_people.py", "test_full_compliance_sends_home_those_it_binds"),
    "K9": (("lost/dead", "lost/unfit"), HERE + "test_runs.py", "test_longer_hours_break_more"),
    "M1": (("booked", "paid", "unpaid"), HERE + "test_ledger.py", "test_what_is_booked_is_paid_unpaid_or_still_owed"),
    "M2": (("debt", "repaid", "still_owed"), HERE + "test_ledger.py", "test_debt_goes_with_its_stratum_and_is_repaid"),
    "M3": (("state", "goods"), HERE + "test_ledger.py", "test_payment_in_goods_takes_nothing_from_the_whole"),
    "V1": (("vacancies",), HERE + "test_runs.py", "test_vacancies_draw_departures"),
    "V2": (("munitions",), HERE + "test_ledger.py", "test_arms_and_goods_are_counted_in_their_own_units"),
    "V3": (("knowledge",), HERE + "test_runs.py", "test_punished_talk_spreads_more_slowly"),
    "V4": (("strength",), HERE + "test_runs.py", "test_a_council_that_acts_holds_back_departures"),
    "F1": (("apply",), HERE + "test_runs.py", "test_more_knowledge_raises_places_given_up"),
    "F2": (("select",), HERE + "test_people.py", "test_eased_vetting_raises_selection"),
    "F3": (("withdraw",), HERE + "test_runs.py", "test_more_knowledge_raises_places_given_up"),
    "F4": (("redirect",), HERE + "test_people.py", "test_a_refusal_elsewhere_raises_departures_for_the_focus"),
    "F5": (("depart",), HERE + "test_runs.py", "test_vacancies_draw_departures"),
    "F6": (("depart_elsewhere",), HERE + "test_people.py", "test_a_refusal_elsewhere_raises_departures_for_the_focus"),
    "F7": (("end_of_term",), HERE + "test_people.py", "test_at_the_reference_hazards_are_those_of_the_fit"),
    "F8": (("ordered_return",), HERE + "test_people.py", "test_full_compliance_sends_home_those_it_binds"),
    "F9": (("strand",), HERE + "test_people.py", "test_a_closed_border_stops_all_travel_and_strands"),
    "F10": (("redeploy",), HERE + "test_people.py", "test_regions_sum_to_the_whole"),
    "F11": (("flee",), HERE + "test_text.py", "test_flight_recapture_hiding_and_control_are_marked_internal"),
    "F12": (("rescued",), "systems/test_safety.py", "test_escape_and_rescue"),
    "F13": (("recapture",), HERE + "test_text.py", "test_flight_recapture_hiding_and_control_are_marked_internal"),
    "F14": (("die", "disable"), HERE + "test_runs.py", "test_longer_hours_break_more"),
    "F15": (("pay_booked",), HERE + "test_ledger.py", "test_the_parts_of_a_worker_month_add_up_to_gross"),
    "F16": (("pay_state", "pay_goods"), HERE + "test_ledger.py", "test_the_parts_of_a_worker_month_add_up_to_gross"),
    "F17": (("booked_with_end_of_term",), HERE + "test_ledger.py", "test_what_is_booked_is_paid_unpaid_or_still_owed"),
    "F18": (("knowledge",), HERE + "test_runs.py", "test_punished_talk_spreads_more_slowly"),
    "F19": (("vacancies",), HERE + "test_runs.py", "test_vacancies_draw_departures"),
}  # fmt: skip
LOOPS = tuple(f"R{n}" for n in range(1, 9)) + tuple(f"B{n}" for n in range(1, 8))
LEVEL_FLOWS = {"F18", "F19"}  # into levels: their change is the level's own, and it carries the level's id
PARTS_OF = {"K4": "K3", "K5": "K3"}  # strata of K3: which they are stands in their names


def elements() -> dict[str, str]:
    """Whatever the text has, by its name or its stratum's, with its id on the map."""
    found = graph()
    text = found.text
    out = {name: found.stocks[name.partition("/")[0]].symbol for name in found.strata}
    for group in (text.accounts, text.levels, text.flows, text.postings, text.carriages, text.loop_list):
        for each in group:
            out[each.id] = getattr(each, "symbol", each.id)
    return out


def test_the_table_names_every_id_of_the_map() -> None:
    ids = {f"K{n}" for n in range(1, 10)} | {"M1", "M2", "M3"} | {f"V{n}" for n in range(1, 5)}
    assert set(ROWS) == ids | {f"F{n}" for n in range(1, 20)}
    assert set(LOOPS) == set(graph().text.loops._fields)


@pytest.mark.parametrize("id", ROWS)
def test_each_id_has_its_elements_and_a_test(id: str) -> None:
    names, file, test = ROWS[id]
    there = elements()
    for name in names:
        assert name in there, name
        assert id in LEVEL_FLOWS or there[name] == PARTS_OF.get(id, id), (name, there[name])
    assert re.search(rf"^def {test}", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE), (file, test)


@pytest.mark.parametrize("id", LOOPS)
def test_each_loop_has_a_path_and_a_switch(id: str) -> None:
    loop = next(each for each in graph().text.loop_list if each.id == id)
    assert loop.name
    assert len(loop.path) >= 2
    assert id in PUSHED  # by `test_a_loop_answers_a_push_with_its_sign`
    assert id in graph().text.loops._fields


def test_no_element_of_the_text_is_off_the_map_without_a_word_of_its_own() -> None:
    """What is not of the map is one of the few things that a model needs beside it, and `system.toml` says what."""
    beside = {
        "public", "builders", "relabel", "employers", "agents", "pocket", "at_once", "place", "need", "weapons", "war",
        "control", "vetting", "listed", "exchange",
    }  # fmt: skip
    assert set(elements().values()) - set(ROWS) - set(LOOPS) <= beside
    assert beside <= set(SAID)


def test_a_programme_without_other_hosts_or_plans_lacks_only_what_it_has_none_of() -> None:
    from tallystick.stocks.labour.text import build

    alone = Shape(focus="A", elsewhere=(), visa_classes=SHAPE.visa_classes)
    text = build(alone, SAID)
    moved = {each.symbol for group in (text.flows, text.postings, text.carriages) for each in group}
    assert {id for id in ROWS if id.startswith("F")} - moved - LEVEL_FLOWS == {"F4", "F6", "F10"}
