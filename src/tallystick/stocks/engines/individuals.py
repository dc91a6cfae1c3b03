"""Each person's own history from the same text: months, what was booked for them, what they were paid, what they owe.

It gives what counts cannot: how what people bring home differs between them. Persons come and go as in the ensemble
(in distribution: its tests say with what power), and money is in whole cents, conserved exactly. Stocks marked
`is_boundary` stay counts; who leaves them becomes a person, and who goes back is one no more.

These are *simulated* persons and nobody in particular. What is made of them is a distribution over many: nothing here
is for showing one of them.

A run's chance depends on (seed, run, person, month) alone, and not on the ensemble's numbers. One run is one compiled
call on one thread; other runs may go beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

from tallystick.stocks.chance import stream
from tallystick.stocks.chance.binomial import binomial
from tallystick.stocks.chance.compiled import INNER, OPTIONS  # which also makes the stream callable from numba
from tallystick.stocks.engines import kept as kept_kernels
from tallystick.stocks.engines.persons import month as months
from tallystick.stocks.engines.persons import records, text
from tallystick.stocks.engines.persons.places import Keep, Personal, tables_of
from tallystick.stocks.engines.persons.records import (
    FAULT,
    HEAD,
    PERSONS,
    PLACE,
    SPELLS,
    Lives,
    Movers,
    Series,
    Space,
    Stand,
    Stays,
    Tables,
)
from tallystick.stocks.engines.support import carried_cents, portion_cents, whole_cents
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs, Trajectory, check_inputs
from tallystick.vocab.errors import ModelError

Ints = NDArray[np.int64]
DOMAINS = (1 << 62, (1 << 62) + (1 << 61), 1 << 63)  # runs of persons, boundaries and traits: none is an ensemble's
NOTHING, ALIKE = Keep(), Personal()
# What a kernel is made of beside its text and what `kept` knows.
OURS = kept_kernels.hashes_of([Path(__file__).resolve(), *Path(months.__file__).resolve().parent.glob("*.py")])
_PARTS: tuple[Any, ...] = (*months.PARTS, binomial, carried_cents, portion_cents, whole_cents)
for _part in _PARTS:
    register_jitable(**INNER)(_part)


class Spells(NamedTuple):
    """Simulated spells, in the order in which they ended; who they belong to is not kept."""

    joined: Ints  # month of entering, -1 for those who were inside at the start
    left: Ints  # month of leaving; the number of months for those still inside at the end
    first: Ints  # stratum entered
    last: Ints  # stratum left
    route: Ints  # by which route, -1 for those still inside
    tallies: dict[str, Ints]  # months, times or cents
    milestones: dict[str, Ints]  # month reached; -1 owing to the end, -2 never owed


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """One run of persons. `path` counts them as the other engines do, in whole persons and cents."""

    path: Trajectory
    spells: Spells
    where: Ints  # (person,) stratum at the end
    held: Ints  # (person, slot) cents at the end
    common: Ints  # (balance,) cents at the end that nobody owns: less than one a head


class _Engine(NamedTuple):
    """How the months of one text are run: compiled, or in plain Python as the oracle."""

    live: Callable[..., int]
    word: Callable[[int], Any]


@lru_cache(maxsize=32)
def _oracle(graph: Graph) -> _Engine:
    names = {**months.CALLED, **text.in_python(graph)._asdict()}
    exec(months.LIVE, names)
    return _Engine(names["kernel"], int)


@lru_cache(maxsize=32)
def _kernel(graph: Graph, signature: tuple[Any, ...], folder: Path | None) -> Any:
    """All months of a run, compiled; kept in `folder` where one is given."""
    names = {**months.CALLED, **text.compiled(graph)._asdict(), "OPTIONS": OPTIONS}
    key = ""
    if folder is not None:
        source = text.source_of(graph)
        key = kept_kernels.fingerprint(source.code, source.tables, months.LIVE, repr(signature), *OURS)
    return kept_kernels.kernel(months.LIVE, names, signature, folder=folder, key=key)


def _compiled(graph: Graph, folder: Path | None) -> _Engine:
    def live(*arguments: Any) -> int:
        signature = tuple(numba.typeof(each) for each in arguments)  # type: ignore[no-untyped-call]
        return int(_kernel(graph, signature, folder)(*arguments))

    return _Engine(live, np.uint64)


def run(
    graph: Graph, inputs: Inputs, *, seed: int, run: int = 0, keep: Keep = NOTHING, personal: Personal = ALIKE,
    most: int = 20_000_000, is_plain: bool = False, kept: Path | None = None,
) -> Histories:  # fmt: skip
    """One run of persons, with draw `run % D` of the inputs.

    most : persons or spells that may be kept at once. is_plain : in plain Python, which is slow and the oracle. kept :
    folder where the compiled model stays for the next process; None compiles in this one.
    """
    check_inputs(graph, inputs)
    inputs = inputs.of_draw(run % inputs.draws)
    if inputs.months > records.MOST_MONTHS:
        raise ModelError(f"cannot run {inputs.months} months", equation=graph.text.id)
    engine, tables = _oracle(graph) if is_plain else _compiled(graph, kept), tables_of(graph, keep, personal)
    keys = _keys(seed, run, engine.word)
    sigma = float(np.sqrt(np.log1p(personal.sd**2)))
    given = records.Given(inputs.parameters[0], inputs.outside[0], inputs.weight[0], inputs.groups[0], inputs.loops)
    given = records.Given(*(np.require(each, float, ("C", "W")) for each in given))
    series = _series(graph, inputs)
    space = _space(graph, inputs, tables, keep, personal, series)
    month = -1
    while month <= inputs.months:
        month = engine.live(given, tables, space, series, keys, sigma, month)
        if month <= inputs.months:
            space = _mended(graph, space, month, most)
    return _histories(keep, tables, space, series)


def many(
    graph: Graph, inputs: Inputs, *, seed: int, first: int, runs: int, threads: int = 1, **options: Any
) -> Iterator[Histories]:
    """Runs `first` to `first + runs - 1`, in their order; threads change nothing but the time."""
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(lambda each: run(graph, inputs, seed=seed, run=each, **options), range(first, first + runs))


def _keys(seed: int, run: int, word: Callable[[int], Any]) -> records.Keys:
    words = [part for domain in DOMAINS for part in stream.run_key(seed, run + domain)]
    return records.Keys(*(word(each) for each in words))


def _series(graph: Graph, inputs: Inputs) -> Series:
    size = inputs.months
    series = Series(
        people=np.zeros((size + 1, len(graph.strata)), np.int64),
        money=np.zeros((size + 1, len(graph.balances)), np.int64),
        level=np.zeros((size + 1, len(graph.text.levels))),
        movers=np.zeros((size, len(graph.edges)), np.int64),
        sums=np.zeros((size, len(graph.transfers)), np.int64),
    )
    series.people[0], series.level[0] = np.rint(inputs.people[0]), inputs.level[0]
    series.money[0] = np.rint(inputs.money[0] * 100)
    return series


def _space(graph: Graph, inputs: Inputs, tables: Tables, keep: Keep, personal: Personal, series: Series) -> Space:
    """Rows for those at the start, and some to spare; more are added when they run out."""
    followed = int((series.people[0] * tables.routes.is_followed).sum())
    size = followed + followed // 4 + 1000
    stays = size if keep.inside else 0
    slots = tables.holding.slots.shape[1]
    lives = Lives(
        where=np.zeros(size, np.int32), exit_at=np.full(size, np.inf), held=np.zeros((size, slots), np.int64),
        factor=np.ones(size if personal.sd > 0 and personal.varied else 0),
    )  # fmt: skip
    kept = Stays(
        since=np.zeros(stays, np.int32), joined=np.zeros(stays, np.int32), first=np.zeros(stays, np.int32),
        tally=np.zeros((stays, len(keep.tallies)), np.int64),
        milestone=np.full((stays, len(keep.milestones)), records.NEVER_OWED, np.int32),
    )  # fmt: skip
    moving = Movers(
        person=np.zeros(size, np.int64), route=np.zeros(size, np.int64), brought=np.zeros((size, slots), np.int64)
    )
    return Space(lives, kept, moving, _stand(graph, inputs, keep, series))


def _stand(graph: Graph, inputs: Inputs, keep: Keep, series: Series) -> Stand:
    balances = len(graph.balances)
    return Stand(
        passed=np.zeros(len(graph.strata)), posted=np.zeros(balances, np.int64), common=series.money[0].copy(),
        posted_by=np.zeros((inputs.months + 1 if keep.milestones else 0, balances), np.int64),
        counted=np.zeros((len(keep.tallies), len(graph.strata)), np.int64), hazard=np.zeros(len(graph.edges)),
        unit=np.zeros(len(graph.transfers)), read=np.zeros(text.reads(graph)), marks=np.zeros(4, np.int64),
        spells=np.zeros((1000 if keep.inside else 0, HEAD + len(keep.tallies) + len(keep.milestones)), np.int64),
    )  # fmt: skip


def _mended(graph: Graph, space: Space, month: int, most: int) -> Space:
    """Twice the rows where they ran out; ModelError where it was something else, or where there would be too many."""
    stand = space.stand
    fault, place = int(stand.marks[FAULT]), int(stand.marks[PLACE])
    if fault == records.BAD_RATE:
        raise ModelError(
            f"has a rate of {stand.hazard[place]} 1/month in month {month}", equation=graph.routes[place],
            hint="a rate is finite and not below zero",
        )  # fmt: skip
    if fault == records.BAD_SHARE:
        raise ModelError(
            f"has a share of {stand.unit[place]} in month {month}", equation=graph.transfers[place].of.id,
            hint="a share lies from 0 to 1",
        )  # fmt: skip
    size, spells = len(space.lives.where), len(stand.spells)
    size, spells = (2 * size, spells) if fault == records.NO_PERSONS else (size, 2 * spells)
    if max(size, spells) > 2 * most:
        raise ModelError(
            f"needs rows for more than {most:,} persons or spells in month {month}", equation=graph.text.id,
            hint="raise `most`, run fewer months, start from fewer persons, or mark a large stock is_boundary",
        )  # fmt: skip
    if fault == records.NO_SPELLS:
        return space._replace(stand=stand._replace(spells=_longer(stand.spells, spells)))
    grown = [type(part)(*(_longer(each, size if len(each) else 0) for each in part)) for part in space[:3]]
    return Space(*grown, stand)  # type: ignore[arg-type, call-arg]


def _longer(values: Any, size: int) -> Any:
    out = np.zeros((size, *values.shape[1:]), values.dtype)
    out[: len(values)] = values
    return out


def _histories(keep: Keep, tables: Tables, space: Space, series: Series) -> Histories:
    lives, stand = space.lives, space.stand
    persons, rows = int(stand.marks[PERSONS]), stand.spells[: stand.marks[SPELLS]].T
    where = lives.where[:persons].astype(np.int64)
    balances = tables.holding.slots[where]
    held = np.where(balances >= 0, lives.held[:persons] + np.append(stand.posted, 0)[balances], 0)
    columns = iter(rows[HEAD:])
    tallies = {name: next(columns) for name in keep.tallies}
    joined, left, first, last, route = rows[:HEAD]
    spells = Spells(joined, left, first, last, route, tallies, {each.id: next(columns) for each in keep.milestones})
    path = Trajectory(**series._asdict())
    return Histories(path=path, spells=spells, where=where, held=held, common=stand.common)
