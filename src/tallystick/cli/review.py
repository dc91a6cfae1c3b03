"""`review`: what waits, one proposal after another or by name, and in bulk."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tallystick.cli.meter import say
from tallystick.cli.options import Format, Shape, examples
from tallystick.cli.workspace import Folder, Identity, Who, Why, open_workspace
from tallystick.vocab.cells import printable
from tallystick.vocab.errors import EvidenceError, UsageError

if TYPE_CHECKING:
    from tallystick.claims.proposal import Proposal
    from tallystick.study.workspace.records import Document, Held, Verdict
    from tallystick.study.workspace.review import Given
    from tallystick.study.workspace.workspace import Workspace

LIST_COLUMNS = (
    "id", "status", "measure", "figure", "host", "period", "asserted_by", "quote", "confidence", "document",
    "restricted",
)  # fmt: skip
LIST_TABLE = ("id", "status", "measure", "figure", "host", "asserted_by", "quote", "confidence")
KEYS = "[a]ccept  [c]orrect  [r]eject  [s]plit  [x] restrict  [u]ndo  [n]ext  [q]uit"
VERDICTS: Mapping[str, Verdict] = {
    "a": "accept",
    "c": "correct",
    "r": "reject",
    "s": "split",
    "x": "restrict",
    "u": "undo",
}
BULK_REASON = "accepted in bulk by confidence"
KEPT_BACK = "(kept back: open the review with --identity, and show it to nobody)"
BESIDE = 200  # signs of the passage shown on each side of the quote


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Accept, correct or reject what was proposed.",
        epilog=examples(
            "tallystick review --workspace cases",
            "tallystick review --list --workspace cases",
            "tallystick review --accept-above 0.9 --why 'read the list' --workspace cases",
            "tallystick review --correct p0123456789ab --set low=4000 --why 'a floor' --workspace cases",
        ),
    )(review)


def review(
    list_: Annotated[bool, typer.Option("--list", help="Only list what waits.")] = False,
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="ID", help="Accept this one.")] = None,
    reject: Annotated[list[str] | None, typer.Option("--reject", metavar="ID", help="Reject this one.")] = None,
    restrict: Annotated[list[str] | None, typer.Option("--restrict", metavar="ID", help="Keep this one back.")] = None,
    undo: Annotated[
        list[str] | None, typer.Option("--undo", metavar="ID", help="Take your last word on it back.")
    ] = None,
    correct: Annotated[
        str | None, typer.Option("--correct", metavar="ID", help="Accept it with other values: --set.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A value for --correct.")
    ] = None,
    accept_above: Annotated[
        float | None,
        typer.Option(
            "--accept-above", min=0, max=1, metavar="P", help="Accept all of that confidence; never one kept back."
        ),
    ] = None,
    uphold: Annotated[list[str] | None, typer.Option(metavar="ID=OTHER", help="ID does go back to OTHER.")] = None,
    overrule: Annotated[
        list[str] | None, typer.Option(metavar="ID=OTHER", help="ID does not go back to OTHER.")
    ] = None,
    why: Why = "",
    workspace: Folder = None,
    by: Who = None,
    identity: Identity = None,
    shape: Shape = Format.table,
) -> None:
    """Walk through what was read and wait for a decision: the quote in its passage, and what is known beside it.

    Every decision is an entry of the ledger, with a name and a reason, and can be taken back.
    """
    named: list[tuple[Verdict, str]] = [
        *(("accept", id) for id in accept or ()),
        *(("reject", id) for id in reject or ()),
        *(("restrict", id) for id in restrict or ()),
        *(("undo", id) for id in undo or ()),
        *((("correct", correct),) if correct else ()),
    ]
    if set_ and not correct:
        raise UsageError("--set: nothing is corrected", hint="name the proposal with --correct ID")
    with open_workspace(workspace, identity, writes=not list_) as opened:
        who = by or opened.settings.analyst
        if list_:
            _list(opened, shape)
        elif accept_above is not None:
            _bulk(opened, accept_above, who, why or BULK_REASON)
        elif uphold or overrule:
            _judge(opened, {"uphold": uphold or (), "overrule": overrule or ()}, who, why)
        elif named:
            _by_name(opened, named, changes_of(set_ or ()), who, why)
        else:
            walk(opened, who, Terminal())


class Terminal:
    """Where a person reads and answers; a test has its own."""

    def show(self, text: str) -> None:
        """Print, with what cannot be shown made visible."""
        sys.stdout.write("\n".join(printable(line) for line in text.split("\n")) + "\n")

    def ask(self, question: str) -> str:
        """The answer, stripped; "q" where there is nobody to answer any more."""
        sys.stdout.write(f"{question} ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        return line.strip() if line else "q"


def walk(workspace: Workspace, who: str, terminal: Terminal) -> None:
    """One proposal after another, until all are decided or the person leaves."""
    from tallystick.study.workspace.review import one, waiting

    ids = [held.id for held in waiting(workspace)]
    for number, id in enumerate(ids, start=1):
        terminal.show(f"\n{number} of {len(ids)}\n{card(workspace, one(workspace, id))}")
        while True:
            answer = terminal.ask(KEYS + " >").casefold()
            if answer in ("q", "n", ""):
                break
            if answer not in VERDICTS:
                terminal.show("answer with one of the letters in brackets")
                continue
            if _decide(workspace, one(workspace, id), VERDICTS[answer], who, terminal) and answer != "u":
                break
        if answer == "q":
            return
    terminal.show("nothing waits" if not ids else "that was the last")


def _decide(workspace: Workspace, held: Held, verdict: Verdict, who: str, terminal: Terminal) -> bool:
    """Ask for what the verdict needs and record it; whether it was recorded."""
    from tallystick.study.workspace.review import give

    try:
        changes = _asked(verdict, terminal)
        given = give(workspace, held, verdict, by=who, why=terminal.ask("why?"), changes=changes)
    except UsageError as error:
        terminal.show(f"{error}\n{error.hint}")
        return False
    if given.refused:
        terminal.show(f"not recorded: {given.refused}")
    elif given.told:
        terminal.show(given.told)
    return not given.refused


def _asked(verdict: Verdict, terminal: Terminal) -> dict[str, Any]:
    if verdict == "correct":
        return changes_of(shlex.split(terminal.ask("field=value ...")))
    if verdict == "split":
        parts = terminal.ask("field=value ... of each claim, the claims apart by ;").split(";")
        return {"into": [changes_of(shlex.split(part)) for part in parts]}
    return {}


def changes_of(pairs: Sequence[str]) -> dict[str, Any]:
    """`field=value` as a correction holds it: numbers as numbers, a blank as none."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise UsageError(f"{pair!r} sets nothing", hint="write FIELD=VALUE, as in low=4000 or host=RU")
        found[name] = _value(name, value)
    return found


