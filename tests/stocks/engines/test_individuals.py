"""Promise: persons followed one by one are the ensemble's people, to the cent, and each one's account closes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.stocks.engines import compiled, individuals
from tallystick.stocks.engines.individuals import Histories, Keep, Personal
from tallystick.stocks.engines.persons.places import Milestone
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.text import Account, Carriage, Number, Posting
from tallystick.vocab.errors import ModelError
from tests.stocks import small

RUNS = 800  # of each engine; the power that they give is tested, not guessed
TOO_FAR = 4.6  # standard errors; 60 comparisons of equal engines pass it about once in 1,600 tries
AT = (6, 18, 35)  # months compared
LOAN, REPAID, BOOKED = 1_200_00, 250_00, 150_00  # cents


def loan(_s: Number, _o: Number, p: Number, _g: Number, _ops: Number) -> Number:
    """Assumed."""
    return p.fee * 10


def repay(_s: Number, _o: Number, p: Number, _g: Number, _ops: Number) -> Number:
    """Assumed."""
    return p.wage * 0.5


TEXT = small.altered(
    accounts=(
        *small.ACCOUNTS,
        Account(id="lenders", symbol="L", doc="assumed", is_boundary=True),
        Account(id="debt", symbol="M2", doc="assumed", held_by="abroad"),
    ),
    postings=(
        *small.POSTINGS,
        Posting(id="loan", symbol="M2", source="lenders", target="debt", per="depart", amount=loan),
        Posting(id="repay", symbol="M2", source="debt", target="lenders", per="abroad", amount=repay),
    ),
    carriages=(
        *small.CARRIAGES,
        *(Carriage(id=f"forgive_{flow}", symbol="M2", account="debt", flow=flow, target="lenders")
          for flow in ("end", "die")),
        Carriage(id="keep_debt", symbol="M2", account="debt", flow="move", target="debt"),
    ),
)  # fmt: skip
GRAPH = Graph(TEXT)
MONEY = [0, 0, 1000, 2000.55, 0, 0, 0, 5000, 7000.01]
COVERED, CLEARED = Milestone(id="covered", owed="debt", by="owed"), Milestone(id="cleared", owed="debt")
ALL = ("abroad", "depart", "move", "end", "die", "book", "take", "fee", "loan", "repay", "pay_out", "pay_out.rest",
       "lose", "owed", "debt")  # fmt: skip
KEEP = Keep(inside=("abroad",), tallies=ALL, milestones=(COVERED, CLEARED))


def inputs(months: int = 36, **changes: Any) -> Inputs:
    return small.inputs(months, **({"money": [MONEY]} | changes))


def run(seed: int = 1, given_inputs: Inputs | None = None, **options: Any) -> Histories:
    return individuals.run(GRAPH, given_inputs or inputs(), seed=seed, **options)


def total(histories: Histories, id: str) -> int:
    """Cents of all transfers of a posting or carriage over the whole run."""
    places = [place for place, each in enumerate(GRAPH.transfers) if each.of.id == id]
    return int(histories.path.sums[:, places].sum())


@pytest.mark.parametrize(
    "personal", [Personal(), Personal(varied=("book", "fee"), sd=0.4, capped=("repay",))], ids=["equal", "personal"]
)
def test_plain_python_and_numba_give_the_same_histories_to_the_bit(personal: Personal) -> None:
    start = inputs(24, people=[[400, 50, 70, 0, 0]])
    first, second = (run(3, start, keep=KEEP, personal=personal, is_plain=each) for each in (False, True))
    for name in ("people", "money", "level", "movers", "sums"):
        np.testing.assert_array_equal(getattr(first.path, name), getattr(second.path, name))
    np.testing.assert_array_equal(first.held, second.held)
    for one, other in zip(first.spells[:5], second.spells[:5], strict=True):
        np.testing.assert_array_equal(one, other)
    for name in ALL:
        np.testing.assert_array_equal(first.spells.tallies[name], second.spells.tallies[name])
    for name in ("covered", "cleared"):
        np.testing.assert_array_equal(first.spells.milestones[name], second.spells.milestones[name])
    assert len(first.spells.left) > 200


def _of_persons(start: Inputs) -> tuple[np.ndarray, np.ndarray]:
    runs = [each.path for each in individuals.many(GRAPH, start, seed=5, first=0, runs=RUNS)]
    return np.array([each.people[[*AT]] for each in runs]), np.array([each.money[[*AT]] for each in runs])


def _apart(one: np.ndarray, other: np.ndarray) -> float:
    """The largest distance of the means of two ensembles, in standard errors."""
    one, other = one.reshape(RUNS, -1).astype(float), other.reshape(RUNS, -1).astype(float)
    error = np.sqrt((one.var(0) + other.var(0)) / RUNS)
    return float(np.abs((one.mean(0) - other.mean(0)) / (error + (error == 0))).max())


def _spread_apart(one: np.ndarray, other: np.ndarray) -> float:
    """The same of their variances."""
    squares = [(each - each.mean(0)) ** 2 for each in (one.astype(float), other.astype(float))]
    return _apart(squares[0], squares[1])


def test_persons_are_the_ensembles_people_and_two_percent_of_one_rate_would_show() -> None:
    """Means and variances of all strata, and means of all balances, at three months, 800 runs of each engine.

    Balances vary a little otherwise by design: leavers take what is theirs, not an average. Power: the same comparison
    with the return rate of one stratum 2 % higher, and with the rate of departure 2 % higher.
    """
    start = inputs()
    ensemble = compiled.trajectories(GRAPH, start, seed=6, first=0, runs=RUNS)
    people, money = _of_persons(start)
    assert _apart(people, ensemble.people[:, AT]) < TOO_FAR
    assert _spread_apart(people, ensemble.people[:, AT]) < TOO_FAR
    assert _apart(money, ensemble.money[:, AT]) < TOO_FAR
    groups = start.groups.copy()
    groups[0, 2, 1] *= 1.02
    changed, _ = _of_persons(replace(start, groups=groups))
    assert _apart(changed, ensemble.people[:, AT]) > TOO_FAR
    waits = start.parameters.copy()
    waits[0, 0] /= 1.02
    changed, _ = _of_persons(replace(start, parameters=waits))
    assert _apart(changed, ensemble.people[:, AT]) > TOO_FAR


def test_a_constant_rate_is_survived_as_the_closed_form_says() -> None:
    """exp(-h k) of those who start are left after k months: within 4.5 standard errors of a binomial share."""
    size = 200_000
    groups = np.array([[[0, 0, 0], [1, 0, 0], [0, 0.1, 0.02], [0, 0, 0], [0, 0, 0]]], float)
    left = run(2, inputs(24, people=[[0, 0, size, 0, 0]], groups=groups)).path.people[:, 2]
    share = np.exp(-0.12 * np.arange(25))
    error = np.sqrt(size * share * (1 - share)) + 1e-9
    assert (np.abs(left - size * share) < 4.5 * error).all()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=st.lists(st.integers(0, 400), min_size=5, max_size=5),
    cents=st.lists(st.integers(-(10**9), 10**9), min_size=9, max_size=9),
    ends=st.lists(st.floats(0, 5), min_size=2, max_size=2),
    harms=st.lists(st.floats(0, 1), min_size=2, max_size=2),
    wage=st.floats(0, 1e4), paid=st.floats(0, 1), sd=st.floats(0, 2), is_capped=st.booleans(), seed=st.integers(0, 99),
)  # fmt: skip
def test_nobody_and_no_cent_appears_or_vanishes(
    people: list[int], cents: list[int], ends: list[float], harms: list[float], wage: float, paid: float, sd: float,
    is_capped: bool, seed: int,
) -> None:  # fmt: skip
    groups = [[[0, 0, 0], [1, ends[0], harms[0]], [0, ends[1], harms[1]], [0, 0, 0], [0, 0, 0]]]
    cents[2:4] = map(abs, cents[2:4])  # what is owed feeds a rate, whose range begins at nothing owed
    start = inputs(
        12, people=[people], money=[[each / 100 for each in cents]], groups=groups,
        parameters=[[2, wage, 500, 1e6, paid, 0.9, 0.001, 120, 1]],
    )  # fmt: skip
    personal = Personal(varied=("book", "fee"), sd=sd, capped=("repay",) if is_capped else ())
    histories = run(seed, start, keep=KEEP, personal=personal)
    assert (histories.path.people >= 0).all()
    assert (histories.path.people.sum(1) == sum(people)).all()
    assert (histories.path.money.sum(1) == sum(cents)).all()
    _holdings_close(histories)
    _spells_close(histories)


def _holdings_close(histories: Histories) -> None:
    """What persons hold, and what nobody owns, is what the balances of the path say."""
    for stratum in (1, 2):
        persons = histories.where == stratum
        assert persons.sum() == histories.path.people[-1, stratum]
        for slot, account in enumerate(("owed", "debt")):
            balance = GRAPH.balance_first[account] + stratum - 1
            own = int(histories.held[persons, slot].sum())
            assert own + histories.common[balance] == histories.path.money[-1, balance]
            assert 0 <= histories.common[balance] < persons.sum() or not persons.any()


def _spells_close(histories: Histories) -> None:
    """Tallies of all spells, ended or not, are the run's totals."""
    tallies = histories.spells.tallies
    for id in ("book", "take", "fee", "loan", "repay", "pay_out", "lose"):
        assert tallies[id].sum() == total(histories, id)
    assert tallies["abroad"].sum() == histories.path.people[1:, 1:3].sum()
    for flow in ("depart", "move", "end", "die"):
        assert tallies[flow].sum() == histories.path.movers[:, list(GRAPH.edges_of(flow))].sum()
    ended = histories.spells.route >= 0
    assert ended.sum() == histories.path.people[-1, 3:].sum() - histories.path.people[0, 3:].sum()


