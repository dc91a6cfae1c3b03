"""Promise: a reader sees what each leading figure leans on, what else it could be, and what would narrow it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tallystick.brief.build import brief_json, build_document, data_tables
from tallystick.brief.chapters.answers_sure import how_sure, most_on
from tallystick.brief.chapters.trust import trust
from tallystick.brief.chapters.trust_leans import signed
from tallystick.brief.chapters.use import use
from tallystick.brief.contract_leading import SMALLEST
from tallystick.brief.document import Chapter, Chart, Details, Document, Figure, Paragraph, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.html import render
from tallystick.brief.leading import (
    UNANSWERED,
    fronted,
    heaviest,
    interval_of,
    large,
    leading,
    origin_counts,
    others,
    percent,
)
from tallystick.brief.names import estimate_name
from tallystick.brief.numbers import walk
from tallystick.brief.prose import alternative, cell
from tallystick.brief.targets import all_spans, spans_of
from tallystick.brief.words.grammar import lower_first
from tallystick.brief.words.numbers import count
from tallystick.calibrate.leading import leading_of
from tallystick.vocab.trust import Leading, Silenced
from tests.brief.trusted import table_of, words_of

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "brief.schema.json"


@pytest.fixture(scope="module")
def made(asked: Facts) -> Document:
    return build_document(asked)


def test_a_brief_that_asked_nothing_says_nothing(facts: Facts) -> None:
    assert trust(facts) is None


def test_every_number_of_the_chapter_leads_to_claims(made: Document) -> None:
    """T1."""
    assert walk(render(made)).faults == ()


def test_each_leading_figure_names_the_origins_that_move_it_most_in_order(asked: Facts, chapter: Chapter) -> None:
    table = table_of(chapter, "trust-leans")
    assert sum(bool(row[0]) for row in table.rows) == len(large(asked)) == 10
    first = table.rows[0]
    loudest = max(
        (one for one in asked.silenced if one.figure == asked.silenced[0].figure), key=lambda one: abs(one.move)
    )
    assert plain(first[4]) == signed(loudest.move)
    opened = {claim for span in first[2] if isinstance(span, Figure) for claim in span.claims}
    assert opened == set(loudest.claims)
    assert plain(first[5]) == "worked out in full"


def test_what_another_fit_could_not_settle_cannot_be_told(asked: Facts) -> None:
    unsure = [replace(one, reliable=one.how != "refit") for one in asked.silenced]
    rough = [*asked.choices]
    rough[2] = replace(rough[2], reliable=False, difference=None, error=None, weight=None)
    told = trust(replace(asked, silenced=unsure, choices=rough))
    assert told is not None
    assert {plain(row[5]) for row in table_of(told, "trust-leans").rows} == {"estimated", "\u2013"}
    said = [plain(row[1]) for row in table_of(told, "trust-choices").rows]
    assert [place for place, one in enumerate(said) if one == "\u2013 (a hint only)"] == [2]
    assert "it is not compared" in plain(table_of(told, "trust-choices").note)
    every = len({one.voice for one in asked.account.observations})
    assert f"All whose fit settled were asked about the same 80 of {every} origins" in words_of(told)
    row = json.loads(brief_json(replace(asked, choices=rough)))["choices"][2]
    assert not {"log_score_difference", "difference_error", "weight"} & set(row)
    origins = len({one.origin for one in unsure})
    refitted = len({one.origin for one in unsure if one.how == "refit"})
    assert origin_counts(replace(asked, silenced=unsure)) == (origins - refitted, 0, refitted)


def test_what_the_evidence_left_as_wide_as_assumed_is_called_not_learnt(asked: Facts, chapter: Chapter) -> None:
    rows = [[plain(cell) for cell in row] for row in table_of(chapter, "trust-learnt").rows]
    host = asked.host_name("RU")
    assert rows == [
        [f"Workers in {host} at the start of 2010, persons", "2,000 (1,000 to 4,000)", "2,100 (1,500 to 3,200)", "yes"],
        [
            "Share of people on work visas whom the permit tables of 2018 show",
            "2,000 (1,000 to 4,000)",
            "2,100 (1,500 to 3,200)",
            "not learnt",
        ],
        [f"Gross pay in {host}, USD a month", "\u2013", "\u2013", "2 of 4"],
    ]
    words = " ".join(words_of(chapter).split())
    assert "does not know six numbers" in words
    assert "narrowed three of them, to 80 % of the assumed spread" in words
    table = data_tables(asked)["learnt"]
    assert [one["learnt"] for one in table] == ["yes", "no", "yes", "yes", "no", "no"]
    assert (table[0]["unknown"], table[0]["prior_lower_80"], table[0]["posterior_upper_80"]) == ("start_RU", 1000, 3210)


def test_the_observation_that_would_narrow_a_figure_most_stands_first(asked: Facts, chapter: Chapter) -> None:
    best = max((one for one in asked.worth if one.figure == asked.worth[0].figure), key=lambda one: one.variance)
    row = table_of(chapter, "trust-value").rows[0]
    names = {one["id"]: one["name"] for one in asked.programme.tables["obtainable"]["observation"]}
    assert plain(row[1]) == names[best.observation]
    assert plain(row[2]) == f"{percent(best.width)} (\u00b1 2)"


def test_what_could_be_had_stands_with_who_has_it_and_why_no_worker_need_be_asked(
    asked: Facts, chapter: Chapter
) -> None:
    rows = table_of(chapter, "trust-obtainable").rows
    listed = asked.programme.tables["obtainable"]["observation"]
    assert [plain(row[0]) for row in rows] == [one["name"] for one in listed]
    assert [plain(row[2]) for row in rows] == [one["asks_nothing"] for one in listed]
    folds = [block for one in chapter.sections for block in one.blocks if isinstance(block, Details)]
    told = next(fold for fold in folds if "no worker need be asked" in plain(fold.summary))
    assert "A new count can lead to raids and forced return" in plain(tuple(spans_of(told.blocks[0])))


def test_what_would_narrow_no_leading_figure_is_not_listed(asked: Facts) -> None:
    useless = asked.worth[0].observation
    worth = [replace(one, width=0.0) if one.observation == useless else one for one in asked.worth]
    made = trust(replace(asked, worth=worth))
    assert made is not None
    table = table_of(made, "trust-obtainable")
    listed = asked.programme.tables["obtainable"]["observation"]
    assert [plain(row[0]) for row in table.rows] == [one["name"] for one in listed if one["id"] != useless]
    assert plain(table.note).startswith("One more that would narrow none of the leading figures")


def _with_the_front_page(asked: Facts) -> Facts:
    """The same answers, of the figures that this front page sets large."""
    large = [Leading(id=e.id, host=e.host, period=e.period, part=e.cohort) for _, e in fronted(asked)]
    figures = list(dict.fromkeys(one.figure for one in asked.silenced))
    other = dict(zip(figures, large, strict=False))
    return replace(
        asked,
        silenced=[replace(one, figure=other.get(one.figure, one.figure)) for one in asked.silenced],
        worth=[replace(one, figure=other.get(one.figure, one.figure)) for one in asked.worth],
        choices=(),
    )


def test_every_figure_that_the_front_page_sets_large_is_asked_what_it_leans_on(asked: Facts) -> None:
    large = [e for _, e in fronted(asked)]
    assert len(large) == 6
    last = {(one.id, one.host) for one in leading_of(asked.programme) if one.period.startswith("2024")}
    assert {(e.id, e.host) for e in large} <= last
    whole = _with_the_front_page(asked)
    assert "All that the front page sets large were asked." in words_of(trust(whole))
    first = next(figure for figure, e in leading(whole) if e == large[0])
    less = [one for one in whole.silenced if one.figure != first]
    fewer = replace(whole, silenced=less, worth=[one for one in whole.worth if one.figure != first])
    assert (
        f"Not asked, though the front page sets them large: {lower_first(estimate_name(asked, large[0]))}"
        in words_of(trust(fewer))
    )


def test_the_front_page_and_the_chapter_name_one_figure_that_leans_hardest(asked: Facts) -> None:
    found = heaviest(asked)
    assert found is not None
    e, one = found
    assert one.reliable
    mine = {figure for figure, _ in large(asked)}
    assert abs(one.move) == max(abs(each.move) for each in asked.silenced if each.reliable and each.figure in mine)
    name = lower_first(estimate_name(asked, e))
    assert f"as far as is known, the one that leans hardest on one origin is {name}: {plain(cell(e))}" in " ".join(
        words_of(trust(asked)).split()
    )
    front = " ".join(plain(block.spans) for block in how_sure(asked) if isinstance(block, Paragraph))
    assert f"{name}, would be {plain(alternative(e, interval_of(one)))}, not {plain(cell(e))}" in front


def test_no_origin_is_named_as_the_weightiest_where_none_can_be_told(asked: Facts) -> None:
    hints = replace(asked, silenced=[replace(one, reliable=False) for one in asked.silenced])
    assert heaviest(hints) is None
    assert "leans hardest on" not in words_of(trust(hints))
    front = " ".join(plain(block.spans) for block in how_sure(hints) if isinstance(block, Paragraph))
    assert "leans hardest on" not in front
    assert "moves most is this figure" in front


def test_every_other_headline_figure_has_one_row_of_what_moves_and_what_would_narrow_it_most(
    asked: Facts, chapter: Chapter
) -> None:
    pairs, table = others(asked), table_of(chapter, "trust-others")
    assert {figure for figure, _ in pairs} | {figure for figure, _ in large(asked)} == {
        figure for figure, _ in leading(asked)
    }
    assert [plain(row[0]) for row in table.rows] == [estimate_name(asked, e) for _, e in pairs]
    names = {one["id"]: one["name"] for one in asked.programme.tables["obtainable"]["observation"]}
    for (figure, e), row in zip(pairs, table.rows, strict=True):
        mine = [one for one in asked.silenced if one.figure == figure and one.reliable]
        moved = max(mine, key=lambda one: abs(one.move))
        best = max((one for one in asked.worth if one.figure == figure), key=lambda one: one.variance)
        assert {claim for span in row[2] if isinstance(span, Figure) for claim in span.claims} == set(moved.claims)
        assert plain(row[3]) == f"{plain(alternative(e, interval_of(moved)))} ({signed(moved.move)})"
        assert (plain(row[4]), plain(row[5])) == (names[best.observation], percent(best.width))


def test_another_headline_figure_says_what_cannot_be_told_and_nothing_where_there_is_nothing(asked: Facts) -> None:
    (first, _), (second, _), *_ = others(asked)
    silenced = [
        replace(one, reliable=one.figure != first, move=0.0 if one.figure == second else one.move)
        for one in asked.silenced
    ]
    worth = [replace(one, width=0.0) if one.figure == second else one for one in asked.worth]
    told = trust(replace(asked, silenced=silenced, worth=worth))
    assert told is not None
    rows = table_of(told, "trust-others").rows
    assert [plain(cell) for cell in rows[0][2:4]] == [UNANSWERED, "\u2013"]
    assert [plain(cell) for cell in rows[1][2:]] == ["no single origin", "\u2013", "nothing on the list", "\u2013"]


def test_every_headline_estimand_that_may_be_asked_is(asked: Facts) -> None:
    headline = asked.programme.tables["model"]["headline"]
    split = {"workers_present_by_visa", "workers_present_by_cohort", "workers_arrived_by_host"}  # parts of asked ones
    wanted = {id for id, one in headline.items() if not one.get("untold")} - split - {"gross_pay_total"}
    assert {one.id for one in leading_of(asked.programme)} == wanted


def test_a_large_figure_names_the_origin_that_it_leans_on_most(asked: Facts) -> None:
    asked = _with_the_front_page(asked)
    e = fronted(asked)[0][1]
    one = max((one for one in asked.silenced if one.figure.id == e.id and one.figure.period == e.period
               and one.figure.host == e.host and one.reliable), key=lambda one: abs(one.move))  # fmt: skip
    assert plain(most_on(asked, e)).endswith(f"without it {plain(alternative(e, interval_of(one)))}")
    other = tuple(id for id in asked.claims if id not in e.claims)[:1]
    for claims, words in (
        (e.claims[:1], "; most on "),
        (other, "; what would move it most speaks of something else: "),
    ):
        silenced = [replace(each, claims=claims) if each is one else each for each in asked.silenced]
        facts = replace(asked, silenced=silenced)
        assert plain(most_on(facts, e)).startswith(words)
        blocks = [block for section in use(facts).sections for block in section.blocks]
        rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
        (rests_on,) = (plain(row[3]) for row in rows if len(row) > 3 and plain(row[2]) == plain(cell(e)))
        assert ("; what would move it most speaks of something else: " in rests_on) == (claims is other)
    still = [replace(each, move=0.1) for each in asked.silenced]
    assert most_on(replace(asked, silenced=still), e) == ()


def test_the_chart_has_a_bar_for_each_figure_around_one(asked: Facts, chapter: Chapter) -> None:
    chart = next(block for section in chapter.sections for block in section.blocks if isinstance(block, Chart))
    bars = chart.spec["data"]["values"]
    assert len(bars) == len(large(asked))
    sums = [bar["name"] for bar in bars if "since the deadline" in bar["name"]]
    assert sums
    assert all(" to the end of 2024" in name for name in sums)
    assert all(bar["low"] <= 1 <= bar["high"] for bar in bars)
    low, high = chart.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    marks = [mark["ratio"] for mark in chart.spec["layer"][2]["data"]["values"]]
    assert low < min(*marks, *(bar["low"] for bar in bars)) * 0.99
    assert high > max(*marks, *(bar["high"] for bar in bars)) * 1.01


def test_the_title_of_the_chart_names_what_leaves_its_interval(asked: Facts) -> None:
    def title(silenced: list[Silenced]) -> str:
        made = trust(replace(asked, silenced=silenced))
        assert made is not None
        return next(block.title for one in made.sections for block in one.blocks if isinstance(block, Chart))

    calm = [_at(asked, one, 1.0) for one in asked.silenced]
    known = [one for one in calm if one.reliable]
    assert title(known).startswith("No origin alone moves a median out of its interval")
    one = next(one for one in calm if one.reliable)
    who = asked.claims[one.claims[0]].asserted_by
    moved = [_at(asked, each, 50.0) if each is one else each for each in calm]
    assert title(moved) == f"Without {who}, one figure leaves its interval"
    assert title([replace(each, reliable=False) for each in moved]) == title(calm)
    assert title(calm).startswith("No origin that was left out alone moves")
    many = [_at(asked, each, 50.0) if each.origin == one.origin else each for each in calm]
    figures = len(large(asked))
    assert title(many) == f"Without {who}, {count(figures, 'figure')} leave their interval"


def _at(facts: Facts, one: Silenced, times: float) -> Silenced:
    """As if the figure were so many times itself without the origin, its interval with it."""
    interval = facts.by_key[one.figure.id, one.figure.host, one.figure.period, one.figure.part].interval
    return replace(
        one, median=interval.median * times, lower_80=interval.lower_80 * times, upper_80=interval.upper_80 * times
    )


def test_brief_json_has_all_three_by_its_contract(asked: Facts) -> None:
    whole = json.loads(brief_json(asked))
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(whole)] == []
    assert {"influence", "choices", "value_of_information"} <= set(whole)
    without = [one for row in whole["influence"] for one in row["without"]]
    assert {one["how"] for one in without if "median_error" in one} == {"refit"}
    assert {one["median_error"] for one in without if one["how"] == "refit"} == {1.5}
    assert {answer["upper_80_error"] for one in whole["choices"] for answer in one["answers"]} == {0.75}
    moves = [abs(one["of_80_width"]) for one in without if one["reliable"]]
    assert min(moves) >= SMALLEST
    weighed = [one for one in whole["choices"] if "weight" in one]
    assert [one["id"] for one in weighed] == ["as_it_stands", whole["choices"][1]["id"]]


def test_the_data_files_have_every_origin_and_every_observation(asked: Facts) -> None:
    tables = data_tables(asked)
    assert len(tables["leave-one-out"]) == len(asked.silenced)
    assert len(tables["value-of-information"]) == len(asked.worth)
    assert len(tables["choices"]) == sum(len(one.answers) for one in asked.choices)


@pytest.mark.parametrize("little", [{"variance": 0.029}, {"width": 0.009}])
def test_no_file_lists_what_is_not_worth_asking_for(asked: Facts, little: dict[str, float]) -> None:
    one, *rest = asked.worth
    facts = replace(asked, worth=(replace(one, **little), *rest))
    (row,) = (row for row in json.loads(brief_json(facts))["value_of_information"] if row["id"] == one.observation)
    assert len(row["narrows"]) == len([each for each in rest if each.observation == one.observation])
    assert len(data_tables(facts)["value-of-information"]) == len(rest)


def test_nothing_is_said_of_what_those_who_reached_safety_hang_on(asked: Facts, made: Document) -> None:
    whole = json.loads(brief_json(asked))
    said = json.dumps({name: whole[name] for name in ("influence", "choices", "value_of_information")})
    assert "escape" not in said
    assert "reached_safety" not in said
    assert list(all_spans(made))


def test_voices_that_agree_are_flagged_with_all_who_say_it_and_what_moves(asked: Facts, chapter: Chapter) -> None:
    """T2: colluding sources never go without a flag."""
    section = next(one for one in chapter.sections if one.id == "trust-blocs")
    (row,) = table_of(chapter, "trust-blocs").rows
    flagged = asked.blocs[0]
    assert {id for cell in row for span in cell if isinstance(span, Figure) for id in span.claims} == set(
        flagged.claims
    )
    told = [plain(cell) for cell in row]
    assert told[1:] == [
        "4,000 to 4,400 persons: 9.9 times what the other evidence suggests",
        "workers present in Russia, the end of 2024",
        "83 % or more",
        "an estimate moves by more than half of its interval; all other evidence speaks against the figure and so much "
        "hangs on it that its weight cannot be told",
    ]
    assert "such groups were found. One is flagged" in plain(section.blocks[0].spans)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "beside", "why"),
    [
        ({"move": 0.3}, "9.9 times what", "all other evidence speaks against the figure"),
        ({"tail": 0.2, "factor": 0.66}, "0.66 of what", "an estimate moves by more than half of its interval"),
        ({"move": 0.3, "tail": 0.2, "reliable": False}, "9.9 times what", "so much hangs on it that its weight cannot"),
    ],
)
def test_a_flag_says_which_reason_it_has(asked: Facts, changes: dict[str, Any], beside: str, why: str) -> None:
    made = trust(replace(asked, blocs=(replace(asked.blocs[0], **{"reliable": True} | changes),)))
    assert made is not None
    (row,) = table_of(made, "trust-blocs").rows
    assert beside in plain(row[1])
    assert plain(row[4]).startswith(why)
    assert ";" not in plain(row[4])
    assert " and " not in plain(row[4])


def test_an_observation_that_would_not_narrow_the_interval_is_not_named(asked: Facts) -> None:
    figure = asked.worth[0].figure
    worth = [replace(one, width=0.009) if one.figure == figure else one for one in asked.worth]
    made = trust(replace(asked, worth=worth))
    assert made is not None
    assert plain(table_of(made, "trust-value").rows[0][1]) == "nothing on the list"
    assert plain(table_of(made, "trust-value").rows[1][1]) != "nothing on the list"


def test_where_no_voices_agree_the_brief_says_so(asked: Facts) -> None:
    made = trust(replace(asked, blocs=()))
    assert made is not None
    section = next(one for one in made.sections if one.id == "trust-blocs")
    assert len(section.blocks) == 1
    assert "groups were found" in plain(section.blocks[0].spans)  # type: ignore[union-attr]
