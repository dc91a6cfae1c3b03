"""Tables of the what-ifs: effects at the last year by outcome, what their spread is made of, beliefs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tallystick.brief.cards_runs import moves_of, place_of, sure_words
from tallystick.brief.chapters.base import slug
from tallystick.brief.chapters.conditions import hours_worked
from tallystick.brief.chapters.what_if_links import not_run
from tallystick.brief.chapters.what_if_words import figure, here, name
from tallystick.brief.document import Column, Emph, Spans, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, est, join, method, refs, tell
from tallystick.brief.simulated import HEAD, LOST, NEARLY, ORDERED, Kind, Simulated, interval_of, is_nothing
from tallystick.brief.words import dates
from tallystick.brief.words.changes import in_column
from tallystick.brief.words.grammar import capital, stop
from tallystick.brief.words.numbers import plain as plain_number
from tallystick.brief.words.rounding import significant
from tallystick.scenarios.results import Row
from tallystick.scenarios.summary import Spread

MILLION = 1e-6


class Shown(NamedTuple):
    """One outcome as a column: its head, what its numbers are multiplied by, and whether they come whole."""

    outcome: str
    title: str
    factor: float = 1.0
    whole: bool = True


def _people(facts: Facts) -> tuple[Shown, ...]:
    regions = [each["id"] for each in facts.programme.tables["system"].get("region", [])]
    return (
        Shown(HEAD, "Workers, end of year"),
        *(_present(facts, "Of them", id) for id in regions),
        *(_present(facts, "Workers", id) for id in facts.programme.hosts),
        Shown("military_builders", "Military builders, in no number of workers, end of year"),
    )


def _present(facts: Facts, who: str, place: str) -> Shown:
    id = f"{HEAD}_{place}"
    return Shown(id, f"{who} {place_of(facts, id)}, end of year")


MOVING = (
    Shown("arrivals", "Arrivals"),
    Shown("sent", "Sent to all hosts"),
    Shown("withdrawn", "Give up a place that they were granted, whatever the host"),
)
MONEY = (
    Shown("state_income", "State income, in the year", MILLION, False),
    Shown("state_income_world", "State income, all hosts, in the year", MILLION, False),
    Shown("goods_income", "Of it in goods, all hosts, in the year", MILLION, False),
    Shown("paid_at_once", "Paid directly to workers, in the year", MILLION, False),
)
BORNE = (
    Shown(ORDERED, "Ordered home, all hosts, since the start"),
    Shown(LOST, "Booked pay that they lose, all hosts, since the start", MILLION, False),
    Shown("booked_lost", "Booked pay that anybody loses, all hosts, since the start †", MILLION, False),
    Shown("booked_owed", "Booked pay owed, end of year", MILLION, False),
    Shown("booked_paid", "Booked pay paid out, in the year", MILLION, False),
)
WORK = (
    Shown("hours", "Hours worked, million", MILLION, False),
    Shown(
        "vacancies_filled", "Share of unfilled jobs filled at most: percent, changes in percentage points", 100, False
    ),
)
NOT_COMPARABLE = (  # where people are ordered home: it falls since they are gone, and what they bear then is not told
    "booked_lost", "booked_owed", "booked_paid", "hours",
    "months_after_deadline_early", "months_after_deadline_stranded", "months_after_deadline_later",
)  # fmt: skip
MONTHS = (  # worker-months, by when people came
    Shown("months_after_deadline_early", "Of people who came before it"),
    Shown("months_after_deadline_stranded", "Of people whom the closed border held"),
    Shown("months_after_deadline_later", "Of people who came later"),
)
NOTE = join(
    "First row: the level of the baseline. Others: what each what-if adds to it or takes from it. Median and ",
    EIGHTY,
    " interval. A dot: next to nothing. \u201cTo nearly ",
    method("0"),
    "\u201d says what is left: a level, and no change.",
)
ELSEWHERE_NOTE = (
    " Not run: the what-if acts on firms or visas, which the model has in one host alone; it tells nothing about the "
    "others. Nor has it unfilled jobs there: a dot may be its limit and no result."
)
MONTHS_NOTE = " Not comparable where people are ordered home: fewer months after forced return are no gain to anybody."
ORDERED_NOTE = (
    " Nobody may be returned to torture or other grave harm; the runs send them, too. † Of all who leave in any "
    "way, to the end of the last year. Not comparable where people are ordered home: forced return takes it from them "
    "at once (the column before it), and later fewer are there who could be owed or lose any, which is no gain to "
    "anybody."
)
UNTOLD_NOTE = " Not told where somebody could be punished for telling."
HARM_NOTE = (
    " Fewer hours mean fewer people there, not lighter work: no what-if changes how long or how dangerous a month of "
    "work is. Deaths and injuries are not told: their rates are assumed, and nobody measured them. Not comparable "
    "where people are ordered home: what happens to them after they return is not counted. A share of jobs rises, "
    "too, where there are fewer of them."
)


def _untold(found: Simulated) -> Spans:
    """Why cells of money stand empty, where some do."""
    return join(UNTOLD_NOTE) if any(map(found.hangs_on_talk, found.ordered)) else ()


def _hours(facts: Facts) -> Spans:
    """How long one worker works, which no what-if changes."""
    found = hours_worked(facts)
    if found is None:
        return ()
    return join(" Hours of one worker, which nobody counted, are held at ", est(found), " in all of them.")


def effect_tables(facts: Facts, found: Simulated) -> Iterator[Table]:
    """People, their moves, money, what they bear, work, months after the deadline; the baseline's level first."""
    place, year = here(facts, found, found.ordered), date_of(str(found.last))
    yield _table(
        facts, found, "what-if-people", _people(facts), join("People ", place, ", ", year), join(ELSEWHERE_NOTE)
    )
    yield _table(
        facts, found, "what-if-moving", MOVING, join("Arrivals ", place, ", and people on their way, in ", year)
    )
    money, untold = join("Money ", place, ", ", year, ", in million US dollars"), _untold(found)
    yield _table(facts, found, "what-if-money", MONEY, money, untold)
    borne = join("Forced return and booked pay ", place, ", to the end of ", year, ", money in million US dollars")
    yield _table(facts, found, "what-if-borne", BORNE, borne, join(ORDERED_NOTE, *untold))
    yield _table(facts, found, "what-if-work", WORK, join("Work ", place, ", ", year), join(HARM_NOTE, *_hours(facts)))
    deadline = date_of(dates.day(facts.programme.deadline))
    months = join("Worker-months after ", deadline, " ", place, ", ", year)
    yield _table(facts, found, "what-if-months", MONTHS, months, join(MONTHS_NOTE))


