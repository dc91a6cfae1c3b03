"""What an origin says as a whole, with the error that its table shares integrated out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import norm

from tallystick.calibrate.density import Expected, Terms, expected, log_density, terms_of
from tallystick.calibrate.origins import origin_densities, origins_of, shared_errors
from tallystick.calibrate.simulate import simulate
from tests.calibrate import real


@pytest.fixture(scope="module")
def terms() -> Terms:
    return terms_of(real.ready().model, real.ready().data)


def _moved(z: Any, by: float) -> Any:
    """The same draw with every error that a table shares moved."""
    shared = [np.full(one.size, one.name == "report_error") for one in real.ready().model.layout.unknowns]
    return z + by * np.concatenate(shared)


def test_a_shared_error_moves_what_is_expected_by_its_standard_deviation(terms: Terms) -> None:
    """So that what is integrated out is what the density has in it."""
    ready, z = real.ready(), real.typical(31)
    centres = [expected(_moved(z, by), terms, ready.model, ready.data, np).centre for by in (0.0, 1.0)]
    _, step = shared_errors(z[None], terms, ready.model, ready.data)
    np.testing.assert_allclose(centres[1] - centres[0], step[0], atol=1e-12)
    assert (step[0] > 0).sum() == (ready.data.report >= 0).sum() > 10


def test_an_origin_without_a_shared_error_says_the_sum_of_its_claims(terms: Terms) -> None:
    ready, z = real.ready(), np.stack([real.typical(seed) * 0.3 for seed in range(3)])
    said = _said(z, terms)
    found = origin_densities(z, said, terms, ready.model, ready.data, ready.origins)
    each = log_density(said, terms, ready.model, ready.data, np)
    free = ready.origins.tables.sum(axis=1) == 0
    np.testing.assert_allclose(found[:, free], (each @ ready.origins.alone.T)[:, free], rtol=1e-9)


@pytest.mark.parametrize("by", [0.0, 1.5])
def test_a_table_says_the_same_whatever_error_the_draw_has_and_it_is_the_integral(by: float) -> None:
    """Against a grid thirty times as fine and nearly twice as wide, at figures that the draw itself would cause."""
    ready, still = real.ready(), real.typical(32) * 0.3
    usual = terms_of(ready.model, ready.data)
    terms = simulate(still, usual, ready.model, ready.data, np.random.default_rng(33))
    z = _moved(still, by)[None]
    found = origin_densities(z, _said(z, terms), terms, ready.model, ready.data, ready.origins)[0]
    said, errors = expected(still, terms, ready.model, ready.data, np), np.arange(-8, 8, 0.008)[:, None]
    error, step = (part[0] for part in shared_errors(still[None], terms, ready.model, ready.data))
    grid = Expected(said.centre - error + errors * step, np.broadcast_to(said.scale, (len(errors), len(step))))
    each = log_density(grid, terms, ready.model, ready.data, np) @ ready.origins.figures.T + norm.logpdf(errors)
    tables = logsumexp(each + np.log(0.008), axis=0)
    alone = ready.origins.alone @ log_density(said, terms, ready.model, ready.data, np)
    np.testing.assert_allclose(found, alone + ready.origins.tables @ tables, atol=5e-3)


def _said(z: Any, terms: Terms) -> Expected:
    ready = real.ready()
    return Expected(*map(np.stack, zip(*(expected(row, terms, ready.model, ready.data, np) for row in z), strict=True)))


def test_an_origin_is_heard_only_when_all_its_claims_are() -> None:
    ready = real.ready()
    origins = origins_of(ready.observations, ready.data)
    several = next(at for at, claims in enumerate(origins.claims) if len(claims) > 2)
    used = np.ones(len(ready.observations))
    assert origins.heard(used).all()
    used[ready.data.claims.index(origins.claims[several][-1])] = 0
    assert np.flatnonzero(origins.heard(used) == 0).tolist() == [several]
