"""The first page says what its numbers and findings hang on, and of which days each number speaks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import msgspec

from tallystick.brief import html
from tallystick.brief.backing import CUMULATIVE, head_counts, last_voices, turned_by_shares
from tallystick.brief.build import build_document
from tallystick.brief.chapters.answers import answers, lower_count
from tallystick.brief.chapters.answers_familiar import beside, familiar
from tallystick.brief.chapters.answers_first import reach
from tallystick.brief.chapters.answers_law import law_answer
from tallystick.brief.chapters.answers_sure import how_sure
from tallystick.brief.chapters.base import at
from tallystick.brief.chapters.law import days_of, far
from tallystick.brief.chapters.stock import alike, peak_and_trough, stock
from tallystick.brief.chapters.trust_failed import last_of
from tallystick.brief.chapters.trust_scored import percent, used_lines
from tallystick.brief.chapters.use import TIERS, use
from tallystick.brief.document import Bullets, Document, Figure, Lead, Paragraph, Table, plain
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.names import estimate_name, label_name
from tallystick.brief.periods import WORLD
from tallystick.brief.prose import cell
from tallystick.brief.targets import spans_of
from tallystick.brief.words.dates import day
from tallystick.brief.words.estimates import say
from tallystick.forecasts.kept import Kept
from tallystick.vocab.estimate import Alternative, Estimate
from tests.brief.factory import moved, wider
from tests.brief.tried import invented


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
        reported = plain(item).split(" Of the cohorts")[0]
        assert all(statement in reported for statement in finding.statements), finding.id


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
    every = far(f for f in by_id.values() if f.outcome == "inconsistent" and f.cohort is None)
    assert any("people who came after its deadline, which is a matter of reading" in text for text in every)
    assert [head for head in shown if "closed" in head] == []  # the one report leaves open who worked then


def test_a_doubted_figure_stands_beside_a_finding_with_its_doubt(facts: Facts) -> None:
    finding = next(f for f in facts.assessment.findings if f.outcome == "inconsistent" and f.host != facts.focus)
    (claim,) = finding.also_read
    said = hanging(facts)[f"{facts.host_name(finding.host)}, {finding.period_name}"]
    beside = said.split("Read beside it and not relied on: ")[1]
    assert facts.dispositions[claim].reason.rstrip(".") in beside
    assert claim not in finding.claims
    assert "No cohort is told apart here" in said


def test_each_finding_of_the_first_page_says_of_which_days_it_speaks(facts: Facts) -> None:
    shown = hanging(facts)
    for f in facts.assessment.findings:
        if f.outcome == "inconsistent" and f.cohort is None:
            said = shown[f"{facts.host_name(f.host)}, {f.period_name}"]
            assert f"It speaks of {days_of(f)} and of no other day." in said, f.id
    assert any("the first quarter of 2024 and of no other day" in words for words in shown.values())


def test_how_far_a_finding_reaches_is_said_where_its_outcome_is(facts: Facts, document: Document) -> None:
    far = "as far as the return of those concerned was not barred by law"
    assert far in " ".join(plain(block.spans) for block in law_answer(facts) if isinstance(block, Paragraph))
    overview = next(table for table in document.tables() if table.id == "findings-overview")
    told = [plain(row[3]) for row in overview.rows]
    assert [far in words for words in told] == ["inconsistent" in words for words in told]
    goods = [words for words in told if "no finding about a State" in words]
    assert len(goods) == 3
    assert all("any State" in words for words in goods)


def test_what_the_reading_leaves_open_stands_beside_the_findings(facts: Facts, document: Document) -> None:
    words = section(document, "which-obligation")
    open_ = {t for f in facts.assessment.findings if f.outcome == "inconsistent" and not f.cohort for t in f.left_open}
    assert open_
    assert all(text.rstrip(".") in words for text in open_)


# What a number is made of -----------------------------------------------------------------------------------


def cited(document: Document) -> dict[str, Table]:
    """Tables of figures that may be cited, by tier."""
    return {t.id.removeprefix("cited-"): t for t in document.tables() if t.id.startswith("cited-")}


def behind(facts: Facts, row: tuple[object, ...]) -> Estimate:
    opened = next(span.estimate for span in row[2] if getattr(span, "estimate", None))  # type: ignore[attr-defined]
    return next(e for e in facts.estimates if card_id(e) == opened)


def test_the_title_of_each_tier_is_true_of_its_rows(facts: Facts, document: Document) -> None:
    tables = cited(document)
    assert set(tables) <= set(TIERS)
    for tier, table in tables.items():
        assert TIERS[tier] in section(document, "use-monitor")
        for estimate in (behind(facts, row) for row in table.rows):
            year = int(estimate.period[:4])
            seen = [o for o in facts.reach.behind([estimate], estimate.host) if o.start.year <= year <= o.end.year]
            objects = {facts.programme.measures[o.measure].object for o in seen}
            if tier in ("counted", "turned"):
                assert (tier == "turned") is bool(turned_by_shares(facts, estimate))
                assert estimate.unit.startswith("persons")
                assert objects & {"person", "crossing", "visa", "permit"}, estimate.id
            if tier == "said":
                assert seen, estimate.id
                assert not estimate.unit.startswith("persons"), estimate.id


def test_pay_that_was_told_of_its_year_never_stands_among_counted_persons(facts: Facts) -> None:
    """One narrow figure of pay, behind which somebody speaks of that very year."""
    year = int(facts.headline_year)
    seen = [o for o in facts.account.observations if o.host == facts.focus and o.start.year <= year <= o.end.year]
    key = ("gross_wage", facts.focus, facts.headline_year)
    told = tuple(
        replace(e, claims=tuple(o.claim for o in seen), prior=wider(e.interval, 20.0), alternatives=())
        if (e.id, e.host, e.period) == key
        else e
        for e in facts.estimates
    )
    tables = {b.id: b for b in use(replace(facts, estimates=told)).sections[0].blocks if isinstance(b, Table)}
    assert "Gross pay" in " ".join(plain(row[0]) for row in tables["cited-said"].rows)
    counted = tables["cited-counted"].rows if "cited-counted" in tables else ()
    assert "Gross pay" not in " ".join(plain(row[0]) for row in counted)


def with_papers(facts: Facts) -> Facts:
    """The headcount of the focus host resting on crossings alone."""
    seen = [o for o in facts.account.observations if o.host == facts.focus]
    papers = tuple(o.claim for o in seen if facts.programme.measures[o.measure].object == "crossing")
    of_focus = ("workers_present", facts.focus)
    changed = (replace(e, claims=papers) if (e.id, e.host) == of_focus else e for e in facts.estimates)
    return replace(facts, estimates=tuple(changed))


def test_a_headcount_made_of_crossings_is_not_called_evidence_of_heads(facts: Facts) -> None:
    made = with_papers(facts)
    estimate = made.find("workers_present", made.focus, made.headline_month)
    assert estimate is not None
    assert turned_by_shares(made, estimate) == ("crossing",)
    assert turned_by_shares(made, replace(estimate, host=WORLD)) == ()
    words = plain(tuple(spans_of(answers(made).sections[0].blocks[0])))
    assert "It is mostly crossings, turned into workers by assumed shares" in words
    assert "It is mostly evidence" not in words
    assert "what we assumed before any claim" in words
    assert "not how near the truth we are" in words


def test_the_trial_of_what_the_headline_rests_on_stands_on_the_first_page(facts: Facts) -> None:
    made = with_papers(facts)
    kept = invented(made)
    whole = kept.tables["stated, all"].overall

    def said(facts: Facts, share: float) -> str:
        blocks = how_sure(replace(facts, backtest=with_coverage(kept, "crossings and permits", share)))
        return " ".join(plain(block.spans) for block in blocks if isinstance(block, Paragraph))

    assert f"held {percent(whole.coverage_80)} of {whole.n} later figures inside its 80 % intervals" in said(made, 0.1)
    year = made.headline_month[:4]
    worse, rests = "but only 10 % on crossings and permits", f" (on which the headcount of {year} mostly rests)"
    assert worse + rests in said(made, 0.1)
    assert "on crossings and permits" not in said(made, 1.0)
    assert "on crossings and permits" not in said(made, 0.75)  # no clear shortfall of 80 %
    assert worse in said(facts, 0.1)
    assert "mostly rests" not in said(facts, 0.1)  # it rests on heads
    here = next(row for row in kept.tables["stated, all"].groups if (row.by, row.name) == ("host", made.focus))
    there = f"{percent(here.coverage_80)} in {made.host_name(made.focus)}"
    assert (there in said(made, 0.1)) == ((here.coverage_80 or 0) < (whole.coverage_80 or 0))
    last = last_of(used_lines(made, kept))
    held = sum(line.low_80 <= line.said <= line.high_80 for line, _ in last) / len(last)
    assert f"by the last forecast before publication it held {percent(held)}, in {made.host_name(made.focus)} " in said(
        made, 1
    )
    assert "forecasts of what would be said" in said(made, 1)
    assert f"that of the headcount of {year} is " in said(made, 1)
    kept = unjudged(kept)
    assert "on crossings and permits" not in said(made, 0.1)  # too few figures to judge
    assert "in an earlier state" in said(made, 1.0)
    assert "in an earlier state" not in said(replace(made, backtest_current=True), 1.0)


def with_coverage(kept: Kept, family: str, share: float) -> Kept:
    """The kept backtest as if so many of one kind of figures had lain inside the 80 % intervals."""
    table = kept.tables["stated, all"]
    groups = tuple(replace(row, coverage_80=share) if row.name == family else row for row in table.groups)
    return msgspec.structs.replace(kept, tables={**kept.tables, "stated, all": replace(table, groups=groups)})


def unjudged(kept: Kept) -> Kept:
    """The kept backtest as if no kind of figures were many enough to judge."""
    table = kept.tables["stated, all"]
    groups = tuple(replace(row, judged=False) for row in table.groups)
    return msgspec.structs.replace(kept, tables={**kept.tables, "stated, all": replace(table, groups=groups)})


def test_our_figures_beside_those_met_elsewhere_have_their_own_dates(document: Document) -> None:
    table = next(table for table in document.tables() if table.id == "familiar")
    ours = [plain(row[2]) for row in table.rows if any(c.isdigit() for c in plain(row[2]))]
    assert ours
    assert all(re.search(r" (in|at the end of|at the end of [A-Z][a-z]+) (20\d\d)$", words) for words in ours)
    heads = [plain(row[2]) for row in table.rows if plain(row[1]).startswith("Workers present")]
    assert all("at the end of" in words for words in heads if any(c.isdigit() for c in words))


def test_a_count_of_one_month_stands_beside_ours_of_that_month_and_not_of_december(facts: Facts) -> None:
    counted = [
        one
        for one in facts.account.observations
        if one.measure == "workers_present" and one.host == facts.focus and f"{one.end:%m}" != "12"
        and f"{one.start:%Y-%m}" == f"{one.end:%Y-%m}" and one.end.year >= 2024
    ]  # fmt: skip
    table = next(block for block in familiar(facts).blocks if isinstance(block, Table))  # type: ignore[union-attr]
    for one in counted:
        row = next(
            row for row in table.rows for span in row[0] if isinstance(span, Figure) and one.claim in span.claims
        )
        assert plain(row[2]).endswith(f"at the end of {one.end:%B %Y}")
    assert counted


def test_a_floor_above_our_median_is_told(facts: Facts) -> None:
    claim = next(claim for claim in facts.claims.values() if claim.point is None and claim.high is None and claim.low)
    e = facts.find("workers_present", facts.focus, facts.headline_month)
    assert e is not None

    def said(low: float) -> str:
        return beside(replace(claim, low=low), e)

    middle = e.interval.median
    assert said((middle + e.interval.upper_80) / 2) == "; our median is below this floor"
    assert said(e.interval.upper_80 * 2) == "; above our interval"
    assert said((middle + e.interval.lower_80) / 2) == ""


def test_a_lower_head_count_is_laid_beside_our_figure_of_its_own_month(facts: Facts) -> None:
    made = with_heads(facts, 1.0)
    here = made.find("workers_present", made.focus, made.headline_month)
    assert here is not None
    (count,) = head_counts(made, here)
    then = made.find("workers_present", made.focus, f"{count.end:%Y-%m}")
    assert then is not None
    words = plain(lower_count(made, here))
    assert words.endswith(f"is below ours {plain(at(then.period))}, {plain(cell(then))}")
    assert lower_count(with_heads(facts, 1e9), here) == ()


def with_heads(facts: Facts, number: float) -> Facts:
    """The facts with one head count of so many behind the headline, in the middle of its year."""
    year = int(facts.headline_year)
    like = next(one for one in facts.account.observations if one.measure == "workers_present" and one.kind == "point")
    count = replace(like, host=facts.focus, start=date(year, 6, 1), end=date(year, 6, 20), point=number)
    here = facts.find("workers_present", facts.focus, facts.headline_month)
    estimates = [replace(e, claims=(count.claim,)) if e == here else e for e in facts.estimates]
    others = (one for one in facts.account.observations if one.claim != count.claim)
    return replace(facts, estimates=estimates, account=replace(facts.account, observations=(*others, count)))


def test_the_reach_tells_heads_from_passages_and_papers(facts: Facts) -> None:
    words = plain(reach(facts))
    heads = max(one.end for one in facts.counted if one.measure == "workers_present")
    papers = [one.end for one in facts.counted if facts.programme.measures[one.measure].object != "person"]
    assert f"heads were last counted on {day(heads)}" in words
    assert ("passages or papers until" in words) == bool(papers)


def level_in_time(facts: Facts) -> Facts:
    """The state's share of pay as one number for all years, as a model that is level in time has it."""
    share = facts.find("state_take_share", facts.focus, facts.headline_year)
    assert share is not None
    level = (
        replace(e, interval=share.interval) if (e.id, e.host) == (share.id, share.host) else e for e in facts.estimates
    )
    return replace(facts, estimates=tuple(level))


