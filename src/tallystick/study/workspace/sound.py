"""Whether an entry of somebody else's ledger is one that could have been recorded: asked before it is taken over.

A chain that holds says who wrote what, and not that it makes sense. Here each content is held to its kind, to its
numbers' ranges, to the words of the document where its text is at hand, and to what belongs to it: a reading to a
document that is there, an opinion to a reading, and what an id stands for to the chain that drew that id. What is
sealed for others is held to what stands beside it in clear.

Whether a reading is right is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import Any, Final

import msgspec

from tallystick.claims.proposal import Proposal, StatementProposal
from tallystick.evidence.faults import printable
from tallystick.evidence.ledger.entry import DIGITS, Entry
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.seal import SEALED
from tallystick.evidence.programme import load_programme
from tallystick.study.swap import scratch
from tallystick.study.workspace.accepted import write
from tallystick.study.workspace.contents import ABOUT, about
from tallystick.study.workspace.records import Document, Held, HeldStatement, Opinion, Refusal
from tallystick.study.workspace.state import (
    DOCUMENT,
    EDGE,
    LINEAGE,
    PROPOSAL,
    PUBLISH,
    REFUSED,
    REVIEW,
    STATEMENT,
    Links,
    state_of,
)
from tallystick.study.workspace.texts import stretches_of
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import EvidenceFaults

FIXED: Final = frozenset(
    ("quote", "quote_start", "quote_end", "passage_start", "passage_end", "extractor", "confidence", "reasons")
)
CHANGEABLE: Final = tuple(field.name for field in fields(Proposal) if field.name not in FIXED)
TAGS: Final = tuple(field.name for field in fields(StatementProposal) if field.name not in FIXED)
BEARINGS: Final = ("supports", "contradicts", "mixed", "neutral")
STATUSES: Final = ("observed", "planned", "forecast")
LETTER: Final = {DOCUMENT: "d", PROPOSAL: "p", STATEMENT: "s", REFUSED: "x"}
NAME: Final = re.compile(r"[0-9a-f]{64}")
LONGEST: Final = 10_000  # characters of a text in an entry: a long paragraph, and no page
MOST: Final = 1e15  # of any unit: what is beyond was no number of people or of money
HINT: Final = "nothing was taken over; ask who wrote it, and for an export without that entry"


class _Unsound(ValueError):
    """What is wrong with a content, in words that name the field."""


@dataclass(frozen=True, slots=True)
class _Case:
    """An entry with what it says, opened."""

    workspace: Workspace
    entry: Entry
    content: Mapping[str, Any]


def checked(workspace: Workspace, name: str) -> Callable[[Sequence[Entry]], None]:
    """What raises a LedgerError, naming the entry, where one of the file `name` could not have been recorded.

    What is held to the words of documents is held to those that are here now.
    """
    assert workspace.state  # worked out before anything is taken over, and kept while it is

    def check(entries: Sequence[Entry]) -> None:
        for entry in entries:
            if problem := problem_with(workspace, entry):
                place = f"entry {entry.number} of chain {entry.chain[:12]} ({entry.kind} {entry.subject})"
                raise LedgerError(f"{place}: {problem}", file=name, hint=HINT)
        _check_evidence(workspace, name)

    return check


def problem_with(workspace: Workspace, entry: Entry) -> str:
    """Why an entry could not have been recorded, as far as it can be opened here; "" where it could."""
    try:
        _check(workspace, entry)
    except _Unsound as error:
        return printable(str(error))
    return ""


def _check_evidence(workspace: Workspace, name: str) -> None:
    """What is accepted in it holds as evidence, beside what is here, by the checks that any evidence passes."""
    everybody = replace(workspace.key, identity=None)
    state = state_of(workspace.ledger.entries(), everybody, workspace.ledger.own)
    with scratch() as place:
        write(workspace, place, state)
        try:
            load_programme(place)
        except EvidenceFaults as error:
            problem = f"what is accepted in it is refused as evidence: {printable(str(error.faults[0]))}"
            raise LedgerError(problem, file=name, hint=HINT) from error


def _check(workspace: Workspace, entry: Entry) -> None:
    if entry.kind not in CHECKS or entry.content is None:
        return  # the programme's rows are one's own, and of what a later version records nothing is read
    _check_about(workspace, entry, entry.content)
    _check_place(workspace, entry)
    content = workspace.key.opened(entry.content)
    if content is not None and workspace.key.opens(entry.content):
        CHECKS[entry.kind](_Case(workspace, entry, content))
    elif entry.kind == REVIEW:
        _review(_Case(workspace, entry, {"changes": {}, "why": "", **(content or {})}))


def _check_about(workspace: Workspace, entry: Entry, content: Mapping[str, Any]) -> None:
    """What stands beside a seal is what an erasure goes by, so it must be there, and be what is inside."""
    if SEALED not in content:
        return
    clear = set(content) - {SEALED, ABOUT}
    inside = workspace.key.opened({SEALED: content[SEALED]}) or {}
    if clear & set(inside):
        raise _Unsound(f"says {', '.join(sorted(clear & set(inside)))} in clear, and again sealed")
    if entry.kind == DOCUMENT and "sha256" not in content:
        names = about(content, "copies")
        _need(isinstance(names, list) and bool(names), "names no copies beside what is sealed")
        told = [inside.get("copy"), inside.get("text")] if inside else names
        _need(names == told and all(map(_is_name, names)), "names other copies beside what is sealed than in it")
    if entry.kind in (PROPOSAL, STATEMENT):
        document = about(content, "document")
        _need(isinstance(document, str), "names no document beside what is sealed")
        _need(inside.get("document", document) == document, "names another document beside what is sealed than in it")
        _document_is_there(workspace, str(document))


def _check_place(workspace: Workspace, entry: Entry) -> None:
    """An id stands for what the chain says that drew it, and for nothing else."""
    letter = LETTER.get(entry.kind)
    drawn = entry.subject == f"{letter}{entry.commitment[:DIGITS]}"
    if letter and not drawn:
        _need(entry.kind in (PROPOSAL, STATEMENT), "has another id than its content gives it")
    if (letter and not drawn) or entry.kind == PUBLISH:
        kinds = {PUBLISH: (DOCUMENT,)}.get(entry.kind, (entry.kind,))
        drew = [one for one in workspace.ledger.about(entry.subject) if one.kind in kinds]
        _need(any(_drew(one) and one.chain == entry.chain for one in drew), "speaks for an id of somebody else's")


def _drew(entry: Entry) -> bool:
    return entry.subject[1:] == entry.commitment[:DIGITS]


def _document(case: _Case) -> None:
    document = _as({**case.content, "id": case.entry.subject}, Document)
    lies_in_clear = SEALED not in (case.entry.content or {}) or "sha256" in (case.entry.content or {})
    _need(document.public == lies_in_clear, "public: does not say whether it lies in clear or sealed")
    for field in ("sha256", "copy", "text"):
        _need(_is_name(getattr(document, field)), f"{field}: is no SHA-256")
    _need(document.size >= 0 and document.replaced >= 0, "size, replaced: are no counts")
    _need(document.captured_at.tzinfo is not None, "captured_at: names no time zone")
    _short(document.origin, document.part, document.title, document.publisher, document.url)


def _proposal(case: _Case) -> None:
    claim = _as(case.content.get("claim"), Proposal)
    if problem := problem_of(claim):
        raise _Unsound(problem)
    _read_from(case.workspace, case.content, claim)


def _statement(case: _Case) -> None:
    statement = _as(case.content.get("statement"), StatementProposal)
    if problem := statement_problem_of(statement):
        raise _Unsound(problem)
    _read_from(case.workspace, case.content, statement)


def _read_from(workspace: Workspace, content: Mapping[str, Any], one: Proposal | StatementProposal) -> None:
    """The document is there, and the words are its words where its text is at hand."""
    document = content.get("document")
    _need(isinstance(document, str), "document: is no id")
    _document_is_there(workspace, str(document))
    text = _text(workspace, str(document))
    _need(text is None or one.quote in text, "quote: does not stand in the document")
    _short(one.quote, one.asserted_by, one.restricted, *one.reasons)


def _document_is_there(workspace: Workspace, document: str) -> None:
    kinds = {one.kind for one in workspace.ledger.about(document)}
    _need(DOCUMENT in kinds, f"document: there is no {document}")


def _text(workspace: Workspace, document: str) -> str | None:
    """The text as it was read here, or by whoever's copies lie here; None where nobody at hand can open one."""
    found = workspace.state.documents.get(workspace.state.id_of(document)) or _of_same_bytes(workspace, document)
    if found is None or not workspace.copies.holds(found.text):
        return None
    return stretches_of(workspace, found)[0]


