"""One run becomes one document: chapters in the order in which a reader needs them, and everything they open.

build_document(facts)   the tree that HTML and PDF are written from
brief_json(facts)       the same account for programs (docs/reference/brief.schema.json)
data_tables(facts)      the same account as flat tables
"""

from __future__ import annotations

import msgspec

from tallystick.brief.cards import claim_cards, entries, estimate_cards, source_cards
from tallystick.brief.cards_forecasts import forecast_cards
from tallystick.brief.cards_runs import assumption_cards, model_card, run_cards, scenario_cards
from tallystick.brief.chapters.answers import answers
from tallystick.brief.chapters.appendix import appendix
from tallystick.brief.chapters.arrivals import arrivals
from tallystick.brief.chapters.chains import chains
from tallystick.brief.chapters.conditions import conditions
from tallystick.brief.chapters.disagreements import disagreements
from tallystick.brief.chapters.exchange import exchange
from tallystick.brief.chapters.forced_labour import forced_labour
from tallystick.brief.chapters.hosts import hosts
from tallystick.brief.chapters.law import law
from tallystick.brief.chapters.limits import limits
from tallystick.brief.chapters.method import diagnostics, method_chapter, repeat, sources
from tallystick.brief.chapters.pay import pay
from tallystick.brief.chapters.revenue import revenue
from tallystick.brief.chapters.stock import stock
from tallystick.brief.chapters.systems import predictions, systems
from tallystick.brief.chapters.trust import trust
from tallystick.brief.chapters.use import use
from tallystick.brief.chapters.what_if import what_if
from tallystick.brief.contract import contract
from tallystick.brief.document import Callout, Document, Meta
from tallystick.brief.facts import Facts
from tallystick.brief.prose import how_many, join, method, para
from tallystick.brief.read_claims import read_by_programs
from tallystick.brief.tables import Table, tables

CHAPTERS = (
    answers,
    use,
    stock,
    arrivals,
    pay,
    revenue,
    hosts,
    chains,
    disagreements,
    conditions,
    exchange,
    law,
    forced_labour,
    systems,
    what_if,
    predictions,
    trust,
    limits,
    method_chapter,
    diagnostics,
    sources,
    repeat,
    appendix,
)


def build_document(facts: Facts) -> Document:
    """The whole brief as a tree; BriefError where a number or a reference would open nothing."""
    return Document(
        title=facts.programme.title,
        subtitle="A cited account: every figure with its interval, its origins, and the reason for each claim not used",
        as_of=facts.run.as_of,
        meta=_meta(facts),
        chapters=tuple(made for chapter in CHAPTERS if (made := chapter(facts)) is not None),
        claims=claim_cards(facts),
        estimates=(*estimate_cards(facts), *forecast_cards(facts)),
        runs=run_cards(facts),
        scenarios=scenario_cards(facts),
        model=model_card(facts),
        assumptions=assumption_cards(facts),
        entries=entries(facts),
        sources=source_cards(facts),
        notices=_notices(facts),
        footer=join(
            "Built from published claims only. It names nobody who works, fled or helped. A finding speaks "
            "of the conduct of "
            "its addressee and is not legal advice. Classes of asserters, links and states of predictions are the "
            "developers\u2019 unreviewed judgement.",
        ),
    )


def _meta(facts: Facts) -> Meta:
    return Meta(
        programme=facts.programme.title,
        evidence_root=facts.programme.evidence_root,
        version=facts.run.version,
        seed=facts.run.seed,
        command=facts.run.command,
        facts=(("Diagnostics", "passed" if facts.diagnostics.passed else "failed"), *facts.run.facts),
    )


def _notices(facts: Facts) -> tuple[Callout, ...]:
    """What a reader has to know before anything else: unreviewed claims, checks that failed, and who accepted what."""
    return (*_proposed(facts), *_failed(facts), *read_by_programs(facts))


def _proposed(facts: Facts) -> tuple[Callout, ...]:
    """A run on claims that nobody has accepted says how many they are."""
    if not facts.run.proposed:
        return ()
    body = para(
        "Claims that a program read and nobody has accepted yet are used here, since that was asked for: ",
        how_many(facts.run.proposed, "claim"),
        ". This is a look at what they would do and no account: quote nothing of it.",
    )
    return (Callout("caution", "Unreviewed claims are used", (body,)),)


def _failed(facts: Facts) -> tuple[Callout, ...]:
    d = facts.diagnostics
    if d.passed:
        return ()
    smallest = min(d.ess_bulk_min, d.ess_tail_min)
    found = f"largest R-hat {d.r_hat_max:.3f}, smallest effective sample {smallest:,.0f}, divergences {d.divergences}"
    body = para(
        "The sampler did not pass its checks (",
        method(found),
        "). The estimates below may be wrong by more than their intervals say. Do not quote them; the claims, chains, "
        "disagreements and readings of law do not depend on the sampler.",
    )
    return (Callout("caution", "This run failed its diagnostics", (body,)),)


def brief_json(facts: Facts) -> bytes:
    """The account for programs, as UTF-8 JSON; the same facts give the same bytes."""
    return msgspec.json.format(msgspec.json.encode(contract(facts), order="sorted"), indent=1) + b"\n"


def data_tables(facts: Facts) -> dict[str, Table]:
    """Flat tables by name, ready for CSV."""
    return tables(facts)
