"""Promise T9: nobody appears or vanishes, whatever the stocks and rates; and the closed form is the repeated step."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.stocks.people import Hazards, Leavers, Ops, Path, path, shares_leaving, step

EXACT = 1e-12  # relative: the promise
PERSONS = st.one_of(st.just(0.0), st.floats(1e-3, 1e6))
# Up to 1.5 a month by each of six routes: of a group so pressed one person in eight thousand is left after a month.
RATE = st.one_of(st.just(0.0), st.floats(1e-9, 1.5))
HAZARDS = st.builds(Hazards, *[RATE] * len(Hazards._fields))


class Months(NamedTuple):
    """A group's start, and its arrivals and hazards month by month."""

    start: float
    arrivals: list[float]
    hazards: list[Hazards]


@st.composite
def months(draw: Callable[..., Any], lengths: st.SearchStrategy[int] = st.integers(1, 30)) -> Months:  # noqa: B008
    length = draw(lengths)
    return Months(
        draw(PERSONS),
        draw(st.lists(PERSONS, min_size=length, max_size=length)),
        draw(st.lists(HAZARDS, min_size=length, max_size=length)),
    )


def repeated(group: Months, ops: Ops) -> tuple[list[float], list[Leavers]]:
    """What `path` is the closed form of, one month after the other."""
    now, present, left = group.start, [], []
    for arrivals, hazards in zip(group.arrivals, group.hazards, strict=True):
        now, leavers = step(now, arrivals, hazards, ops)
        present.append(now)
        left.append(leavers)
    return present, left


def whole(group: Months) -> float:
    """Everybody who was ever in the group."""
    return group.start + sum(group.arrivals)


@given(now=PERSONS, arrivals=PERSONS, hazards=HAZARDS)
def test_nobody_appears_or_vanishes_in_a_step(now: float, arrivals: float, hazards: Hazards, plain: Ops) -> None:
    after, left = step(now, arrivals, hazards, plain)
    assert after + sum(left) == pytest.approx(now + arrivals, rel=EXACT)
    assert min(after, *left) >= 0


@given(hazards=HAZARDS)
def test_shares_that_stay_and_leave_make_one(hazards: Hazards, plain: Ops) -> None:
    staying, left = shares_leaving(hazards, plain)
    assert staying + sum(left) == pytest.approx(1, rel=EXACT)
    assert min(staying, *left) >= 0
    assert max(staying, *left) <= 1


def run_of(group: Months, ops: Ops, array: Callable[..., Any] = np.array) -> Path:
    return path(group.start, array(group.arrivals), Hazards(*array(group.hazards).T), ops)


@given(group=months())
def test_people_in_are_people_present_and_people_left(group: Months, with_numpy: Ops) -> None:
    run = run_of(group, with_numpy)
    came = group.start + np.cumsum(group.arrivals)
    gone = np.cumsum(sum(run.left))
    np.testing.assert_allclose(run.present + gone, came, rtol=EXACT)
    assert (run.present >= 0).all()


def assert_repeats(run: Path, group: Months, plain: Ops) -> None:
    """Each number of the closed form within 1e-12 of the repeated step, or of everybody there ever was."""
    present, left = repeated(group, plain)
    tolerance = EXACT * (group.start + sum(group.arrivals))
    np.testing.assert_allclose(run.present, present, rtol=EXACT, atol=tolerance)
    np.testing.assert_allclose(np.array(run.left).T, np.array(left), rtol=EXACT, atol=tolerance)


@given(group=months())
def test_the_closed_form_is_the_repeated_step(group: Months, with_numpy: Ops, plain: Ops) -> None:
    assert_repeats(run_of(group, with_numpy), group, plain)


@settings(max_examples=20)
@given(group=months(lengths=st.just(24)))  # one length: one compile
def test_the_closed_form_is_the_repeated_step_in_jax_too(group: Months, with_jax: Ops, plain: Ops) -> None:
    import jax.numpy as jnp

    assert_repeats(run_of(group, with_jax, jnp.array), group, plain)


def test_arrays_of_groups_run_as_each_would_alone(with_numpy: Ops) -> None:
    """(group, month) arrays are many groups at once: the last axis is time, and no group sees another."""
    start, arrivals = np.array([[100.0], [0.0]]), np.array([[5.0, 0.0, 7.0], [1.0, 2.0, 3.0]])
    hazards = Hazards(np.array([[0.1], [0.3]]), 0.0, 0.05, 0.0, 0.001, 0.0)
    both = path(start, arrivals, hazards, with_numpy)
    for place in (0, 1):
        alone = Hazards(hazards.end_of_term[place], *hazards[1:])
        np.testing.assert_allclose(
            both.present[place], path(start[place], arrivals[place], alone, with_numpy).present, rtol=EXACT
        )


@pytest.mark.parametrize("length", [1, 12, 204])
def test_without_arrivals_a_group_decays_as_an_exponential(length: int, with_numpy: Ops) -> None:
    """x(t) = x0 exp(-h t) for a constant total hazard h: the definition of a constant hazard."""
    hazards = Hazards(0.02, 0.01, 0.005, 0.003, 0.0001, 0.00014)
    run = path(1000.0, np.zeros(length), hazards, with_numpy)
    assert run.present[-1] == pytest.approx(1000 * math.exp(-sum(hazards) * length), rel=EXACT)
    shares = [float(out.sum()) / float(sum(run.left).sum()) for out in run.left]
    assert shares == pytest.approx([rate / sum(hazards) for rate in hazards], rel=EXACT)


def test_constant_rates_match_the_closed_form(with_numpy: Ops) -> None:
    """x(t) = s^t x0 + a (1 - s^t) / (1 - s) with s = exp(-h): the sum of a geometric series.

    Its limit a / (1 - s) is Little's law in months: people present are arrivals times the mean stay.
    """
    hazards, arrivals, months_on = Hazards(1 / 36, 0.0, 0.0, 0.0, 0.0001, 0.00014), 700.0, np.arange(1, 601)
    run = path(20_000.0, np.full(600, arrivals), hazards, with_numpy)
    stays = math.exp(-sum(hazards))
    expected = stays**months_on * 20_000 + arrivals * (1 - stays**months_on) / (1 - stays)
    np.testing.assert_allclose(run.present, expected, rtol=EXACT)
    assert run.present[-1] == pytest.approx(arrivals / (1 - stays), rel=1e-6)


def test_nobody_leaves_at_zero_hazards_and_nobody_comes_from_nowhere(with_numpy: Ops) -> None:
    still = path(50.0, np.array([0.0, 3.0, 0.0]), Hazards(*[np.zeros(3)] * 6), with_numpy)
    assert still.present.tolist() == [50.0, 53.0, 53.0]
    assert np.array(still.left).tolist() == np.zeros((6, 3)).tolist()
    empty = path(0.0, np.zeros(3), Hazards(0.1, 0.0, 0.0, 0.0, 0.0, 0.0), with_numpy)
    assert empty.present.tolist() == [0.0, 0.0, 0.0]


def test_whoever_arrives_in_a_month_cannot_leave_in_it(plain: Ops) -> None:
    """Flows leave from the stock as it stood at the start: nobody moves twice in a month."""
    after, left = step(0.0, 500.0, Hazards(9.0, 0.0, 0.0, 0.0, 0.0, 0.0), plain)
    assert after == 500.0
    assert sum(left) == 0.0
