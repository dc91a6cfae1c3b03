"""Fits that start from an earlier one: quicker, of the same posterior, and of other bytes.

A cold fit leaves its coordinates and the end states of its chains beside its draws, with what it heard. A warm fit
starts from the one that heard nearly the same under the same unknowns: its draws are weighed for what changed, and
where too few of them would carry the answer its chains go on. What it finds hangs on which fits lay in the cache, so
that it has a key of its own, says where it started, and is never published as a brief.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tallystick.reconcile.records import Observation
from tallystick.study.hashes import hash_of, library_versions

if TYPE_CHECKING:
    from tallystick.calibrate.fit import FitResult
    from tallystick.calibrate.sample import Report
    from tallystick.calibrate.tuned import Arrays
    from tallystick.study.cache import Cache
    from tallystick.study.study import Study

KIND, HEARD, STATES = "fit", "heard.json", "states.npz"


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What a cold fit that passed its diagnostics heard, and under which unknowns."""

    unknowns: str  # hash of their names and sizes, and of the libraries that made the states
    settings: str  # hash of all else that its density depends on
    said: tuple[Observation, ...]


def heard_of(study: Study) -> Heard:
    """What a fit of that study hears."""
    from tallystick.calibrate.fit import model_for

    layout = model_for(study.programme, study.account.observations).layout
    return Heard(
        unknowns=hash_of([[(one.name, one.size) for one in layout.unknowns], library_versions()]),
        settings=study.settings_key,
        said=study.account.observations,
    )


def sample(study: Study, folder: Path, progress: Report | None) -> None:
    """Fit a study into `folder`, from an earlier fit if it starts from one."""
    from tallystick.calibrate.fit import fit
    from tallystick.study.fits import write_fit

    found = _weighed(study) if study.started_from else None
    if found is None:
        start = read_states(_started_from(study)) if study.started_from else None
        found = fit(
            study.programme, study.account, seed=study.seed, progress=progress, device=study.device, start=start
        )  # fmt: skip
    write_fit(folder, found)
    if not study.started_from and found.diagnostics.passed:
        write_start(folder, heard_of(study), found.ended)


def _weighed(study: Study) -> FitResult | None:
    """From the draws of the earlier fit, where these carry the answer; else its chains go on, and the study is told."""
    from tallystick.calibrate.resampled import Uneven, resampled
    from tallystick.study.fits import StoredFit

    folder = _started_from(study)
    heard = _heard(folder)
    if heard.settings != study.settings_key:
        study.tell("warm: the earlier fit is of another model, program or day, so that its chains go on")
        return None
    try:
        return resampled(study.programme, study.account, StoredFit(folder), heard.said)
    except Uneven as why:
        study.tell(f"warm: weighing the earlier draws is not enough ({why}); its chains go on")
        return None


def _started_from(study: Study) -> Path:
    return study.cache_folder / KIND / study.started_from


def _heard(folder: Path) -> Heard:
    return msgspec.json.decode((folder / HEARD).read_bytes(), type=Heard)


def write_start(folder: Path, heard: Heard, states: Arrays) -> None:
    """Keep beside a fit what a later one may start from."""
    import numpy as np

    (folder / HEARD).write_bytes(msgspec.json.encode(heard))
    np.savez(folder / STATES, allow_pickle=False, **states)


def read_states(folder: Path) -> Arrays:
    """The arrays that `write_start` wrote."""
    import numpy as np

    with np.load(folder / STATES, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}


def nearest(cache: Cache, now: Heard) -> str:
    """The key of the fit that heard most nearly the same under the same unknowns; "" where there is none.

    One under the same settings comes before all others: its draws may do.
    """
    likes = [(key, then) for key, then in _kept(cache) if then.unknowns == now.unknowns]
    apart = ((then.settings != now.settings, len({*now.said} ^ {*then.said}), key) for key, then in likes)
    return min(apart, default=(False, 0, ""))[-1]


def _kept(cache: Cache) -> Iterator[tuple[str, Heard]]:
    """Every whole fit that one may start from, by key; drafts have a dot before their name."""
    for file in sorted((cache.folder / KIND).glob(f"[!.]*/{HEARD}")):
        if cache.find(KIND, file.parent.name) is not None:
            try:
                yield file.parent.name, _heard(file.parent)
            except msgspec.ValidationError:  # whole, but kept by an earlier version, which wrote it otherwise
                continue
