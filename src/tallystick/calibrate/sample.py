"""Hamiltonian Monte Carlo (Neal 2011, arXiv:1206.1901, as NumPyro implements it), run in pieces.

Paths are of random length (Bou-Rabee and Sanz-Serna 2017, doi:10.1214/16-AAP1255). Coordinates come from the curvature
at the mode, then from a pilot run, by the Fisher divergence that nutpie minimises (Seyboldt, Carlson, Carpenter 2026).

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
LENGTH = 3.0  # middle length of a path in the coordinates, where a standard deviation is about one; decision 12
MOST = 40  # leapfrog steps of a path, while the step is yet to be found
HELD = 50  # points of a round posterior that the points of a pilot run are added to
FAR = 1e9  # added to the energy where a chain of another density starts, so that it takes its first move


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


def sampler_of(model: Model, data: Data, terms: Terms, *, warmup: int, accept: float = 0.7) -> Sampler:
    """Compile a sampler for terms of this shape.

    Of `warmup` iterations the first half finds coordinates, in those of the mode; the other finds the step in them.
    ValueError where a half is no multiple of PIECE: draws of the warm-up would be kept.
    """
    _in_pieces(warmup // 2, "half of the warm-up", least=PIECE)
    if warmup % 2:
        raise ValueError(f"a warm-up of {warmup} iterations has no halves")
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
    begin, move = hmc(potential_fn_gen=lambda terms, frame: lambda w: energy(w, terms, frame), algo="HMC")

    def start(w: Any, terms: Terms, frame: Frame, key: Any) -> Any:
        tuning = {"num_warmup": warmup // 2, "target_accept_prob": accept, "adapt_mass_matrix": False}
        return begin(w, model_args=(terms, frame), rng_key=key, trajectory_length=LENGTH, **tuning)

    def one(state: Any, terms: Terms, frame: Frame) -> tuple[Any, Any]:
        key, chance = jax.random.split(state.rng_key)
        length = LENGTH * (0.5 + jax.random.uniform(chance))  # of one length, some directions would come back upon it
        length = jax.numpy.minimum(length, MOST * state.adapt_state.step_size)
        state = move(state._replace(rng_key=key, trajectory_length=length), (terms, frame))
        z = frame.mode + frame.root @ state.z
        return state, (z, state.diverging, state.num_steps, state.accept_prob, state.energy, state.z_grad)

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

    ValueError for counts that are none of PIECE, and where `earlier` ended in fewer chains than are asked for.
    """
    _in_pieces(draws, "draws", least=PIECE)
    _in_pieces(settle, "settle")
    if earlier is not None and len(earlier.states) < chains:
        raise ValueError(f"{chains} chains cannot go on from {len(earlier.states)}")
    import jax

    keys = jax.random.split(jax.random.fold_in(jax.random.PRNGKey(seed), stream), chains)
    unkept = sampler.warmup if earlier is None else settle
    tally = _Tally(stage, chains, chains * (unkept + draws), report)
    terms = jax.tree.map(jax.numpy.asarray, terms)
    if earlier is None:
        tuned, unkept = _pilot(sampler, terms, keys, tally), sampler.warmup // 2
    else:
        tuned = Tuned(
            earlier.frame, tuple(_next(*each, settle) for each in zip(earlier.states[:chains], keys, strict=True))
        )
    ended = _drawn(sampler, terms, tuned, unkept, draws, tally)
    fields = (np.stack([pieces[field] for _, pieces in ended]) for field in range(len(Run._fields)))
    return Chains(Run(*fields), tuned.frame, tuple(state for state, _ in ended))


def _in_pieces(count: int, what: str, least: int = 0) -> None:
    if count % PIECE or count < least:
        raise ValueError(f"{what}: {count} iterations are no whole pieces of {PIECE}")


def extended(chained: Chains, more: Chains) -> Chains:
    """The same chains with the draws that followed."""
    fields = (np.concatenate(parts, axis=1) for parts in zip(chained.run, more.run, strict=True))
    return Chains(Run(*fields), more.frame, more.states)