def test_each_spell_is_an_account_that_closes() -> None:
    histories = run(4, keep=KEEP)
    _holdings_close(histories)
    _spells_close(histories)
    spells, tallies = histories.spells, histories.spells.tallies
    new = (spells.joined >= 0) & (spells.route >= 0)
    assert new.sum() > 5000
    np.testing.assert_array_equal(tallies["abroad"][new], (spells.left - spells.joined)[new])
    np.testing.assert_array_equal(tallies["book"], BOOKED * tallies["abroad"])
    extra = tallies["owed"] - tallies["book"]  # only what fell to all: a cent at most now and then
    assert (np.abs(extra[new]) <= 5).all()
    given_out = tallies["pay_out"] + tallies["pay_out.rest"] + tallies["lose"]
    np.testing.assert_array_equal(given_out[new], tallies["owed"][new])
    home = new & (tallies["end"] == 1)
    np.testing.assert_array_equal(tallies["pay_out"][home], np.floor(tallies["owed"][home] * 0.4))
    assert (tallies["loan"][new] == LOAN).all()


def test_a_debt_is_covered_in_the_month_that_arithmetic_says() -> None:
    """150 booked a month cover 1,200 less 250 repaid a month after three months; 1,200 are cleared after five."""
    histories = run(4, keep=KEEP)
    spells = histories.spells
    new = spells.joined >= 0
    stay = (spells.left - spells.joined)[new]
    for name, month_ends in (("covered", 3), ("cleared", 5)):
        found = spells.milestones[name][new] - spells.joined[new] + 1
        assert (found[stay >= month_ends] == month_ends).all()
        assert (spells.milestones[name][new][stay < month_ends] == -1).all()
        assert (stay >= month_ends).sum() > 5000 > 50 < (stay < month_ends).sum()


