"""A row that protects people is named by no list of a brief, and what rests on it says that there is one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tallystick.brief.build import brief_json, build_document, data_tables
from tallystick.brief.facts import NOT_SHOWN, Facts
from tallystick.brief.write import write_pages
from tallystick.evidence.withheld import LEFT_OUT
from tests.brief.conftest import invented_facts
from tests.evidence.damage import Copy


@pytest.fixture(scope="module")
def row(facts: Facts) -> str:
    """A statement that a cell on forced labour and an indicator rest on."""
    told = {id for each in facts.assessment.indicators for id in each.statements}
    return next(id for cell in facts.assessment.forced_labour.cells for id in cell.statements if id in told)


@pytest.fixture(scope="module")
def left_out(row: str, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    copy = Copy(tmp_path_factory.mktemp("copy") / "programme")
    copy.withhold(row)
    return invented_facts(of=copy.folder)


def _lists(found: Any) -> list[dict[str, Any]]:
    """Every object of brief.json that names statements."""
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [each for one in inner for each in _lists(one)] + ([found] if "statements" in found else []) if inner else []


def test_data_say_that_a_row_is_not_shown_wherever_it_was_named(row: str, facts: Facts, left_out: Facts) -> None:
    whole, parts = (_lists(json.loads(brief_json(each))) for each in (facts, left_out))
    before, after = ([row in each["statements"] for each in whole], [each.get("rows_not_shown") for each in parts])
    assert before.count(True) >= 2
    assert after == [True if named else None for named in before]
    assert not [each for each in parts if row in each["statements"]]


def test_a_table_says_so_in_place_of_the_name(row: str, facts: Facts, left_out: Facts) -> None:
    whole, parts = (data_tables(each)["forced-labour"] for each in (facts, left_out))
    assert any(row in str(each["statements"]) for each in whole)
    for before, after in zip(whole, parts, strict=True):
        assert (NOT_SHOWN in str(after["statements"])) == (row in str(before["statements"]))
        assert row not in str(after["statements"])


def test_a_page_names_it_on_its_own_card_alone(row: str, left_out: Facts, tmp_path: Path) -> None:
    write_pages(build_document(left_out), tmp_path, pdf=False)
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    card = rf'id="entry-{row}">\s*<p class="card-id"><code>{row}</code></p>\s*<p class="card-what">(.*?)</article>'
    (says,) = re.findall(card, page, re.DOTALL)
    assert re.sub(r"<[^>]*>|\s", "", says) == LEFT_OUT.replace(" ", "")
    assert page.count(row) == 2  # name and anchor of that card
    assert NOT_SHOWN in page
