"""Who vets suppliers reads what each rule asks of a firm, what was not assessed, and what no number here can tell."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from tallystick.brief.chapters.answers import _of_a_group
from tallystick.brief.chapters.answers_first import before_you_quote
from tallystick.brief.chapters.answers_law import law_answer
from tallystick.brief.chapters.law_tables import left_out
from tallystick.brief.chapters.use_goods import firm_rules, rule_told
from tallystick.brief.chapters.use_suppliers import suppliers
from tallystick.brief.document import Bullets, Details, Paragraph, Spans, plain
from tallystick.brief.facts import Facts
from tallystick.vocab.records import LawRow


def _items(block: object) -> list[str]:
    assert isinstance(block, Bullets)
    return [plain(item) for item in block.items]


@pytest.fixture(scope="module")
def box(facts: Facts) -> list[str]:
    return _items(suppliers(facts).blocks[0])


def _front(facts: Facts) -> list[str]:
    return _items(before_you_quote(facts).body[0])


def _law(facts: Facts, id: str) -> LawRow:
    return next(row for row in facts.programme.law if row.id == id)


def _changed(facts: Facts, change: Any) -> Facts:
    table = copy.deepcopy(dict(facts.programme.tables["obligations"]))
    change(table)
    return replace(facts, programme=replace(facts.programme, tables={**facts.programme.tables, "obligations": table}))


def test_each_rule_for_firms_is_told_with_its_text_and_row(facts: Facts, box: list[str]) -> None:
    rules = firm_rules(facts)
    assert {rule.assessed for rule in rules} == {True, False}
    for rule in rules:
        (told,) = [item for item in box if rule.says.split(": ")[0] in item]
        assert f"; {rule.row.id}" in told
        assert rule.row.instrument in told
        assert rule.says.split(". ")[0].rstrip(".") in told
        assert rule.says.partition(". ")[2] in told


def test_a_rule_is_told_because_its_row_says_so_and_not_by_its_words(facts: Facts) -> None:
    def drop(table: dict[str, Any]) -> None:
        next(row for row in table["left_out"] if "for_firms" in row).pop("for_firms")

    before, after = firm_rules(facts), firm_rules(_changed(facts, drop))
    assert len(after) == len(before) - 1
    assert set(after) < set(before)


def test_the_first_page_tells_the_rules_that_are_assessed_in_one_sentence_each(facts: Facts) -> None:
    said = _front(facts)[-1]
    for rule in firm_rules(facts):
        assert (rule.row.instrument in said) == rule.assessed
        assert plain(rule_told(facts, rule, short=True)).endswith(").")
        if rest := rule.says.partition(". ")[2]:
            assert rest not in said


def test_a_rule_that_applies_later_says_from_which_day(facts: Facts) -> None:
    later = next(o for o in facts.programme.tables["obligations"]["obligation"] if "applies_from" in o)
    (rule,) = [each for each in firm_rules(facts) if each.row.id == later["law"][0]]
    day = later["applies_from"]
    assert f"applies from {day.day} {day:%B %Y}" in plain(rule_told(facts, rule, short=True))


def test_not_assessed_is_said_with_the_last_day_that_anybody_counted(facts: Facts, box: list[str]) -> None:
    (said,) = [item for item in box if item.startswith("Not assessed is not cleared.")]
    assert facts.says("forced_labour_reach") in said
    assert facts.says("not_cleared") in said
    assert f"in {facts.host_name(facts.focus)}, " in said.split("Last day described:")[1]


def test_asking_is_said_to_be_able_to_harm(box: list[str]) -> None:
    assert "Asking can harm: do not question workers" in box[-1]


def test_texts_for_firms_stand_apart_from_those_left_out_for_other_reasons(facts: Facts) -> None:
    section = left_out(facts)
    assert section is not None
    firms, others = (_items(block.blocks[0]) for block in section.blocks if isinstance(block, Details))
    named = [rule.row.instrument for rule in firm_rules(facts) if not rule.assessed]
    assert [item.split(": ")[0] for item in firms] == named
    assert len(firms) + len(others) == len(facts.assessment.left_out)


def test_the_first_page_says_when_no_text_was_read_in_its_official_edition(facts: Facts) -> None:
    assert "No text of law was read in its official edition" in _front(facts)[0]
    one, *rest = facts.programme.law
    read = replace(facts, programme=replace(facts.programme, law=(replace(one, how_read="official text"), *rest)))
    said = _front(read)[0]
    assert "No text of law" not in said
    assert f"of {len(rest) + 1} were read in a summary" in said


def test_findings_by_cohort_are_counted_apart_on_the_first_page(facts: Facts) -> None:
    open_ = [f for f in facts.assessment.findings if f.outcome == "undetermined"]
    whole = sum(f.cohort is None for f in open_)
    last = law_answer(facts)[-1]
    assert isinstance(last, Paragraph)
    assert 0 < whole < len(open_)
    assert f"{whole} findings, and " in plain(last.spans)
    assert " more by cohort, stay undetermined" in plain(last.spans)


def test_a_number_of_several_hosts_says_that_no_country_is_estimated(facts: Facts) -> None:
    month = facts.last_month
    told = {host: _told(facts, host, month) for host in facts.hosts_of("workers_present")}
    groups = {host for host in told if facts.is_group(host)}
    assert groups
    assert {host for host, words in told.items() if "nor any country estimated" in words} == groups


def _told(facts: Facts, host: str, month: str) -> str:
    estimate = facts.find("workers_present", host, month)
    spans: Spans = () if estimate is None or host == "WW" else _of_a_group(facts, estimate)
    return plain(spans)


def test_an_act_is_judged_from_the_day_that_it_binds(facts: Facts) -> None:
    """The two acts of the Union from the day after their publication; the Protocol from its own day for the host."""
    found = facts.assessment.findings
    ceiling = [f for f in found if f.obligation == "eu-ceiling"]
    protocol = [f for f in found if f.obligation == "forced-labour-protection"]
    for findings, row in ((ceiling, _law(facts, "L24")), (protocol, _law(facts, "L44"))):
        assert min(f.period for f in findings).startswith(str(row.in_force_from))
    day = _law(facts, "L24").in_force_from
    assert day is not None
    assert ceiling[0].period_name.startswith(f"{day.day} {day:%B}")
