"""Promise: a backtest that was stopped goes on where it stood, and what one asked for serves another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from tallystick.forecasts.backtest import Past
from tallystick.study.backtest import cuts_of, keys_of, pasts
from tallystick.study.study import Study
from tallystick.vocab.errors import UsageError
from tests.programmes import VESSANY

DAYS = (date(2021, 3, 1), date(2022, 3, 1), date(2023, 3, 1))


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The cuts that were fitted, in order; no fit is made, and after a cut of 2022 the first run is stopped."""
    made: list[date] = []

    def one_by_one(_: object, days: Sequence[date], **__: object) -> Iterator[Past]:
        for day in days:
            if made == list(DAYS[:2]):
                made.append(day)
                raise RuntimeError("stopped")
            made.append(day)
            yield Past(day=day, used=day.year, r_hat=1.0, divergences=0, rows=())

    monkeypatch.setattr("tallystick.forecasts.backtest.backtest", one_by_one)
    return made


def test_a_backtest_that_was_stopped_fits_only_the_cuts_that_it_had_not_finished(
    tmp_path: Path, fitted: list[date]
) -> None:
    study = Study(VESSANY, cache=tmp_path)
    with pytest.raises(RuntimeError, match="stopped"):
        pasts(study, DAYS, "stated")
    fitted.clear()
    found = pasts(study, DAYS, "stated")
    assert fitted == [DAYS[2]]
    assert [(past.day, past.used) for past in found] == [(day, day.year) for day in DAYS]


def test_a_study_of_an_earlier_day_has_no_cuts_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="takes all evidence"):
        cuts_of(Study(VESSANY, cache=tmp_path, as_of=date(2020, 1, 1)), "named")


def test_a_few_cuts_are_those_of_the_whole_and_other_priors_or_seeds_are_not(
    tmp_path: Path, fitted: list[date]
) -> None:
    study = Study(VESSANY, cache=tmp_path)
    pasts(study, DAYS[1:], "stated")
    fitted.clear()
    assert [past.day for past in pasts(study, DAYS[2:], "stated")] == [DAYS[2]]
    assert fitted == []
    pasts(study, DAYS[2:], "generic")
    pasts(Study(VESSANY, cache=tmp_path, seed=study.seed + 1), DAYS[2:], "stated")
    assert fitted == [DAYS[2], DAYS[2]]


def test_a_library_of_another_version_makes_a_cut_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    study = Study(VESSANY)
    before = keys_of(study, DAYS, "stated")
    assert len(set(before.values())) == len(DAYS)
    assert keys_of(study, DAYS[:1], "stated") == {DAYS[0]: before[DAYS[0]]}
    monkeypatch.setattr("tallystick.study.hashes.version", lambda name: "2" if name == "statsmodels" else "1")
    one = keys_of(study, DAYS, "stated")
    monkeypatch.setattr("tallystick.study.hashes.version", lambda _: "1")
    assert not set(one.values()) & set(keys_of(study, DAYS, "stated").values())
