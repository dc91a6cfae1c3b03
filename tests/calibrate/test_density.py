"""The density against SciPy, claim by claim, and against probabilities that must add up to one."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import norm

from tallystick.calibrate.density import Terms, expected, log_likelihood, potential, terms_of
from tallystick.calibrate.observe import OPEN
from tallystick.calibrate.simulate import AT_LEAST, POINT, RANGE, ROUNDED, UP_TO
from tallystick.calibrate.system import row, series_of
from tests.calibrate import real

PLACES = [real.middle(), real.typical(3), real.typical(4)]


@pytest.fixture(scope="module")
def likelihood() -> Any:
    """The compiled log likelihood of the real claims, as a function of unknowns and terms."""
    import jax

    ready = real.ready()
    return jax.jit(lambda z, terms: log_likelihood(z, terms, ready.model, ready.data))


@pytest.fixture(scope="module")
def terms() -> Terms:
    return terms_of(real.ready().model, real.ready().data)


def _mixed(of: Any) -> Any:
    """log of (1 - rare) exp(of(1)) + rare exp(of(wide)), from SciPy's stable sum."""
    said = real.ready().model.likelihood
    weights = np.log([1 - said["outlier_share"], said["outlier_share"]])
    return logsumexp([weights[0] + of(1.0), weights[1] + of(said["outlier_widen"])], axis=0)


def _between(low: Any, high: Any) -> Any:
    """log of the normal probability between two limits, from the side where it does not cancel."""
    low, high = np.where(low > 0, -high, low), np.where(low > 0, -low, high)
    return norm.logcdf(high) + np.log1p(-np.exp(norm.logcdf(low) - norm.logcdf(high)))


@pytest.mark.parametrize("z", PLACES, ids=["middle", "typical", "another"])
def test_points_have_the_contaminated_normal_density(z: Any, likelihood: Any, terms: Terms) -> None:
    """Known answer: scipy.stats.norm.logpdf, nine parts as wide as the class says and one part four times."""
    data, centre, scale = _centred(z, terms)
    points = data.kind == POINT
    known = _mixed(lambda wide: norm.logpdf(data.point, centre, scale * wide))
    assert points.sum() > 25
    np.testing.assert_allclose(likelihood(z, terms)[points], known[points], rtol=1e-9)


@pytest.mark.parametrize("z", PLACES, ids=["middle", "typical", "another"])
def test_bounds_ranges_and_round_figures_have_the_mass_between_their_limits(
    z: Any, likelihood: Any, terms: Terms
) -> None:
    """Known answer: scipy.stats.norm.logsf and logcdf; a range is the difference of two tails."""
    data, centre, scale = _centred(z, terms)
    floor = _mixed(lambda wide: norm.logsf(data.low, centre, scale * wide))
    ceiling = _mixed(lambda wide: norm.logcdf(data.high, centre, scale * wide))
    inner = _mixed(lambda wide: _between((data.low - centre) / (scale * wide), (data.high - centre) / (scale * wide)))
    found = likelihood(z, terms)
    for kind, known in ((AT_LEAST, floor), (UP_TO, ceiling), (RANGE, inner), (ROUNDED, inner)):
        assert (data.kind == kind).sum() > 5
        np.testing.assert_allclose(found[data.kind == kind], known[data.kind == kind], rtol=1e-7, atol=1e-14)


def _centred(z: Any, terms: Terms) -> tuple[Any, Any, Any]:
    ready = real.ready()
    return ready.data, *expected(z, terms, ready.model, ready.data, np)


def test_a_floor_and_a_ceiling_at_one_threshold_share_out_all_probability(likelihood: Any, terms: Terms) -> None:
    data, z = real.ready().data, real.typical(5)
    threshold = np.where(data.kind == UP_TO, data.high, data.low)
    sided = (data.kind == AT_LEAST) | (data.kind == UP_TO)
    above = likelihood(z, terms._replace(low=threshold, high=np.full(len(threshold), OPEN)))
    below = likelihood(z, terms._replace(low=np.full(len(threshold), -OPEN), high=threshold))
    np.testing.assert_allclose((np.exp(above) + np.exp(below))[sided], 1.0, rtol=1e-12)


def test_cells_of_the_log_axis_share_out_all_probability(likelihood: Any, terms: Terms) -> None:
    """Neighbouring cells of a range's or a rounding's own width, far enough both ways, add up to one."""
    data, z = real.ready().data, real.typical(6)
    ranges = ((data.kind == RANGE) | (data.kind == ROUNDED)) & (data.high - data.low > 0.1)  # so that these cells reach
    width, total = np.where(ranges, data.high - data.low, 1.0), np.zeros(len(data.kind))
    for cell in range(-150, 151):
        total += np.exp(likelihood(z, terms._replace(low=data.low + cell * width, high=data.high + cell * width)))
    np.testing.assert_allclose(total[ranges], 1.0, rtol=1e-9)


