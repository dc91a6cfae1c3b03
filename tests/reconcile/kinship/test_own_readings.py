"""Nothing is laid to a source that its passage has; what it did lose or change is still told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tallystick.evidence.quote_rows import Quote
from tallystick.reconcile.account import reconcile
from tallystick.reconcile.kinship.own_readings import READ_TWICE, WHOLE, with_own_readings
from tallystick.reconcile.kinship.passages import Passages
from tallystick.reconcile.losses import NOTHING, lost
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

READING = "p0123456789ab"


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
    return Quote(words=passage[:5], passage=passage, place="", start=0, end=5, document="ab" * 32)


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
        ({"sector": ""}, "At least 4,321 were there.", "drops that it speaks of construction"),
        ({"region": ""}, "At least 4,321 were there.", "stretches it from Kursk"),
        ({"host": "CN"}, "At least 4,321 work in China.", "to Kursk (China)"),
        ({"start": None, "end": None}, "At least 4,321 were there.", "leaves out the time"),
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
    assert "moves it" in said(replace(copy, published_on="2024-05-01"), parent, "At least 4,321.", shipped)


def held_by(programme: Programme, copy: Claim, parent: Claim, passage: str) -> Programme:
    """The programme with a claim beside its own and the passage that it was read from."""
    row = {"claim": READING, "quote": passage[:5], "passage": passage, "place": "", "start": "0", "end": "5",
           "document": "ab" * 32}  # fmt: skip
    linked = replace(copy, link_kind="repeats", derived_from=(parent.id,), suspected_from=())
    others = [one for one in programme.claims if one.id != parent.id]
    return replace(programme, claims=(*others, parent, linked), hand={**programme.hand, "quotes": (row,)})


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, WHOLE), ({"url": "https://harbour.example/1"}, READ_TWICE)],
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
