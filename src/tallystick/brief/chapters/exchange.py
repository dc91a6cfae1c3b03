"""The exchange of labour, arms and technology: both directions in their own units, in money only at a stated price.

What the reports say is asserted; what runs book stands beside it in columns of its own and rests on assumed paces.
"""

from __future__ import annotations

from tallystick.assess.exchange import Amount, Passage
from tallystick.brief.chapters.base import limit, slug
from tallystick.brief.chapters.conditions import statement_line
from tallystick.brief.chapters.exchange_book import book
from tallystick.brief.document import Block, Bullets, Chapter, Column, Emph, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import claim_ref, join, para, refs, said, tell
from tallystick.brief.words.grammar import capital


def exchange(facts: Facts) -> Chapter | None:
    if "exchange" not in facts.programme.tables["obligations"]:
        return None
    return Chapter(
        id="exchange",
        title=facts.says("exchange_title") or "What passes beside wages",
        standfirst=join(
            "What is said to pass between the two States for the labour and beside it. All of it is asserted; none of "
            "it is measured here.",
        ),
        blocks=(
            limit(
                "Own units, never added up",
                para(facts.says("exchange_no_price") or "What passes stands in its own units and is never added up."),
            ),
            *book(facts),
        ),
        sections=tuple(_section(facts, passage) for passage in facts.assessment.exchange),
    )


def _section(facts: Facts, passage: Passage) -> Section:
    blocks: list[Block] = [
        para(
            Emph(f"From {passage.given_by} to {passage.given_to}. ", strong=True),
            "The reports speak of it only as possible. " if passage.hedged else "",
            tell(passage.law_said.rstrip(".")) if passage.law_said else "No rule on it is among those read",
            join(" (", refs(facts, passage.law), ")") if passage.law else (),
            ".",
        ),
        Bullets(tuple(statement_line(facts, id) for id in passage.statements)),
    ]
    if passage.amounts:
        blocks.append(_amounts(facts, passage))
    return Section(
        id=f"exchange-{slug(passage.kind)}", title=capital(passage.name), blocks=tuple(b for b in blocks if _full(b))
    )


def _full(block: Block) -> bool:
    return not isinstance(block, Bullets) or bool(block.items)


def _amounts(facts: Facts, passage: Passage) -> Table:
    columns = (
        Column(title="What", width=1),
        Column(title="As stated", width=1.3),
        Column(title="Asserted by", width=1.6),
        Column(title="Use and reason", width=2.4),
    )
    rows = tuple(_amount(facts, amount) for amount in passage.amounts)
    return Table(id=f"exchange-{slug(passage.kind)}", columns=columns, rows=rows)


def _amount(facts: Facts, amount: Amount) -> tuple[Spans, ...]:
    claim = facts.claims[amount.claim]
    reason = facts.dispositions[claim.id].reason
    return (
        join(amount.name),
        join(said(claim), " (", claim_ref(claim), ")"),
        tell(claim.asserted_by),
        tell(reason, (claim.id,)),
    )
