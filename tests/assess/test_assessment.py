"""The shipped rows under planted draws: what the law chapter may say, and what it never does."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tallystick.assess
from tallystick.assess.assessment import Assessment, assess
from tallystick.assess.dating import datings
from tallystick.assess.facts import Facts, gather, record
from tallystick.assess.finding import OUTCOMES
from tallystick.assess.forced_labour import forced_labour
from tallystick.assess.obligations import readings
from tallystick.assess.origins import origin_of_claims
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, reconcile
from tallystick.vocab.programme import Programme

COHORTS = {"holdover": 3000.0, "stranded": 1000.0, "arrived_later": 2000.0}


@pytest.fixture(scope="module")
def found(dprk: Programme, account: Account, planted: Callable[..., Any]) -> Assessment:
    return assess(dprk, account, planted(dprk, cohorts=COHORTS, visas={"work": 2000.0, "study": 4000.0}, others=9000.0))


def outcomes(found: Assessment, obligation: str, host: str) -> dict[str, str]:
    mine = (f for f in found.of(obligation) if f.host == host)
    return {":".join(part for part in (f.period_id, f.cohort) if part): f.outcome for f in mine}


def test_every_row_of_law_is_read_or_left_out_with_a_reason(dprk: Programme) -> None:
    read = readings(dprk)
    used = {key for o in read.obligations for key in o.law_ids} | {p.law for p in read.positions}
    assert used | set(read.left_out) == {row.id for row in dprk.law}
    assert not used & set(read.left_out)


def test_every_claim_and_statement_that_a_reading_names_is_there(dprk: Programme) -> None:
    text = (Path(tallystick.assess.__file__).parent.parent / "data/dprk/obligations.toml").read_text()
    claims, statements = {c.id for c in dprk.claims}, {s.id for s in dprk.statements}
    read = readings(dprk)
    named = {c for p in read.positions for c in p.claims} | {c for a in read.assumptions.values() for c in a.claims}
    named |= {c for o in read.obligations for ids in o.evidence.values() for c in ids}
    named |= set(read.table["conditions"]["spans"]) | {row["claim"] for row in read.table["dating_slip"]}
    named |= {c for o in read.obligations for c in o.parameters.get("not_showing", ())}
    assert named <= claims
    assert set(re.findall(r"\b[a-z]+[0-9]+[a-z]*_s\d+\b", text)) <= statements


def test_the_focus_host_after_the_deadline(found: Assessment) -> None:
    assert outcomes(found, "return-of-income-earners", "RU") == {
        "before-deadline": "not_applicable",
        "deadline-to-closure": "undetermined",
        "deadline-to-closure:holdover": "undetermined",
        "deadline-to-closure:stranded": "not_applicable",
        "deadline-to-closure:arrived_later": "undetermined",
        "closure": "undetermined",
        "closure:holdover": "undetermined",
        "closure:stranded": "undetermined",
        "closure:arrived_later": "undetermined",
        "since-reopening": "inconsistent",
        "since-reopening:holdover": "undetermined",
        "since-reopening:stranded": "undetermined",
        "since-reopening:arrived_later": "inconsistent",
    }


def test_nobody_is_stranded_before_the_border_closes(found: Assessment) -> None:
    early = next(f for f in found.findings if f.id.endswith("RU:deadline-to-closure:stranded"))
    assert early.word == "no such person yet"
    assert (early.claims, early.statements, early.also_read) == ((), (), ())
    assert {f.word for f in found.findings if f is not early} == {""}


def test_no_probability_is_given_where_no_draw_has_nobody(found: Assessment) -> None:
    returns = [f for f in found.of("return-of-income-earners") if f.outcome == "inconsistent"]
    assert returns
    assert {f.chance for f in returns} == {None}
    assert all("always somebody there" in f.because for f in returns)


def test_other_hosts_speak_only_where_evidence_does(found: Assessment) -> None:
    assert outcomes(found, "return-of-income-earners", "PL") == {"since-deadline": "undetermined"}
    assert outcomes(found, "return-of-income-earners", "QA") == {"since-deadline": "undetermined"}
    assert outcomes(found, "return-of-income-earners", "KW") == {"since-deadline": "undetermined"}
    assert outcomes(found, "return-of-income-earners", "CN")["deadline-to-closure"] == "undetermined"
    assert outcomes(found, "return-of-income-earners", "CN")["closure"] == "undetermined"
    assert outcomes(found, "return-of-income-earners", "CN")["since-reopening"] == "inconsistent"


def test_authorisations_are_judged_apart_from_people(found: Assessment) -> None:
    """No count describes the day of the ceiling, and no row says on which contracts the permits of 2018 rested."""
    assert set(outcomes(found, "authorisation-ban", "RU").values()) == {"undetermined"}
    assert set(outcomes(found, "authorisation-ceiling", "RU").values()) == {"undetermined"}
    permits = next(f for f in found.of("authorisation-ban") if f.id.endswith("RU:before-deadline"))
    assert permits.claims == ("wsj18_permits",)
    assert permits.scope
    assert "contracts" not in permits.exceptions


def test_pay_in_kind_is_judged_by_what_the_text_bars(found: Assessment) -> None:
    assert outcomes(found, "pay-in-food", "RU") == {
        "closure": "not_applicable",
        "since-reopening": "not_applicable",
    }
    for goods in ("machinery", "crude-oil", "refined-oil"):
        assert set(outcomes(found, f"pay-in-{goods}", "RU").values()) == {"undetermined"}


def test_the_market_ban_waits_for_its_day(found: Assessment) -> None:
    (finding, _) = found.of("eu-market")
    assert finding.outcome == "not_applicable"
    assert "goods from any State" in finding.because
    assert "2027-12-14" in finding.because


def test_the_sender_is_bound_by_the_covenant_and_not_by_the_convention(found: Assessment) -> None:
    assert {f.outcome for f in found.of("forced-labour-sender")} == {"not_applicable"}
    assert {f.addressee for f in found.of("covenant-sender")} == {f.addressee for f in found.of("forced-labour-sender")}
    assert {f.outcome for f in found.of("covenant-sender")} == {"undetermined"}


def test_no_exception_is_known_and_every_finding_says_so(found: Assessment) -> None:
    assert not any(f.exception_invoked for f in found.findings)
    for finding in found.findings:
        assert finding.exception_said.startswith(("On the available evidence, no determination found", "The text as"))


def test_every_finding_is_whole(found: Assessment) -> None:
    assert len({f.id for f in found.findings}) == len(found.findings)
    for f in found.findings:
        assert f.outcome in OUTCOMES
        assert f.because.endswith(".")
        assert f.law
        assert f.how_read
        assert "  " not in f.because


def test_worker_months_come_by_cohort_with_an_interval(found: Assessment) -> None:
    """Planted: 3,000 + 1,000 + 2,000 people in each of the 43 months of the closure."""
    closed = [f for f in found.of("return-of-income-earners") if (f.host, f.period_id) == ("RU", "closure")]
    months = {q.cohort: q.interval.median for f in closed for q in f.quantities}
    assert months == pytest.approx({cohort: number * 43 for cohort, number in COHORTS.items()})
    assert [f.quantities for f in closed if f.cohort is None] == [()]  # where no row says that anybody worked
    assert {q.cohort for q in found.worker_months} == {"holdover", "stranded", "arrived_later", "all"}


def test_nobody_there_turns_the_return_round(dprk: Programme, account: Account, planted: Callable[..., Any]) -> None:
    empty = planted(dprk, cohorts=dict.fromkeys(COHORTS, 0.0), visas={})
    found = outcomes(assess(dprk, account, empty), "return-of-income-earners", "RU")
    assert found["closure:holdover"] == "not_applicable"
    assert found["since-reopening"] == "inconsistent"  # thousands of study entries remain to be explained
    assert found["deadline-to-closure"] == "undetermined"  # papers alone say nothing of work


def test_only_students_leave_nobody_authorised(dprk: Programme, account: Account, planted: Callable[..., Any]) -> None:
    both = [
        assess(dprk, account, planted(dprk, cohorts=COHORTS, visas=visas))
        for visas in ({"work": 6000.0}, {"study": 6000.0})
    ]
    assert both[0].of("return-of-income-earners") == both[1].of("return-of-income-earners")
    ceilings = [next(f for f in found.of("authorisation-ceiling") if f.period_id == "2018-2019") for found in both]
    assert [f.outcome for f in ceilings] == ["undetermined", "undetermined"]


def test_no_cohort_of_people_is_found_against_on_one_set_of_interviews(found: Assessment) -> None:
    assert {c.cohort: c.outcome for c in found.forced_labour.conclusions} == {
        "before_deadline": "undetermined",
        "during_closure": "undetermined",
        "since_reopening": "undetermined",
    }
    assert len(found.forced_labour.cells) == 18
    assert {c.outcome for c in found.forced_labour.cells} == {"undetermined"}
    assert {c.origins_against for c in found.forced_labour.cells} == {0}
    assert any("one set of interviews" in limit for limit in found.forced_labour.limits)


def closure_of(dprk: Programme, account: Account, horizon: date) -> Facts:
    on = replace(record(dprk, readings(dprk), account), horizon=horizon)
    duty = next(o for o in on.readings.obligations if o.id == "return-of-income-earners")
    return gather(on, duty, "RU", next(p for p in duty.periods if p.id == "deadline-to-closure"))


def test_nobody_takes_a_position_before_he_took_it(dprk: Programme, account: Account) -> None:
    before = closure_of(dprk, account, date(2020, 1, 15)).named("denies_test")
    after = closure_of(dprk, account, date(2020, 1, 16)).named("denies_test")
    assert (len(before), len(after)) == (0, 1)


def test_a_position_cites_only_claims_that_the_evidence_holds(dprk: Programme, account: Account) -> None:
    fewer = replace(dprk, claims=tuple(c for c in dprk.claims if c.id != "ilyichev_0"))
    (denial,) = closure_of(fewer, account, date(2026, 12, 31)).named("denies_test")
    assert denial.claims == ("zakharova_1000",)


def test_people_who_are_said_to_work_no_longer_do_not_show_that_anybody_works(
    dprk: Programme, account: Account
) -> None:
    facts = closure_of(dprk, account, date(2026, 12, 31))
    assert facts.showing("presence") == ()
    assert (facts.statements, facts.told) == (("ap22copy_s26",), ())  # it leaves open who worked


def test_soldiers_who_build_are_no_workers(found: Assessment, account: Account) -> None:
    outside = {d.claim for d in account.dispositions if d.disposition == "out_of_scope"}
    assert outside
    assert not outside & {claim for f in found.of("return-of-income-earners") for claim in f.claims}


def test_a_finding_rests_only_on_used_figures_and_words_of_its_host_and_period(
    found: Assessment, dprk: Programme, account: Account
) -> None:
    used = {d.claim for d in account.dispositions if d.disposition == "used"}
    claims, statements = {c.id: c for c in dprk.claims}, {s.id: s for s in dprk.statements}
    on = record(dprk, readings(dprk), account)
    for f in found.findings:
        assert {claims[name].host for name in f.claims} <= {f.host}, f.id
        assert set(f.claims) <= used, f.id
        start, end = (date.fromisoformat(day) for day in f.period.split("/"))
        days = [claims[name].start or claims[name].end for name in f.claims]
        assert all(day is not None and start <= day <= end for day in days), f.id
        told = [statements[name] for name in f.statements if not f.obligation.startswith(("forced", "covenant"))]
        assert all(on.host_name(f.host) in (*s.place.split("; "), *s.actors) for s in told), f.id


def test_texts_that_bind_others_yield_no_outcome_for_a_host(found: Assessment) -> None:
    others = [f for f in found.findings if f.binds == "others"]
    assert len(others) > 10
    assert {f.outcome for f in others} == {"not_applicable"}
    assert all(f.reach for f in others)
    assert others == [f for f in found.findings if f.reach]


def test_what_is_found_ends_with_the_last_day_that_a_row_describes(found: Assessment, dprk: Programme) -> None:
    days = {f.id: f.period for f in found.findings if f.outcome == "inconsistent" and f.cohort is None}
    assert days == {
        "return-of-income-earners:RU:since-reopening": "2023-11-21/2024-12-31",
        "return-of-income-earners:CN:since-reopening": "2024-01-01/2024-03-31",
    }
    assert max(f.period.split("/")[1] for f in found.findings) == readings(dprk).read_on.isoformat()


def test_a_return_is_found_wanting_only_as_far_as_nothing_barred_it(found: Assessment) -> None:
    wanting = [f for f in found.findings if f.outcome == "inconsistent"]
    assert all("not barred by law" in f.as_far_as[0] for f in wanting)
    later = {f.id: len(f.as_far_as) for f in wanting if f.period_id == "since-reopening" and f.host == "RU"}
    assert set(later.values()) == {2}  # the whole is carried by those who came later, as their own finding is
    assert all("Non-refoulement" in " ".join(f.scope) or "non-refoulement" in " ".join(f.scope) for f in wanting)


def test_no_finding_turns_on_the_figure_that_may_be_misplaced(found: Assessment) -> None:
    china = {f.period_id: f for f in found.of("return-of-income-earners") if f.host == "CN"}
    assert china["since-reopening"].statements == ("asiapress25_s02",)
    assert (china["since-reopening"].claims, china["since-reopening"].also_read) == ((), ("rfa23_cn100k",))
    assert len(china["since-reopening"].as_far_as) == 2  # it speaks of people sent since, and of nobody else
    assert "pressed workers to go home" in china["since-reopening"].because
    assert china["closure"].also_read == ("dandong22",)
    assert "L48" in china["closure"].law
    assert china["closure"].quantities == ()


def test_the_front_page_holds_the_return_alone(found: Assessment) -> None:
    assert {f.obligation for f in found.findings if f.outcome == "inconsistent"} == {"return-of-income-earners"}


def test_numbers_of_law_end_where_counts_end(found: Assessment, account: Account) -> None:
    """The last count of heads in the focus host is of April 2025; a later one would move this with it."""
    counted = {"workers_present", "workers_arrived", "entries_total", "entries_education", "visas_work"}
    last = max(seen.end for seen in account.observations if seen.host == "RU" and seen.measure in counted)
    assert found.counted_until["RU"] == last
    assert {q.period.split("/")[1] for q in found.worker_months} == {last.isoformat()}
    ends = {q.period.split("/")[1] for f in found.findings if f.host == "RU" for q in f.quantities}
    assert max(ends) == last.isoformat()


def test_what_hangs_on_two_origins_and_on_the_levy_is_as_the_decision_says(
    dprk: Programme, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/decisions/0006: one origin, with levies as imposed, would decide two of the three groups."""
    table = copy.deepcopy(dict(dprk.tables["obligations"]))
    table["forced_labour"]["doubtful"] = []
    imposed = replace(dprk, tables={**dprk.tables, "obligations": table})

    def found_against(programme: Programme) -> set[str]:
        read = forced_labour(programme, readings(programme), origin_of_claims(account), date(2026, 12, 31))
        return {c.cohort for c in read.conclusions if c.outcome == "inconsistent"}

    assert found_against(imposed) == set()
    monkeypatch.setattr("tallystick.assess.forced_labour.MIN_ORIGINS", 1)
    assert found_against(imposed) == {"before_deadline", "since_reopening"}


