"""Rules whose test is a thing or an act: reports, goods that pay for work, goods at a border, dealings, listings."""

from __future__ import annotations

from tallystick.assess.conclude import binds_others, conclude, origins_said
from tallystick.assess.facts import Facts
from tallystick.assess.finding import Finding
from tallystick.assess.obligations import Obligation
from tallystick.assess.presence import Presence


def report_due(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """A report owed by a day.

    Text       Report by a stated day on what was done.
    Addressee  Every State bound.
    Test       A report filed in time.
    Reading    Inconsistent when a claim says that the addressee reported nothing. Consistent only when day and
               content of its report were read; a report of which no more is known than that it exists leaves it
               undetermined, as does silence, which is no failure to report.
    Exceptions None is known in texts of this kind.
    """
    del presence  # a report can be due where nobody is
    filed, missing = facts.role("named"), facts.role("not_filed")
    if missing and not filed:
        why = f"According to {origins_said(facts, missing)}, {facts.addressee} filed none."
        return conclude(obligation, facts, "inconsistent", why, claims=missing)
    if filed and facts.host in obligation.parameters.get("day_and_content_read", ()):
        why = f"The report by {facts.addressee} was read: it came in time and says what the text asks for."
        return conclude(obligation, facts, "consistent", why, claims=filed)
    why = "No row read says whether the addressee reported."
    if filed:
        why = f"A report by {facts.addressee} exists; the day on which it arrived and what it says were not read."
    return conclude(obligation, facts, "undetermined", why, also_read=filed)


def goods_in_return(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """Goods that pay for labour, against what a text bars by kind and direction.

    Text       Bars, caps or leaves free the passage of a kind of goods in a direction.
    Addressee  The State from which, or to which, the goods would pass.
    Test       Goods of that kind passing in that direction. That they pay for labour changes nothing.
    Reading    Not applicable when the bar runs in the other direction. Inconsistent when rows assert a barred
               supply; undetermined when they speak of it as possible, or when the goods are only capped and no
               row gives amounts; undetermined too when no row speaks.
    Exceptions As the obligation says.
    """
    del presence  # goods are judged without regard to heads
    bar = obligation.parameters
    if bar["barred_direction"] != bar["direction_of_payment"]:
        why = "The text bars the other direction only: goods that come as pay for labour are not reached by it."
        return conclude(obligation, facts, "not_applicable", why)
    if bar["asserted"] and bar["limit"] == "barred":
        return conclude(obligation, facts, "inconsistent", "Rows assert a supply of goods that the text bars.")
    if bar["asserted"]:
        return conclude(obligation, facts, "undetermined", "A supply is asserted, but no amount against the cap.")
    why = "No row read speaks of such pay in this period."
    if facts.statements:
        why = "Such pay is spoken of as possible only; no row read asserts that it was made."
    return conclude(obligation, facts, "undetermined", why)


def presumption_at_border(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """Goods made by the programme's people, presumed at a border to be made with forced labour.

    Text       Such goods count as made with forced labour and may not enter, unless the contrary is shown.
    Addressee  Importers at that border. The presumption decides nothing about a worker or about a host State.
    Test       Goods made wholly or partly by these people, brought to that border.
    Reading    Never an outcome for a host State, which is no addressee: nothing is found about it, with what was
               detained as an event on record. A detention is no conduct of a State and finds nothing about a worker.
    Exceptions The importer may rebut; a rebuttal that is not known is reported as not known.
    """
    del presence  # the presumption attaches to goods
    return binds_others(obligation, facts)


def market_ban_from(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """A market closed to goods made with forced labour, from a day that may lie ahead.

    Text       No such goods may be placed on, made available on or exported from a market, from a stated day.
    Addressee  Operators on that market; authorities decide and have to establish the breach.
    Test       Goods made with forced labour at any stage. Nothing is presumed from nationality.
    Reading    Never an outcome for a host State, which is no addressee: nothing is found about it, with the day from
               which the text applies (it may be in force before) and any decision as an event on record.
    Exceptions As the obligation says.
    """
    del presence  # the ban attaches to goods
    start = obligation.applies_from or obligation.main.in_force_from
    if start is None:
        said = "It has no day of application."
    elif facts.period.end is not None and facts.period.end < start:
        said = f"It applies from {start.isoformat()}, after this period."
    else:
        said = f"It applies from {start.isoformat()}."
    return binds_others(obligation, facts, said)


def dealing_shown(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """A dealing that a text bars: a joint business, funds for a listed body.

    Text       Bars the dealing, whoever profits from it.
    Addressee  Every State bound, for persons in its jurisdiction.
    Test       The dealing itself. A contract for labour is by itself none.
    Reading    Inconsistent when named rows show one; undetermined when none does.
    Exceptions As the obligation says.
    """
    del presence  # the dealing is judged, not the heads
    shown = facts.role("named")
    if shown:
        why = f"A dealing of the barred kind is shown, according to {origins_said(facts, shown)}."
        return conclude(obligation, facts, "inconsistent", why, claims=shown)
    return conclude(obligation, facts, "undetermined", "No row read shows such a dealing tied to this labour.")


def duty_to_list(obligation: Obligation, facts: Facts, presence: Presence | None) -> Finding:
    """Authorities bound to list those who knowingly employ or export such labour.

    Text       List and designate persons who knowingly take part.
    Addressee  The authority that lists. Firms abroad run a risk; the text orders them nothing.
    Test       Knowledge, as the authority finds it: employment alone is not enough.
    Reading    Never an outcome for a host State, which is no addressee: nothing is found about it, with the listings
               on record and their days. A listing is the authority's finding and none of ours; whether it still
               stands was not followed.
    Exceptions As the obligation says.
    """
    del presence  # a listing rests on knowledge, not on numbers
    listed = "Their status since was not followed." if facts.named("practice") else ""
    return binds_others(obligation, facts, listed)
