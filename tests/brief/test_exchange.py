"""Both directions of the exchange stand side by side in own units, and in money only where a price is stated."""

from __future__ import annotations

import pytest

from tallystick.brief.chapters.exchange import exchange
from tallystick.brief.chapters.exchange_book import book
from tallystick.brief.document import Figure, Paragraph, Ref, Spans, Table, plain
from tallystick.brief.facts import Facts
from tests.brief.conftest import invented_facts
from tests.brief.what_ifs import with_what_ifs


@pytest.fixture(scope="module")
def facts() -> Facts:
    return with_what_ifs(invented_facts())


def table(facts: Facts) -> Table:
    return next(block for block in book(facts) if isinstance(block, Table))


def rows(facts: Facts) -> dict[str, tuple[Spans, ...]]:
    """By kind: rows come in the order of what the reports are read for."""
    return {each.kind: row for each, row in zip(facts.assessment.exchange, table(facts).rows, strict=True)}


def test_both_directions_are_booked_in_own_units_and_never_added(facts: Facts) -> None:
    found = {kind: (plain(row[1]), plain(row[3])) for kind, row in rows(facts).items()}
    assert found["labour"] == ("North Korea to Russia", "60,000 persons (33,000 to 87,000)")
    assert found["arms"][1] == "put in: 15 million rounds (8 to 22 million)"
    assert found["money"] == ("Russia to North Korea", "USD 450 million (250 to 650 million)")
    assert found["technology"][1] == "put in: 5 transfers (3 to 7)"
    assert found["cover"][1] == "put in: 6 acts (3 to 9)"
    assert [found[kind][1] for kind in ("food", "fuel", "machinery")] == ["\u2013"] * 3  # nothing is paid in goods
    assert {kind for kind, row in rows(facts).items() if plain(row[3]) == "\u2013"} >= {"troops", "backing"}


def test_cash_is_net_of_goods_and_goods_say_of_which_hosts_they_are(facts: Facts) -> None:
    found = rows(facts)
    assert plain(found["money"][0]) == "Cash: the State\u2019s take of workers\u2019 pay"
    assert plain(found["money"][3]).startswith("USD 450 million")
    assert plain(found["money"][4]).startswith("USD 180 million")  # less what is paid in goods
    assert {span.run for span in found["money"][4] if isinstance(span, Figure)} == {
        "payment_in_kind.cash_income_since.2030.level"
    }
    for kind in ("food", "fuel", "machinery"):
        assert plain(found[kind][1]) == "Russia to North Korea; runs: all hosts to North Korea"
    assert plain(found["arms"][1]) == "North Korea to Russia"
    lead = book(facts)[0]
    assert isinstance(lead, Paragraph)
    assert "in Russia, net of what is paid in goods" in plain(lead.spans)
    assert "cash and goods are not to be added up" in plain(lead.spans)


def test_money_stands_only_at_a_stated_price_with_its_range(facts: Facts) -> None:
    last = {kind: plain(row[-1]) for kind, row in rows(facts).items()}
    assert last["arms"] == "USD 1.7 to 27 billion, at USD 200 to 1,200 a round"
    assert last["food"].endswith("a tonne")
    assert last["money"] == "as booked"
    assert {last[kind] for kind in ("technology", "cover")} == {"no price"}
    assert last["labour"] == "people have no price"
    assert last["troops"] == "\u2013"


def test_each_number_opens_its_run_and_each_pace_and_price_its_assumption(facts: Facts) -> None:
    cells = [cell for row in table(facts).rows for cell in row[3:]]
    figures = [span for cell in cells for span in cell if isinstance(span, Figure)]
    assert len(figures) > 10
    assert all(each.run for each in figures)
    opened = {span.to for span in table(facts).note if isinstance(span, Ref)}
    assert opened == {"munitions", "technology", "cover", "price_round", "price_food", "price_fuel"}


def test_the_link_to_weapons_is_said_to_be_asserted(facts: Facts) -> None:
    lead = book(facts)[0]
    assert isinstance(lead, Paragraph)
    said = plain(lead.spans)
    assert "Nobody measured any of it" in said
    assert "that is asserted, and nothing here measures it" in said


def test_without_runs_nothing_is_booked() -> None:
    bare = invented_facts()
    assert book(bare) == ()
    chapter = exchange(bare)
    assert chapter is not None
    assert len(chapter.blocks) == 1
