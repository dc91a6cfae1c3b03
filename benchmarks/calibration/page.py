"""The figures as Markdown: the table that is printed, and the page with its JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.calibration.entries import TUNED, WARMUP
from benchmarks.calibration.measure import WORDS

Found = dict[str, Any]
NAME = "calibration-speed"
INTRODUCTION = """# How fast the fit's sampler is

`make bench-calibration` measures it and writes this page: samplers that others use, and ours, on the posterior of the
evidence that ships, through one density, each from wide starts of its own, four chains on two cores
([scripts](../../benchmarks/calibration)). nutpie runs in a locked environment of its own, and asks our compiled density
through a call of Python for every gradient: part of its time is that call's. The figures are also there [as
JSON](calibration-speed.json).

"""
READING = """
*Effective draws* are of the worst headline quantity, in its bulk or its tails, whichever are fewer, after {draws:,}
draws a chain. *A second* is of wall time from the first step of warm-up to the last draw: ours with the search for the
mode and the pilot run; NumPyro's with {warmup} iterations of warm-up, half of what its examples use; nutpie's with its
own default of {diagonal}, or {low} with a low-rank mass matrix. Samplers take turns, each in a fresh process with its
own seed; a ratio is the median of the ratios turn by turn, with its range. Where R-hat is above 1.01 the chains do
not yet agree, and effective draws flatter them; of ours that is a fault.
"""


def table(found: Found) -> str:
    """What goes to stdout, and into the page."""
    on = found["machine"]
    lines = [
        f"Measured on {on['day']}: {on['processor']}, {on['cores_used']} of {on['cores']} cores, Python "
        f"{on['python']}, {on['system']}; load {on['load_before']} before it began. {found['unknowns']} unknowns, "
        f"{found['claims']} used claims, {found['turns']} turn{'s' * (found['turns'] != 1)}.",
        "",
        "| sampler | version | effective draws | a second | with compiling | drawing, s | compiling, s | gradients "
        "| R-hat |",
        "|---|---|---|---|---|---|---|---|---|",
        *map(_line, found["rows"].values()),
        "",
        *_ratios(found),
        *(f"\nNot measured: {name}: {reason}." for name, reason in found["failed"].items()),
    ]
    if found["gpu_apart"] is not None:
        lines += ["", f"Means on the GPU lie at most {found['gpu_apart']:.1f} standard errors from the processor's."]
    return "\n".join(lines)


def _line(row: Found) -> str:
    gradients = f"{row['gradients']:,.0f}" if row["gradients"] else ""
    return (
        f"| {row['title']} | {row['library']} {row['version']} | {row['effective']:.0f} | {row['rate']:.3g} "
        f"| {row['rate_with_compile']:.3g} | {row['sample_s']:.1f} | {row['compile_s']:.1f} | {gradients} "
        f"| {row['r_hat']:.3f} |"
    )


def _ratios(found: Found) -> Iterator[str]:
    if found["ratios"]:
        yield "| ours over | | times as fast | range | promised | |"
        yield "|---|---|---|---|---|---|"
    for one in found["ratios"]:
        title = found["rows"][one["over"]]["title"]
        verdict = "kept" if one["is_kept"] else "**missed**"
        yield (
            f"| {title} | {WORDS[one['of']]} | {one['times']:.3g} | {one['least']:.3g} to {one['most']:.3g} "
            f"| {one['promised']:g} | {verdict} |"
        )


def page(found: Found) -> str:
    """The whole page."""
    reading = READING.format(
        draws=found["draws"], warmup=WARMUP, diagonal=TUNED["nutpie"], low=TUNED["nutpie low-rank"]
    )  # fmt: skip
    return INTRODUCTION + table(found) + "\n" + reading


def write(folder: Path, found: Found) -> None:
    """The page and its figures, each in one move."""
    for name, text in ((f"{NAME}.json", json.dumps(found, indent=2) + "\n"), (f"{NAME}.md", page(found))):
        draft = folder / f".{name}.part"
        draft.write_text(text, encoding="utf-8")
        draft.replace(folder / name)
