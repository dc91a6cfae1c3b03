"""What the what-ifs assume, and which assumption each hangs on most."""

from __future__ import annotations

from tallystick.brief.cards_runs import (
    evidence_of,
    prior_words,
    shown_assumptions,
    why_words,
)
from tallystick.brief.chapters.what_if_words import here, name
from tallystick.brief.document import Block, Column, Emph, Ref, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, how_many, join, listed, method, para, refs, tell
from tallystick.brief.simulated import HEAD, MODEL, Simulated
from tallystick.brief.words.assumed import assumption_name
from tallystick.brief.words.numbers import percent
from tallystick.scenarios.alone import Alone, Share

MOST = 8  # assumptions named, those that matter most first
COMMAND = "tallystick simulate --sensitivity"


def assumed_section(facts: Facts, found: Simulated) -> Section:
    """What was assumed and why, and what hangs on it where that was asked."""
    shown = shown_assumptions(facts)
    lead = para(
        "The loops of the model are those that reports describe; how strong they are, no report says. ",
        how_many(len(shown), "number", start=True),
        " are assumed, each with a range and a reason: ",
        Ref("all of them, with the rows that they lean on", "model", MODEL),
        ". Another range would give other answers. What numbers do together, and to all other outcomes, is asked by ",
        Emph(COMMAND),
        ".",
    )
    hangs = () if found.alone is None else _hangs(facts, found, found.alone)
    return Section(id="what-if-assumed", title="What is assumed, and what hangs on it", blocks=(lead, *hangs))


def _hangs(facts: Facts, found: Simulated, asked: Alone) -> tuple[Block, ...]:
    shares = _largest(facts, found, asked)
    if not shares:
        return ()
    place = here(facts, found, found.ordered)
    lead = para(
        "In ",
        method(f"{asked.draws:,} draws"),
        f" of all of them at once, the change that a what-if makes to the number of workers {place} by the end of ",
        date_of(str(asked.year)),
        ", as a part of the baseline\u2019s number, differs from draw to draw. The table says how much of that (of its "
        "variance) one number makes alone, where it is more than chance would make. The rest is what the evidence "
        "leaves open, how the plan of arrivals wanders, and what numbers do together.",
    )
    columns = (
        Column(title="Assumed", width=1.2),
        Column(title="Range", width=1.3),
        Column(title="What-ifs that hang on it, and the part that it makes alone", width=2.2),
        Column(title="Why this range", width=2.4),
    )
    rows = tuple(_row(facts, found, factor, of) for factor, of in shares.items())
    return lead, Table(id="what-if-assumed", columns=columns, rows=rows, caption=join("What the what-ifs hang on"))


def _largest(facts: Facts, found: Simulated, asked: Alone) -> dict[str, list[Share]]:
    """The numbers that some effect on the number present hangs on most, each with its what-ifs, the largest first."""
    shown = shown_assumptions(facts)
    of = [
        each
        for each in asked.shares
        if each.outcome == HEAD and each.factor in shown and each.scenario in found.ordered
    ]
    of.sort(key=lambda each: -each.share)
    factors = list(dict.fromkeys(each.factor for each in of))[:MOST]
    return {factor: [each for each in of if each.factor == factor] for factor in factors}


def _row(facts: Facts, found: Simulated, factor: str, of: list[Share]) -> tuple[Spans, ...]:
    one = shown_assumptions(facts)[factor]
    parts = [join(name(found, each.scenario), ", ", method(percent(round(each.share, 2)))) for each in of]
    return (
        (Ref(assumption_name(factor), "assumption", factor),),
        (method(prior_words(one)),),
        listed(parts, "and", "; "),
        join(*tell(why_words(one)), *_leans_on(facts, evidence_of(one))),
    )


def _leans_on(facts: Facts, ids: tuple[str, ...]) -> Spans:
    found = refs(facts, ids)
    return join(" [", *found, "]") if found else ()
