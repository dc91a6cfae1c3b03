"""The first page: six questions, each answered in a paragraph, with the numbers that matter set large."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.brief.backing import (
    CUMULATIVE,
    evidence_word,
    head_counts,
    last_voices,
    objects,
    turned_by_shares,
    weakest,
)
from tallystick.brief.chapters.answers_familiar import beside, familiar
from tallystick.brief.chapters.answers_first import before_you_quote, reach
from tallystick.brief.chapters.answers_law import held_by_the_border, law_answer
from tallystick.brief.chapters.answers_sure import how_sure, most_on
from tallystick.brief.chapters.base import PROJECTED, at, chapter_ref, narrower, rests_on, start, where
from tallystick.brief.chapters.pay_share import described_years, fixed_dues, for_all_years
from tallystick.brief.chapters.what_if import in_short
from tallystick.brief.document import Block, Chapter, Lead, LeadItem, Section, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.leading import fronted
from tallystick.brief.names import period_of
from tallystick.brief.periods import WORLD
from tallystick.brief.prose import (
    EIGHTY,
    alternative,
    attributed,
    cell,
    date_of,
    est,
    fig,
    how_many,
    join,
    listed,
    para,
    said,
    tell,
)
from tallystick.brief.unknowns import side_beside
from tallystick.brief.words import dates, grammar
from tallystick.brief.words.estimates import noun_for, say
from tallystick.brief.words.grammar import lower_first
from tallystick.brief.words.numbers import percent, plural_of
from tallystick.reconcile.records import Observation
from tallystick.vocab.estimate import Estimate


def answers(facts: Facts) -> Chapter:
    sections = (
        Section(id="how-many", title="How many are there?", blocks=tuple(_how_many(facts))),
        Section(id="how-much", title="How much money is it?", blocks=tuple(_how_much(facts))),
        Section(id="who-keeps-it", title="Who keeps it?", blocks=tuple(_who_keeps(facts))),
        Section(
            id="which-obligation", title="What is inconsistent with which obligation?", blocks=tuple(law_answer(facts))
        ),
        Section(id="how-sure", title="How sure is this?", blocks=tuple(how_sure(facts))),
        Section(id="what-would-change-it", title=_asked(facts), blocks=in_short(facts)),
        familiar(facts),
    )
    return Chapter(
        id="answers",
        title="Answers",
        standfirst=reach(facts),
        blocks=(_lead(facts), before_you_quote(facts)),
        sections=tuple(section for section in sections if section is not None),
    )


def _asked(facts: Facts) -> str:
    """Where no model was run, only the reports answer."""
    return "What would change it?" if facts.simulated is not None else "What would change it, by the reports?"


# The large numbers ------------------------------------------------------------------------------------------


def _lead(facts: Facts) -> Lead:
    return Lead(tuple(_lead_item(facts, label, e) for label, e in fronted(facts)))


def _lead_item(facts: Facts, label: str, estimate: Estimate) -> LeadItem:
    printed = say(estimate.interval, estimate.unit)
    return LeadItem(
        label=_lead_label(facts, label, estimate),
        figure=fig(estimate, printed.median),
        unit=noun_for(estimate.unit),
        interval=join(EIGHTY, " interval ", fig(estimate, printed.interval)),
        note=join(start(rests_on(estimate)), most_on(facts, estimate), _lead_note(facts, estimate)),
    )


def _lead_label(facts: Facts, label: str, e: Estimate) -> Spans:
    gap, mark = " " if e.id in CUMULATIVE else ", ", PROJECTED if facts.reach.is_projection(e) else ""
    return join(label, where(facts, e.host), gap, date_of(period_of(facts, e)), mark)


def _lead_note(facts: Facts, e: Estimate) -> Spans:
    """What must not be read past: a lower count, months whose earning is unknown, what else is in it, a projection."""
    if e.id in CUMULATIVE:
        held = held_by_the_border(facts, e)
        return join("; of it ", held) if held else ()
    if e.id == "state_take_share":
        said = join("; the claims speak of the state with its agents", *described_years(facts, e))
        return join(*for_all_years(facts, e), *said)
    if e.host == WORLD and e.id == "workers_present":
        mark = f"{PROJECTED.strip()} projection: " if facts.reach.is_projection(e) else ""
        return join("; ", mark, *_weak_part(facts))
    if e.id == "programme_revenue":
        mark = f"; {PROJECTED.strip()} mostly projection, as they are" if facts.reach.is_projection(e) else ""
        return join("; the number of workers in it also on those behind the workers", mark)
    return lower_count(facts, e) if e.id == "workers_present" else ()


def lower_count(facts: Facts, e: Estimate) -> Spans:
    """That the only head count of the year lies below our interval of its own month, where it does."""
    found = head_counts(facts, e)
    if len(found) != 1:
        return ()
    (count,) = found
    then = facts.find(e.id, e.host, f"{count.end:%Y-%m}") or e
    if (count.point or count.low or count.high or 0.0) >= then.interval.lower_80:
        return ()
    claim = facts.claims[count.claim]
    return join(
        "; the only head count of that year, ", said(claim), " ", date_of(dates.stated_period(claim.start, claim.end)),
        ", is below ours ", *at(then.period), ", ", cell(then),
    )  # fmt: skip


# How many ---------------------------------------------------------------------------------------------------


def _how_many(facts: Facts) -> list[Block]:
    here = facts.find("workers_present", facts.focus, facts.headline_month)
    assert here is not None, "the headline month comes from this series"
    first = para(
        start(at(here.period)),
        ", ",
        est(here, noun=f"workers sent by {facts.programme.sender}"),
        f" were {where(facts, here.host)}. The figure ",
        rests_on(here),
        _counted_what(facts, here),
        ". It is ",
        _made_of(facts, here),
        ": its ",
        EIGHTY,
        " interval is ",
        narrower(here),
        ", which says how far the claims moved us and not how near the truth we are.",
    )
    return [first, *_worldwide(facts), *_unsettled(facts), *_latest(facts, here)]


def _made_of(facts: Facts, e: Estimate) -> str:
    """What most of an estimate is made of where that is no head; else how much of it is evidence."""
    papers = [plural_of(kind) for kind in turned_by_shares(facts, e)]
    if not papers:
        return evidence_word(facts, e)
    return f"mostly {grammar.join(papers)}, turned into workers by assumed shares"


def _counted_what(facts: Facts, e: Estimate) -> Spans:
    """What the claims count, and that only heads are heads."""
    heads = len(head_counts(facts, e))
    rest = [(kind, n) for kind, n in objects(facts, e) if kind != "person"]
    others = sum(n for kind, n in objects(facts, e) if kind == "person") - heads
    more = [join(how_many(others, "figure"), " of arrivals or of another year")] if others > 0 else []
    if not rest:
        return lower_count(facts, e)
    kinds = listed([join(how_many(n, f"count of {plural_of(k)}", f"counts of {plural_of(k)}")) for k, n in rest])
    return join(
        ": ",
        how_many(heads, "head count"),
        " of that year, ",
        *([*more[0], ", "] if more else []),
        kinds,
        lower_count(facts, e),
    )


def _worldwide(facts: Facts) -> list[Block]:
    """The world total, every part of it, and which part is weak."""
    world = facts.find("workers_present", WORLD, facts.headline_month)
    parts = facts.reach.parts_of_world(facts.headline_month)
    if world is None or not parts:
        return []
    projected = ", mostly in projection, " if facts.reach.is_projection(world) else " "
    shown = [join(est(e, noun=where(facts, e.host)), *_of_a_group(facts, e)) for e in parts]
    return [
        para(
            f"Worldwide there were{projected}",
            est(world, noun="workers"),
            ": ",
            listed(shown),
            ". Medians need not add up, and none is a rate of risk for a country or a supplier. ",
            *start(_weak_part(facts)),
            ".",
        )
    ]


def _of_a_group(facts: Facts, e: Estimate) -> Spans:
    """What a number of several hosts together is made of, and since when nobody was counted there."""
    day = facts.reach.last_described(e.host)
    if not facts.is_group(e.host) or day is None or not facts.reach.is_projection(e):
        return ()
    last = date_of(dates.day(day))
    return join(", ", evidence_word(facts, e), ": nobody was counted there after ", last, ", nor any country estimated")


def _weak_part(facts: Facts) -> Spans:
    """The part of the world total to doubt most, how much of the total it is, and who last counted there."""
    parts = facts.reach.parts_of_world(facts.headline_month)
    if not parts:
        return ()
    weak = weakest(facts, parts)
    day = facts.reach.last_described(weak.host)
    if day is None:
        return join("the weak part is that ", where(facts, weak.host), ", never counted")
    share = weak.interval.median / sum(part.interval.median for part in parts)
    return join(
        "about ",
        fig(weak, percent(round(share, 1)), "share of the sum of medians"),
        f" of the sum is {where(facts, weak.host)}, ",
        *_last_counted(facts, weak.host),
    )


def _last_counted(facts: Facts, host: str) -> Spans:
    """Whose figures are the last of a host, how far ours of that day lies from them, and when others spoke before."""
    last = last_voices(facts, host)
    named = listed([join(attributed(facts.claims[o.claim]), *_far(facts, o)) for o in last], "and", "; ")
    return join(
        "where the model goes on after ", "a single report: " if len(last) == 1 else "", named, *_before(facts, last)
    )  # fmt: skip


def _far(facts: Facts, o: Observation) -> Spans:
    """Ours of the same month, where the figure lies outside its interval."""
    ours = facts.find(o.measure, o.host, f"{o.end:%Y-%m}")
    place = "" if ours is None else beside(facts.claims[o.claim], ours)
    return (
        join(", ", place.removeprefix("; ").replace("interval", "own of that month"), ", ", *cell(ours))
        if place
        else ()
    )


def _before(facts: Facts, last: Sequence[Observation]) -> Spans:
    """Up to when the host was described before a single last report."""
    if len(last) != 1:
        return ()
    days = [o.end for o in facts.reach.counted(last[0].host) if o.end < last[0].end]
    return join("; the last before it describes ", date_of(f"{max(days).year}")) if days else ()


def _unsettled(facts: Facts) -> list[Block]:
    """The years that move with the reading of the evidence: each named other choice beside the one interval."""
    month = widest_month(facts)
    estimate = facts.find("workers_present", facts.focus, month) if month else None
    if estimate is None:
        return []
    others = [
        join(alternative(estimate, other.interval), " if ", tell(lower_first(other.name)))
        for other in estimate.alternatives
    ]
    return [
        para(
            facts.says("unsettled_years", after=" ") or "Some years are not settled by the evidence. ",
            start(at(month)),
            " the interval shown elsewhere is ",
            est(estimate, noun="workers"),
            "; under other choices, each of which can be defended, it would be ",
            listed(others, "or", ", "),
            ".",
            *side_beside(facts, estimate, before=" "),
            " See ",
            chapter_ref("the stock through time", "stock"),
            ".",
        )
    ]


def fully_varied(facts: Facts) -> tuple[Estimate, ...]:
    """The headcount in the months for which every named other choice is shown."""
    series = facts.series("workers_present", facts.focus)
    most = max((len(e.alternatives) for e in series), default=0)
    return tuple(e for e in series if most and len(e.alternatives) == most)


def widest_month(facts: Facts) -> str:
    """The year's end at which the named choices differ most against the median shown; "" without any."""
    whole = fully_varied(facts)
    ends = [e for e in whole if e.period.endswith("-12")]

    def spread(estimate: Estimate) -> float:
        medians = [other.interval.median for other in estimate.alternatives]
        return (max(medians) - min(medians)) / max(estimate.interval.median, 1.0)

    return max(ends, key=spread).period if ends else ""


