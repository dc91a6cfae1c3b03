"""Which observation that could be had would narrow each leading figure most, and whom to ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.brief.chapters.base import limit
from tallystick.brief.document import Block, Column, Details, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import leading, narrows, obtainable, percent
from tallystick.brief.names import estimate_name
from tallystick.brief.prose import EIGHTY, how_many, join, method, para, tell
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.trust import Leading, Worth

TOP = 2  # observations shown for each figure
LEAST = 0.03  # of a figure's variance: what takes away less is not worth asking for on its account
NARROWER = 0.01  # of the width of its 80 % interval, likewise


def value(facts: Facts) -> Section | None:
    """None where a programme lists nothing that could be had."""
    pairs = [pair for pair in leading(facts) if narrows(facts, pair[0])]
    if not pairs:
        return None
    blocks: tuple[Block, ...] = (_asked(facts), _best(facts, pairs), _bounds(), _fold(facts, pairs))
    return Section(id="trust-value", title="What would narrow it most", blocks=blocks)


def _asked(facts: Facts) -> Block:
    return para(
        how_many(len(obtainable(facts)), "figure or table", "figures or tables", start=True),
        " are listed that offices, courts, companies or monitoring bodies hold or could compile; whether they would "
        "give them is not known. For each the model was asked what it would probably say, given all that is known, and "
        "how much narrower each leading figure would be, on average, once it had it. None asks anything of a worker, "
        "of somebody who fled or of a helper.",
    )


def _best(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> Table:
    columns = (
        Column(title="Figure", width=1.6),
        Column(title="What would narrow it", width=2.2),
        Column(title="Interval narrower by", align="right"),
        Column(title="Less variance", align="right"),
    )
    return Table(
        id="trust-value",
        columns=columns,
        rows=tuple(row for figure, e in pairs for row in _rows(facts, figure, e)),
        caption=join("Leading figures, and the observations that would narrow each most, on average"),
        note=join(
            "Interval narrower by: how much of the width of the ",
            EIGHTY,
            " interval would go. Less variance: how much of the variance (of the "
            "logarithm, for levels), with the standard error of the computation.",
        ),
    )


def _rows(facts: Facts, figure: Leading, e: Estimate) -> Iterator[tuple[Spans, ...]]:
    rows, name = obtainable(facts), tell(estimate_name(facts, e))
    shown = [one for one in narrows(facts, figure)[:TOP] if _is_told(one)]
    if not shown:
        yield name, join("nothing on the list"), join("\u2013"), join("\u2013")
    for place, one in enumerate(shown):
        yield (name if place == 0 else (), tell(str(rows[one.observation]["name"])), *_numbers(one))


def _is_told(one: Worth) -> bool:
    """Whether it would narrow the figure by enough to ask for it."""
    return one.variance >= LEAST and one.width >= NARROWER


def _numbers(one: Worth) -> tuple[Spans, Spans]:
    return (method(percent(one.width)),), (method(f"{percent(one.variance)} \u00b1 {percent(one.error)}"),)


def _bounds() -> Block:
    return limit(
        "What this cannot say",
        para(
            "The answers are averages over what each observation might say: a surprising figure could also widen an "
            "interval. They hold if the model reads such a table rightly and its source errs as its class is assumed "
            "to. The list is our judgement, unreviewed, and nothing is computed of those who reached safety.",
        ),
    )


def _fold(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> Block:
    rows = obtainable(facts)
    columns = (
        Column(title="Observation", width=1.6),
        Column(title="Who has it, or could compile it", width=1.6),
        Column(title="Why it asks nothing of a worker", width=2.2),
        Column(title="Helps most with", width=1.4),
    )
    table = Table(
        id="trust-obtainable",
        columns=columns,
        rows=tuple(
            (
                tell(str(row["name"])),
                tell(str(row["publisher"])),
                tell(str(row["asks_nothing"])),
                _helps(facts, id, pairs),
            )
            for id, row in rows.items()
        ),
        caption=join("The list"),
    )
    return Details(join("What could be had, from whom, and why it puts nobody at risk"), (table,))


def _helps(facts: Facts, id: str, pairs: Sequence[tuple[Leading, Estimate]]) -> Spans:
    every = [(one, e) for figure, e in pairs for one in narrows(facts, figure) if one.observation == id]
    found = [(one, e) for one, e in every if _is_told(one)]
    if not found:
        return join("none of the leading figures")
    best, e = max(found, key=lambda pair: pair[0].variance)
    return join(*tell(estimate_name(facts, e)), " (", method(percent(best.variance)), " of the variance)")
