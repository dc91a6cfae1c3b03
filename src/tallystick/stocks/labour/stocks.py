"""Persons, each in one place at a time. Soldiers are in none of these; military builders are never added to workers."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.stocks.labour.shape import Elements, Shape
from tallystick.stocks.text import Stock


def _stock(id: str, symbol: str, elements: Elements, strata: Sequence[str] = ("",), kind: str = "") -> Stock:
    return Stock(
        id=id, symbol=symbol, doc=elements[symbol].says, strata=tuple(strata), is_boundary=kind == "boundary",
        is_internal=kind == "internal", is_end=kind == "end",
    )  # fmt: skip


def stocks_of(shape: Shape, elements: Elements) -> list[Stock]:
    """K1 to K9 of the map, the public that they come from, and military builders apart."""
    return [
        _stock("public", "public", elements, kind="boundary"),
        _stock("applicants", "K1", elements),
        _stock("selected", "K2", elements, shape.hosts),
        _stock("abroad", "K3", elements, shape.abroad),
        _stock("hiding", "K6", elements, kind="internal"),
        _stock("safe", "K7", elements, kind="end"),
        _stock("returned", "K8", elements, kind="end"),
        _stock("lost", "K9", elements, ("dead", "unfit"), "end"),
        _stock("builders_home", "builders", elements, kind="boundary"),
        _stock("builders", "builders", elements, shape.sites),
    ]
