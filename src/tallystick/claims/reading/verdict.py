"""What a rule concluded about one quantity, and on which class of evidence."""

from __future__ import annotations

from typing import NamedTuple

GOVERNED, NOUN, CARRIED, THEME = "governed", "noun", "carried", "theme"  # strong to weak


class Verdict(NamedTuple):
    """A measure of the programme ("" for what is on the theme and of none of them), its status and the evidence."""

    measure: str
    status: str
    evidence: str
    reason: str
    unit: str = ""  # where the measure is one of the context, in whose unit the number already is


OBSERVED, PLANNED, FORECAST = "observed", "planned", "forecast"
DENIED = "denied"  # by whoever speaks of it: nobody's claim
