"""From an outcome to a finding: the sentences on exceptions and positions that every finding carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tallystick.assess.facts import Facts
from tallystick.assess.finding import Finding, Outcome, Quantity, sentences
from tallystick.assess.obligations import Obligation
from tallystick.assess.presence import Presence
from tallystick.vocab.records import Claim

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
Rule = Callable[[Obligation, Facts, Presence | None], Finding]


def conclude(
    obligation: Obligation,
    facts: Facts,
    outcome: Outcome,
    because: str,
    *,
    claims: Iterable[Claim] = (),
    chance: tuple[float, float] | None = None,
    quantities: tuple[Quantity, ...] = (),
    left_open: tuple[str, ...] = (),
    also_read: Iterable[Claim] = (),
    word: str = "",
) -> Finding:
    """The finding, with who invoked what. Exceptions are reported; they never change `outcome` here."""
    invoked = facts.named("invokes_exception")
    said = [position.says for position in facts.positions if position.kind in ("denies_test", "implementation")]
    rested = tuple(claims)
    relies = tuple(dict.fromkeys(claim.id for claim in rested))
    beside = [claim.id for claim in also_read] + [claim for position in facts.positions for claim in position.claims]
    found = outcome in ("inconsistent", "consistent")
    days = (facts.described(rested) if found else None) or facts.period
    return Finding(
        id=":".join(part for part in (obligation.id, facts.host, facts.period.id, facts.cohort) if part),
        obligation=obligation.id,
        title=obligation.title,
        instrument=obligation.main.instrument,
        paragraph=obligation.main.paragraph,
        addressee=facts.addressee,
        binds=obligation.binds,
        host=facts.host,
        period=days.label,
        period_id=facts.period.id,
        period_name=facts.period.name,
        cohort=facts.cohort,
        outcome=outcome,
        because=sentences([because, *said]),
        test=obligation.test,
        reading=obligation.reading,
        exceptions=obligation.exceptions,
        exception_invoked=bool(invoked),
        exception_said=exception_said(obligation, facts),
        left_open=(*obligation.left_open, *left_open, *(p.says for p in facts.named("reading"))),
        claims=relies,
        statements=facts.statements,
        law=tuple(dict.fromkeys((*obligation.law_ids, *(position.law for position in facts.positions)))),
        how_read=obligation.how_read,
        chance=chance,
        quantities=quantities,
        scope=obligation.scope,
        also_read=tuple(dict.fromkeys(claim for claim in beside if claim not in relies)),
        word=word,
        as_far_as=_as_far_as(obligation, facts) if outcome == "inconsistent" else (),
        reach=obligation.reach,
    )


def _as_far_as(obligation: Obligation, facts: Facts) -> tuple[str, ...]:
    """What of the test is not known of those concerned, for all of them and for the cohort."""
    every, of_cohort = obligation.parameters.get("as_far_as", ""), obligation.parameters.get("only_if", {})
    return tuple(filter(None, (str(every), str(of_cohort.get(facts.cohort or _all_of(obligation, facts), "")))))


def _all_of(obligation: Obligation, facts: Facts) -> str | None:
    """The cohort of which alone the finding speaks, where it rests on words and all of them are on that cohort."""
    speaks = obligation.parameters.get("cohort_evidence", {})
    words = set() if facts.showing("presence") else set(facts.told)
    return next((name for name, rows in speaks.items() if words and words <= set(rows["statements"])), None)


def exception_said(obligation: Obligation, facts: Facts) -> str:
    """What is known of exceptions; silence is reported as silence."""
    invoked = facts.named("invokes_exception")
    if invoked:
        return sentences(position.says for position in invoked)
    if not obligation.exceptions:
        return "The text as read names no exception."
    return (
        f"On the available evidence, no determination found: no exception is known to have been invoked by "
        f"{facts.addressee}. What nobody invoked leaves the finding as it is."
    )


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun, small ones in words: one origin, two origins, 14 origins."""
    return f"{in_words(number)} {one if number == 1 else many}"


def in_words(number: int) -> str:
    """A count as a sentence says it."""
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)


def capital(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]


def origins_said(facts: Facts, claims: tuple[Claim, ...]) -> str:
    """How many origins stand behind claims, as words."""
    return counted(facts.origins(claims), "origin", "origins")


def binds_others(obligation: Obligation, facts: Facts, because: str = "") -> Finding:
    """A text that binds somebody else: no outcome for this State, and what is on record in the period as events."""
    events = sentences(act.says for act in facts.named("practice"))
    recorded = f"On record: {events}" if events else "No act under it in this period is in the rows read."
    whom = f"The text is addressed to {facts.addressee}, not to this State, and finds nothing about its conduct."
    return conclude(obligation, facts, "not_applicable", sentences([whom, obligation.reach, recorded, because]))
