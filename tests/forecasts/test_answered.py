"""Promise: the first figure that is used answers a forecast, once; what was known, or comes too late, does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from math import log

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.forecasts.answered import Answer, answers
from tallystick.forecasts.asked import Question, ahead, answer_of
from tallystick.forecasts.mixture import cdf, crps, normal
from tallystick.forecasts.score import report_of
from tallystick.reconcile.account import reconcile
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim
from tests.forecasts.recorded import FIRST, chain, made, question
from tests.programmes import VESSANY

CENTRE, SD = 7.6, 0.3  # of `recorded.frozen`
ASKED = question()
LAST = date(2026, 6, 30)


@cache
def _programme() -> Programme:
    return load_programme(str(VESSANY))


def _claim(id: str, count: float, said: date, **changes: object) -> Claim:
    """A count of a year's arrivals, as one of the invented evidence but for what is said here."""
    like = next(claim for claim in _programme().claims if claim.id == "oso22_arrived")
    fields = {
        "id": id, "point": count, "start": date(2025, 1, 1), "end": date(2025, 12, 31), "title": f"Table {id}",
        "asserted_earliest": said, "asserted_latest": said,
    }  # fmt: skip
    return replace(like, **(fields | changes))


def _with(*claims: Claim) -> Programme:
    return replace(_programme(), claims=(*_programme().claims, *claims))


def _answer(programme: Programme, asked: Question = ASKED, frozen_on: date = FIRST, day: date = LAST) -> Answer:
    (found,) = answers(chain(made([asked], frozen_on)), programme, day)
    return found


def test_a_forecast_is_open_until_a_figure_comes_and_lapses_when_none_came_in_time() -> None:
    assert _answer(_programme()).state == "open"
    assert _answer(_programme(), day=ASKED.expected_by).state == "open"
    assert _answer(_programme(), day=date(2027, 1, 1)).state == "lapsed"
    assert _answer(_programme()).scored is None


def test_a_figure_is_scored_by_what_was_frozen() -> None:
    found = _answer(_with(_claim("oso25_arrived", 2600, date(2026, 2, 1))))
    whole, said = normal(CENTRE, SD), log(2600)
    assert found.state == "answered"
    assert found.scored is not None
    assert found.scored.claim == "oso25_arrived"
    assert found.scored.said == said
    assert found.scored.place == pytest.approx(float(cdf(whole, said)), abs=1e-4)
    assert found.scored.crps == pytest.approx(crps(whole, said), rel=5e-3)
    assert found.scored.median == pytest.approx(CENTRE, abs=1e-5)
    assert found.scored.shock == "after"
    assert found.scored.horizon == pytest.approx(5, abs=0.1)  # months to the middle of 2025
    assert found.scored.baselines["latest"].as_point == pytest.approx(abs(log(2000) - said))
    assert found.scored.baselines["system"].crps == pytest.approx(crps(normal(CENTRE, 2 * SD), said), rel=5e-3)


def test_a_figure_is_matched_once_and_a_copy_of_it_is_no_second() -> None:
    first = _claim("oso25_arrived", 2600, date(2026, 2, 1))
    copy = _claim(
        "wire26_arrived", 2600, date(2026, 2, 3), link_kind="repeats", derived_from=("oso25_arrived",),
        published_by="Northsea Wire",
    )  # fmt: skip
    programme = _with(first, copy)
    used = [one.claim for one in reconcile(ahead(programme)).observations]
    assert "oso25_arrived" in used
    assert "wire26_arrived" not in used
    record = chain(made([ASKED]), made([ASKED], date(2025, 6, 1)))
    found = answers(record, programme, LAST)
    assert [one.scored.claim for one in found if one.scored] == ["oso25_arrived"] * 2
    report = report_of([one.scored for one in found if one.scored], 1, 50)
    assert (report.overall.n, report.overall.forecasts) == (1, 2)


