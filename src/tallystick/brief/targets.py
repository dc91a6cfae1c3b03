"""Whether everything that a document points at is in it, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from tallystick.brief import document as doc
from tallystick.vocab.errors import BriefError

SHOWN = 12  # faults named in one error; the rest are counted


def targets_of(document: doc.Document) -> Mapping[str, frozenset[str]]:
    """Ids that may be pointed at, by kind of reference."""
    return {kind: frozenset(ids) for kind, ids in _ids(document).items()}


def check(document: doc.Document) -> None:
    """Raise one BriefError that lists what opens nothing and which ids appear twice."""
    faults = [*_doubles(document), *_dangling(document)]
    if not faults:
        return
    more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
    raise BriefError("the document does not hold together: " + "; ".join(faults[:SHOWN]) + more)


def spans_of(block: doc.Block) -> Iterator[doc.Span]:
    """Every span of a block, not of the blocks folded inside it."""
    match block:
        case doc.Paragraph():
            yield from block.spans
        case doc.Lead():
            for item in block.items:
                yield from (*item.label, item.figure, *item.interval, *item.note)
        case doc.Bullets():
            for words in block.items:
                yield from words
        case doc.Cards():
            for card in block.cards:
                yield from card.title
                yield from _all(card.body)
        case doc.Table():
            yield from (*block.caption, *block.note)
            for column in block.columns:
                yield from doc.as_spans(column.title)
            for row in block.rows:
                for cell in row:
                    yield from cell
        case doc.Chart() | doc.Picture():
            yield from block.note
        case doc.Callout():
            yield from doc.as_spans(block.title)
            yield from _all(block.body)
        case doc.Details():
            yield from doc.as_spans(block.summary)


def all_spans(document: doc.Document) -> Iterator[doc.Span]:
    """Every span of the document, in reading order."""
    yield from _all(document.blocks())
    for chapter in document.chapters:
        yield from (*doc.as_spans(chapter.title), *chapter.standfirst)
        for section in chapter.sections:
            yield from doc.as_spans(section.title)
    yield from document.footer


def _all(blocks: Iterable[doc.Block]) -> Iterator[doc.Span]:
    for block in blocks:
        yield from spans_of(block)


def _ids(document: doc.Document) -> dict[str, list[str]]:
    sections = [section.id for chapter in document.chapters for section in chapter.sections]
    return {
        "chapter": [chapter.id for chapter in document.chapters] + sections,
        "chart": [*(chart.id for chart in document.charts()), *(picture.id for picture in document.pictures())],
        "claim": [card.id for card in document.claims],
        "estimate": [card.id for card in document.estimates],
        "run": [card.id for card in document.runs],
        "scenario": [card.id for card in document.scenarios],
        "model": [document.model.id] if document.model else [],
        "assumption": [card.id for card in document.assumptions],
        "entry": [entry.id for entry in document.entries],
        "source": [source.id for source in document.sources],
    }


def _doubles(document: doc.Document) -> Iterator[str]:
    for kind, ids in _ids(document).items():
        counted = sorted(Counter(ids).items())
        yield from (f"{kind} {name} appears {times} times" for name, times in counted if times > 1)


def _dangling(document: doc.Document) -> Iterator[str]:
    known = document.targets
    for kind, name, where in _pointers(document):
        if name not in known[kind]:
            yield f"{where} points at {kind} {name}, which is not in the document"


def _pointers(document: doc.Document) -> Iterator[tuple[str, str, str]]:
    for span in all_spans(document):
        yield from _span_pointers(span)
    for chart in document.charts():
        yield from (("claim", name, f"chart {chart.id}") for name in chart.claims)
        yield from (("estimate", name, f"chart {chart.id}") for name in chart.estimates)
    for estimate in document.estimates:
        yield from (("claim", name, f"estimate {estimate.id}") for name in estimate.claims)
    yield from _model_pointers(document)
    for source in document.sources:
        yield from (("claim", name, f"source {source.id}") for name in source.claims)
    for card in document.claims:
        yield from (("claim", name, f"claim {card.id}") for _, name in card.lineage)
        yield from (("claim", name, f"claim {card.id}") for name in (card.origin,) if name)
        yield from (("source", name, f"claim {card.id}") for name in (card.source,) if name)


def _model_pointers(document: doc.Document) -> Iterator[tuple[str, str, str]]:
    """What cards of runs, scenarios, the model and its assumptions rest on."""
    rows = {entry.id for entry in document.entries}
    yield from (("scenario", card.scenario, f"run {card.id}") for card in document.runs)
    yield from (("model", card.model, f"scenario {card.id}") for card in document.scenarios)
    leaning = [
        *((f"scenario {card.id}", card.evidence) for card in document.scenarios),
        *((f"assumption {card.id}", card.evidence) for card in document.assumptions),
    ]
    for where, names in leaning:
        yield from (("entry" if name in rows else "claim", name, where) for name in names)
    if document.model is not None:
        yield from (("estimate", name, "the model") for name in document.model.estimates)
        yield from (("assumption", name, "the model") for name in document.model.assumptions)
    if document.model is None:
        yield from (("model", "that it shows", f"picture {picture.id}") for picture in document.pictures())
        yield from (("model", "that it runs", f"chart {chart.id}") for chart in document.charts() if chart.of_runs)


def _span_pointers(span: doc.Span) -> Iterator[tuple[str, str, str]]:
    match span:
        case doc.Figure():
            yield from (("claim", name, f"figure {span.text!r}") for name in span.claims)
            if span.estimate is not None:
                yield "estimate", span.estimate, f"figure {span.text!r}"
            if span.run is not None:
                yield "run", span.run, f"figure {span.text!r}"
        case doc.Ref():
            yield span.kind, span.to, f"reference {span.text!r}"
        case _:
            return
