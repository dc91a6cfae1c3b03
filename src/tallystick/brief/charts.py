"""Charts: a Vega-Lite spec becomes SVG with the vendored fonts and one theme, the same bytes every time.

What comes out is checked element by element: no script, no link, no style, no address, so that it can stand
inside a page. A spec may not fetch anything: data are inside it. Times are read and shown in UTC, because a
local time zone would move the first of a month into the month before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import as_file, files
from textwrap import wrap
from types import MappingProxyType
from typing import Any, Final
from xml.etree import ElementTree

from tallystick.brief.display import drawable
from tallystick.brief.document import Chart, Picture
from tallystick.brief.words.grammar import capital
from tallystick.vocab.errors import BriefError

VEGA_LITE: Final = "6.4"  # the grammar that specs are written in; vl-convert carries several
LINE: Final = 100  # characters of a line above a chart
NARROW: Final = 300  # px of plot on a phone, where the wide chart would shrink to unreadable words
SVG: Final = "http://www.w3.org/2000/svg"
FAMILY: Final = "Noto Sans, Noto Sans KR, sans-serif"

INK: Final = "#1b2733"
QUIET: Final = "#52606d"
GRID: Final = "#e4e8ec"
# Okabe and Ito (2008), darkened where a thin line on white would fall below 3:1; told apart by the colour-blind.
CATEGORIES: Final = ("#0a5c8f", "#c4540a", "#00795a", "#a2467f", "#8a6d00", "#3a8fc7", "#52606d")
RAMP: Final = ("#eaf2f8", "#c3dbea", "#8fbcd8", "#5596bf", "#236fa1", "#084a76")

THEME: Final[dict[str, Any]] = {
    "aria": False,  # one alternative text per chart, written by us, instead of one per mark
    "background": None,
    "font": FAMILY,
    "padding": 2,
    "view": {"stroke": None, "continuousWidth": 620, "continuousHeight": 300, "discreteWidth": 620},
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": True,
        "gridColor": GRID,
        "labelColor": QUIET,
        "labelFontSize": 12,
        "labelPadding": 6,
        "titleColor": QUIET,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titlePadding": 10,
    },
    "axisX": {
        "grid": False,
        "domain": True,
        "domainColor": "#8a97a3",
        "labelFlush": False,
        "labelOverlap": True,
        "labelSeparation": 10,
        "tickCount": {"expr": "max(3, floor(width / 85))"},
    },
    "axisXDiscrete": {"labelOverlap": False},
    "axisBand": {"grid": False},
    "axisY": {"tickCount": {"expr": "max(3, floor(height / 48))"}},
    "header": {"labelColor": INK, "labelFontSize": 12, "labelFontWeight": 600, "title": None},
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 12,
        "symbolSize": 90,
        "symbolStrokeWidth": 2.5,
        "labelLimit": 320,
        "columnPadding": 18,
        "offset": 10,
    },
    "range": {"category": list(CATEGORIES), "ordinal": list(RAMP), "ramp": list(RAMP)},
    "line": {"strokeWidth": 2.25, "strokeCap": "round", "color": CATEGORIES[0]},
    "area": {"color": CATEGORIES[0]},
    "bar": {"color": CATEGORIES[0]},
    "rule": {"color": QUIET},
    "point": {"filled": True, "size": 46, "color": CATEGORIES[0]},
    "text": {"color": INK, "fontSize": 12},
    "title": {"color": INK, "fontSize": 13, "fontWeight": 600, "anchor": "start", "frame": "bounds"}
    | {"subtitleColor": QUIET, "subtitleFontSize": 12, "subtitlePadding": 6},
}

_SHAPES = {"path", "rect", "line", "circle", "ellipse", "polygon", "polyline"}
_WORDS = {"title", "desc"}  # of a picture of ours; a chart gets its own
_ELEMENTS = _SHAPES | {"svg", "g", "text", "tspan", "defs", "clipPath", "linearGradient", "stop"}
_FORBIDDEN_KEYS = frozenset({"url", "href", "loader"})
_ID = re.compile(r"url\(#([^)]*)\)")

MOST_DRAWN: Final = 200  # drawings kept: a page, its PDF and its folder of charts show the same ones
_DRAWN: dict[tuple[int, bool], tuple[Chart, str]] = {}  # by identity: a spec is a dictionary and has no hash


def svg_of(chart: Chart, *, narrow: bool = False) -> str:
    """The chart as SVG; `narrow` is the version for a phone. The same chart gives the same bytes."""
    key = (id(chart), narrow)
    if key not in _DRAWN or _DRAWN[key][0] is not chart:
        _DRAWN[key] = (chart, _drawn(chart, narrow))
        while len(_DRAWN) > MOST_DRAWN:
            del _DRAWN[next(iter(_DRAWN))]
    return _DRAWN[key][1]


def file_of(chart: Chart) -> str:
    """The chart as a file with no page around it: title and subtitle are drawn above it."""
    title, subtitle = (wrap(drawable(text), LINE) for text in (capital(chart.title), chart.subtitle))
    return _drawn(chart, narrow=False, above={"title": {"text": title, "subtitle": subtitle, "offset": 14}})


def _drawn(chart: Chart, narrow: bool, above: Mapping[str, Any] = MappingProxyType({})) -> str:
    import vl_convert

    _fonts()
    spec = {**_prepared(chart, narrow), **above}
    try:
        theme = THEME | {"legend": THEME["legend"] | {"columns": 1}} if narrow else THEME
        raw = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, config=theme, allowed_base_urls=[])
    except ValueError as error:
        raise BriefError(f"chart {chart.id}: it cannot be drawn: {error}") from error
    return _clean(raw, chart.id + ("-narrow" if narrow else ""), chart.alt)


def drawing_of(picture: Picture, *, narrow: bool = False) -> str:
    """A picture's SVG as it was drawn: it has no ids that could meet others, and is checked like a chart."""
    raw = picture.narrow if narrow else picture.wide
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        raise BriefError(f"picture {picture.id}: its drawing is no SVG: {error}") from None
    for element in root.iter():
        if element.tag not in {f"{{{SVG}}}{word}" for word in _WORDS}:
            _check(element, picture.id)
        if "id" in element.attrib:
            raise BriefError(f"picture {picture.id}: its drawing holds an id, which could meet another's")
    return raw


