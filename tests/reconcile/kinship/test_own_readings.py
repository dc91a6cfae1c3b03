"""Nothing is laid to a source that its passage has; what it did lose or change is still told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tallystick.evidence.quote_rows import Quote
from tallystick.reconcile.account import reconcile
from tallystick.reconcile.kinship.own_readings import OURS, READ_TWICE, WHOLE, with_own_readings
from tallystick.reconcile.kinship.passages import Passages
from tallystick.reconcile.losses import NOTHING, lost
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

READING = "p0123456789ab"
LATER = {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}


@pytest.fixture
def parent(shipped: Programme) -> Claim:
    """At least 4,321 builders present in one region of Russia in 2021, by a named service."""
    claim = next(one for one in shipped.claims if one.measure == "workers_present" and one.host == "RU")
    return replace(
        claim, low=4321.0, point=None, high=None, hedge="at least", asserted_by="Harbour Watch Service", region="Kursk",
        sector="construction", url="https://harbour.example/1", title="Who loads the ships",
        start=claim.asserted_earliest.replace(2021, 1, 1), end=claim.asserted_earliest.replace(2021, 12, 31),
    )  # fmt: skip


def reading(parent: Claim, **changes: Any) -> Claim:
    """As an extractor read it from another page, saying all that its parent says unless told otherwise."""
    usual = {"id": READING, "url": "https://gazette.example/2", "title": "Ships", "published_by": "Gazette", "note": ""}
    return replace(parent, **{**usual, **changes})


def quote(passage: str) -> Quote:
    """The figure is quoted where the passage has its digits, else its beginning."""
    at = max(passage.find("4,321"), passage.find("4,000"), passage.find("4321"), 0)
    return Quote(words=passage[at : at + 5], passage=passage, place="", start=at, end=at + 5, document="ab" * 32)


def said(copy: Claim, parent: Claim, passage: str, programme: Programme) -> str:
    seen = Passages(programme, {READING: quote(passage)}).as_it_has(copy, parent)
    assert lost(copy, parent, "repeats", programme) != NOTHING
    return lost(seen, parent, "repeats", programme)


@pytest.mark.parametrize(
    ("changes", "passage"),
    [
        ({"hedge": ""}, "At least 4,321 were there."),
        ({"low": None, "point": 4321.0, "hedge": ""}, "More than 4,321 were there."),
        ({"low": None, "point": 4321.0, "hedge": ""}, "Там было не менее 4321 рабочих."),
        ({"sector": ""}, "4,321 work on construction sites."),
        ({"region": ""}, "4,321 work near Kursk."),
        ({"host": "CN"}, "4,321 work abroad."),
        ({"start": None, "end": None}, "4,321 worked there in 2021."),
        ({"asserted_by": "HWS"}, "4,321 were there, says HWS."),
        ({"asserted_by": "Служба наблюдения"}, "4321, сообщила Служба наблюдения."),
        ({"asserted_by": "Service of the Harbour's Watchmen"}, "4,321 were there."),
        ({"asserted_by": "Gazette"}, "4,321 were there."),
        # what our row leaves empty, or took from another sentence, from a footer or from nowhere
        ({"sector": ""}, "At least 4,321 were there."),
        ({"region": ""}, "At least 4,321 were there."),
        ({"start": None, "end": None}, "At least 4,321 were there."),
        (LATER, "At least 4,321 were there. Gazette 2024, all rights reserved."),
        (LATER, "It was 2024. At least 4,321 were there."),
        (LATER, "At least 4,321 were there from 2021 to 2024."),
        ({"host": "WW"}, "At least 4,321 work abroad."),
        ({"host": "CN"}, "China trades. At least 4,321 work abroad."),
        ({"sector": "logging"}, "At least 4,321 were there."),
        ({"asserted_by": "Union of Smiths"}, "The Union of Smiths met. At least 4,321 were there."),
        ({"low": None, "point": 4321.0, "hedge": ""}, r"at least US\\$4,321 a year"),
        ({"low": None, "point": 4321.0, "hedge": ""}, "It may exceed 4,321."),
    ],
)
def test_what_the_passage_has_was_not_lost_by_its_source(
    changes: dict[str, Any], passage: str, parent: Claim, shipped: Programme
) -> None:
    assert said(reading(parent, **changes), parent, passage, shipped) == NOTHING


@pytest.mark.parametrize(
    ("changes", "passage", "words"),
    [
        ({"low": None, "point": 4321.0, "hedge": ""}, "4,321 were there.", 'turns "at least 4,321 persons" into'),
        ({"low": 4000.0}, "At least 4,000 were there.", 'into "at least 4,000 persons"'),
        ({"sector": "logging"}, "At least 4,321 work in logging.", "moves it from construction to logging"),
        ({"region": "Omsk"}, "At least 4,321 work in Omsk.", "stretches it from Kursk to Omsk"),
        ({"host": "CN"}, "At least 4,321 work in China.", "from Kursk (Russia) to China"),
        (LATER, "At least 4,321 were there in 2024.", "moves it from 2021 to 2024"),
        ({"measure": "workers_planned"}, "At least 4,321 will come.", "turns"),
        ({"asserted_by": "Union of Smiths"}, "At least 4,321, says the Union of Smiths.", "credits Union of Smiths"),
    ],
)
def test_what_the_passage_lacks_is_told_as_lost(
    changes: dict[str, Any], passage: str, words: str, parent: Claim, shipped: Programme
) -> None:
    assert words in said(reading(parent, **changes), parent, passage, shipped)


def test_a_name_in_another_script_is_no_other_credit(parent: Claim, shipped: Programme) -> None:
    korean = replace(parent, asserted_by="항만감시단")
    assert said(reading(korean, asserted_by="Служба портов", hedge=""), korean, "не менее 4321", shipped) == NOTHING


def test_both_ends_that_stand_in_the_passage_were_not_cut_by_its_source(parent: Claim, shipped: Programme) -> None:
    whole = replace(parent, high=9_876.0)
    copy = reading(whole, low=None, point=9_876.0, high=None)
    assert said(copy, whole, "Between 4,321 and 9,876 were there.", shipped) == NOTHING
    assert "keeps only the upper end" in said(copy, whole, "At most 9,876 were there.", shipped)


def test_a_day_that_is_only_the_pages_own_is_no_other_time(parent: Claim, shipped: Programme) -> None:
    day = parent.asserted_earliest.replace(2024, 4, 2)
    copy = reading(parent, start=day, end=day, published_on=day.isoformat())
    assert said(copy, parent, "At least 4,321 were there.", shipped) == NOTHING
    assert "moves it" in said(copy, parent, "At least 4,321 were there on 2 April 2024.", shipped)


def held_by(programme: Programme, copy: Claim, parent: Claim, passage: str) -> Programme:
    """The programme with a claim beside its own and the passage that it was read from."""
    row = {"claim": READING, "quote": passage[:5], "passage": passage, "place": "", "start": "0", "end": "5",
           "document": "ab" * 32}  # fmt: skip
    linked = replace(copy, link_kind="repeats", derived_from=(parent.id,), suspected_from=())
    others = [one for one in programme.claims if one.id != parent.id]
    return replace(programme, claims=(*others, parent, linked), hand={**programme.hand, "quotes": (row,)})


OWN = OURS.format("no hedge and no craft")


def test_who_still_speaks_of_a_plan_turns_none_into_a_fact(parent: Claim, shipped: Programme) -> None:
    plan = replace(parent, measure="workers_planned")
    copy = reading(plan, measure="workers_arrived")
    assert said(copy, plan, "Some project that at least 4,321 arrive.", shipped) == NOTHING
    assert "turns workers" in said(copy, plan, "At least 4,321 arrived.", shipped)


def test_only_a_row_that_agrees_is_said_to_come_through_whole(parent: Claim, shipped: Programme) -> None:
    def told(passage: str, **changes: Any) -> str:
        programme = held_by(shipped, reading(parent, **changes), parent, passage)
        account = with_own_readings(reconcile(programme), programme)
        return next(chain.lost[READING] for chain in account.chains_of(READING))

    assert told("At least 4,321 work abroad.", host="WW", **LATER) == OURS.format("another place and another time")
    assert told("At least 4,321 were there.", start=None, end=None) == OURS.format("no time")
    assert told("At least 4,321, says HWS.", asserted_by="HWS") == WHOLE
    assert told("At least 4,321 work on building sites.") == WHOLE
    assert "from Kursk (Russia) to China" in told("At least 4,321 work in China.", host="CN", region="", **LATER)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, OWN), ({"url": "https://harbour.example/1"}, READ_TWICE)],
)
def test_chain_and_reason_tell_the_same(changes: dict[str, Any], words: str, parent: Claim, shipped: Programme) -> None:
    copy = reading(parent, hedge="", sector="", **changes)
    programme = held_by(shipped, copy, parent, "At least 4,321 work on construction sites.")
    plain = reconcile(programme)
    assert "drops the hedge" in plain.disposition_of(READING).reason
    account = with_own_readings(plain, programme)
    assert words in account.disposition_of(READING).reason
    assert {chain.lost[READING] for chain in account.chains_of(READING)} == {words}


def test_rows_that_people_coded_are_told_as_before(shipped: Programme) -> None:
    account = reconcile(shipped)
    assert with_own_readings(account, shipped) is account
