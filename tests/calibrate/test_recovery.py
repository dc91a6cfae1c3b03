"""Planted truths are held as often as intervals say; and the check that says so can fail.

The full form has three hundred data sets (`make statistics`); its last result is kept in docs/reference/ and held
here to its own figures. The short form fits a few data sets, with short chains, in every run of the tests.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from tallystick.calibrate.coverage import JUDGED, Seen, central, chance_of, exact_band, judge, uneven
from tallystick.calibrate.kept import Kept, read, verdict_of
from tallystick.calibrate.page import page_of
from tallystick.calibrate.recovery import LEVELS, RANKS, Bench, compare, inside, quantities_of, rank_of, recover
from tallystick.calibrate.simulate import plant, simulate
from tallystick.vocab.errors import EvidenceError
from tests.calibrate import real

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
SETS, WRONG_SETS = 4, 2


@pytest.fixture(scope="module")
def kept() -> Kept:
    """The last full result."""
    return read(REFERENCE / "calibration.json")


def _lowest(kept: Kept, sets: int) -> float:
    """The share of truths that so few data sets hold at least, in all but one case of a thousand.

    Quantities of one data set move together, so whole data sets of the full result are drawn again, and not truths.
    """
    by_set = kept.inside[:, JUDGED].mean(axis=1)
    drawn = np.random.default_rng(0).choice(by_set, (100_000, sets)).mean(axis=1)
    return float(np.quantile(drawn, 0.001))


def test_planted_rates_fall_in_the_80_percent_interval_about_four_times_in_five(bench: Bench, kept: Kept) -> None:
    """Short form: the same programme, quantities and sampler; fewer data sets and draws."""
    found = [recover(bench, 2, number) for number in range(SETS)]
    share = np.mean([one.inside[JUDGED].mean() for one in found])
    assert share > _lowest(kept, SETS)
    assert np.mean([one.inside[0].mean() for one in found]) < share < np.mean([one.inside[2].mean() for one in found])
    assert sum(one.divergences for one in found) <= SETS
    again = recover(bench, 2, SETS - 1)  # whatever ran before it
    np.testing.assert_array_equal(again.rank, found[-1].rank)


def test_truths_that_lie_further_out_than_the_model_thinks_are_found_out(bench: Bench, kept: Kept) -> None:
    """A wrong scale planted, truths three times as far out as the priors of the fit: the same bound is broken."""
    model, data = bench.prepared.model, bench.prepared.data
    shares = []
    for number in range(WRONG_SETS):
        generator = np.random.default_rng([3, number])
        truth = 3 * plant(generator, model)
        terms = simulate(truth, bench.terms, model, data, generator)
        shares.append(compare(bench, number, truth, terms, 4, 0.0).inside[JUDGED].mean())
    assert np.mean(shares) < _lowest(kept, WRONG_SETS)


def test_the_kept_result_has_two_hundred_data_sets_and_passes(kept: Kept) -> None:
    """The last full check: 80 % intervals within the 99 % binomial band, as chance allows for so many quantities."""
    verdict = verdict_of(kept)
    assert verdict.sets >= 200
    assert kept.wall_seconds <= 2 * 3600
    assert kept.workers == 2
    assert verdict.passed
    assert verdict.outside <= verdict.outside_limit
    assert all(one.band.holds(one.share) for one in verdict.overall)
    assert {one.estimand for one in quantities_of(real.programme(), real.ready().model)} == set(kept.estimands)


def test_the_kept_page_is_what_the_kept_figures_say(kept: Kept) -> None:
    assert (REFERENCE / "calibration.md").read_text(encoding="utf-8") == page_of(kept, verdict_of(kept))


def test_the_kept_ranks_and_intervals_tell_the_same(kept: Kept) -> None:
    """A truth inside the 80 % interval of all draws is between the outer tenths of the thinned ones, but for a few."""
    tenth = (RANKS + 1) / 10
    by_rank = (kept.rank >= tenth) & (kept.rank < 9 * tenth)
    assert (by_rank == kept.inside[:, JUDGED]).mean() > 0.95
    assert (kept.inside[:, 0] <= kept.inside[:, 1]).all()
    assert (kept.inside[:, 1] <= kept.inside[:, 2]).all()


def _ranks(seed: int, sets: int, quantities: int, together: float, narrow: float = 1.0, lean: float = 0.0) -> Seen:
    """Ranks of truths that move together; posteriors `narrow` times as wide as they should be, or leaning."""
    from scipy.special import ndtr

    generator = np.random.default_rng(seed)
    common, own = generator.standard_normal((sets, 1)), generator.standard_normal((sets, quantities))
    score = (np.sqrt(together) * common + np.sqrt(1 - together) * own) / narrow + lean
    share = ndtr(score)
    held = np.stack([np.abs(share - 0.5) <= level / 2 for level in LEVELS], axis=1)
    return Seen(("a",) * quantities, np.floor(share * (RANKS + 1)).astype(int), held)


@pytest.mark.parametrize("together", [0.0, 0.5])
def test_right_intervals_pass(together: float) -> None:
    verdicts = [judge(_ranks(seed, 100, 40, together), 1) for seed in range(3)]
    assert sum(verdict.passed for verdict in verdicts) >= 2


@pytest.mark.parametrize(("narrow", "lean"), [(0.7, 0.0), (1.5, 0.0), (1.0, 1.0)], ids=["narrow", "wide", "leaning"])
def test_wrong_intervals_fail(narrow: float, lean: float) -> None:
    for seed in range(2):
        assert not judge(_ranks(seed, 100, 40, 0.3, narrow, lean), 1).passed


def test_one_wrong_quantity_among_many_lies_outside_its_band() -> None:
    seen, wrong = _ranks(1, 100, 40, 0.3), _ranks(2, 100, 1, 0.3, narrow=0.5)
    mixed = seen._replace(inside=np.concatenate([wrong.inside, seen.inside[..., 1:]], axis=-1))
    verdict = judge(mixed, 1)
    assert not verdict.band.holds(verdict.held[JUDGED, 0])
    assert verdict.outside >= 1


def test_the_band_of_a_hundred_is_the_binomials() -> None:
    """Known answer: 69 to 90 of 100 hold 99 % of a binomial of 0.8, and less when cut at either end."""
    band = exact_band(100, 0.8)
    assert band == (69, 90)
    assert binom.cdf(90, 100, 0.8) - binom.cdf(68, 100, 0.8) > 0.99
    assert binom.cdf(68, 100, 0.8) < 0.005 < binom.cdf(69, 100, 0.8)
    assert binom.sf(90, 100, 0.8) < 0.005 < binom.sf(89, 100, 0.8)


def test_chance_holds_what_it_should_and_moves_as_observed() -> None:
    """Quantities on their own spread as binomials do; quantities that are one spread together."""
    apart, one = (chance_of(_ranks(3, 100, 30, together).rank, 1).held[:, JUDGED] for together in (0.0, 0.999))
    assert apart.mean() == pytest.approx(80, abs=0.5)
    assert apart.std(axis=0).mean() == pytest.approx(4.0, rel=0.1)  # sqrt(100 x 0.8 x 0.2)
    assert one.mean(axis=1).std() > 3 * apart.mean(axis=1).std()


def test_the_central_part_of_ranks_is_as_large_as_its_level() -> None:
    """Known answer: of a hundred equal chances, half, four fifths and 95, of which two half ranks."""
    every = np.arange(RANKS + 1)
    assert [central(every, level).sum() for level in LEVELS] == pytest.approx([50, 80, 95])
    assert central(every, 0.95)[[1, 2, 3, 96, 97, 98]].tolist() == pytest.approx([0, 0.5, 1, 1, 0.5, 0])


@pytest.mark.parametrize("effective", [100, 400])
def test_what_few_draws_cost_an_interval_is_no_fault_of_its_ranks(effective: int) -> None:
    """Known answer of order statistics: n draws hold (n - 1) / (n + 1) of the level, the ranks of 99 of them all."""
    sets, generator = 20_000, np.random.default_rng(4)
    draws, truth = generator.random((effective, sets)), generator.random(sets)
    read_off = inside(truth, draws)[-1].mean()
    by_rank = central((draws[:RANKS] < truth).sum(axis=0), LEVELS[-1]).mean()
    error = np.sqrt(0.05 * 0.95 / sets)
    assert read_off == pytest.approx(LEVELS[-1] * (effective - 1) / (effective + 1), abs=4 * error)
    assert by_rank == pytest.approx(LEVELS[-1], abs=4 * error)
    assert LEVELS[-1] - read_off > 2 * error


def test_uneven_ranks_are_seen() -> None:
    rank = np.tile(np.arange(RANKS + 1)[:, None], (1, 2))
    rank[:, 1] //= 4
    even, heaped = uneven(rank)
    assert even == pytest.approx(1.0)
    assert heaped < 1e-6


def test_intervals_and_ranks_of_draws_that_can_be_counted() -> None:
    """Draws 0, 1, ... 999 in two chains: the middle, an edge of each interval, and beyond."""
    draws = np.arange(1000.0).reshape(2, 500, 1).repeat(5, axis=2)
    truth = np.array([499.5, 200.0, 60.0, 10.0, 2000.0])
    held = inside(truth, draws.reshape(-1, 5))
    assert held.T.tolist() == [[True] * 3, [False, True, True], [False, False, True], [False] * 3, [False] * 3]
    np.testing.assert_allclose(rank_of(truth, draws), [50, 20, 6, 1, 99], atol=1)


@pytest.mark.parametrize(
    ("periods", "problem"),
    [
        ({}, "names no periods"),
        ({"workers_absent": ["2024"]}, "no estimand workers_absent"),
        ({"paid_share": ["2024"]}, "no estimand paid_share with periods"),
        ({"workers_present": ["2024"]}, "workers_present has no period 2024"),
    ],
)
def test_a_quantity_that_is_none_is_named(periods: dict[str, list[str]], problem: str) -> None:
    programme = real.programme()
    tables = {**programme.tables, "calibration": {"periods": periods}}
    with pytest.raises(EvidenceError, match=rf"calibration\.toml, field periods: {problem}"):
        quantities_of(replace(programme, tables=tables), real.ready().model)
