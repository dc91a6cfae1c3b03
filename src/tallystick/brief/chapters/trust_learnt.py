"""What was assumed of every number that the model does not know, and what the evidence made of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from tallystick.brief.document import Block, Column, Details, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import percent
from tallystick.brief.prose import EIGHTY, how_many, join, method, para, tell
from tallystick.brief.words.grammar import capital
from tallystick.brief.words.numbers import plain
from tallystick.brief.words.rounding import significant

if TYPE_CHECKING:
    from tallystick.calibrate.learning import Narrowed, Spread

NOT_LEARNT = "not learnt"


def learnt(facts: Facts) -> Section | None:
    """None where no fit was asked."""
    if not facts.narrowed:
        return None
    return Section(id="trust-learnt", title="What the evidence taught", blocks=(_counted(facts), _fold(facts)))


def _counted(facts: Facts) -> Block:
    from tallystick.calibrate.learning import LEARNT

    narrowed = sum(one.learnt for one in facts.narrowed)
    return para(
        "Beside the errors of those who assert, the model does not know ",
        how_many(len(facts.narrowed), "number"),
        ": flows by year, coverage of tables, pay, terms of stay. For each a range was assumed before any claim was "
        "heard. The evidence narrowed ",
        how_many(narrowed, "of them", "of them"),
        ", to ",
        method(percent(LEARNT)),
        " of the assumed spread or less. For ",
        how_many(len(facts.narrowed) - narrowed, "number"),
        " the account has little more than the assumption, and nothing is said to have been learnt of them.",
    )


def _fold(facts: Facts) -> Block:
    columns = (
        Column(title="Unknown", width=1.8),
        Column(title="Assumed", align="right", width=1.4),
        Column(title="With the evidence", align="right", width=1.4),
        Column(title="Learnt"),
    )
    note = join(
        "Median and ", EIGHTY, " interval. Of what is not learnt the median may have moved, too. Where an unknown has "
        "a number for each of several years, countries or kinds, how many of them were learnt is told; each stands in "
        "the data file learnt, by its name in the model.",
    )  # fmt: skip
    table = Table(
        id="trust-learnt", columns=columns, rows=tuple(_rows(facts)), note=note,
        caption=join("What was assumed and what the evidence changed"),
    )  # fmt: skip
    return Details(join("Every unknown, before and after the evidence"), (table,))


def _rows(facts: Facts) -> Iterator[tuple[Spans, ...]]:
    for name, parts in groupby(facts.narrowed, lambda one: one.unknown):
        rows = tuple(parts)
        spreads = (_spread(rows[0].prior), _spread(rows[0].posterior)) if len(rows) == 1 else (join("\u2013"),) * 2
        yield tell(_name(facts, name)), *spreads, _verdict(rows)


def _name(facts: Facts, unknown: str) -> str:
    """The model's name of it as words: codes of hosts by their names."""
    words = [facts.host_name(word) if word in facts.programme.hosts else word for word in unknown.split("_")]
    return capital(" ".join(words))


def _spread(spread: Spread) -> Spans:
    low, middle, high = (plain(significant(value, 2)) for value in spread)
    return (method(f"{middle} ({low} to {high})"),)


def _verdict(rows: tuple[Narrowed, ...]) -> Spans:
    found = sum(one.learnt for one in rows)
    if not found:
        return join(NOT_LEARNT)
    return join("yes") if len(rows) == 1 else (method(f"{found} of {len(rows)}"),)
