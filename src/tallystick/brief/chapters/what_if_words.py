"""Sentences about effects: what a what-if moves, by how much, and whether more than chance does."""

from __future__ import annotations

from typing import Final

from tallystick.brief.cards_runs import outcome_name, said
from tallystick.brief.chapters.base import where
from tallystick.brief.document import Figure, Ref, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, inside, join
from tallystick.brief.simulated import HEAD, Kind, Simulated, interval_of, is_nothing, run_id
from tallystick.brief.words.changes import mirrored, say_change, say_mean, unit_of
from tallystick.brief.words.estimates import Said, noun_for
from tallystick.scenarios.results import Row

TITLE: Final = "runs of the model"
AT_END: Final = ("workers_present", "booked_owed", "military_builders", "knowledge", "strength")  # read as a year ends
SINCE: Final = ("booked_lost", "food", "fuel", "machinery", "munitions")  # summed since the start of the runs
IN_FOCUS: Final = {  # outcomes as a sentence names them; what speaks of the focus host gets its name
    "workers_present": "the number of workers",
    "arrivals": "arrivals",
    "state_income": "what the state takes from workers",
    "booked_owed": "booked pay owed to workers",
    "booked_paid": "booked pay paid out to workers",
    "paid_at_once": "pay handed to workers directly",
    "ordered_home": "the number ordered home from work",
    "hours": "hours worked",
    "deaths": "deaths at work and from illness",
    "injuries": "injuries that end work",
}
EVERYWHERE: Final = {
    "sent": "the number sent to all hosts",
    "state_income_world": "what the state takes from workers in all hosts",
    "booked_lost": "booked pay lost in all hosts",
    "vacancies_filled": "the share of unfilled jobs that workers fill",
    "military_builders": "the number of military builders",
    "withdrawn": "the number who give up a place",
    "goods_income": "what the state is paid in goods",
}


def name(found: Simulated, scenario: str) -> Ref:
    """A what-if by its name, which opens what was pulled."""
    return Ref(found.scenarios[scenario].name, "scenario", scenario)


def thing(facts: Facts, row: Row) -> Spans:
    """An outcome with its place and time: "arrivals in X in 2030", "the number of workers in X at the end of 2030"."""
    focus = f" {where(facts, facts.focus)}"
    named = EVERYWHERE.get(row.outcome) or (
        IN_FOCUS[row.outcome] + focus if row.outcome in IN_FOCUS else outcome_name(facts, row)
    )
    return join(named, *_when(row))


def _when(row: Row) -> Spans:
    if row.outcome in SINCE:
        return join(" up to the end of ", date_of(str(row.year)))
    at_end = row.outcome.startswith(HEAD) or row.outcome in AT_END
    return join(" at the end of " if at_end else " in ", date_of(str(row.year)))


def figure(row: Row, text: str, kind: Kind = "effect") -> Figure:
    """A number of the model that opens its card."""
    return Figure(text, run=run_id(kind, row.scenario, row.outcome, row.year), title=TITLE)


def mean_figure(found: Simulated, scenario: str, outcome: str) -> Figure:
    """The mean effect over all years together; it opens its own card."""
    row = found.find("effect", scenario, outcome)
    assert row is not None, "asked for after the effect was found"
    text = say_mean(abs(found.summed(scenario, outcome)), row.unit)
    return Figure(text, run=run_id("sum", scenario, outcome, found.last), title="mean of the runs")


def level(row: Row) -> Spans:
    """A level with its interval: "12,000 (80 % interval 9,000 to 16,000)"."""
    printed = said("level", interval_of(row.figures.all), row.unit)
    return _with_interval(row, printed, "level", _noun(row))


def effect(facts: Facts, found: Simulated, scenario: str, outcome: str, year: int | None = None) -> Spans:
    """A what-if's effect as the rest of a sentence that it begins: "lowers arrivals in X in 2030 by 900 (...)"."""
    row = found.find("effect", scenario, outcome, year)
    if row is None or is_nothing(row.figures):
        shown = found.find("level", scenario, outcome, year)
        return join("does not move ", *thing(facts, shown)) if shown is not None else join("is not known")
    interval, verdict = interval_of(row.figures.all), found.verdict(scenario, outcome, year)
    if verdict in ("lowers", "raises"):
        size = interval if verdict == "raises" else mirrored(interval)
        printed = say_change(size, row.unit)
        return join(f"{verdict} ", *thing(facts, row), " by ", *_with_interval(row, printed, "effect", _noun(row)))
    printed = say_change(interval, row.unit)
    if verdict == "small":
        lead = join("moves ", *thing(facts, row), " by less than the width of chance: by ")
        return join(lead, *_with_interval(row, printed, "effect", _noun(row)))
    return join("may lower or raise ", *thing(facts, row), ": by ", *_with_interval(row, printed, "effect", _noun(row)))


def size(found: Simulated, scenario: str, outcome: str = HEAD, year: int | None = None) -> Spans:
    """An effect of one direction by its size alone: "by 5,000 (80 % interval 1,000 to 12,000)"."""
    row = found.find("effect", scenario, outcome, year)
    assert row is not None, "asked for after the effect was found"
    interval = interval_of(row.figures.all)
    printed = say_change(interval if interval.median >= 0 else mirrored(interval), row.unit)
    return join("by ", *_with_interval(row, printed, "effect", _noun(row)))


def _noun(row: Row) -> str:
    return "percentage points" if row.unit == "share" else noun_for(unit_of(row.unit))


def _with_interval(row: Row, printed: Said, kind: Kind, noun: str) -> Spans:
    first = join(figure(row, printed.median, kind), f" {noun}" if noun and noun != "persons" else "")
    if printed.low == printed.high:
        return first
    return join(
        *first, " (", EIGHTY, " interval ", figure(row, inside(printed.interval, printed.median), kind), ")"
    )  # fmt: skip
