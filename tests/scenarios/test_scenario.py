"""A scenario's file is read whole or refused with one error that names file, key, what was found and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tallystick.evidence.programme import programme_folder
from tallystick.scenarios.levers import driven, strength_of
from tallystick.scenarios.scenario import (
    FORCED,
    Drive,
    Pull,
    Scenario,
    check_places,
    check_run,
    drivers_of,
    levers_of,
    load_scenario,
    load_scenarios,
)
from tallystick.vocab.errors import ScenarioError
from tests.systems import real

SOUND = """id = "one"
name = "One"
question = "What then?"
evidence = ["claim_1"]

[[lever]]
id = "refusal"
strength = 0.5
from = "2026-07"
over_months = 4
"""


DRIVEN = """
[[driver]]
id = "war"
value = 1.5
from = "2027-01"
until = "2027-12"
evidence = "assumed"
"""
TABLE: dict[str, Any] = {
    "run": {"start": "2025-12", "until": "2030-12"},
    "lever": [
        {"id": "refusal", "name": "refusal", "acts": "refusal"},
        {"id": "workers", "name": "workers", "acts": "region:north", "high": 500},
        {"id": "aid", "name": "aid", "says": "Nothing that bears on reaching safety is simulated."},
    ],
    "driver": [
        {"id": "war", "name": "demand of the war", "acts": "war", "low": 0, "high": 5},
        {"id": "rounds", "name": "rounds sent", "acts": "munitions", "unit": "round/month", "low": 0, "high": 9000,
         "factors": [0, 2]},
    ],
}  # fmt: skip


def read(folder: Path, text: str, name: str = "one") -> Scenario:
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return load_scenario(file, TABLE, ["claim_1"])


def assert_told(
    folder: Path, before: str, text: str, old: str, new: str, problem: str, hint: str, of: str = "one"
) -> None:
    """With `new` for `old` in a text that is sound otherwise, one error names the problem and the way out."""
    assert old in text
    with pytest.raises(ScenarioError, match=problem) as raised:
        read(folder, before + text.replace(old, new, 1), of)
    assert hint in raised.value.hint
    assert raised.value.exit_code == 1


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, SOUND)
    assert found.pulls == (Pull(lever="refusal", strength=0.5, start="2026-07", until="", over_months=4),)
    assert (found.id, found.evidence, found.text) == ("one", ("claim_1",), SOUND)


def test_levers_of_the_base_are_pulled_first(tmp_path: Path) -> None:
    read(tmp_path, SOUND)
    text = SOUND.replace('id = "one"', 'id = "two"\nbased_on = "one"').replace('"refusal"', '"workers"')
    assert [pull.lever for pull in read(tmp_path, text, "two").pulls] == ["refusal", "workers"]


@pytest.mark.parametrize(
    ("old", "new", "problem", "hint"),
    [
        ('id = "refusal"', 'id = "refusel"', r"one.toml, lever 1, id: unknown lever 'refusel'", "did you mean refusal"),
        ('id = "refusal"', 'id = "xyz"', r"lever 1, id: unknown lever 'xyz'", "take refusal, workers"),
        ('id = "refusal"', 'id = "aid"', r"the lever 'aid' is reported and never run", "Nothing that bears"),
        ("strength = 0.5", "strength = 1.5", r"lever 1, strength: is 1.5, outside 0 to 1", "in that range"),
        ("strength = 0.5", "strength = -0.1", r"is -0.1, outside 0 to 1", "in that range"),
        ("strength = 0.5", "strength = nan", r"strength: is nan, not a number", "without quotation"),
        ("strength = 0.5", "strength = true", r"strength: is True, not a number", "without quotation"),
        ("strength = 0.5", 'strength = "0.5"', r"strength: is '0.5', not a number", "without quotation"),
        ("strength = 0.5\n", "", r"strength: is missing", "write strength = and a number"),
        ('"2026-07"', '"2026-13"', r"lever 1, from: is '2026-13', which is no month", '"2026-07"'),
        ('"2026-07"', '"July 2026"', r"from: is 'July 2026', which is no month", '"2026-07"'),
        ('"2026-07"', "2026-07-01", r"from: is 2026-07-01, a day and no month", 'write "2026-07"'),
        ('"2026-07"', "2026-13-01", r"one.toml: is no TOML: .* line 9", 'in quotation marks, as "2026-07"'),
        ('"2026-07"', "2026", r"from: is 2026, which is no month", 'write "2026-07"'),
        ('from = "2026-07"\n', "", r"lever 1, from: is missing", 'write "2026-07"'),
        ('name = "One"\n', "", r"one.toml, name: is missing", 'write name = "..."'),
        ("over_months = 4", "over_months = -6", r"over_months: is -6", "from 0, for at once, to 360"),
        ("over_months = 4", "over_months = 1.5", r"over_months: is 1.5", "whole number"),
        ("over_months = 4", 'until = "2026-06"', r"until: is 2026-06, before 2026-07", "swap"),
        ("over_months", "over_month", r"lever 1, over_month: unknown key", "did you mean over_months"),
        ('name = "One"', 'name = ""', r"one.toml, name: is blank", 'write name = "..."'),
        ('name = "One"', 'xyz = "One"', r"one.toml, xyz: unknown key", "keys:"),
        ('id = "one"', 'id = "other"', r"id: is 'other', not the name of the file", 'write id = "one"'),
        ('"claim_1"', '"claim_9"', r"evidence: no row is called 'claim_9'", "mend the id"),
        (
            "evidence = [",
            'based_on = "one"\nevidence = [',
            r"based_on: goes round in a circle: one > one",
            "stands alone",
        ),
        ("evidence = [", 'based_on = "ome"\nevidence = [', r"there is no scenario 'ome'", "name a file beside it"),
        ("evidence = [", "evidence = [[", r"one.toml: is no TOML", "mend that line"),
        ("[[lever]]", "[lever]", r"lever: is not a list of tables", "[[lever]]"),
        ("evidence = [", 'until = "2025-12"\nevidence = [', r"one.toml, until: runs go over whole years", "2026-12 to"),
        ("evidence = [", 'until = "2019-12"\nevidence = [', r"until: .* cannot end with 2019-12", "2026-12 to"),
        ("evidence = [", 'until = "2056-12"\nevidence = [', r"until: .* cannot end with 2056-12", "to 2055-12"),
        ("evidence = [", 'until = "2030-06"\nevidence = [', r"until: .* cannot end with 2030-06", "2026-12 to"),
        ("evidence = [", 'until = "2030"\nevidence = [', r"until: is '2030', which is no month", '"2030-12"'),
    ],
)
def test_a_fault_is_one_clear_error(tmp_path: Path, old: str, new: str, problem: str, hint: str) -> None:
    assert_told(tmp_path, "", SOUND, old, new, problem, hint)


@pytest.mark.parametrize(
    ("old", "new", "problem", "hint"),
    [
        ('id = "war"', 'id = "wars"', r"one.toml, driver 1, id: unknown driver 'wars'", "did you mean war"),
        ('id = "war"', 'id = "xyz"', r"driver 1, id: unknown driver 'xyz'", "take war, rounds"),
        ("value = 1.5", "value = 5.5", r"driver 1, value: is 5.5, outside 0 to 5", "demand of the war: give a number"),
        ("value = 1.5", "factor = -1", r"driver 1, factor: is -1, outside 0 to 5", "in that range"),
        ("value = 1.5", "value = nan", r"driver 1, value: is nan, not a number", "without quotation"),
        ("value = 1.5", "", r"driver 1, value or factor: neither is given", "the one or the other"),
        ("value = 1.5", "value = 1\nfactor = 1", r"value or factor: both are given", "the one or the other"),
        ('"2027-01"', '"2027-1"', r"driver 1, from: is '2027-1', which is no month", '"2026-07"'),
        ('"2027-12"', '"2026-12"', r"driver 1, until: is 2026-12, before 2027-01", "swap"),
        ("value = 1.5", "strength = 1.5", r"driver 1, strength: unknown key", "keys: id, value, factor"),
        ('evidence = "assumed"\n', "", r"driver 1, evidence: is missing", 'or write "assumed"'),
        ('evidence = "assumed"', 'evidence = "a guess"', r"evidence: is 'a guess', not a list", '"one", "two"'),
        ('evidence = "assumed"', 'evidence = ["claim_9"]', r"evidence: no row is called 'claim_9'", "mend the id"),
        ("[[driver]]", "[driver]", r"driver: is not a list of tables", "[[driver]]"),
    ],
)
def test_a_fault_of_a_driver_is_one_clear_error(tmp_path: Path, old: str, new: str, problem: str, hint: str) -> None:
    assert_told(tmp_path, SOUND, DRIVEN, old, new, problem, hint)


def test_a_driver_is_read_and_inherited_with_the_horizon(tmp_path: Path) -> None:
    war = Drive(
        driver="war", name="demand of the war", acts="war", unit="1", level=1.5, is_factor=False,
        start="2027-01", until="2027-12", over_months=0,
    )  # fmt: skip
    one = read(tmp_path, SOUND.replace("\n\n", '\nuntil = "2028-12"\n\n', 1) + DRIVEN)
    assert (one.drives, one.until) == ((war,), "2028-12")
    own = '\n[[driver]]\nid = "rounds"\nfactor = 2\nfrom = "2026-01"\nevidence = ["claim_1"]\n'
    two = read(tmp_path, 'id = "two"\nname = "Two"\nquestion = "?"\nbased_on = "one"\n' + own, "two")
    assert [each.driver for each in two.drives] == ["war", "rounds"]
    assert (two.drives[1].level, two.drives[1].is_factor) == (2.0, True)
    assert [each.evidence for each in two.drives] == [(), ("claim_1",)]
    assert (two.until, two.pulls, [each.id for each in two.based_on]) == ("2028-12", one.pulls, ["one"])


def test_a_driver_alone_is_no_baseline(tmp_path: Path) -> None:
    head = SOUND[: SOUND.index("[[lever]]")]
    assert read(tmp_path, head).changes_nothing
    assert not read(tmp_path, head + DRIVEN).changes_nothing


def test_a_programme_without_drivers_says_so(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(SOUND + DRIVEN, encoding="utf-8")
    without = {name: each for name, each in TABLE.items() if name != "driver"}
    with pytest.raises(ScenarioError, match="unknown driver 'war'") as raised:
        load_scenario(tmp_path / "one.toml", without, ["claim_1"])
    assert raised.value.hint == "this programme has no drivers"


def test_one_driver_is_not_set_twice_at_a_time(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"one.toml, driver 2: 'war' is set twice at a time, here and by driver 1"):
        read(tmp_path, SOUND + DRIVEN + DRIVEN)


@pytest.mark.parametrize("acts", ["helpers", "ordered", "hours", "refusal", "control", "region:north"])
def test_a_programme_offers_no_driver_that_bears_on_flight_or_is_a_lever(acts: str) -> None:
    with pytest.raises(ScenarioError, match=f"scenarios.toml, driver x, acts: is '{acts}', which no driver may set"):
        drivers_of({"driver": [{"id": "x", "name": "x", "acts": acts, "low": 0, "high": 1}]})


DRIVER = {"id": "x", "name": "x", "acts": "war", "low": 0, "high": 1}
LEVER = {"id": "x", "name": "x", "acts": "refusal"}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"driver": [DRIVER | {"acts": "war:RU"}]}, "driver x, acts: is 'war:RU', which no driver may set"),
        ({"driver": [DRIVER | {"acts": "plan"}]}, "driver x, acts: is 'plan', which no driver may set"),
        ({"driver": [DRIVER | {"acts": 3}]}, "driver x, acts: is 3, not a text"),
        ({"driver": [{name: each for name, each in DRIVER.items() if name != "low"}]}, "driver x, low: is missing"),
        ({"driver": [DRIVER | {"low": 2}]}, "driver x, high: is 1, below 2"),
        ({"driver": [DRIVER | {"factors": [1]}]}, r"driver x, factors: is \[1\], not 2 numbers"),
        ({"driver": [DRIVER | {"lowest": 1}]}, "driver x, lowest: unknown key"),
        ({"driver": [{"name": "x"}]}, "driver 1, id: is missing"),
        ({"lever": [LEVER | {"acts": "helpers"}]}, "lever x, acts: is 'helpers', on which no lever acts"),
        ({"lever": [LEVER | {"acts": "refusal:RU"}]}, "lever x, acts: is 'refusal:RU', on which no lever acts"),
        ({"lever": [LEVER | {"acts": "region"}]}, "lever x, acts: is 'region', on which no lever acts"),
        ({"lever": [LEVER | {"high": "1"}]}, "lever x, high: is '1', not a number"),
        ({"lever": [LEVER, LEVER | {"acts": "news"}]}, "lever 2, id: a second lever is called 'x'"),
        ({"driver": [DRIVER, DRIVER]}, "driver 2, id: a second driver is called 'x'"),
    ],
)
def test_what_a_programme_offers_wrongly_is_one_error_by_file_and_field(table: dict[str, Any], words: str) -> None:
    with pytest.raises(ScenarioError, match=f"^scenarios.toml, {words}"):
        levers_of(table) | drivers_of(table)


RUN = {"start": "2025-12", "until": "2030-12"}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "run: is missing"),
        ({"run": "2025-12"}, "run: is missing"),
        ({"run": {"until": "2030-12"}}, "run, start: is missing"),
        ({"run": {"start": "2025-12"}}, "run, until: is missing"),
        ({"run": RUN | {"start": "2025"}}, "run, start: is '2025', which is no month"),
        ({"run": RUN | {"until": "2030-06"}}, "run, until: runs go over whole years"),
        ({"run": RUN | {"untill": "2030-12"}}, "run, untill: unknown key"),
        ({"run": RUN | {"pulled_from": 2026}}, "run, pulled_from: is 2026, which is no month"),
        ({"run": RUN | {"followed": "direct_pay"}}, "run, followed: is 'direct_pay', not a list of texts"),
    ],
)
def test_months_of_runs_that_a_programme_states_wrongly_are_told(table: dict[str, Any], words: str) -> None:
    with pytest.raises(ScenarioError, match=f"^scenarios.toml, {words}"):
        check_run(table)
    check_run({"run": RUN})


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"driver": [DRIVER | {"acts": "plan:XX"}]}, "driver x, acts: there is no 'XX'"),
        ({"lever": [LEVER | {"acts": "close_visa:XX"}]}, "lever x, acts: there is no 'XX'"),
        ({"lever": [LEVER | {"acts": "region:XX"}]}, "lever x, acts: there is no 'XX'"),
        ({"lever": [LEVER | {"acts": "builders:XX"}]}, "lever x, acts: there is no 'XX'"),
        ({"lever": [LEVER | {"hosts": ["XX"]}]}, "lever x, hosts: there is no host 'XX'"),
    ],
)
def test_a_place_that_a_programme_does_not_have_is_told(table: dict[str, Any], words: str) -> None:
    with pytest.raises(ScenarioError, match=f"^scenarios.toml, {words}"):
        check_places(table, real.shape())
    check_places(real.programme().tables["scenarios"], real.shape())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("strength = 0.5", f"strength = 1{'0' * 400}", "strength: is 10+[.]{3}, not a number"),
        ("strength = 0.5", f"strength = 1{'0' * 5000}", "is no TOML"),
        ("over_months = 4", "over_months = 361", "over_months: is 361"),
    ],
)
def test_numbers_beyond_all_use_are_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in SOUND
    with pytest.raises(ScenarioError, match=words):
        read(tmp_path, SOUND.replace(old, new))


def own(folder: Path, name: str, head: str = "", *levers: str) -> Scenario:
    """A file of one's own for the programme that ships, beside which it may be based."""
    pulls = "".join(f'[[lever]]\nid = "{lever}"\nstrength = 0.9\nfrom = "2027-01"\n' for lever in levers)
    (folder / f"{name}.toml").write_text(f'id = "{name}"\nname = "Own"\nquestion = "?"\n{head}\n{pulls}')
    programme, shipped = real.programme(), programme_folder("dprk") / "scenarios"
    known = [row.id for rows in (programme.claims, programme.statements, programme.events) for row in rows]
    known += [row.id for row in programme.law]
    return load_scenario(folder / f"{name}.toml", programme.tables["scenarios"], known, shipped)


