"""People of the text: the fitted hazards at the reference, cohorts that never mix, the border, the levers."""

from __future__ import annotations

from dataclasses import replace
from math import expm1
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.stocks.labour import fields, groups
from tallystick.stocks.labour.shape import UNKNOWN
from tests.stocks.labour.made import (
    ARRIVALS,
    HAZARDS,
    LATE,
    PARAMETERS,
    PAY,
    PLAIN_OPS,
    QUIET,
    SHAPE,
    World,
    graph,
    world,
)

AT_REFERENCE = fields.Signals(*(1.0 for _ in fields.Signals._fields))._replace(orders=0.0, dropped=0.0)
CALENDAR = st.fixed_dictionaries(
    {
        "open": st.sampled_from([0.0, 0.01, 1.0]), "before": st.sampled_from([0.0, 1.0]),
        "ordered": st.sampled_from([0.0, 1.0]), "last_call": st.sampled_from([0.0, 1.0]),
    }
)  # fmt: skip
ROUTES = ("end_of_term", "ordered_return", "strand", "relabel", "flee", "die")


def fitted(kind: str, calendar: dict[str, float], host: str = "A") -> dict[str, float]:
    """The hazards of each kind of stratum as the fit wrote them out, host by host and cohort by cohort."""
    passes, before, ordered, last_call = (calendar[name] for name in ("open", "before", "ordered", "last_call"))
    h, out = HAZARDS, dict.fromkeys(ROUTES, 0.0) | {"flee": PARAMETERS.flee, "die": PARAMETERS.harm}
    if kind == "early work":
        call = h.last_call * last_call
        return out | {
            "end_of_term": passes / h.term_before, "ordered_return": (h.ordered[host] * ordered + call) * passes,
            "strand": (1 - passes) / h.term_before, "relabel": h.relabel * ordered,
        }  # fmt: skip
    if kind == "early other":
        return out | {
            "end_of_term": passes / h.term_unauthorised, "ordered_return": h.last_call * last_call * passes,
            "strand": (1 - passes) / h.term_unauthorised,
        }  # fmt: skip
    if kind == "elsewhere":
        term = before * h.term_before + (1 - before) * h.term_elsewhere
        return out | {"end_of_term": passes / term, "ordered_return": h.ordered[host] * ordered * passes}
    return out | {"end_of_term": passes * (h.reopen_return if kind == "stranded" else 1 / h.term_after)}


