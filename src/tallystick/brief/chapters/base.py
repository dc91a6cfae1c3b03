"""What several chapters say in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from tallystick.brief.backing import ASSUMPTION, EVIDENCE, evidence_word
from tallystick.brief.document import Callout, Column, Paragraph, Ref, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.periods import STOCK, WORLD
from tallystick.brief.prose import EIGHTY, alternative, cell, date_of, how_many, join, listed, method, said, tell
from tallystick.brief.words import dates, grammar
from tallystick.brief.words.estimates import learnt
from tallystick.brief.words.grammar import capital
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.records import Claim

DISPOSITION_NAMES = {
    "used": "used",
    "repeat": "repeats another claim",
    "garbled": "garbles another claim",
    "context": "context, not estimated",
    "out_of_scope": "out of scope",
}


PROJECTED, PROJECTION = " \u2020", "projection"


def where(facts: Facts, host: str) -> str:
    """ "in X", "in other host countries", "worldwide"."""
    if host == WORLD:
        return "worldwide"
    return "in other host countries" if facts.is_group(host) else f"in {facts.host_name(host)}"


def at(period: str) -> Spans:
    """A period as a phrase with its preposition: "at the end of 2024", "in 2024"."""
    if len(period) == 4:
        return join("in ", date_of(period))
    return join("at ", date_of(dates.period_words(period)))


def row_period(period: str) -> str:
    """A period as the head of a table's row: "2024" for a year or its end, "October 2024" for another month."""
    return (
        period[:4] if len(period) == 4 or period.endswith("-12") else dates.period_words(period)[len("the end of ") :]
    )


def rests_on(estimate: Estimate) -> Spans:
    """ "rests on 14 claims from 9 origins", or says that no claim speaks to it."""
    if not estimate.claims:
        return join("rests on no claim of its own: it follows from the model and its assumptions")
    claims = how_many(len(estimate.claims), "claim")
    origins = how_many(estimate.origins, "origin")
    return join("rests on ", claims, " from ", origins)


def learnt_note(facts: Facts, estimate: Estimate) -> Spans:
    """How much of an interval is evidence, and its width against the width assumed before any claim."""
    return join(standing(facts, estimate), ": its ", EIGHTY, " interval is ", narrower(estimate))


def standing(facts: Facts, estimate: Estimate) -> str:
    """How much of an estimate is evidence; of a projection only that it is one, unless next to nothing is."""
    word = evidence_word(facts, estimate)
    return PROJECTION if word != ASSUMPTION and facts.reach.is_projection(estimate) else word


def narrower(estimate: Estimate) -> Spans:
    """The width of an interval against the width assumed: "75 percent narrower than our own prior"."""
    less = round((1 - learnt(estimate)) * 100)
    word = "narrower" if less >= 0 else "wider"
    return join(method(f"{abs(less)} percent"), f" {word} than what we assumed before any claim was read")


def marked(facts: Facts, estimate: Estimate | None) -> Spans:
    """Median and interval for a cell of a yearly table, with a dagger where the model goes on after the last count."""
    if estimate is None or not facts.reach.is_projection(estimate):
        return cell(estimate)
    return join(cell(estimate), PROJECTED)


def projection_note(facts: Facts, *hosts: str) -> Spans:
    """What the dagger means, with the last day counted for each host."""
    world = " Worldwide: most of the workers are in hosts past that day." if WORLD in hosts else ""
    return join(
        PROJECTED.strip(),
        " Projection: the period ends after the last day that a used count of the host describes.",
        world,
        *last_days(facts, hosts or (facts.focus,)),
    )


def last_days(facts: Facts, hosts: Iterable[str]) -> Spans:
    """The last day that a used count of each host describes, as a sentence; nothing where nobody counted."""
    days = {host: facts.reach.last_described(host) for host in hosts if host != WORLD}
    said = [join(where(facts, host), ", ", date_of(dates.day(day))) for host, day in days.items() if day is not None]
    return join(" Last day described: ", listed(said, "and", "; "), ".") if said else ()


def beyond_counts(facts: Facts, hosts: Iterable[str]) -> Spans:
    """What a line of a chart is after the last count of its host; that of the world adds up all hosts."""
    drawn = tuple(hosts)
    days = last_days(facts, facts.hosts_of(STOCK) if WORLD in drawn else drawn)
    world = " The line of the world adds up all hosts." if WORLD in drawn else ""
    return join("After its last count the line of a host is the model going on alone.", *days, world)


def by_part(facts: Facts, part: str) -> str:
    """A visa class or cohort as a reader meets it."""
    if part in facts.programme.visa_classes:
        return facts.programme.visa_classes[part].name
    return {
        "all": "all",
        "holdover": "holdover (there before the deadline)",
        "stranded": "stranded while the border was closed",
        "arrived_later": "arrived after the deadline",
    }.get(part, part)


