"""Promise: what the evidence has not told is not called learnt."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tallystick.calibrate.learning import LEARNT, OF_CLASSES, OF_TABLES, UNTOLD, Learning, learning, narrowed
from tallystick.calibrate.model import GROUPS
from tests.calibrate import real


def posterior(width: float) -> dict[str, Any]:
    """Draws of the prior itself, its standard deviations times `width`."""
    classes = tuple(real.programme().asserter_classes.values())
    rng, shape = np.random.default_rng(3), (4000,)
    scale = np.exp(np.log([one.scale for one in classes]) + 0.25 * width * rng.standard_normal((*shape, len(classes))))
    sds = np.repeat([one.bias_sd for one in classes], len(GROUPS))
    lean = sds * width * rng.standard_normal((*shape, len(sds)))
    return {"class_scale": scale, "class_bias": lean}


def test_a_posterior_as_wide_as_the_prior_is_not_learnt() -> None:
    rows = learning(real.programme(), posterior(1.0))
    assert len(rows) == len(real.programme().asserter_classes) * (1 + len(GROUPS))
    assert not any(row.learnt for row in rows)
    for row in rows:
        assert row.posterior == pytest.approx(row.prior, abs=0.05)


def test_a_posterior_of_half_the_width_is() -> None:
    assert all(row.learnt for row in learning(real.programme(), posterior(0.5)))


def test_the_limit_is_four_fifths_of_the_prior() -> None:
    made = [
        Learning(asserter_class="media", quantity="scale", prior=(0.0, 0.25), posterior=(0.3, sd))
        for sd in (0.2, 0.201)
    ]
    assert [one.learnt for one in made] == [True, False]


def _unknowns(width: float) -> dict[str, Any]:
    """Draws of the model's unknowns, each a part `width` of its prior around the same middle."""
    layout = real.ready().model.layout
    z = width * np.random.default_rng(5).standard_normal((3000, layout.size))
    drawn = [layout.values(row, *layout.priors(), np) for row in z]
    return {one.name: np.array([each[one.name] for each in drawn]) for one in layout.unknowns}


@pytest.mark.parametrize("width", [1.0, 0.5])
def test_an_unknown_is_learnt_only_where_its_posterior_is_narrower_than_its_prior(width: float) -> None:
    """Known answer: normal draws on the scale of the prior, from which the prior's own ends follow in closed form."""
    rows = narrowed(real.programme(), real.account(), _unknowns(width))
    assert {one.learnt for one in rows} == {width <= LEARNT}
    for one in rows:
        assert one.ratio == pytest.approx(width, rel=0.06)
        assert one.posterior.median == pytest.approx(
            one.prior.median, abs=0.1 * (one.prior.upper_80 - one.prior.lower_80)
        )
        if width == 1.0:
            reach = one.prior.upper_80 - one.prior.lower_80
            assert one.posterior == pytest.approx(one.prior, abs=0.1 * reach)


def test_every_unknown_is_told_once_but_those_of_death_flight_classes_and_single_tables() -> None:
    rows = narrowed(real.programme(), real.account(), _unknowns(1.0))
    layout = real.ready().model.layout
    apart = {*UNTOLD, *OF_CLASSES, OF_TABLES}
    assert apart <= {one.name for one in layout.unknowns}  # each is there to be left out
    told = [(one.unknown, one.part) for one in rows]
    assert told == [(one.name, at + 1) for one in layout.unknowns if one.name not in apart for at in range(one.size)]
    assert not {"harm", "flee", "rescue_level", "rescue_slope"} & {one.unknown for one in rows}
