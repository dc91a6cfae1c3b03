"""What would change it: numbers of runs lead to what they rest on, and a forced return is never plain success."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tallystick.brief import html, numbers
from tallystick.brief.build import brief_json, build_document, data_tables
from tallystick.brief.charts import drawing_of
from tallystick.brief.document import (
    Block,
    Bullets,
    Cards,
    Chapter,
    Document,
    Figure,
    Paragraph,
    Picture,
    Table,
    plain,
    spans,
)
from tallystick.brief.facts import Facts
from tallystick.brief.html import render
from tallystick.brief.numbers import walk
from tallystick.brief.simulated import HEAD, Simulated
from tallystick.brief.targets import all_spans, spans_of
from tallystick.brief.words.runs import percent_of
from tallystick.scenarios.results import Results, Row
from tallystick.vocab.errors import BriefError
from tests.brief.demo import SVG, demo, runs

CHAPTER = "what-if"


@pytest.fixture(scope="module")
def document(ahead: Facts) -> Document:
    return build_document(ahead)


def chapter(document: Document) -> Chapter:
    return next(each for each in document.chapters if each.id == CHAPTER)


def test_how_far_other_random_numbers_would_move_the_baseline_is_said(document: Document, found: Simulated) -> None:
    row = found.find("level", found.baseline, HEAD)
    assert row is not None
    assert row.figures.error
    said = plain(tuple(all_spans(document)))
    assert f"number of workers by some {percent_of(row.figures.error / row.figures.mean)}" in said


def blocks(document: Document) -> Iterator[Block]:
    """All blocks of the chapter, those inside boxes and cautions too."""
    whole = chapter(document)
    for block in (*whole.blocks, *(block for section in whole.sections for block in section.blocks)):
        yield block
        yield from getattr(block, "body", ())
        if isinstance(block, Cards):
            yield from (part for card in block.cards for part in card.body)


def lines(document: Document) -> list[str]:
    """Every sentence-like text of the chapter."""
    said = [plain(chapter(document).standfirst)]
    for block in blocks(document):
        if isinstance(block, Paragraph):
            said.append(plain(block.spans))
        if isinstance(block, Bullets):
            said += [plain(item) for item in block.items]
    return said


def short(document: Document, id: str = "what-if-short") -> Table:
    """The table of what-ifs that order nobody home, or that of forced return."""
    (found,) = (block for block in chapter(document).blocks if isinstance(block, Table) and block.id == id)
    return found


def section_of_answers(document: Document) -> str:
    found = next(each for each in document.chapters[0].sections if each.id == "what-would-change-it")
    return " ".join(plain(tuple(spans_of(block))) for block in found.blocks)


# Numbers lead to what they rest on --------------------------------------------------------------------------


def test_every_number_leads_through_its_what_if_and_the_model_to_seed_and_reasons(document: Document) -> None:
    walked = numbers.walk(html.render(document))
    assert walked.faults == ()
    opened = {span.run for span in all_spans(document) if isinstance(span, Figure) and span.run}
    assert len(opened) > 100
    assert opened <= {card.id for card in document.runs}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ('<dd class="seed">7</dd>', "model-model"),
        ('href="#estimate-present-2024">present-2024', "model-model"),
        ('<a class="ref" href="#assumption-pull">', "model-model"),
        ('<dd class="why">Size assumed.</dd>', "assumption-pull"),
        ('<a class="ref" href="#scenario-gate">The gate closes</a></dd>', "run-gate"),
        ('<dd class="pulled">gate: in full</dd>', "scenario-gate"),
        ('<a class="ref" href="#model-model">the model, its seed', "scenario-gate"),
    ],
    ids=["seed", "start", "assumption", "reason", "what-if", "pull", "model"],
)
def test_a_number_of_the_model_that_rests_on_nothing_is_found(change: str, fault: str) -> None:
    page = render(demo())
    assert walk(page).faults == ()
    assert change in page
    broken = page.replace(change, "<b>" if change.startswith("<a") else "<b></b>" if change[0] == "<" else 'href="x">')
    assert any(name.startswith(fault) for name in walk(broken).sourceless)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"runs": ()}, "figure '900' points at run gate.present.2030"),
        ({"scenarios": ()}, "run gate.present.2030 points at scenario gate"),
        ({"model": None}, "scenario gate points at model model"),
        ({"assumptions": ()}, "the model points at assumption pull"),
    ],
)
def test_a_missing_card_of_the_model_is_named(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(BriefError, match=re.escape(fault)):
        demo(**(runs() | changes))


def test_runs_start_from_an_estimate_of_ours_and_assumptions_lean_on_rows(document: Document) -> None:
    model = document.model
    assert model is not None
    assert all(id.startswith("workers_present.") and id.endswith(".2025-12") for id in model.estimates)
    assert (model.seed, model.text, len(model.assumptions)) == (7, "labour", len(document.assumptions))
    assert sum(bool(card.evidence) for card in document.assumptions) > 20
    assert all(card.why.endswith((".", "?")) and "[" not in card.why for card in document.assumptions)


# What is said -----------------------------------------------------------------------------------------------


def test_the_chapter_opens_with_plain_answers_and_says_what_they_are_not(document: Document) -> None:
    said = " ".join(lines(document)[:8])
    for words in (
        "not forecasts",
        "loop sizes are assumed",
        "(the baseline: As it goes), the number of workers in Russia and on Ukrainian land that it occupies at the end "
        "of 2030 is 16,000 (80 % interval",
        "leaves nearly nobody, by sending everybody home from every host: 30,000 forced returns (80 % interval",
        "They are assumed to begin in July 2026 where they name no other month: a convention",
        "nothing says that anybody did any of it.",
        "Fewer workers is not by itself better for anyone.",
        "Flight is held constant in every run; no what-if changes it.",
        "under \u201cChina admits nobody new\u201d, 18,000 people (80 % interval",
        "more arrive in Russia and on Ukrainian land that it occupies in 2026 to 2030 together, by an assumed share of "
        "those refused.",
        "In the runs, it lowers the number of workers in China at the end of 2030 by 23,000 (80 % interval",
        "How many of those refused are sent on is assumed: a share of 0.7 (80 % interval",
        "It is no advice.",
        "It tells nothing about any firm, site, product or supplier",
        "Nobody may be returned to torture or other grave harm",
    ):
        assert words in said, words


def test_sentences_are_sentences_without_slips_of_the_pen(document: Document) -> None:
    slips = re.compile(r"  | ,| \.(?!\.)|\(\)|,,|\.\.(?!\.)|\( | \)|\bNone\b|\bnan\b|\binf\b| ;|- ?\d")
    assert [text for text in lines(document) if slips.search(text)] == []
    assert [text for text in lines(document) if not text.endswith((".", "?", ":", "]"))] == []


def test_the_baseline_is_no_forecast_and_its_start_is_told(document: Document) -> None:
    (said,) = (text for text in lines(document) if text.startswith("If nothing is changed"))
    assert "The runs start at the end of 2025 from " in said
    assert "itself a projection: the last count describes " in said
    assert said.endswith("All others are compared with it; it is no forecast.")


ORDERING = (
    "Everybody sent home, nobody admitted", "Security Council back to work", "Publicity",
)  # fmt: skip
OTHER = "Terms become publicly known"


def box(document: Document, name: str) -> str:
    """All words of one what-if's box."""
    cards = (card for block in blocks(document) if isinstance(block, Cards) for card in block.cards)
    (found,) = (card for card in cards if plain(card.title) == name)
    return " ".join(plain(tuple(spans_of(part))) for part in found.body)


