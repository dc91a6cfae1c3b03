"""The gates with the product's own number grammar, in the three languages that it reads."""

from __future__ import annotations

from typing import Any

import pytest

from tallystick.claims.numbers.find import quantities
from tests.claims.model.conftest import Extract
from tests.claims.model.server import Server, claim, claims

SHARE = {"measure": "state_take_share", "unit": "share"}
READ: list[tuple[str, str, str, dict[str, Any], tuple[float | None, ...]]] = [
    (
        "en",
        "Between 300 and 400 weavers stayed.",
        "Between 300 and 400 weavers",
        {"low": 300, "high": 400},
        (300, None, 400),
    ),
    (
        "en",
        "They keep less than a third.",
        "less than a third",
        SHARE | {"high": 100 / 3},
        (None, None, 0.333333333333),
    ),
    ("ru", "Приехали более 2,5 тыс. ткачей.", "более 2,5 тыс. ткачей", {"low": 2500}, (2500, None, None)),
    (
        "ru",
        "Государство забирает до семидесяти процентов.",
        "до семидесяти процентов",
        SHARE | {"high": 70},
        (None, None, 0.7),
    ),
    ("ko", "직공 1만3천221명이 왔다.", "1만3천221명", {"point": 13221}, (None, 13221, None)),
    ("ko", "당국이 최대 70%를 가져간다.", "최대 70%", SHARE | {"high": 70}, (None, None, 0.7)),
]


@pytest.mark.parametrize(("language", "text", "quote", "said", "expected"), READ)
def test_a_claim_in_any_language_passes_when_its_words_bear_it_out(
    server: Server,
    read: Extract,
    language: str,
    text: str,
    quote: str,
    said: dict[str, Any],
    expected: tuple[float | None, ...],
) -> None:
    server.replies = [claims(claim(text, quote, **said))]
    extraction = read(text, language=language, find=quantities)
    assert [(one.low, one.point, one.high) for one in extraction.reading.claims] == [expected], extraction.summary


@pytest.mark.parametrize(
    ("language", "text", "quote", "point"),
    [
        ("en", "About 13,221 weavers came.", "13,221 weavers", 13.221),
        ("ru", "Приехали 13 221 ткач.", "221 ткач", 221),
        ("ko", "직공 1만3천221명이 왔다.", "3천221명", 3221),
    ],
)
def test_half_a_number_is_no_number(
    server: Server, read: Extract, language: str, text: str, quote: str, point: float
) -> None:
    server.replies = [claims(claim(text, quote, point=point))]
    extraction = read(text, language=language, find=quantities)
    assert [one.why for one in extraction.refused] in (["quote cuts a number"], ["number not in quote"])
