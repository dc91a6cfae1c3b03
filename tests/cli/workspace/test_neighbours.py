"""Promise: what is kept back of a document is told by nothing that was read from the sentences beside it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from tests.cli.workspace.conftest import Command, listed

WAGES = (
    "The North Korean workers in the grey house behind the dairy of Oru earn 250 dollars a month. "
    "They pay 90 dollars a month for their beds in the house, and eat for 30 dollars a month."
)
TEXT = f"Harbour Gazette, 2 April 2024\n\n{WAGES} About 3,210 North Korean workers live in Russia.\n"
SHARED = f"{WAGES} The guards keep the passports of 250 North Korean workers in Russia.\n"
SHARED_BY = ("", ""), ("The guards keep the passports of ", " in Russia")
GREY = "grey house behind the dairy"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def read(command: Command, cases: str, page: Path) -> dict[str, str]:
    told = command("read", str(page), "--public", "--workspace", cases)
    assert told.code == 0, told.err
    return {row["quote"]: row["id"] for row in listed(command, cases)}


def quotes_csv(cases: str) -> str:
    files = Path(cases).glob("evidence/state/*/hand/quotes.csv")
    return "".join(file.read_text(encoding="utf-8") for file in files)


def test_what_a_person_keeps_back_stands_in_no_passage_beside_it(
    command: Command, cases: str, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = read(command, cases, page)
    ids = {quote: id for quote, id in ids.items() if "3,210" not in quote}
    back = next(id for quote, id in ids.items() if "250" in quote)
    for id in set(ids.values()) - {back}:
        assert command("review", "--accept", id, "--why", "read it", "--workspace", cases).code == 0
    told = command("review", "--restrict", back, "--why", "one house", "--workspace", cases)
    assert "by its own quote alone" in told.err
    for id in set(ids.values()) - {back}:
        shown = command("show", id, "--workspace", cases).out
        assert "[…]" in shown
        assert "250 dollars" not in shown
        assert GREY not in shown
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-key"))
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    walked = command("review", "--workspace", cases).out
    assert ">>>About 3,210 North Korean workers<<<" in walked
    assert GREY not in walked
    assert command("claims", "--workspace", cases).code == 0
    assert "dollars a month" in quotes_csv(cases)
    assert GREY not in quotes_csv(cases)


def test_who_takes_it_back_sees_the_passages_again(command: Command, cases: str, page: Path) -> None:
    ids = read(command, cases, page)
    back = next(id for quote, id in ids.items() if "250" in quote)
    other = next(id for quote, id in ids.items() if "90" in quote)
    assert GREY in command("show", back, "--workspace", cases).out
    before = command("show", other, "--workspace", cases).out
    command("review", "--restrict", back, "--why", "one house", "--workspace", cases)
    assert command("show", other, "--workspace", cases).out != before
    command("review", "--undo", back, "--why", "it is a street", "--workspace", cases)
    assert command("show", other, "--workspace", cases).out == before


def test_what_shares_words_with_what_a_person_keeps_back_is_kept_back_with_it(
    command: Command, cases: str, page: Path
) -> None:
    file = page.with_name("shared.txt")
    file.write_text(SHARED, encoding="utf-8")
    ids = read(command, cases, file)
    claim, statement = (ids[f"{start}250 North Korean workers{end}"] for start, end in SHARED_BY)
    told = command("review", "--restrict", claim, "--why", "it points to a few", "--workspace", cases)
    assert f"{statement}: shares words with it, and is kept back too" in told.err
    for id in (claim, statement):
        assert command("show", id, "--workspace", cases).out.split()[2] == "sealed"


def test_what_narrows_beside_a_claim_and_what_is_kept_back_is_counted_and_shown_too(
    command: Command, cases: str, page: Path
) -> None:
    helper = "The baker of the second yard hides three of them in his cellar."
    page.write_text(TEXT.replace(" They pay", f" {helper} They pay"), encoding="utf-8")
    told = command("read", str(page), "--public", "--workspace", cases)
    (warning,) = [line for line in told.err.splitlines() if "--narrowing" in line]
    document = listed(command, cases)[0]["document"]
    shown = command("review", "--narrowing", document, "--workspace", cases)
    assert helper in shown.out
    assert any("kept back" in row["quote"] for row in listed(command, cases))
    assert f"{document} holds" in warning