def test_the_share_is_that_of_the_state_alone_and_says_when_it_is_level_in_time(facts: Facts) -> None:
    words = section(build_document(level_in_time(facts)), "who-keeps-it")
    assert re.search(r"The state alone took [^.]+, one level assumed for all years\.", words)
    month = section(build_document(facts), "pay-month")
    assert "Of gross pay the state alone took " in month
    assert "do not tell the two apart; an assumption does" in month
    assert "one level assumed for all years" not in month  # invented shares differ from year to year


def test_a_sum_since_the_deadline_is_told_under_every_other_choice(facts: Facts) -> None:
    *_, last = (e for e in facts.series(CUMULATIVE[0], facts.focus, "all") if e.period < facts.headline_year)
    choices = [Alternative(id=id, name=f"The {id}", interval=moved(last.interval, 0.5)) for id in ("one", "other")]
    chosen = (replace(e, alternatives=tuple(choices)) if e is last else e for e in facts.estimates)
    said = section(build_document(replace(facts, estimates=tuple(chosen))), "which-obligation")
    assert f"To the end of {last.period} it was " in said
    assert re.search(r"Under other choices, each of which can be defended, it would be [^;]+ if the one or [^;]+", said)
    assert "under other choices" not in section(build_document(facts), "which-obligation").lower()


