"""An analyst's own workspace: `init`, `read`, `review`, `erase`, `import`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli import options
from tallystick.cli.meter import running, say
from tallystick.cli.options import Format, Programme, Shape, examples
from tallystick.vocab.errors import EvidenceError, UsageError

if TYPE_CHECKING:
    from tallystick.scenarios.executor import Where
    from tallystick.study.workspace.read import Source, Told
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
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept in the ledger.")]
Identity = Annotated[
    Path | None,
    typer.Option("--identity", metavar="FILE", help="The age identity that opens what is restricted."),
]
TOLD_COLUMNS = ("document", "origin", "outcome", "claims", "statements", "kept_back", "verdict", "message")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        short_help="A workspace of your own, with its ledger.",
        epilog=examples("tallystick init cases --as ana", "tallystick init cases --identity keys.txt"),
    )(init)
    app.command(
        short_help="Documents in, proposed claims out.",
        epilog=examples(
            "tallystick read report.txt --public --workspace cases",
            "tallystick read saved/ --jobs 2 --workspace cases",
            "tallystick read saved/*.html report.txt --published 2024-04-02 --workspace cases",
        ),
    )(read)
    app.command(
        short_help="Delete a testimony for good, leaving a tombstone.",
        epilog=examples("tallystick erase d1f00c0ffee12 --why 'consent was withdrawn' --workspace cases"),
    )(erase)
    app.command(
        name="import",
        short_help="Take over another workspace's ledger.",
        epilog=examples("tallystick import colleague.ledger --workspace cases"),
    )(merge)


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

    named = tuple(recipient or ())
    if not named:
        mine = identity or identity_place()
        if not mine.exists():
            make_identity(mine, workspace=folder)
            say(f"your age identity is new, in {mine}: keep a copy where nobody else finds it")
        named = (recipient_of(mine),)
    seal(b"", named)  # a recipient that is none is refused before anything is made
    root = begin(folder, Settings(programme=programme, analyst=analyst, recipients=named), now=now, token=token)
    sys.stdout.write(f"{folder}: evidence {root}\n")


def read(
    what: Annotated[
        list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders, or with --online addresses.")
    ],
    online: Annotated[
        bool, typer.Option("--online", help="Fetch what is named by an address; without it nothing asks the network.")
    ] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Published reports. Without it a document is restricted and kept sealed.")
    ] = False,
    published: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="When all of these were published, where they do not say.")
    ] = None,
    publisher: Annotated[str, typer.Option(metavar="TEXT", help="Who published all of these.")] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="What all of these are called.")] = "",
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Documents read at the same time.")] = 1,
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Read on this dask cluster.")] = None,
    workspace: Folder = None,
    by: Who = None,
    identity: Identity = None,
    shape: Shape = Format.table,
) -> None:
    """Read documents, keep exact copies of them, and propose the claims and statements that they make.

    Text, HTML, PDF, DOCX, EML and WARC, in English, Russian and Korean. Nothing proposed enters an estimate before
    `tallystick review` has accepted it. A document that is known by its bytes is not read again, so that a read which
    was broken off goes on where it stopped.
    """
    from tallystick.cli.output import write_rows
    from tallystick.study.workspace.many import Reader, read_all
    from tallystick.study.workspace.relate import relate
    from tallystick.study.workspace.taken import Given

    found = _sources(what, online=online)
    told: list[Told] = []
    with open_workspace(workspace, identity, writes=True) as opened:
        who = by or opened.settings.analyst
        given = Given(published_on=options.day(published, "--published"), publisher=publisher, title=title, by=who)
        reader = Reader(programme=opened.settings.programme, given=given)
        answers = read_all(opened, found, reader, by=who, public=public, now=now, where=_where(jobs, cluster))
        with running() as hear:
            for one in answers:
                told.append(one)
                hear("read", len(told), len(found))
            relate(opened, by=who)
    write_rows(TOLD_COLUMNS, [_row(one) for one in told], shape, table=_shown(told))
    _judge(told)


def _judge(told: Sequence[Told]) -> None:
    refused = [one for one in told if one.refused is not None]
    for one in told:
        for warning in one.warnings:
            say(f"{one.origin}: {warning}")
    if refused:
        first = refused[0]
        count = f"{len(refused)} of {len(told)} documents were not read" if len(told) > 1 else "it was not read"
        assert first.refused is not None
        raise EvidenceError(f"{first.refused.message}; {count}", file=first.origin, hint=first.refused.hint)


def _shown(told: Sequence[Told]) -> list[str]:
    refused = any(one.refused for one in told)
    return [name for name in TOLD_COLUMNS if refused or name not in ("verdict", "message")]


def _row(one: Told) -> dict[str, object]:
    return {
        "document": " ".join(one.documents),
        "origin": one.origin,
        "outcome": one.outcome,
        "claims": one.claims,
        "statements": one.statements,
        "kept_back": one.restricted,
        "verdict": one.refused.verdict if one.refused else "",
        "message": one.refused.message if one.refused else "",
    }


def _sources(what: Sequence[str], *, online: bool) -> list[Source]:
    found = [source for name in what for source in _named(name, online=online)]
    if not found:
        raise UsageError(f"{what[0]}: holds no file", hint="files whose names begin with a dot are left out")
    return found


def _named(name: str, *, online: bool) -> list[Source]:
    """The files below a name, or the page at an address; UsageError for what is neither, or was not asked for."""
    from tallystick.study.workspace.read import is_address, sources

    if is_address(name):
        return [_page(name, online=online)]
    if not Path(name).exists():
        raise UsageError(f"{name}: there is no such file", hint="name files and folders that are there")
    return list(sources([Path(name)]))


def _page(address: str, *, online: bool) -> Source:
    if not online:
        hint = "add --online, or save the page and name its file"
        raise UsageError(f"{address}: is an address, and nothing asks the network without --online", hint=hint)
    from tallystick.study.workspace.online import check_scheme, page

    check_scheme(address)
    return page(address, now)


def _where(jobs: int, cluster: str | None) -> Where | None:
    from tallystick.scenarios.executor import Where

    if cluster is not None:
        return Where(kind="cluster", address=cluster)
    return None if jobs == 1 else Where(kind="processes", workers=jobs)


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
    workspace: Folder = None,
    by: Who = None,
    identity: Identity = None,
) -> None:
    """Delete a testimony: its content, salts, copies and everything that was read from it. A tombstone stays."""
    from tallystick.study.workspace.erase import erase as erase_from

    with open_workspace(workspace, identity, writes=True) as opened:
        gone = erase_from(opened, ids, why=why, by=by or opened.settings.analyst)
    sys.stdout.write(f"{gone} entries erased\n")


def merge(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `tallystick export --to ledger` wrote.")],
    workspace: Folder = None,
    by: Who = None,
) -> None:
    """Take over what another workspace's ledger holds; both histories are kept, and both opinions where they differ."""
    from tallystick.study.workspace.erase import merge as merge_into

    with open_workspace(workspace, None, writes=True) as opened:
        merged = merge_into(opened, file, by=by or opened.settings.analyst)
    if merged.nothing_new:
        sys.stdout.write("nothing new: all of it was here already\n")
        return
    sys.stdout.write(f"{merged.entries} entries of {len(merged.chains)} chains taken over\n")
    if merged.erased:
        say(f"{merged.erased} contents were erased there, and are erased here now")
    if merged.withheld:
        say(f"{merged.withheld} contents were erased here, and were not taken")
