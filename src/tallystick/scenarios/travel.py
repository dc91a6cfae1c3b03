"""What travels to a worker: a model by its recipe, and the inputs of a few draws; small, and plain to pickle.

A graph holds functions, and a function travels by the name of its module. A text that another function builds (from
a shape, say) is sent as that: `Recipe("tallystick.stocks.labour.text:build", (shape, elements))`, and built again in
the worker, once.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.text import Text
from tallystick.vocab.errors import ModelError

SHARED = ("outside", "weight")  # may have one row for all draws
KEPT = 8  # models that a worker remembers


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to make a text: `function` is "module:name", called with `arguments`, which must be picklable."""

    function: str
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Packed:
    """A model in bytes, known by their hash, so that a worker builds it once however many chunks name it."""

    digest: str
    content: bytes


def packed(model: Graph | Recipe) -> Packed:
    """The model as it travels; ModelError when it cannot."""
    what = model.text if isinstance(model, Graph) else model
    try:
        content = pickle.dumps(what)
    except (pickle.PicklingError, AttributeError, TypeError) as fault:
        raise ModelError(
            f"cannot be sent to another process: {fault}",
            equation=model.text.id if isinstance(model, Graph) else model.function,
            hint="give a Recipe that names the function which builds the text, or run in threads",
        ) from fault
    return Packed(hashlib.sha256(content).hexdigest(), content)


def graph_of(model: Graph | Recipe | Packed) -> Graph:
    """The graph, built once in each process."""
    if isinstance(model, Graph):
        return model
    return _built(model if isinstance(model, Packed) else packed(model))


@lru_cache(maxsize=KEPT)
def _built(model: Packed) -> Graph:
    what = pickle.loads(model.content)
    return Graph(_followed(what) if isinstance(what, Recipe) else what)


def _followed(recipe: Recipe) -> Text:
    module, _, name = recipe.function.partition(":")
    made = getattr(import_module(module), name)(*recipe.arguments)
    if not isinstance(made, Text):
        raise ModelError(f"makes a {type(made).__name__}, not a Text", equation=recipe.function)
    return made


def spread(inputs: Inputs, draws: int) -> Inputs:
    """As many draws, evenly spaced among those there are: chains that stand one after the other all have a say."""
    if draws == inputs.draws:
        return inputs
    return _rows(inputs, np.arange(draws) * inputs.draws // draws, {})


def rows_of(scenarios: Mapping[str, Inputs], first: int, end: int) -> dict[str, Inputs]:
    """Draws `first` to `end - 1` of every scenario; what scenarios share is taken once, and pickled once."""
    at, taken = np.arange(first, end), dict[int, Any]()
    return {id: _rows(each, at, taken) for id, each in scenarios.items()}


def _rows(inputs: Inputs, at: NDArray[np.int64], taken: dict[int, Any]) -> Inputs:
    changed: dict[str, Any] = {}
    for field in fields(inputs):
        whole = getattr(inputs, field.name)
        if field.name == "beside":
            changed[field.name] = {name: taken.setdefault(id(each), each[at]) for name, each in whole.items()}
            continue
        if field.name == "loops" or (field.name in SHARED and len(whole) == 1):
            continue
        changed[field.name] = taken.setdefault(id(whole), whole[at])
    return replace(inputs, **changed)


def rolled(inputs: Inputs, shift: int) -> Inputs:
    """The draws moved on by `shift`, the last to the front."""
    return _rows(inputs, (np.arange(inputs.draws) - shift) % inputs.draws, {})
