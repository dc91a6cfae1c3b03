"""Promise: the pictures and tables of the system are those of the model that runs."""

from __future__ import annotations

import re

import pytest

from tallystick.brief.diagrams.elements import wording_of
from tallystick.evidence.programme import load_programme
from tests.docs.system_pages import IMAGES, METHOD, PAGE, made, system_text

MADE = made()


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_the_pictures_and_the_page_of_elements_are_current(path: object) -> None:
    assert path.read_text(encoding="utf-8") == MADE[path], "run `make docs`"  # type: ignore[attr-defined, index]


def test_the_page_shows_each_picture() -> None:
    page = METHOD.read_text(encoding="utf-8")
    assert [path.name for path in MADE if path.parent == IMAGES and f"(../images/{path.name})" not in page] == []


def test_each_element_of_the_model_has_plain_words() -> None:
    """What a general reader sees is no identifier; what is internal needs none."""
    programme = load_programme()
    wording = wording_of(programme.tables["pictures"], programme.tables["system"])
    text = system_text(programme)
    elements = [*text.stocks, *text.flows, *text.accounts, *text.postings, *text.carriages, *text.levels]
    shown = [each for each in elements if not getattr(each, "is_internal", False)]
    assert [each.id for each in shown if not {each.id, each.symbol} & set(wording.names)] == []


def test_the_table_has_every_element_once() -> None:
    programme, page = load_programme(), PAGE.read_text(encoding="utf-8")
    text = system_text(programme)
    wanted = [each.id for each in (*text.stocks, *text.flows, *text.accounts, *text.postings, *text.levels)]
    wanted += [loop.id for loop in text.loop_list]
    ids = re.findall(r"^\| (?:\S+ `(\w+)`|([BR]\d+)) \|", page, re.MULTILINE)
    found = [first or second for first, second in ids]
    assert [one for one in wanted if found.count(one) < wanted.count(one)] == []
    assert sorted(set(found) - set(wanted) - {each.id for each in text.carriages}) == []
