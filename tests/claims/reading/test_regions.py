"""A figure told of a part of a host is proposed with that part, and is no figure of the host."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words

TOLD = """
en | At least 2,340 North Korean workers were employed in Primorye, the ministry said. | RU Primorye
en | In Russia's Far East some 8,000 North Koreans worked in 2024. | RU Russian Far East
en | About 15,000 North Korean workers are in Russia, the governor of Primorye said. | RU
en | North Korean crews build houses in Vladivostok, Russia. Some 900 workers arrived in June. | RU Vladivostok
en | North Korea has 5,000 workers in Africa. | WW Africa
en | Vladivostok hosts 3,000 North Korean builders. | RU Vladivostok
en | In Vladivostok, officials said 20,000 North Koreans work in Russia. | RU
ru | В Приморском крае работают северокорейцы. За девять месяцев в край въехали 1 870 рабочих из КНДР. | RU Primorye
ru | На Дальнем Востоке России трудятся 6 тысяч северокорейских рабочих. | RU Russian Far East
ru | В России работают 15 тысяч северокорейцев. | RU
ru | В Шэньяне работают 800 северокорейцев. | CN Shenyang
ru | В Даляне трудятся 300 рабочих из КНДР. | CN Dalian
ko | 연해주에는 북한 노동자 3천 명이 있다. | RU Primorye
ko | 중국 단둥에 북한 노동자 2만 명이 체류 중이다. | CN Dandong
ko | 러시아 극동 지역에 북한 노동자 1만 명이 있다. | RU Russian Far East
ko | 중국에 북한 노동자 5만 명이 있다. | CN
"""


@pytest.mark.parametrize("line", TOLD.strip().splitlines())
def test_the_part_of_a_host_that_a_figure_is_told_of_is_read(line: str, words: Words) -> None:
    language, text, where = line.split(" | ")
    (claim,) = read(text, language=language, published=date(2024, 10, 18), title="", publisher="", words=words).claims
    assert f"{claim.host} {claim.region}".strip() == where


def test_a_part_is_not_carried_into_another_paragraph(words: Words) -> None:
    text = "North Korean crews build houses in Vladivostok.\n\nSome 9,000 North Korean workers arrived in June."
    (claim,) = read(text, language="en", published=date(2024, 10, 18), title="", publisher="", words=words).claims
    assert (claim.host, claim.region) == ("RU", "")
