"""What runs found, as lines of a terminal that is 80 characters wide; every table names its unit above its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from tallystick.brief.words.runs import NOT_TOLD, NOTHING, NOUNS, Scale, chance_of, percent_of, scale_for, show
from tallystick.cli.options import WIDTH
from tallystick.cli.output import bare
from tallystick.vocab.cells import printable

if TYPE_CHECKING:
    from tallystick.scenarios.effects import LeverEffect
    from tallystick.scenarios.results import Results, Row
    from tallystick.scenarios.scenario import Lever, Scenario, Span

NAME, CELL, MOST = 16, 18, 26  # characters of what a line is and, at least and most, of a column in a comparison
INDENT = BETWEEN = 2
LEVEL, CHANGED = ("median", "80 % of runs"), ("change", "80 % of runs")  # lines of a comparison
CHANCE = "of width,\nby chance"
OVERVIEW = (("scenario", 22), ("median", -11), ("80 % of runs", -22), (CHANCE, -11), ("change", -12))
YEARS = (("year", 5), ("median", -10), ("80 % of runs", -20), (CHANCE, -11), ("change against {0}", -32))
UNPULLED = "no scenario that was asked for pulls it"
LEVERS = (("pulled alone", 22), ("change", -11), ("80 % of runs", -22), (CHANCE, -11), ("same sign", -12))
SAME_SIGN = (
    "same sign: share of the fit's draws in which the change has the sign of its median. The map of the model sets the "
    "signs, so that this is no evidence of them."
)
BY_CHANCE = "of width, by chance: part of the variance that chance makes; all else is what is not known of parameters."
MEDIANS = "A change is against {0}, taken run by run: medians need not subtract."
WHEN = (
    "What is present, owed or known is told as the year ends; what moves, is paid or happens, of the whole year, or "
    "since the start where a name says so."
)
POINTS = "A change of a share is in percentage points."
OF_HARM = ("deaths", "injuries")
FEWER = "deaths, injuries: fewer are those of fewer people there, not of safer work."
Columns = Sequence[tuple[str, int]]  # heading and width, below zero for numbers: they stand to the right


def overview(found: Results, outcomes: Sequence[str], year: int) -> Iterator[str]:
    """One table for each outcome, one line for each scenario."""
    for outcome in outcomes:
        levels = {row.scenario: row for row in found.levels if (row.outcome, row.year) == (outcome, year)}
        effects = {row.scenario: row for row in found.effects if (row.outcome, row.year) == (outcome, year)}
        scale = _scale([*levels.values(), *effects.values()])
        yield from _head(next(iter(levels.values())), scale, f", {year}", OVERVIEW)
        for id, row in levels.items():
            change = show(effects[id].figures.all, scale).median if id in effects else ""
            yield _line((id, *_of_level(row, scale), change), OVERVIEW)
        yield ""


def by_year(found: Results, scenario: Scenario, outcomes: Sequence[str], years: Sequence[int]) -> Iterator[str]:
    """A scenario's levels year by year, with the changes that it makes."""
    yield from wrap(f"{printable(scenario.name)} ({scenario.id})", WIDTH)
    yield from wrap(printable(scenario.question), WIDTH)
    yield ""
    columns = [(name.format(found.baseline), width) for name, width in YEARS]
    for outcome in outcomes:
        levels, effects = (
            {row.year: row for row in rows if (row.scenario, row.outcome) == (scenario.id, outcome)}
            for rows in (found.levels, found.effects)
        )
        scale = _scale([*(levels[year] for year in years), *(effects[year] for year in years if year in effects)])
        shown = columns if effects else columns[:-1]
        yield from _head(levels[years[0]], scale, "", shown)
        for year in years:
            cells = (str(year), *_of_level(levels[year], scale))
            yield _line((*cells, _change(effects[year], scale)) if effects else cells, shown)
        yield ""


