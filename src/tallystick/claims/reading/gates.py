"""The two gates that every proposal must pass, whoever read it: grammar or model.

1. The quote is an exact substring of the text, at the offsets given.
2. Its numbers are read again from the quote alone, and are those of the claim.

Neither says that the claim is right: only that the words are there and hold the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isclose, isfinite

from tallystick.claims.numbers.find import quantities
from tallystick.claims.proposal import Proposal
from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import amount
from tallystick.claims.reading.letters import unmixed
from tallystick.claims.reading.resolutions import again

NOT_THERE = "the quote is not what the text has at its offsets"
NO_NUMBER = "the claim has no number, or one that is not finite"
OTHER_NUMBER = "the quote, read alone, does not hold the numbers of the claim"
_RATES = ("", "hour", "day", "week", "month", "year")

Reader = Callable[[str, str], Sequence[Quantity]]


def refusal(proposal: Proposal, text: str, language: str, read: Reader = quantities) -> str:
    """Why a proposal does not pass, or "" when it does."""
    if not _is_there(proposal, text):
        return NOT_THERE
    values = (proposal.low, proposal.point, proposal.high)
    if all(value is None for value in values) or not all(value is None or isfinite(value) for value in values):
        return NO_NUMBER
    quote = unmixed(proposal.quote, language)
    found_again = (*read(quote, language), *again(quote, language, proposal.measure))
    if any(_holds(proposal, found) for found in found_again):
        return ""
    return OTHER_NUMBER


def _is_there(proposal: Proposal, text: str) -> bool:
    start, end = proposal.quote_start, proposal.quote_end
    return 0 <= start < end <= len(text) and text[start:end] == proposal.quote


def _holds(proposal: Proposal, found: Quantity) -> bool:
    """Whether a quantity read from the quote gives the claim's bounds, at a rate that the sentence may have said."""
    return any(_same(proposal, found, rate) for rate in _RATES)


def _same(proposal: Proposal, found: Quantity, rate: str) -> bool:
    again = amount(proposal.measure, found, rate)
    pairs = ((proposal.low, again.low), (proposal.point, again.point), (proposal.high, again.high))
    return all((a is None) == (b is None) and (a is None or b is None or isclose(a, b, rel_tol=1e-9)) for a, b in pairs)