def _latest(facts: Facts, here: Estimate) -> list[Block]:
    last = facts.find("workers_present", facts.focus, facts.last_month)
    if last is None or last.period == here.period or not facts.reach.is_projection(last):
        return []
    return [
        para(
            "After ",
            date_of(dates.day(facts.last_described)),
            " the model goes on alone, to ",
            est(last, noun="workers"),
            f" {where(facts, last.host)} ",
            at(last.period),
            ": a projection, not to be quoted as a count.",
        )
    ]


# How much ---------------------------------------------------------------------------------------------------


def _how_much(facts: Facts) -> list[Block]:
    year = facts.headline_year
    here, world = (facts.find("programme_revenue", host, year) for host in (facts.focus, WORLD))
    out: list[Block] = []
    if here is not None:
        also = join(", and ", est(world, noun="from workers worldwide")) if world is not None else ()
        first = join(
            "In ", date_of(year), " the sending state kept ", est(here, noun=f"from workers {where(facts, here.host)}")
        )
        out.append(
            para(
                first,
                also,
                ". These are the sums that the state keeps out of pay, before any cost of its own, from those who were "
                "there month by month: divided by the number at the end of the year they give no worker\u2019s share.",
            )
        )
    out.append(
        para(
            "Published totals differ in scope, year and basis: ",
            chapter_ref("programme revenue", "revenue"),
            " says of each what it would need per worker.",
        )
    )
    return out


