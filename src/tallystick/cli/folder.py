"""What is written to disk and checked there: `brief`, `export`, `verify`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli import options
from tallystick.cli.options import (
    AsOf,
    Device,
    IncludeProposed,
    LedgerAsOf,
    Processor,
    Programme,
    Recording,
    Seed,
    Workspace,
    examples,
    open_study,
)
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.study.study import Study


class Kind(StrEnum):
    """What `export` can write."""

    csv = "csv"
    json = "json"
    ftm = "ftm"
    prov = "prov"
    claimreview = "claimreview"
    bibtex = "bibtex"
    ledger = "ledger"


FITTED = (Kind.csv, Kind.json)  # hold estimates; the others rest on the evidence and what is made of its claims


def add_to(app: typer.Typer) -> None:
    """Add the three commands."""
    app.command(
        short_help="The whole account, written to a folder.",
        epilog=examples(
            "tallystick brief",
            "tallystick brief -o /tmp/account --no-pdf",
            "tallystick brief --as-of 2023-12-31 -o brief-2023",
        ),
    )(brief)
    app.command(
        short_help="The account's data for other programs.",
        epilog=examples(
            "tallystick export --to json > account.json",
            "tallystick export --to csv -o tables",
            "tallystick export --to bibtex -o sources.bib",
        ),
    )(export)


def brief(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Where to write.")] = Path("brief"),
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Also write brief.pdf.")] = True,
    programme: Programme = options.PROGRAMME,
    workspace: Workspace = None,
    ledger_as_of: LedgerAsOf = None,
    include_proposed: IncludeProposed = False,
    as_of: AsOf = None,
    seed: Seed = None,
    device: Device = Processor.cpu,
) -> None:
    """Write the whole account: brief.html, brief.pdf, brief.json, tables, charts, draws and manifest.

    An earlier brief in DIR is replaced when the new one is complete, and is left alone when anything fails.
    """
    from tallystick.cli.figures import judge, told
    from tallystick.study.folder import check_replaceable

    study = open_study(programme, as_of, seed, device, of=Recording(workspace, ledger_as_of, include_proposed))
    check_replaceable(output)  # before the long work, not after it
    with told(study):
        written = study.brief(output, pdf=pdf)
    sys.stdout.write(f"{written / 'brief.html'}\n")
    judge(study.diagnostics)


def export(
    to: Annotated[Kind, typer.Option("--to", metavar="|".join(Kind), help="What to write.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="PATH", help="A folder for csv; a file for the others, or stdout."),
    ] = None,
    programme: Programme = options.PROGRAMME,
    workspace: Workspace = None,
    ledger_as_of: LedgerAsOf = None,
    include_proposed: IncludeProposed = False,
    as_of: AsOf = None,
    seed: Seed = None,
    device: Device = Processor.cpu,
) -> None:
    """Write the account's data for other programs.

    json is the document of brief.json and csv its tables: both hold estimates. The others need no fit: ftm has the
    entities, pages and claims for FollowTheMoney, prov how the account came to be (PROV-JSON), claimreview each copy
    beside what it goes back to (schema.org), bibtex the sources. ledger is a workspace's whole record, for
    `tallystick import`: what is sealed stays sealed in it, and copies of documents are not part of it. What is
    kept back here and lies in clear with a colleague who read it is in it with its words; the export names it.
    """
    from tallystick.cli.figures import judge, told
    from tallystick.study.folder import check_place, check_replaceable

    if to is Kind.csv and output is None:
        raise UsageError(
            "--to csv writes several tables and needs a folder", hint="tallystick export --to csv -o tables"
        )
    if to is Kind.ledger:
        _export_ledger(workspace, output)
        return
    study = open_study(programme, as_of, seed, device, of=Recording(workspace, ledger_as_of, include_proposed))
    if output is not None:  # before the long work, not after it
        if to is Kind.csv:
            check_replaceable(output, "export")
        else:
            check_place(output)
    if to not in FITTED:
        _export_text(study, to, output)
        return
    with told(study):
        _export(study, to, output)
    judge(study.diagnostics)


def _export_ledger(workspace: Path | None, output: Path | None) -> None:
    from tallystick.cli.meter import say
    from tallystick.cli.workspace import open_workspace

    if workspace is None or output is None:
        hint = "tallystick export --to ledger --workspace cases -o mine.ledger"
        raise UsageError("--to ledger writes a workspace's record to a file", hint=hint)
    with open_workspace(workspace, None, writes=False) as opened:
        opened.ledger.export(output)
        bare = opened.kept_back_in_clear()
    sys.stdout.write(f"{output}\n")
    if bare:
        ways = (
            "`tallystick review --restrict` seals what was read here, `tallystick erase ID --why ...` removes the rest"
        )
        say(f"kept back, and in clear in it: {' '.join(bare)}; {ways}")


def _export_text(study: Study, to: Kind, output: Path | None) -> None:
    from tallystick.cli.meter import say
    from tallystick.study.exports import text_of, write_text

    if to is Kind.claimreview:
        say("before you publish these, put your own name in as author, and your own address before each url")
    if output is None:
        sys.stdout.write(text_of(study, to.value))
    else:
        sys.stdout.write(f"{write_text(study, to.value, output)}\n")


def _export(study: Study, to: Kind, output: Path | None) -> None:
    if to is Kind.csv and output is not None:
        sys.stdout.writelines(f"{file}\n" for file in study.export_tables(output))
    elif output is None:
        sys.stdout.write(study.as_json())
    else:
        sys.stdout.write(f"{study.export_json(output)}\n")
