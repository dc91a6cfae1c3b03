"""What simulated workers bring home, as lines of a terminal 80 characters wide: `simulate --engine individuals`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from tallystick.brief.words.runs import NOTHING, percent_of, scale_for, show
from tallystick.cli.options import WIDTH, Format
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
    "workers of all draws. draws: means of draws, each counted once: how the mean moves with what is not known. "
    "same sign: share of the draws in which the change has this sign; the map of the model sets the signs, so that "
    "this is no evidence of them."
)
OF_HOSTS = ("months_abroad", "promised", "paid", "brought_home", "never_covered")  # told of each host by itself


def homecoming(
    study: Study, names: Sequence[str | Path] | None, runs: int | None, until: str | None, shape: Format
) -> None:
    """Follow persons under these scenarios, and write what they bring home to stdout."""
    from tallystick.cli.meter import running
    from tallystick.cli.output import write_json

    draws = None if runs is None else -(-runs // REPEATS)
    with running() as hear:
        found = study.homecoming(names, draws=draws, until=until, progress=hear)
    if shape is Format.json:
        write_json(found.as_json())
    elif shape is Format.csv:
        sys.stdout.write(found.as_csv())
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(found))


def lines(found: Homes) -> Iterator[str]:
    """Tables, the baseline's first, then what has to be said with them."""
    from tallystick.scenarios.homes import ALL, sentences

    for scenario, name in found.names.items():
        for host in found.hosts:
            rows = [row for row in found.levels if (row.scenario, row.host) == (scenario, host)]
            if host != ALL:
                rows = [row for row in rows if row.id in OF_HOSTS]
            if rows:
                where = "all hosts" if host == ALL else host
                yield from wrap(f"{printable(name)} ({scenario}), {where}: {_counted(rows)}", WIDTH)
                yield _line([heading for heading, _ in COLUMNS], COLUMNS)
                yield from map(_level, rows)
                yield ""
        effects = [row for row in found.effects if (row.scenario, row.host) == (scenario, ALL)]
        if effects:
            yield f"{scenario}, all hosts: change of the mean against {found.baseline}"
            yield _line([heading for heading, _ in CHANGE], CHANGE)
            yield from map(_effect, effects)
            yield ""
    yield from wrap(WORDS, WIDTH)
    yield ""
    for sentence in sentences(found):
        yield from wrap(printable(sentence), WIDTH, subsequent_indent="  ")


def _counted(rows: Sequence[HomeRow]) -> str:
    return f"{max(row.figures.runs for row in rows):,} simulated workers came home"


def _level(row: HomeRow) -> str:
    lives = _range(row, "all") if row.unit in ("USD", "month") else NOTHING  # shares and rates are of no one life
    return _line((_name(row), _mean(row, row.figures.mean), lives, _range(row, "parameters")), COLUMNS)


def _effect(row: HomeRow) -> str:
    sign = percent_of(row.figures.same_sign) if row.figures.all.median else NOTHING  # of no change there is no sign
    return _line((_name(row), _mean(row, row.figures.mean), _range(row, "all"), sign), CHANGE)


def _name(row: HomeRow) -> str:
    unit = {"share": "%", "month": "months"}.get(row.unit, row.unit)
    return f"{row.name} ({unit})"


def _mean(row: HomeRow, value: float) -> str:
    digits = 0 if row.unit == "USD" else 1
    return f"{round(value * (100 if row.unit == 'share' else 1), digits) + 0.0:,.{digits}f}"  # + 0.0: no "-0"


def _range(row: HomeRow, part: str) -> str:
    spread: Spread | None = getattr(row.figures, part)
    return NOTHING if spread is None else show(spread, scale_for((), row.unit)).interval


def _line(cells: Sequence[str], columns: Sequence[tuple[str, int]]) -> str:
    """A name that is too long takes lines of its own before its numbers."""
    first, *rest = cells
    *above, last = wrap(first, columns[0][1]) or [""]
    numbers = "".join(cell.rjust(-width) for cell, (_, width) in zip(rest, columns[1:], strict=True))
    return "\n".join([*above, (last.ljust(columns[0][1]) + numbers).rstrip()])
