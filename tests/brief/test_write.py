"""Promise: a brief's folder holds the page, the drawings and the data behind each, ready to be used elsewhere."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.brief.document import Chapter
from tallystick.brief.write import as_csv, write_pages
from tallystick.vocab.errors import BriefError
from tests.brief.demo import bar_chart, demo, stock_chart


def test_each_chart_has_a_drawing_and_its_data(tmp_path: Path) -> None:
    write_pages(demo(), tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == [
        "brief.html",
        "brief.pdf",
        "charts/changes.svg",
        "charts/model-picture-narrow.svg",
        "charts/model-picture.svg",
        "charts/pay.svg",
        "charts/stock.svg",
        "data/changes.csv",
        "data/claims-by-year.csv",
        "data/pay.csv",
        "data/stock-2.csv",
        "data/stock.csv",
        "data/years.csv",
    ]
    rows = list(csv.DictReader((tmp_path / "data" / "pay.csv").read_text("utf-8").splitlines()))
    assert rows[2] == {"who": "임금 (pocket)", "usd": "90"}
    assert (tmp_path / "data" / "claims-by-year.csv").read_text("utf-8").splitlines()[1].startswith('Present,"4,000",')


def test_without_pdf_there_is_none(tmp_path: Path) -> None:
    write_pages(demo(), tmp_path, pdf=False, also=(tmp_path / "also").touch)
    assert (tmp_path / "also").exists()
    assert not (tmp_path / "brief.pdf").exists()


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_pages(demo(), tmp_path / name)
    files = [path for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert len(files) == 13
    for path in files:
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_a_spreadsheet_runs_nothing(start: str) -> None:
    assert as_csv([{"a": f"{start}HYPERLINK(1)", "b": -1.5}]).splitlines()[1].startswith(("'", " "))
    assert as_csv([{"a": -1.5}]) == "a\n-1.5\n"


def test_rows_with_different_columns_share_a_table() -> None:
    assert as_csv([{"a": 1}, {"b": None, "a": "x\u202ey"}]) == "a,b\n1,\nxy,\n"


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", "", "a b"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    chapter = Chapter(id="chains", title="C", blocks=(replace(stock_chart(), id=name),))
    with pytest.raises(BriefError, match="is no name for a file"):
        write_pages(demo(chapters=(demo().chapters[0], chapter)), tmp_path, pdf=False)


def test_two_files_of_one_name_are_an_error(tmp_path: Path) -> None:
    chapter = Chapter(id="chains", title="C", blocks=(stock_chart(), replace(bar_chart(), id="stock-2")))
    with pytest.raises(FileExistsError):
        write_pages(demo(chapters=(demo().chapters[0], chapter)), tmp_path, pdf=False)
