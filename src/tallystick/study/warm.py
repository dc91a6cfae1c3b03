"""Fits that start where an earlier one ended: quicker, of the same posterior, and of other bytes.

A cold fit leaves its coordinates and the end states of its chains beside its draws, with what it heard. A warm fit
starts from the one that heard nearly the same under the same unknowns. What it finds hangs on which fits lay in the
cache, so that it has a key of its own, says where it started, and is never published as a brief.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tallystick.study.hashes import hash_of, library_versions
from tallystick.vocab.programme import Programme

if TYPE_CHECKING:
    from tallystick.calibrate.sample import Report
    from tallystick.calibrate.tuned import Arrays
    from tallystick.reconcile.account import Account
    from tallystick.study.cache import Cache
    from tallystick.study.study import Study

KIND, HEARD, STATES = "fit", "heard.json", "states.npz"


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What a cold fit that passed its diagnostics heard, and under which unknowns."""

    unknowns: str  # hash of their names and sizes, and of the libraries that made the states
    said: dict[str, str]  # claim -> hash of its observation


def heard_of(programme: Programme, account: Account) -> Heard:
    """What a fit of that account hears."""
    from tallystick.calibrate.fit import model_for

    layout = model_for(programme, account.observations).layout
    return Heard(
        unknowns=hash_of([[(one.name, one.size) for one in layout.unknowns], library_versions()]),
        said={one.claim: hash_of(repr(one)) for one in account.observations},
    )


def sample(study: Study, folder: Path, progress: Report | None) -> None:
    """Fit a study into `folder`, from where an earlier fit ended if it starts from one."""
    from tallystick.calibrate.fit import fit
    from tallystick.study.fits import write_fit

    start = read_states(study.cache_folder / KIND / study.started_from) if study.started_from else None
    found = fit(
        study.programme, study.account, seed=study.seed, progress=progress, device=study.device, start=start
    )  # fmt: skip
    write_fit(folder, found)
    if start is None and found.diagnostics.passed:
        write_start(folder, heard_of(study.programme, study.account), found.ended)


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
    """The key of the fit that heard most nearly the same under the same unknowns; "" where there is none."""
    likes = [(key, then) for key, then in _kept(cache) if then.unknowns == now.unknowns]
    return min(((len(now.said.items() ^ then.said.items()), key) for key, then in likes), default=(0, ""))[1]


def _kept(cache: Cache) -> Iterator[tuple[str, Heard]]:
    """Every whole fit that one may start from, by key; drafts have a dot before their name."""
    for file in sorted((cache.folder / KIND).glob(f"[!.]*/{HEARD}")):
        if cache.find(KIND, file.parent.name) is not None:
            yield file.parent.name, msgspec.json.decode(file.read_bytes(), type=Heard)
