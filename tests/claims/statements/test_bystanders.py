"""Who is no public source: whoever serves, feeds, hides or guides, one of a few; and a text that is testimony."""

from __future__ import annotations

import pytest

from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.words import StatementWords

NARROWING = [
    ("ko", "뇌물은 500달러라고 소식통은 설명했다."),
    ("ko", "평양의 한 소식통은 뇌물이 든다고 전했다."),
    ("en", "The parish organist brings soup to the North Korean crew every evening."),
    ("en", "North Korean workers told the barmaid that they were owed a year's pay, she recalled."),
    ("en", '"They get no wages in winter," the site\'s storekeeper told us.'),
    ("en", "A Tajik workmate who shares his tea with them said North Korean workers are fined."),
    ("en", "The kindergarten cook next door says 80 North Korean men live there."),
    ("en", "Eight North Korean loggers share a hut by the river."),
    ("en", "Of the four who jumped off the train, one is in a convent."),
    ("en", "Nam Il-gwon described how the North Korean workers' passports were locked away."),
    ("en", "The plasterer with three missing fingers says North Korean workers are watched."),
    ("en", "He rents them the rooms at 5 Sadovaya Street."),
    ("en", "A schoolgirl carries notes between the North Korean workers and the village."),
    ("en", "The dentist who pulled their teeth for nothing said North Korean workers are beaten."),
    ("ru", "Органистка прихода каждый вечер приносит северокорейской бригаде суп."),
    ("ru", "«Зимой им не платят», — рассказал нам кладовщик стройки."),
    ("ru", "Таджик, который делится с ними чаем, сказал, что северокорейских рабочих штрафуют."),
    ("ru", "Восемь северокорейских лесорубов живут в избушке у реки."),
    ("ru", "Из четверых, спрыгнувших с поезда, один сейчас в монастыре."),
    ("ru", "Штукатур без трёх пальцев говорит, что за северокорейскими рабочими следят."),
    ("ru", "Он сдаёт им комнаты на Садовой, 5."),
    ("ru", "Школьница носит записки от северокорейских рабочих в посёлок."),
    ("ru", "Зубной врач, бесплатно лечивший их, сказал, что северокорейских рабочих бьют."),
    ("ru", "Барменша вспоминает, что северокорейские рабочие жаловались на долги."),
    ("ru", "По рассказу матушки Серафимы, северокорейских рабочих там около 80."),
    ("ko", "교회 반주자는 저녁마다 북한 작업반에 국을 가져다준다."),
    ("ko", '"겨울에는 돈을 못 받는다"고 현장 창고지기가 전했다.'),
    ("ko", "그들과 차를 나눠 마시는 타지크 동료는 북한 노동자들이 벌금을 낸다고 말했다."),
    ("ko", "북한 벌목공 여덟 명이 강가 오두막을 함께 쓴다."),
    ("ko", "기차에서 뛰어내린 네 명 가운데 한 명은 지금 수도원에 있다."),
    ("ko", "손가락 세 개가 없는 미장공은 북한 노동자들이 감시당한다고 말한다."),
    ("ko", "그는 사도바야 거리 5번지의 방을 그들에게 세놓는다."),
    ("ko", "여학생이 북한 노동자들의 쪽지를 마을로 나른다."),
    ("ko", "공짜로 이를 뽑아 준 치과 의사는 북한 노동자들이 맞는다고 말했다."),
    ("ko", "술집 종업원은 북한 노동자들이 빚을 하소연했다고 기억한다."),
    ("ko", "세라피마 수녀의 이야기로는 북한 노동자가 80명쯤 된다."),
    ("en", "The village organist who lends them a stove says that 90 North Korean men sleep in the sawmill."),
    ("en", "A blacksmith near the North Korean camp told us that pay is late."),
    ("en", "She sold milk to the North Korean workers through the fence."),
    ("en", "Of the five who swam across, two are with a beekeeper."),
    ("en", "Six North Korean painters squat in a half-built block in Kazan."),
    ("en", '"We are counted at night," said Om Tae-gil.'),
    ("en", "A crane operator without two fingers says North Korean workers are fined."),
    ("ru", "Звонарь, который носит им хлеб, сказал, что северокорейских рабочих около 90."),
    ("ru", "Пасечница рассказала, что северокорейские рабочие просят еды."),
    ("ru", "Садовник относит письма северокорейских рабочих на почту."),
    ("ru", "Через забор она продавала молоко северокорейским рабочим."),
    ("ru", "Из пяти, переплывших реку, двое живут у лесника."),
    ("ru", "Шестеро северокорейских маляров живут в недостроенном доме в Казани."),
    ("ru", "«Нас считают по ночам», — сказал Ом Тхэ Гиль."),
    ("ru", "Крановщик без двух пальцев говорит, что северокорейских рабочих штрафуют."),
    ("ko", "정원사가 북한 노동자들의 편지를 우체국에 가져다준다."),
    ("ko", "강을 헤엄쳐 건넌 다섯 명 중 두 명은 양봉가 집에 있다."),
    ("ko", "북한 도장공 여섯 명이 카잔의 짓다 만 건물에서 지낸다."),
    ("ko", "손가락 두 개가 없는 크레인 기사는 북한 노동자들이 벌금을 낸다고 말한다."),
    (
        "en",
        "A Baptist minister who cooks for the North Korean workers on Sundays said that about 400 live in the camp.",
    ),
    ("en", "According to Sister Benedikta, a nun in the parish, 350 North Korean workers live there."),
    ("en", "About 600 North Korean workers came in 2022, the woman who runs the bakery across the road told us."),
    ("en", '"They earn 100 dollars a month," explained a shopkeeper who lets them use the telephone.'),
    ("en", "North Korean workers are paid 120 dollars, a neighbour of the site told this newspaper."),
    ("en", "The North Korean workers' translator says their passports are locked in a safe."),
    ("en", "A retired nurse who bandaged two of them says North Korean workers are beaten."),
    ("en", "North Korean workers never get a day off, Han Tok-su said."),
    ("en", '"We had no rest," said Paek Un-chol, speaking of North Korean workers.'),
    ("en", "Passports of the North Korean workers were taken, one of the two who got to Seoul recalled."),
    ("en", "North Korean workers were not paid for a year, said a man who is now hiding in Tomsk."),
    ("en", "Four North Korean workers are hidden in a cellar in Irkutsk."),
    ("en", "Five North Korean workers live in a flat above the garage in Omsk."),
    ("en", "The North Korean workers sleep in a hostel at 27 Lenin Street."),
    ("en", "They are housed at Ulitsa Mira 9, building 2, with bars on the windows."),
    ("en", "The two who ran with me are still near Chita."),
    ("en", "My brother and I were sent to the sawmill with six others."),
    ("en", "Three of the North Korean women were taken in by a dairy farmer."),
    ("en", "The caretaker of the hostel posts their letters to relatives."),
    ("en", "A driver takes their letters across the river."),
    ("en", "The only welder among the North Korean workers in Bratsk lost his passport."),
    ("en", "There were seven of us in the North Korean brigade at the quarry."),
    ("en", "The canteen cook says that the North Korean workers get rice twice a day."),
    ("en", "A seamstress with a burn on her left hand said that North Korean women were locked in."),
    (
        "ru",
        "Баптистский священник, который готовит для северокорейских рабочих, сказал, что там живёт около 400 человек.",
    ),
    ("ru", "По словам монахини Бенедикты, там живут 350 северокорейских рабочих."),
    (
        "ru",
        "В 2022 году приехали 600 северокорейских рабочих, рассказала нам женщина, которая держит пекарню напротив.",
    ),
    ("ru", "«Им платят 100 долларов в месяц», — объяснила продавщица, которая даёт им позвонить."),
    ("ru", "Северокорейским рабочим платят 120 долларов, рассказал сосед стройки."),
    ("ru", "Переводчик северокорейских рабочих говорит, что их паспорта лежат в сейфе."),
    ("ru", "Медсестра на пенсии, перевязавшая двоих из них, говорит, что северокорейских рабочих бьют."),
    ("ru", "У северокорейских рабочих нет выходных, сказал Хан Док Су."),
    ("ru", "«У нас не было отдыха», — говорит Пэк Ын Чхоль о северокорейских рабочих."),
    ("ru", "Паспорта забрали, вспоминает один из двоих, добравшихся до Сеула."),
    ("ru", "Северокорейским рабочим не платили год, сказал мужчина, который скрывается в Томске."),
    ("ru", "Четверо северокорейских рабочих прячутся в подвале в Иркутске."),
    ("ru", "Пятеро северокорейских рабочих живут в квартире над гаражом в Омске."),
    ("ru", "Северокорейские рабочие ночуют в общежитии по адресу улица Ленина, 27."),
    ("ru", "Их держат на Мира, дом 9, корпус 2, с решётками на окнах."),
    ("ru", "Двое, которые бежали со мной, всё ещё под Читой."),
    ("ru", "Нас с братом отправили на лесопилку, всего было восемь человек."),
    ("ru", "Трёх северокорейских женщин приютил фермер."),
    ("ru", "Комендантша общежития отправляет их письма родным."),
    ("ru", "Водитель возит их письма через реку."),
    ("ru", "Единственный сварщик среди северокорейских рабочих в Братске остался без паспорта."),
    ("ru", "В северокорейской бригаде на карьере нас было семеро."),
    ("ru", "Повариха столовой говорит, что северокорейским рабочим дают рис дважды в день."),
    ("ru", "Швея с ожогом на левой руке рассказала, что северокорейских женщин запирают."),
    ("ko", "북한 노동자들에게 주말마다 밥을 해 주는 침례교 전도사는 숙소에 약 400명이 산다고 말했다."),
    ("ko", "베네딕타 수녀에 따르면 그곳에 북한 노동자 350명이 산다."),
    ("ko", "2022년에 북한 노동자 600명이 왔다고 길 건너 빵집을 하는 여성이 전했다."),
    ("ko", '"한 달에 100달러를 받는다"고 전화를 빌려주는 가게 주인이 설명했다.'),
    ("ko", "북한 노동자는 120달러를 받는다고 현장 이웃이 말했다."),
    ("ko", "북한 노동자들의 통역은 여권이 금고에 있다고 말한다."),
    ("ko", "두 사람을 치료해 준 은퇴한 간호사는 북한 노동자들이 맞는다고 말했다."),
    ("ko", "여권을 빼앗겼다고 서울에 온 두 사람 가운데 한 명이 회상했다."),
    ("ko", "북한 노동자들은 1년 동안 돈을 못 받았다고 톰스크에 숨어 있는 남자가 말했다."),
    ("ko", "북한 노동자 네 명이 이르쿠츠크의 지하실에 숨어 있다."),
    ("ko", "북한 노동자 다섯 명이 옴스크 차고 위 집에서 산다."),
    ("ko", "북한 노동자들은 레닌 거리 27번지 기숙사에서 잔다."),
    ("ko", "그들은 미라 거리 9번지 2동에 갇혀 지낸다."),
    ("ko", "나와 같이 달아난 두 사람은 아직 치타 근처에 있다."),
    ("ko", "형과 나는 다른 여섯 명과 함께 제재소로 보내졌다."),
    ("ko", "북한 여성 세 명을 목장 주인이 받아 주었다."),
    ("ko", "기숙사 관리인이 그들의 편지를 가족에게 부쳐 준다."),
    ("ko", "운전사가 편지를 강 건너로 날라 준다."),
    ("ko", "브라츠크의 북한 노동자 가운데 하나뿐인 용접공은 여권을 잃었다."),
    ("ko", "채석장의 북한 작업반에는 우리 일곱 명이 있었다."),
    ("ko", "식당 조리사는 북한 노동자들이 하루 두 번 밥을 받는다고 말한다."),
    ("ko", "왼손에 화상 흉터가 있는 재봉공은 북한 여성들이 갇혀 있었다고 말했다."),
]
INNOCENT = [
    ("en", "A political scientist in Tokyo said that North Korean workers cost less."),
    ("en", "The finance ministry's spokesman told reporters that 900 North Korean workers left."),
    ("en", "The Ministry said notes were sent to the embassy about North Korean workers."),
    ("en", "The government gives food to flood victims and North Korean workers alike."),
    ("en", "An economist at the bank said that North Korean workers earn 500 dollars."),
    ("en", "The regional broadcaster reported that 300 North Korean workers arrived by train."),
    ("en", "The company's bookkeeping shows 90 North Korean workers."),
    ("en", "One of the two resolutions bans North Korean workers."),
    ("en", "The historian wrote that North Korean loggers came in 1967."),
    ("en", "The deputy prime minister said that North Korean workers may stay."),
    ("ru", "Политолог из Токио сказал, что северокорейские рабочие обходятся дешевле."),
    ("ru", "Начальник управления сообщил, что уехали 900 северокорейских рабочих."),
    ("ru", "Заказчик сообщил, что наймёт 300 северокорейских рабочих."),
    ("ru", "Представительница ведомства рассказала о квоте для северокорейских рабочих."),
    ("ru", "Одна из двух резолюций запрещает нанимать северокорейских рабочих."),
    ("ru", "Пограничная служба сообщила о въезде 300 северокорейских рабочих."),
    ("ru", "Сотрудник министерства передал документы о северокорейских рабочих."),
    ("ko", "도쿄의 정치학자는 북한 노동자가 더 싸다고 말했다."),
    ("ko", "정부 대변인은 북한 노동자 900명이 떠났다고 밝혔다."),
    ("ko", "두 결의 가운데 하나는 북한 노동자 고용을 금지한다."),
    ("ko", "은행의 경제학자는 북한 노동자가 500달러를 번다고 설명했다."),
    ("ko", "역사학자는 북한 벌목공이 1967년에 왔다고 썼다."),
    ("ko", "국경수비대는 북한 노동자 300명의 입국을 확인했다고 밝혔다."),
    ("ko", "시장은 북한 노동자 500명이 필요하다고 말했다."),
    ("ko", "대학 연구원은 북한 노동자가 한 달에 100달러를 받는다고 말했다."),
    ("en", "The labour minister said that 400 North Korean workers live in the region."),
    ("en", "About 600 North Korean workers came in 2022, the regional governor told reporters."),
    ("en", "A university researcher in Seoul said that North Korean workers earn 100 dollars a month."),
    ("en", "The newspaper's correspondent wrote that North Korean workers are paid in cash."),
    ("en", "Church leaders and rights groups called on the government to act."),
    ("en", "The embassy on Mosfilmovskaya Street denied that North Korean workers are there."),
    ("en", "The factory fed and housed 300 North Korean workers at its own cost."),
    ("en", "The firm hid the number of North Korean workers from the inspectors."),
    ("en", "One of the three companies said that it employs no North Korean workers."),
    ("en", "The deputy head of the migration service said that 1,200 North Korean workers were registered."),
    ("en", "The Patriarch said that the Church prays for peace."),
    ("en", "Professor Andrei Volkov told the agency that 3,000 North Korean workers are left."),
    ("en", "The interpreter service costs the company 500 dollars a month."),
    ("en", "Cooks and drivers are among the 700 North Korean workers sent in 2019."),
    ("en", "The governor met seven North Korean officials in May."),
    ("en", "According to UN experts, five firms employ North Korean workers."),
    ("ru", "Министр труда сказал, что в регионе живёт 400 северокорейских рабочих."),
    ("ru", "В 2022 году приехали 600 северокорейских рабочих, сообщил губернатор."),
    ("ru", "Исследователь университета рассказал, что северокорейские рабочие получают 100 долларов в месяц."),
    ("ru", "Компания кормит и размещает 300 северокорейских рабочих за свой счёт."),
    ("ru", "Одна из трёх компаний заявила, что не нанимает северокорейских рабочих."),
    ("ru", "Посольство на Мосфильмовской улице опровергло сообщения о северокорейских рабочих."),
    ("ru", "Патриарх сказал, что церковь молится о мире."),
    ("ru", "Профессор Андрей Волков сообщил агентству, что осталось 3 000 северокорейских рабочих."),
    ("ru", "Услуги переводчика обходятся компании в 500 долларов в месяц."),
    ("ru", "Среди 700 северокорейских рабочих есть повара и водители."),
    ("ru", "Губернатор встретил семерых северокорейских чиновников в мае."),
    ("ru", "По данным экспертов ООН, пять фирм нанимают северокорейских рабочих."),
    ("ko", "노동부 장관은 이 지역에 북한 노동자 400명이 산다고 말했다."),
    ("ko", "2022년에 북한 노동자 600명이 왔다고 주지사가 밝혔다."),
    ("ko", "회사는 북한 노동자 300명에게 식사와 숙소를 제공한다."),
    ("ko", "세 회사 가운데 한 곳은 북한 노동자를 고용하지 않는다고 밝혔다."),
    ("ko", "대사관은 북한 노동자가 있다는 보도를 부인했다."),
    ("ko", "총대주교는 교회가 평화를 위해 기도한다고 말했다."),
    ("ko", "볼코프 교수는 북한 노동자 3,000명이 남았다고 말했다."),
    ("ko", "통역 서비스에 회사는 한 달에 500달러를 쓴다."),
    ("ko", "북한 노동자 700명 가운데 조리사와 운전사도 있다."),
    ("ko", "주지사는 5월에 북한 관리 일곱 명을 만났다."),
    ("ko", "유엔 전문가들에 따르면 다섯 개 회사가 북한 노동자를 고용한다."),
]

