"""What a workspace holds under an id, as a card: a document, a proposed claim, a statement; nothing restricted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from tallystick.cli.options import moment
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.study.workspace.records import Document, Held, HeldStatement, Link, Opinion, Refusal
    from tallystick.study.workspace.state import State
    from tallystick.study.workspace.workspace import Workspace

Fields = list[tuple[str, str]]
OWN_ID: Final = re.compile(r"[dpsx][0-9a-f]{6,}(_\d+)?", re.IGNORECASE)  # of documents, proposals, statements, refusals
KEPT_BACK = "kept back; it opens in its owner's review alone"


def record_card(folder: Path, ledger_as_of: str | None, id: str) -> Fields | None:
    """The card of what the workspace recorded under that id by that day; None where it has no such id.

    The workspace is opened without a key, so that what is sealed is not there to be shown.
    """
    from tallystick.evidence.ledger.seal import SEALED
    from tallystick.study.workspace.workspace import Workspace

    with Workspace.open(folder) as opened:
        state = opened.state_at(moment(ledger_as_of))
        recorded = opened.ledger.about(id)
        name = state.id_of(id)
        judged = state.judged(name)
        passage = "" if judged is None else _passage(opened, state, judged)
        sealed = _sealed_of(opened, state, name) if name in state.documents else 0
    if name in state.documents:
        return _document(state, state.documents[name], folder, sealed)
    if name in state.held:
        return _claim(state, state.held[name], folder, passage)
    if name in state.statements:
        return _statement(state, state.statements[name], folder, passage)
    refusals = {one.id: one for several in state.refused.values() for one in several}
    if id in refusals:
        return _refusal(refusals[id])
    if any(entry.content is not None and SEALED in entry.content for entry in recorded):
        return [("id", id), ("sealed", KEPT_BACK)]
    if OWN_ID.fullmatch(id):
        _unknown(id, [*state.documents, *state.held, *state.statements, *refusals])
    return None


def _refusal(refusal: Refusal) -> Fields:
    return [
        ("id", refusal.id),
        ("document", "was not read"),
        ("read from", refusal.origin),
        ("bytes", f"{refusal.size:,}" if refusal.size else ""),
        ("sha256", refusal.sha256),
        ("why", f"{refusal.message} ({refusal.verdict})"),
        ("the way out", refusal.hint),
        ("tried with", refusal.tool),
    ]


def _unknown(id: str, known: Sequence[str]) -> NoReturn:
    """UsageError for an id of a workspace's form that this one does not have; what is sealed is never hinted at."""
    from difflib import get_close_matches

    near = get_close_matches(id.casefold(), known, n=3, cutoff=0.6)
    listed = "`tallystick review --list` names what waits"
    raise UsageError(
        f"the workspace has nothing called {id!r}",
        hint=f"did you mean {' or '.join(near)}? {listed}" if near else listed,
    )


def _sealed_of(workspace: Workspace, state: State, document: str) -> int:
    """How many readings of a document lie sealed: that much stands beside each seal in clear."""
    from tallystick.study.workspace.contents import about
    from tallystick.study.workspace.state import PROPOSAL, STATEMENT

    names = state.all_ids_of(document)
    read = workspace.ledger.entries(kinds=(PROPOSAL, STATEMENT))
    sealed = {entry.subject for entry in read if about(entry.content, "document") in names}
    return sum(state.judged(state.id_of(subject)) is None for subject in sealed)


