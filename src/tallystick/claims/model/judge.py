"""From what a model claims to a proposal, or to the reason why it is refused.

Two gates, as for the grammar: the quote is an exact piece of the text, found again at its offset, and each number is
read again from that quote. Beyond them a model may only choose: a measure, unit, sector and host of ours, and for
source and hedge words of the text. No sentence of a model's own gets any further than this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Protocol

from tallystick.claims.model.answer import Claimed
from tallystick.claims.model.periods import Stretch, stretch
from tallystick.claims.model.units import factor
from tallystick.claims.model.vocabulary import Vocabulary
from tallystick.claims.proposal import Proposal
from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.gates import refusal

Find = Callable[[str, str], tuple[Quantity, ...]]  # text and language -> its quantities, in order
HOST = re.compile(r"[A-Z]{2}")
AROUND = 400  # code points to either side of a quote that a reader is shown at most
UNMEASURED = 0.0  # nobody has scored this model on annotated texts, so no bulk acceptance may clear what it proposes

MEASURE, UNIT, HOST_UNKNOWN = "measure unknown", "unit unknown for this measure", "host unknown"
NO_QUOTE, ELSEWHERE = "quote not in the text", "quote in several places and offset at none of them"
NO_NUMBER, NUMBER, BOUND, CUT = (
    "no number",
    "number not in quote",
    "bound not as the text has it",
    "quote cuts a number",
)
OTHER_UNIT = "unit not in quote"


class KeptBack(Protocol):
    """A span of the text that narrows to a person, a small group, a helper, a route or a method."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that did not pass, by the first gate that it failed; `quote` is the model's, and may be in no text."""

    why: str
    quote: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a model was shown, `text[start:end]`, and what the number grammar reads in the whole of `text`."""

    text: str
    start: int
    end: int
    language: str
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """What every claim of one document is judged by."""

    words: Vocabulary
    find: Find
    known: Callable[[int], bool]  # whether the text, its title or its day of publication supports that year
    title: str
    extractor: str
    kept_back: Sequence[KeptBack]

    def judge(self, claimed: Claimed, passage: Passage) -> Proposal | Refusal:
        """A proposal, or why there is none."""
        found = self._read(claimed, passage)
        if isinstance(found, str):
            return Refusal(found, claimed.quote, passage.start + claimed.start)
        proposal = self._proposal(claimed, passage, *found)
        why = refusal(proposal, passage.text, passage.language, self.find)  # the gates of every proposal, once more
        return Refusal(why, claimed.quote, proposal.quote_start) if why else proposal

    def _read(self, claimed: Claimed, passage: Passage) -> tuple[int, float] | str:
        """Where the quote stands and what its numbers are multiplied by; or the gate that was failed."""
        strange = self._strange(claimed)
        if strange:
            return strange
        start = _place(claimed, passage)
        if isinstance(start, str):
            return start
        quantity = _quantity(claimed, start, passage, self.find)
        if isinstance(quantity, str):
            return quantity
        times = factor(quantity, claimed.unit)
        return OTHER_UNIT if times is None else (start, times)

    def _strange(self, claimed: Claimed) -> str:
        measure = self.words.measures.get(claimed.measure)
        if measure is None:
            return MEASURE
        if claimed.unit not in measure.units:
            return UNIT
        return "" if HOST.fullmatch(claimed.host) else HOST_UNKNOWN

    def _proposal(self, claimed: Claimed, passage: Passage, start: int, times: float) -> Proposal:
        end = start + len(claimed.quote)
        source, hedge, sector, days, reasons = self._said(claimed, passage)
        if passage.start + claimed.start != start:
            reasons += ("the model's offset was wrong; its quote stands in one place only",)
        around = _around(passage, start, end)
        return Proposal(
            measure=claimed.measure,
            low=_times(claimed.low, times),
            point=_times(claimed.point, times),
            high=_times(claimed.high, times),
            unit=claimed.unit,
            host=claimed.host,
            sector=sector,
            start=days.first,
            end=days.last,
            asserted_by=source,
            attribution=(source,) if source else (),
            hedge=hedge,
            status=claimed.status,
            quote=claimed.quote,
            quote_start=start,
            quote_end=end,
            passage_start=around[0],
            passage_end=around[1],
            restricted="; ".join(one.reason for one in self.kept_back if one.start < around[1] and around[0] < one.end),
            confidence=UNMEASURED,
            extractor=self.extractor,
            reasons=reasons,
        )

    def _said(self, claimed: Claimed, passage: Passage) -> tuple[str, str, str, Stretch, tuple[str, ...]]:
        """Source, hedge, sector and days, each only where text or programme knows it; and what was left out."""
        left: list[str] = []
        said_in = passage.text + "\n" + self.title
        source = _kept(claimed.asserted_by, claimed.asserted_by in said_in, "source", left)
        hedge = _kept(claimed.hedge, claimed.hedge in passage.text[passage.start : passage.end], "hedge", left)
        sector = _kept(claimed.sector, claimed.sector in self.words.sectors, "sector", left)
        days = stretch(claimed.first_day, claimed.last_day, self.known)
        if days is None:
            left.append("the model's days have no support in the text and were left out")
        if claimed.host not in self.words.places:
            left.append("the host is no place of the programme")
        return source, hedge, sector, days or Stretch(None, None), tuple(left)


def _kept(said: str, known: bool, what: str, left: list[str]) -> str:
    if said and not known:
        left.append(f"the model's {what} is not in the text and was left out")
    return said if known else ""


def _place(claimed: Claimed, passage: Passage) -> int | str:
    """Offset of the quote in the text. Models count badly: a wrong offset is mended where only one place is meant."""
    said = passage.start + claimed.start
    if passage.text.startswith(claimed.quote, said) and said + len(claimed.quote) <= passage.end:
        return said
    first = passage.text.find(claimed.quote, passage.start, passage.end)
    if first < 0:
        return NO_QUOTE
    return ELSEWHERE if passage.text.find(claimed.quote, first + 1, passage.end) >= 0 else first


def _quantity(claimed: Claimed, start: int, passage: Passage, find: Find) -> Quantity | str:
    """What the text says at the quote, rate included, if the quote alone gives these numbers too."""
    bounds = (claimed.low, claimed.point, claimed.high)
    if all(bound is None for bound in bounds):
        return NO_NUMBER
    end = start + len(claimed.quote)
    if any(_crosses(one, start, end) for one in passage.quantities):
        return CUT  # "5,000 workers" out of "15,000 workers"
    inside = [one for one in find(claimed.quote, passage.language) if not one.vague]
    if not any(_same(_slots(one), bounds) for one in inside):
        return BOUND if any(_numbers(_slots(one)) == _numbers(bounds) for one in inside) else NUMBER
    whole = [one for one in passage.quantities if start <= one.number_start and one.number_end <= end]
    alike = [one for one in whole if _same(_slots(one), bounds)]
    return alike[0] if alike else BOUND  # "more than" left before the quote


def _crosses(one: Quantity, start: int, end: int) -> bool:
    return any(one.number_start < edge < one.number_end for edge in (start, end))


def _slots(one: Quantity) -> tuple[float | None, float | None, float | None]:
    return one.low, one.point, one.high


def _numbers(bounds: Sequence[float | None]) -> list[float]:
    return sorted({bound for bound in bounds if bound is not None})


def _same(one: Sequence[float | None], other: Sequence[float | None]) -> bool:
    return all(_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-9)  # the same decimal, written as 1.2e9 by one and 1200000000 by the other


def _times(bound: float | None, times: float) -> float | None:
    return None if bound is None else float(f"{bound * times:.12g}")  # 0.01 times 70 is 0.7 and not 0.7000000000000001


def _around(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The line that the quote stands in, or as much of it as a reader needs."""
    first = passage.text.rfind("\n", passage.start, start) + 1
    last = passage.text.find("\n", end, passage.end)
    return max(first, passage.start, start - AROUND), min(last if last >= 0 else passage.end, end + AROUND)
