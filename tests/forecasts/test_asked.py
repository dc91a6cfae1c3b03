"""Promise: what is asked is something that the model reads, and nothing that tells of flight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from msgspec import structs

from tallystick.calibrate.headline import untold_measures
from tallystick.evidence.programme import load_programme
from tallystick.forecasts.asked import ahead, observation_of, questions_of
from tallystick.forecasts.freeze import still_open
from tallystick.reconcile.account import reconcile
from tallystick.vocab.errors import EvidenceError, EvidenceFaults, UsageError
from tallystick.vocab.programme import Programme
from tests.programmes import VESSANY


@cache
def _real() -> Programme:
    return load_programme("dprk")


@cache
def _invented() -> Programme:
    return load_programme(str(VESSANY))


def _last_day(programme: Programme) -> date:
    return max(claim.asserted_latest for claim in programme.claims)


def _asking(programme: Programme, **changes: Any) -> Programme:
    """The programme with its first question alone, changed."""
    (first, *_) = programme.tables["record"]["forecast"]
    return _of(programme, [first | changes])


def _of(programme: Programme, rows: list[Mapping[str, Any]]) -> Programme:
    return replace(programme, tables={**programme.tables, "record": {"forecast": rows}})


def test_nothing_is_asked_that_is_shown_beside_nothing() -> None:
    programme = _real()
    assert untold_measures(programme) == {"escapes"}
    assert not untold_measures(programme) & {one.measure for one in questions_of(programme)}
    asked = _asking(programme, measure="escapes", unit="persons/year")
    with pytest.raises(EvidenceFaults, match=r"row 1, field forecast\.measure: escapes .* never forecast"):
        questions_of(asked)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"measure": "workers_planned"}, "no figure of workers_planned is used"),
        ({"unit": "permits"}, 'unknown unit "permits"'),
        ({"host": "WW"}, 'unknown host "WW"'),
        ({"host": "XB", "measure": "work_permits_valid", "unit": "permits"}, "read in XA only"),
        ({"asserter_class": "gossip"}, 'unknown class "gossip"'),
        ({"start": date(2026, 1, 1)}, "lies before the start"),
        ({"start": date(2027, 1, 1), "end": date(2027, 6, 1)}, "lies outside 2014 to 2026"),
        ({"expected_by": date(2024, 1, 1)}, "lies before the window"),
        ({"within_days": -1}, "is not between 0 and 366"),
        ({"wordz": "x"}, "unknown key"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(EvidenceFaults) as found:
        questions_of(_asking(_invented(), **changes))
    assert any(fault in str(one) for one in found.value.faults)


def test_an_id_names_one_question_and_a_file_that_is_missing_is_told() -> None:
    (first, *_) = _invented().tables["record"]["forecast"]
    with pytest.raises(EvidenceFaults, match="stands here twice"):
        questions_of(_of(_invented(), [first, first]))
    without = replace(_invented(), tables={k: v for k, v in _invented().tables.items() if k != "record"})
    with pytest.raises(EvidenceError, match=r"record\.toml: the file is missing"):
        questions_of(without)


def test_a_level_that_may_be_of_any_day_is_asked_as_one() -> None:
    known = reconcile(_invented()).observations
    flow, level, rate = (observation_of(one, _invented(), known) for one in questions_of(_invented()))
    assert (flow.undated, level.undated, rate.undated) == (False, True, True)
    assert (flow.point, level.point, rate.point) == (
        1180,
        1000,
        1050,
    )  # the last of each series, of a range its low end
    assert {one.kind for one in (flow, level, rate)} == {"point"}


def test_the_longer_window_changes_nothing_of_the_account() -> None:
    for programme in (_real(), _invented()):
        assert ahead(programme).window[1] == programme.window[1] + 2
        assert reconcile(ahead(programme)).observations == reconcile(programme).observations


def test_a_forecast_is_not_dated_before_the_evidence_that_it_knows() -> None:
    asked, last = questions_of(_invented()), _last_day(_invented())
    assert still_open(asked, _invented(), last) == asked
    with pytest.raises(UsageError, match=f"may not know the future: the evidence holds .* {last}"):
        still_open(asked, _invented(), date(2024, 1, 1))


def test_what_has_been_answered_or_comes_too_late_is_not_asked_again() -> None:
    asked, said = questions_of(_invented()), date(2026, 2, 1)
    claim = next(one for one in _invented().claims if one.id == "oso22_arrived")
    came = replace(
        claim, id="oso25_arrived", title="Table of 2025", start=date(2025, 1, 1), end=date(2025, 12, 31),
        asserted_earliest=said, asserted_latest=said,
    )  # fmt: skip
    programme = replace(_invented(), claims=(*_invented().claims, came))
    assert still_open(asked, programme, said) == asked[1:]
    last = _last_day(_invented())
    with pytest.raises(UsageError, match=f"no question is open on {last}"):
        still_open([structs.replace(one, expected_by=last) for one in asked], _invented(), last)


def test_a_forecast_is_not_dated_more_than_a_year_after_its_evidence() -> None:
    asked, last = questions_of(_invented()), _last_day(_invented())
    assert still_open(asked, _invented(), last + timedelta(days=366)) == asked
    with pytest.raises(UsageError, match=f"the evidence ends on {last} .* more than a year before"):
        still_open(asked, _invented(), last + timedelta(days=367))
