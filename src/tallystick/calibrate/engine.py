"""Numbers as this package computes them: 64-bit floats on the processor, one thread an operation, so that runs repeat.

A sum that is shared out over threads is added up in another order on another number of cores, and ends on other digits.
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import Literal

from tallystick.vocab.errors import FitError

Device = Literal["cpu", "gpu"]
GPU = 'an NVIDIA GPU with its driver needs .venv/bin/pip install "jax[cuda13]"; without one, leave --device out'

FLAGS = " ".join(
    (
        "--xla_cpu_multi_thread_eigen=false",
        # Without the fusion emitters the model compiles as fast and runs as fast, in 0.6 instead of 1.5 GB.
        "--xla_cpu_use_fusion_emitters=false",
        # Sums of some 200 months need no tree, and small products no library: a sixth of a gradient's time.
        "--xla_disable_hlo_passes=tree_reduction_rewriter",
        "--xla_cpu_experimental_ynn_fusion_type=",
    )
)

# NumPy and SciPy read these when they are first imported; which one counts hangs on what they were built with.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")


def own_settings() -> dict[str, str]:
    """The environment for a process that computes: with one thread an operation, without the flags of another's JAX."""
    return {name: value for name, value in os.environ.items() if name != "XLA_FLAGS"} | ONE_THREAD


def prepare(device: Device = "cpu") -> None:
    """Set up JAX before its first use in this process; later calls do nothing. FitError where no GPU answers."""
    if "jax" not in sys.modules:
        os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {FLAGS}".strip()
        if device == "cpu":
            os.environ["JAX_PLATFORMS"] = "cpu"  # whatever the shell says: draws of a GPU are others
        else:
            os.environ.pop("JAX_PLATFORMS", None)  # then JAX takes a GPU where it finds one
    import jax

    jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]  # JAX leaves it untyped
    if device == "gpu" and jax.default_backend() != "gpu":
        raise FitError(f"--device gpu: JAX found {jax.devices()[0].platform} alone", hint=GPU)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # arviz announces its next major version on import
        import arviz  # noqa: F401
