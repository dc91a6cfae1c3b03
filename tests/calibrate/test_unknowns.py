"""Named values from a flat vector: every transform against its formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.special import expit, logit

from tallystick.calibrate.unknowns import Layout, Unknown, moved, scalar, steps
from tests.calibrate import real

LAYOUT = Layout(
    (
        scalar("count", "log", 700.0, 0.5, "assumed"),
        scalar("share", "logit", 0.3, 1.2, "assumed"),
        steps("level", 50.0, 0.4, (0.2, 0.1), "assumed"),
        scalar("slope", "identity", -0.1, 0.3, "assumed"),
        Unknown(name="odds", transform="log", location=(0.0, 1.0), width=(0.5, 2.0), why="assumed"),
    )
)


@given(some.lists(some.floats(-5, 5), min_size=8, max_size=8))
def test_values_follow_their_transforms(z: list[float]) -> None:
    """Known answer: median times exp of sd times z; its logit; running sums of steps; plain numbers."""
    values = LAYOUT.values(np.array(z), *LAYOUT.priors(), np)
    assert values["count"] == pytest.approx(700 * np.exp(0.5 * z[0]))
    assert values["share"] == pytest.approx(expit(logit(0.3) + 1.2 * z[1]))
    climbed = np.cumsum([0.4 * z[2], 0.2 * z[3], 0.1 * z[4]])
    np.testing.assert_allclose(values["level"], 50 * np.exp(climbed))
    assert values["slope"] == pytest.approx(-0.1 + 0.3 * z[5])
    np.testing.assert_allclose(values["odds"], np.exp([0.5 * z[6], 1 + 2 * z[7]]))


def test_the_middle_is_every_median() -> None:
    values = LAYOUT.values(np.zeros(LAYOUT.size), *LAYOUT.priors(), np)
    assert (values["count"], values["share"], values["slope"]) == pytest.approx((700.0, 0.3, -0.1))
    np.testing.assert_allclose(values["level"], [50, 50, 50])


def test_a_moved_unknown_keeps_its_name_and_transform() -> None:
    other = moved(LAYOUT.unknowns[1], {"median": 0.9, "sd": 0.1})
    assert (other.name, other.transform, other.size) == ("share", "logit", 1)
    changed = Layout((LAYOUT.unknowns[0], other, *LAYOUT.unknowns[2:]))
    values = changed.values(np.zeros(changed.size), *changed.priors(), np)
    assert values["share"] == pytest.approx(0.9)
    assert values["count"] == pytest.approx(700.0)


def test_every_number_of_the_real_vector_belongs_to_one_unknown() -> None:
    """Moving one entry of the vector moves the values of one unknown, and of no other."""
    layout = real.ready().model.layout
    names = [one.name for one in layout.unknowns for _ in range(one.size)]
    assert len(names) == layout.size
    before = layout.values(real.middle(), *layout.priors(), np)
    for at, name in enumerate(names):
        z = real.middle()
        z[at] = 1.0
        after = layout.values(z, *layout.priors(), np)
        assert [one for one in after if not np.array_equal(after[one], before[one])] == [name]
