"""The backtest as it is kept beside a programme's evidence, for briefs to print: its tables, and every forecast.

A brief takes about a minute and a backtest several, so a brief prints the kept one, and says whether it is of the
model and the evidence that the brief itself rests on.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from tallystick.forecasts.backtest import Past
from tallystick.forecasts.score import Report, Scored
from tallystick.reconcile.account import fit_input_hash, reconcile
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

FILE = "backtest.json"
ROOT = "forecasts/backtest.py"
PACKAGE = Path(__file__).resolve().parent.parent
DIGITS = 4  # of logs, as they are kept


class Line(msgspec.Struct, frozen=True):
    """One forecast of one later figure; numbers in the figure's own unit."""

    claim: str
    cut: date
    low_80: float
    median: float
    high_80: float
    said: float
    kind: str


class Cut(msgspec.Struct, frozen=True):
    """How the fit of one cut went."""

    day: date
    used: int
    forecast: int
    r_hat: float
    divergences: int


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A kept backtest. Tables by priors and cuts: "stated, all", "stated, named", "generic, all", ..."""

    inputs: str  # the hash of what it depends on
    date: str
    command: str
    seed: int
    versions: dict[str, str]
    cuts: tuple[Cut, ...]
    tables: dict[str, Report]
    lines: tuple[Line, ...]


def inputs_hash(programme: Programme) -> str:
    """SHA-256 of the evidence, settings and code that scores depend on."""
    files = read_by(PACKAGE / ROOT)
    content = {
        "fit input": fit_input_hash(reconcile(programme), programme),
        "said": {claim.id: str(claim.asserted_earliest) for claim in programme.claims},
        "settings": programme.tables.get("backtest", {}),
        "code": {file.relative_to(PACKAGE).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files},
    }
    return sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def read_by(module: Path) -> tuple[Path, ...]:
    """A module of ours and all of ours that it imports, at any depth, wherever the import stands."""
    found, open_ = set[Path](), [module]
    while open_:
        file = open_.pop()
        if file in found:
            continue
        found.add(file)
        open_ += [
            each for name in _imports(file) if (each := PACKAGE.parent / f"{name.replace('.', '/')}.py").is_file()
        ]
    return tuple(sorted(found))


def _imports(file: Path) -> set[str]:
    """Full names of what a file imports; `from a import b` may name a module b of a."""
    tree, names = ast.parse(file.read_text(encoding="utf-8")), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.startswith("tallystick.")}


def kept_of(
    inputs: str, found: Sequence[Past], tables: Mapping[str, Report], *, seed: int, date: str, command: str,
    versions: Mapping[str, str],
) -> Kept:  # fmt: skip
    """What to keep of the cuts `found`, those of stated priors, beside all tables."""
    from math import exp

    def line(one: Scored) -> Line:
        low, median, high, said = (round_to(exp(each)) for each in (one.low_80, one.median, one.high_80, one.said))
        return Line(one.claim, one.cut, low, median, high, said, one.kind)

    cuts = tuple(Cut(past.day, past.used, len(past.rows), round(past.r_hat, 3), past.divergences) for past in found)
    lines = tuple(line(one) for past in found for one in past.rows)
    return Kept(
        inputs=inputs, date=date, command=command, seed=seed, versions=dict(versions), cuts=cuts, tables=dict(tables),
        lines=lines,
    )  # fmt: skip


def round_to(value: float) -> float:
    """The value to DIGITS significant digits."""
    return float(f"{value:.{DIGITS}g}")


def text_of(kept: Kept) -> bytes:
    """The file's bytes, indented, so that two results can be compared line by line."""
    return msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"


def read(file: Path) -> Kept:
    """A kept backtest; EvidenceError when the file is none."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError) as error:
        hint = "write it again with tallystick backtest --keep"
        raise EvidenceError(f"is no kept backtest ({error})", file=str(file), hint=hint) from error
