"""The what-ifs in two tables: those that order nobody home, and forced return apart, with what is assumed for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.brief.cards_runs import shown_assumptions
from tallystick.brief.chapters.what_if_links import assumed_names, through
from tallystick.brief.chapters.what_if_tables import NOTE, Shown, cell, head_of, in_cell, speaks
from tallystick.brief.chapters.what_if_words import here, puts_elsewhere
from tallystick.brief.document import Column, Ref, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, join
from tallystick.brief.simulated import HEAD, ORDERED, Kind, Simulated
from tallystick.brief.words.assumed import assumption_name
from tallystick.brief.words.grammar import lower_first

NO_RANKING = (
    " Rows stand in the order of medians, which is no ranking: it hangs on how strong each what-if was assumed to be "
    "and on sizes that nobody has measured."
)
FORCED_NOTE = (
    " A forced return is a harm and no plain success: fewer are there since people were sent back, protected people "
    "among them, and what happens to them after it is not counted."
)


def short_tables(facts: Facts, found: Simulated) -> Iterator[Table]:
    """A row for each what-if, the baseline's level first; those that order people home in a table of their own."""
    place = join("Workers ", here(facts, found, found.ordered), ", ", date_of(str(found.last)))
    yield _table(facts, found, "what-if-short", found.unforced, place, join(NO_RANKING))
    if found.forced:
        apart = join("Forced return: what-ifs that order people home. ", *place)
        yield _table(facts, found, "what-if-forced", found.forced, apart, join(FORCED_NOTE))


def _table(facts: Facts, found: Simulated, id: str, ids: Sequence[str], caption: Spans, note: Spans) -> Table:
    of_home = (Shown(ORDERED, "Ordered home, all hosts, since the start"),) if ids == found.forced else ()
    shown = tuple(
        each for each in (Shown("sent", "Sent to all hosts, in the year"), *of_home) if speaks(found, each.outcome)
    )
    columns = (
        Column(title="What-if", width=1.8),
        Column(title="Workers, end of year", align="right", width=1.6),
        *(Column(title=each.title, align="right", width=1.5) for each in shown),
        Column(title="Assumed beside the sizes of loops, and what it hangs on most", width=2.2),
    )
    rows = (
        _row(facts, found, "level", found.baseline, shown),
        *(_row(facts, found, "effect", scenario, shown) for scenario in ids),
    )
    return Table(id=id, columns=columns, rows=rows, caption=caption, note=join(*NOTE, *note))


def _row(facts: Facts, found: Simulated, kind: Kind, id: str, shown: tuple[Shown, ...]) -> tuple[Spans, ...]:
    return (
        head_of(found, kind, id),
        cell(found, kind, id, Shown(HEAD, "")),
        *(_of_all(found, kind, id, each) for each in shown),
        join("\u2013") if kind == "level" else _laid_down(facts, found, id),
    )


def _of_all(found: Simulated, kind: Kind, id: str, shown: Shown) -> Spans:
    """A cell of all hosts together. However few are ordered home, they are no dot."""
    row = found.find(kind, id, shown.outcome)
    if shown.outcome != ORDERED or kind == "level" or row is None:
        return cell(found, kind, id, shown)
    return in_cell(row, kind, shown)


def _laid_down(facts: Facts, found: Simulated, id: str) -> Spans:
    """What is assumed for a what-if alone, then the assumed number that its effect hangs on most."""
    if found.verdict(id, HEAD) == "none":
        return join("that nothing leads to the number")
    parts = [*(join(each) for each in _assumed(found, id)), *assumed_names(facts, found, id), *_most(facts, found, id)]
    return join(*(join("; " if at else "", *part) for at, part in enumerate(parts))) if parts else join("\u2013")


def _most(facts: Facts, found: Simulated, id: str) -> Iterator[Spans]:
    """The assumed number that the effect hangs on most, where it is none of those already named."""
    shown, named = shown_assumptions(facts), through(facts, found, id)
    of = [s for s in found.alone.shares if (s.scenario, s.outcome) == (id, HEAD)] if found.alone is not None else []
    most = max((share for share in of if share.factor in shown), key=lambda share: share.share, default=None)
    if most is not None and most.factor not in named:
        yield (Ref(lower_first(assumption_name(most.factor)), "assumption", most.factor),)


def _assumed(found: Simulated, id: str) -> Iterator[str]:
    """What is laid down for this what-if alone and is no result of the runs."""
    if found.scenarios[id].belief:
        yield "what it believes"
    if puts_elsewhere(found, id):
        yield "that they go there"