def _of_same_bytes(workspace: Workspace, document: str) -> Document | None:
    """Our document of the bytes of theirs, whose entry is new here."""
    for entry in workspace.ledger.about(document):
        content = workspace.key.opened(entry.content or {}) or {}
        parts = workspace.state.by_bytes.get(str(content.get("sha256")), {})
        if content.get("part") in parts:
            return workspace.state.documents.get(parts[content["part"]])
    return None


def _review(case: _Case) -> None:
    opinion = _as({**case.content, "by": case.entry.by, "at": case.entry.at}, Opinion)
    told = case.workspace.ledger.about(case.entry.subject)
    if any(one.kind == DOCUMENT for one in told):
        _need(
            opinion.verdict == "restrict" and not opinion.changes, "says of a document more than that it is kept back"
        )
        _short(opinion.why)
        return
    about_it = [one for one in told if one.kind in (PROPOSAL, STATEMENT)]
    _need(bool(about_it), f"there is no {case.entry.subject} to say something of")
    _short(opinion.why)
    if SEALED in (case.entry.content or {}) and not opinion.changes:
        return
    at_hand = (_held(case.workspace, one) for one in about_it)
    held = next((one for one in at_hand if one is not None), None)
    if problem := changes_problem(held, opinion):
        raise _Unsound(problem)


