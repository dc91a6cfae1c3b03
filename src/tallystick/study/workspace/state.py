"""What holds at present, worked out from the ledger's entries in their order, and from nothing else.

    documents    one for the same bytes, however often and by whomever they were read
    held         proposals with opinions and edges; the same reading of the same words is one proposal
    statements   qualitative ones
    base         the rows and tables that the programme shipped when the workspace was made

Two analysts who read one document and merged their ledgers share it here: the entry that comes first names it, and
what was said of the other's copy is said of this one. What is sealed and cannot be opened is counted and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

from tallystick.claims.proposal import Proposal, StatementProposal, naming
from tallystick.evidence.ledger.entry import Entry
from tallystick.study.workspace.contents import Key, about, from_content
from tallystick.study.workspace.evidence_folder import Base
from tallystick.study.workspace.records import Document, Held, HeldStatement, Link, Opinion, Refusal
from tallystick.study.workspace.rows import Cells
from tallystick.vocab.errors import EvidenceError

DOCUMENT, PROPOSAL, STATEMENT, REVIEW = "document", "proposal", "statement", "review"
LINEAGE, EDGE = "lineage", "edge"
ROW, TABLE, PUBLISH, BRIEF, REFUSED = "row", "table", "publish", "brief", "refused"
NAME = "name"  # of the file that a document in clear was read from, sealed; it counts in no state
READING = "reading"  # what was asked of a document beside the grammar
BY_A_PERSON: Final = "a person restricted it"
SEALED_WORDS: Final = {"changes": {}, "why": ""}  # what is known of an opinion whose words nobody here can open


@dataclass(slots=True)
class State:
    """See the module.

    Each mapping is a dict in memory, or a shelf of a file (`workspace.shelves`): what is taken from one is a copy, and
    a change counts only when it is put back.
    """

    own: str  # the workspace's own chain: what its programme shipped is read from that one alone
    documents: MutableMapping[str, Document] = field(default_factory=dict)
    held: MutableMapping[str, Held] = field(default_factory=dict)
    statements: MutableMapping[str, HeldStatement] = field(default_factory=dict)
    rows: MutableMapping[str, list[Cells]] = field(default_factory=dict)
    tables: MutableMapping[str, str] = field(default_factory=dict)
    by_bytes: MutableMapping[str, dict[str, str]] = field(
        default_factory=dict
    )  # SHA-256 -> id of the document, by part
    by_address: MutableMapping[str, list[str]] = field(default_factory=dict)  # URL -> ids of documents
    of_document: MutableMapping[str, list[str]] = field(default_factory=dict)  # its proposals and statements, by ids
    unasked: MutableMapping[str, bool] = field(default_factory=dict)  # proposals whose lineage was not asked for yet
    unplaced: MutableMapping[str, bool] = field(default_factory=dict)  # proposals to be found by their figures anew
    unmarked: MutableMapping[str, bool] = field(default_factory=dict)  # documents whose wording was not taken in yet
    same: MutableMapping[str, str] = field(default_factory=dict)  # id of a second copy -> the id that stands for both
    twins: MutableMapping[str, list[str]] = field(default_factory=dict)  # and back
    readings: MutableMapping[str, str] = field(default_factory=dict)  # the id of each reading of the same words
    asked: MutableMapping[str, list[str]] = field(default_factory=dict)  # document -> extractors beside the grammar
    sealed: int = 0  # entries that nobody here can open
    erased: int = 0  # entries whose content is gone
    refused: MutableMapping[str, list[Refusal]] = field(default_factory=dict)  # SHA-256 -> why these were not read
    by_mark: MutableMapping[str, list[str]] = field(default_factory=dict)  # of documents, refusals nobody can open here
    unheard: MutableMapping[str, list[Opinion]] = field(default_factory=dict)  # of what nobody here can open, so far

    @property
    def base(self) -> Base:
        """What the programme shipped."""
        return Base(self.rows, self.tables)

    def ids_of(self, digest: str) -> tuple[str, ...]:
        """The documents that were read from these bytes."""
        return tuple(self.by_bytes.get(digest, {}).values())

    def at_address(self, url: str) -> tuple[Document, ...]:
        """The documents that were read at that address."""
        return tuple(self.documents[id] for id in self.by_address.get(url, ()))

    def held_of(self, document: str) -> tuple[Held, ...]:
        """The proposals read from a document."""
        return tuple(self.held[id] for id in self.of_document.get(document, ()) if id in self.held)

    def statements_of(self, document: str) -> tuple[HeldStatement, ...]:
        """The statements read from a document."""
        return tuple(self.statements[id] for id in self.of_document.get(document, ()) if id in self.statements)

    def is_kept_back(self, held: Held | HeldStatement) -> bool:
        """Whether what is said of a proposal must be sealed: it narrows, or its document is not public."""
        document = self.documents.get(held.document)
        restricted = bool(held.kept_back) or held.status == "restricted"
        return restricted or document is None or not document.public

    def judged(self, name: str) -> Held | HeldStatement | None:
        """The proposal or statement of that id; None where there is none."""
        return self.held.get(name) or self.statements.get(name)

    def put(self, one: Held | HeldStatement) -> None:
        """Let this stand in the place of what has its id."""
        if isinstance(one, Held):
            self.held[one.id] = one
        else:
            self.statements[one.id] = one

    def all_ids_of(self, name: str) -> tuple[str, ...]:
        """Every id that came to stand for the same document, proposal or statement."""
        return (name, *self.twins.get(name, ()))

    def id_of(self, name: str) -> str:
        """The id that stands for a document, proposal or statement, by any of its ids."""
        return self.same.get(name, name)

    def is_first(self, reading: tuple[object, ...], name: str) -> bool:
        """Whether that reading of the same words is the first; a later one is the same as the first from then on."""
        key = sha256(repr(reading).encode()).hexdigest()
        first = self.readings.get(key, name)
        if first == name:
            self.readings[key] = name
            return True
        self.make_same(name, first)
        return False

    def make_same(self, name: str, first: str) -> None:
        """From now on `name` is another name of `first`."""
        if name not in self.same:
            self.same[name] = first
            self.twins[first] = [*self.twins.get(first, ()), name]


def state_of(entries: Iterable[Entry], key: Key, own: str) -> State:
    """The state after these entries, in the order in which a ledger gives them."""
    state = State(own=own)
    for entry in entries:
        apply(state, entry, key)
    return state


def apply(state: State, entry: Entry, key: Key) -> None:
    """Let one more entry count."""
    step = STEPS.get(entry.kind)
    if step is None:
        return
    if entry.content is None:
        state.erased += 1
        return
    content = key.opened(entry.content)  # of a verdict whose words nobody here can open, the verdict alone
    if content is None:
        state.sealed += 1
        mark = about(entry.content, "mark")
        if entry.kind in (DOCUMENT, REFUSED) and isinstance(mark, str):
            state.by_mark[mark] = [*state.by_mark.get(mark, ()), entry.subject]
        name = state.id_of(entry.subject)
        if entry.kind == LINEAGE and name in state.unasked and _speaks_for(state, entry, state.held[name]):
            del state.unasked[name]  # it was asked for, whatever the answer
        return
    try:
        step(state, entry, content)
    except (EvidenceError, KeyError, TypeError):
        if entry.chain == state.own:
            raise
        state.sealed += 1  # somebody sealed for us what no version writes: it counts as closed, and `verify` names it


def restrict_as(state: State, later: State) -> None:
    """Keep back in `state` what a later one keeps back."""
    for id, document in later.documents.items():
        if not document.public and id in state.documents:
            state.documents[id] = replace(state.documents[id], public=False)
    kept: tuple[Held | HeldStatement, ...] = (*later.held.values(), *later.statements.values())
    for held in kept:
        if held.status == "restricted":
            _restrict(state, held.id, held.proposed.restricted or BY_A_PERSON)


def _row(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    if entry.chain == state.own:
        rows = state.rows.get(content["file"], [])
        rows.append(dict(content["row"]))
        state.rows[content["file"]] = rows


def _table(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    if entry.chain == state.own:
        state.tables[content["file"]] = content["text"]


def _document(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    found = from_content({**content, "id": entry.subject, "chain": entry.chain}, Document, place=entry.subject)
    if any(_keeps_theirs_back(state, one, found) for one in state.unheard.pop(entry.subject, ())):
        found = replace(found, public=False)
    first = _by_bytes(state, found, entry.subject)
    if first != entry.subject:
        state.make_same(entry.subject, first)
        if _counts_more(state, found, state.documents[first]):
            _keep(state, replace(found, id=first))
        return
    _keep(state, found)


def _counts_more(state: State, found: Document, known: Document) -> bool:
    """Whether a second document of the same bytes stands for both: what was read here does, before anybody else's.

    So nobody else's ledger makes public what was read here as restricted. Of equals the one that lies in clear does.
    """
    if (found.chain == state.own) != (known.chain == state.own):
        return found.chain == state.own
    return found.public and not known.public


def _refused(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    refusal = from_content({**content, "id": entry.subject}, Refusal, place=entry.subject)
    if refusal.sha256:
        state.refused[refusal.sha256] = [*state.refused.get(refusal.sha256, ()), refusal]


def _speaks_for(state: State, entry: Entry, one: Document | Held | HeldStatement) -> bool:
    """Whether who made the entry read this, or it was made here."""
    return entry.chain in (one.chain, state.own)


def _publish(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    found = from_content({**content, "id": entry.subject, "chain": entry.chain}, Document, place=entry.subject)
    name = state.id_of(entry.subject)
    if name in state.documents and not _speaks_for(state, entry, state.documents[name]):
        return
    _by_bytes(state, found, name)
    _keep(state, replace(found, id=name, public=True))


def _by_bytes(state: State, document: Document, id: str) -> str:
    """The id of the document of these bytes: that one, where there is none yet."""
    parts = state.by_bytes.get(document.sha256, {})
    if document.part not in parts:
        state.by_bytes[document.sha256] = {**parts, document.part: id}
    return parts.get(document.part, id)


def _keep(state: State, document: Document) -> None:
    if document.url and document.id not in (there := state.by_address.get(document.url, [])):
        state.by_address[document.url] = [*there, document.id]
    state.documents[document.id] = document
    state.unmarked[document.id] = True
    for held in state.held_of(document.id):
        state.unplaced[held.id] = True


def _proposal(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    claim = from_content(content["claim"], Proposal, place=entry.subject)
    document = state.id_of(content["document"])
    reading = (
        document, claim.quote_start, claim.quote_end, claim.measure, claim.low, claim.point, claim.high, claim.host,
    )  # fmt: skip
    if not state.is_first(reading, entry.subject):
        first = state.id_of(entry.subject)
        if entry.chain == state.own:
            _make_own(state, first)
        _restrict(state, first, claim.restricted)
        _name_both(state, first, claim.extractor)
    elif entry.subject not in state.held:  # a document that was marked public brings the same again, in clear
        said = tuple(state.unheard.pop(entry.subject, ()))
        held = Held(id=entry.subject, document=document, claim=claim, chain=entry.chain, opinions=said)
        state.held[entry.subject] = held
        _enlist(state, document, entry.subject)
        state.unasked[entry.subject] = state.unplaced[entry.subject] = True


def _enlist(state: State, document: str, id: str) -> None:
    """Let a proposal or statement be found by its document."""
    there = state.of_document.get(document, [])
    if id not in there:
        state.of_document[document] = [*there, id]


def _statement(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    statement = from_content(content["statement"], StatementProposal, place=entry.subject)
    document = state.id_of(content["document"])
    reading = (document, statement.quote_start, statement.quote_end, statement.topics, statement.indicators)
    if not state.is_first(reading, entry.subject):
        first = state.id_of(entry.subject)
        if entry.chain == state.own:
            _make_own(state, first)
        _restrict(state, first, statement.restricted)
    elif entry.subject not in state.statements:
        said = tuple(state.unheard.pop(entry.subject, ()))
        state.statements[entry.subject] = HeldStatement(
            id=entry.subject, document=document, statement=statement, chain=entry.chain, opinions=said
        )
        _enlist(state, document, entry.subject)


def _name_both(state: State, name: str, extractor: str) -> None:
    """Let a claim that was proposed twice name all who proposed it."""
    held = state.held.get(name)
    if held is not None and naming(held.claim.extractor, extractor) != held.claim.extractor:
        state.put(replace(held, claim=replace(held.claim, extractor=naming(held.claim.extractor, extractor))))


def _reading(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    name, extractor = state.id_of(entry.subject), str(content["extractor"])
    before = state.asked.get(name, [])
    if extractor not in before:
        state.asked[name] = [*before, extractor]


def _make_own(state: State, name: str) -> None:
    """Let a reading that somebody else had first be one's own, too: what nobody here said does not clear it."""
    held = state.judged(name)
    if held is not None:
        opinions = tuple(one if one.chain == state.own else one.without_clearing() for one in held.opinions)
        state.put(replace(held, chain=state.own, opinions=opinions))


