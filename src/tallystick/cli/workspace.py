"""An analyst's own workspace: `init`, `erase`, `import`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli import options
from tallystick.cli.meter import say
from tallystick.cli.options import Programme, examples
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.study.workspace.workspace import Workspace

Folder = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="The workspace; by default the folder in which you are."),
]
Who = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Whose entry it is, a pseudonym will do; by default the workspace's analyst."
    ),
]
Why = Annotated[
    str,
    typer.Option("--why", metavar="TEXT", help="The reason; it is kept and travels, so say nothing of a person."),
]
Insist = Annotated[
    bool, typer.Option("--insist", help="What you write here names nobody private, whatever our rules find in it.")
]
Identity = Annotated[
    Path | None,
    typer.Option("--identity", metavar="FILE", help="The age identity that opens what is restricted."),
]


NOT_REACHED = (
    "not reached: exports and briefs written before, workspaces that took this ledger over until they import it again, "
    "backups, and the file that was read; delete these yourself"
)


def add_to(app: typer.Typer) -> None:
    """Add the command with which all begins."""
    app.command(
        short_help="A workspace of your own, with its ledger.",
        epilog=examples("tallystick init cases --as ana", "tallystick init cases --identity keys.txt"),
    )(init)


def add_rest_to(app: typer.Typer) -> None:
    """Add the commands that take away and take over."""
    app.command(
        short_help="Delete a testimony for good, leaving a tombstone.",
        epilog=examples("tallystick erase d1f00c0ffee12 --why 'consent was withdrawn' --workspace cases"),
    )(erase)
    app.command(
        name="import",
        short_help="Take over another workspace's ledger.",
        epilog=examples("tallystick import colleague.ledger --workspace cases"),
    )(merge)


def who_of(by: str | None, opened: Workspace) -> str:
    """Whose entry it is; UsageError for a name that no ledger could hold."""
    from tallystick.study.workspace.workspace import SETTINGS

    if by is not None:
        check_name(by, "--by")
        return by
    check_name(opened.settings.analyst, f"analyst of {SETTINGS}")
    return opened.settings.analyst


def check_name(name: str, option: str) -> None:
    """UsageError for a name that cannot stand in a ledger."""
    from tallystick.evidence.ledger.entry import name_fault

    fault = name_fault(name, option)
    if fault:
        raise UsageError(
            fault, hint="a short name or pseudonym, without blanks around it or characters that show nothing"
        )


def check_text(text: str, option: str) -> None:
    """UsageError for words that are no text, and so cannot be kept: bytes of another encoding."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(f"{option}: holds bytes that are no UTF-8", hint="type it in a terminal of UTF-8") from None


def now() -> datetime:
    """The clock of this machine, in UTC."""
    return datetime.now(UTC)


def token(size: int) -> bytes:
    """Random bytes of the operating system."""
    import secrets

    return secrets.token_bytes(size)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or an empty folder.")],
    analyst: Annotated[
        str, typer.Option("--as", metavar="NAME", help="Your name in the ledger; a pseudonym will do.")
    ] = "analyst",
    recipient: Annotated[
        list[str] | None,
        typer.Option(
            "--recipient", metavar="AGE1...", help="For whom restricted material is sealed; may be given again."
        ),
    ] = None,
    identity: Identity = None,
    programme: Programme = options.PROGRAMME,
) -> None:
    """Make a workspace: a ledger that holds the programme's evidence, and room for documents.

    Restricted material is sealed for the recipients named. Without one, your own age identity is used; it is made where
    you have none, outside the workspace, and only you can open what is sealed for it. Keep a copy: nobody else has it.
    """
    from tallystick.evidence.ledger.seal import identity_place, make_identity, recipient_of, seal
    from tallystick.study.workspace.begin import begin
    from tallystick.study.workspace.workspace import Settings

    check_name(analyst, "--as")
    named, mine = tuple(recipient or ()), identity or identity_place()
    if not named:
        if not mine.exists():
            make_identity(mine, workspace=folder)
            say(f"your age identity is new, in {mine}: keep a copy where nobody else finds it")
        named = (recipient_of(mine),)
    seal(b"", named)  # a recipient that is none is refused before anything is made
    settings = Settings(programme=programme, analyst=analyst, recipients=named)
    at_hand = mine if mine.is_file() else None
    root = begin(folder, settings, now=now, token=token, identity=at_hand)
    sys.stdout.write(f"{folder}: evidence {root}\n")


def open_workspace(folder: Path | None, identity: Path | None, *, writes: bool) -> Workspace:
    """The workspace that is named, or in which we are; with the analyst's identity where there is one."""
    from tallystick.evidence.ledger.seal import identity_place
    from tallystick.study.workspace.erase import finish
    from tallystick.study.workspace.workspace import Workspace

    mine = identity or identity_place()
    if identity is not None and not identity.is_file():
        raise UsageError(f"{identity}: there is no such file", hint="name the file of your age identity")
    key = mine if mine.is_file() else None
    if not writes:
        return Workspace.open(folder or Path(), identity=key)
    opened = Workspace.open(folder or Path(), now=now, token=token, identity=key)
    finish(opened)
    return opened


def erase(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="A document, a claim or a statement.")],
    why: Annotated[
        str, typer.Option("--why", metavar="TEXT", help="The reason; it is kept, so say nothing of a person.")
    ],
    insist: Insist = False,
    workspace: Folder = None,
    by: Who = None,
    identity: Identity = None,
) -> None:
    """Delete a testimony: its content, salts, copies and everything that was read from it. A tombstone stays."""
    from tallystick.study.workspace.erase import erase as erase_from

    check_text(why, "--why")
    with open_workspace(workspace, identity, writes=True) as opened:
        gone = erase_from(opened, ids, why=why, by=who_of(by, opened), insists=insist)
    sys.stdout.write(f"{gone} entries erased\n")
    say(NOT_REACHED)


def merge(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `tallystick export --to ledger` wrote.")],
    workspace: Folder = None,
    by: Who = None,
    identity: Identity = None,
) -> None:
    """Take over what another workspace's ledger holds; both histories are kept, and both opinions where they differ."""
    from tallystick.study.workspace.erase import merge as merge_into
    from tallystick.study.workspace.theirs import in_clear_there

    with open_workspace(workspace, identity, writes=True) as opened:
        merged = merge_into(opened, file, by=who_of(by, opened))
        for id in in_clear_there(opened):
            ask = f"ask them to `tallystick erase {id} --why ...`"
            say(f"{id} is sealed here and lies in clear there: tell them, and {ask}")
        bare = opened.kept_back_in_clear()
    if bare:
        seals = "`tallystick review --restrict ID --why ...` seals what was read here"
        say(f"kept back by somebody, and in clear in this ledger: {' '.join(bare)}; {seals}")
    if merged.nothing_new:
        sys.stdout.write("nothing new: all of it was here already\n")
        return
    sys.stdout.write(f"{merged.entries} entries of {len(merged.chains)} chains taken over\n")
    if merged.erased:
        say(f"{merged.erased} contents were erased there, and are erased here now")
    if merged.withheld:
        say(f"{merged.withheld} contents were erased here, and were not taken")
