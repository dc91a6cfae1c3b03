"""Promise: what permits, visas and border tables read is exactly what the page on the model says, term by term."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.calibrate.real import ready, series_at, typical

BARE = {
    "crossings_per_arrival": 1.0, "visa_runs": 0.0, "crew_crossings": 0.0, "private_crossings": 0.0,
    "transit_crossings": 0.0, "tourist_crossings": 0.0, "official_crossings": 0.0, "crossings_closed": 0.0,
    "others_coverage_2025": 1.0, "promised_over_net": 1.0, "reported_returns": 1.0,
    "business_crossings": 0.0, "true_students": 0.0, "entries_coverage_2025": 1.0, "leak": 0.0,
    "visas_per_work_arrival": 1.0, "visas_per_study_arrival": 1.0, "visas_per_other_stay": 0.0, "true_visitors": 0.0,
    "true_student_visas": 0.0, "permit_coverage": 1.0, "permit_coverage_2018": 1.0, "count_coverage_2020": 1.0,
    "nationals_not_workers": 0.0, "due_over_state": 0.0, "employer_markup": 1.0,
}  # fmt: skip


def read(**changes: float) -> dict[str, Any]:
    """Series with every ratio and stranger taken away, but for what `changes` says."""
    return series_at(typical(21), **(BARE | changes))


def switch(name: str) -> Any:
    calendar = ready().model.calendar
    return calendar.open if name == "open" else calendar.spans[name]


def focus(series: dict[str, Any], name: str) -> Any:
    return series[name][ready().model.hosts.index(ready().model.focus)]


def test_bare_tables_read_the_persons_themselves() -> None:
    """One crossing and one visa per arrival, nobody else at the border, nobody unseen."""
    series = read()
    same = {
        "entries": focus(series, "arrived"), "entries_work": series["arrived_work"],
        "entries_study": series["arrived_study"], "entries_business": series["arrived_other"],
        "visas_work": series["arrived_work"], "visas_study": series["arrived_study"] + series["relabelled_study"],
        "permits": series["present_work"], "counted": focus(series, "present"),
        "sent_home": series["left"], "promised": series["net"],
        "nationals": focus(series, "present"), "due": series["state"], "employer_cost": series["gross"],
    }  # fmt: skip
    for name, wanted in same.items():
        np.testing.assert_allclose(series[name], wanted, rtol=1e-12, err_msg=name)


STRANGERS = {
    "crew": "transport", "private": "private", "transit": "transit", "tourist": "tourism", "official": "official"
}  # fmt: skip
TERMS = [
    ("crossings_per_arrival", 1.5, "entries", lambda bare: 0.5 * focus(bare, "arrived")),
    ("visa_runs", 0.2, "entries", lambda bare: 0.2 * bare["present_other"] * switch("open")),
    *((f"{who}_crossings", 90.0, "entries", lambda _: 90 * switch("open")) for who in STRANGERS),
    *((f"{who}_crossings", 90.0, f"entries_{to}", lambda _: 90 * switch("open")) for who, to in STRANGERS.items()),
    ("reported_returns", 0.7, "sent_home", lambda bare: -0.3 * bare["left"]),
    ("promised_over_net", 1.2, "promised", lambda bare: 0.2 * bare["net"]),
    ("business_crossings", 40.0, "entries", lambda _: 40 * switch("open")),
    ("business_crossings", 40.0, "entries_business", lambda _: 40 * switch("open")),
    ("true_students", 120.0, "entries_study", lambda bare: 10 + 0 * bare["arrived_study"]),
    ("true_students", 120.0, "students", lambda bare: 120 + 0 * bare["arrived_study"]),
    ("visas_per_work_arrival", 1.3, "visas_work", lambda bare: 0.3 * bare["arrived_work"]),
    ("visas_per_study_arrival", 1.2, "visas_study", lambda bare: 0.2 * bare["visas_study"]),
    ("true_student_visas", 150.0, "visas_study", lambda _: 150 * switch("open")),
    ("visas_per_other_stay", 0.25, "visas_other", lambda bare: 0.25 * bare["present_other"] * switch("open")),
    ("true_visitors", 120.0, "visas_other", lambda _: 120 * switch("open")),
    ("nationals_not_workers", 700.0, "nationals", lambda bare: 700 + 0 * bare["permits"]),
    ("count_coverage_2020", 0.4, "counted", lambda bare: -0.6 * bare["counted"]),
    ("permit_coverage", 0.9, "permits", lambda bare: -0.1 * bare["permits"] * (1 - switch("ordered"))),
    ("permit_coverage_2018", 0.9, "permits", lambda bare: -0.1 * bare["permits"] * switch("ordered")),
    ("entries_coverage_2025", 0.07, "entries", lambda bare: -0.93 * bare["entries"] * switch("withheld")),
    ("due_over_state", float(np.log(1.2)), "due", lambda bare: 0.2 * bare["state"]),
    ("employer_markup", 1.1, "employer_cost", lambda bare: 0.1 * bare["gross"]),
]


@pytest.mark.parametrize(("name", "value", "series", "adds"), TERMS, ids=[f"{one[0]}-{one[2]}" for one in TERMS])
def test_each_term_adds_what_it_says(name: str, value: float, series: str, adds: Any) -> None:
    bare, with_it = read(), read(**{name: value})
    wanted = bare[series] + adds(bare)
    np.testing.assert_allclose(with_it[series], wanted, rtol=1e-12, atol=1e-12 * np.abs(wanted).max())
    assert not np.array_equal(with_it[series], bare[series])


def test_every_unknown_ratio_is_tried() -> None:
    assert {one[0] for one in TERMS} | {"leak", "crossings_closed", "others_coverage_2025"} == set(BARE)


def test_strangers_cross_a_closed_border_by_a_share_and_are_seen_by_another() -> None:
    series = read(crew_crossings=100.0, private_crossings=20.0, crossings_closed=0.1, others_coverage_2025=0.5)
    seen = 1 - 0.5 * switch("withheld")
    np.testing.assert_allclose(series["entries_transport"], 100 * np.where(switch("open"), 1.0, 0.1) * seen, rtol=1e-12)
    both = series["entries_transport"] + series["entries_private"]
    np.testing.assert_allclose(series["entries"], focus(read(), "arrived") + both, rtol=1e-12)


def test_shares_of_the_world_are_taken_of_everybody() -> None:
    series, model = series_at(typical(25)), ready().model
    present = series["present"]
    np.testing.assert_allclose(series["share_of_world"], present / present[-1], rtol=1e-12)
    two = present[model.hosts.index("CN")] + present[model.hosts.index("RU")]
    np.testing.assert_allclose(series["share_of_two"], two / present[-1], rtol=1e-12)


def test_all_visas_are_the_sum_of_their_classes() -> None:
    series = series_at(typical(22))
    np.testing.assert_allclose(
        series["visas_all"], sum(series[f"visas_{visa}"] for visa in ready().model.visas.all), rtol=1e-12
    )


def test_rescues_are_a_yearly_level_with_a_slope_and_know_nothing_of_the_stock() -> None:
    """No output may tell how escapes answer to control: the model gives them no link to anything."""
    few = series_at(typical(23), rescue_level=24.0, rescue_slope=0.0)["reached_safety"]
    np.testing.assert_allclose(few, 2.0, rtol=1e-12)
    many = series_at(typical(24), rescue_level=24.0, rescue_slope=-0.1)["reached_safety"]
    np.testing.assert_allclose(many[12:] / many[:-12], np.exp(-0.1), rtol=1e-12)
    assert many[ready().model.grid.index("2022-07")] == pytest.approx(2.0)
