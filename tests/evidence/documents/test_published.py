"""The day of publication is read where papers put it, in three languages, and never out of a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.evidence.documents.published import day_in, published_in

RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
ENGLISH = "January February March April May June July August September October November December"
BODY = "\nAbout 1,200 of them came in spring.\n"


@pytest.mark.parametrize(
    ("line", "evidence"),
    [
        ("SEOUL, 5 May 2021 (Agency) - Some 3,000 came.", "text: 5 May 2021"),
        ("MOSCOW, May 5, 2021 – Some 3,000 came.", "text: May 5, 2021"),
        ("Published: May 5th, 2021 at 10:20", "text: May 5th, 2021"),
        ("By A. Writer | 05 May 2021", "text: 05 May 2021"),
        ("5 мая 2021 г.", "text: 5 мая 2021"),
        ("Опубликовано 05.05.2021 10:20", "text: 05.05.2021"),
        ("МОСКВА, 5 мая 2021 года. /Агентство/. Рабочие приехали.", "text: 5 мая 2021"),
        ("입력 2021.05.05. 오전 10:20 수정 2021.05.07. 오전 9:00", "text: 2021.05.05"),
        ("등록 : 2021-05-05 10:20", "text: 2021-05-05"),
        ("2021년 5월 5일", "text: 2021년 5월 5일"),
        ("(서울=기관) 2021년 5월 5일 - 노동자들이 왔다.", "text: 2021년 5월 5일"),
        ("Wednesday, 5 May 2021", "text: 5 May 2021"),
    ],
)
def test_a_day_of_publication_is_found(line: str, evidence: str) -> None:
    assert published_in("A headline of some words\n" + line + BODY) == (date(2021, 5, 5), evidence)


@pytest.mark.parametrize(
    "line",
    [
        "The deadline passed on 22 December 2019, and nobody left.",
        "By 5 May 2021 all of the builders had gone home, said the foreman of the site in the town.",
        "5 мая 2021 года рабочие приехали на площадку, и с тех пор никто не знает, кто им платит за это.",
        "2021년 5월 5일에 노동자들이 기차로 왔다고 반장은 말했으며 누가 돈을 주는지는 알려지지 않았다.",
        "03/04/2021",
        "Version 31.04.2021",
        "Call 2021.5.5.1",
        "On 5 May 2021.",
    ],
)
def test_a_day_inside_a_sentence_or_of_two_readings_is_left_alone(line: str) -> None:
    assert published_in(line + BODY) is None


def test_a_word_that_says_published_beats_a_day_that_stands_before_it() -> None:
    assert published_in("1 March 2020\nPublished 5 May 2021\nUpdated 7 May 2021") == (
        date(2021, 5, 5),
        "text: 5 May 2021",
    )


def test_far_down_no_day_is_looked_for() -> None:
    assert published_in("A line.\n" * 30 + "Published: 5 May 2021") is None


@pytest.mark.parametrize(
    "text",
    [
        "20210505", "20210505103000+09'00'", "2021-05-05T10:20:00+09:00", "5 May 2021", "2021. 5. 5.", "05/05/2021",
        "2021/05/05 10:20",
    ],
)  # fmt: skip
def test_fields_that_hold_a_day(text: str) -> None:
    assert day_in(text) == date(2021, 5, 5)


@pytest.mark.parametrize("text", ["", "9" * 5000, "20211345", "1e400", "0000-00-00", "yesterday"])
def test_fields_that_hold_none(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known_in_both_languages_that_name_them(month: int) -> None:
    russian, english = RUSSIAN.split()[month - 1], ENGLISH.split()[month - 1]
    for text in (f"3 {russian} 2021", f"3 {english} 2021", f"3 {english[:3]}. 2021"):
        assert day_in(text) == date(2021, month, 3)
