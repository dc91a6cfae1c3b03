"""What the brief tells of the years to come: every what-if that ships with a programme, run forward from the fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallystick.evidence.programme import programme_folder
from tallystick.study.forward import FOLDER, NEEDED, SUFFIX

if TYPE_CHECKING:
    from tallystick.brief.simulated import Simulated
    from tallystick.study.study import Study


def simulated_of(study: Study) -> Simulated | None:
    """What runs of all its what-ifs found; None where a programme has none, or `as_of` lies before runs start."""
    if not has_what_ifs(study) or _is_before(study):
        return None
    from tallystick.brief.simulated import Simulated
    from tallystick.scenarios.start import shape_of
    from tallystick.stocks.labour.assumptions import elements_of
    from tallystick.stocks.labour.text import build

    asked = study.what_if()
    programme = study.programme
    return Simulated(
        results=study.answer(asked),
        scenarios={each.id: each for each in (asked.baseline, *asked.scenarios)},
        levers=study.levers,
        model=build(shape_of(programme), elements_of(programme.tables["system"])),
        command=study.commands("simulate", to="runs")[1],
    )


def _is_before(study: Study) -> bool:
    """Whether only evidence of a day before the start of runs is used: nothing of later years was known."""
    return study.as_of is not None and str(study.as_of)[:7] < study.programme.tables["scenarios"]["run"]["start"]


def has_what_ifs(study: Study) -> bool:
    """Whether a programme can be run forward and ships at least one scenario."""
    folder = programme_folder(study.name) / FOLDER
    tables = study.programme.tables
    return all(name in tables for name in NEEDED) and any(folder.glob(f"*{SUFFIX}"))
