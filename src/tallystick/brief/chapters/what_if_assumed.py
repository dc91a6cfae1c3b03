"""What the what-ifs assume, and which assumption the answers hang on most."""

from __future__ import annotations

from tallystick.brief.cards_runs import assumption_name, evidence_of, prior_words, shown_assumptions, why_words
from tallystick.brief.chapters.what_if_words import name
from tallystick.brief.document import Block, Column, Emph, Ref, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, how_many, join, method, para, refs, tell
from tallystick.brief.simulated import HEAD, MODEL, Simulated
from tallystick.brief.words.grammar import capital
from tallystick.scenarios.sensitivity import FIT, PLAN, Index, Sensitivity

MOST = 8  # assumptions named, those that matter most first
NOT_ASSUMED = {
    FIT: "What the claims leave open: the spread of the fit, which is no assumption of the runs.",
    PLAN: "How the plan of arrivals wanders from year to year beyond what the equations move.",
}


def assumed_section(facts: Facts, found: Simulated) -> Section:
    """What was assumed and why; ranked by effect where that was asked."""
    shown = shown_assumptions(facts)
    lead = para(
        "The loops of the model are those that reports describe; how strong they are, no report says. ",
        how_many(len(shown), "number", start=True),
        " are assumed, each with a range and a reason: ",
        Ref("all of them, with the rows that they lean on", "model", MODEL),
        ". Another range would give other answers.",
    )
    ranked = _unasked() if found.sensitivity is None else _ranked(facts, found, found.sensitivity)
    return Section(id="what-if-assumed", title="What is assumed, and what it does", blocks=(lead, *ranked))


def _unasked() -> tuple[Block, ...]:
    return (
        para(
            "Which of them the order of the what-ifs hangs on was not asked in this run; ",
            Emph("tallystick simulate --sensitivity"),
            " asks it.",
        ),
    )


def _ranked(facts: Facts, found: Simulated, asked: Sensitivity) -> tuple[Block, ...]:
    total: dict[str, float] = {}
    for index in asked.indices:
        if not index.scenario:
            total[index.factor] = index.total
    first = sorted(total, key=lambda factor: -total[factor])[:MOST]
    lead = para(
        "Which what-if moves the number most hangs first on ",
        *_factor(facts, first[0]),
        ". The share is that of the ranking\u2019s variance which a number makes alone and with all others (total "
        "Sobol index, from ",
        method(f"{asked.points:,} points"),
        "); shares overlap and may add up to more than the whole.",
    )
    columns = (
        Column(title="Assumed", width=1.2),
        Column(title="Range", width=1.3),
        Column(title="Share of the ranking", align="right", width=0.7),
        Column(title="Moves most", width=1.3),
        Column(title="Why this range", width=2.4),
    )
    rows = tuple(_row(facts, found, asked, factor, total[factor]) for factor in first)
    caption = join("What the answers of ", date_of(str(asked.year)), " hang on most")
    return lead, Table(id="what-if-assumed", columns=columns, rows=rows, caption=caption)


def _factor(facts: Facts, factor: str) -> Spans:
    known = factor in shown_assumptions(facts)
    return join(Ref(assumption_name(factor).lower(), "assumption", factor) if known else factor)


def _row(facts: Facts, found: Simulated, asked: Sensitivity, factor: str, total: float) -> tuple[Spans, ...]:
    one = shown_assumptions(facts).get(factor)
    moved = _moves_most(asked, factor)
    prior = (method(prior_words(one)),) if one is not None else join("\u2013")
    why = join(*tell(why_words(one)), *_leans_on(facts, evidence_of(one))) if one is not None else ()
    return (
        (Ref(assumption_name(factor), "assumption", factor),) if one is not None else join(capital(factor)),
        prior,
        (method(f"{max(total, 0):.2f}"),),
        (name(found, moved.scenario),) if moved is not None else join("\u2013"),
        why or join(NOT_ASSUMED.get(factor, "")),
    )


def _leans_on(facts: Facts, ids: tuple[str, ...]) -> Spans:
    found = refs(facts, ids)
    return join(" [", *found, "]") if found else ()


def _moves_most(asked: Sensitivity, factor: str) -> Index | None:
    """The what-if whose effect on the number present hangs on the factor most."""
    of = [each for each in asked.indices if each.factor == factor and each.scenario and each.outcome == HEAD]
    return max(of, key=lambda each: each.total, default=None)
