"""Rules whose test is a person: authorised to work, earning income, made to work.

Every rule takes an obligation, the facts of one addressee in one period and, where draws follow the host, who was
there. It knows no country and no law: what it reads comes with the obligation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tallystick.assess.conclude import capital, conclude, counted, origins_said
from tallystick.assess.facts import Facts, largest, smallest
from tallystick.assess.finding import LIKELY, Finding, Outcome, Quantity, by_chance, sentences
from tallystick.assess.obligations import Obligation
from tallystick.assess.presence import Presence, authorised_quantity, worker_months_quantities
from tallystick.vocab.records import Claim


def ceiling_on_authorisations(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """More work authorisations on a later day than on the day of adoption.

    Text       A ceiling: the number of work authorisations on one day, never to be passed again.
    Addressee  The State that grants authorisations, for its own jurisdiction.
    Test       Work authorisation. A person at work without one is outside the count.
    Reading    Two published counts are needed: one in the period, and another that describes the day of adoption,
               for a count of another day cannot stand in for it. Then inconsistent when the authorised were in some
               month likely more than in the month of adoption, consistent when that is unlikely, undetermined
               between.
    Exceptions As the obligation says; reported, never assumed.
    """
    counts = facts.showing("direct")
    near = tuple(claim for claim in facts.showing("baseline") if claim not in counts)
    month = obligation.main.adopted_on.strftime("%Y-%m") if obligation.main.adopted_on else ""
    chance = presence.chance_above_level(month, facts.period) if presence else None
    if not counts:
        why = "Nobody published how many work authorisations were valid then, so the ceiling cannot be checked."
        return conclude(obligation, facts, "undetermined", why)
    if not near or chance is None:
        why = "No other count was published of the day that sets the ceiling, so there is nothing to compare with."
        return conclude(obligation, facts, "undetermined", why, claims=counts)
    relies, outcome = (*near, *counts), by_chance(chance, chance)
    why = f"{_level_said(outcome)} It rests on counts published of that day and of the period."
    numbers = authorised_quantity(presence, facts.period) if presence else ()
    return conclude(obligation, facts, outcome, why, claims=relies, chance=(chance, chance), quantities=numbers)


def _level_said(outcome: Outcome) -> str:
    compared = {
        "inconsistent": "were likely more numerous in some month than",
        "consistent": "were unlikely in any month to be more numerous than",
        "undetermined": "may or may not have been more numerous in some month than",
    }
    return f"Those authorised to work {compared[outcome]} in the month that sets the ceiling."


def ban_on_new_authorisations(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """New work authorisations granted after a ban took effect.

    Text       No work authorisation in connection with admission to the territory.
    Addressee  The State that grants authorisations.
    Test       An authorisation granted, inside the scope of the text. A visa that gives no leave to work is outside,
               whoever holds it and whatever he does; a work visa is a clue and shows no authorisation.
    Reading    Inconsistent when a published figure that somebody answers for shows one granted in the period and
               rows show that it lies inside the scope, or the text leaves nothing out of its scope; undetermined
               otherwise. A zero that somebody publishes is no proof.
    Exceptions Reported with who invoked them. What the text does not reach is scope and no exception: it is part of
               the test, and nobody has to invoke it.
    """
    del presence  # how many hold an authorisation does not say when it was granted
    shown, none, clues = facts.showing("direct"), facts.zeros("direct"), facts.showing("clue")
    if shown:
        return _granted(obligation, facts, shown)
    if none:
        why = (
            f"The figure published for the period is zero, according to {origins_said(facts, none)}; that is no proof."
        )
        return conclude(obligation, facts, "undetermined", why, also_read=none)
    why = "No figure on work authorisations granted then was read. Entries under other visas are outside the test."
    if clues:
        why += " Work visas, or entries with work as their purpose, are a clue and show no authorisation."
    return conclude(obligation, facts, "undetermined", why, also_read=clues)


def _granted(obligation: Obligation, facts: Facts, shown: tuple[Claim, ...]) -> Finding:
    """Authorisations after the ban: held against it only as far as its scope is known to reach them."""
    inside = obligation.parameters.get("inside_scope", ())
    within = tuple(claim for claim in shown if claim.id in inside or not obligation.scope)
    why = f"Authorisations were issued after the ban took effect, according to {origins_said(facts, within or shown)}."
    if within:
        return conclude(obligation, facts, "inconsistent", why, claims=within)
    return conclude(obligation, facts, "undetermined", f"{why} {obligation.scope_unknown}", claims=shown)


def income_earners_remain(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """People still earning income after the day by which they had to be returned.

    Text       Return of everyone who earns income in the jurisdiction, by a deadline at the latest.
    Addressee  The host State.
    Test       Earning income there. Visa, permit and job title change nothing.
    Reading    Before the deadline the duty was still running: not applicable. After it, inconsistent when used
               figures or statements on this host and period report people at work and the model, at the low end of
               the stated assumptions, has at least one of them likely earning; consistent only when nobody likely
               earned even at the high end; undetermined otherwise. A model alone makes no finding, and neither do
               papers that give no leave to work, a zero or a denial of the State bound.
    Exceptions The host State may determine one, or law may forbid the return. A denial that anybody earns is a
               position on the facts, and no determination.
    """
    deadline = obligation.main.deadline
    if deadline is not None and facts.period.end is not None and facts.period.end <= deadline:
        return conclude(obligation, facts, "not_applicable", "The last day for return had not passed.")
    present, papers = facts.showing("presence"), facts.showing("holders")
    quantities = worker_months_quantities(presence, facts.period, _unknown(facts)) if presence else ()
    if not present and not facts.told:
        return _nobody_claimed(obligation, facts, quantities)
    low, high = _chance_any(obligation, facts, presence, present, papers)
    outcome = by_chance(low, high)
    without = by_chance(*_chance_any(obligation, facts, presence, present, ()))
    holders = () if without == outcome else papers  # papers are rested on where they decide
    chance = (low, high) if _is_chance(facts, presence) else None
    notes = (obligation.parameters.get("cohort_notes", {}).get(facts.cohort, ""), _of_period(obligation, facts))
    doubt = str(obligation.parameters.get("doubted_said", "")) if facts.role("doubted") else ""
    beside = _resting_on(obligation, facts, present, papers, reported=outcome == "inconsistent")
    why = sentences([_earning_said(outcome, present, facts), *beside, doubt, *notes])
    if presence is not None and chance is None:
        why = sentences([why, "In the model there is always somebody there, so no probability is given."])
    relies = (*present, *holders)
    days = facts.described(relies)
    if presence is not None and days is not None and presence.counted(days) is None:
        quantities = ()  # counts end before the days of which the rows speak: the number would be of other days
    read = (*_near_zeros(facts, obligation), *papers, *facts.role("doubted"))
    return conclude(
        obligation, facts, outcome, why, claims=relies, chance=chance, quantities=quantities,
        also_read=read,
    )  # fmt: skip


def _unknown(facts: Facts) -> tuple[str, ...]:
    """Cohorts of which it is not known whether their members earned."""
    return tuple(name.removeprefix("earns_") for name, one in facts.assumptions.items() if one.low <= 1 - LIKELY)


def _is_chance(facts: Facts, presence: Presence | None) -> bool:
    """Whether the chance says anything: not where the model cannot have nobody, nor where a report is all there is."""
    return presence is not None and bool(presence.inside(facts.period).any()) and presence.may_be_empty(facts.period)


def _chance_any(
    obligation: Obligation,
    facts: Facts,
    presence: Presence | None,
    present: tuple[Claim, ...],
    holders: tuple[Claim, ...],
) -> tuple[float, float]:
    """Chance that anybody earned, at the low and the high end of every assumption that bears on it.

    `holders_chance` of the obligation names the assumption on those who hold a paper that gives no leave to work.
    """
    of_holder = str(obligation.parameters.get("holders_chance", "")).removeprefix("earns_")
    ends = []
    for end in ("low", "high"):
        chance_of_one = {
            cohort.removeprefix("earns_"): getattr(assumption, end) for cohort, assumption in facts.assumptions.items()
        }
        drawn = presence.chance_any_earns(facts.period, chance_of_one) if presence else None
        claimed = (
            1.0 if (present or facts.told) and drawn is None else 0.0
        )  # a claim of people at work, where no draw follows the host
        held = chance_of_one.get(of_holder, 0.0)
        ends.append(max(drawn or 0.0, claimed, *(1.0 - (1.0 - held) ** int(smallest(claim)) for claim in holders), 0.0))
    return ends[0], ends[1]


def _earning_said(outcome: Outcome, present: tuple[Claim, ...], facts: Facts) -> str:
    """What is reported, by how many separate origins, before what follows from it."""
    number = facts.voices(present)
    if outcome == "inconsistent" and number:
        verb = "reports" if number == 1 else "report"
        shown = " (independence not shown)" if number > 1 else ""
        who, how = f"{_voices(number)}{shown}", "" if present else ", in words"
        return f"{who} {verb} people at work, or sent to work, after the last day for return{how}."
    return {
        "inconsistent": "At least one person likely earned income after the last day for return.",
        "consistent": "It is unlikely that anybody earned income after the last day for return.",
        "undetermined": "Whether any of those present earned income is in question, and the facts do not say.",
    }.get(outcome, "")


def _resting_on(
    obligation: Obligation, facts: Facts, present: tuple[Claim, ...], holders: tuple[Claim, ...], *, reported: bool
) -> tuple[str, ...]:
    """What else is on record: who speaks of them without settling it, and papers that give no leave to work."""
    number = facts.voices(present)
    speak = f"{_voices(number)} {'speaks' if number == 1 else 'speak'} of them."
    papers = str(obligation.parameters.get("holders_said", ""))
    return (speak if number and not reported else "", papers if holders else "")


def _of_period(obligation: Obligation, facts: Facts) -> str:
    return str(obligation.parameters.get("period_notes", {}).get(facts.period.id, ""))


def _voices(number: int) -> str:
    """Separate origins, as a sentence begins; that they are independent is not shown."""
    return capital(counted(number, "origin", "separate origins"))


def _nobody_claimed(obligation: Obligation, facts: Facts, quantities: tuple[Quantity, ...]) -> Finding:
    why = "No used figure or statement says that anybody was at work here in this period."
    beside = facts.role("set_aside") if facts.cohort is None else ()
    if facts.cohort is not None:
        why = "No row read tells people of this cohort from others in this period; their number is the model's alone."
    elif beside or facts.named("practice"):
        acts = sentences(act.says for act in facts.named("practice"))
        why += f" That is no sign that nobody was: rows that speak of it are read beside it and not used. {acts}"
    zeros = _near_zeros(facts, obligation)
    if zeros:
        why += (
            " The State's own count shortly before the deadline is zero: that is no proof, and no later count was read."
        )
    elif facts.role("named"):
        why += " What was reported before it does not reach the day."
    papers = facts.showing("holders")
    on_papers = str(obligation.parameters.get("holders_said", "")) if papers else ""
    why = sentences([why, _of_period(obligation, facts) if facts.statements else "", on_papers])
    read = (*facts.role("named"), *papers, *facts.role("doubted"), *beside)
    shown = quantities if facts.cohort is not None else ()  # the model's own number, where nobody reports anybody
    return conclude(obligation, facts, "undetermined", why, also_read=read, quantities=shown)


def _near_zeros(facts: Facts, obligation: Obligation) -> tuple[Claim, ...]:
    """Named official counts of nobody, taken no longer before the deadline than the obligation allows."""
    deadline = obligation.main.deadline
    window = timedelta(days=int(obligation.parameters.get("zero_window_days", 0)))
    few = float(obligation.parameters.get("few", 0))

    def near(claim: Claim) -> bool:
        day = claim.end or claim.start
        return largest(claim) <= few and day is not None and (deadline is None or day >= deadline - window)

    return tuple(claim for claim in facts.role("named") if near(claim))


def protection_from_forced_labour(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """Forced labour on the territory, or by the State that is bound.

    Text       Suppress forced or compulsory labour: work exacted under the menace of a penalty and not offered
               voluntarily, both together.
    Addressee  The State bound, as the obligation says; one that is no party is not reached.
    Test       Both limbs, for the same people, in one or more of the three phases.
    Reading    The outcome of the two limbs for the people of the period, and nothing more. Where the text asks for
               more than forced labour (an end it serves), the outcome stays undetermined until rows show that.
    Exceptions Kinds of work that the text leaves out; reported when somebody relies on one.
    """
    del presence  # how many there were decides nothing about how they were treated
    if not obligation.parameters.get("party", True):
        return conclude(obligation, facts, "not_applicable", str(obligation.parameters["why_not_party"]))
    if facts.forced_labour is None:
        return conclude(obligation, facts, "undetermined", "No row speaks of how people were treated then.")
    outcome = facts.forced_labour
    facts = replace(facts, statements=facts.forced_labour_statements)
    further = str(obligation.parameters.get("asks_more", ""))
    if further and outcome == "inconsistent":
        outcome = "undetermined"
    return conclude(obligation, facts, outcome, f"{facts.forced_labour_because} {further}")


assert 0.5 < LIKELY < 1.0, "a likelihood that is no likelihood would turn outcomes round"