def _document(state: State, document: Document, folder: Path, sealed: int) -> Fields:
    if not document.public:
        return [("id", document.id), ("document", KEPT_BACK)]
    said: list[Held | HeldStatement] = [*state.held_of(document.id), *state.statements_of(document.id)]
    back = sealed + sum(state.is_kept_back(one) for one in said)
    shown = [one for one in said if not state.is_kept_back(one)]
    return [
        ("id", document.id),
        ("title", document.title),
        ("published by", ", ".join(filter(None, (document.publisher, str(document.published_on or ""))))),
        ("date known from", document.published_evidence),
        ("url", document.url),
        ("read from", " ".join(filter(None, (document.origin, document.part)))),
        ("captured", f"{document.captured_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("bytes", f"{document.size:,}"),
        ("sha256", document.sha256),
        ("format", " ".join(filter(None, (document.media_type, document.encoding)))),
        ("replaced characters", str(document.replaced or "")),
        ("language", document.language),
        ("read with", document.tool),
        *_copies(document, folder),
        *((_kind(one), f"{one.id}  {one.status}  {one.proposed.quote}") for one in shown),
        ("not shown", f"{back} kept back" if back else ""),
    ]


def _kind(one: Held | HeldStatement) -> str:
    from tallystick.study.workspace.records import Held

    return "claim" if isinstance(one, Held) else "statement"


def _copies(document: Document, folder: Path) -> Fields:
    """The files of the workspace that hold the bytes and the text, each named by the SHA-256 of what it holds."""
    return [("copy held", _file(document.copy, folder)), ("its text", _file(document.text, folder))]


def _file(name: str, folder: Path) -> str:
    """Where in the workspace it lies; of a colleague's document the hash alone, since a ledger comes without copies."""
    from tallystick.study.workspace.workspace import COPIES

    place = f"{COPIES}/{name[:2]}/{name}"
    return place if (folder / place).exists() else f"not here; SHA-256 {name}"


def document_fields(folder: Path, ledger_as_of: str | None, id: str) -> Fields:
    """Of an accepted claim or statement of a workspace its document, and the files that hold its copy and its text."""
    from tallystick.cli.proposal_cards import NO_FINDING
    from tallystick.study.workspace.workspace import Workspace

    with Workspace.open(folder) as opened:
        state = opened.state_at(moment(ledger_as_of))
    held = state.judged(state.id_of(id.partition("_")[0]))
    if held is None or state.is_kept_back(held):
        return []
    document = state.documents[held.document]
    return [("document", document.id), *_copies(document, folder), ("no finding", NO_FINDING)]


def _claim(state: State, held: Held, folder: Path, passage: str) -> Fields:
    from tallystick.cli.proposal_cards import NO_FINDING, OF_WHAT, figure, told_as

    if state.is_kept_back(held):
        return [("id", held.id), ("claim", KEPT_BACK)]
    claim = held.reviewed
    return [
        ("id", held.id),
        ("status", held.status),
        ("measure", claim.measure or "none of the programme"),
        ("figure", figure(claim.low, claim.point, claim.high, claim.unit)),
        ("host", ", ".join(filter(None, (claim.region, claim.host)))),
        ("period", f"{claim.start or '..'}/{claim.end or '..'}" if claim.start or claim.end else "not stated"),
        ("asserted by", claim.asserted_by or "nobody named"),
        ("told as", told_as(claim)),
        ("in its words", claim.quote),
        ("passage", passage),
        ("document", held.document),
        ("published", _published(state.documents[held.document])),
        *_copies(state.documents[held.document], folder),
        ("characters", f"{claim.quote_start} to {claim.quote_end} of its text"),
        ("read by", f"{claim.extractor}, confidence {claim.confidence:.2f} {OF_WHAT}"),
        *_because(claim.reasons),
        *_said(held),
        *(("perhaps", _edge(link)) for link in _tellable(state, held.links)),
        ("no finding", NO_FINDING),
    ]


def _tellable(state: State, links: Sequence[Link]) -> list[Link]:
    """Those whose reasons tell nothing that is kept back: of a computation each tells the figures of all inputs."""
    from tallystick.study.workspace.resealed import COMPUTED

    hidden = [link.reasons for link in links if link.kind == COMPUTED and not _may_be_told(state, link)]
    return [link for link in links if _may_be_told(state, link) and link.reasons not in hidden]


def _may_be_told(state: State, link: Link) -> bool:
    """Whether what it leads to is shown too: its reasons tell the figures of both, and one may be kept back since."""
    other = state.held.get(state.id_of(link.to))
    if other is not None:
        return not state.is_kept_back(other)
    return any(cells["id"] == link.to for cells in state.rows.get("claims.csv", ()))


def _passage(workspace: Workspace, state: State, held: Held | HeldStatement) -> str:
    """The passage that was read, and no more: what stands beside it may be kept back. "" where its text is not here."""
    from tallystick.study.workspace.passages import passage_of, quoted_alone
    from tallystick.study.workspace.texts import stretches_of

    document, said = state.documents[held.document], held.reviewed
    if state.is_kept_back(held) or not workspace.copies.holds(document.text):
        return ""
    text, _ = stretches_of(workspace, document)
    is_there = text[said.quote_start : said.quote_end] == said.quote
    passage = passage_of(text, said, alone=document.id in quoted_alone(workspace))
    return " ".join(passage.split()) if is_there else ""


def _published(document: Document) -> str:
    return ", ".join(filter(None, (document.title, document.publisher, str(document.published_on or "without a date"))))


def _statement(state: State, told: HeldStatement, folder: Path, passage: str) -> Fields:
    if state.is_kept_back(told):
        return [("id", told.id), ("statement", KEPT_BACK)]
    return [
        ("id", told.id),
        ("status", told.status),
        ("topics", "; ".join(told.reviewed.topics)),
        ("bears on", " ".join(filter(None, (told.reviewed.bearing, "; ".join(told.reviewed.indicators))))),
        ("in its words", told.statement.quote),
        ("passage", passage),
        ("document", told.document),
        ("published", _published(state.documents[told.document])),
        *_copies(state.documents[told.document], folder),
        ("characters", f"{told.statement.quote_start} to {told.statement.quote_end} of its text"),
        ("weight", "a clue; it is never scored"),
        *_said(told),
    ]


def _because(reasons: tuple[str, ...]) -> Fields:
    from tallystick.cli.proposal_cards import because

    return [because(reason) for reason in reasons]


def _said(held: Held | HeldStatement) -> Fields:
    return [("was said", _opinion(held, one)) for one in held.opinions]


def _opinion(held: Held | HeldStatement, one: Opinion) -> str:
    from tallystick.study.workspace.corrected import corrected

    if one.verdict == "correct":
        return f"correct {corrected(held, one)}"
    return " ".join(
        filter(None, (f"{one.by}:", one.verdict, "in bulk:" if one.bulk else "", _listed(one.changes), one.why))
    )


def _listed(changes: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in changes.items())


def _edge(link: Link) -> str:
    return f"{link.kind} {link.to} ({link.score:.2f}, {link.verdict}): {'; '.join(link.reasons)}"