KINDS = {
    SHAPE.early("work"): ("early work", "A"), SHAPE.early("study"): ("early other", "A"),
    SHAPE.early("other"): ("early other", "A"), "B": ("elsewhere", "B"), "C": ("elsewhere", "C"),
} | {
    SHAPE.stranded(visa): ("stranded", "A") for visa in SHAPE.visas
} | {
    SHAPE.later(visa, region): ("later", "A") for visa in SHAPE.visas for region in SHAPE.regions
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(calendar=CALENDAR, stratum=st.sampled_from(SHAPE.abroad))
def test_at_the_reference_hazards_are_those_of_the_fit(calendar: dict[str, float], stratum: str) -> None:
    group = groups.people_of(SHAPE, HAZARDS)[stratum]
    outside, text = QUIET._replace(**calendar), graph()
    wanted = fitted(KINDS[stratum][0], calendar, KINDS[stratum][1])
    for route in ROUTES:
        found = text.flows[route].rate(AT_REFERENCE, outside, PARAMETERS, group, PLAIN_OPS)
        has_route = any(text.strata[text.edges[e].source] == f"abroad/{stratum}" for e in text.edges_of(route))
        assert (found if has_route else 0.0) == pytest.approx(wanted[route], rel=1e-12, abs=1e-15), route


def test_a_year_of_one_host_is_the_recurrence_that_the_fit_solves() -> None:
    """x' = x exp(-sum of hazards) + arrivals, with injury beside death as a route of its own that may be shut."""
    one = world(12).but(unfit_ratio=0.0, loops=dict.fromkeys(fields.Loops._fields, 0.0))
    path = one.run()
    place, arrived = one.graph.place("abroad", "C"), path.movers[:, list(one.graph.edges_of("depart_elsewhere"))]
    hazard, x = (
        sum(fitted("elsewhere", {"open": 1.0, "before": 0.0, "ordered": 0.0, "last_call": 0.0}, "C").values()),
        1800.0,
    )
    for month in range(12):
        x = x * (1 + expm1(-hazard)) + arrived[month, 1]
        assert path.people[month + 1, place] == pytest.approx(x, rel=1e-12)


@settings(max_examples=20, deadline=None)
@given(
    outside=st.fixed_dictionaries({name: st.floats(0, 1) for name in ("open", "before", "ordered", *fields.LEVERS)}),
    loops=st.fixed_dictionaries({name: st.sampled_from([0.0, 1.0]) for name in fields.Loops._fields}),
)  # fmt: skip
def test_nobody_appears_or_vanishes_and_no_stock_is_negative(
    outside: dict[str, float], loops: dict[str, float]
) -> None:
    path = world(6).but(outside=outside, loops=loops).run()
    np.testing.assert_allclose(path.people.sum(axis=1), path.people[0].sum(), rtol=1e-12)
    np.testing.assert_allclose(path.money.sum(axis=1), path.money[0].sum(), rtol=1e-12, atol=1e-3)
    assert path.people.min() >= 0


def strata(of: Any, path: Any, *names: str) -> np.ndarray:
    return path.people[:, [of.graph.place("abroad", name) for name in names]]


def test_a_closed_border_stops_all_travel_and_strands_those_whose_terms_end() -> None:
    one = world(24).but(outside={"open": 0.0})
    path = one.run()
    for flow in ("depart", "depart_elsewhere", "end_of_term", "ordered_return", "send_builders", "return_builders"):
        assert not one.moved(path, flow).any(), flow
    stranded = strata(one, path, SHAPE.stranded("work")).sum(axis=1)
    assert (np.diff(stranded) > 0).all()
    again = one.but(outside={"open": 1.0}).run()
    assert (np.diff(strata(one, again, SHAPE.stranded("other")).sum(axis=1)) < 0).all()


def test_cohorts_never_mix_back() -> None:
    """Nobody moves into an early stratum but by change of class, nor from one cohort to an earlier one."""
    rank = {"early": 0, "stranded": 1, "later": 2}
    found = graph()
    for edge in found.edges:
        source, target = found.strata[edge.source], found.strata[edge.target]
        if source.startswith("abroad/A.") and target.startswith("abroad/A."):
            before, after = rank[source.split(".")[2]], rank[target.split(".")[2]]
            assert before == after or (before, after) == (0, 1), (source, target)


def test_relabelling_takes_people_out_of_the_authorised_class_and_out_of_no_count_of_persons() -> None:
    one = world(1).but(outside={"ordered": 1.0})
    weight = one.inputs.weight.copy()
    weight[..., [one.graph.edges[e].weight for e in one.graph.edges_of("relabel")]] = 0
    still, moved = World(one.graph, replace(one.inputs, weight=weight)).run(), one.run()
    relabelled = one.moved(moved, "relabel")[0]
    assert relabelled > 5
    assert not one.moved(still, "relabel").any()
    change = (
        strata(one, moved, *map(SHAPE.early, SHAPE.visas))[1] - strata(one, still, *map(SHAPE.early, SHAPE.visas))[1]
    )
    assert change[0] == pytest.approx(-relabelled, rel=0.05)  # some would have left by another route
    assert change[1:].sum() == pytest.approx(relabelled, rel=1e-9)
    assert one.people(moved, "abroad")[1] >= one.people(still, "abroad")[1]


def test_regions_sum_to_the_whole_and_what_nobody_reports_stays_unknown() -> None:
    one = world(24)
    path = one.run()
    by_region = {region: strata(one, path, SHAPE.later("study", region))[:, 0] for region in SHAPE.regions}
    assert (by_region["east"][1:] > 0).all()
    assert not by_region["south"].any()
    assert (by_region[UNKNOWN] > by_region["east"]).all()
    everybody = one.people(path, "abroad") - strata(one, path, "B", "C").sum(axis=1)
    parts = sum(strata(one, path, SHAPE.later(v, r))[:, 0] for v in SHAPE.visas for r in SHAPE.regions)
    early = strata(one, path, *map(SHAPE.early, SHAPE.visas), *map(SHAPE.stranded, SHAPE.visas)).sum(axis=1)
    np.testing.assert_allclose(parts + early, everybody, rtol=1e-12)


def test_military_builders_are_in_no_count_of_workers() -> None:
    one = world(24)
    path = one.run()
    assert one.people(path, "builders")[-1] > 500
    found = graph()
    for edge in found.edges:
        if "builders" in edge.flow.id:
            assert {found.strata[edge.source], found.strata[edge.target]} <= {
                "builders_home",
                "builders/east",
                "builders/south",
            }


def test_a_refusal_elsewhere_raises_departures_for_the_focus_and_lowers_the_total_by_less() -> None:
    one = world(24)
    idle, refused = one.run(), one.but(outside={"refusal": 1.0}).run()
    focus = (one.moved(refused, "depart") - one.moved(idle, "depart")).sum()
    to_b = one.graph.edges_of("depart_elsewhere")[0]
    lost = (idle.movers[:, to_b] - refused.movers[:, to_b]).sum()
    assert lost == pytest.approx(idle.movers[:, to_b].sum())
    assert 0 < focus < lost
    assert one.people(refused, "selected").min() > 0


def test_full_compliance_sends_home_those_it_binds_and_lets_nobody_in() -> None:
    one = world(24)
    path = one.but(outside={"compliance": 1.0}).run()
    assert not one.moved(path, "depart").any()
    focus = strata(one, path, *SHAPE.in_focus).sum(axis=1)
    assert focus[-1] < 0.05 * focus[0]
    assert strata(one, path, "B")[-1] > 0.9 * strata(one, path, "B")[0]


def test_eased_vetting_raises_selection_and_loses_nobody() -> None:
    one = world(1)
    before, after = one.run(), one.starting(vetting=0.5).run()
    assert one.moved(after, "select")[0] > one.moved(before, "select")[0]
    assert after.people[1].sum() == pytest.approx(before.people[1].sum(), rel=1e-12)


def test_plans_are_carried_out_while_every_signal_is_one() -> None:
    one = world(36).but(loops=dict.fromkeys(fields.Loops._fields, 0.0))
    path = one.run()
    assert one.moved(path, "depart").mean() == pytest.approx(sum(LATE.values()), rel=0.03)
    assert one.moved(path, "depart_elsewhere").mean() == pytest.approx(ARRIVALS["B"] + ARRIVALS["C"], rel=0.03)
    for stock in ("applicants", "selected"):
        people = one.people(path, stock)
        assert people[-1] == pytest.approx(people[0], rel=0.05)


@given(st.sampled_from(SHAPE.abroad))
def test_a_stratum_has_the_pay_of_its_host(stratum: str) -> None:
    group = groups.with_pay(groups.people_of(SHAPE, HAZARDS), SHAPE, PAY)[stratum]
    assert group.take_firm + group.take_local == pytest.approx(800 * 4.0 / 6.3)
    assert group.take_local == pytest.approx(0.6 * 800 * 4.0 / 6.3)
