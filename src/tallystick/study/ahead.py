"""What the brief tells of the years to come: every what-if that ships with a programme, run forward from the fit."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tallystick.evidence.programme import programme_folder
from tallystick.study.forward import FOLDER, NEEDED, RUNS, SUFFIX, keys_of, starts_after

if TYPE_CHECKING:
    from tallystick.brief.simulated import Simulated
    from tallystick.study.study import Study


def simulated_of(study: Study) -> Simulated | None:
    """What runs of all its what-ifs found; None where a programme has none, or `as_of` lies before runs start."""
    if not has_what_ifs(study) or starts_after(study):
        return None
    from tallystick.brief.simulated import Simulated
    from tallystick.scenarios.start import shape_of
    from tallystick.stocks.labour.assumptions import elements_of
    from tallystick.stocks.labour.text import build

    asked = study.what_if()
    if any(study.find(RUNS, key) is None for key in keys_of(study, asked).values()):
        _run_apart(study)
    programme = study.programme
    return Simulated(
        results=study.answer(asked),
        scenarios={each.id: each for each in (asked.baseline, *asked.scenarios)},
        levers=study.levers,
        model=build(shape_of(programme), elements_of(programme.tables["system"])),
        command=study.commands("simulate", to="runs")[1],
    )


def _run_apart(study: Study) -> None:
    """Run them in a process of its own, which fills the cache: a compiler's memory would stay with the page's.

    A fault there is met again, and told, by whoever then asks for what is not in the cache.
    """
    command = [sys.executable, "-m", "tallystick", "simulate", "--programme", study.name, "--seed", str(study.seed)]
    if study.as_of is not None:
        command += ["--as-of", str(study.as_of)]
    environment = os.environ | {"TALLYSTICK_CACHE": str(study.cache_folder)}
    subprocess.run([*command, "--format", "json"], env=environment, stdout=subprocess.DEVNULL, check=False)


def has_what_ifs(study: Study) -> bool:
    """Whether a programme can be run forward and ships at least one scenario."""
    folder = programme_folder(study.name) / FOLDER
    tables = study.programme.tables
    return all(name in tables for name in NEEDED) and any(folder.glob(f"*{SUFFIX}"))
