"""The kept result of the recovery check: as JSON for machines and tests, as a page for readers.

The result names the model and the evidence that it was run on by a hash. A later model does not make it wrong, only
old: `make check` says so, and a test holds the result to its own figures.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from tallystick.calibrate.coverage import Seen, Verdict, judge
from tallystick.calibrate.recovery import LEVELS, RANKS, Outcome, Size
from tallystick.reconcile.account import fit_input_hash, reconcile
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme
from tallystick.vocab.version import VERSION

PACKAGE = Path(__file__).resolve().parent.parent
LIBRARIES = ("jax", "numpyro", "numpy", "scipy")
OF_THE_FIT = (
    "calibrate/*.py", "stocks/text.py", "stocks/graph.py", "stocks/labour/*.py", "stocks/engines/closed.py",
)  # fmt: skip
# They judge or weigh the draws of a cold fit, or tell of them, and move none of it.
NOT_OF_THE_FIT = (
    "across.py",
    "agreement.py",
    "check.py",
    "kept.py",
    "page.py",
    "coverage.py",
    "ecdf.py",
    "estimates.py",
    "influence.py",
    "reweighed.py",
    "newcomer.py",
    "blocs.py",
    "predictive.py",
    "misled.py",
    "leading.py",
    "leave_out.py",
    "learning.py",
    "origins.py",
    "psis.py",
    "resampled.py",
    "stacking.py",
    "value.py",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One run of the check. Axes: rank (set, quantity); inside (set, level, quantity); the rest by set."""

    date: str
    command: str
    seed: int
    size: Size
    code: str
    versions: dict[str, str]
    workers: int
    wall_seconds: int
    labels: tuple[str, ...]
    estimands: tuple[str, ...]
    rank: Any
    inside: Any
    r_hat: tuple[float, ...]
    ess: tuple[float, ...]
    divergences: tuple[int, ...]
    cpu_seconds: tuple[float, ...]
    draws: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values; `inside` as one string per quantity and level, a letter for each data set (y or n)."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        inside = [["".join("ny"[int(yes)] for yes in level) for level in one] for one in self.inside.transpose(2, 1, 0)]
        quantities = [
            {"label": label, "estimand": estimand, "ranks": rank, "inside": dict(zip(_percents(), held, strict=True))}
            for label, estimand, rank, held in zip(
                self.labels, self.estimands, self.rank.T.tolist(), inside, strict=True
            )
        ]
        for name in ("labels", "estimands", "rank", "inside"):
            del plain[name]
        return plain | {"size": self.size._asdict(), "ranks_among": RANKS, "quantities": quantities}


def text_of(kept: Kept) -> str:
    """The JSON to keep, a line for each field and for each quantity, so that two results can be compared by line."""
    plain = kept.as_json()
    quantities = ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in plain.pop("quantities"))
    fields = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in plain.items()]
    return "{\n " + ",\n ".join([*fields, f'"quantities": [\n  {quantities}\n ]']) + "\n}\n"


def _percents() -> list[str]:
    return [f"{level:.0%}" for level in LEVELS]


def kept_of(
    outcomes: Sequence[Outcome],
    *,
    quantities: Sequence[tuple[str, str]],
    size: Size,
    seed: int,
    code: str,
    date: str,
    command: str,
    workers: int,
    wall_seconds: int,
) -> Kept:
    """Put outcomes, in order of their numbers, beside what they were asked with."""
    return Kept(
        date=date, command=command, seed=seed, size=size, code=code, workers=workers, wall_seconds=wall_seconds,
        versions=versions(),
        labels=tuple(label for label, _ in quantities),
        estimands=tuple(estimand for _, estimand in quantities),
        rank=np.stack([one.rank for one in outcomes]),
        inside=np.stack([one.inside for one in outcomes]),
        r_hat=tuple(round(one.r_hat, 4) for one in outcomes),
        ess=tuple(round(one.ess, 1) for one in outcomes),
        divergences=tuple(one.divergences for one in outcomes),
        cpu_seconds=tuple(round(one.cpu_seconds, 2) for one in outcomes),
        draws=tuple(one.draws for one in outcomes),
    )  # fmt: skip


def joined(earlier: Kept, later: Kept) -> Kept:
    """Both runs of one check as one, under the day and command of the later; wall seconds add up."""
    by_set = ("r_hat", "ess", "divergences", "cpu_seconds", "draws")
    return replace(
        later,
        wall_seconds=earlier.wall_seconds + later.wall_seconds,
        rank=np.concatenate([earlier.rank, later.rank]),
        inside=np.concatenate([earlier.inside, later.inside]),
        **{name: getattr(earlier, name) + getattr(later, name) for name in by_set},
    )


def versions() -> dict[str, str]:
    """Of what the draws depend on."""
    return {"tallystick": VERSION, "python": platform.python_version()} | {one: version(one) for one in LIBRARIES}


def code_of(file: Path) -> str:
    """The hash of the model that a kept JSON names in `code`; EvidenceError when it names none."""
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["code"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_result(file, error) from error


def _no_result(file: Path, error: Exception) -> EvidenceError:
    return EvidenceError(f"is no kept result ({error})", file=str(file), hint="write it with make statistics")


def read(file: Path) -> Kept:
    """A result as it was kept; EvidenceError when the file is none."""
    try:
        plain: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        quantities = plain.pop("quantities")
        del plain["ranks_among"]
        inside = [[[each == "y" for each in one["inside"][level]] for level in _percents()] for one in quantities]
        size = Size(**plain.pop("size"))
        by_set = {name: tuple(value) for name, value in plain.items() if isinstance(value, list)}
        known: dict[str, Any] = plain | by_set
        return Kept(
            **known,
            size=size,
            labels=tuple(one["label"] for one in quantities),
            estimands=tuple(one["estimand"] for one in quantities),
            rank=np.array([one["ranks"] for one in quantities]).T,
            inside=np.array(inside).transpose(2, 1, 0),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_result(file, error) from error


def verdict_of(kept: Kept) -> Verdict:
    """The answer that the kept figures give."""
    return judge(Seen(kept.estimands, kept.rank, kept.inside), kept.seed)


def code_hash(programme: Programme) -> str:
    """SHA-256 of what a simulated data set and its fit depend on: our code, the model, the design of the evidence."""
    files = [file for pattern in OF_THE_FIT for file in sorted(PACKAGE.glob(pattern))]
    content = {
        "fit input": fit_input_hash(reconcile(programme), programme),
        "looked at": programme.tables.get("calibration", {}),
        "code": {
            file.relative_to(PACKAGE).as_posix(): sha256(file.read_bytes()).hexdigest()
            for file in files
            if file.name not in NOT_OF_THE_FIT
        },
    }
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
