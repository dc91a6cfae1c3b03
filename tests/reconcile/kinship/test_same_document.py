"""What was read from one document twice is one claim for certain, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tallystick.reconcile.kinship.edges import Edge, edges
from tallystick.reconcile.kinship.pages import Page, is_one, pages_of
from tallystick.reconcile.kinship.same_document import SAME
from tallystick.reconcile.kinship.sighting import Sighting
from tallystick.vocab.programme import Programme
from tests.reconcile.kinship.test_edges import DAY, sighting

HARBOUR = Page(name="reports/harbour.txt", title="Who Loads the Ships", publisher="Harbour Gazette")
LISTED = replace(HARBOUR, publisher="the Gazette of the Harbour", earliest=date(2024, 3, 1), latest=date(2024, 3, 9))
READ = Page(name="ab" * 32, title="Who loads  the ships", publisher="", earliest=DAY, latest=DAY)
HOURS: dict[str, object] = {"measure": "hours_per_day", "unit": "hours/day", "low": 12.0}


def coded(name: str, **told: object) -> Sighting:
    """A row that ships, of the page of the harbour."""
    return sighting(name, **{"pages": (HARBOUR, LISTED), "document": HARBOUR.name, **told})  # type: ignore[arg-type]


def read(name: str, **told: object) -> Sighting:
    """A reading of a copy of that page."""
    return sighting(name, **{"pages": (READ,), "document": "d01", **told})  # type: ignore[arg-type]


def certain(found: tuple[Edge, ...]) -> dict[str, tuple[str, ...]]:
    return {one.claim: one.parents for one in found if SAME in one.reasons}


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"host": "WW"},  # coded as the world's, read as the country's that the text is about
        {"start": date(2019, 1, 1), "end": date(2019, 12, 31)},  # read as of the day of the page
        {"asserted_by": "unnamed experts"},
    ],
)
def test_a_reading_is_the_row_that_was_coded_from_its_document(told: dict[str, object], shipped: Programme) -> None:
    new = read("new", start=DAY, end=DAY, asserted_by="civilian watchers", **HOURS)
    (first, *_) = edges([new], [coded("row", **HOURS, **told)], programme=shipped)
    assert (first.kind, first.parents, first.score, first.reasons) == ("repeats", ("row",), 1.0, (SAME,))


def test_the_certain_edge_comes_before_a_likelier_looking_copy(shipped: Programme) -> None:
    figure: dict[str, object] = {"point": 13_417.0, "asserted_by": "Harbour Institute"}
    elsewhere = sighting("elsewhere", **figure)
    found = edges([read("new", **figure)], [elsewhere, coded("row", point=13_417.0, host="WW")], programme=shipped)
    assert [one.parents for one in found] == [("row",), ("elsewhere",)]


@pytest.mark.parametrize(
    "told",
    [
        {"low": 13.0},
        {"measure": "rest_days_per_year", "unit": "days/year"},
        {"start": date(2019, 1, 1), "end": date(2019, 12, 31)},
        {"pages": (replace(HARBOUR, title="Who unloads them"),)},
        {"pages": (replace(HARBOUR, earliest=date(2023, 1, 5), latest=date(2023, 1, 5)),)},
        {"pages": ()},
    ],
)
def test_another_figure_time_or_document_is_not_certain(told: dict[str, object], shipped: Programme) -> None:
    new = read("new", start=date(2021, 1, 1), end=date(2021, 12, 31), **HOURS)
    assert certain(edges([new], [coded("row", **{**HOURS, **told})], programme=shipped)) == {}


def test_a_number_that_stands_for_two_places_is_matched_by_place_alone(shipped: Programme) -> None:
    rows = [coded("ru", point=900.0), coded("cn", point=900.0, host="CN")]
    new = [read("here", point=900.0), read("there", point=900.0, host="CN"), read("other", point=900.0, host="KW")]
    assert certain(edges(new, rows, programme=shipped)) == {"here": ("ru",), "there": ("cn",)}


def test_a_number_that_each_has_once_is_one_though_place_or_measure_were_read_otherwise(shipped: Programme) -> None:
    plan = coded("plan", measure="workers_planned", low=100.0, high=10_000.0, host="UA")
    permits = coded("permits", measure="work_permits_valid", unit="permits", point=4_321.0)
    new = [read("end", measure="workers_planned", point=10_000.0), read("heads", point=4_321.0)]
    assert certain(edges(new, [plan, permits], programme=shipped)) == {"end": ("plan",), "heads": ("permits",)}


def test_a_small_number_of_another_measure_is_another_figure(shipped: Programme) -> None:
    dead = coded("dead", measure="deaths", point=3.0)
    assert certain(edges([read("new", point=3.0)], [dead], programme=shipped)) == {}


def test_two_readings_of_one_document_are_one_and_two_voices_in_it_two(shipped: Programme) -> None:
    one, other = read("a", point=900.0, asserted_by="Guild"), read("b", point=900.0, asserted_by="the Guild")
    again = replace(read("c", point=900.0), document="d02")
    union = read("d", point=900.0, asserted_by="Smiths")
    assert certain(edges([one, other], [], programme=shipped)) == {"b": ("a",)}
    assert certain(edges([again], [one], programme=shipped)) == {"c": ("a",)}
    new = sighting("new", point=911.0)
    assert certain(edges([new], [one, again], later={"c"}, programme=shipped)) == {}
    assert certain(edges([one], [replace(again, earliest=DAY + timedelta(1))], later={"c"}, programme=shipped)) == {
        "c": ("a",)
    }
    assert certain(edges([union], [one], programme=shipped)) == {}


def test_no_claim_is_led_to_one_that_goes_back_to_it(shipped: Programme) -> None:
    one, other = read("a", point=900.0), read("b", point=900.0)
    assert certain(edges([one], [other], programme=shipped, origin_of={"b": "a"})) == {}
    assert certain(edges([one], [other], programme=shipped)) == {"a": ("b",)}


def test_another_number_of_the_same_document_is_no_slip_of_the_pen(shipped: Programme) -> None:
    told: dict[str, object] = {"asserted_by": "Harbour Guild", "start": DAY, "end": DAY}
    row, new = coded("row", point=13_417.0, **told), read("new", point=134_170.0, **told)
    assert edges([new], [row], programme=shipped) == ()
    assert [one.kind for one in edges([replace(new, pages=())], [row], programme=shipped)] == ["garbles"]


def test_one_title_on_two_days_or_at_two_addresses_is_two_documents() -> None:
    first = Page(name="https://a.example/1", title="Weekly news", publisher="Gazette", earliest=DAY, latest=DAY)
    later = date(2024, 3, 11)
    assert not is_one(first, replace(first, name="https://a.example/2", earliest=later, latest=later))
    assert not is_one(first, replace(first, name="https://b.example/1", publisher="Post"))
    assert is_one(first, replace(first, name="https://a.example/print/1"))
    assert is_one(first, Page(name="https://a.example/1"))
    assert not is_one(Page(), Page())


def test_a_row_is_known_by_the_list_of_reports_too(shipped: Programme) -> None:
    report = next(iter(shipped.reports.values()))
    claim = next(one for one in shipped.claims if one.url == f"reports/{report.id}.txt")
    mine = Page(name="ab" * 32, title=report.title, publisher="a scan", earliest=report.published_latest,
                latest=report.published_latest)  # fmt: skip
    assert any(is_one(mine, page) for page in pages_of(claim, shipped.reports))
    assert not any(is_one(mine, page) for page in pages_of(replace(claim, title=""), {}))


@pytest.mark.parametrize(
    "name",
    [
        "http://harbour.example/ships",
        "https://www.Harbour.example/ships/",
        "https://harbour.example/ships#comments",
        "https://web.archive.org/web/20240402101500/https://harbour.example/ships",
    ],
)
def test_one_page_is_known_by_any_address_that_leads_to_it(name: str) -> None:
    assert is_one(Page(name="https://harbour.example/ships"), Page(name=name))


@pytest.mark.parametrize(
    "name", ["https://harbour.example/", "https://harbour.example/Ships", "https://harbour.example/ships?page=2", ""]
)
def test_another_page_of_the_same_house_is_another_page(name: str) -> None:
    assert not is_one(Page(name="https://harbour.example/ships"), Page(name=name))
