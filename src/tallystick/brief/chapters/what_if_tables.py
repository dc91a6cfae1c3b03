"""Tables of the what-ifs: effects at the last year by outcome, what their spread is made of, beliefs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tallystick.brief.cards_runs import pulled, sure_words
from tallystick.brief.chapters.base import slug, where
from tallystick.brief.chapters.what_if_words import figure, name
from tallystick.brief.document import Column, Emph, Spans, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, join, method, refs, tell
from tallystick.brief.simulated import HEAD, RETURN, Kind, Simulated, interval_of, is_nothing
from tallystick.brief.words.changes import in_column
from tallystick.brief.words.grammar import capital, stop
from tallystick.brief.words.numbers import plain as plain_number
from tallystick.brief.words.rounding import significant
from tallystick.scenarios.results import Row
from tallystick.scenarios.summary import Spread

THOUSAND, MILLION = 1e-3, 1e-6


class Shown(NamedTuple):
    """One outcome as a column: its head, what its numbers are multiplied by, and whether they come whole."""

    outcome: str
    title: str
    factor: float = 1.0
    whole: bool = True


def _people(here: str) -> tuple[Shown, ...]:
    return (
        Shown("workers_present", f"Workers {here}, end of year"),
        Shown("arrivals", f"Arrivals {here}, in the year"),
        Shown("sent", "Sent to all hosts, in the year"),
        Shown("months_after_deadline_early", "Worker-months past the deadline: came before it"),
        Shown("months_after_deadline_stranded", "The same: held by the closed border"),
        Shown("months_after_deadline_later", "The same, in thousands: came later", THOUSAND, False),
    )


def _money(here: str) -> tuple[Shown, ...]:
    return (
        Shown("state_income", f"State income {here}, in the year", MILLION, False),
        Shown("state_income_world", "State income, all hosts, in the year", MILLION, False),
        Shown("booked_owed", f"Booked pay owed {here}, end of year", MILLION, False),
        Shown("booked_paid", f"Booked pay paid out {here}, in the year", MILLION, False),
        Shown("booked_lost", "Booked pay lost, all hosts, since the start", MILLION, False),
        Shown("paid_at_once", f"Paid directly {here}, in the year", MILLION, False),
    )


def _work() -> tuple[Shown, ...]:
    return (
        Shown("hours", "Hours worked, million", MILLION, False),
        Shown("deaths", "Deaths at work and from illness"),
        Shown("injuries", "Injuries that end work"),
        Shown("vacancies_filled", "Unfilled jobs that workers fill, percentage points", 100, False),
        Shown("ordered_home", "Ordered home"),
        Shown("military_builders", "Military builders, end of year"),
    )


def effect_tables(facts: Facts, found: Simulated) -> Iterator[Table]:
    """Persons, money, and work with its harm: a row for each what-if, the level of the baseline first."""
    here, year = where(facts, facts.focus), date_of(str(found.last))
    yield _table(found, "what-if-people", _people(here), join("People in ", year))
    money = join("Money in ", year, ", in million US dollars")
    forced = any(RETURN in found.acts(id) for id in found.ordered)
    yield _table(found, "what-if-money", _money(here), money, join(*NOTE, " ", *LOST) if forced else NOTE)
    yield _table(found, "what-if-work", _work(), join("Work, harm and jobs in ", year, " ", here))


def _table(found: Simulated, id: str, wanted: tuple[Shown, ...], caption: Spans, note: Spans = ()) -> Table:
    shown = tuple(each for each in wanted if _speaks(found, each.outcome))
    rows = (
        _row(found, "level", found.baseline, shown),
        *(_row(found, "effect", scenario, shown) for scenario in found.ordered),
    )
    columns = (
        Column(title="What-if", width=2),
        *(Column(title=each.title, align="right", width=_room(rows, at)) for at, each in enumerate(shown, 1)),
    )
    return Table(id=id, columns=columns, rows=rows, caption=caption, note=note or NOTE)


def _room(rows: tuple[tuple[Spans, ...], ...], at: int) -> float:
    """A wish that gives a column the room of its longest cell, though most of its cells hold a dot."""
    lengths = [len(plain(row[at])) for row in rows]
    return max(lengths) * len(lengths) / sum(lengths)


def _speaks(found: Simulated, outcome: str) -> bool:
    """Whether the outcome is anything in the baseline, or moved by any what-if."""
    rows = (found.find("level", found.baseline, outcome), *(found.find("effect", id, outcome) for id in found.ordered))
    return any(row is not None and not is_nothing(row.figures) for row in rows)


NOTE = join(
    "The first row is the level when it goes as it goes, all others what each what-if adds to it or takes from it in "
    "the same runs: median and ",
    EIGHTY,
    " interval. A dot: nothing moves, or less than a thousandth of the level.",
)
LOST = join(
    "Booked pay lost counts from the start of the runs: forced return raises it at first; later nobody is left to lose "
    "any, so that the sum may end below that of the runs in which nothing is changed.",
)


def _row(found: Simulated, kind: Kind, scenario: str, shown: tuple[Shown, ...]) -> tuple[Spans, ...]:
    head = join(name(found, scenario), Emph(" (level)") if kind == "level" else "")
    return (head, *(_cell(found, kind, scenario, each) for each in shown))


def _is_tiny(found: Simulated, row: Row) -> bool:
    """Whether even the ends of an effect's interval are less than a thousandth of the level of the baseline."""
    base, moved = found.find("level", found.baseline, row.outcome), interval_of(row.figures.all)
    size = 0.0 if base is None else max(map(abs, base.figures.all.quantiles))
    return max(abs(moved.lower_80), abs(moved.median), abs(moved.upper_80)) < size / 1000


