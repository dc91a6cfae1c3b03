"""Texts are grouped by the report that they pass on: invented reports, copies, rewordings and translations."""

from __future__ import annotations

import random
from datetime import date

from tallystick.reconcile.kinship.bodies import bodies
from tallystick.reconcile.kinship.points import ENOUGH
from tallystick.reconcile.kinship.texts import Pair, background_of, gather, groups, pairs
from tallystick.reconcile.kinship.traits import Doc

ROOT = Doc(
    id="root",
    language="en",
    title="Harbour ministry counts hired crews",
    published=date(2031, 3, 4),
    text="The harbour ministry of Velmora counted 2,317 hired hands at the docks of Karabash this spring. Of these, "
    "640 repair hulls, minister Anton Grebalov told the Harbour Gazette. They are paid 310 dollars a month, he said.",
)
REPRINT = Doc(
    id="reprint",
    language="en",
    published=date(2031, 3, 5),
    text="Harbour Gazette wire. " + ROOT.text + " Subscribe to read on.",
)
REWORDED = Doc(
    id="reworded",
    language="en",
    published=date(2031, 3, 6),
    text="By what Grebalov, the minister, let the Harbour Gazette know, some 640 out of 2,317 dockers brought "
    "to Karabash mend ships. Monthly pay: 310 dollars.",
)
RUSSIAN = Doc(
    id="russian",
    language="ru",
    published=date(2031, 3, 5),
    text="В доках города Карабаш работают 2317 нанятых рабочих, из них 640 чинят корабли, заявил министр Антон "
    "Гребалов.",
)
KOREAN = Doc(
    id="korean",
    language="ko",
    published=date(2031, 3, 5),
    text="카라바시 부두에는 고용된 노동자 2317명이 있으며 월급은 310달러라고 그레발로프 장관이 밝혔다.",
)
OTHER = Doc(
    id="other",
    language="en",
    published=date(2031, 3, 5),
    text="A mining union in Ostrelia says that 900 of the 50,000 miners on the island were never given a contract.",
)
ROUND = Doc(
    id="round",
    language="en",
    published=date(2031, 3, 6),
    text="Farmers of the valley of Tessaly expect 50,000 pickers for the harvest, their guild announced in Morava.",
)
LATER = Doc(
    id="later",
    language="en",
    published=date(2032, 1, 20),
    text="A new survey by the Institute of Ports finds 4,100 crews in nine harbours, 655 of them without papers. A "
    "ministry had counted 2,317 in Karabash a year before. Pay has fallen to 275 dollars, and 12 hours are the rule.",
)
ALL = [ROOT, REPRINT, REWORDED, RUSSIAN, KOREAN, OTHER, ROUND, LATER]


def group_of(name: str, found: list[frozenset[str]]) -> frozenset[str]:
    return next(group for group in found if name in group)


def test_a_reprint_a_rewording_and_two_translations_are_one_report() -> None:
    assert group_of("root", groups(ALL)) == {"root", "reprint", "reworded", "russian", "korean"}


def test_one_round_number_does_not_make_two_texts_one_report() -> None:
    assert group_of("round", groups(ALL)) == {"round"}


def test_a_later_survey_that_quotes_a_figure_is_a_report_of_its_own() -> None:
    assert group_of("later", groups(ALL)) == {"later"}


def test_every_text_is_in_exactly_one_group_whatever_the_order() -> None:
    shuffled = ALL[:]
    random.Random(7).shuffle(shuffled)
    assert groups(shuffled) == groups(ALL)
    assert sorted(name for group in groups(ALL) for name in group) == sorted(doc.id for doc in ALL)


def test_without_days_and_titles_a_reprint_is_still_found_by_its_wording() -> None:
    bare = [Doc(id=doc.id, text=doc.text, language="en") for doc in (ROOT, REPRINT, OTHER, ROUND)]
    assert group_of("root", groups(bare)) == {"root", "reprint"}


def test_the_points_of_a_pair_say_what_they_are_for() -> None:
    pair = next(one for one in pairs(ALL) if {one.one, one.other} == {"root", "reprint"})
    assert set(pair.points) == {"wording", "numbers", "words", "names", "bodies", "others", "days"}
    assert pair.points["wording"] > 0 < pair.points["numbers"]
    assert pair.total == sum(pair.points.values())


def test_names_that_every_text_on_the_theme_has_tie_no_two() -> None:
    common = [f"Report {number}: the town of Karabash and minister Grebalov again." for number in range(200)]
    of = {frozenset((p.one, p.other)): p.points["names"] for p in pairs(ALL, background_of(common))}
    bare = {frozenset((p.one, p.other)): p.points["names"] for p in pairs(ALL, background_of(["No name."] * 200))}
    both = frozenset(("reworded", "russian"))
    assert of[both] < bare[both]


