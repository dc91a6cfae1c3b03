"""Promise: a fit under wider priors starts where the earlier chains stood, whatever the coordinates."""

from __future__ import annotations

import numpy as np

from tallystick.calibrate.density import Terms, terms_of
from tallystick.calibrate.sample import Chains, Frame
from tallystick.calibrate.tuned import under_priors
from tallystick.calibrate.unknowns import Layout, moved, scalar, widened
from tests.calibrate import real

KEPT, WIDER, NARROWER, ELSEWHERE = range(4)
UNKNOWNS = tuple(scalar(name, "log", 100.0, 0.5, "invented") for name in ("kept", "wider", "narrower", "elsewhere"))
CHANGED = (
    UNKNOWNS[KEPT],
    widened(UNKNOWNS[WIDER], 4.0),
    widened(UNKNOWNS[NARROWER], 0.25),
    moved(UNKNOWNS[ELSEWHERE], {"median": 200.0, "sd": 2.0}),
)
W = np.array([0.3, -1.2, 0.7, 2.0])


def _terms(layout: Layout) -> Terms:
    location, width = layout.priors()
    return terms_of(real.ready().model, real.ready().data)._replace(location=location, width=width)


def _chains() -> Chains:
    generator = np.random.default_rng(1)
    frame = Frame(generator.standard_normal(4), np.tril(generator.standard_normal((4, 4))))
    return Chains(run=None, frame=frame, states=())  # type: ignore[arg-type]  # the draws are not asked


def _stands(frame: Frame) -> np.ndarray:
    return np.asarray(frame.mode + frame.root @ W)


def test_chains_stand_at_the_same_natural_values_of_an_unknown_with_a_wider_prior() -> None:
    before, after = Layout(UNKNOWNS), Layout(CHANGED)
    chains = _chains()
    there = under_priors(chains, _terms(before), _terms(after))
    was = before.values(_stands(chains.frame), *before.priors(), np)
    now = after.values(_stands(there.frame), *after.priors(), np)
    np.testing.assert_allclose(now["wider"], was["wider"])
    np.testing.assert_allclose(now["kept"], was["kept"])


def test_a_narrower_or_a_moved_prior_leaves_the_coordinates_alone() -> None:
    chains = _chains()
    there = under_priors(chains, _terms(Layout(UNKNOWNS)), _terms(Layout(CHANGED)))
    same = [KEPT, NARROWER, ELSEWHERE]
    np.testing.assert_array_equal(_stands(there.frame)[same], _stands(chains.frame)[same])
    assert not np.isclose(_stands(there.frame)[WIDER], _stands(chains.frame)[WIDER])
