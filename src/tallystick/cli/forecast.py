"""Forecasts on record: `forecast`. It prints them, freezes new ones (a minute), and judges those that were answered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli import options
from tallystick.cli.options import (
    AsOf,
    Format,
    IncludeProposed,
    LedgerAsOf,
    Programme,
    Recording,
    Seed,
    Shape,
    Workspace,
    examples,
    open_study,
)
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.forecasts.record import Sealed
    from tallystick.study.study import Study


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Forecasts on record: frozen before the figures appear, judged when they do.",
        epilog=examples(
            "tallystick forecast",
            "tallystick forecast --score",
            "tallystick forecast --freeze --on 2026-11-22 --record mine.jsonl",
        ),
    )(forecast)


def forecast(
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Forecast what record.toml asks for, and add it to the record (a minute).")
    ] = False,
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="With --freeze: the day of freezing.")
    ] = None,
    score: Annotated[bool, typer.Option("--score", help="Lay the record beside the figures published since.")] = False,
    against: Annotated[
        str | None, typer.Option("--against", metavar="HASH", help="Say whether the record holds that printed head.")
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="The record; by default the workspace's or the programme's own."),
    ] = None,
    programme: Programme = options.PROGRAMME,
    workspace: Workspace = None,
    ledger_as_of: LedgerAsOf = None,
    include_proposed: IncludeProposed = False,
    as_of: AsOf = None,
    seed: Seed = None,
    shape: Shape = Format.table,
) -> None:
    """Print forecasts that were frozen before the figures appeared; freeze new ones; judge those that were answered.

    Each is of what a figure will be said to be. The record is a chain of hashes: what is changed later is found by
    every reading, and a chain that was made anew does not hold the head that an earlier brief printed.
    """
    if sum((freeze, score, against is not None)) > 1:
        raise UsageError("--freeze, --score and --against are three requests", hint="make one at a time")
    if freeze != (on is not None):
        missing, hint = (
            ("--on", "--freeze --on 2026-11-22") if freeze else ("--freeze", "leave out --on, or add --freeze")
        )
        raise UsageError(f"{missing} is missing: a day is named to freeze forecasts on it", hint=hint)
    if freeze and seed is not None:
        raise UsageError("a freezing takes its seed from its day and its inputs", hint="leave out --seed")
    if against is not None and as_of is not None:
        raise UsageError("--against asks of the whole record, whatever the day", hint="leave out --as-of")
    from tallystick.study.record import check_there, own_record, read_record, record_file

    study = open_study(programme, as_of, seed, of=Recording(workspace, ledger_as_of, include_proposed))
    own = None if workspace is None else own_record(workspace)
    file = record_file(study, own if record is None and own is not None and (freeze or own.exists()) else record)
    if record is not None and not freeze:
        check_there(file)
    if freeze:
        _freeze(study, file, on, shape)
    elif against is not None:
        _against(study, file, against)
    elif score:
        _score(study, read_record(study, file), shape)
    else:
        _print(study, read_record(study, file), shape)


def _freeze(study: Study, file: Path, on: str | None, shape: Format) -> None:
    """Freeze, and print the new entry alone."""
    from tallystick.cli.meter import meter, say
    from tallystick.study.record import freeze

    day = options.day(on, "--on")
    assert day is not None  # asked for with --freeze
    with meter() as hear:
        sealed = freeze(study, day, file, hear)
    _write((sealed,), {}, shape)
    entry = sealed.entry
    say(f"entry {entry.number} of {file}: {len(entry.forecasts)} forecasts frozen on {day}, seed {entry.seed}")
    say(f"sampler: R-hat at most {entry.r_hat:.3f}, {entry.divergences} divergences")
    say(f"head {sealed.hash}: publish it, since what is published shows that the record was there")


def _print(study: Study, chain: tuple[Sealed, ...], shape: Format) -> None:
    """The whole record with what is open."""
    from tallystick.cli.meter import say
    from tallystick.forecasts.record import head_of
    from tallystick.study.record import answers

    states = {(one.number, one.forecast.asked.id): one.state for one in answers(study, chain)}
    _write(chain, states, shape)
    if chain:
        say(f"{len(chain)} entries, each whole and in its place; head {head_of(chain)}")
    else:
        say("nothing is on record yet: tallystick forecast --freeze --on YYYY-MM-DD")


def _write(chain: tuple[Sealed, ...], states: Mapping[tuple[int, str], str], shape: Format) -> None:
    from tallystick.cli.output import write_rows
    from tallystick.forecasts.record_tables import FROZEN, SHORT_FROZEN, document, frozen_rows

    write_rows(FROZEN, frozen_rows(chain, states), shape, table=SHORT_FROZEN, whole=document(chain, states))


def _score(study: Study, chain: tuple[Sealed, ...], shape: Format) -> None:
    """Each forecast with what became of it, and over those that were answered the table of the backtest."""
    from tallystick.cli.meter import say
    from tallystick.cli.output import write_rows
    from tallystick.forecasts.record_tables import ANSWERED, SHORT_ANSWERED, answer_rows
    from tallystick.forecasts.tables import LEGEND, SCORES, scores
    from tallystick.study.record import answers, report

    found = answers(study, chain)
    rows, table = answer_rows(found), report(study, found)
    write_rows(ANSWERED, rows, shape, table=SHORT_ANSWERED, whole={"answers": rows, "report": table})
    states = [one.state for one in found]
    counted = ", ".join(f"{states.count(state)} {state}" for state in ("open", "answered", "lapsed"))
    say(f"{len(found)} forecasts: {counted}; figures published up to {study.day}")
    if shape is Format.table and table is not None:
        write_rows(SCORES, scores(table), shape)
        say(LEGEND)


def _against(study: Study, file: Path, head: str) -> None:
    """Whether an entry has that hash."""
    from tallystick.cli.meter import say
    from tallystick.study.record import entry_with

    number, every = entry_with(head, file, study.programme.id)
    say(f"the record holds it as entry {number} of {every}: nothing up to there was changed since it was printed")
