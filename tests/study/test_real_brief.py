"""T1 and the contract, on the brief that really ships: its page, its document, its fit and its first printed page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tallystick.brief.numbers import walk
from tallystick.study.study import Study

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "brief.schema.json"
PNM = b"P5"  # greyscale, binary: a header of three lines, then a byte for each dot


@pytest.fixture(scope="module")
def document(brief_folder: Path) -> dict[str, Any]:
    return json.loads((brief_folder / "brief.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_every_number_of_the_page_leads_to_claims_and_sources(brief_folder: Path) -> None:
    """T1."""
    walked = walk((brief_folder / "brief.html").read_text(encoding="utf-8"))
    assert walked.faults == ()
    assert walked.numbers > 10_000


def test_the_document_validates(document: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = jsonschema.Draft202012Validator(schema).iter_errors(document)
    assert [(list(error.path), error.message[:200]) for error in found] == []


def test_every_estimate_lists_claims_that_are_there_and_used(document: dict[str, Any]) -> None:
    used = {claim["id"] for claim in document["claims"] if claim["disposition"] == "used"}
    unsaid = [each for each in document["estimates"] if not each["claims"] or not set(each["claims"]) <= used]
    assert [(each["id"], each["host"], each["period"]) for each in unsaid] == []
    assert len(document["estimates"]) > 1000


def test_no_estimate_lies_ahead_of_the_evidence(document: dict[str, Any]) -> None:
    day = document["as_of"]
    assert [each for each in document["estimates"] if each["period"] > day[: len(each["period"])]] == []
    assert {each["projection"] for each in document["estimates"]} == {True, False}


def test_the_fit_meets_the_numbers_that_were_asked_of_it(study: Study) -> None:
    """R-hat at most 1.01, bulk and tail ESS at least 400 for every headline estimand, no divergences."""
    found = study.diagnostics
    assert found.r_hat_max <= 1.01
    assert found.ess_bulk_min >= 400
    assert found.ess_tail_min >= 400
    assert found.divergences == 0
    assert found.passed


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_another_program_draws_the_first_page_with_words_on_it(brief_folder: Path, tmp_path: Path) -> None:
    """Poppler is not what our other tests of the PDF read it with: what both can draw, a reader's program can."""
    command = ["pdftoppm", "-gray", "-r", "50", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*command, str(brief_folder / "brief.pdf"), str(tmp_path / "first")], check=True)
    kind, size, deepest, dots = (tmp_path / "first.pgm").read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    assert (kind, deepest, len(dots)) == (PNM, b"255", width * height)
    dark = sum(dot < 128 for dot in dots) / len(dots)  # the head of the page is white on dark
    assert 0.05 < dark < 0.95
