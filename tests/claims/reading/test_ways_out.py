"""Whoever takes a way out is counted as fled and kept back, and who leads them out takes a fee and no levy."""

from __future__ import annotations

from pathlib import Path

import pytest

import tallystick
from tallystick.claims.proposal import Proposal
from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words
from tallystick.claims.statements.few import few
from tallystick.claims.statements.words import StatementWords, read_statement_words

ABOUT = {
    "en": "North Korean workers are employed in Russia.",
    "ru": "Северокорейские рабочие трудятся в России.",
    "ko": "북한 노동자들은 러시아에서 일한다.",
}
AWAY = [
    ("en", "Thirty North Korean workers slipped over the Tumen at night in 2023."),
    ("en", "Eighteen North Korean loggers have walked away along the railway line since 2022."),
    ("en", "About forty North Korean workers left the site by night and changed trains in Irkutsk."),
    ("en", "In 2023 some 25 North Korean labourers got across the border into Mongolia on foot."),
    ("en", "Fifteen North Korean workers took the forest track to get out last winter."),
    ("en", "Two dozen North Korean builders ran off from the camp in 2022."),
    ("en", "Sixty North Korean workers have used this route since 2021."),
    ("en", "Seventeen North Korean workers swam the river to reach the Chinese bank in 2020."),
    ("ru", "Тридцать северокорейских рабочих ночью перешли Туманную в 2023 году."),
    ("ru", "Восемнадцать лесорубов из КНДР с 2022 года ушли пешком вдоль железнодорожных путей."),
    ("ru", "Около сорока северокорейских рабочих тайком покинули стройку и пересели на поезд в Иркутске."),
    ("ru", "В 2023 году 25 северокорейских рабочих перебрались через границу в Монголию."),
    ("ru", "Пятнадцать рабочих из КНДР прошлой зимой выбрались по лесной дороге."),
    ("ru", "Двадцать четыре строителя из КНДР бежали из лагеря в 2022 году."),
    ("ru", "Этим путём с 2021 года воспользовались шестьдесят рабочих из КНДР."),
    ("ru", "Семнадцать северокорейских рабочих переплыли реку в 2020 году."),
    ("ko", "2023년 북한 노동자 30명이 밤에 두만강을 건넜다."),
    ("ko", "2022년 이후 북한 벌목공 18명이 철길을 따라 걸어 나갔다."),
    ("ko", "북한 노동자 40여 명이 야밤에 현장을 떠나 이르쿠츠크에서 기차를 갈아탔다."),
    ("ko", "2023년 북한 노동자 25명이 국경을 넘어 몽골로 들어갔다."),
    ("ko", "지난겨울 북한 노동자 15명이 숲길로 빠져나갔다."),
    ("ko", "2022년 북한 건설 노동자 24명이 숙소에서 도망쳤다."),
    ("ko", "2021년 이후 북한 노동자 60명이 이 길을 이용했다."),
    ("ko", "2020년 북한 노동자 17명이 강을 헤엄쳐 건넜다."),
    ("en", "Twenty North Korean workers have crossed the Amur on the ice since 2022."),
    ("en", "The quickest way out is the fish lorry. Two dozen North Korean men have used it since 2021."),
    ("en", "Some 35 North Korean men waded the stream near the camp in 2021 and were not seen again."),
    ("en", "Thirty-two North Korean workers set out along the pipeline in 2022."),
    ("ru", "Двадцать рабочих из КНДР ушли по ночам вдоль железной дороги на Биробиджан."),
    ("ru", "Тридцать строителей из КНДР в 2022 году перешли Амур по льду."),
    ("ko", "2022년 이후 북한 노동자 20명이 얼음을 타고 아무르강을 건넜다."),
    ("ko", "북한 노동자 30명이 새벽에 숙소를 빠져나갔다."),
]
FEES = [
    ("en", "A smuggler in Longjing charges each North Korean worker 2,500 dollars."),
    ("en", "Each North Korean worker pays the guide 1,800 dollars for the crossing."),
    ("en", "Brokers take 4,000 dollars from every North Korean worker who leaves."),
    ("en", "The snakehead takes 30,000 yuan per worker from the North Koreans."),
    ("ru", "Проводник берёт с каждого северокорейского рабочего 2 000 долларов."),
    ("ru", "Северокорейский рабочий платит перевозчику 150 000 рублей."),
    ("ru", "Посредник в Яньцзи брал по 3 000 долларов с каждого рабочего из КНДР за переход."),
    ("ru", "Контрабандисты удерживают с каждого северокорейского рабочего 4 000 долларов."),
    ("ko", "브로커는 북한 노동자 한 명당 2,500달러를 받는다."),
    ("ko", "북한 노동자는 안내인에게 1,800달러를 낸다."),
    ("ko", "연길의 브로커들이 북한 노동자 1인당 3만 위안을 떼어 간다."),
    ("ko", "밀수꾼은 북한 노동자 한 사람에게서 4,000달러를 챙긴다."),
    ("en", "A Korean-Chinese broker in Yanji takes 3,000 dollars from each worker."),
    ("ru", "Брокер просит с северокорейских рабочих по 5 000 долларов."),
    ("ko", "브로커가 북한 노동자에게서 3000달러를 받았다."),
]
PLAIN = [
    ("en", "In 2023 about 3,000 North Korean workers crossed the border at Khasan by train."),
    ("en", "Some 500 North Korean workers arrived by train over the Tumen River bridge in 2024."),
    ("en", "About 400 North Korean workers live along the railway line in Tynda."),
    ("en", "About 900 North Korean workers go to work at night at the plant."),
    ("en", "Each North Korean worker pays the state 700 dollars a month."),
    ("en", "About 2,000 North Korean workers returned home by train in 2019."),
    ("ru", "В 2024 году через границу проехали 1 500 северокорейских рабочих."),
    ("ru", "Около 600 рабочих из КНДР работают по ночам на стройке."),
    ("ru", "Каждый северокорейский рабочий отдаёт государству 700 долларов в месяц."),
    ("ru", "В Россию по мосту через реку приехали 300 рабочих из КНДР."),
    ("ko", "2024년 북한 노동자 3000명이 두만강 다리를 건너 러시아에 들어왔다."),
    ("ko", "북한 노동자 600명이 밤에 공장에서 일한다."),
    ("ko", "북한 노동자는 매달 국가에 700달러를 바친다."),
]
SPEAKERS = [
    ("ko", "러시아는 노동자를 받는다. 를 당국은 북한 노동자 300명이 있다고 밝혔다."),
    ("ko", "갖다주는 북한 노동자 300명이 있다고 말했다."),
    ("en", "North Korean workers hand over says 300 workers live in Russia."),
    ("ru", "Рабочие отдают сообщили, что в России живут 300 рабочих из КНДР."),
]


