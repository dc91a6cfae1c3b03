"""Promise: a fit that starts from another finds what a cold run finds, and not what the other found.

Three cold fits of a small invented programme, a minute of a processor each; one that goes on from where the second
ended, after all stocks changed, and one that weighs the draws of the third, after one figure changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import arviz
import numpy as np
import pytest
from numpy.typing import NDArray

from tallystick.calibrate import fit as fits
from tallystick.calibrate.fit import FitResult, fit
from tallystick.calibrate.resampled import resampled
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, Observation, reconcile
from tallystick.study.fits import StoredFit, write_fit
from tests.programmes import VESSANY

Array = NDArray[np.float64]
CHAINS, DRAWS = 2, 1500
TIMES = 1.5  # what an earlier fit heard, of all stocks or of one, over what the later one hears
AT = (0.1, 0.5, 0.9)
FAR = 4.5  # errors of a difference: the most of some fifty comparisons, which move together, by chance


class Ends:
    """Quantiles of each host's stock by year, each (quantile, figure), on a log scale; and their Monte Carlo errors."""

    def __init__(self, found: FitResult) -> None:
        stock = found.draws["workers_present"]
        decembers = stock.sel(month=[month for month in stock.month.values if str(month).endswith("-12")])
        drawn = np.log(decembers.values.reshape(CHAINS, stock.sizes["draw"] // CHAINS, -1))
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


Fits = dict[str, FitResult]
CHANGED = "minister24_stock"


@pytest.fixture(scope="module")
def whole() -> Account:
    return reconcile(load_programme(VESSANY))


def _before(whole: Account, changed: Callable[[Observation], bool]) -> Account:
    """What was heard when these figures were still larger."""
    heard = tuple(_said_larger(one) if changed(one) else one for one in whole.observations)
    return replace(whole, observations=heard)


@pytest.fixture(scope="module")
def accounts(whole: Account) -> dict[str, Account]:
    return {
        "cold": whole,
        "of other stocks": _before(whole, lambda one: one.measure == "workers_present"),
        "of another figure": _before(whole, lambda one: one.claim == CHANGED),
    }


@pytest.fixture(scope="module")
def found(accounts: dict[str, Account]) -> Fits:
    programme = load_programme(VESSANY)

    def fitted(account: Account, **start: object) -> FitResult:
        return fit(programme, account, seed=3, chains=CHAINS, draws=DRAWS, alternatives=False, **start)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fits, "EXTENSIONS", 0)
        cold = {name: fitted(account) for name, account in accounts.items()}
        return cold | {"gone on": fitted(accounts["cold"], start=cold["of other stocks"].ended)}


@pytest.fixture(scope="module")
def kept(found: Fits, tmp_path_factory: pytest.TempPathFactory) -> dict[str, StoredFit]:
    """The fits as a later study finds them."""
    folders = {name: tmp_path_factory.mktemp("fit") for name in found}
    for name, folder in folders.items():
        write_fit(folder, found[name])
    return {name: StoredFit(folder) for name, folder in folders.items()}


@pytest.fixture(scope="module")
def weighed(accounts: dict[str, Account], kept: dict[str, StoredFit]) -> FitResult:
    before = "of another figure"
    return resampled(load_programme(VESSANY), accounts["cold"], kept[before], accounts[before].observations)


@pytest.fixture(scope="module")
def ends(found: Fits, weighed: FitResult) -> dict[str, Ends]:
    return {name: Ends(one) for name, one in (found | {"weighed": weighed}).items()}


@pytest.mark.parametrize("how", ["gone on", "weighed"])
def test_a_warm_fit_finds_what_a_cold_one_finds(how: str, ends: dict[str, Ends]) -> None:
    assert ends[how].apart(ends["cold"]).max() < FAR


@pytest.mark.parametrize(("how", "before"), [("gone on", "of other stocks"), ("weighed", "of another figure")])
def test_what_is_new_is_heard(how: str, before: str, ends: dict[str, Ends]) -> None:
    assert ends[before].apart(ends["cold"]).max() > FAR
    assert ends[before].apart(ends[how]).max() > FAR
