"""Promise: a fit that starts where another ended finds what a cold run finds, and not what the other found.

Two cold fits and a warm one of a small invented programme, half a minute of a processor each.
"""

from __future__ import annotations

from dataclasses import replace

import arviz
import numpy as np
import pytest
from numpy.typing import NDArray

from tallystick.calibrate import fit as fits
from tallystick.calibrate.fit import FitResult, fit
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, Observation, reconcile
from tests.programmes import VESSANY

Array = NDArray[np.float64]
CHAINS, DRAWS = 2, 400
TIMES = 1.5  # what the earlier fit heard of all stocks, over what the later one hears
AT = (0.1, 0.5, 0.9)


class Ends:
    """Quantiles of each host's stock by year, each (quantile, figure), on a log scale; and their Monte Carlo errors."""

    def __init__(self, found: FitResult) -> None:
        stock = found.draws["workers_present"]
        decembers = stock.sel(month=[month for month in stock.month.values if str(month).endswith("-12")])
        drawn = np.log(decembers.values.reshape(CHAINS, DRAWS, -1))
        self.value: Array = np.quantile(drawn, AT, axis=(0, 1))
        self.error: Array = np.array(
            [[float(arviz.mcse(one, method="quantile", prob=at)) for one in np.moveaxis(drawn, -1, 0)] for at in AT]
        )

    def apart(self, other: Ends) -> Array:
        """How far two lie apart, in errors of the difference."""
        return np.abs(self.value - other.value) / np.hypot(self.error, other.error)


def _said_larger(one: Observation) -> Observation:
    values = {name: getattr(one, name) for name in ("low", "point", "high")}
    return replace(one, **{name: None if value is None else TIMES * value for name, value in values.items()})


@pytest.fixture(scope="module")
def ends() -> dict[str, Ends]:
    programme = load_programme(VESSANY)
    whole = reconcile(programme)
    heard = tuple(_said_larger(one) if one.measure == "workers_present" else one for one in whole.observations)
    before = replace(whole, observations=heard)

    def fitted(account: Account, **start: object) -> FitResult:
        return fit(programme, account, seed=3, chains=CHAINS, draws=DRAWS, alternatives=False, **start)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fits, "EXTENSIONS", 0)
        earlier, cold = fitted(before), fitted(whole)
        warm = fitted(whole, start=earlier.ended)
    return {name: Ends(found) for name, found in (("earlier", earlier), ("cold", cold), ("warm", warm))}


def test_a_warm_fit_finds_what_a_cold_one_finds(ends: dict[str, Ends]) -> None:
    assert ends["warm"].apart(ends["cold"]).max() < 4.5  # of some fifty comparisons, which move together


def test_what_is_new_is_heard(ends: dict[str, Ends]) -> None:
    assert ends["earlier"].apart(ends["cold"]).max() > 9
    assert ends["earlier"].apart(ends["warm"]).max() > 9
