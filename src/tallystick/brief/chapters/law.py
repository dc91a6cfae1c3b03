"""The law: each obligation with its text, test and reading, and what the facts say of its addressee."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.assess.dating import Dating
from tallystick.assess.finding import OUTCOMES, Finding, Quantity
from tallystick.brief.chapters.base import caution
from tallystick.brief.document import (
    Block,
    Bullets,
    Card,
    Cards,
    Chapter,
    Column,
    Details,
    Emph,
    Figure,
    Neutral,
    Paragraph,
    Ref,
    Section,
    Spans,
    Table,
)
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.prose import EIGHTY, claim_ref, date_of, how_many, join, listed, para, refs, strong, tell
from tallystick.brief.words import dates
from tallystick.brief.words.estimates import say
from tallystick.brief.words.grammar import stop
from tallystick.brief.words.hedges import probability_word
from tallystick.brief.words.numbers import percent

OUTCOME_WORDS = {
    "inconsistent": "inconsistent",
    "consistent": "consistent",
    "undetermined": "undetermined",
    "not_applicable": "not applicable",
}
CUMULATIVE = "worker_months_after_deadline"


def law(facts: Facts) -> Chapter:
    findings = facts.assessment.findings
    obligations = list(dict.fromkeys(f.obligation for f in findings))
    sections = [_obligation(facts, [f for f in findings if f.obligation == id]) for id in obligations]
    extra = (_since_deadline(facts), _slips(facts), _left_out(facts))
    return Chapter(
        id="law",
        title="What is inconsistent with which obligation",
        standfirst=join(
            how_many(len(obligations), "obligation", start=True),
            " that concern labour, read over the evidence: ",
            listed([join(_count(findings, outcome)) for outcome in OUTCOMES]),
            ".",
        ),
        blocks=(_how_to_read(), _overview(facts, findings)),
        sections=(*sections, *(section for section in extra if section is not None)),
    )


def _count(findings: Sequence[Finding], outcome: str) -> Spans:
    number = sum(f.outcome == outcome for f in findings)
    return join(how_many(number, "finding"), f" {OUTCOME_WORDS[outcome]}")


def _how_to_read() -> Block:
    return caution(
        "How to read a finding",
        para(
            "A finding speaks of the conduct of its addressee, a State or a person bound by the text, and "
            "never of a worker. "
            "Undetermined means that the facts do not say. An exception counts only where the addressee "
            "invoked it; one that "
            "nobody invoked is reported and does not make the facts unknown. The texts were mostly read in copies and "
            "summaries: check the official text before relying on a paragraph. Nothing here is legal advice.",
        ),
    )


def _overview(facts: Facts, findings: Sequence[Finding]) -> Table:
    columns = (
        Column(title="Obligation", width=2.2),
        Column(title="Text", width=1.5),
        Column(title="Host", width=0.9),
        Column(title="Period", width=1.5),
        Column(title="Outcome", width=1.1),
    )
    rows = tuple(_overview_row(facts, f) for f in findings if f.cohort is None)
    return Table(
        id="findings", columns=columns, rows=rows, caption=join("Every finding on a whole host, in order of obligation")
    )


def _overview_row(facts: Facts, f: Finding) -> tuple[Spans, ...]:
    return (
        tell(f.title),
        (_text_ref(f),),
        join(facts.host_name(f.host) if f.host else "\u2013"),
        tell(f.period_name),
        (Emph(OUTCOME_WORDS[f.outcome], strong=f.outcome == "inconsistent"),),
    )


def _text_ref(f: Finding) -> Ref:
    return Ref(f"{f.instrument}, paragraph {f.paragraph}" if f.paragraph else f.instrument, "entry", f.law[0])


# One obligation ---------------------------------------------------------------------------------------------


def _obligation(facts: Facts, findings: list[Finding]) -> Section:
    first = findings[0]
    blocks: list[Block] = [
        para(strong("Text. "), _text_ref(first), " (read as: ", tell(", ".join(first.how_read)), ")."),
        para(strong("Addressee. "), tell(stop(first.addressee))),
        para(strong("Test. "), tell(stop(first.test))),
        para(strong("Our reading. "), tell(stop(first.reading))),
    ]
    if first.exceptions:
        blocks.append(para(strong("Exceptions in the text. "), tell(stop(first.exceptions))))
    whole = [f for f in findings if f.cohort is None]
    cohorts = [f for f in findings if f.cohort is not None]
    if whole:
        blocks.append(Cards(tuple(_card(facts, f) for f in whole)))
    if cohorts:
        blocks.append(Details("The same by cohort", (Cards(tuple(_card(facts, f) for f in cohorts)),)))
    return Section(id=f"law-{first.obligation}", title=first.title, blocks=tuple(blocks))


def _card(facts: Facts, f: Finding) -> Card:
    place = facts.host_name(f.host) if f.host else ""
    named = ", ".join(filter(None, (place, f.period_name, (f.cohort or "").replace("_", " "))))
    body: list[Paragraph | Bullets] = [para(tell(stop(f.because), f.claims))]
    if f.chance is not None:
        body.append(_chance(f.chance))
    body += [_quantity(facts, quantity) for quantity in f.quantities]
    if f.exception_said:
        body.append(para(strong("Exception. "), tell(stop(f.exception_said))))
    if f.left_open:
        body.append(para(strong("Left open.")))
        body.append(Bullets(tuple(tell(stop(text)) for text in f.left_open)))
    if f.claims or f.statements:
        body.append(para("Rests on ", refs(facts, [*f.claims, *f.statements]), "."))
    return Card(title=tell(named), body=tuple(body), tag=OUTCOME_WORDS[f.outcome], tone=f.outcome, id=f.id)


def _chance(chance: tuple[float, float]) -> Paragraph:
    low, high = chance
    words = list(dict.fromkeys(probability_word(p) for p in chance))
    numbers = (
        percent(_whole(low)) if _whole(low) == _whole(high) else f"{percent(_whole(low))} to {percent(_whole(high))}"
    )
    return para(
        "That the test is met is ",
        " to ".join(words),
        " (",
        Neutral(numbers, "method"),
        ", over the stated range of assumptions).",
    )


def _whole(probability: float) -> float:
    return round(probability, 2)


def _quantity(facts: Facts, quantity: Quantity) -> Paragraph:
    """A number that a finding computed from the draws; it opens the estimate that follows the same people."""
    said_ = say(quantity.interval, quantity.unit)
    card = _card_of(facts, quantity)
    whose = f" ({quantity.cohort.replace('_', ' ')})" if quantity.cohort else ""
    return para(
        quantity.name[:1].upper() + quantity.name[1:],
        f"{whose}: ",
        Figure(said_.median, estimate=card),
        " (",
        EIGHTY,
        " interval ",
        Figure(said_.interval, estimate=card),
        ").",
    )


def _card_of(facts: Facts, quantity: Quantity) -> str:
    """The estimate nearest to a finding's own number: the same people at the end of its period."""
    cumulative = facts.series(CUMULATIVE, facts.focus, quantity.cohort or "all")
    stock = facts.series("workers_present", facts.focus)
    series = cumulative or stock
    until = quantity.period.split("/")[-1]
    within = [e for e in series if e.period <= until[: len(e.period)]] if until != ".." else list(series)
    return card_id((within or list(series[:1]))[-1])