def test_a_cohort_that_no_claim_tells_apart_rests_on_the_model_and_stays_undetermined(found: Assessment) -> None:
    later = {f.cohort: f for f in found.of("return-of-income-earners") if f.period_id == "since-reopening"}
    assert later["holdover"].outcome == "undetermined"
    assert later["holdover"].quantities  # the model's number is shown, and makes no finding
    assert later["arrived_later"].outcome == "inconsistent"
    assert "asiapress25_s03" in later["arrived_later"].statements


def test_indicators_are_clues(found: Assessment) -> None:
    by_id = {clue.id: clue for clue in found.indicators}
    assert len(by_id) == 11
    for silent in ("I02", "I07", "I09", "I11"):
        assert (by_id[silent].origins_for, by_id[silent].origins_against) == (0, 0)
        assert by_id[silent].said == "No public row speaks to it as defined; that is silence and not absence."
    assert {id for id, clue in by_id.items() if clue.origins_for == 1} == {"I01", "I03", "I05", "I08", "I10"}
    assert {clue.origins_against for clue in found.indicators} == {0}  # no row contradicts an indicator
    assert {clue.status for clue in found.indicators} == {"clue, not a verdict"}


@pytest.mark.parametrize("page", ["CHANGELOG.md", "src/tallystick/data/dprk/CORRECTIONS.md"])
def test_pages_of_changes_count_origins_as_they_now_stand(found: Assessment, page: str) -> None:
    text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
    told = dict(re.findall(r"(I\d\d) \d+ to (\d+|none)", " ".join(text.split())))
    assert len(told) == 6
    assert told == {clue.id: str(clue.origins_for or "none") for clue in found.indicators if clue.id in told}


