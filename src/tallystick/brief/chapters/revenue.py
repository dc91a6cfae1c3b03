"""Programme revenue, and every published total placed on it: percentile, and what it would need per worker and year."""

from __future__ import annotations

from tallystick.brief import headlines
from tallystick.brief.chapters.base import (
    at,
    beyond_counts,
    claim_table,
    limit,
    other_choices,
    start,
    where,
    year_runs,
    yearly_table,
)
from tallystick.brief.chapters.law import whole_percent
from tallystick.brief.document import Block, Chapter, Chart, Column, Details, Figure, Section, Spans, Table
from tallystick.brief.draws import cohort_share, interval_of, share_of_spread
from tallystick.brief.facts import STRANDED, Facts, card_id
from tallystick.brief.leading import leading, obtainable, worth_asking
from tallystick.brief.leading import percent as in_percent
from tallystick.brief.periods import WORLD
from tallystick.brief.prose import (
    EIGHTY,
    alternative,
    cell,
    date_of,
    est,
    fig,
    how_many,
    inside,
    join,
    listed,
    method,
    para,
    said,
    tell,
)
from tallystick.brief.published import MEASURE, Total, distribution, totals
from tallystick.brief.specs.common import Row, estimate_rows, number
from tallystick.brief.specs.intervals import lines_by_name
from tallystick.brief.specs.revenue import density_rows, totals_on_distribution
from tallystick.brief.words.claims import claim_number
from tallystick.brief.words.grammar import agree
from tallystick.brief.words.hedges import probability_word
from tallystick.brief.words.numbers import money, percent, span
from tallystick.brief.words.rounding import rounded
from tallystick.vocab.estimate import Estimate

STOCK = "workers_present"
TOP = 2  # observations that could be had, named
A_FEW = 0.05  # of a year's headcount: so many held by the border are worth a word


def revenue(facts: Facts) -> Chapter:
    found = totals(facts)
    sections: list[Section | None] = [_by_year(facts)]
    sections += [_placed(facts, host, [t for t in found if t.host == host]) for host in (WORLD, facts.focus)]
    sections.append(_all_claims(facts))
    return Chapter(
        id="revenue",
        title="Programme revenue",
        standfirst=join(
            "What the sending state keeps in a year out of the pay of its workers abroad, and where each "
            "published total "
            "falls on that distribution.",
        ),
        sections=tuple(section for section in sections if section is not None),
    )


def _by_year(facts: Facts) -> Section:
    hosts = facts.hosts_of(MEASURE)
    drawn = [h for h in hosts if h in (facts.focus, WORLD)]
    series = {h: facts.series(MEASURE, h) for h in hosts}
    rows = [row for h in drawn for row in estimate_rows(series[h], name=facts.host_name(h))]
    years = list(dict.fromkeys(e.period for h in hosts for e in series[h]))
    blocks: tuple[Block, ...] = (
        *_summary(facts),
        limit(
            "Not to be mistaken for",
            para(
                "What employers pay, what agents earn, or what reaches any particular use.",
                facts.says("money_use", before=" "),
            ),
        ),
        Chart(
            id="revenue",
            title=headlines.kept(facts, MEASURE, facts.headline_year),
            subtitle="USD of the year. Line: median. Band: central 80 %.",
            alt=headlines.spoken((facts.host_name(h), series[h]) for h in drawn),
            spec=lines_by_name([_millions(row) for row in rows], "million USD a year", points=True),
            estimates=tuple(card_id(e) for h in drawn for e in series[h]),
            note=beyond_counts(facts, drawn),
        ),
        yearly_table(
            facts,
            MEASURE,
            hosts,
            periods=years,
            caption=join("Kept by the state, USD of the year; median and ", EIGHTY, " interval"),
        ),
    )
    return Section(id="revenue-by-year", title="By year and host", blocks=blocks)


def _millions(row: Row) -> Row:
    return {key: value / 1e6 if isinstance(value, float | int) else value for key, value in row.items()}


def _summary(facts: Facts) -> tuple[Block, ...]:
    here, world = (facts.find(MEASURE, host, facts.headline_year) for host in (facts.focus, WORLD))
    if here is None:
        return ()
    also = join(" and ", est(world, noun="worldwide")) if world is not None else ()
    first = para(start(at(here.period)), " it was ", est(here, noun=where(facts, here.host)), also, ".")
    spread = (*other_choices(here), _spread(facts, world)) if world is not None else ()
    return (first, *spread, *_held_as_earning(facts))


