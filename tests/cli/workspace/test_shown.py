"""What is shown beside a proposal to who decides: its passage, its time, its page, and that nothing is a finding."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from tests.cli.workspace.conftest import REPORT, Command, listed

ASSUMED = "Harbour Gazette, 2 April 2024\n\nMore than 4,321 North Korean labourers are working in Russia.\n"
HELPER = "Innokenty Dovrel, a baker of the second yard, hides three of them in his cellar."


def card(command: Command, cases: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    return command("review", "--workspace", cases).out


def test_a_proposal_is_shown_in_its_passage_with_its_document_and_day(
    command: Command, cases: str, report: Path
) -> None:
    command("read", str(report), "--public", "--publisher", "Harbour Gazette", "--workspace", cases)
    id = listed(command, cases)[0]["id"]
    shown = command("show", id, "--workspace", cases).out
    assert "passage " in shown
    assert "were working on building sites in Russia in March 2024, said the harbour office" in shown
    assert "Harbour Gazette, 2024-04-02" in shown
    assert 'observed, hedged by "More than"' in shown
    assert "no finding" in shown
    command("review", "--accept", id, "--why", "read the page", "--workspace", cases)
    shown = command("show", id, "--workspace", cases).out
    assert "disposition" in shown
    assert "no finding a claim as published" in " ".join(shown.split())


def test_the_passage_that_is_shown_holds_nothing_of_what_stands_beside_it(
    command: Command, cases: str, report: Path
) -> None:
    report.write_text(REPORT.replace(" They are paid", f" {HELPER} They are paid"), encoding="utf-8")
    command("read", str(report), "--public", "--workspace", cases)
    rows = listed(command, cases)
    assert any("kept back" not in row["quote"] for row in rows)
    for row in rows:
        assert "Dovrel" not in command("show", row["id"], "--workspace", cases).out


def test_a_list_tells_the_time_and_where_it_is_assumed(command: Command, cases: str, tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text(ASSUMED, encoding="utf-8")
    command("read", str(file), "--public", "--workspace", cases)
    assert "on 2 April 2024 (assumed)" in command("review", "--list", "--workspace", cases).out
    assert "period" in listed(command, cases)[0]["not_said"].split("; ")


def test_bulk_acceptance_names_the_claims_whose_time_or_host_their_words_do_not_say(
    command: Command, cases: str, tmp_path: Path
) -> None:
    file = tmp_path / "short.txt"
    file.write_text(ASSUMED, encoding="utf-8")
    command("read", str(file), "--public", "--workspace", cases)
    (id,) = [row["id"] for row in listed(command, cases)]
    told = command("review", "--accept-above", "0.3", "--why", "nobody looked", "--workspace", cases)
    assert f"the period does not stand in its own words in 1 of them: {id}" in told.err
    assert "the host" not in told.err


def test_a_card_says_that_the_evidence_was_coded_from_the_same_page(
    command: Command, cases: str, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    assert "coded from this page" not in card(command, cases, monkeypatch)
    from tallystick.evidence.programme import load_programme

    row = next(claim for claim in load_programme("dprk").claims if claim.url.startswith("https://"))
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><head><title>On the yards</title><link rel='canonical' href='{row.url}'></head><body><article>"
        "<p>About 1,111 North Korean workers were in Mongolia in March 2024, said the office of the port.</p>"
        "<p>More of it will be told on another day, when the office has counted again.</p></article></body></html>",
        encoding="utf-8",
    )
    other = str(tmp_path / "other")
    command("init", other, "--as", "ben")
    assert command("read", str(page), "--public", "--workspace", other).code == 0
    shown = card(command, other, monkeypatch)
    assert "coded from this page too: " in shown
    assert row.id in shown


@pytest.mark.parametrize(
    ("field", "meant"), [("period", "start and end"), ("figure", "low, point and high"), ("where", "host, region")]
)
def test_what_a_card_calls_by_one_name_is_corrected_by_its_fields_and_that_is_said(
    command: Command, cases: str, report: Path, field: str, meant: str
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    id = listed(command, cases)[0]["id"]
    told = command("review", "--correct", id, "--set", f"{field}=2024", "--why", "read", "--workspace", cases)
    assert (told.code, f"hint: {field} is {meant}" in told.err) == (2, True)


def test_a_field_that_is_given_as_it_was_read_is_told_as_no_correction(
    command: Command, cases: str, report: Path
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    id = next(row["id"] for row in listed(command, cases) if row["measure"] == "workers_present")
    given = ("--set", "low=4000", "--set", "host=RU")
    assert command("review", "--correct", id, *given, "--why", "a floor", "--workspace", cases).code == 0
    shown = command("show", id, "--workspace", cases).out
    assert "low from 4321 to 4000, by ana (a floor)" in shown
    assert "host from" not in shown


def test_a_day_before_the_ledger_began_is_refused_with_the_day_on_which_it_did(command: Command, cases: str) -> None:
    told = command("claims", "--workspace", cases, "--ledger-as-of", "2020-01-31")
    assert told.code == 2
    assert "--ledger-as-of 2020-01-31: the ledger had not begun" in told.err
    assert "hint: name a later moment: it began on 20" in told.err
