"""Invented results of the what-ifs that ship: numbers that mean nothing, with the shape of what runs hand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import erf, exp, sqrt
from pathlib import Path

from tallystick.brief.facts import Facts
from tallystick.brief.simulated import Simulated
from tallystick.evidence.programme import SHIPPED
from tallystick.scenarios.alone import Alone, Share
from tallystick.scenarios.assumed import assumed_of
from tallystick.scenarios.outcomes import Outcome
from tallystick.scenarios.reported import outcomes_of
from tallystick.scenarios.results import Results, Row
from tallystick.scenarios.scenario import levers_of, load_scenarios
from tallystick.scenarios.sensitivity import Place, Ranking
from tallystick.scenarios.summary import Figures, Spread
from tallystick.stocks.labour.assumptions import elements_of, rebuilding_of
from tallystick.stocks.labour.shape import Shape
from tallystick.stocks.labour.text import build
from tallystick.vocab.programme import Programme

YEARS = range(2026, 2031)
Z = (-1.96, -1.2816, -0.6745, 0.0, 0.6745, 1.2816, 1.96)
LEVELS: Mapping[str, float] = {
    "workers_present": 16_000, "arrivals": 9_000, "sent": 21_000, "state_income": 9.1e7, "state_income_world": 4.2e8,
    "booked_owed": 3.4e7, "booked_paid": 1.8e7, "paid_at_once": 0, "booked_lost": 2.2e8, "ordered_home": 0,
    "ordered_home_since": 0, "lost_since_ordered_home": 0, "arrivals_since": 60_000, "workers_present_donbas": 0,
    "hours": 5.3e7, "deaths": 38, "injuries": 120, "vacancies_filled": 0.0062, "months_after_deadline_early": 1_900,
    "months_after_deadline_stranded": 2_600, "months_after_deadline_later": 188_000, "military_builders": 0,
    "withdrawn": 800, "knowledge": 0.5, "strength": 0.3, "goods_income": 0, "food": 0, "fuel": 0, "machinery": 0,
    "munitions": 1.5e7, "technology": 5, "cover": 6, "state_income_since": 4.5e8, "cash_income_since": 4.5e8,
    "workers_present_unknown": 16_000,
    "workers_present_CN": 45_000,
}  # fmt: skip
MOVES: Mapping[str, Mapping[str, float]] = {  # as shares of the level
    "full_compliance": {
        "workers_present": -1.0,
        "arrivals": -0.99,
        "sent": -0.98,
        "booked_lost": 0.22,
        "ordered_home_since": 30_000,
        "lost_since_ordered_home": 1.1e8,
    },
    "council_returns": {
        "workers_present": -0.05,
        "arrivals": -0.06,
        "sent": -0.03,
        "ordered_home_since": 4_000,
        "lost_since_ordered_home": 5e6,
    },
    "list_firms_and_buyers": {"workers_present": -0.012, "arrivals": 0},
    "study_visas_closed": {"workers_present": -0.15, "arrivals": -0.17, "sent": -0.07},
    "china_stops": {
        "workers_present": 0.31,
        "arrivals": 0.40,
        "sent": -0.22,
        "arrivals_since": 0.3,
        "workers_present_CN": -0.5,
    },
    "ceasefire_demand_falls": {"workers_present": -0.14, "arrivals": -0.17, "sent": -0.05},
    "ceasefire_labour_stays": {"workers_present": 0.09, "arrivals": 0.10, "sent": 0.04},
    "kursk_and_donbas": {
        "workers_present": 0.5,
        "arrivals": 0.42,
        "sent": 0.18,
        "military_builders": 5000,
        "workers_present_donbas": 10_000,
    },
    "payment_in_kind": {"goods_income": 6.1e7, "food": 4.1e5, "cash_income_since": -0.6},
    "rouble_halves": {"state_income": -0.29},
    "word_gets_home": {
        "workers_present": -0.015,
        "arrivals": -0.02,
        "withdrawn": 0.5,
        "state_income": -0.06,
        "state_income_world": -0.05,
    },
    "direct_pay": {"paid_at_once": 3.0e7, "state_income": -0.08, "booked_owed": -0.96},
    "publicity": {"workers_present": -0.03, "ordered_home_since": 170, "lost_since_ordered_home": 1.5e5},
}
FOLLOW = ("state_income", "booked_owed", "booked_paid", "hours", "deaths", "injuries", "vacancies_filled",
          "months_after_deadline_later")  # fmt: skip


def simulated_for(programme: Programme, folder: Path | None = None) -> Simulated:
    """Every what-if of a programme, the one that ships or one in a folder, with invented results."""
    tables = programme.tables
    levers = levers_of(tables["scenarios"])
    tables_of_rows = (programme.claims, programme.statements, programme.events, programme.law)
    known = [row.id for rows in tables_of_rows for row in rows]
    scenarios = load_scenarios((folder or SHIPPED / programme.id) / "scenarios", tables["scenarios"], known)
    shape = Shape(
        focus=programme.focus.id,
        elsewhere=tuple(host.id for host in programme.hosts.values() if not host.focus and host.id != "WW"),
        visa_classes=tuple(programme.visa_classes.values()),
        rebuilding=rebuilding_of(tables["system"]),
    )
    return Simulated(
        results=invented_results(outcomes_of(shape), tuple(scenarios)),
        scenarios=scenarios,
        levers=levers,
        model=build(shape, elements_of(tables["system"])),
        command="tallystick simulate --seed 7",
        alone=invented_alone(programme, tuple(scenarios)),
    )


def invented_results(outcomes: tuple[Outcome, ...], scenarios: tuple[str, ...]) -> Results:
    """Levels and effects of these outcomes, the same every time."""
    levels = tuple(_level(id, each, year) for id in scenarios for each in outcomes for year in YEARS)
    effects = tuple(
        _effect(id, each, year) for id in scenarios if id != "as_it_goes" for each in outcomes for year in YEARS
    )
    return Results(
        model="labour", baseline="as_it_goes", seed=7, draws=500, repeats=20, levels=levels, effects=effects
    )  # fmt: skip


def _base(outcome: Outcome) -> float:
    return LEVELS.get(outcome.id, 100.0)


def _moved(id: str, outcome: Outcome, year: int) -> float:
    """The median effect, grown over the first years."""
    shares = MOVES.get(id, {})
    share = shares.get(outcome.id, shares.get("workers_present", 0.0) if outcome.id in FOLLOW else 0.0)
    size = share if abs(share) > 2 else share * _base(outcome)
    fades = 0.4 if outcome.id == "booked_lost" and year > 2028 else 1.0
    return size * min(1.0, (year - 2025) / 3) * fades


def _level(id: str, outcome: Outcome, year: int) -> Row:
    base = _base(outcome)
    level = max(base + _moved(id, outcome, year), 0.0)
    spread = min(base, level)
    return _row(id, outcome, year, level, spread * 0.35, spread * 0.01)


def _effect(id: str, outcome: Outcome, year: int) -> Row:
    median = _moved(id, outcome, year)
    return _row(id, outcome, year, median, abs(median) * 0.3, min(abs(median) * 0.4, _base(outcome) * 0.01))


def _row(id: str, outcome: Outcome, year: int, middle: float, parameters: float, chance: float) -> Row:
    whole = sqrt(parameters**2 + chance**2)
    low = 0.0 if middle >= 0 else -float("inf")

    def spread(sd: float) -> Spread:
        return Spread(sd=sd, quantiles=tuple(max(middle + z * sd, low) for z in Z))

    total = parameters**2 + chance**2
    figures = Figures(
        runs=10_000, draws=500, mean=middle, error=whole / 100, all=spread(whole), parameters=spread(parameters),
        chance=spread(chance), share_of_parameters=parameters**2 / total if total else 0.0,
        same_sign=_sure(middle, parameters),
    )  # fmt: skip
    return Row(
        scenario=id, outcome=outcome.id, name=outcome.name, unit=outcome.unit, year=year, figures=figures,
        mean_field=middle,
    )  # fmt: skip


def _sure(middle: float, sd: float) -> float:
    return 0.5 * (1 + erf(abs(middle) / max(sd, 1e-12) / sqrt(2)))


def invented_alone(programme: Programme, scenarios: tuple[str, ...]) -> Alone:
    """Shares that fall from the first number to the last, the same in every what-if."""
    first = ("redirect_share", "comply_speed")
    known = [name for name, one in assumed_of(programme.tables).items() if one.has_prior and name not in first]
    others = tuple(id for id in scenarios if id != "as_it_goes")
    shares = tuple(
        Share(scenario=id, outcome="workers_present", factor=factor, share=0.5 * exp(-at / 2) / (1 + place), error=0.03)
        for place, id in enumerate(others)
        for at, factor in enumerate([*first, *known][:12])
    )
    places = tuple(
        Place(scenario=id, usual=at + 1, first_share=1.0 if at == 0 else 0.0, median_effect=_first_move(id))
        for at, id in enumerate(sorted(others, key=_first_move))
    )
    ranking = Ranking(outcome="workers_present", name="workers present", unit="person", places=places)
    return Alone(year=2030, draws=500, seed=7, shares=shares, rankings=(ranking,))


def _first_move(id: str) -> float:
    return MOVES.get(id, {}).get("workers_present", 0.0)


def with_what_ifs(facts: Facts, folder: Path | None = None) -> Facts:
    """The same facts with the what-ifs of their programme, invented results."""
    return replace(facts, simulated=simulated_for(facts.programme, folder))
