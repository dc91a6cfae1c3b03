"""The fifteen loops of the map: their arrows, and where each is switched.

A switch cuts a loop at an arrow that no other loop uses, named in its `doc`, so that turning one off leaves the
others as they are. B2, R5, R6 and R8 are internal: their signs are tested, and no size is ever reported.
"""

from __future__ import annotations

from typing import Literal

from tallystick.stocks.labour.shape import Elements
from tallystick.stocks.text import Loop

Arrows = tuple[tuple[str, str], ...]  # from what, and the sign of what it does to the next
WRITTEN: tuple[tuple[str, str, Literal["+", "-"], Arrows, str, bool], ...] = (
    (
        "B1", "gap filled", "-",
        (("vacancies", "+"), ("departures", "+"), ("workers abroad", "-")),
        "Workers fill vacancies, and fewer vacancies pull fewer. Cut at: workers, vacancies.", False,
    ),
    (
        "R1", "war feeds itself", "+",
        (("war", "+"), ("vacancies", "+"), ("departures", "+"), ("workers abroad", "+"), ("firms' taxes", "+")),
        "Firms that live on the labour pay the taxes that pay for the war. Cut at: taxes, war.", False,
    ),
    (
        "R2", "money for weapons", "+",
        (
            ("workers abroad", "+"), ("state income", "+"), ("weapons", "+"), ("pressure of sanctions", "+"),
            ("need for money", "+"), ("quota", "+"), ("departures", "+"),
        ),
        "Income is said to pay for weapons, weapons bring sanctions, and sanctions make money scarce. "
        "Cut at: need, quota.", False,
    ),
    (
        "R3", "patronage", "+",
        (("workers abroad", "+"), ("cover", "-"), ("strength of sanctions", "-"), ("departures", "+")),
        "Labour and arms buy cover, and cover weakens what forbids them. Cut at: the bargain, cover.", False,
    ),
    (
        "R4", "impunity", "+",
        (("breach without cost", "-"), ("strength of sanctions", "-"), ("departures", "+"), ("workers abroad", "+")),
        "What is broken at no cost binds less. Cut at: breach, strength.", False,
    ),
    (
        "B2", "control answers escape", "-",
        (("flight", "+"), ("control", "-")),
        "Inside the model, sign only. Cut at: control, flight.", True,
    ),
    (
        "R5", "control breeds escape", "+",
        (("control", "+"), ("misery", "+"), ("flight", "+")),
        "Inside the model, sign only. Cut at: misery, flight.", True,
    ),
    (
        "B3", "word gets home", "-",
        (
            ("returned", "+"), ("knowledge at home", "+"), ("places given up", "-"), ("departures", "+"),
            ("workers abroad", "+"),
        ),
        "Who returns tells, and fewer apply or go. Cut at: returned, knowledge.", False,
    ),
    (
        "B4", "silencing", "-",
        (("talk", "+"), ("punishment", "-")),
        "The more talk, the more it is punished. Cut at: knowledge, learning.", False,
    ),
    (
        "B5", "lower the bar", "-",
        (("takers for the quota", "+"), ("strictness of vetting", "-"), ("selected", "+")),
        "When too few take the places, vetting eases and more are selected. Cut at: takers, vetting.", False,
    ),
    (
        "R6", "looser vetting, more flight", "+",
        (
            ("vetting eased", "+"), ("less loyal workers", "+"), ("flight", "+"), ("control", "+"), ("misery", "+"),
            ("places given up", "-"), ("takers for the quota", "-"),
        ),
        "Inside the model, sign only. Cut at: vetting, flight; and misery, places given up.", True,
    ),
    (
        "R8", "held pay", "+",
        (("booked pay", "+"), ("more to lose", "-"), ("flight", "-"), ("stay", "+")),
        "Inside the model, sign only. Cut at: booked pay a head, flight.", True,
    ),
    (
        "R7", "debt lock-in", "+",
        (("debt for the place", "+"), ("must earn", "+"), ("stay", "+")),
        "Who owes stays, and meanwhile owes. That debtors accept larger takes as well is left out: no report ties "
        "takes to debt. Cut at: debt a head, end of term.", False,
    ),
    (
        "B6", "price of exposure", "-",
        (("workers abroad", "+"), ("contact with outside", "+"), ("shorter terms", "-")),
        "The more are abroad, the more the State shortens terms. Cut at: workers, end of term.", False,
    ),
    (
        "B7", "listing firms", "-",
        (("workers abroad", "+"), ("firms listed", "+"), ("workers dropped by exporters", "-")),
        "More workers, more firms found and listed; firms that sell at home feel nothing. Cut at: workers, listed.",
        False,
    ),
)  # fmt: skip


def loops_of(elements: Elements) -> list[Loop]:
    """All loops with their evidence; their ids are the fields of `fields.Loops`."""
    return [
        Loop(
            id=id, name=name, sign=sign, path=path, doc=doc, evidence=elements[id].evidence, is_internal=is_internal
        )
        for id, name, sign, path, doc, is_internal in WRITTEN
    ]  # fmt: skip
