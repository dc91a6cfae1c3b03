"""Promise: what a source wrote never runs in a spreadsheet, steers a terminal or hides its order."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.vocab.cells import FORMULA_SIGNS, cell_text, csv_cell, csv_text, printable


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("x")',
        "+1",
        "-cmd|'/c calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "\ufeff=1",
        '"=1',
        "'=1",
        " =1",
        "\x00=1",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert not csv_cell(text).startswith(FORMULA_SIGNS)


def test_numbers_stay_numbers() -> None:
    assert [csv_cell(value) for value in (-3, 0.5, None, True)] == ["-3", "0.5", "", "True"]


def test_control_and_bidirectional_characters_are_taken_out() -> None:
    assert printable("a\x1b[31mb\u202ec\u200bd\ne") == "a[31mbcd e"


def test_scripts_are_left_alone() -> None:
    assert printable("노동자 рабочие 30 %") == "노동자 рабочие 30 %"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_every_row_reads_back_with_its_columns_and_no_formula(cells: list[str]) -> None:
    header = [f"c{place}" for place in range(len(cells))]
    read = list(csv.reader(io.StringIO(csv_text(header, [cells]))))
    assert len(read) == 2 or cells == [""]
    for row in read[1:]:
        assert len(row) == len(cells)
        assert not any(cell.startswith(FORMULA_SIGNS) for cell in row)


@settings(max_examples=2_000)
@given(st.text(st.sampled_from("=+-@＝＋－＠'\"\t\r\n\x00\ufeff ,;1aж") | st.characters(codec="utf-8"), max_size=8))
def test_no_text_runs_and_none_is_lost(text: str) -> None:
    (row,) = list(csv.reader(io.StringIO(csv_text(["a", "b"], [[text, "end"]]))))[1:]
    assert not row[0].lstrip("\"' ").startswith(FORMULA_SIGNS) or row[0].startswith("'")
    assert cell_text(row[0]) == printable(text)
