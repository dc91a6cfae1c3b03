"""Plain forecasters of a later figure from earlier figures of its own series (measure and host)."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """One figure with a number of its own (a point, or the middle of a range on the log scale), as published.

    A figure of something that happens is kept as its rate a month, so that windows of any length compare.
    """

    claim: str
    measure: str
    host: str
    log_value: float  # natural log: of the rate a month where `takes_sum`, else of the level
    months: float  # length of the window; 1 for a level
    middle: float  # of the window, in years: 2019.5
    asserted: float  # first asserted by anyone, in years
    administrative: bool  # from an administrative record
    takes_sum: bool  # a flow: the figure of a window is its rate times months


class Wanted(NamedTuple):
    """What is to be forecast: a figure of a series that is not known yet; see `Figure`."""

    measure: str
    host: str
    months: float
    middle: float
    takes_sum: bool