def side_by_side(found: Results, outcomes: Sequence[str], year: int) -> Iterator[str]:
    """One column for each scenario; where there are many, several tables below each other."""
    room = WIDTH - INDENT - NAME
    across = room // (CELL + BETWEEN)
    for first in range(0, len(found.scenarios), across):
        some = found.scenarios[first : first + across]
        cell = min(room // len(some) - BETWEEN, MOST)
        columns = [(f"{year}", NAME), *((_broken(id, cell), -cell - BETWEEN) for id in some)]
        yield from headings(columns)
        for outcome in outcomes:
            yield from _compared(found, outcome, year, columns, some)
        yield ""


def _compared(
    found: Results, outcome: str, year: int, columns: Columns, scenarios: Sequence[str]
) -> Iterator[str]:  # fmt: skip
    levels, effects = (
        {row.scenario: row for row in rows if (row.outcome, row.year) == (outcome, year)}
        for rows in (found.levels, found.effects)
    )
    scale = _scale([*levels.values(), *effects.values()])
    yield from wrap(f"{printable(levels[scenarios[0]].name)}, {scale.unit}", WIDTH)
    for rows, names in ((levels, LEVEL), (effects, CHANGED)):
        shown = [show(rows[id].figures.all, scale) if id in rows else None for id in scenarios]
        if any(shown):
            yield _line((names[0], *(each.median if each else "" for each in shown)), columns)
            yield _line((names[1], *(_close(each.interval, columns) if each else "" for each in shown)), columns)


def _close(interval: str, columns: Columns) -> str:
    """An interval with its ends close together where a column is too narrow for it."""
    return interval if len(interval) + BETWEEN <= -columns[-1][1] else interval.replace(" to ", "..")


def _broken(id: str, width: int) -> str:
    """An id on two lines where it is too long for one."""
    if len(id) <= width:
        return id
    first, apart, last = id[:width].rpartition("_")
    return f"{first}{apart}\n{_cut(last + id[width:], width)}"


def of_levers(effects: Sequence[LeverEffect], baseline: str) -> Iterator[str]:
    """One table for each outcome, the lever that moves it most first."""
    for outcome in dict.fromkeys(each.row.outcome for each in effects):
        some = [each for each in effects if each.row.outcome == outcome]
        scale = _scale(each.row for each in some)
        more = f", {some[0].row.year}: change against {baseline}, in the order of medians, which is no ranking"
        yield from _head(some[0].row, scale, more, LEVERS)
        for each in some:
            shown = show(each.row.figures.all, scale)
            sign = percent_of(each.row.figures.same_sign) if each.row.figures.all.median else NOTHING
            yield _line((each.row.scenario, shown.median, shown.interval, chance_of(each.row.figures), sign), LEVERS)
        yield ""
    yield from wrap(SAME_SIGN, WIDTH)


def notes(found: Results, outcomes: Sequence[str], *, chance: bool) -> Iterator[str]:
    """How to read the columns of these outcomes; chance : that of what chance makes is among them."""
    yield from wrap(WHEN, WIDTH)
    if chance:
        yield from wrap(BY_CHANCE, WIDTH)
    yield from wrap(MEDIANS.format(found.baseline), WIDTH)
    if any(row.unit == "share" for row in found.effects if row.outcome in outcomes):
        yield POINTS
    if {*outcomes} & {*OF_HARM}:
        yield from wrap(FEWER, WIDTH)


def pulled(scenarios: Iterable[Scenario], levers: Mapping[str, Lever]) -> Iterator[str]:
    """What each scenario is called, and what it pulls and sets, how far and from which month."""
    for each in scenarios:
        acts = [f"{pull.lever} {pull.strength:g}{_unit(levers[pull.lever].unit)}{_when(pull)}" for pull in each.pulls]
        acts += [
            f"{one.driver} {one.level:g}{' times' if one.is_factor else _unit(one.unit)}{_when(one)}"
            for one in each.drives
        ]
        if acts:
            yield from _hanging(f"{each.id}: {printable(each.name)}; {', '.join(acts)}")


def _unit(unit: str) -> str:
    return "" if unit == "1" else f" {NOUNS.get(unit, unit)}"


def _when(span: Span) -> str:
    until = f" to {span.until}" if span.until else ""
    return f" from {span.start}{until}" + (f", grown over {span.over_months} months" if span.over_months > 1 else "")


def left_out(names: Sequence[str]) -> Iterator[str]:
    """The outcomes that a table has no rows of, since no run has any."""
    if names:
        yield from _hanging(f"left out, nought in every scenario and year: {', '.join(map(printable, names))}")


def not_run(levers: Iterable[Lever], effects: Iterable[LeverEffect]) -> Iterator[str]:
    """The levers that are in no table, and why."""
    shown = {each.lever.id for each in effects}
    for each in levers:
        if each.id not in shown:
            yield from _hanging(f"{each.id}, not run: {printable(each.says) if not each.acts else UNPULLED}")


def _hanging(text: str) -> list[str]:
    return wrap(text, WIDTH, subsequent_indent="  ")


def words_of(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """What has to be believed for a scenario, and what no table of numbers may hide; what several share, once."""
    shared: dict[tuple[str, str], list[str]] = {}
    for each in scenarios:
        for kind, text in (("belief", each.belief), ("caution", each.caution)):
            if text:
                shared.setdefault((kind, text), []).append(each.id)
    for (kind, text), ids in shared.items():
        yield from _hanging(f"{', '.join(ids)}, {kind}: {printable(text)}")
    yield NOT_TOLD


def gap_of(row: Row, deviations: float) -> list[str]:
    """How far means without chance lie from those of the runs."""
    widest = f"{printable(row.name)}, {row.scenario}, {row.year}"
    return wrap(
        f"means without chance (mean-field) differ from those of the runs by at most {deviations:.2g} of the runs' "
        f"standard deviation ({widest})",
        WIDTH,
    )


def _head(row: Row, scale: Scale, more: str, columns: Columns) -> Iterator[str]:
    yield from wrap(f"{printable(row.name)}, {scale.unit}{more}", WIDTH)
    yield from headings(columns)


def headings(columns: Columns) -> Iterator[str]:
    """The lines above a table: where a heading has two, the others stand on the lower."""
    said = [name.split("\n") for name, _ in columns]
    high = max(map(len, said))
    for at in range(high):
        yield _line([(["" for _ in range(high - len(each))] + each)[at] for each in said], columns)


def _scale(rows: Iterable[Row]) -> Scale:
    every = list(rows)
    return scale_for((row.figures.all for row in every), every[0].unit)


def _of_level(row: Row, scale: Scale) -> tuple[str, str, str]:
    shown = show(row.figures.all, scale)
    return shown.median, shown.interval, chance_of(row.figures)


def _change(row: Row, scale: Scale) -> str:
    shown = show(row.figures.all, scale)
    return shown.median if shown.interval == shown.median else f"{shown.median} ({shown.interval})"


def _line(cells: Sequence[str], columns: Columns) -> str:
    placed = (
        bare(cell).rjust(-width) if width < 0 else _cut(cell, width).ljust(width)
        for cell, (_, width) in zip(cells, columns, strict=True)
    )
    return (" " * INDENT + "".join(placed)).rstrip()


def _cut(id: str, width: int) -> str:
    return id if len(id) <= width else id[: width - 2] + ".."
