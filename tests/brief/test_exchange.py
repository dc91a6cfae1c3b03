"""People stand apart from goods; money stands only at a stated price; what is put into the runs is no result."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tallystick.brief.chapters.exchange import exchange
from tallystick.brief.chapters.exchange_book import book
from tallystick.brief.document import Bullets, Figure, Paragraph, Ref, Spans, Table, plain
from tallystick.brief.facts import Facts
from tallystick.scenarios.results import Row
from tests.brief.conftest import invented_facts
from tests.brief.what_ifs import with_what_ifs


@pytest.fixture(scope="module")
def facts() -> Facts:
    return with_what_ifs(invented_facts())


def table(facts: Facts, id: str = "exchange-book") -> Table:
    return next(block for block in book(facts) if isinstance(block, Table) and block.id == id)


def rows(facts: Facts, id: str = "exchange-book") -> dict[str, tuple[Spans, ...]]:
    """By what passes."""
    return {plain(row[0]): row for row in table(facts, id).rows}


CASH, FOOD = "Cash: the State\u2019s take of workers\u2019 pay", "Food as pay"


def test_people_stand_in_no_table_of_goods_and_have_no_price(facts: Facts) -> None:
    said = [plain(block.spans) for block in book(facts) if isinstance(block, Paragraph)]
    assert "People are no means of payment. They stand apart from goods, and have no price here:" in said
    (people,) = (block for block in book(facts) if isinstance(block, Bullets))
    workers, builders, soldiers = (plain(item) for item in people.items)
    assert workers.startswith("Workers, North Korea to Russia: ")
    assert workers.endswith("; the runs with nothing changed have 60,000 persons (33,000 to 87,000).")
    assert builders.endswith("four figures in the reports; the runs with nothing changed leave them out.")
    assert soldiers.endswith("; not in the runs.")
    cells = [
        plain(cell) for id in ("exchange-book", "exchange-inputs") for row in table(facts, id).rows for cell in row
    ]
    assert [cell for cell in cells if re.search(r"persons|\bWorkers\b|[Ss]oldiers|builders", cell)] == []


def test_cash_is_net_of_goods_and_goods_say_of_which_hosts_they_are(facts: Facts) -> None:
    found = rows(facts)
    assert set(found) == {CASH, FOOD}  # what runs book; nothing else is paid in goods here
    assert plain(found[CASH][1]) == "employers in Russia to North Korea"
    assert plain(found[CASH][3]) == "USD 450 million (250 to 650 million)"
    assert plain(found[CASH][4]).startswith("USD 180 million")  # less what is paid in goods
    assert {span.run for span in found[CASH][4] if isinstance(span, Figure)} == {
        "payment_in_kind.cash_income_since.2030.level"
    }
    assert plain(found[FOOD][1]) == "Russia to North Korea; runs: all hosts to North Korea"
    assert plain(found[FOOD][3]) == "\u2013"
    lead = book(facts)[0]
    assert isinstance(lead, Paragraph)
    assert "in Russia, net of what is paid in goods" in plain(lead.spans)
    assert "cash and goods are not to be added up" in plain(lead.spans)


def with_food(facts: Facts, low: float, high: float) -> Facts:
    """The same runs with another interval of food."""

    def one(row: Row) -> Row:
        if row.outcome != "food" or row.scenario != "payment_in_kind":
            return row
        spread = row.figures.all
        quantiles = (low, low, low, (low + high) / 2, high, high, high)
        return replace(row, figures=replace(row.figures, all=replace(spread, quantiles=quantiles)))

    assert facts.simulated is not None
    results = facts.simulated.results
    changed = replace(results, levels=tuple(map(one, results.levels)))
    return replace(facts, simulated=replace(facts.simulated, results=changed))


@pytest.mark.parametrize(("low", "high"), [(331_373, 1_014_385), (322_605, 77_999_999)])
def test_a_value_is_the_product_of_the_factors_that_are_printed(facts: Facts, low: float, high: float) -> None:
    said = plain(rows(with_food(facts, low, high))[FOOD][-1])
    value, factors = said.split(": ")
    amounts, prices = factors.split(" tonnes, at USD ")
    assert prices.endswith(" a tonne")
    ends = [amount * price for amount, price in zip(numbers(amounts), numbers(prices), strict=True)]
    assert numbers(value) == pytest.approx([float(f"{each:.1e}") for each in ends], rel=1e-9)


def numbers(text: str) -> list[float]:
    """Both ends of a range, which says the word of its scale once where they share it."""
    ends = text.split(" to ")
    words = [next((word for word in ("million", "billion") if word in end), "") for end in ends]
    of = {"": 1.0, "million": 1e6, "billion": 1e9}
    return [float(re.sub(r"[^\d.]", "", end)) * of[word or words[-1]] for end, word in zip(ends, words, strict=True)]


def test_what_is_put_into_the_runs_is_no_result_and_has_no_value(facts: Facts) -> None:
    found = rows(facts, "exchange-inputs")
    last = {name: plain(row[-1]) for name, row in found.items()}
    assert "input and no result" in plain(table(facts, "exchange-inputs").columns[-1].title)
    assert last["Munitions and other military goods"] == (
        "Munitions sent in a month: 400,000 rounds a month (80 % interval 210,000 to 760,000)"
    )
    assert last["Political support on the war"] == "not in the runs"
    opened = {span.to for row in found.values() for span in row[-1] if isinstance(span, Ref)}
    assert opened == {"munitions", "technology", "cover"}
    assert [span for row in found.values() for cell in row for span in cell if isinstance(span, Figure)] == []
    assert not any("USD" in text for text in last.values())


def test_each_number_opens_its_run_and_each_price_its_assumption(facts: Facts) -> None:
    figures = [span for row in table(facts).rows for cell in row[3:] for span in cell if isinstance(span, Figure)]
    assert len(figures) >= 7
    assert all(each.run for each in figures)
    assert {span.to for span in table(facts).note if isinstance(span, Ref)} == {"price_food"}


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
