"""JAX as this package uses it: 64-bit floats on the processor, one thread an operation, so that runs repeat."""

from __future__ import annotations

import os
import sys
import warnings

FLAGS = "--xla_cpu_multi_thread_eigen=false"


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
