"""A fit on disk: its draws, its prior, its alternatives and its diagnostics, as files of a cache entry.

    posterior.nc            the ArviZ file that a brief publishes
    unknowns.nc             every unknown of it, for runs forward; never published whole
    draws.nc                headline draws, for everything downstream
    prior.nc                the same estimands before any claim
    alternative-NAME.nc     the same under one named other choice
    origins.nc              who says what, how well each choice predicts it, leading figures without some origins
    heard.json              what a cold fit heard, for a warm one that starts from it
    states.npz              where its chains ended, likewise
    diagnostics.json        whether the sampler's answer may be shown

Nothing in them tells the time: the same fit gives the same bytes.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from tallystick.study.hashes import hash_of
from tallystick.vocab.estimate import Diagnostics
from tallystick.vocab.programme import Programme

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr
    from numpy.typing import NDArray

    from tallystick.calibrate.fit import FitResult
    from tallystick.reconcile.account import Account

ENGINE: Final = "h5netcdf"
POSTERIOR, DRAWS, PRIOR, DIAGNOSTICS = "posterior.nc", "draws.nc", "prior.nc", "diagnostics.json"
ORIGINS = "origins.nc"
UNKNOWNS = "unknowns.nc"
ALTERNATIVE = "alternative-"
OF_PATHS = ("diverging", "n_steps", "acceptance_rate", "energy")
BESIDE = ("constant_usd_year", "measures", "places", "rates", "prices", "events", "as_of")
CLOCK = ("created_at",)  # attributes that would make equal fits differ


def inputs_hash(programme: Programme, account: Account) -> str:
    """The hash of what a fit may read: its input hash, and what else a programme sets.

    Claims, statements and sources are left out on purpose: they reach the fit only as observations, so that a
    copy of a report changes nothing (T2). The settings beside are there to be on the safe side of a stale fit, and
    the claims' ids and who says them because the fit's files speak of both by name. For leading figures the fit is
    made again without some origins. EvidenceFaults where the model, or what will be asked of its fit, is at fault:
    now, and not after a minute of sampling.
    """
    from tallystick.calibrate.leading import leading_of
    from tallystick.calibrate.settings import check_model
    from tallystick.calibrate.value import obtainable_of
    from tallystick.reconcile.fingerprint import fit_input_hash

    check_model(programme)
    obtainable_of(programme)
    beside = {name: getattr(programme, name) for name in BESIDE}
    beside["leading"] = [asdict(figure) for figure in leading_of(programme)]
    claims = [(seen.claim, seen.voice) for seen in account.observations]
    return hash_of({"fit input": fit_input_hash(account, programme), "beside": beside, "claims": claims})


def write_fit(folder: Path, fit: FitResult) -> None:
    """Write a fit's files into `folder`."""
    from tallystick.calibrate.learning import OF_FLIGHT

    every = fit.idata.posterior
    every.drop_attrs().to_netcdf(folder / UNKNOWNS, engine=ENGINE)
    fit.idata.posterior = every.drop_vars([name for name in OF_FLIGHT if name in every])
    _without_clock(fit.idata).to_netcdf(str(folder / POSTERIOR), engine=ENGINE)
    fit.draws.to_netcdf(folder / DRAWS, engine=ENGINE)
    fit.prior_draws.to_netcdf(folder / PRIOR, engine=ENGINE)
    fit.origins.to_netcdf(folder / ORIGINS, engine=ENGINE)
    for name, draws in fit.alternatives.items():
        draws.to_netcdf(folder / f"{ALTERNATIVE}{name}.nc", engine=ENGINE)
    (folder / DIAGNOSTICS).write_bytes(msgspec.json.encode(fit.diagnostics))


def _without_clock(idata: Any) -> Any:
    for group in idata.groups():
        for name in CLOCK:
            idata[group].attrs.pop(name, None)
    for name in CLOCK:
        idata.attrs.pop(name, None)
    return idata


@dataclass(frozen=True)
class StoredFit:
    """A fit as read back; each part is loaded when it is asked for. It serves wherever a FitResult does."""

    folder: Path

    @cached_property
    def idata(self) -> Any:
        """The ArviZ file: posterior and log likelihood. Loading it takes seconds; few things need it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # arviz announces its next major version on import
            import arviz
        return arviz.from_netcdf(  # type: ignore[no-untyped-call]  # ArviZ 0.23 has no types here
            str(self.folder / POSTERIOR), engine=ENGINE
        )

    @cached_property
    def unknowns(self) -> dict[str, NDArray[np.float64]]:
        """Draws of what the model does not know, by name: draws first, chain after chain. ArviZ is not needed."""
        import xarray as xr

        with xr.open_dataset(self.folder / UNKNOWNS, engine=ENGINE) as kept:
            return {str(name): each.values.reshape(-1, *each.shape[2:]) for name, each in kept.data_vars.items()}

    @cached_property
    def paths(self) -> tuple[NDArray[Any], ...]:
        """(draw,) what the sampler says of each draw: the fields of `calibrate.sample.Run` that follow its first."""
        import xarray as xr

        with xr.open_dataset(self.folder / POSTERIOR, group="sample_stats", engine=ENGINE) as kept:
            return tuple(kept[name].values.reshape(-1) for name in OF_PATHS)

    @cached_property
    def draws(self) -> xr.Dataset:
        """Headline draws, with labelled axes."""
        return _load(self.folder / DRAWS)

    @cached_property
    def prior_draws(self) -> xr.Dataset:
        """The same estimands before any claim."""
        return _load(self.folder / PRIOR)

    @cached_property
    def alternatives(self) -> Mapping[str, xr.Dataset]:
        """The same estimands under each named other choice."""
        files = sorted(self.folder.glob(f"{ALTERNATIVE}*.nc"))
        return {file.stem.removeprefix(ALTERNATIVE): _load(file) for file in files}

    @cached_property
    def origins(self) -> xr.Dataset:
        """Who says what, how well each choice predicts it, and leading figures without some origins."""
        return _load(self.folder / ORIGINS)

    @cached_property
    def diagnostics(self) -> Diagnostics:
        """Whether the sampler's answer may be shown."""
        return msgspec.json.decode((self.folder / DIAGNOSTICS).read_bytes(), type=Diagnostics)


def _load(file: Path) -> xr.Dataset:
    import xarray as xr

    return xr.load_dataset(file, engine=ENGINE)