ACCOUNTS = [
    ("en", "Interview record no. 12.\n\nWages were 90 dollars. The passports lay in a safe."),
    ("en", "The witness, born on the coast, speaks slowly.\nThe witness worked at a mill. Wages were late."),
    (
        "en",
        "I was sent to a mill. We slept in a shed. They took my passport. I got 90 dollars. Snow fell. We were cold.",
    ),
    ("ru", "Запись беседы.\n\nПлатили 90 долларов. Паспорта лежали в сейфе."),
    ("ru", "Я работал на лесопилке. Мы спали в сарае. Мой паспорт забрали. Мне платили 90 долларов. Шёл снег."),
    ("ko", "증언 기록\n\n월급은 90달러였다. 여권은 금고에 있었다."),
    ("ko", "나는 제재소에서 일했다. 우리는 헛간에서 잤다. 내 여권을 빼앗겼다. 나는 90달러를 받았다. 눈이 왔다."),
]
REPORTS = [
    (
        "en",
        "We counted 90 firms. Our data come from customs. We thank the reviewers. I edited it. I checked.",
    ),
    ("en", "A report on labour abroad.\nInterviews were held with officials. Wages were late."),
    ("ru", "Мы насчитали 90 фирм. Наши данные взяты из таможни. Мы благодарим рецензентов. Мы продолжим."),
    ("ko", "우리는 90개 회사를 조사했다. 우리 자료는 세관에서 왔다. 우리는 계속 연구한다. 우리는 감사한다."),
    ("en", "The statement was recorded in the gazette. Norland hosts 4,000 workers. Wages rose."),
    ("en", "The ministry said the testimony was taken on Monday. Norland hosts 4,000 workers."),
    ("ru", "Интервью взял наш корреспондент. Министр назвал 4000 рабочих."),
    (
        "ko",
        "노르란드 내 임금은 올랐다. 베스트란드 내 노동자는 3만 명이다. 유럽 내 공장은 줄었다. 나라 내 여론은 모른다.",
    ),
]


