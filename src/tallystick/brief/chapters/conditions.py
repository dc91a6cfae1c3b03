"""Hours and conditions, as asserted: figures by origin, statements by topic; clues and not verdicts."""

from __future__ import annotations

from tallystick.assess.conditions import ConditionFigure, ConditionTopic
from tallystick.assess.hours import MOST, HoursOfYear
from tallystick.brief.chapters.base import caution, chapter_ref, claim_place, claim_table, sector, where
from tallystick.brief.document import (
    Block,
    Bullets,
    Chapter,
    Column,
    Details,
    Figure,
    Neutral,
    Paragraph,
    Section,
    Spans,
    Table,
)
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, est, how_many, join, listed, method, para, refs, said, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import capital, stop
from tallystick.brief.words.numbers import plain, span
from tallystick.brief.words.rounding import significant
from tallystick.vocab.estimate import Estimate

SIDES = {0: "near", 1: "below", -1: "above"}  # where the model lies beside what is said
DIGITS = 3  # of hours a year: days and hours are round figures
SPANS = (
    " A day described from first to last hour is a span and not hours worked; where a source gives a span, the table "
    "says so and the model reads it as a ceiling."
)


def conditions(facts: Facts) -> Chapter:
    sections = (_hours(facts), _topics(facts), _deaths(facts))
    return Chapter(
        id="conditions",
        title="Hours and conditions",
        standfirst=join(facts.says("conditions") or "What has been said of hours, rest and conditions."),
        sections=tuple(section for section in sections if section is not None),
    )


def hours_worked(facts: Facts) -> Estimate | None:
    """The last year of hours that was estimated for the focus host, which need not be the headline year."""
    series = facts.series("hours_worked", facts.focus)
    return series[-1] if series else None


def _hours(facts: Facts) -> Section:
    found = hours_worked(facts)
    blocks: list[Block] = []
    if found is not None:
        blocks.append(_modelled(facts, found))
    if facts.assessment.conditions.figures:
        blocks.append(_figures(facts))
    if facts.assessment.hours:
        blocks.append(_years(facts))
    return Section(id="conditions-hours", title="Hours, rest and terms", blocks=tuple(blocks))


def _modelled(facts: Facts, found: Estimate) -> Paragraph:
    """Hours as the model has them, which nobody counted, beside what each side says of them."""
    return para(
        "Nobody counted hours. The model, which takes one level for all years, gives a worker ",
        where(facts, facts.focus),
        " ",
        est(found),
        *_sides(facts, found),
        ". Do not quote it against a witness.",
        SPANS if facts.programme.tables["obligations"]["conditions"]["spans"] else "",
    )


def _sides(facts: Facts, found: Estimate) -> Spans:
    """Who says less, about as much, or more: of those who speak of this very host."""
    said = [each for each in facts.assessment.hours if each.host == found.host]
    parts = [
        join(f"{words} those told by ", *listed([_by_whom(each) for each in said if _beside(each, found) == side]))
        for side, words in SIDES.items()
        if any(_beside(each, found) == side for each in said)
    ]
    tail = "; it weighs all alike, which is no judgement on who is right"
    return join(": ", *listed(parts), tail) if parts else ()


def _by_whom(each: HoursOfYear) -> Spans:
    hours = Figure(_open(each), (each.day, each.rest))
    return join(*tell(each.asserted_by), " (", hours, ")")


def _beside(each: HoursOfYear, found: Estimate) -> int:
    """1 where the model lies wholly below what somebody says, -1 where wholly above, else 0."""
    if each.low is not None and found.interval.upper_80 < each.low:
        return 1
    return -1 if each.high is not None and found.interval.lower_80 > each.high else 0


def _figures(facts: Facts) -> Table:
    columns = (
        Column(title="What", width=1),
        Column(title="As stated", width=1.2),
        Column(title="Where and when", width=1.5),
        Column(title="Asserted by", width=1.5),
        Column(title="Further copies", align="right", width=0.7),
        Column(title="Note", width=2.4),
    )
    rows = tuple(_figure_row(facts, figure) for figure in facts.assessment.conditions.figures)
    return Table(id="conditions-figures", columns=columns, rows=rows)


