"""Where chains run: on the processor, or on a GPU that is there. What a GPU draws is held to the processor's by hand,
in `benchmarks/calibration.py`: this machine may have none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.calibrate import engine
from tallystick.study.manifest import commands
from tallystick.study.study import Study
from tallystick.vocab.errors import FitError
from tests.programmes import VESSANY
from tests.study.invented import PROGRAMME


def test_a_gpu_that_jax_does_not_find_is_an_error_with_the_way_out() -> None:
    """Tests run JAX on the processor, whatever the machine has."""
    engine.prepare()
    with pytest.raises(FitError, match="--device gpu: JAX found cpu alone") as raised:
        engine.prepare("gpu")
    assert "jax[cuda" in raised.value.hint
    assert "--device" in raised.value.hint


def test_without_device_gpu_chains_run_on_the_processor_whatever_the_shell_says() -> None:
    script = "from tallystick.calibrate import engine; engine.prepare(); import jax; print(jax.default_backend())"
    told = {**os.environ, "JAX_PLATFORMS": "cuda"}
    found = subprocess.run([sys.executable, "-c", script], env=told, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "cpu"


def test_the_error_of_a_missing_gpu_reaches_who_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fit runs in a process of its own, which looks for a GPU whatever this one runs on; here it may see none."""
    for name in ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES"):
        monkeypatch.setenv(name, "-1")
    monkeypatch.setenv("JAX_PLATFORMS", "cpu")  # what a GPU is asked for in spite of
    with pytest.raises(FitError, match="--device gpu"):
        Study(VESSANY, cache=tmp_path, device="gpu").compute()


def test_draws_of_a_gpu_are_kept_apart_and_told_of(tmp_path: Path) -> None:
    cpu, gpu = (Study(VESSANY, cache=tmp_path, device=each) for each in ("cpu", "gpu"))
    assert cpu.fit_key != gpu.fit_key
    assert "--device gpu" in gpu.commands("brief", to="brief")[1]
    assert "--device" not in " ".join(commands(PROGRAMME, 1))