# Who keeps it -----------------------------------------------------------------------------------------------

PAY_PARTS = (
    ("state_take", "to the state"),
    ("agents_and_costs", "to agents, lodging and food"),
    ("pocket_money", "to the worker in cash"),
    ("booked_pay", "into a ledger, to be paid after return"),
)


def _who_keeps(facts: Facts) -> list[Block]:
    year, focus = facts.headline_year, facts.focus
    parts = [(facts.find(id, focus, year), name) for id, name in PAY_PARTS]
    shown = [est(e, noun=name) for e, name in parts if e is not None]
    gross = facts.find("gross_wage", focus, year)
    share, owed = facts.find("state_take_share", focus, year), facts.find("booked_pay_owed", focus, year)
    out: list[Block] = []
    if shown and gross is not None:
        pay = join(
            "Gross pay per worker ", where(facts, focus), " was ", est(gross, noun="a month"), " in ", date_of(year)
        )
        kept = (
            join(" The state alone took ", est(share), *for_all_years(facts, share), ".") if share is not None else ()
        )
        out.append(para(pay, ". Of it went ", listed(shown), ".", kept, *fixed_dues(facts)))
    if owed is not None:
        out.append(
            para(
                "Pay booked and not yet paid came to ",
                est(owed, noun=""),
                " at the end of ",
                date_of(year),
                ".",
                facts.says("payout", before=" "),
            )
        )
    return out
