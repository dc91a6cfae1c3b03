"""What the effects of a study's scenarios hang on, kept in the cache like every slow answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tallystick.study.forward import keys_of, question
from tallystick.study.hashes import hash_of
from tallystick.vocab.errors import UsageError

if TYPE_CHECKING:
    from tallystick.scenarios.alone import Alone
    from tallystick.scenarios.sensitivity import Progress, Sensitivity
    from tallystick.scenarios.what_if import WhatIf
    from tallystick.study.study import Study

KIND, FILE = "sensitivity", "sensitivity.json"
KIND_ALONE, FILE_ALONE = "alone", "alone.json"
SAMPLES = 128


def sensitivity_question(
    study: Study, names: Sequence[str | Path] | None, samples: int | None, year: int | None, until: str | None
) -> tuple[WhatIf, int, int]:
    """The question that these words ask, with its samples and year; faults of wording are told before the fit."""
    asked = question(study, names, None, until, "means")
    samples = SAMPLES if samples is None else samples
    if samples < 2 or samples & (samples - 1):
        raise UsageError(f"{samples} samples are no power of two", hint="ask for 64, 128, 256, ...")
    if not asked.scenarios:
        raise UsageError("nothing stands beside the baseline", hint="name a scenario that pulls a lever")
    first = int(asked.months[0][:4])
    last = first + len(asked.months) // 12 - 1
    if year is not None and not first <= year <= last:
        raise UsageError(f"no year {year} is run", hint=f"there are {first} to {last}")
    return asked, samples, last if year is None else year


def sensitivity_of(
    study: Study, asked: WhatIf, samples: int, year: int, progress: Progress | None = None
) -> Sensitivity:  # fmt: skip
    """Sobol indices of every outcome over everything assumed; see `sensitivity_question`."""
    from tallystick.scenarios.sensitivity import Sensitivity, sensitivity
    from tallystick.scenarios.what_if import prepared

    def write(folder: Path) -> None:
        ready = prepared(asked, study.fit.unknowns)
        found = sensitivity(
            asked, ready, samples=samples, year=year, kept=study.cache_folder, progress=progress
        )  # fmt: skip
        (folder / FILE).write_bytes(msgspec.json.encode(found))

    key = hash_of((keys_of(study, asked), samples, year))
    return msgspec.json.decode((study.kept(KIND, key, write) / FILE).read_bytes(), type=Sensitivity)


def alone_key(study: Study, asked: WhatIf) -> str:
    """Under which the cache holds the shares of this question."""
    from tallystick.scenarios.effects import FIRST

    return hash_of((keys_of(study, asked), FIRST))


def alone_of(study: Study, asked: WhatIf) -> Alone:
    """What each assumed number does alone, from as many draws as runs of this question have."""
    from tallystick.scenarios.alone import Alone, alone
    from tallystick.scenarios.effects import FIRST
    from tallystick.scenarios.what_if import prepared

    def write(folder: Path) -> None:
        ready = prepared(asked, study.fit.unknowns)
        found = alone(ready, asked.programme.tables, FIRST, seed=asked.seed, kept=study.cache_folder)
        (folder / FILE_ALONE).write_bytes(msgspec.json.encode(found))

    folder = study.kept(KIND_ALONE, alone_key(study, asked), write)
    return msgspec.json.decode((folder / FILE_ALONE).read_bytes(), type=Alone)
