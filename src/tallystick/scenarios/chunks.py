"""Which runs are done together, and what one such chunk is and gives: the same whatever does the work.

A design of D draws and R repeats is cut by draws first, then by repeats. A chunk has all scenarios of the same runs
together, so that each is compared with the baseline on the same chances. Run k D + d is repeat k of draw d, and its
random numbers are a function of (seed, run) alone. How many draws a chunk has moves no byte of the answer; how many
repeats could (`summary` says where), so that the design alone decides on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.outcomes import LaidOut
from tallystick.scenarios.summary import Part, part_of
from tallystick.scenarios.travel import Packed, Recipe, graph_of, rolled
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.terms import Terms
from tallystick.vocab.errors import ModelError, UsageError

if TYPE_CHECKING:
    from tallystick.stocks.engines.chosen import Draws

Array = NDArray[np.float64]
Engine = Literal["ensemble", "fast", "meanfield", "means"]  # the last two without chance, in JAX and in numba
COMPILED: Final[dict[Engine, Draws]] = {"ensemble": "exact", "fast": "fast", "means": "mean"}  # how numba draws
CHUNKS = 32  # that a design is cut into: enough to keep many workers busy to the end, and to show how far a run is
NARROW = 25  # draws of a chunk at least: in fewer, what a chunk costs beside its runs would count
MOST = 5_000  # runs of a chunk, more or less: parts of some megabytes, which grow little with runs
ROUNDING = 1e-12  # relative: a ratio of sums that are not whole numbers keeps about fifteen digits
TOGETHER = 20  # repeats of a draw in one chunk when there are many: enough to tell chance from parameters
FEW = 500  # runs of a chunk where draws are so few that it has to hold more repeats of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Each of `draws` draws of the parameters is run `repeats` times with other chances."""

    draws: int
    repeats: int

    @property
    def runs(self) -> int:
        """All runs."""
        return self.draws * self.repeats