def _spread(facts: Facts, world: Estimate) -> Block:
    """Which host the uncertainty of the worldwide sum comes from."""
    whole = distribution(facts, WORLD, world.period)
    hosts = [h for h in facts.hosts_of(MEASURE) if h != WORLD]
    shares = {h: share_of_spread(distribution(facts, h, world.period), whole) for h in hosts}
    most = max(hosts, key=lambda host: shares[host])
    return para(
        "Of the spread of the worldwide sum, ",
        fig(world, percent(round(shares[most], 1)), "share of its variance"),
        f" comes with the sum from workers {where(facts, most)}",
        *_would_narrow(facts, world),
        ".",
    )


def _would_narrow(facts: Facts, e: Estimate) -> Spans:
    """What could be had that would narrow a leading figure most, in the order of how much."""
    rows, found = obtainable(facts), [figure for figure, mine in leading(facts) if mine == e]
    best = [one for figure in found for one in worth_asking(facts, figure)][:TOP]
    said = [
        join("\u201c", *tell(str(rows[one.observation]["name"])), "\u201d by ", method(in_percent(one.width)))
        for one in best
    ]
    return join("; of what could be had, ", listed(said), " of its width, would narrow it most") if said else ()


def _held_as_earning(facts: Facts) -> tuple[Block, ...]:
    """That people held by the closed border are charged as if they earned, and what one year would be without them."""
    if not facts.was_closed:
        return ()
    series = {e.period: e for e in facts.series(MEASURE, facts.focus)}
    held = {year: cohort_share(facts.draws, STRANDED, facts.focus, year) for year in series}
    years = [year for year, share in held.items() if interval_of(share).median >= A_FEW]
    if not years:
        return ()
    most = max(years, key=lambda year: interval_of(held[year]).median)
    e, rest = series[most], interval_of(distribution(facts, facts.focus, most) * (1 - held[most]))
    return (
        para(
            "The sums of ", date_of(year_runs([int(year) for year in years])), " count people held by the closed "
            "border as if they earned like others, which is not known: without them ", date_of(most), " would come to ",
            *alternative(e, rest), ", not ", *cell(e), ".",
        ),
    )  # fmt: skip


# Published totals on the distribution -----------------------------------------------------------------------


def _placed(facts: Facts, host: str, found: list[Total]) -> Section | None:
    if not found:
        return None
    year = reference_year(found)
    estimate = facts.find(MEASURE, host, year)
    assert estimate is not None, f"{MEASURE} has no estimate for {host} in {year}"
    chart = Chart(
        id=f"revenue-totals-{host.lower()}",
        title=headlines.reached(len(_within(found)), len(found), where(facts, host)),
        subtitle="USD a year, log scale. Above: our estimate of the year that most totals speak of. Below: each "
        "published total; a triangle is "
        "a floor or a ceiling.",
        alt="; ".join(f"{t.claim.asserted_by}: {claim_number(t.claim)}" for t in found) + ".",
        spec=totals_on_distribution(
            density_rows(distribution(facts, host, year)), [_row(t) for t in found], "USD a year (log scale)"
        ),
        claims=tuple(t.claim.id for t in found),
        estimates=(card_id(estimate),),
        note=join(
            "The curve is that of one year, for the eye. The table compares each total with the year it speaks of.",
        ),
    )
    blocks: tuple[Block, ...] = (*_reading(facts, found), chart, _table(facts, host, found))
    return Section(
        id=f"revenue-totals-{host.lower()}", title=f"Every published total {where(facts, host)}", blocks=blocks
    )


def reference_year(found: list[Total]) -> str:
    """The year that most totals speak of; the later one of two that tie."""
    years = [t.year for t in found]
    return max(dict.fromkeys(sorted(years, reverse=True)), key=years.count)


def _within(found: list[Total]) -> list[Total]:
    """Totals that reach into the central 80 % of their year's distribution; a floor reaches up, a ceiling down."""
    return [t for t in found if (t.is_floor or t.below_high >= 0.1) and (t.is_ceiling or t.below_low <= 0.9)]


def _row(total: Total) -> Row:
    return {
        "name": total.claim.asserted_by,
        "said": claim_number(total.claim).replace("USD ", ""),
        "low": number(total.low),
        "high": number(total.high),
        "kind": total.claim.bound,
        "claim": total.claim.id,
    }


