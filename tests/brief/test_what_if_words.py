"""What is said of what-ifs where runs came out otherwise: no month, no fall, no clear direction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tallystick.brief.build import build_document
from tallystick.brief.cards_runs import shown_assumptions
from tallystick.brief.chapters.what_if import what_if
from tallystick.brief.chapters.what_if_plain import in_all
from tallystick.brief.chapters.what_if_tables import effect_tables
from tallystick.brief.chapters.what_if_words import effect
from tallystick.brief.document import Document, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.simulated import HEAD, Simulated
from tallystick.brief.specs.what_if import fan_chart
from tallystick.brief.targets import spans_of
from tallystick.brief.words.assumed import NAMES
from tallystick.scenarios.results import Row
from tallystick.scenarios.scenario import Scenario
from tests.brief.test_drivers import WAR

CHINA, LABEL = "china_stops", 40  # id; letters of a name that a chart's label can hold


def told(facts: Facts, found: Simulated) -> str:
    """All words of the chapter, over these results."""
    chapter = what_if(replace(facts, simulated=found))
    assert chapter is not None
    said = (plain(tuple(spans_of(block))) for block in (*chapter.blocks, *_of_sections(chapter)))
    return " ".join([plain(chapter.standfirst), *said])


def _of_sections(chapter: Any) -> tuple[Any, ...]:
    return tuple(block for section in chapter.sections for block in section.blocks)


def test_what_ifs_that_only_set_drivers_name_no_month_of_levers(ahead: Facts, found: Simulated) -> None:
    def driving(each: Scenario) -> Scenario:
        return replace(each, pulls=(), drives=(WAR,) if each.id != found.baseline else ())

    only = replace(found, scenarios={id: driving(each) for id, each in found.scenarios.items()})
    assert "They are assumed to begin in July 2026" in told(ahead, found)
    assert "They are assumed" not in told(ahead, only)


def rows_of(table: Table) -> dict[str, list[str]]:
    return {plain(row[0]): [plain(cell) for cell in row] for row in table.rows}


def scaled(found: Simulated, scenario: str, outcome: str, change: Any) -> Simulated:
    """The same results with the quantiles of one effect changed."""

    def one(row: Row) -> Row:
        if (row.scenario, row.outcome) != (scenario, outcome):
            return row
        spread = row.figures.all
        return replace(
            row, figures=replace(row.figures, all=replace(spread, quantiles=tuple(map(change, spread.quantiles))))
        )

    return replace(found, results=replace(found.results, effects=tuple(map(one, found.results.effects))))


def test_what_lies_near_the_width_of_chance_is_neither_more_nor_less(found: Simulated) -> None:
    verdicts = [found.verdict(id, HEAD) for id in ("full_compliance", "publicity", "word_gets_home", "payment_in_kind")]
    assert verdicts == ["lowers", "near", "small", "none"]
    width, row = found.chance_width(HEAD), found.find("effect", "publicity", HEAD)
    assert row is not None
    assert width < abs(row.figures.all.median) < width * 4 / 3


def test_the_table_says_what_is_assumed_and_no_result(ahead: Facts) -> None:
    last = assumed_cells(ahead)
    most = "share of those refused who are sent elsewhere"  # by the invented shares, of every what-if
    moved = "share of workers for rebuilding who are moved from other regions"
    assert last["Ceasefire: the labour stays"] == f"what it believes; that they go there; {moved}; {most}"
    assert last["China admits nobody new"] == most
    assert last["Payment in food, fuel and machinery"] == "that nothing leads to the number"
    assert last["Publicity (forced return)"].startswith("how far publicity strengthens sanctions; ")
    assert [name for name, cell in last.items() if cell == "\u2013"] == ["As it goes (baseline: level)"]
    assert ahead.simulated is not None
    unasked = assumed_cells(replace(ahead, simulated=replace(ahead.simulated, alone=None)))
    assert unasked["Closing of the study-visa channel"] == "share of those refused one visa who come on another"


def assumed_cells(facts: Facts) -> dict[str, str]:
    """The last cell of each row of the two tables of all what-ifs."""
    tables = (b for b in _chapter(build_document(facts)).blocks if isinstance(b, Table))
    return {name: cells[-1] for table in tables for name, cells in rows_of(table).items()}


def test_a_small_effect_keeps_its_direction_where_its_interval_has_one(ahead: Facts, found: Simulated) -> None:
    said = plain(effect(ahead, found, "list_firms_and_buyers", HEAD))
    assert said.startswith("lowers the number of workers in Russia")
    assert said.endswith(", too little for a count to show")
    assert plain(effect(ahead, found, "publicity", HEAD)).endswith(", hardly enough for a count to show")
    either = scaled(found, "list_firms_and_buyers", HEAD, lambda value: value + 190)
    assert plain(effect(ahead, either, "list_firms_and_buyers", HEAD)).startswith("moves the number of workers")


def _chapter(document: Document) -> Any:
    return next(each for each in document.chapters if each.id == "what-if")


def test_forced_return_is_not_shown_as_a_gain_of_booked_pay(ahead: Facts, found: Simulated) -> None:
    (table,) = (each for each in effect_tables(ahead, found) if each.id == "what-if-borne")
    at = next(i for i, column in enumerate(table.columns) if "anybody loses" in plain(column.title))
    cells = {name: row[at] for name, row in rows_of(table).items()}
    for name in ("Everybody sent home, nobody admitted", "Security Council back to work", "Publicity"):
        assert cells[f"{name} (forced return)"] == "not comparable", name
    assert "220" in cells["As it goes (baseline: level)"]
    owed = next(i for i, column in enumerate(table.columns) if plain(column.title).startswith("Booked pay owed"))
    assert rows_of(table)["Everybody sent home, nobody admitted (forced return)"][owed] == "not comparable"
    (harm,) = (each for each in effect_tables(ahead, found) if each.id == "what-if-work")
    for at, column in enumerate(harm.columns):
        gone = plain(column.title).startswith(("Hours", "Deaths", "Injuries"))
        assert (rows_of(harm)["Everybody sent home, nobody admitted (forced return)"][at] == "not comparable") == gone
    (months,) = (each for each in effect_tables(ahead, found) if each.id == "what-if-months")
    assert set(rows_of(months)["Publicity (forced return)"][1:]) == {"not comparable"}
    assert "not comparable" not in [cells["Wages paid directly to workers"], cells["China admits nobody new"]]


def test_whether_fewer_are_sent_in_all_is_answered(ahead: Facts, found: Simulated) -> None:
    assert plain(in_all(ahead, found, CHINA)).startswith("In all, it lowers the number sent to all hosts in 2030 by ")
    open_ = scaled(found, CHINA, "sent", lambda value: value + 4_000)
    said = plain(in_all(ahead, open_, CHINA))
    assert said.startswith("Whether fewer are sent in all cannot be told: in 2030, \u2212")
    assert told(ahead, open_).count(said) == 2  # the line of the chapter and the box
    without = replace(found, results=replace(found.results, effects=()))
    assert in_all(ahead, without, CHINA) == ()


def test_ticks_of_the_fan_stand_at_the_ends_of_years_and_names_are_whole(found: Simulated) -> None:
    names = {id: each.name for id, each in found.scenarios.items()}
    chart = fan_chart(found.results, names, ())
    axes = [layer["encoding"]["x"]["axis"] for layer in chart.spec["layer"]]
    days = {row["when"] for layer in chart.spec["layer"] for row in layer["data"]["values"]}
    for axis in axes:
        assert axis["format"] == "end of %Y"
        assert [f"{day['year']}-{day['month']}-{day['date']}" for day in axis["values"]] == sorted(days)
    assert chart.spec["layer"][-1]["encoding"]["color"]["legend"]["labelLimit"] == 0
    assert [name for name in names.values() if len(name) > LABEL] == []


def test_every_number_assumed_has_a_name_in_words(ahead: Facts) -> None:
    assert sorted(set(shown_assumptions(ahead)) - set(NAMES)) == []
    assert len(set(NAMES.values())) == len(NAMES)
