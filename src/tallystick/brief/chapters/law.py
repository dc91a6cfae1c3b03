"""The law: each obligation with its text, test and reading, and what the facts say of its addressee, host by host."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tallystick.assess.finding import OUTCOMES, Finding, Quantity
from tallystick.brief.chapters.base import caution
from tallystick.brief.chapters.law_tables import left_out, since_deadline, slips
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
    Paragraph,
    Ref,
    Section,
    Spans,
    Table,
)
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.prose import EIGHTY, how_many, inside, join, listed, method, para, refs, strong, tell
from tallystick.brief.words.estimates import say
from tallystick.brief.words.grammar import capital, stop
from tallystick.brief.words.hedges import probability_word
from tallystick.brief.words.numbers import percent, span

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
    extra = (since_deadline(facts), slips(facts), left_out(facts))
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
            "summaries: check the official text before relying on a provision. Nothing here is legal advice.",
        ),
    )


# Overview ---------------------------------------------------------------------------------------------------


def _overview(facts: Facts, findings: Sequence[Finding]) -> Table:
    """One row per obligation: which outcome in which host and period."""
    columns = (
        Column(title="Obligation", width=1.8),
        Column(title="Text", width=1.6),
        Column(title="Outcome, by host and period", width=3.6),
    )
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.cohort is None:
            groups.setdefault(finding.obligation, []).append(finding)
    rows = tuple((tell(g[0].title), (text_ref(g[0]),), _outcomes(facts, g)) for g in groups.values())
    caption = join("Every obligation; findings by cohort follow below")
    return Table(id="findings-overview", columns=columns, rows=rows, caption=caption)


def by_host(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in groups of one obligation and host, in order."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.obligation, finding.host), []).append(finding)
    return list(groups.values())


def _outcomes(facts: Facts, findings: Sequence[Finding]) -> Spans:
    """By outcome where each host has one period, by host where it has several."""
    if len({f.period_name for f in findings}) == 1:
        period = join(" (", tell(findings[0].period_name), ").")
        return join(_by_outcome(findings, lambda f: host_of(facts, f)), period)
    out: Spans = ()
    for group in by_host(findings):
        said = _by_outcome(group, lambda f: f.period_name)
        out = join(out, " " if out else "", strong(host_of(facts, group[0]) + ": "), said, ".")
    return out


def _by_outcome(findings: Sequence[Finding], name: Callable[[Finding], str]) -> Spans:
    """ "inconsistent: a, b; undetermined: c"."""
    out: Spans = ()
    for outcome in OUTCOMES:
        names = [name(f) for f in findings if f.outcome == outcome]
        if names:
            word = Emph(OUTCOME_WORDS[outcome], strong=outcome == "inconsistent")
            out = join(out, "; " if out else "", word, ": ", tell(", ".join(names)))
    return out


def host_of(facts: Facts, finding: Finding) -> str:
    return capital(facts.host_name(finding.host)) if finding.host else "\u2013"


def provision(instrument: str, paragraph: str, symbol: str) -> str:
    """Instrument and provision; resolutions have paragraphs, other texts number theirs in their own ways."""
    if not paragraph or re.search(rf"(?<!\d){re.escape(paragraph)}(?!\d)", instrument):
        return instrument
    return f"{instrument}, {'paragraph ' if symbol.startswith('S/RES') else ''}{paragraph}"


def text_ref(finding: Finding) -> Ref:
    """The text of law behind a finding, as a link to its row."""
    symbol = "S/RES" if "Security Council" in finding.instrument else ""
    return Ref(provision(finding.instrument, finding.paragraph, symbol), "entry", finding.law[0])


# One obligation ---------------------------------------------------------------------------------------------


def _obligation(facts: Facts, findings: list[Finding]) -> Section:
    first = findings[0]
    whole = [f for f in findings if f.cohort is None]
    cohorts = [f for f in findings if f.cohort is not None]
    marked = [f for f in whole if f.outcome == "inconsistent"]
    rest = [f for f in whole if f.outcome != "inconsistent"]
    blocks: list[Block] = [*_reading(first)]
    if marked:
        blocks.append(Cards(tuple(_card(facts, f) for f in marked)))
    if rest:
        blocks.append(_table(facts, rest, f"law-{first.obligation}"))
    if cohorts:
        blocks.append(Details("By cohort", (_table(facts, cohorts, f"law-{first.obligation}-cohorts"),)))
    blocks += [
        *_list("Exceptions.", _once(findings, lambda f: (f.exception_said,))),
        *_list("Left open.", _once(findings, lambda f: f.left_open)),
    ]
    return Section(id=f"law-{first.obligation}", title=tell(first.title), blocks=tuple(blocks))


def _reading(first: Finding) -> list[Block]:
    out: list[Block] = [
        para(strong("Text. "), text_ref(first), " (read as: ", tell(", ".join(first.how_read)), ")."),
        para(strong("Test. "), tell(stop(first.test))),
        para(strong("Our reading. "), tell(stop(first.reading))),
    ]
    if first.exceptions:
        out.append(para(strong("Exceptions in the text. "), tell(stop(first.exceptions))))
    return out


def _once(findings: Iterable[Finding], field: Callable[[Finding], tuple[str, ...]]) -> list[str]:
    """What the findings say in one of their fields, each sentence once."""
    return list(dict.fromkeys(text for finding in findings for text in field(finding) if text))


def _list(head: str, texts: Sequence[str]) -> list[Block]:
    if not texts:
        return []
    if len(texts) == 1:
        return [para(strong(head + " "), tell(stop(texts[0])))]
    return [para(strong(head)), Bullets(tuple(tell(stop(text)) for text in texts))]


def _named(facts: Facts, f: Finding) -> str:
    return ", ".join(filter(None, (host_of(facts, f), f.period_name, (f.cohort or "").replace("_", " "))))


def _card(facts: Facts, f: Finding) -> Card:
    body: list[Paragraph | Bullets] = [para(tell(stop(f.because), f.claims))]
    body += [para(line) for line in _numbers(facts, f)]
    if f.claims or f.statements:
        body.append(para("Rests on ", refs(facts, [*f.claims, *f.statements]), "."))
    return Card(title=tell(_named(facts, f)), body=tuple(body), tag=OUTCOME_WORDS[f.outcome], tone=f.outcome, id=f.id)


def _table(facts: Facts, findings: Sequence[Finding], id: str) -> Table:
    """One row per host and reason: periods that end alike for the same reason stand together."""
    columns = (
        Column(title="Host and period", width=1.6),
        Column(title="Outcome", width=0.9),
        Column(title="Because", width=3.4),
        Column(title="Rests on", width=1.3),
    )
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for f in findings:
        alone = f.id if _numbers(facts, f) else ""  # numbers are of one period
        groups.setdefault((f.host, f.cohort, f.outcome, f.because, f.claims, f.statements, alone), []).append(f)
    return Table(id=id, columns=columns, rows=tuple(_row(facts, group) for group in groups.values()))


def _row(facts: Facts, group: Sequence[Finding]) -> tuple[Spans, ...]:
    f = group[0]
    periods = "; ".join(each.period_name for each in group)
    because = tell(stop(f.because), f.claims)
    for line in _numbers(facts, f):
        because = join(because, " ", line)
    return (
        tell(", ".join(filter(None, (host_of(facts, f), periods, (f.cohort or "").replace("_", " "))))),
        (Emph(OUTCOME_WORDS[f.outcome], strong=f.outcome == "inconsistent"),),
        because,
        refs(facts, [*f.claims, *f.statements]),
    )


def _numbers(facts: Facts, f: Finding) -> list[Spans]:
    chance = [_chance(f.chance)] if f.chance is not None else []
    return [*chance, *(_quantity(facts, f, quantity) for quantity in f.quantities)]


def _chance(chance: tuple[float, float]) -> Spans:
    words = list(dict.fromkeys(probability_word(p) for p in chance))
    numbers = span(whole_percent(chance[0]), whole_percent(chance[1]))
    assumed = ", over the range of assumptions" if len(words) > 1 else ""
    return join("Probability that the test is met: ", method(numbers), f" ({' to '.join(words)}{assumed}).")


def whole_percent(probability: float) -> str:
    """A probability in whole percent; never 0 or 100 for what may happen, or fail to, in a few draws."""
    if 0 < probability < 0.01:
        return "under 1 percent"
    if 0.99 < probability < 1:
        return "over 99 percent"
    return percent(round(probability, 2))


def _quantity(facts: Facts, f: Finding, quantity: Quantity) -> Spans:
    """A number that a finding computed from the draws; it opens the estimate that follows the same people."""
    said = say(quantity.interval, quantity.unit)
    card = _card_of(facts, f, quantity)
    whose = f" ({quantity.cohort.replace('_', ' ')})" if quantity.cohort else ""
    if said.interval == said.median:
        return join(f"{capital(quantity.name)}{whose}: ", Figure(said.median, estimate=card), ".")
    return join(
        f"{capital(quantity.name)}{whose}: ",
        Figure(said.median, estimate=card),
        " (",
        EIGHTY,
        " interval ",
        Figure(inside(said.interval, said.median), estimate=card),
        ").",
    )


def _card_of(facts: Facts, f: Finding, quantity: Quantity) -> str:
    """The estimate nearest to a finding's own number: the same people, at the end of its period."""
    series = facts.series("workers_present", f.host) or facts.series("workers_present", facts.focus)
    if quantity.unit == "worker-months" and f.host == facts.focus:
        series = facts.series(CUMULATIVE, facts.focus, quantity.cohort or "all") or series
    until = quantity.period.split("/")[-1]
    within = [e for e in series if until == ".." or e.period <= until[: len(e.period)]]
    return card_id((within or list(series[:1]))[-1])
