"""Who arrived in a year and under which visa; and why crossings, visas, permits and persons are four things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallystick.brief import headlines
from tallystick.brief.chapters.apart import permits, places
from tallystick.brief.chapters.base import at, by_part, claim_table, limit, marked, projection_note, start, where
from tallystick.brief.document import Block, Chapter, Chart, Column, Details, Neutral, Paragraph, Section, Table
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.periods import WORLD
from tallystick.brief.prose import EIGHTY, cell, date_of, est, join, listed, para, said
from tallystick.brief.specs.common import estimate_rows
from tallystick.brief.specs.intervals import panels_by_name
from tallystick.brief.unknowns import assumed_and_found, coverages
from tallystick.brief.words import dates
from tallystick.reconcile.records import Observation
from tallystick.vocab.estimate import Estimate

ID = "workers_arrived"
PASSAGES = "entries"  # the model's series of all crossings; those of one purpose have the class of visa behind it
CUT_SHORT = "withheld"  # the state of a table of which little is shown
NEARLY = 0.95  # of the crossings counted: so many persons come up to them
OBJECTS = (
    ("person", "Persons said to have arrived", ("workers_arrived",)),
    ("crossing", "Border crossings (events, all nationals unless a purpose is named)", ()),
    ("visa", "Visas issued (documents)", ()),
    ("permit", "Work permits issued or valid (documents)", ()),
)


def arrivals(facts: Facts) -> Chapter:
    return Chapter(
        id="arrivals",
        title="Arrivals by class of visa",
        standfirst=join(
            "Workers who arrived ",
            where(facts, facts.focus),
            " in each year. An entry at the border is an event, a visa is a document, and one worker can "
            "make several of "
            "either.",
        ),
        sections=tuple(
            s for s in (_by_class(facts), _by_host(facts), _four_things(facts), places(facts)) if s is not None
        ),
    )


def _by_class(facts: Facts) -> Section | None:
    focus = facts.focus
    parts = [p for p in facts.parts(ID, focus) if p != "all"]
    total = facts.find(ID, focus, facts.headline_year, "all")
    if not parts:
        return None
    rows = [row for part in parts for row in estimate_rows(facts.series(ID, focus, part), name=by_part(facts, part))]
    blocks: list[Block] = []
    if total is not None:
        split = [e for e in (facts.find(ID, focus, facts.headline_year, p) for p in parts) if e is not None]
        largest = max(split, key=lambda e: e.interval.median)
        blocks.append(
            para(
                start(at(total.period)),
                ", ",
                est(total, noun="workers"),
                f" arrived {where(facts, focus)}. The largest class by median is \u201c",
                by_part(facts, largest.visa_class or ""),
                "\u201d, with ",
                est(largest, noun="workers"),
                ".",
            )
        )
    blocks += [
        Chart(
            id="arrivals",
            title=headlines.largest(facts, ID, facts.headline_year, "class"),
            subtitle="Workers who arrived, persons a year. Point: median. Bar: central 80 %. One scale for all panels.",
            alt=headlines.spoken((by_part(facts, part), facts.series(ID, focus, part)) for part in parts),
            spec=panels_by_name(rows, "persons a year"),
            estimates=tuple(card_id(e) for part in parts for e in facts.series(ID, focus, part)),
        ),
        _table(facts, [*parts, "all"]),
        *as_shown(facts),
        *_beyond_crossings(facts, [*parts, "all"]),
    ]
    return Section(id="arrivals-by-class", title="Each year", blocks=tuple(blocks))


def _table(facts: Facts, parts: list[str]) -> Table:
    years = [e.period for e in facts.series(ID, facts.focus, parts[0])]
    columns = (
        Column(title="Year", width=0.6),
        *(Column(title=by_part(facts, p).capitalize(), align="right") for p in parts),
    )
    rows = tuple(((date_of(y),), *(marked(facts, facts.find(ID, facts.focus, y, p)) for p in parts)) for y in years)
    return Table(
        id="arrivals-by-class",
        columns=columns,
        rows=rows,
        caption=join("Workers arrived, persons a year; median and ", EIGHTY, " interval"),
        note=projection_note(facts),
    )


def as_shown(facts: Facts) -> tuple[Paragraph, ...]:
    """What part of the passages the model takes a table that is cut short to show, and what it would mean otherwise."""
    found = [one for row, one in coverages(facts, state=CUT_SHORT) if one.learnt]
    since = min((span[0] for row, _ in coverages(facts, state=CUT_SHORT) if (span := _span(facts, row))), default="")
    seen = [o for o in _counted(facts, PASSAGES) if since and f"{o.start:%Y-%m}" >= since]
    if not found or not seen:
        return ()
    first = [
        join(date_of(dates.stated_period(o.start, o.end)), " at most ", said(facts.claims[o.claim]))
        for o in sorted(seen, key=lambda o: o.start)[:1]
    ]
    return (
        para(
            *listed([assumed_and_found(facts, one) for one in found], "and", "; "), ". The arrivals since then, and "
            "all forecasts of them, hang on it: were the tables complete, there were ", *first[0], ", of all purposes.",
        ),
    )  # fmt: skip


def _span(facts: Facts, row: Mapping[str, Any]) -> Sequence[str]:
    """First and last month in which a row of coverage holds; none where it always does."""
    months: Sequence[str] = facts.programme.tables["model"].get("calendar", {}).get(row.get("when", ""), ())
    return months


def _counted(facts: Facts, series: str) -> list[Observation]:
    """Used counts in the focus host of what the model calls by that name."""
    operators = facts.programme.tables["model"].get("operators", {})
    measures = {id for id, row in operators.items() if row["series"] == series}
    return [o for o in facts.account.observations if o.measure in measures and o.host == facts.focus and o.point]


def _beyond_crossings(facts: Facts, parts: list[str]) -> tuple[Paragraph, ...]:
    """Years in which as many persons arrive by our median as passages were counted, or more: not to be cited."""
    found = [pair for part in parts for pair in _as_many(facts, part)]
    if not found:
        return ()
    told = [
        join(*at(e.period), ", ", *(() if e.visa_class == "all" else (f"{by_part(facts, e.visa_class or '')}: ",)),
             *cell(e), " against ", said(facts.claims[o.claim]))
        for e, o in sorted(found, key=lambda pair: (pair[0].period, pair[0].visa_class != "all"))
    ]  # fmt: skip
    return (
        para(
            "Our median comes up to all crossings counted, or above them: ", *listed(told, "and", "; "), ". Persons "
            "who arrive are no more than crossings, unless some went uncounted or named another purpose than their "
            "visa. Do not cite these.",
        ),
    )  # fmt: skip


def _as_many(facts: Facts, part: str) -> Iterator[tuple[Estimate, Observation]]:
    """Estimates of a class of visa, or of all, with a count of the crossings of that year that they come up to."""
    for o in _counted(facts, PASSAGES if part == "all" else f"{PASSAGES}_{part}"):
        whole = (o.start.month, o.start.day, o.end.month, o.end.day) == (1, 1, 12, 31) and o.start.year == o.end.year
        e = facts.find(ID, facts.focus, f"{o.start.year}", part)
        if whole and e is not None and e.interval.median >= NEARLY * (o.point or 0.0):
            yield e, o


def _by_host(facts: Facts) -> Section | None:
    id = "workers_arrived_by_host"
    hosts = [h for h in facts.hosts_of(id) if h != WORLD]
    if len(hosts) < 2:
        return None
    years = [e.period for e in facts.series(id, hosts[0])]
    columns = (Column(title="Year", width=0.6), *(Column(title=facts.host_name(h), align="right") for h in hosts))
    rows = tuple(((date_of(y),), *(marked(facts, facts.find(id, h, y)) for h in hosts)) for y in years)
    caption = join("Workers arrived by host, persons a year")
    note = projection_note(facts, *hosts)
    table = Table(id="arrivals-by-host", columns=columns, rows=rows, caption=caption, note=note)
    return Section(id="arrivals-by-host", title="By host", blocks=(table,))


def _four_things(facts: Facts) -> Section:
    """What was published, by what it counts."""
    blocks: list[Block] = [
        limit(
            "Four things that are read as one",
            para(
                "Persons, crossings, visas and permits are different counts in overlapping windows. A crossing "
                "can be a crew "
                "member or a returning resident; a visa can be a renewal; a lapsed permit can be a relabelled "
                "stay. Each "
                "enters the estimate through its own relation to arrivals, with its own unknowns, and none is read as "
                "another.",
            ),
        ),
        *permits(facts),
    ]
    for object_, title, only in OBJECTS:
        measures = only or tuple(
            m.id for m in facts.programme.measures.values() if m.object == object_ and m.role == "estimated"
        )
        claims = facts.of_measure(*measures, host=facts.focus)
        if claims:
            table = claim_table(facts, claims, id=f"arrivals-{object_}")
            used = sum(facts.disposed(c.id) == "used" for c in claims)
            number = Neutral(f"{used} of {len(claims)}", "count")
            summary = join(f"{title}: ", number, " used")
            blocks.append(Details(summary, (table,)))
    return Section(id="arrivals-published", title="What was published", blocks=tuple(blocks))
