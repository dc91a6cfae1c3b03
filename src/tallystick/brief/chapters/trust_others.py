"""The other headline figures: of each, the origin that moves it most, and what would narrow it most."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.brief.chapters.base import marked
from tallystick.brief.chapters.trust_leans import SMALL, dagger, origin_words, signed
from tallystick.brief.document import Column, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import interval_of, is_worth_asking, leans_on, narrows, obtainable, others, percent
from tallystick.brief.names import estimate_name
from tallystick.brief.prose import EIGHTY, alternative, join, method, para, tell
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.trust import Leading

NONE = "\u2013"


def other_figures(facts: Facts) -> Section | None:
    """None where every leading figure is of an estimand that the front page sets large, or none was asked."""
    pairs = [pair for pair in others(facts) if leans_on(facts, pair[0]) or narrows(facts, pair[0])]
    if not pairs:
        return None
    told = para("The same two questions of the other headline figures, in short: one row for each.")
    return Section(id="trust-others", title="The other headline figures", blocks=(told, _table(facts, pairs)))


def _table(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> Table:
    columns = (
        Column(title="Figure", width=1.5),
        Column(title="As it stands", align="right", width=1.3),
        Column(title="Moved most without", width=1.8),
        Column(title="It would be", align="right", width=1.3),
        Column(title="Narrowed most by", width=1.8),
        Column(title="Interval narrower by", align="right"),
    )
    note = join(
        "In brackets, how far the median moves, in percent of the width of the ", EIGHTY, " interval; what moves it by "
        "less than ", method(percent(SMALL)), " is not named. Every origin stands in the data file leave-one-out. ",
        *dagger(facts, [e for _, e in pairs]),
    )  # fmt: skip
    return Table(
        id="trust-others",
        columns=columns,
        rows=tuple(
            (tell(estimate_name(facts, e)), marked(facts, e), *_moved(facts, figure, e), *_narrowed(facts, figure))
            for figure, e in pairs
        ),
        caption=join("Other headline figures: median and ", EIGHTY, " interval"),
        note=note,
    )


def _moved(facts: Facts, figure: Leading, e: Estimate) -> tuple[Spans, Spans]:
    """The origin that moves the figure most, and what it would be without it."""
    found = [one for one in leans_on(facts, figure)[:1] if abs(one.move) >= SMALL]
    if not found:
        return join("no single origin"), join(NONE)
    (one,) = found
    hint = "" if one.reliable else "; a hint only"
    return origin_words(facts, one), join(alternative(e, interval_of(one)), " (", method(signed(one.move)), hint, ")")


def _narrowed(facts: Facts, figure: Leading) -> tuple[Spans, Spans]:
    """What would narrow the figure most, and by how much."""
    found = [one for one in narrows(facts, figure)[:1] if is_worth_asking(one)]
    if not found:
        return join("nothing on the list"), join(NONE)
    (one,) = found
    return tell(str(obtainable(facts)[one.observation]["name"])), (method(percent(one.width)),)