def test_what_moves_most_is_looked_for_only_among_what_can_be_told(facts: Facts) -> None:
    unsure = [replace(fit, influence_reliable=at > 2) for at, fit in enumerate(facts.fits)]
    words = section(build_document(replace(facts, fits=tuple(unsure))), "how-sure")
    assert "For three used claims it cannot be told how far leaving out its origin would move our answers" in words
    assert "Of the others, the origin that moves most is this figure: " in words
    sure = tuple(replace(fit, influence_reliable=True) for fit in facts.fits)
    assert "The origin that moves most" in section(build_document(replace(facts, fits=sure)), "how-sure")


# The worldwide sum ------------------------------------------------------------------------------------------


def past_last_count(facts: Facts, times: float) -> tuple[Facts, Estimate]:
    """One host last counted before the headline year, its headcount made so many times larger; and the world's."""
    host = next(h for h in facts.hosts_of("workers_present") if h not in (facts.focus, WORLD))
    seen = (
        o for o in facts.account.observations if o.measure == "workers_present" and facts.reach.belongs(o.host, host)
    )
    before = tuple(o.claim for o in seen if o.end.year < int(facts.headline_year))
    assert before

    def changed(e: Estimate) -> Estimate:
        if (e.id, e.host) != ("workers_present", host):
            return e
        return replace(e, claims=before, interval=moved(e.interval, times))

    made = replace(facts, estimates=tuple(changed(e) for e in facts.estimates))
    world = made.find("workers_present", WORLD, made.headline_month)
    assert world is not None
    assert made.headline_month == facts.headline_month
    assert [e.host for e in made.reach.parts_of_world(made.headline_month) if made.reach.is_projection(e)][:1] == [host]
    return made, world