@pytest.mark.parametrize("name", ORDERING)
def test_forced_return_stands_nowhere_without_its_cost(document: Document, name: str) -> None:
    """Wherever a what-if orders people home, it is told with how many, what they lose, and what bars it."""
    said = box(document, name)
    for words in (
        "with the forced return of ",
        "In the runs it means forced return: to the end of 2030, all hosts together order home ",
        " more than the baseline does; they lose booked pay of USD ",
        "a forced return is ",
        "torture or other grave harm",
    ):
        assert words.lower() in said.lower(), words
    (ordered,) = (text for text in lines(document) if text.startswith("Forced return: "))
    assert name in ordered
    assert "A forced return is a harm and no plain success" in ordered
    assert "Nobody may be returned to torture or other grave harm" in ordered
    assert f"{name} (forced return)" not in [plain(row[0]) for row in short(document).rows]
    (row,) = (row for row in short(document, "what-if-forced").rows if plain(row[0]) == f"{name} (forced return)")
    assert re.fullmatch(r"[\d,]+ \([\d,]+ to [\d,]+\)", plain(row[3]))
    named = [text for text in lines(document) if f"\u201c{name}\u201d" in text]
    assert named == [ordered]


def test_a_what_if_that_orders_nobody_home_says_so_and_every_box_has_its_cost(document: Document) -> None:
    (ordered,) = (text for text in lines(document) if text.startswith("Forced return: "))
    assert OTHER not in ordered
    assert OTHER in [plain(row[0]) for row in short(document).rows]
    assert not [column for column in short(document).columns if "Ordered home" in plain(column.title)]
    cards = [card for block in blocks(document) if isinstance(block, Cards) for card in block.cards]
    assert len(cards) == 13
    for card in cards:
        assert plain(tuple(spans_of(card.body[1]))).startswith("What it would cost people, and caution. "), card.id


