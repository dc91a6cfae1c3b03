"""A claim's quantity as its source stated it: bounds kept, nothing rounded, nothing added."""

from __future__ import annotations

from tallystick.brief.words.numbers import span
from tallystick.brief.words.units import complete, number_in, parse
from tallystick.vocab.records import Claim


def claim_number(claim: Claim) -> str:
    """The number with its bound, without noun and period: "at least 10,000", "12 to 16", "up to 90 percent"."""
    unit = parse(claim.unit)
    if claim.point is not None:
        return number_in(claim.point, unit)
    if claim.low is not None and claim.high is not None:
        return span(number_in(claim.low, unit), number_in(claim.high, unit))
    if claim.low is not None:
        return f"at least {number_in(claim.low, unit)}"
    if claim.high is None:
        return "figure not shown"
    return f"up to {number_in(claim.high, unit)}"


def claim_quantity(claim: Claim) -> str:
    """The claim's quantity in full: "at least USD 7,000 a year", "12 to 16 hours a day"."""
    value = claim.point if claim.point is not None else claim.high if claim.high is not None else claim.low
    return claim_number(claim) if value is None else complete(claim_number(claim), parse(claim.unit), value)