def test_a_figure_beyond_all_reason_has_a_finite_density_and_slope(terms: Terms) -> None:
    """Six hundred times too high: improbable, but nothing that stops the sampler."""
    import jax

    ready = real.ready()
    wild = terms._replace(point=terms.point + 6.4, low=terms.low + 6.4, high=terms.high + 6.4)
    energy, slope = jax.value_and_grad(lambda z: potential(wild, ready.model, ready.data)(z))(real.middle())
    assert np.isfinite(energy)
    assert np.isfinite(slope).all()


def test_a_claim_left_out_says_nothing(likelihood: Any, terms: Terms) -> None:
    out = np.arange(len(terms.used)) % 3 > 0
    found = np.asarray(likelihood(real.typical(7), terms._replace(used=out.astype(float))))
    np.testing.assert_array_equal(found == 0, ~out)


def test_the_potential_is_the_prior_and_all_claims(likelihood: Any, terms: Terms) -> None:
    ready, z = real.ready(), real.typical(8)
    known = -norm.logpdf(z).sum() + norm.logpdf(0) * len(z) - np.asarray(likelihood(z, terms)).sum()
    assert float(potential(terms, ready.model, ready.data)(z)) == pytest.approx(known, rel=1e-12)


def test_the_error_of_a_figure_is_the_classes_and_half_of_it_may_be_its_reports(terms: Terms) -> None:
    """Claim by claim in plain Python: own variance, common variance, a part's extra spread, counting, unknown days."""
    ready, z = real.ready(), real.typical(9)
    model, data = ready.model, ready.data
    values = model.layout.values(z, terms.location, terms.width, np)
    said, (_, scale) = model.likelihood, expected(z, terms, model, data, np)
    series = series_of(values, model, np)
    for at in range(len(data.claims)):
        variance = float(values["class_scale"][data.who[at]]) ** 2
        own = variance * (1 - said["report_share"]) if data.report[at] >= 0 else variance
        own += said["part_extra_sd"] ** 2 if data.part[at] >= 0 else 0.0
        own += data.counting[at] + model.operators[ready.observations[at].measure].get("varies", 0.0) ** 2
        if ready.observations[at].undated:
            logs, weights = np.log(row(series, model, data.names[data.row[at]])), data.window[at]
            own += weights @ logs**2 - (weights @ logs) ** 2
        assert scale[at] ** 2 == pytest.approx(own, rel=1e-9)


def test_figures_of_one_table_move_together_and_others_do_not(terms: Terms) -> None:
    """One report's error moves the centres of its own figures, by the class's scale, and nobody else's."""
    ready, z = real.ready(), real.middle()
    model, data = ready.model, ready.data
    at = sum(one.size for one in model.layout.unknowns[:-1])  # the first report's slot
    assert model.layout.unknowns[-1].name == "report_error"
    moved = z.copy()
    moved[at] = 1.0
    before, after = (expected(each, terms, model, data, np) for each in (z, moved))
    mine = data.report == 0
    share = np.sqrt(model.likelihood["report_share"])
    class_scale = model.layout.values(z, terms.location, terms.width, np)["class_scale"][data.who]
    np.testing.assert_allclose((after.centre - before.centre)[mine], (share * class_scale)[mine], rtol=1e-9)
    np.testing.assert_array_equal(after.centre[~mine], before.centre[~mine])
    assert mine.sum() > 1


def test_a_claim_reads_its_series_over_its_window(terms: Terms) -> None:
    """For claims that stand for a whole host and share no report: log of the weighted series and the class's lean.

    A level of a day that nobody knows is expected at the mean of the days' logs, not at the log of their mean.
    """
    ready, z = real.ready(), real.typical(10)
    model, data = ready.model, ready.data
    values, series = model.layout.values(z, terms.location, terms.width, np), real.series_at(z)
    centre, _ = expected(z, terms, model, data, np)
    plain = np.flatnonzero((data.part < 0) & (data.report < 0))
    assert len(plain) > 30
    assert 0 < data.undated[plain].sum() < len(plain)
    for at in plain:
        months, weights = row(series, model, data.names[data.row[at]]), data.window[at]
        read = weights @ np.log(months) if ready.observations[at].undated else np.log(months @ weights)
        assert centre[at] == pytest.approx(read + values["class_bias"][data.lean[at]], rel=1e-12)


def test_countries_within_a_group_share_it_out(terms: Terms) -> None:
    """The shares of all single countries and of the rest add up to one."""
    ready, z = real.ready(), real.typical(11)
    values = ready.model.layout.values(z, terms.location, terms.width, np)
    weights = np.exp(values["part_weight"])
    with_parts = ready.data.part >= 0
    alone = dataclasses.replace(ready.data, part=np.full(len(with_parts), -1))
    moved = expected(z, terms, ready.model, ready.data, np).centre - expected(z, terms, ready.model, alone, np).centre
    shares = {int(slot): float(np.exp(each)) for slot, each in zip(ready.data.part, moved, strict=True) if slot >= 0}
    assert sum(shares.values()) + weights[-1] / weights.sum() == pytest.approx(1.0, rel=1e-9)
    np.testing.assert_array_equal(moved[~with_parts], 0.0)
