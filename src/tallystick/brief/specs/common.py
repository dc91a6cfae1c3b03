"""What the charts share: data rows, the time axis, and the fan of an estimate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tallystick.brief import charts
from tallystick.brief.words.rounding import significant
from tallystick.vocab.estimate import Estimate, Interval

Spec = dict[str, Any]
Row = dict[str, Any]

WIDTH = 620
INK, MUTED = charts.INK, charts.QUIET
CATEGORY = charts.CATEGORIES
MAIN, WARM = CATEGORY[0], CATEGORY[1]
LEVELS = (("95", 0.16), ("80", 0.24), ("50", 0.34))
DIGITS = 4  # significant digits of data points: finer than a pixel


def number(value: float) -> float:
    """A data point with as many digits as a chart can show."""
    return significant(value, DIGITS)


def moment(period: str) -> str:
    """The day at which a period is drawn: the end of a month, the middle of a year."""
    if len(period) == 4:
        return f"{period}-07-01"
    return f"{period}-28"


def interval_row(interval: Interval, **named: Any) -> Row:
    """One row with the seven quantiles and whatever names it."""
    levels = {f"{side}_{level}": number(getattr(interval, f"{side}_{level}")) for level in ("50", "80", "95")
              for side in ("lower", "upper")}  # fmt: skip
    return {**named, "median": number(interval.median), **levels}


def estimate_rows(estimates: Iterable[Estimate], **named: Any) -> list[Row]:
    return [interval_row(e.interval, when=moment(e.period), period=e.period, **named) for e in estimates]


def time_axis(title: str | None = None) -> Row:
    axis = {"format": "%Y", "tickCount": "year", "labelOverlap": "greedy", "grid": False}
    return {"field": "when", "type": "temporal", "title": title, "axis": axis}


def at_ends(layers: Iterable[Spec], whens: Iterable[str]) -> None:
    """Give the layers a tick at the end of each year, where its values are, and not at its beginning."""
    days = [_day(when) for when in sorted(set(whens))]
    axis = {**time_axis()["axis"], "values": days, "format": "end of %Y"}
    for layer in layers:
        layer["encoding"]["x"] = {**time_axis(), "axis": axis}


def _day(when: str) -> Spec:
    year, month, day = map(int, when.split("-"))
    return {"year": year, "month": month, "date": day, "utc": True}


def fan(data: Sequence[Row], title: str, *, colour: str = MAIN, scale: Mapping[str, Any] | None = None) -> list[Spec]:
    """Layers for the 95, 80 and 50 % bands and the median line of rows from `estimate_rows`."""
    bands = [
        {
            "data": {"values": list(data)},
            "mark": {"type": "area", "color": colour, "opacity": opacity, "interpolate": "monotone"},
            "encoding": {
                "x": time_axis(),
                "y": {"field": f"lower_{level}", "type": "quantitative", "title": title, "scale": dict(scale or {})},
                "y2": {"field": f"upper_{level}"},
            },
        }
        for level, opacity in LEVELS
    ]
    line = {
        "data": {"values": list(data)},
        "mark": {"type": "line", "color": colour, "strokeWidth": 2, "interpolate": "monotone"},
        "encoding": {"x": time_axis(), "y": {"field": "median", "type": "quantitative", "title": title}},
    }
    return [*bands, line]


def spec(width: int = WIDTH, height: int = 300, **parts: Any) -> Spec:
    return {"width": width, "height": height, **parts}
