"""The words around a number that bound it, soften it, or say per what it is."""

from __future__ import annotations

import re

from tallystick.claims.numbers.drafts import Draft
from tallystick.claims.numbers.tables import Effect, Tables

WINDOW = 28  # signs; the longest phrase and its blanks
NO_RATE = re.compile(r"\s(?:earlier|ago|before|previously|prior|later|on\b|until|from now|до\s|раньше|назад)")  # a time
NO_RATE_IN = re.compile(r"\s(?:to|of|ended|ending|since|that|when|from|before|after|\d)")  # "in the year to June"
HANDED = re.compile(r"\b(?:hand|turn|sign|pass|make|made|fork|give|gave)(?:s|ed|ing)?\s\Z")
MONEY_ONLY = ("month", "for ", "by ", "to ", "at ", "on ")  # rates of nothing else: "hired for a year"
MOST = 5  # phrases on one side; "up to around" are two


def before(text: str, made: Draft, known: Tables, floor: int) -> None:
    """Take in the phrases that end where the quantity begins."""
    for _ in range(MOST):
        begin = max(floor, made.start - WINDOW)
        window = text[begin : made.start]
        stripped = window.rstrip(" \t\n\u00a0\u2009\u202f([")  # "[" begins a link
        if "(" in window[len(stripped) :] or not _found_before(text, stripped.lower(), begin, made, known, window):
            return


def _found_before(text: str, window: str, begin: int, made: Draft, known: Tables, full: str) -> bool:
    for phrase, effect in known.before.get(window[-1:], ()):
        start = len(window) - len(phrase)
        if not window.endswith(phrase):
            continue
        if phrase[0].isalpha() and window[start - 1 : start].isalnum() and start > 0:
            continue
        if start == 0 and begin > 0 and phrase[0].isalpha() and text[begin - 1].isalnum():
            continue
        if known.language != "ko" and phrase[-1].isalnum() and len(full) == len(window):
            continue  # "under20" is no phrase
        if phrase == "over" and HANDED.search(window[:start]):
            continue  # "they hand over 70 percent" says what is handed over, and no floor
        shown = text[begin + start : begin + len(window)]
        if not apply(made, effect, shown, first=True):
            return False
        if effect[0] == "soft":
            return False  # said of the number, and yet no part of the shortest span
        made.start = begin + start
        return True
    return False


def after(text: str, made: Draft, known: Tables) -> bool:
    """Take in one phrase that begins where the quantity ends; whether there was one."""
    match = known.after.match(text, made.end)
    if not match:
        return False
    shown = (match[1] or match[0]).strip()
    effect = known.effects.get(" ".join(shown.lower().split()))
    if effect is None or (effect[0] == "rate" and NO_RATE.match(text, match.end())):
        return False
    if shown.lower().startswith(MONEY_ONLY) and effect[0] == "rate" and made.kind not in ("money", "duration"):
        return False  # "5,000 dollars month": a translation has lost the article
    if effect[0] == "rate" and shown.lower().startswith("in ") and NO_RATE_IN.match(text, match.end()):
        return False
    if shown.lower() == "and up" and text[match.end() : match.end() + 4] == " to ":
        return False  # "50 guards and up to 200 workers"
    if not apply(made, effect, shown, first=False):
        return False
    made.end = match.end()
    return True


def apply(made: Draft, effect: Effect, shown: str, *, first: bool) -> bool:
    """Lay one phrase upon the quantity; False where it cannot belong to it."""
    kind, unit = effect
    if kind == "rate":
        return _rate(made, unit)
    if kind == "person":
        made.per_person = True
        return True
    if kind in ("about", "over_about", "under_about"):
        made.approximate = True
    if kind in ("low", "over_about"):
        _only(made, low=True)
    elif kind in ("high", "under_about"):
        _only(made, low=False)
    if kind != "plain":  # a soft word (perhaps, could be) is a hedge that leaves the number as it is
        made.hedges[:] = [shown, *made.hedges] if first else [*made.hedges, shown]
    return True


def _rate(made: Draft, unit: str) -> bool:
    """A rate is said once; a stretch of time is never per itself."""
    if made.per or (made.kind == "duration" and made.unit == unit):
        return False
    made.per = unit
    return True


def _only(made: Draft, *, low: bool) -> None:
    """A bound leaves one side; of a range it keeps both, since both were said."""
    if made.point is not None:
        made.low, made.high = (made.point, None) if low else (None, made.point)
        made.point = None
