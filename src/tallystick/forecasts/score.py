"""How well forecasts did: coverage, CRPS and log score on the log scale, beside plain baselines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tallystick.forecasts.mixture import Mixture

FAMILIES = {
    "person": "heads",
    "crossing": "crossings and permits",
    "visa": "crossings and permits",
    "permit": "crossings and permits",
    "money": "money",
    "share": "shares",
    "time": "time",
}  # by the object of a measure (measures.toml)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was forecast of one later figure at one cut, and what the figure then said."""

    claim: str
    cut: date
    measure: str
    family: str  # one of FAMILIES' values
    host: str
    horizon: float  # months from the cut to the middle of the figure's window; below 0: a time before the cut
    shock: str  # figures of one shock are not independent evidence
    kind: Literal["point", "range", "at_least", "up_to"]
    said: float  # natural log of the figure, of its middle on the log scale for a range, of its bound for a bound
    system: Mixture
    baselines: Mapping[str, Mixture | None]  # None: nothing to go on