def test_a_sum_of_money_says_that_it_rests_on_the_headcount_too(document: Document) -> None:
    lead = next(block for block in document.chapters[0].blocks if isinstance(block, Lead))
    notes = [plain(item.note) for item in lead.items if plain(item.label).startswith("Kept by the state")]
    assert notes
    assert all("the number of workers in it also on those behind the workers" in note for note in notes)


def test_a_worldwide_sum_is_a_projection_where_most_of_its_workers_are_past_their_last_count(facts: Facts) -> None:
    for times, projected in ((1_000.0, True), (0.001, False)):
        made, world = past_last_count(facts, times)
        assert made.reach.is_projection(world) is projected


def test_a_projected_worldwide_sum_carries_the_dagger_of_its_parts(facts: Facts) -> None:
    made, _ = past_last_count(facts, 1_000.0)
    lead = next(block for block in answers(made).blocks if isinstance(block, Lead))
    item = next(i for i in lead.items if "worldwide" in plain(i.label) and i.unit == "persons")
    assert plain(item.label).endswith("\u2020")
    assert "\u2020 projection: about 100 percent of the sum" in plain(item.note)
    assert "where the model goes on after" in plain(item.note)
    table = next(b for s in stock(made).sections for b in s.blocks if isinstance(b, Table))
    row = next(row for row in table.rows if plain(row[0]) == made.headline_year)
    assert plain(row[-1]).endswith("\u2020")
    assert "Worldwide" in plain(table.note)


