"""Claims of few persons are kept back, and testimony lends its claims neither its day nor whoever was named last."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tallystick.claims.proposal import Proposal
from tallystick.claims.statements.few import few, unlent
from tallystick.claims.statements.words import StatementWords


def claim(measure: str, point: float, *, source: str = "", unit: str = "persons", reasons: tuple[str, ...]) -> Proposal:
    return Proposal(
        measure=measure,
        low=None,
        point=point,
        high=None,
        unit=unit,
        host="RU",
        start=date(2030, 1, 1),
        end=date(2030, 1, 31),
        asserted_by=source,
        quote="four",
        quote_start=0,
        quote_end=4,
        passage_start=0,
        passage_end=4,
        reasons=reasons,
    )


@pytest.mark.parametrize(
    ("measure", "point", "source", "unit", "kept"),
    [
        ("workers_present", 4, "the ministry", "persons", True),
        ("workers_present", 10, "the ministry", "persons", False),
        ("workers_present", 0, "the ministry", "persons", False),
        ("workers_on_site", 29, "the ministry", "persons", True),
        ("workers_on_site", 30, "the ministry", "persons", False),
        ("escapes", 9, "", "persons/year", True),
        ("workers_arrived", 6, "the ministry", "persons/year", True),
        ("workers_selected", 5, "the ministry", "persons", True),
        ("troops_deployed", 2, "the defence ministry", "persons", False),
        ("troops_deployed", 2, "a neighbour", "persons", True),
        ("troops_planned", 5, "a neighbour", "persons", False),
        ("workers_planned", 5, "", "persons", False),
        ("", 3, "", "persons", True),
        ("deaths", 2, "the labour ministry", "persons", False),
        ("deaths", 2, "a friend", "persons", True),
        ("deaths", 2, "NORPOL", "persons", False),
        ("deaths", 2, "Ministry of Labour", "persons", False),
        ("deaths", 2, "내무부", "persons", False),
        ("deaths", 2, "worker from the DPRK", "persons", True),
        ("deaths", 2, "former worker at the ministry", "persons", True),
        ("deaths", 2, "рабочий из министерства", "persons", True),
        ("deaths", 2, "KIM Chol-su", "persons", True),
        ("deaths", 2, "J.R. Kim", "persons", True),
        ("deaths", 2, "A former worker", "persons", True),
        ("deaths", 2, "A. B. Kim", "persons", True),
        ("hours_per_day", 9, "", "hours", False),
        ("labour_shortage", 5, "", "persons", False),
    ],
)
def test_few_persons_are_kept_back(
    measure: str, point: float, source: str, unit: str, kept: bool, words: StatementWords
) -> None:
    assert bool(few(claim(measure, point, source=source, unit=unit, reasons=()), words)) is kept


def test_of_every_measure_of_persons_it_is_decided_who_could_be_found(words: StatementWords, programme: Path) -> None:
    with (programme / "measures.toml").open("rb") as file:
        measures = tomllib.load(file)["measure"]
    persons = sorted(one["id"] for one in measures if any(unit.startswith("persons") for unit in one["units"]))
    assert persons == sorted((*words.small_counts, *words.told_by_bodies, *words.nobody_yet))


@pytest.mark.parametrize("region", ["", "the sawmill at Oru"])
def test_few_at_a_named_site_are_kept_back_also_where_they_are_taken_for_a_whole_country(
    region: str, words: StatementWords
) -> None:
    told = replace(claim("workers_present", 7, source="the ministry", reasons=()), region=region)
    assert few(told, words)
    assert not few(replace(told, point=12.0), words)


def test_testimony_lends_no_day_and_no_source() -> None:
    lent = unlent(claim("deaths", 2, source="the guard", reasons=("period: published", "source: carried")))
    assert (lent.start, lent.end, lent.asserted_by) == (None, None, "")
    own = claim("deaths", 2, source="the guard", reasons=("period: clause", "source: sentence"))
    assert unlent(own) == own
