"""Forecasts on record laid beside the figures that have appeared since.

Each is open until a figure answers it, and lapses when none has come by the day that it was asked for. A figure that
answers several forecasts (frozen on several days, or asked for in two ways) counts once in the table, as a figure that
several cuts of the backtest forecast does; copies of it are no figures of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Literal

from tallystick.forecasts import quantiles
from tallystick.forecasts.asked import ahead, answer_of
from tallystick.forecasts.figures import DAYS_A_YEAR, MONTHS_A_YEAR, middle_of, said
from tallystick.forecasts.mixture import crps, normal
from tallystick.forecasts.odds import Odds
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.record import Entry, Frozen, Sealed, head_of
from tallystick.forecasts.score import FAMILIES, Beside, Scored
from tallystick.reconcile.account import Account, Observation, reconcile
from tallystick.vocab.programme import Programme

State = Literal["open", "answered", "lapsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One frozen forecast and what became of it; `scored` where a figure has come."""

    number: int  # of its entry
    frozen_on: date
    forecast: Frozen
    state: State
    scored: Scored | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """The record as a brief prints it: its entries, and what became of each forecast."""

    chain: tuple[Sealed, ...]
    answers: tuple[Answer, ...]

    @property
    def head(self) -> str:
        """The hash that all of it hangs on."""
        return head_of(self.chain)


def answers(chain: Sequence[Sealed], programme: Programme, day: date) -> tuple[Answer, ...]:
    """Every forecast of the record, in its order, beside the programme's figures; `day`: the last of its evidence."""
    longer, odds = ahead(programme), odds_of(programme)
    return tuple(_answers(chain, longer, reconcile(longer), odds, day))


def _answers(
    chain: Sequence[Sealed], programme: Programme, account: Account, odds: Odds, day: date
) -> Iterator[Answer]:
    for entry, _ in chain:
        for one in entry.forecasts:
            found = answer_of(one.asked, entry.frozen_on, programme, account)
            waiting: State = "open" if day <= one.asked.expected_by else "lapsed"
            yield Answer(
                number=entry.number,
                frozen_on=entry.frozen_on,
                forecast=one,
                state="answered" if found else waiting,
                scored=_scored(entry, one, found, programme, odds) if found else None,
            )


def _scored(entry: Entry, one: Frozen, found: Observation, programme: Programme, odds: Odds) -> Scored:
    """As the backtest scores a forecast, from what is frozen."""
    value, middle = said(found), middle_of(found)
    low, median, high = (log(quantiles.at(one.quantiles, level)) for level in (0.1, 0.5, 0.9))
    return Scored(
        claim=found.claim, cut=entry.frozen_on, measure=found.measure,
        family=FAMILIES[programme.measures[found.measure].object], host=found.host,
        horizon=(middle - entry.frozen_on).days / DAYS_A_YEAR * MONTHS_A_YEAR, shock=odds.shock_of(middle),
        kind=found.kind, said=value, low_80=low, median=median, high_80=high,
        place=quantiles.place(one.quantiles, value),
        crps=quantiles.crps(one.quantiles, value),
        log_score=quantiles.log_score(one.quantiles, value),
        baselines=_beside(one, value),
    )  # fmt: skip


def _beside(one: Frozen, value: float) -> dict[str, Beside]:
    plain = {
        name: Beside(crps(normal(log(each.median), each.sd), value), abs(log(each.median) - value))
        for name, each in one.plain.items()
    }
    members = {
        name: Beside(quantiles.crps(each, value), abs(log(quantiles.at(each, 0.5)) - value))
        for name, each in one.members.items()
    }
    return plain | members