def test_the_last_source_of_a_host_is_named_once_for_each_origin(facts: Facts) -> None:
    for part in facts.reach.parts_of_world(facts.headline_month):
        last = last_voices(facts, part.host)
        assert len({o.voice for o in last}) == len(last)
        assert all(o.end == facts.reach.last_described(part.host) for o in last)


# The highest and the lowest ---------------------------------------------------------------------------------


def test_years_that_print_the_same_extreme_are_all_named(facts: Facts) -> None:
    series = facts.series("workers_present", facts.focus)
    highest, _ = peak_and_trough(series)
    twin = next(e for e in series if e.period.endswith("-12") and e is not highest)
    level = replace(highest.interval, median=highest.interval.median * 0.9999)
    made = replace(facts, estimates=tuple(replace(e, interval=level) if e is twin else e for e in facts.estimates))
    again = made.series("workers_present", facts.focus)
    found = alike(again, peak_and_trough(again)[0])
    assert {highest.period, twin.period} <= {e.period for e in found}
    assert len({say(e.interval, e.unit).median for e in found}) == 1
    first = stock(made).sections[0].blocks
    assert f"(the same, as printed, at the end of {twin.period[:4]}" in plain(tuple(spans_of(first[0])))
    assert twin.period[:4] in getattr(first[1], "title", "")
