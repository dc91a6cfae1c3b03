"""The band that uniform ranks stay in, laid against ArviZ's and against chance itself."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from tallystick.calibrate import ecdf
from tallystick.calibrate.coverage import CONFIDENCE, Seen, judge
from tallystick.calibrate.recovery import LEVELS, RANKS


def _ranks(seed: int, sets: int, quantities: int) -> ecdf.Ranks:
    return np.random.default_rng(seed).integers(0, RANKS + 1, (sets, quantities))


@pytest.mark.parametrize("sets", [50, 100])
def test_the_band_is_that_of_saeilynoja_buerkner_and_vehtari(sets: int) -> None:
    """Known answer: ArviZ's band by the recursion of the paper; ours, by simulation, within two data sets of it."""
    from arviz.stats.ecdf_utils import ecdf_confidence_band

    points = (np.arange(RANKS) + 1) / (RANKS + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        low, high = ecdf_confidence_band(sets, points, points, prob=CONFIDENCE, method="optimized")
    found = ecdf.band(sets, RANKS, ecdf.limit(sets, RANKS, CONFIDENCE))
    assert np.abs(found.low - low).max() <= 2 / sets + 1e-9
    assert np.abs(found.high - high).max() <= 2 / sets + 1e-9


def test_one_uniform_curve_in_a_hundred_leaves_its_band() -> None:
    odd = ecdf.oddity(_ranks(1, 200, 5000), RANKS)
    assert (odd < ecdf.limit(200, RANKS, CONFIDENCE)).mean() == pytest.approx(0.01, abs=0.005)
    assert (ecdf.chance_of(odd, 200, RANKS) < 0.2).mean() == pytest.approx(0.2, abs=0.03)


def test_a_curve_lies_in_its_band_where_no_point_of_it_is_too_odd() -> None:
    rank = _ranks(2, 200, 400)
    rank[:, :40] = rank[:, :40] * 4 // 5
    limit = ecdf.limit(200, RANKS, CONFIDENCE)
    curve = np.stack([(rank <= at).mean(axis=0) for at in range(RANKS)])
    band = ecdf.band(200, RANKS, limit)
    inside = ((curve >= band.low[:, None]) & (curve <= band.high[:, None])).all(axis=0)
    np.testing.assert_array_equal(inside, ecdf.oddity(rank, RANKS) >= limit)
    assert not inside[:40].any()


@pytest.mark.parametrize("fault", ["leaning", "narrow", "wide"])
def test_one_wrong_curve_among_many_leaves_the_band_of_the_family(fault: str) -> None:
    """What a fair statement over so many quantities must still see."""
    from scipy.special import ndtr

    rank, score = _ranks(3, 100, 60), np.random.default_rng(4).standard_normal(100)
    bent = {"leaning": score + 0.7, "narrow": score / 0.5, "wide": score * 0.4}[fault]
    honest = judge(_seen(rank), 1).curves
    rank[:, 17] = (ndtr(bent) * (RANKS + 1)).astype(int)
    curves = judge(_seen(rank), 1).curves
    assert honest.passed
    assert not curves.passed
    assert curves.odd.argmin() == 17


def _seen(rank: ecdf.Ranks) -> Seen:
    off = np.abs((rank + 0.5) / (RANKS + 1) - 0.5)
    return Seen(("a",) * rank.shape[1], rank, np.stack([off <= level / 2 for level in LEVELS], axis=1))


def test_the_number_of_curves_outside_is_judged_by_families_that_move_together() -> None:
    """A hundred quantities that are one leave their bands together or not at all; chance must know that."""
    own = _ranks(5, 100, 100)
    one = np.clip(own[:, :1] + np.random.default_rng(6).integers(-1, 2, own.shape), 0, RANKS)
    apart, together = (judge(_seen(rank), 1).curves for rank in (own, one))
    assert apart.outside_expected == pytest.approx(1.0, abs=0.4)
    assert together.outside_limit > 3 * apart.outside_limit
    assert together.family > 3 * apart.family
