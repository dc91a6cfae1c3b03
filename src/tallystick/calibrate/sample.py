"""The No-U-Turn sampler (Hoffman and Gelman 2014, as NumPyro implements it), run in pieces.

Chains run in threads, each with its own key, so that what a chain does depends on nothing but its key; the pieces
let a run report its progress and stop between them. Nothing is written here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.density import Terms, potential
from tallystick.calibrate.model import Model
from tallystick.calibrate.observe import Data

Array = NDArray[np.float64]
PIECE = 50  # iterations between two reports


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a fit stands: iterations over all chains, divergences after warm-up, seconds left at this pace."""

    stage: str
    chains: int
    done: int
    total: int
    divergences: int
    seconds_left: float


Report = Callable[[Progress], None]


class Run(NamedTuple):
    """(chain, draw, unknown) standard normals, and what the sampler says of each draw."""

    z: Array
    diverging: Array
    steps: Array  # leapfrog steps
    accept: Array
    energy: Array


class Frame(NamedTuple):
    """A linear map of the unknowns in which the posterior is nearly round: z = mode + root @ w."""

    mode: Any
    root: Any


@dataclass(frozen=True, slots=True)
class Sampler:
    """Compiled functions for one model and shape of data; `terms` and frame may change without a new compile."""

    gradient: Callable[..., Any]  # (z, terms) -> energy and its gradient
    start: Callable[..., Any]
    advance: Callable[..., Any]
    size: int


def sampler_of(model: Model, data: Data, terms: Terms, *, warmup: int, accept: float = 0.85) -> Sampler:
    """Compile once, run often. `warmup` iterations adapt the step size and a diagonal mass matrix."""
    import jax
    from numpyro.infer.hmc import hmc

    def energy(w: Any, terms: Terms, frame: Frame) -> Any:
        return potential(terms, model, data)(frame.mode + frame.root @ w)

    begin, move = hmc(potential_fn_gen=lambda terms, frame: lambda w: energy(w, terms, frame), algo="NUTS")
    size = model.layout.size

    def start(w: Any, terms: Terms, frame: Frame, key: Any) -> Any:
        args = {"num_warmup": warmup, "target_accept_prob": accept, "max_tree_depth": 8}
        return begin(w, model_args=(terms, frame), rng_key=key, **args)

    def one(state: Any, terms: Terms, frame: Frame) -> tuple[Any, Any]:
        state = move(state, (terms, frame))
        return state, (frame.mode + frame.root @ state.z, state.diverging, state.num_steps, state.accept_prob, state.energy)

    def advance(state: Any, terms: Terms, frame: Frame) -> Any:
        return jax.lax.scan(lambda now, _: one(now, terms, frame), state, None, length=PIECE)

    gradient = jax.jit(jax.value_and_grad(lambda z, terms: potential(terms, model, data)(z)))
    return Sampler(gradient, jax.jit(start), jax.jit(advance), size)


def frame_of(sampler: Sampler, terms: Terms) -> Frame:
    """The mode and the inverse square root of the curvature there.

    Curvature by central differences of the gradient; directions in which a heavy tail bends the density the wrong
    way keep half the prior's curvature. It only shapes the sampler's coordinates: the posterior is the same.
    """
    from scipy.optimize import minimize

    def value(z: Array) -> tuple[float, Array]:
        energy, slope = sampler.gradient(z, terms)
        return float(energy), np.asarray(slope)

    found = minimize(value, np.zeros(sampler.size), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    step = 1e-4 * np.eye(sampler.size)
    rows = [(value(found.x + h)[1] - value(found.x - h)[1]) / 2e-4 for h in step]
    curvature = np.array(rows)
    size, directions = np.linalg.eigh((curvature + curvature.T) / 2)
    return Frame(found.x, directions / np.sqrt(np.maximum(size, 0.5)))


def run(
    sampler: Sampler, terms: Terms, *, seed: int, warmup: int, draws: int, chains: int, stage: str, report: Report | None
) -> Run:
    """Draw from the posterior. `warmup` and `draws` per chain are multiples of PIECE."""
    import jax

    keys = jax.random.split(jax.random.PRNGKey(seed), chains)
    tally = _Tally(stage, chains, chains * (warmup + draws), report)
    terms = jax.tree.map(jax.numpy.asarray, terms)
    frame = jax.tree.map(jax.numpy.asarray, frame_of(sampler, terms))
    first = sampler.start(np.zeros(sampler.size), terms, frame, keys[0])
    sampler.advance.lower(first, terms, frame).compile()  # type: ignore[attr-defined]
    with ThreadPoolExecutor(chains) as pool:
        jobs = [pool.submit(_chain, sampler, terms, frame, key, warmup, draws, tally) for key in keys]
        try:
            pieces = [job.result() for job in jobs]
        except BaseException:  # Ctrl-C too: let the other chains stop at their next piece, then pass it on
            tally.stop.set()
            raise
    return Run(*(np.stack([piece[field] for piece in pieces]) for field in range(len(Run._fields))))


def _chain(sampler: Sampler, terms: Terms, frame: Frame, key: Any, warmup: int, draws: int, tally: _Tally) -> list[Array]:
    import jax

    key_start, key_run = jax.random.split(key)
    w = jax.random.normal(key_start, (sampler.size,))
    state, kept = sampler.start(w, terms, frame, key_run), []
    for piece in range((warmup + draws) // PIECE):
        if tally.stop.is_set():
            break
        state, out = sampler.advance(state, terms, frame)
        warm = piece < warmup // PIECE
        tally.add(PIECE, 0 if warm else int(np.asarray(out[1]).sum()))
        if not warm:
            kept.append([np.asarray(field) for field in out])
    return [np.concatenate([part[field] for part in kept]) for field in range(len(Run._fields))] if kept else []


class _Tally:
    """Counts over all chains, reported under a lock."""

    def __init__(self, stage: str, chains: int, total: int, report: Report | None) -> None:
        self.stage, self.chains, self.total, self.report = stage, chains, total, report
        self.done = self.divergences = 0
        self.began, self.lock, self.stop = time.monotonic(), Lock(), Event()

    def add(self, done: int, divergences: int) -> None:
        with self.lock:
            self.done += done
            self.divergences += divergences
            if self.report is not None:
                left = (time.monotonic() - self.began) / self.done * (self.total - self.done)
                self.report(Progress(self.stage, self.chains, self.done, self.total, self.divergences, left))
