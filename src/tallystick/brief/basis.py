"""Groups of claims behind one number, where a single link has to lead to several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tallystick.brief import document as doc
from tallystick.brief.targets import all_spans

FEW: Final = 6  # claims that are named, or opened, one by one; more share a list with all that rest on the same
Key = tuple[tuple[str, ...], tuple[str, ...]]  # claims, estimates


@dataclass(frozen=True, slots=True)
class Basis:
    """What one number or chart rests on, under an id of its own."""

    id: str
    claims: tuple[str, ...]
    estimates: tuple[str, ...]


def bases_of(document: doc.Document) -> dict[Key, Basis]:
    """One basis per distinct set of claims and estimates, in order of first use."""
    keys = dict.fromkeys(_keys(document))
    return {key: Basis(f"basis-{number}", *key) for number, key in enumerate(keys, 1)}


def _keys(document: doc.Document) -> Iterator[Key]:
    for span in all_spans(document):
        if isinstance(span, doc.Figure) and span.estimate is None and len(span.claims) > 1:
            yield span.claims, ()
    for chart in document.charts():
        yield chart.claims, chart.estimates
    for card in document.estimates:
        if len(card.claims) > FEW:
            yield card.claims, ()
