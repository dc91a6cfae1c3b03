"""What is measured, how often, and which ratios are promised."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.engines import problem

OURS = "tallystick"  # runs in the project's own environment


class Entry(NamedTuple):
    """One row: a library at one task. `runs` are histories or parameter sets, for individuals months."""

    name: str
    script: str  # module below benchmarks.engines
    environment: str  # name of its lock; OURS for our own
    task: str
    runs: int
    rounds: int  # turns that it takes
    title: str


def _peer(library: str, task: str, runs: int, rounds: int, title: str) -> Entry:
    return Entry(f"{library} {task}", f"peers.with_{library}", library, task, runs, rounds, title)


def _ours(task: str, runs: int, rounds: int, title: str) -> Entry:
    return Entry(f"{OURS} {task}", "ours", OURS, task, runs, rounds, title)


RUNS = 10_000  # what a table of ensembles is given for
SETS = 1_000
ENTRIES = (
    _ours("ensemble", RUNS, 5, "Tallystick, exact ensemble"),
    _ours("fast", RUNS, 5, "Tallystick, `--fast`"),
    _peer("numba", "ensemble", RUNS, 5, "numba, written by hand"),
    _peer("numpy", "ensemble", RUNS, 5, "NumPy"),
    _peer("numpy", "halves", RUNS, 2, "NumPy, runs divided between two threads"),
    _peer("jax", "ensemble", RUNS, 2, "JAX, `jax.random.binomial`"),
    _peer("bptk", "ensemble", 200, 3, "BPTK-Py, `sd.binomial`"),
    _peer("epydemix", "ensemble", 40, 3, "epydemix"),
    _ours("means", SETS, 5, "Tallystick, means by numba"),
    _ours("sets", SETS, 5, "Tallystick, mean field by JAX"),
    _peer("numba", "sets", SETS, 5, "numba, written by hand"),
    _peer("jax", "sets", SETS, 5, "JAX, written by hand"),
    _peer("numpy", "sets", SETS, 5, "NumPy"),
    _peer("summerepi2", "sets", 100, 3, "summerepi2"),
    _peer("bptk", "sets", 100, 3, "BPTK-Py"),
    _peer("pysd", "sets", 20, 3, "PySD"),
    _ours("individuals", problem.MONTHS, 3, "Tallystick, individuals"),
    _peer("starsim", "individuals", problem.MONTHS, 3, "starsim"),
    _peer("mesa", "individuals", 60, 3, "mesa"),
    _ours("full", RUNS, 1, "Tallystick, its full model to the end of 2030"),
)
BY_NAME = {entry.name: entry for entry in ENTRIES}


class Promise(NamedTuple):
    """`ours` is at least `times` as fast as `other`, for the same work."""

    title: str
    ours: str
    other: str
    times: float


PROMISES = (
    Promise("exact ensemble and NumPy", "tallystick ensemble", "numpy ensemble", 2.5),
    Promise("exact ensemble and numba by hand", "tallystick ensemble", "numba ensemble", 1 / 1.05),
    Promise("`--fast` and NumPy", "tallystick fast", "numpy ensemble", 5.0),
    Promise("individuals and mesa", "tallystick individuals", "mesa individuals", 100.0),
    Promise("individuals and starsim", "tallystick individuals", "starsim individuals", 5.0),
    Promise("1,000 parameter sets and numba by hand", "tallystick means", "numba sets", 1 / 3),
)

# The two curves of the picture: time against runs, and against persons at a fixed number of runs.
CURVE_RUNS = (100, 300, 1_000, 3_000, 10_000)
CURVE_PEOPLE = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
CURVE_FIXED = 1_000
# Time grows as this power of runs, and as this power of persons: linear and flat, within what noise may do.
POWERS = {"runs": (0.9, 1.1), "people": (-0.05, 0.05)}
