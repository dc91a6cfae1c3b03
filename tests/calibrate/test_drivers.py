"""Promise: what drives arrivals in the fit is the map's own arrow, and nobody who is turned away is counted twice."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate.drivers import driven
from tallystick.calibrate.model import Model, model_of
from tallystick.calibrate.system import run_of
from tallystick.stocks.labour.signals import bounded, relative
from tests.calibrate import real


@cache
def _model() -> Model:
    return model_of(real.programme(), (), 0)


def _values(**changes: float) -> dict[str, Any]:
    values = _model().layout.values(np.zeros(_model().layout.size), *_model().layout.priors(), np)
    return values | {name: np.asarray(value) for name, value in changes.items()}


def _at(month: str) -> int:
    return _model().grid.index(month)


LEVEL = {"barred_RU": 1.0, "barred_CN": 1.0, "barred_OTHER": 1.0, "admitted": 1.0, "pull": 0.0}


def _driven(**changes: float) -> np.ndarray:
    return np.asarray(driven(np.full((3, len(_model().grid)), 100.0), _values(**(LEVEL | changes)), _model(), np))


def test_without_an_effect_no_driver_moves_anybody() -> None:
    assert _driven() == pytest.approx(100.0)


def test_vacancies_draw_by_the_arrow_of_the_map() -> None:
    values = _values()
    doubled = values | {"shortage": values["shortage"] * np.array([1, 1, 2, 2, 2, 2.0])}
    path = _model().nodes["shortage"] @ doubled["shortage"]
    rows = driven(np.full((3, len(path)), 100.0), doubled | LEVEL | {"pull": 0.5}, _model(), np)
    month, first = _at("2024-01"), _at("2010-07")
    expected = 100 * np.exp(bounded(0.5 * relative(path[month], path[first], np), np))
    assert rows[_model().hosts.index("RU"), month] == pytest.approx(expected)
    assert expected == pytest.approx(100 * 2**0.5, rel=0.1)
    assert rows[_model().hosts.index("CN"), month] == 100


def test_a_ban_acts_in_its_months_and_in_its_host_alone() -> None:
    rows = _driven(barred_CN=0.25)
    china = rows[_model().hosts.index("CN")]
    assert (china[: _at("2017-09")] == 100).all()
    assert china[_at("2017-09") :] == pytest.approx(25.0)
    assert rows[_model().hosts.index("RU")] == pytest.approx(100.0)


def test_whoever_is_turned_away_goes_on_to_the_other_host_or_stays_home() -> None:
    rows = _driven(admitted=0.4, redirected=0.5)
    china, focus = (rows[_model().hosts.index(host)] for host in ("CN", "RU"))
    since = _at("2023-09")
    assert china[since:] == pytest.approx(40.0)
    assert focus[since:] == pytest.approx(100 + 0.5 * 60)
    assert (focus[:since] == 100).all()


def test_everybody_sent_elsewhere_leaves_the_total_as_it_was() -> None:
    assert _driven(admitted=0.4, redirected=1.0).sum(axis=0) == pytest.approx(300.0)


def test_drivers_move_people_in_the_fit() -> None:
    fewer = run_of(_values(barred_RU=0.1), _model(), np).arrived
    usual = run_of(_values(barred_RU=0.5), _model(), np).arrived
    place = _model().hosts.index("RU")
    assert (fewer[place, : _at("2017-09")] == usual[place, : _at("2017-09")]).all()
    assert (fewer[place, _at("2017-09") :] < usual[place, _at("2017-09") :]).all()
