"""Promise: each later figure counts once, bounds are told apart, and what cannot be told from chance is not judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import msgspec
import numpy as np
import pytest
from scipy.stats import norm

from tallystick.forecasts import score as scoring
from tallystick.forecasts.mixture import Mixture, crps, normal
from tallystick.forecasts.score import OPEN, Forecast, Report, Row, horizon_of, score
from tallystick.forecasts.tables import COMPARED, SCORES, compared, scores

CUT = date(2020, 1, 1)


def _forecast(
    claim: str = "a",
    *,
    said: float = 9.0,
    system: Mixture | None = None,
    baselines: Mapping[str, Mixture | None] | None = None,
    kind: Literal["point", "range", "at_least", "up_to"] = "point",
    shock: str = "first",
    **other: Any,
) -> Forecast:
    one = Forecast(
        claim=claim,
        cut=CUT,
        measure="workers_present",
        family="heads",
        host="AA",
        horizon=3.0,
        shock=shock,
        kind=kind,
        said=said,
        system=system or normal(9.0, 0.5),
        baselines=baselines or {},
    )
    return replace(one, **other)


def _many(count: int, sd: float = 0.5, off: float = 0.0, shocks: int = 4, seed: int = 1) -> list[Forecast]:
    """Figures that a normal of that sd made, the system's forecast off by `off`; the baseline's is the generator."""
    draw = np.random.default_rng(seed)
    return [
        _forecast(
            f"claim{each}",
            said=float(draw.normal(9.0, 0.5)),
            system=normal(9.0 + off, sd),
            baselines={"latest": normal(9.0, 0.5)},
            shock=f"shock{each % shocks}",
        )
        for each in range(count)
    ]


def report_of(forecasts: Sequence[Forecast], seed: int, repeats: int) -> Report:
    return scoring.report_of([score(one) for one in forecasts], seed, repeats)


def _group(groups: tuple[Row, ...], by: str, name: str) -> Row:
    return next(row for row in groups if (row.by, row.name) == (by, name))


def test_coverage_of_a_known_generator_is_what_the_intervals_say() -> None:
    overall = report_of(_many(3000), seed=1, repeats=100).overall
    for level, found in ((0.5, overall.coverage_50), (0.8, overall.coverage_80), (0.95, overall.coverage_95)):
        assert found == pytest.approx(level, abs=4 * np.sqrt(level * (1 - level) / 3000))
    assert overall.crps == pytest.approx(0.5 / np.sqrt(np.pi), rel=0.05)  # of a normal by its own draws
    assert overall.log_score == pytest.approx(-0.5 * np.log(2 * np.pi * np.e * 0.25), abs=0.06)


def test_too_narrow_a_system_covers_too_little() -> None:
    overall = report_of(_many(400, sd=0.2), seed=1, repeats=100).overall
    assert overall.coverage_80 is not None
    assert overall.coverage_80 < 0.6


def test_a_figure_that_many_cuts_forecast_counts_once() -> None:
    """Three cuts come nearer to what was said; the last alone holds it."""
    centres = {2016: 8.0, 2018: 9.0, 2020: 10.5}
    often = [
        _forecast("often", said=11.0, system=normal(at, 0.5), cut=date(year, 1, 1)) for year, at in centres.items()
    ]
    overall = report_of([*often, _forecast("once", said=9.0)], seed=1, repeats=10).overall
    assert (overall.n, overall.forecasts) == (2, 4)
    assert overall.coverage_95 == pytest.approx((1 / 3 + 1) / 2)
    mean = np.mean([crps(normal(at, 0.5), 11.0) for at in centres.values()])
    assert overall.crps == pytest.approx((mean + crps(normal(9.0, 0.5), 9.0)) / 2)


def test_within_a_group_weights_are_those_of_the_group() -> None:
    """Two of three cuts near the figure, one far: the far row holds it whole, not a third of it."""
    cuts = [
        _forecast("often", horizon=months, cut=date(2020, 1, day)) for day, months in enumerate((1.0, 2.0, 30.0), 1)
    ]
    rows = report_of([*cuts, _forecast("other", said=12.0, horizon=2.0)], seed=1, repeats=10).groups
    near, far = (_group(rows, "horizon", name) for name in ("0 to 6 months", "24 months and more"))
    assert (near.n, near.forecasts, near.coverage_95) == (2, 3, 0.5)
    assert (far.n, far.forecasts, far.coverage_95) == (1, 1, 1.0)


def test_bounds_enter_the_log_score_by_their_chance_and_nothing_else() -> None:
    floor, ceiling = _forecast("floor", said=10.0, kind="at_least"), _forecast("ceiling", said=8.5, kind="up_to")
    overall = report_of([floor, ceiling], seed=1, repeats=10).overall
    assert (overall.n, overall.bounds, overall.crps, overall.coverage_80) == (0, 2, None, None)
    expected = (norm(9.0, 0.5).logsf(10.0) + norm(9.0, 0.5).logcdf(8.5)) / 2
    assert overall.log_score == pytest.approx(expected)
    both = report_of([floor, ceiling, _forecast()], seed=1, repeats=10).overall
    assert (both.n, both.bounds, both.coverage_95) == (1, 2, 1.0)
    assert both.log_score == pytest.approx((2 * expected + norm(9.0, 0.5).logpdf(9.0)) / 3)


def test_a_range_is_scored_at_its_middle() -> None:
    point, middle = (report_of([_forecast(said=9.4, kind=kind)], seed=1, repeats=10) for kind in ("point", "range"))
    assert point == middle


def test_a_baseline_is_laid_beside_the_system_on_the_figures_that_it_forecast() -> None:
    rows = [
        _forecast("a", said=9.5, baselines={"latest": normal(9.0, 0.5), "trend": None}),
        _forecast("b", said=12.0, baselines={"latest": None, "trend": normal(11.0, 1.0)}),
    ]
    overall = report_of(rows, seed=1, repeats=10).overall
    assert overall.baselines == {name: one.crps for name, one in overall.comparisons.items()}
    latest, trend = overall.comparisons["latest"], overall.comparisons["trend"]
    assert latest.system_crps == pytest.approx(latest.crps)
    assert (latest.n, trend.n) == (1, 1)
    assert (latest.crps_as_point, trend.crps_as_point) == pytest.approx((0.5, 1.0))
    assert trend.system_crps == pytest.approx(crps(normal(9.0, 0.5), 12.0))


def test_a_mixture_as_a_point_is_its_median() -> None:
    lop = Mixture(np.array([0.8, 0.2]), np.array([9.0, 19.0]), np.array([0.1, 0.1]))
    one = report_of([_forecast(said=9.0, baselines={"lop": lop})], seed=1, repeats=10).overall.comparisons["lop"]
    assert one.crps_as_point == pytest.approx(abs(norm.ppf(0.5 / 0.8)) * 0.1, abs=1e-6)


@pytest.mark.parametrize(("count", "shocks", "judged"), [(15, 3, True), (14, 3, False), (40, 2, False)])
def test_few_figures_or_few_shocks_cannot_be_distinguished(count: int, shocks: int, judged: bool) -> None:
    """However clear the difference looks: the system here is off by three sd."""
    overall = report_of(_many(count, off=1.5, shocks=shocks), seed=1, repeats=200).overall
    latest = overall.comparisons["latest"]
    assert overall.judged is judged
    assert bool(overall.intervals) is judged
    assert (latest.below_shocks is not None) is judged
    assert latest.verdict == ("worse" if judged else OPEN)
    assert overall.verdict == ("worse than latest" if judged else OPEN)


def test_bounds_do_not_help_a_group_to_be_judged() -> None:
    rows = [*_many(14), *(replace(one, claim=f"{one.claim} at least", kind="at_least") for one in _many(14))]
    assert not report_of(rows, seed=1, repeats=10).overall.judged


def test_a_group_may_be_judged_and_a_baseline_with_few_figures_not() -> None:
    rows = _many(40, off=1.5)
    few = [replace(one, baselines={**one.baselines, "trend": normal(9.0, 0.5)}) for one in rows[:9]] + rows[9:]
    overall = report_of(few, seed=1, repeats=200).overall
    assert overall.comparisons["trend"].below_figures is None
    assert overall.verdict == f"worse than latest; {OPEN} from trend"


def test_the_better_system_is_called_better_and_an_equal_neither() -> None:
    turned = [replace(one, system=normal(9.0, 0.5), baselines={"latest": normal(10.5, 0.5)}) for one in _many(40)]
    assert report_of(turned, seed=1, repeats=200).overall.verdict == "better than latest"
    equal = report_of(_many(40), seed=1, repeats=200).overall
    assert equal.comparisons["latest"].below_figures == pytest.approx(0.5, abs=1e-9)  # ties throughout
    assert equal.verdict == OPEN


@pytest.mark.parametrize("turned", [False, True])
def test_both_ways_of_redrawing_have_to_agree(turned: bool) -> None:
    """Ahead in four shocks and far behind in the fifth, or `turned`: by figures it is clear, by shocks it is not."""
    rows = []
    for shock, (count, gain) in enumerate([(30, 0.3), (30, 0.3), (30, 0.3), (30, 0.3), (12, -1.2)]):
        near, far = normal(9.0, 0.1), normal(9.0 + abs(gain), 0.1)
        system, latest = (near, far) if (gain > 0) is not turned else (far, near)
        rows += [
            _forecast(f"{shock}/{each}", system=system, baselines={"latest": latest}, shock=str(shock))
            for each in range(count)
        ]
    found = report_of(rows, seed=1, repeats=2000).overall.comparisons["latest"]
    assert found.below_figures is not None
    assert found.below_shocks is not None
    assert abs(found.below_figures - 0.5) >= 0.45 > abs(found.below_shocks - 0.5)
    assert found.verdict == OPEN


def test_order_of_forecasts_moves_nothing_and_the_seed_is_kept() -> None:
    rows = _many(40)
    assert report_of(rows, seed=3, repeats=50) == report_of(rows[::-1], seed=3, repeats=50)
    assert report_of(rows, seed=0, repeats=50).seed == 0


def test_every_figure_is_in_one_group_of_each_kind() -> None:
    rows = [replace(one, host="AB"[at % 2], horizon=float(at - 5)) for at, one in enumerate(_many(40))]
    report = report_of(rows, seed=1, repeats=10)
    for by in ("family", "measure", "horizon", "host"):
        assert sum(row.n for row in report.groups if row.by == by) == 40, by
    assert [row.name for row in report.groups if row.by == "horizon"] == [
        "about a time before the cut", "0 to 6 months", "6 to 12 months", "12 to 24 months", "24 months and more",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("months", "name"),
    [
        (-0.1, "about a time before the cut"),
        (0.0, "0 to 6 months"),
        (6.0, "6 to 12 months"),
        (24.0, "24 months and more"),
    ],
)
def test_a_horizon_falls_in_one_span(months: float, name: str) -> None:
    assert horizon_of(months) == name


def test_json_keeps_its_contract_and_has_no_number_that_is_none() -> None:
    """Issue 4: `overall` and `groups[]`, each with these keys, `baselines` from name to CRPS."""
    document = msgspec.json.decode(msgspec.json.encode(report_of([*_many(20), _forecast("f", kind="up_to")], 1, 50)))
    keys = {"n", "coverage_50", "coverage_80", "coverage_95", "crps", "log_score", "baselines"}
    for row in (document["overall"], *document["groups"]):
        assert keys <= row.keys()
        assert all(isinstance(one, float) for one in row["baselines"].values())
    assert set(document["overall"]["intervals"]["coverage_80"]) == {"figures", "shocks"}
    bare = msgspec.json.decode(msgspec.json.encode(report_of([], 1, 50)))
    assert (bare["overall"]["n"], bare["overall"]["crps"], bare["groups"]) == (0, None, [])


def test_tables_show_every_row_and_claim_no_certainty() -> None:
    report = report_of(_many(40, off=1.5), seed=1, repeats=100)
    lines, beside = scores(report), compared(report)
    assert [tuple(line) for line in lines] == [SCORES] * (1 + len(report.groups))
    assert [tuple(line) for line in beside] == [COMPARED] * (1 + len(report.groups))
    assert (lines[0]["figures"], lines[0]["verdict"]) == ("40", "worse than latest")
    assert (beside[0]["chance by figures"], beside[0]["verdict"]) == ("under 1 %", "worse")
    few = report_of(_many(3), seed=1, repeats=100)
    assert compared(few)[0]["chance by shocks"] == ""
