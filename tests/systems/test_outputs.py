"""Every form of every output, read as it is written: none tells of flight but as the total of a year and a State.

Each search is also shown something planted, so that it can be seen to find.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallystick.brief.build import brief_json, build_document, data_tables
from tallystick.brief.document import Bullets, Chapter, Text
from tallystick.brief.facts import Facts
from tallystick.brief.write import as_csv, write_pages
from tallystick.cli import homes, run_tables
from tallystick.scenarios import reported, what_if
from tallystick.scenarios.assumed import assumed_of
from tallystick.scenarios.homes import NAMES, OF_HARM, UNITS, Homes
from tallystick.scenarios.outcomes import Outcome, Sum
from tallystick.scenarios.reported import outcomes_of
from tallystick.scenarios.sensitivity import FACTORS_OF_ALL, Sensitivity
from tallystick.study import hangs as study_hangs
from tallystick.study.places import hosts_of
from tallystick.study.study import Study
from tests.brief.conftest import invented_facts
from tests.brief.what_ifs import with_what_ifs
from tests.scenarios.fits import fitted
from tests.systems import leaks
from tests.systems.made import FORMS, SHAPES, TWO, Said, factors_in, files_in, leaks_of, outcomes_in, printed, said
from tests.systems.real import graph, programme, regions, shape

CHARTS = 5  # that a folder of runs has at least


@pytest.fixture(scope="module")
def ready(cache_folder: Path) -> Study:
    """A study with a fit that nobody sampled, where the command finds it."""
    return fitted(cache_folder)


@pytest.fixture
def at_hand(ready: Study, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("TALLYSTICK_CACHE", str(cache_folder))
    return ready


def cleared() -> list[str]:
    """Outcomes that sum nothing hidden and have no name of flight."""
    found = outcomes_of(shape())
    assert leaks.in_outcomes(graph(), found) == []
    return [each.id for each in found]


# What a user can make -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", SHAPES)
def test_no_form_of_the_command_tells_of_flight(form: str, kind: str) -> None:
    found = printed(form, kind)
    if kind != "table":
        assert len(found.rows) > 20
        assert outcomes_in(found) or form == "individuals"
        assert bool(factors_in(found)) == (form == "sensitivity")
    assert leaks_of(found, cleared()) == []


@pytest.mark.usefixtures("at_hand")
def test_no_file_of_a_folder_of_runs_tells_of_flight(tmp_path: Path) -> None:
    printed("years", "csv", "-o", str(tmp_path / "runs"))
    found = list(files_in(tmp_path / "runs"))
    assert {"results.json", "results.csv", "scenarios/full_compliance.toml"} <= {each.name for each in found}
    assert sum(each.name.endswith(".svg") for each in found) >= CHARTS
    assert [(each.name, leak) for each in found for leak in leaks_of(each, cleared())] == []


def test_persons_are_told_of_by_nothing_that_is_hidden() -> None:
    assert set(OF_HARM) & leaks.hidden_of(graph()) == set()
    assert [name for name in (*UNITS, *NAMES.values()) if leaks.in_runs(name)] == []


@pytest.mark.usefixtures("at_hand")
def test_a_sensitivity_moves_nothing_of_flight_or_control() -> None:
    """All that has a prior, in both files of assumptions, and nothing else."""
    moved = {name for name, one in assumed_of(programme().tables).items() if one.has_prior}
    assert {"munitions", "plan_sd", "leak_share"} <= moved
    assert factors_in(printed("sensitivity", "csv")) <= moved | set(FACTORS_OF_ALL)
    assert leaks.in_factors(moved) == []


@pytest.fixture(scope="module")
def facts() -> Facts:
    return with_what_ifs(invented_facts())


def brief_of(facts: Facts, folder: Path, says: str = "") -> list[Said]:
    """Pages, PDF, document and tables of a brief; a chapter may hold something planted."""
    document = build_document(facts)
    if says:
        more = Chapter(id="more", title="More", blocks=(Bullets(((Text(says),),)),))
        document = replace(document, chapters=(*document.chapters, more))
    write_pages(document, folder)
    (folder / "brief.json").write_bytes(brief_json(facts))
    (folder / "data").mkdir(exist_ok=True)
    for name, rows in data_tables(facts).items():
        (folder / "data" / f"{name}.csv").write_text(as_csv(rows), encoding="utf-8")
    return list(files_in(folder))


def told_in(each: Said) -> list[str]:
    """Whatever a brief may not say: a row, a chart or a sentence of flight beside a month, a region or a control.

    Paper breaks lines in columns, so that it has no sentences: see below.
    """
    if each.name.endswith(".pdf"):
        return []
    is_chart = each.name.endswith(".svg") and not each.name.startswith("charts/model-")  # pictures say what they omit
    drawn = leaks.in_runs(each.text) if is_chart else []
    return [*leaks.in_rows(each.rows), *leaks.in_words(each.text, regions()), *drawn]


@pytest.fixture(scope="module")
def brief(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> list[Said]:
    return brief_of(facts, tmp_path_factory.mktemp("brief"))


def test_no_file_of_a_brief_tells_of_flight_beside_anything(brief: list[Said]) -> None:
    names = {each.name for each in brief}
    assert {"brief.html", "brief.pdf", "brief.json", "data/scenarios.csv", "data/assumptions.csv"} <= names
    assert sum(name.endswith(".svg") for name in names) > 10
    assert [(each.name, leak) for each in brief for leak in told_in(each)] == []


def test_paper_has_no_word_of_flight_that_the_page_has_not(brief: list[Said]) -> None:
    said = {each.name: Counter(word.lower() for word in leaks.FLIGHT.findall(each.text)) for each in brief}
    assert said["brief.pdf"].total() > 5
    assert said["brief.pdf"] <= said["brief.html"]


def test_the_yearly_total_is_there_to_be_found(brief: list[Said]) -> None:
    told = {each.name for each in brief if leaks.FLIGHT.search(each.text)}
    assert {"brief.html", "brief.pdf", "brief.json"} <= told


def test_what_ifs_of_a_brief_report_the_cleared_outcomes_alone(brief: list[Said]) -> None:
    rows = next(each for each in brief if each.name == "data/scenarios.csv")
    document = next(each for each in brief if each.name == "brief.json")
    assert outcomes_in(rows) == outcomes_in(document) != set()
    assert outcomes_in(rows) <= set(cleared())


def test_no_size_of_a_sign_stands_on_a_card_or_in_a_table(facts: Facts) -> None:
    signs = {name for name, one in assumed_of(programme().tables).items() if one.is_sign_only}
    assert signs == {"talk_punished", "debt_stay"}
    cards = {card.id: card.prior for card in build_document(facts).assumptions}
    rows = {row["name"]: (row["median"], row["sd"]) for row in data_tables(facts)["assumptions"]}
    for name in signs:
        assert cards[name] == "a sign alone: its size is not shown"
        assert rows[name] == (None, None)


PEOPLE = re.compile(r"\bactivists who help|\bthose who help put\b|\b[0-2]\d:00\b", re.I)  # hours of the clock too


def test_no_file_says_that_a_row_is_left_out_or_where_one_stood(brief: list[Said]) -> None:
    signs = ("figure not shown", "not shown in", "rows that are not shown", "have gaps")
    assert {each.name: sign for each in brief for sign in signs if sign in each.text} == {}
    files = {each.name: each for each in brief}
    assert not [row for row in files["brief.json"].rows if "rows_not_shown" in row]


def test_no_file_names_who_helps_or_an_hour_of_the_clock(brief: list[Said]) -> None:
    assert {each.name: PEOPLE.findall(each.text) for each in brief if PEOPLE.search(each.text)} == {}
    assert PEOPLE.findall("Activists who help say: 06:00 to 02:00.") == ["Activists who help", "06:00", "02:00"]


# What would be found ------------------------------------------------------------------------------------------------


OUT = Outcome(id="got_out", name="people who got out", unit="person", sums=(Sum(of="withdraw"),))  # the name is enough


@pytest.fixture
def spoilt(cache_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, and an outcome that nobody cleared."""
    fitted(cache_folder)
    for name in ("fit", "summary", "kernels"):
        if (cache_folder / name).is_dir():
            shutil.copytree(cache_folder / name, tmp_path / name)
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path))
    monkeypatch.setattr(what_if, "outcomes_of", lambda of: (*outcomes_of(of), OUT))
    return tmp_path