def test_the_page_of_answers_tells_what_forced_return_costs(document: Document) -> None:
    answers = section_of_answers(document)
    assert (
        "Forced return, which is no plain success: \u201cEverybody sent home, nobody admitted\u201d leaves" in answers
    )
    assert " nearly nobody, by sending everybody home from every host: 30,000 forced returns (80 % interval" in answers
    assert (
        "in all hosts together, July 2026 to the end of 2030, people among them whose return law forbids; those "
        "returned lose booked pay of USD 110 million" in answers
    )
    assert (
        "\u201cSecurity Council back to work\u201d and \u201cPublicity\u201d order some home, too, by assumed links."
        in answers
    )
    assert "Five others move it by about 240 or fewer in the runs." in answers
    assert "chance" not in answers
    assert "Under those that order nobody home, people may lose a place" in answers


def test_the_order_of_what_ifs_is_no_ranking_and_forced_return_stands_last(document: Document) -> None:
    said = plain(short(document).note)
    assert "the order of medians, which is no ranking: it hangs on how strong each what-if was assumed to be" in said
    assert not [text for text in lines(document) if "most: " in text]
    opening = [plain(item) for block in chapter(document).blocks if isinstance(block, Bullets) for item in block.items]
    assert [text.split(" ")[0] for text in opening] == ["If", "Moves", "Forced"]
    section = next(each for each in document.chapters[0].sections if each.id == "what-would-change-it")
    items = [plain(item) for item in next(block for block in section.blocks if isinstance(block, Bullets)).items]
    assert ["leaves nearly nobody" in item for item in items] == [False] * (len(items) - 1) + [True]


def test_people_on_occupied_land_are_told_apart_and_builders_are_in_no_number(document: Document) -> None:
    tables = {b.id: b for b in blocks(document) if isinstance(b, Table)}
    people = tables["what-if-people"]
    assert "in Russia and on Ukrainian land that it occupies" in plain(people.caption)
    heads = [plain(column.title) for column in people.columns]
    assert "Of them in occupied Donbas, end of year" in heads
    assert "Military builders, in no number of workers, end of year" in heads
    name = "Rebuilding in Donbas and Kursk"
    said = box(document, name)
    assert "raises the number of workers in Russia and on Ukrainian land that it occupies" in said
    assert "raises the number of workers in occupied Donbas at the end of 2030 by 10,000" in said
    builders = r"beside 5,000 military builders \(80 % interval [\d,]+ to [\d,]+\), who are in no number of workers"
    assert re.search(builders, said)
    assert "in Russia and on Ukrainian land that it occupies" in box(document, OTHER)  # one number, one name
    assert "in Russia and on Ukrainian land that it occupies" in section_of_answers(document)


def test_tables_say_what_their_numbers_are_of(document: Document) -> None:
    tables = {b.id: b for b in blocks(document) if isinstance(b, Table)}
    assert "Worker-months after 22 December 2019" in plain(tables["what-if-months"].caption)
    work = " ".join(plain(column.title) for column in tables["what-if-work"].columns)
    assert "at most: percent, changes in percentage points" in work
    harm = plain(tables["what-if-work"].note)
    for words in ("fewer people there, not lighter work", "after they return is not counted", "which nobody counted"):
        assert words in harm, words
    assert "a dot may be its limit and no result" in plain(tables["what-if-people"].note)
    moving = {plain(row[0]): [plain(cell) for cell in row] for row in tables["what-if-moving"].rows}
    assert moving[OTHER][3].startswith("400 (")  # more give up a place once news gets home
    borne = tables["what-if-borne"]
    assert any("\u2020" in plain(column.title) for column in borne.columns)
    assert "\u2020 Of all who leave in any way" in plain(borne.note)
    assert "\u201cTo nearly 0\u201d says what is left: a level, and no change." in plain(borne.note)
    spread = tables["what-if-spread"]
    assert "lays down which way each loop pushes" in plain(spread.note)
    how = " ".join(lines(document))
    assert "Chance alone spreads the baseline's number over 410 (the width of its 80 % interval)." in how
    assert "could not be read off a count either" in how
    assert "That is no test of an effect" in how


