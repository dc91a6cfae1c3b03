"""The span of a quantity is the shortest that carries its value, bound, unit and rate."""

from __future__ import annotations

import pytest

from tallystick.claims.numbers.find import quantities

SPANS = [
    ("en", "They say that at least 20,000 to 30,000 left.", "at least 20,000 to 30,000"),
    ("en", "Then 12,000 foreign farm workers came in.", "12,000 foreign farm workers"),
    ("en", "Their number was 12,000 in all.", "12,000"),
    ("en", "Pay is around US$700 (RM 2,830) there.", "around US$700 (RM 2,830)"),
    ("en", "Fines of 5,000 yuan ($750) per worker apply.", "5,000 yuan ($750) per worker"),
    (
        "en",
        "It brings between $150 million-$300 million annually to them.",
        "between $150 million-$300 million annually",
    ),
    ("en", "a shift of at least 12 hours is usual", "at least 12 hours"),
    ("en", "a 50,000-strong diaspora, he said", "50,000-strong diaspora"),
    ("en", "they have one or two days off per month at most", "one or two days off per month at most"),
    ("en", "there could be 500,000 shells", "500,000 shells"),
    ("en", "over 3 million 152-millimeter shells and more", "over 3 million 152-millimeter shells"),
    ("en", "some 300 sailors said so", "some 300 sailors"),
    ("ru", "Приедут 12 тысяч северных работников из порта.", "12 тысяч северных работников"),
    ("ru", "Платят примерно 2,5 доллара США за час работы.", "примерно 2,5 доллара США за час"),
    ("ru", "Смена длится не менее 12 часов подряд.", "не менее 12 часов"),
    ("ru", "выросло более чем в два раза", "более чем в два раза"),
    ("ru", "нужны 20-50 тысяч рабочих из деревень", "20-50 тысяч рабочих"),
    ("ko", "올해 1만 명 이상의 외국인 근로자가 왔다", "1만 명 이상의 외국인 근로자"),
    ("ko", "임금은 평균 월 1000달러 전후로 높다", "평균 월 1000달러 전후"),
    ("ko", "한 사람당 최소 800위안씩 낸다", "한 사람당 최소 800위안씩"),
    ("ko", "모두 최소 1억 6,800만 달러를 번다", "모두 최소 1억 6,800만 달러"),
]


@pytest.mark.parametrize(("language", "text", "words"), SPANS)
def test_a_span_is_the_shortest_that_carries_the_quantity(language: str, text: str, words: str) -> None:
    assert [text[found.start : found.end] for found in quantities(text, language)] == [words]


def test_the_number_alone_has_offsets_of_its_own() -> None:
    text = "at least 20,000 to 30,000 men"
    found = quantities(text, "en")[0]
    assert text[found.number_start : found.number_end] == "20,000 to 30,000"


def test_offsets_count_code_points_before_wide_and_combined_signs() -> None:
    text = "\U0001f6a2 e\u0301 １２,０００ workers"
    found = quantities(text, "en")[0]
    assert (text[found.start : found.end], found.point) == ("１２,０００ workers", 12000.0)


def test_a_footnote_mark_is_no_digit() -> None:
    text = "20,000² workers and 10³ others"
    assert [found.point for found in quantities(text, "en")] == [20000.0, 10.0]