def test_nobody_repays_more_than_they_owe_where_that_is_asked_for() -> None:
    free, capped = run(4, keep=KEEP), run(4, keep=KEEP, personal=Personal(capped=("repay",)))
    assert (free.spells.tallies["debt"] < 0).any()
    assert (capped.spells.tallies["debt"] >= 0).all()
    new, stay = capped.spells.joined >= 0, capped.spells.left - capped.spells.joined
    np.testing.assert_array_equal(capped.spells.tallies["repay"][new], np.minimum(REPAID * stay[new], LOAN))
    np.testing.assert_array_equal(capped.spells.milestones["cleared"][new], free.spells.milestones["cleared"][new])
    np.testing.assert_array_equal(capped.path.people, free.path.people)


def test_pay_differs_between_persons_by_as_much_as_asked_and_on_average_by_nothing() -> None:
    """A factor of mean 1 and standard deviation 0.5, fixed for life: 12,000 persons, four standard errors."""
    histories = run(4, keep=KEEP, personal=Personal(varied=("book",), sd=0.5))
    tallies = histories.spells.tallies
    there = tallies["abroad"] > 0
    factor = tallies["book"][there] / (BOOKED * tallies["abroad"][there])
    assert abs(factor.mean() - 1) < 4 * 0.5 / np.sqrt(len(factor))
    assert abs(np.log(factor).std() - np.sqrt(np.log(1.25))) < 0.02
    np.testing.assert_array_equal(tallies["take"], 350_00 * tallies["abroad"])
    _holdings_close(histories)
    equal = run(4, keep=KEEP, personal=Personal(varied=("book",), sd=0.0))
    np.testing.assert_array_equal(equal.path.money, run(4).path.money)


