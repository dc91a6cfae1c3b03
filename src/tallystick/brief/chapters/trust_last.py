"""Every later figure beside the last forecast of it, in the units in which it was published."""

from __future__ import annotations

from tallystick.brief.chapters.trust_failed import held_of, is_held, last_of
from tallystick.brief.chapters.trust_scored import Pairs, opens, percent, used_lines
from tallystick.brief.document import Column, Details, Figure, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, join, method
from tallystick.brief.words import dates
from tallystick.brief.words.claims import claim_quantity
from tallystick.brief.words.numbers import span
from tallystick.brief.words.rounding import significant
from tallystick.brief.words.units import Unit, complete, number_in, parse
from tallystick.forecasts.kept import Kept, Line
from tallystick.forecasts.score import Row
from tallystick.reconcile.account import Observation
from tallystick.vocab.records import Claim

MOST = {"share": 1.0, "hours/day": 24.0, "days/month": 31.0, "days/year": 366.0}  # by unit: more is impossible
A_HUNDRED = 100
SAME = 1e-3  # part of a figure by which it may differ from what was published: the file keeps four digits
TITLE = "what this figure was forecast to say, or said"


def last_forecasts(facts: Facts, kept: Kept, whole: Row) -> Details:
    """Folded away: each later figure, its last forecast, what was published, and whether it lay inside."""
    pairs = last_of(used_lines(facts, kept))
    columns = (
        Column(title="Later figure", width=2),
        Column(title="Forecast on", width=0.9),
        Column(title=join(EIGHTY, " interval"), align="right", width=1.3),
        Column(title="Middle", align="right"),
        Column(title="Later published as", align="right", width=1.4),
        Column(title="Inside?", width=0.6),
    )
    rows = sorted(pairs, key=lambda pair: (pair[1].measure, pair[1].claim))
    table = Table(
        id="backtest-last",
        columns=columns,
        rows=tuple(_row(facts, line, one) for line, one in rows),
        caption=join("Each later figure and the last forecast before it was published"),
        note=_note(facts, pairs, whole),
    )
    return Details("Every later figure beside its forecast", (table,))


def _note(facts: Facts, pairs: Pairs, whole: Row) -> Spans:
    held = held_of(facts, pairs)
    inside = sum(is_held(line) for line, _ in pairs)
    return join(
        opens(held.claims, f"{inside} of {len(pairs)}"), " of these last forecasts held (",
        opens(held.claims, percent(held.share)), "). The ", method(percent(whole.coverage_80)), " above is the mean "
        "over all days on which each figure was forecast, not the last alone. What was published is not the truth. Of "
        "a range its middle is compared. Where a part of a published period had been counted before, what is left is "
        "compared, and named. Ends that are impossible (a share above ", method("100 %"), ", a day of more than ",
        method("24 hours"), ") are cut: such intervals hold easily and prove little.",
    )  # fmt: skip


def _row(facts: Facts, line: Line, one: Observation) -> tuple[Spans, ...]:
    claim, unit = facts.claims[line.claim], parse(one.unit)
    low, middle, high = (possible(value, one.unit) for value in (line.low_80, line.median, line.high_80))
    interval = complete(span(told(low, unit), told(high, unit)), unit, high)
    return (
        join(_what(facts, one), ", ", date_of(dates.stated_period(one.start, one.end))),
        (date_of(dates.day(line.cut)),),
        (Figure(interval, (line.claim,), title=TITLE),),
        (Figure(told(middle, unit), (line.claim,), title=TITLE),),
        _published(claim, line, one),
        join("yes" if is_held(line) else "no"),
    )


def _what(facts: Facts, one: Observation) -> str:
    """What a figure is of: "workers present, the host"."""
    return f"{facts.programme.measures[one.measure].name}, {facts.host_name(one.host)}"


def _published(claim: Claim, line: Line, one: Observation) -> Spans:
    """The figure as it was published, with what of it is compared where that is another number."""
    stated = Figure(claim_quantity(claim), (claim.id,), title=f"published claim: {claim.asserted_by}")
    if claim.point is None or abs(line.said - claim.point) <= SAME * abs(claim.point):
        return (stated,)
    unit = parse(one.unit)
    part = Figure(complete(told(line.said, unit), unit, line.said), (claim.id,), title=TITLE)
    if claim.unit != one.unit:
        return join(stated, ", read as ", part)
    return join(stated, " ", date_of(dates.stated_period(claim.start, claim.end)), ", of which here ", part)


def possible(value: float, unit: str) -> float:
    """The value, cut at what a share, a day or a month can be at most."""
    return min(value, MOST.get(unit, value))


def told(value: float, unit: Unit) -> str:
    """A number with its currency or percent: three significant digits from a hundred on, two below; no part of one."""
    short = significant(value, 3 if value >= A_HUNDRED else 2)
    return number_in(float(round(short)) if unit.whole else short, unit)
