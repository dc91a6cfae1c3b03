"""What is measured, and what is promised of it."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.engines.entries import OURS

CHAINS, DRAWS = 4, 1000
WARMUP = 500  # of NumPyro, which has no default: half of what its examples use, in its favour
TUNED = {"nutpie": 400, "nutpie low-rank": 800}  # nutpie's own defaults


class Entry(NamedTuple):
    """One sampler: the script beside this file that runs it, and the environment it runs in."""

    name: str
    title: str
    script: str
    environment: str = OURS
    device: str = "cpu"


ENTRIES = (
    Entry("ours", "Tallystick", "with_ours"),
    Entry("numpyro", "NumPyro, its defaults", "with_numpyro"),
    Entry("nutpie", "nutpie, its defaults", "with_nutpie", "nutpie"),
    Entry("nutpie low-rank", "nutpie, low-rank mass matrix", "with_nutpie", "nutpie"),
    Entry("plain", "unknowns as they are, no coordinates; NumPyro's defaults", "with_numpyro"),
)
ON_GPU = Entry("ours on gpu", "Tallystick, chains on a GPU", "with_ours", device="gpu")
BY_NAME = {entry.name: entry for entry in (*ENTRIES, ON_GPU)}
PROMISED = {"numpyro": 1.0, "nutpie": 1.0, "nutpie low-rank": 1.0, "plain": 3.0}  # times as fast as it ours must be