TOTALS = [
    ("The unification ministry said that 196 North Korean workers escaped in 2023.", ""),
    ("In 2023, 196 North Korean workers escaped.", "way"),
    ("The unification ministry said that 196 North Korean workers escaped in March 2023.", "way"),
]


@pytest.fixture(scope="module")
def statement_words() -> StatementWords:
    return read_statement_words(Path(tallystick.__file__).parent / "data" / "dprk")


def _claims(words: Words, language: str, text: str) -> tuple[Proposal, ...]:
    whole = f"{ABOUT[language]}\n\n{text}"
    return read(whole, language=language, published=None, title="", publisher="", words=words).claims


@pytest.mark.parametrize(("language", "text"), AWAY)
def test_people_who_take_a_way_out_are_counted_as_fled_and_kept_back(
    words: Words, statement_words: StatementWords, language: str, text: str
) -> None:
    found = _claims(words, language, text)
    assert found
    assert {claim.measure for claim in found} == {"escapes"}
    assert all(claim.restricted or few(claim, statement_words) for claim in found)


@pytest.mark.parametrize(("text", "reason"), TOTALS)
def test_of_escapes_only_what_a_public_body_tells_of_a_year_is_not_kept_back(
    words: Words, statement_words: StatementWords, text: str, reason: str
) -> None:
    (claim,) = _claims(words, "en", text)
    assert claim.measure == "escapes"
    kept_back = few(claim, statement_words)
    assert reason in kept_back
    assert bool(kept_back) == bool(reason)


@pytest.mark.parametrize(("language", "text"), FEES)
def test_a_fee_to_be_led_out_is_no_pay_and_no_levy_and_is_kept_back(words: Words, language: str, text: str) -> None:
    found = _claims(words, language, text)
    assert {claim.measure for claim in found} <= {""}
    assert all(claim.restricted for claim in found)


@pytest.mark.parametrize(("language", "text"), PLAIN)
def test_plain_travel_work_at_night_and_levies_are_not_kept_back(words: Words, language: str, text: str) -> None:
    found = _claims(words, language, text)
    assert found
    assert "escapes" not in {claim.measure for claim in found}
    assert not any(claim.restricted for claim in found)


def test_a_wage_beside_a_broker_stays_a_wage(words: Words) -> None:
    found = _claims(words, "en", "North Korean workers earn a wage of 300 dollars a month, whatever the broker says.")
    assert [claim.measure for claim in found] == ["gross_wage"]


def test_a_way_out_that_nobody_took_counts_nobody_as_fled(words: Words) -> None:
    found = _claims(words, "en", "Forty North Korean workers never crossed the river on the ice.")
    assert "escapes" not in {claim.measure for claim in found}


@pytest.mark.parametrize(("language", "text"), SPEAKERS)
def test_no_particle_and_no_clause_asserts_a_figure(words: Words, language: str, text: str) -> None:
    wrong = {"를 당국", "갖다주", "North Korean workers hand over", "Рабочие отдают"}
    named = {name for claim in _claims(words, language, text) for name in (claim.asserted_by, *claim.attribution)}
    assert not named & wrong