def _since_deadline(facts: Facts) -> Section | None:
    parts = facts.parts(CUMULATIVE, facts.focus)
    if not parts:
        return None
    from tallystick.brief.chapters.base import by_part, where
    from tallystick.brief.document import Chart
    from tallystick.brief.prose import cell
    from tallystick.brief.specs.common import estimate_rows
    from tallystick.brief.specs.intervals import lines_by_name

    series = {part: facts.series(CUMULATIVE, facts.focus, part) for part in parts}
    series = {part: tuple(e for e in es if e.interval.upper_95 > 0) for part, es in series.items()}
    drawn = [part for part in parts if part != "all"] or list(parts)
    rows = [row for part in drawn for row in estimate_rows(series[part], name=by_part(facts, part))]
    years = sorted({e.period for es in series.values() for e in es})
    columns = (
        Column(title="To the end of", width=0.8),
        *(Column(title=by_part(facts, p), align="right") for p in parts),
    )
    cells = tuple(
        ((date_of(y),), *(cell(facts.find(CUMULATIVE, facts.focus, y, part)) for part in parts)) for y in years
    )
    blocks: tuple[Block, ...] = (
        para(
            "Worker-months since ",
            date_of(dates.day(facts.programme.deadline)),
            " ",
            where(facts, facts.focus),
            ", added up to the end of each year. They count months of work, not persons.",
        ),
        Chart(
            id="law-worker-months",
            title="Months worked since the deadline, by cohort",
            subtitle="Worker-months, cumulative. Line: median. Band: central 80 %.",
            alt="One rising line per cohort.",
            spec=lines_by_name(rows, "worker-months"),
            estimates=tuple(card_id(e) for part in drawn for e in series[part]),
        ),
        Table(
            id="worker-months",
            columns=columns,
            rows=cells,
            caption=join("Median and ", EIGHTY, " interval, worker-months"),
        ),
    )
    return Section(id="law-since-deadline", title="Months worked since the deadline", blocks=blocks)


def _slips(facts: Facts) -> Section | None:
    """Texts that mix up a date or number of the law."""
    slips = [d for d in facts.assessment.dating_slips if d.slip]
    if not slips:
        return None
    columns = (
        Column(title="Text", width=1.6),
        Column(title="About", width=1.2),
        Column(title="Says", align="right"),
        Column(title="Right is", align="right"),
        Column(title="Note", width=2.6),
    )
    rows = tuple(_slip(facts, d) for d in slips)
    lead = para(
        how_many(len(slips), "text", start=True),
        " give another year, day or number than the text of law itself; a deadline turned into the year "
        "of adoption is the "
        "commonest slip.",
    )
    return Section(
        id="law-slips",
        title="Texts that mix up the dates",
        blocks=(lead, Table(id="slips", columns=columns, rows=rows)),
    )


def _slip(facts: Facts, d: Dating) -> tuple[Spans, ...]:
    claim = facts.claims[d.claim]
    return (
        join(tell(d.asserted_by), " (", claim_ref(claim), ")"),
        tell(d.about),
        (Figure(d.said, (d.claim,)),),
        (Ref(d.right, "entry", d.law),),
        tell(stop(d.note), (d.claim,)) if d.note else (),
    )


def _left_out(facts: Facts) -> Section | None:
    if not facts.assessment.left_out:
        return None
    rows = {row.id: row for row in facts.programme.law}
    items = tuple(
        join(
            Ref(rows[id].instrument + (f", {rows[id].paragraph}" if rows[id].paragraph else ""), "entry", id),
            ": ",
            tell(stop(why)),
        )
        for id, why in facts.assessment.left_out.items()
    )
    return Section(
        id="law-left-out",
        title="Texts read that are no obligation about labour here",
        blocks=(Details("Show", (Bullets(items),)),),
    )