def _pilot(sampler: Sampler, terms: Terms, keys: Any, tally: _Tally) -> Tuned:
    """A short run from wide starts in the coordinates of the mode, and all chains at its end in better ones."""
    import jax

    frame, many = jax.tree.map(jax.numpy.asarray, frame_of(sampler, terms)), sampler.warmup // 2
    first, run, again = (jax.vmap(jax.random.fold_in, (0, None))(keys, at) for at in range(3))
    wide = jax.vmap(lambda key: jax.random.normal(key, (sampler.size,)))(first)
    states = tuple(sampler.start(w, terms, frame, key) for w, key in zip(wide, run, strict=True))
    ended = _drawn(sampler, terms, Tuned(frame, states), 0, many, tally, pilot=True)
    z, slopes = (np.stack([pieces[at][many // 2 :] for _, pieces in ended]) for at in (0, -1))
    better = jax.tree.map(
        jax.numpy.asarray, rounder(frame, z.reshape(-1, sampler.size), slopes.reshape(-1, sampler.size))
    )
    back = np.linalg.inv(better.root)
    starts = [back @ (each[-1] - np.asarray(better.mode)) for each in z]
    return Tuned(better, tuple(sampler.start(w, terms, better, key) for w, key in zip(starts, again, strict=True)))


def rounder(frame: Frame, z: Array, slopes: Array) -> Frame:
    """Coordinates in which points of a pilot run, and the slopes there, are nearly round.

    z, slopes : (point, unknown); slopes in the coordinates of `frame`. The matrix that minimises the Fisher divergence
    is the geometric mean of the covariance of the points and the inverse of that of the slopes.
    """
    mode, root = np.asarray(frame.mode), np.asarray(frame.root)
    w = (z - mode) @ np.linalg.inv(root).T
    points, bends = _covariance(w), _covariance(slopes)
    half, back = _power(bends, 0.5), _power(bends, -0.5)
    mean = back @ _power(half @ points @ half, 0.5) @ back
    return Frame(mode + root @ w.mean(axis=0), root @ _power(mean, 0.5))


def _covariance(points: Array) -> Array:
    """Of the points, held towards a round posterior's by HELD more of it: they may be fewer than their directions."""
    centred = points - points.mean(axis=0)
    return np.asarray((centred.T @ centred + HELD * np.eye(points.shape[1])) / (len(points) + HELD))


def _power(matrix: Array, power: float) -> Array:
    size, directions = np.linalg.eigh((matrix + matrix.T) / 2)
    return np.asarray(directions * size**power @ directions.T)


def _next(state: Any, key: Any, settle: int) -> Any:
    """The state that an earlier chain ended in, as the start of another.

    Energy and slope there are of the earlier density. With settling they need not be found anew (that would compile a
    gradient for it): a start that is far too high is left at once, and where the chain goes it learns what holds now.
    """
    import jax

    far = FAR if settle else 0.0
    return state._replace(potential_energy=state.potential_energy + far, rng_key=jax.random.split(key)[1])


def _drawn(
    sampler: Sampler, terms: Terms, tuned: Tuned, unkept: int, draws: int, tally: _Tally, *, pilot: bool = False
) -> list[tuple[Any, list[Array]]]:
    """The end state and the draws of every chain, each in a thread."""
    with ThreadPoolExecutor(len(tuned.states)) as pool:
        asked = (unkept, draws, tally, pilot)
        jobs = [pool.submit(_chain, sampler, terms, tuned.frame, one, *asked) for one in tuned.states]
        try:
            for job in wait(jobs, return_when=FIRST_EXCEPTION).done:
                job.result()
        except BaseException:  # of any chain, Ctrl-C too: let the others stop at their next piece, then pass it on
            tally.stop.set()
            raise
    return [job.result() for job in jobs]


def _chain(
    sampler: Sampler, terms: Terms, frame: Frame, state: Any, unkept: int, draws: int, tally: _Tally, pilot: bool
) -> tuple[Any, list[Array]]:
    kept = []
    for piece in range((unkept + draws) // PIECE):
        if tally.stop.is_set():
            break
        state, out = sampler.advance(state, terms, frame)
        warm = piece < unkept // PIECE
        tally.add(PIECE, 0 if warm or pilot else int(np.asarray(out[1]).sum()))
        if not warm:
            kept.append([np.asarray(field) for field in out])
    return state, [np.concatenate(field) for field in zip(*kept, strict=True)]


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
