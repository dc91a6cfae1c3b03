"""All samplers, in turns, and what follows: effective draws a second, ratios, what was missed."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.brief import CORES, HOLD
from benchmarks.brief import machine as facts_of
from benchmarks.calibration.entries import BY_NAME, CHAINS, DRAWS, PROMISED, Entry
from benchmarks.engines.environments import ROOT, NotInstalled, in_short, python_of

Found = dict[str, Any]
RATES = ("rate", "rate_with_compile")


def measure(entries: Sequence[Entry], turns: int, draws: int = DRAWS) -> Found:
    """Every figure of these samplers. The posterior's own process weighs draws between runs, never beside them."""
    from benchmarks.calibration.posterior import Posterior

    machine, posterior = facts_of(), Posterior()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs, failed = _in_turns(entries, turns, draws, folder, posterior)
        apart = _apart(posterior, folder, runs)
    rows = {name: _row(name, of) for name, of in runs.items() if name not in failed}
    return {
        "machine": machine | {"cores_used": CORES},
        "ended": datetime.now(UTC).date().isoformat(),
        "unknowns": posterior.size, "claims": len(posterior.data.claims), "chains": CHAINS, "draws": draws,
        "turns": turns, "rows": rows, "failed": failed, "ratios": ratios(rows), "gpu_apart": apart,
    }  # fmt: skip


def _in_turns(
    entries: Sequence[Entry], turns: int, draws: int, folder: Path, posterior: Any
) -> tuple[dict[str, list[Found]], dict[str, str]]:
    """Turn by turn, each sampler once, in a process of its own."""
    import numpy as np

    runs: dict[str, list[Found]] = {entry.name: [] for entry in entries}
    failed: dict[str, str] = {}
    for seed in range(1, turns + 1):
        for entry in (one for one in entries if one.name not in failed):
            sys.stderr.write(f"calibration: turn {seed}, {entry.name}\n")
            try:
                told = _run(entry, seed, draws, folder)
            except (NotInstalled, Failed) as fault:
                failed[entry.name] = str(fault)
                continue
            runs[entry.name].append(told | posterior.worth(np.load(folder / f"{entry.name}.npy")))
    return runs, failed


class Failed(Exception):
    """A sampler stopped; its text says what it said."""


def _run(entry: Entry, seed: int, draws: int, folder: Path) -> Found:
    python = str(python_of(entry.environment))
    asked = [entry.name, str(seed), str(draws), str(folder / f"{entry.name}.npy")]
    command = [python, "-c", HOLD, python, "-m", f"benchmarks.calibration.{entry.script}", *asked, entry.device]
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )  # fmt: skip
    if done.returncode:
        raise Failed(in_short(done.stderr))
    told: Found = json.loads(done.stdout)
    return told


def _environment() -> dict[str, str]:
    """One thread an operation for all: chains are what shares the cores. Ours is found in nutpie's environment too."""
    from tallystick.calibrate.engine import own_settings

    return own_settings() | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}


def _row(name: str, runs: Sequence[Found]) -> Found:
    """One line of the table: medians over the turns, and every turn's rates."""
    rates = [run["effective"] / run["sample_s"] for run in runs]
    whole = [run["effective"] / (run["sample_s"] + run["compile_s"]) for run in runs]
    middle = {
        part: _short(statistics.median(run[part] for run in runs))
        for part in ("compile_s", "sample_s", "cpu_s", "gradients", "effective", "r_hat")
    }
    return {
        "title": BY_NAME[name].title, "library": runs[-1]["library"], "version": runs[-1]["version"], **middle,
        "rate": _short(statistics.median(rates)), "rate_with_compile": _short(statistics.median(whole)),
        "rates": [_short(rate) for rate in rates], "rates_with_compile": [_short(rate) for rate in whole],
    }  # fmt: skip


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def ratios(rows: Mapping[str, Found]) -> list[Found]:
    """How many times as fast as each other sampler ours is, turn by turn, without compiling and with it."""
    return [
        _ratio(name, least, rate, rows)
        for name, least in PROMISED.items()
        for rate in RATES
        if name in rows and "ours" in rows
    ]


def _ratio(name: str, least: float, rate: str, rows: Mapping[str, Found]) -> Found:
    part = "rates" if rate == "rate" else "rates_with_compile"
    turns = [ours / other for ours, other in zip(rows["ours"][part], rows[name][part], strict=True)]
    times = statistics.median(turns)
    return {
        "over": name, "of": rate, "times": _short(times), "least": _short(min(turns)), "most": _short(max(turns)),
        "promised": least, "is_kept": times >= least,
    }  # fmt: skip


def _apart(posterior: Any, folder: Path, runs: Mapping[str, Sequence[Found]]) -> float | None:
    """How far the GPU's draws lie from the processor's; None where no GPU was asked for or none ran."""
    import numpy as np

    files = [folder / "ours.npy", folder / "ours on gpu.npy"]
    if not runs.get("ours on gpu") or not all(file.is_file() for file in files):
        return None
    return _short(posterior.apart(*(np.load(file) for file in files)))


def wrong(found: Found) -> list[str]:
    """What is not as it should be: the reasons for exit code 1."""
    return [
        *(f"{name}: {reason}" for name, reason in found["failed"].items()),
        *(
            f"{ratio['over']} ({WORDS[ratio['of']]}): {ratio['times']:.3g} times, promised {ratio['promised']:g}"
            for ratio in found["ratios"]
            if not ratio["is_kept"]
        ),
        *(
            f"{name}: R-hat {row['r_hat']:.3f}, so that its effective draws mean little"
            for name, row in found["rows"].items()
            if name in OURS and row["r_hat"] > R_HAT_LIMIT
        ),
        *(["the GPU's draws are others than the processor's"] if (found["gpu_apart"] or 0) > APART else []),
    ]


WORDS = {"rate": "without compiling", "rate_with_compile": "with compiling"}
OURS = ("ours", "ours on gpu")
R_HAT_LIMIT = 1.01  # as a fit is judged by
APART = 5.0  # standard errors that the farthest of some two hundred unknowns may lie off by chance, with room
