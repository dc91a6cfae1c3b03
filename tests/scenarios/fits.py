"""A fit that nobody sampled: every unknown near the middle of its prior, so that runs start within seconds."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import xarray as xr

from tallystick.calibrate.model import model_of
from tallystick.study.cache import Cache
from tallystick.study.fits import DIAGNOSTICS, ENGINE, UNKNOWNS
from tallystick.study.study import SUMMARY, Study, Summary
from tallystick.vocab.estimate import Diagnostics

DRAWS = 40
MORE = 5.0  # times the arrivals of the prior, so that plans of the shipped scenarios find workers to send
SPREAD = 0.3  # of the prior's standard deviations
PASSED = Diagnostics(
    passed=True, r_hat_max=1.0, ess_bulk_min=1000.0, ess_tail_min=1000.0, divergences=0, chains=2, draws=DRAWS // 2,
    worst="nothing", seed=7,
)  # fmt: skip


def fitted(cache: Path, programme: str | Path = "dprk", seed: int = 7) -> Study:
    """A study whose cache holds such a fit, so that commands and processes find it too."""
    study = Study(programme, cache=cache, seed=seed)
    kept = Cache(cache, print)
    if study.find("fit", study.fit_key) is None:
        kept.keep("fit", study.fit_key, lambda folder: _write(study, folder))
        kept.keep("summary", study.summary_key, _nothing)
    return study


def _write(study: Study, folder: Path) -> None:
    layout = model_of(study.programme, (), 0).layout
    chance, priors = np.random.default_rng(1), layout.priors()
    rows = [layout.values(SPREAD * chance.standard_normal(layout.size), *priors, np) for _ in range(DRAWS)]
    unknowns = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    unknowns |= {name: MORE * each for name, each in unknowns.items() if name.startswith("arrivals_")}
    held = {
        name: (
            ("chain", "draw", *(f"{name}_{at}" for at in range(each.ndim - 1))),
            each.reshape(2, -1, *each.shape[1:]),
        )
        for name, each in unknowns.items()
    }
    xr.Dataset(held).to_netcdf(folder / UNKNOWNS, engine=ENGINE)
    (folder / DIAGNOSTICS).write_bytes(msgspec.json.encode(PASSED))


def _nothing(folder: Path) -> None:
    (folder / SUMMARY).write_bytes(
        msgspec.json.encode(Summary(estimates=(), claim_fits=(), silenced=(), choices=(), worth=()))
    )
