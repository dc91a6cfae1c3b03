"""What a colleague's ledger brings is held to what could have been recorded, and takes nobody's secrets away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.seal import SEALED
from tallystick.evidence.ledger.store import Ledger
from tallystick.study.workspace.accepted import accepted
from tallystick.study.workspace.check import faults_of
from tallystick.study.workspace.contents import as_content
from tallystick.study.workspace.erase import erase, merge
from tallystick.study.workspace.read import without_id
from tallystick.study.workspace.review import give
from tallystick.study.workspace.spoken import orphans, spoken_of
from tallystick.study.workspace.theirs import keep_back_theirs
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError
from tests.study.workspace.invented import TEXT, document, proposal
from tests.study.workspace.test_check import DAY, Clock, Fresh, begun, read_into, workspace

__all__ = ["workspace"]  # the fixture
BYTES = TEXT.encode()
Make = Callable[..., Path]


@pytest.fixture
def ben(tmp_path: Path) -> Make:
    """Writes a colleague's ledger to a file."""

    def made(write: Callable[[Ledger], None], days: int = 1) -> Path:
        clock = Clock(DAY + timedelta(days=days))
        genesis = {"workspace": "ben"}
        with Ledger.create(tmp_path / "ben", by="ben", now=clock, token=Fresh(7), genesis=genesis) as ledger:
            write(ledger)
            ledger.export(tmp_path / "ben.ledger")
        return tmp_path / "ben.ledger"

    return made


def page(**changes: Any) -> dict[str, Any]:
    """What a colleague's ledger says of a document."""
    told = document(sha256=sha256(BYTES).hexdigest(), size=len(BYTES), text="cd" * 32, **changes)
    return without_id(as_content(told))


def add(ledger: Ledger, kind: str, content: Mapping[str, Any], prefix: str) -> str:
    draft = ledger.draft(kind, content, by="ben", prefix=prefix)
    ledger.append_all([draft])
    return draft.subject


def claim_of(ledger: Ledger, **changes: Any) -> str:
    """A document and one claim of it; the claim's id."""
    about = add(ledger, "document", page(), "d")
    return add(ledger, "proposal", {"document": about, "claim": as_content(proposal(**changes))}, "p")


def raw(ledger: Ledger, **changes: Any) -> None:
    """A claim with fields that no claim has."""
    about = add(ledger, "document", page(), "d")
    add(ledger, "proposal", {"document": about, "claim": as_content(proposal()) | changes}, "p")


def said(ledger: Ledger, verdict: str, changes: Any, **claim: Any) -> None:
    id = claim_of(ledger, **claim)
    ledger.append("review", id, {"verdict": verdict, "changes": changes, "why": "so"}, "ben")


