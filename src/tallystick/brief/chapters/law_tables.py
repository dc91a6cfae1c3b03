"""Tables of the law chapter: months worked since the deadline, texts that mix up dates, texts that bind nobody here."""

from __future__ import annotations

from tallystick.assess.dating import Dating
from tallystick.brief import headlines
from tallystick.brief.chapters.base import by_part, where
from tallystick.brief.document import Block, Bullets, Chart, Column, Details, Figure, Ref, Section, Spans, Table
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.prose import EIGHTY, cell, claim_ref, date_of, how_many, join, para, tell
from tallystick.brief.specs.common import estimate_rows
from tallystick.brief.specs.intervals import lines_by_name
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import capital, stop

CUMULATIVE = "worker_months_after_deadline"


def since_deadline(facts: Facts) -> Section | None:
    """Worker-months since the deadline by cohort, where they are followed."""
    parts = facts.parts(CUMULATIVE, facts.focus)
    if not parts:
        return None
    series = {p: tuple(e for e in facts.series(CUMULATIVE, facts.focus, p) if e.interval.upper_95 > 0) for p in parts}
    drawn = [part for part in parts if part != "all"] or list(parts)
    rows = [row for part in drawn for row in estimate_rows(series[part], name=by_part(facts, part))]
    blocks: tuple[Block, ...] = (
        para(
            "Worker-months since ",
            date_of(dates.day(facts.programme.deadline)),
            f" {where(facts, facts.focus)}, added up to the end of each year. They count months of work, not persons.",
        ),
        Chart(
            id="law-worker-months",
            title="Months worked since the deadline, by cohort",
            subtitle="Worker-months, cumulative. Line: median. Band: central 80 %.",
            alt=headlines.spoken((by_part(facts, part), series[part]) for part in drawn),
            spec=lines_by_name(rows, "worker-months", points=True),
            estimates=tuple(card_id(e) for part in drawn for e in series[part]),
        ),
        _months_table(facts, parts),
    )
    return Section(id="law-since-deadline", title="Months worked since the deadline", blocks=blocks)


def _months_table(facts: Facts, parts: tuple[str, ...]) -> Table:
    found = [e for part in parts for e in facts.series(CUMULATIVE, facts.focus, part) if e.interval.upper_95 > 0]
    columns = (
        Column(title="To the end of", width=0.8),
        *(Column(title=capital(by_part(facts, p)), align="right") for p in parts),
    )
    rows = tuple(
        ((date_of(y),), *(cell(facts.find(CUMULATIVE, facts.focus, y, part)) for part in parts))
        for y in sorted({e.period for e in found})
    )
    caption = join("Median and ", EIGHTY, " interval, worker-months")
    return Table(id="worker-months", columns=columns, rows=rows, caption=caption)


def slips(facts: Facts) -> Section | None:
    """Texts that mix up a date or number of the law."""
    found = [d for d in facts.assessment.dating_slips if d.slip]
    if not found:
        return None
    columns = (
        Column(title="Text", width=1.6),
        Column(title="About", width=1.2),
        Column(title="Says", align="right"),
        Column(title="Right is", align="right"),
        Column(title="Note", width=2.6),
    )
    lead = para(
        how_many(len(found), "text", start=True),
        " give another year, day or number than the text of law itself. The commonest slip takes the "
        "deadline for the year "
        "of adoption.",
    )
    table = Table(id="slips", columns=columns, rows=tuple(_slip(facts, d) for d in found))
    return Section(id="law-slips", title="Texts that mix up the dates", blocks=(lead, table))


def _slip(facts: Facts, d: Dating) -> tuple[Spans, ...]:
    return (
        join(tell(d.asserted_by), " (", claim_ref(facts.claims[d.claim]), ")"),
        tell(d.about),
        (Figure(d.said, (d.claim,)),),
        (Ref(d.right, "entry", d.law),),
        tell(stop(d.note), (d.claim,)) if d.note else (),
    )


def left_out(facts: Facts) -> Section | None:
    """Rows of law that were read and hold no obligation about labour here, each with the reason."""
    if not facts.assessment.left_out:
        return None
    rows = {row.id: row for row in facts.programme.law}
    items = tuple(
        join(Ref(rows[id].instrument, "entry", id), ": ", tell(stop(why)))
        for id, why in facts.assessment.left_out.items()
    )
    title = "Texts read that are no obligation about labour here"
    return Section(id="law-left-out", title=title, blocks=(Details("All of them, and why", (Bullets(items),)),))