@pytest.mark.parametrize("lever", ["demand_compliance", "council_action", "publicity"])
def test_who_orders_people_home_says_that_it_is_a_harm(tmp_path: Path, lever: str) -> None:
    assert own(tmp_path, "one", "", lever).caution == FORCED
    assert own(tmp_path, "two", 'caution = "A harm."', lever).caution == "A harm."
    assert own(tmp_path, "three", "", "rouble").caution == ""


def test_the_caution_of_a_base_does_not_stand_for_that_of_ordering_people_home(tmp_path: Path) -> None:
    pays, orders = (own(tmp_path, f"on_{base}", f'based_on = "{base}"') for base in ("direct_pay", "full_compliance"))
    assert FORCED not in pays.caution
    assert own(tmp_path, "both", 'based_on = "direct_pay"', "demand_compliance").caution == f"{pays.caution} {FORCED}"
    assert own(tmp_path, "more", 'based_on = "both"', "publicity").caution == f"{pays.caution} {FORCED}"
    later = own(tmp_path, "later", 'based_on = "full_compliance"', "rouble")
    assert later.caution == orders.caution != ""


def test_a_circle_of_three_is_named(tmp_path: Path) -> None:
    for name, base in (("a", "b"), ("b", "c"), ("c", "a")):
        text = SOUND.replace('id = "one"', f'id = "{name}"\nbased_on = "{base}"')
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match="a > b > c > a"):
        load_scenario(tmp_path / "a.toml", TABLE, ["claim_1"])


