"""A scenario's file is read whole or refused with one error that names file, key, what was found and the way out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tallystick.scenarios.levers import strength_of
from tallystick.scenarios.scenario import Lever, Pull, Scenario, load_scenario, load_scenarios
from tallystick.vocab.errors import ScenarioError

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


def lever(id: str, acts: str, high: float = 1.0, says: str = "") -> Lever:
    return Lever(id=id, name=id, acts=acts, unit="1", low=0.0, high=high, hosts=(), says=says)


LEVERS = {
    "refusal": lever("refusal", "refusal"),
    "workers": lever("workers", "region:north", 500),
    "aid": lever("aid", "", says="Nothing that bears on reaching safety is simulated."),
}


def read(folder: Path, text: str, name: str = "one") -> Scenario:
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return load_scenario(file, LEVERS, ["claim_1"])


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
        ("strength = 0.5\n", "", r"strength: is missing, not a number", "without quotation"),
        ('"2026-07"', '"2026-13"', r"lever 1, from: is '2026-13', which is no month", '"2026-07"'),
        ('"2026-07"', '"July 2026"', r"from: is 'July 2026', which is no month", '"2026-07"'),
        ('"2026-07"', "2026-07-01", r"from: is datetime.date", "quotation"),
        ("over_months = 4", "over_months = 1.5", r"over_months: is 1.5", "whole number"),
        ("over_months = 4", 'until = "2026-06"', r"until: is 2026-06, before 2026-07", "swap"),
        ("over_months", "over_month", r"lever 1, over_month: unknown key", "did you mean over_months"),
        ('name = "One"', 'name = ""', r"one.toml, name: is '', not a text", "quotation"),
        ('name = "One"', 'title = "One"', r"one.toml, title: unknown key", "keys:"),
        ('id = "one"', 'id = "other"', r"id: is 'other', not the name of the file", 'write id = "one"'),
        ('"claim_1"', '"claim_9"', r"evidence: no row is called 'claim_9'", "mend the id"),
        (
            "evidence = [",
            'based_on = "one"\nevidence = [',
            r"based_on: goes round in a circle: one > one",
            "stands alone",
        ),
        ("evidence = [", 'based_on = "none"\nevidence = [', r"based_on: there is no scenario 'none'", "without .toml"),
        ("evidence = [", "evidence = [[", r"one.toml: is no TOML", "mend that line"),
        ("[[lever]]", "[lever]", r"lever: is not a list of tables", r"\[\[lever\]\]"),
    ],
)
def test_a_fault_is_one_clear_error(tmp_path: Path, old: str, new: str, problem: str, hint: str) -> None:
    assert old in SOUND
    with pytest.raises(ScenarioError, match=problem) as raised:
        read(tmp_path, SOUND.replace(old, new, 1))
    assert raised.match(problem)
    assert hint.replace("\\", "") in raised.value.hint
    assert raised.value.exit_code == 1


def test_a_circle_of_three_is_named(tmp_path: Path) -> None:
    for name, base in (("a", "b"), ("b", "c"), ("c", "a")):
        text = SOUND.replace('id = "one"', f'id = "{name}"\nbased_on = "{base}"')
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match="a > b > c > a"):
        load_scenario(tmp_path / "a.toml", LEVERS, ["claim_1"])


def test_one_lever_is_not_pulled_twice_at_a_time(tmp_path: Path) -> None:
    again = SOUND[SOUND.index("[[lever]]") :]
    with pytest.raises(ScenarioError, match="'refusal' is pulled twice at a time"):
        read(tmp_path, SOUND + again)
    apart = SOUND.replace("over_months = 4", 'until = "2026-12"') + again.replace("2026-07", "2027-01")
    assert len(read(tmp_path, apart).pulls) == 2


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_scenario(tmp_path / "none.toml", LEVERS, [])
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ScenarioError, match="is not UTF-8"):
        load_scenario(tmp_path / "bad.toml", LEVERS, [])


def test_a_folder_is_read_in_the_order_of_its_files(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(SOUND.replace('id = "one"', f'id = "{name}"'), encoding="utf-8")
    assert list(load_scenarios(tmp_path, LEVERS, ["claim_1"])) == ["a", "b"]


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
