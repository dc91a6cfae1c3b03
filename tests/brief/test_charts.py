"""Promise: a chart is drawn the same way each time, with our fonts, and can do nothing but be looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tallystick.brief.charts import FAMILY, has_narrow, rows_of, svg_of, width_of
from tallystick.brief.document import Chart
from tallystick.vocab.errors import BriefError
from tests.brief.demo import bar_chart, stock_chart

ROOT = Path(__file__).parents[2]
HASH = """
import hashlib
from tallystick.brief.charts import svg_of
from tests.brief.demo import bar_chart, stock_chart
print(*(hashlib.sha256(svg_of(c, narrow=n).encode()).hexdigest() for c in (stock_chart(), bar_chart()) for n in (0, 1)))
"""


def _chart(spec: dict[str, Any]) -> Chart:
    return Chart(id="c", title="t", subtitle="s", alt="a", spec=spec, claims=("x",))


def _hashes(zone: str) -> str:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    environment = os.environ | {"TZ": zone, "PYTHONPATH": paths}
    run = subprocess.run([sys.executable, "-c", HASH], env=environment, capture_output=True, text=True, check=True)
    return run.stdout


def test_two_processes_in_two_time_zones_draw_the_same_bytes() -> None:
    assert _hashes("UTC") == _hashes("Pacific/Auckland")


def test_drawing_a_chart_again_does_not_renumber_its_parts() -> None:
    assert svg_of(stock_chart()) == svg_of(stock_chart())


def test_two_charts_on_a_page_share_no_id() -> None:
    drawings = [svg_of(stock_chart()), svg_of(stock_chart(), narrow=True), svg_of(bar_chart())]
    ids = [part.attrib["id"] for svg in drawings for part in ElementTree.fromstring(svg).iter() if "id" in part.attrib]
    assert ids
    assert len(ids) == len(set(ids))


def test_every_word_is_set_in_the_vendored_fonts() -> None:
    words = [part for part in ElementTree.fromstring(svg_of(bar_chart())).iter() if part.tag.endswith("}text")]
    assert {part.attrib["font-family"] for part in words} == {FAMILY}
    assert {"임금 (pocket)", "Оклад"} <= {"".join(part.itertext()) for part in words}


def test_the_narrow_drawing_is_narrower() -> None:
    assert has_narrow(stock_chart())
    assert width_of(svg_of(stock_chart(), narrow=True)) < 400 < width_of(svg_of(stock_chart()))


def test_a_drawing_carries_its_alternative_text() -> None:
    root = ElementTree.fromstring(svg_of(replace(bar_chart(), alt='Four bars, "state" < all')))
    assert root.attrib["role"] == "img"
    assert root[0].text == 'Four bars, "state" < all'


ROWS = {"values": [{"a": "<script>alert(1)</script>", "b": 1, "u": "https://example.org/x.png"}]}
BARS = {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}}


def test_markup_in_the_data_is_only_words() -> None:
    root = ElementTree.fromstring(svg_of(_chart({"data": ROWS, "mark": "bar", "encoding": BARS})))
    assert "<script>alert(1)</script>" in {part.text for part in root.iter()}


@pytest.mark.parametrize(
    ("spec", "fault"),
    [
        ({"data": {"url": "https://example.org/d.json"}, "mark": "bar"}, "its spec has url"),
        ({"data": ROWS, "mark": "bar", "encoding": BARS | {"href": {"field": "u"}}}, "its spec has href"),
        ({"data": ROWS, "mark": "image", "encoding": BARS | {"url": {"field": "u"}}}, "its spec has url"),
        ({"data": ROWS, "mark": {"type": "image"}, "encoding": BARS}, "its drawing holds <image>"),
        ({"data": ROWS, "mark": "nonsense"}, "it cannot be drawn"),
    ],
)
def test_what_leads_outside_or_cannot_be_drawn_is_refused(spec: dict[str, Any], fault: str) -> None:
    with pytest.raises(BriefError, match=fault):
        svg_of(_chart(spec))


def test_the_data_of_a_chart_is_handed_on_once_per_table() -> None:
    tables = rows_of(stock_chart())
    assert list(tables) == ["stock", "stock-2"]
    assert tables["stock-2"][0] == {"month": "2018-01-01", "persons": 30023, "who": "permits"}
    layers = [{"data": ROWS, "mark": "bar"}, {"data": ROWS, "mark": "point"}]
    assert list(rows_of(_chart({"layer": layers}))) == ["c"]
