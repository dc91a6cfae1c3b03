"""How to use this account: for those who monitor sanctions, who defend rights, and who vet suppliers."""

from __future__ import annotations

from tallystick.brief.backing import EVIDENCE, PART, classes, evidence_word, turned_by_shares
from tallystick.brief.chapters.base import at, chapter_ref, marked, projection_note, standing, where
from tallystick.brief.chapters.trust_failed import MAIN, is_short
from tallystick.brief.chapters.trust_leans import origin_words
from tallystick.brief.chapters.trust_scored import opens, percent, scored_in
from tallystick.brief.chapters.use_suppliers import suppliers
from tallystick.brief.document import Block, Bullets, Chapter, Column, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import is_among, weightiest
from tallystick.brief.names import period_of
from tallystick.brief.periods import WORLD
from tallystick.brief.prose import EIGHTY, date_of, est_range, how_many, join, listed, method, para
from tallystick.brief.words import grammar
from tallystick.brief.words.estimates import learnt
from tallystick.brief.words.grammar import agree
from tallystick.brief.words.numbers import plural_of
from tallystick.forecasts.score import FAMILIES
from tallystick.vocab.estimate import Estimate

_NAMES = {
    "workers_present": "Workers present",
    "workers_arrived": "Workers arrived",
    "programme_revenue": "Kept by the state",
    "state_take_share": "The state\u2019s share of pay",
    "gross_wage": "Gross pay per worker and month",
    "worker_months_after_deadline": "Worker-months present, added up",
}


TIERS = {
    "counted": "First: persons, by published head counts, permits and visas, some of them of that very year.",
    "turned": "Second: persons, by passages and papers that assumed shares turn into workers, some of that very year.",
    "said": "Third: pay and what is taken of it, as those under \u201cRests on\u201d tell it, some of that very year. "
    "Nobody counted it.",
    "modelled": "Fourth: model-based, carried over from other years or hanging on a reading; say so.",
}


def use(facts: Facts) -> Chapter:
    return Chapter(
        id="use",
        title="How to use this account",
        standfirst=join("Three readers, three questions, and what each can and cannot take from these pages."),
        sections=(_monitor(facts), _rights(facts), suppliers(facts)),
    )


# Sanctions monitors -----------------------------------------------------------------------------------------


def _monitor(facts: Facts) -> Section:
    blocks: list[Block] = [
        para(
            "The figures below can be cited as this account\u2019s estimates, with the interval and the date beside "
            "them; none is a finding of anyone else. Give host, period and ",
            EIGHTY,
            " interval together, and the evidence root at the foot of the brief, so that a reader can repeat the "
            "figure. \u201cNarrower than our prior\u201d tells how far the claims took an interval from what we "
            "assumed, and not how near it is to the truth.",
            facts.says("records", before=" "),
        )
    ]
    for tier, estimates in _tiers(facts).items():
        if estimates:
            tried = _tried(facts, estimates) if tier == "turned" else ()
            blocks += [para(TIERS[tier], *tried), _defensible(facts, estimates, tier)]
    blocks += [para("Not to be quoted."), Bullets(_not_to_quote(facts))]
    return Section(
        id="use-monitor", title="If you monitor sanctions: which figure can I cite, with what?", blocks=tuple(blocks)
    )


def _tiers(facts: Facts) -> dict[str, list[Estimate]]:
    """The headline figures by tier: persons, then money, whose own year somebody described; what the model carries."""
    found: dict[str, list[Estimate]] = {tier: [] for tier in TIERS}
    for e in _headlines(facts):
        found[_tier(facts, e)].append(e)
    return found


def _tier(facts: Facts, e: Estimate) -> str:
    if evidence_word(facts, e) not in (EVIDENCE, PART):
        return "modelled"
    if not e.unit.startswith("persons"):
        return "said"
    return "turned" if turned_by_shares(facts, e) else "counted"


def _tried(facts: Facts, estimates: list[Estimate]) -> Spans:
    """How forecasts of the passages and papers behind these estimates fared, where their intervals held too few."""
    kept, families = facts.backtest, {FAMILIES[kind] for e in estimates for kind in turned_by_shares(facts, e)}
    rows = kept.tables[MAIN].groups if kept is not None else ()
    short = [row for row in rows if row.by == "family" and row.name in families and is_short(row)]
    if kept is None or not short:
        return ()
    held = [
        join(
            opens(scored_in(facts, kept, row), percent(row.coverage_80)),
            " of ",
            how_many(row.n, "figure"),
            f" on {row.name}",
        )
        for row in short
    ]
    return join(" In the trial the ", EIGHTY, " forecasts of such figures held only ", listed(held), ".")


def _headlines(facts: Facts) -> list[Estimate]:
    month, year, focus = facts.headline_month, facts.headline_year, facts.focus
    adopted = f"{facts.programme.deadline.year - 2}-12"
    wanted = (
        ("workers_present", focus, adopted, None),
        ("workers_present", focus, month, None),
        ("workers_present", WORLD, month, None),
        ("workers_arrived", focus, year, "all"),
        ("gross_wage", focus, year, None),
        ("state_take_share", focus, year, None),
        ("programme_revenue", focus, year, None),
        ("programme_revenue", WORLD, year, None),
        ("worker_months_after_deadline", focus, year, "all"),
    )
    return [e for key in wanted if (e := facts.find(*key)) is not None]


