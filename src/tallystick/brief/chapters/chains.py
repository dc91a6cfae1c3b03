"""The chains: one origin, many copies, and what each copy lost or broke."""

from __future__ import annotations

from tallystick.brief.chapters.answers_first import counts
from tallystick.brief.chapters.base import chapter_ref
from tallystick.brief.document import Block, Bullets, Chapter, Chart, Column, Details, Emph, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import claim_ref, date_of, how_many, join, para, said, source_ref, tell
from tallystick.brief.specs.intervals import bars
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import stop
from tallystick.reconcile.records import Chain

KIND_WORDS = {
    "root": "origin",
    "repeats": "repeats",
    "rounds": "rounds",
    "converts": "converts the currency of",
    "garbles": "garbles",
    "computes_from": "computes from",
    "suspected": "probably copies",
    "same": "is an exact copy of",
}
LARGEST = 15


def chains(facts: Facts) -> Chapter:
    found = facts.account.chains
    titled = [c for c in found if c.title]
    rest = [c for c in found if not c.title]
    copies = sum(d.disposition in ("repeat", "garbled") for d in facts.account.dispositions)
    return Chapter(
        id="chains",
        title="Who repeats whom",
        standfirst=join(
            *counts(facts),
            " Each origin speaks once, however often it is quoted; adding copies changes no estimate.",
        ),
        blocks=(
            para(
                how_many(copies, "claim", start=True),
                " repeat or garble another. Who links to whom is the compilers\u2019 judgement; where a link is "
                "only probable, "
                "it is called so. Agreement between copies is no confirmation.",
            ),
            *_largest(facts),
        ),
        sections=(*(_titled(facts, chain) for chain in titled), *_others(facts, rest)),
    )


def _largest(facts: Facts) -> tuple[Block, ...]:
    origins = [o for o in facts.account.origins if len(o.members) > 1]
    top = sorted(origins, key=lambda o: (-len(o.members), o.id))[:LARGEST]
    if not top:
        return (para("No claim of this evidence repeats another."),)
    rows = [{"name": o.root, "count": len(o.members) - 1} for o in top]
    chart = Chart(
        id="chains-largest",
        title=f"{len(top[0].members) - 1} further claims go back to {top[0].root} alone",
        subtitle="The origins that are copied most: number of further claims that go back to each.",
        alt="; ".join(f"{row['name']}: {row['count']}" for row in rows),
        spec=bars(rows, "copies"),
        claims=tuple(o.root for o in top),
    )
    return (chart,)


def _titled(facts: Facts, chain: Chain) -> Section:
    return Section(
        id=f"chain-{chain.id}",
        title=tell(chain.title, chain.roots or (chain.origin,)),
        blocks=(para(tell(stop(chain.story), chain.roots or (chain.origin,))), _links(facts, chain)),
    )


def _links(facts: Facts, chain: Chain) -> Bullets:
    return Bullets(tuple(_link(facts, chain, member) for member in chain.members))


def _link(facts: Facts, chain: Chain, member: str) -> Spans:
    claim = facts.claims[member]
    kind = chain.kind_of_each[member]
    lost = chain.lost.get(member, "")
    published = date_of(dates.published(claim.published_on))
    return join(
        Emph(KIND_WORDS.get(kind, kind).capitalize() + ": ", strong=True),
        claim_ref(claim),
        ", ",
        said(claim),
        ", ",
        tell(claim.asserted_by),
        " in ",
        source_ref(facts, claim),
        " (",
        published,
        "). ",
        tell(stop(lost), (member,)) if lost else (),
    )


def _others(facts: Facts, rest: list[Chain]) -> tuple[Section, ...]:
    if not rest:
        return ()
    columns = (
        Column(title="Origin", width=1.4),
        Column(title="As stated", width=1.2),
        Column(title="Asserted by", width=1.4),
        Column(title="Copies, and what each lost or broke", width=4),
    )
    rows = tuple(_row(facts, chain) for chain in rest)
    table = Table(id="chains-other", columns=columns, rows=rows)
    lead = para(
        how_many(len(rest), "further origin", start=True),
        " with at least one copy. Explained differences between figures are in ",
        chapter_ref("the disagreements", "disagreements"),
        ".",
    )
    return (Section(id="chains-other", title="All other chains", blocks=(lead, Details("Show all", (table,)))),)


def _row(facts: Facts, chain: Chain) -> tuple[Spans, ...]:
    root = facts.claims[chain.roots[0] if chain.roots else chain.members[0]]
    copies: Spans = ()
    for member in chain.members:
        if member == root.id:
            continue
        words = KIND_WORDS.get(chain.kind_of_each[member], chain.kind_of_each[member])
        lost = chain.lost.get(member, "")
        claim = facts.claims[member]
        copies = join(
            copies,
            " " if copies else "",
            claim_ref(claim),
            f" ({words}): ",
            tell(stop(lost), (member,)) if lost else said(claim),
            "" if lost else ".",
        )
    return (join(claim_ref(root)), (said(root),), tell(root.asserted_by), copies)
