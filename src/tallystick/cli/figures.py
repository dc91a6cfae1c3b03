"""What we make of it: `estimate` and `assess`. Both need the fit, and run it when it is not in the cache."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from tallystick.cli import options
from tallystick.cli.options import (
    AsOf,
    Device,
    Format,
    IncludeProposed,
    LedgerAsOf,
    Processor,
    Programme,
    Recording,
    Seed,
    Shape,
    Workspace,
    examples,
    host_of,
    one_of,
    open_study,
)
from tallystick.vocab.errors import FitError

if TYPE_CHECKING:
    from tallystick.study.study import Study
    from tallystick.vocab.estimate import Diagnostics, Estimate

QUANTILES = ("median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95")
ESTIMATE_COLUMNS = ("id", "host", "visa_class", "cohort", "period", "unit", *QUANTILES, "projection", "origins")
ESTIMATE_TABLE = ("id", "host", "split", "period", "middle", "80 %", "95 %", "unit", "projection", "origins")
FINDING_COLUMNS = ("id", "instrument", "paragraph", "addressee", "period", "outcome", "as_far_as", "because")


def add_to(app: typer.Typer) -> None:
    """Add the two commands."""
    app.command(
        short_help="Estimates with intervals, and diagnostics.",
        epilog=examples(
            "tallystick estimate workers_present --host RU",
            "tallystick estimate state_take --period 2024",
            "tallystick estimate --format csv > estimates.csv",
            "tallystick estimate --warm     # after a new claim, from an earlier fit",
        ),
    )(estimate)
    app.command(
        short_help="Law, forced labour and indicators.",
        epilog=examples(
            "tallystick assess", "tallystick assess --outcome undetermined", "tallystick assess --format json"
        ),
    )(assess)


def estimate(
    id: Annotated[str | None, typer.Argument(metavar="ID", help="Only this estimand, as workers_present.")] = None,
    host: Annotated[str | None, typer.Option(metavar="HOST", help="Only this host.")] = None,
    period: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="Only this period, or a year's.")] = None,
    warm: Annotated[
        bool,
        typer.Option("--warm", help="Start from the nearest earlier fit: a quick look at what a new claim does."),
    ] = False,
    programme: Programme = options.PROGRAMME,
    workspace: Workspace = None,
    ledger_as_of: LedgerAsOf = None,
    include_proposed: IncludeProposed = False,
    as_of: AsOf = None,
    seed: Seed = None,
    device: Device = Processor.cpu,
    shape: Shape = Format.table,
) -> None:
    """Print the estimates with their 50, 80 and 95 % intervals, and whether the sampler may be trusted.

    A projection is an estimate of a period that ends after the last day that a used count of its host describes.
    """
    from tallystick.brief.periods import Reach
    from tallystick.cli.output import write_rows

    study = fitted(
        open_study(programme, as_of, seed, device, warm=warm, of=Recording(workspace, ledger_as_of, include_proposed))
    )
    id = one_of("estimand", id, {each.id for each in study.estimates})
    host = host_of(study, host)
    one_of("period", period, {part for each in study.estimates for part in (each.period, each.period[:4])})
    kept = [each for each in study.estimates if _wanted(each, id, host, period)]
    reach = Reach(programme=study.programme, account=study.account, estimates=study.estimates)
    ahead = [reach.is_projection(each) for each in kept]
    marked = [asdict(each) | {"projection": mark} for each, mark in zip(kept, ahead, strict=True)]
    rows = [_estimate_row(each, mark) for each, mark in zip(kept, ahead, strict=True)]
    whole: dict[str, object] = {"diagnostics": study.diagnostics, "estimates": marked}
    if study.started_from:
        whole["started_from"] = study.started_from
    write_rows(ESTIMATE_COLUMNS, rows, shape, table=ESTIMATE_TABLE, whole=whole)
    _say_warm(study)
    judge(study.diagnostics)


def _say_warm(study: Study) -> None:
    from tallystick.cli.meter import say

    if study.started_from:
        drawn = study.diagnostics.seed
        seed = "" if drawn == study.seed else f", whose draws (seed {drawn}) were weighed: --seed moved none"
        say(f"warm: from fit {study.started_from[:12]}{seed}; a first look: to cite or repeat it, leave --warm out")
    elif study.warm:
        say("cold: this fit was in the cache, or no earlier fit has the same unknowns")


def _wanted(each: Estimate, id: str | None, host: str | None, period: str | None) -> bool:
    return id in (None, each.id) and host in (None, each.host) and (period is None or each.period.startswith(period))


def _estimate_row(each: Estimate, projection: bool) -> dict[str, object]:
    from tallystick.brief.words.estimates import say

    interval, said = asdict(each.interval), say(each.interval, each.unit)
    own = {name: getattr(each, name) for name in ESTIMATE_COLUMNS if name not in (*interval, "projection")}
    wide = say(replace(each.interval, lower_80=each.interval.lower_95, upper_80=each.interval.upper_95), each.unit)
    own["projection"] = "yes" if projection else "no"
    shown = {"split": each.visa_class or each.cohort or "", "middle": said.median, "80 %": said.interval}
    return {**own, **interval, **shown, "95 %": wide.interval}


def fitted(study: Study) -> Study:
    """The study with its fit computed, its progress on stderr."""
    from tallystick.cli.meter import meter

    with meter() as hear:
        return study.compute(hear)


@contextmanager
def told(study: Study) -> Iterator[Study]:
    """The study, fitted; what-ifs that its account needs are told of on stderr as they are run."""
    from tallystick.cli.meter import running
    from tallystick.study.ahead import compiling

    with compiling(study):
        fitted(study)
    with running() as hear:
        study.listen(hear)
        yield study


def judge(found: Diagnostics) -> None:
    """Say on stderr how the sampler did; a run that failed its diagnostics ends in an error."""
    from tallystick.cli.meter import say

    effective = f"ESS at least {min(found.ess_bulk_min, found.ess_tail_min):.0f}"
    state = f"R-hat at most {found.r_hat_max:.3f}, {effective}, {found.divergences} divergences"
    say(f"sampler: {state}; {found.chains} chains of {found.draws} draws, seed {found.seed}")
    if not found.passed:
        raise FitError(
            f"the fit failed its diagnostics ({state}; worst: {found.worst})",
            hint="do not cite these figures; try another --seed, and report it if that fails too",
        )


def assess(
    outcome: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="Only inconsistent, consistent, undetermined or not_applicable."),
    ] = None,
    programme: Programme = options.PROGRAMME,
    workspace: Workspace = None,
    ledger_as_of: LedgerAsOf = None,
    include_proposed: IncludeProposed = False,
    as_of: AsOf = None,
    seed: Seed = None,
    device: Device = Processor.cpu,
    shape: Shape = Format.table,
) -> None:
    """Read the law over evidence and estimates: findings, forced labour by limb and phase, indicators.

    The table lists the findings; JSON always holds all three, of the findings those with that outcome. Findings
    speak of the conduct of a State or person bound, never of a worker.
    """
    from tallystick.assess.finding import OUTCOMES
    from tallystick.cli.output import write_rows

    outcome = one_of("outcome", outcome, OUTCOMES)
    study = fitted(open_study(programme, as_of, seed, device, of=Recording(workspace, ledger_as_of, include_proposed)))
    kept = tuple(each for each in study.assessment.findings if outcome in (None, each.outcome))
    rows = [{name: getattr(each, name) for name in FINDING_COLUMNS} for each in kept]
    write_rows(FINDING_COLUMNS, rows, shape, whole=replace(study.assessment, findings=kept))
    judge(study.diagnostics)
