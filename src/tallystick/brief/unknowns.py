"""What the numbers that the model does not know mean to a reader (`[means]` in `brief.toml`), and where each now is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from typing import TYPE_CHECKING, Any

from tallystick.brief.document import Spans
from tallystick.brief.facts import Facts
from tallystick.brief.own_words import MEANS, TABLE
from tallystick.brief.prose import join, listed, method, tell
from tallystick.brief.words.grammar import capital
from tallystick.brief.words.numbers import percent, plain, span
from tallystick.brief.words.rounding import significant

if TYPE_CHECKING:
    from tallystick.calibrate.learning import Narrowed, Spread

DIGITS = 2


def meaning(facts: Facts, unknown: str) -> str:
    """An unknown in words, with its unit; the model's name of it where the programme says nothing."""
    said: Mapping[str, str] = facts.programme.tables.get(TABLE, {}).get(MEANS, {})
    words = (facts.host_name(word) if word in facts.programme.hosts else word for word in unknown.split("_"))
    return said[unknown] if unknown in said else capital(" ".join(words))


def single(facts: Facts, unknown: str) -> Narrowed | None:
    """What was assumed and found of an unknown that is one number; None where it is none, or was not asked."""
    return next((one for one in facts.narrowed if one.unknown == unknown and one.parts == 1), None)


def left_range(one: Narrowed) -> bool:
    """Whether with the evidence the median lies outside the central 80 % that were assumed."""
    return not one.prior.lower_80 <= one.posterior.median <= one.prior.upper_80


def told(spread: Spread) -> Spans:
    """Median and interval: "0.12 (0.066 to 0.25)"."""
    low, middle, high = (plain(significant(value, DIGITS)) for value in spread)
    return (method(f"{middle} ({low} to {high})"),)


def share(spread: Spread) -> Spans:
    """The same of a share: "12 percent (7 to 25 percent)"."""
    low, middle, high = (percent(round(value, 2)) for value in spread)
    return (method(f"{middle} ({span(low, high)})"),)


def coverages(facts: Facts, **wanted: str) -> Iterator[tuple[Mapping[str, Any], Narrowed]]:
    """Shares of what there is that a table or count shows, of the rows of the model that hold these values."""
    rows: list[Mapping[str, Any]] = facts.programme.tables["model"].get("coverage", [])
    for row in rows:
        found = single(facts, row["name"])
        if found is not None and all(row.get(key) == value for key, value in wanted.items()):
            yield row, found


def sides(facts: Facts) -> Iterator[tuple[Narrowed, Mapping[str, float], str]]:
    """A coverage that named choices fix and the evidence has carried out of the range assumed.

    With the level of each choice by its name, and the name of the one that it has come near.
    """
    rows: list[Mapping[str, Any]] = facts.programme.tables["model"].get("alternative", [])
    for _, one in coverages(facts):
        fixed = {
            row["name"]: float(row["set"][one.unknown]["median"]) for row in rows if one.unknown in row.get("set", {})
        }
        if fixed and left_range(one):
            found = _log_odds(one.posterior.median)
            yield one, fixed, min(fixed, key=lambda name: abs(_log_odds(fixed[name]) - found))


def _log_odds(level: float) -> float:
    return log(level / (1 - level))


def not_neutral(facts: Facts, before: str = "") -> Spans:
    """That the interval used elsewhere is not neutral between the choices, with what joins it to its neighbour."""
    near = [join("\u201c", *tell(name), "\u201d") for _, _, name in sides(facts)]
    said = "The interval used elsewhere is not neutral between these: with the evidence it all but takes the side of "
    return join(before, said, *listed(near), ".") if near else ()


def start_of(facts: Facts, unknown: str) -> Spans:
    """The meaning of an unknown at the start of a sentence."""
    return tell(capital(meaning(facts, unknown)))


def assumed_and_found(facts: Facts, one: Narrowed) -> Spans:
    """ "Share of ... that ... show: 4 percent (2 to 7 percent), where 10 percent (2 to 34 percent) was assumed"."""
    found, before = share(one.posterior), share(one.prior)
    return join(*start_of(facts, one.unknown), ": ", *found, ", where ", *before, " was assumed")
