"""`review`: what waits, one proposal after another or by name, and in bulk."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tallystick.cli.changes import changes_of, parts_of
from tallystick.cli.meter import say
from tallystick.cli.options import Format, Shape, examples
from tallystick.cli.proposal_cards import ASSUMED, figure
from tallystick.cli.walk import SEALED, Terminal, walk
from tallystick.cli.workspace import Folder, Identity, Insist, Who, Why, check_text, open_workspace, who_of
from tallystick.vocab.errors import EvidenceError, UsageError

if TYPE_CHECKING:
    from tallystick.claims.proposal import Proposal, StatementProposal
    from tallystick.study.workspace.records import Held, HeldStatement, Verdict
    from tallystick.study.workspace.review import Given
    from tallystick.study.workspace.workspace import Workspace

LIST_COLUMNS = (
    "id", "status", "measure", "figure", "host", "period", "asserted_by", "quote", "confidence", "document",
    "restricted", "not_said",
)  # fmt: skip
LIST_TABLE = ("id", "status", "measure", "figure", "host", "when", "asserted_by", "quote", "confidence")
KEPT_BACK = "(kept back: the walk of `tallystick review` shows it; let nobody else see it)"
NO_KEY = "(kept back: open the review with --identity, and show it to nobody)"
DECIMALS = 2  # of a confidence: as many as --accept-above goes by


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Accept, correct or reject what was proposed.",
        epilog=examples(
            "tallystick review --workspace cases",
            "tallystick review --list --workspace cases",
            "tallystick review --accept p0123456789ab --why 'read the page' --workspace cases",
            "tallystick review --accept-above 0.8 --why 'nobody looked; for a first look' --workspace cases",
            "tallystick review --correct p0123456789ab --set low=4000 --why 'a floor' --workspace cases",
        ),
    )(review)


def review(
    list_: Annotated[bool, typer.Option("--list", help="Only list what waits.")] = False,
    narrowing: Annotated[
        str | None,
        typer.Option(
            "--narrowing", metavar="ID", help="Only show what narrows in this document, what is kept back too."
        ),
    ] = None,
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="ID", help="Accept this one.")] = None,
    reject: Annotated[list[str] | None, typer.Option("--reject", metavar="ID", help="Reject this one.")] = None,
    restrict: Annotated[
        list[str] | None, typer.Option("--restrict", metavar="ID", help="Keep this one back: sealed from then on.")
    ] = None,
    undo: Annotated[
        list[str] | None, typer.Option("--undo", metavar="ID", help="Take your last word on it back.")
    ] = None,
    correct: Annotated[
        str | None, typer.Option("--correct", metavar="ID", help="Accept it with other values: --set.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A value for --correct.")
    ] = None,
    split: Annotated[
        str | None, typer.Option("--split", metavar="ID", help="Accept it as several claims: --into for each.")
    ] = None,
    into: Annotated[
        list[str] | None,
        typer.Option("--into", metavar="'FIELD=VALUE ...'", help="What one part of --split says otherwise."),
    ] = None,
    accept_above: Annotated[
        float | None,
        typer.Option(
            "--accept-above",
            min=0,
            max=1,
            metavar="P",
            help="Accept all of that confidence, the share of test readings of their class whose value and measure "
            "were right: it says nothing of who, where and when. Never one kept back.",
        ),
    ] = None,
    uphold: Annotated[list[str] | None, typer.Option(metavar="ID=OTHER", help="ID does go back to OTHER.")] = None,
    overrule: Annotated[
        list[str] | None, typer.Option(metavar="ID=OTHER", help="ID does not go back to OTHER.")
    ] = None,
    why: Why = "",
    insist: Insist = False,
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
        *((("split", split),) if split else ()),
    ]
    if set_ and not correct:
        raise UsageError("--set: nothing is corrected", hint="name the proposal with --correct ID")
    if into and not split:
        raise UsageError("--into: nothing is split", hint="name the proposal with --split ID")
    check_text(why, "--why")
    _check_one_kind(
        {
            "--list": list_,
            "--narrowing": narrowing is not None,
            "--accept-above": accept_above is not None,
            "--uphold or --overrule": bool(uphold or overrule),
            "a decision by ID": bool(named),
        }
    )
    with open_workspace(workspace, identity, writes=not (list_ or narrowing)) as opened:
        who = who_of(by, opened)
        if list_:
            _list(opened, shape)
        elif narrowing is not None:
            _narrowing(opened, narrowing)
        elif accept_above is not None:
            _bulk(opened, accept_above, who, why, insist)
        elif uphold or overrule:
            _judge(opened, {"uphold": uphold or (), "overrule": overrule or ()}, who, why, insist)
        elif named:
            changes = {"correct": changes_of(set_ or ()), "split": {"into": [parts_of(part) for part in into or ()]}}
            _by_name(opened, named, changes, who, why, insist)
        else:
            walk(opened, who, Terminal())


def _check_one_kind(asked: Mapping[str, bool]) -> None:
    """Refuse two kinds of decision at once: one of them would be dropped."""
    named = [name for name, given in asked.items() if given]
    if len(named) > 1:
        raise UsageError(f"{' and '.join(named)}: one at a time", hint="give the command once for each")


def _by_name(
    workspace: Workspace, named: Sequence[tuple[Verdict, str]], changes: Mapping[str, Mapping[str, Any]], who: str,
    why: str, insist: bool,
) -> None:  # fmt: skip
    from tallystick.study.workspace.review import any_one, give

    _check_reason(why)
    subjects = [any_one(workspace, id) for _, id in named]  # before anything is recorded: one may not be there
    given: list[Given] = []
    try:
        for (verdict, _), subject in zip(named, subjects, strict=True):
            words = changes.get(verdict)
            given.append(give(workspace, subject, verdict, by=who, why=why, changes=words, insists=insist))
    except UsageError:
        _tell_recorded(given)  # what came before it stands
        raise
    _tell(given)


def _judge(workspace: Workspace, named: Mapping[str, Sequence[str]], who: str, why: str, insist: bool) -> None:
    """People's word on edges."""
    from tallystick.study.workspace.upheld import judge

    _check_reason(why)
    for word, pairs in named.items():
        for pair in pairs:
            id, sign, to = pair.partition("=")
            if not sign:
                raise UsageError(f"--{word}: {pair!r} names no edge", hint="write ID=OTHER, as the review shows them")
            judge(workspace, id, to, word, by=who, why=why, insists=insist)
            sys.stdout.write(f"{pair}\n")