def test_texts_that_mix_up_the_dates_are_listed(found: Assessment, dprk: Programme) -> None:
    slips = {slip.claim: (slip.said, slip.right) for slip in found.dating_slips}
    assert slips["fuels25_res"] == slips["bbc_res2019"] == slips["particle_res"] == ("2019", "2017")
    assert slips["kbs_1223"] == ("2019-12-23", "2019-12-22")
    assert slips["owp_1223"] == ("2017-12-23", "2017-12-22")
    assert slips["donga_2387"] == ("2387", "2397")
    assert "newsyou_res" in slips
    assert len(slips) == 10
    right = {d.claim for d in datings(dprk) if not d.slip}
    assert right == {"rsis23_deadline", "ap22copy_res", "perspective18_res"}


def test_the_exchange_is_asserted_in_its_own_units(found: Assessment, dprk: Programme) -> None:
    by_kind = {passage.kind: passage for passage in found.exchange}
    assert {passage.status for passage in found.exchange} == {"asserted"}
    assert {amount.unit for amount in by_kind["arms"].amounts} >= {"rounds", "containers", "missiles"}
    assert {by_kind[kind].law for kind in ("food", "machinery")} == {("L34",), ("L35",)}
    hosts = {claim.id: claim.host for claim in dprk.claims}
    assert {hosts[amount.claim] for passage in found.exchange for amount in passage.amounts} == {dprk.focus.id}
    builders = {amount.claim for amount in by_kind["military builders"].amounts}
    assert not builders & {amount.claim for amount in by_kind["labour"].amounts}
    assert all(by_kind[kind].hedged for kind in ("food", "fuel", "machinery"))


