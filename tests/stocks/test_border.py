"""Promise: a closed border holds people, strands those whose term ends, and lets them go when it opens."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.stocks.people import Border, Hazards, Ops, pass_border, path

RATE = st.floats(0, 2)
HAZARDS = st.builds(Hazards, *[RATE] * len(Hazards._fields))


@given(planned=HAZARDS)
def test_a_closed_border_strands_those_whose_term_ends_and_sends_nobody_home(planned: Hazards) -> None:
    passed = pass_border(planned, Border(0.0))
    assert (passed.end_of_term, passed.ordered_return) == (0.0, 0.0)
    assert passed.strand == planned.strand + planned.end_of_term


@given(planned=HAZARDS)
def test_an_open_border_changes_nothing(planned: Hazards) -> None:
    assert pass_border(planned, Border(1.0)) == planned


@given(planned=HAZARDS, leak=st.floats(0, 1))
def test_a_border_acts_on_departures_alone(planned: Hazards, leak: float) -> None:
    """It moves terms that end between going home and stranding, and leaves the other routes alone."""
    passed = pass_border(planned, Border(leak))
    ends = planned.end_of_term + planned.strand
    assert passed.end_of_term + passed.strand == pytest.approx(ends, rel=1e-12, abs=1e-300)
    assert (passed.relabel, passed.flee, passed.harm) == (planned.relabel, planned.flee, planned.harm)


def closure() -> Border:
    """Twelve months open, twelve closed, twelve open."""
    return Border(np.repeat([1.0, 0.0, 1.0], 12))


def test_a_closure_fills_the_stranded_and_reopening_lets_them_empty(with_numpy: Ops) -> None:
    """With a term of a months, 1 - exp(-12 / a) of those present at closing are stranded a year later."""
    planned = Hazards(1 / 30, 0.0, 0.0, 0.0, 0.0, 0.0)
    holders = path(9000.0, np.zeros(36), pass_border(planned, closure()), with_numpy)
    go = pass_border(Hazards(0.12, 0.0, 0.0, 0.0, 0.0, 0.0), closure())._replace(strand=0.0)
    stranded = path(0.0, holders.left.strand, go, with_numpy)

    at_closing = holders.present[11]
    assert stranded.present[:12].tolist() == [0.0] * 12
    assert (np.diff(stranded.present[11:24]) > 0).all()
    assert stranded.present[23] == pytest.approx(at_closing * -math.expm1(-12 / 30), rel=1e-12)
    assert stranded.present[35] == pytest.approx(stranded.present[23] * math.exp(-12 * 0.12), rel=1e-12)
    np.testing.assert_allclose((holders.present + stranded.present)[11:24], at_closing, rtol=1e-12)


def test_nobody_leaves_while_it_is_closed_but_by_flight_or_harm(with_numpy: Ops) -> None:
    planned = Hazards(0.03, 0.4, 0.0, 0.01, 0.0001, 0.0002)
    left = path(5000.0, np.full(36, 10.0), pass_border(planned, closure()), with_numpy).left
    shut = slice(12, 24)
    assert np.abs(left.end_of_term[shut]).max() == 0.0
    assert np.abs(left.ordered_return[shut]).max() == 0.0
    assert min(route[shut].min() for route in (left.strand, left.relabel, left.flee, left.harm)) > 0
