"""Promise: whoever loads an export elsewhere is told what is only proposed, who accepted the rest, what it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.workspace.conftest import Command, listed

NO_FINDING = "A claim as published, not a finding on any person, firm or site, and no listing."
NAMELESS = "Harbour Gazette, 2 April 2024\n\nAbout 4,321 North Korean workers were in Russia in March 2024.\n"


def _notes(command: Command, cases: str, *more: str) -> dict[str, dict[str, Any]]:
    """Notes of FollowTheMoney by the name of their claim."""
    told = command("export", "--to", "ftm", "--workspace", cases, *more)
    assert told.code == 0, told.err
    entities = [json.loads(line) for line in told.out.splitlines()]
    return {one["properties"]["name"][0]: one["properties"] for one in entities if one["schema"] == "Note"}


def test_a_note_says_who_accepted_it_or_that_nobody_did(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--public", "--publisher", "Harbour Gazette", "--workspace", cases)
    first, second = [row["id"] for row in listed(command, cases) if row["measure"] != "none"][:2]
    assert command("review", "--accept", first, "--why", "read the page", "--workspace", cases).code == 0
    notes = _notes(command, cases, "--include-proposed")
    (accepted,), (proposed,) = notes[f"Claim {first}"]["description"], notes[f"Claim {second}"]["description"]
    assert f"{NO_FINDING} Read by a program, accepted by ana on 20" in accepted
    assert f"{NO_FINDING} Read by a program, nobody has accepted it yet." in proposed
    assert "Nobody has vetted who says so." in accepted
    assert "proposed" not in notes[f"Claim {first}"]["keywords"]
    assert "proposed" in notes[f"Claim {second}"]["keywords"]
    assert "used" not in notes[f"Claim {second}"]["keywords"]
    assert f"Claim {second}" not in _notes(command, cases)


def test_who_only_published_is_not_said_to_have_said_it(command: Command, cases: str, tmp_path: Path) -> None:
    file = tmp_path / "nameless.txt"
    file.write_text(NAMELESS, encoding="utf-8")
    command("read", str(file), "--public", "--publisher", "Harbour Gazette", "--workspace", cases)
    (id,) = [row["id"] for row in listed(command, cases)]
    (told,) = _notes(command, cases, "--include-proposed")[f"Claim {id}"]["description"]
    assert "; published by Harbour Gazette" in told
    assert "said by" not in told


def test_no_note_passes_for_a_finding(command: Command, cases: str) -> None:
    for note in _notes(command, cases).values():
        (description,) = note["description"]
        assert NO_FINDING in description
        assert "Read by a program" not in description