BAD: Mapping[str, tuple[Callable[[Ledger], Any], str]] = {
    "a quote that the document does not hold": (
        lambda ledger: claim_of(ledger, quote="at least 9,999 labourers"), "quote: does not stand in the document"),
    "bounds in disorder": (lambda ledger: claim_of(ledger, low=9.0, high=3.0), "low, point, high: are not in order"),
    "no figure": (lambda ledger: claim_of(ledger, low=None), "low, point, high: are not in order"),
    "a figure beyond all": (lambda ledger: claim_of(ledger, low=1e300), "low, point, high: are no figures"),
    "too sure": (lambda ledger: claim_of(ledger, confidence=7.0), "confidence: lies outside 0 to 1"),
    "a place outside the passage": (lambda ledger: claim_of(ledger, passage_end=3), "do not lie in the passage"),
    "a time that ends before it begins": (lambda ledger: raw(ledger, end="2020-01-01"), "end: lies before start"),
    "another status": (lambda ledger: claim_of(ledger, status="certain"), "status: is none of observed"),
    "a text for a number": (lambda ledger: raw(ledger, low="many"), "is no proposal: Expected `float"),
    "no claim": (lambda ledger: add(ledger, "proposal", {"document": "d"}, "p"), "is no proposal"),
    "a document that is not there": (
        lambda ledger: add(ledger, "proposal", {"document": "d0", "claim": as_content(proposal())}, "p"),
        "there is no d0"),
    "a copy by a path": (lambda ledger: add(ledger, "document", page(copy="../../../secret"), "d"), "copy: is no SHA"),
    "a restricted document in clear": (lambda ledger: add(ledger, "document", page(public=False), "d"), "public: does"),
    "an hour nowhere": (
        lambda ledger: add(ledger, "document", page() | {"captured_at": "2026-01-05T12:00:00"}, "d"),
        "captured_at: names no time zone"),
    "an opinion of nothing": (
        lambda ledger: ledger.append("review", "p0", {"verdict": "accept", "changes": {}, "why": "so"}, "ben"),
        "there is no p0"),
    "another verdict": (lambda ledger: said(ledger, "praise", {}), "is no opinion: Invalid enum value 'praise'"),
    "a corrected quote": (lambda ledger: said(ledger, "correct", {"quote": "x"}), "quote cannot be corrected"),
    "a correction of another kind": (lambda ledger: said(ledger, "correct", {"low": "few"}), "changes: Expected"),
    "a correction into disorder": (lambda ledger: said(ledger, "correct", {"high": 1.0}), "are not in order"),
    "an acceptance that changes": (lambda ledger: said(ledger, "accept", {"low": 1.0}), "to accept changes nothing"),
    "a division into one": (lambda ledger: said(ledger, "split", {"into": [{}]}), "a division names two claims"),
    "a division into no claims": (lambda ledger: said(ledger, "split", {"into": [1, 2]}), "are no fields with values"),
    "a claim that no evidence may hold": (
        lambda ledger: said(ledger, "accept", {}, low=4400.0, unit="visas"), "is refused as evidence: .*does not fit"),
    "a link scored beyond all": (
        lambda ledger: ledger.append(
            "lineage", claim_of(ledger),
            {"links": [{"to": "x", "kind": "repeats", "score": 4.0, "reasons": []}]}, "ben"),
        "score: lies outside 0 to 1"),
    "an edge neither way": (
        lambda ledger: ledger.append(
            "edge", claim_of(ledger), {"to": "x", "kind": "repeats", "verdict": "maybe", "why": ""}, "ben"),
        "verdict: is neither upheld nor overruled"),
    "a seal that does not say what it is of": (
        lambda ledger: add(ledger, "proposal", {SEALED: "AAAA"}, "p"), "names no document beside what is sealed"),
    "an id of its own choice": (
        lambda ledger: ledger.append("document", "d0123456789ab", page(), "ben"), "has another id than its content"),
}  # fmt: skip


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace for all that is refused: that nothing of it is taken over is what each test says."""
    with begun(tmp_path_factory.mktemp("ana")) as opened:
        yield opened


@pytest.mark.parametrize("fault", BAD)
def test_what_could_not_have_been_recorded_is_named_and_nothing_is_taken_over(
    ana: Workspace, ben: Make, fault: str
) -> None:
    write, problem = BAD[fault]
    before, copies = list(ana.ledger.entries()), list(ana.copies.names())
    with pytest.raises(LedgerError, match=problem) as told:
        merge(ana, ben(write), by="ana")
    assert str(told.value).startswith("ben.ledger: ")
    assert fault == "a claim that no evidence may hold" or "entry " in str(told.value)
    assert list(ana.ledger.entries()) == before
    assert list(ana.copies.names()) == copies


def test_a_sound_ledger_is_taken_over_with_all_that_it_says(workspace: Workspace, ben: Make) -> None:
    def write(ledger: Ledger) -> None:
        said(ledger, "correct", {"low": 4000.0})
        said(ledger, "split", {"into": [{"low": 1.0}, {"low": 2.0}]}, low=4300.0)

    merge(workspace, ben(write), by="ana")
    workspace.forget_state()
    assert sorted(held.status for held in workspace.state.held.values()) == ["accepted", "split"]
    assert faults_of(workspace) == []


# What is kept back here stays so


@pytest.fixture
def kept(workspace: Workspace) -> Workspace:
    """The workspace, with a restricted document and a restricted claim."""
    read_into(workspace, TEXT + " It was so.", public=False)
    return workspace


@pytest.mark.parametrize("days", [1, 1000])
def test_nobody_else_makes_public_what_is_restricted_here(kept: Workspace, ben: Make, days: int) -> None:
    """Whether the other read it before or after."""
    mine = next(one for one in kept.state.documents.values() if not one.public)
    bytes_ = (TEXT + " It was so.").encode()
    theirs = page() | {"sha256": sha256(bytes_).hexdigest()}
    merge(kept, ben(lambda ledger: add(ledger, "document", theirs, "d"), days), by="ana")
    assert not kept.state.documents[kept.state.id_of(mine.id)].public
    assert {mine.copy, mine.text} <= spoken_of(kept)


def test_an_entry_that_makes_somebody_elses_document_public_is_refused(kept: Workspace, ben: Make) -> None:
    mine = next(one for one in kept.state.documents.values() if not one.public)
    told = without_id(as_content(replace(mine, public=True)))
    with pytest.raises(LedgerError, match="speaks for an id of somebody else's"):
        merge(kept, ben(lambda ledger: ledger.append("publish", mine.id, told, "ben")), by="ana")
    assert not kept.state.documents[mine.id].public


@pytest.mark.parametrize("days", [1, 1000])
def test_such_an_entry_counts_for_nothing_where_it_was_taken_over_all_the_same(
    kept: Workspace, ben: Make, days: int
) -> None:
    """Its copies would else stand for ours, and ours be cleared away as nobody's."""
    mine = next(one for one in kept.state.documents.values() if not one.public)
    told = without_id(as_content(replace(mine, public=True, copy="ef" * 32, text="ef" * 32)))
    kept.ledger.merge(ben(lambda ledger: ledger.append("publish", mine.id, told, "ben"), days), by="ana")
    kept.forget_state()
    assert kept.state.documents[mine.id] == mine
    assert {mine.copy, mine.text} <= spoken_of(kept)
    assert orphans(kept) == ()


