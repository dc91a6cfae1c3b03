"""What a person keeps back of a public document leaves the ledger in clear, and every export of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallystick.evidence.documents.derived import Derived
from tallystick.study.workspace.accepted import accepted
from tallystick.study.workspace.read import Answer, Source, append, read_again
from tallystick.study.workspace.records import Held
from tallystick.study.workspace.review import give, one, waiting
from tallystick.study.workspace.state import LINEAGE, State
from tallystick.study.workspace.taken import Taken, Text
from tallystick.study.workspace.upheld import judge
from tallystick.study.workspace.workspace import Workspace
from tests.study.workspace.invented import TEXT
from tests.study.workspace.test_check import DAY, read_into, workspace
from tests.study.workspace.test_unsealed import without_key

__all__ = ["workspace"]  # the fixture
WORDS = "at least 4,321 labourers"
SAID = "the watchman of the second yard"  # in a correction and a reason


def everything(place: Path) -> bytes:
    """All bytes of what lies there, but for copies, which hold the public document itself."""
    files = (file for file in sorted(place.rglob("*")) if file.is_file() and "copies" not in file.parts)
    return b"".join(file.read_bytes() for file in files)


def exported(workspace: Workspace) -> bytes:
    out = workspace.folder.parent / "mine.ledger"
    workspace.ledger.export(out)
    return out.read_bytes()


def corrected(workspace: Workspace) -> Held:
    """The one claim, corrected in words that tell of somebody."""
    (held,) = workspace.state.held.values()
    changes = {"asserted_by": SAID}
    assert not give(workspace, held, "correct", by="ana", why=SAID, changes=changes, insists=True).refused
    return one(workspace, held.id)


def restrict(workspace: Workspace, id: str) -> str:
    return give(workspace, one(workspace, id), "restrict", by="ana", why="it points to a few").told


def linked(workspace: Workspace, to: str) -> Held:
    """Another claim, with links to that one and to a row that ships."""
    document = read_into(workspace, TEXT + " So it was.")
    (other,) = (held for held in waiting(workspace) if held.document == document)
    links: list[dict[str, Any]] = [
        {"to": to, "kind": "rounds", "score": 0.9, "reasons": [f"4,000 is {WORDS} rounded"]},
        {"to": "nis_oct24_stock", "kind": "suspected", "score": 0.6, "reasons": ["near"]},
    ]
    append(workspace, [workspace.ledger.draft(LINEAGE, {"links": links}, by="ana", subject=other.id)])
    judge(workspace, other.id, to, "uphold", by="ana", why=f"both say {WORDS}", insists=True)
    return one(workspace, other.id)


def test_its_words_and_what_was_said_of_it_leave_the_ledger_and_its_exports(workspace: Workspace) -> None:
    held = corrected(workspace)
    for word in (WORDS, SAID):
        assert word.encode() in exported(workspace)
    told = restrict(workspace, held.id)
    assert "sealed from now on" in told
    assert "copy of its document" in told
    for word in (WORDS, SAID, "it points to a few"):
        assert word.encode() not in exported(workspace)
        assert word.encode() not in everything(workspace.folder)
    assert workspace.ledger.verify() == ()
    assert workspace.kept_back_in_clear() == ()
    assert held.id not in without_key(workspace).held


def test_its_owner_goes_on_to_see_all_of_it(workspace: Workspace) -> None:
    held = corrected(workspace)
    restrict(workspace, held.id)
    for _ in range(2):
        now = one(workspace, held.id)
        assert (now.status, now.claim) == ("restricted", held.claim)
        assert [opinion.verdict for opinion in now.opinions] == ["correct", "restrict"]
        assert now.opinions[0].changes == {"asserted_by": SAID}
        workspace.forget_state()
    assert workspace.rebuild() == {}


def test_who_takes_that_back_brings_it_into_clear_with_what_was_accepted(workspace: Workspace) -> None:
    held = corrected(workspace)
    restrict(workspace, held.id)
    assert accepted(without_key(workspace)) == ()
    give(workspace, one(workspace, held.id), "undo", by="ana", why="it names an office after all")
    for state in (workspace.state, without_key(workspace)):
        assert [claim.held.reviewed.asserted_by for claim in accepted(state)] == [SAID]
    restrict(workspace, held.id)
    assert WORDS.encode() not in exported(workspace)
    assert held.id not in without_key(workspace).held
    assert one(workspace, held.id).status == "restricted"


def test_links_of_others_to_it_are_sealed_and_what_else_they_told_is_not(workspace: Workspace) -> None:
    (held,) = workspace.state.held.values()
    other = linked(workspace, held.id)

    def links(state: State) -> dict[str, str]:
        return {link.to: link.verdict for link in state.held[other.id].links}

    before = links(workspace.state)
    assert before == {held.id: "upheld", "nis_oct24_stock": "proposed"}
    restrict(workspace, held.id)
    assert f"{WORDS} rounded".encode() not in exported(workspace)
    assert f"both say {WORDS}".encode() not in exported(workspace)
    assert links(without_key(workspace)) == {"nis_oct24_stock": "proposed"}
    assert links(workspace.state) == before
    assert other.id not in workspace.state.unasked
    assert other.id not in without_key(workspace).unasked


def test_a_computation_from_it_goes_whole_and_comes_back_whole(workspace: Workspace) -> None:
    (held,) = workspace.state.held.values()
    document = read_into(workspace, TEXT + " So it was.")
    (other,) = (one for one in waiting(workspace) if one.document == document)
    formula = {"kind": "computes_from", "score": 0.9, "reasons": [f"{WORDS} x 12 is told as this figure"]}
    links = [{"to": held.id, **formula}, {"to": "nis_oct24_stock", **formula}]
    append(workspace, [workspace.ledger.draft(LINEAGE, {"links": links}, by="ana", subject=other.id)])
    restrict(workspace, held.id)
    assert f"{WORDS} x 12".encode() not in exported(workspace)
    assert not without_key(workspace).held[other.id].links
    give(workspace, one(workspace, held.id), "undo", by="ana", why="a slip")
    assert [link.to for link in without_key(workspace).held[other.id].links] == [held.id, "nis_oct24_stock"]


def test_what_is_kept_back_can_be_erased_with_all_that_was_said_of_it(workspace: Workspace) -> None:
    from tallystick.study.workspace.erase import erase

    held = corrected(workspace)
    restrict(workspace, held.id)
    erase(workspace, [held.id], why="asked to", by="ana")
    assert held.id not in workspace.state.held
    assert workspace.ledger.verify() == ()


@pytest.mark.parametrize("times", [1, 2])
def test_keeping_it_back_twice_seals_nothing_twice(workspace: Workspace, times: int) -> None:
    (held,) = workspace.state.held.values()
    for _ in range(times):
        restrict(workspace, held.id)
    assert sum(entry.kind == "erase" for entry in workspace.ledger.entries()) == 1


def test_no_other_extractor_brings_it_into_clear_again(workspace: Workspace) -> None:
    (held,) = workspace.state.held.values()
    restrict(workspace, held.id)
    again = replace(held.claim, extractor="model small-1", point=4321.0, low=None)
    derived = Derived(text=TEXT, stretches=(), media_type="text/plain", language="en")
    taken = Taken(texts=(Text(derived=derived, claims=(again,), statements=()),))
    source = Source(origin="ships.txt", place="ships.txt", name="ships.txt", load=TEXT.encode)
    answer = Answer(source=source, data=TEXT.encode(), taken=taken, now=DAY, extractor="model small-1")
    told = read_again(workspace, answer, by="ana", public=True)
    assert (told.claims, told.restricted) == (1, 1)
    assert WORDS.encode() not in exported(workspace)
    assert {one.status for one in workspace.state.held.values()} == {"restricted"}
