"""What rows of the programme that ships may not give back: where few were, who told it, who died."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tallystick.reconcile.standing import doubted_by
from tallystick.vocab.records import Claim, Statement

FEW = 1100  # persons: fewer than this, told as one group, are people who could be found
LATE = re.compile(r"\b20(?:19|[2-9]\d)\b")
WIDE = ("Kursk", "Primorye", "Russian Far East", "mostly Russian Far East", "Tatarstan", "Vladivostok")
ONE_GROUP = ("dnk23_first", "dnk23_second", "rfa25_group")
# Short for a place, and the place: an id may spell one only where its row names it. "zed" stands in no row.
SPELT = {
    "vlad": "Vladivostok", "spb": "Petersburg", "dandong": "Dandong", "jilin": "Jilin", "kursk": "Kursk",
    "prim": "Primorye", "donbas": "Donbas", "dnr": "Donetsk", "hunchun": "Hunchun", "zed": "Zedtown",
}  # fmt: skip
DIED = re.compile(r"\b(?:a|one|the) (?:\w+ )?\w+ (?:died|was killed)\b|\bwho died\b|\bdeadly\b|\bmurder", re.I)
TOLD_BY = re.compile(
    r"\bpartners? (?:inside|spoke)|reporting partner|helpers? inside|(?:people|person) inside (?:who|\(via)|\btrader\b"
    r"|\b(?:NK|RFA) source\b",
    re.I,
)
CUT = ("fuels25", "asiapress25")
PROGRAMME = load_programme("dprk")
READ = {each.claim for each in reconcile(PROGRAMME).observations}
UNREAD = [each for each in PROGRAMME.claims if each.id not in READ]  # periods of the others are part of the fit


def spelling(claims: Iterable[Claim]) -> list[str]:
    """Claims whose id spells a place that the row leaves out."""
    return [
        each.id
        for each in claims
        for short, place in SPELT.items()
        if re.search(rf"(?:^|_|\d){short}", each.id) and place.lower() not in f"{each.region} {each.note}".lower()
    ]


def test_no_id_spells_a_place_that_its_row_leaves_out() -> None:
    vague = [each for each in PROGRAMME.claims if not each.region and (each.point or each.high or 0) <= FEW]
    assert len(vague) > 50
    assert spelling(vague) == []
    group = PROGRAMME.claim(ONE_GROUP[0])
    assert spelling([replace(group, id="paper_zed")]) == ["paper_zed"]


@pytest.mark.parametrize("id", ONE_GROUP)
def test_a_small_group_has_its_host_and_its_year_and_no_remark_that_gives_more(id: str) -> None:
    claim = PROGRAMME.claim(id)
    assert (claim.region, claim.note) == ("", "One group; says nothing of the whole host.")
    assert claim.start is not None
    assert claim.end is not None
    assert (claim.end - claim.start).days == 364 + (claim.start.year % 4 == 0)
    beside = [each for each in PROGRAMME.claims if each.url == claim.url]
    assert {each.region for each in beside} == {""}
    assert not [each for each in beside if re.search(r"quoted rate|exchange rate|on purpose", each.note)]


def sites_of_late(claims: Iterable[Claim]) -> list[str]:
    """Claims of the years since BUILT whose region is finer than one that people of the whole host would know."""
    late = [each for each in claims if LATE.search(f"{each.published_on} {each.start} {each.end}")]
    return [each.id for each in late if each.host == "RU" and each.region and each.region not in WIDE]


def test_a_region_of_the_last_years_names_no_site() -> None:
    assert sites_of_late(PROGRAMME.claims) == []
    plan = PROGRAMME.claim("gur_12k")
    assert sites_of_late([replace(plan, region="Zedtown plant")]) == [plan.id]
    assert not [each["name"] for each in PROGRAMME.tables["apart"]["place"] if re.search(r"[(,]| at ", each["name"])]


def test_no_row_is_on_a_site_of_the_last_years() -> None:
    sites = [each for each in PROGRAMME.claims if each.measure == "workers_on_site"]
    named = [each for each in sites if "(" in each.region]
    assert named
    assert [
        each.id for each in named if not re.search(r"201[0-8]", f"{each.published_on} {each.start} {each.note}")
    ] == []
    assert [each.id for each in sites if each not in named] == ["mkr25_crew"]  # an offer, and of no one site


def deaths(rows: Iterable[Statement]) -> list[str]:
    return [each.id for each in rows if DIED.search(f"{each.statement} {each.note}")]


def test_no_row_tells_a_single_death() -> None:
    assert deaths(PROGRAMME.statements) == []
    first = PROGRAMME.statements[0]
    assert deaths([replace(first, statement="They beat a supervisor, who died.")]) == [first.id]
    assert [each.id for each in PROGRAMME.events if DIED.search(f"{each.title} {each.note}")] == []
    told = {each.id: f"{each.note} {each.title} {each.url}" for each in PROGRAMME.claims}
    assert [id for id, words in told.items() if re.search(r"\ba \w+ died\b|murder|-to-death\b", words)] == []


def test_statements_are_numbered_without_a_gap() -> None:
    for report in PROGRAMME.reports:
        numbers = [int(each.id.partition("_s")[2]) for each in PROGRAMME.statements if each.report == report]
        assert numbers == list(range(1, len(numbers) + 1)), report


def test_reports_that_were_cut_do_not_say_where_a_row_stood() -> None:
    """Their rows stand by topic; the few with a paragraph are those that a row of the same report doubts by it."""
    cut = [each for each in PROGRAMME.statements if each.report in CUT]
    assert len(cut) > 100
    told = [each for each in cut if each.paragraph]
    assert told
    assert [each.id for each in told if not doubted_by(each, PROGRAMME)] == []
    assert [each.id for each in PROGRAMME.events if each.report in CUT and each.paragraph] == []
    notes = {each.id: each.note for each in PROGRAMME.events if each.report in CUT}
    notes |= {each.id: each.note for each in PROGRAMME.claims if each.url in [f"reports/{name}.txt" for name in CUT]}
    assert len(notes) > 20
    assert [id for id, note in notes.items() if re.search(r"\bpara(?:graph)?\b", note, re.I)] == []


def test_who_reports_from_inside_is_one_outlet_in_one_country_late_in_a_year() -> None:
    rows = [each for each in PROGRAMME.statements if each.report == "asiapress25"]
    assert {each.asserted_by for each in rows} == {"ASIAPRESS", "ASIAPRESS headline", "NIS"}
    assert not [each.id for each in rows if "northern" in each.place or re.search(r"2024-12|2025-01", each.period)]
    dated = [each for each in UNREAD if each.url == "reports/asiapress25.txt"]
    assert len(dated) > 1
    dated += [each for each in PROGRAMME.events if each.report == "asiapress25"]
    assert [each.id for each in dated if each.start and date(2024, 11, 1) < each.start < date(2025, 1, 1)] == []
    texts = [f"{each.statement} {each.note} {each.asserted_by}" for each in PROGRAMME.statements]
    texts += [each.note + each.title for each in PROGRAMME.events] + [each.role for each in PROGRAMME.entities]
    texts += [each.note for each in PROGRAMME.claims] + [each.asserted_by for each in PROGRAMME.claims]
    texts += [row["reason"] for row in PROGRAMME.hand["asserters"]]
    texts += [f"{each['can_say']} {each['cannot_say']}" for each in PROGRAMME.tables["systems"]["system"]]
    assert [text for text in texts if TOLD_BY.search(text)] == []


def test_an_asserter_stands_in_a_row() -> None:
    """One that no row has any more would show that a row is gone, and who told it."""
    named = {each.asserted_by for each in (*PROGRAMME.claims, *PROGRAMME.statements)}
    assert set(PROGRAMME.asserters) - named == set()


def test_a_measure_has_a_row() -> None:
    measured = {each.measure for each in PROGRAMME.claims}
    assert set(PROGRAMME.measures) - measured == set()


def test_no_prediction_asks_for_a_sighting_of_people_at_a_place() -> None:
    asked = [each["check"] for each in PROGRAMME.tables["predictions"]["prediction"]]
    asked += [row["reason"] for row in PROGRAMME.hand["predictions"]]
    assert len(asked) > 10
    assert [words for words in asked if re.search(r"sighting|date and place", words)] == []