@pytest.mark.parametrize("days", [1, 1000])
@pytest.mark.parametrize("verdict", ["correct", "undo", "accept"])
def test_nobody_else_clears_a_claim_that_is_kept_back_here(
    workspace: Workspace, ben: Make, verdict: str, days: int
) -> None:
    (held,) = workspace.state.held.values()
    give(workspace, held, "restrict", by="ana", why="it names a helper")
    changes = {"restricted": ""} if verdict == "correct" else {}

    def write(ledger: Ledger) -> None:
        id = claim_of(ledger)
        for by in ("ana", "ben"):
            ledger.append("review", id, {"verdict": verdict, "changes": changes, "why": "no"}, by)

    merge(workspace, ben(write, days), by="ana")
    assert [held.status for held in workspace.state.held.values()] == ["restricted"]
    assert accepted(workspace.state, include_proposed=True) == ()


@pytest.mark.parametrize("days", [1, 1000])
def test_nobody_else_clears_what_narrows_in_a_document_that_was_read_here(
    workspace: Workspace, ben: Make, days: int
) -> None:
    read_into(workspace, TEXT + " It was so.", restricted="names a person")
    theirs = page() | {"sha256": sha256((TEXT + " It was so.").encode()).hexdigest()}

    def write(ledger: Ledger) -> None:
        about = add(ledger, "document", theirs, "d")
        id = add(ledger, "proposal", {"document": about, "claim": as_content(proposal())}, "p")
        changes = {"verdict": "correct", "changes": {"restricted": ""}, "why": "no"}
        ledger.append("review", id, changes, "ben")

    merge(workspace, ben(write, days), by="ana")
    held = next(one for one in workspace.state.held.values() if one.claim.restricted)
    assert held.kept_back == "names a person"
    assert accepted(workspace.state) == ()


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("days", [1, 1000])
def test_nobody_else_lifts_for_who_has_no_key_what_is_kept_back_here(
    workspace: Workspace, ben: Make, public: bool, days: int
) -> None:
    """A claim that narrows in a page that both read; or a page that is restricted here, and public there."""
    read_into(workspace, TEXT + " It was so.", public=public, restricted="names a person" if public else "")
    theirs = page() | {"sha256": sha256((TEXT + " It was so.").encode()).hexdigest()}
    ids = []

    def write(ledger: Ledger) -> None:
        about = add(ledger, "document", theirs, "d")
        ids.append(add(ledger, "proposal", {"document": about, "claim": as_content(proposal())}, "p"))
        ledger.append("review", ids[0], {"verdict": "accept", "changes": {}, "why": "so"}, "ben")

    file = ben(write, days)
    with Workspace.open(workspace.folder, now=Clock(DAY + timedelta(days=9)), token=Fresh(3)) as without_key:
        before = without_key.ledger.length
        with pytest.raises(UsageError, match="cannot be held against theirs without its key") as told:
            merge(without_key, file, by="ana")
        assert without_key.ledger.length == before
    assert "--identity" in told.value.hint
    merge(workspace, file, by="ana")
    with Workspace.open(workspace.folder) as without_key:
        state = without_key.state_at(None)
    assert state.held[ids[0]].status == "restricted"
    assert ids[0] not in [one.held.id for one in accepted(state, include_proposed=True)]


