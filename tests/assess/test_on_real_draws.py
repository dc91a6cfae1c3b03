"""The law over the fit that ships: what a brief says of it, and sums that two packages come to by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tallystick.assess.obligations import readings
from tallystick.assess.presence import presences

if TYPE_CHECKING:
    from tallystick.study.study import Study


def test_worker_months_of_the_periods_add_up_to_those_since_the_deadline(study: Study) -> None:
    periods = readings(study.programme).periods
    focus = study.programme.focus.id
    there = presences(study.posterior, focus, frozenset({"work"}))[focus]
    cumulative = study.posterior["worker_months_after_deadline"]
    last = str(cumulative["year"].values[-1])
    for cohort in there.by_cohort:
        parts = [
            there.worker_months(periods[name], cohort) for name in ("deadline-to-closure", "closure", "since-reopening")
        ]
        total = cumulative.sel(cohort=cohort, year=last).transpose("draw").values
        np.testing.assert_allclose(np.sum(parts, axis=0), total, rtol=1e-4)


@pytest.mark.parametrize(
    ("finding", "outcome"),
    [
        ("return-of-income-earners:RU:before-deadline", "not_applicable"),
        ("return-of-income-earners:RU:closure", "undetermined"),
        ("return-of-income-earners:RU:closure:stranded", "undetermined"),
        ("return-of-income-earners:RU:since-reopening", "inconsistent"),
        ("return-of-income-earners:RU:since-reopening:arrived_later", "inconsistent"),
        ("return-of-income-earners:CN:closure", "undetermined"),
        ("return-of-income-earners:PL:since-deadline", "undetermined"),
        ("authorisation-ceiling:RU:to-end-of-2017", "undetermined"),
        ("authorisation-ceiling:RU:2018-2019", "undetermined"),
        ("authorisation-ban:RU:before-deadline", "undetermined"),
        ("authorisation-ban:RU:deadline-to-closure", "undetermined"),
        ("presumption-us-border:CN:closure", "not_applicable"),
        ("duty-to-list:RU:closure", "not_applicable"),
        ("authorisation-ban:RU:since-reopening", "undetermined"),
        ("pay-in-food:RU:closure", "not_applicable"),
        ("eu-market:RU:since-reopening", "not_applicable"),
    ],
)
def test_what_the_law_chapter_says(study: Study, finding: str, outcome: str) -> None:
    assert {f.id: f.outcome for f in study.assessment.findings}[finding] == outcome
