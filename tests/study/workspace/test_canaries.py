"""Promise (T3): of 1,000 planted canaries none is in any output, file or message, but in its owner's review.

What is run needs no fit. Whether a brief and its tables keep what is restricted is `tests/study/test_restricted.py`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.words import read_statement_words
from tallystick.evidence.programme import programme_folder
from tests.claims.statements.rewordings import NARROWING
from tests.study.workspace.planted import (
    PRINTED,
    Desk,
    Heard,
    canaries,
    copy_of,
    figures,
    narrowing_report,
    restricted_documents,
)

PLANTED = 1000  # words; with 124 figures
WHY = "Zqwhyeveris"  # what a person says of something restricted


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What was planted, what was heard, and what the owner's own review showed."""

    heard: Heard
    secrets: Sequence[str]
    digests: Sequence[str]
    review: str
    workspace: Path
    listed: str


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A workspace with restricted documents and a published one, of which everybody asks for everything."""
    folder, heard = tmp_path_factory.mktemp("canaries"), Heard()
    owner, stranger, colleague = (Desk(folder, heard, name) for name in ("owner", "stranger", "colleague"))
    workspace, secrets, digests = folder / "cases", [], []
    heard.folders += [workspace, out := folder / "out"]
    out.mkdir()
    owner("init", workspace, "--as", "ana")
    (folder / "printed.txt").write_text(PRINTED, encoding="utf-8")
    owner("read", folder / "printed.txt", "--public", "--workspace", workspace)
    words, numbers = canaries(PLANTED), figures(124)
    for number, (name, data, held) in enumerate(restricted_documents(words, numbers)):
        (folder / name).write_bytes(data)
        given = (("--title", words[-1], "--publisher", words[-2]), ())[number % 2]
        owner("read", folder / name, *given, "--workspace", workspace, heard=False)
        secrets += held
        digests.append(sha256(data).hexdigest())
    return _asked(folder, heard, (owner, stranger, colleague), Case(
        heard=heard, secrets=[*secrets, WHY], digests=digests, review="", workspace=workspace, listed="",
    ))  # fmt: skip


def _asked(folder: Path, heard: Heard, desks: tuple[Desk, Desk, Desk], case: Case) -> Case:
    owner, stranger, colleague = desks
    of, out = ("--workspace", case.workspace), folder / "out"
    owner("review", "--accept-above", "0", "--why", "all of it", *of)
    listed = owner("review", "--list", "--format", "csv", *of)
    ids = [row["id"] for row in csv.DictReader(StringIO(listed)) if "kept back" in row["quote"]]
    documents = sorted({row["document"] for row in csv.DictReader(StringIO(listed)) if row["id"] in ids})
    owner("review", "--reject", ids[0], "--why", WHY, *of, heard=False)
    owner("review", "--restrict", ids[1], "--why", WHY, *of, heard=False)
    asked = [*ids[:2], documents[0]]
    owner.asks_for_everything(case.workspace, asked, out, "json")
    found = copy_of(case.workspace, folder / "found")
    heard.folders.append(found)
    stranger.asks_for_everything(found, asked, out, "csv")
    stranger("review", *("--workspace", found))
    stranger("erase", *documents[:1], "--why", "no", "--workspace", found)
    colleague("init", folder / "theirs", "--as", "ben")
    heard.folders.append(folder / "theirs")
    colleague("import", out / "ledger", "--workspace", folder / "theirs")
    colleague.asks_for_everything(folder / "theirs", asked, out)
    with owner.seated():
        review = owner("review", *of, heard=False)
    return replace(case, review=review, listed=listed)


def test_no_canary_is_in_any_output_file_or_message(case: Case) -> None:
    assert len(set(case.secrets)) > PLANTED
    assert len(case.heard.said) > 60
    assert case.heard.holding(case.secrets) == []


def test_no_hash_of_a_restricted_document_lets_a_guess_at_it_be_checked(case: Case) -> None:
    assert case.heard.holding(case.digests) == []


def test_what_was_asked_of_what_is_restricted_was_answered_and_not_by_a_crash(case: Case) -> None:
    assert set(case.heard.codes.values()) <= {0, 1, 2}
    assert [words for words, text in case.heard.said.items() if "Traceback" in text] == []
    answered = [words for words, code in case.heard.codes.items() if code == 0]
    for command in ("claims", "chains", "export --to prov", "export --to ledger", "verify", "review --list", "import"):
        assert any(f": {command}" in words for words in answered), command


def test_restricted_documents_were_read_and_wait_for_their_owner(case: Case) -> None:
    kept = [row for row in csv.DictReader(StringIO(case.listed)) if "kept back" in row["quote"]]
    assert len(kept) > 100
    assert sum(secret in case.review for secret in case.secrets) > 0


def test_a_canary_in_clear_would_be_found_in_a_message_a_file_and_a_name(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    one, two, three, four, five = canaries(5)
    (tmp_path / "cases" / f"{one}.txt").write_bytes(two.encode("utf-16-le") + three.encode().hex().encode())
    heard = Heard(said={"claims": json.dumps({"by": four.upper(), "low": "8,100,003"})}, folders=[tmp_path / "cases"])
    secrets = [one, two, three, four, five, *map(str, figures(2))]
    assert [secret for secret, _ in heard.holding(secrets)] == ["8100003", *(each.lower() for each in secrets[:4])]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Heard]:
    """Of each language, what everybody was told of a published report in which every rewording stands."""
    folder, found = tmp_path_factory.mktemp("rewordings"), {}
    for language in NARROWING:
        found[language] = heard = Heard()
        owner, workspace, out = Desk(folder, heard, language), folder / f"cases-{language}", folder / f"out-{language}"
        out.mkdir()
        heard.folders.append(out)
        (folder / f"{language}.txt").write_text(narrowing_report(language), encoding="utf-8")
        owner("init", workspace, "--as", "ana")
        owner("read", folder / f"{language}.txt", "--public", "--workspace", workspace)
        owner("review", "--accept-above", "0", "--why", "all of it", "--workspace", workspace)
        owner.asks_for_everything(workspace, (), out)
    return found


@pytest.mark.parametrize("language", sorted(NARROWING))
def test_no_rewording_that_narrows_to_somebody_reaches_an_output(told: dict[str, Heard], language: str) -> None:
    words = read_statement_words(programme_folder("dprk"))
    known = [text for text in NARROWING[language] if narrows(text, language=language, words=words)]
    assert told[language].quoting(_pieces(known)) == []


def test_bulk_acceptance_takes_figures_and_clears_nothing_that_is_kept_back(told: dict[str, Heard]) -> None:
    for heard in told.values():
        (accepted,) = [text for words, text in heard.said.items() if "--accept-above" in words]
        assert int(accepted.split()[0]) > 20
        (listed,) = [text for words, text in heard.said.items() if "review --list" in words]
        assert sum("(kept back: " in line for line in listed.splitlines()) > 3


def _pieces(texts: Sequence[str]) -> list[str]:
    """Of each sentence, a piece that is long enough to stand for it."""
    return [text[len(text) // 4 : len(text) // 4 + 24].strip() for text in texts]
