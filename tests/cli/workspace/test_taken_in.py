"""What is no document is not taken in for one, and what was to be read and was not is named."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tallystick.study.workspace.read import sources
from tests.cli.workspace.conftest import Command, everything, listed


def test_the_key_that_opens_what_is_sealed_is_never_read_as_a_document(
    command: Command, cases: str, report: Path, tmp_path: Path
) -> None:
    """Though it lies in a folder that is read, beside a report."""
    (identity,) = (tmp_path / "config").rglob("identity.txt")
    folder = tmp_path / "saved"
    folder.mkdir()
    report.rename(folder / "report.txt")
    (folder / "keys.txt").write_bytes(identity.read_bytes())
    told = command("read", str(folder), "--public", "--workspace", cases, "--format", "json")
    assert told.code == 1
    assert [(row["outcome"], row["verdict"]) for row in json.loads(told.out)] == [("refused", "key"), ("read", "")]
    assert "leave it out" in told.err
    secret = next(line for line in identity.read_bytes().splitlines() if line.startswith(b"AGE-SECRET-KEY-"))
    assert secret not in everything(cases)
    assert b"keys.txt" not in everything(cases)


def test_links_and_folders_that_cannot_be_read_are_named_and_not_passed_over(
    command: Command, cases: str, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, closed = tmp_path / "saved", tmp_path / "saved" / "closed"
    closed.mkdir(parents=True)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (folder / "more").symlink_to(tmp_path)
    (folder / "own").symlink_to(Path(cases))
    (folder / "report.txt").symlink_to(report)
    scan = os.scandir

    def scanned(place: str | int) -> object:
        if place == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scan(place)

    monkeypatch.setattr("os.scandir", scanned)
    assert [Path(each.place).name for each in sources([folder])] == ["closed", "gone.txt", "more", "report.txt"]
    told = command("read", str(folder), "--public", "--workspace", cases, "--format", "json")
    assert told.code == 1
    assert [row["outcome"] for row in json.loads(told.out)] == ["refused", "refused", "refused", "read"]
    for name in ("closed", "gone.txt", "more"):
        assert str(folder / name) in told.err


def test_a_day_that_is_yet_to_come_is_no_day_of_publication(command: Command, cases: str, report: Path) -> None:
    later = datetime.now(UTC).date() + timedelta(days=3)  # of the clock that the command goes by
    told = command("read", str(report), "--public", "--published", str(later), "--workspace", cases)
    assert (told.code, f"--published: {later} is yet to come" in told.err) == (2, True)
    assert listed(command, cases) == []


def test_of_several_decisions_those_that_were_recorded_are_named_though_a_later_one_is_refused(
    command: Command, cases: str, report: Path
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    first, second, *_ = [row["id"] for row in listed(command, cases)]
    command("review", "--restrict", second, "--why", "it points to a few", "--workspace", cases)
    command("review", "--undo", second, "--why", "a slip", "--by", "ana", "--workspace", cases)
    told = command("review", "--accept", first, "--undo", second, "--why", "read", "--workspace", cases)
    assert told.code == 2
    assert told.out == f"{first}\n"
    assert f"{second}: ana has said nothing of it" in told.err
    assert first not in [row["id"] for row in listed(command, cases)]


def test_a_field_that_is_set_twice_is_refused(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    id = listed(command, cases)[0]["id"]
    given = ("--set", "low=4000", "--set", "low=3000")
    told = command("review", "--correct", id, *given, "--why", "a floor", "--workspace", cases)
    assert (told.code, "low: is set twice" in told.err) == (2, True)


def test_an_identity_that_lies_elsewhere_is_named_for_an_import_and_for_a_check(
    command: Command, report: Path, tmp_path: Path
) -> None:
    mine, theirs, keys, out = (str(tmp_path / name) for name in ("mine", "theirs", "keys.txt", "theirs.ledger"))
    command("init", mine, "--as", "ana", "--identity", keys)
    command("init", theirs, "--as", "ben", "--identity", keys)
    command("read", str(report), "--workspace", mine, "--identity", keys)
    command("export", "--to", "ledger", "--workspace", theirs, "-o", out)
    refused = command("import", out, "--workspace", mine)
    assert (refused.code, "--identity" in refused.err) == (2, True)
    assert command("import", out, "--workspace", mine, "--identity", keys).code == 0
    assert command("verify", mine, "--identity", keys).code == 0
    other = command("verify", str(tmp_path), "--identity", keys)
    assert (other.code, "--identity: " in other.err) == (2, True)


def test_a_text_that_dates_itself_to_a_day_that_is_yet_to_come_is_told_of(
    command: Command, cases: str, report: Path
) -> None:
    text = report.read_text(encoding="utf-8")
    assert "yet to come" not in command("read", str(report), "--public", "--workspace", cases).err
    report.write_text(text.replace("2 April 2024", "2 April 2099"), encoding="utf-8")
    told = command("read", str(report), "--public", "--workspace", cases)
    assert "its date, 2099-04-02 (text: 2 April 2099), is yet to come" in told.err