def test_what_somebody_here_lifts_of_that_is_not_kept_back_again(workspace: Workspace, ben: Make) -> None:
    read_into(workspace, TEXT + " It was so.", restricted="names a person")
    theirs = page() | {"sha256": sha256((TEXT + " It was so.").encode()).hexdigest()}

    def write(ledger: Ledger) -> None:
        about = add(ledger, "document", theirs, "d")
        add(ledger, "proposal", {"document": about, "claim": as_content(proposal())}, "p")

    merge(workspace, ben(write), by="ana")
    (held,) = (one for one in workspace.state.held.values() if one.claim.restricted)
    give(workspace, held, "undo", by="ana", why="she told it herself")
    length = workspace.ledger.length
    keep_back_theirs(workspace, by="ana")
    assert workspace.ledger.length == length


def test_nonsense_that_was_sealed_for_us_breaks_nothing_and_is_named_when_it_can_be_opened(
    workspace: Workspace, ben: Make
) -> None:
    """A ledger was taken over where nobody could open it, and the key comes later."""

    def write(ledger: Ledger) -> None:
        about = add(ledger, "document", page(), "d")
        add(ledger, "proposal", workspace.key.sealed({"claim": 5, "document": about}, document=about), "p")

    file = ben(write)
    with pytest.raises(LedgerError, match=r"proposal .*: is no proposal"):
        merge(workspace, file, by="ana")
    with Workspace.open(workspace.folder, now=Clock(DAY + timedelta(days=9)), token=Fresh(3)) as without_key:
        merge(without_key, file, by="ana")
    workspace.forget_state()
    assert len(workspace.state.held) == 1
    assert ["is no proposal" in fault.problem for fault in faults_of(workspace)] == [True]


def test_what_a_colleague_read_too_is_not_erased_beside_a_sealed_twin(workspace: Workspace, ben: Make) -> None:
    """Only the key tells that the two are of the same bytes; without it the testimony would stay."""
    text = TEXT + " It was so."
    mine = read_into(workspace, text, public=False)
    theirs = page() | {"sha256": sha256(text.encode()).hexdigest()}
    ids = []
    merge(workspace, ben(lambda ledger: ids.append(add(ledger, "document", theirs, "d"))), by="ana")
    with Workspace.open(workspace.folder, now=Clock(DAY + timedelta(days=9)), token=Fresh(3)) as without_key:
        length = without_key.ledger.length
        with pytest.raises(UsageError, match="cannot be known without its key") as told:
            erase(without_key, ids, why="withdrawn", by="ana")
        assert without_key.ledger.length == length
    assert "--identity" in told.value.hint
    erase(workspace, ids, why="withdrawn", by="ana")
    assert [entry.content for entry in workspace.ledger.about(mine)] == [None]
    assert orphans(workspace) == ()
