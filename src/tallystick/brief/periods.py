"""How far a period lies from what claims describe: not begun, begun, or beyond every claim behind its estimate.

Past the last day that a claim describes, the model goes on by itself, however narrow its interval: such an estimate
is a projection, and says so wherever programs read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tallystick.vocab.estimate import Estimate

if TYPE_CHECKING:
    from tallystick.reconcile.account import Account


def has_begun(period: str, day: date) -> bool:
    """Whether a year or month has begun by `day`; what lies wholly after it is nobody's to estimate."""
    return period <= day.isoformat()[: len(period)]


def begun(estimates: Iterable[Estimate], day: date) -> tuple[Estimate, ...]:
    """The estimates of periods that have begun by `day`."""
    return tuple(each for each in estimates if has_begun(each.period, day))


def is_projection(estimate: Estimate, account: Account) -> bool:
    """Whether the period begins after the last day that any claim behind the estimate describes."""
    seen = [account.observation_of(claim) for claim in estimate.claims]
    described = max((one.end for one in seen if one is not None), default=date.min)
    return estimate.period > described.isoformat()[: len(estimate.period)]
