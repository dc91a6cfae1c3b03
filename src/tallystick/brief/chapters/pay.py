"""Where a month's pay goes: four parts that close to the cent, and the claims that break the identity."""

from __future__ import annotations

from tallystick.brief import headlines
from tallystick.brief.chapters.base import at, chapter_ref, claim_table, limit, marked, projection_note, start, where
from tallystick.brief.chapters.pay_share import share_of_pay
from tallystick.brief.document import Block, Callout, Chapter, Chart, Column, Details, Paragraph, Section, Spans, Table
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.prose import EIGHTY, date_of, est, join, listed, para, said, tell
from tallystick.brief.specs.common import estimate_rows, interval_row
from tallystick.brief.specs.intervals import lines_by_name, rows_by_name
from tallystick.brief.words.grammar import stop
from tallystick.reconcile.records import Disagreement
from tallystick.vocab.estimate import Estimate

PARTS = (
    ("state_take", "kept by the state"),
    ("agents_and_costs", "agents, lodging and food"),
    ("pocket_money", "cash in hand"),
    ("booked_pay", "booked, to be paid after return"),
)
GROSS = "gross_wage"
VERBS = {
    "state_take": ("the state kept ", ""),
    "agents_and_costs": ("agents, lodging and food took ", ""),
    "pocket_money": ("the worker had ", " in cash"),
    "booked_pay": ("", " was booked, to be paid after return"),
}
MEASURES = (
    "gross_wage",
    "promised_wage",
    "employer_cost",
    "worker_net_pay",
    "state_take_per_worker",
    "state_take_share",
    "state_take_increment",
    "worker_keep_share",
    "paid_share_of_promised",
    "wage_gap_share",
    "comparable_wage",
)


def pay(facts: Facts) -> Chapter:
    sections = (_month(facts), _years(facts), _booked(facts), _conflicts(facts), _claims(facts))
    return Chapter(
        id="pay",
        title="Where a month\u2019s pay goes",
        standfirst=join(
            "Gross pay per worker and month equals what the state keeps, plus agents and costs, plus cash in "
            "hand, plus what "
            "is booked. In every draw of the model the four parts add up exactly.",
        ),
        sections=tuple(section for section in sections if section is not None),
    )


def _month(facts: Facts) -> Section:
    year, focus = facts.headline_year, facts.focus
    gross = facts.find(GROSS, focus, year)
    assert gross is not None, f"{GROSS} has no estimate for {focus} in {year}"
    parts = [(e, name) for id, name in PARTS if (e := facts.find(id, focus, year)) is not None]
    rows = [interval_row(gross.interval, name="gross pay")]
    rows += [interval_row(e.interval, name=name) for e, name in parts]
    share = facts.find("state_take_share", focus, year)
    told = [join(VERBS[e.id][0], est(e, noun=""), VERBS[e.id][1]) for e, _ in parts]
    blocks: list[Block] = [
        para(
            start(at(year)),
            " gross pay ",
            where(facts, focus),
            " was ",
            est(gross, noun="per worker and month"),
            ". Of it ",
            listed(told, "and", "; "),
            ".",
        )
    ]
    if share is not None:
        blocks += share_of_pay(facts, share)
    blocks.append(
        Chart(
            id="pay",
            title=_title(share, year),
            subtitle="Gross pay and its parts, USD per worker and month. Tick: median. Bars: central 50, 80 and 95 %.",
            alt=headlines.spoken([("gross pay", [gross]), *((name, [e]) for e, name in parts)]),
            spec=rows_by_name(rows, "USD per worker and month"),
            estimates=(card_id(gross), *(card_id(e) for e, _ in parts)),
            note=join("Medians of the parts need not add up to the median of the whole; the parts of each draw do."),
        )
    )
    if least := facts.says("pay_least_known"):
        blocks.append(limit("What is least known", para(least)))
    return Section(id="pay-month", title="One month", blocks=tuple(blocks))


def _title(share: Estimate | None, year: str) -> str:
    if share is None:
        return f"A month\u2019s pay in {year}"
    return f"In {year} the state kept about {headlines.median(share)} of a month\u2019s pay"


