"""Numbers as this package computes them: 64-bit floats on the processor, one thread an operation, so that runs repeat.

A sum that is shared out over threads is added up in another order on another number of cores, and ends on other digits.
"""

from __future__ import annotations

import os
import sys
import warnings

# Without the fusion emitters the model compiles as fast and runs as fast, in 0.6 instead of 1.5 GB.
FLAGS = "--xla_cpu_multi_thread_eigen=false --xla_cpu_use_fusion_emitters=false"

# NumPy and SciPy read these when they are first imported; which one counts hangs on what they were built with.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")


def own_settings() -> dict[str, str]:
    """The environment for a process that computes: with one thread an operation, without the flags of another's JAX."""
    return {name: value for name, value in os.environ.items() if name != "XLA_FLAGS"} | ONE_THREAD


def prepare() -> None:
    """Set up JAX before its first use in this process; later calls do nothing."""
    if "jax" not in sys.modules:
        os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {FLAGS}".strip()
        os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax

    jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]  # JAX leaves it untyped
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # arviz announces its next major version on import
        import arviz  # noqa: F401
