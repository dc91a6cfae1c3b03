"""`--fast` gives the same distribution as the exact draws, nearly, whichever machine does it; nobody is lost."""

from __future__ import annotations

import numpy as np
from scipy import stats

from tallystick.stocks.check import checked
from tallystick.stocks.engines import compiled, fast
from tallystick.stocks.terms import Terms, record_size
from tests.stocks import small

GRAPH = checked(small.TEXT)
PLACES = record_size(GRAPH)
EVERYTHING = Terms(outcome=np.arange(PLACES), place=np.arange(PLACES), factor=np.ones(PLACES), outcomes=PLACES)
PEOPLE, MONEY = slice(0, 5), slice(PLACES - 8, PLACES - 2)
RUNS = 3000


def smallest_p(one: np.ndarray, other: np.ndarray) -> float:
    """The smallest p of two-sample Kolmogorov-Smirnov tests of everything that varies, times their number."""
    pairs = [(one[:, y, k], other[:, y, k]) for y in range(one.shape[1]) for k in range(PLACES)]
    return min(stats.ks_2samp(a, b).pvalue for a, b in pairs if np.ptp(a) > 0) * len(pairs)


def test_fast_runs_have_the_distribution_of_exact_ones_on_either_kind_of_machine() -> None:
    given = small.inputs(24)
    exact = compiled.yearly(GRAPH, given, EVERYTHING, seed=1, first=0, runs=RUNS)
    for ensemble in (
        compiled.yearly(GRAPH, given, EVERYTHING, seed=2, first=0, runs=RUNS, draws="fast"),
        fast.on_arrays(GRAPH, given, EVERYTHING, seed=3, first=0, runs=RUNS),
    ):
        assert smallest_p(exact, ensemble) > 1e-3
        assert (ensemble[:, :, PEOPLE].sum(axis=2) == given.people.sum()).all()
        assert (ensemble[:, :, MONEY].sum(axis=2) == round(given.money.sum() * 100)).all()


def test_both_kinds_of_machine_draw_with_the_same_numbers() -> None:
    """Arrays hold one number in single precision: counts differ by a person now and then, not by chance."""
    given = small.inputs(12)
    by_numba = fast.yearly(GRAPH, given, EVERYTHING, seed=4, first=10, runs=200)
    on_arrays = fast.on_arrays(GRAPH, given, EVERYTHING, seed=4, first=10, runs=200)
    gap, spread = np.abs(by_numba - on_arrays)[:, 0, 1], by_numba[:, 0, 1].std()
    assert gap.mean() < 0.2 * spread
    other = fast.yearly(GRAPH, given, EVERYTHING, seed=5, first=10, runs=200)
    assert np.abs(by_numba - other)[:, 0, 1].mean() > 0.5 * spread


def test_fast_runs_do_not_depend_on_how_they_are_divided() -> None:
    given = small.inputs(12)
    whole = fast.on_arrays(GRAPH, given, EVERYTHING, seed=4, first=0, runs=10)
    parts = [fast.on_arrays(GRAPH, given, EVERYTHING, seed=4, first=first, runs=5) for first in (0, 5)]
    assert np.array_equal(whole, np.concatenate(parts))