def has_narrow(chart: Chart) -> bool:
    """Whether the chart can be drawn for a phone: something in it is wider than one."""
    return _narrowed(chart.spec) != chart.spec and "hconcat" not in chart.spec


def _narrowed(node: Any) -> Any:
    """A spec with its plots a phone wide, its panels below each other, and its legends in one column."""
    if isinstance(node, list | tuple):
        return [_narrowed(child) for child in node]
    if not isinstance(node, Mapping):
        return node
    made = {key: child if key in {"data", "datasets"} else _narrowed(child) for key, child in node.items()}
    if isinstance(made.get("width"), int | float):
        made["width"] = min(made["width"], NARROW)
    if "facet" in made and "columns" in made:
        made["columns"] = 1
    if isinstance(made.get("legend"), Mapping):
        made["legend"] = {**made["legend"], "columns": 1}
    return made


def width_of(svg: str) -> float:
    """Width of a drawing in px, as its first line says."""
    return _size("width", svg)


def height_of(svg: str) -> float:
    """Height of a drawing in px, as its first line says."""
    return _size("height", svg)


def _size(name: str, svg: str) -> float:
    found = re.search(rf' {name}="([0-9.]+)"', svg)
    if found is None:
        raise BriefError(f"a drawing says no {name}")
    return float(found[1])


def rows_of(chart: Chart) -> dict[str, list[dict[str, Any]]]:
    """The data that the chart draws, by the name of its file in `data/`; layers that share rows give one table."""
    tables: list[tuple[str, list[dict[str, Any]]]] = []
    for name, rows in _tables(chart.spec):
        if all(rows != earlier for _, earlier in tables):
            tables.append((name, rows))
    names = [chart.id if number == 0 else f"{chart.id}-{name or number + 1}" for number, (name, _) in enumerate(tables)]
    return {name: rows for name, (_, rows) in zip(names, tables, strict=True)}


