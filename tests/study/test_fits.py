"""What of a fit is published: every unknown but those of flight, which runs and summaries still find beside it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import arviz
import numpy as np
import xarray as xr

from tallystick.study.fits import POSTERIOR, UNTOLD, StoredFit, write_fit
from tests.scenarios.fits import PASSED

OF_FLIGHT = {"flee", "rescue_level", "rescue_slope"}


def test_the_published_draws_hold_no_unknown_of_flight(tmp_path: Path) -> None:
    draws = {name: np.zeros((2, 5)) for name in (*OF_FLIGHT, "start_RU")}
    none = xr.Dataset()
    fit = SimpleNamespace(
        idata=arviz.from_dict(posterior=draws),
        draws=none,
        prior_draws=none,
        alternatives={},
        origins=none,
        diagnostics=PASSED,
    )
    write_fit(tmp_path, fit)  # type: ignore[arg-type]  # as much of a fit as is written
    published = arviz.from_netcdf(str(tmp_path / POSTERIOR)).posterior
    assert set(published.data_vars) == {"start_RU"}
    assert set(StoredFit(tmp_path).unknowns) > OF_FLIGHT
    assert set(UNTOLD) == OF_FLIGHT
