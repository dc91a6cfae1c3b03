"""Documents taken into a workspace: `tallystick read`.

A document is acknowledged when its entries are on the disk: its own, and those of all that was proposed from it, in one
step. Before that step nothing speaks of it; a read that was killed is repeated and goes on where it stopped, since what
is known by its bytes is not read again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

from tallystick.claims.proposal import AND, Proposal, StatementProposal
from tallystick.evidence.documents.derived import Derived, Refused
from tallystick.evidence.documents.verdicts import DocumentError
from tallystick.evidence.ledger.entry import Draft, content_of
from tallystick.evidence.ledger.seal import holds_identity
from tallystick.evidence.root import canonical_json
from tallystick.study.workspace.contents import ABOUT, as_content
from tallystick.study.workspace.erased import ERASED
from tallystick.study.workspace.opening import SEALED_HERE, closed_of, narrowing_in, still_sealed
from tallystick.study.workspace.records import Document, Held, HeldStatement, suffix_of
from tallystick.study.workspace.state import DOCUMENT, NAME, PROPOSAL, PUBLISH, READING, REFUSED, STATEMENT
from tallystick.study.workspace.taken import Taken, Text
from tallystick.study.workspace.texts import stretches_of
from tallystick.study.workspace.unsealed import claims_in_clear, may_be_told, statements_in_clear
from tallystick.study.workspace.workspace import Workspace, is_workspace
from tallystick.vocab.errors import UsageError
from tallystick.vocab.version import VERSION

ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
KEY: Final = "key"  # the verdict on a file with an age identity; it is told, and recorded nowhere
Outcome = Literal["read", "known", "opened", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something to read, and its bytes when they are asked for.

    origin   what the ledger keeps of where it came from: a file's name without its folders, or an address
    place    where it lies, for who is reading it now
    """

    origin: str
    place: str
    name: str
    load: Callable[[], bytes]
    is_page: bool = False  # fetched over the network, so that its bytes tell the time of capture too


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of one document."""

    origin: str
    outcome: Outcome
    documents: tuple[str, ...] = ()  # ids; of a document that was refused, of the entry that says so
    claims: int = 0
    statements: int = 0
    restricted: int = 0  # of these, kept back: proposed as restricted, or of a restricted document
    refused: Refused | None = None
    warnings: tuple[str, ...] = ()
    narrowing: int = 0  # passages of a document in clear that narrow to somebody, those of what is kept back too
    nameless: bool = False  # it is restricted, or its name tells of somebody: no list shows that beside its id
    in_clear: bool = False  # it was read as restricted, and lies here in clear from before


def sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Every file named, and every file below a folder named, in the order of their names.

    A workspace is no document, wherever it lies: UsageError where it is named itself.
    """
    for path in paths:
        if any(map(is_workspace, (path, *path.absolute().parents))):
            hint = "name what is to be read; a workspace holds what was read already"
            raise UsageError(f"{path}: is a workspace, or lies in one", hint=hint)
        if path.is_dir():
            yield from map(_file, _below(path))
        else:
            yield _file(path)


def _below(folder: Path) -> list[Path]:
    """Files, and with them what was to be read and cannot: links to nowhere, to folders, and folders that are closed.

    These are refused when they are read, so that nobody takes them for read.
    """
    found: list[Path] = []

    def closed(error: OSError) -> None:
        found.append(Path(os.fsdecode(error.filename)))

    for place, folders, files in os.walk(folder, onerror=closed):
        shown = [Path(place, name) for name in (*folders, *files) if not name.startswith(".")]
        folders[:] = [each.name for each in shown if each.is_dir() and not each.is_symlink() and not is_workspace(each)]
        found += [each for each in shown if each.is_file() or (each.is_symlink() and not is_workspace(each))]
    return sorted(found)


def is_address(name: str) -> bool:
    """Whether that names a page, and not a file."""
    return ADDRESS.match(name) is not None