def test_no_number_of_the_runs_has_more_than_two_significant_digits(document: Document) -> None:
    shown = [span.text for span in all_spans(document) if isinstance(span, Figure) and span.run]
    long = [text for text in shown for number in NUMBER.findall(text) if len(_digits(number)) > 2]
    assert len(shown) > 100
    assert long == []


NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _digits(number: str) -> str:
    """Its significant digits."""
    plain_number = number.replace(",", "")
    if "." not in plain_number:
        return plain_number.strip("0")
    return plain_number.replace(".", "").lstrip("0")


def test_the_model_and_the_reports_stand_apart(document: Document) -> None:
    assert [section.id for section in chapter(document).sections] == [
        "what-if-effects", "what-if-beliefs", "what-if-each", "what-if-assumed", "model-pictures", "levers",
    ]  # fmt: skip
    answers = section_of_answers(document)
    assert answers.index("In this model") < answers.index("What reports say of levers, apart from the model")


def test_the_page_of_answers_stays_short(document: Document) -> None:
    section = next(each for each in document.chapters[0].sections if each.id == "what-would-change-it")
    items = [item for block in section.blocks if isinstance(block, Bullets) for item in block.items]
    assert len(items) <= 6
    assert len(section_of_answers(document).split()) < 350


def test_what_the_what_ifs_hang_on_is_told_with_its_range_and_reason(document: Document, ahead: Facts) -> None:
    (table,) = (b for b in blocks(document) if isinstance(b, Table) and b.id == "what-if-assumed")
    assert len(table.rows) == 8
    first = [plain(cell) for cell in table.rows[0]]
    assert first[0] == "Share of those refused who are sent elsewhere"
    assert first[1] == "0.7 (80 % interval 0.46 to 0.87)"
    assert "percent; " in first[2]
    assert first[2].count("percent") == 13
    (said,) = (text for text in lines(document) if "draws of all of them at once" in text)
    assert "The rest is what the evidence leaves open" in said
    assert "lowers the number most" not in said  # what leaves nobody needs no counting of draws
    assert ahead.simulated is not None
    unasked = build_document(replace(ahead, simulated=replace(ahead.simulated, alone=None)))
    assert not [b for b in blocks(unasked) if isinstance(b, Table) and b.id == "what-if-assumed"]
    assert any("is asked by tallystick simulate --sensitivity." in text for text in lines(unasked))


def test_two_beliefs_of_one_question_stand_side_by_side(document: Document) -> None:
    (table,) = (b for b in blocks(document) if isinstance(b, Table) and b.id == "what-if-ceasefire")
    assert [plain(column.title) for column in table.columns[1:]] == [
        "Ceasefire: demand falls", "Ceasefire: the labour stays",
    ]  # fmt: skip
    assert [plain(row[0]) for row in table.rows][:3] == [
        "Believed",
        "Changed",
        "Workers in Russia and on Ukrainian land that it occupies, end of year",
    ]


def test_tables_have_every_what_if_and_the_level_of_the_baseline_first(document: Document, found: Simulated) -> None:
    parts = ("people", "moving", "money", "borne", "work", "months", "spread")
    tables = {b.id: b for b in blocks(document) if isinstance(b, Table)}
    for part in parts:
        heads = [plain(row[0]) for row in tables[f"what-if-{part}"].rows]
        assert heads[0] == "As it goes (baseline: level)"
        assert len(heads) == 1 + len(found.ordered), part
    minus = [plain(cell) for row in tables["what-if-people"].rows for cell in row if plain(cell).startswith("\u2212")]
    assert minus
    assert all("-" not in text for text in minus)


@pytest.mark.parametrize(
    ("scale", "verdict"),
    [
        (1.0, "lowers"),
        (-1.0, "raises"),
        (0.035, "lowers"),
        (0.03, "near"),
        (-0.018, "near"),
        (0.016, "small"),
        (1e-4, "small"),
        (0.0, "none"),
    ],
    ids=str,
)
def test_an_effect_is_told_beside_chance(found: Simulated, scale: float, verdict: str) -> None:
    moved = replace(found, results=_scaled(found.results, "full_compliance", scale))
    assert moved.verdict("full_compliance", HEAD) == verdict


