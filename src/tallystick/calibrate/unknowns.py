"""What the model does not know: one standard normal number per degree of freedom.

Every unknown is an affine map of independent standard normals followed by its transform, so that the sampler
meets the same geometry whatever the units, and so that a change of a prior (a named alternative) is a change of
data and not of the model:

    u = location + width * z            log, logit and identity unknowns, element by element
    u = location + cumsum(width * z)    "steps": a level at the first node and a step to each next one
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
CITED = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A named slot of the vector of unknowns. `location` and `width` are on the transformed scale, of `size`."""

    name: str
    transform: str  # log, logit, identity, steps (log scale, cumulative)
    location: tuple[float, ...]
    width: tuple[float, ...]
    why: str

    @property
    def size(self) -> int:
        return len(self.width)

    @property
    def cited(self) -> frozenset[str]:
        """Ids of the rows that its reason names, in brackets."""
        return frozenset(name.strip() for group in CITED.findall(self.why) for name in group.split(","))


def scalar(name: str, transform: str, median: float, sd: float, why: str) -> Unknown:
    """An unknown of one number with the median on its natural scale."""
    return Unknown(name=name, transform=transform, location=(_to_scale(transform, median),), width=(sd,), why=why)


def steps(name: str, median: float, sd: float, step_sd: tuple[float, ...], why: str) -> Unknown:
    """A log level at a first node and its steps."""
    level = float(np.log(median))
    return Unknown(name=name, transform="steps", location=(level,) * (1 + len(step_sd)), width=(sd, *step_sd), why=why)


def _to_scale(transform: str, value: float) -> float:
    if transform == "log":
        return float(np.log(value))
    if transform == "logit":
        return float(np.log(value / (1 - value)))
    return float(value)


def widened(unknown: Unknown, times: float) -> Unknown:
    """The same unknown with its widths that many times as large."""
    return replace(unknown, width=tuple(times * width for width in unknown.width))


def moved(unknown: Unknown, change: Mapping[str, float]) -> Unknown:
    """The same unknown with another median and width, as a named alternative sets it."""
    return scalar(unknown.name, unknown.transform, change["median"], change["sd"], unknown.why)


@dataclass(frozen=True, slots=True)
class Layout:
    """All unknowns in order; turns the flat vector of standard normals into named values."""

    unknowns: tuple[Unknown, ...]

    @property
    def size(self) -> int:
        return sum(unknown.size for unknown in self.unknowns)

    def priors(self) -> tuple[Array, Array]:
        """(size,) locations and widths: what a named alternative changes."""
        location = np.concatenate([unknown.location for unknown in self.unknowns])
        return location, np.concatenate([unknown.width for unknown in self.unknowns])

    def values(self, z: Any, location: Any, width: Any, xp: Any) -> dict[str, Any]:
        """Named values on their natural scales; `xp` is numpy or jax.numpy, z of shape (size,)."""
        moved_z, named, at = width * z, {}, 0
        for unknown in self.unknowns:
            part = slice(at, at + unknown.size)
            named[unknown.name] = _natural(unknown, moved_z[part], location[part], xp)
            at += unknown.size
        return named

    def standard(self, named: Mapping[str, Array]) -> Array:
        """(draw, size) the standard normals behind draws of named values, by the layout's own priors.

        named : each (draw,) or (draw, element), on its natural scale; what `values` gives, the other way round.
        """
        return np.concatenate([_standard(one, named[one.name]) for one in self.unknowns], axis=1)


def _standard(unknown: Unknown, values: Array) -> Array:
    u = values.reshape(len(values), -1)
    if unknown.transform in ("log", "steps"):
        u = np.log(u)
    elif unknown.transform == "logit":
        u = np.log(u / (1 - u))
    moved_z = u - np.array(unknown.location)
    moved_z = np.diff(moved_z, axis=1, prepend=0.0) if unknown.transform == "steps" else moved_z
    return np.asarray(moved_z / np.array(unknown.width))


def _natural(unknown: Unknown, moved_z: Any, location: Any, xp: Any) -> Any:
    if unknown.transform == "steps":
        return xp.exp(location + xp.cumsum(moved_z))
    u = location + moved_z
    u = u[0] if unknown.size == 1 else u
    if unknown.transform == "log":
        return xp.exp(u)
    return 1 / (1 + xp.exp(-u)) if unknown.transform == "logit" else u
