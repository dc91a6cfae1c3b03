"""What the numbers that the model does not know mean to a reader (`[means]` in `brief.toml`), and where each now is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from typing import TYPE_CHECKING, Any

from tallystick.brief.document import Spans
from tallystick.brief.facts import Facts
from tallystick.brief.own_words import MEANS, TABLE
from tallystick.brief.prose import how_many, join, method, tell
from tallystick.brief.words.grammar import capital, lower_first
from tallystick.brief.words.numbers import percent, plain, span
from tallystick.brief.words.rounding import significant

if TYPE_CHECKING:
    from tallystick.calibrate.learning import Narrowed, Spread
    from tallystick.vocab.estimate import Estimate
    from tallystick.vocab.records import Claim

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


def fixed_by(facts: Facts, unknown: str) -> dict[str, Mapping[str, float]]:
    """The median that each named choice fixes it at, and the spread of its log odds, by the choice's name."""
    rows: list[Mapping[str, Any]] = facts.programme.tables["model"].get("alternative", [])
    return {row["name"]: row["set"][unknown] for row in rows if unknown in row.get("set", {})}


def fixed_in(facts: Facts, choice: str) -> tuple[str, ...]:
    """The numbers that a choice fixes, by the choice's name."""
    rows: list[Mapping[str, Any]] = facts.programme.tables["model"].get("alternative", [])
    return tuple(unknown for row in rows if row["name"] == choice for unknown in row.get("set", {}))


def sides(facts: Facts) -> Iterator[tuple[Narrowed, str]]:
    """A coverage that the evidence has carried out of the range assumed and close to a choice, with the choice's name.

    Close is inside the central 80 % that the choice gives it. Of what else the choice fixes this says nothing.
    """
    for _, one in coverages(facts):
        near = _nearest(one.posterior.median, fixed_by(facts, one.unknown)) if left_range(one) else None
        if near is not None:
            yield one, near


def _nearest(level: float, fixed: Mapping[str, Mapping[str, float]]) -> str | None:
    from tallystick.calibrate.learning import EIGHTY

    off = {name: abs(_log_odds(at["median"]) - _log_odds(level)) / at["sd"] for name, at in fixed.items()}
    return min((name for name in off if off[name] <= EIGHTY), key=off.__getitem__, default=None)


def _log_odds(level: float) -> float:
    return log(level / (1 - level))


def near_choice(facts: Facts, choice: str) -> Spans:
    """ "On one of the two numbers that "..." sets, the evidence comes out near it"."""
    number = len(fixed_in(facts, choice))
    which = join("one of the ", how_many(number, "number")) if number > 1 else join("the number")
    return join("On ", *which, " that \u201c", *tell(choice), "\u201d sets, the evidence comes out near it")


def side_beside(facts: Facts, e: Estimate, before: str = "") -> Spans:
    """Which number is close to one of the choices that are listed of an estimate, with what joins it to the list."""
    shown = {other.name for other in e.alternatives}
    said = [
        join(before, *near_choice(facts, near), ": ", *tell(lower_first(meaning(facts, one.unknown))), ", ",
             *share(one.posterior), ".")
        for one, near in sides(facts) if near in shown
    ]  # fmt: skip
    return join(*said)


def counts_of(facts: Facts, one: Narrowed) -> list[Claim]:
    """The published counts that a coverage is read from."""
    rows = {row["name"]: row for row in facts.programme.tables["model"].get("coverage", [])}
    read = set(rows.get(one.unknown, {}).get("readings", ()))
    ids = [id for id, series in facts.programme.tables["model"].get("speaks_of", {}).items() if series in read]
    return [facts.claims[id] for id in ids if id in facts.claims and facts.disposed(id) == "used"]


def start_of(facts: Facts, unknown: str) -> Spans:
    """The meaning of an unknown at the start of a sentence."""
    return tell(capital(meaning(facts, unknown)))


def assumed_and_found(facts: Facts, one: Narrowed) -> Spans:
    """ "Share of ... that ... show: 4 percent (2 to 7 percent), where 10 percent (2 to 34 percent) was assumed"."""
    found, before = share(one.posterior), share(one.prior)
    return join(*start_of(facts, one.unknown), ": ", *found, ", where ", *before, " was assumed")
