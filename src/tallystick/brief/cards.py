"""What opens behind a number: cards of claims, estimates and sources, and entries of law, statements and events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tallystick.brief.backing import evidence_word
from tallystick.brief.chapters.base import claim_place
from tallystick.brief.document import ClaimCard, Entry, EstimateCard, SourceCard
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.leading import UNANSWERED
from tallystick.brief.names import estimate_name, fit_shown, label_name
from tallystick.brief.words import dates
from tallystick.brief.words.claims import claim_quantity
from tallystick.brief.words.estimates import noun_for, say, say_levels
from tallystick.brief.words.grammar import capital
from tallystick.evidence.withheld import LEFT_OUT
from tallystick.reconcile.standing import doubted_by
from tallystick.vocab.estimate import ClaimFit, Estimate, Interval
from tallystick.vocab.records import Claim, Event, FrameworkCell, Indicator, LawRow, Statement

LINK_WORDS = {
    "repeats": ("repeats", "is repeated by"),
    "rounds": ("rounds", "is rounded by"),
    "converts": ("converts", "is converted by"),
    "garbles": ("garbles", "is garbled by"),
    "computes_from": ("computes from", "is computed from by"),
}
DESIGNATED = "designated persons"  # among the addressees of every row of law that lists persons or firms
SUSPECTED = ("probably copies", "is probably copied by")


def estimate_cards(facts: Facts) -> tuple[EstimateCard, ...]:
    return tuple(_estimate(facts, e) for e in facts.estimates)


def _estimate(facts: Facts, e: Estimate) -> EstimateCard:
    said, prior = say(e.interval, e.unit), say(e.prior, e.unit)
    return EstimateCard(
        id=card_id(e),
        title=estimate_name(facts, e),
        median=said.median,
        unit=noun_for(e.unit),
        levels=tuple((f"{level} %", *ends) for level, ends in say_levels(e.interval, e.unit).items()),
        prior=f"{prior.median} ({prior.interval}) before any claim; {evidence_word(facts, e)}",
        alternatives=tuple((other.name, _alternative(other.interval, e.unit)) for other in e.alternatives),
        origins=e.origins,
        claims=e.claims,
    )


def _alternative(interval: Interval, unit: str) -> str:
    said = say(interval, unit)
    return f"{said.median} (80 % interval {said.interval})"


# Claims -----------------------------------------------------------------------------------------------------


def claim_cards(facts: Facts) -> tuple[ClaimCard, ...]:
    lineage = _lineage(facts)
    return tuple(_claim(facts, claim, tuple(lineage[claim.id])) for claim in facts.programme.claims)


def _lineage(facts: Facts) -> Mapping[str, list[tuple[str, str]]]:
    """For each claim, what it was taken from and what was taken from it, as far as those claims are in this run."""
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for claim in facts.programme.claims:
        for target, (forward, backward) in _links(claim):
            if target in facts.claims:
                out[claim.id].append((forward, target))
                out[target].append((backward, claim.id))
    return out


def _links(claim: Claim) -> Iterator[tuple[str, tuple[str, str]]]:
    for target in claim.derived_from:
        yield target, LINK_WORDS.get(claim.link_kind, ("goes back to", "is behind"))
    for target in claim.suspected_from:
        yield target, SUSPECTED


def _claim(facts: Facts, claim: Claim, lineage: tuple[tuple[str, str], ...]) -> ClaimCard:
    disposition, fit = facts.dispositions[claim.id], fit_shown(facts, claim.id)
    measure = facts.programme.measures[claim.measure]
    kind = facts.programme.asserter_classes.get(claim.asserter_class)
    quote = facts.quotes.get(claim.id)
    return ClaimCard(
        id=claim.id,
        value=claim_quantity(claim),
        measure=measure.name,
        host=claim_place(facts, claim),
        period=dates.stated_period(claim.start, claim.end),
        asserted_by=claim.asserted_by,
        asserter_class=kind.name if kind else claim.asserter_class,
        asserted_when=_asserted(claim),
        published_by=claim.published_by,
        title=claim.title,
        published_on=dates.published(claim.published_on),
        url=claim.url,
        source=facts.source_of.get(claim.id, ""),
        hedge=claim.hedge,
        disposition=disposition.disposition,
        reason=disposition.reason,
        origin=disposition.origin,
        lineage=lineage,
        tail_probability=f"{fit.tail_probability:.3f}" if fit else "",
        influence=_influence(facts, fit),
        note=claim.note,
        words=quote.words if quote else "",
        passage=quote.passage if quote else "",
        copy=quote.copy if quote else "",
    )


def _asserted(claim: Claim) -> str:
    """When the figure was first asserted, and how sure that is."""
    first, last = claim.asserted_earliest, claim.asserted_latest
    when = dates.day(first) if first == last else f"between {dates.day(first)} and {dates.day(last)}"
    return f"{when} ({claim.dating_sure})" if claim.dating_sure else when


def _influence(facts: Facts, fit: ClaimFit | None) -> str:
    if fit is None or not facts.shows_influence(fit):
        return ""
    if not fit.influence_reliable:
        return UNANSWERED
    return f"{fit.influence:.2f} of the width of the 80 % interval of {label_name(facts, fit.influence_on)}"


# Sources and entries ----------------------------------------------------------------------------------------


def source_cards(facts: Facts) -> tuple[SourceCard, ...]:
    return tuple(
        SourceCard(
            id=s.id,
            published_by=s.published_by,
            title=s.title,
            published_on=dates.published(s.published_on),
            url=s.url,
            claims=s.claims,
        )
        for s in facts.sources
    )


def entries(facts: Facts) -> tuple[Entry, ...]:
    p = facts.programme
    return (
        *(_law(row) for row in p.law),
        *(_left_out(facts, s.id, "Statements") or _statement(facts, s) for s in p.statements),
        *(_left_out(facts, e.id, "Events") or _event(facts, e) for e in p.events),
        *(_indicator(i) for i in p.indicators),
        *(_cell(c) for c in p.framework),
    )


def _left_out(facts: Facts, id: str, group: str) -> Entry | None:
    """The card of a row that protects people: its id and one sentence; None for any other row."""
    return Entry(id=id, group=group, title=LEFT_OUT, fields=()) if id in facts.withheld else None


def _filled(**fields: str) -> tuple[tuple[str, str], ...]:
    """Field names in words, empty fields left out."""
    return tuple((capital(name.replace("_", " ")), value) for name, value in fields.items() if value)


def _law(row: LawRow) -> Entry:
    title = f"{row.instrument}, paragraph {row.paragraph}" if row.paragraph else row.instrument
    return Entry(
        id=row.id,
        group="Law",
        title=title,
        fields=_filled(
            symbol=row.official_symbol,
            addressee=row.addressee,
            test=row.test,
            adopted=dates.day(row.adopted_on) if row.adopted_on else "",
            in_force_from=dates.day(row.in_force_from) if row.in_force_from else "",
            deadline=dates.day(row.deadline) if row.deadline else "",
            what_it_says=row.text_summary,
            obligation=row.obligation,
            exceptions=row.exceptions,
            how_it_was_read=row.how_read,
            status=_status(row),
            note=row.note,
        ),
        url=row.source_url,
    )


def _status(row: LawRow) -> str:
    """What a row that lists persons or firms is not; blank for any other row."""
    if DESIGNATED not in row.addressee:
        return ""
    when = f" on {dates.day(row.adopted_on)}" if row.adopted_on else ""
    return f"as announced{when}; status since not followed; not a screening list"


def _statement(facts: Facts, s: Statement) -> Entry:
    report = facts.programme.reports.get(s.report)
    doubts = doubted_by(s, facts.programme)
    return Entry(
        id=s.id,
        group="Statements",
        title=s.statement,
        fields=_filled(
            read_in=f"{report.title} ({report.published_by})" if report else s.report,
            paragraph=s.paragraph,
            asserted_by=s.asserted_by,
            hedge=s.hedge,
            doubted=", ".join(doubts) + " of the same report could not confirm it" if doubts else "",
            kind=s.kind.replace("_", " "),
            period=s.period,
            place=s.place,
            bears_on=", ".join(filter(None, (*s.indicators, *s.framework_limbs))).replace("_", " "),
            related_claims=", ".join(s.related_claims),
            note=s.note,
        ),
    )


def _event(facts: Facts, e: Event) -> Entry:
    report = facts.programme.reports.get(e.report)
    return Entry(
        id=e.id,
        group="Events",
        title=e.title,
        fields=_filled(
            when=dates.event_date(e.start, e.end, e.precision),
            place=e.place,
            read_in=f"{report.title} ({report.published_by})" if report else e.report,
            paragraph=e.paragraph,
            note=e.note,
        ),
    )


def _indicator(i: Indicator) -> Entry:
    return Entry(
        id=i.id,
        group="Indicators",
        title=i.name,
        fields=_filled(
            definition=i.operational_definition, limits=i.limits, status=i.status, how_it_was_read=i.how_read
        ),
        url=i.source_url,
    )


def _cell(c: FrameworkCell) -> Entry:
    return Entry(
        id=c.id,
        group="Framework of forced labour",
        title=f"{capital(c.limb.replace('_', ' '))}, {c.phase.replace('_', ' ')}",
        fields=_filled(
            definition=c.operational_definition,
            speaks_for=c.speaks_for,
            speaks_against=c.speaks_against,
            how_it_was_read=c.how_read,
            note=c.note,
        ),
        url=c.source_url,
    )
