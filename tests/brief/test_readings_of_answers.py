"""What stands beside an answer: who is counted with whom, who speaks for a table, where a series goes on alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tallystick.brief.backing import ASSUMPTION, evidence_word
from tallystick.brief.chapters.answers_familiar import familiar
from tallystick.brief.chapters.answers_law import _nearer, law_answer
from tallystick.brief.chapters.base import PROJECTION, standing
from tallystick.brief.chapters.hosts import _drift, hosts
from tallystick.brief.chapters.law import law
from tallystick.brief.chapters.trust_leans import SPEAKERS, origin_words
from tallystick.brief.document import Bullets, Column, Details, Paragraph, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.leading import answers, interval_of, leading
from tallystick.brief.paper import LINE, widths_of
from tallystick.brief.periods import STOCK, WORLD
from tallystick.brief.prose import alternative, join
from tallystick.brief.targets import spans_of
from tallystick.vocab.estimate import Alternative
from tests.brief.factory import moved
from tests.brief.trusted import trusted


def _law(facts: Facts) -> str:
    return " ".join(plain(tuple(spans_of(block))) for block in law_answer(facts))


def test_a_report_that_repeats_a_figure_is_counted_with_it(facts: Facts) -> None:
    (bullets,) = (block for block in law_answer(facts) if isinstance(block, Bullets))
    found = next(f for f in facts.assessment.findings if f.outcome == "inconsistent" and f.host == facts.focus)
    rests = {claim for id in found.statements for claim in facts.statements[id].related_claims}
    assert {facts.dispositions[id].origin for id in rests} & {facts.dispositions[id].origin for id in found.claims}
    assert "[counted with 4,000 persons" in plain(bullets.items[0])
    apart = tuple(replace(each, related_claims=()) for each in facts.programme.statements)
    assert "[counted with" not in _law(replace(facts, programme=replace(facts.programme, statements=apart)))


def test_a_sum_is_told_under_the_choices_that_move_it_less(facts: Facts) -> None:
    asked = trusted(facts)
    figure, e = next((figure, e) for figure, e in leading(asked) if e.id == "worker_months_after_deadline")
    first, *rest = answers(asked, figure).items()
    name = next(one.name for one in asked.choices if one.id == first[0])
    shown = replace(e, alternatives=(Alternative(id="far", name=name, interval=moved(e.interval, 2.0)),))
    said = plain(
        _nearer(replace(asked, estimates=tuple(shown if each == e else each for each in asked.estimates)), shown)
    )
    assert rest
    lowest = min((interval_of(told) for _, told in rest), key=lambda one: one.median)
    assert said.startswith(f"; under those that move it less, {plain(alternative(shown, lowest))}")
    assert _nearer(facts, e) == ()  # nothing was asked


def test_a_table_is_named_by_all_who_are_credited_with_it(facts: Facts) -> None:
    asked = trusted(facts)
    one = max(asked.silenced, key=lambda one: len({facts.claims[id].asserted_by for id in one.claims}))
    names = {facts.claims[id].asserted_by for id in one.claims}
    said = plain(origin_words(asked, one))
    assert len(names) > SPEAKERS
    assert sum(said.count(name) > 0 for name in names) >= SPEAKERS
    assert "and others (" in said


def test_that_a_series_falls_after_its_last_count_is_said_to_be_assumed(facts: Facts) -> None:
    host = next(h for h in facts.hosts_of(STOCK) if h not in (facts.focus, WORLD) and not facts.is_group(h))
    then, now = (facts.find(STOCK, host, period) for period in ("2015-06", facts.headline_month))
    assert then is not None
    assert now is not None

    def told(factor: float, last: date = date(2015, 6, 30)) -> str:
        other = replace(now, interval=moved(then.interval, factor))
        return plain(_drift(replace(facts, estimates=(*facts.estimates, other)), host, last))

    assert told(0.1) == ". That it falls is assumed too, and no sign that fewer work there"
    assert told(10.0) == ". That it rises is assumed too, and no sign that more work there"
    assert told(1.0) == ""
    assert told(0.1, last=date.fromisoformat(f"{facts.headline_month}-28")) == ""  # no later month is headlined


def test_the_chapter_on_a_host_ends_its_counts_with_a_sentence(facts: Facts) -> None:
    chapter = hosts(facts)
    assert chapter is not None
    paragraphs = [plain(tuple(spans_of(b))) for s in chapter.sections for b in s.blocks if isinstance(b, Paragraph)]
    assert all(text.endswith(".") for text in paragraphs if "extended by assumption" in text)
    assert any("extended by assumption" in text for text in paragraphs)


def test_a_projection_is_called_one_unless_next_to_nothing_is_evidence(facts: Facts) -> None:
    ahead = [e for e in facts.estimates if facts.reach.is_projection(e)]
    words = {standing(facts, e) for e in ahead}
    assert words <= {PROJECTION, ASSUMPTION}
    assert PROJECTION in words
    assert all(
        standing(facts, e) == evidence_word(facts, e) for e in facts.estimates if not facts.reach.is_projection(e)
    )


def test_a_figure_with_none_of_ours_beside_it_is_told_with_its_whole_reading(facts: Facts) -> None:
    section = familiar(facts)
    assert section is not None
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    rows = [[plain(cell) for cell in row] for row in table.rows]
    alone = [row[3] for row in rows if row[2] == "\u2013"]
    assert any("it is read as all arrivals from August 2023" in said for said in alone)


def test_the_outcome_of_a_finding_is_one_word_and_its_reach_stands_in_the_reason(facts: Facts) -> None:
    blocks = [block for section in law(facts).sections for block in section.blocks]
    blocks += [inner for block in blocks if isinstance(block, Details) for inner in block.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    rows = [
        row for table in tables for row in table.rows
        if [plain(column.title) for column in table.columns][2:4] == ["Outcome", "Because"]
    ]  # fmt: skip
    assert rows
    assert all("," not in plain(row[2]) and len(plain(row[2])) < 25 for row in rows)
    reach = next(text for f in facts.assessment.findings if f.cohort for text in f.as_far_as)
    assert any(reach[1:] in plain(row[3]) for row in rows)


def test_no_column_on_paper_is_narrower_than_its_longest_word() -> None:
    long = join("word " * 800)
    titles = ("Where and when", "Outcome, in one word", "Because", "Rests on")
    rows = ((join("while closed"), join("undetermined or another"), long, join("asiapress25_s02, zakharova_1000")),)
    widths = widths_of(Table(columns=tuple(Column(title=title) for title in titles), rows=rows))
    words = [len("closed"), len("undetermined"), len("word"), len("asiapress25_s02,")]
    assert all(LINE * width / sum(widths) > 0.99 * word for width, word in zip(widths, words, strict=True))
    assert widths[2] == max(widths)
