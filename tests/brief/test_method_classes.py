"""Promise: of a class of asserters the account says what the evidence taught, and what it did not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tallystick.brief.chapters.method import method_chapter
from tallystick.calibrate.learning import Learning
from tests.brief.conftest import invented_facts

COLUMN = "Prior to posterior"


def _classes(facts: Any) -> tuple[list[str], dict[str, list[str]]]:
    """Titles, and the words of each row's cells by the name of the class."""
    section = next(one for one in method_chapter(facts).sections if one.id == "method-classes")
    table = next(block for block in section.blocks if getattr(block, "id", "") == "asserter-classes")
    rows = [["".join(getattr(span, "text", "") for span in cell) for cell in row] for row in table.rows]
    return [column.title for column in table.columns], {row[0]: row for row in rows}


def test_a_class_says_what_was_learnt_of_it_and_the_others_that_nothing_was() -> None:
    facts = invented_facts()
    first, second = tuple(facts.programme.asserter_classes.values())[:2]
    learnt = (
        Learning(asserter_class=first.id, quantity="scale", prior=(-1.0, 0.25), posterior=(-1.5, 0.1)),
        Learning(asserter_class=first.id, quantity="money", prior=(0.0, 0.2), posterior=(-0.3, 0.1)),
        Learning(asserter_class=first.id, quantity="people", prior=(0.0, 0.2), posterior=(0.4, 0.19)),
        Learning(asserter_class=second.id, quantity="scale", prior=(-1.0, 0.25), posterior=(-1.5, 0.24)),
    )
    titles, rows = _classes(replace(facts, learnt=learnt))
    place = titles.index(COLUMN)
    assert rows[first.name][place] == "error 0.37 to 0.22; bias on money 0 to -0.30"
    assert rows[second.name][place] == "not learnt"


def test_where_nobody_asked_no_column_says_that_nothing_was_learnt() -> None:
    titles, _ = _classes(invented_facts())
    assert COLUMN not in titles
