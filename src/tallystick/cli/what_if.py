"""What would change it: `simulate`. It needs the fit, and runs it when it is not in the cache."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from tallystick.cli import options
from tallystick.cli.options import AsOf, Format, Programme, Seed, Shape, examples, one_of, open_study
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.scenarios.effects import LeverEffect
    from tallystick.scenarios.executor import Where
    from tallystick.scenarios.results import Results
    from tallystick.scenarios.what_if import WhatIf


Kind = Literal["overview", "years", "compare", "levers"]


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
            "tallystick simulate word_gets_home --runs 500",
            "tallystick simulate --compare full_compliance direct_pay word_gets_home",
            "tallystick simulate --levers --outcome workers_present",
            "tallystick simulate --sensitivity --samples 64",
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
    as_of: AsOf = None,
    seed: Seed = None,
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
    from tallystick.cli.meter import running, say
    from tallystick.study.folder import check_replaceable

    where = _where(threads, processes, cluster)
    tables = {"--compare": compare, "--levers": levers, "--sensitivity": sensitivity}
    wanted = [name for name, is_asked in tables.items() if is_asked]
    if len(wanted) > 1:
        raise UsageError(f"{wanted[0]} and {wanted[1]} are two tables", hint="ask for one, then for the other")
    study = open_study(programme, as_of, seed)
    if engine is Engine.individuals:  # refused before the long work, not after it
        from tallystick.cli.homes import check_alone, homecoming

        check_alone({
            "--sensitivity": sensitivity, "--fast": fast, "--compare": compare, "--levers": levers,
            "--outcome": outcome, "--year": year, "--threads": threads,
            "--processes": processes, "--cluster": cluster, "--output": output,
        })  # fmt: skip
        homecoming(fitted(study), names, runs, until, shape)
        judge(study.diagnostics)
        return
    if sensitivity:
        from tallystick.cli.hangs import sensitivity as hangs
        from tallystick.cli.homes import check_alone

        check_alone({
            "--runs": runs, "--fast": fast, "--engine": engine is not Engine.ensemble, "--threads": threads,
            "--processes": processes, "--cluster": cluster, "--output": output,
        }, "--sensitivity")  # fmt: skip
        hangs(study, names, samples, until, outcome or (), year, shape)
        judge(study.diagnostics)
        return
    asked = study.what_if(names, runs=runs, until=until, engine=_engine(engine, fast))
    if output is not None:  # before the long work, not after it
        check_replaceable(output)
    fitted(study)
    with running() as hear:
        found = study.answer(asked, where=where, progress=hear)
    kind: Kind = "compare" if compare else "levers" if levers else "years" if names else "overview"
    _write(asked, found, _View(kind, tuple(outcome or ()), year), shape)
    if output is not None:
        say(f"written: {study.export_runs(asked, output)}")
    judge(study.diagnostics)


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


@dataclass(frozen=True, slots=True)
class _View:
    """Which table, of what."""

    kind: Kind
    outcomes: tuple[str, ...]
    year: int | None


def _write(asked: WhatIf, found: Results, view: _View, shape: Format) -> None:
    """To stdout: the table asked for, or everything for other programs."""
    from tallystick.cli.output import write_json, write_rows
    from tallystick.scenarios.effects import outcome_ids
    from tallystick.study.forward import document

    known = outcome_ids(found)
    chosen = tuple(str(one_of("outcome", each, known)) for each in view.outcomes)
    if view.kind == "levers" and shape is not Format.table:
        rows = [each.as_json() for each in _effects(asked, found, view.year, chosen or known)]
        write_rows(list(_flat(rows[0])) if rows else (), [_flat(each) for each in rows], shape, whole=rows)
    elif shape is Format.json:
        write_json(document(asked, found))
    elif shape is Format.csv:
        sys.stdout.write(found.as_csv())
    else:
        sys.stdout.writelines(f"{line}\n" for line in _table(asked, found, view, chosen))


def _effects(asked: WhatIf, found: Results, year: int | None, outcomes: Sequence[str]) -> tuple[LeverEffect, ...]:
    from tallystick.scenarios.effects import known_year, lever_effects

    return lever_effects(found, asked.scenarios, asked.levers, known_year(found, year), outcomes)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """One level of names, as a line of CSV needs it: "all_q50" for the median of all."""
    out = {name: value for name, value in row.items() if not isinstance(value, Mapping)}
    for part, spread in row.items():
        if isinstance(spread, Mapping):
            out |= {f"{part}_sd": spread["sd"]} | {f"{part}_q{q}": each for q, each in spread["quantiles"].items()}
    return out


def _table(asked: WhatIf, found: Results, view: _View, outcomes: tuple[str, ...]) -> Iterator[str]:
    """The table's lines, then what has to be said with it."""
    from tallystick.cli import run_tables
    from tallystick.scenarios.effects import FIRST, MAIN, known_year, outcome_ids, widest_gap

    known, year = outcome_ids(found), known_year(found, view.year)
    first, main = ([id for id in ids if id in known] for ids in (FIRST, MAIN))
    if view.kind == "overview":
        yield from run_tables.overview(found, outcomes or first, year)
    elif view.kind == "compare":
        yield from run_tables.side_by_side(found, outcomes or main, year)
    elif view.kind == "levers":
        yield from run_tables.of_levers(_effects(asked, found, view.year, outcomes or first), found.baseline)
    else:
        years = found.years if view.year is None else (year,)
        for each in asked.scenarios or (asked.baseline,):
            yield from run_tables.by_year(found, each, outcomes or main, years)
    yield from run_tables.words_of((asked.baseline, *asked.scenarios))
    gap = widest_gap(found)
    if gap is not None and asked.engine != "meanfield":
        yield from run_tables.gap_of(gap.row, gap.deviations)