def design_of(runs: int, available: int) -> Design:
    """At least `runs` runs, of as many draws as there are, each at least twice so that chance can be told apart."""
    if runs < 1:
        raise UsageError(f"{runs} runs were asked for", hint="ask for at least 1")
    if runs == 1:
        return Design(draws=1, repeats=1)
    repeats = max(2, -(-runs // available))
    return Design(draws=min(available, -(-runs // repeats)), repeats=repeats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Draws `first` to `end - 1`, repeats `repeat` to `repeat_end - 1` of a design."""

    design: Design
    first: int
    end: int
    repeat: int
    repeat_end: int

    @property
    def is_last(self) -> bool:
        """Whether these draws have no further repeats."""
        return self.repeat_end == self.design.repeats

    @property
    def runs(self) -> int:
        """Its runs."""
        return (self.end - self.first) * (self.repeat_end - self.repeat)


def size_of(design: Design, engine: Engine) -> int:
    """The runs of a chunk, more or less."""
    return MOST if is_by_jax(engine) else min(design.runs // CHUNKS, MOST)


def is_by_jax(engine: Engine) -> bool:
    """Whether JAX does the work: many runs as quickly as few, and compiled anew for each number of them."""
    if engine == "fast":
        from tallystick.stocks.engines import fast

        return fast.on_gpu()
    return engine == "meanfield"


def blocks(design: Design, runs: int) -> Iterator[Block]:
    """The chunks of a design, in their order: all repeats of some draws, then the next draws.

    runs : of one chunk, more or less: decides how many draws it has, and not how many repeats of each.
    """
    parts = -(-design.repeats // max(TOGETHER, FEW // design.draws))
    wide = max(NARROW, runs * parts // design.repeats)
    for first, end in _cut(design.draws, -(-design.draws // wide)):
        for repeat, repeat_end in _cut(design.repeats, parts):
            yield Block(design=design, first=first, end=end, repeat=repeat, repeat_end=repeat_end)


def _cut(whole: int, parts: int) -> Iterator[tuple[int, int]]:
    """The first and the end of each of so many parts, as even as they can be."""
    return pairwise(whole * at // parts for at in range(parts + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What a worker is given. `laid_out` and `scenarios` are of the block's draws only, the baseline first."""

    model: Graph | Recipe | Packed
    laid_out: dict[str, LaidOut]  # outcomes; made once for all draws, so that no chunk sums in an order of its own
    scenarios: dict[str, Inputs]
    block: Block
    seed: int
    engine: Engine
    kept: Path | None  # folder of compiled kernels


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a worker gives back, by scenario: the runs, and their differences from the baseline's same runs."""

    levels: dict[str, Part]
    effects: dict[str, Part]


class Halt(Exception):
    """The work was given up before its end."""


def work(chunk: Chunk, halted: Callable[[], bool]) -> Answer:
    """Run every scenario of a chunk; asked to stop, it stops after the scenario that it is at."""
    graph = graph_of(chunk.model)
    levels, effects = {}, {}
    baseline: Array | None = None
    for id, inputs in chunk.scenarios.items():
        if halted():
            raise Halt
        values = values_of(graph, chunk, chunk.laid_out[id], inputs)
        levels[id] = part_of(values)
        if baseline is None:
            baseline = values
        else:
            effects[id] = part_of(_apart(values, baseline))
    return Answer(levels=levels, effects=effects)


def _apart(values: Array, baseline: Array) -> Array:
    """The effect; what rounding alone makes of two equal values is none."""
    apart: Array = values - baseline
    apart[np.abs(apart) <= ROUNDING * np.abs(baseline)] = 0.0
    return apart


def values_of(graph: Graph, chunk: Chunk, laid_out: LaidOut, inputs: Inputs) -> Array:
    """(repeat, draw, year x outcome) of one scenario."""
    block, terms = chunk.block, laid_out.terms()
    wide, draws = block.end - block.first, block.design.draws
    once = block.repeat_end - block.repeat if wide == draws else 1  # run numbers of all draws follow each other
    repeats = []
    for repeat in range(block.repeat, block.repeat_end, once):
        first = repeat * draws + block.first
        sums = _sums(graph, chunk, inputs, terms, first, wide * once)
        repeats.append(laid_out.values(sums, np.arange(wide * once) % wide))
    values = np.concatenate(repeats).reshape(-1, wide, sums.shape[1] * len(laid_out.outcomes))
    if np.isinf(values).any():
        raise ModelError("an outcome of some run is not finite", equation=graph.text.id)
    return values


def _sums(graph: Graph, chunk: Chunk, inputs: Inputs, terms: Terms, first: int, runs: int) -> Array:
    """(run, year, column) by the engine that was asked for; without chance, a run is its draw."""
    if chunk.engine == "meanfield":
        from tallystick.stocks.engines import meanfield

        return meanfield.yearly(graph, inputs, terms)
    moved = rolled(inputs, first % inputs.draws)
    if chunk.engine == "fast":
        from tallystick.stocks.engines import fast

        return fast.yearly(graph, moved, terms, seed=chunk.seed, first=first, runs=runs, kept=chunk.kept)
    from tallystick.stocks.engines import chosen

    if chunk.engine == "means":
        terms = of_dollars(graph, terms)
    return chosen.yearly(
        graph, moved, terms, seed=chunk.seed, first=first, runs=runs, kept=chunk.kept, draws=COMPILED[chunk.engine]
    )


def of_dollars(graph: Graph, terms: Terms) -> Terms:
    """The same terms of a record with money in USD: outcomes are asked for in cents."""
    first = 2 * len(graph.strata) + len(graph.edges)
    is_money = (terms.place >= first) & (terms.place < first + len(graph.transfers) + len(graph.balances))
    return replace(terms, factor=np.where(is_money, 100.0, 1.0) * terms.factor)
