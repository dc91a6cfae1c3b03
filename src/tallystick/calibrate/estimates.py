"""From draws to estimates: medians, intervals, the claims that each rests on, and named alternatives beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.influence import claim_fits as claim_fits  # the other half of what is said of a fit
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.estimate import Alternative, Estimate, Interval
from tallystick.vocab.programme import Programme

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
QUANTILES = (0.5, 0.25, 0.75, 0.1, 0.9, 0.025, 0.975)  # in the order of Interval's fields
NEAR_YEARS = 2  # a claim informs an estimate directly when their periods lie at most this far apart
FEWEST = 3  # where fewer claims lie near, the nearest ones are named
MOVES = 0.25  # an alternative is shown where it moves the median by this part of the 80 % width


class Fitted(Protocol):
    """What estimates need of a fit, fresh or read back."""

    @property
    def draws(self) -> xr.Dataset: ...
    @property
    def prior_draws(self) -> xr.Dataset: ...
    @property
    def alternatives(self) -> Mapping[str, xr.Dataset]: ...


def estimates(programme: Programme, account: Account, fit: Fitted) -> tuple[Estimate, ...]:
    """Every headline estimand in every published period, in the order of model.toml."""
    table = programme.tables["model"]
    names = {str(one["id"]): str(one["name"]) for one in table.get("alternative", ())}
    out: list[Estimate] = []
    for name, entry in table["headline"].items():
        rests = _Basis(programme, account.observations, entry["measures"])
        out += _of_one(programme, name, entry, fit, names, rests)
    return tuple(out)


def _of_one(
    programme: Programme, name: str, entry: Mapping[str, Any], fit: Fitted, names: Mapping[str, str], rests: _Basis
) -> Iterator[Estimate]:
    first, last = entry.get("years", programme.window)
    shown = programme.tables["model"]["calendar"].get("alternatives_shown", (1, 0))  # no year, where none are named
    now, prior = _intervals(fit.draws[name]), _intervals(fit.prior_draws[name])
    others = {key: _intervals(draws[name]) for key, draws in fit.alternatives.items()}
    for labels, place in _cells(fit.draws[name]):
        period, host = labels.get("month") or labels["year"], labels.get("host", programme.focus.id)
        interval = now[place]
        if not first <= int(period[:4]) <= last or np.isnan(interval.median):
            continue
        claims, origins = rests.of(host, int(period[:4]))
        always = shown[0] <= int(period[:4]) <= shown[1]
        beside = {key: each[place] for key, each in others.items()}
        yield Estimate(
            id=name, host=host, period=period, unit=entry["unit"], interval=interval, prior=prior[place],
            visa_class=labels.get("visa_class"), cohort=labels.get("cohort"), origins=origins, claims=claims,
            alternatives=tuple(
                Alternative(id=key, name=names[key], interval=other)
                for key, other in beside.items()
                if not entry.get("untold")
                and (always or abs(other.median - interval.median) > MOVES * (interval.upper_80 - interval.lower_80))
            ),
        )  # fmt: skip


def _intervals(draws: xr.DataArray) -> Any:
    """An array of Interval, one for each cell of the axes after `draw`."""
    values = np.quantile(draws.values.astype(float), QUANTILES, axis=0).astype(float)
    cells = np.empty(values.shape[1:], dtype=object)
    for place in np.ndindex(*cells.shape):
        cells[place] = _interval(values[(slice(None), *place)])
    return cells


def _interval(values: Sequence[float]) -> Interval:
    median, low50, high50, low80, high80, low95, high95 = (float(value) for value in values)
    return Interval(
        median=median, lower_50=low50, upper_50=high50, lower_80=low80, upper_80=high80, lower_95=low95, upper_95=high95
    )


def _cells(draws: xr.DataArray) -> Iterator[tuple[dict[str, str], tuple[int, ...]]]:
    axes = draws.dims[1:]
    for place in np.ndindex(*draws.shape[1:]):
        yield {str(axis): str(draws[axis].values[at]) for axis, at in zip(axes, place, strict=True)}, place


class _Basis:
    """The used claims that speak to an estimand, by host and year."""

    def __init__(self, programme: Programme, observations: Sequence[Observation], measures: Sequence[str]) -> None:
        self.hosts = set(programme.hosts)
        self.host_of = {code: place.host for code, place in programme.places.items()}
        self.speaks = [one for one in observations if one.measure in measures]
        self.seen: dict[tuple[str, int], tuple[tuple[str, ...], int]] = {}

    def of(self, host: str, year: int) -> tuple[tuple[str, ...], int]:
        """Claims near that year in that host, and how many origins they go back to."""
        if (host, year) not in self.seen:
            self.seen[host, year] = self._find(host, year)
        return self.seen[host, year]

    def _find(self, host: str, year: int) -> tuple[tuple[str, ...], int]:
        # A sum over hosts rests on what each of them rests on, however far the nearest claim of one may lie.
        parts = [part for part in self.hosts if part != "WW"] if host == "WW" else [host]
        chosen = {one for part in parts for one in self._near(part, year)}
        return tuple(sorted(one.claim for one in chosen)), len({one.voice for one in chosen})

    def _near(self, host: str, year: int) -> list[Observation]:
        here = [one for one in self.speaks if self._concerns(one, host)] or self.speaks
        here = sorted(here, key=lambda one: (_years_off(one, year), one.claim))
        near = [one for one in here if _years_off(one, year) <= NEAR_YEARS]
        return near if len(near) >= FEWEST else here[:FEWEST]

    def _concerns(self, one: Observation, host: str) -> bool:
        return one.host in (host, "WW") or (one.host not in self.hosts and self.host_of.get(one.host) == host)


def _years_off(one: Observation, year: int) -> int:
    return max(one.start.year - year, year - one.end.year, 0)
