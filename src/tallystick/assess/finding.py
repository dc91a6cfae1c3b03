"""What a rule concludes: one of four words, with the reasons a reader can check.

`inconsistent` and `consistent` speak of the conduct of an addressee and of the facts as reported; neither is the
judgment of a court. `undetermined` means that the facts do not say; it is a value and not an error.
`not_applicable` means that the obligation does not reach the case: too early, another direction, not a party, or a
text that binds somebody else. Of the last, nothing is found about the State; `reach` says what is within the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tallystick.vocab.estimate import Interval

Outcome = Literal["inconsistent", "consistent", "undetermined", "not_applicable"]
OUTCOMES: tuple[Outcome, ...] = ("inconsistent", "consistent", "undetermined", "not_applicable")

LIKELY = 0.8  # docs/decisions/0005-when-a-finding-is-likely.md
MIN_ORIGINS = 2  # docs/decisions/0006-two-origins-read-one-way.md


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `start` to `end`, both inclusive; None: not bounded on that side."""

    id: str
    name: str
    start: date | None
    end: date | None

    @property
    def label(self) -> str:
        """ISO 8601 interval; ".." stands for an open side."""
        return f"{self.start or '..'}/{self.end or '..'}"

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def contains(self, start: date | None, end: date | None) -> bool:
        """Whether the stated days lie wholly inside; an unstated day lies nowhere unless that side is open."""
        after = self.start is None or (start is not None and start >= self.start)
        before = self.end is None or (end is not None and end <= self.end)
        return after and before

    def within(self, start: date | None, end: date | None) -> Period | None:
        """The part of the period between two days; None when nothing is left."""
        first = max((d for d in (self.start, start) if d is not None), default=None)
        last = min((d for d in (self.end, end) if d is not None), default=None)
        if first is not None and last is not None and first > last:
            return None
        return Period(id=self.id, name=self.name, start=first, end=last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that a finding rests on, from the draws: what it counts, for whom, in which days."""

    id: str  # worker_months, persons_authorised, persons_at_work
    name: str
    unit: str
    period: str  # ISO interval
    interval: Interval
    cohort: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The conclusion of one rule for one addressee in one period.

    chance: probability (0 to 1), given the model, that the barred conduct took place, at the lower and the upper end
    of the stated assumptions; None where no draws bear on the test, or where the model cannot return nobody.
    claims: figures of this host and period that the outcome rests on. also_read: rows read beside the test (what an
    addressee said, figures of other days); no outcome rests on them.
    word: what stands in place of the outcome where a fact says more ("no such person yet").
    period: the days read; of conduct found (in)consistent only those from the first to the last day that a row behind
    it describes, for nothing is found of any other day.
    as_far_as: how far an `inconsistent` reaches, where part of the test is not known of those concerned.
    reach: whom or what a text that binds somebody else reaches, whoever the State is.
    exception_said: what is known of exceptions, as a sentence. An exception that nobody invoked is reported there
    and changes no outcome.
    """

    id: str
    obligation: str
    title: str
    instrument: str
    paragraph: str
    addressee: str
    binds: str  # host, sender, or others: whether the addressee is a State at all
    host: str
    period: str  # ISO interval
    period_id: str
    period_name: str
    cohort: str | None
    outcome: Outcome
    because: str
    test: str
    reading: str
    exceptions: str
    exception_invoked: bool
    exception_said: str
    left_open: tuple[str, ...]
    claims: tuple[str, ...]
    statements: tuple[str, ...]
    law: tuple[str, ...]
    how_read: tuple[str, ...]
    chance: tuple[float, float] | None = None
    quantities: tuple[Quantity, ...] = ()
    scope: tuple[str, ...] = ()
    also_read: tuple[str, ...] = ()
    word: str = ""
    as_far_as: tuple[str, ...] = ()
    reach: str = ""


def by_chance(low: float, high: float) -> Outcome:
    """`inconsistent`: likely even at the low end; `consistent`: unlikely even at the high end; else `undetermined`."""
    if low >= LIKELY:
        return "inconsistent"
    return "consistent" if high <= 1 - LIKELY else "undetermined"


def sentences(parts: Iterable[str]) -> str:
    """Sentences in one string, the empty ones left out."""
    return " ".join(part.strip() for part in parts if part.strip())
