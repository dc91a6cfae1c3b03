"""What each chart shows, as a sentence; and its numbers in words, for a reader who cannot see it.

A headline gives medians, says "about", and leaves the interval to the drawing below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallystick.brief.backing import CUMULATIVE
from tallystick.brief.chapters.base import at, by_part, row_period, where
from tallystick.brief.document import plain
from tallystick.brief.facts import Facts
from tallystick.brief.periods import WORLD
from tallystick.brief.words import grammar
from tallystick.brief.words.estimates import say
from tallystick.brief.words.grammar import capital
from tallystick.vocab.estimate import Estimate


def median(estimate: Estimate) -> str:
    return say(estimate.interval, estimate.unit).median


def spoken(named: Iterable[tuple[str, Sequence[Estimate]]]) -> str:
    """Medians of several series at years and ends of years: "X: 2010 31,000, 2011 30,000. Y: ..."."""
    return " ".join(f"{capital(name)}: {_values(series)}." for name, series in named if series)


def _values(series: Sequence[Estimate]) -> str:
    ends = [e for e in series if len(e.period) == 4 or e.period.endswith("-12")] or list(series)
    return ", ".join(f"{_when(e)} {median(e)}" for e in ends)


def _when(estimate: Estimate) -> str:
    """A point of a series in words; a sum since the deadline goes to the end of its year and is not that year's."""
    return f"to the end of {estimate.period}:" if estimate.id in CUMULATIVE else row_period(estimate.period)


def path(facts: Facts, highest: Sequence[Estimate], lowest: Sequence[Estimate]) -> str:
    """The highest and lowest headcount of a stock, each at every end of a year that prints it."""
    first, second = (grammar.join([plain(at(e.period)) for e in found]) for found in (highest, lowest))
    most, least = median(highest[0]), median(lowest[0])
    return f"About {most} workers {where(facts, highest[0].host)} {first}, about {least} {second}"


def choices(estimate: Estimate) -> str:
    """How far the named other choices move one estimate."""
    medians = sorted(
        [estimate.interval, *(other.interval for other in estimate.alternatives)], key=lambda interval: interval.median
    )
    low, high = (say(interval, estimate.unit).median for interval in (medians[0], medians[-1]))
    return f"{capital(plain(at(estimate.period)))} the median is anything from {low} to {high}, depending on the choice"


def largest(facts: Facts, id: str, period: str, what: str) -> str:
    """Which visa class or cohort is the largest by its median."""
    found = [facts.find(id, facts.focus, period, part) for part in facts.parts(id, facts.focus) if part != "all"]
    most = max((e for e in found if e is not None), key=lambda e: e.interval.median, default=None)
    if most is None:
        return f"Workers {where(facts, facts.focus)} by {what}"
    part = by_part(facts, most.visa_class or most.cohort or "")
    return f"{capital(plain(at(period)))} the largest {what} was \u201c{part}\u201d, with about {median(most)}"


def largest_host(facts: Facts, id: str, period: str) -> str:
    """Which host holds most by its median."""
    found = [facts.find(id, host, period) for host in facts.hosts_of(id) if host != WORLD]
    most = max((e for e in found if e is not None), key=lambda e: e.interval.median)
    mark = ", a projection" if facts.reach.is_projection(most) else ""
    return f"{capital(plain(at(period)))} most workers were {where(facts, most.host)}: about {median(most)}{mark}"


def kept(facts: Facts, id: str, year: str) -> str:
    """What the state keeps in a year, worldwide and from the focus host."""
    here, world = (facts.find(id, host, year) for host in (facts.focus, WORLD))
    if here is None or world is None:
        return "What the state keeps in a year"
    mark = ", mostly in projection" if facts.reach.is_projection(world) else ""
    return (
        f"In {year} the state kept about {median(world)} worldwide{mark}, about {median(here)} of it from workers "
        f"{where(facts, here.host)}"
    )


def reached(inside: int, all_: int, place: str) -> str:
    """How many published totals reach the central part of the distribution of their year."""
    if not inside:
        return f"No published total {place} reaches the central 80 % of the year that it speaks of"
    return f"{inside} of {all_} published totals {place} reach the central 80 % of their year"
