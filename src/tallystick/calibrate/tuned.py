"""What a fit leaves for a later one of a like density: coordinates, and the state in which each chain ended.

Where another fit's priors are wider, the same unknowns are smaller numbers there: coordinates are scaled with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.density import Terms
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


def under_priors(chained: Chains, before: Terms, after: Terms) -> Chains:
    """The chains in coordinates for wider priors, where they stand at the same unknowns on their natural scales.

    A narrower prior, or one that lies elsewhere, is left as it was: it rules its unknown, and was round before.
    """
    wider = (after.width > before.width) & (after.location == before.location)
    times = np.where(wider, before.width / after.width, 1.0)
    mode, root = (np.asarray(part) for part in chained.frame)
    return chained._replace(frame=Frame(times * mode, times[:, None] * root))
