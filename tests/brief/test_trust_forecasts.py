"""Promise: a brief shows what was forecast before it was published, with the hash that proves it (T1, T8)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from math import exp
from pathlib import Path

import jsonschema
import msgspec
import pytest

from tallystick.brief.build import brief_json, build_document
from tallystick.brief.cards_forecasts import forecast_cards, forecast_id, shown
from tallystick.brief.chapters.trust_failed import MAIN
from tallystick.brief.chapters.trust_forecasts import forecasts
from tallystick.brief.chapters.trust_scored import percent
from tallystick.brief.contract_forecasts import forecasts as forecasts_json
from tallystick.brief.contract_forecasts import frozen_table
from tallystick.brief.document import Figure, Paragraph, Section, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.html import render
from tallystick.brief.numbers import walk
from tallystick.brief.words.numbers import count
from tallystick.forecasts.answered import OnRecord, answers
from tallystick.forecasts.asked import questions_of
from tallystick.forecasts.kept import Line
from tests.brief.tried import DAYS, invented
from tests.forecasts.recorded import chain, made

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "brief.schema.json"
EARLY, LATE = date(2024, 6, 1), date(2026, 11, 22)


@pytest.fixture(scope="module")
def recorded(facts: Facts) -> Facts:
    """Two freezings: of what is asked now, and before it of a figure that came later."""
    asked = questions_of(facts.programme)
    old = next(one for one in asked if one.id == "visas_2026")
    old = type(old)(**{name: getattr(old, name) for name in old.__struct_fields__} | {
        "id": "visas_2024", "words": "visas of all kinds issued in 2024", "start": date(2024, 1, 1),
        "end": date(2024, 12, 31), "expected_by": date(2025, 12, 31),
    })  # fmt: skip
    record = chain(made([old], EARLY, programme=facts.programme.id), made(asked, LATE, programme=facts.programme.id))
    found = answers(record, facts.programme, LATE)
    return replace(facts, on_record=OnRecord(chain=record, answers=found))


def _section(facts: Facts) -> Section:
    section = forecasts(facts)
    assert section is not None
    return section


def _table(facts: Facts) -> Table:
    return next(block for block in _section(facts).blocks if isinstance(block, Table))


def _words(facts: Facts) -> str:
    return " ".join(plain(block.spans) for block in _section(facts).blocks if isinstance(block, Paragraph))


def test_where_nothing_is_on_record_nothing_is_said(facts: Facts) -> None:
    bare = replace(facts, on_record=None)
    assert forecasts(bare) is None
    assert forecast_cards(bare) == ()
    assert (forecasts_json(bare), list(frozen_table(bare))) == ({}, [])


def test_each_forecast_stands_with_its_interval_its_day_and_what_came_of_it(recorded: Facts) -> None:
    rows = {plain(row[0]): [plain(cell) for cell in row[1:]] for row in _table(recorded).rows}
    assert len(rows) == len(questions_of(recorded.programme)) + 1
    assert rows["Visas of all kinds issued in 2024"] == [
        "1,400 to 2,900", "2,000", "9,240", "1 June 2024", "31 December 2025",
    ]  # fmt: skip
    assert {row[2] for name, row in rows.items() if "2024" not in name} == {"not yet"}
    assert "So far one figure can be judged; the last 80 % interval before it held none." in _words(recorded)


def test_the_heading_says_that_it_is_our_forecast_and_nobodys_word(recorded: Facts) -> None:
    first, interval, middle, *_ = [plain(column.title) for column in _table(recorded).columns]
    assert first == "Our forecast of what will be said, when nobody had said it"
    assert (interval, middle) == ("Forecast, 80 % interval", "Forecast, middle")


def test_how_the_trial_did_on_such_kinds_stands_under_them(recorded: Facts) -> None:
    kept = invented(recorded, off=1.5)
    row = next(row for row in kept.tables[MAIN].groups if (row.by, row.name) == ("family", "crossings and permits"))
    asked, of = questions_of(recorded.programme), len(shown(recorded))
    papers = sum(recorded.programme.measures[one.measure].object in ("crossing", "visa") for one in asked) + 1
    words = _words(replace(recorded, backtest=kept))
    assert f" {of} are of kinds of which the 80 % intervals of the trial on the past held far too few:" in words
    assert f"{count(papers, 'is', 'are')} on crossings and permits ({percent(row.coverage_80)})" in words
    measures = [recorded.programme.measures[one.measure] for one in asked]
    assert not any(f"{one.name}, " in words for one in measures if one.object in ("crossing", "visa"))  # in their kind
    assert "too few" not in _words(replace(recorded, backtest=invented(recorded, off=0.01)))
    assert "too few" not in _words(replace(recorded, backtest=None))


def test_a_measure_of_a_host_that_failed_is_named_only_where_its_kind_is_not(recorded: Facts) -> None:
    """Crossings are told as a kind; a headcount is told by its host where headcounts as a whole held."""
    kept = invented(recorded, off=0.01)
    here = recorded.focus
    used = [one for one in recorded.account.observations if (one.measure, one.host) == ("workers_present", here)]
    heads = {one.claim: one.point for one in used if one.point}
    missed = tuple(
        Line(claim=id, cut=DAYS[1], low_80=9 * n, median=30 * n, high_80=99 * n, said=n, kind="point")
        for id, n in heads.items()
    )
    lines = (*(line for line in kept.lines if line.claim not in heads), *missed)
    asked = sum((one.measure, one.host) == ("workers_present", here) for one in questions_of(recorded.programme))
    words = _words(replace(recorded, backtest=msgspec.structs.replace(kept, lines=lines)))
    name = recorded.programme.measures["workers_present"].name
    assert f"{count(asked, 'is', 'are')} on {name}, {recorded.host_name(here)} (0 of {len(heads)})" in words


def test_the_page_and_the_document_carry_the_head(recorded: Facts) -> None:
    record = recorded.on_record
    assert record is not None
    assert record.head in _words(recorded)
    document = json.loads(brief_json(recorded))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)
    found = document["forecasts"]
    assert found["head"] == record.head
    assert [entry["hash"] for entry in found["entries"]] == [one.hash for one in record.chain]


def test_every_number_of_it_leads_to_claims_that_were_known(recorded: Facts) -> None:
    """T1."""
    walked = walk(render(build_document(recorded)))
    assert walked.faults == ()
    cards = {card.id: card for card in forecast_cards(recorded)}
    for one in recorded.on_record.answers if recorded.on_record else ():
        claims = cards[forecast_id(one)].claims
        assert claims
        assert all(recorded.claims[claim].asserted_earliest <= one.frozen_on for claim in claims)
    figures = [span for row in _table(recorded).rows for cell in row for span in cell if isinstance(span, Figure)]
    assert {figure.estimate for figure in figures if figure.is_ours} == set(cards)


def test_the_answered_one_is_told_to_programs_with_its_scores(recorded: Facts) -> None:
    rows = {row["id"]: row for row in forecasts_json(recorded)["frozen"]}
    answered = rows.pop("visas_2024")
    assert (answered["state"], answered["claim"], answered["said"]) == ("answered", "visas24", 9240)
    assert answered["place"] > 0.99
    assert answered["median"] == pytest.approx(exp(7.6), rel=1e-5)
    assert all(row["state"] == "open" and "said" not in row for row in rows.values())
    table = list(frozen_table(recorded))
    assert {tuple(row) for row in table} == {tuple(table[0])}
    assert [name for name in table[0] if name.startswith("q")][:3] == ["q1", "q2.5", "q5"]
