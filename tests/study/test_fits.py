"""What of a fit is published: every unknown but those of flight, which runs and summaries still find beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import arviz
import numpy as np
import pytest
import xarray as xr

from tallystick.study.fits import POSTERIOR, StoredFit, inputs_hash, write_fit
from tallystick.vocab.errors import EvidenceError
from tests.calibrate import real
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


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("trust", {"figure": [{"id": "nothing", "host": "RU", "period": "2024"}]}),
        ("obtainable", {"observation": [{"id": "nothing"}]}),
        ("model", {}),
    ],
)
def test_a_fault_in_what_will_be_asked_of_a_fit_is_told_before_it(file: str, table: dict[str, Any]) -> None:
    wrong = replace(real.programme(), tables={**real.programme().tables, file: table})
    with pytest.raises(EvidenceError, match=f"{file}.toml"):
        inputs_hash(wrong, real.account())


def test_another_leading_figure_is_another_fit() -> None:
    """Because the fit is made again without the origins that such a figure may hang on."""
    fewer = {"figure": real.programme().tables["trust"]["figure"][:-1]}
    other = replace(real.programme(), tables={**real.programme().tables, "trust": fewer})
    assert inputs_hash(other, real.account()) != inputs_hash(real.programme(), real.account())


def test_an_asserter_of_another_name_is_another_fit() -> None:
    """The files of a fit speak of origins by the names of those who assert."""
    first, *others = real.account().observations
    renamed = replace(real.account(), observations=(replace(first, origin="another", report="another"), *others))
    assert inputs_hash(real.programme(), renamed) != inputs_hash(real.programme(), real.account())
