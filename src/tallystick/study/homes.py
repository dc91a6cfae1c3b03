"""Simulated workers of a study who came home: what runs of persons found, kept in the cache.

The persons themselves are never kept: only distributions over a hundred of them or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tallystick.study.forward import rests_on
from tallystick.study.hashes import hash_of
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.scenarios.homes import Homes
    from tallystick.scenarios.what_if import Progress, WhatIf
    from tallystick.study.study import Study

KIND, FOUND = "homes", "homes.json"


def question(study: Study, names: Sequence[str | Path] | None, draws: int | None, until: str | None) -> WhatIf:
    """The question that these words ask; without names, of the scenarios that the programme wants followed."""
    from tallystick.scenarios.homecoming import REPEATS, USUAL_DRAWS

    if find_spec("numba") is None:
        raise UsageError("persons are followed by numba alone, which is not installed", hint="pip install numba")
    _ = study.levers  # tells, before anything else, of a programme that cannot be run forward
    usual = study.programme.tables["scenarios"]["run"].get("followed")
    return study.what_if(names or usual, runs=REPEATS * (USUAL_DRAWS if draws is None else draws), until=until)


def homes(study: Study, asked: WhatIf, progress: Progress | None) -> Homes:
    """What the persons of these runs brought home, from the cache where it lies there."""
    from tallystick.scenarios.homes import Homes

    def write(folder: Path) -> None:
        from tallystick.scenarios.homecoming import followed

        found = followed(asked, study.fit.unknowns, kept=study.cache_folder, progress=progress)
        (folder / FOUND).write_bytes(found.kept())

    return Homes.read((study.kept(KIND, _key(study, asked), write) / FOUND).read_bytes())


def _key(study: Study, asked: WhatIf) -> str:
    scenarios = [(each.id, each.name, each.pulls, each.drives) for each in (asked.baseline, *asked.scenarios)]
    return hash_of((rests_on(study), scenarios, (asked.runs, asked.until, asked.seed)))
