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
    settled: Number  # of those who left: due at return
    paid: Number  # what of that was paid


def book(
    present: Number, left_share: Number, booked: Number, paid_share: Number, owed_start: Number, ops: Any
) -> Booked:
    """The ledger of booked pay: it grows with each worker-month and empties with those who leave.

    present : persons who worked the month. left_share : share of the ledger's people who leave in the month.
    Leavers take with them their part of the ledger (an average holding each); `paid_share` of it is paid.
    """
    keep = 1 - left_share
    kept = ops.exp(ops.cumsum(ops.log(keep)))
    accrued = present * booked
    owed = kept * (owed_start + ops.cumsum(accrued / kept))
    settled = (owed - accrued) / keep * left_share
    return Booked(owed, settled, settled * paid_share)
