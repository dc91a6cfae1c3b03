"""A month's pay and where it goes; what is booked and what is paid out.

The identity of a worker-month, in USD of the month:

    gross = state + agents and costs + pocket money + booked

It closes by construction: shares of gross that sum to one. A published sum that breaks it (a fixed due above the
wage) is a disagreement to report, not something to repair here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Number = Any


class Pay(NamedTuple):
    """One worker-month, USD. The four parts add up to `gross`."""

    gross: Number
    state: Number
    agents: Number
    pocket: Number
    booked: Number


def divide(gross: Number, state: Number, agents: Number, pocket: Number) -> Pay:
    """Divide gross pay by shares; what they leave is booked."""
    return Pay(gross, gross * state, gross * agents, gross * pocket, gross * (1 - state - agents - pocket))


class Booked(NamedTuple):
    """Booked pay through the months, USD: owed at the end of each, and what left the ledger in each."""

    owed: Number
    settled: Number  # what those who left take off the ledger
    paid: Number  # what of that was paid


def book(
    present: Number, left_share: Number, booked: Number, paid_share: Number, owed_start: Number, ops: Any
) -> Booked:
    """The ledger of booked pay: it grows with each worker-month and empties with those who leave.

    present : persons at the end of the month; each is booked a whole month, and whoever left in it none.
    left_share : share of those at its start who left in it, below one. Leavers take with them their part of the ledger
    (an average holding each), whatever took them away; `paid_share` of it is paid.
    """
    keep = 1 - left_share
    kept = ops.exp(ops.cumsum(ops.log(keep)))
    accrued = present * booked
    owed = kept * (owed_start + ops.cumsum(accrued / kept))
    settled = (owed - accrued) / keep * left_share
    return Booked(owed, settled, settled * paid_share)