def claim_table(facts: Facts, claims: Iterable[Claim], *, id: str, caption: Spans = ()) -> Table:
    """Published claims side by side: what, who, when, and what became of each."""
    columns = (
        Column(title="As stated", width=1.4),
        Column(title="Where and when", width=1.5),
        Column(title="Asserted by", width=1.6),
        Column(title="Use here", width=1.2),
        Column(title="Why", width=2.6),
    )
    return Table(id=id, columns=columns, rows=tuple(_claim_row(facts, claim) for claim in claims), caption=caption)


def _claim_row(facts: Facts, claim: Claim) -> tuple[Spans, ...]:
    disposition = facts.dispositions[claim.id]
    return (
        (said(claim),),
        join(tell(claim_place(facts, claim)), ", ", date_of(dates.stated_period(claim.start, claim.end))),
        tell(claim.asserted_by),
        join(DISPOSITION_NAMES[disposition.disposition]),
        tell(disposition.reason, (claim.id,)),
    )


def claim_place(facts: Facts, claim: Claim) -> str:
    """Host, region and sector of a claim, as far as it names them."""
    return ", ".join(filter(None, (facts.host_name(claim.host), claim.region, sector(facts, claim.sector))))


def sector(facts: Facts, id: str) -> str:
    return facts.programme.sectors.get(id, id)


def slug(name: str) -> str:
    """A name as part of an id or a file name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def chapter_ref(text: str, id: str) -> Ref:
    return Ref(text, "chapter", id)


def caution(title: str, *paragraphs: Paragraph) -> Callout:
    return Callout("caution", title, paragraphs)


def limit(title: str, *paragraphs: Paragraph) -> Callout:
    return Callout("limit", title, paragraphs)


def method_note(title: str, *paragraphs: Paragraph) -> Callout:
    return Callout("method", title, paragraphs)


def yearly_table(facts: Facts, id: str, hosts: Sequence[str], *, caption: Spans, periods: Sequence[str]) -> Table:
    """One row per period, one column per host: median and 80 % interval."""
    head = "End of" if any(len(period) > 4 for period in periods) else "Year"
    columns = (
        Column(title=head, width=0.7),
        *(Column(title=capital(facts.host_name(h)), align="right") for h in hosts),
    )
    rows = tuple(
        ((date_of(row_period(period)),), *(marked(facts, facts.find(id, host, period)) for host in hosts))
        for period in periods
        if any(facts.find(id, host, period) for host in hosts)
    )
    note = projection_note(facts, *hosts)
    return Table(id=f"{id}-by-host", columns=columns, rows=rows, caption=caption, note=note)


def year_ends(facts: Facts, id: str, host: str) -> tuple[str, ...]:
    """The Decembers of a monthly series, with the last month where it is another."""
    periods = [e.period for e in facts.series(id, host)]
    chosen = [p for p in periods if p.endswith("-12") or len(p) == 4]
    if periods and periods[-1] not in chosen:
        chosen.append(periods[-1])
    return tuple(chosen)


def start(spans: Spans) -> Spans:
    """The same run with a capital at its start."""
    first, *rest = spans
    return (replace(first, text=capital(first.text)), *rest)


def learnt_years(facts: Facts, host: str) -> Spans:
    """For the headcount at each year's end: which years are evidence, which are assumption or carried over."""
    years = years_by_word(facts, host)
    parts = [join(f"{word} in ", date_of(year_runs(each))) for word, each in years.items()]
    if EVIDENCE not in years:
        parts.append(join("mostly evidence in no year"))
    return listed(parts, "and", "; ")


def years_by_word(facts: Facts, host: str) -> dict[str, list[int]]:
    """Years by how much of the headcount at their end is evidence; past the last count it is projection."""
    found: dict[str, list[int]] = {}
    for e in facts.series(STOCK, host):
        if e.period.endswith("-12"):
            word = standing(facts, e)
            found.setdefault(word, []).append(int(e.period[:4]))
    return found


def silence(facts: Facts) -> Spans:
    """Which years no used count speaks of, as sentences with a space at their end."""
    years = facts.silent_years
    said = (
        join("No used count speaks of ", date_of(year_runs(years)), " ") if years else join("Every year is spoken of ")
    )
    return join(said, "and none of any day after ", date_of(dates.day(facts.last_described)), ". ")


def other_choices(estimate: Estimate) -> tuple[Paragraph, ...]:
    """One paragraph that gives the answers of the named other choices; none where no choice moves it."""
    if not estimate.alternatives:
        return ()
    others = [join(tell(_clause(o.name)), ", ", alternative(estimate, o.interval)) for o in estimate.alternatives]
    return (Paragraph(join("Under another choice it would be: if ", listed(others, "; if", "; if "), ".")),)


def _clause(name: str) -> str:
    """A choice's name within a sentence."""
    return grammar.lower_first(name)


def year_runs(years: Sequence[int]) -> str:
    """Years as runs: "2010 to 2016 and 2025"."""
    runs = []
    for _, group in groupby(enumerate(sorted(years)), lambda pair: pair[1] - pair[0]):
        run = [year for _, year in group]
        runs.append(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]))
    return grammar.join(runs)