def _value(name: str, text: str) -> object:
    if name in ("low", "point", "high"):
        try:
            return float(text) if text else None
        except ValueError:
            raise UsageError(f"{name}: {text!r} is no number", hint="digits and at most one point") from None
    return (text or None) if name in ("start", "end") else text


def _by_name(
    workspace: Workspace, named: Sequence[tuple[Verdict, str]], changes: Mapping[str, Any], who: str, why: str
) -> None:
    from tallystick.study.workspace.review import give, one

    _check_reason(why)
    given = [
        give(workspace, one(workspace, id), verdict, by=who, why=why, changes=changes if verdict == "correct" else None)
        for verdict, id in named
    ]
    _tell(given)


def _judge(workspace: Workspace, named: Mapping[str, Sequence[str]], who: str, why: str) -> None:
    """People's word on edges."""
    from tallystick.study.workspace.relate import judge

    _check_reason(why)
    for word, pairs in named.items():
        for pair in pairs:
            id, sign, to = pair.partition("=")
            if not sign:
                raise UsageError(f"--{word}: {pair!r} names no edge", hint="write ID=OTHER, as the review shows them")
            judge(workspace, id, to, word, by=who, why=why)
            sys.stdout.write(f"{pair}\n")


def _check_reason(why: str) -> None:
    if not why:
        raise UsageError("a reason is missing", hint="say with --why what the decision rests on; the ledger keeps it")


def _bulk(workspace: Workspace, least: float, who: str, why: str) -> None:
    from tallystick.study.workspace.review import accept_above, waiting

    given = accept_above(workspace, least, by=who, why=why)
    kept = sum(bool(held.claim.restricted) for held in waiting(workspace))
    sys.stdout.write(f"{sum(not one.refused for one in given)} accepted\n")
    if kept:
        say(f"{kept} are kept back, and wait for a look of their own")
    _tell([one for one in given if one.refused])


def _tell(given: Sequence[Given]) -> None:
    """Name what was refused; the exit code says that something was."""
    refused = [one for one in given if one.refused]
    for one in given:
        if not one.refused:
            sys.stdout.write(f"{one.id}\n")
        if one.told:
            say(one.told)
    if refused:
        for one in refused[1:]:
            say(f"{one.id}: {one.refused}")
        hint = "correct it: tallystick review --correct ID --set FIELD=VALUE --why ..."
        raise EvidenceError(f"not accepted: {refused[0].refused}", file=refused[0].id, hint=hint)


