"""Every claim that is not used, by disposition, with the reason a reader understands."""

from __future__ import annotations

from tallystick.brief.chapters.base import claim_table
from tallystick.brief.document import Chapter, Column, Details, Neutral, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import how_many, join, para

UNUSED = {
    "repeat": ("Repeats", "Pass on a figure that another claim gave first; they are counted with it."),
    "garbled": ("Garbled", "Break what they copy: a number, measure, scope, bound or time."),
    "context": (
        "Context",
        "True or not, they speak of something that the model does not estimate; they are shown beside it.",
    ),
    "out_of_scope": ("Out of scope", "Speak of another place, time or group than the model covers."),
}


def appendix(facts: Facts) -> Chapter:
    unused = sum(d.disposition != "used" for d in facts.account.dispositions)
    return Chapter(
        id="claims-not-used",
        title="Every claim not used, and why",
        standfirst=join(
            how_many(unused, "claim", start=True),
            " of ",
            how_many(len(facts.programme.claims), "claim"),
            " are read, kept and not used in the fit. Nothing is dropped silently.",
        ),
        blocks=(_counts(facts),),
        sections=tuple(s for s in (_section(facts, kind) for kind in UNUSED) if s is not None),
    )


def _counts(facts: Facts) -> Table:
    """Claims by class of asserter and disposition."""
    kinds = ("used", *UNUSED)
    columns = (
        Column(title="Asserted by", width=2),
        *(Column(title=k.replace("_", " ").capitalize(), align="right", width=0.8) for k in kinds),
        Column(title="All", align="right", width=0.6),
    )
    rows: list[tuple[Spans, ...]] = []
    for cls in facts.programme.asserter_classes.values():
        mine = [facts.disposed(c.id) for c in facts.programme.claims if c.asserter_class == cls.id]
        numbers = [*(mine.count(kind) for kind in kinds), len(mine)]
        rows.append((join(cls.name), *((Neutral(f"{n:,}", "count"),) for n in numbers)))
    totals = [facts.disposed(c.id) for c in facts.programme.claims]
    sums = [*(totals.count(kind) for kind in kinds), len(totals)]
    rows.append((join("all classes"), *((Neutral(f"{n:,}", "count"),) for n in sums)))
    return Table(id="dispositions", columns=columns, rows=tuple(rows))


def _section(facts: Facts, kind: str) -> Section | None:
    claims = [c for c in facts.programme.claims if facts.disposed(c.id) == kind]
    if not claims:
        return None
    title, what = UNUSED[kind]
    table = claim_table(facts, claims, id=f"not-used-{kind}")
    summary = join(f"{title}: ", how_many(len(claims), "claim"))
    return Section(
        id=f"not-used-{kind.replace('_', '-')}", title=title, blocks=(para(what), Details(summary, (table,)))
    )
