"""What earlier evidence would have forecast: `backtest`. It refits the model at every cut (minutes)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tallystick.cli import options
from tallystick.cli.options import Format, Programme, Seed, Shape, examples, open_study


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
