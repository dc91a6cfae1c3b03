"""The walk of `review`: one proposal after another in a terminal, each decided, left or taken back."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from tallystick.cli.changes import parts_of
from tallystick.cli.proposal_cards import card
from tallystick.cli.workspace import check_text
from tallystick.vocab.cells import printable
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.study.workspace.records import Verdict
    from tallystick.study.workspace.review import Judged
    from tallystick.study.workspace.workspace import Workspace

SEALED = "some things here are sealed for others or for a key that is not at hand"
KEYS = "[a]ccept  [c]orrect  [r]eject  [s]plit  [x] restrict  [u]ndo  [n]ext  [q]uit"
VERDICTS: Mapping[str, Verdict] = {"a": "accept", "c": "correct", "r": "reject", "s": "split", "x": "restrict"}
LEAVE = "q"
Turn = Literal["decided", "next", "back", "leave"]


class Terminal:
    """Where a person reads and answers; a test has its own."""

    def show(self, text: str) -> None:
        """Print, with what cannot be shown made visible."""
        sys.stdout.write("\n".join(printable(line) for line in text.split("\n")) + "\n")

    def ask(self, question: str) -> str:
        """The answer, stripped; that of who leaves where there is nobody to answer any more."""
        sys.stdout.write(f"{question} ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        return line.strip() if line else LEAVE


def walk(workspace: Workspace, who: str, terminal: Terminal) -> None:
    """One proposal after another, until all are decided or the person leaves; the last decision can be taken back."""
    from tallystick.study.workspace.review import all_waiting, any_one

    ids = [held.id for held in all_waiting(workspace)]
    decided: list[int] = []  # places in `ids`, in the order of the decisions
    at = 0
    while at < len(ids) or decided:
        if at < len(ids):
            terminal.show(f"\n{at + 1} of {len(ids)}\n{card(workspace, any_one(workspace, ids[at]))}")
            turn = _turn(workspace, ids[at], who, terminal, decided)
        else:
            turn = _last_turn(terminal)
        if turn == "leave":
            return
        if turn == "back":
            at = _taken_back(workspace, ids, decided, who, terminal, at)
            continue
        if turn == "decided":
            decided.append(at)
        at += 1
    terminal.show("that was the last" if ids else SEALED if workspace.state.sealed else "nothing waits")


def _turn(workspace: Workspace, id: str, who: str, terminal: Terminal, decided: Sequence[int]) -> Turn:
    """What the person makes of the proposal that is shown."""
    from tallystick.study.workspace.review import any_one

    while True:
        answer = terminal.ask(KEYS + " >").casefold()
        if answer in (LEAVE, "n", ""):
            return "leave" if answer == LEAVE else "next"
        if answer == "u":
            if decided:
                return "back"
            terminal.show("nothing was decided yet; to take back an earlier word, use --undo ID")
        elif answer not in VERDICTS:
            terminal.show("answer with one of the letters in brackets")
        elif _decide(workspace, any_one(workspace, id), VERDICTS[answer], who, terminal):
            return "decided"


def _last_turn(terminal: Terminal) -> Turn:
    """After the last proposal: the person leaves, or takes back what was decided last."""
    while True:
        answer = terminal.ask("that was the last: [u]ndo  [q]uit >").casefold()
        if answer in (LEAVE, "u", ""):
            return "back" if answer == "u" else "leave"


def _taken_back(
    workspace: Workspace, ids: Sequence[str], decided: list[int], who: str, terminal: Terminal, at: int
) -> int:
    """Take the last decision back; the place of the proposal that is to be shown again."""
    from tallystick.study.workspace.review import any_one

    if not _decide(workspace, any_one(workspace, ids[decided[-1]]), "undo", who, terminal):
        return at
    return decided.pop()


def _decide(workspace: Workspace, held: Judged, verdict: Verdict, who: str, terminal: Terminal) -> bool:
    """Ask for what the verdict needs and record it; whether it was recorded."""
    from tallystick.study.workspace.review import give

    try:
        changes = _asked(verdict, terminal)
        why = _reason(terminal)
        given = give(workspace, held, verdict, by=who, why=why, changes=changes)
    except UsageError as error:
        terminal.show(f"{error}\n{error.hint}")
        return False
    if given.refused:
        terminal.show(f"not recorded: {given.refused}")
    elif given.told:
        terminal.show(given.told)
    return not given.refused


def _reason(terminal: Terminal) -> str:
    """What the decision rests on; asked for until something is said. UsageError for who leaves instead."""
    while not (why := terminal.ask("why?").strip()):
        terminal.show("a reason is missing: the ledger keeps it beside your name")
    if why.casefold() == LEAVE:
        raise UsageError("nothing was recorded", hint="a decision needs a reason in words")
    check_text(why, "why")
    return why


def _asked(verdict: Verdict, terminal: Terminal) -> dict[str, Any]:
    if verdict == "correct":
        return parts_of(terminal.ask("field=value ..."))
    if verdict == "split":
        parts = iter(lambda: terminal.ask("field=value ... of one claim, nothing after the last >"), "")
        return {"into": [parts_of(part) for part in parts]}
    return {}
