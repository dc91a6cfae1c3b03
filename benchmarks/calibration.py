"""How fast the fit's sampler is beside others: `benchmarks/calibration.py`, or `make bench-calibration`.

Every sampler draws from one posterior, that of the evidence that ships, through the same JAX density: four chains on
two cores, from wide starts. What counts is effective draws a second of the worst headline quantity, of bulk and tails
the smaller, over the time from the first step of warm-up to the last draw; a second line adds what compiling takes.
Samplers take turns, each turn in a fresh process with a seed of its own; a ratio is the median of the ratios turn by
turn.

The table goes to stdout; `--write` also fills docs/reference/calibration-speed.md and its JSON. `--device gpu` adds a
row: our chains on a GPU, and how far its means lie from the processor's, in Monte Carlo standard errors. Exit code 1
when a sampler could not be installed or run, or a ratio misses what is promised; 130 when interrupted, and then nothing
is written. Needs Linux, two cores, and the network on first use. A turn takes some ten minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the folder `calibration` beside this file is the package benchmarks.calibration

if __name__ == "__main__":
    from benchmarks.calibration.main import main

    sys.exit(main(about=__doc__))