def _cell(found: Simulated, kind: Kind, scenario: str, shown: Shown) -> Spans:
    row = found.find(kind, scenario, shown.outcome)
    if row is None:
        return join("\u2013")
    if kind == "effect" and is_nothing(row.figures):
        return join("\u00b7")
    if kind == "effect" and _is_tiny(found, row):
        return join("\u00b7")
    median, interval = in_column(interval_of(row.figures.all), factor=shown.factor, whole=shown.whole)
    first = figure(row, median, kind)
    return (first,) if median == interval else join(first, " (", figure(row, interval, kind), ")")


# Where the spread comes from --------------------------------------------------------------------------------


def spread_table(facts: Facts, found: Simulated) -> Table:
    """For the number present: the interval of parameters alone and of chance alone, and how sure the direction is."""
    columns = (
        Column(title="What-if", width=2.2),
        Column(title="Effect", align="right"),
        Column(title="From parameters alone", align="right"),
        Column(title="From chance alone, either way", align="right"),
        Column(title="Draws with this sign", align="right"),
    )
    rows = (
        _spread_row(found, "level", found.baseline),
        *(_spread_row(found, "effect", scenario) for scenario in found.ordered),
    )
    caption = join(
        "What the spread is made of: the number of workers ", where(facts, facts.focus), ", end of ",
        date_of(str(found.last)),
    )  # fmt: skip
    note = join(
        "Parameters: what is fitted and assumed; chance: what would still differ if all of it were known, as half the "
        "width of its interval. Both ",
        EIGHTY,
        " intervals, around the mean of the runs.",
    )
    return Table(id="what-if-spread", columns=columns, rows=rows, caption=caption, note=note)


def _spread_row(found: Simulated, kind: Kind, scenario: str) -> tuple[Spans, ...]:
    row = found.find(kind, scenario, HEAD)
    head = join(name(found, scenario), Emph(" (level)") if kind == "level" else "")
    if row is None:
        return (head, *(join("\u2013") for _ in range(4)))
    sure = row.figures.same_sign
    whole = Shown(HEAD, "")
    if kind == "effect" and (is_nothing(row.figures) or _is_tiny(found, row)):
        return (head, *(join("\u00b7") for _ in range(4)))
    return (
        head,
        _cell(found, kind, scenario, whole),
        _alone(row, kind, row.figures.parameters),
        _either_way(row, kind, row.figures.chance),
        join("\u2013") if kind == "level" or sure is None else (method(sure_words(sure)),),
    )


def _alone(row: Row, kind: Kind, spread: Spread | None) -> Spans:
    if spread is None:
        return join("\u2013")
    _, interval = in_column(interval_of(spread), factor=1, whole=True)
    return (figure(row, interval, kind),)


def _either_way(row: Row, kind: Kind, spread: Spread | None) -> Spans:
    if spread is None:
        return join("\u2013")
    found = interval_of(spread)
    return (figure(row, "\u00b1" + plain_number(significant((found.upper_80 - found.lower_80) / 2, 2)), kind),)


# Beliefs ----------------------------------------------------------------------------------------------------


def beliefs(found: Simulated) -> Mapping[str, tuple[str, ...]]:
    """What-ifs that ask one question under several beliefs, by the words before the colon of their names."""
    groups: dict[str, list[str]] = {}
    for id in found.ordered:
        each = found.scenarios[id]
        if each.belief:
            groups.setdefault(each.name.partition(":")[0], []).append(id)
    return {title: tuple(ids) for title, ids in groups.items() if len(ids) > 1}


def belief_table(facts: Facts, found: Simulated, title: str, ids: tuple[str, ...]) -> Table:
    """One question, each belief in a column of its own."""
    columns = (Column(title="", width=0.8), *(Column(title=(name(found, id),)) for id in ids))
    rows = (
        (join("Believed"), *(tell(stop(found.scenarios[id].belief)) for id in ids)),
        (join("Pulled"), *(tell(stop(capital(all_pulled(found, id)))) for id in ids)),
        *_compared(facts, found, ids),
        (join("Reports"), *(refs(facts, found.scenarios[id].evidence) for id in ids)),
    )
    caption = join(tell(title), ": the answer hangs on which is believed. Effects in ", date_of(str(found.last)))
    return Table(id=f"what-if-{slug(title)}", columns=columns, rows=rows, caption=caption)


def all_pulled(found: Simulated, id: str) -> str:
    """Every pull of a what-if, in one line."""
    return "; ".join(pulled(found, pull) for pull in found.scenarios[id].pulls)


def _compared(facts: Facts, found: Simulated, ids: tuple[str, ...]) -> Iterator[tuple[Spans, ...]]:
    here = where(facts, facts.focus)
    wanted = (
        Shown(HEAD, f"Workers {here}, end of year"),
        Shown("arrivals", f"Arrivals {here}"),
        Shown("state_income", f"State income {here}, million US dollars", MILLION, False),
        Shown("booked_owed", f"Booked pay owed {here}, million US dollars", MILLION, False),
    )
    for each in wanted:
        if _speaks(found, each.outcome):
            yield join(each.title), *(_cell(found, "effect", id, each) for id in ids)
