"""Systems of work and money: hours and hazards, the ledger of pay, contributions, firms, the exchange, weapons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tallystick.assess.assessment import Assessment, assess
from tallystick.assess.conditions import ConditionFigure
from tallystick.assess.hours import hours_a_year, hours_worked
from tallystick.scenarios.assumed import assumed_of
from tallystick.scenarios.exchange import Price, booked, price_of, valued
from tallystick.scenarios.executor import Where
from tallystick.scenarios.reported import outcomes_of
from tallystick.scenarios.results import Results
from tallystick.scenarios.run import run_ensembles
from tallystick.stocks.engines import plain, vectors
from tallystick.stocks.graph import fields_of
from tallystick.stocks.labour.fields import Group, Outside, Parameters
from tallystick.stocks.labour.ledger import gross
from tallystick.vocab.errors import EvidenceError, ScenarioError
from tests.assess.conftest import plant
from tests.systems.described import row
from tests.systems.real import (
    account,
    beside,
    graph,
    in_focus,
    level,
    money,
    moved,
    programme,
    pulled,
    real,
    shape,
    under,
)

RUNS = 200
PAID = ("pay_state", "pay_goods", "pay_agents", "pay_pocket", "pay_at_once", "pay_booked")


@pytest.fixture(scope="module")
def law() -> Assessment:
    cohorts = {"holdover": 3000.0, "stranded": 1000.0, "arrived_later": 2000.0}
    draws = plant(programme(), cohorts=cohorts, visas={"work": 2000.0, "study": 4000.0}, others=9000.0)
    return assess(programme(), account(), draws)


@row("Working time and hazards", system="hours_hazards", uses="K3 K9 F14")
def test_working_time_and_hazards(law: Assessment) -> None:
    """Turn hours and rest days into hours a year; refuse a 20-hour span taken as hours worked; give harm a range."""
    figures = {figure.claim: figure for figure in law.conditions.figures}
    employers, escaped = figures["belenets_hours"], figures["bbc_hours18"]
    assert hours_a_year(employers, figures["yeni_rest"]) == (12 * (365.25 - 52), 16 * (365.25 - 52))
    assert hours_a_year(escaped, figures["bbc_rest2"]) == (18 * 363.25, None)  # more than 18 is no most
    ceiling = replace(employers, low=None, high=20.0)
    assert hours_a_year(ceiling, figures["yeni_rest"]) == (None, 18 * (365.25 - 52))
    with pytest.raises(EvidenceError, match="bbc_span20 is the span of a day, not hours worked"):
        hours_a_year(figures["bbc_span20"], figures["bbc_rest2"])
    unmarked = replace(figures["bbc_span20"], span=False)  # whoever forgets to mark it is stopped all the same
    with pytest.raises(EvidenceError, match="is the span of a day"):
        hours_worked(unmarked)
    shorter = replace(figures["bbc_span20"], point=14.0)  # a span is one however long it is
    with pytest.raises(EvidenceError, match="is the span of a day"):
        hours_worked(shorter)
    assert account().observation_of("bbc_span20") is None
    years = {each.day: (each.low, each.high) for each in law.hours}
    assert years["belenets_hours"] == hours_a_year(employers, figures["yeni_rest"])
    assert years["bbc_hours18"][1] is None
    assert "kharon_hours" not in years  # without a period: no days of rest of 2017 belong to it
    assert not set(years) & {id for id, figure in figures.items() if figure.span}
    _harm_has_a_range(figures)


def _harm_has_a_range(figures: dict[str, ConditionFigure]) -> None:
    """Deaths range by what is not known and, under one draw, by chance; injuries are an assumed multiple of them."""
    means = real().run()
    dead, unfit = (moved(means, flow).sum(axis=1) for flow in ("die", "disable"))
    low, high = np.quantile(dead, (0.1, 0.9))
    assert 0 < 1.3 * low < high
    ratio = real().inputs.parameters[:, fields_of(Parameters).index("unfit_ratio")]
    np.testing.assert_allclose(unfit / dead, ratio, rtol=0.05)
    one = moved(vectors.run(graph(), real().first(), seed=5, runs=RUNS), "die").sum(axis=1)
    assert abs(one.mean() - dead[0]) < 5 * np.sqrt(dead[0] / RUNS)
    assert 0.6 < one.var() / one.mean() < 1.6  # rare and apart: as wide as a count of so many is by chance
    counted = [figure for figure in figures.values() if figure.measure == "deaths"]
    assert min(figure.low or figure.point or 0.0 for figure in counted) > 1  # counts of a year or more: no single death


@row("Pay and withholding ledger", system="pay_ledger", uses="M1 M2 F15 F16 F17 pocket agents direct_pay")
def test_pay_and_withholding_ledger() -> None:
    """Close the pay identity each month to the cent; give net in hand, booked and paid out; show the conflict of a
    levy with a wage."""
    chance = np.random.default_rng(4)
    one = real().first(24)
    run = plain.run(graph(), one, draw=lambda n, p, *_: int(chance.binomial(n, p)))
    posted = [(at, each) for at, each in enumerate(graph().transfers) if each.of.id in PAID]
    employers = graph().balance_first["employers"]
    parts = run.sums[:, [at for at, _ in posted]].sum(axis=1)
    assert (np.diff(run.money[:, employers]) == -parts).all()  # every cent that leaves an employer is in one part
    means = plain.run(graph(), one)
    for month in range(24):
        whole = means.sums[month, [at for at, _ in posted]].sum()
        assert abs(whole - _gross(one, means.people[month + 1], month)) < 0.005
        present = run.people[month + 1, slice(*graph().span("abroad"))].sum()  # six parts, each of whole cents a head
        assert abs(int(parts[month]) - 100 * _gross(one, run.people[month + 1], month)) <= 3 * present
    held = {name: int(money(run, name)[-1] - money(run, name)[0]) for name in ("pocket", "booked", "paid", "unpaid")}
    entered = int(run.sums[:, [at for at, each in posted if each.of.id == "pay_booked"]].sum())
    assert held["booked"] + held["paid"] + held["unpaid"] == entered
    assert min(held["pocket"], held["paid"], entered) > 0
    conflict = next(each for each in account().arithmetic if each.id == "take_above_wage")
    assert set(conflict.claims) >= {"rsis23_take", "rsis23_wage"}
    assert conflict.result > conflict.expected
    assert "reported and not repaired" in conflict.verdict
    claim = programme().claim
    assert (claim("rsis23_take").low, claim("rsis23_wage").point) == (7000.0, 415.0)  # as published, both


def _gross(one: object, people: np.ndarray, month: int) -> float:
    """Dollars of pay in a month, from the groups alone: what the parts have to come to."""
    groups, outside = one.groups[0], Outside(*one.outside[0, month])  # type: ignore[attr-defined]
    first, end = graph().span("abroad")
    return float(sum(people[at] * gross(outside, Group(*groups[at])) for at in range(first, end)))


@row("State contributions", system="state_contributions", uses="M3 F16")
def test_state_contributions() -> None:
    """Compare fixed sum and share; reproduce 147 million from 7,000 x 21,000 and flag the unmatched headcount."""
    checks = {each.id: each for each in account().arithmetic}
    whole = checks["take_times_workers"]
    assert whole.result == whole.expected == 7000 * 21_000 == 147_000_000
    for end in ("low", "high"):
        assert "the headcount in the sum does not match the text" in checks[f"take_times_workers_{end}"].verdict
        assert checks[f"take_times_workers_{end}"].result != whole.expected
    fixed, shares = _used("state_take_per_worker"), _used("state_take_share")
    assert len(fixed) >= 3
    assert len(shares) >= 3
    wage = programme().claim("rsis23_wage").point
    assert wage is not None
    assert all(monthly > wage for monthly in fixed.values())  # side by side: no fixed sum can be paid out of that wage
    assert all(0 < share * wage < wage for share in shares.values())  # and every share can
    _a_share_follows_pay_and_a_fixed_sum_would_not()


def _used(measure: str) -> dict[str, float]:
    """Used figures of a measure in the focus host, as the model sees them: USD a month, or a share."""
    seen = [each for each in account().observations if each.measure == measure and each.host == programme().focus.id]
    assert {each.unit for each in seen} <= {"USD/month", "share"}
    return {each.claim: next(v for v in (each.point, each.low, each.high) if v is not None) for each in seen}


def _a_share_follows_pay_and_a_fixed_sum_would_not() -> None:
    """In the model the State takes a share: where pay halves, so does its income; heads stay as they were."""
    idle, weak = real().run(), pulled("rouble", 0.5).run()
    income = [money(run, "state")[:, 1] for run in (weak, idle)]
    local = real().inputs.groups[:, graph().place("abroad", "RU.study.later.unknown"), Group._fields.index("local")]
    assert (income[0] < income[1]).all()
    assert ((income[0] / income[1] > 1 - 0.5 * local) | np.isclose(local, 0)).all()  # other hosts pay in other money
    np.testing.assert_array_equal(in_focus(weak)[:, 1], in_focus(idle)[:, 1])


@row("Enforcement by listing firms", system="listing_firms", uses="F5 F7 B7 listed list_firms import_bans")
def test_enforcement_by_listing_firms() -> None:
    """Zero effect at zero export share; effect grows with sales to states that comply; routes through other sanctioned
    states leak."""
    at_home = _effects(export_share=0.0)
    assert np.abs(at_home).max() < 1e-9
    few, most = _effects(export_share=0.5, complying_share=0.1), _effects(export_share=0.5, complying_share=0.9)
    assert (most < few).all()
    assert (few < 0).all()
    leaking = _effects(export_share=0.5, complying_share=0.9, leak_share=0.9)
    tight = _effects(export_share=0.5, complying_share=0.9, leak_share=0.0)
    assert (tight < leaking).all()
    gone = _effects(export_share=0.5, complying_share=0.9, leak_share=1.0)
    assert np.abs(gone).max() < 1e-9


def _effects(**firms: float) -> np.ndarray:
    """By how much listing firms and their buyers changes departures in every draw, for firms of this kind."""
    off = {"B7": 0.0}
    both = under("list_firms_and_buyers").but(loops=off, **firms), real().but(loops=off, **firms)
    sent = [moved(one.run(), "depart").sum(axis=1) for one in both]
    return np.asarray(sent[0] - sent[1])


@row("Arms-for-labour exchange", system="arms_for_labour", uses="V2 M3 F5 exchange R3 payment_in_kind")
def test_arms_for_labour_exchange(law: Assessment, cache_folder: Path) -> None:
    """Book both directions in own units; value in money only with a stated price and range; judge goods by direction
    and kind."""
    found = _two(cache_folder)
    entries = booked(found, "payment_in_kind", 2030)
    _cash_is_booked_net_of_goods(found)
    units = {(each.kind, each.given_by): each.unit for each in entries}
    assert units == {
        ("labour", "sender"): "person", ("arms", "sender"): "round", ("military builders", "sender"): "person",
        ("money", "host"): "USD", ("technology", "host"): "transfer", ("cover", "host"): "act",
        ("food", "host"): "tonne", ("fuel", "host"): "barrel", ("machinery", "host"): "USD",
    }  # fmt: skip
    sent = [each for each in entries if each.kind != "military builders"]  # of whom this scenario sends none
    assert all(min(each.figures.all.quantiles) > 0 for each in sent)
    rounds = next(each for each in entries if each.kind == "arms")
    assumed = assumed_of(programme().tables)
    stated = {kind: price_of(kind, assumed) for kind in {each.kind for each in entries}}
    assert {kind for kind, price in stated.items() if price is not None} == {"arms", "food", "fuel"}
    assert all(price.low < price.median < price.high and price.basis for price in stated.values() if price is not None)
    assert {each.kind for each in entries} <= {passage.kind for passage in law.exchange}
    price = Price(unit="USD/round", low=200.0, median=500.0, high=1200.0, basis="assumed")
    worth = valued(rounds, price)
    assert worth.low < worth.median < worth.high
    with pytest.raises(ScenarioError, match="the price has no range"):
        valued(rounds, replace(price, high=500.0))
    with pytest.raises(ScenarioError, match="says nothing of rounds"):
        valued(rounds, replace(price, unit="USD/tonne"))
    with pytest.raises(ScenarioError, match="rests on nothing"):
        valued(rounds, replace(price, basis=""))
    assert not any(each.unit == "USD" and "munitions" in each.id for each in outcomes_of(shape()))
    _goods_are_judged_by_direction_and_kind(law)


def _cash_is_booked_net_of_goods(found: Results) -> None:
    """Nothing is booked as cash and as goods at once; without goods, cash is all that the State takes."""
    for scenario, is_all in (("as_it_goes", True), ("payment_in_kind", False)):
        cash = next(each for each in booked(found, scenario, 2030) if each.kind == "money").figures.all
        take = found.level(scenario, "state_income_since", 2030).all
        if is_all:
            assert cash.quantiles == take.quantiles
        else:  # seven tenths are paid in goods from July of the first year on
            assert 0.3 < cash.median / take.median < 0.5
    assert {each.kind for each in booked(found, "as_it_goes", 2030) if each.everywhere} == {"food", "fuel", "machinery"}


def _two(kept: Path) -> Results:
    inputs = {name: under(name).inputs for name in ("as_it_goes", "payment_in_kind")}
    inputs = {name: replace(each, beside=beside(each.draws)) for name, each in inputs.items()}
    return run_ensembles(
        graph(), inputs, outcomes_of(shape()), seed=1, runs=40, first_year=2026, baseline="as_it_goes",
        where=Where(kind="threads"), kept=kept,
    )  # fmt: skip


def _goods_are_judged_by_direction_and_kind(law: Assessment) -> None:
    given = {passage.kind: (passage.given_by, passage.law) for passage in law.exchange}
    host = programme().focus.name
    assert given["food"] == (host, ("L34",))
    assert given["fuel"] == (host, ("L32", "L33"))
    assert given["machinery"] == (host, ("L35",))
    assert {passage.status for passage in law.exchange} == {"asserted"}
    judged = {name: {f.outcome for f in law.of(f"pay-in-{name}") if f.host == "RU"} for name in ("food", "machinery")}
    assert judged == {"food": {"not_applicable"}, "machinery": {"undetermined"}}


@row("Weapons funding", system="weapons_funding", uses="M3 weapons need R2")
def test_weapons_funding(law: Assessment) -> None:
    """Trace M3 to a claim; report the link to weapons as asserted, never as measured."""
    income = next(each for each in programme().tables["system"]["element"] if each["id"] == "M3")
    assert "rsis23_rev_ru" in income["evidence"]
    for posting in (each for each in graph().text.postings if each.target in ("state", "goods")):
        traced = [programme().claim(id) for id in posting.evidence if id in {each.id for each in programme().claims}]
        assert traced, posting.id
        assert all(each.url and each.published_by and account().origin_of(each.id) for each in traced)
    link = [each for each in programme().statements if each.id in ("rsis23_s47", "perspective18_s26")]
    assert len(link) == 2
    elements = {each["id"]: each for each in programme().tables["system"]["element"]}
    assert "assumed" in elements["weapons"]["status"]
    assert "assumed" in elements["R2"]["status"]
    assert not any("weapon" in each.id + each.name for each in outcomes_of(shape()))
    assert not any("weapon" in measure for measure in {each.measure for each in account().observations})
    passage = next(each for each in law.exchange if each.kind == "money")
    assert (passage.status, passage.amounts) == ("asserted", ())
    off, on = real().but(loops={"R2": 0.0}, income_weapons=2.0).run(), real().but(loops={"R2": 0.0}).run()
    np.testing.assert_array_equal(moved(off, "depart"), moved(on, "depart"))  # cut, the index moves nobody
    assert (level(on, "weapons")[:, 0] == 1).all()