def test_a_span_of_hours_is_marked_and_repeats_are_counted_once(found: Assessment) -> None:
    figures = {figure.claim: figure for figure in found.conditions.figures}
    assert figures["bbc_span20"].span
    assert not figures["bbc_hours18"].span
    assert "fuels25_span20" not in figures
    copies = {"fuels25_span20", "dv_midnight", "apdejt_20"}
    assert figures["bbc_span20"].repeated == len(copies)
    assert not copies & set(figures)


def test_adding_copies_of_a_report_changes_nothing(dprk: Programme, account: Account) -> None:
    """A copied row carries its coding with it: what is bare stays bare."""
    copies = tuple(replace(s, id=f"{s.id}_copy") for s in dprk.statements)
    table = copy.deepcopy(dict(dprk.tables["obligations"]))
    table["forced_labour"]["bare"] += [{"statement": f"{b['statement']}_copy"} for b in table["forced_labour"]["bare"]]
    tables = {**dprk.tables, "obligations": table}
    more = replace(dprk, statements=(*dprk.statements, *copies), tables=tables)

    def counts(programme: Programme) -> list[Any]:
        read = forced_labour(programme, readings(programme), origin_of_claims(account), date(2026, 12, 31))
        return [replace(c, statements=()) for c in read.cells] + [replace(c, statements=()) for c in read.conclusions]

    assert counts(more) == counts(dprk)


