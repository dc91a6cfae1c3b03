"""Promise: plain forecasters say what their names say, know how far off they were, and see nothing of a later day."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.forecasts.baselines import (
    DEFAULT_SD,
    NAMES,
    Figure,
    Guess,
    Wanted,
    baselines,
    known_from,
    spread_of,
)
from tallystick.forecasts.mixture import Mixture, crps, quantile


def _figure(log: float, middle: float, asserted: float, *, series: str = "heads", record: bool = False) -> Figure:
    return Figure(f"{series}{asserted}", series, "AA", log, 1.0, middle, asserted, record, takes_sum=False)


def _wanted(middle: float, series: str = "heads") -> Wanted:
    return Wanted(series, "AA", 1.0, middle, takes_sum=False)


def _centre(mixture: Mixture | None) -> float:
    assert mixture is not None
    return float(quantile(mixture, 0.5))


FOUR = [
    _figure(9.0, 2015.5, 2016.0),
    _figure(9.2, 2016.5, 2019.0, record=True),  # about an early time, published last but one
    _figure(9.9, 2018.5, 2018.6, record=True),
    _figure(8.7, 2017.0, 2019.5),
]


def test_each_forecaster_says_what_its_name_says() -> None:
    found = baselines(known_from(FOUR), _wanted(2021.0))
    times, logs = np.array([[one.middle, one.log_value] for one in FOUR]).T
    assert tuple(found) == NAMES
    assert _centre(found["latest"]) == pytest.approx(8.7)
    assert _centre(found["mean"]) == pytest.approx(logs.mean())
    assert _centre(found["trend"]) == pytest.approx(np.polyval(np.polyfit(times, logs, 1), 2021.0))
    assert _centre(found["administrative"]) == pytest.approx(9.2)
    assert 8.7 < _centre(found["local level"]) < 9.9


def test_without_a_figure_nobody_forecasts_and_with_one_a_line_has_no_slope() -> None:
    known = known_from(FOUR[:1])
    assert set(baselines(known, _wanted(2021.0, series="pay")).values()) == {None}
    found = baselines(known, _wanted(2021.0))
    assert {name for name, one in found.items() if one is None} == {"trend", "administrative"}
    twice = known_from([*FOUR[:1], FOUR[0]._replace(asserted=2017.0, log_value=9.5)])
    assert baselines(twice, _wanted(2021.0))["trend"] is None


def test_a_figure_of_a_window_is_its_monthly_rate_times_months() -> None:
    year = Figure("year", "visas", "AA", np.log(1200 / 12), 12.0, 2016.5, 2017.2, True, takes_sum=True)
    quarter = Wanted("visas", "AA", 3.0, 2018.1, takes_sum=True)
    found = baselines(known_from([year]), quarter)
    for name in ("latest", "mean", "administrative", "local level"):
        assert _centre(found[name]) == pytest.approx(np.log(300)), name


def test_order_of_rows_moves_nothing() -> None:
    mixed = [row for one in FOUR for row in (one, one._replace(measure="pay", log_value=5.0))]
    found, turned = (baselines(known_from(rows), _wanted(2021.0)) for rows in (FOUR + mixed[1::2], mixed[::-1]))
    assert {name: (_centre(one), float(one.sd[0])) for name, one in found.items() if one} == {
        name: (_centre(one), float(one.sd[0])) for name, one in turned.items() if one
    }


def test_with_few_errors_the_stated_default_stands_for_those_missing() -> None:
    assert spread_of([], []).sd(Guess(9.0, 3.0)) == pytest.approx(DEFAULT_SD)
    two = spread_of([Guess(9.0, 1.0)] * 2, [1.0, -1.0])
    assert two.sd(Guess(9.0, 3.0)) == pytest.approx(np.sqrt((2 * 1.0 + 3 * DEFAULT_SD**2) / 5))


def test_a_spread_is_learnt_with_its_growth_where_there_is_one() -> None:
    draw, years = np.random.default_rng(2), np.tile([0.1, 1.0, 4.0], 500)
    guesses = [Guess(9.0, year) for year in years]
    growing = spread_of(guesses, draw.normal(0, np.sqrt(0.04 + 0.09 * years)).tolist())
    level = spread_of(guesses, draw.normal(0, 0.3, len(years)).tolist())
    for year in (0.1, 1.0, 4.0):
        assert growing.sd(Guess(9.0, year)) == pytest.approx(np.sqrt(0.04 + 0.09 * year), rel=0.1)
        assert level.sd(Guess(9.0, year)) == pytest.approx(0.3, rel=0.1)


def test_a_line_grows_unsure_away_from_its_figures() -> None:
    known = known_from(FOUR)
    near, far = (baselines(known, _wanted(middle))["trend"] for middle in (2017.0, 2025.0))
    assert near is not None
    assert far is not None
    times = np.array([one.middle for one in FOUR])
    leverage = [1 + 1 / 4 + (at - times.mean()) ** 2 / ((times - times.mean()) ** 2).sum() for at in (2017.0, 2025.0)]
    assert float((far.sd / near.sd)[0]) == pytest.approx(np.sqrt(leverage[1] / leverage[0]))


def test_errors_come_from_what_was_published_before() -> None:
    """A figure never helps to forecast one of its own day: else the two of a table would teach too small a spread."""
    table = [_figure(9.0, 2015.5, 2016.0), _figure(9.0, 2015.6, 2016.0)]
    latest = known_from(table).spreads["latest"]
    assert latest.still == pytest.approx(DEFAULT_SD**2)
    later = known_from([*table, _figure(10.0, 2016.5, 2017.0)]).spreads["latest"]
    assert later.still == pytest.approx((1.0 + 4 * DEFAULT_SD**2) / 5)


def _walks(step: float, noise: float) -> list[list[Figure]]:
    draw, series = np.random.default_rng(11), []
    for each in range(30):
        level = 9 + np.cumsum(draw.normal(0, step, 120)) + draw.normal(0, noise, 120)
        months = np.sort(draw.choice(120, 9, replace=False))
        series.append(
            [_figure(level[at], 2010 + (at + 0.5) / 12, 2010.1 + at / 12, series=f"walk{each}") for at in months]
        )
    return series


def _scores(series: list[list[Figure]]) -> dict[str, float]:
    """Mean CRPS of forecasts of the last figure of each series from all others."""
    known = known_from([one for figures in series for one in figures[:-1]])
    scores: dict[str, list[float]] = {name: [] for name in NAMES}
    for *_, last in series:
        for name, one in baselines(known, _wanted(last.middle, series=last.measure)).items():
            if one is not None:
                scores[name].append(crps(one, last.log_value))
    return {name: float(np.mean(each)) for name, each in scores.items() if each}


def test_on_a_random_walk_the_local_level_beats_the_mean_and_the_line() -> None:
    scores = _scores(_walks(step=0.15, noise=0.1))
    assert scores["local level"] < 0.7 * scores["mean"]
    assert scores["local level"] < 0.9 * scores["trend"]


def test_on_pure_noise_the_local_level_beats_the_latest() -> None:
    scores = _scores(_walks(step=0.0, noise=0.4))
    assert scores["local level"] < 0.95 * scores["latest"]
    assert scores["mean"] < 0.95 * scores["latest"]


def test_on_what_they_assume_forecasters_hold_as_often_as_they_say() -> None:
    """Latest on random walks: central 80 % of forecasts of the last figures hold about 80 % of 30."""
    series = _walks(step=0.15, noise=0.0)
    known, held = known_from([one for figures in series for one in figures[:-1]]), []
    for *_, last in series:
        one = baselines(known, _wanted(last.middle, series=last.measure))["latest"]
        assert one is not None
        low, high = quantile(one, [0.1, 0.9])
        held.append(low <= last.log_value <= high)
    assert 0.6 <= np.mean(held) <= 0.95


def test_nobody_draws_a_line_through_two_figures_or_through_figures_of_one_season() -> None:
    two = known_from([_figure(8.0, 2018.0, 2020.1), _figure(9.0, 2020.0, 2020.2)])
    season = known_from([_figure(8.0, 2018.0, 2020.1), _figure(9.0, 2018.1, 2020.2), _figure(8.5, 2018.2, 2020.3)])
    three = known_from([_figure(8.0, 2018.0, 2020.1), _figure(9.0, 2018.5, 2020.2), _figure(8.5, 2019.0, 2020.3)])
    drawn = [baselines(each, _wanted(2021.0))["trend"] is not None for each in (two, season, three)]
    assert drawn == [False, False, True]
