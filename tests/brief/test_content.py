"""Every sentence rests on something, reads as English, and says no more than it knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import tallystick.brief
from tallystick.brief import html, numbers
from tallystick.brief.backing import UNSETTLED, evidence_word
from tallystick.brief.build import CHAPTERS, brief_json, build_document, data_tables
from tallystick.brief.chapters.answers_familiar import COPIED, MEASURES
from tallystick.brief.chapters.base import learnt_note, learnt_years, rests_on, year_runs, years_by_word
from tallystick.brief.document import Document, Paragraph, Spans, plain
from tallystick.brief.facts import Facts
from tallystick.brief.prose import est, tell
from tallystick.brief.targets import spans_of
from tallystick.brief.words.claims import claim_quantity
from tallystick.brief.words.dates import day
from tallystick.brief.words.estimates import say
from tallystick.brief.words.numbers import count
from tallystick.brief.words.units import parse
from tallystick.evidence.read_notes import read_note
from tallystick.vocab.estimate import Alternative, Estimate, Interval
from tests.brief.conftest import invented_facts
from tests.brief.factory import passing


def flat(value: float) -> Interval:
    return Interval(
        median=value, lower_50=value, upper_50=value, lower_80=value, upper_80=value, lower_95=value, upper_95=value
    )


def bare_estimate(interval: Interval, *, claims: tuple[str, ...] = (), origins: int = 0) -> Estimate:
    return Estimate(
        id="workers_present",
        host="AA",
        period="2020-12",
        unit="persons",
        interval=interval,
        prior=interval,
        origins=origins,
        claims=claims,
    )


def paragraphs(document: Document) -> Iterator[str]:
    for block in document.blocks():
        if isinstance(block, Paragraph):
            yield plain(block.spans)
        for nested in getattr(block, "body", ()):
            if isinstance(nested, Paragraph):
                yield plain(nested.spans)


def test_every_number_of_the_page_leads_to_claims(document: Document) -> None:
    walked = numbers.walk(html.render(document))
    assert walked.faults == ()
    assert walked.numbers > 1000


def test_the_first_chapter_answers_and_every_chapter_is_there(document: Document) -> None:
    assert [chapter.id for chapter in document.chapters][:2] == ["answers", "use"]
    assert len(document.chapters) == len(CHAPTERS)
    titles = [plain(section.title) for section in document.chapters[0].sections]
    assert [title.split()[0] for title in titles] == ["How", "How", "Who", "What", "How", "What", "Figures"]


def test_sentences_have_no_slips_of_the_pen(document: Document) -> None:
    slips = re.compile(r"  | ,| \.(?!\.)|\(\)|,,|\.\.(?!\.)|\( | \)|\bNone\b|\bnan\b| ;")
    found = [text for text in paragraphs(document) if slips.search(text)]
    assert found == []


def test_paragraphs_end_like_sentences(document: Document) -> None:
    found = [text for text in paragraphs(document) if not text.endswith((".", ":", "?", "\u201d"))]
    assert found == []


def test_every_estimate_in_a_sentence_of_the_answers_comes_with_its_interval(document: Document) -> None:
    text = " ".join(
        plain(tuple(spans_of(block))) for section in document.chapters[0].sections[:3] for block in section.blocks
    )
    numbers_said = len(re.findall(r"80 % interval", text))
    assert numbers_said >= 10


def test_no_code_of_the_brief_names_a_place_of_the_programme(facts: Facts) -> None:
    names = {place.name for place in facts.programme.places.values() if place.host} | {facts.programme.sender}
    names -= {"the world or several States"}
    folder = Path(tallystick.brief.__file__).parent
    found = [
        (file.name, name)
        for file in folder.rglob("*.py")
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_claim_can_be_said_with_its_bound(facts: Facts) -> None:
    assert not facts.withheld
    for claim in facts.programme.claims:
        words = claim_quantity(claim)
        assert re.search(r"\d", words), claim.id
        assert words.startswith("at least ") == (claim.bound == "at_least"), claim.id
        assert words.startswith("up to ") == (claim.bound == "up_to"), claim.id


def test_every_estimate_has_a_unit_that_the_brief_can_say(facts: Facts) -> None:
    known = {"persons", "hours", "worker-months"}
    for unit in {estimate.unit for estimate in facts.estimates}:
        parsed = parse(unit)
        assert parsed.is_money or parsed.is_share or parsed.thing in known, unit


def test_escapes_are_printed_as_they_were_asserted(document: Document, facts: Facts) -> None:
    section = next(s for chapter in document.chapters for s in chapter.sections if s.id == "limits-escapes")
    words = " ".join(plain(tuple(spans_of(block))) for block in section.blocks)
    used = [c for c in facts.of_measure("escapes") if facts.disposed(c.id) == "used"]
    assert used
    assert all(claim_quantity(claim).split()[0] in words for claim in used)
    assert "interval" not in words


def test_a_run_that_failed_says_so_before_anything_else(facts: Facts) -> None:
    failed = replace(facts, diagnostics=passing(passed=False, divergences=12, r_hat_max=1.2))
    document = build_document(failed)
    assert "failed its diagnostics" in plain(document.notices[0].title)
    assert "Do not quote" in plain(document.notices[0].body[0].spans)  # type: ignore[union-attr]
    assert "did not pass its checks" in " ".join(paragraphs(document))


def test_a_run_that_passed_carries_no_notice(document: Document) -> None:
    assert document.notices == ()


def read_in(facts: Facts, *notes: str) -> Facts:
    """The same, with its first claims read by a program."""
    claims = facts.programme.claims
    read = tuple(replace(claim, note=note) for claim, note in zip(claims, notes, strict=False))
    programme = replace(facts.programme, claims=(*read, *claims[len(read) :]))
    run = replace(facts.run, facts=(("Ledger head", "ab12" * 16),))
    return replace(facts, programme=programme, run=run)


def test_the_first_page_says_how_many_claims_a_program_read_and_who_accepted_them_in_which_ledger(facts: Facts) -> None:
    on = date(2024, 4, 3)
    ana, two = (
        read_note(
            "grammar 1",
            name,
            on,
            proposed=False,
            document="d1",
            corrected=("low from 3 to 4, by ben",),
            goes_back=("other (repeats, upheld by cy): the same number",),
        )
        for name in ("ana", "reader 2")
    )
    nobody = read_note("grammar 1", "", on, proposed=True, document="d1")
    document = build_document(read_in(facts, ana, ana, two, nobody))
    (notice,) = document.notices
    told = plain(notice.body[0].spans)  # type: ignore[union-attr]
    assert told.startswith(f"Four claims of the {len(facts.programme.claims)} in this account were read by a program")
    assert ": two claims accepted by ana, one claim accepted by reader 2 and one claim accepted by nobody yet." in told
    assert "ab12" * 16 in told
    assert numbers.walk(html.render(document)).faults == ()


def test_that_nobody_accepted_what_is_used_comes_before_who_accepted_the_rest(facts: Facts) -> None:
    nobody = read_note("grammar 1", "", date(2024, 4, 3), proposed=True, document="d1")
    looked_at = read_in(facts, nobody)
    document = build_document(replace(looked_at, run=replace(looked_at.run, proposed=1)))
    assert [plain(notice.title).split()[0] for notice in document.notices] == ["Unreviewed", "A"]
    assert numbers.walk(html.render(document)).faults == ()


def test_claims_published_later_appear_nowhere() -> None:
    early = invented_facts(date(2019, 6, 30))
    page = html.render(build_document(early))
    assert numbers.walk(page).faults == ()
    assert "rosstat24_total" not in page
    assert "ru_permits_2017" in page


def test_an_estimate_without_claims_says_so() -> None:
    assert "no claim of its own" in plain(rests_on(bare_estimate(flat(5.0))))


def test_one_origin_is_said_in_the_singular() -> None:
    words = plain(rests_on(bare_estimate(flat(5.0), claims=("a", "b"), origins=1)))
    assert words == "rests on two claims from one origin"


def test_a_quantity_that_is_known_has_no_interval() -> None:
    assert plain(est(bare_estimate(flat(0.0)))) == "0 persons"


def test_an_estimate_no_narrower_than_its_prior_is_called_assumption(facts: Facts) -> None:
    wide = Interval(median=100, lower_50=50, upper_50=200, lower_80=20, upper_80=500, lower_95=5, upper_95=2000)
    assert "mostly assumption" in plain(learnt_note(facts, bare_estimate(wide)))


def narrow_estimate(facts: Facts, period: str, *, voices: int) -> Estimate:
    """A narrow headcount of the focus host that so many separate origins of that year stand behind."""
    wide = Interval(median=100, lower_50=50, upper_50=200, lower_80=20, upper_80=500, lower_95=5, upper_95=2000)
    narrow = replace(wide, lower_80=80, upper_80=125, lower_50=90, upper_50=110)
    year = int(period[:4])
    seen = [o for o in facts.account.observations if o.host == facts.focus and o.start.year <= year <= o.end.year]
    first = {o.voice: o.claim for o in reversed(seen)}
    claims = tuple(first[voice] for voice in sorted(first))[:voices]
    assert len(claims) == voices
    whole = replace(bare_estimate(narrow, claims=claims, origins=voices), prior=wide)
    return replace(whole, host=facts.focus, period=period)


@pytest.mark.parametrize(
    ("voices", "word"),
    [(0, "carried over by the model"), (2, "part evidence, part assumption"), (3, "mostly evidence")],
)
def test_a_narrow_interval_is_evidence_only_where_enough_origins_describe_the_year(
    facts: Facts, voices: int, word: str
) -> None:
    assert evidence_word(facts, narrow_estimate(facts, "2017-12", voices=voices)).startswith(word)


def test_a_year_with_another_reading_is_never_mostly_evidence(facts: Facts) -> None:
    estimate = narrow_estimate(facts, "2017-12", voices=3)
    other = Alternative(id="other", name="Another choice", interval=estimate.interval)
    assert evidence_word(facts, replace(estimate, alternatives=(other,))) == UNSETTLED


def first_page(document: Document) -> str:
    answers = document.chapters[0]
    blocks = [*answers.blocks, *(block for section in answers.sections for block in section.blocks)]
    return plain(answers.standfirst) + " " + " ".join(plain(tuple(spans_of(block))) for block in blocks)


def test_the_first_page_begins_with_the_last_day_counted(document: Document, facts: Facts) -> None:
    words = first_page(document)
    assert words.startswith("The last day that a used figure")
    assert "later months are projection" in words.split(". ")[0]
    assert day(facts.last_described) in words.split(";")[0]


def test_the_first_page_says_what_it_is_not(document: Document) -> None:
    words = first_page(document)
    wanted = (
        "developers\u2019 judgement",
        "read in its official edition",
        "Forced labour",
        "no verdict is given on any worker",
        "clears or accuses",
        "Kept apart and never added",
        "Medians need not add up",
    )
    for said in wanted:
        assert said in words, said
    assert "sampler" not in words


def test_the_page_shows_the_figures_that_readers_have_met(document: Document, facts: Facts) -> None:
    table = next(table for table in document.tables() if table.id == "familiar")
    shown = {claim for row in table.rows for span in row[0] for claim in getattr(span, "claims", ())}
    copied = {o.root for o in facts.account.origins if len(o.members) >= COPIED}
    assert {c for c in copied if facts.claims[c].measure in MEASURES} <= shown
    assert all(plain(row[3]).endswith(".") for row in table.rows)


def test_no_lever_says_what_moves_the_number_who_reach_safety(document: Document) -> None:
    page = html.render(document)
    assert "No statement of effect is given here." in page
    assert "ever riskier" not in page.split("appendix")[0]


def test_rows_after_the_last_count_are_marked_as_projection(document: Document, facts: Facts) -> None:
    table = next(table for table in document.tables() if table.id == "workers_present-by-host")
    focus = facts.hosts_of("workers_present").index(facts.focus) + 1
    marks = {plain(row[0]): plain(row[focus]).endswith("\u2020") for row in table.rows}
    assert marks[str(facts.last_described.year + 1)]
    assert not marks[facts.headline_year]
    assert "Projection" in plain(table.note)


def test_every_class_of_asserter_is_named_where_a_figure_may_be_cited(document: Document) -> None:
    tables = [table for table in document.tables() if table.id.startswith("cited-")]
    assert tables
    cells = [row[3] for table in tables for row in table.rows]
    numbers_said = [sum(span.text.endswith(("claim", "claims")) for span in cell) for cell in cells]
    assert max(numbers_said) > 2


def test_a_very_wide_interval_keeps_one_digit_at_each_end() -> None:
    said = say(
        Interval(median=900, lower_50=1, upper_50=2, lower_80=7, upper_80=123_456, lower_95=1, upper_95=2), "persons"
    )
    assert (said.median, said.interval) == ("900", "7 to 120,000")


@pytest.mark.parametrize(
    ("years", "words"),
    [([2010, 2011, 2012, 2025], "2010 to 2012 and 2025"), ([2019], "2019"), ([2014, 2016], "2014 and 2016")],
)
def test_years_are_said_in_runs(years: list[int], words: str) -> None:
    assert year_runs(years) == words


def kinds(words: Spans) -> list[str]:
    return [type(span).__name__ for span in words if any(c.isdigit() for c in span.text)]


def test_numbers_in_evidence_texts_open_their_claims_and_dates_stay_dates() -> None:
    words = tell("On 22 December 2019 some 1,000 of 30,023 were left, 2,397 by another count (2017).", ("c1",))
    assert kinds(words) == ["Neutral", "Figure", "Figure", "Figure", "Neutral"]
    assert kinds(tell("Resolution 2397, paragraph 8.")) == ["Neutral", "Neutral"]
    assert plain(words).startswith("On 22 December 2019 some 1,000 of 30,023")


def test_a_year_past_the_last_count_is_projection_and_never_called_evidence(facts: Facts) -> None:
    years = years_by_word(facts, facts.focus)
    past = [e for e in facts.series("workers_present", facts.focus) if e.period.endswith("-12")]
    assert years["projection"] == [int(e.period[:4]) for e in past if facts.reach.is_projection(e)] != []
    assert f"projection in {year_runs(years['projection'])}" in plain(learnt_years(facts, facts.focus))
    assert sorted(year for each in years.values() for year in each) == [int(e.period[:4]) for e in past]


def test_the_used_claims_that_are_not_weighed_are_told_of(document: Document, facts: Facts) -> None:
    apart = len(facts.account.observations) - len(facts.fits)
    fewer = build_document(replace(facts, fits=facts.fits[1:]))
    words = [" ".join(paragraphs(one)) for one in (document, fewer)]
    assert f"{count(apart + 1, 'more speaks', 'more speak')} of those who reach safety" in words[1]
    assert (f"{count(apart, 'more speaks', 'more speak')} of those who reach safety" in words[0]) == bool(apart)


def test_each_origin_stands_once_among_those_that_weigh_most(document: Document, facts: Facts) -> None:
    table = next(table for table in document.tables() if table.id == "influence")
    voices = {one.claim: one.voice for one in facts.account.observations}
    named = [voices[plain(row[0])] for row in table.rows]
    assert len(named) == len(set(named)) > 1
    told = [fit for fit in facts.fits if facts.shows_influence(fit) and fit.influence_reliable]
    loudest = max(told, key=lambda fit: fit.influence)
    assert plain(table.rows[0][4]).startswith(f"{loudest.influence:.2f}")


def test_nothing_says_what_moves_the_number_who_reach_safety(facts: Facts) -> None:
    fits = tuple(replace(fit, influence=98765.4, influence_on="escapes_to_safety 2024") for fit in facts.fits)
    hiding = replace(facts, fits=fits)
    page, account = html.render(build_document(hiding)), json.loads(brief_json(hiding))
    assert not any("influence" in claim for claim in account["claims"])
    assert {row["influence"] for row in data_tables(hiding)["claims"]} == {None}
    assert "98765" not in page
