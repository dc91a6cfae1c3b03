"""What was published and what becomes of it: `claims`, `show`, `chains`. None of them starts a fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from tallystick.cli import options
from tallystick.cli.options import (
    AsOf,
    Format,
    IncludeProposed,
    LedgerAsOf,
    Programme,
    Recording,
    Shape,
    Workspace,
    examples,
    host_of,
    one_of,
    open_study,
)

if TYPE_CHECKING:
    from tallystick.study.study import Study
    from tallystick.vocab.records import Claim

CLAIM_COLUMNS = (
    "id",
    "measure",
    "host",
    "period",
    "low",
    "point",
    "high",
    "unit",
    "asserted_by",
    "disposition",
    "origin",
    "reason",
)
CLAIM_TABLE = ("id", "measure", "host", "when", "figure", "disposition", "asserted_by", "reason")
CHAIN_COLUMNS = ("origin", "copies", "garbled", "members", "title")


def add_to(app: typer.Typer) -> None:
    """Add the three commands."""
    app.command(
        short_help="What was published, and what each claim is used for.",
        epilog=examples(
            "tallystick claims --measure workers_present --host RU",
            "tallystick claims --disposition garbled",
            "tallystick claims --as-of 2024-06-30 --format csv > claims.csv",
        ),
    )(claims)
    app.command(
        short_help="One claim: lineage, use and influence.",
        epilog=examples(
            "tallystick show rsis23_rev_ru",
            "tallystick show fuels25_s33     # a statement",
            "tallystick show L03             # an obligation",
            "tallystick show d1f00c0ffee12 --workspace cases  # a document that was read",
        ),
    )(show)
    app.command(
        short_help="Origins with their copies, and what copies broke.",
        epilog=examples("tallystick chains", "tallystick chains --garbled", "tallystick chains --format json"),
    )(chains)


def claims(
    measure: Annotated[str | None, typer.Option(metavar="MEASURE", help="Only claims of this measure.")] = None,
    host: Annotated[str | None, typer.Option(metavar="HOST", help="Only claims about this host.")] = None,
    disposition: Annotated[
        str | None, typer.Option(metavar="USE", help="Only used, repeat, garbled, context or out_of_scope.")
    ] = None,
    programme: Programme = options.PROGRAMME,
    workspace: Workspace = None,
    ledger_as_of: LedgerAsOf = None,
    include_proposed: IncludeProposed = False,
    as_of: AsOf = None,
    shape: Shape = Format.table,
) -> None:
    """List what was published, what each claim is used for, and why."""
    from tallystick.cli.output import write_rows
    from tallystick.reconcile.records import Use

    study = open_study(programme, as_of, of=Recording(workspace, ledger_as_of, include_proposed))
    known = study.programme
    measure = one_of("measure", measure, known.measures)
    host = host_of(study, host)
    disposition = one_of("disposition", disposition, get_args(Use))
    rows = [_claim_row(study, claim) for claim in known.claims if measure in (None, claim.measure)]
    rows = [row for row in rows if disposition in (None, row["disposition"])]
    rows = [row for row in rows if host in (None, row["host"], known.places[str(row["host"])].host)]
    said = {"measure": measure, "host": host, "disposition": disposition}  # need not stand in each line
    table = [name for name in CLAIM_TABLE if said.get(name) is None or len({row[name] for row in rows}) > 1]
    write_rows(CLAIM_COLUMNS, rows, shape, table=table)


def _claim_row(study: Study, claim: Claim) -> dict[str, object]:
    from tallystick.brief.words.claims import claim_quantity
    from tallystick.brief.words.dates import stated_period

    use = study.account.disposition_of(claim.id)
    return {
        "id": claim.id,
        "measure": claim.measure,
        "host": claim.host,
        "period": period_of(claim),
        "low": claim.low,
        "point": claim.point,
        "high": claim.high,
        "unit": claim.unit,
        "when": stated_period(claim.start, claim.end),
        "figure": claim_quantity(claim),
        "asserted_by": claim.asserted_by,
        "disposition": use.disposition,
        "origin": use.origin,
        "reason": use.reason,
    }


def period_of(claim: Claim) -> str:
    """The days that a claim describes, as an ISO interval; "" where none are stated."""
    if claim.start is None and claim.end is None:
        return ""
    return f"{claim.start or '..'}/{claim.end or '..'}"


def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A claim, a statement, an event, a row of law; a workspace's document or proposal."
        ),
    ],
    programme: Programme = options.PROGRAMME,
    workspace: Workspace = None,
    ledger_as_of: LedgerAsOf = None,
    include_proposed: IncludeProposed = False,
    as_of: AsOf = None,
    shape: Shape = Format.table,
) -> None:
    """Show one claim: what was said, by whom, its lineage, its use and its influence on the estimates."""
    from tallystick.cli.cards import card_of, is_known, is_report, write
    from tallystick.cli.record_cards import document_fields, record_card

    study = open_study(programme, as_of, of=Recording(workspace, ledger_as_of, include_proposed))
    recorded = None if workspace is None or is_known(study, id) else record_card(workspace, ledger_as_of, id)
    if recorded is None:
        recorded = card_of(study, id)
        if workspace is not None:
            recorded = [field for field in recorded if not is_report(field)]
            recorded += document_fields(workspace, ledger_as_of, id)
    write(recorded, shape)


def chains(
    garbled: Annotated[bool, typer.Option("--garbled", help="Only chains with a copy that broke the figure.")] = False,
    programme: Programme = options.PROGRAMME,
    workspace: Workspace = None,
    ledger_as_of: LedgerAsOf = None,
    include_proposed: IncludeProposed = False,
    as_of: AsOf = None,
    shape: Shape = Format.table,
) -> None:
    """List origins with their copies, and what each copy lost or broke."""
    from tallystick.cli.output import write_rows

    chains = open_study(programme, as_of, of=Recording(workspace, ledger_as_of, include_proposed)).account.chains
    kept = [chain for chain in chains if not garbled or "garbles" in chain.kind_of_each.values()]
    rows = [
        {
            "origin": chain.origin,
            "copies": len(chain.members) - 1,
            "garbled": sum(kind == "garbles" for kind in chain.kind_of_each.values()),
            "members": [f"{member} ({chain.kind_of_each.get(member, '')})" for member in chain.members],
            "title": chain.title,
        }
        for chain in kept
    ]
    write_rows(CHAIN_COLUMNS, rows, shape, whole=kept)