def test_the_same_seed_gives_the_same_histories_whatever_the_threads_and_what_is_kept() -> None:
    alone = [each.path.money for each in individuals.many(GRAPH, inputs(), seed=9, first=3, runs=4)]
    beside = [each.path.money for each in individuals.many(GRAPH, inputs(), seed=9, first=3, runs=4, threads=3)]
    np.testing.assert_array_equal(alone, beside)
    np.testing.assert_array_equal(alone[1], run(9, run=4, keep=KEEP).path.money)
    assert not np.array_equal(alone[0], alone[1])


def test_rows_that_run_out_only_when_the_run_is_closed_are_added() -> None:
    few = inputs(1, people=[[10_000, 499, 499, 0, 0]])  # there are rows for a thousand spells at first
    histories = run(1, few, keep=KEEP)
    assert len(histories.spells.left) > 1000
    assert histories.path.people[-1, 1:3].sum() > 1000


def test_faults_are_named() -> None:
    bad = inputs().groups.copy()
    bad[0, 1, 1] = -0.5
    with pytest.raises(ModelError, match=r"Group\.leave: is -0\.5, outside 0 to 5"):
        run(1, inputs(groups=bad))
    shares = inputs().parameters.copy()
    shares[0, 4] = 1.5
    with pytest.raises(ModelError, match=r"Parameters\.paid: is 1\.5, outside 0 to 1"):
        run(1, inputs(parameters=shares))
    with pytest.raises(ModelError, match="needs rows for more than 1,500 persons"):
        run(1, most=1500)
    for keep, problem in (
        (Keep(inside=("pool",)), "is a boundary"),
        (Keep(inside=("nowhere",)), "asked for in inside"),
        (Keep(tallies=("book",)), "but of no spell"),
        (Keep(inside=("abroad",), tallies=("books",)), "asked for in tallies"),
        (Keep(inside=("abroad",), tallies=("state",)), "held by nobody"),
        (Keep(inside=("abroad",), milestones=(Milestone(id="x", owed="debts"),)), "does not have"),
    ):
        with pytest.raises(ModelError, match=problem):
            run(1, keep=keep)
    for personal, problem in (
        (Personal(varied=("books",), sd=1), "asked for in varied"),
        (Personal(capped=("loan",)), "paid per mover"),
        (Personal(capped=("take",)), "nobody's own"),
        (Personal(sd=-1), "personal spread of -1"),
    ):
        with pytest.raises(ModelError, match=problem):
            run(1, personal=personal)
