"""What could harm somebody is told to who is reading, and to nobody else."""

from __future__ import annotations

import csv
import re
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from tallystick.cli.record_cards import KEPT_BACK
from tests.cli.workspace.conftest import REPORT, Command, everything, listed

ACCOUNT = REPORT + "\nI worked at the mill for three winters. The yard is large. My brigade slept above the saw.\n"


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(out)))


@pytest.fixture
def account(tmp_path: Path) -> Path:
    """A report in which somebody tells of their own life where nothing was read."""
    file = tmp_path / "Tok_Bomri.txt"
    file.write_text(ACCOUNT, encoding="utf-8")
    return file


def test_a_public_account_is_told_of_by_its_id_and_not_by_its_name(command: Command, cases: str, account: Path) -> None:
    told = command("read", str(account), "--public", "--workspace", cases, "--format", "csv")
    document = rows(told.out)[0]["document"]
    (warning,) = [line for line in told.err.splitlines() if "narrow" in line]
    assert "to a person, a helper or a way" in warning
    assert f"tallystick erase {document}" in warning
    assert account.name not in warning


def test_the_passages_that_are_counted_can_be_looked_at(command: Command, cases: str, account: Path) -> None:
    told = command("read", str(account), "--public", "--workspace", cases, "--format", "csv")
    document = rows(told.out)[0]["document"]
    (warning,) = [line for line in told.err.splitlines() if "passage" in line]
    assert f"tallystick review --narrowing {document}" in warning
    shown = command("review", "--narrowing", document, "--workspace", cases)
    (count,) = re.findall(r"holds (\d+|a) passage", warning)
    assert (shown.code, len(shown.out.splitlines())) == (0, 1 if count == "a" else int(count))
    assert "I worked at the mill" in shown.out
    assert "harbour office" not in shown.out
    unknown = command("review", "--narrowing", "d000000000000", "--workspace", cases)
    assert (unknown.code, "no document is called" in unknown.err) == (2, True)


def test_a_report_of_offices_and_a_restricted_account_are_not_warned_of(
    command: Command, cases: str, report: Path, account: Path
) -> None:
    assert "narrow" not in command("read", str(report), "--public", "--workspace", cases).err
    assert "narrow" not in command("read", str(account), "--workspace", cases).err


def test_what_lies_sealed_is_not_made_public_beside_a_report_that_is(
    command: Command, cases: str, report: Path, account: Path
) -> None:
    (sealed,) = rows(command("read", str(account), "--workspace", cases, "--format", "csv").out)
    told = command("read", str(account), str(report), "--public", "--workspace", cases, "--format", "csv")
    assert told.code == 1
    assert "lies sealed here, and stays so" in told.err
    assert "--open" in told.err
    assert [(one["outcome"], one["verdict"]) for one in rows(told.out)] == [("refused", "sealed"), ("read", "")]
    assert sealed["document"] not in told.out + told.err
    assert "sealed" in command("show", sealed["document"], "--workspace", cases).out
    assert ACCOUNT.encode() not in everything(cases)


def test_what_is_opened_on_purpose_is_warned_of_as_what_is_read(command: Command, cases: str, account: Path) -> None:
    (sealed,) = rows(command("read", str(account), "--workspace", cases, "--format", "csv").out)
    alone = command("read", str(account), "--open", "--workspace", cases)
    assert (alone.code, "--open: nothing is made public" in alone.err) == (2, True)
    told = command("read", str(account), "--public", "--open", "--workspace", cases, "--format", "csv")
    assert told.code == 0, told.err
    assert rows(told.out)[0]["outcome"] == "opened"
    for warning in ("to a person, a helper or a way", "was sealed until now"):
        (line,) = [line for line in told.err.splitlines() if warning in line]
        assert f"tallystick erase {sealed['document']}" in line
    assert (
        rows(command("read", str(account), "--public", "--workspace", cases, "--format", "csv").out)[0]["outcome"]
        == "known"
    )


def test_no_message_names_the_command_that_would_open_a_testimony(command: Command, cases: str, tmp_path: Path) -> None:
    file = tmp_path / "told.txt"
    file.write_text(REPORT.replace("said the harbour office", "said Tok Bomri, a welder of the crew"), encoding="utf-8")
    command("read", str(file), "--workspace", cases)
    with_reason = [one["id"] for one in listed(command, cases)]
    for id in with_reason:
        told = command("review", "--correct", id, "--set", "restricted=", "--why", "looked", "--workspace", cases)
        assert "--public" not in told.out + told.err