def _file(path: Path) -> Source:
    from tallystick.evidence.documents.files import file_bytes

    name = os.fsencode(path.name).decode("utf-8", "replace")  # an archive of another system has names that are no text
    return Source(origin=name, place=str(path), name=name, load=lambda: file_bytes(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a document came to, before anything of it is recorded."""

    source: Source
    data: bytes
    taken: Taken
    now: datetime
    extractor: str = ""  # what was asked beside the grammar


def record(
    workspace: Workspace, source: Source, data: bytes, taken: Taken, *, by: str, public: bool, now: datetime,
    extractor: str = "", opens: bool = False,
) -> Told:  # fmt: skip
    """Record what a document came to. One that is known by its bytes is not to be given here; a page may be known."""
    before = _same_page(workspace, taken) if source.is_page and taken.refused is None else ()
    if before:
        return _known(workspace, source, before, by=by, public=public, opens=opens)
    answer = Answer(source=source, data=data, taken=taken, now=now, extractor=extractor)
    return record_all(workspace, [answer], by=by, public=public)[0]


def record_all(workspace: Workspace, answers: Sequence[Answer], *, by: str, public: bool) -> list[Told]:
    """Record what documents came to, all of them or none: they are on the disk when this returns.

    None of them is known yet, and no two are of the same bytes.
    """
    drafts: list[Draft] = []
    with workspace.copies.adding():
        with workspace.copies.together():
            told = [_drafted(workspace, answer, drafts, by=by, public=public) for answer in answers]
        append(workspace, drafts)
    return told


def _drafted(workspace: Workspace, answer: Answer, drafts: list[Draft], *, by: str, public: bool) -> Told:
    """Add the entries of one document to `drafts`, and keep its copies."""
    source, data, taken = answer.source, answer.data, answer.taken
    if taken.refused is not None and taken.refused.verdict in (ERASED, SEALED_HERE, KEY):
        why = taken.refused  # told, and recorded nowhere
        return Told(origin=source.place, outcome="refused", refused=why, nameless=not public)
    if taken.refused is not None:
        new = _refusal(workspace, source, data, taken.refused, by=by, public=public)
        drafts += new
        ids = tuple(draft.subject for draft in new) or workspace.refusals_of(data)
        place, why = source.place, taken.refused
        return Told(origin=place, outcome="refused", documents=ids, refused=why, nameless=not public)
    if not taken.texts:  # it was known, and somebody erased it before its turn came: it leaves no copy
        return Told(origin=source.place, outcome="known")
    writer = _Writer(workspace, by=by, public=public, mark=workspace.key.mark(data, sealed=not public))
    copy = writer.copy(data)
    for text in taken.texts:
        writer.text(source, sha256(data).hexdigest(), len(data), copy, text, answer.now)
        if answer.extractor:
            writer.asked(writer.documents[-1], answer.extractor)
    drafts += writer.drafts
    told = writer.told(source, taken)
    return replace(told, warnings=(*told.warnings, *_yet_to_come(taken, answer.now)))


def _yet_to_come(taken: Taken, now: datetime) -> Iterator[str]:
    """What is to be known of a text whose own date, wherever it was found, cannot be that of its publication."""
    for day, evidence in dict.fromkeys(
        (one.derived.published_on, one.derived.published_evidence) for one in taken.texts
    ):
        if day is not None and day > now.date() + timedelta(days=1):
            yield f"its date, {day} ({evidence}), is yet to come: erase it, and read it with --again --published"


def known(workspace: Workspace, source: Source, data: bytes, *, by: str, public: bool, opens: bool = False) -> Told:
    """What becomes of a document that was read before: nothing, unless it is sealed and to be opened now."""
    return _known(workspace, source, workspace.ids_of(data), by=by, public=public, opens=opens)


def _known(workspace: Workspace, source: Source, ids: tuple[str, ...], *, by: str, public: bool, opens: bool) -> Told:
    refused = still_sealed(workspace, ids, public=public, opens=opens)
    if refused is not None:  # told without its id: beside a name that would say who speaks
        return Told(origin=source.place, outcome="refused", refused=refused)
    if public and (closed := closed_of(workspace, ids)):
        return _opened(workspace, source, ids, closed, by)
    documents = (workspace.state.documents.get(id) for id in ids)
    in_clear = not public and any(one is not None and one.public for one in documents)
    nameless = not public or _is_nameless(workspace, ids)
    return Told(origin=source.place, outcome="known", documents=ids, nameless=nameless, in_clear=in_clear)


def _is_nameless(workspace: Workspace, ids: Iterable[str]) -> bool:
    """Whether where one of these came from tells of somebody."""
    documents = workspace.state.documents
    return any("origin" in documents[id].withheld for id in ids if id in documents)


def _opened(workspace: Workspace, source: Source, ids: tuple[str, ...], closed: Sequence[str], by: str) -> Told:
    sealed = _copies_of(workspace, ids)
    for id in closed:
        publish(workspace, id, by=by)
    workspace.copies.drop(sealed - _copies_of(workspace, ids))  # only now: the documents of one mail share a copy
    narrowing, nameless = len(narrowing_in(workspace, closed)), _is_nameless(workspace, ids)
    return Told(origin=source.place, outcome="opened", documents=ids, narrowing=narrowing, nameless=nameless)


def _copies_of(workspace: Workspace, ids: Sequence[str]) -> set[str]:
    documents = (workspace.state.documents[id] for id in ids if id in workspace.state.documents)
    return {name for document in documents for name in (document.copy, document.text)}


def read_again(workspace: Workspace, answer: Answer, *, by: str, public: bool, opens: bool = False) -> Told:
    """Add what another extractor proposes from a document that was read before; it is asked of each document once."""
    told = known(workspace, answer.source, answer.data, by=by, public=public, opens=opens)
    if told.refused is not None:
        return told
    with workspace.copies.adding():  # an erasure waits, and then takes what was recorded of what it erases
        workspace.kept.forward()
        return _added(workspace, answer, told, by)


def _added(workspace: Workspace, answer: Answer, told: Told, by: str) -> Told:
    parts = workspace.state.by_bytes.get(sha256(answer.data).hexdigest(), {})
    drafts, claims, kept_back = list[Draft](), list[Proposal](), 0
    for text in answer.taken.texts:
        document = workspace.state.documents.get(parts.get(text.derived.part, ""))
        own = workspace.own_id(document.id) if document else None
        if document is None or own is None or not _holds(workspace, document, text.derived):
            continue  # a colleague's, or read by a version that made another text of it: its offsets would be others
        found = [
            _kept_back_as_before(workspace, document, claim)
            for claim in text.claims
            if answer.extractor in claim.extractor.split(AND)
        ]
        writer = _Writer(workspace, by=by, public=document.public, mark={})
        writer.asked(own, answer.extractor)
        writer.claims(own, found)
        drafts += writer.drafts
        claims += found
        kept_back += sum(bool(claim.restricted) or not document.public for claim in found)
    append(workspace, drafts)
    notes = tuple(dict.fromkeys(note for text in answer.taken.texts for note in text.notes))
    outcome: Outcome = "read" if drafts else told.outcome
    return replace(told, outcome=outcome, claims=len(claims), restricted=kept_back, warnings=notes)


def _kept_back_as_before(workspace: Workspace, document: Document, claim: Proposal) -> Proposal:
    """The claim, restricted where its words meet some that are kept back already: nobody reads those into clear."""
    from tallystick.claims.statements.apart import SHARES, overlap

    state = workspace.state
    there: list[Held | HeldStatement] = [*state.held_of(document.id), *state.statements_of(document.id)]
    meets = any(overlap(claim, one.proposed) for one in there if state.is_kept_back(one))
    return replace(claim, restricted=claim.restricted or (SHARES if meets else ""))


def is_to_ask(workspace: Workspace, data: bytes, extractor: str) -> bool:
    """Whether that extractor was not asked of the documents of these bytes yet, as far as they can be opened here."""
    if not extractor:
        return False
    state = workspace.state
    ids = [id for id in workspace.ids_of(data) if id in state.documents]
    return any(extractor not in state.asked.get(id, ()) for id in ids)


def _same_page(workspace: Workspace, taken: Taken) -> tuple[str, ...]:
    """The documents that hold this page already: the same words at the same address, captured at another time."""
    found = [_holding(workspace, text.derived) for text in taken.texts]
    return tuple(found) if all(found) else ()


def _holding(workspace: Workspace, derived: Derived) -> str:
    for document in workspace.state.at_address(derived.url):
        if _holds(workspace, document, derived):
            return document.id
    return ""


def _holds(workspace: Workspace, document: Document, derived: Derived) -> bool:
    """Whether the document's text is here, and is that one."""
    return workspace.copies.holds(document.text) and stretches_of(workspace, document)[0] == derived.text


def loaded(source: Source) -> tuple[bytes, Refused | None]:
    """The document's bytes, or why there are none."""
    try:
        data = source.load()
    except DocumentError as error:
        return b"", Refused(verdict=error.verdict, message=str(error), hint=error.hint)
    if holds_identity(data):
        hint = "leave it out, and keep it in no folder whose documents are read"
        return b"", Refused(verdict=KEY, message="holds an age identity, which opens what is sealed", hint=hint)
    return data, None


def append(workspace: Workspace, drafts: Sequence[Draft]) -> None:
    """Record these together, and let them count in the state at once."""
    if not drafts:
        return
    written = zip(workspace.ledger.append_all(drafts), drafts, strict=True)
    workspace.kept.forward([replace(entry, content=content_of(draft.body)) for entry, draft in written])


def publish(workspace: Workspace, id: str, *, by: str) -> None:
    """Mark a document as published: its copies, and what was read from it, lie in clear from now on.

    What narrows to somebody stays sealed all the same.
    """
    with workspace.copies.adding():
        workspace.kept.forward()  # what somebody erased meanwhile is not brought back
        _publish(workspace, id, by)


def _publish(workspace: Workspace, id: str, by: str) -> None:
    document = workspace.state.documents.get(id)
    if document is None:
        hint = "name the file of the age identity that opens it with --identity"
        raise UsageError(f"{id} is restricted, and can be made public only by who can open it", hint=hint)
    if document.public:
        return
    own = workspace.own_id(id)
    if own is None:
        hint = "ask them to, and import their ledger"
        raise UsageError(f"{id} was read by somebody else, who alone can make it public", hint=hint)
    copies = workspace.copies
    copy, text = (copies.keep(workspace.key.open(copies.read(name))) for name in (document.copy, document.text))
    append(workspace, _published(workspace, replace(document, copy=copy, text=text, public=True), own, by))


def _published(workspace: Workspace, now: Document, own: str, by: str) -> list[Draft]:
    """The entries that tell of a document in clear."""
    state = workspace.state
    claims = [held for held in state.held_of(now.id) if may_be_told(held)]
    told = [held for held in state.statements_of(now.id) if may_be_told(held)]
    return [
        workspace.ledger.draft(PUBLISH, told_in_clear(workspace, now), by=by, subject=own),
        *claims_in_clear(workspace, now.id, claims, by=by),
        *statements_in_clear(workspace, now.id, told, by=by),
    ]


def without_id(content: dict[str, Any]) -> dict[str, Any]:
    """A record's content without its id and chain, which are those of the entry."""
    return {name: value for name, value in content.items() if name not in ("id", "chain")}


def told_in_clear(workspace: Workspace, document: Document) -> dict[str, Any]:
    """What is recorded of a public document, with what names somebody private sealed; of a file not even its name."""
    content = without_id(as_content(document))
    if not is_address(document.origin):
        content["origin"] = ""
    names = {name: content.pop(name) for name in document.withheld if content[name]}
    return {**content, **workspace.key.sealed(names)} if names else content


def _refusal(
    workspace: Workspace, source: Source, data: bytes, refused: Refused, *, by: str, public: bool
) -> list[Draft]:
    """Nothing is known again by bytes that could not be had. What was recorded before is not recorded twice."""
    before = workspace.refusal_of(data, source.name)
    if data and (workspace.was_refused(data) or (before is not None and before.verdict == refused.verdict)):
        return []
    digest = sha256(data).hexdigest() if data else ""
    origin = source.origin if source.is_page or not public else f"*{suffix_of(source.name)}"  # nobody looked at it
    why = as_content(replace(refused, message=_without_name(source, refused.message)))
    told = {"origin": origin, "sha256": digest, "size": len(data), "tool": VERSION, **why}
    key, ledger = workspace.key, workspace.ledger
    mark = key.mark(data, sealed=not public) if data else {}
    content = {**told, ABOUT: mark} if public else key.sealed(told, **mark)
    return [ledger.draft(REFUSED, content, by=by, prefix="x")]


def _without_name(source: Source, message: str) -> str:
    """Why something was refused, without the name before it: nobody looked whether that tells of somebody."""
    named = (f"{name}: " for name in (source.place, source.name))
    start = next((name for name in named if message.startswith(name)), "")
    return message.removeprefix(start)


class _Writer:
    """The entries that one document makes."""

    def __init__(self, workspace: Workspace, *, by: str, public: bool, mark: dict[str, str]) -> None:
        self._workspace, self._by, self._public, self._mark = workspace, by, public, mark
        self.drafts: list[Draft] = []
        self.documents: list[str] = []

    def copy(self, data: bytes) -> str:
        """Keep bytes, sealed where the document is restricted; the name of the copy."""
        return self._workspace.copies.keep(data if self._public else self._workspace.key.seal(data))

    def text(self, source: Source, digest: str, size: int, copy: str, text: Text, now: datetime) -> None:
        """A text's document entry and its proposals."""
        derived = text.derived
        document = Document(
            id="",
            sha256=digest,
            size=size,
            origin=source.origin if source.is_page or not self._public else "",
            part=derived.part,
            captured_at=min(derived.captured_at or now, now),
            media_type=derived.media_type,
            encoding=derived.encoding,
            replaced=derived.replaced,
            language=derived.language,
            title=derived.title,
            publisher=derived.publisher,
            url=derived.url,
            published_on=derived.published_on,
            published_evidence=derived.published_evidence,
            tool=derived.tool,
            text=self.copy(text_copy(derived)),
            copy=copy,
            public=self._public,
            withheld=text.withheld,
        )
        content = without_id(as_content(document))
        if self._public:
            clear = told_in_clear(self._workspace, document)
            id = self._add(DOCUMENT, {**clear, ABOUT: self._mark} if self._mark else clear, "d")
            if not source.is_page and self._workspace.key.recipients:
                sealed = self._workspace.key.sealed({"origin": source.origin})
                self.drafts.append(self._workspace.ledger.draft(NAME, sealed, by=self._by, subject=id))
        else:
            id = self._add(DOCUMENT, content, "d", {**self._mark, "copies": [document.copy, document.text]})
        self.documents.append(id)
        self.claims(id, text.claims)
        for statement in text.statements:
            self._propose(STATEMENT, "statement", id, statement)

    def asked(self, document: str, extractor: str) -> None:
        """The entry that says what was asked of a document beside the grammar."""
        told = {"extractor": extractor, "tool": VERSION}
        held = told if self._public else self._workspace.key.sealed(told)
        self.drafts.append(self._workspace.ledger.draft(READING, held, by=self._by, subject=document))

    def claims(self, document: str, found: Iterable[Proposal]) -> None:
        """The entries of what was proposed from a document."""
        for claim in found:
            self._propose(PROPOSAL, "claim", document, claim)

    def _propose(self, kind: str, name: str, document: str, one: Proposal | StatementProposal) -> None:
        content = {"document": document, name: as_content(one)}
        keep_back = not self._public or bool(one.restricted)
        self._add(kind, content, "p" if kind == PROPOSAL else "s", {"document": document} if keep_back else None)

    def _add(self, kind: str, content: dict[str, Any], prefix: str, about: Mapping[str, Any] | None = None) -> str:
        """One more entry; sealed where it is given what it is about, and that in clear beside it."""
        held = content if about is None else self._workspace.key.sealed(content, **about)
        draft = self._workspace.ledger.draft(kind, held, by=self._by, prefix=prefix)
        self.drafts.append(draft)
        return draft.subject

    def told(self, source: Source, taken: Taken) -> Told:
        """What became of it, in numbers."""
        kept_back = [bool(one.restricted) for text in taken.texts for one in text.claims]
        kept_back += [bool(one.restricted) for text in taken.texts for one in text.statements]
        return Told(
            origin=source.place,
            outcome="read",
            documents=tuple(self.documents),
            claims=sum(len(text.claims) for text in taken.texts),
            statements=sum(len(text.statements) for text in taken.texts),
            restricted=sum(kept_back) if self._public else len(kept_back),
            nameless=not self._public or any("origin" in text.withheld for text in taken.texts),
            narrowing=sum(text.narrowing for text in taken.texts) if self._public else 0,
            warnings=tuple(dict.fromkeys(note for one in taken.texts for note in (*one.derived.warnings, *one.notes))),
        )


def text_copy(derived: Derived) -> bytes:
    """A derived text with its stretches, as it is kept."""
    return canonical_json({"text": derived.text, "stretches": [list(stretch) for stretch in derived.stretches]})
