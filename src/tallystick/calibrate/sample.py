"""The No-U-Turn sampler (Hoffman and Gelman 2014, as NumPyro implements it), run in pieces.

Chains run in threads, each with its own key, so that what a chain does depends on nothing but its key; the pieces
let a run report its progress and stop between them. Nothing is written here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
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
DEPTH = 4  # at most 15 steps a draw, and nearly every draw takes them; decision 12 says what that costs and saves
FAR = 100.0  # added to where a chain of another density starts, so that it takes its first move


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


class Tuned(NamedTuple):
    """What a fit of a like density may start from: coordinates, and a state of each chain with its step and masses."""

    frame: Frame
    states: tuple[Any, ...]


class Chains(NamedTuple):
    """Draws, and what a later fit of a like density may start from: it serves wherever a Tuned does."""

    run: Run
    frame: Frame
    states: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sampler:
    """Compiled functions for one model and shape of data; `terms` and frame may change without a new compile."""

    gradient: Callable[..., Any]  # (z, terms) -> energy and its gradient
    start: Callable[..., Any]  # (w, terms, frame, key) -> state
    advance: Callable[..., Any]  # (state, terms, frame) -> state and PIECE draws; compiled while the mode is sought
    like: Callable[[], Any]  # a state's tree, of shapes alone
    warmup: int
    size: int


def sampler_of(model: Model, data: Data, terms: Terms, *, warmup: int, accept: float = 0.8) -> Sampler:
    """Compile a sampler for terms of this shape.

    `warmup` iterations adapt the step size and a diagonal mass matrix.
    """
    import jax
    from numpyro.infer.hmc import hmc

    gradient = jax.jit(jax.value_and_grad(lambda z, terms: potential(terms, model, data)(z)))

    @jax.custom_vjp
    def energy(w: Any, terms: Terms, frame: Frame) -> Any:
        return gradient(frame.mode + frame.root @ w, terms)[0]

    def forward(w: Any, terms: Terms, frame: Frame) -> tuple[Any, Any]:
        value, slope = gradient(frame.mode + frame.root @ w, terms)
        return value, frame.root.T @ slope

    # One compiled gradient serves the search for the mode, the first state and every step of every chain.
    energy.defvjp(forward, lambda slope, cotangent: (cotangent * slope, None, None))
    begin, move = hmc(potential_fn_gen=lambda terms, frame: lambda w: energy(w, terms, frame), algo="NUTS")

    def start(w: Any, terms: Terms, frame: Frame, key: Any) -> Any:
        tuning = {"num_warmup": warmup, "target_accept_prob": accept, "max_tree_depth": DEPTH}
        return begin(w, model_args=(terms, frame), rng_key=key, **tuning)

    def one(state: Any, terms: Terms, frame: Frame) -> tuple[Any, Any]:
        state = move(state, (terms, frame))
        z = frame.mode + frame.root @ state.z
        return state, (z, state.diverging, state.num_steps, state.accept_prob, state.energy)

    def advance(state: Any, terms: Terms, frame: Frame) -> Any:
        return jax.lax.scan(lambda now, _: one(now, terms, frame), state, None, length=PIECE)

    jobs = ThreadPoolExecutor(1)
    compiled = jobs.submit(_compile, advance, start, terms, model.layout.size)
    jobs.shutdown(wait=False)
    advanced, like = (lambda *now: compiled.result()[0](*now)), (lambda: compiled.result()[1])
    return Sampler(gradient, start, advanced, like, warmup, model.layout.size)


def _compile(advance: Callable[..., Any], start: Callable[..., Any], terms: Terms, size: int) -> tuple[Any, Any]:
    """Compile the sampler's loop from shapes alone, on the other core while the first looks for the mode.

    Returns it with the shapes of a state.
    """
    import jax
    import jax.numpy as jnp

    terms = jax.tree.map(jnp.asarray, terms)
    frame = Frame(jnp.zeros(size), jnp.eye(size))
    state = jax.eval_shape(start, jnp.zeros(size), terms, frame, jax.random.PRNGKey(0))
    return jax.jit(advance).lower(state, terms, frame).compile(), state


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
    sampler: Sampler,
    terms: Terms,
    *,
    seed: int,
    draws: int,
    chains: int,
    stage: str,
    stream: int = 0,
    report: Report | None = None,
    earlier: Chains | Tuned | None = None,
    settle: int = 100,
) -> Chains:
    """Draw from the posterior; counts of iterations per chain are multiples of PIECE.

    Runs of one seed with different `stream` share no random number.

    With `earlier`, a fit of a like density, its coordinates and tuning are kept and `settle` iterations go by before
    the first draw (0 where it is the same density); without it, the sampler tunes itself for its `warmup`.
    """
    import jax

    keys = jax.random.split(jax.random.fold_in(jax.random.PRNGKey(seed), stream), chains)
    unkept = sampler.warmup if earlier is None else settle
    tally = _Tally(stage, chains, chains * (unkept + draws), report)
    terms = jax.tree.map(jax.numpy.asarray, terms)
    frame = jax.tree.map(jax.numpy.asarray, frame_of(sampler, terms)) if earlier is None else earlier.frame
    states = [
        _first(sampler, terms, frame, key) if earlier is None else _next(earlier.states[place], key, settle)
        for place, key in enumerate(keys)
    ]
    with ThreadPoolExecutor(chains) as pool:
        jobs = [pool.submit(_chain, sampler, terms, frame, state, unkept, draws, tally) for state in states]
        try:
            for job in wait(jobs, return_when=FIRST_EXCEPTION).done:
                job.result()
        except BaseException:  # of any chain, Ctrl-C too: let the others stop at their next piece, then pass it on
            tally.stop.set()
            raise
    ended = [job.result() for job in jobs]
    fields = (np.stack([pieces[field] for _, pieces in ended]) for field in range(len(Run._fields)))
    return Chains(Run(*fields), frame, tuple(state for state, _ in ended))


def extended(chained: Chains, more: Chains) -> Chains:
    """The same chains with the draws that followed."""
    fields = (np.concatenate(parts, axis=1) for parts in zip(chained.run, more.run, strict=True))
    return Chains(Run(*fields), more.frame, more.states)


def _first(sampler: Sampler, terms: Terms, frame: Frame, key: Any) -> Any:
    """A chain's first state, from a wide start."""
    import jax

    key_start, key_run = jax.random.split(key)
    return sampler.start(jax.random.normal(key_start, (sampler.size,)), terms, frame, key_run)


def _next(state: Any, key: Any, settle: int) -> Any:
    """The state that an earlier chain ended in, as the start of another.

    Energy and slope there are of the earlier density. With settling they need not be found anew (that would compile a
    gradient for it): a start that is far too high is left at once, and where the chain goes it learns what holds now.
    """
    import jax

    far = FAR if settle else 0.0
    return state._replace(potential_energy=state.potential_energy + far, rng_key=jax.random.split(key)[1])


def _chain(
    sampler: Sampler, terms: Terms, frame: Frame, state: Any, unkept: int, draws: int, tally: _Tally
) -> tuple[Any, list[Array]]:
    kept = []
    for piece in range((unkept + draws) // PIECE):
        if tally.stop.is_set():
            break
        state, out = sampler.advance(state, terms, frame)
        warm = piece < unkept // PIECE
        tally.add(PIECE, 0 if warm else int(np.asarray(out[1]).sum()))
        if not warm:
            kept.append([np.asarray(field) for field in out])
    return state, [np.concatenate([part[field] for part in kept]) for field in range(len(Run._fields))] if kept else []


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