def _figure_row(facts: Facts, figure: ConditionFigure) -> tuple[Spans, ...]:
    claim = facts.claims[figure.claim]
    span = join("A span from first to last hour, not hours worked. ") if figure.span else ()
    return (
        join(figure.name),
        (said(claim),),
        join(tell(claim_place(facts, claim)), ", ", date_of(dates.stated_period(claim.start, claim.end))),
        tell(claim.asserted_by),
        (Neutral(str(figure.repeated), "count"),),
        join(span, tell(stop(figure.note), (claim.id,)) if figure.note else ()),
    )


def _years(facts: Facts) -> Table:
    """Hours a year, of every asserter who gives both hours a day and days of rest of one place, trade and time."""
    columns = (
        Column(title="Asserted by", width=1.5),
        Column(title="Place, sector, period", width=1.8),
        Column(title="Hours a day, as stated", align="right"),
        Column(title="Days of rest a year", align="right"),
        Column(title="Hours a year", align="right", width=1.1),
        Column(title="How the days of rest were stated", width=2),
    )
    note = join(
        "Days of the year less days of rest, times hours a day, as if every other day were worked. Where a source "
        "names no period for a day off, the number of days a year is our assumption. A floor in hours a day gives a "
        "floor, a ceiling a ceiling; a ceiling above ",
        method(f"{MOST:g}"),
        " hours is cut there. One asserter may stand here more than once.",
    )
    rows = tuple(_year(facts, each) for each in facts.assessment.hours)
    caption = join("Arithmetic of claims, not hours worked: what stated hours a day and days of rest come to in a year")
    return Table(id="hours-a-year", columns=columns, rows=rows, caption=caption, note=note)


def _year(facts: Facts, each: HoursOfYear) -> tuple[Spans, ...]:
    day, rest = facts.claims[each.day], facts.claims[each.rest]
    regions = ", ".join(filter(None, dict.fromkeys((day.region, rest.region))))
    place = ", ".join(filter(None, (facts.host_name(each.host), regions)))
    trade = sector(facts, each.sector) if each.sector else "no sector stated"
    when = dates.stated_period(each.start, each.end)
    return (
        tell(each.asserted_by),
        join(tell(f"{place}; {trade}"), "; ", date_of(when)),
        (said(day, short=True),),
        (said(rest, short=True),),
        (Figure(_open(each), (each.day, each.rest)),),
        tell(stop(rest.note), (rest.id,)) if rest.note else join("none stated"),
    )


def _open(each: HoursOfYear) -> str:
    """ "at least 6,540", "up to 6,360" or "3,760 to 5,010"."""
    low, high = (None if end is None else plain(significant(end, DIGITS)) for end in (each.low, each.high))
    if low is None:
        return f"up to {high}"
    return f"at least {low}" if high is None else span(low, high)


def _topics(facts: Facts) -> Section:
    lead = caution(
        "Clues, not proof",
        para(
            "Each line is one reported element. A bad condition does not by itself say that it was imposed; "
            "what bears on "
            "that is in ",
            chapter_ref("forced labour", "forced-labour"),
            ". No name of a worker, escapee or helper is printed.",
        ),
    )
    return Section(
        id="conditions-topics",
        title="As reported, by topic",
        blocks=(lead, *(_topic(facts, topic) for topic in facts.assessment.conditions.topics)),
    )


def _topic(facts: Facts, topic: ConditionTopic) -> Details:
    summary = join(capital(topic.name), " (", how_many(topic.origins, "separate origin"), ")")
    return Details(summary, (Bullets(tuple(statement_line(facts, s) for s in topic.statements)),))


def statement_line(facts: Facts, id: str) -> Spans:
    """One statement with who asserts it and how sure they sound."""
    statement = facts.statements[id]
    hedge = f", \u201c{statement.hedge}\u201d" if statement.hedge else ""
    known = tuple(c for c in statement.related_claims if c in facts.claims)
    return join(
        tell(stop(statement.statement), known),
        " (",
        tell(statement.asserted_by + hedge),
        "; ",
        refs(facts, [id]),
        ")",
    )


def _deaths(facts: Facts) -> Section | None:
    claims = facts.of_measure("deaths", "death_rate")
    if not claims:
        return None
    lead = para(
        "Published totals of deaths; single cases are left out of the evidence, though pages linked to tell of "
        "some. No later rate was measured, and nobody counted injuries: the what-ifs assume both, and this account "
        "does not print them."
    )
    return Section(
        id="conditions-deaths", title="Deaths, totals only", blocks=(lead, claim_table(facts, claims, id="deaths"))
    )
