"""What could be known when, priors of an outsider, and the odds of breaks, as `backtest.toml` states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.vocab.errors import EvidenceError

Array = NDArray[np.float64]
FILE = "backtest.toml"
SYSTEM, NO_BREAK = "system", "no_break"  # members of the pool that are not plain
NEVER = 10_000.0  # a month beyond every grid
DAYS_A_YEAR = 365.25
JEFFREYS = 0.5  # events added to those counted: the prior of Jeffreys for the rate of a Poisson process


class Known(NamedTuple):
    """From which days the beginning and the end of a span could be known, and the unknowns through which each acts."""

    begin: date
    end: date
    acts_through: tuple[str, ...] = ()
    ended_through: tuple[str, ...] = ()


class Generic(NamedTuple):
    """What an outsider would state of a kind of quantity; `sd` on the scale of the transform."""

    kind: str
    transform: str
    median: float
    sd: float


class Shock(NamedTuple):
    """An era between breaks; figures of one era are no independent evidence."""

    id: str
    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One kind of break at one cut: how often it begins, how long it lasts, how large it is."""

    shape: float  # of the Gamma that the yearly rate is drawn from; infinite where the rate is stated
    years: float
    rate: float
    months: tuple[float, float]  # median and log sd; (0, 0) where it has no length
    size: tuple[str, float, float]  # scale, median, sd
    chance: float

    def starts(self, now: int, rng: np.random.Generator, count: int) -> Array:
        """(draw,) the month in which it begins, at `now` at the earliest; NEVER where none does."""
        rate = rng.gamma(self.shape, 1 / self.years, count) if np.isfinite(self.shape) else np.full(count, self.rate)
        waits = rng.exponential(1.0, count) * 12 / np.maximum(rate, 1e-12)
        return np.asarray(np.where(waits < NEVER - now, now + np.floor(waits), NEVER))

    def longer_than(self, elapsed: int, rng: np.random.Generator, count: int) -> Array:
        """(draw,) whole months that it lasts, given that `elapsed` have passed."""
        from scipy.special import ndtr, ndtri

        median, sd = self.months
        floor = ndtr((np.log(elapsed) - np.log(median)) / sd) if elapsed else 0.0
        chances = np.minimum(floor + (1 - floor) * rng.random(count), 1 - 1e-12)
        return np.asarray(np.maximum(np.ceil(np.exp(np.log(median) + sd * ndtri(chances))), elapsed + 1))

    def drawn(self, rng: np.random.Generator, count: int) -> Array:
        """(draw,) its size: the log of a factor, or a share. No change where its own chance fails."""
        scale, median, sd = self.size
        happens, steps = rng.random(count) < self.chance, sd * rng.standard_normal(count)
        if scale == "log":
            return np.asarray(happens * (np.log(median) + steps))
        share = 1 / (1 + np.exp(-(np.log(median / (1 - median)) + steps)))
        return np.asarray(np.where(happens, share, 1.0))

    def factor(self, rng: np.random.Generator, count: int) -> Array:
        """(draw,) a factor; 0 where its own chance fails."""
        _, median, sd = self.size
        return np.asarray((rng.random(count) < self.chance) * median * np.exp(sd * rng.standard_normal(count)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """What backtest.toml says, before any cut."""

    named: tuple[date, ...]
    half_yearly: tuple[date, ...]
    known: Mapping[str, Known]  # by span
    regimes: Mapping[str, date]  # first month of a regime of visas -> the day from which it could be known
    generic: Mapping[str, Generic]  # by name of an unknown
    rows: tuple[Mapping[str, Any], ...]  # of breaks
    shocks: tuple[Shock, ...]
    pool: Mapping[str, float]
    records: tuple[str, ...]  # classes of asserters who count what they register

    @property
    def cuts(self) -> tuple[date, ...]:
        """All days, in order, each once."""
        return tuple(sorted({*self.named, *self.half_yearly}))

    def unheard_of(self, day: date) -> frozenset[str]:
        """Unknowns that act only through what nobody knew on that day: of these nobody can have stated anything."""
        begun = (name for one in self.known.values() if one.begin > day for name in one.acts_through)
        ended = (name for one in self.known.values() if one.end > day for name in one.ended_through)
        return frozenset((*begun, *ended))

    def breaks_at(self, day: date) -> dict[str, Break]:
        """The breaks as odds stood on that day; one that no row speaks of is absent."""
        spoken = [row for row in self.rows if row.get("cuts_from", day) <= day <= row.get("cuts_until", day)]
        return {str(row["id"]): _break(row, day) for row in spoken}

    def shock_of(self, day: date) -> str:
        """The era of a day; EvidenceError where none holds it."""
        found = next((one.id for one in self.shocks if one.first <= day <= one.last), None)
        if found is None:
            hint = "eras cover the programme's years"
            raise EvidenceError(f"no shock holds {day}", file=FILE, field="shock", hint=hint)
        return found


def _break(row: Mapping[str, Any], day: date) -> Break:
    seen = [one for one in row.get("events", ()) if one < day]
    years = (day - date(int(row.get("watched_from", day.year)), 1, 1)).days / DAYS_A_YEAR
    return Break(
        shape=len(seen) + JEFFREYS if "events" in row else np.inf,
        years=max(years, 1 / DAYS_A_YEAR),
        rate=float(row.get("rate_a_year", 0.0)),
        months=(float(row.get("months_median", 0.0)), float(row.get("months_sd", 0.0))),
        size=(str(row.get("size_scale", "log")), float(row.get("size_median", 1.0)), float(row.get("size_sd", 0.0))),
        chance=float(row.get("chance", 1.0)),
    )