def _tables(node: Any, name: str = "") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every list of rows in a spec: `datasets` by name, then `data.values` in the order of layers."""
    if isinstance(node, Mapping):
        for key, rows in node.get("datasets", {}).items():
            yield str(key), _rows(rows)
        data = node.get("data")
        if isinstance(data, Mapping) and data.get("values"):
            yield str(data.get("name", name)), _rows(data["values"])
        for key, child in node.items():
            if key not in {"data", "datasets"}:
                yield from _tables(child)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _tables(child)


def _rows(values: Any) -> list[dict[str, Any]]:
    return [dict(row) if isinstance(row, Mapping) else {"value": row} for row in values]


@cache
def _fonts() -> None:
    """Make the vendored fonts known, once per process."""
    import vl_convert

    with as_file(files("tallystick.brief").joinpath("fonts")) as folder:
        vl_convert.register_font_directory(str(folder))


def _prepared(chart: Chart, narrow: bool) -> dict[str, Any]:
    spec: dict[str, Any] = _walk(_narrowed(chart.spec) if narrow else chart.spec, chart.id)
    spec.pop("title", None)  # the page says it, where it can be read aloud, searched and wrapped
    return spec


def _walk(node: Any, chart: str) -> Any:
    """A copy with drawable words, times in UTC and nothing that leads outside."""
    if isinstance(node, Mapping):
        bad = _FORBIDDEN_KEYS & set(node)
        if bad:
            raise BriefError(f"chart {chart}: its spec has {', '.join(sorted(bad))}, which leads outside the brief")
        copied = {str(key): _words(value) if key == "values" else _walk(value, chart) for key, value in node.items()}
        if copied.get("type") == "temporal" and copied.get("scale", {}) is not None:
            copied["scale"] = {"type": "utc", **copied.get("scale", {})}
        return copied
    if isinstance(node, list | tuple):
        return [_walk(child, chart) for child in node]
    return drawable(node) if isinstance(node, str) else node


def _words(node: Any) -> Any:
    """Rows of data with drawable words; what their columns are called is their own business."""
    if isinstance(node, Mapping):
        return {key: _words(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_words(child) for child in node]
    return drawable(node) if isinstance(node, str) else node


def _clean(raw: str, name: str, alt: str) -> str:
    """The SVG with known elements only, ids of its own, and its alternative text."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(raw)
    ids = {old: f"{name}-{number}" for number, old in enumerate(_ids(root))}
    for element in root.iter():
        _check(element, name)
        _bare(element)
        _rename(element, ids)
    title = ElementTree.Element(f"{{{SVG}}}title")
    title.text = drawable(alt)
    root.insert(0, title)
    root.set("role", "img")
    return ElementTree.tostring(root, encoding="unicode")


def _ids(root: ElementTree.Element) -> list[str]:
    return [element.attrib["id"] for element in root.iter() if "id" in element.attrib]


def _check(element: ElementTree.Element, name: str) -> None:
    kind = element.tag.removeprefix(f"{{{SVG}}}")
    if kind not in _ELEMENTS:
        raise BriefError(f"chart {name}: its drawing holds <{kind}>, which has no place in a brief")
    for key, value in element.attrib.items():
        if key.startswith(("on", "{")) or key in {"style", "href"} or ("url(" in value and not _ID.search(value)):
            raise BriefError(f"chart {name}: its drawing holds {key}={value[:60]!r}, which has no place in a brief")


def _bare(element: ElementTree.Element) -> None:
    """Drop what speaks to screen readers mark by mark: the drawing has one alternative text."""
    for key in [key for key in element.attrib if key == "role" or key.startswith("aria-")]:
        del element.attrib[key]


def _rename(element: ElementTree.Element, ids: Mapping[str, str]) -> None:
    for key, value in element.attrib.items():
        if key == "id":
            element.set(key, ids[value])
        elif "url(" in value:
            element.set(key, _ID.sub(lambda found: f"url(#{ids[found[1]]})", value))