def _years(facts: Facts) -> Section:
    focus = facts.focus
    ids = (GROSS, *(id for id, _ in PARTS))
    names = {GROSS: "gross pay", **dict(PARTS)}
    years = [e.period for e in facts.series(GROSS, focus)]
    hosts = facts.hosts_of(GROSS)
    rows = [row for h in hosts for row in estimate_rows(facts.series(GROSS, h), name=facts.host_name(h))]
    columns = (Column(title="Year", width=0.6), *(Column(title=names[id].capitalize(), align="right") for id in ids))
    table = Table(
        id="pay-by-year",
        columns=columns,
        rows=tuple(((date_of(y),), *(marked(facts, facts.find(id, focus, y)) for id in ids)) for y in years),
        caption=join(
            "USD of the year per worker and month ", where(facts, focus), "; median and ", EIGHTY, " interval"
        ),
        note=projection_note(facts),
    )
    chart = Chart(
        id="pay-years",
        title="Gross pay per worker and month, by host",
        subtitle="USD of the year. Line: median. Band: central 80 %.",
        alt=headlines.spoken((facts.host_name(h), facts.series(GROSS, h)) for h in hosts),
        spec=lines_by_name(rows, "USD per worker and month", points=True),
        estimates=tuple(card_id(e) for h in hosts for e in facts.series(GROSS, h)),
    )
    return Section(id="pay-years", title="Through the years", blocks=(chart, table))


def _booked(facts: Facts) -> Section | None:
    year, focus = facts.headline_year, facts.focus
    owed, hour = facts.find("booked_pay_owed", focus, year), facts.find("kept_per_hour", focus, year)
    blocks: list[Block] = []
    if owed is not None:
        blocks.append(
            para(
                "Booked pay is owed until return. At the end of ",
                date_of(year),
                " it came to ",
                est(owed, noun="in all"),
                " ",
                where(facts, focus),
                ".",
                facts.says("payout_by_report", before=" "),
            )
        )
    if hour is not None:
        blocks.append(
            para(
                "What a worker keeps per hour worked was ",
                est(hour),
                " ",
                at(year),
                "; it hangs on an assumed payout share and is indicative only.",
            )
        )
    return (
        Section(id="pay-booked", title="What is booked, and what is kept per hour", blocks=tuple(blocks))
        if blocks
        else None
    )


def _conflicts(facts: Facts) -> Section | None:
    """Claims that cannot all be true of one month's pay: reported as they are, and not repaired."""
    found = [d for d in facts.account.disagreements if {"state_take_per_worker", GROSS} <= _measures(facts, d)]
    told = [d for d in found if d.kind == "told"] or found
    blocks: tuple[Callout, ...] = tuple(
        Callout(
            "caution",
            tell(d.title, d.claims),
            (_why(d.why, d.claims), para("Claims: ", _claims_line(facts, d.claims), ".")),
        )
        for d in told
    )
    if not blocks:
        return None
    lead = para(
        "These figures cannot all hold for one month of one worker. They are reported as they stand; the "
        "model keeps the "
        "identity and lets no claim break it. All others are in ",
        chapter_ref("the disagreements", "disagreements"),
        ".",
    )
    return Section(id="pay-conflicts", title="Where published figures break the identity", blocks=(lead, *blocks))


def _measures(facts: Facts, disagreement: Disagreement) -> set[str]:
    return {facts.claims[claim].measure for claim in disagreement.claims}


def _why(text: str, claims: tuple[str, ...]) -> Paragraph:
    return para(tell(stop(text), claims))


def _claims_line(facts: Facts, claims: tuple[str, ...]) -> Spans:
    return listed(
        [join(said(facts.claims[c]), " (", tell(facts.claims[c].asserted_by), ")") for c in claims], "and", "; "
    )


def _claims(facts: Facts) -> Section:
    claims = facts.of_measure(*MEASURES)
    table = claim_table(facts, claims, id="pay-claims")
    return Section(
        id="pay-claims", title="The published figures", blocks=(Details("All published figures on pay", (table,)),)
    )
