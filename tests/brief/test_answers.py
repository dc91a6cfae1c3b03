"""The first page says what its numbers and findings hang on, and of which days each number speaks."""

from __future__ import annotations

import re

from tallystick.brief import html
from tallystick.brief.backing import CUMULATIVE
from tallystick.brief.chapters.answers_law import law_answer
from tallystick.brief.document import Bullets, Document, Lead, plain
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.names import estimate_name, label_name
from tallystick.brief.targets import spans_of
from tallystick.brief.words.dates import day


def section(document: Document, id: str) -> str:
    found = next(s for chapter in document.chapters for s in chapter.sections if s.id == id)
    return " ".join(plain(tuple(spans_of(block))) for block in found.blocks)


def added_up(facts: Facts, year: str) -> str:
    return f"from {day(facts.programme.deadline)} to the end of {year}"


def test_a_sum_since_the_deadline_is_never_that_of_one_year(facts: Facts, document: Document) -> None:
    sums = [e for e in facts.estimates if e.id in CUMULATIVE]
    assert sums
    for e in sums:
        assert estimate_name(facts, e).endswith(f"{added_up(facts, e.period)}, added up")
    assert added_up(facts, "2022") in label_name(facts, f"{CUMULATIVE[0]} all 2022")
    cards = {card.id: card.title for card in document.estimates}
    assert all(added_up(facts, e.period) in cards[card_id(e)] for e in sums if card_id(e) in cards)
    assert not re.search(r"(?i)worker-months since the deadline[^.;<]*, 20\d\d\b", html.render(document))


def test_the_first_card_of_presence_says_from_when_to_when_and_whose_earning_is_unknown(
    facts: Facts, document: Document
) -> None:
    lead = next(block for block in document.chapters[0].blocks if isinstance(block, Lead))
    item = next(item for item in lead.items if item.unit == "worker-months")
    held = facts.find(CUMULATIVE[0], facts.focus, facts.headline_year, "stranded")
    assert held is not None
    assert plain(item.label).endswith(f"{added_up(facts, facts.headline_year)}, added up")
    assert "are of people held by the closed border, whose earning is unknown" in plain(item.note)
    assert card_id(held) in {getattr(span, "estimate", None) for span in item.note}


def test_where_a_figure_may_be_cited_a_sum_since_the_deadline_has_its_days(facts: Facts, document: Document) -> None:
    tables = [table for table in document.tables() if table.id.startswith("cited-")]
    rows = [row for table in tables for row in table.rows if "Worker-months" in plain(row[0])]
    assert [plain(row[1]) for row in rows] == [added_up(facts, facts.headline_year)]


def hanging(facts: Facts) -> dict[str, str]:
    """Every finding of the first page by its head, host and period."""
    bullets = next(block for block in law_answer(facts) if isinstance(block, Bullets))
    return dict(plain(item).split(": ", 1) for item in bullets.items)


def test_each_finding_of_the_first_page_names_every_row_that_it_hangs_on(facts: Facts) -> None:
    found = [f for f in facts.assessment.findings if f.outcome == "inconsistent" and f.cohort is None]
    bullets = next(block for block in law_answer(facts) if isinstance(block, Bullets))
    assert found
    for finding, item in zip(found, bullets.items, strict=True):
        opened = {claim for span in item for claim in getattr(span, "claims", ())}
        opened |= {getattr(span, "to", "") for span in item}
        assert {*finding.claims, *finding.statements} <= opened, finding.id


def test_each_finding_of_the_first_page_says_which_cohorts_carry_it(facts: Facts) -> None:
    shown = hanging(facts)
    by_id = {f.id: f for f in facts.assessment.findings}
    reopened = next(
        f
        for f in by_id.values()
        if f.id.endswith(":since-reopening") and f.host == facts.focus and f.outcome == "inconsistent"
    )
    said = shown[f"{facts.host_name(reopened.host)}, {reopened.period_name}"]
    assert by_id[f"{reopened.id}:holdover"].outcome == by_id[f"{reopened.id}:stranded"].outcome == "undetermined"
    assert "carried only by \u201carrived after the deadline\u201d" in said
    assert "Undetermined: \u201choldover" in said
    assert "stranded" in said
    assert "people who came after its deadline, which is a matter of reading" in said
    earlier = [words for head, words in shown.items() if "closed" in head]
    assert len(earlier) == 2
    assert all("matter of reading" not in words and words.startswith("One origin") for words in earlier)


def test_a_finding_on_one_doubted_figure_prints_the_doubt(facts: Facts) -> None:
    finding = next(f for f in facts.assessment.findings if f.outcome == "inconsistent" and f.host != facts.focus)
    (claim,) = finding.claims
    said = hanging(facts)[f"{facts.host_name(finding.host)}, {finding.period_name}"]
    assert facts.dispositions[claim].reason.rstrip(".") in said
    assert "No cohort is told apart here" in said


def test_what_the_reading_leaves_open_stands_beside_the_findings(facts: Facts, document: Document) -> None:
    words = section(document, "which-obligation")
    open_ = {t for f in facts.assessment.findings if f.outcome == "inconsistent" and not f.cohort for t in f.left_open}
    assert open_
    assert all(text.rstrip(".") in words for text in open_)
