"""Where published figures differ, and why; and the arithmetic that published figures imply."""

from __future__ import annotations

from tallystick.brief.document import (
    Block,
    Bullets,
    Card,
    Cards,
    Chapter,
    Column,
    Details,
    Figure,
    Section,
    Spans,
    Table,
)
from tallystick.brief.facts import Facts
from tallystick.brief.prose import claim_ref, how_many, join, para, said, tell
from tallystick.brief.words.grammar import stop
from tallystick.brief.words.numbers import plain
from tallystick.brief.words.rounding import significant
from tallystick.reconcile.records import ArithmeticCheck, Disagreement

KIND_TITLES = {
    "told": "Contradictions that readers meet",
    "object": "Different things counted, read as one",
    "spread": "One quantity, several origins",
    "garbling": "Copies that break their origin",
    "forecast": "Plans printed as facts",
    "currency": "One sum in two currencies",
}
SHOWN_AS_CARDS = ("told",)


def disagreements(facts: Facts) -> Chapter:
    found = facts.account.disagreements
    kinds = list(dict.fromkeys(d.kind for d in found))
    sections = [_section(facts, kind, [d for d in found if d.kind == kind]) for kind in kinds]
    if facts.account.arithmetic:
        sections.append(_arithmetic(facts))
    return Chapter(
        id="disagreements",
        title="Where the figures disagree, and why",
        standfirst=join(
            how_many(len(found), "disagreement", start=True),
            " between published figures, each with the explanation that fits best: definition, place, "
            "period, currency, "
            "bound, copy, garbling, or a true difference of judgement.",
        ),
        sections=tuple(sections),
    )


def _section(facts: Facts, kind: str, found: list[Disagreement]) -> Section:
    title = KIND_TITLES.get(kind, kind.capitalize())
    blocks: tuple[Block, ...]
    if kind in SHOWN_AS_CARDS:
        blocks = (Cards(tuple(_card(facts, d) for d in found)),)
    else:
        blocks = (Details(f"{title}: show all", (_table(facts, kind, found),)),)
    return Section(id=f"disagreements-{kind or 'other'}", title=title, blocks=blocks)


def _card(facts: Facts, d: Disagreement) -> Card:
    lines = Bullets(tuple(claim_line(facts, claim) for claim in d.claims))
    return Card(title=tell(d.title, d.claims), body=(para(tell(stop(d.why), d.claims)), lines), id=d.id)


def claim_line(facts: Facts, id: str) -> Spans:
    claim = facts.claims[id]
    return join(said(claim), ", ", tell(claim.asserted_by), " (", claim_ref(claim), ")")


def _table(facts: Facts, kind: str, found: list[Disagreement]) -> Table:
    columns = (Column(title="What differs", width=1.4), Column(title="Figures", width=2), Column(title="Why", width=3))
    rows = tuple((tell(d.title, d.claims), _figures(facts, d), tell(stop(d.why), d.claims)) for d in found)
    return Table(id=f"disagreements-{kind}", columns=columns, rows=rows)


def _figures(facts: Facts, d: Disagreement) -> Spans:
    out: Spans = ()
    for claim in d.claims:
        out = join(out, "; " if out else "", said(facts.claims[claim]), " (", claim_ref(facts.claims[claim]), ")")
    return out


def _arithmetic(facts: Facts) -> Section:
    columns = (
        Column(title="Check", width=1.4),
        Column(title="Sum", width=1.6),
        Column(title="Result", align="right"),
        Column(title="Compared with", align="right"),
        Column(title="What follows", width=3),
    )
    rows = tuple(_check_row(check) for check in facts.account.arithmetic)
    lead = para("Sums that published figures imply, computed from the claims as they stand.")
    table = Table(id="arithmetic", columns=columns, rows=rows)
    return Section(id="arithmetic", title="Arithmetic of the published figures", blocks=(lead, table))


def _check_row(check: ArithmeticCheck) -> tuple[Spans, ...]:
    return (
        tell(check.title, check.claims),
        tell(check.formula.replace("*", "\u00d7").replace(" - ", " \u2212 "), check.claims),
        (Figure(plain(significant(check.result, 6)), check.claims),),
        join(
            f"{_relation(check)} " if check.holds else f"not: {check.relation} ",
            Figure(plain(significant(check.expected, 6)), check.claims),
        ),
        tell(stop(check.verdict), check.claims),
    )


def _relation(check: ArithmeticCheck) -> str:
    """The stated relation; "equals" within the check's tolerance is "about"."""
    near = check.relation == "equals" and significant(check.result, 6) != significant(check.expected, 6)
    return "about" if near else check.relation
