"""The invented sentences as rows: what stands in `sentences.txt`, parsed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tallystick.claims.proposal import Proposal

HERE = Path(__file__).parent
NEAR = 1e-3  # a third is written with three digits


class Wanted(NamedTuple):
    measure: str
    low: float | None
    point: float | None
    high: float | None
    host: str
    source: str


class Row(NamedTuple):
    language: str
    text: str
    wanted: tuple[Wanted, ...]


def rows(name: str = "sentences.txt") -> list[Row]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if line and not line.startswith("#")]


def _row(line: str) -> Row:
    language, text, wanted = (part.strip() for part in line.split(" |"))
    return Row(language, text, tuple(_wanted(part.strip()) for part in wanted.split(";") if part.strip()))


def _wanted(words: str) -> Wanted:
    head, _, source = words.partition(" ~")
    measure, value, *rest = head.split()
    host = rest[0].removeprefix("@") if rest else ""
    if ".." in value:
        low, high = value.split("..")
        return Wanted(measure, float(low), None, float(high), host, source)
    if value.startswith(">="):
        return Wanted(measure, float(value[2:]), None, None, host, source)
    if value.startswith("<="):
        return Wanted(measure, None, None, float(value[2:]), host, source)
    return Wanted(measure, None, float(value), None, host, source)


def is_met(wanted: Wanted, claim: Proposal) -> bool:
    factor = 100 if claim.unit == "share" else 1
    pairs = ((wanted.low, claim.low), (wanted.point, claim.point), (wanted.high, claim.high))
    values = all(
        (a is None) == (b is None) and (a is None or abs(a - (b or 0) * factor) <= NEAR * abs(a)) for a, b in pairs
    )
    measure = claim.measure == wanted.measure
    return (
        values
        and measure
        and wanted.host in ("", claim.host)
        and (not wanted.source or wanted.source in claim.asserted_by)
    )