def _restrict(state: State, name: str, why: str) -> None:
    """What one reading of the same words keeps back, all keep back."""
    held = state.judged(name)
    if held is None or not why or held.proposed.restricted:
        return
    if isinstance(held, Held):
        state.put(replace(held, claim=replace(held.claim, restricted=why)))
    else:
        state.put(replace(held, statement=replace(held.statement, restricted=why)))


def _review(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    """A person's verdict. It stands in clear, so that who lacks the key knows of a restriction; its words may not."""
    told = {**SEALED_WORDS, **content, "by": entry.by, "at": entry.at, "chain": entry.chain}
    opinion = from_content(told, Opinion, place=entry.subject)
    if opinion.verdict in ("correct", "split") and not opinion.changes:  # to what, who lacks the key cannot know
        opinion = replace(opinion, verdict="restrict")
    document = state.documents.get(state.id_of(entry.subject))
    if document is not None:
        if _keeps_theirs_back(state, opinion, document):
            state.documents[document.id] = replace(document, public=False)
        return
    held = state.judged(state.id_of(entry.subject))
    if held is not None:
        said = opinion if _speaks_for(state, entry, held) else opinion.without_clearing()
        if not said.repeats(held.opinions):
            state.put(replace(held, opinions=(*held.opinions, said)))
            if isinstance(held, Held):
                state.unplaced[held.id] = True  # it may have been corrected
    else:
        name = state.id_of(entry.subject)
        state.unheard[name] = [*state.unheard.get(name, ()), opinion.without_clearing()]


def _keeps_theirs_back(state: State, opinion: Opinion, document: Document) -> bool:
    """Whether it says here that somebody else's document is kept back (`study.workspace.theirs`)."""
    return opinion.verdict == "restrict" and opinion.chain == state.own != document.chain


def _lineage(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    """The edges that were found for a proposal, all at once; none is an answer too. What was sealed may be added."""
    name = state.id_of(entry.subject)
    if name in state.held and _speaks_for(state, entry, state.held[name]):
        held, links = state.held[name], from_content(content, Links, place=entry.subject).links
        known = {(link.to, link.kind): link for link in held.links}
        for link in (replace(link, to=state.id_of(link.to)) for link in links):
            judged = known.get((link.to, link.kind), link)
            known[link.to, link.kind] = replace(link, verdict=judged.verdict, by=judged.by, why=judged.why)
        state.held[name] = replace(held, links=tuple(known.values()))
        state.unasked.pop(name, None)


def _edge(state: State, entry: Entry, content: Mapping[str, Any]) -> None:
    """A person's word on an edge: the last one stands, also where what led to it was erased and is found anew."""
    name, to = state.id_of(entry.subject), state.id_of(content["to"])
    if name in state.held:
        held = state.held[name]
        judged = {"verdict": content["verdict"], "by": entry.by, "why": content["why"]}
        known = {(link.to, link.kind): link for link in held.links}
        link = known.get((to, content["kind"]), Link(to=to, kind=content["kind"], score=0.0, reasons=()))
        known[to, link.kind] = replace(link, **judged)
        state.held[name] = replace(held, links=tuple(known.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What a lineage entry holds."""

    links: tuple[Link, ...]


STEPS: Final[Mapping[str, Callable[[State, Entry, Mapping[str, Any]], None]]] = {
    ROW: _row, TABLE: _table, DOCUMENT: _document, PUBLISH: _publish, PROPOSAL: _proposal, STATEMENT: _statement,
    REVIEW: _review, LINEAGE: _lineage, EDGE: _edge, REFUSED: _refused, READING: _reading,
}  # fmt: skip