def _defensible(facts: Facts, estimates: list[Estimate], tier: str) -> Table:
    columns = (
        Column(title="Figure", width=1.6),
        Column(title="When", width=1.1),
        Column(title="Median and interval", align="right", width=2.2),
        Column(title="Rests on", width=2),
        Column(title="How much is evidence", width=1.4),
        Column(title="Narrower than our prior", align="right", width=1),
    )
    rows = tuple(_defence(facts, e) for e in estimates)
    hosts = tuple(dict.fromkeys(e.host for e in estimates if facts.reach.is_projection(e)))
    return Table(id=f"cited-{tier}", columns=columns, rows=rows, note=projection_note(facts, *hosts) if hosts else ())


def _defence(facts: Facts, e: Estimate) -> tuple[Spans, ...]:
    name = f"{_NAMES.get(e.id, e.id)}, {where(facts, e.host)}"
    less = method(f"{max(round((1 - learnt(e)) * 100), 0)} percent")
    return (
        join(name),
        (date_of(period_of(facts, e).removeprefix("the ").removesuffix(", added up")),),
        marked(facts, e),
        _classes(facts, e),
        join(standing(facts, e), _by_shares(facts, e)),
        (less,),
    )


def _by_shares(facts: Facts, e: Estimate) -> str:
    """That most of what an estimate of persons rests on is no head."""
    papers = [plural_of(kind) for kind in turned_by_shares(facts, e)]
    return f"; mostly {grammar.join(papers)}, turned into workers by assumed shares" if papers else ""


def _classes(facts: Facts, e: Estimate) -> Spans:
    """Origins behind an estimate, and every class of asserter with its claims."""
    if not e.claims:
        return join("no claim of its own")
    parts = [join(name, " (", how_many(n, "claim"), ")") for name, n in classes(facts, e)]
    return join(how_many(e.origins, "separate origin"), ": ", listed(parts), *_outside(facts, e))


def _outside(facts: Facts, e: Estimate) -> Spans:
    """The origin that moves an estimate most, where it is none of those."""
    one = weightiest(facts, e)
    if one is None or is_among(one, e):
        return ()
    return join("; what would move it most speaks of something else: ", *origin_words(facts, one))


def _not_to_quote(facts: Facts) -> tuple[Spans, ...]:
    last = facts.find("workers_present", facts.focus, facts.last_month)
    items: list[Spans] = [
        join(
            "A published total without its scope, year and basis: ",
            chapter_ref("programme revenue", "revenue"),
            " shows what each would need per worker.",
        ),
        join("Crossings, visas or permits as if they were workers: see ", chapter_ref("arrivals", "arrivals"), "."),
        join(
            "The number of reports that repeat a figure as a sign that it is right: see ",
            chapter_ref("who repeats whom", "chains"),
            ".",
        ),
        join(
            "A headcount divided by a country\u2019s workforce as the chance that a supplier is concerned, or the "
            "share of a labour shortage that is filled as a share of sites."
        ),
        *_unsettled(facts),
    ]
    if last is not None and facts.reach.is_projection(last):
        items.append(
            join(
                "The headcount ",
                at(last.period),
                " as if it were counted: ",
                est_range(last),
                " is where the model drifts.",
            )
        )
    return tuple(items)


def _unsettled(facts: Facts) -> tuple[Spans, ...]:
    """That a year which hangs on a choice is not to be quoted alone; nothing where no year does."""
    has_choices = any(e.alternatives for e in facts.series("workers_present", facts.focus))
    which = facts.says("years_not_to_quote")
    if not has_choices and not which:
        return ()
    years = which or "A year for which other choices are shown, without them"
    target = chapter_ref("the years that are not settled", "stock-unsettled") if has_choices else "the stock"
    return (join(years, ": see ", target, "."),)


# Rights workers ---------------------------------------------------------------------------------------------


def _rights(facts: Facts) -> Section:
    c = facts.assessment.forced_labour.conclusions
    both = max((x.origins_of_both for x in c), default=0)
    items = (
        join(
            "A clue is one reported element; proof of forced labour needs both limbs for the same people. ",
            "At most " if both else "",
            how_many(both, "separate origin", start=not both),
            f" here {agree(both, 'speaks', 'speak')} of both: see ",
            chapter_ref("forced labour", "forced-labour"),
            ".",
        ),
        join(
            "A wish for the job, even a paid-for place, does not show consent to what came after; a bad "
            "condition does not show that it was imposed."
        ),
        join(
            "Where no row speaks to an indicator, no public row read here says so; others may. It is not evidence "
            "that the thing is absent."
        ),
        join(
            "What is public can harm. This account holds no row on a single person, a single death, a single escape, a "
            "rescue or a channel of contact; pages that it links to may tell of such cases. Old building sites that "
            "the press named are the only building sites; "
            "of later years one kind of plant that governments named is told by its region. It prints no name of a "
            "worker, escapee or helper, gives escapes only as yearly national totals, and never shows how control "
            "bears on escape. Do not add such "
            "detail when you quote it, and do not match its rows with other sources to find a person or a site.",
        ),
        join(
            "The rules bind States and firms; a finding binds nobody. A worker who stayed, left or was sent home has "
            "broken none of these rules."
        ),
    )
    return Section(
        id="use-rights",
        title="If you defend rights: what is a clue, what is proof, and what could do harm?",
        blocks=(Bullets(items),),
    )
