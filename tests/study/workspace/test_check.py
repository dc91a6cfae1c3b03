"""What a brief is to a ledger, and what is left where work was cut off."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tallystick.cli.options import moment
from tallystick.evidence.documents.derived import Derived, Stretch
from tallystick.evidence.ledger.seal import make_identity
from tallystick.evidence.programme import load_programme
from tallystick.study.cache import Cache
from tallystick.study.manifest import SCHEMA, Manifest
from tallystick.study.workspace.begin import begin
from tallystick.study.workspace.check import faults_of, match, root_of
from tallystick.study.workspace.erase import NOTE, erase, finish, merge
from tallystick.study.workspace.evidence import evidence_of
from tallystick.study.workspace.read import Source as File
from tallystick.study.workspace.read import record
from tallystick.study.workspace.review import give, one, waiting
from tallystick.study.workspace.spoken import orphans
from tallystick.study.workspace.taken import Taken, Text
from tallystick.study.workspace.workspace import EVIDENCE, Settings, Workspace
from tests.study.workspace.invented import TEXT, proposal

DAY = datetime(2026, 1, 5, tzinfo=UTC)


class Clock:
    """A clock that moves on by a minute whenever it is asked."""

    def __init__(self, begins: datetime = DAY) -> None:
        self._begins, self._minutes = begins, itertools.count()

    def __call__(self) -> datetime:
        return self._begins + timedelta(minutes=next(self._minutes))


class Tokens:
    """Bytes that differ each time, and are the same in each run."""

    def __init__(self) -> None:
        self._number = itertools.count()

    def __call__(self, size: int) -> bytes:
        return sha256(str(next(self._number)).encode()).digest()[:size]


class Fresh(Tokens):
    """Bytes that are others for each number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._more = number

    def __call__(self, size: int) -> bytes:
        return bytes((one + self._more) % 256 for one in super().__call__(size))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace into which one public document was read."""
    with begun(tmp_path) as opened:
        yield opened


@contextmanager
def begun(place: Path) -> Iterator[Workspace]:
    """The same, in a folder of that place, where the identity lies beside it."""
    clock, tokens, folder = Clock(), Tokens(), place / "cases"
    recipient = make_identity(place / "identity.txt", workspace=folder)
    settings = Settings(programme="dprk", analyst="ana", recipients=(recipient,))
    begin(folder, settings, now=clock, token=tokens)
    with Workspace.open(folder, now=clock, token=tokens, identity=place / "identity.txt") as opened:
        read_into(opened)
        yield opened


def read_into(workspace: Workspace, text: str = TEXT, *, public: bool = True, **claim: Any) -> str:
    """The id of a document with one proposal."""
    data = text.encode()
    stretches = (Stretch(0, len(text), "", 0, len(data)),)
    derived = Derived(
        text=text, stretches=stretches, media_type="text/plain", language="en", publisher="Harbour Gazette",
        url="https://gazette.example/ships", published_on=DAY.date(), tool="text 1",
    )  # fmt: skip
    taken = Taken(texts=(Text(derived=derived, claims=(proposal(**claim),), statements=()),))
    file = File(origin="ships.txt", place="ships.txt", name="ships.txt", load=lambda: data)
    told = record(workspace, file, data, taken, by="ana", public=public, now=DAY)
    return told.documents[0]


def printed(workspace: Workspace, **changes: object) -> Manifest:
    """The manifest of a brief of the workspace as it is now."""
    root, ledger = root_of(workspace, workspace.state), workspace.ledger
    heads = tuple(head for head, _ in ledger.heads().values())
    manifest = Manifest(
        schema=SCHEMA, programme="dprk", as_of=None, evidence_root=root, version="0", code="", lock="", libraries={},
        seed=0, processor_family="", repeat=(), files={}, ledger=ledger.head, ledger_entries=ledger.length,
        ledger_heads=heads,
    )  # fmt: skip
    return replace(manifest, **changes)  # type: ignore[arg-type]


def accept(workspace: Workspace) -> None:
    held = waiting(workspace)[0]
    assert not give(workspace, one(workspace, held.id), "accept", by="ana", why="read it").refused


def test_a_brief_of_the_ledger_as_it_is(workspace: Workspace) -> None:
    assert match(workspace, printed(workspace)).word == "same"


def test_a_brief_of_an_older_state(workspace: Workspace) -> None:
    manifest = printed(workspace)
    accept(workspace)
    assert match(workspace, manifest).word == "older"
    assert match(workspace, printed(workspace)).word == "same"


def colleague(folder: Path) -> Path:
    """The exported ledger of somebody who read the same document, an hour before, and accepted what it says."""
    clock = Clock(DAY - timedelta(hours=1))
    begin(folder / "ben", Settings(programme="dprk", analyst="ben"), now=clock, token=Fresh(1))
    with Workspace.open(folder / "ben", now=clock, token=Fresh(2)) as opened:
        read_into(opened)
        read_into(opened, TEXT + " It was so.")
        for held in waiting(opened):
            assert not give(opened, one(opened, held.id), "accept", by="ben", why="read it").refused
        opened.ledger.export(folder / "ben.ledger")
    return folder / "ben.ledger"


def test_a_brief_from_before_an_import_is_older_though_the_other_ledger_is_from_before_the_brief(
    workspace: Workspace, tmp_path: Path
) -> None:
    manifest = printed(workspace)
    merge(workspace, colleague(tmp_path), by="ana")
    assert printed(workspace).evidence_root != manifest.evidence_root
    assert match(workspace, manifest).word == "older"
    assert match(workspace, printed(workspace)).word == "same"


def test_a_brief_that_claims_a_chain_that_is_not_there_is_of_neither(workspace: Workspace) -> None:
    heads = (workspace.ledger.head, "0f" * 32)
    assert match(workspace, printed(workspace, ledger_heads=heads)).word == "neither"


def test_a_brief_of_what_was_kept_back_since_is_older(workspace: Workspace) -> None:
    accept(workspace)
    manifest = printed(workspace)
    (held,) = workspace.state.held.values()
    give(workspace, held, "restrict", by="ana", why="it names a helper")
    assert match(workspace, manifest).word == "older"


def test_the_command_that_repeats_a_brief_names_the_moment_and_gives_the_same(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Also where the ledger has grown since, and by what somebody else had recorded earlier."""
    cache = Cache(tmp_path / "cache", lambda _: None)
    accept(workspace)
    first, told = evidence_of(workspace, cache)
    options = told.options.split()
    assert options[0] == "--ledger-as-of"
    document = TEXT + " So it was."
    read_into(workspace, document)
    accept(workspace)
    again, repeated = evidence_of(workspace, cache, upto=moment(options[1]))
    assert repeated == told
    assert load_programme(again).evidence_root == load_programme(first).evidence_root


