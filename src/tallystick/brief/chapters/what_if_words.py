"""Sentences about effects: what a what-if moves, by how much, and whether more than chance does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tallystick.brief.cards_runs import place_of, said
from tallystick.brief.chapters.base import where
from tallystick.brief.document import Figure, Ref, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, inside, join
from tallystick.brief.simulated import HEAD, LOST, ORDERED, Kind, Simulated, interval_of, is_nothing, run_id
from tallystick.brief.words.changes import mirrored, say_change, unit_of
from tallystick.brief.words.estimates import Said, noun_for
from tallystick.scenarios.results import Row

TITLE: Final = "runs of the model"
AT_END: Final = ("workers_present", "booked_owed", "military_builders", "knowledge", "strength")  # read as a year ends
SINCE: Final = (  # summed since the start of the runs
    "arrivals_since", ORDERED, LOST, "booked_lost", "food", "fuel", "machinery", "munitions", "technology", "cover",
    "state_income_since", "cash_income_since",
)  # fmt: skip
PRESENCE: Final = "region:"  # what a lever acts on that puts workers on other land
IN_FOCUS: Final = {  # outcomes as a sentence names them; what speaks of the focus host gets its name
    "workers_present": "the number of workers",
    "arrivals": "arrivals",
    "arrivals_since": "arrivals",
    "state_income": "what the state takes from workers",
    "booked_owed": "booked pay owed to workers",
    "booked_paid": "booked pay paid out to workers",
    "paid_at_once": "pay handed to workers directly",
    "hours": "hours worked",
}
EVERYWHERE: Final = {
    ORDERED: "the number ordered home from all hosts",
    LOST: "the booked pay that those ordered home from all hosts lose",
    "sent": "the number sent to all hosts",
    "state_income_world": "what the state takes from workers in all hosts",
    "booked_lost": "booked pay lost in all hosts",
    "vacancies_filled": "the share of unfilled jobs that workers fill",
    "military_builders": "the number of military builders",
    "withdrawn": "the number who give up a place",
    "goods_income": "what the state is paid in goods",
}


def name(found: Simulated, scenario: str) -> Ref:
    """A what-if by its name, which opens what it changes."""
    return Ref(found.scenarios[scenario].name, "scenario", scenario)


def called(found: Simulated, scenario: str) -> Spans:
    """A what-if by its name within a sentence, where the name needs its marks."""
    return join("\u201c", name(found, scenario), "\u201d")


def here(facts: Facts, found: Simulated, scenarios: Iterable[str]) -> str:
    """Where the workers of these what-ifs are: on other land, too, where one of them puts them there."""
    land = facts.says("land_counted_with_host", before=" and ")
    return where(facts, facts.focus) + (land if any(puts_elsewhere(found, id) for id in scenarios) else "")


def puts_elsewhere(found: Simulated, scenario: str) -> bool:
    """Whether a what-if puts workers into a region that it names."""
    return any(act.startswith(PRESENCE) for act in found.acts(scenario))


def thing(facts: Facts, found: Simulated, row: Row) -> Spans:
    """An outcome with its place and time: "arrivals in X in 2030", "the number of workers in X at the end of 2030".

    The place is that of all what-ifs, whichever is spoken of: one number has one name.
    """
    place = place_of(facts, row.outcome)
    if place:
        named = f"{IN_FOCUS[HEAD]} {place}"
    elif row.outcome in IN_FOCUS:
        named = f"{IN_FOCUS[row.outcome]} {here(facts, found, found.ordered)}"
    else:
        named = EVERYWHERE.get(row.outcome, row.name)
    return join(named, *_when(row))


def _when(row: Row) -> Spans:
    if row.outcome in SINCE:
        return join(" up to the end of ", date_of(str(row.year)))
    at_end = row.outcome.startswith(HEAD) or row.outcome in AT_END
    return join(" at the end of " if at_end else " in ", date_of(str(row.year)))


def figure(row: Row, text: str, kind: Kind = "effect") -> Figure:
    """A number of the model that opens its card."""
    return Figure(text, run=run_id(kind, row.scenario, row.outcome, row.year), title=TITLE)


def level(row: Row) -> Spans:
    """A level with its interval: "12,000 (80 % interval 9,000 to 16,000)"."""
    printed = said("level", interval_of(row.figures.all), row.unit)
    return _with_interval(row, printed, "level", noun_for(unit_of(row.unit)))


def effect(facts: Facts, found: Simulated, scenario: str, outcome: str, year: int | None = None) -> Spans:
    """A what-if's effect as the rest of a sentence that it begins: "lowers arrivals in X in 2030 by 900 (...)"."""
    row = found.find("effect", scenario, outcome, year)
    if row is None or is_nothing(row.figures):
        shown = found.find("level", scenario, outcome, year)
        return join("does not move ", *thing(facts, found, shown)) if shown is not None else join("is not known")
    named, verdict = thing(facts, found, row), found.verdict(scenario, outcome, year)
    if verdict in ("lowers", "raises"):
        return join(f"{verdict} ", *named, " ", *size(found, scenario, outcome, year))
    if verdict == "unsure":
        return join("may lower or raise ", *named, ": by ", *change(row))
    shows = "too little" if verdict == "small" else "hardly enough"
    return join(*_either_way(row, named), f", {shows} for a count to show")


def _either_way(row: Row, named: Spans) -> Spans:
    """A small effect: with its direction where its interval has one, since what-ifs share their random numbers."""
    interval = interval_of(row.figures.all)
    if interval.lower_80 <= 0 <= interval.upper_80:
        return join("moves ", *named, " by ", *change(row))
    return join("lowers " if interval.median < 0 else "raises ", *named, " by ", *amount(row))


def size(found: Simulated, scenario: str, outcome: str = HEAD, year: int | None = None) -> Spans:
    """An effect of one direction by its size alone: "by 5,000 (80 % interval 1,000 to 12,000)", or what is left."""
    if found.ends_near_nothing(scenario, outcome, year):
        base = found.find("level", found.baseline, outcome, year)
        assert base is not None, "compared with what is left"
        return join("to nearly nothing, from ", *level(base))
    row = found.find("effect", scenario, outcome, year)
    assert row is not None, "asked for after the effect was found"
    return join("by ", *amount(row))


def amount(row: Row, noun: str = "") -> Spans:
    """The size of an effect without its sign: "5,000 people (80 % interval 1,000 to 12,000)"."""
    interval = interval_of(row.figures.all)
    printed = say_change(interval if interval.median >= 0 else mirrored(interval), row.unit)
    return _with_interval(row, printed, "effect", noun or _noun(row))


def change(row: Row) -> Spans:
    """An effect of either direction with its sign: "-40 (80 % interval -300 to 200)"."""
    return _with_interval(row, say_change(interval_of(row.figures.all), row.unit), "effect", _noun(row))


def _noun(row: Row) -> str:
    return "percentage points" if row.unit == "share" else noun_for(unit_of(row.unit))


def _with_interval(row: Row, printed: Said, kind: Kind, noun: str) -> Spans:
    first = join(figure(row, printed.median, kind), f" {noun}" if noun and noun != "persons" else "")
    if printed.low == printed.high:
        return first
    return join(
        *first, " (", EIGHTY, " interval ", figure(row, inside(printed.interval, printed.median), kind), ")"
    )  # fmt: skip