@pytest.mark.parametrize("path", ["./one", "../{}/one"])
def test_a_base_is_named_and_no_path_that_could_go_round_in_a_circle(tmp_path: Path, path: str) -> None:
    text = SOUND.replace("evidence = [", f'based_on = "{path.format(tmp_path.name)}"\nevidence = [')
    with pytest.raises(ScenarioError, match=r"one.toml, based_on: there is no scenario '[.]"):
        read(tmp_path, text)


@pytest.mark.parametrize(("name", "hint"), [("ome", "did you mean one?"), ("xyz", "known: one; or a file beside it, ")])
def test_a_base_that_is_not_there_gets_another_than_the_file_itself(tmp_path: Path, name: str, hint: str) -> None:
    read(tmp_path, SOUND)
    based = f'id = "two"\nbased_on = "{name}"'
    assert_told(tmp_path, "", SOUND, 'id = "one"', based, f"there is no scenario '{name}'", hint, of="two")


def test_one_lever_is_not_pulled_twice_at_a_time(tmp_path: Path) -> None:
    again = SOUND[SOUND.index("[[lever]]") :]
    with pytest.raises(ScenarioError, match="lever 2: 'refusal' is pulled twice at a time, here and by lever 1"):
        read(tmp_path, SOUND + again)
    read(tmp_path, SOUND)
    based = SOUND.replace('id = "one"', 'id = "two"\nbased_on = "one"')
    with pytest.raises(ScenarioError, match="lever 1: 'refusal' is pulled twice at a time, here and by what it is bas"):
        read(tmp_path, based, "two")
    apart = SOUND.replace("over_months = 4", 'until = "2026-12"') + again.replace("2026-07", "2027-01")
    assert len(read(tmp_path, apart).pulls) == 2


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_scenario(tmp_path / "none.toml", TABLE, [])
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ScenarioError, match="is not UTF-8"):
        load_scenario(tmp_path / "bad.toml", TABLE, [])


