"""Numbers as readers meet them: "3,600 to 5,900", "USD 147 million", "72 percent"."""

from __future__ import annotations

from math import floor, log10

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_ONES = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def plain(value: float, step: float | None = None) -> str:
    """A number with thousands separators and no digit below `step`; without `step`, as many as it has (up to 6)."""
    if step is not None and step < 1:
        return f"{value:,.{-floor(log10(step) + 1e-9)}f}"
    if value == round(value):
        return f"{round(value):,}"
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def scale_of(value: float) -> tuple[float, str]:
    """The scale word that a sum of this size is told in; (1, "") below a million."""
    return next(((factor, word) for factor, word in _SCALES if abs(value) >= factor), (1.0, ""))


def scaled(value: float, step: float | None = None) -> str:
    """A large number with its scale word: "147 million", "1.2 billion"; small ones with separators."""
    factor, word = scale_of(value)
    number = plain(value / factor, None if step is None else step / factor)
    return f"{number} {word}".strip()


def money(value: float, step: float | None = None, currency: str = "USD") -> str:
    return f"{currency} {scaled(value, step)}"


def percent(share: float, step: float | None = None) -> str:
    """A share of 0 to 1 as "72 percent"; `step` in shares."""
    return f"{plain(round(share * 100, 6), None if step is None else step * 100)} percent"


def span(low: str, high: str) -> str:
    """A range; what both ends share (currency, scale word, "percent") is said once."""
    if low == high:
        return low
    lead, head_low, head_high = "", low, high
    first_low, _, rest_low = low.partition(" ")
    first_high, _, rest_high = high.partition(" ")
    if first_low == first_high and first_low.isalpha():
        lead, head_low, head_high = first_low + " ", rest_low, rest_high
    tail = head_low.rpartition(" ")[2]
    if " " in head_low and tail.isalpha() and head_high.endswith(" " + tail):
        head_low = head_low[: -len(tail) - 1]
    return f"{lead}{head_low} to {head_high}"


def tenths(share: float) -> str:
    """A share that is known roughly: "four in ten"."""
    number = min(round(share * 10), 10)
    return "all" if number == 10 else "fewer than one in ten" if number == 0 else f"{_ONES[number]} in ten"


def count(number: int, noun: str, plural: str = "") -> str:
    """A whole number with its noun: "one claim", "no claims", "1,204 claims"; words up to twelve."""
    said = _ONES[number] if 0 <= number < len(_ONES) else f"{number:,}"
    return f"{said} {noun if number == 1 else plural or plural_of(noun)}"


def plural_of(noun: str) -> str:
    """The regular English plural; irregular ones are given by the caller."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