def test_an_effect_of_either_sign_has_no_direction(found: Simulated) -> None:
    wide = [_shifted(row) if row.scenario == "full_compliance" else row for row in found.results.effects]
    moved = replace(found, results=replace(found.results, effects=tuple(wide)))
    assert moved.verdict("full_compliance", HEAD) == "unsure"


def _scaled(results: Results, scenario: str, scale: float) -> Results:
    def one(row: Row) -> Row:
        spread = row.figures.all
        quantiles = tuple(sorted(value * scale for value in spread.quantiles))
        figures = replace(row.figures, mean=row.figures.mean * scale, all=replace(spread, quantiles=quantiles))
        return replace(row, figures=figures)

    return replace(results, effects=tuple(one(row) if row.scenario == scenario else row for row in results.effects))


def _shifted(row: Row) -> Row:
    spread = row.figures.all
    ends = tuple(value + 2.5 * (value - spread.median) for value in spread.quantiles)
    return replace(row, figures=replace(row.figures, all=replace(spread, quantiles=ends)))


def test_what_was_not_found_is_left_out_and_not_made_up(ahead: Facts, found: Simulated) -> None:
    """A programme whose fit knows no hours reports none: no column, no row, no card."""
    some = replace(found.results, **{
        kind: tuple(row for row in getattr(found.results, kind) if row.outcome != "hours")
        for kind in ("levels", "effects")
    })  # fmt: skip
    made = build_document(replace(ahead, simulated=replace(found, results=some)))
    assert not [card for card in made.runs if ".hours." in card.id]
    (table,) = (b for b in blocks(made) if isinstance(b, Table) and b.id == "what-if-work")
    assert not [column for column in table.columns if "Hours" in plain(column.title)]


def test_without_runs_there_is_no_such_chapter_and_the_reports_speak_alone(facts: Facts) -> None:
    made = build_document(facts)
    assert "what-if" not in [each.id for each in made.chapters]
    assert "levers" in [each.id for each in made.chapters]
    assert (made.runs, made.scenarios, made.model, made.assumptions) == ((), (), None, ())
    assert list(made.pictures()) == []
    assert "scenarios" not in json.loads(brief_json(facts))
    assert not {"scenarios", "assumptions"} & set(data_tables(facts))


# Pictures ---------------------------------------------------------------------------------------------------


def test_the_pictures_are_those_of_the_text_that_ran(document: Document, found: Simulated) -> None:
    shown = {picture.id: picture for picture in document.pictures()}
    assert list(shown) == ["model-people", "model-money", "model-loops"]
    page = render(document)
    for picture in shown.values():
        assert drawing_of(picture) in page
        assert drawing_of(picture, narrow=True) in page
        assert f"<desc>{picture.alt[:40]}" in picture.wide
    for loop in found.model.loop_list:
        assert (loop.id in shown["model-loops"].wide) != loop.is_internal, loop.id


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("<script>alert(1)</script>", "holds <script>"),
        ('<image href="x"/>', "holds <image>"),
        ('<rect width="1" onload="alert(1)"/>', "holds onload"),
        ('<rect width="1" style="fill:url(http://x)"/>', "holds style"),
        ('<rect id="stock" width="1"/>', "holds an id"),
        ("<rect", "is no SVG"),
    ],
)
def test_a_picture_holds_nothing_that_acts_or_asks(bad: str, fault: str) -> None:
    svg = SVG.format(width=10).replace("<rect", f"{bad}<rect", 1)
    picture = Picture(id="p", title="P", subtitle="S", alt="A", wide=svg, narrow=svg)
    with pytest.raises(BriefError, match=fault):
        drawing_of(picture)


def test_a_picture_without_words_or_model_cannot_be_shown() -> None:
    with pytest.raises(BriefError, match="has no words for a reader who cannot see it"):
        Picture(id="p", title="P", subtitle="S", alt=" ", wide="", narrow="")
    alone = Chapter(id="x", title="X", standfirst=spans("x"), blocks=tuple(demo().pictures()))
    with pytest.raises(BriefError, match="picture model-picture points at model"):
        demo(chapters=(alone,), runs=(), scenarios=(), model=None, assumptions=())
