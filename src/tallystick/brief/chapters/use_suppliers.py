"""For who vets suppliers: what this account cannot tell, which rules may bind a firm, and how asking can do harm."""

from __future__ import annotations

from tallystick.brief.chapters.base import chapter_ref, last_days
from tallystick.brief.chapters.use_goods import firm_rules, goods_besides, rule_told
from tallystick.brief.document import Bullets, Section, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.periods import STOCK
from tallystick.brief.prose import join, listed, refs, strong, tell


def suppliers(facts: Facts) -> Section:
    title = "If you vet suppliers: what can this not tell me?"
    items = (*_not_told(facts), *_rules(facts), _how_to_ask())
    return Section(id="use-compliance", title=title, blocks=(Bullets(items),))


def _not_told(facts: Facts) -> tuple[Spans, ...]:
    return (
        join(
            "Nothing here clears or accuses a supplier. The account knows hosts, sectors in words and years; it has no "
            "estimate by firm, site, region or product. Single reports name trades and places: they are clues about "
            "where to ask, not counts, and a trade that is not named is not free.",
            *_named(facts),
        ),
        join(
            strong("Not assessed is not cleared."),
            facts.says("forced_labour_reach", before=" "),
            facts.says("not_cleared", before=" "),
            last_days(facts, facts.hosts_of(STOCK)),
        ),
        join(
            "A low national number is no comfort for one site",
            facts.says("where_they_work", before=": "),
            ".",
            facts.says("out_of_sight", before=" "),
        ),
        join("Visa and job title do not settle it.", facts.says("visa_and_work", before=" ")),
        join(
            "Names of firms stand only in rows of law and in remarks on claims, for what a source said of them on its "
            "day and with no finding; their status since was not followed. None of it is a screening list.",
            facts.says("screen", before=" "),
        ),
    )


def _named(facts: Facts) -> Spans:
    """Which trades are named, where to read of them, and what was not coded."""
    named = facts.says("trades_named", before=" ")
    if not named:
        return ()
    see = join(chapter_ref("hours and conditions", "conditions"), " and ", chapter_ref("pay", "pay"))
    return join(named.removesuffix("."), ": see ", see, ".", facts.says("trades_gap", before=" "))


def _rules(facts: Facts) -> list[Spans]:
    rules, besides = firm_rules(facts), goods_besides(facts)
    items = [rule_told(facts, rule) for rule in rules]
    items += [join(said) for place in ("firms_bound", "law_not_read") if (said := facts.says(place))]
    if besides:
        named = listed([join(tell(row.instrument), " (", refs(facts, [row.id]), ")") for row in besides], "and", "; ")
        items.append(join("No rules themselves, but guidance or acts that apply a rule to single goods: ", named, "."))
    return items


def _how_to_ask() -> Spans:
    return join(
        "The account follows no goods, no tier of a supply chain and no labour agency: where goods were packed or "
        "shipped says nothing about who made them. Put the question to the supplier and to whoever provides its "
        "labour. ",
        strong("Asking can harm: "),
        "do not question workers or hand lists of them on, and take advice on their safety before ending a contract, "
        "for to be sent back can mean grave harm.",
    )