def _table(
    facts: Facts, found: Simulated, id: str, wanted: tuple[Shown, ...], caption: Spans, note: Spans = ()
) -> Table:  # fmt: skip
    shown = tuple(each for each in wanted if speaks(found, each.outcome))
    rows = (
        _row(facts, found, "level", found.baseline, shown),
        *(_row(facts, found, "effect", scenario, shown) for scenario in found.ordered),
    )
    columns = (
        Column(title="What-if", width=2),
        *(Column(title=each.title, align="right", width=_room(rows, at)) for at, each in enumerate(shown, 1)),
    )
    return Table(id=id, columns=columns, rows=rows, caption=caption, note=join(*NOTE, *note))


def _room(rows: tuple[tuple[Spans, ...], ...], at: int) -> float:
    """A wish that gives a column the room of its longest cell, though most of its cells hold a dot."""
    lengths = [len(plain(row[at])) for row in rows]
    return max(lengths) * len(lengths) / sum(lengths)


def speaks(found: Simulated, outcome: str) -> bool:
    """Whether the outcome is anything in the baseline, or moved by any what-if."""
    rows = (found.find("level", found.baseline, outcome), *(found.find("effect", id, outcome) for id in found.ordered))
    return any(row is not None and not is_nothing(row.figures) for row in rows)


def _row(facts: Facts, found: Simulated, kind: Kind, scenario: str, shown: tuple[Shown, ...]) -> tuple[Spans, ...]:
    cells = (
        join("not run") if kind == "effect" and not_run(facts, found, scenario, each.outcome)
        else cell(found, kind, scenario, each)
        for each in shown
    )  # fmt: skip
    return (head_of(found, kind, scenario), *cells)


def head_of(found: Simulated, kind: Kind, scenario: str) -> Spans:
    """The name of a what-if at the head of its row, and whether it orders people home."""
    if kind == "level":
        return join(name(found, scenario), Emph(" (baseline: level)"))
    return join(name(found, scenario), Emph(" (forced return)") if found.orders_home(scenario) else "")


def _is_tiny(found: Simulated, row: Row) -> bool:
    """Whether even the ends of an interval are next to nothing beside the largest median of its column."""
    base = found.find("level", found.baseline, row.outcome)
    others = (found.find("effect", id, row.outcome) for id in found.ordered)
    largest = max(abs(each.figures.all.median) for each in (base, *others) if each is not None)
    moved = interval_of(row.figures.all)
    return max(abs(moved.lower_80), abs(moved.median), abs(moved.upper_80)) < largest * NEARLY


