"""The stock through time, the claims placed on it, and the choices that move the years nobody has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallystick.brief import headlines
from tallystick.brief.backing import ENOUGH
from tallystick.brief.chapters.answers import fully_varied, widest_month
from tallystick.brief.chapters.apart import regions
from tallystick.brief.chapters.base import (
    at,
    by_part,
    chapter_ref,
    claim_table,
    learnt_years,
    marked,
    projection_note,
    row_period,
    silence,
    where,
    year_ends,
    yearly_table,
)
from tallystick.brief.chapters.trust_leans import origin_words
from tallystick.brief.document import Block, Bullets, Chapter, Chart, Column, Details, Paragraph, Section, Spans, Table
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.leading import interval_of, weightiest
from tallystick.brief.placed import classes_in, placed_claims
from tallystick.brief.prose import (
    EIGHTY,
    alternative,
    attributed,
    cell,
    date_of,
    est,
    how_many,
    join,
    listed,
    method,
    para,
    strong,
    tell,
)
from tallystick.brief.specs.common import estimate_rows, moment, number
from tallystick.brief.specs.intervals import lines_by_name, panels_by_name, width_share
from tallystick.brief.specs.stock import alternatives, stock_with_claims
from tallystick.brief.unknowns import (
    assumed_and_found,
    counts_of,
    coverages,
    fixed_by,
    fixed_in,
    near_choice,
    sides,
)
from tallystick.brief.words import dates
from tallystick.brief.words.estimates import learnt
from tallystick.brief.words.grammar import capital
from tallystick.brief.words.numbers import percent
from tallystick.vocab.estimate import Estimate

if TYPE_CHECKING:
    from tallystick.calibrate.learning import Narrowed

STOCK_MEASURES = ("workers_present", "nationals_present", "work_permits_valid")
ID = "workers_present"


def stock(facts: Facts) -> Chapter:
    first = [_through_time(facts), _unsettled(facts), _learnt(facts), _visas(facts), _cohorts(facts)]
    sections = [*first, regions(facts), _claims(facts)]
    return Chapter(
        id="stock",
        title="The stock through time",
        standfirst=join(
            "How many workers were ",
            where(facts, facts.focus),
            " at the end of each month: an interval, the published figures placed on it, and the years on "
            "which they do "
            "not agree.",
        ),
        sections=tuple(section for section in sections if section is not None),
    )


def _through_time(facts: Facts) -> Section:
    focus = facts.focus
    series = facts.series(ID, focus)
    rows = placed_claims(facts, STOCK_MEASURES, focus)
    blocks: list[Block] = [
        _summary(facts, series),
        Chart(
            id="stock",
            title=headlines.path(facts, *(alike(series, e) for e in peak_and_trough(series))),
            subtitle="Persons at the end of each month. Line: median. Bands: central 50, 80 and 95 %. Marks: published "
            "claims. Dashed: last count used.",
            alt=headlines.spoken([(facts.host_name(focus), series)]),
            spec=stock_with_claims(
                series, rows, classes=classes_in(rows, facts), title="persons", last=facts.last_described.isoformat()
            ),
            claims=tuple(dict.fromkeys(row["claim"] for row in rows)),
            estimates=tuple(card_id(e) for e in series),
            note=join(
                "A mark far off the band is a claim that the model reads as wrong, as a bound, or as another "
                "thing: permits "
                "are not persons. Claims about one region, site or sector are left off the chart and stand in "
                "the table.",
            ),
        ),
        yearly_table(
            facts,
            ID,
            facts.hosts_of(ID),
            periods=year_ends(facts, ID, focus),
            caption=join("Workers present at the end of each year: median and ", EIGHTY, " interval, persons"),
        ),
    ]
    return Section(id="stock-through-time", title="The whole series", blocks=tuple(blocks))


def peak_and_trough(series: tuple[Estimate, ...]) -> tuple[Estimate, Estimate]:
    """Of the ends of years, the one with the highest median, and the lowest from then on."""
    ends = [e for e in series if e.period.endswith("-12")] or list(series)
    highest = max(ends, key=lambda e: e.interval.median)
    return highest, min((e for e in ends if e.period >= highest.period), key=lambda e: e.interval.median)


def alike(series: tuple[Estimate, ...], extreme: Estimate) -> tuple[Estimate, ...]:
    """The ends of years that print the same median as an extreme, itself among them, in order."""
    ends = [e for e in series if e.period.endswith("-12")]
    same = [e for e in ends if e is not extreme and headlines.median(e) == headlines.median(extreme)]
    return tuple(sorted([*same, extreme], key=lambda e: e.period))


def _same(series: tuple[Estimate, ...], extreme: Estimate) -> Spans:
    """The other ends of years at which the printed median is the same; nothing where there are none."""
    others = [at(e.period) for e in alike(series, extreme) if e is not extreme]
    return join(" (the same, as printed, ", listed(others), ")") if others else ()


def _summary(facts: Facts, series: tuple[Estimate, ...]) -> Block:
    highest, lowest = peak_and_trough(series)
    last = series[-1]
    projected = ", in projection," if facts.reach.is_projection(last) else ""
    stands = join(f" and{projected} stands at ", est(last, noun="workers"), " ", at(last.period))
    tail = () if last is lowest else stands
    return para(
        "The median is highest ",
        at(highest.period),
        ", with ",
        est(highest, noun="workers"),
        _same(series, highest),
        "; it falls to ",
        est(lowest, noun="workers"),
        " ",
        at(lowest.period),
        _same(series, lowest),
        tail,
        ". A median is not the most likely path: any path inside the bands is compatible with what was published.",
    )


# The years that are not settled -----------------------------------------------------------------------------


def _unsettled(facts: Facts) -> Section | None:
    series = fully_varied(facts)
    if not series:
        return None
    first, last = series[0].period[:4], series[-1].period[:4]
    names = [other.name for other in series[0].alternatives]
    blocks: tuple[Block, ...] = (
        para(
            "From ",
            date_of(first),
            " to ",
            date_of(last),
            " the headcount hangs on choices that no published figure decides. The model is refitted under ",
            how_many(len(names), "named choice"),
            "; each is shown beside the one interval used elsewhere and is never averaged into it.",
        ),
        Chart(
            id="stock-alternatives",
            title=headlines.choices(_widest(facts, series)),
            subtitle="Persons, end of month. Colour: median and 80 % interval under the choice. Grey: the interval "
            "used elsewhere.",
            alt="One panel per choice: " + "; ".join(names) + ".",
            spec=alternatives(series, "persons"),
            estimates=tuple(card_id(e) for e in series),
        ),
        _alternatives_table(series),
        *side_taken(facts),
        _why_each(facts),
    )
    return Section(id="stock-unsettled", title="The years that are not settled", blocks=blocks)


def side_taken(facts: Facts) -> tuple[Paragraph, ...]:
    """Where the evidence has carried a number that the choices fix out of the range assumed, and close to which choice.

    Whoever holds the other choice must hear it from us: the account does not stand between them in all.
    """
    return tuple(_side(facts, one, near) for one, near in sides(facts))


def _side(facts: Facts, one: Narrowed, near: str) -> Paragraph:
    """What the account takes each coverage that the choice fixes to be, what each choice does, and what weighs most."""
    fixed = {*fixed_in(facts, near)} - {one.unknown}
    rest = (other for _, other in coverages(facts) if other.unknown in fixed)
    return para(
        *near_choice(facts, near), ". ", *_beside_choices(facts, one), *_counts_read(facts, one),
        *(span for each in rest for span in _beside_choices(facts, each)), *_without(facts),
    )  # fmt: skip


def _beside_choices(facts: Facts, one: Narrowed) -> Spans:
    """A number as it was assumed and found, beside where each choice fixes it."""
    fixed = fixed_by(facts, one.unknown).items()
    each = [join("\u201c", *tell(name), "\u201d ", method(percent(row["median"]))) for name, row in fixed]
    return join(*assumed_and_found(facts, one), "; ", *listed(each), " (medians). ")


def _counts_read(facts: Facts, one: Narrowed) -> Spans:
    """The published counts that are read so."""
    counts = [attributed(claim) for claim in counts_of(facts, one)]
    return join("So read are ", *listed(counts), ". ") if counts else ()


def _without(facts: Facts) -> Spans:
    """The origin that the figures of these years lean on most, and what one of them would be without it."""
    leading = ((e, weightiest(facts, e)) for e in fully_varied(facts))
    moved = [(e, one) for e, one in leading if one is not None]
    if not moved:
        return ()
    e, one = max(moved, key=lambda pair: abs(pair[1].move))
    return join(
        "These years hang most on ", *origin_words(facts, one), ": without it the headcount ", *at(e.period), " would "
        "be ", *alternative(e, interval_of(one)), ", not ", *cell(e), ".",
    )  # fmt: skip


def _widest(facts: Facts, series: tuple[Estimate, ...]) -> Estimate:
    month = widest_month(facts)
    return next((e for e in series if e.period == month), series[-1])


def _alternatives_table(series: tuple[Estimate, ...]) -> Table:
    ends = [e for e in series if e.period.endswith("-12")] or [series[-1]]
    names = [(other.id, other.name) for other in ends[0].alternatives]
    columns = (
        Column(title="Choice", width=2),
        *(
            Column(title=(date_of(capital(dates.period_words(e.period).removeprefix("the "))),), align="right")
            for e in ends
        ),
    )
    rows: list[tuple[Spans, ...]] = [(join("The interval used elsewhere"), *(cell(e) for e in ends))]
    for id, name in names:
        found = [next((o for o in e.alternatives if o.id == id), None) for e in ends]
        answers = (alternative(e, o.interval) if o else join("\u2013") for e, o in zip(ends, found, strict=True))
        rows.append((tell(name), *answers))
    caption = join("Medians and ", EIGHTY, " intervals under each choice, persons")
    return Table(id="stock-choices", columns=columns, rows=tuple(rows), caption=caption)


def _why_each(facts: Facts) -> Block:
    rows = facts.programme.tables.get("model", {}).get("alternative", [])
    return Bullets(tuple(join(strong(row["name"] + ". "), tell(row["why"])) for row in rows))


# What the evidence adds -------------------------------------------------------------------------------------


def _learnt(facts: Facts) -> Section:
    from tallystick.calibrate.estimates import MOVES

    series = facts.series(ID, facts.focus)
    rows = [{"when": moment(e.period), "share": number(learnt(e))} for e in series]
    blocks: tuple[Block, ...] = (
        para(
            "Every interval mixes what was published with what was assumed before anything was read. Measured at each "
            "year\u2019s end by the width of the ",
            EIGHTY,
            " interval against the width assumed, the headcount is ",
            learnt_years(facts, facts.focus),
            ". ",
            *silence(facts),
            "Squared, that ratio is about the share of the information that was assumed: up to ",
            method("a quarter (ratio 0.5)"),
            " may be called mostly evidence, above ",
            method("a half (ratio 0.71)"),
            " is mostly assumption. A narrow interval is not enough: a year is called mostly evidence only where ",
            method(f"{ENOUGH} separate origins"),
            " describe that very year in that host, it is none of those that are not settled, and no named choice "
            "moves it by more than ",
            method(f"{MOVES:.0%}".replace("%", " %")),
            " of its interval.",
            facts.says("records", before=" "),
        ),
        Chart(
            id="stock-learnt",
            title="How much of the interval is assumption",
            subtitle="Width of the 80 % interval over its width before any claim was read, log scale. Dashed: nothing "
            "learnt.",
            alt="Share of the assumed width that is left, by month.",
            spec=width_share(rows, "share of assumed width"),
            estimates=tuple(card_id(e) for e in series),
        ),
    )
    return Section(id="stock-learnt", title="What the evidence adds, year by year", blocks=blocks)


# Visa classes and cohorts -----------------------------------------------------------------------------------


def _visas(facts: Facts) -> Section | None:
    parts = facts.parts("workers_present_by_visa", facts.focus)
    if not parts:
        return None
    series = {part: facts.series("workers_present_by_visa", facts.focus, part) for part in parts}
    rows = [row for part in parts for row in estimate_rows(_decembers(series[part]), name=by_part(facts, part))]
    rows = [row | {"period": row["period"][:4]} for row in rows]
    return Section(
        id="stock-visas",
        title="By class of visa",
        blocks=(
            para(
                "A visa says under which title a worker stays, not whether he or she works: everyone counted "
                "here was sent to work. "
                "The class matters for obligations that turn on a work authorisation and not for the one that turns on "
                "earning income (see ",
                chapter_ref("the law", "law"),
                ").",
            ),
            Chart(
                id="stock-visas",
                title=headlines.largest(facts, "workers_present_by_visa", facts.headline_month, "class"),
                subtitle="Persons at the end of each year, by class of visa. Point: median. Bar: central 80 %.",
                alt=headlines.spoken((by_part(facts, part), series[part]) for part in parts),
                spec=panels_by_name(rows, "persons"),
                estimates=tuple(card_id(e) for part in parts for e in _decembers(series[part])),
            ),
            _parts_table(facts, "workers_present_by_visa", "By class of visa at the end of each year, persons"),
        ),
    )


def _decembers(series: tuple[Estimate, ...]) -> tuple[Estimate, ...]:
    return tuple(e for e in series if e.period.endswith("-12")) or series[-1:]


def _cohorts(facts: Facts) -> Section | None:
    id = "workers_present_by_cohort"
    parts = facts.parts(id, facts.focus)
    if not parts:
        return None
    deadline = facts.programme.deadline.isoformat()[:7]
    series = {p: tuple(e for e in facts.series(id, facts.focus, p) if e.period >= deadline) for p in parts}
    rows = [row for part in parts for row in estimate_rows(series[part], name=by_part(facts, part))]
    return Section(
        id="stock-cohorts",
        title="After the deadline, by cohort",
        blocks=(
            para(
                "Those present after ",
                date_of(dates.day(facts.programme.deadline)),
                " fall into cohorts that never mix: people who were there and stayed",
                ", people whom the closed border held, and " if facts.was_closed else ", and ",
                "people who came later. They differ in law, and adding them up hides that.",
            ),
            Chart(
                id="stock-cohorts",
                title=headlines.largest(facts, id, facts.headline_month, "cohort"),
                subtitle="Persons at the end of each month after the deadline. Line: median. Band: central 80 %.",
                alt=headlines.spoken((by_part(facts, part), series[part]) for part in parts),
                spec=lines_by_name([row for row in rows if row["upper_80"] > 0], "persons"),
                estimates=tuple(card_id(e) for part in parts for e in series[part]),
            ),
            _parts_table(facts, id, "By cohort at the end of each year, persons", since=deadline),
        ),
    )


def _parts_table(facts: Facts, id: str, caption: str, since: str = "") -> Table:
    parts = facts.parts(id, facts.focus)
    periods = list(dict.fromkeys(e.period for part in parts for e in facts.series(id, facts.focus, part)))
    chosen = [p for p in periods if p >= since and (p.endswith("-12") or len(p) == 4 or p == periods[-1])]
    columns = (Column(title="End of", width=0.7), *(Column(title=by_part(facts, p), align="right") for p in parts))
    rows = tuple(
        ((date_of(row_period(p)),), *(marked(facts, facts.find(id, facts.focus, p, part)) for part in parts))
        for p in chosen
    )
    caption_ = join(caption, "; median and ", EIGHTY, " interval")
    note = projection_note(facts)
    return Table(id=id.replace("_", "-"), columns=columns, rows=rows, caption=caption_, note=note)


# The claims -------------------------------------------------------------------------------------------------


def _claims(facts: Facts) -> Section:
    all_ = facts.of_measure(*STOCK_MEASURES, host=facts.focus)
    used = [c for c in all_ if facts.disposed(c.id) == "used"]
    rest = [c for c in all_ if facts.disposed(c.id) != "used"]
    blocks: list[Block] = []
    if used:
        blocks.append(
            claim_table(facts, used, id="stock-claims-used", caption=join("Used, in order of first assertion"))
        )
    if rest:
        table = claim_table(facts, rest, id="stock-claims-other", caption=join("Not used, in order of first assertion"))
        blocks.append(Details("Published figures that are not counted again, and why", (table,)))
    if not blocks:
        blocks.append(para("No published claim speaks of this stock; the series follows from assumptions alone."))
    return Section(id="stock-claims", title="The published figures", blocks=tuple(blocks))
