"""An invented sending state goes the whole way from its evidence to a brief that verifies, in its own words alone."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tallystick.brief.numbers import walk
from tallystick.evidence.programme import SHIPPED, load_programme, shipped_programmes
from tallystick.reconcile.account import reconcile
from tests.conftest import tallystick
from tests.programmes import PLANTED, VESSANY
from tests.programmes.names import holds, own_names

WHAT_IFS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in VESSANY.glob("scenarios/*.toml")}


@cache
def brief_of(account: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((account / "brief.json").read_text(encoding="utf-8"))
    return found


@cache
def page_of(account: Path) -> str:
    return (account / "brief.html").read_text(encoding="utf-8")


@cache
def words_of(account: Path) -> str:
    """What a reader reads, pictures left out."""
    page = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", page_of(account), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", page))


def chapters_of(account: Path) -> list[str]:
    return re.findall(r'<section[^>]* id="chapter-([a-z-]+)"', page_of(account))


def test_the_whole_account_is_written_and_verifies(account: Path, cache_folder: Path) -> None:
    for name in ("brief.html", "brief.pdf", "brief.json", "manifest.json", "posterior.nc", "data/estimates.csv"):
        assert (account / name).stat().st_size > 0, name
    assert "as published" in tallystick("verify", str(account), cache=cache_folder)


def test_the_sampler_passes_its_checks(account: Path) -> None:
    assert brief_of(account)["diagnostics"]["passed"]


def test_every_number_of_its_brief_leads_to_a_claim(account: Path) -> None:
    found = walk(page_of(account))
    assert found.numbers > 500
    assert found.faults == ()


def test_its_estimates_have_its_own_hosts_visa_classes_and_cohorts(account: Path) -> None:
    estimates = brief_of(account)["estimates"]
    assert {e["host"] for e in estimates} == {"XA", "XB", "WW"}
    assert {e["visa_class"] for e in estimates if e.get("visa_class")} == {"contract", "trainee", "all"}
    assert {e["cohort"] for e in estimates if e.get("cohort")} == {"holdover", "arrived_later", "all"}
    assert {e["period"][:4] for e in estimates} == {str(year) for year in range(2014, 2025)}
    assert not {"escapes_to_safety", "shortage_filled"} & {e["id"] for e in estimates}


def test_the_account_finds_what_its_sources_were_made_from(account: Path) -> None:
    """Each planted number lies in its central 95 %: all nine, for the sources err little around it."""
    wanted = {"workers_present", "workers_present_by_visa"}
    estimates = [e for e in brief_of(account)["estimates"] if e["id"] in wanted]
    at = {(e["host"], e.get("visa_class"), e["period"]): (e["lower_95"], e["upper_95"]) for e in estimates}
    outside = {key: at[key] for key, persons in PLANTED.items() if not at[key][0] <= persons <= at[key][1]}
    assert outside == {}


def test_copies_speak_once_and_broken_ones_not_at_all() -> None:
    programme = load_programme(VESSANY)
    found = reconcile(programme)
    (chain,) = [chain for chain in found.chains if chain.id == "five_thousand"]
    assert chain.kind_of_each == {
        "quay22_stock": "root",
        "wire22_stock": "repeats",
        "courier22_stock": "repeats",
        "mill22_stock": "garbles",
        "mill23_stock": "garbles",
    }
    assert {seen.claim for seen in found.observations} & set(chain.members) == {"quay22_stock"}
    assert all(check.holds for check in found.arithmetic)
    assert {d.disposition for d in found.dispositions} == {"used", "repeat", "garbled", "context", "out_of_scope"}


def test_its_own_law_is_read_and_no_other(account: Path) -> None:
    findings = brief_of(account)["findings"]
    assert {f["instrument"] for f in findings} == {"Quellish Accord on Hired Labour (2018)"}
    outcomes = {f["id"]: f["outcome"] for f in findings}
    assert outcomes["no-new-permits:XA:since-deadline"] == "inconsistent"
    assert outcomes["no-new-permits:XB:since-deadline"] == "undetermined"
    assert outcomes["return-home:XA:ban-to-deadline"] == "not_applicable"
    assert outcomes["return-home:XA:since-deadline"] == "inconsistent"
    assert "article 7" in words_of(account)


@pytest.mark.parametrize("other", shipped_programmes())
def test_its_brief_names_nothing_of_another_programme(account: Path, other: str) -> None:
    words, names = words_of(account), own_names(SHIPPED / other, [VESSANY])
    assert len(names) > 100
    assert [name for name in sorted(names) if holds(words, name)] == []


def test_its_brief_tells_what_would_change_it(account: Path) -> None:
    """The chapter stands in its page, with each of its own what-ifs and none of another programme."""
    assert {"what-if", "what-if-effects", "what-if-each", "what-if-assumed"} <= set(chapters_of(account))
    assert len(WHAT_IFS) == 3
    for each in WHAT_IFS.values():
        assert each["name"] in words_of(account)
        assert each["says"].split(". ")[0].rstrip(".") in words_of(account)


def test_its_document_has_every_what_if_with_what_it_changes(account: Path) -> None:
    found = {each["id"]: each for each in brief_of(account)["scenarios"]}
    assert set(found) == set(WHAT_IFS)
    for id, written in WHAT_IFS.items():
        told = found[id]
        assert {key: told[key] for key in ("name", "question")} == {key: written[key] for key in ("name", "question")}
        assert [pull["id"] for pull in told["levers"]] == [pull["id"] for pull in written.get("lever", ())]
        assert told["is_baseline"] == (not told["levers"]) == ("levels" in told) == ("effects" not in told)
    run = load_programme(VESSANY).tables["scenarios"]["run"]
    years = {row["year"] for each in found.values() for row in each.get("effects", each.get("levels"))}
    assert years == set(range(int(run["start"][:4]) + 1, int(run["until"][:4]) + 1))


def test_what_ifs_of_its_document_say_what_its_what_ifs_were_made_for(account: Path) -> None:
    """Whom one host refuses goes to the other in part; without the trainee visa fewer come."""
    found = {each["id"]: each for each in brief_of(account)["scenarios"]}

    def last(id: str, outcome: str) -> dict[str, Any]:
        rows = [row for row in found[id].get("effects", found[id].get("levels")) if row["outcome"] == outcome]
        return max(rows, key=lambda row: int(row["year"]))

    assert last("as_it_goes", "workers_present")["median"] > 0
    assert last("tesmar_refuses", "workers_present_XB")["upper_80"] < 0 < last("tesmar_refuses", "arrivals")["lower_80"]
    assert last("trainee_visa_closed", "arrivals")["median"] < 0
    assert last("trainee_visa_closed", "workers_present")["median"] < 0


def test_what_it_does_not_have_is_absent_from_its_brief(account: Path) -> None:
    """No border closed, nobody was stranded, and it has no file of systems, of predictions or of an exchange."""
    assert not {"exchange", "systems", "predictions"} & set(chapters_of(account))
    assert {"answers", "stock", "pay", "law", "forced-labour", "levers", "hosts"} <= set(chapters_of(account))
    assert {"trust", "trust-leans", "trust-choices", "trust-value"} <= set(chapters_of(account))
    for phrase in ("closed border", "stranded", "reopened", "student visa", "crossings as", "soldiers"):
        assert phrase not in words_of(account), phrase
    assert not {"predictions", "systems"} & set(brief_of(account))


def test_evidence_of_an_earlier_day_stands_by_itself() -> None:
    """On the last day of 2021 nobody had counted trainees, and the reports were not written."""
    then = load_programme(VESSANY, as_of=date(2021, 12, 31))
    found = reconcile(then)
    assert then.statements == ()
    assert not {seen.measure for seen in found.observations} & {"trainees_present", "worker_net_pay"}
    assert {seen.claim for seen in found.observations} >= {"olb20_permits", "embassy20_stock"}
