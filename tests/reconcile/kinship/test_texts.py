"""Texts are grouped by the report that they pass on: invented reports, copies, rewordings and translations."""

from __future__ import annotations

import random
from datetime import date

from tallystick.reconcile.kinship.figures import Figure
from tallystick.reconcile.kinship.texts import ENOUGH, Doc, Pair, background_of, gather, groups, pairs

PERSONS, DOLLARS = "persons", "USD/month"


def said(*values: float, unit: str = PERSONS) -> tuple[Figure, ...]:
    return tuple(Figure(point=value, unit=unit) for value in values)


ROOT = Doc(
    id="root",
    language="en",
    title="Harbour ministry counts hired crews",
    published=date(2031, 3, 4),
    figures=(*said(2317, 640), *said(310, unit=DOLLARS)),
    text="The harbour ministry of Velmora counted 2,317 hired hands at the docks of Karabash this spring. Of these, "
    "640 repair hulls, minister Anton Grebalov told the Harbour Gazette. They are paid 310 dollars a month, he said.",
)
REPRINT = Doc(
    id="reprint",
    language="en",
    published=date(2031, 3, 5),
    figures=ROOT.figures,
    text="Harbour Gazette wire. " + ROOT.text + " Subscribe to read on.",
)
REWORDED = Doc(
    id="reworded",
    language="en",
    published=date(2031, 3, 6),
    figures=(*said(2317, 640), *said(310, unit=DOLLARS)),
    text="By what Grebalov, the minister, let the Harbour Gazette know, some 640 out of 2,317 dockers brought "
    "to Karabash mend ships. Monthly pay: 310 dollars.",
)
RUSSIAN = Doc(
    id="russian",
    language="ru",
    published=date(2031, 3, 5),
    figures=(*said(2317, 640),),
    text="В доках города Карабаш работают 2317 нанятых рабочих, из них 640 чинят корабли, заявил министр Антон "
    "Гребалов.",
)
KOREAN = Doc(
    id="korean",
    language="ko",
    published=date(2031, 3, 5),
    figures=(*said(2317), *said(310, unit=DOLLARS)),
    text="카라바시 부두에는 고용된 노동자 2317명이 있으며 월급은 310달러라고 그레발로프 장관이 밝혔다.",
)
OTHER = Doc(
    id="other",
    language="en",
    published=date(2031, 3, 5),
    figures=(*said(900, 50000),),
    text="A mining union in Ostrelia says that 900 of the 50,000 miners on the island were never given a contract.",
)
ROUND = Doc(
    id="round",
    language="en",
    published=date(2031, 3, 6),
    figures=said(50000),
    text="Farmers of the valley of Tessaly expect 50,000 pickers for the harvest, their guild announced in Morava.",
)
LATER = Doc(
    id="later",
    language="en",
    published=date(2032, 1, 20),
    figures=(*said(4100, 2317, 655, 12), *said(275, unit=DOLLARS)),
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


def test_without_figures_a_reprint_is_still_found_by_its_wording() -> None:
    bare = [Doc(id=doc.id, text=doc.text, language="en") for doc in (ROOT, REPRINT, OTHER, ROUND)]
    assert group_of("root", groups(bare)) == {"root", "reprint"}


def test_the_points_of_a_pair_say_what_they_are_for() -> None:
    pair = next(one for one in pairs(ALL) if {one.one, one.other} == {"root", "reprint"})
    assert set(pair.points) == {"wording", "numbers", "words", "names", "days"}
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