def cell(found: Simulated, kind: Kind, scenario: str, shown: Shown) -> Spans:
    """A level or an effect with its interval; a dot for next to nothing."""
    row = found.find(kind, scenario, shown.outcome)
    left = found.find("level", scenario, shown.outcome)
    if kind == "effect" and shown.outcome in NOT_COMPARABLE and found.orders_home(scenario):
        return join("not comparable")
    if kind == "effect" and left is not None and found.ends_near_nothing(scenario, shown.outcome):
        return (figure(left, "to nearly 0", "level"),)
    if row is None:
        return join("not told" if _has_no_price(found, scenario, shown.outcome) else "\u2013")
    return _change(found, row, kind, shown)


def _has_no_price(found: Simulated, scenario: str, outcome: str) -> bool:
    base = found.find("level", found.baseline, outcome)
    return base is not None and found.has_no_price(scenario, base.unit)


def _change(found: Simulated, row: Row, kind: Kind, shown: Shown) -> Spans:
    if kind == "level" and not is_nothing(row.figures) and _is_tiny(found, row):
        return (figure(row, "nearly 0", "level"),)
    if kind == "effect" and (is_nothing(row.figures) or _is_tiny(found, row)):
        return join("\u00b7")
    median, interval = in_column(interval_of(row.figures.all), factor=shown.factor, whole=shown.whole)
    return join("\u00b7") if kind == "effect" and median == interval == "0" else in_cell(row, kind, shown)


def in_cell(row: Row, kind: Kind, shown: Shown) -> Spans:
    """Median and interval, however small."""
    median, interval = in_column(interval_of(row.figures.all), factor=shown.factor, whole=shown.whole)
    first = figure(row, median, kind)
    return (first,) if median == interval else join(first, " (", figure(row, interval, kind), ")")


# Where the spread comes from --------------------------------------------------------------------------------


def spread_table(facts: Facts, found: Simulated) -> Table:
    """For the number present: the interval of parameters alone and of chance alone, and how sure the direction is."""
    columns = (
        Column(title="What-if", width=2.2),
        Column(title="Effect", align="right"),
        Column(title="From unknown sizes alone", align="right"),
        Column(title="From chance alone, either way", align="right"),
        Column(title="Same sign", align="right"),
    )
    rows = (
        _spread_row(found, "level", found.baseline),
        *(_spread_row(found, "effect", scenario) for scenario in found.ordered),
    )
    place = here(facts, found, found.ordered)
    caption = join("What the spread is made of: the number of workers ", place, ", end of ", date_of(str(found.last)))
    note = join(
        "Unknown sizes: the interval if chance were always average, and only what is fitted and assumed were unknown, "
        "the plan of arrivals among it. Chance: by how much two futures would still differ if every size were known; "
        "half the width of its interval. Both ",
        EIGHTY,
        " intervals, around the mean of the runs. Same sign: the share of draws (sets of sizes) in which the effect "
        "has the sign of its median. It is high because the map of the model lays down which way each loop pushes; it "
        "says nothing on whether the map is right, and is not told where somebody could be punished for telling.",
    )
    return Table(id="what-if-spread", columns=columns, rows=rows, caption=caption, note=note)


def _spread_row(found: Simulated, kind: Kind, scenario: str) -> tuple[Spans, ...]:
    row, head = found.find(kind, scenario, HEAD), head_of(found, kind, scenario)
    if row is None:
        return (head, *(join("\u2013") for _ in range(4)))
    sure = row.figures.same_sign
    if kind == "effect" and (is_nothing(row.figures) or _is_tiny(found, row)):
        return (head, *(join("\u00b7") for _ in range(4)))
    return (
        head,
        _change(found, row, kind, Shown(HEAD, "")),
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
        (join("Changed"), *(tell(stop(capital(all_changes(found, id)))) for id in ids)),
        *_compared(facts, found, ids),
        (join("Reports"), *(refs(facts, found.scenarios[id].evidence) for id in ids)),
    )
    caption = join(tell(title), ": the answer hangs on which is believed. Effects in ", date_of(str(found.last)))
    return Table(id=f"what-if-{slug(title)}", columns=columns, rows=rows, caption=caption)


def all_changes(found: Simulated, id: str) -> str:
    """Everything that a what-if changes, in one line."""
    return "; ".join(moves_of(found, found.scenarios[id]))


def _compared(facts: Facts, found: Simulated, ids: tuple[str, ...]) -> Iterator[tuple[Spans, ...]]:
    place = here(facts, found, ids)
    wanted = (
        Shown(HEAD, f"Workers {place}, end of year"),
        Shown("arrivals", f"Arrivals {place}"),
        Shown("state_income", f"State income {place}, million US dollars", MILLION, False),
        Shown("booked_owed", f"Booked pay owed {place}, million US dollars", MILLION, False),
    )
    for each in wanted:
        if speaks(found, each.outcome):
            yield join(each.title), *(cell(found, "effect", id, each) for id in ids)
