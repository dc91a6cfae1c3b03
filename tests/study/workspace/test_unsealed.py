"""What is made public, or found to narrow to nobody, counts for who has no key; and only that."""

from __future__ import annotations

import pytest

from tallystick.study.workspace.accepted import accepted
from tallystick.study.workspace.read import known
from tallystick.study.workspace.records import Held, Link
from tallystick.study.workspace.resealed import lies_in_clear
from tallystick.study.workspace.review import give, one, waiting
from tallystick.study.workspace.state import LINEAGE, State
from tallystick.study.workspace.upheld import judge
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError
from tests.study.workspace.invented import TEXT
from tests.study.workspace.test_check import read_into, workspace
from tests.study.workspace.test_erase import Source

__all__ = ["workspace"]  # the fixture
OTHER = TEXT + " So it was."


def without_key(workspace: Workspace) -> State:
    with Workspace.open(workspace.folder) as another:
        return another.state_at(None)


def narrow(workspace: Workspace) -> Held:
    """A claim of a public document that narrows, or so the tables of words say."""
    read_into(workspace, OTHER, restricted="names a person")
    return next(held for held in workspace.state.held.values() if held.claim.restricted)


def clear(workspace: Workspace, held: Held) -> str:
    given = give(workspace, held, "correct", by="ana", why="it is a ship", changes={"restricted": ""})
    assert not given.refused
    return given.told


def make_public(workspace: Workspace, text: str = OTHER) -> None:
    file = Source(origin="x", place="x", name="x", load=text.encode)
    known(workspace, file, text.encode(), by="ana", public=True, opens=True)


def test_a_false_alarm_that_is_cleared_counts_for_everybody(workspace: Workspace) -> None:
    held = narrow(workspace)
    assert held.id not in without_key(workspace).held
    assert "waits" in clear(workspace, held)
    seen = without_key(workspace)
    assert seen.held[held.id].status == "proposed"
    assert held.id in [claim.held.id for claim in accepted(seen, include_proposed=True)]
    workspace.forget_state()
    assert not workspace.state.is_kept_back(workspace.state.held[held.id])


def test_a_clearing_can_be_taken_back(workspace: Workspace) -> None:
    held = narrow(workspace)
    clear(workspace, held)
    assert lies_in_clear(workspace, held.id)
    give(workspace, one(workspace, held.id), "undo", by="ana", why="it is a person after all")
    assert not lies_in_clear(workspace, held.id)
    assert workspace.state.held[held.id].status == "restricted"
    assert held.id not in without_key(workspace).held
    assert held.id not in [claim.held.id for claim in accepted(workspace.state, include_proposed=True)]


def test_that_a_claim_narrows_to_nobody_accepts_nothing_and_outlasts_the_decision_on_it(workspace: Workspace) -> None:
    held = narrow(workspace)
    clear(workspace, held)
    assert accepted(workspace.state) == ()
    assert held.id in [each.id for each in waiting(workspace)]
    for verdict, changes in (("accept", None), ("correct", {"low": 4000.0})):
        assert not give(workspace, one(workspace, held.id), verdict, by="ana", why="read", changes=changes).refused  # type: ignore[arg-type]
        for state in (workspace.state, without_key(workspace)):
            assert [claim.held.id for claim in accepted(state)] == [held.id]
            assert not state.is_kept_back(state.held[held.id])


def test_the_parts_of_a_cleared_claim_count(workspace: Workspace) -> None:
    held = narrow(workspace)
    clear(workspace, held)
    parts = {"into": [{"low": 4000.0}, {"low": 321.0}]}
    assert not give(workspace, one(workspace, held.id), "split", by="ana", why="two ports", changes=parts).refused
    assert [claim.held.id for claim in accepted(workspace.state)] == [f"{held.id}_1", f"{held.id}_2"]


def test_a_cleared_claim_is_accepted_by_a_second_person_without_dispute(workspace: Workspace) -> None:
    held = narrow(workspace)
    clear(workspace, held)
    assert not give(workspace, one(workspace, held.id), "accept", by="ben", why="read it").refused
    assert without_key(workspace).held[held.id].status == "accepted"


def test_without_the_key_nothing_is_cleared_and_that_is_said(workspace: Workspace) -> None:
    held = narrow(workspace)
    with Workspace.open(workspace.folder) as another, pytest.raises(UsageError, match="no proposal is called") as told:
        one(another, held.id)
    assert "--identity" in told.value.hint


