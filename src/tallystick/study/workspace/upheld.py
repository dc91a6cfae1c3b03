"""A person's word on whom a claim repeats: on an edge that was proposed, or on one that nobody proposed.

Kinship proposes what it can see in numbers and names; a person may know more, as that two offices share one count.
A person's own edge says so. It is refused where the evidence could not hold it: a claim that came first, or a circle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from tallystick.evidence.claim_rows import CLAIMS
from tallystick.evidence.ledger.entry import Draft
from tallystick.study.workspace.read import append
from tallystick.study.workspace.records import Held, Link
from tallystick.study.workspace.relate import tells_of_restricted
from tallystick.study.workspace.review import refused_if_accepted
from tallystick.study.workspace.state import EDGE
from tallystick.study.workspace.telling import check_telling
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError

PERSONS_WORD: Final = {"uphold": "upheld", "overrule": "overruled"}
OWN_KIND: Final = "repeats"  # of an edge that nobody proposed; what broke on the way, a person says in words


def judge(workspace: Workspace, id: str, to: str, word: str, *, by: str, why: str, insists: bool = False) -> None:
    """Uphold or overrule what leads from a proposal to another claim; what nothing proposed can be upheld alone.

    The inputs of a computation are judged together: what is left of a sum without one of its parts explains nothing.
    """
    state = workspace.state
    held = state.held.get(state.id_of(id))
    if held is None:
        hint = "`tallystick review --list` names what waits; rows that were shipped have their links already"
        raise UsageError(f"{id} is no claim that was read here", hint=hint)
    links = _judged(held, state.id_of(to))
    if not links and word == "overrule":
        raise UsageError(f"{id} has no edge to {to!r}", hint="`tallystick review` shows the edges of each proposal")
    if not links:
        links = (_own(workspace, held, state.id_of(to), by),)
    append(workspace, [_draft(workspace, held, link, word, by=by, why=why, insists=insists) for link in links])


def _judged(held: Held, to: str) -> tuple[Link, ...]:
    """The edges to that claim, with those of the same computation."""
    named = tuple(link for link in held.links if link.to == to)
    sums = {link.reasons for link in named if link.kind == "computes_from"}
    beside = (link for link in held.links if link.kind == "computes_from" and link.reasons in sums)
    return tuple(dict.fromkeys((*named[:1], *beside)))


def _own(workspace: Workspace, held: Held, to: str, by: str) -> Link:
    """The edge that a person says there is, where the evidence can hold it."""
    state = workspace.state
    shipped = any(cells["id"] == to for cells in state.rows.get(CLAIMS, ()))
    if to not in state.held and not shipped:
        raise UsageError(f"no claim is called {to!r}", hint="`tallystick claims` and `review --list` name them")
    if to == held.id:
        raise UsageError(f"{held.id} cannot repeat itself", hint="name the claim that it goes back to")
    link = Link(to=to, kind=OWN_KIND, score=0.0, reasons=(), verdict="upheld")
    supposed = [replace(held, links=(*held.links, link)), *([state.held[to]] if to in state.held else [])]
    before = refused_if_accepted(workspace, [held, *supposed[1:]], by=by)
    after = refused_if_accepted(workspace, supposed, by=by)
    if problems := [told for id, told in after.items() if before.get(id) != told]:
        hint = "a copy comes after what it repeats, and nothing repeats its own copy"
        raise UsageError(f"{held.id} cannot repeat {to}: {'; '.join(problems)}", hint=hint)
    return link


def _draft(workspace: Workspace, held: Held, link: Link, word: str, *, by: str, why: str, insists: bool) -> Draft:
    content: Mapping[str, Any] = {"to": link.to, "kind": link.kind, "verdict": PERSONS_WORD[word], "why": why}
    sealed = tells_of_restricted(workspace.state, held, [content])
    if not sealed:
        check_telling(workspace, {"why": why}, insists=insists)
    return workspace.ledger.draft(EDGE, workspace.key.sealed(content) if sealed else content, by=by, subject=held.id)
