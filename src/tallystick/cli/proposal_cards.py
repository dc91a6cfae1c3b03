"""A proposal as a person sees it who has to decide: its figure in words, its passage, and what is known beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallystick.claims.proposal import Proposal, StatementProposal
    from tallystick.study.workspace.records import Document, Held, HeldStatement
    from tallystick.study.workspace.review import Judged
    from tallystick.study.workspace.workspace import Workspace

FROM_RESTRICTED = "from a restricted document: show it to nobody"
ASSUMED = {  # what the grammar supposes where a text is silent, by the reason that it gives
    "period: text": "the period is assumed: the document has no date, and this is the latest day that it names",
    "period: published": "the period is assumed: its sentence names no time, and this is the day of publication",
}
CLAIMS = "claims.csv"
NO_FINDING = (
    "a claim as published; nothing here finds against a person, firm or site, and nothing here is a list of any"
)
OF_WHAT = "(of value and measure alone)"  # what the confidence of a reading says something of
BESIDE = 200  # characters of the passage shown on each side of the quote


def figure(low: float | None, point: float | None, high: float | None, unit: str) -> str:
    """A figure in words: a point, a floor, a ceiling or a range, with its unit."""
    if point is not None:
        return f"{point:,.6g} {unit}" if point < 1e6 else f"{point:,.0f} {unit}"
    if low is not None and high is not None:
        return f"{low:,.10g} to {high:,.10g} {unit}"
    return f"at least {low:,.10g} {unit}" if low is not None else f"up to {high:,.10g} {unit}"


def card(workspace: Workspace, held: Judged) -> str:
    """All that a decision needs, in lines."""
    from tallystick.study.workspace.records import Held

    lines = _lines(workspace, held) if isinstance(held, Held) else _statement_lines(workspace, held)
    shown = "\n".join(f"{name:>14}  {text}" for name, text in lines if text)
    return shown if workspace.state.documents[held.document].public else f"{FROM_RESTRICTED}\n{shown}"


def _lines(workspace: Workspace, held: Held) -> Iterator[tuple[str, str]]:
    from tallystick.study.workspace.review import nearest

    claim, measures = held.reviewed, workspace.programme.measures
    yield "claim", f"{held.id}, {held.status}"
    yield from _passage(workspace, held)
    yield "figure", figure(claim.low, claim.point, claim.high, claim.unit)
    yield "measure", f"{claim.measure or 'none of the programme'}"
    yield "means", measures[claim.measure].definition if claim.measure in measures else ""
    yield "where", " ".join(filter(None, (claim.host, claim.region, claim.sector)))
    yield "when", f"{claim.start or '..'} to {claim.end or '..'}" if claim.start or claim.end else "not said"
    yield "said by", claim.asserted_by or "nobody named"
    yield "told as", told_as(claim)
    yield "read by", f"{claim.extractor}, confidence {claim.confidence:.2f} {OF_WHAT}"
    yield from _said(held)
    for link in held.links:
        yield "perhaps", f"{link.kind} {link.to} ({link.score:.2f}): {'; '.join(link.reasons)}"
    for cells in nearest(workspace, held):
        yield "known", _known(cells)
    yield "no finding", NO_FINDING


def told_as(claim: Proposal) -> str:
    """Whether it is told as seen, planned or forecast, and which words make it less than sure."""
    return f'{claim.status}, hedged by "{claim.hedge}"' if claim.hedge else claim.status


def _statement_lines(workspace: Workspace, told: HeldStatement) -> Iterator[tuple[str, str]]:
    said, names = told.reviewed, {one.id: one.name for one in workspace.programme.indicators}
    yield "statement", f"{told.id}, {told.status}"
    yield from _passage(workspace, told)
    yield "topics", ", ".join(said.topics)
    yield "bears", f"{said.bearing}; a clue, never scored"
    for id in said.indicators:
        yield "on", f"{id} {names.get(id, '')}"
    for limb, phase in zip(said.limbs, said.phases, strict=False):
        yield "on", f"{limb} in {phase}".replace("_", " ")
    yield "said by", said.asserted_by or "nobody named"
    yield "read by", said.extractor
    yield from _said(told)


def _passage(workspace: Workspace, held: Judged) -> Iterator[tuple[str, str]]:
    """Where it stands and in which words; alone where its document was read elsewhere, and its text is not here."""
    from tallystick.study.workspace.texts import origin_of, stretches_of

    said, document = held.reviewed, workspace.state.documents[held.document]
    yield "kept back", said.restricted
    name = document.title or origin_of(workspace, document) or document.id
    yield "in", f"{name}, {document.published_on or 'without a date'}"
    yield "look out", _read_already(workspace, document)
    if workspace.copies.holds(document.text):
        text, _ = stretches_of(workspace, document)
        if text[said.quote_start : said.quote_end] == said.quote:
            yield "passage", _as_may_be_seen(workspace, document, text, said)
            return
    yield "passage", f">>>{' '.join(said.quote.split())}<<< (the text that it was read from is not here)"


def _as_may_be_seen(workspace: Workspace, document: Document, text: str, said: Proposal | StatementProposal) -> str:
    """What stands around the quote; where something is sealed and cannot be opened, no more than may be told."""
    from tallystick.study.workspace.passages import passage_of, quoted_alone

    alone = document.id in quoted_alone(workspace)
    if workspace.key.identity is not None or not (workspace.state.sealed or alone):
        return in_passage(text, said.quote_start, said.quote_end)
    passage = passage_of(text, said, alone=alone)
    return " ".join(passage.replace(said.quote, f">>>{said.quote}<<<", 1).split())


def _read_already(workspace: Workspace, document: Document) -> str:
    """That the evidence holds rows from the same page, which people coded; "" where it has none."""
    rows = workspace.state.rows.get(CLAIMS, ()) if document.url else ()
    ids = [cells["id"] for cells in rows if cells["url"] == document.url]
    return f"the evidence that ships was coded from this page too: {', '.join(ids)}" if ids else ""


def because(reason: str) -> tuple[str, str]:
    """How a card tells why something was proposed so, and what to look at."""
    from tallystick.claims.statements.denials import WARNINGS
    from tallystick.study.workspace.review import UNDATED

    return "look out" if reason in WARNINGS or reason == UNDATED else "because", ASSUMED.get(reason, reason)


def _said(held: Judged) -> Iterator[tuple[str, str]]:
    from tallystick.study.workspace.corrected import corrected

    yield from map(because, held.reviewed.reasons)
    for opinion in held.opinions:
        changed = opinion.verdict == "correct"
        told = (
            f"correct {corrected(held, opinion)}"
            if changed
            else f"{opinion.by}: {opinion.verdict} {'in bulk: ' if opinion.bulk else ''}{opinion.why}"
        )
        yield "was said", told


def _known(cells: Mapping[str, str]) -> str:
    low, point, high = (
        float(cells[name]) if cells[name] else None for name in ("value_low", "value_point", "value_high")
    )
    told = figure(low, point, high, cells["unit"])
    return f"{cells['id']}: {told}, {cells['host_country']}, {cells['asserted_by']}, {cells['published_on']}"


def in_passage(text: str, start: int, end: int) -> str:
    """The quote between marks, with what stands around it."""
    before, after = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
    return " ".join(f"{before}>>>{text[start:end]}<<<{after}".split())
