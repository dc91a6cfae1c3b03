"""How sure the first page is: what it learnt, which figure leans hardest on one origin, and how the trial went."""

from __future__ import annotations

from tallystick.brief.backing import turned_by_shares
from tallystick.brief.chapters.base import chapter_ref, where, year_runs, years_by_word
from tallystick.brief.chapters.trust_failed import MAIN, eras_short, focus_row, held_of, last_of, rows_short, width_of
from tallystick.brief.chapters.trust_leans import origin_words
from tallystick.brief.chapters.trust_scored import group, opens, percent, scored_in, used_lines
from tallystick.brief.document import Block, Column, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import heaviest, interval_of, is_among, unanswered_anywhere, weightiest
from tallystick.brief.names import estimate_name, label_name
from tallystick.brief.prose import (
    EIGHTY,
    alternative,
    attributed,
    cell,
    date_of,
    how_many,
    join,
    listed,
    method,
    para,
    tell,
)
from tallystick.brief.words.grammar import capital, lower_first
from tallystick.forecasts.kept import Kept
from tallystick.forecasts.score import FAMILIES, Row
from tallystick.vocab.estimate import Estimate


def how_sure(facts: Facts) -> list[Block]:
    return [
        para(
            "Against what was assumed before any claim was read, the headcount ",
            where(facts, facts.focus),
            " is evidence for some years and not for others, as the table says. Evidence includes papers and passages "
            "that assumed shares turn into workers. How far a class of asserters errs starts from an assumption; "
            "what the evidence made of it stands under ",
            chapter_ref("what is not known", "limits"),
            ".",
        ),
        _years(facts),
        *(_leaning(facts) or _by_weights(facts)),
        *_tried(facts),
    ]


def _years(facts: Facts) -> Table:
    """For the headcount at each year's end, how much of it is evidence: one row for each answer."""
    years = years_by_word(facts, facts.focus)
    rows = tuple((join(capital(word)), (date_of(year_runs(each)),)) for word, each in years.items())
    columns = (Column(title="The headcount is", width=1.4), Column(title="At the end of", width=2))
    return Table(id="evidence-by-year", columns=columns, rows=rows)


# What hangs on one origin -----------------------------------------------------------------------------------


def most_on(facts: Facts, e: Estimate) -> Spans:
    """The origin that a large figure leans on most, and what it would be without it; nothing where none moves it."""
    one = weightiest(facts, e)
    if one is None:
        return ()
    lead = "; most on " if is_among(one, e) else "; what would move it most speaks of something else: "
    return join(lead, *origin_words(facts, one), ": without it ", alternative(e, interval_of(one)))


def _leaning(facts: Facts) -> list[Block]:
    """The same figure, and the same origin, that the chapter on trust names."""
    found = heaviest(facts)
    if found is None:
        return []
    e, one = found
    return [
        para(
            "Of the figures that this account leads with, one leans hardest on a single origin",
            *_missing(facts),
            ": without ",
            *origin_words(facts, one),
            ", ",
            tell(lower_first(estimate_name(facts, e))),
            ", would be ",
            alternative(e, interval_of(one)),
            ", not ",
            cell(e),
            ". See ",
            chapter_ref("how far each number can be trusted", "trust"),
            ".",
        )
    ]


def _missing(facts: Facts) -> Spans:
    """Without how many origins it is not known."""
    missing = len(unanswered_anywhere(facts))
    if not missing:
        return ()
    return join(" (what they would be without ", how_many(missing, "other"), " is not known)")


def _by_weights(facts: Facts) -> list[Block]:
    """Where no leading figure was asked: the claim whose origin moves anything most."""
    reliable = [fit for fit in facts.fits if fit.influence_reliable and facts.shows_influence(fit)]
    if not reliable:
        return []
    fit = max(reliable, key=lambda fit: fit.influence)
    claim = facts.claims[fit.claim]
    return [
        para(
            *_untold(facts),
            "moves most is this figure: ",
            attributed(claim),
            ", on ",
            tell(facts.programme.measures[claim.measure].name),
            ": without it, ",
            tell(label_name(facts, fit.influence_on)),
            " would move by ",
            method(f"{fit.influence:.2f}"),
            " of the width of its ",
            EIGHTY,
            " interval.",
        )
    ]