def _held(workspace: Workspace, entry: Entry) -> Held | HeldStatement | None:
    content = workspace.key.opened(entry.content or {}) or {}
    if entry.kind == PROPOSAL and "claim" in content:
        return Held(id=entry.subject, document="", claim=_as(content["claim"], Proposal))
    if entry.kind == STATEMENT and "statement" in content:
        told = _as(content["statement"], StatementProposal)
        return HeldStatement(id=entry.subject, document="", statement=told)
    return None


def changeable(held: Held | HeldStatement | None) -> tuple[str, ...]:
    """The fields that a person may correct; those of either where it is not at hand which it is."""
    if held is None:
        return tuple(dict.fromkeys((*CHANGEABLE, *TAGS)))
    return CHANGEABLE if isinstance(held, Held) else TAGS


def changes_problem(held: Held | HeldStatement | None, opinion: Opinion) -> str:
    """Why this is no correction or division of that claim or statement; "" where it is one. None: it is not at hand."""
    if opinion.verdict == "split" and isinstance(held, HeldStatement):
        return "a statement is not split"
    said = dict(opinion.changes)
    parts: Any = said.pop("into", None) if opinion.verdict == "split" else [said]
    if opinion.verdict == "split":
        if said or not isinstance(parts, list) or len(parts) < 2:
            return "changes: a division names two claims or more, and nothing else"
    elif opinion.verdict == "correct":
        if not said:
            return "changes: nothing is corrected"
    elif said:
        return f"changes: to {opinion.verdict} changes nothing"
    return next((problem for part in parts if (problem := _part_problem(held, part))), "")


def _part_problem(held: Held | HeldStatement | None, part: Any) -> str:
    if not isinstance(part, dict):
        return "changes: are no fields with values"
    if unknown := sorted(set(part) - set(changeable(held))):
        return f"changes: {', '.join(unknown)} cannot be corrected"
    if held is None:
        return ""
    try:
        corrected = msgspec.convert(msgspec.to_builtins(held.proposed) | part, type(held.proposed))
    except msgspec.ValidationError as error:
        return f"changes: {error}"
    return problem_of(corrected) if isinstance(corrected, Proposal) else statement_problem_of(corrected)


def _lineage(case: _Case) -> None:
    for link in _as(dict(case.content), Links).links:
        _need(isfinite(link.score) and 0 <= link.score <= 1, "score: lies outside 0 to 1")
        _need(
            link.verdict == "proposed" and not link.by, "verdict: a link is proposed, and judged by an entry of its own"
        )
        _short(link.to, link.kind, *link.reasons)


def _edge(case: _Case) -> None:
    said = [case.content.get(name) for name in ("to", "kind", "why")]
    _need(all(isinstance(one, str) for one in said), "to, kind, why: are no texts")
    _need(case.content.get("verdict") in ("upheld", "overruled"), "verdict: is neither upheld nor overruled")
    _short(*map(str, said))


def _refusal(case: _Case) -> None:
    refusal = _as({**case.content, "id": case.entry.subject}, Refusal)
    _need(not refusal.sha256 or _is_name(refusal.sha256), "sha256: is no SHA-256")
    _short(refusal.origin, refusal.message, refusal.hint)


def problem_of(claim: Proposal) -> str:
    """Why this cannot be a reading of any text; "" where it can."""
    values = [value for value in (claim.low, claim.point, claim.high) if value is not None]
    if not all(isfinite(value) and abs(value) <= MOST for value in values):
        return "low, point, high: are no figures"
    if not values or sorted(values) != values:
        return "low, point, high: are not in order"
    if not 0 <= claim.confidence <= 1:
        return "confidence: lies outside 0 to 1"
    if claim.start and claim.end and claim.end < claim.start:
        return "end: lies before start"
    if claim.status not in STATUSES:
        return f"status: is none of {', '.join(STATUSES)}"
    return _span_problem(claim)


def statement_problem_of(statement: StatementProposal) -> str:
    """Why this cannot be a statement of any text; "" where it can."""
    if statement.bearing not in BEARINGS:
        return f"bearing: is none of {', '.join(BEARINGS)}"
    if len(statement.limbs) != len(statement.phases):
        return "limbs, phases: differ in number"
    return _span_problem(statement)


def _span_problem(one: Proposal | StatementProposal) -> str:
    if not 0 <= one.passage_start <= one.quote_start < one.quote_end <= one.passage_end:
        return "quote_start, quote_end: do not lie in the passage"
    return "" if len(one.quote) == one.quote_end - one.quote_start else "quote: is not as long as its place"


def _as(content: Any, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        raise _Unsound(f"is no {kind.__name__.lower()}: {error}") from error


def _is_name(value: object) -> bool:
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def _short(*texts: str) -> None:
    for text in texts:
        _need(len(text) <= LONGEST, f"holds a text of {len(text)} characters, where {LONGEST} are the most")


def _need(holds: bool, problem: str) -> None:
    if not holds:
        raise _Unsound(problem)


CHECKS: Final[Mapping[str, Callable[[_Case], None]]] = {
    DOCUMENT: _document, PUBLISH: _document, PROPOSAL: _proposal, STATEMENT: _statement, REVIEW: _review,
    LINEAGE: _lineage, EDGE: _edge, REFUSED: _refusal,
}  # fmt: skip
