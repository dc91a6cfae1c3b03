"""Rules that reach goods, by the rows of law: rules apart from guidance and from acts that apply a rule."""

from __future__ import annotations

from tallystick.brief.document import Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, join, refs, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import lower_first
from tallystick.vocab.records import LawRow

APPLIES = "applies from"  # how a row of law says that an instrument in force binds later


def reaches_goods(row: LawRow) -> bool:
    """Whether a row of law speaks of goods or products at a border or on a market."""
    text = f"{row.instrument} {row.test}".lower()
    return "goods" in text or "product made" in text


def goods_rules(facts: Facts) -> tuple[LawRow, ...]:
    """Rows that reach goods and are the text of an obligation."""
    texts = _texts(facts)
    return tuple(row for row in facts.programme.law if reaches_goods(row) and row.id in texts)


def goods_besides(facts: Facts) -> tuple[LawRow, ...]:
    """Rows that reach goods and are guidance, or an act that applies a rule."""
    texts = _texts(facts)
    return tuple(row for row in facts.programme.law if reaches_goods(row) and row.id not in texts)


def _texts(facts: Facts) -> frozenset[str]:
    """The first row of each obligation is its text; further rows are acts or readings of it."""
    found = facts.programme.tables.get("obligations", {}).get("obligation", [])
    return frozenset(row["law"][0] for row in found)


def rule_with_date(facts: Facts, row: LawRow) -> Spans:
    """An instrument by name with its dates: what the row says of application, else the day of entry into force."""
    return join(tell(row.instrument), " (", _dates(row), "; ", refs(facts, [row.id]), ")")


def _dates(row: LawRow) -> Spans:
    told = next((sentence for sentence in row.text_summary.split(". ") if APPLIES in sentence), "")
    if told:
        return tell(lower_first(told.strip().removesuffix(".")))
    if row.in_force_from is None:
        return join("no date on record")
    return join("in force and applied from ", date_of(dates.day(row.in_force_from)))
