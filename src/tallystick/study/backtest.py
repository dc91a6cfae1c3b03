"""The backtest of a study: each cut refitted and scored, and kept under a key of everything that it depends on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import msgspec

from tallystick.evidence.programme import programme_folder, shipped_programmes
from tallystick.study.hashes import (
    FORECASTING,
    code_hash,
    forecasting_versions,
    hash_of,
    processor_family,
    sha256_of,
)
from tallystick.study.manifest import FOLDER
from tallystick.study.swap import replace_file
from tallystick.vocab.backtests import Cuts, Priors
from tallystick.vocab.errors import UsageError
from tallystick.vocab.version import VERSION

if TYPE_CHECKING:
    from tallystick.calibrate.sample import Progress
    from tallystick.forecasts.backtest import Past
    from tallystick.forecasts.kept import Kept
    from tallystick.forecasts.score import Report
    from tallystick.study.study import Study

KIND, FILE = "backtest", "cut.json"
REPEATS = 2000  # redrawings of figures, and of shocks


def cuts_of(study: Study, which: Cuts) -> tuple[date, ...]:
    """The days of backtest.toml that are asked for. UsageError for a study of an earlier day: each cut is one."""
    from tallystick.forecasts.odds_table import odds_of

    if study.as_of is not None:
        raise UsageError("a backtest takes all evidence: each of its cuts is an --as-of", hint="leave out --as-of")
    odds = odds_of(study.programme)
    days = {"named": odds.named, "half-yearly": odds.half_yearly, "all": odds.cuts}
    return days[which]


def keys_of(study: Study, days: Sequence[date], priors: Priors) -> dict[date, str]:
    """By cut, the hash of everything that its scores depend on; the other cuts that are asked for are not among it."""
    rests_on = {
        "evidence": study.programme.evidence_root,
        "code": code_hash(FORECASTING),
        "libraries": forecasting_versions(),
        "processor": processor_family(),
        "seed": study.seed,
        "priors": priors,
    }
    return {day: hash_of(rests_on | {"day": str(day)}) for day in days}


def pasts(
    study: Study, days: Sequence[date], priors: Priors, progress: Callable[[Progress], None] | None = None
) -> tuple[Past, ...]:
    """Every cut with its scores; those that the cache has not are computed, and kept one by one as they come."""
    from tallystick.forecasts.backtest import Past, backtest

    keys = keys_of(study, days, priors)
    there = {day: folder for day, key in keys.items() if (folder := study.find(KIND, key)) is not None}
    if missing := [day for day in days if day not in there]:
        for past in backtest(study.programme, missing, priors=priors, seed=study.seed, report=progress):
            there[past.day] = study.kept(KIND, keys[past.day], partial(_write, past))
    return tuple(msgspec.json.decode((there[day] / FILE).read_bytes(), type=Past) for day in days)


def _write(past: Past, folder: Path) -> None:
    (folder / FILE).write_bytes(msgspec.json.encode(past))


def report(study: Study, found: Sequence[Past]) -> Report:
    """The table of the scores of all these cuts."""
    from tallystick.forecasts.score import report_of

    return report_of([row for past in found for row in past.rows], study.seed, REPEATS)


def kept_backtest(study: Study) -> Kept | None:
    """The backtest beside the evidence; None where there is none, or for a study of an earlier day."""
    from tallystick.forecasts.kept import read

    file = _kept_file(study)
    return read(file) if file else None


def kept_hash(study: Study) -> str | None:
    """SHA-256 of the kept backtest that the study's brief tells of; None where it tells of none."""
    file = _kept_file(study)
    return sha256_of(file) if file else None


def _kept_file(study: Study) -> Path | None:
    from tallystick.forecasts.kept import FILE as KEPT

    file = programme_folder(study.name) / KEPT
    return file if file.is_file() and study.as_of is None else None


def is_current(study: Study, kept: Kept | None) -> bool:
    """Whether a kept backtest is of this study's evidence and of this model."""
    from tallystick.forecasts.kept import inputs_hash

    return kept is not None and kept.inputs == inputs_hash(study.programme)


def keep(study: Study, file: Path, day: date, progress: Callable[[Progress], None] | None = None) -> None:
    """Write what a brief prints: every cut under both kinds of priors. `day` is put on it."""
    from tallystick.forecasts.kept import inputs_hash, kept_of, text_of

    every = cuts_of(study, "all")
    found = {priors: pasts(study, every, priors, progress) for priors in get_args(Priors)}
    tables = {
        f"{priors}, {which}": report(study, [past for past in each if past.day in cuts_of(study, which)])
        for priors, each in found.items()
        for which in get_args(Cuts)
    }
    kept = kept_of(
        inputs_hash(study.programme), found["stated"], tables, seed=study.seed, date=str(day),
        command=keeping(study, file, day), versions=forecasting_versions() | {"tallystick": VERSION},
    )  # fmt: skip
    replace_file(file, text_of(kept))


def keeping(study: Study, file: Path, day: date) -> str:
    """What to type to write the same file; it and a folder's programme are named without where they lay."""
    programme = study.name if study.name in shipped_programmes() else FOLDER
    return f"tallystick backtest --keep {file.name} --on {day} --programme {programme} --seed {study.seed}"
