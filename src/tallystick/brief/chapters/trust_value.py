"""Which table or total that could be had would narrow each leading figure most, and who has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.brief.chapters.base import limit
from tallystick.brief.document import Block, Column, Details, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import CAUTION, large, leading, narrows, obtainable, percent, worth_asking
from tallystick.brief.names import estimate_name
from tallystick.brief.prose import EIGHTY, how_many, join, method, para, tell
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.trust import Leading

TOP = 2  # observations shown for each figure


def value(facts: Facts) -> Section | None:
    """None where a programme lists nothing that could be had."""
    pairs = [pair for pair in leading(facts) if narrows(facts, pair[0])]
    if not pairs:
        return None
    first = [pair for pair in large(facts) if pair in pairs]
    blocks: tuple[Block, ...] = (_asked(facts), _best(facts, first), _bounds(), _fold(facts, pairs))
    return Section(id="trust-value", title="What would narrow it most", blocks=blocks)


def _asked(facts: Facts) -> Block:
    return para(
        how_many(len(obtainable(facts)), "table or total", "tables or totals", start=True),
        " are listed that offices or bodies of States could publish; whether they will is not "
        "known, and nobody should ask for more than a published total. For each the model was asked what it would "
        "probably say, given all that is known, and how much "
        "narrower each leading figure would be, on average, once it had it.",
    )


def _best(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> Table:
    columns = (
        Column(title="Figure", width=1.6),
        Column(title="What would narrow it", width=2.2),
        Column(title="Interval narrower by", align="right"),
    )
    return Table(
        id="trust-value",
        columns=columns,
        rows=tuple(row for figure, e in pairs for row in _rows(facts, figure, e)),
        caption=join("Leading figures, and the tables or totals that would narrow each most, on average"),
        note=join(
            "How much of the width of the ", EIGHTY, " interval would go, and the standard error of the computation: "
            "a difference within it is none.",
        ),
    )  # fmt: skip


def _rows(facts: Facts, figure: Leading, e: Estimate) -> Iterator[tuple[Spans, ...]]:
    rows, name = obtainable(facts), tell(estimate_name(facts, e))
    shown = worth_asking(facts, figure)[:TOP]
    if not shown:
        yield name, join("nothing on the list"), join("\u2013")
    for place, one in enumerate(shown):
        yield (
            name if place == 0 else (),
            tell(str(rows[one.observation]["name"])),
            (method(f"{percent(one.width)} (\u00b1 {100 * one.width_error:.0f})"),),
        )


def _bounds() -> Block:
    return limit(
        "What this cannot say",
        para(
            "The answers are averages over what each table might say: a surprising figure could also widen an "
            "interval. They hold if the model reads such a table rightly and its source errs as its class is assumed "
            "to. The list is our judgement, unreviewed, and nothing is computed of those who reached safety.",
        ),
    )


def _fold(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> Block:
    best = {id: found for id in obtainable(facts) if (found := _helps(facts, id, pairs))}
    columns = (
        Column(title="Table or total", width=1.6),
        Column(title="Whose table it would be", width=1.6),
        Column(title="Why no worker need be asked", width=2.2),
        Column(title="Helps most with", width=1.4),
    )
    rows = obtainable(facts)
    table = Table(
        id="trust-obtainable",
        columns=columns,
        rows=tuple(
            (tell(str(rows[id]["name"])), tell(str(rows[id]["publisher"])), tell(str(rows[id]["asks_nothing"])), helps)
            for id, helps in best.items()
        ),
        caption=join("The list"),
        note=_left_out(len(rows) - len(best)),
    )
    return Details(join("What could be had, from whom, and why no worker need be asked"), (para(CAUTION), table))


def _left_out(number: int) -> Spans:
    """That what helps no leading figure is not listed: a risk for no gain."""
    return join(how_many(number, "more", "more", start=True), " that would narrow none of the leading figures by "
                f"enough {'is' if number == 1 else 'are'} not listed.") if number else ()  # fmt: skip


def _helps(facts: Facts, id: str, pairs: Sequence[tuple[Leading, Estimate]]) -> Spans:
    """The leading figure that it would narrow most; nothing where it would narrow none by enough."""
    found = [(one, e) for figure, e in pairs for one in worth_asking(facts, figure) if one.observation == id]
    return tell(estimate_name(facts, max(found, key=lambda pair: pair[0].width)[1])) if found else ()
