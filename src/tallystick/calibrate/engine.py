"""JAX as this package uses it: 64-bit floats on the processor, one thread an operation, so that runs repeat."""

from __future__ import annotations

import os
import sys
import warnings

# Without the fusion emitters the model compiles as fast and runs as fast, in 0.6 instead of 1.5 GB.
FLAGS = "--xla_cpu_multi_thread_eigen=false --xla_cpu_use_fusion_emitters=false"


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
