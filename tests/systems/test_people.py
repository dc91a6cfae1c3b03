"""Systems that move people: selection, visas, borders, places, other hosts, vacancies, word at home."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from tallystick.assess.assessment import assess
from tallystick.assess.presence import presences
from tallystick.reconcile.permits import fall_in_permits
from tallystick.reconcile.sightings import kind_of, place_of
from tallystick.reconcile.split import nearest_end, reported_parts, split
from tallystick.scenarios.outcomes import LaidOut
from tallystick.scenarios.reported import outcomes_of
from tallystick.stocks.engines import meanfield, plain
from tallystick.stocks.labour.fields import Group
from tallystick.stocks.labour.shape import UNKNOWN
from tallystick.vocab.errors import EvidenceError
from tests.assess.conftest import make_claim, plant
from tests.systems.described import row
from tests.systems.real import (
    Real,
    account,
    base,
    beside,
    graph,
    in_focus,
    level,
    moved,
    people,
    programme,
    pulled,
    real,
    shape,
    under,
)

FOCUS = "RU"


@row("Recruitment and selection", system="recruitment", uses="K1 K2 F1 F2 F3 F4 F5 F6 B3 B5 chinese_enforcement")
def test_recruitment_and_selection() -> None:
    """Run F1 to F4 with a strictness that changes in time; easing it raises F2; no person is lost or counted twice."""
    few = real().starting(selected=0.4)
    eased, kept = few.run(), few.but(loops={"B5": 0.0}).run()
    strictness = level(eased, "vetting")
    assert (strictness[:, 6] < strictness[:, 0]).all()
    assert (np.ptp(strictness, axis=1) > 0.01).all()
    assert (level(kept, "vetting") == 1).all()
    assert (moved(eased, "select")[:, :12].sum(axis=1) > moved(kept, "select")[:, :12].sum(axis=1)).all()
    _nobody_is_lost_or_counted_twice(pulled("chinese_enforcement", 1.0).starting(selected=0.4))


def _nobody_is_lost_or_counted_twice(one: Real) -> None:
    """Whole persons, month by month: who is in a stratum is who was there, plus who came, less who left, once each."""
    chance = np.random.default_rng(3)
    run = plain.run(graph(), one.first(), draw=lambda n, p, *_: int(chance.binomial(n, p)))
    moves = {flow: moved(run, flow).sum() for flow in ("apply", "select", "withdraw", "redirect", "depart")}
    assert all(moves.values()), moves
    assert set(run.people.sum(axis=1)) == {run.people[0].sum()}
    sources = np.array([edge.source for edge in graph().edges])
    targets = np.array([edge.target for edge in graph().edges])
    for place in range(len(graph().strata)):
        out, into = run.movers[:, sources == place].sum(axis=1), run.movers[:, targets == place].sum(axis=1)
        assert (run.people[1:, place] == run.people[:-1, place] - out + into).all(), graph().strata[place]
        assert (out <= run.people[:-1, place]).all(), graph().strata[place]


@row("Visa channel", system="visa_channel", uses="K3 relabel F5 close_visas")
def test_visa_channel() -> None:
    """Hold workers by visa class; moving one to a student visa leaves K3 and the finding on income earners unchanged
    and takes the person out of the count of those whose visa authorises work."""
    cohorts = {"holdover": 3000.0, "stranded": 1000.0, "arrived_later": 2000.0}
    before = plant(programme(), cohorts=cohorts, visas={"work": 2000.0, "study": 4000.0}, others=9000.0)
    after = plant(programme(), cohorts=cohorts, visas={"work": 1999.0, "study": 4001.0}, others=9000.0)
    found = [assess(programme(), account(), draws) for draws in (before, after)]
    assert found[0].of("return-of-income-earners") == found[1].of("return-of-income-earners")
    there = [presences(draws, FOCUS, frozenset({"work"}))[FOCUS] for draws in (before, after)]
    assert (there[0].total == there[1].total).all()
    counted = [one.authorised for one in there]
    assert counted[0] is not None
    assert counted[1] is not None
    assert (counted[0] - counted[1] == 1).all()
    _a_change_of_class_moves_nobody_in_or_out()


def _a_change_of_class_moves_nobody_in_or_out() -> None:
    """In the model: every route of a change of class stays within K3, and closing one class sends some by others."""
    for edge in graph().edges:
        if edge.flow.id == "relabel":
            source, target = (graph().strata[at].split("/")[1].split(".") for at in (edge.source, edge.target))
            assert (source[1], target[1] != "work", source[::2]) == ("work", True, target[:3:2])
    one = real().but(ordered=1.0)
    weight = one.inputs.weight.copy()
    weight[:, :, [graph().edges[at].weight for at in graph().edges_of("relabel")]] = 0.4
    run = Real(replace(one.inputs, weight=weight)).run()
    assert (moved(run, "relabel").sum(axis=1) > 1).all()
    assert (people(run, "abroad", "RU.study.early")[:, 6] > people(one.run(), "abroad", "RU.study.early")[:, 6]).all()
    closed, idle = under("study_visas_closed").run(), real().run()
    assert (people(closed, "abroad", "RU.other.later.unknown")[:, -1] > 0).all()
    assert (_arrived(closed, "study") < 0.05 * _arrived(idle, "study")).all()
    assert (_arrived(closed, "other") > _arrived(idle, "other")).all()


def _arrived(run: object, visa: str) -> np.ndarray:
    places = [
        at for at in graph().edges_of("depart") if f"/RU.{visa}.later" in graph().strata[graph().edges[at].target]
    ]
    return np.asarray(run.movers[..., -24:, places].sum(axis=(-2, -1)))  # type: ignore[attr-defined]


@row("Border and travel", system="border", uses="K3 K4 F5 F6 F7 F8 F9")
def test_border_and_travel() -> None:
    """A closed border sets F5, F7 and F8 to zero and fills K4b; reopening lets it empty; crossings are never read as
    persons."""
    months = real().inputs.months
    shut = np.arange(months) < 24
    one = real().but(open=np.where(shut, 0.0, 1.0), before=np.where(shut, 1.0, 0.0), ordered=1.0)
    run = meanfield.run(graph(), one.inputs)
    for flow in ("depart", "depart_elsewhere", "end_of_term", "ordered_return"):
        assert not moved(run, flow)[:, :24].any(), flow
        assert moved(run, flow)[:, 24:].all(), flow
    stranded = people(run, "abroad", *(shape().stranded(visa) for visa in shape().visas))
    assert (np.diff(stranded[:, :25], axis=1) > 0).all()
    assert (np.diff(stranded[:, 25:], axis=1) < 0).all()
    _crossings_stay_crossings()


def _crossings_stay_crossings() -> None:
    """Each used count of crossings is read through persons times crossings of each, never as persons."""
    model = programme().tables["model"]
    operators, readings = model["operators"], {each["id"]: each for each in model["reading"]}
    crossing = {name for name, measure in programme().measures.items() if measure.object == "crossing"}
    used = {seen.measure for seen in account().observations} & crossing
    assert used
    for name in used:
        assert all(term.get("times") for term in _terms(operators[name]["series"], readings)), name
    persons = {name for name, measure in programme().measures.items() if measure.object == "person"}
    series = {operators[name]["series"] for name in persons & set(operators)}
    assert not series & {operators[name]["series"] for name in used}


def _terms(series: str, readings: dict[str, Any]) -> list[dict[str, Any]]:
    """The terms of a reading, and of the readings that it only adds up."""
    own = readings[series]["terms"]
    added = [other for term in own if not term.get("times") for other in term["of"] if other in readings]
    plain = [term for term in own if term.get("times") or not set(term["of"]) <= set(readings)]
    return [*plain, *(term for other in added for term in _terms(other, readings))]


@row("Deployment by sector and region", system="deployment", uses="K3 F10 donbas_workers")
def test_deployment_by_sector_and_region() -> None:
    """Parts sum to K3; a split that nobody reports stays unknown, not equal."""
    run = under("kursk_and_donbas").run()
    by_region = [
        people(run, "abroad", *(shape().later(visa, region) for visa in shape().visas)) for region in shape().regions
    ]
    early = [shape().early(visa) for visa in shape().visas] + [shape().stranded(visa) for visa in shape().visas]
    np.testing.assert_allclose(sum(by_region) + people(run, "abroad", *early), in_focus(run), rtol=1e-12)
    assert (by_region[shape().regions.index("donbas")][:, -1] > 1000).all()
    idle = real().run()
    for region in shape().rebuilding:  # nobody is sent where no scenario sends anybody
        assert not people(idle, "abroad", *(shape().later(visa, region) for visa in shape().visas)).any()
    _reported_parts_and_the_unknown_sum_to_the_whole()


def _reported_parts_and_the_unknown_sum_to_the_whole() -> None:
    counted = reported_parts(programme(), account(), FOCUS, "region", date(2017, 12, 31))
    found = split((30_000.0, 40_000.0), counted)
    assert {part.id: (part.low, part.high) for part in found.parts} == {"Primorye": (10_000.0, 12_000.0)}
    assert {one.id for one in counted["Primorye"]} == {"mt18_primorye", "mats_primorye"}  # of January, February 2018
    assert found.unknown.id == UNKNOWN
    assert (found.unknown.low, found.unknown.high) == (18_000.0, 30_000.0)
    assert sum(part.low for part in found.parts) + found.unknown.high == found.whole[1]
    assert sum(part.high for part in found.parts) + found.unknown.low == found.whole[0]
    ends = [date(year, 12, 31) for year in range(2010, 2027)]
    regions = {end: reported_parts(programme(), account(), FOCUS, "region", end) for end in ends}
    assert {end.year for end, parts in regions.items() if parts} == {2017}  # no denial, and no page that says "may be"
    assert not any(reported_parts(programme(), account(), FOCUS, "sector", end) for end in ends)
    sectors = split((9000.0, 12_000.0), {})
    assert (sectors.unknown.low, sectors.unknown.high) == sectors.whole
    assert [nearest_end(date(2019, 6, day)).year for day in (1, 30)] == [2018, 2018]
    assert nearest_end(date(2019, 7, 3)).year == 2019
    full = split((100.0, 200.0), {"north": (make_claim(point=300.0),)})
    assert "300 at least, the whole to 200 at most" in full.conflict
    assert (full.parts[0].low, full.unknown.high) == (300.0, 0.0)


@row("Evasion by relabelling", system="relabelling", uses="K3 F7 F8 relabel")
def test_evasion_by_relabelling() -> None:
    """Split a fall in permits into departures and relabelled stays, with a range."""
    claim = programme().claim
    visas = [claim("visas18_stud"), claim("visas18_tour")]
    (found,) = account().falls
    assert found.permits == claim("ru_repat_18533").point == 18_533
    assert found.relabelled == (0.0, 2610.0 + 2035.0)  # visas of the same period, and none of the year after
    for end in (0, 1):  # under the assumption of no new permits
        assert found.departed[end] + found.relabelled[1 - end] == found.permits
    assert found.departed == (13_888.0, 18_533.0)
    assert found.later_claims == ("visas19_stud", "visas19_tour")
    before, after = claim("ru_permits_2017"), claim("ru_permits_2018")
    study = fall_in_permits(before, after, visas[:1])
    assert (study.departed, study.relabelled) == ((15_923.0, 18_533.0), (0.0, 2610.0))
    most = fall_in_permits(before, after, [replace(visas[0], point=20_000.0)])
    assert (most.departed, most.relabelled) == ((0.0, 18_533.0), (0.0, 18_533.0))
    with pytest.raises(EvidenceError, match="visas19_stud counts visas of other days"):
        fall_in_permits(before, after, [*visas, claim("visas19_stud")])
    for start in (None, date(2017, 12, 31)):
        with pytest.raises(EvidenceError, match="visas18_stud counts visas of other days"):
            fall_in_permits(before, after, [replace(visas[0], start=start)])
    with pytest.raises(EvidenceError, match="permits rose by 18,533"):
        fall_in_permits(after, before, visas)
    _the_model_divides_a_fall_with_a_range()


def _the_model_divides_a_fall_with_a_range() -> None:
    """Of those on work visas when returns are ordered, some leave and some change class; together, all who go."""
    one = real().but(ordered=1.0, before=1.0)
    weight = one.inputs.weight.copy()
    weight[:, :, [graph().edges[at].weight for at in graph().edges_of("relabel")]] = 0.5
    inputs = one.inputs.people.copy()
    place = graph().place("abroad", "RU.work.early")
    inputs[:, place] = 30_000
    speed = one.inputs.groups.copy()
    paces = [Group._fields.index(name) for name in ("leave_before", "leave_after", "ordered", "last_call", "relabel")]
    speed[:, place, paces] *= np.linspace(0.5, 1.5, len(speed))[:, None]  # draws differ in how people leave
    weight *= np.linspace(2.0, 0.5, len(weight))[:, None, None]
    run = Real(replace(one.inputs, people=inputs, weight=weight, groups=speed)).run()
    gone = {
        flow: run.movers[:, :12, [at for at in graph().edges_of(flow) if graph().edges[at].source == place]].sum((1, 2))
        for flow in ("end_of_term", "ordered_return", "relabel", "flee", "die", "disable")
    }
    fall = 30_000 - run.people[:, 12, place]
    np.testing.assert_allclose(sum(gone.values()), fall, rtol=1e-12)
    share = gone["relabel"] / fall
    assert 0.02 < share.min() < share.max() < 0.6
    assert np.ptp(share) > 0.05


@row("Russian labour shortage", system="labour_shortage", uses="V1 F5 F19 K3 B1 R1 end_of_war")
def test_russian_labour_shortage() -> None:
    """Drive F5 from V1; show the share of V1 that K3 could fill at most."""
    idle, more, fewer = real().run(), real().but(war=2.0).run(), pulled("end_of_war", 0.8).run()
    assert (level(more, "vacancies")[:, -1] > level(idle, "vacancies")[:, -1]).all()
    assert (moved(more, "depart").sum(axis=1) > moved(idle, "depart").sum(axis=1)).all()
    assert (moved(fewer, "depart").sum(axis=1) < moved(idle, "depart").sum(axis=1)).all()
    short = real().starting(vacancies=2.0).run()  # drawn at once, before anybody more is selected
    assert (moved(short, "depart")[:, 0] > moved(idle, "depart")[:, 0]).all()
    kept = real().but(war=2.0, loops={"B1": 0.0, "R1": 0.0, "R3": 0.0}, pull=0.0).run()
    still = real().but(loops={"B1": 0.0, "R1": 0.0, "R3": 0.0}, pull=0.0).run()
    np.testing.assert_allclose(moved(kept, "depart"), moved(still, "depart"), rtol=1e-12)  # the one arrow is `pull`
    share = _reported(real(), "vacancies_filled")
    np.testing.assert_allclose(share[:, 0], _mean(in_focus(idle)) / _mean(level(idle, "vacancies")), rtol=1e-9)
    assert (share > 0).all()
    # Some ten thousand beside one to five million: a percent or two, and at most this, since some do other work.
    assert np.quantile(share, 0.9) < 0.02
    assert (share < 0.05).all()


def _mean(monthly: np.ndarray) -> np.ndarray:
    return np.asarray(monthly[:, 1:13].mean(axis=1))


def _reported(one: Real, outcome: str) -> np.ndarray:
    """(draw, year) of an outcome as runs report it, in means."""
    inputs = replace(one.inputs, beside=beside(one.inputs.draws))
    laid_out = LaidOut(graph(), outcomes_of(shape()), inputs)
    values = laid_out.values(meanfield.yearly(graph(), inputs, laid_out.terms()), np.arange(inputs.draws))
    return np.asarray(values[:, :, [each.id for each in laid_out.outcomes].index(outcome)])


@row("Kursk and Donbas rebuilding", system="rebuilding", uses="K3 builders F10 kursk_builders donbas_workers")
def test_kursk_and_donbas_rebuilding() -> None:
    """Keep plan, forecast and sighting apart; zero confirmed arrivals is a possible result; military builders
    separate."""
    places = {each.id: each for each in account().places}
    found = places["occupied"]
    assert "ap22copy_donbas" in found.forecasts
    assert (found.plans, found.others) == ((), ("dnr_300",))  # soldiers and police
    assert (found.sightings, found.origins_of_sightings, found.confirmed) == ((), 0, 0.0)
    kursk = places["kursk"]
    assert {"shoigu_builders", "shoigu_sappers", "nis_nov25_1000"} <= set(kursk.others)
    assert not set(kursk.others) & {*kursk.plans, *kursk.forecasts, *kursk.sightings}
    assert places["unstated"].others == ("nis_nov25_5000",)
    seen = copy.copy(programme().claim("nis_feb25_thousands"))
    assert kind_of(seen, programme()) == "sighting"
    two = place_of("two", "two", programme(), account(), [seen.id, "rfa25_group"])
    assert (two.origins_of_sightings, two.confirmed) == (2, 1000.0)
    run, idle = under("kursk_and_donbas").run(), real().run()
    assert (people(run, "builders", "kursk")[:, -1] > 1000).all()
    assert not people(idle, "builders").any()
    builders = {edge.flow.id for edge in graph().edges if "builders" in graph().strata[edge.target]}
    assert builders == {"send_builders", "return_builders"}
    only_builders = pulled("kursk_builders", 5000.0).run()
    np.testing.assert_array_equal(in_focus(only_builders), in_focus(idle))  # none of them is a worker


@row("China channel", system="china_channel", uses="K2 K5 F4 F5 F6 chinese_enforcement")
def test_china_channel() -> None:
    """A Chinese refusal raises F5; total sent changes by less than the refusal."""
    refused, idle = under("china_stops").run(), real().run()
    focus = (moved(refused, "depart") - moved(idle, "depart")).sum(axis=1)
    to_china = next(
        at for at in graph().edges_of("depart_elsewhere") if graph().strata[graph().edges[at].target] == "abroad/CN"
    )
    lost = (idle.movers - refused.movers)[:, :, to_china].sum(axis=1)
    assert (focus > 0).all()
    assert (lost > 0).all()
    sent = [moved(run, "depart").sum(axis=1) + moved(run, "depart_elsewhere").sum(axis=1) for run in (refused, idle)]
    change = sent[0] - sent[1]
    assert (np.abs(change) < lost).all()
    assert (people(refused, "abroad", "CN")[:, -1] < people(idle, "abroad", "CN")[:, -1]).all()


@row("Word at home", system="word_at_home", uses="V3 K8 F1 F3 F18 B3 B4 news_at_home")
def test_word_at_home() -> None:
    """Raise F3 as V3 rises; punishing talk slows V3; B3 alone cannot make a stock negative."""
    idle, heard = real().run(), under("word_gets_home").run()
    assert (level(heard, "knowledge")[:, -1] > level(idle, "knowledge")[:, -1]).all()
    assert (moved(heard, "withdraw").sum(axis=1) > moved(idle, "withdraw").sum(axis=1)).all()
    assert (moved(heard, "apply").sum(axis=1) < moved(idle, "apply").sum(axis=1)).all()
    many = real().starting(returned=3.0)
    hushed, free = many.run(), many.but(loops={"B4": 0.0}).run()
    assert (level(free, "knowledge")[:, -1] > level(free, "knowledge")[:, 0]).all()
    assert (level(hushed, "knowledge")[:, -1] < level(free, "knowledge")[:, -1]).all()
    alone = dict.fromkeys(base().graph.text.loops._fields, 0.0) | {"B3": 1.0}
    most = real().but(
        loops=alone, news=1.0, knowledge_withdraw=2.0, knowledge_apply=2.0, returned_talk=2.0, tell=0.01, withdraw=1.0
    )
    run = most.starting(returned=100.0).run()
    assert run.people.min() >= 0
    assert people(run, "selected")[:, -1].mean() < 0.6 * people(idle, "selected")[:, -1].mean()