def _check_reason(why: str) -> None:
    if not why.strip():
        raise UsageError("a reason is missing", hint="say with --why what the decision rests on; the ledger keeps it")


def _bulk(workspace: Workspace, least: float, who: str, why: str, insist: bool) -> None:
    from tallystick.study.workspace.review import accept_above, passed_over

    _check_reason(why)
    for reason, count in passed_over(workspace, least).items():
        say(f"{count} {reason}, and wait for a look of their own")
    given = accept_above(workspace, least, by=who, why=why, insists=insist)
    taken = [one for one in given if not one.refused]
    sys.stdout.write(f"{len(taken)} accepted\n")
    for field in ("period", "host"):
        supposed = [one.id for one in taken if field in one.supposed]
        if supposed:
            say(f"the {field} does not stand in its own words in {len(supposed)} of them: {' '.join(supposed)}")
    _tell([one for one in given if one.refused])


def _tell(given: Sequence[Given]) -> None:
    """Name what was refused; the exit code says that something was."""
    refused = [one for one in given if one.refused]
    _tell_recorded(given)
    if refused:
        for one in refused[1:]:
            say(f"{one.id}: {one.refused}")
        hint = "correct it: tallystick review --correct ID --set FIELD=VALUE --why ..."
        raise EvidenceError(f"not accepted: {refused[0].refused}", file=refused[0].id, hint=hint)


