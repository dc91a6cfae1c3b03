"""Promise: the page of the described systems has every row, as its test has it, and none that does not pass."""

from __future__ import annotations

import re

import pytest

from tallystick.evidence.programme import load_programme
from tests.docs.system_pages import system_text
from tests.docs.system_rows import PAGE, Results, page, rows
from tests.systems.described import row, slug

ROWS = rows()


def test_the_page_of_rows_is_current_and_says_of_none_that_it_failed() -> None:
    """That they pass is for the rows' own tests to show, in `tests/systems`; `make docs` writes down how they went."""
    wanted = page(ROWS, {each.test: "passed" for each in ROWS})
    assert PAGE.read_text(encoding="utf-8") == wanted, "run `make docs`"


def test_every_system_of_the_programme_has_one_test_that_bears_its_name() -> None:
    systems = [(each["id"], each["name"]) for each in load_programme().tables["systems"]["system"]]
    assert [(each.system, each.name) for each in ROWS] == systems
    assert len({each.test for each in ROWS}) == len(systems) == 23
    assert all(each.test == f"test_{slug(each.name)}" for each in ROWS)


def test_what_a_row_uses_is_there() -> None:
    programme = load_programme()
    text, tables = system_text(programme), programme.tables
    parts = (*text.stocks, *text.flows, *text.accounts, *text.postings, *text.carriages, *text.levels, *text.loop_list)
    known = {each.id for each in parts} | {getattr(each, "symbol", "") for each in parts}
    known |= {each["id"] for each in tables["scenarios"]["lever"]} | {each.id for each in programme.framework}
    known |= {each.id for each in programme.events} | {each["id"] for each in tables["system"]["element"]}
    split = {"K4": "K3", "K5": "K3", "F18": "knowledge", "F19": "vacancies"}  # parts of a stock, and flows into levels
    assert set(split.values()) <= known | {"K3"}
    unknown = {use for each in ROWS for use in each.uses if use not in known and use not in split}
    assert unknown == set()
    stocks = {use for each in ROWS for use in each.uses if re.fullmatch(r"[KMV]\d", use)}
    flows = {use for each in ROWS for use in each.uses if re.fullmatch(r"F\d+", use)}
    assert stocks == {*(f"K{n}" for n in range(1, 10)), "M1", "M2", "M3", *(f"V{n}" for n in range(1, 5))}
    assert flows == {f"F{n}" for n in range(1, 20)}


def test_a_row_is_told_by_its_test_alone() -> None:
    with pytest.raises(AssertionError, match="is not named after 'Another name'"):

        @row("Another name", system="x", uses="K1")
        def test_something() -> None:
            """Do something."""

    with pytest.raises(AssertionError, match="does not say what it must do"):

        @row("Silent", system="x", uses="K1")
        def test_silent() -> None:
            pass


def test_a_row_whose_test_fails_is_written_down_as_failed(pytester: pytest.Pytester) -> None:
    listening = Results()
    file = pytester.makepyfile(
        test_rows="""
        import pytest
        def test_good(): pass
        def test_bad(): assert False
        @pytest.fixture
        def broken(): raise ValueError
        def test_never_starts(broken): pass
        def test_left_out(): pytest.importorskip("no_such_module")
        """
    )
    pytester.inline_run(file, plugins=[listening])
    assert listening.outcome == {
        "test_good": "passed", "test_bad": "failed", "test_never_starts": "failed", "test_left_out": "skipped",
    }  # fmt: skip
