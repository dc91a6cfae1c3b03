"""What the backtest may know: every unknown has one generic prior, every break its odds, every span its days."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from tallystick.evidence.programme import load_programme
from tallystick.forecasts.asked import AHEAD
from tallystick.vocab.programme import Programme

SETTINGS = ("alternatives_shown", "basis_of_state")  # of the calendar, and no months
SAMPLED = ("log", "logit", "identity")


@cache
def _programme() -> Programme:
    return load_programme("dprk")


def _table(name: str) -> Any:
    return _programme().tables[name]


def _asked_for() -> list[str]:
    """All priors and fixed errors of model.toml, in the words of `names`."""
    model = _table("model")
    arrivals = [f"arrivals.{host}.before" for host in model["arrivals"]]  # after a closure: the break says
    since = [f"arrivals.{host}.after" for host in model["arrivals"]]
    moving = [*arrivals, *since, *(one["name"] for one in model["unknown"] if one["transform"] == "steps")]
    odds = [f"split.{visa}.{month}" for visa in ("work", "study") for month in model["split"]["from"]]
    plain = [one["name"] for one in (*model["unknown"], *model.get("coverage", ()))]
    steps = [f"{name}.step" for name in (*moving, "split.work", "split.study")]
    return [*plain, *arrivals, *steps, *odds, "class_scale", "class_bias", "part_weight"]


def test_every_unknown_of_the_model_has_one_generic_prior() -> None:
    named = Counter(name for one in _table("backtest")["generic"] for name in one["names"])
    assert {name: named[name] for name in _asked_for()} == dict.fromkeys(_asked_for(), 1)
    assert max(named.values()) == 1


def test_a_generic_prior_can_be_sampled() -> None:
    for one in _table("backtest")["generic"]:
        assert one["why"], one["kind"]
        if one["transform"] == "fixed":
            assert one["sd"] == 0, one["kind"]
            continue
        assert one["transform"] in SAMPLED, one["kind"]
        assert one["sd"] > 0, one["kind"]
        low, high = {"log": (0, float("inf")), "logit": (0, 1), "identity": (-1, 1)}[one["transform"]]
        assert low < one["median"] < high, one["kind"]


def test_a_generic_prior_is_on_the_scale_that_the_model_asks_for() -> None:
    asked = {one["name"]: one["transform"].replace("steps", "log") for one in _table("model")["unknown"]}
    asked |= {one["name"]: "logit" for one in _table("model").get("coverage", ())}
    for one in _table("backtest")["generic"]:
        assert {asked.get(name, one["transform"]) for name in one["names"]} == {one["transform"]}, one["kind"]


def test_every_span_and_regime_says_from_which_day_it_could_be_known() -> None:
    model, known = _table("model"), _table("backtest")["known"]
    spans = {name for name in model["calendar"] if name not in SETTINGS}
    assert Counter(one["span"] for one in known if "span" in one) == Counter(spans)
    assert [one["regime"] for one in known if "regime" in one] == model["split"]["from"]


def test_no_break_is_known_before_it_began() -> None:
    calendar = _table("model")["calendar"]
    for one in _table("backtest")["known"]:
        first = one["regime"] if "regime" in one else calendar[one["span"]]
        first = first[0] if isinstance(first, list) else first
        if one.get("span") not in ("deadline", "ordered", "last_call", "rescues_at"):  # these are announced
            assert f"{one['begin']:%Y-%m}" >= first, one


def test_what_dates_a_break_is_in_the_evidence() -> None:
    programme = _programme()
    groups = (programme.claims, programme.events, programme.law, programme.statements)
    ids = {record.id for group in groups for record in group}
    for one in _table("backtest")["known"]:
        assert set(one["ids"]) <= ids, one


def test_at_every_cut_at_most_one_row_of_a_break_speaks() -> None:
    table = _table("backtest")
    for day in (*table["cuts"]["named"], table["cuts"]["half_yearly"]["first"], table["cuts"]["half_yearly"]["last"]):
        speaking = Counter(
            one["id"]
            for one in table["break"]
            if one.get("cuts_from", date.min) <= day <= one.get("cuts_until", date.max)
        )
        assert max(speaking.values()) == 1, (day, speaking)


def test_the_odds_of_a_break_have_a_source_or_are_called_assumed() -> None:
    table = _table("backtest")
    for one in table["break"]:
        assert set(one["sources"]) <= set(table["source"]), one["id"]
        assert one["sources"] if one["sourced"] else "ssumed" in one["why"], one["id"]
        assert sum(name in one for name in ("events", "rate_a_year", "chance")) == 1, one["id"]


def test_no_event_that_a_rate_counts_is_older_than_its_watch() -> None:
    for one in _table("backtest")["break"]:
        days = one.get("events", [])
        assert days == sorted(days), one["id"]
        assert all(day.year >= one["watched_from"] for day in days), one["id"]


def test_every_day_of_the_grid_lies_behind_one_shock() -> None:
    first, last = (_table("programme")[name] for name in ("first_year", "last_year"))
    shocks = _table("backtest")["shock"]
    assert shocks[0]["first"] == date(first, 1, 1)
    assert shocks[-1]["last"] == date(last + AHEAD, 12, 31)
    for one, following in pairwise(shocks):
        assert (following["first"] - one["last"]).days == 1, one["id"]


def test_the_pool_shares_out_one() -> None:
    weights = {name: weight for name, weight in _table("backtest")["pool"].items() if name != "why"}
    assert abs(sum(weights.values()) - 1) < 1e-12
    assert min(weights.values()) > 0
