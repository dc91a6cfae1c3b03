"""What the effects of a study's scenarios hang on, kept in the cache like every slow answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tallystick.scenarios.sensitivity import Progress, Question, Sensitivity, sensitivity
from tallystick.study.forward import keys_of, question
from tallystick.study.hashes import hash_of
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.scenarios.what_if import WhatIf
    from tallystick.study.study import Study

KIND, FILE = "sensitivity", "sensitivity.json"
OF = ("workers_present", "state_income", "months_after_deadline_later")  # effects that indices are of
RANK_BY = "workers_present"


def sensitivity_of(
    study: Study, names: Sequence[str | Path] | None, samples: int, until: str | None, progress: Progress | None
) -> Sensitivity:
    """Indices of the scenarios of these names or files; all that ship when none is named."""
    asked = question(study, names, None, until, "meanfield")
    if samples < 2 or samples & (samples - 1):
        raise UsageError(f"{samples} samples are no power of two", hint="ask for 64, 128, 256, ...")
    if not asked.scenarios:
        raise UsageError("nothing stands beside the baseline", hint="name a scenario that pulls a lever")
    key = hash_of((keys_of(study, asked), samples, OF, RANK_BY))

    def write(folder: Path) -> None:
        found = sensitivity(_asked(study, asked), samples=samples, seed=study.seed, progress=progress)
        (folder / FILE).write_bytes(msgspec.json.encode(found))

    return msgspec.json.decode((study.kept(KIND, key, write) / FILE).read_bytes(), type=Sensitivity)


def _asked(study: Study, asked: WhatIf) -> Question:
    from tallystick.scenarios.what_if import DRAWS, draws_of, evenly, prepared

    unknowns: dict[str, Any] = dict(study.fit.unknowns)
    some = evenly(unknowns, min(DRAWS, draws_of(unknowns)))
    ready = prepared(asked, some)
    return Question(
        graph=ready.graph, shape=ready.shape, tables=asked.programme.tables, start=ready.start, months=ready.months,
        scenarios={each.id: each for each in (asked.baseline, *asked.scenarios)}, levers=asked.levers,
        outcomes=[each for each in ready.outcomes if each.id in OF], rank_by=RANK_BY,
        beside=ready.base.inputs.beside,
    )  # fmt: skip