def test_what_is_cleared_in_a_restricted_document_waits_for_it(workspace: Workspace) -> None:
    read_into(workspace, OTHER, public=False, restricted="names a person")
    held = next(held for held in workspace.state.held.values() if held.claim.restricted)
    assert "stays sealed as long as its document is" in clear(workspace, held)
    assert held.id not in without_key(workspace).held
    make_public(workspace)
    assert without_key(workspace).held[held.id].status == "proposed"


def test_what_was_said_before_a_document_was_made_public_counts_after(workspace: Workspace) -> None:
    """A correction in its words; a rejection and what a person keeps back, too."""
    said = {"correct": {"low": 4000.0}, "reject": {}, "restrict": {}}
    ids = {}
    for number, (verdict, changes) in enumerate(said.items()):
        text = OTHER + "!" * number
        document = read_into(workspace, text, public=False)
        (held,) = [one for one in waiting(workspace) if one.document == document]
        give(workspace, held, verdict, by="ana", why="a reason of her own", changes=changes)  # type: ignore[arg-type]
        ids[verdict] = held.id
        make_public(workspace, text)
    seen = without_key(workspace)
    assert (seen.held[ids["correct"]].status, seen.held[ids["correct"]].reviewed.low) == ("accepted", 4000.0)
    assert seen.held[ids["reject"]].status == "rejected"
    assert ids["restrict"] not in seen.held
    assert b"a reason of her own" not in (workspace.folder / "ledger.sqlite").read_bytes()


def test_a_correction_whose_words_are_sealed_is_no_acceptance_of_what_was_corrected(workspace: Workspace) -> None:
    """Somebody kept it back when it was corrected, and takes that back after."""
    (held,) = workspace.state.held.values()
    give(workspace, held, "restrict", by="ben", why="perhaps")
    give(workspace, one(workspace, held.id), "correct", by="ana", why="a slip", changes={"low": 4000.0})
    assert accepted(without_key(workspace)) == ()
    give(workspace, one(workspace, held.id), "undo", by="ben", why="no")
    for state in (workspace.state, without_key(workspace)):
        assert [claim.held.reviewed.low for claim in accepted(state)] == [4000.0]


def test_links_that_were_sealed_with_a_document_count_when_it_is_public(workspace: Workspace) -> None:
    """Or else a copy would be counted beside its original."""
    first = next(iter(workspace.state.held))
    document = read_into(workspace, OTHER, public=False)
    (copy,) = [held for held in workspace.state.held.values() if held.document == document]
    link = {"to": first, "kind": "repeats", "score": 0.9, "reasons": ["the same words"]}
    back = {"to": copy.id, "kind": "repeats", "score": 0.4, "reasons": ["the same words"]}
    for subject, content in ((copy.id, link), (first, back)):
        workspace.ledger.append(LINEAGE, subject, workspace.key.sealed({"links": [content]}), "ana")
    workspace.forget_state()
    judge(workspace, copy.id, first, "uphold", by="ana", why="word for word")
    assert without_key(workspace).held[first].links == ()
    make_public(workspace)
    seen = without_key(workspace)
    upheld = Link(
        to=first, kind="repeats", score=0.9, reasons=("the same words",), verdict="upheld", by="ana"
    )  # fmt: skip
    assert seen.held[copy.id].links == (upheld,)
    assert [link.to for link in seen.held[first].links] == [copy.id]


def test_a_persons_word_on_a_link_outlives_that_the_link_is_found_anew(workspace: Workspace) -> None:
    (held,) = workspace.state.held.values()
    link = {"to": "nis_oct24_stock", "kind": "repeats", "score": 0.9, "reasons": ["the same figure"]}
    entry = workspace.ledger.append(LINEAGE, held.id, {"links": [link]}, "ana")
    workspace.forget_state()
    judge(workspace, held.id, "nis_oct24_stock", "overrule", by="ana", why="another count")
    workspace.ledger.erase([entry.hash], why="it told of another", by="ana")
    workspace.ledger.append(LINEAGE, held.id, {"links": [link]}, "ana")
    workspace.forget_state()
    (found,) = workspace.state.held[held.id].links
    assert (found.verdict, found.score) == ("overruled", 0.9)
