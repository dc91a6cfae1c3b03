"""What levers act through: every assumed number is named with its range, and what was not run is called so."""

from __future__ import annotations

from dataclasses import replace

from tallystick.brief.cards_runs import prior_words, shown_assumptions
from tallystick.brief.chapters.what_if import what_if
from tallystick.brief.chapters.what_if_links import THROUGH, assumed_for, in_focus_alone, where_it_acts
from tallystick.brief.chapters.what_if_tables import effect_tables
from tallystick.brief.document import Block, Cards, Chart, plain
from tallystick.brief.facts import Facts
from tallystick.brief.simulated import Simulated
from tallystick.brief.targets import spans_of
from tallystick.scenarios.scenario import PLANNED
from tallystick.stocks.labour.fields import LEVERS

LISTING, VISAS, CHINA = "list_firms_and_buyers", "study_visas_closed", "workers_present_CN"


def blocks(facts: Facts) -> list[Block]:
    chapter = what_if(facts)
    assert chapter is not None
    return [block for section in chapter.sections for block in section.blocks]


def boxes(facts: Facts) -> dict[str, list[str]]:
    """The paragraphs of each what-if's box."""
    cards = (card for block in blocks(facts) if isinstance(block, Cards) for card in block.cards)
    return {card.id.removeprefix("what-if-"): [plain(tuple(spans_of(part))) for part in card.body] for card in cards}


def test_every_lever_that_can_be_run_says_through_which_assumed_numbers(ahead: Facts) -> None:
    assert set(THROUGH) == {*LEVERS, *PLANNED}
    shown = shown_assumptions(ahead)
    assert [name for names in THROUGH.values() for name in names if name not in shown] == []


def test_each_box_shows_its_assumed_numbers_with_their_ranges(ahead: Facts, found: Simulated) -> None:
    said, shown = boxes(ahead), shown_assumptions(ahead)
    for id, number in (
        ("council_returns", "council_strength"), ("publicity", "publicity_strength"), ("direct_pay", "direct_cut"),
        ("word_gets_home", "news_rate"), ("full_compliance", "comply_speed"), ("rouble_halves", "local"),
        (VISAS, "visa_relabelled"), ("china_stops", "redirect_share"),
    ):  # fmt: skip
        (line,) = (text for text in said[id] if text.startswith("Assumed for it, beside the sizes of loops. "))
        assert f": {prior_words(shown[number])}" in line, id
    assert set(said) == set(found.ordered)
    assert [id for id, body in said.items() if not any(text.startswith("Assumed for it") for text in body)] == []


def test_how_little_listing_can_touch_is_the_product_of_three_assumed_shares(ahead: Facts, found: Simulated) -> None:
    line = plain(assumed_for(ahead, found, LISTING))
    assert "Share of what workers make that is sold abroad: 0.1 (80 % interval 0.034 to 0.26); " in line
    assert "listing and buyers can touch 1.8 percent of what workers make" in line  # 0.1 x 0.3 x (1 - 0.4)
    assert "can touch" not in plain(assumed_for(ahead, found, VISAS))


def test_other_hosts_in_which_a_what_if_was_not_run_say_so(ahead: Facts, found: Simulated) -> None:
    assert [id for id in found.ordered if in_focus_alone(found, id)] == [VISAS, LISTING]
    assert plain(where_it_acts(ahead, found, LISTING)).startswith("Where. In Russia alone. ")
    assert where_it_acts(ahead, found, "direct_pay") == ()
    (people,) = (each for each in effect_tables(ahead, found) if each.id == "what-if-people")
    at = {plain(column.title): place for place, column in enumerate(people.columns)}
    rows = {plain(row[0]): [plain(cell) for cell in row] for row in people.rows}
    listed = rows["Firms in Russia and their buyers listed"]
    assert listed[at["Workers in China, end of year"]] == "not run"
    assert "not run" not in [listed[at["Workers, end of year"]], listed[at["Of them in occupied Donbas, end of year"]]]
    assert "not run" not in rows["Ceasefire: demand falls"]


def test_an_effect_in_a_host_where_it_was_not_run_is_not_told(ahead: Facts, found: Simulated) -> None:
    """The pool of those selected moves a few there; a reader would take it for a result."""
    kept = (row for row in found.results.effects if (row.scenario, row.outcome) != (VISAS, CHINA))
    planted = (replace(row, outcome=CHINA) for row in found.results.effects
               if (row.scenario, row.outcome) == (VISAS, "workers_present"))  # fmt: skip
    there = replace(found, results=replace(found.results, effects=(*kept, *planted)))
    assert there.verdict(VISAS, CHINA) == "lowers"
    assert [text for text in boxes(replace(ahead, simulated=there))[VISAS] if "workers in China" in text] == []


def test_orders_home_that_come_of_assumed_links_say_so_once(ahead: Facts) -> None:
    said = {id: body[1].count("two assumed links that no report supports") for id, body in boxes(ahead).items()}
    assert {id: count for id, count in said.items() if count} == {"publicity": 1, "council_returns": 1}


def test_charts_draw_no_forced_return_and_no_line_beside_the_baseline(ahead: Facts, found: Simulated) -> None:
    charts = {block.id: block for block in blocks(ahead) if isinstance(block, Chart)}
    drawn = {row["name"] for row in charts["what-if-changes"].spec["data"]["values"]}
    assert drawn == {found.scenarios[id].name for id in found.unforced}
    assert set(found.forced) == {"full_compliance", "council_returns", "publicity"}
    assert [chart.alt for chart in charts.values() if "e+" in chart.alt] == []  # numbers as a voice can say them
    fan = charts["what-if-workers"].spec["layer"]
    assert [layer for layer in fan if "color" in layer["encoding"]] == []
