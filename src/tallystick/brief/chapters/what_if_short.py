"""The what-ifs in one table: how far each moves the number, beside chance, whom it orders home, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tallystick.brief.cards_runs import shown_assumptions
from tallystick.brief.chapters.what_if_plain import REFUSAL
from tallystick.brief.chapters.what_if_tables import NOTE, Shown, cell, head_of, in_cell, speaks
from tallystick.brief.chapters.what_if_words import figure, here, puts_elsewhere
from tallystick.brief.document import Column, Ref, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, join, listed
from tallystick.brief.simulated import HEAD, ORDERED, Kind, Simulated, Verdict
from tallystick.brief.words.assumed import assumption_name
from tallystick.brief.words.grammar import lower_first
from tallystick.brief.words.numbers import plain
from tallystick.brief.words.rounding import significant

BESIDE: Final[Mapping[Verdict, str]] = {
    "none": "none", "small": "less", "near": "about as much", "unsure": "more, either way", "lowers": "more",
    "raises": "more",
}  # fmt: skip


def short_table(facts: Facts, found: Simulated) -> Table:
    """A row for each what-if, the baseline's level first."""
    wanted = (
        Shown("sent", "Sent to all hosts, in the year"),
        Shown(ORDERED, "Ordered home, all hosts, since the start"),
    )
    shown = tuple(each for each in wanted if speaks(found, each.outcome))
    columns = (
        Column(title="What-if", width=1.8),
        Column(title="Workers, end of year", align="right", width=1.6),
        Column(title="Beside chance", width=0.8),
        *(Column(title=each.title, align="right", width=1.5) for each in shown),
        Column(title="Assumed for it, and what it hangs on most", width=1.8),
    )
    rows = (
        _row(facts, found, "level", found.baseline, shown),
        *(_row(facts, found, "effect", id, shown) for id in found.ordered),
    )
    caption = join("Workers ", here(facts, found, found.ordered), ", ", date_of(str(found.last)))
    return Table(id="what-if-short", columns=columns, rows=rows, caption=caption, note=join(*NOTE, *_how(found)))


def _row(facts: Facts, found: Simulated, kind: Kind, id: str, shown: tuple[Shown, ...]) -> tuple[Spans, ...]:
    is_level = kind == "level"
    return (
        head_of(found, kind, id),
        cell(found, kind, id, Shown(HEAD, "")),
        join("\u2013" if is_level else BESIDE[found.verdict(id, HEAD)]),
        *(_of_all(found, kind, id, each) for each in shown),
        join("\u2013") if is_level else _laid_down(facts, found, id),
    )


def _of_all(found: Simulated, kind: Kind, id: str, shown: Shown) -> Spans:
    """A cell of all hosts together. However few are ordered home, they are no dot."""
    row = found.find(kind, id, shown.outcome)
    if shown.outcome != ORDERED or kind == "level" or row is None:
        return cell(found, kind, id, shown)
    return in_cell(row, kind, shown) if found.orders_home(id) else join("\u00b7")


def _laid_down(facts: Facts, found: Simulated, id: str) -> Spans:
    """What is assumed for a what-if alone, then the assumed number that its effect hangs on most."""
    parts = [join(each) for each in _assumed(found, id)]
    shown = shown_assumptions(facts)
    of = [s for s in found.alone.shares if (s.scenario, s.outcome) == (id, HEAD)] if found.alone is not None else []
    most = max((share for share in of if share.factor in shown), key=lambda share: share.share, default=None)
    if most is not None and found.verdict(id, HEAD) != "none":
        parts.append((Ref(lower_first(assumption_name(most.factor)), "assumption", most.factor),))
    return listed(parts, "and", "; ") if parts else join("\u2013")


def _assumed(found: Simulated, id: str) -> Iterator[str]:
    """What is laid down for this what-if alone and is no result of the runs."""
    if found.scenarios[id].belief:
        yield "what it believes"
    if puts_elsewhere(found, id):
        yield "that they go there"
    if REFUSAL in found.acts(id):
        yield "the share of those refused who are sent there"
    if found.verdict(id, HEAD) == "none":
        yield "that nothing leads to the number"


def _how(found: Simulated) -> Spans:
    """How to read the table: chance, the order of rows, and what no number under orders home means."""
    width, row = found.chance_width(HEAD), found.find("level", found.baseline, HEAD)
    chance = (
        join(
            " Beside chance: whether a median is less than, about (within a third) or more than ",
            figure(row, plain(significant(width, 2)), "level"), ", the width of the ", EIGHTY, " interval that chance "
            "alone gives the baseline; what is less, no count could show.",
        )
        if width and row is not None
        else ()
    )  # fmt: skip
    return join(
        *chance, " Rows stand in the order of medians, which is no ranking: it hangs on how strong each what-if was "
        "supposed to be and on sizes that nobody has measured. Where a dot stands for those ordered home, most "
        "runs order home no more people than the baseline does.",
    )  # fmt: skip
