"""What earlier evidence would have forecast: `backtest`. It refits the model at every cut (minutes)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli import options
from tallystick.cli.options import Format, Programme, Seed, Shape, day, examples, open_study
from tallystick.vocab.backtests import Cuts, Priors
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.study.study import Study


PRINTING = {"cuts": "--cuts", "priors": "--priors", "against": "--against", "shape": "--format"}  # what is printed


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
    context: typer.Context,
    cuts: Annotated[Cuts, typer.Option(help="The named days, the half-yearly ones, or all.")] = "all",
    priors: Annotated[
        Priors, typer.Option(help="Priors that the model states, as far as they could be known; or an outsider's.")
    ] = "stated",
    against: Annotated[bool, typer.Option("--against", help="Print the comparison with each plain forecast.")] = False,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="FILE", help="Write what a brief prints: all cuts, both kinds of priors."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="With --keep: the day to put on it.")
    ] = None,
    programme: Programme = options.PROGRAMME,
    seed: Seed = None,
    shape: Shape = Format.table,
) -> None:
    """Refit what had been published by each cut, forecast every later figure, and score the forecasts.

    At a cut, priors and calendar are those that could have been known; breaks that nobody knew are drawn from stated
    odds. Each later figure counts once. A minute for six cuts, some five for all; each is kept, so that a second run is
    quick and one that was stopped goes on.
    """
    from tallystick.cli.meter import meter, say
    from tallystick.cli.output import write_rows
    from tallystick.forecasts.tables import COMPARED, LEGEND, SCORES, compared, scores
    from tallystick.study.backtest import cuts_of, pasts, report

    named = day(on, "--on")
    _check(context, keep, named)
    study = open_study(programme, None, seed)
    if keep is not None and named is not None:
        _keep(study, keep, named)
        return
    days = cuts_of(study, cuts)
    with meter() as hear:
        found = pasts(study, days, priors, hear)
    table = report(study, found)
    columns, rows = (COMPARED, compared(table)) if against else (SCORES, scores(table))
    write_rows(columns, rows, shape, whole=table)
    say(f"{len(days)} cuts from {days[0]} to {days[-1]}, {priors} priors, seed {study.seed}")
    if shape is Format.table:
        say(LEGEND)
    worst = max(past.r_hat for past in found)
    say(f"sampler: R-hat at most {worst:.3f} over all cuts, {sum(past.divergences for past in found)} divergences")


def _check(context: typer.Context, keep: Path | None, named: date | None) -> None:
    """Refuse what a kept backtest would pass over: it holds all cuts, both kinds of priors and every comparison."""
    if (keep is None) != (named is None):
        missing, hint = ("--on", "add --on 2026-11-22") if keep else ("--keep", "leave out --on, or add --keep FILE")
        raise UsageError(f"{missing} is missing: a kept backtest has a day put on it", hint=hint)
    sources = {option: context.get_parameter_source(name) for name, option in PRINTING.items()}
    given = [option for option, source in sources.items() if source is not None and source.name == "COMMANDLINE"]
    if keep is not None and given:
        problem = f"{', '.join(given)}: --keep writes all cuts and both kinds of priors, and prints nothing"
        raise UsageError(problem, hint="leave out either")


def _keep(study: Study, file: Path, named: date) -> None:
    """Write the kept backtest in one move."""
    from tallystick.cli.meter import meter, say
    from tallystick.study.backtest import keep
    from tallystick.study.swap import check_place

    check_place(file, "--keep")
    with meter() as hear:
        keep(study, file, named, hear)
    say(f"{file}: kept")
