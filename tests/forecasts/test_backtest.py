"""Promise: a forecast knows nothing of what came later. On the invented state, whose evidence is a page long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tallystick.evidence.programme import load_programme
from tallystick.forecasts import refit
from tallystick.forecasts.backtest import Past, backtest
from tallystick.forecasts.score import Scored, report_of
from tallystick.vocab.errors import FitError
from tallystick.vocab.programme import Programme
from tests.programmes import VESSANY

DAYS = (date(2021, 3, 1), date(2023, 3, 1))


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(str(VESSANY))


@pytest.fixture(scope="module", autouse=True)
def short() -> Iterator[None]:
    """As few draws as the sampler gives: what is tested here does not hang on their number."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"WARMUP": 100, "DRAWS": 50, "LONGER": 0}.items():
            patch.setattr(refit, name, value)
        yield


def _of(programme: Programme) -> tuple[Past, ...]:
    return tuple(backtest(programme, DAYS, priors="stated", seed=3))


@pytest.fixture(scope="module")
def pasts(programme: Programme) -> tuple[Past, ...]:
    return _of(programme)


def _forecast(row: Scored) -> tuple[object, ...]:
    """What was forecast, without what was then said."""
    return row.claim, row.cut, row.low_80, row.median, row.high_80


def test_what_is_forecast_was_first_said_after_the_cut(programme: Programme, pasts: tuple[Past, ...]) -> None:
    said = {claim.id: claim.asserted_earliest for claim in programme.claims}
    assert [past.day for past in pasts] == list(DAYS)
    assert all(past.rows for past in pasts)
    for past in pasts:
        assert all(said[row.claim] > past.day for row in past.rows)
    assert pasts[0].used < pasts[1].used
    assert {row.claim for row in pasts[0].rows} > {row.claim for row in pasts[1].rows}


def test_a_cut_is_the_same_whichever_were_fitted_before_it(programme: Programme, pasts: tuple[Past, ...]) -> None:
    """So each may be kept by itself."""
    assert tuple(backtest(programme, DAYS[1:], priors="stated", seed=3)) == pasts[1:]


def test_no_forecast_moves_when_what_was_said_later_changes(programme: Programme, pasts: tuple[Past, ...]) -> None:
    """Counts of offices, which are exact whatever their digits: so the same program runs, and no digit moves."""
    later = {row.claim for row in pasts[-1].rows}
    changed = tuple(
        replace(claim, point=7 * claim.point)
        if claim.id in later and claim.asserter_class == "administrative" and claim.point is not None
        else claim
        for claim in programme.claims
    )
    assert sum(one != other for one, other in zip(changed, programme.claims, strict=True)) > 3
    again = _of(replace(programme, claims=changed))
    for before, after in zip(pasts, again, strict=True):
        assert [row.claim for row in before.rows] == [row.claim for row in after.rows]
        for row, same in zip(
            before.rows, after.rows, strict=True
        ):  # its own count is added to a spread and taken off again
            assert _forecast(row)[2:] == pytest.approx(_forecast(same)[2:], rel=1e-12)
    assert report_of(again[-1].rows, 1, 10).overall.crps != report_of(pasts[-1].rows, 1, 10).overall.crps


def test_forecasts_of_crossings_persons_and_pay_are_in_their_own_units(pasts: tuple[Past, ...]) -> None:
    spans = {row.claim: (row.low_80, row.said, row.high_80) for row in pasts[-1].rows if row.kind == "point"}
    assert spans
    assert sum(low - 3 < said < high + 3 for low, said, high in spans.values()) >= 0.8 * len(spans)


def test_a_few_futures_beyond_the_closed_form_are_left_out_and_many_are_an_error() -> None:
    centre, scale = np.zeros((400, 3)), np.ones((400, 3))
    centre[7, 1] = np.nan
    kept, _ = refit.within_reach(centre, scale)
    assert kept.shape == (399, 3)
    assert np.isfinite(kept).all()
    scale[10:20] = np.inf
    with pytest.raises(FitError, match="11 of 400 futures"):
        refit.within_reach(centre, scale)
