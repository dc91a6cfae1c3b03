"""Tables of the law chapter: months present since the deadline, mixed-up dates, texts that bind nobody here."""

from __future__ import annotations

from datetime import date

from tallystick.assess.dating import Dating
from tallystick.brief import headlines
from tallystick.brief.chapters.base import by_part, where
from tallystick.brief.chapters.use_goods import firm_rules
from tallystick.brief.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Details,
    Figure,
    Paragraph,
    Ref,
    Section,
    Spans,
    Table,
)
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.prose import EIGHTY, cell, claim_ref, date_of, how_many, join, para, tell
from tallystick.brief.specs.common import estimate_rows, moment
from tallystick.brief.specs.intervals import lines_by_name
from tallystick.brief.words import dates
from tallystick.brief.words.estimates import say
from tallystick.brief.words.grammar import agree, capital, stop
from tallystick.vocab.estimate import Estimate

CUMULATIVE = "worker_months_after_deadline"
HELD = "Whether those kept back by the closed border earned in theirs is not known, so their part stands by itself. "


def since_deadline(facts: Facts) -> Section | None:
    """Worker-months present since the deadline by cohort, as far as used counts reach."""
    parts, until = facts.parts(CUMULATIVE, facts.focus), facts.assessment.counted_until.get(facts.focus)
    if not parts or until is None or until <= facts.programme.deadline:
        return None
    drawn = [part for part in parts if part != "all"] or list(parts)
    series = {part: _reached(facts, part, until) for part in drawn}
    rows = [
        row | {"when": moment(f"{row['period']}-12")}  # a sum to the end of its year
        for part in drawn
        for row in estimate_rows(series[part], name=by_part(facts, part))
    ]
    blocks: list[Block] = [_lead(facts, until)]
    if rows:
        chart = Chart(
            id="law-worker-months",
            title="Worker-months present since the deadline, by cohort",
            subtitle="Worker-months, added up from the deadline to the end of each year. Line: median. Band: central "
            "80 %.",
            alt=headlines.spoken((by_part(facts, part), series[part]) for part in drawn),
            spec=lines_by_name(rows, "worker-months", points=True, ends=True),
            estimates=tuple(card_id(e) for part in drawn for e in series[part]),
        )
        blocks.append(chart)
    blocks.append(_months_table(facts, parts, until))
    return Section(id="law-since-deadline", title="Worker-months present since the deadline", blocks=tuple(blocks))


def _lead(facts: Facts, until: date) -> Paragraph:
    return para(
        "Worker-months since ",
        date_of(dates.day(facts.programme.deadline)),
        f" {where(facts, facts.focus)}, added up to the end of each year. They count months of presence, not persons. ",
        HELD if facts.was_closed else "",
        "No number here goes beyond ",
        date_of(dates.day(until)),
        ", the last day that a used count describes.",
    )


def _reached(facts: Facts, part: str, until: date) -> tuple[Estimate, ...]:
    """The years that lie wholly before the last day counted, from the first with anybody in it."""
    found = facts.series(CUMULATIVE, facts.focus, part)
    return tuple(e for e in found if f"{e.period}-12-31" <= until.isoformat() and e.interval.upper_95 > 0)


def _months_table(facts: Facts, parts: tuple[str, ...], until: date) -> Table:
    years = sorted({e.period for part in parts for e in _reached(facts, part, until)})
    columns = (
        Column(title="To the end of", width=0.8),
        *(Column(title=capital(by_part(facts, p)), align="right") for p in parts),
    )
    rows = [((date_of(y),), *(cell(facts.find(CUMULATIVE, facts.focus, y, part)) for part in parts)) for y in years]
    if (until.month, until.day) != (12, 31):
        rows.append(((date_of(dates.day(until)),), *(_to_the_day(facts, part, until) for part in parts)))
    caption = join("Median and ", EIGHTY, " interval, worker-months present, added up from the deadline")
    return Table(id="worker-months", columns=columns, rows=tuple(rows), caption=caption)


def _to_the_day(facts: Facts, part: str, until: date) -> Spans:
    """The number up to the last day counted; it opens the last year before that day, or else the first there is."""
    months = next((q for q in facts.assessment.worker_months if q.cohort == part), None)
    series = _reached(facts, part, until) or facts.series(CUMULATIVE, facts.focus, part)[:1]
    if months is None or not series:
        return ()
    said, card = say(months.interval, months.unit), card_id(series[-1])
    if said.interval == said.median:
        return (Figure(said.median, estimate=card),)
    return join(Figure(said.median, estimate=card), " (", Figure(said.interval, estimate=card), ")")


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
        f" {agree(len(found), 'gives', 'give')} another year, day or number than the text of law itself.",
        facts.says("slips", before=" "),
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
    """Rows of law that were read and hold no obligation about labour here, with the reason; those for firms first."""
    if not facts.assessment.left_out:
        return None
    rows = {row.id: row for row in facts.programme.law}
    firms = {rule.row.id for rule in firm_rules(facts)}
    groups: dict[str, list[Spans]] = {"For firms to read, outside this account": [], "All others, and why": []}
    for id, why in facts.assessment.left_out.items():
        item = join(Ref(rows[id].instrument, "entry", id), ": ", tell(stop(why)))
        groups[list(groups)[id not in firms]].append(item)
    blocks = tuple(Details(head, (Bullets(tuple(items)),)) for head, items in groups.items() if items)
    return Section(id="law-left-out", title="Texts read that are no obligation about labour here", blocks=blocks)
