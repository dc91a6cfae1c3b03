"""Each lever does what it says, of the size that it states, and nothing else. Means of 40 draws, where not said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tallystick.scenarios.baseline import weights_of
from tallystick.scenarios.levers import inputs_under
from tallystick.scenarios.outcomes import LaidOut, Outcome, Sum
from tallystick.scenarios.scenario import SERIES, Drive, Lever, Pull, Scenario, drivers_of
from tallystick.stocks.engines import vectors
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour import fields
from tallystick.vocab.errors import ScenarioError
from tests.systems import real
from tests.systems.real import Real, in_focus, level, money, moved, people, pulled, under

Array = NDArray[np.float64]
JULY = real.MONTHS.index("2026-07")
END_2027, END_2029 = real.MONTHS.index("2027-12") + 1, real.MONTHS.index("2029-12") + 1


def at_rest(one: Real) -> Real:
    """With every loop cut."""
    return one.but(loops=dict.fromkeys(fields.Loops._fields, 0.0))


def known(name: str) -> Array:
    return np.asarray(real.base().beside[name])


def scenario(*pulls: Pull) -> Scenario:
    return Scenario(
        id="one", name="one", question="?", says="", belief="", caution="", pulls=pulls, evidence=(), text=""
    )


def pull(lever: str, strength: float, start: str = "2026-01", until: str = "", over: int = 0) -> Pull:
    return Pull(lever=lever, strength=strength, start=start, until=until, over_months=over)


def drive(driver: str, level: float, *, is_factor: bool = False, start: str = "2026-07", until: str = "") -> Scenario:
    """A scenario that sets one driver of the programme that ships."""
    acts = drivers_of(real.programme().tables["scenarios"])[driver].acts
    one = Drive(
        driver=driver, name=driver, acts=acts, unit="1", level=level, is_factor=is_factor, start=start, until=until,
        over_months=0,
    )  # fmt: skip
    return replace(scenario(), drives=(one,))


def driven(*named: Any, **options: Any) -> Real:
    return Real(inputs_under(real.base(), drive(*named, **options), real.levers()))


def route_weights(inputs: Inputs, start: str) -> Array:
    """(draw, month, route) weights of the weighted routes whose names begin so."""
    graph = real.graph()
    places = [at for at, place in enumerate(graph.weighted) if graph.routes[place].startswith(start)]
    assert places
    return inputs.weight[:, :, places]


def test_listing_does_nothing_to_who_sells_only_at_home() -> None:
    same, listed = (one.but(export_share=0.0).run() for one in (real.real(), under("list_firms_and_buyers")))
    assert (level(listed, "listed")[:, -1] > level(same, "listed")[:, -1] + 0.3).all()
    assert people(listed, "abroad") == pytest.approx(people(same, "abroad"), rel=1e-12)


def test_listing_bites_with_sales_to_complying_states_and_leaks_weaken_it() -> None:
    def effect(**parameters: float) -> Array:
        same, listed = (one.but(**parameters).run() for one in (real.real(), under("list_firms_and_buyers")))
        return in_focus(listed)[:, -1] - in_focus(same)[:, -1]

    few, half, most = (effect(export_share=0.5, complying_share=share) for share in (0.1, 0.5, 0.9))
    assert (most < half).all()
    assert (half < few).all()
    assert (few < 0).all()
    assert (effect(export_share=0.5, complying_share=0.5, leak_share=0.9) > half).all()


def test_a_closed_study_visa_keeps_the_rest_away_and_sends_the_relabelled_on_other_visas() -> None:
    def by_visa(one: Real, visa: str) -> Array:
        shape, path = real.shape(), at_rest(one).run()
        routes = [real.graph().routes.index(f"depart: selected/RU > abroad/{shape.later(visa)}")]
        return np.asarray(path.movers[:, JULY, routes].sum(axis=-1))

    before, after = ({visa: by_visa(one, visa) for visa in real.shape().visas} for one in (
        real.real(), under("study_visas_closed")
    ))  # fmt: skip
    again = known("visa_relabelled")
    assert after["study"] == pytest.approx(0, abs=1e-9)
    assert after["other"] - before["other"] == pytest.approx(again * before["study"], rel=0.02)
    assert after["work"] == pytest.approx(before["work"], rel=0.02)
    lost = sum(before.values()) - sum(after.values())
    assert lost == pytest.approx((1 - again) * before["study"], rel=0.05)


def test_relabelling_alone_changes_no_count_of_resolution_2397() -> None:
    """Everybody refused comes on another visa: as many are there past the deadline, month by month."""
    base = real.base()
    every = replace(base, beside={**base.beside, "visa_relabelled": np.ones(real.DRAWS)})
    closed = Real(inputs_under(every, scenario(pull("close_visas", 1.0, "2026-07")), real.levers())).run()
    same = real.real().run()
    assert people(closed, "abroad") == pytest.approx(people(same, "abroad"), rel=1e-9)
    on_study = [name for name in real.shape().in_focus if ".study." in name]
    assert (people(closed, "abroad", *on_study)[:, -1] < 0.5 * people(same, "abroad", *on_study)[:, -1]).all()


CLASSES = ("study", "other", "work")
CLOSINGS = {
    f"close_{visa}": Lever(
        id=f"close_{visa}", name=visa, acts=f"close_visa:{visa}", unit="1", low=0, high=1, hosts=(), says=""
    )
    for visa in CLASSES
}  # fmt: skip


def closing(*visas: str, strength: float = 1.0) -> Inputs:
    pulls = (pull(f"close_{visa}", strength, "2026-01") for visa in visas)
    return inputs_under(real.base(), scenario(*pulls), CLOSINGS)


def on_visa(inputs: Inputs, visa: str) -> Array:
    return route_weights(inputs, f"depart: selected/RU > abroad/{real.shape().later(visa)}").sum(axis=-1)


def test_nobody_comes_on_a_class_that_a_second_lever_closes() -> None:
    """In whichever order they are named: those refused twice come on a class that stays open, or not at all."""
    for order in (("study", "other"), ("other", "study")):
        closed = closing(*order)
        assert on_visa(closed, "study").max() == on_visa(closed, "other").max() == 0
        assert on_visa(closed, "work").min() > 0
        assert closed.weight == pytest.approx(closing("study", "other").weight)


def test_all_classes_closed_send_nobody_and_divide_by_nothing() -> None:
    closed = closing(*CLASSES)
    assert np.isfinite(closed.weight).all()
    assert route_weights(closed, "depart: selected/RU").max() == 0
    half = closing(*CLASSES, strength=0.5)
    assert route_weights(half, "depart: selected/RU").min() >= 0
    assert np.isfinite(half.weight).all()


def test_a_sender_that_means_to_send_nobody_anywhere_sends_nobody() -> None:
    base, nobody = real.base(), np.zeros((real.DRAWS, len(real.MONTHS)))
    plan = replace(base.plan, arrivals=dict.fromkeys(real.shape().hosts, nobody))
    assert (weights_of(base, plan) == 0).all()


def test_whom_one_host_refuses_the_other_gets_in_part() -> None:
    same, refused = real.real().run(), under("china_stops").run()
    extra = (moved(refused, "depart") - moved(same, "depart"))[:, JULY:].sum(axis=1)
    sent = sum(moved(refused, flow) - moved(same, flow) for flow in ("depart", "depart_elsewhere"))[:, JULY:].sum(
        axis=1
    )
    shut_out = real.base().plan.arrivals["CN"][:, JULY:].sum(axis=1)
    assert (extra > 0).all()
    assert (-sent < 0.9 * shut_out).all()
    assert np.median(sent) < 0
    to_china = real.graph().routes.index("depart_elsewhere: selected/CN > abroad/CN")
    assert refused.movers[:, JULY:, to_china].max() == 0


def test_full_compliance_stops_departures_and_empties_all_hosts_in_the_stated_time() -> None:
    path = under("full_compliance").run()
    full = JULY + 6  # months over which the scenario grows
    for flow in ("depart", "depart_elsewhere"):
        assert moved(path, flow)[:, full:].max() == 0
        assert moved(path, flow)[:, JULY - 1].min() > 0
    there = people(path, "abroad")
    left = there[:, full + 15] / there[:, JULY]
    assert np.median(left) < 0.1
    assert np.median(there[:, -1]) < 0.01 * np.median(there[:, JULY])


def test_full_compliance_reports_booked_pay_lost_and_says_whom_return_endangers() -> None:
    lost = [money(one.run(), "unpaid")[:, END_2027] for one in (under("full_compliance"), real.real())]
    assert (lost[0] > lost[1]).all()
    caution = real.scenarios()["full_compliance"].caution
    for said in ("grave harm", "booked pay", "sends everybody home"):
        assert said in caution


def test_direct_pay_pays_workers_and_lets_the_debt_to_them_melt() -> None:
    same, direct = real.real().run(), under("direct_pay").run()
    assert money(same, "at_once")[:, -1].max() == 0
    assert (money(direct, "at_once")[:, -1] > 0).all()
    assert (money(direct, "booked")[:, -1] < 0.2 * money(same, "booked")[:, -1]).all()
    assert (money(direct, "state")[:, -1] < money(same, "state")[:, -1]).all()


def test_payment_in_kind_books_the_same_value_in_goods_at_the_stated_prices() -> None:
    same, kind = real.real().run(), under("payment_in_kind").run()
    goods = money(kind, "goods")[:, -1]
    assert goods + money(kind, "state")[:, -1] == pytest.approx(money(same, "state")[:, -1], rel=1e-9)
    value = level(kind, "machinery") + sum(
        level(kind, name) * known(f"price_{name}")[:, None] for name in ("food", "fuel")
    )
    assert value[:, -1] == pytest.approx(goods, rel=0.03)  # goods follow those there at the month's start
    assert people(kind, "abroad") == pytest.approx(people(same, "abroad"), rel=1e-12)


def test_devaluation_takes_from_state_income_only_what_is_paid_in_that_currency() -> None:
    same, fallen = real.real().run(), under("rouble_halves").run()
    groups, graph = real.base().inputs.groups, real.graph()
    there = same.people[:, JULY + 1, slice(*graph.span("abroad"))]
    take = [
        (there * groups[:, slice(*graph.span("abroad")), fields.Group._fields.index(name)]).sum(axis=1)
        for name in ("take_firm", "take_local")
    ]
    income = [np.diff(money(each, "state"), axis=1)[:, JULY] for each in (same, fallen)]
    assert income[0] == pytest.approx(take[0] + take[1])
    assert income[1] == pytest.approx(take[0] + 0.5 * take[1])


def test_a_ceasefire_after_which_the_labour_stays_changes_one_region_and_nothing_else() -> None:
    base, stays = real.base().inputs, under("ceasefire_labour_stays").inputs
    for name in ("outside", "groups", "people", "money", "level", "parameters"):
        assert np.array_equal(getattr(base, name), getattr(stays, name)), name
    to_china = "depart_elsewhere: selected/CN"
    assert np.array_equal(route_weights(base, to_china), route_weights(stays, to_china))
    donbas = [real.shape().later(visa, "donbas") for visa in real.shape().visas]
    path = at_rest(under("ceasefire_labour_stays")).run()
    assert people(path, "abroad", *donbas)[:, -1] == pytest.approx(2000, rel=0.05)
    assert people(path, "abroad", *donbas)[:, real.MONTHS.index("2026-12")].max() == 0


def test_a_ceasefire_with_which_demand_falls_leaves_fewer_jobs_and_draws_fewer() -> None:
    same, falls = real.real().run(), under("ceasefire_demand_falls").run()
    jobs = level(falls, "vacancies")[:, -1] / level(same, "vacancies")[:, -1]
    assert np.median(jobs) == pytest.approx(0.6, abs=0.05)
    assert (moved(falls, "depart")[:, -1] < moved(same, "depart")[:, -1]).all()
    assert moved(falls, "end_of_term")[:, -24:].sum() < moved(same, "end_of_term")[:, -24:].sum()  # nobody is sent home


def test_kursk_builders_are_counted_apart_from_workers() -> None:
    same, sent = real.real().run(), pulled("kursk_builders", 5000).run()
    assert np.array_equal(people(sent, "abroad"), people(same, "abroad"))
    assert people(same, "builders").max() == 0
    assert people(sent, "builders")[:, 12:] == pytest.approx(5000, rel=0.02)


def test_donbas_grows_from_150_to_ten_thousand_without_a_dip() -> None:
    donbas = [real.shape().later(visa, "donbas") for visa in real.shape().visas]
    there = people(at_rest(under("kursk_and_donbas")).run(), "abroad", *donbas)
    until = real.MONTHS.index("2026-12") + 1
    assert there[:, JULY + 1 : until + 1] == pytest.approx(150, rel=0.02)
    assert (np.diff(there[:, until : END_2029 + 1], axis=1) > 0).all()
    assert there[:, END_2029] == pytest.approx(10_000, rel=0.05)


def test_donbas_reaches_its_number_in_runs_with_chance() -> None:
    """32 runs of one draw: their mean is the target, within three standard errors and the 5 % of the means."""
    one = at_rest(under("kursk_and_donbas")).inputs.of_draw(0)
    path = vectors.run(real.graph(), one, seed=3, runs=32)
    donbas = [real.shape().later(visa, "donbas") for visa in real.shape().visas]
    there = people(path, "abroad", *donbas)[:, END_2029]
    assert abs(there.mean() - 10_000) < 3 * there.std() / np.sqrt(32) + 500


def test_news_makes_people_withdraw_and_publicity_hardly() -> None:
    same, news, publicity = (one.run() for one in (real.real(), under("word_gets_home"), under("publicity")))
    runs = (same, news, publicity)
    given_up = [moved(run, "withdraw").sum(axis=1) / people(run, "selected").sum(axis=1) for run in runs]
    assert (given_up[1] > given_up[0]).all()
    assert np.median(given_up[1] / given_up[0]) > 1.05
    assert np.median(given_up[2] - given_up[0]) < 0.3 * np.median(given_up[1] - given_up[0])


@pytest.mark.parametrize(
    ("lever", "sign"),
    [
        ("demand_compliance", -1), ("list_firms", -1), ("import_bans", -1), ("close_visas", -1),
        ("council_action", -1), ("lighten_sanctions", 1), ("chinese_enforcement", 1), ("publicity", -1),
        ("news_at_home", -1), ("end_of_war", -1),
    ],
)  # fmt: skip
def test_twice_the_strength_does_more_of_the_same(lever: str, sign: int) -> None:
    same = in_focus(real.real().run())[:, -1]
    weak, strong = (sign * (in_focus(pulled(lever, by).run())[:, -1] - same) for by in (0.4, 0.8))
    assert (weak > 0).all()
    assert (strong > weak).all()


def test_a_scenario_of_strength_zero_is_the_baseline_run_by_run() -> None:
    """Every lever that runs, all at once, at strength 0: with the same seed no figure of any run differs."""
    nothing = [pull(id, 0.0) for id, one in real.levers().items() if one.acts]
    assert len(nothing) >= 15
    inputs = inputs_under(real.base(), scenario(*nothing), real.levers())
    runs = [vectors.run(real.graph(), each, seed=9, runs=12) for each in (real.base().inputs, inputs)]
    for part in ("people", "money", "level", "movers", "sums"):
        assert np.array_equal(getattr(runs[0], part), getattr(runs[1], part)), part


def test_the_same_chances_make_effects_far_more_certain() -> None:
    """One draw, 150 runs: the variance of an effect against that between runs with other chances."""
    outcomes = (Outcome(id="there", name="there", unit="person", sums=(Sum(of="abroad"),)),)

    def there(inputs: Inputs, seed: int) -> Array:
        one = inputs.of_draw(0)
        laid_out = LaidOut(real.graph(), outcomes, one)
        sums = vectors.yearly(real.graph(), one, laid_out.terms(), seed=seed, first=0, runs=150)
        return laid_out.values(sums, np.zeros(150, np.int64))[:, -1, 0]

    base, news = real.base().inputs, under("word_gets_home").inputs
    same, other, scene = there(base, 1), there(base, 2), there(news, 1)
    ratio = (scene - same).var() / (scene - other).var()
    assert ratio < 0.1  # 0.02 in 600 runs


def test_every_series_that_a_driver_may_set_is_an_input_from_outside_and_no_lever() -> None:
    assert set(SERIES) <= set(fields.Outside._fields) - set(fields.LEVERS)
    assert {each.acts.partition(":")[0] for each in drivers_of(real.programme().tables["scenarios"]).values()} == {
        *SERIES, "plan",
    }  # fmt: skip


def test_a_closed_border_keeps_everybody_where_they_are_until_it_opens() -> None:
    same, shut = real.real().run(), driven("border", 0.0, until="2026-12").run()
    closed = slice(JULY, JULY + 6)
    for flow in ("depart", "depart_elsewhere", "end_of_term", "ordered_return"):
        assert moved(same, flow)[:, closed].sum() > 0
        assert moved(shut, flow)[:, closed].max() == 0
    assert (moved(shut, "depart")[:, JULY + 6] > 0).all()
    assert np.array_equal(moved(shut, "depart")[:, :JULY], moved(same, "depart")[:, :JULY])


def test_a_war_that_asks_for_more_hands_leaves_more_jobs_open_and_draws_more() -> None:
    same, more, less = real.real().run(), driven("war", 2.0).run(), driven("war", 0.5).run()
    jobs = [level(each, "vacancies")[:, -1] for each in (less, same, more)]
    assert (jobs[0] < jobs[1]).all()
    assert (jobs[1] < jobs[2]).all()
    assert (moved(more, "depart")[:, -1] > moved(same, "depart")[:, -1]).all()


def test_twice_the_munitions_are_twice_as_many_rounds_from_then_on() -> None:
    same, twice = (at_rest(one).run() for one in (real.real(), driven("munitions", 2.0, is_factor=True)))
    rounds, more = (np.diff(level(each, "munitions"), axis=1) for each in (same, twice))
    assert more[:, JULY:] == pytest.approx(2 * rounds[:, JULY:], rel=1e-9)
    assert np.array_equal(more[:, :JULY], rounds[:, :JULY])


def test_a_plan_of_so_many_a_month_is_sent_in_the_mean_were_no_loop_to_act() -> None:
    path = at_rest(driven("plan_russia", 450.0, start="2026-01")).run()
    assert moved(path, "depart")[:, JULY:].mean(axis=1) == pytest.approx(450, rel=0.03)
    same = at_rest(real.real()).run()
    elsewhere = moved(same, "depart_elsewhere")  # hardly moved: all are chosen out of the same applicants
    assert moved(path, "depart_elsewhere") == pytest.approx(elsewhere, rel=0.01)


def test_a_plan_beyond_all_who_wait_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"one.toml, driver: sends .* as then wait"):
        driven("plan_russia", 5000.0)


def test_a_driver_outside_the_run_and_two_on_one_thing_are_refused() -> None:
    with pytest.raises(ScenarioError, match=r"one.toml, driver war: acts from 2031-01, outside the run"):
        driven("war", 2.0, start="2031-01")
    (war,) = drive("war", 2.0).drives
    with pytest.raises(ScenarioError, match=r"driver other: acts on what 'war' acts on"):
        inputs_under(real.base(), replace(scenario(), drives=(war, replace(war, driver="other"))), real.levers())


def test_a_plan_that_asks_for_more_than_wait_is_refused() -> None:
    with pytest.raises(ScenarioError, match="as then wait"):
        inputs_under(real.base(), scenario(pull("donbas_workers", 50_000)), real.levers())


@pytest.mark.parametrize(("start", "until"), [("2025-01", "2025-06"), ("2031-01", "")])
def test_a_pull_outside_the_run_is_refused(start: str, until: str) -> None:
    with pytest.raises(ScenarioError, match="outside the run"):
        inputs_under(real.base(), scenario(pull("publicity", 1.0, start, until)), real.levers())


def test_two_levers_on_one_driver_are_refused() -> None:
    levers = real.levers()
    twice = levers | {"other": replace(levers["publicity"], id="other")}
    with pytest.raises(ScenarioError, match="acts on what"):
        inputs_under(real.base(), scenario(pull("publicity", 0.5), pull("other", 0.5)), twice)