def test_names_and_days_count_for_nothing_where_nothing_else_is_shared() -> None:
    one = Doc(id="a", language="en", published=date(2031, 5, 1), text="In Karabash minister Grebalov opened a school.")
    other = Doc(id="b", language="ru", published=date(2031, 5, 1), text="Вчера Гребалов покинул город Карабаш.")
    (pair,) = (p for p in pairs([one, other, *ALL]) if {p.one, p.other} == {"a", "b"})
    assert pair.total == 0


def test_one_pair_in_error_does_not_join_two_groups() -> None:
    sure = {"wording": 8.0}
    inside = [Pair(one=f"{of}{one}", other=f"{of}{two}", points=sure) for of in "xy" for one in "123" for two in "123"]
    astray = Pair(one="x1", other="y1", points={"numbers": ENOUGH + 1})
    found = gather([f"{of}{number}" for of in "xy" for number in "123"], [*inside, astray])
    assert found == [frozenset(("x1", "x2", "x3")), frozenset(("y1", "y2", "y3"))]


KNOWN = bodies(
    [
        {"name": "Gazette", "en": ["Harbour Gazette"], "ru": ["Портов* газет*"], "ko": ["항만신문"]},
        {"name": "Bureau", "en": ["Port Bureau"], "ru": ["Портов* бюро"], "ko": ["항만국"]},
        {"name": "Baltic", "wire": True, "en": ["Balticwire"], "ru": ["Балтиквайр*"], "ko": ["발트통신"]},
        {"name": "Orient", "wire": True, "en": ["Orientwire"], "ru": ["Ориентвайр*"], "ko": ["동방통신"]},
    ],
    {"en": ["Earlier"], "ru": ["Ранее"], "ko": ["앞서"]},
)
SURVEY = "{0} counted 2,317 hired hands at the docks this spring, and 1,485 of them had no papers, it said."
REST = [Doc(id=f"rest{number}", language="en", text=f"Rain fell on quay {number}.") for number in range(30)]


def points(one: Doc, other: Doc) -> float:
    found = (pair for pair in pairs([one, other, *REST], bodies=KNOWN) if {pair.one, pair.other} == {one.id, other.id})
    return next((pair.total for pair in found), 0.0)


def test_the_same_odd_figures_at_the_head_of_two_bodies_are_two_reports() -> None:
    first = Doc(id="a", language="en", text=SURVEY.format("The Harbour Gazette"))
    second = Doc(id="b", language="ru", text="Портовое бюро насчитало в доках 2317 рабочих, 1485 из них без бумаг.")
    assert points(first, second) < ENOUGH
    silent = Doc(id="b", language="ru", text="Чиновники насчитали в доках 2317 рабочих, 1485 из них без бумаг.")
    assert points(first, silent) >= ENOUGH


def test_two_wires_may_carry_one_report() -> None:
    first = Doc(id="a", language="en", text=SURVEY.format("The ministry told Balticwire that it"))
    second = Doc(
        id="b",
        language="ru",
        text="Министерство насчитало в доках 2317 рабочих, из них 1485 без бумаг, пишет Ориентвайр.",
    )
    assert points(first, second) >= ENOUGH


def test_one_body_under_two_names_carries_a_round_number_that_spelling_cannot() -> None:
    first = Doc(
        id="a",
        language="en",
        published=date(2031, 3, 4),
        text="Some 15,000 dockers came, the Port Bureau told members.",
    )
    second = Doc(
        id="b", language="ko", published=date(2031, 3, 5), text="항만국은 부두 노동자 1만5천 명이 왔다고 보고했다."
    )
    assert points(first, second) >= ENOUGH
    unnamed = Doc(id="b", language="ko", published=date(2031, 3, 5), text="부두 노동자 1만5천 명이 왔다고 전해졌다.")
    assert points(first, unnamed) < ENOUGH


def test_what_a_text_recalls_at_its_end_weighs_less_than_what_it_begins_with() -> None:
    first = Doc(id="a", language="en", text="The port of Velmora has 2,317 dockers. " + "Rain fell on the quays. " * 20)
    head = Doc(id="b", language="ko", text="부두 노동자는 2317명이다. " + "비가 내렸다. " * 20)
    tail = Doc(id="b", language="ko", text="비가 내렸다. " * 20 + "부두 노동자는 2317명이다.")
    assert points(first, tail) < points(first, head)


def test_a_body_that_a_lead_only_recalls_does_not_lead() -> None:
    first = Doc(id="a", language="en", text=SURVEY.format("The Harbour Gazette"))
    claims = "Чиновники насчитали в доках 2317 рабочих, 1485 из них без бумаг."
    recalled = Doc(id="b", language="ru", text=f"{claims} Ранее Портовое бюро обещало билеты.")
    said = Doc(id="b", language="ru", text=f"{claims} Портовое бюро обещало билеты.")
    assert points(first, said) < ENOUGH <= points(first, recalled)
