"""The real programme's model, prepared once per process, and vectors of unknowns to run it at."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from tallystick.calibrate.fit import Prepared, prepare
from tallystick.calibrate.headline import after_deadline, headline_of
from tallystick.calibrate.system import series_of
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, reconcile
from tallystick.vocab.programme import Programme


@cache
def programme() -> Programme:
    return load_programme()


@cache
def account() -> Account:
    return reconcile(programme())


@cache
def ready() -> Prepared:
    """Model and data of the evidence that ships; nothing is sampled."""
    return prepare(programme(), account().observations)


def size() -> int:
    return ready().model.layout.size


def middle() -> Any:
    """Every unknown at its prior median."""
    return np.zeros(size())


def typical(seed: int) -> Any:
    """A draw of the prior."""
    return np.random.default_rng(seed).standard_normal(size())


def corner(seed: int, reach: float = 4.0) -> Any:
    """Each unknown `reach` standard deviations up or down."""
    return np.random.default_rng(seed).choice([-reach, reach], size())


def values_at(z: Any, **changes: float) -> dict[str, Any]:
    """Named values at `z`, with some of them set on their natural scale."""
    layout = ready().model.layout
    values = layout.values(z, *layout.priors(), np)
    assert set(changes) <= set(values), "a change names an unknown that the model does not have"
    return values | changes


def series_at(z: Any, **changes: float) -> dict[str, Any]:
    """All monthly series at `z`, in NumPy."""
    return series_of(values_at(z, **changes), ready().model, np)


def headline_at(z: Any, **changes: float) -> dict[str, Any]:
    """The headline estimands at `z`, in NumPy."""
    model = ready().model
    return headline_of(values_at(z, **changes), model, after_deadline(model, programme().deadline), np)
