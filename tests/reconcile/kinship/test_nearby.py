"""Of however many known figures, those that a new one may go back to are found, and they stay few."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from tallystick.reconcile.kinship.bands import MOST
from tallystick.reconcile.kinship.nearby import AFTER, ALIKE, NAMESAKES, Nearby
from tallystick.reconcile.kinship.sighting import Sighting
from tallystick.vocab.programme import Programme
from tests.reconcile.kinship.test_edges import DAY, printed, sighting


@pytest.fixture
def index() -> Nearby:
    return Nearby(sqlite3.connect(":memory:", isolation_level=None))


def daily(index: Nearby, programme: Programme, count: int, **told: object) -> list[Sighting]:
    """That many figures, each of a document of its own, a day apart."""
    days = [timedelta(number) for number in range(count)]
    told = {"point": 10_000.0, **told}
    made = [
        sighting(f"n{number:04d}", earliest=DAY + day, latest=DAY + day, published=DAY + day, **told)
        for number, day in enumerate(days)
    ]
    for one in made:
        index.put(one, programme)
    return made


def test_of_a_figure_that_very_many_give_the_earliest_and_the_latest_are_found(
    index: Nearby, shipped: Programme
) -> None:
    many = daily(index, shipped, 500)
    found = index.near(printed(many[0], "new", days=400), shipped)
    assert set(found) >= {one.id for one in (*many[:ALIKE], *many[401 - ALIKE : 401])}
    assert not set(found) & {one.id for one in many[401:]}, "nothing goes back to what came later"


def test_what_is_found_does_not_grow_with_what_is_known(index: Nearby, shipped: Programme) -> None:
    many = daily(index, shipped, 2000, asserted_by="Mesk Institute")
    found = index.near(printed(many[0], "new", days=1999), shipped)
    words = len(many[0].sources)
    assert len(found) <= MOST + NAMESAKES * words


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ({"point": 7_887.0}, {"point": 7_900.0}),
        ({"point": 13_221.0}, {"point": 221.0}),
        ({"point": 3_000.0}, {"point": 30_000.0}),
        ({"low": 400.0, "high": 600.0, "unit": "USD/month"}, {"low": 400.0, "high": 600.0, "unit": "USD/month"}),
    ],
)
def test_a_rounding_a_piece_a_slip_of_noughts_and_a_range_are_found(
    index: Nearby, shipped: Programme, known: dict[str, object], new: dict[str, object]
) -> None:
    first = sighting("first", **{"point": None, **known})
    index.put(first, shipped)
    assert index.near(printed(first, "new", **{"point": None, **new}), shipped) == ("first",)


def test_a_figure_that_names_the_same_source_is_at_hand(index: Nearby, shipped: Programme) -> None:
    first = sighting("first", point=310.0, unit="USD/month", measure="net_wage", asserted_by="Mesk Institute")
    index.put(first, shipped)
    index.put(replace(first, id="abroad", host="CN"), shipped)
    assert index.near(sighting("new", point=21_000.0, asserted_by="the Mesk Institute"), shipped) == ("first",)


def test_a_figure_that_was_corrected_is_found_by_what_it_is_now(index: Nearby, shipped: Programme) -> None:
    first = sighting("first", point=1_234.0)
    index.put(first, shipped)
    index.put(replace(first, point=4_321.0), shipped)
    assert index.near(printed(first, "new"), shipped) == ()
    assert index.near(printed(first, "new", point=4_321.0), shipped) == ("first",)
    index.drop("first")
    assert index.near(printed(first, "new", point=4_321.0), shipped) == ()


@pytest.mark.parametrize("told", [13_417.0, 13_000.0, 13_400.0, 417.0, 134_170.0])
def test_what_may_tell_a_figure_and_was_read_before_it_is_found(index: Nearby, shipped: Programme, told: float) -> None:
    root = sighting("root", point=13_417.0)
    index.put(printed(root, "copy", point=told), shipped)
    index.put(printed(root, "before", days=-2, point=told), shipped)
    index.put(printed(root, "abroad", host="CN", point=told), shipped)
    index.put(printed(root, "other", point=15_000.0), shipped)
    assert index.after(root) == ("copy",)


def test_of_very_many_later_ones_the_earliest_are_found(index: Nearby, shipped: Programme) -> None:
    many = daily(index, shipped, 500)
    found = index.after(printed(many[0], "new", days=100))
    assert found == tuple(one.id for one in many[101 : 101 + AFTER])
