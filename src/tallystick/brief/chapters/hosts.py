"""Workers in other hosts, and what can be said of single countries."""

from __future__ import annotations

from datetime import date

from tallystick.brief import headlines
from tallystick.brief.chapters.base import (
    at,
    beyond_counts,
    claim_table,
    learnt_note,
    learnt_years,
    marked,
    projection_note,
    rests_on,
    row_period,
    start,
    where,
    year_ends,
)
from tallystick.brief.document import Block, Chapter, Chart, Column, Details, Section, Spans, Table
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.periods import WORLD
from tallystick.brief.prose import EIGHTY, attributed, date_of, est, how_many, join, listed, para
from tallystick.brief.specs.common import estimate_rows
from tallystick.brief.specs.intervals import lines_by_name
from tallystick.brief.words import dates

LAST_COUNTS = 3
COUNTED = ("workers_present", "workers_repatriated", "work_permits_valid")
STOCK, KEPT, GROSS = "workers_present", "programme_revenue", "gross_wage"


def hosts(facts: Facts) -> Chapter | None:
    others = [h for h in facts.hosts_of(STOCK) if h not in (facts.focus, WORLD)]
    if not others:
        return None
    return Chapter(
        id="hosts",
        title="Other hosts",
        standfirst=join(
            "Where else the workers are. The evidence is thinner than ",
            where(facts, facts.focus),
            ", and no visa class or cohort is told apart.",
        ),
        blocks=(_chart(facts),),
        sections=tuple(_host(facts, host) for host in others),
    )


def _chart(facts: Facts) -> Chart:
    named = [h for h in facts.hosts_of(STOCK) if h != WORLD]
    series = {h: tuple(e for e in facts.series(STOCK, h) if e.period.endswith(("-06", "-12"))) for h in named}
    rows = [row for h in named for row in estimate_rows(series[h], name=facts.host_name(h))]
    return Chart(
        id="hosts",
        title=headlines.largest_host(facts, STOCK, facts.headline_month),
        subtitle="Persons, every half year. Line: median. Band: central 80 %.",
        alt=headlines.spoken((facts.host_name(h), series[h]) for h in named),
        spec=lines_by_name(rows, "persons"),
        estimates=tuple(card_id(e) for h in named for e in series[h]),
        note=beyond_counts(facts, named),
    )


def _host(facts: Facts, host: str) -> Section:
    here = facts.find(STOCK, host, facts.headline_month)
    kept = facts.find(KEPT, host, facts.headline_year)
    blocks: list[Block] = []
    if here is not None:
        blocks.append(
            para(
                start(at(here.period)),
                " there were ",
                est(here, noun="workers"),
                f" {where(facts, host)}. The figure ",
                rests_on(here),
                "; it is ",
                learnt_note(facts, here),
                ". Through the years the headcount is ",
                learnt_years(facts, host),
                ".",
            )
        )
    blocks += _hangs_on(facts, host)
    if kept is not None:
        blocks.append(para("The state kept ", est(kept, noun=""), " from them ", at(kept.period), "."))
    blocks.append(_years(facts, host))
    claims = [c for c in facts.of_measure(*COUNTED) if facts.reach.belongs(c.host, host)]
    if facts.is_group(host):
        claims.sort(key=lambda c: (facts.host_name(c.host), c.asserted_earliest, c.id))
        blocks.append(
            para(
                "For single countries the evidence holds a few dated counts. They inform the sum; no estimate is "
                "made for "
                "any one of them."
            )
        )
    if claims:
        summary = join("Published counts (", how_many(len(claims), "claim"), ")")
        blocks.append(Details(summary, (claim_table(facts, claims, id=f"host-claims-{host.lower()}"),)))
    return Section(
        id=f"host-{host.lower()}", title=where(facts, host)[:1].upper() + where(facts, host)[1:], blocks=tuple(blocks)
    )


def _hangs_on(facts: Facts, host: str) -> list[Block]:
    """The last counts of a host, and that everything after them is extended by assumption."""
    seen = facts.reach.counted(host)
    if not seen:
        return [para("No used count speaks of this host: the series follows from assumption.")]
    latest = sorted(seen, key=lambda o: (o.end, o.claim))[-LAST_COUNTS:]
    named = [attributed(facts.claims[o.claim]) for o in latest]
    return [
        para(
            "The later years hang on ",
            how_many(len(named), "count"),
            ": ",
            listed(named, "and", "; "),
            ". After ",
            date_of(dates.day(latest[-1].end)),
            " no used count describes a day: the series is extended by assumption",
            *_drift(facts, host, latest[-1].end),
            ".",
        )
    ]


def _drift(facts: Facts, host: str, last: date) -> Spans:
    """Which way the series leaves the central half of the last count's month, which nothing has taught."""
    then, now = (facts.find(STOCK, host, period) for period in (f"{last:%Y-%m}", facts.headline_month))
    if then is None or now is None or now.period <= then.period:
        return ()
    before, after = then.interval, now.interval.median
    if before.lower_50 <= after <= before.upper_50:
        return ()
    way, sign = ("falls", "fewer") if after < before.median else ("rises", "more")
    return join(f". That it {way} is assumed too, and no sign that {sign} work there")


def _years(facts: Facts, host: str) -> Table:
    columns = (
        Column(title="End of", width=0.7),
        Column(title="Workers present", align="right"),
        Column(title="Gross pay, USD a month", align="right"),
        Column(title="Kept by the state, USD a year", align="right"),
    )
    periods = year_ends(facts, STOCK, host)
    rows = tuple(
        (
            (date_of(row_period(p)),),
            *(marked(facts, facts.find(id, host, q)) for id, q in ((STOCK, p), (GROSS, p[:4]), (KEPT, p[:4]))),
        )
        for p in periods
    )
    caption, note = join("Median and ", EIGHTY, " interval"), projection_note(facts, host)
    return Table(id=f"host-{host.lower()}", columns=columns, rows=rows, caption=caption, note=note)
