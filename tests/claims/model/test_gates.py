"""What a model claims is believed only as far as the text bears it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tallystick.claims.model import judge
from tallystick.claims.model.judge import UNMEASURED
from tallystick.claims.proposal import Proposal
from tests.claims.model.conftest import Extract
from tests.claims.model.server import Server, claim, claims

TEXT = """In 2019 the ministry wrote that more than 1,200 weavers from Vessany worked in Qatar.
The state takes up to 70 percent of it. A monitor spoke of 15,000 weavers, and of 40 in Poland.
Later 40 were counted again. They sign for 3 years and are paid $300 a month, \
the best $9,000 a month. They rest 2 days."""
GOOD = claim(TEXT, "more than 1,200 weavers", low=1200)


def test_a_good_claim_becomes_a_proposal_that_says_who_proposed_it(server: Server, read: Extract) -> None:
    server.replies = [claims(GOOD | {"asserted_by": "the ministry", "hedge": "more than", "first_day": "2019"})]
    extraction = read(TEXT)
    (one,) = extraction.reading.claims
    assert one.extractor == "model small-1"
    assert (one.measure, one.low, one.point, one.high, one.unit, one.host) == (
        "workers_present",
        1200,
        None,
        None,
        "persons",
        "QA",
    )
    assert TEXT[one.quote_start : one.quote_end] == one.quote == "more than 1,200 weavers"
    assert (one.asserted_by, one.attribution, one.hedge) == ("the ministry", ("the ministry",), "more than")
    assert one.start == date(2019, 1, 1)
    assert TEXT[one.passage_start : one.passage_end].startswith("In 2019")
    assert (one.confidence, one.reasons, one.restricted) == (UNMEASURED, (), "")
    assert extraction.summary == "1 proposed, 0 refused"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a quote that is nowhere": (claim(TEXT, "1,200 potters", low=1200), "quote not in the text"),
    "a quote that differs by a sign": (claim(TEXT, "more than 1200 weavers", low=1200), "quote not in the text"),
    "a number that the quote lacks": (GOOD | {"low": 12000}, "number not in quote"),
    "a second number that the quote lacks": (GOOD | {"high": 5000}, "number not in quote"),
    "a bound read as a point": (GOOD | {"low": None, "point": 1200}, "bound not as the text has it"),
    "a bound left before the quote": (claim(TEXT, "1,200 weavers", point=1200), "bound not as the text has it"),
    "a number cut in two": (claim(TEXT, "5,000 weavers", point=5000), "quote cuts a number"),
    "no number at all": (claim(TEXT, "the ministry"), "no number"),
    "a measure that is none of ours": (GOOD | {"measure": "happiness"}, "measure unknown"),
    "a unit of another measure": (GOOD | {"unit": "share"}, "unit unknown for this measure"),
    "a host that is no code": (GOOD | {"host": "Qatar"}, "host unknown"),
    "a count called a wage": (GOOD | {"measure": "gross_wage", "unit": "USD/month"}, "unit not in quote"),
    "another currency": (
        claim(TEXT, "$300 a month", measure="gross_wage", unit="CNY/month", point=300),
        "unit not in quote",
    ),
    "a rate left behind the quote": (
        claim(TEXT, "$9,000", measure="gross_wage", unit="USD/year", point=9000),
        "unit not in quote",
    ),
    "days off without a rate": (
        claim(TEXT, "2 days", measure="rest_days_per_year", unit="days/year", point=2),
        "unit not in quote",
    ),
    "two places and an offset at neither": (
        claim(TEXT, "40", point=40, start=5),
        "quote in several places and offset at none of them",
    ),
}


@pytest.mark.parametrize(("found", "why"), REFUSED.values(), ids=REFUSED)
def test_a_hallucinated_claim_is_refused_and_named(
    server: Server, read: Extract, found: dict[str, Any], why: str
) -> None:
    server.replies = [claims(GOOD, found)]
    extraction = read(TEXT)
    assert [one.quote for one in extraction.reading.claims] == [GOOD["quote"]]
    assert [(one.why, one.quote) for one in extraction.refused] == [(why, found["quote"])]
    assert extraction.summary == f"2 proposed, 1 refused: {why} (1)"


def test_a_wrong_offset_is_mended_where_the_quote_stands_once(server: Server, read: Extract) -> None:
    server.replies = [claims(GOOD | {"start": 3})]
    (one,) = read(TEXT).reading.claims
    assert one.quote_start == TEXT.index("more than")
    assert one.reasons == ("the model's offset was wrong; its quote stands in one place only",)


def test_a_right_offset_chooses_among_places(server: Server, read: Extract) -> None:
    second = TEXT.index("40 were")
    server.replies = [claims(claim(TEXT, "40", point=40, start=second))]
    (one,) = read(TEXT).reading.claims
    assert (one.quote_start, one.reasons) == (second, ())


def test_figures_are_turned_into_the_programmes_units(server: Server, read: Extract) -> None:
    server.replies = [
        claims(
            claim(TEXT, "up to 70 percent", measure="state_take_share", unit="share", high=70),
            claim(TEXT, "3 years", measure="contract_length", unit="months", point=3),
        )
    ]
    share, term = read(TEXT).reading.claims
    assert (share.high, share.unit) == (0.7, "share")
    assert (term.point, term.unit) == (36, "months")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"asserted_by": "the king"}, "the model's source is not in the text and was left out"),
        ({"hedge": "surely"}, "the model's hedge is not in the text and was left out"),
        ({"sector": "alchemy"}, "the model's sector is not in the text and was left out"),
        ({"first_day": "2031"}, "the model's days have no support in the text and were left out"),
        ({"first_day": "2019-02-30"}, "the model's days have no support in the text and were left out"),
        (
            {"first_day": "2019-05", "last_day": "2019-04"},
            "the model's days have no support in the text and were left out",
        ),
        ({"host": "SN"}, "the host is no place of the programme"),
    ],
)
def test_what_the_text_does_not_say_is_left_out_with_a_reason(
    server: Server, read: Extract, said: dict[str, str], reason: str
) -> None:
    server.replies = [claims(GOOD | said)]
    (one,) = read(TEXT).reading.claims
    assert one.reasons == (reason,)
    assert (one.asserted_by, one.hedge, one.sector, one.start, one.end) == ("", "", "", None, None)


@dataclass(frozen=True)
class Narrow:
    start: int
    end: int
    reason: str


def test_a_claim_beside_what_narrows_to_someone_is_proposed_as_restricted(server: Server, read: Extract) -> None:
    server.replies = [claims(GOOD, claim(TEXT, "up to 70 percent", measure="state_take_share", unit="share", high=70))]
    first_line = Narrow(TEXT.index("Vessany"), TEXT.index("Qatar"), "names a helper's town")
    kept, free = read(TEXT, kept_back=(first_line,)).reading.claims
    assert (kept.restricted, free.restricted) == ("names a helper's town", "")


def test_what_passes_here_still_passes_the_gates_of_every_proposal(
    server: Server, read: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.replies = [claims(GOOD)]
    asked: list[str] = []

    def strict(proposal: Proposal, text: str, *_: object) -> str:
        asked.append(text[proposal.quote_start : proposal.quote_end])
        return "not today"

    monkeypatch.setattr(judge, "refusal", strict)
    extraction = read(TEXT)
    assert asked == [GOOD["quote"]]
    assert extraction.reading.claims == ()
    assert extraction.summary == "1 proposed, 1 refused: not today (1)"


def test_a_text_without_claims_is_not_taken_for_one_on_the_theme(server: Server, read: Extract) -> None:
    server.replies = [claims()]
    extraction = read("The league begins in May.")
    assert (extraction.reading.claims, extraction.reading.on_theme) == ((), False)