def _tell_recorded(given: Sequence[Given]) -> None:
    for one in given:
        if not one.refused:
            sys.stdout.write(f"{one.id}\n")
        for line in one.told.splitlines():
            say(line)


def _list(workspace: Workspace, shape: Format) -> None:
    from tallystick.cli.output import write_rows
    from tallystick.study.workspace.records import Held
    from tallystick.study.workspace.review import all_waiting

    rows = []
    for held in all_waiting(workspace):
        back = workspace.state.is_kept_back(held)
        rows.append(_row(held, back) if isinstance(held, Held) else _statement_row(held, back))
    if workspace.key.identity is None:
        rows = [row | {"quote": NO_KEY} if row["quote"] == KEPT_BACK else row for row in rows]
    if shape is Format.table:
        rows = [row | {"confidence": _decimals(row["confidence"])} for row in rows]
    whole = [{name: row[name] for name in LIST_COLUMNS} for row in rows]
    write_rows(LIST_COLUMNS, rows, shape, table=LIST_TABLE, whole=whole)
    if workspace.state.sealed:
        say(SEALED)


def _narrowing(workspace: Workspace, id: str) -> None:
    """What `read --public` counted, in its words: for whoever decides whether it may lie in clear."""
    from tallystick.study.workspace.opening import narrowing_passages
    from tallystick.vocab.cells import printable

    for passage in narrowing_passages(workspace, id):
        sys.stdout.write(f"{printable(' '.join(passage.split()))}\n")
    say("show it to nobody; that a passage is not among them is no permission")


def _decimals(confidence: object) -> str:
    """As a column of a table has it; a statement has none."""
    return f"{confidence:.{DECIMALS}f}" if isinstance(confidence, float) else ""


def _statement_row(told: HeldStatement, back: bool) -> dict[str, object]:
    """A statement among the claims: it has no figure, and no confidence, since it is never scored."""
    said = told.reviewed
    found: dict[str, object] = {
        "id": told.id,
        "status": told.status,
        "measure": "statement",
        "figure": "" if back else _bears(said),
        "asserted_by": "" if back else said.asserted_by,
        "quote": KEPT_BACK if back else said.quote,
        "document": told.document,
        "restricted": "" if back else said.restricted,
    }
    return {name: found.get(name, "") for name in LIST_COLUMNS}


def _bears(said: StatementProposal) -> str:
    """What a statement is of, and which way it speaks."""
    return " ".join(filter(None, (", ".join(said.topics), said.bearing, "; ".join(said.indicators))))


def _when(claim: Proposal) -> str:
    """When it was, in words, and whether that is only assumed."""
    from tallystick.brief.words.dates import stated_period

    is_assumed = not ASSUMED.keys().isdisjoint(claim.reasons)
    return f"{stated_period(claim.start, claim.end)}{' (assumed)' if is_assumed else ''}"


def _row(held: Held, back: bool) -> dict[str, object]:
    from tallystick.study.workspace.unsaid import unsaid_of

    claim = held.reviewed
    return {
        "id": held.id,
        "status": held.status,
        "measure": "" if back else claim.measure or "none",
        "figure": "" if back else figure(claim.low, claim.point, claim.high, claim.unit),
        "host": "" if back else claim.host,
        "period": "" if back else "/".join(str(day or "..") for day in (claim.start, claim.end)),
        "when": "" if back else _when(claim),
        "asserted_by": "" if back else claim.asserted_by,
        "quote": KEPT_BACK if back else claim.quote,
        "confidence": round(claim.confidence, DECIMALS),
        "document": held.document,
        "restricted": "" if back else claim.restricted,
        "not_said": "" if back else "; ".join(sorted(unsaid_of(held) & {"host", "measure", "period", "source"})),
    }
