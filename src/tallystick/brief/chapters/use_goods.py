"""What the rows of law say to firms: rules that may bind one, apart from guidance and from acts that apply a rule."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.assess.obligations import said_to_firms
from tallystick.brief.document import Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, join, refs, strong, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import lower_first
from tallystick.vocab.records import LawRow

APPLIES = "applies from"  # how a row of law says that an instrument in force binds later


@dataclass(frozen=True, slots=True)
class FirmRule:
    """A rule that may bind a firm. `says`: whom it binds and when, a colon, what it asks; then what else to know."""

    row: LawRow
    says: str
    further: tuple[str, ...]  # other rows of law on the same
    assessed: bool  # it is the text of an obligation here, and not left out


def firm_rules(facts: Facts) -> tuple[FirmRule, ...]:
    """Rows of `obligations.toml` that speak to firms (`for_firms`): of obligations first, then those left out."""
    table = facts.programme.tables.get("obligations", {})
    rows = {row.id: row for row in facts.programme.law}
    found = [(each, each["law"][0], True) for each in table.get("obligation", [])]
    found += [(each, each["law"], False) for each in table.get("left_out", [])]
    return tuple(
        FirmRule(rows[law], str(each["for_firms"]), tuple(each.get("also_law", ())), assessed)
        for each, law, assessed in found
        if "for_firms" in each and law in rows
    )


def rule_told(facts: Facts, rule: FirmRule, *, short: bool = False) -> Spans:
    """The rule with its instrument, dates and rows; `short`: its first sentence only."""
    whom, asks, rest = said_to_firms(rule.says)
    rows = refs(facts, [rule.row.id, *rule.further])
    named = join(" (", tell(rule.row.instrument), _dates(rule.row), "; ", rows, ").")
    return join(strong(f"{whom}:"), " ", tell(asks), named, *([tell(f" {rest}")] if rest and not short else []))


def _dates(row: LawRow) -> Spans:
    """What the row says of application, else the day of entry into force; nothing where neither was read."""
    told = next((sentence for sentence in row.text_summary.split(". ") if APPLIES in sentence), "")
    if told:
        return tell(f", {lower_first(told.strip().removesuffix('.'))}")
    return join(", in force from ", date_of(dates.day(row.in_force_from))) if row.in_force_from else ()


def goods_besides(facts: Facts) -> tuple[LawRow, ...]:
    """Rows that speak of goods and are guidance, or an act that applies a rule to some: the text of no obligation."""
    texts = {each["law"][0] for each in facts.programme.tables.get("obligations", {}).get("obligation", [])}
    return tuple(row for row in facts.programme.law if _of_goods(row) and row.id not in texts)


def _of_goods(row: LawRow) -> bool:
    text = f"{row.instrument} {row.test}".lower()
    return "goods" in text or "product made" in text
