"""What would change it: `simulate`. It needs the fit, and runs it when it is not in the cache."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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
    one_of,
    open_study,
)
from tallystick.cli.run_output import Kind, View, write
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.scenarios.executor import Where
    from tallystick.scenarios.what_if import WhatIf
    from tallystick.study.study import Study


KINDS: dict[str, Kind] = {"--compare": "compare", "--levers": "levers"}
WITH_TABLES = (
    "--engine meanfield", "--fast", "--runs", "--outcome", "--year", "--threads", "--processes", "--cluster",
    "--output",
)  # fmt: skip
ALONE = {  # what is no table of runs, and the flags that go with it
    "--engine individuals": ("--runs",), "--sensitivity": ("--levers", "--samples", "--outcome", "--year"),
}  # fmt: skip
TOO_MUCH = {"--levers": ("--output",)}  # what is written are runs of scenarios, and not of levers pulled alone


class Engine(StrEnum):
    """Who runs the equations."""

    ensemble = "ensemble"
    fast = "fast"
    meanfield = "meanfield"
    individuals = "individuals"


COUNTING: dict[Engine, Literal["ensemble", "fast", "meanfield"]] = {
    Engine.ensemble: "ensemble", Engine.fast: "fast", Engine.meanfield: "meanfield",
}  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="What-ifs: scenarios run forward.",
        epilog=examples(
            "tallystick simulate",
            "tallystick simulate direct_pay --runs 500",
            "tallystick simulate --compare full_compliance direct_pay rouble_halves",
            "tallystick simulate --levers --outcome workers_present",
            "tallystick simulate --sensitivity --samples 64",
            "tallystick simulate --levers --sensitivity",
            "tallystick simulate direct_pay --engine individuals",
            "tallystick simulate full_compliance --format csv > full_compliance.csv",
        ),
    )(simulate)


def simulate(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME|FILE]...", help="Scenarios by name or file; all if none.")
    ] = None,
    runs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Runs of each scenario. [default: 1000; individuals: 48]")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Last month.")] = None,
    engine: Annotated[
        Engine, typer.Option(help="Exact counts; nearly exact ones; means without chance; each person followed.")
    ] = Engine.ensemble,
    fast: Annotated[bool, typer.Option("--fast", help="The same as --engine fast.")] = False,
    compare: Annotated[bool, typer.Option("--compare", help="One column for each scenario.")] = False,
    sensitivity: Annotated[
        bool, typer.Option("--sensitivity", help="What effects and the ranking of scenarios hang on (minutes).")
    ] = False,
    samples: Annotated[
        int | None, typer.Option(metavar="N", help="Samples for --sensitivity, a power of two: more tell more apart.")
    ] = None,
    levers: Annotated[bool, typer.Option("--levers", help="Which lever moves what, by how much, how sure.")] = False,
    outcome: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this outcome in tables; may be repeated.")
    ] = None,
    year: Annotated[int | None, typer.Option(metavar="YYYY", help="Only this year in tables.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, metavar="N", help="Work in so many threads.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, metavar="N", help="Work in so many processes.")] = None,
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Work on this dask cluster.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Also write results and charts here.")
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
    """Run scenarios forward from the fit, and tell what they would change against the baseline.

    Without names, an overview of all scenarios that ship, in the last year. With names, each of them year by year.
    All run on the same random numbers; intervals hold 80 % of the runs. JSON and CSV hold every outcome and year,
    with what parameters and what chance make of each interval.

    With --engine individuals each simulated person is followed: what they bring home, how long they stay, what was
    promised and what is paid, as distributions over a hundred persons or more, under the scenarios that the programme
    names or those that you name.
    """
    from tallystick.cli.figures import fitted, judge
    from tallystick.study.forward import known_year

    given = {
        "--engine individuals": engine is Engine.individuals, "--engine meanfield": engine is Engine.meanfield,
        "--compare": compare, "--levers": levers, "--sensitivity": sensitivity, "--samples": samples, "--fast": fast,
        "--runs": runs, "--outcome": outcome, "--year": year, "--threads": threads, "--processes": processes,
        "--cluster": cluster, "--output": output,
    }  # fmt: skip
    mode = _mode([flag for flag, value in given.items() if _is_given(value)])
    where = _where(threads, processes, cluster)
    study = open_study(programme, as_of, seed, device, of=Recording(workspace, ledger_as_of, include_proposed))
    if mode == "--engine individuals":
        from tallystick.cli.homes import homecoming
        from tallystick.study.homes import question

        asked = question(study, names, None, until)  # faults of names are told before the fit
        homecoming(fitted(study), names, runs, until, shape)
        _end(asked, shape)
    elif mode == "--sensitivity":
        from tallystick.cli.hangs import sensitivity as hangs

        _end(hangs(study, names, samples, until, outcome or (), year, shape, levers=levers), shape)
    else:
        kind: Kind = KINDS.get(mode, "years" if names else "overview")
        asked = study.what_if(names, runs=runs, until=until, engine=_engine(engine, fast))
        view = View(kind, _outcomes(asked, outcome or ()), year, every_lever=not names)
        known_year(asked, year)
        _forward(study, asked, view, where, output, shape)
    judge(study.diagnostics)


def _is_given(value: object) -> bool:
    """Whether an option was written: 0 was, and is wrong perhaps."""
    return value is not None and value is not False and value != []


def _outcomes(asked: WhatIf, names: Sequence[str]) -> tuple[str, ...]:
    """The outcomes of these names; a wrong one is told before the fit."""
    from tallystick.study.forward import outcome_ids

    known = outcome_ids(asked) if names else ()
    return tuple(str(one_of("outcome", each, known)) for each in names)


def _mode(given: Sequence[str]) -> str:
    """The flag that says what is asked for, "" for plain tables; UsageError for another that does not go with it."""
    modes = [flag for flag in given if flag in (*KINDS, *ALONE)]
    if len(modes) > 1 and not set(modes) & set(ALONE):
        raise UsageError(f"{modes[0]} and {modes[1]} are two tables", hint="ask for one, then for the other")
    mode = next(iter([flag for flag in ALONE if flag in modes] + modes), "")
    for flag in given:
        if flag not in (mode, *ALONE.get(mode, WITH_TABLES)) or flag in TOO_MUCH.get(mode, ()):
            wanted = ", or add --sensitivity" if flag == "--samples" and not mode else ""
            raise UsageError(f"{flag} does not go with {mode or 'tables of runs'}", hint=f"leave {flag} out{wanted}")
    return mode


def _forward(study: Study, asked: WhatIf, view: View, where: Where | None, output: Path | None, shape: Format) -> None:
    """Run scenarios, or each of their levers alone, and write what was found."""
    from tallystick.cli.figures import fitted
    from tallystick.cli.meter import running, say
    from tallystick.study.folder import check_replaceable
    from tallystick.study.forward import levers_alone

    if output is not None:  # before the long work, not after it
        check_replaceable(output, "simulate")
    shown = levers_alone(study, asked, every=view.every_lever) if view.kind == "levers" else asked
    fitted(study)
    with running() as hear:
        found = study.answer(shown, where=where, progress=hear)
        if output is not None:
            study.answer(asked, where=where, progress=hear)
    write(shown, found, view, shape)
    if view.kind == "levers" and shape is Format.table:
        _write_alone(study, shown, view)
    if output is not None:
        say(f"written: {study.export_runs(asked, output)}")


def _end(asked: WhatIf, shape: Format) -> None:
    """What no table of these scenarios may hide stands below each."""
    from tallystick.cli.run_tables import pulled, words_of

    if shape is Format.table:
        lines = [*pulled(asked.scenarios, asked.levers), *words_of((asked.baseline, *asked.scenarios))]
        sys.stdout.writelines(f"{line}\n" for line in lines)


def _write_alone(study: Study, asked: WhatIf, view: View) -> None:
    """What each assumed number does alone to these effects."""
    from tallystick.cli.hangs import lines_alone
    from tallystick.scenarios.effects import FIRST
    from tallystick.study.hangs import alone_of
    from tallystick.study.places import places_of

    found = alone_of(study, asked, view.outcomes or FIRST, view.year)
    sys.stdout.write("\n")
    sys.stdout.writelines(f"{line}\n" for line in lines_alone(found, places_of(asked.programme)))


def _engine(engine: Engine, fast: bool) -> Literal["ensemble", "fast", "meanfield"]:
    if fast and engine is Engine.meanfield:
        raise UsageError("--fast and --engine meanfield are two engines", hint="leave one of them out")
    return "fast" if fast else COUNTING[engine]


def _where(threads: int | None, processes: int | None, cluster: str | None) -> Where | None:
    """Who does the work; None leaves it to the number of runs."""
    given = {"--threads": threads, "--processes": processes, "--cluster": cluster}
    named = [name for name, value in given.items() if value is not None]
    if len(named) > 1:
        raise UsageError(f"{' and '.join(named)} cannot both do the work", hint="leave one of them out")
    if not named:
        return None
    from tallystick.scenarios.executor import Where

    if cluster is not None:
        return Where(kind="cluster", address=cluster)
    if threads is not None:
        return Where(kind="threads", workers=threads)
    return Where(kind="processes", workers=processes or 0)