def test_a_folder_is_read_in_the_order_of_its_files(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(SOUND.replace('id = "one"', f'id = "{name}"'), encoding="utf-8")
    assert list(load_scenarios(tmp_path, TABLE, ["claim_1"])) == ["a", "b"]


MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")


@pytest.mark.parametrize(
    ("pull", "expected"),
    [
        (("2026-07", "", 0), [0, 0, 0.8, 0.8, 0.8, 0.8]),
        (("2026-07", "", 4), [0, 0, 0.2, 0.4, 0.6, 0.8]),
        (("2026-07", "2026-08", 2), [0, 0, 0.4, 0.8, 0, 0]),
        (("2026-01", "", 0), [0.8, 0.8, 0.8, 0.8, 0.8, 0.8]),
        (("2027-01", "", 0), [0, 0, 0, 0, 0, 0]),
        (("2026-06", "2030-12", 0), [0, 0.8, 0.8, 0.8, 0.8, 0.8]),
        (("2026-01", "2026-04", 0), [0, 0, 0, 0, 0, 0]),
        (("2026-03", "", 4), [0.6, 0.8, 0.8, 0.8, 0.8, 0.8]),
    ],
)
def test_strength_grows_holds_and_ends(pull: tuple[str, str, int], expected: list[float]) -> None:
    start, until, over = pull
    found = strength_of([Pull(lever="x", strength=0.8, start=start, until=until, over_months=over)], MONTHS)
    assert np.allclose(found, expected)


def test_a_pull_goes_on_from_where_the_one_just_before_it_ended() -> None:
    def pull(strength: float, start: str, until: str, over: int = 0) -> Pull:
        return Pull(lever="x", strength=strength, start=start, until=until, over_months=over)

    grown = [pull(150, "2026-05", "2026-06"), pull(450, "2026-07", "", 3)]
    assert np.allclose(strength_of(grown, MONTHS), [150, 150, 250, 350, 450, 450])
    assert np.allclose(strength_of(grown[::-1], MONTHS), [150, 150, 250, 350, 450, 450])
    assert np.allclose(strength_of(grown, MONTHS[2:]), [250, 350, 450, 450])
    apart = [pull(150, "2026-05", "2026-05"), pull(450, "2026-07", "", 3)]
    assert np.allclose(strength_of(apart, MONTHS), [150, 0, 150, 300, 450, 450])


@pytest.mark.parametrize(
    ("drives", "expected"),
    [
        ([(3.0, False, "2026-07", "", 0)], [[1, 1, 3, 3, 3, 3], [2, 2, 3, 3, 3, 3]]),
        ([(3.0, False, "2026-07", "2026-08", 2)], [[1, 1, 2, 3, 1, 1], [2, 2, 2.5, 3, 2, 2]]),
        ([(0.5, True, "2026-07", "", 0)], [[1, 1, 0.5, 0.5, 0.5, 0.5], [2, 2, 1, 1, 1, 1]]),
        (
            [(3.0, False, "2026-05", "2026-06", 0), (2.0, True, "2026-07", "", 2)],
            [[3, 3, 2.5, 2, 2, 2], [3, 3, 3.5, 4, 4, 4]],
        ),
    ],
)
def test_a_driver_leaves_what_is_usual_goes_on_from_there_and_comes_back(
    drives: list[tuple[float, bool, str, str, int]], expected: list[list[float]]
) -> None:
    """Two draws, in which it is usually 1 and 2."""
    names = ("level", "is_factor", "start", "until", "over_months")
    x: dict[str, Any] = {"driver": "x", "name": "x", "acts": "war", "unit": "1"}
    every = [Drive(**x, **dict(zip(names, each, strict=True))) for each in drives]
    usual = np.repeat([[1.0], [2.0]], len(MONTHS), axis=1)
    assert np.allclose(driven(every, usual, MONTHS), expected)
    assert np.allclose(usual, [[1] * 6, [2] * 6])
