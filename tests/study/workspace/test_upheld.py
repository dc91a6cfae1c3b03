"""A person may say whom a claim repeats, also where nothing proposed it; what the evidence cannot hold is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.study.workspace.accepted import write
from tallystick.study.workspace.records import Held
from tallystick.study.workspace.rows import links_of
from tallystick.study.workspace.state import LINEAGE
from tallystick.study.workspace.upheld import judge
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError
from tallystick.vocab.programme import Programme
from tests.study.workspace.invented import TEXT
from tests.study.workspace.test_check import accept, begun, read_into

OTHER = "nis_oct24_stock"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace into which one public document was read."""
    with begun(tmp_path) as opened:
        yield opened


def evidence(workspace: Workspace, place: Path) -> Programme:
    """The programme with what was accepted."""
    folder = place / "evidence"
    folder.mkdir()
    write(workspace, folder, workspace.state)
    return load_programme(folder)


def only(workspace: Workspace) -> Held:
    (held,) = workspace.state.held.values()
    return held


def test_a_person_may_say_whom_a_claim_repeats_where_nothing_proposed_it(workspace: Workspace, tmp_path: Path) -> None:
    name = only(workspace).id
    judge(workspace, name, OTHER, "uphold", by="ana", why="both are the service's count")
    (link,) = only(workspace).links
    assert (link.to, link.kind, link.verdict, link.by) == (OTHER, "repeats", "upheld", "ana")
    accept(workspace)
    claim = evidence(workspace, tmp_path).claim(name)
    assert (claim.link_kind, claim.derived_from) == ("repeats", (OTHER,))
    assert f"goes back to: {OTHER} (repeats, upheld by ana)" in claim.note


def test_a_persons_own_edge_can_be_overruled(workspace: Workspace) -> None:
    name = only(workspace).id
    judge(workspace, name, OTHER, "uphold", by="ana", why="one count")
    judge(workspace, name, OTHER, "overrule", by="ben", why="two counts")
    assert links_of(only(workspace)).derived == ()


def test_an_edge_that_nobody_proposed_is_not_overruled(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="has no edge to"):
        judge(workspace, only(workspace).id, OTHER, "overrule", by="ana", why="two counts")


@pytest.mark.parametrize(("to", "problem"), [("nowhere", "no claim is called 'nowhere'"), ("", "cannot repeat itself")])
def test_what_is_no_other_claim_is_not_repeated(to: str, problem: str, workspace: Workspace) -> None:
    name = only(workspace).id
    with pytest.raises(UsageError, match=problem):
        judge(workspace, name, to or name, "uphold", by="ana", why="one count")
    with pytest.raises(UsageError, match="is no claim that was read here"):
        judge(workspace, OTHER, name, "uphold", by="ana", why="one count")


def test_two_claims_do_not_repeat_each_other(workspace: Workspace) -> None:
    first = only(workspace).id
    read_into(workspace, f"{TEXT} It was so.")
    second = next(id for id in workspace.state.held if id != first)
    judge(workspace, second, first, "uphold", by="ana", why="word for word")
    length = workspace.ledger.length
    with pytest.raises(UsageError, match="circle"):
        judge(workspace, first, second, "uphold", by="ana", why="word for word")
    assert workspace.ledger.length == length


def test_the_inputs_of_a_computation_are_overruled_together(workspace: Workspace) -> None:
    held = only(workspace)
    sums = [
        {"to": to, "kind": "computes_from", "score": 0.7, "reasons": ["30,000 - 25,679 is told as this figure"]}
        for to in (OTHER, "rsis23_stock")
    ]
    alone = {"to": "rsis23_gap", "kind": "repeats", "score": 0.6, "reasons": ["the same number"]}
    workspace.ledger.append(LINEAGE, held.id, {"links": [*sums, alone]}, "ana")
    workspace.forget_state()
    judge(workspace, held.id, "rsis23_stock", "overrule", by="ana", why="no remainder")
    assert [link.verdict for link in only(workspace).links] == ["overruled", "overruled", "proposed"]
    assert links_of(only(workspace)).suspected == ("rsis23_gap",)


def test_why_a_claim_was_led_to_another_outlasts_its_acceptance(workspace: Workspace, tmp_path: Path) -> None:
    held = only(workspace)
    links = [
        {"to": OTHER, "kind": "garbles", "score": 0.62, "reasons": ["the same number", "year slip"]},
        {"to": "rsis23_gap", "kind": "suspected", "score": 0.4, "reasons": ["an edge that folds nothing"]},
    ]
    workspace.ledger.append(LINEAGE, held.id, {"links": links}, "ana")
    workspace.forget_state()
    accept(workspace)
    note = evidence(workspace, tmp_path).claim(held.id).note
    told = f"goes back to: {OTHER} (garbles, score 0.62, nobody has looked at it): the same number; year slip."
    assert note.endswith(told)
    assert "folds nothing" not in note
