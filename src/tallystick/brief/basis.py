"""What stands behind numbers and charts, as far as one link can lead to it.

A number may rest on several claims and a chart on dozens of estimates; each distinct set of claims gets one list,
shared by all that rest on the same. Of the estimates only those that some sentence or cell names get a card: the
others are points of charts, and their values lie in the data beside the chart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tallystick.brief import document as doc
from tallystick.brief.display import anchor
from tallystick.brief.targets import all_spans

FEW: Final = 6  # claims that are named, or opened, one by one; more are named in a list


@dataclass(frozen=True, slots=True)
class Basis:
    """A set of claims under an id of its own."""

    id: str
    claims: tuple[str, ...]


class Bases:
    """Every set of claims that a number, an estimate's card or a chart of one document needs as a list."""

    def __init__(self, document: doc.Document) -> None:
        self._estimates = {card.id: card for card in document.estimates}
        self.cited, self.cited_runs = cited(document), cited_runs(document)
        self._model = anchor("model", document.model.id) if document.model else ""
        sets = dict.fromkeys(self._sets(document))
        self._lists = {claims: Basis(f"basis-{number}", claims) for number, claims in enumerate(sets, 1)}

    def __iter__(self) -> Iterator[Basis]:
        return iter(self._lists.values())

    def __bool__(self) -> bool:
        return bool(self._lists)

    def of_claims(self, claims: tuple[str, ...]) -> str:
        """The id of the list with those claims."""
        return self._lists[claims].id

    def of_chart(self, chart: doc.Chart) -> str:
        """The id of the list with all that a chart rests on; of the model's card for a chart of its runs."""
        if chart.of_runs:
            return self._model
        return self.of_claims(self.behind(chart))

    def behind(self, chart: doc.Chart) -> tuple[str, ...]:
        """The chart's own claims, then those of its estimates, each once."""
        through = (name for estimate in chart.estimates for name in self._estimates[estimate].claims)
        return tuple(dict.fromkeys([*chart.claims, *through]))

    def _sets(self, document: doc.Document) -> Iterator[tuple[str, ...]]:
        for span in all_spans(document):
            if isinstance(span, doc.Figure) and span.estimate is None and len(span.claims) > 1:
                yield span.claims
        for chart in document.charts():
            if not chart.of_runs:
                yield self.behind(chart)
        for card in self.cited:
            if len(card.claims) > FEW:
                yield card.claims


def cited(document: doc.Document) -> tuple[doc.EstimateCard, ...]:
    """The estimates that a number or a reference opens, in the document's order."""
    opened = {span.estimate for span in all_spans(document) if isinstance(span, doc.Figure)}
    opened |= {span.to for span in all_spans(document) if isinstance(span, doc.Ref) and span.kind == "estimate"}
    opened |= set(document.model.estimates) if document.model else set()
    return tuple(card for card in document.estimates if card.id in opened)


def cited_runs(document: doc.Document) -> tuple[doc.RunCard, ...]:
    """The numbers of the model that a sentence or cell opens, in the document's order."""
    opened = {span.run for span in all_spans(document) if isinstance(span, doc.Figure)}
    return tuple(card for card in document.runs if card.id in opened)
