"""What earlier evidence would have forecast: `backtest`. It refits the model at every cut (minutes)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli import options
from tallystick.cli.options import Format, Programme, Seed, Shape, day, examples, open_study
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.study.study import Study


class Cuts(StrEnum):
    """Which days of backtest.toml."""

    named = "named"
    half_yearly = "half-yearly"
    all = "all"


class Priors(StrEnum):
    """What is believed before any figure of a cut."""

    stated = "stated"
    generic = "generic"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="What earlier evidence would have forecast, beside plain forecasts.",
        epilog=examples(
            "tallystick backtest --cuts named",
            "tallystick backtest --priors generic --format json",
            "tallystick backtest --against > compared.txt",
        ),
    )(backtest)


def backtest(
    cuts: Annotated[Cuts, typer.Option(help="The named days, the half-yearly ones, or all.")] = Cuts.all,
    priors: Annotated[
        Priors, typer.Option(help="Priors that the model states, as far as they could be known; or an outsider's.")
    ] = Priors.stated,
    against: Annotated[bool, typer.Option("--against", help="Print the comparison with each plain forecast.")] = False,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="FILE", help="Write what a brief prints: all cuts, both kinds of priors."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The day to put on that file.")] = None,
    programme: Programme = options.PROGRAMME,
    seed: Seed = None,
    shape: Shape = Format.table,
) -> None:
    """Refit what had been published by each cut, forecast every later figure, and score the forecasts.

    At a cut, priors and calendar are those that could have been known; breaks that nobody knew are drawn from stated
    odds. Each later figure counts once. A minute for six cuts, some five for all; a second run is quick.
    """
    from tallystick.cli.meter import meter, say
    from tallystick.cli.output import write_rows
    from tallystick.forecasts.tables import COMPARED, LEGEND, SCORES, compared, scores
    from tallystick.study.backtest import cuts_of, pasts, report

    study = open_study(programme, None, seed)
    if keep is not None:
        _keep(study, keep, on)
        return
    days = cuts_of(study, cuts.value)
    with meter() as hear:
        found = pasts(study, days, priors.value, hear)
    table = report(study, found)
    columns, rows = (COMPARED, compared(table)) if against else (SCORES, scores(table))
    write_rows(columns, rows, shape, whole=table)
    say(f"{len(days)} cuts from {days[0]} to {days[-1]}, {priors.value} priors, seed {study.seed}")
    if shape is Format.table:
        say(LEGEND)
    worst = max(past.r_hat for past in found)
    say(f"sampler: R-hat at most {worst:.3f} over all cuts, {sum(past.divergences for past in found)} divergences")


def _keep(study: Study, file: Path, on: str | None) -> None:
    """Write the kept backtest in one move."""
    from tallystick.cli.meter import meter, say
    from tallystick.study.backtest import to_keep

    named = day(on, "--on")
    if named is None:
        raise UsageError("--keep needs the day to put on the file", hint="add --on 2026-11-22")
    if not file.parent.is_dir():
        raise UsageError(f"no folder for {file}", hint="make it first, or name another place")
    with meter() as hear:
        text = to_keep(study, named, hear)
    beside = file.with_name(f".{file.name}.part")
    beside.write_bytes(text)
    beside.replace(file)
    say(f"{file}: kept")
