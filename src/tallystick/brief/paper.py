"""The document as plain values for the page template: links resolved, charts drawn, every word drawable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any, Final

from tallystick.brief import document as doc
from tallystick.brief.basis import FEW, Bases
from tallystick.brief.charts import drawing_of, height_of, svg_of, width_of
from tallystick.brief.display import anchor, drawable, linkable
from tallystick.brief.html import DISPOSITIONS, day
from tallystick.brief.html_spans import SHORT

Value = dict[str, Any]
TALLEST: Final = 1.24  # height of a picture of the model over the width of the page: leaves room for its words
NARROW: Final = 13  # characters up to which a column needs no share of the page
ROUNDS: Final = 8
LINE: Final = 95  # characters that a line of a table holds, less what the gaps between columns take


def paper_of(document: doc.Document) -> Value:
    """Everything that the template reads."""
    paper = _Paper(document)
    return {
        "title": drawable(document.title),
        "subtitle": drawable(document.subtitle),
        "short_root": document.meta.short_root,
        "facts": _facts(document),
        "notices": paper.plain(document.notices),
        "chapters": [paper.chapter(chapter) for chapter in document.chapters],
        "estimates": [paper.estimate(card) for card in paper.bases.cited],
        "runs": [paper.run(card) for card in paper.bases.cited_runs],
        "scenarios": [paper.scenario(card) for card in document.scenarios],
        "model": None if document.model is None else paper.model_card(document.model),
        "assumptions": [paper.assumption(card) for card in document.assumptions],
        "basis": [{"label": basis.id, "claims": _links("claim", basis.claims)} for basis in paper.bases],
        "measures": _grouped((drawable(card.measure), paper.claim(card)) for card in document.claims),
        "entry_groups": _grouped((drawable(entry.group), paper.entry(entry)) for entry in document.entries),
        "sources": [paper.source(card) for card in document.sources],
        "footer": paper.plain(document.footer),
    }


def _facts(document: doc.Document) -> list[tuple[str, str]]:
    meta = document.meta
    facts = [
        ("Evidence to", day(document.as_of)),
        ("Programme", meta.programme),
        ("Evidence root", meta.evidence_root),
        ("Seed", str(meta.seed)),
        ("Tallystick", meta.version),
        ("To repeat", meta.command),
        *meta.facts,
    ]
    return [(drawable(name), drawable(value)) for name, value in facts]


def _grouped(pairs: Iterable[tuple[str, Any]]) -> list[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return list(groups.items())


def widths_of(table: doc.Table) -> list[float]:
    """Shares of the page for the columns of a table; 0 for one that is as narrow as what it holds.

    A column gets the root of its mean length, so that a long text runs over more lines and short ones beside it
    stay whole; the writer's own wish counts by its root too. None gets less than its longest word needs, which would
    else be printed over the column beside it.
    """
    lengths = [_lengths(table, number) for number in range(len(table.columns))]
    wishes = [column.width**0.5 for column in table.columns]
    if all(max(found) <= NARROW for found in lengths):
        return wishes
    shares = [(sum(found) / len(found)) ** 0.5 * wish for found, wish in zip(lengths, wishes, strict=True)]
    for _ in range(ROUNDS):  # what one column is given the others lose
        needs = [_longest_word(table, number) / LINE * sum(shares) for number in range(len(shares))]
        shares = [max(pair) for pair in zip(shares, needs, strict=True)]
    return [0 if max(found) <= NARROW else round(share, 3) for found, share in zip(lengths, shares, strict=True)]


def _lengths(table: doc.Table, number: int) -> list[int]:
    """Characters in each cell of a column, its title last."""
    return [*(len(doc.plain(row[number])) for row in table.rows), len(doc.plain(table.columns[number].title))]


def _longest_word(table: doc.Table, number: int) -> int:
    """Characters; of cells and title."""
    texts = [*(doc.plain(row[number]) for row in table.rows), doc.plain(table.columns[number].title)]
    return max((len(word) for text in texts for word in text.split()), default=0)


class _Paper:
    """Turns parts of one document into values; knows where each link leads."""

    def __init__(self, document: doc.Document) -> None:
        self.bases = Bases(document)
        self.rows = {entry.id for entry in document.entries}
        self.model = anchor("model", document.model.id) if document.model else ""
        self.names = {card.id: card.name for card in document.scenarios}

    def plain(self, node: Any) -> Any:
        """Blocks, spans and what they are made of, each dataclass with its `kind`."""
        match node:
            case str():
                return drawable(node)
            case doc.Figure():
                lines = {"ours": node.is_ours, "of-run": node.run is not None}
                return {"kind": "Figure", "text": _kept(node.text), "to": self.target(node), **lines}
            case doc.Neutral():
                return {"kind": "Neutral", "text": _kept(node.text)}
            case doc.Ref():
                return {"kind": "Ref", "text": drawable(node.text), "to": anchor(node.kind, node.to)}
            case doc.Chart():
                return self.chart(node)
            case doc.Picture():
                return self.picture(node)
            case doc.Table():
                return dict(self.parts(node)) | {"widths": widths_of(node)}
            case tuple():
                return [self.plain(child) for child in node]
        return dict(self.parts(node)) if is_dataclass(node) else node

    def parts(self, node: Any) -> Iterator[tuple[str, Any]]:
        """The fields of a dataclass; headings become spans; a field that is itself called kind is `of`."""
        yield "kind", type(node).__name__
        for field in fields(node):
            value = getattr(node, field.name)
            if field.name in {"title", "summary"}:
                value = doc.as_spans(value)
            yield "of" if field.name == "kind" else field.name, self.plain(value)

    def target(self, figure: doc.Figure) -> str:
        if figure.run is not None:
            return anchor("run", figure.run)
        if figure.estimate is not None:
            return anchor("estimate", figure.estimate)
        several = len(figure.claims) > 1
        return self.bases.of_claims(figure.claims) if several else anchor("claim", figure.claims[0])

    def chart(self, chart: doc.Chart) -> Value:
        svg = svg_of(chart)
        return {
            "kind": "Chart",
            "label": anchor("chart", chart.id),
            "title": drawable(chart.title),
            "subtitle": drawable(chart.subtitle),
            "alt": drawable(chart.alt),
            "svg": svg,
            "width": width_of(svg),
            "note": self.plain(chart.note),
            "basis": self.bases.of_chart(chart),
        }

    def chapter(self, part: doc.Chapter | doc.Section) -> Value:
        return {
            "label": anchor("chapter", part.id),
            "title": self.plain(doc.as_spans(part.title)),
            "standfirst": self.plain(getattr(part, "standfirst", ())),
            "blocks": self.plain(part.blocks),
            "sections": [self.chapter(section) for section in getattr(part, "sections", ())],
        }

    def estimate(self, card: doc.EstimateCard) -> Value:
        claims = "1 claim" if len(card.claims) == 1 else f"{len(card.claims)} claims"
        origins = "1 origin" if card.origins == 1 else f"{card.origins} origins"
        several = len(card.claims) > FEW
        links = [("all of them", self.bases.of_claims(card.claims))] if several else _links("claim", card.claims)
        counted = {"counted": f"{claims} from {origins}" if card.origins else claims}
        return self.card("estimate", card) | counted | {"claims": links}

    def claim(self, card: doc.ClaimCard) -> Value:
        lineage = [(how[:1].upper() + how[1:], _links("claim", names)) for how, names in _grouped(card.lineage)]
        if card.origin and card.origin != card.id:
            lineage = [("Goes back to", _links("claim", [card.origin])), *lineage]
        return self.card("claim", card) | {
            "disposition-name": DISPOSITIONS.get(card.disposition, card.disposition),
            "what": drawable(", ".join(filter(None, (card.measure, card.host, card.period)))),
            "said-by": drawable(card.asserted_by + (f" ({card.asserter_class})" if card.asserter_class else "")),
            "title": drawable(card.title or card.url),
            "lineage": lineage,
        }

    def run(self, card: doc.RunCard) -> Value:
        return self.card("run", card) | {"under": _links("scenario", [card.scenario], self.names)}

    def scenario(self, card: doc.ScenarioCard) -> Value:
        found = {"evidence": self.row_links(card.evidence), "model": self.model}
        return self.card("scenario", card) | found

    def model_card(self, card: doc.ModelCard) -> Value:
        starts = {"starts-from": _links("estimate", card.estimates)}
        named = {name: name.replace("_", " ") for name in card.assumptions}
        return self.card("model", card) | starts | {"assumes": _links("assumption", card.assumptions, named)}

    def assumption(self, card: doc.AssumptionCard) -> Value:
        return self.card("assumption", card) | {"evidence": self.row_links(card.evidence)}

    def row_links(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Claims, and rows of law, statements and events, as links."""
        return [(drawable(name), anchor("entry" if name in self.rows else "claim", name)) for name in names]

    def picture(self, picture: doc.Picture) -> Value:
        svg = drawing_of(picture)
        return {
            "kind": "Picture",
            "label": anchor("chart", picture.id),
            "title": drawable(picture.title),
            "subtitle": drawable(picture.subtitle),
            "alt": drawable(picture.alt),
            "svg": svg,
            "share": min(TALLEST / (height_of(svg) / width_of(svg)), 1),
            "note": self.plain(picture.note),
            "model": self.model,
        }

    def entry(self, entry: doc.Entry) -> Value:
        return self.card("entry", entry)

    def source(self, card: doc.SourceCard) -> Value:
        return self.card("source", card) | {
            "title": drawable(card.title or card.url),
            "claims": _links("claim", card.claims),
        }

    def card(self, kind: str, card: Any) -> Value:
        """A card's fields as they are, with its label, and its address where a reader can open it."""
        named = {field.name: self.plain(getattr(card, field.name)) for field in fields(card)}
        return named | {"label": anchor(kind, card.id), "href": linkable(getattr(card, "url", ""))}


def _kept(text: str) -> str:
    """A short number with spaces that no line may break at."""
    return drawable(text).replace(" ", "\u00a0") if len(text) <= SHORT else drawable(text)


def _links(kind: str, names: Iterable[str], called: Mapping[str, str] = MappingProxyType({})) -> list[tuple[str, str]]:
    return [(drawable(called.get(name, name)), anchor(kind, name)) for name in names]