@pytest.mark.parametrize(("language", "text"), NARROWING)
def test_who_serves_feeds_hides_or_is_one_of_few_is_kept_back(language: str, text: str, words: StatementWords) -> None:
    assert narrows(text, language=language, words=words)


@pytest.mark.parametrize(("language", "text"), INNOCENT)
def test_who_holds_an_office_is_not(language: str, text: str, words: StatementWords) -> None:
    assert narrows(text, language=language, words=words) == ()


@pytest.mark.parametrize(("language", "text"), ACCOUNTS)
def test_a_text_that_tells_of_itself_as_testimony_narrows_whole(
    language: str, text: str, words: StatementWords
) -> None:
    (whole,) = [one for one in narrows(text, language=language, words=words) if one.kind == "account"]
    assert (whole.start, whole.end) == (0, len(text))


@pytest.mark.parametrize(("language", "text"), REPORTS)
def test_a_report_in_the_first_person_is_no_testimony(language: str, text: str, words: StatementWords) -> None:
    assert "account" not in {one.kind for one in narrows(text, language=language, words=words)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Carters would mock his group at the gate.", "They were spat at."),
        ("В нашей бригаде было шестеро.", "Они спали в сарае."),
        ("우리 조에는 여자 네 명이 있었다.", "그들은 헛간에서 잤다."),
    ],
)
def test_they_goes_on_about_the_few(before: str, after: str, words: StatementWords) -> None:
    text = f"{before} {after}"
    assert any(one.end == len(text) for one in narrows(text, language="en", words=words))


def test_they_after_many_is_nobody(words: StatementWords) -> None:
    assert narrows("About 900 came in spring. They were paid late.", language="en", words=words) == ()


def test_who_speaks_for_a_body_is_public(words: StatementWords) -> None:
    assert narrows("Wages fell, said Han Tok-su of the Oru Institute.", language="en", words=words) == ()
    assert narrows("Wages fell, said Han Tok-su of the brigade.", language="en", words=words)