def test_what_a_person_keeps_back_leaves_exports_and_it_is_said_what_that_does_not_reach(
    command: Command, cases: str, report: Path
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    id, *_ = [one["id"] for one in listed(command, cases)]
    out = Path(cases).parent / "mine.ledger"
    export = ("export", "--to", "ledger", "--workspace", cases, "-o", str(out))
    command(*export)
    quote = next(one["quote"] for one in listed(command, cases) if one["id"] == id)
    assert quote.encode() in out.read_bytes()
    told = command("review", "--restrict", id, "--why", "it points to a few", "--workspace", cases)
    assert "sealed from now on" in told.err
    assert "not reached: the copy of its document here" in told.err
    assert "in clear in it" not in command(*export).err
    assert quote.encode() not in out.read_bytes()
    assert command("show", id, "--workspace", cases).out.split() == ["id", id, "sealed", *KEPT_BACK.split()]


def test_what_a_colleague_keeps_back_is_named_by_the_export_until_it_is_sealed_or_erased(
    command: Command, cases: str, report: Path, tmp_path: Path
) -> None:
    """Here it was read, and there it is kept back; and there it can only be erased, since it was read here."""
    command("read", str(report), "--public", "--workspace", cases)
    id, *_ = [one["id"] for one in listed(command, cases)]
    theirs, mine, back = str(tmp_path / "theirs"), tmp_path / "mine.ledger", tmp_path / "back.ledger"
    command("init", theirs, "--as", "ben")
    command("export", "--to", "ledger", "--workspace", cases, "-o", str(mine))
    command("import", str(mine), "--workspace", theirs)
    told = command("review", "--restrict", id, "--why", "it points to a few", "--workspace", theirs)
    assert "somebody else read it too" in told.err
    assert f"tallystick erase {id}" in told.err
    assert f"in clear in it: {id};" in command("export", "--to", "ledger", "--workspace", theirs, "-o", str(back)).err
    heard = command("import", str(back), "--workspace", cases)
    assert f"kept back by somebody, and in clear in this ledger: {id}; `tallystick review --restrict" in heard.err
    export = ("export", "--to", "ledger", "--workspace", cases, "-o", str(mine))
    assert f"in clear in it: {id}; `tallystick review --restrict`" in command(*export).err
    command("review", "--restrict", id, "--why", "it points to a few", "--workspace", cases)
    assert "in clear in it" not in command(*export).err
    command("import", str(mine), "--workspace", theirs)
    assert "in clear in it" not in command("export", "--to", "ledger", "--workspace", theirs, "-o", str(back)).err


def test_a_reason_to_keep_something_back_is_no_correction_that_would_accept_it(
    command: Command, cases: str, report: Path
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    id, *_ = [one["id"] for one in listed(command, cases)]
    told = command(
        "review", "--correct", id, "--set", "restricted=it points to a few", "--why", "x", "--workspace", cases
    )
    assert (told.code, f"`tallystick review --restrict {id}`" in told.err) == (2, True)
    assert [one["status"] for one in listed(command, cases) if one["id"] == id] == ["proposed"]


def test_what_lay_sealed_before_it_was_kept_back_is_not_said_to_lie_in_clear(
    command: Command, cases: str, report: Path
) -> None:
    command("read", str(report), "--workspace", cases)
    id, *_ = [one["id"] for one in listed(command, cases)]
    told = command("review", "--restrict", id, "--why", "it points to a few", "--workspace", cases)
    assert "in clear" not in told.err
    out = Path(cases).parent / "mine.ledger"
    assert "in clear" not in command("export", "--to", "ledger", "--workspace", cases, "-o", str(out)).err


def test_all_of_a_restricted_document_counts_as_kept_back(command: Command, cases: str, report: Path) -> None:
    (told,) = rows(command("read", str(report), "--workspace", cases, "--format", "csv").out)
    assert int(told["claims"]) > 1
    assert int(told["kept_back"]) == int(told["claims"]) + int(told["statements"])


def test_a_restricted_reading_of_what_lies_in_clear_says_so(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    told = command("read", str(report), "--workspace", cases)
    assert "still lies here in clear" in told.err
    assert "tallystick erase d" in told.err


def test_the_card_of_what_is_sealed_says_that_and_nothing_else(command: Command, cases: str, account: Path) -> None:
    (told,) = rows(command("read", str(account), "--workspace", cases, "--format", "csv").out)
    claims = [one["id"] for one in listed(command, cases)]
    for id in (told["document"], *claims):
        card = command("show", id, "--workspace", cases)
        assert card.code == 0, card.err
        assert "sealed" in card.out
        assert len(card.out.splitlines()) < 5
        assert not any(word in card.out for word in ("Tok", "4,321", "Russia", "Gazette"))


def test_the_list_shows_of_what_is_kept_back_no_measure_no_host_and_no_words(
    command: Command, cases: str, report: Path
) -> None:
    command("read", str(report), "--workspace", cases)
    for one in listed(command, cases):
        assert one["measure"] in ("", "statement")
        assert [one[name] for name in ("figure", "host", "asserted_by")] == ["", "", ""]
        assert "North Korean" not in one["quote"]


def test_who_has_no_key_is_told_that_something_is_sealed(
    command: Command, cases: str, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("read", str(report), "--workspace", cases)
    assert "sealed" not in command("review", "--list", "--workspace", cases).err
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nowhere"))
    told = command("review", "--list", "--workspace", cases)
    assert "sealed for others or for a key that is not at hand" in told.err


@pytest.mark.parametrize("how", [(), ("--public",)])
def test_what_was_erased_is_read_again_only_where_that_is_asked_for(
    command: Command, cases: str, report: Path, how: tuple[str, ...]
) -> None:
    words = ("read", str(report), *how, "--workspace", cases, "--format", "csv")
    (first,) = rows(command(*words).out)
    erased = command("erase", first["document"], "--why", "withdrawn", "--workspace", cases)
    assert erased.code == 0, erased.err
    ledger = command("verify", cases).out
    refused = command(*words)
    assert refused.code == 1
    assert "was erased from this workspace" in refused.err
    assert "--again" in refused.err
    assert rows(refused.out)[0]["verdict"] == "erased"
    assert listed(command, cases) == []
    assert command("verify", cases).out == ledger
    assert b"harbour office" not in everything(cases)
    assert sha256(report.read_bytes()).hexdigest().encode() not in everything(cases)
    again = command(*words, "--again")
    assert again.code == 0, again.err
    assert rows(again.out)[0]["outcome"] == "read"
    assert rows(command(*words).out)[0]["outcome"] == "known"
    assert command("verify", cases).code == 0


def test_the_marks_of_what_was_erased_are_the_owners_alone(command: Command, cases: str, report: Path) -> None:
    (first,) = rows(command("read", str(report), "--workspace", cases, "--format", "csv").out)
    command("erase", first["document"], "--why", "withdrawn", "--workspace", cases)
    file = Path(cases) / "erased.marks"
    assert file.stat().st_mode & 0o777 == 0o600
    out = Path(cases).parent / "mine.ledger"
    command("export", "--to", "ledger", "--workspace", cases, "-o", str(out))
    assert file.read_text(encoding="ascii").strip() not in out.read_text(encoding="utf-8")


def test_an_erasure_says_what_it_did_not_reach(command: Command, cases: str, report: Path) -> None:
    (first,) = rows(command("read", str(report), "--workspace", cases, "--format", "csv").out)
    told = command("erase", first["document"], "--why", "withdrawn", "--workspace", cases)
    for place in ("exports", "briefs", "workspaces that took this ledger over", "backups"):
        assert place in told.err


def test_no_list_of_what_was_read_names_a_restricted_file(
    command: Command, cases: str, account: Path, tmp_path: Path
) -> None:
    (broken := tmp_path / "Tok_Bomri_2.pdf").write_bytes(b"%PDF-1.7 nothing")
    for shape in ("table", "csv", "json"):
        told = command("read", str(account), str(broken), "--workspace", cases, "--format", shape)
        assert "Tok" not in told.out
        assert "Tok_Bomri_2.pdf" in told.err  # or nobody knows what was not read


def test_the_list_gives_no_reason_why_what_is_sealed_is_kept_back(command: Command, cases: str, account: Path) -> None:
    command("read", str(account), "--workspace", cases)
    assert {one["restricted"] for one in listed(command, cases)} == {""}
    shown = command("review", "--list", "--workspace", cases, "--format", "json")
    assert "names one person" not in shown.out + shown.err


def test_who_holds_the_key_is_not_asked_for_it(command: Command, cases: str, account: Path) -> None:
    command("read", str(account), "--workspace", cases)
    quotes = {one["quote"] for one in listed(command, cases)}
    assert all(quote.startswith("(kept back:") for quote in quotes)
    assert not any("--identity" in quote for quote in quotes)


@pytest.mark.parametrize("to", ["bibtex", "ftm", "prov", "claimreview", "ledger"])
def test_no_export_tells_the_name_of_a_file(command: Command, cases: str, report: Path, to: str) -> None:
    file = report.rename(report.with_name("lopskit-83.txt"))
    command("read", str(file), "--public", "--workspace", cases)
    id = next(one["id"] for one in listed(command, cases) if one["measure"] == "workers_present")
    assert command("review", "--accept", id, "--why", "read it", "--workspace", cases).code == 0
    out = Path(cases).parent / "out"
    told = command("export", "--to", to, "--workspace", cases, "-o", str(out))
    assert told.code == 0, told.err
    assert b"lopskit" not in out.read_bytes()
    assert b"lopskit" not in everything(cases)


def test_the_owner_alone_is_told_the_name_of_the_file(
    command: Command, cases: str, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keyless").mkdir()
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    command("read", str(report), "--public", "--workspace", cases)
    document = listed(command, cases)[0]["document"]
    assert "in  report.txt" in command("review", "--workspace", cases).out
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "keyless"))
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    told = command("review", "--workspace", cases).out
    assert ("report.txt" in told, f"in  {document}" in told) == (False, True)


def test_accepting_what_is_sealed_says_that_it_counts_nowhere(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--workspace", cases)
    id = listed(command, cases)[0]["id"]
    told = command("review", "--accept", id, "--why", "read it", "--workspace", cases)
    assert (told.code, f"{id}: is recorded, and counts nowhere as long as its document lies sealed" in told.err) == (
        0,
        True,
    )
    assert id not in command("claims", "--workspace", cases, "--format", "csv").out


def test_bulk_acceptance_tells_what_it_leaves_in_sealed_documents(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--workspace", cases)
    told = command("review", "--accept-above", "0.3", "--why", "nobody looked", "--workspace", cases)
    assert told.out == "0 accepted\n"
    assert "2 lie in documents that are sealed, and wait for a look of their own" in told.err


def test_after_a_read_that_took_nothing_in_nothing_is_said_of_what_was_found(
    command: Command, cases: str, report: Path
) -> None:
    told = command("read", str(report), "--workspace", cases, "--format", "csv")
    assert "what is not proposed is not absent" in told.err
    command("erase", rows(told.out)[0]["document"], "--why", "withdrawn", "--workspace", cases)
    assert "what is not proposed" not in command("read", str(report), "--workspace", cases).err


@pytest.mark.parametrize("point", [(), ("point=",), ("point=4000",)])
def test_a_bound_is_not_laid_beside_the_point_that_was_read(
    command: Command, cases: str, report: Path, point: tuple[str, ...]
) -> None:
    report.write_text(REPORT.replace("More than 4,321", "In all 4,321"), encoding="utf-8")
    command("read", str(report), "--public", "--workspace", cases)
    id = next(one["id"] for one in listed(command, cases) if one["figure"] == "4,321 persons")
    parts = [" ".join(("low=7", "high=5000", *point)), "point=4314"]
    into = [word for part in parts for word in ("--into", part)]
    told = command("review", "--split", id, *into, "--why", "two ports", "--workspace", cases)
    if point:
        assert told.code == 0, told.err
    else:
        assert (told.code, "its point of 4,321 would stay beside the bound" in told.err) == (2, True)
        corrected = command("review", "--correct", id, "--set", "low=7", "--why", "a floor", "--workspace", cases)
        assert corrected.code == 2
        assert id in [one["id"] for one in listed(command, cases)]


def test_an_import_tells_of_what_is_sealed_here_and_lies_in_clear_there(
    command: Command, cases: str, account: Path, tmp_path: Path
) -> None:
    theirs, ledger = str(tmp_path / "theirs"), str(tmp_path / "theirs.ledger")
    assert command("init", theirs, "--as", "ben").code == 0
    (row,) = rows(command("read", str(account), "--public", "--workspace", theirs, "--format", "csv").out)
    command("export", "--to", "ledger", "--workspace", theirs, "-o", ledger)
    command("read", str(account), "--workspace", cases)
    merged = command("import", ledger, "--workspace", cases)
    assert (merged.code, f"{row['document']} is sealed here and lies in clear there" in merged.err) == (0, True)
    shown = command("show", row["document"], "--workspace", cases).out
    digest = sha256(account.read_bytes()).hexdigest()
    assert not any(word in shown for word in (digest, digest[:20], "Tok", "text/plain"))
    assert "sealed" in shown or "kept back" in shown
    assert command("verify", cases).code == 0
    ours = str(tmp_path / "ours.ledger")
    assert command("export", "--to", "ledger", "--workspace", cases, "-o", ours).code == 0
    back = command("import", ours, "--workspace", theirs)
    assert back.code == 0, back.err


def test_an_import_says_nothing_of_what_nobody_keeps_back(
    command: Command, cases: str, report: Path, tmp_path: Path
) -> None:
    theirs, ledger = str(tmp_path / "theirs"), str(tmp_path / "theirs.ledger")
    command("init", theirs, "--as", "ben")
    command("read", str(report), "--public", "--workspace", theirs)
    command("export", "--to", "ledger", "--workspace", theirs, "-o", ledger)
    command("read", str(report), "--public", "--workspace", cases)
    merged = command("import", ledger, "--workspace", cases)
    assert (merged.code, "in clear there" in merged.err) == (0, False)