def _list(workspace: Workspace, shape: Format) -> None:
    from tallystick.cli.output import write_rows
    from tallystick.study.workspace.review import waiting

    rows = [_row(held, workspace.state.is_kept_back(held)) for held in waiting(workspace)]
    write_rows(LIST_COLUMNS, rows, shape, table=LIST_TABLE)


def _row(held: Held, back: bool) -> dict[str, object]:
    claim = held.reviewed
    return {
        "id": held.id,
        "status": held.status,
        "measure": claim.measure or "none",
        "figure": "" if back else figure(claim.low, claim.point, claim.high, claim.unit),
        "host": claim.host,
        "period": "" if back else "/".join(str(day or "..") for day in (claim.start, claim.end)),
        "asserted_by": "" if back else claim.asserted_by,
        "quote": KEPT_BACK if back else claim.quote,
        "confidence": claim.confidence,
        "document": held.document,
        "restricted": claim.restricted,
    }


def figure(low: float | None, point: float | None, high: float | None, unit: str) -> str:
    """A figure in words: a point, a floor, a ceiling or a range, with its unit."""
    if point is not None:
        return f"{point:,.6g} {unit}" if point < 1e6 else f"{point:,.0f} {unit}"
    if low is not None and high is not None:
        return f"{low:,.10g} to {high:,.10g} {unit}"
    return f"at least {low:,.10g} {unit}" if low is not None else f"up to {high:,.10g} {unit}"


def card(workspace: Workspace, held: Held) -> str:
    """All that a decision needs, in lines."""
    return "\n".join(f"{name:>14}  {text}" for name, text in _lines(workspace, held) if text)


def _lines(workspace: Workspace, held: Held) -> Iterator[tuple[str, str]]:
    from tallystick.evidence.programme import load_programme
    from tallystick.study.workspace.review import nearest

    claim, document = held.reviewed, workspace.state.documents[held.document]
    measures = load_programme(workspace.settings.programme).measures
    yield "claim", f"{held.id}, {held.status}"
    yield "kept back", claim.restricted
    yield "in", f"{document.title or document.origin}, {document.published_on or 'without a date'}"
    yield "passage", _passage(workspace, document, claim)
    yield "figure", figure(claim.low, claim.point, claim.high, claim.unit)
    yield "measure", f"{claim.measure or 'none of the programme'}"
    yield "means", measures[claim.measure].definition if claim.measure in measures else ""
    yield "where", " ".join(filter(None, (claim.host, claim.region, claim.sector)))
    yield "when", f"{claim.start or '..'} to {claim.end or '..'}" if claim.start or claim.end else "not said"
    yield "said by", claim.asserted_by or "nobody named"
    yield "status", " ".join(filter(None, (claim.status, claim.hedge)))
    yield "read by", f"{claim.extractor}, confidence {claim.confidence:.2f}"
    for reason in claim.reasons:
        yield "because", reason
    for opinion in held.opinions:
        yield "was said", f"{opinion.by}: {opinion.verdict} {opinion.why}"
    for link in held.links:
        yield "perhaps", f"{link.kind} {link.to} ({link.score:.2f}): {'; '.join(link.reasons)}"
    for cells in nearest(workspace, held):
        yield "known", _known(cells)


def _passage(workspace: Workspace, document: Document, claim: Proposal) -> str:
    """The quote in its passage; alone where its document was read elsewhere, and its text is not here."""
    from tallystick.study.workspace.texts import stretches_of

    if workspace.copies.holds(document.text):
        text, _ = stretches_of(workspace, document)
        if text[claim.quote_start : claim.quote_end] == claim.quote:
            return in_passage(text, claim.quote_start, claim.quote_end)
    return f">>>{' '.join(claim.quote.split())}<<< (the text that it was read from is not here)"


def _known(cells: Mapping[str, str]) -> str:
    low, point, high = (
        float(cells[name]) if cells[name] else None for name in ("value_low", "value_point", "value_high")
    )
    told = figure(low, point, high, cells["unit"])
    return f"{cells['id']}: {told}, {cells['host_country']}, {cells['asserted_by']}, {cells['published_on']}"


def in_passage(text: str, start: int, end: int) -> str:
    """The quote between marks, with what stands around it."""
    before, after = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
    return " ".join(f"{before}>>>{text[start:end]}<<<{after}".split())
