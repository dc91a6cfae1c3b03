"""What the effects of a study's scenarios hang on, kept in the cache like every slow answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tallystick.scenarios.effects import FIRST
from tallystick.study.forward import keys_of, known_year, levers_alone, question
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
    study: Study, names: Sequence[str | Path] | None, samples: int | None, year: int | None, until: str | None,
    *, levers: bool = False,
) -> tuple[WhatIf, int, int]:  # fmt: skip
    """The question that these words ask, with its samples and year; faults of wording are told before the fit.

    levers : of each lever that they pull, pulled alone, instead of the scenarios.
    """
    asked = question(study, names, None, until, "means")
    asked = levers_alone(study, asked, every=not names) if levers else asked
    samples = SAMPLES if samples is None else samples
    if samples < 2 or samples & (samples - 1):
        raise UsageError(f"{samples} samples are no power of two", hint="ask for 16, 32, 64, 128, 256, ...")
    if not asked.scenarios:
        raise UsageError("nothing stands beside the baseline", hint="name a scenario that pulls a lever")
    return asked, samples, known_year(asked, year)


def sensitivity_of(
    study: Study, asked: WhatIf, samples: int, year: int, progress: Progress | None = None
) -> Sensitivity:  # fmt: skip
    """Sobol indices of every outcome over everything assumed; see `sensitivity_question`."""
    from tallystick.scenarios.sensitivity import Sensitivity, sensitivity
    from tallystick.scenarios.what_if import prepared

    def write(folder: Path) -> None:
        some = _in_one_order(asked)
        ready = prepared(some, study.fit.unknowns)
        found = sensitivity(some, ready, samples=samples, year=year, kept=study.cache_folder, progress=progress)
        (folder / FILE).write_bytes(_readable(found))

    key = hash_of((keys_of(study, asked), samples, year))
    return msgspec.json.decode((study.kept(KIND, key, write) / FILE).read_bytes(), type=Sensitivity)


def _in_one_order(asked: WhatIf) -> WhatIf:
    """The same question, however its scenarios were named: the cache keeps one answer for all orders."""
    return replace(asked, scenarios=tuple(sorted(asked.scenarios, key=lambda each: each.id)))


def _readable(found: Sensitivity | Alone) -> bytes:
    """What is kept of an answer; what cannot be read back is not kept."""
    written = msgspec.json.encode(found)
    msgspec.json.decode(written, type=type(found))
    return written


def alone_key(study: Study, asked: WhatIf, outcomes: Sequence[str] = FIRST, year: int | None = None) -> str:
    """Under which the cache holds the shares of this question."""
    return hash_of((keys_of(study, asked), sorted(set(outcomes)), known_year(asked, year)))


def alone_of(study: Study, asked: WhatIf, outcomes: Sequence[str] = FIRST, year: int | None = None) -> Alone:
    """What each assumed number does alone by the end of that year, or the last; from the draws that its runs have."""
    from tallystick.scenarios.alone import Alone, alone
    from tallystick.scenarios.what_if import prepared

    def write(folder: Path) -> None:
        some = _in_one_order(asked)
        ready = prepared(some, study.fit.unknowns)
        found = alone(
            ready,
            some.programme.tables,
            outcomes,
            seed=some.seed,
            year=known_year(asked, year),
            kept=study.cache_folder,
        )
        (folder / FILE_ALONE).write_bytes(_readable(found))

    folder = study.kept(KIND_ALONE, alone_key(study, asked, outcomes, year), write)
    return msgspec.json.decode((folder / FILE_ALONE).read_bytes(), type=Alone)
