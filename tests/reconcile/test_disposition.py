"""Every claim gets one use and one reason that a reader understands."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from tallystick.reconcile.account import Account, reconcile
from tallystick.reconcile.records import Use
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim
from tests.reconcile.small import claim, copy_of, judged, programme

RULES = {
    "reconcile": {
        "out_of_scope": [
            {"sectors": ["mines"], "reason": "Speaks of soldiers who clear mines"},
            {"objects": ["goods"], "reason": "Speaks of goods"},
        ],
        "context": [{"measures": ["planned"], "reason": "A plan is no count"}],
        "focus_only": [{"measures": ["permits"], "reason": "Permits are followed in one host only"}],
        "region": [{"name": "mostly the north", "whole": True}, {"name": "three States", "host": "OTHER"}],
        "report": [{"id": "border tables", "measures": ["crossings"]}],
    }
}


def verdict(one: Claim, *others: Claim, **fields: object) -> tuple[str, str]:
    """Use and reason of `one` among `others`."""
    account = reconcile(programme(one, *others, **({"tables": RULES} | fields)))
    found = account.disposition_of(one.id)
    return found.disposition, found.reason


def test_a_plain_claim_is_used_and_says_how_it_is_read() -> None:
    use, reason = verdict(claim("one"))
    assert use == "used"
    assert reason == "Read as present, Alland, for 2018."


def test_a_copy_is_a_repeat_and_names_whom_it_repeats() -> None:
    first = claim("first", asserted_by="the ministry", point=13221.0)
    use, reason = verdict(copy_of(first, "echo", "rounds", point=13000.0, asserted_by="a blog"), first)
    assert use == "repeat"
    assert reason == (
        "Rounds the figure of 13,221 persons by the ministry. "
        'It turns "13,221 persons" into "13,000 persons" and credits a blog instead of the ministry.'
    )


def test_a_garbled_copy_says_what_broke() -> None:
    first = claim("first", asserted_by="the ministry", point=13221.0, measure="crossings", unit="crossings")
    broken = copy_of(first, "broken", "garbles", point=13.0, asserted_by="the ministry", note="Split in two")
    use, reason = verdict(broken, first)
    assert use == "garbled"
    assert reason == (
        "Breaks the figure of 13,221 crossings by the ministry: "
        'it turns "13,221 crossings" into "13 crossings". Split in two.'
    )


def test_a_suspected_copy_says_probably() -> None:
    first = claim("first")
    use, reason = verdict(copy_of(first, "echo", "suspected"), first)
    assert use == "repeat"
    assert reason.startswith("Probably goes back to the figure of 1,000 persons by asserter of first.")
    assert "not proven" in reason


def test_a_sum_names_all_of_its_parts() -> None:
    parts = [claim(name, point=value) for name, value in (("a", 5000.0), ("b", 1000.0))]
    total = claim("total", point=6000.0, link_kind="computes_from", derived_from=("a", "b"))
    use, reason = verdict(total, *parts)
    assert use == "repeat"
    assert "5,000 persons by asserter of a and the figure of 1,000 persons by asserter of b" in reason
    assert reason.endswith("A sum of known figures is no new observation.")


@pytest.mark.parametrize(
    ("one", "use", "words"),
    [
        (claim("x", measure="planned"), "context", "A plan is no count."),
        (claim("x", measure="peak"), "context", "no quantity that answers to peak"),
        (claim("x", measure="law_year", unit="year", point=2019.0), "context", "What a text says of the law"),
        (claim("x", measure="rounds", unit="rounds"), "out_of_scope", "Speaks of goods."),
        (claim("x", sector="mines"), "out_of_scope", "Speaks of soldiers who clear mines."),
        (claim("x", sector="logging"), "context", "Counts only logging in Alland"),
        (claim("x", region="the north"), "context", "Counts only the north (Alland)"),
        (claim("x", region="mostly the north"), "used", "Read as present"),
        (claim("x", host="ZZ"), "out_of_scope", "Zedd, where the model counts nobody"),
        (claim("x", measure="permits", unit="permits", host="BB"), "context", "followed in one host only"),
        (claim("x", measure="permits", unit="permits"), "used", "Read as permits"),
        (claim("x", point=0.0), "context", "A zero cannot be weighed"),
        (claim("x", start=date(2030, 1, 1), end=date(2030, 12, 31)), "context", "2030 before it came: a forecast"),
        (claim("x", start=date(2004, 1, 1), end=date(2004, 12, 31)), "context", "the model runs from 2010 to 2026"),
        (claim("x", start=None, end=None, dating_sure="bound"), "context", "states no time"),
        (claim("x", start=None, end=None), "used", "when it was said"),
        (claim("x", measure="arrived", start=None, end=None), "context", "does not say since when"),
        (claim("x", measure="wage", unit="USD/month", region="the north"), "used", "a sample of the whole host"),
        (claim("x", measure="wage", unit="USD/month", region="the Gulf", host="WW"), "context", "Counts only"),
        (claim("x", measure="wage", unit="USD/month", region="three States", host="WW"), "used", "Read as wage"),
    ],
)
def test_each_rule_gives_its_reason(one: Claim, use: str, words: str) -> None:
    found, reason = verdict(one)
    assert (found, words in reason) == (use, True), reason


def quarter(number: int, value: float) -> Claim:
    first = 3 * number - 2
    end = {1: date(2018, 3, 31), 2: date(2018, 6, 30), 3: date(2018, 9, 30), 4: date(2018, 12, 31)}[number]
    return claim(f"q{number}", measure="crossings", unit="crossings", point=value, start=date(2018, first, 1), end=end)


YEAR = claim("year", measure="crossings", unit="crossings", point=100.0)


def test_a_year_is_counted_through_its_quarters() -> None:
    quarters = [quarter(number, 25.0) for number in (1, 2, 3, 4)]
    use, reason = verdict(YEAR, *quarters)
    assert use == "context"
    assert reason.startswith("Already counted through the 25 crossings for January to March 2018, the 25 crossings")
    assert all(verdict(each, YEAR, *[q for q in quarters if q != each])[0] == "used" for each in quarters)


def test_a_year_that_differs_from_its_quarters_says_by_how_much_and_which_of_them_is_rounded() -> None:
    quarters = [quarter(number, 25.0) for number in (1, 2, 3)]
    last = replace(quarter(4, 30.0), hedge="nearly")
    _, reason = verdict(YEAR, *quarters, last)
    assert reason.endswith(
        "kept as a check on their sum: 5 less than they come to; the 30 crossings for October to December 2018 stand "
        "with \u201cnearly\u201d and are rounded."
    )
    assert verdict(YEAR, *quarters, quarter(4, 20.0))[1].endswith("on their sum: 5 more than they come to.")
    assert verdict(YEAR, *quarters, quarter(4, 25.0))[1].endswith("kept as a check on their sum.")


def test_a_year_is_not_taken_apart_where_it_or_a_quarter_is_a_round_figure() -> None:
    """Nobody said "about": the digits say so, but for a class that counts."""
    for exact, year_is_read_whole in ((["government"], False), ([], True)):
        rules = RULES["reconcile"] | {"rounding": {"digits": 1, "exact_classes": exact}}
        _, reason = verdict(YEAR, quarter(1, 25.0), quarter(2, 25.0), tables={"reconcile": rules})
        assert ("What is left" not in reason) is year_is_read_whole


def test_of_a_year_with_some_quarters_the_rest_is_read_and_of_a_year_with_holes_the_year() -> None:
    first = (quarter(1, 25.0), quarter(2, 25.0))
    use, reason = verdict(YEAR, *first)
    assert use == "used"
    assert "for July to December 2018. What is left for these days, 50, when the 25 crossings for January" in reason
    assert verdict(first[0], YEAR, first[1])[0] == "used"
    use, reason = verdict(quarter(1, 25.0), YEAR, quarter(3, 25.0))
    assert use == "context"
    assert "the 100 crossings for 2018 of the same table" in reason
    assert "What is left" not in verdict(YEAR, quarter(1, 25.0), quarter(3, 25.0))[1]


def test_a_judgement_by_hand_comes_before_every_rule() -> None:
    hand = {"dispositions": (judged("x", "context", reason="A sum asked for, not paid"),)}
    assert verdict(claim("x"), hand=hand) == ("context", "A sum asked for, not paid.")


def test_a_disposition_says_whether_a_person_decided(account: Account) -> None:
    assert "unreviewed" in account.disposition_of("rbk15").judged_by
    assert account.disposition_of("us_2017_ru").judged_by == ""


def test_nothing_is_dropped_and_every_reason_is_a_sentence(shipped: Programme, account: Account) -> None:
    assert [each.claim for each in account.dispositions] == sorted(each.id for each in shipped.claims)
    for each in account.dispositions:
        assert each.disposition in get_args(Use)
        assert re.fullmatch(r"[A-Z0-9\"'“].{15,}[.!?]", each.reason, re.DOTALL), each
        assert not re.search(r"\b(None|nan|inf)\b|[{}]", each.reason), each
        assert "  " not in each.reason, each


def test_no_reason_shows_the_name_of_a_row_to_the_reader(shipped: Programme, account: Account) -> None:
    names = {each.id for each in shipped.claims}
    notes = {each.id: set(re.findall(r"\w+", each.note)) for each in shipped.claims}
    for each in account.dispositions:
        shown = names & set(re.findall(r"\w+", each.reason)) - notes[each.claim]
        assert not shown, (each.claim, shown)


def test_all_garbled_rows_are_called_garbled(shipped: Programme, account: Account) -> None:
    garbles = {each.id for each in shipped.claims if each.link_kind == "garbles"}
    assert garbles == {each.claim for each in account.dispositions if each.disposition == "garbled"}
    assert len(garbles) == 37


def test_copies_are_never_used_but_where_a_person_judged_so(shipped: Programme, account: Account) -> None:
    by_hand = {row["claim"] for row in shipped.hand["dispositions"]}
    for each in account.dispositions:
        if each.disposition == "used" and each.claim != each.origin:
            assert each.claim in by_hand, each


def test_each_use_is_given_to_some_claims(account: Account) -> None:
    found = Counter(each.disposition for each in account.dispositions)
    assert set(found) == set(get_args(Use))
    assert min(found.values()) > 30


def test_no_two_used_border_rows_count_the_same_days(account: Account) -> None:
    rows: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for seen in account.observations:
        if seen.unit == "crossings":
            rows[seen.measure, seen.host].append((seen.start, seen.end))
    assert rows
    for windows in rows.values():
        in_order = sorted(windows)
        assert all(first[1] < second[0] for first, second in itertools.pairwise(in_order))


def test_soldiers_and_it_workers_are_never_workers(shipped: Programme, account: Account) -> None:
    sectors = {each.id: each.sector for each in shipped.claims}
    assert not [seen.claim for seen in account.observations if sectors[seen.claim] in ("it", "military_engineering")]


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("rbk15", "used"),
        ("cnn18_hundreds", "context"),
        ("inhl_region100k", "context"),
        ("ilyichev_0", "context"),
        ("belenets_50k", "context"),
        ("nis_apr25_stock", "used"),
        ("belenets_15k", "repeat"),
        ("ru_repat_18533", "repeat"),
        ("it19_rev", "repeat"),
        ("rosstat24_total", "context"),
        ("fsb24q1_total", "used"),
        ("nis_15k_troops", "out_of_scope"),
        ("nis_nov25_5000", "out_of_scope"),
        ("sput_2379", "context"),
    ],
)
def test_claims_that_experts_stumble_over(account: Account, name: str, use: str) -> None:
    assert account.disposition_of(name).disposition == use
