"""The law: each obligation with its text, test and reading, and what the facts say of its addressee, host by host."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from tallystick.assess.finding import OUTCOMES, Finding, Quantity
from tallystick.brief.chapters.base import caution, chapter_ref
from tallystick.brief.chapters.law_tables import left_out, since_deadline, slips
from tallystick.brief.chapters.use_goods import firm_rules
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
from tallystick.brief.prose import EIGHTY, date_of, how_many, inside, join, listed, method, para, refs, strong, tell
from tallystick.brief.words import dates
from tallystick.brief.words.estimates import say
from tallystick.brief.words.grammar import capital, stop
from tallystick.brief.words.hedges import probability_word
from tallystick.brief.words.numbers import percent, span
from tallystick.vocab.records import LawRow

OUTCOME_WORDS = {
    "inconsistent": "inconsistent",
    "consistent": "consistent",
    "undetermined": "undetermined",
    "not_applicable": "not applicable",
}
NONE_OF_A_STATE = "no finding about a State"
CUMULATIVE = "worker_months_after_deadline"
READ_WHOLE = "official text"
ONE_COHORT = "Each person is in one cohort at a time"
HELD = "; a holdover whose term ended behind the closed border is counted as stranded"


def read_in_part(law: Iterable[LawRow]) -> int:
    """Rows of law that were read in a summary, in a copy or from general knowledge."""
    return sum(READ_WHOLE not in row.how_read for row in law)


def law(facts: Facts) -> Chapter:
    findings = facts.assessment.findings
    obligations = list(dict.fromkeys(f.obligation for f in findings))
    sections = [_obligation(facts, [f for f in findings if f.obligation == id]) for id in obligations]
    extra = (since_deadline(facts), slips(facts), left_out(facts))
    return Chapter(
        id="law",
        title="What is inconsistent with which obligation",
        standfirst=_standfirst(findings, len(obligations)),
        blocks=(_how_to_read(facts), _overview(facts, findings)),
        sections=(*sections, *(section for section in extra if section is not None)),
    )


def _standfirst(findings: Sequence[Finding], obligations: int) -> Spans:
    """Findings by outcome, each once: what is split by cohort, and what binds no State, is counted apart."""
    whole = [f for f in findings if f.cohort is None]
    split, others = len(findings) - len(whole), sum(f.binds == "others" for f in whole)
    return join(
        how_many(obligations, "obligation", start=True),
        " that concern labour, read over the evidence: ",
        listed([_count(whole, outcome) for outcome in OUTCOMES]),
        ".",
        join(" Some are split by cohort as well, in ", how_many(split, "further finding"), ".") if split else (),
        join(" Apart from them, ", how_many(others, "reading"), " of texts that bind neither a host nor the sender.")
        if others
        else (),
    )


def _count(findings: Sequence[Finding], outcome: str) -> Spans:
    number = sum(f.outcome == outcome for f in findings if f.binds != "others")
    return join(how_many(number, "finding"), f" {OUTCOME_WORDS[outcome]}")


def _how_to_read(facts: Facts) -> Block:
    law = facts.programme.law
    mostly = (
        "The texts were mostly read in copies and summaries: check" if 2 * read_in_part(law) > len(law) else "Check"
    )
    return caution(
        "How to read a finding",
        para(
            "A finding speaks of the conduct of its addressee, a State or a person bound by the text, and "
            "never of a worker. Where a text binds somebody else (importers, firms, an authority), nothing is found "
            "about a State, and detentions or listings stand as events; goods and firms may be within the text all "
            "the same. A finding rests only on figures that the account uses and on "
            "statements, of that host, and speaks of no day beyond those that they describe. "
            "Undetermined means that the facts do not say. What a text leaves outside its scope is part of its test, "
            "and what is owed to a person, as that nobody is sent back to grave harm, nobody has to invoke. "
            "An exception that is for a State to invoke counts only where it did; one that nobody invoked is "
            "reported and does not make the facts unknown.",
        ),
        para(
            "How many origins it takes. One is enough where the test is a single fact that a row can state: one "
            "person at work, one authorisation, one dealing; the finding says that it is one. Forced labour takes "
            "two for each limb, which can be read in one way only: it says how people were treated, and one set of "
            "interviews would else decide about thousands. Separate origins are not shown to be independent. ",
            f"{mostly} the official text before relying on a provision. Nothing here is legal advice.",
        ),
    )


# Overview ---------------------------------------------------------------------------------------------------


def _overview(facts: Facts, findings: Sequence[Finding]) -> Table:
    """One row per obligation: which outcome in which host and period."""
    columns = (
        Column(title="Obligation", width=1.8),
        Column(title="Text", width=1.6),
        Column(title="Addressee", width=1.2),
        Column(title="Outcome, by host and period", width=3.6),
    )
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.cohort is None:
            groups.setdefault(finding.obligation, []).append(finding)
    rows = tuple(
        (tell(g[0].title), (text_ref(facts, g[0]),), _addressees(facts, g), _outcomes(facts, g))
        for g in groups.values()
    )
    caption = join("Every obligation; findings by cohort follow below")
    gaps = [facts.says(place, before=" ") for place in ("forced_labour_reach", "law_gaps", "firms_bound")]
    note = join(
        "A host that is not in the table was not assessed, and nothing is found about it.", *gaps, _firms(facts)
    )
    return Table(id="findings-overview", columns=columns, rows=rows, caption=caption, note=note)


def _firms(facts: Facts) -> Spans:
    """Texts that may bind a firm and of which nothing is found here."""
    outside = [rule.row for rule in firm_rules(facts) if not rule.assessed]
    if not outside:
        return ()
    named = listed([join(tell(row.instrument), " (", refs(facts, [row.id]), ")") for row in outside], "and", "; ")
    gaps = chapter_ref("law that was not read at all", "limits-evidence")
    return join(" For firms to read, outside this account: ", named, ", and ", gaps, ".")


def by_host(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in groups of one obligation and host, in order."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.obligation, finding.host), []).append(finding)
    return list(groups.values())


def _addressees(facts: Facts, findings: Sequence[Finding]) -> Spans:
    """Whom the text binds, as far as it is read here."""
    return tell("; ".join(dict.fromkeys(host_of(facts, f) for f in findings)))


def _outcomes(facts: Facts, findings: Sequence[Finding]) -> Spans:
    """By outcome where each host has one period, by host where it has several."""
    if findings[0].binds == "others":
        binds = f": it binds {findings[0].addressee}. {findings[0].reach} Acts on record below."
        return join(Emph(NONE_OF_A_STATE), tell(binds))
    if len({f.period_name for f in findings}) == 1:
        period = join(" (", tell(when_of(findings[0])), ").")
        return join(_by_outcome(findings, lambda f: place_of(facts, f)), period)
    out: Spans = ()
    for group in by_host(findings):
        said = _by_outcome(group, when_of)
        out = join(out, " " if out else "", strong(capital(place_of(facts, group[0])) + ": "), said, ".")
    return join(out, *(tell(f" Inconsistent {text}.") for text in far(findings)))


def far(findings: Iterable[Finding]) -> list[str]:
    """How far every one of the findings that say so reaches, each once."""
    told = [f.as_far_as for f in findings if f.outcome == "inconsistent"]
    return [text for text in (told[0] if told else ()) if all(text in each for each in told)]


def when_of(finding: Finding) -> str:
    """The period by its name; of what is found with the days that its rows describe, for it says nothing of others."""
    if finding.outcome not in ("inconsistent", "consistent"):
        return finding.period_name
    return f"{finding.period_name} (rows of {days_of(finding)})"


def days_of(finding: Finding) -> str:
    """The days that a finding speaks of, in words."""
    first, last = (date.fromisoformat(day) for day in finding.period.split("/"))
    return dates.window(first, last)


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
    """The addressee, by whom a row is headed: the host where the text binds the host, else whom it binds."""
    named = facts.host_name(finding.host) if finding.binds == "host" else finding.addressee
    return capital(named) if named else "\u2013"


def place_of(facts: Facts, finding: Finding) -> str:
    """Where the people are of whom a finding speaks; the bare name where the host is itself the addressee."""
    name = facts.host_name(finding.host)
    return f"workers in {name}" if finding.binds == "sender" else name


def outcome_word(finding: Finding) -> str:
    """The outcome, or the fact that says more than it does."""
    told = NONE_OF_A_STATE if finding.binds == "others" else OUTCOME_WORDS[finding.outcome]
    return finding.word or told


def provision(instrument: str, paragraph: str, in_paragraphs: bool) -> str:
    """Instrument and provision; some texts have paragraphs, others number theirs in their own ways."""
    if not paragraph or re.search(rf"(?<!\d){re.escape(paragraph)}(?!\d)", instrument):
        return instrument
    return f"{instrument}, {'paragraph ' if in_paragraphs else ''}{paragraph}"


def text_ref(facts: Facts, finding: Finding) -> Ref:
    """The text of law behind a finding, as a link to its row."""
    symbol = next(row.official_symbol for row in facts.programme.law if row.id == finding.law[0])
    begun = tuple(facts.programme.tables["obligations"].get("in_paragraphs", ()))
    return Ref(provision(finding.instrument, finding.paragraph, symbol.startswith(begun)), "entry", finding.law[0])


# One obligation ---------------------------------------------------------------------------------------------


def _obligation(facts: Facts, findings: list[Finding]) -> Section:
    first = findings[0]
    whole = [f for f in findings if f.cohort is None]
    cohorts = [f for f in findings if f.cohort is not None]
    marked = [f for f in whole if f.outcome == "inconsistent"]
    rest = [f for f in whole if f.outcome != "inconsistent"]
    blocks: list[Block] = [*_reading(facts, first)]
    if marked:
        blocks.append(Cards(tuple(_card(facts, f) for f in marked)))
    if rest:
        blocks.append(_table(facts, rest, f"law-{first.obligation}"))
    if cohorts:
        table = _table(facts, cohorts, f"law-{first.obligation}-cohorts")
        blocks.append(Details("By cohort", (para(ONE_COHORT, HELD if facts.was_closed else "", "."), table)))
    blocks += [
        *([] if first.binds == "others" else _list("Exceptions.", _once(findings, lambda f: (f.exception_said,)))),
        *_list("Left open.", _once(findings, lambda f: f.left_open)),
    ]
    return Section(id=f"law-{first.obligation}", title=tell(first.title), blocks=tuple(blocks))


def _reading(facts: Facts, first: Finding) -> list[Block]:
    out: list[Block] = [
        para(strong("Text. "), text_ref(facts, first), " (read as: ", tell(", ".join(first.how_read)), ")."),
        para(strong("Test. "), tell(stop(first.test))),
        *([para(strong("Outside its scope. "), tell(" ".join(first.scope)))] if first.scope else []),
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
    return ", ".join(filter(None, (host_of(facts, f), when_of(f), (f.cohort or "").replace("_", " "))))


def _card(facts: Facts, f: Finding) -> Card:
    body: list[Paragraph | Bullets] = (
        [para(tell(stop(f"Inconsistent {'; '.join(f.as_far_as)}")))] if f.as_far_as else []
    )
    body.append(para(_because(f)))
    body += [para(line) for line in _numbers(facts, f)]
    if rests := _rests(facts, f):
        body.append(para("Rests on ", rests, "."))
    return Card(title=tell(_named(facts, f)), body=tuple(body), tag=outcome_word(f), tone=f.outcome, id=f.id)


def _because(f: Finding) -> Spans:
    return tell(stop(f.because), f.claims or f.also_read)


def _rests(facts: Facts, f: Finding) -> Spans:
    """What the outcome rests on, and apart from it what was read beside the test."""
    rests, beside = refs(facts, [*f.claims, *f.statements]), refs(facts, f.also_read)
    if not beside:
        return rests
    return join(rests, "; " if rests else "no row; ", "read beside it and not relied on: ", beside)


def _table(facts: Facts, findings: Sequence[Finding], id: str) -> Table:
    """One row per addressee, place and reason: periods that end alike for the same reason stand together."""
    columns = (
        Column(title="Addressee", width=1.1),
        Column(title="Where and when", width=1.4),
        Column(title="Outcome"),
        Column(title="Because", width=3.2),
        Column(title="Rests on", width=1.3),
    )
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for f in findings:
        alone = f.id if _numbers(facts, f) else ""  # numbers are of one period
        key = (f.host, f.cohort, f.outcome, f.because, f.as_far_as, f.claims, f.statements, f.also_read, alone)
        groups.setdefault(key, []).append(f)
    return Table(id=id, columns=columns, rows=tuple(_row(facts, group) for group in groups.values()))


def _row(facts: Facts, group: Sequence[Finding]) -> tuple[Spans, ...]:
    f = group[0]
    periods = "; ".join(when_of(each) for each in group)
    far_as = tell(f"{capital('; '.join(f.as_far_as))}. ") if f.as_far_as else ()
    because = join(*far_as, _because(f))
    for line in _numbers(facts, f):
        because = join(because, " ", line)
    place = "" if f.binds == "host" else capital(place_of(facts, f))  # the addressee names the host there
    return (
        tell(host_of(facts, f)),
        tell(", ".join(filter(None, (place, periods, (f.cohort or "").replace("_", " "))))),
        (Emph(outcome_word(f), strong=f.outcome == "inconsistent"),),
        because,
        _rests(facts, f),
    )


def _numbers(facts: Facts, f: Finding) -> list[Spans]:
    chance = [_chance(f.chance)] if f.chance is not None else []
    return [*chance, *(_quantity(facts, f, quantity) for quantity in f.quantities)]


def _chance(chance: tuple[float, float]) -> Spans:
    words = list(dict.fromkeys(probability_word(p) for p in chance))
    numbers = span(whole_percent(chance[0]), whole_percent(chance[1]))
    assumed = ", over the range of assumptions" if len(words) > 1 else ""
    return join(
        "Probability, given the model, that the barred conduct took place: ",
        method(numbers),
        f" ({' to '.join(words)}{assumed}).",
    )


def whole_percent(probability: float) -> str:
    """A probability in whole percent; never 0 or 100, for no model excludes and none is sure."""
    if probability < 0.01:
        return "under 1 percent"
    if probability > 0.99:
        return "over 99 percent"
    return percent(round(probability, 2))


def _quantity(facts: Facts, f: Finding, quantity: Quantity) -> Spans:
    """A number that a finding computed from the draws, with its days; it opens the estimate nearest to it."""
    said = say(quantity.interval, quantity.unit)
    card = _card_of(facts, f, quantity)
    whose = f" ({quantity.cohort.replace('_', ' ')})" if quantity.cohort else ""
    first, last = (date_of(dates.day(date.fromisoformat(day))) for day in quantity.period.split("/"))
    head = join(f"{capital(quantity.name)}{whose} from ", first, " to ", last, ": ", Figure(said.median, estimate=card))
    if said.interval == said.median:
        return join(head, ".")
    return join(head, " (", EIGHTY, " interval ", Figure(inside(said.interval, said.median), estimate=card), ").")


def _card_of(facts: Facts, f: Finding, quantity: Quantity) -> str:
    """The estimate nearest to a finding's own number: the same people, at the last period wholly before its end."""
    series = facts.series("workers_present", f.host) or facts.series("workers_present", facts.focus)
    if quantity.unit == "worker-months" and f.host == facts.focus:
        series = facts.series(CUMULATIVE, facts.focus, quantity.cohort or "all") or series
    until = quantity.period.split("/")[-1]
    within = [e for e in series if f"{e.period}-12"[:7] <= until[:7]]
    return card_id((within or list(series[:1]))[-1])