def test_what_was_kept_back_since_is_in_no_evidence_of_an_earlier_moment(workspace: Workspace) -> None:
    """Though that evidence was written out before."""
    cache = Cache(workspace.folder / EVIDENCE, lambda _: None)
    accept(workspace)
    (held,) = workspace.state.held.values()
    before = workspace.ledger.latest(head for head, _ in workspace.ledger.heads(None).values())
    elsewhere = Cache(workspace.folder.parent / "elsewhere", lambda _: None)
    for each in (cache, elsewhere):
        folder, _ = evidence_of(workspace, each, upto=moment(before))
        assert held.id in (folder / "claims.csv").read_text(encoding="utf-8")
    give(workspace, one(workspace, held.id), "restrict", by="ana", why="it names a helper")
    assert not (workspace.folder / EVIDENCE).exists()
    folder, _ = evidence_of(workspace, elsewhere, upto=moment(before))
    assert held.id not in (folder / "claims.csv").read_text(encoding="utf-8")


def test_evidence_is_of_the_moment_at_which_it_was_asked_for(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, work_out = workspace.ledger.length, workspace.state_at

    def slowly(upto: Any) -> Any:
        monkeypatch.setattr(workspace, "state_at", work_out)
        accept(workspace)
        workspace.forget_state()
        return work_out(upto)

    monkeypatch.setattr(workspace, "state_at", slowly)
    folder, told = evidence_of(workspace, Cache(tmp_path / "cache", lambda _: None))
    assert told.entries == before < workspace.ledger.length
    assert load_programme(folder).evidence_root == load_programme("dprk").evidence_root


def test_a_brief_of_another_ledger(workspace: Workspace) -> None:
    found = match(workspace, printed(workspace, ledger="0f" * 32))
    assert (found.word, found.told) == (
        "neither",
        "the ledger does not hold the entry that the brief printed as its head",
    )


def test_a_brief_that_claims_other_evidence_than_its_head_had(workspace: Workspace) -> None:
    assert match(workspace, printed(workspace, evidence_root="0f" * 32)).word == "neither"


def test_a_brief_of_the_programme_alone(workspace: Workspace) -> None:
    alone = printed(workspace, ledger=None, ledger_entries=None)
    assert match(workspace, alone).word == "same"
    accept(workspace)
    assert match(workspace, alone).word == "older"
    assert match(workspace, replace(alone, evidence_root="0f" * 32)).word == "neither"


def test_a_brief_from_before_an_erasure_is_older_and_says_why(workspace: Workspace) -> None:
    accept(workspace)
    manifest = printed(workspace)
    erase(workspace, list(workspace.state.documents), why="withdrawn", by="ana")
    found = match(workspace, manifest)
    assert (found.word, "erased since" in found.told) == ("older", True)


def test_a_whole_workspace_has_no_faults_and_no_orphans(workspace: Workspace) -> None:
    assert faults_of(workspace) == []
    assert orphans(workspace) == ()


def test_a_copy_that_nobody_speaks_of_is_an_orphan(workspace: Workspace) -> None:
    name = workspace.copies.keep(b"left by a read that was killed")
    assert orphans(workspace) == (name,)


def test_an_orphan_is_found_among_copies_of_what_nobody_here_can_open(workspace: Workspace) -> None:
    read_into(workspace, TEXT.replace("Oru", "Vessany"), public=False)
    name = workspace.copies.keep(b"left by a read that was killed")
    with Workspace.open(workspace.folder) as without_key:
        assert orphans(without_key) == (name,)


def test_an_erasure_that_was_killed_before_the_copies_went_is_finished(workspace: Workspace) -> None:
    document = next(iter(workspace.state.documents.values()))
    note = workspace.folder / NOTE
    note.touch()
    workspace.ledger.erase([document.id], why="withdrawn", by="ana")
    workspace.forget_state()
    assert workspace.copies.holds(document.copy)
    finish(workspace)
    assert not workspace.copies.holds(document.copy)
    assert not workspace.copies.holds(document.text)
    assert not note.exists()


def test_an_erasure_that_was_killed_before_the_ledger_forgot_leaves_the_copies(workspace: Workspace) -> None:
    document = next(iter(workspace.state.documents.values()))
    (workspace.folder / NOTE).touch()
    finish(workspace)
    assert workspace.copies.holds(document.copy)


def test_an_erasure_at_work_is_not_taken_for_one_that_was_killed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget, seen = workspace.ledger.erase, []

    def slowly(*targets: Any, **more: Any) -> Any:
        finish(workspace)  # as another process does that opens the workspace
        seen.append((workspace.folder / NOTE).exists())
        return forget(*targets, **more)

    monkeypatch.setattr(workspace.ledger, "erase", slowly)
    erase(workspace, list(workspace.state.documents), why="withdrawn", by="ana")
    assert seen == [True]
    assert list(workspace.copies.names()) == []


def test_what_is_restricted_lies_sealed_and_is_opened_by_its_owner_alone(workspace: Workspace) -> None:
    text = TEXT.replace("Oru", "Vessany")
    id = read_into(workspace, text, public=False)
    lying = b"".join(file.read_bytes() for file in workspace.folder.rglob("*") if file.is_file())
    assert b"Vessany" not in lying
    workspace.forget_state()
    assert not workspace.state.documents[id].public
    with Workspace.open(workspace.folder) as another:
        assert id not in another.state.documents
        assert another.state.sealed


def test_what_is_sealed_for_others_is_counted_and_breaks_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """A colleague's ledger, taken over, holds what is sealed for the colleague alone."""
    read_into(workspace, TEXT.replace("Oru", "Vessany"), public=False)
    make_identity(tmp_path / "other.txt", workspace=workspace.folder)
    with Workspace.open(workspace.folder, identity=tmp_path / "other.txt") as another:
        assert another.state.sealed == 2
        assert len(another.state.documents) == 1
