"""Promise: the search for words that no brief may say finds them in every format that a brief has."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

from tallystick.brief.document import Chapter, Paragraph, Text, spans
from tallystick.brief.write import as_csv, write_pages
from tests.brief.canary import found_in
from tests.brief.demo import demo

WORDS = ("Canary & Søn", "까나리아", "not there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chapter = Chapter(id="answers", title="A", blocks=(Paragraph((Text("Here CANARY & SØN, 까나리아."),)),))
    write_pages(demo(chapters=(chapter,), footer=spans("f")), tmp_path)
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "x.csv").write_text(as_csv([{"a": "Canary & Søn"}]), encoding="utf-8")
    (tmp_path / "x.json").write_text('{"a": "Canary \\u0026 S\\u00f8n"}', encoding="utf-8")
    labels = xr.Dataset({"v": ("k", [1.0])}, coords={"k": ["까나리아"]}, attrs={"who": "Canary & Søn"})
    labels.to_netcdf(tmp_path / "x.nc", engine="h5netcdf")
    return tmp_path


def test_every_format_is_read(folder: Path) -> None:
    found = set(found_in(folder, WORDS))
    assert {file for file, word in found if word == WORDS[0]} == {
        "brief.html",
        "brief.pdf",
        "data/x.csv",
        "x.json",
        "x.nc",
    }
    assert {file for file, word in found if word == WORDS[1]} == {"brief.html", "brief.pdf", "x.nc"}
    assert not [file for file, word in found if word == WORDS[2]]