def test_an_earlier_day_knows_less(planted: Callable[..., Any]) -> None:
    then = load_programme("dprk", as_of=date(2021, 6, 30))
    draws = planted(then, cohorts=COHORTS, visas={"study": 4000.0})
    found = assess(then, reconcile(then), draws)
    periods = {f.period_id for f in found.of("return-of-income-earners")}
    assert "since-reopening" not in periods
    assert all(f.period.split("/")[1] <= "2021-06-30" for f in found.findings)
    assert not any("December 2023" in f.because for f in found.findings)
    late = {c.outcome for c in found.forced_labour.cells if c.cohort == "since_reopening"}
    assert late == {"not_applicable"}


@pytest.mark.parametrize("day", [date(2012, 1, 1), date(2017, 8, 31), date(2018, 6, 30), date(2020, 3, 1)])
def test_every_earlier_day_can_be_read(planted: Callable[..., Any], day: date) -> None:
    then = load_programme("dprk", as_of=day)
    found = assess(then, reconcile(then), planted(then, cohorts=COHORTS, visas={"work": 9.0}))
    assert bool(found.worker_months) == (day > then.deadline)
    later = {row.id for row in then.law if row.adopted_on is not None and row.adopted_on > day}
    assert not later & {key for f in found.findings for key in f.law}
    assert not {f.outcome for f in found.of("return-of-income-earners") if day <= then.deadline} - {"not_applicable"}


def test_no_output_names_a_designated_or_other_person(found: Assessment) -> None:
    """Findings name States, authorities and kinds of firms; persons on lists are not named."""
    text = repr(found.findings) + repr(found.forced_labour)
    for name in ("Jon Jin", "Kozlov", "Andreyev", "Kim Ung", "Song Kum", "Asatryan", "Jong Song"):
        assert name not in text
