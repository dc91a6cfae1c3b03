"""The other headline figures: of each, the origin that moves it most, and what would narrow it most."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.brief.chapters.base import marked
from tallystick.brief.chapters.trust_leans import NONE, SMALL, dagger, origin_words, signed
from tallystick.brief.document import Column, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import (
    UNANSWERED,
    interval_of,
    leans_on,
    narrows,
    obtainable,
    others,
    percent,
    unanswered,
    unanswered_anywhere,
    worth_asking,
)
from tallystick.brief.names import estimate_name
from tallystick.brief.prose import EIGHTY, alternative, how_many, join, method, para, tell
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.trust import Leading


def other_figures(facts: Facts) -> Section | None:
    """None where every leading figure is of an estimand that the front page sets large, or none was asked."""
    pairs = [
        (figure, e)
        for figure, e in others(facts)
        if leans_on(facts, figure) or unanswered(facts, figure) or narrows(facts, figure)
    ]
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
        "less than ", method(percent(SMALL)), " is not named. ", *_unknown(facts),
        "Every origin stands in the data file leave-one-out. ",
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


def _unknown(facts: Facts) -> Spans:
    """Without how many origins nothing is known of the figures."""
    missing = len(unanswered_anywhere(facts))
    return join("What they would be without ", how_many(missing, "origin"), " is not known. ") if missing else ()


def _moved(facts: Facts, figure: Leading, e: Estimate) -> tuple[Spans, Spans]:
    """The origin that moves the figure most, of those that can be told, and what it would be without it."""
    ranked = leans_on(facts, figure)
    if not ranked and unanswered(facts, figure):
        return join(UNANSWERED), join(NONE)
    if not ranked or abs(ranked[0].move) < SMALL:
        return join("no single origin"), join(NONE)
    return origin_words(facts, ranked[0]), join(
        alternative(e, interval_of(ranked[0])), " (", method(signed(ranked[0].move)), ")"
    )


def _narrowed(facts: Facts, figure: Leading) -> tuple[Spans, Spans]:
    """What would narrow the figure most, and by how much."""
    found = worth_asking(facts, figure)[:1]
    if not found:
        return join("nothing on the list"), join(NONE)
    (one,) = found
    return tell(str(obtainable(facts)[one.observation]["name"])), (method(percent(one.width)),)