def test_of_two_figures_the_one_that_was_said_first_answers() -> None:
    """Whatever days they speak of, and however they are called."""
    asked = question(measure="workers_present", start=date(2025, 1, 1), end=date(2025, 12, 31))
    told = {"second": date(2026, 2, 1), "first": date(2026, 5, 1)}
    days = (date(2025, 9, 30), date(2025, 3, 31))
    both = [
        _claim(id, 5000, said, measure="workers_present", start=day, end=day)
        for (id, said), day in zip(told.items(), days, strict=True)
    ]
    programme = _with(*both)
    account = reconcile(ahead(programme))
    assert set(told) <= {one.claim for one in account.observations}
    found = answer_of(asked, FIRST, programme, account)
    assert found is not None
    assert found.claim == "second"


def test_a_copy_of_a_figure_that_was_known_answers_nothing() -> None:
    """Its origin was published before the day of freezing."""
    known = _claim("oso25_plan", 2600, date(2025, 1, 20))
    copy = _claim("wire26_plan", 2600, date(2026, 2, 3), link_kind="repeats", derived_from=("oso25_plan",))
    assert _answer(_with(known, copy)).state == "open"


@pytest.mark.parametrize(("printed", "answered"), [(date(2025, 1, 20), False), (date(2025, 2, 20), True)])
def test_a_figure_whose_copy_was_printed_before_the_freezing_answers_nothing(printed: date, answered: bool) -> None:
    """The account uses the office's own row, which can only be dated later; a wire had printed it by then."""
    wire = _claim("wire25_arrived", 2600, printed, published_by="Northsea Wire", asserter_class="media")
    office = _claim("oso25_arrived", 2600, date(2026, 2, 1), link_kind="repeats", derived_from=("wire25_arrived",))
    programme = _with(wire, office)
    account = reconcile(ahead(programme))
    seen = next(one for one in account.observations if one.claim == "wire25_arrived")
    own = replace(seen, claim="oso25_arrived", asserter_class="administrative")  # as where the copy is not what is used
    found = answer_of(ASKED, FIRST, programme, replace(account, observations=(own,)))
    assert (found is not None) == answered


@pytest.mark.parametrize(
    ("changes", "answered"),
    [
        ({}, True),
        ({"start": date(2025, 1, 4)}, True),  # within three days
        ({"start": date(2025, 1, 5)}, False),
        ({"end": date(2025, 11, 30)}, False),
        ({"host": "XB"}, False),
        ({"asserter_class": "media"}, False),
        ({"measure": "work_permits_issued", "unit": "permits"}, False),
        ({"point": None, "low": 2600.0}, False),  # a bound has no number of its own
        ({"point": None, "low": 2600.0, "high": 2800.0}, True),
        ({"asserted_earliest": FIRST, "asserted_latest": FIRST}, False),  # on the day of freezing: it was known
        ({"asserted_earliest": date(2027, 1, 1), "asserted_latest": date(2027, 1, 1)}, False),  # too late
    ],
)
def test_only_a_figure_of_what_was_asked_answers(changes: dict[str, object], answered: bool) -> None:
    programme = _with(_claim("new", 2600, date(2026, 2, 1), **changes))
    found = answer_of(ASKED, FIRST, programme, reconcile(ahead(programme)))
    assert (found is not None) == answered


@pytest.mark.parametrize(
    ("day", "answered"),
    [
        (date(2024, 12, 21), False),
        (date(2024, 12, 22), True),
        (date(2025, 3, 31), True),
        (date(2025, 9, 10), True),
        (date(2025, 9, 11), False),
    ],
)
def test_a_level_answers_by_the_day_that_it_speaks_of(day: date, answered: bool) -> None:
    """Asked for 1 January to 31 August, ten days more at either end."""
    asked = question(measure="workers_present", start=date(2025, 1, 1), end=date(2025, 8, 31), within_days=10)
    level = _claim("oso25_present", 5000, date(2026, 2, 1), measure="workers_present", start=day, end=day)
    programme = _with(level)
    found = answer_of(asked, FIRST, programme, reconcile(ahead(programme)))
    assert (found is not None) == answered