@pytest.mark.usefixtures("spoilt")
@pytest.mark.parametrize("form", ["overview", "years", "levers"])
@pytest.mark.parametrize("kind", ["json", "csv"])
def test_an_outcome_of_flight_is_found_in_every_form_of_data(form: str, kind: str) -> None:
    assert OUT.id in leaks_of(printed(form, kind), cleared())


def test_an_outcome_of_flight_is_found_in_a_folder_of_runs(spoilt: Path) -> None:
    printed("years", "csv", "-o", str(spoilt / "out"))
    found = {each.name for each in files_in(spoilt / "out") if OUT.id in leaks_of(each, cleared())}
    assert found == {"results.json", "results.csv"}


@pytest.mark.usefixtures("spoilt")
@pytest.mark.parametrize("form", ["overview", "years", "compare", "levers"])
def test_an_outcome_with_a_name_of_flight_is_found_in_every_table(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named = replace(OUT, id="rescued", name="people rescued")
    for place in (what_if, reported):
        monkeypatch.setattr(place, "outcomes_of", lambda of: (*outcomes_of(of), named))
    assert leaks_of(printed(form, "table", "--outcome", "rescued"), cleared()) != []


def test_the_gap_between_engines_is_read_too(at_hand: Study) -> None:
    row = at_hand.simulate(TWO[1:], runs=40, until="2027-12").effects[0]
    assert leaks.in_runs(" ".join(run_tables.gap_of(row, 0.1))) == []
    assert leaks.in_runs(" ".join(run_tables.gap_of(replace(row, name="rescues"), 0.1))) != []


def test_a_row_of_flight_among_what_persons_bring_home_is_found(
    at_hand: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = at_hand.homecoming(["direct_pay"], draws=3, until="2027-12")
    monkeypatch.setitem(UNITS, "escaped", "share")  # type: ignore[misc]
    monkeypatch.setitem(NAMES, "escaped", "fled before the end")  # type: ignore[misc]
    for kind in ("levels", "effects"):
        rows = getattr(found, kind)
        bad: Homes = replace(found, **{kind: (*rows, replace(rows[0], id="escaped"))})
        for name, text in ((f"{kind}.json", json.dumps(bad.as_json())), (f"{kind}.csv", bad.as_csv())):
            assert leaks.in_rows(said(name, text).rows), name
        assert leaks.in_runs("\n".join(homes.lines(bad, hosts_of(at_hand.programme))))


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("factor", ["control_lag", "rescue", "helpers", "flee"])
def test_a_factor_of_flight_is_found_in_every_form_of_a_sensitivity(
    factor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = study_hangs.sensitivity_of

    def spoilt(*asked: Any, **more: Any) -> Sensitivity:
        found = sound(*asked, **more)
        told = tuple(replace(each, factor=factor, total=1.0, total_error=0.0) for each in found.indices)
        return replace(found, indices=told)

    monkeypatch.setattr(study_hangs, "sensitivity_of", spoilt)
    for kind in SHAPES:
        assert leaks_of(printed("sensitivity", kind), cleared()) != [], kind


def test_a_sentence_is_found_on_the_page_and_on_paper(facts: Facts, tmp_path: Path) -> None:
    said = "Where outings end, escapes fall by 30 percent"
    found = brief_of(facts, tmp_path, f"{said}.")
    assert {each.name for each in found for leak in told_in(each) if said in leak} == {"brief.html"}
    assert {each.name for each in found if said in each.text} == {"brief.html", "brief.pdf"}


def test_an_effect_on_flight_is_found_in_the_data_of_a_brief(facts: Facts, tmp_path: Path) -> None:
    assert facts.simulated is not None
    results = facts.simulated.results
    told = replace(results.effects[0], outcome=OUT.id, name=OUT.name)
    bad = replace(facts, simulated=replace(facts.simulated, results=replace(results, effects=(*results.effects, told))))
    (tmp_path / "scenarios.csv").write_text(as_csv(data_tables(bad)["scenarios"]), encoding="utf-8")
    (tmp_path / "brief.json").write_bytes(brief_json(bad))
    assert [each.name for each in files_in(tmp_path) if outcomes_in(each) - set(cleared())] == [
        "brief.json", "scenarios.csv",
    ]  # fmt: skip
