"""Read the founding reports as a new analyst would, and lay what is read beside the claims that people coded from them.

    python benchmarks/founding.py ../reports          # a new workspace below build/, a comparison on stdout
    python benchmarks/founding.py ../reports --brief   # and the brief with what was accepted

The reports are no part of the repository: name the folder that holds them. Nothing of them is written anywhere but to
the workspace, and to the terminal of who asks.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tallystick.cli.main import run
from tallystick.cli.workspace import open_workspace
from tallystick.evidence.programme import load_programme
from tallystick.study.workspace.records import Held
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

NEAR = 0.01  # two numbers are the same within one per cent, as the scorer of the annotated texts has it
LEAST = 0.85  # of the coded claims
REASONS = Path(__file__).with_name("founding.toml")
UNEXPLAINED = "not explained yet"
BUILD = Path("build") / "founding"


@dataclass(frozen=True, slots=True)
class Pair:
    """A coded claim and the proposal that says the same, where there is one."""

    coded: Claim
    read: Held | None


def main() -> int:
    """Read, compare, accept; 1 where fewer of the coded claims were found than promised."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("reports", type=Path)
    asked.add_argument("--brief", action="store_true", help="also write the brief of what was accepted")
    args = asked.parse_args()
    programme = load_programme("dprk")
    files = [args.reports / f"{name}.txt" for name in programme.reports]
    folder = _read(files, programme)
    pairs, more = compare(folder, files, programme)
    unexplained = show(pairs, more)
    accept = ("review", "--accept-above", "0", "--why", "a trial: nobody has looked", "--workspace", str(folder))
    _command(*accept, may_refuse=True)  # what the evidence's checks refuse stays a proposal
    if args.brief:
        _command("brief", "--workspace", str(folder), "-o", str(BUILD / "brief"))
    found = sum(pair.read is not None for pair in pairs) / len(pairs)
    sys.stdout.write(f"\nrecall of the coded claims: {found:.2f} (promised: {LEAST})\n")
    sys.stdout.write(f"differences that nobody has explained: {unexplained}\n")
    return int(found < LEAST)


def _read(files: Sequence[Path], programme: Programme) -> Path:
    shutil.rmtree(BUILD, ignore_errors=True)
    folder = BUILD / "workspace"
    _command("init", str(folder), "--as", "founding")
    for file in files:
        report = programme.reports[file.stem]
        known = {
            "--published": str(report.published_latest),
            "--publisher": report.published_by,
            "--title": report.title,
        }
        _command(
            "read",
            str(file),
            "--public",
            "--workspace",
            str(folder),
            *(word for pair in known.items() for word in pair),
        )
    _command("review", "--list", "--workspace", str(folder))
    return folder


def _command(*words: str, may_refuse: bool = False) -> None:
    if run(words) and not may_refuse:
        raise SystemExit(f"tallystick {' '.join(words)} failed")


def compare(folder: Path, files: Sequence[Path], programme: Programme) -> tuple[list[Pair], list[tuple[str, Held]]]:
    """Each coded claim with a proposal of the same measure and numbers from the same report; what else was read."""
    with open_workspace(folder, None, writes=False) as workspace:
        state = workspace.state
        named = {sha256(file.read_bytes()).hexdigest(): file.stem for file in files}
        by_report = {document.id: named[document.sha256] for document in state.documents.values()}
        left = list(state.held.values())
    pairs = []
    for claim in programme.claims:
        name = claim.url.removeprefix("reports/").removesuffix(".txt")
        if not claim.url.startswith("reports/") or name not in by_report.values():
            continue
        found = next((held for held in left if by_report[held.document] == name and _same(held, claim)), None)
        if found is not None:
            left.remove(found)
        pairs.append(Pair(claim, found))
    return pairs, [(by_report[held.document], held) for held in left]


def _same(held: Held, claim: Claim) -> bool:
    return held.claim.measure == claim.measure and _near(
        (held.claim.low, held.claim.point, held.claim.high), (claim.low, claim.point, claim.high)
    )


def _near(one: Sequence[float | None], other: Sequence[float | None]) -> bool:
    """The same numbers, in whatever bounds."""
    left, right = (sorted({value for value in values if value is not None}) for values in (one, other))
    return len(left) == len(right) and all(
        abs(a - b) <= NEAR * max(abs(a), abs(b), 1e-12) for a, b in zip(left, right, strict=True)
    )


def show(pairs: Sequence[Pair], more: Sequence[tuple[str, Held]]) -> int:
    """The comparison, a line for each claim, with why it differs; figures alone, and no words of the reports.

    What is returned is how many differences nobody has explained.
    """
    known = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    lines = list(_lines(pairs, more, known))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return sum(UNEXPLAINED in line for line in lines)


def _lines(pairs: Sequence[Pair], more: Sequence[tuple[str, Held]], known: Mapping[str, Any]) -> Iterator[str]:
    yield "\ncoded by people, and read:"
    for pair in pairs:
        read = f"{pair.read.id}{' (kept back)' if pair.read.claim.restricted else ''}" if pair.read else "NOT READ"
        why = "" if pair.read else f": {known['missed'].get(pair.coded.id, UNEXPLAINED)}"
        yield f"  {pair.coded.id:28} {pair.coded.measure:24} {read}{why}"
    yield "\nread, and not coded:"
    for report, held in more:
        claim = held.claim
        if claim.restricted:
            yield f"  {held.id:28} {claim.measure or 'none':24} kept back: it narrows to persons or a route"
            continue
        values = [value for value in (claim.low, claim.point, claim.high) if value is not None]
        shown = " to ".join(f"{value:,.10g}" for value in values)
        why = next((row["why"] for row in known["more"] if _explains(row, report, held, values)), UNEXPLAINED)
        yield f"  {held.id:28} {claim.measure or 'none':24} {shown} {claim.unit}, {claim.host}: {why}"


def _explains(row: Mapping[str, Any], report: str, held: Held, values: Sequence[float]) -> bool:
    return row["report"] == report and row["measure"] == held.claim.measure and _near(row["figures"], values)


if __name__ == "__main__":
    raise SystemExit(main())
