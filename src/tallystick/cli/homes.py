"""What simulated workers bring home, as lines of a terminal 80 characters wide: `simulate --engine individuals`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING

from tallystick.brief.words.runs import HIGH, LOW, NOTHING, percent_of, scale_for, show
from tallystick.cli.options import WIDTH, Format
from tallystick.cli.output import bare
from tallystick.vocab.cells import printable

if TYPE_CHECKING:
    from pathlib import Path

    from tallystick.scenarios.homes import HomeRow, Homes
    from tallystick.scenarios.summary import Spread
    from tallystick.study.study import Study

REPEATS = 2  # as `scenarios.homecoming` has them; importing that takes a second
COLUMNS = (("", 34), ("mean", -8), ("80 % of lives", -19), ("80 % of draws", -19))
CHANGE = (("", 34), ("change", -8), ("80 % of runs", -19), ("same sign", -19))
WORDS = (
    "mean: of all simulated workers, so that a draw in which more of them come home weighs more. lives: all simulated "
    "workers of all draws. draws: means of draws, each counted once: how the mean moves with what is not known."
)
SAME_SIGN = (
    "same sign: share of the draws in which the change has this sign; the map of the model sets the signs, so that "
    "this is no evidence of them."
)
UNITS = {"USD": "USD", "month": "months"}
OF_HOSTS = ("months_abroad", "promised", "paid", "brought_home", "never_covered")  # told of each host by itself


def homecoming(
    study: Study, names: Sequence[str | Path] | None, runs: int | None, until: str | None, shape: Format
) -> None:
    """Follow persons under these scenarios, and write what they bring home to stdout."""
    from tallystick.cli.meter import running
    from tallystick.cli.output import write_json
    from tallystick.study.places import hosts_of

    draws = None if runs is None else -(-runs // REPEATS)
    with running() as hear:
        found = study.homecoming(names, draws=draws, until=until, progress=hear)
    if shape is Format.json:
        write_json(found.as_json())
    elif shape is Format.csv:
        sys.stdout.write(found.as_csv())
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(found, hosts_of(study.programme)))


def lines(found: Homes, places: Mapping[str, str]) -> Iterator[str]:
    """Tables, the baseline's first, then what has to be said with them. places : by host, "in ..."."""
    from tallystick.scenarios.homes import ALL, sentences

    places = {**places, ALL: "in all hosts"}
    for scenario, name in found.names.items():
        for host in found.hosts:
            rows = [row for row in found.levels if (row.scenario, row.host) == (scenario, host)]
            if host != ALL:
                rows = [row for row in rows if row.id in OF_HOSTS]
            if rows:
                yield from wrap(f"{printable(name)} ({scenario}), {places[host]}: {_counted(rows)}", WIDTH)
                yield _line([heading for heading, _ in COLUMNS], COLUMNS)
                yield from map(_level, rows)
                yield ""
        effects = [row for row in found.effects if (row.scenario, row.host) == (scenario, ALL)]
        if effects:
            yield f"{scenario}, {places[ALL]}: change of the mean against {found.baseline}"
            yield _line([heading for heading, _ in CHANGE], CHANGE)
            yield from map(_effect, effects)
            yield ""
    yield from wrap(f"{WORDS} {SAME_SIGN}" if found.effects else WORDS, WIDTH)
    yield ""
    for sentence in sentences(found, places):
        yield from wrap(printable(sentence), WIDTH, subsequent_indent="  ")


def _counted(rows: Sequence[HomeRow]) -> str:
    return f"{max(row.figures.runs for row in rows):,} simulated workers came home"


def _level(row: HomeRow) -> str:
    if row.unit == "share":
        return _line((row.name, percent_of(row.figures.mean), NOTHING, _percents(row.figures.parameters)), COLUMNS)
    lives = _range(row, row.figures.all) if row.unit in UNITS else NOTHING  # rates are of no one life
    draws = row.figures.parameters
    return _line((_name(row), _mean(row, draws or row.figures.all), lives, _range(row, draws)), COLUMNS)


def _percents(spread: Spread | None) -> str:
    """Shares of workers, none of them below none or above all."""
    if spread is None:
        return NOTHING
    ends = [percent_of(min(max(spread.quantiles[at], 0.0), 1.0)) for at in (LOW, HIGH)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _effect(row: HomeRow) -> str:
    sign = percent_of(row.figures.same_sign) if row.figures.all.median else NOTHING  # of no change there is no sign
    return _line((_name(row), _mean(row, row.figures.all), _range(row, row.figures.all), sign), CHANGE)


def _name(row: HomeRow) -> str:
    unit = {**UNITS, "share": "percentage points"}.get(row.unit, row.unit)
    return row.name if unit in row.name else f"{row.name} ({unit})"


def _mean(row: HomeRow, spread: Spread) -> str:
    """The mean with the digits that its interval supports."""
    mean = row.figures.mean
    low, high = min(spread.quantiles[LOW], mean), max(spread.quantiles[HIGH], mean)
    around = tuple(low if at <= LOW else high if at >= HIGH else mean for at in range(len(spread.quantiles)))
    return show(replace(spread, quantiles=around), scale_for((), row.unit)).median


def _range(row: HomeRow, spread: Spread | None) -> str:
    return NOTHING if spread is None else show(spread, scale_for((), row.unit)).interval


def _line(cells: Sequence[str], columns: Sequence[tuple[str, int]]) -> str:
    """A name that is too long takes lines of its own before its numbers."""
    first, *rest = cells
    *above, last = wrap(first, columns[0][1]) or [""]
    numbers = "".join(bare(cell).rjust(-width) for cell, (_, width) in zip(rest, columns[1:], strict=True))
    return "\n".join([*above, (last.ljust(columns[0][1]) + numbers).rstrip()])
