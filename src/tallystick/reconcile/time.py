"""The days that a figure speaks of, where it says so, and where they can be known otherwise.

No stock or rate speaks of days after it was said, whatever year its source names. A figure without a period is not
guessed onto a year. Only where the day of its first assertion is known (sure or
likely) may a stock or a rate speak of that day, and a yearly sum of the twelve months before it. A flow that says
no beginning is cumulative since nobody knows when, and stays out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tallystick.reconcile.judgements import Judgement
from tallystick.vocab.records import Claim

Basis = Literal["stated", "so far", "until", "since", "asserted", "year before", "judged"]
DATED = ("sure", "likely")
A_YEAR = timedelta(days=365)
FLOW = "F"


@dataclass(frozen=True, slots=True)
class Window:
    """Inclusive days; `basis` says where they come from."""

    start: date
    end: date
    basis: Basis

    @property
    def days(self) -> int:
        """Length, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return self.start + (self.end - self.start) / 2


def window_of(claim: Claim, kind: str, judged: Judgement | None = None) -> Window | None:
    """The days that `claim`, of a measure of this kind, speaks of; None where they are not known."""
    if judged is not None and (judged.read_start or judged.read_end):
        return _judged(claim, judged)
    if claim.start and claim.end:
        return _stated(claim, claim.start, claim.end, kind)
    if claim.end:
        return None if kind == FLOW else Window(claim.end - A_YEAR + timedelta(days=1), claim.end, "until")
    if claim.dating_sure not in DATED:
        return None
    if claim.start:
        return _since(claim, claim.start, kind)
    return _asserted(claim, kind)


def _stated(claim: Claim, start: date, end: date, kind: str) -> Window:
    """A stock or a rate of a year that was still running when it was said speaks of the part that had passed."""
    said = claim.asserted_latest
    if kind == FLOW or not start <= said < end:
        return Window(start, end, "stated")
    return Window(start, said, "so far")


def _judged(claim: Claim, judged: Judgement) -> Window | None:
    start, end = judged.read_start or claim.start, judged.read_end or claim.end
    return Window(start, end, "judged") if start and end else None


def _since(claim: Claim, start: date, kind: str) -> Window | None:
    return None if kind == FLOW else Window(start, max(start, claim.asserted_latest), "since")


def _asserted(claim: Claim, kind: str) -> Window | None:
    if kind != FLOW:
        return Window(claim.asserted_earliest, claim.asserted_latest, "asserted")
    if claim.unit.endswith("/year"):
        return Window(claim.asserted_earliest - A_YEAR, claim.asserted_latest, "year before")
    return None
