"""What was assumed of every number that the model does not know, and what the evidence made of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from tallystick.brief.document import Block, Column, Details, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import percent
from tallystick.brief.prose import EIGHTY, how_many, join, listed, method, para, tell
from tallystick.brief.unknowns import left_range, meaning, told
from tallystick.brief.words.grammar import lower_first

if TYPE_CHECKING:
    from tallystick.calibrate.learning import Narrowed

NOT_LEARNT = "not learnt"
MOVED = "\u2021"


def learnt(facts: Facts) -> Section | None:
    """None where no fit was asked."""
    if not facts.narrowed:
        return None
    return Section(
        id="trust-learnt", title="What the evidence taught", blocks=(_counted(facts), *_moved(facts), _fold(facts))
    )


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


def _moved(facts: Facts) -> tuple[Block, ...]:
    """Where the evidence and what was assumed pull apart: the width alone would hide it."""
    moved = [one for one in facts.narrowed if left_range(one)]
    if not moved:
        return ()
    single = [join(*tell(lower_first(meaning(facts, one.unknown))), ", from ", *told(one.prior), " to ",
                   *told(one.posterior)) for one in moved if one.parts == 1]  # fmt: skip
    return (
        para(
            "Of ", how_many(len(moved), "number"), " it carried the median out of the range assumed "
            f"({MOVED} below), as chance alone does with some. There the assumption, or the reading of the evidence, "
            "may be wrong", *([": ", *listed(single, "and", "; ")] if single else []), ".",
        ),
    )  # fmt: skip


def _fold(facts: Facts) -> Block:
    columns = (
        Column(title="Unknown", width=1.8),
        Column(title="Assumed", align="right", width=1.4),
        Column(title="With the evidence", align="right", width=1.4),
        Column(title="Learnt"),
    )
    note = join(
        "Median and ", EIGHTY, f" interval. {MOVED} With the evidence the median lies outside the range assumed. Where "
        "an unknown has a number for each of several years, countries or kinds, how many of them were learnt is told; "
        "each stands in the data file learnt, by its name in the model.",
    )  # fmt: skip
    table = Table(
        id="trust-learnt", columns=columns, rows=tuple(_rows(facts)), note=note,
        caption=join("What was assumed and what the evidence changed"),
    )  # fmt: skip
    return Details(join("Every unknown, before and after the evidence"), (table,))


def _rows(facts: Facts) -> Iterator[tuple[Spans, ...]]:
    for name, parts in groupby(facts.narrowed, lambda one: one.unknown):
        rows = tuple(parts)
        spreads = (told(rows[0].prior), told(rows[0].posterior)) if len(rows) == 1 else (join("\u2013"),) * 2
        yield tell(meaning(facts, name)), *spreads, _verdict(rows)


def _verdict(rows: tuple[Narrowed, ...]) -> Spans:
    """Whether it was learnt, or how many of its parts, and a mark where the median left the range assumed."""
    found, moved = sum(one.learnt for one in rows), sum(map(left_range, rows))
    mark = "" if not moved else f" {MOVED}" if len(rows) == 1 else f" ({MOVED} {moved})"
    if not found:
        return join(NOT_LEARNT, mark)
    return join("yes", mark) if len(rows) == 1 else (method(f"{found} of {len(rows)}{mark}"),)
