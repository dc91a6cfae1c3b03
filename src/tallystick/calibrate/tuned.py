"""What a fit leaves for a later one of a like density: coordinates, and the state in which each chain ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.sample import Chains, Frame, Sampler, Tuned

Arrays = Mapping[str, NDArray[Any]]
MODE, ROOT, LEAF = "mode", "root", "leaf_"


def packed(chained: Chains) -> Arrays:
    """Plain arrays by name; what belongs to a chain has the chains along its first axis."""
    import jax

    leaves = zip(*(jax.tree.leaves(state) for state in chained.states), strict=True)
    states = {f"{LEAF}{at}": np.stack([np.asarray(leaf) for leaf in each]) for at, each in enumerate(leaves)}
    return {MODE: np.asarray(chained.frame.mode), ROOT: np.asarray(chained.frame.root)} | states


def unpacked(arrays: Arrays, sampler: Sampler) -> Tuned:
    """What `packed` packed, for a sampler of as many unknowns."""
    import jax
    import jax.numpy as jnp

    like = sampler.like()
    kinds = [leaf.dtype for leaf in jax.tree.leaves(like)]
    chains = len(arrays[f"{LEAF}0"])
    states = tuple(
        jax.tree.unflatten(
            jax.tree.structure(like),
            [jnp.asarray(arrays[f"{LEAF}{at}"][chain], kind) for at, kind in enumerate(kinds)],
        )
        for chain in range(chains)
    )
    return Tuned(Frame(jnp.asarray(arrays[MODE]), jnp.asarray(arrays[ROOT])), states)