def _untold(facts: Facts) -> Spans:
    """Among which origins the weightiest was looked for: where weights cannot tell, nobody knows."""
    unsure = sum(not fit.influence_reliable for fit in facts.fits if facts.shows_influence(fit))
    if not unsure:
        return join("The origin that ")
    return join(
        "For ",
        how_many(unsure, "used claim"),
        " it cannot be told how far leaving out its origin would move our answers: see ",
        chapter_ref("diagnostics", "diagnostics"),
        ". Of the others, the origin that ",
    )


# How the trial went -----------------------------------------------------------------------------------------


def _tried(facts: Facts) -> list[Block]:
    """What the forecasts of the trial held, of what they held clearly less, and what kind of forecasts they were."""
    kept = facts.backtest
    if kept is None:
        return []
    whole = kept.tables[MAIN].overall
    return [
        para(
            "Tried on its own past, " if facts.backtest_current else "Tried on its own past, in an earlier state, ",
            "the account, blended with plain forecasts, held ",
            opens(scored_in(facts, kept, whole), percent(whole.coverage_80)),
            " of ",
            how_many(whole.n, "later figure"),
            " inside its ",
            EIGHTY,
            " intervals, on average over the days on which each was forecast",
            *_weak(facts, kept, whole),
            *_by_last(facts, kept),
            ". These were forecasts of what would be said",
            *_wide(facts, kept, whole),
            ". When not to use a forecast, and who won against plain ones, is in ",
            chapter_ref("how far each number can be trusted", "trust"),
            ".",
        )
    ]


def _weak(facts: Facts, kept: Kept, whole: Row) -> Spans:
    """Kinds and times that were held clearly too seldom, and the main host where it was held less than all."""
    said = [_of_kind(facts, kept, row) for row in rows_short(kept, "family")]
    said += [
        join(opens(held.claims, percent(held.share)), " about the time “", *tell(era), "”")
        for era, held in eras_short(facts, used_lines(facts, kept))
    ]
    here = focus_row(facts, kept)
    if here is not None and (here.coverage_80 or 0.0) < (whole.coverage_80 or 0.0):
        said.append(join(opens(scored_in(facts, kept, here), percent(here.coverage_80)), f" {group(facts, here)}"))
    return join(", but only ", listed(said)) if said else ()


def _of_kind(facts: Facts, kept: Kept, row: Row) -> Spans:
    """What was held of a kind of figure, and whether the headline rests on it mostly."""
    here = facts.find("workers_present", facts.focus, facts.headline_month)
    leant = here is not None and row.name in {FAMILIES[kind] for kind in turned_by_shares(facts, here)}
    rests = join(" (on which the headcount of ", date_of(facts.headline_month[:4]), " mostly rests)")
    held = opens(scored_in(facts, kept, row), percent(row.coverage_80))
    return join(held, f" on {group(facts, row)}", rests if leant else ())


def _by_last(facts: Facts, kept: Kept) -> Spans:
    """What the last forecast of each figure held, of all and of the main host."""
    last = last_of(used_lines(facts, kept))
    held, here = held_of(facts, last), held_of(facts, [pair for pair in last if pair[1].host == facts.focus])
    if not held.claims:
        return ()
    there = join(", ", where(facts, facts.focus), " ", opens(here.claims, percent(here.share))) if here.claims else ()
    return join("; by the last forecast before publication it held ", opens(held.claims, percent(held.share)), there)


def _wide(facts: Facts, kept: Kept, whole: Row) -> Spans:
    """How wide their intervals are, and that of the headline."""
    wide = width_of(facts, kept, whole)
    if not wide:
        return ()
    return join(", the upper end typically ", method(f"{wide} times"), " the lower", *_of_headline(facts))


def _of_headline(facts: Facts) -> Spans:
    """How wide the interval of the headline is beside them, which was not tried."""
    here = facts.find("workers_present", facts.focus, facts.headline_month)
    if here is None or not here.interval.lower_80 > 0:
        return ()
    wide = f"{here.interval.upper_80 / here.interval.lower_80:.1f} times"
    return join("; that of the headcount of ", date_of(facts.headline_month[:4]), " is ", method(wide),
                ", and whether such intervals hold was not tried")  # fmt: skip
