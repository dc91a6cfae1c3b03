"""Promise: what people write beside a reading tells of nobody private, unless whoever writes it insists."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.workspace.conftest import Command, everything, listed

NAMED = "Tok Bomri"  # invented, and formed like a name
PRIVATE = f"heard from Deacon Innokenty, who met {NAMED} there"
WHERE = {
    "a verdict": ("review", "--accept", "ID", "--why", PRIVATE),
    "a rejection": ("review", "--reject", "ID", "--why", PRIVATE),
    "in bulk": ("review", "--accept-above", "0.3", "--why", PRIVATE),
    "a value": ("review", "--correct", "ID", "--set", "asserted_by=Deacon Innokenty of Oru", "--why", "looked"),
    "a reason": ("review", "--correct", "ID", "--set", "low=4000", "--why", PRIVATE),
    "a part": (
        "review",
        "--split",
        "ID",
        "--into",
        "low=1 asserted_by='Deacon Innokenty'",
        "--into",
        "low=2",
        "--why",
        "x",
    ),
    "an erasure": ("erase", "ID", "--why", PRIVATE),
}


@pytest.fixture
def id(command: Command, cases: str, report: Path) -> str:
    """A claim of a public report that waits."""
    assert command("read", str(report), "--public", "--workspace", cases).code == 0
    return next(one["id"] for one in listed(command, cases) if one["measure"] == "workers_present")


@pytest.mark.parametrize("words", WHERE.values(), ids=WHERE)
def test_what_would_lie_in_clear_and_names_somebody_is_refused_unless_insisted_on(
    command: Command, cases: str, id: str, words: tuple[str, ...]
) -> None:
    given = [word.replace("ID", id) for word in words]
    told = command(*given, "--workspace", cases)
    assert told.code == 2, told.err
    assert "is kept in clear and travels" in told.err
    assert "--insist" in told.err
    assert b"Innokenty" not in everything(cases)
    assert id in [one["id"] for one in listed(command, cases)]
    assert command(*given, "--insist", "--workspace", cases).code == 0
    assert b"Innokenty" in everything(cases)


@pytest.mark.parametrize("words", [("--publisher", NAMED), ("--title", "The account of Ri Bom-su")])
def test_a_title_or_publisher_that_names_somebody_is_refused_where_it_would_lie_in_clear(
    command: Command, cases: str, report: Path, words: tuple[str, str]
) -> None:
    told = command("read", str(report), "--public", *words, "--workspace", cases)
    assert (told.code, f"error: {words[0]}: " in told.err and "--insist" in told.err) == (2, True)
    assert listed(command, cases) == []
    assert command("read", str(report), *words, "--workspace", cases).code == 0
    assert words[1].encode() not in everything(cases)


def test_what_is_sealed_takes_any_reason(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--workspace", cases)
    id = listed(command, cases)[0]["id"]
    for verdict in ("--reject", "--restrict"):
        assert command("review", verdict, id, "--why", PRIVATE, "--workspace", cases).code == 0
    assert b"Innokenty" not in everything(cases)


@pytest.mark.parametrize(
    "why", ["read the page", "a floor", "nobody looked; for a first look", "consent was withdrawn"]
)
def test_reasons_that_tell_of_nobody_are_taken(command: Command, cases: str, id: str, why: str) -> None:
    told = command("review", "--accept", id, "--why", why, "--workspace", cases)
    assert told.code == 0, told.err


def test_every_help_that_asks_for_a_reason_says_that_it_is_kept(command: Command) -> None:
    for name in ("review", "erase"):
        assert "say nothing of a person" in " ".join(command(name, "--help").out.replace("│", " ").split())