def _reading(facts: Facts, found: list[Total]) -> tuple[Block, ...]:
    """What the table shows, in one paragraph that counts its rows."""
    over = [t for t in found if t.over_all_pay >= 0.95]
    within = _within(found)
    repeats = [t.claim.link_kind for t in found if facts.disposed(t.claim.id) == "repeat"]
    likely, judged = repeats.count("suspected"), sum(kind != "suspected" for kind in repeats)
    doubts = [join(how_many(likely, "probable copy", "probable copies"))] if likely else []
    if judged:
        doubts.append(
            join(how_many(judged, "judged to repeat or to be computed", "judged to repeat or to be computed"))
        )
    first = join(
        how_many(len(found), "total", start=True),
        f", {agree(len(found), 'not linked as a copy', 'none of them linked as a copy')} of another",
        join(" (", listed(doubts), ")") if doubts else "",
        ". ",
        how_many(len(within), "of them", "of them", start=True) if within else "None of them",
        f" {agree(len(within) or 1, 'reaches', 'reach')} into the central ",
        EIGHTY,
        " of the distribution for the year of which each speaks.",
    )
    if not over:
        return (para(first),)
    largest = max(over, key=lambda t: t.low)
    tail = join(
        " ",
        how_many(len(over), "total", start=True),
        " would, even at the lower end, take more than all pay of all workers, with a probability of at least ",
        fig_for(facts, largest, percent(0.95)),
        ".",
    )
    return (para(first, tail),)


def fig_for(facts: Facts, total: Total, text: str) -> Figure:
    """A number that compares a published total with our estimate: it opens both."""
    estimate = _estimate(facts, total)
    return Figure(text, (total.claim.id,), card_id(estimate), "published total against our estimate")


def _estimate(facts: Facts, total: Total) -> Estimate:
    estimate = facts.find(MEASURE, total.host, total.year)
    assert estimate is not None, f"{MEASURE} has no estimate for {total.host} in {total.year}"
    return estimate


def _table(facts: Facts, host: str, found: list[Total]) -> Table:
    columns = (
        Column(title="Published total, and by whom", width=2.4),
        Column(title="Year", width=0.6),
        Column(title="Our estimate", align="right", width=1.5),
        Column(title="Draws below it", align="right", width=1.1),
        Column(title="Needs per worker and year", align="right", width=1.6),
        Column(title="More than all pay?", width=1.2),
    )
    rows = tuple(_total_row(facts, total) for total in found)
    note = join(
        "Year: the one compared; in brackets where the source states none and it is that of the first assertion. Draws "
        "below it: share of the distribution below a point, or below the lower and the upper end of a "
        "range. Needs: the "
        "total over the mean headcount of the year, with the headcount\u2019s ",
        EIGHTY,
        " interval. More than all pay: whether the lower end exceeds all gross pay of that year.",
    )
    return Table(id=f"published-totals-{host.lower()}", columns=columns, rows=rows, note=note)


def _total_row(facts: Facts, total: Total) -> tuple[Spans, ...]:
    year = total.year if total.year_stated else f"[{total.year}]"
    copies = join("; ", how_many(total.copies, "further claim"), " of its origin") if total.copies else ()
    chance = f"{probability_word(total.over_all_pay)} ({whole_percent(total.over_all_pay)})"
    return (
        join(said(total.claim), _probable(facts, total), ", ", tell(total.claim.asserted_by), copies),
        (date_of(year),),
        cell(_estimate(facts, total)),
        (fig_for(facts, total, _shares(total)),),
        (_needs(facts, total),),
        (fig_for(facts, total, chance),),
    )


def _shares(total: Total) -> str:
    low, high = whole_percent(total.below_low), whole_percent(total.below_high)
    return span(low, high)


def _probable(facts: Facts, total: Total) -> str:
    copied = facts.disposed(total.claim.id) == "repeat" and total.claim.link_kind == "suspected"
    return " (probably a copy)" if copied else ""


def _needs(facts: Facts, total: Total) -> Figure:
    """What each worker would have to bring: both ends at the median headcount, then the 80 % interval."""
    stock = facts.find(STOCK, total.host, f"{total.year}-12")
    low, high = rounded(total.needs_low), rounded(total.needs_high)
    ends = span(_usd(low.median, low.median_step), _usd(high.median, high.median_step))
    width = span(_usd(low.low, low.low_step), _usd(high.high, high.high_step))
    text = f"{ends} ({inside(width, ends)})"
    return Figure(text, (total.claim.id,), card_id(stock) if stock else None, "published total over our headcount")


def _usd(value: float, step: float) -> str:
    return money(value, step)


# All of them ------------------------------------------------------------------------------------------------


def _all_claims(facts: Facts) -> Section:
    claims = facts.of_measure(MEASURE)
    copies = [c for c in claims if facts.disposed(c.id) in ("repeat", "garbled")]
    blocks: list[Block] = [
        para(
            how_many(len(claims), "published figure", start=True),
            " of programme revenue, of which ",
            how_many(len(copies), "figure"),
            " copy another. Coverage and basis differ: never add or compare them without checking both.",
        ),
        Details("All published figures with their use and reason", (claim_table(facts, claims, id="revenue-claims"),)),
    ]
    return Section(id="revenue-claims", title="All published figures", blocks=tuple(blocks))
