"""Statements are proposed with the tags that the coding rules ask for, shortly quoted, and never of somebody else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tallystick.claims.proposal import StatementProposal
from tallystick.claims.statements.find import statements
from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.stretches import sentences
from tallystick.claims.statements.words import StatementWords

THEME = {
    "en": "North Korean workers build houses abroad. ",
    "ru": "Северокорейские рабочие строят дома за рубежом. ",
    "ko": "북한 노동자들이 해외에서 집을 짓는다. ",
}


def read(words: StatementWords, language: str, text: str) -> tuple[StatementProposal, ...]:
    """The statements of `text` behind a sentence that sets the theme."""
    whole = THEME[language] + text
    return statements(whole, language=language, sentences=sentences(whole), words=words)


FOR = [
    ("en", "I01", "Contractors take advantage of their desperate poverty."),
    ("en", "I02", "They were promised a thousand dollars, but found half of it."),
    ("en", "I03", "The workers may not leave the compound."),
    ("en", "I04", "They are kept apart from the townspeople."),
    ("en", "I05", "Overseers beat the men with belts."),
    ("en", "I06", "They are threatened with prison camps at home."),
    ("en", "I07", "Managers hold the workers' passports."),
    ("en", "I08", "Their wages are withheld until they go home."),
    ("en", "I09", "Whoever misses the quota carries a debt to the company."),
    ("en", "I10", "They sleep in filthy containers."),
    ("en", "I11", "They are forced to work overtime."),
    ("ru", "I01", "Подрядчики пользуются их бедностью."),
    ("ru", "I02", "Им обещали тысячу долларов, но платят половину."),
    ("ru", "I03", "Рабочим запрещено покидать территорию."),
    ("ru", "I04", "Они изолированы от местных жителей."),
    ("ru", "I05", "Надзиратели избивают рабочих."),
    ("ru", "I06", "Им угрожают лагерем."),
    ("ru", "I07", "Паспорта у рабочих отобрали."),
    ("ru", "I08", "Зарплату рабочим не выдают до возвращения."),
    ("ru", "I09", "Они отрабатывают долг перед фирмой."),
    ("ru", "I10", "Рабочие живут в грязных вагончиках."),
    ("ru", "I11", "Их заставляют работать сверхурочно."),
    ("ko", "I01", "업체는 노동자들의 빈곤을 악용한다."),
    ("ko", "I02", "노동자들은 천 달러를 약속받았지만 실제로는 절반이었다."),
    ("ko", "I03", "노동자들의 외출은 금지되어 있다."),
    ("ko", "I04", "노동자들은 현지 주민과 격리되어 있다."),
    ("ko", "I05", "감독이 노동자들을 구타한다."),
    ("ko", "I06", "관리자들은 노동자들을 협박한다."),
    ("ko", "I07", "회사가 노동자들의 여권을 압수했다."),
    ("ko", "I08", "임금은 귀국한 뒤에 지급된다고 한다."),
    ("ko", "I09", "노동자들은 할당량 미달분을 회사에 빚으로 떠안는다."),
    ("ko", "I10", "노동자들은 난방도 없는 컨테이너에서 잔다."),
    ("ko", "I11", "노동자들에게 연장 근무를 강요한다."),
]
AGAINST = [
    ("en", "I03", "The workers are free to leave the site on Sundays."),
    ("en", "I05", "The embassy denied that workers were beaten."),
    ("en", "I07", "Passports are kept by the workers themselves."),
    ("en", "I08", "The workers are paid in full every month."),
    ("en", "I10", "The men have decent rooms and clean bedding."),
    ("en", "I11", "Overtime is voluntary for the workers."),
    ("ru", "I03", "Рабочие свободно передвигаются по городу."),
    ("ru", "I05", "Рабочих не избивают."),
    ("ru", "I07", "Рабочие сами хранят паспорта."),
    ("ru", "I08", "Рабочие получают деньги полностью и вовремя, зарплату выплачивают в срок."),
    ("ko", "I03", "노동자들은 자유롭게 외출한다."),
    ("ko", "I07", "여권은 노동자들이 직접 보관한다."),
]


@pytest.mark.parametrize(("language", "indicator", "text"), FOR)
def test_each_indicator_is_read_in_each_language(
    words: StatementWords, language: str, indicator: str, text: str
) -> None:
    assert any(indicator in one.indicators and one.bearing == "supports" for one in read(words, language, text))


@pytest.mark.parametrize(("language", "indicator", "text"), AGAINST)
def test_what_speaks_against_an_indicator_is_no_support(
    words: StatementWords, language: str, indicator: str, text: str
) -> None:
    bearings = {one.bearing for one in read(words, language, text) if indicator in one.indicators}
    assert bearings == {"contradicts"}


def cells(found: tuple[StatementProposal, ...]) -> set[tuple[str, str, str]]:
    """Limb, phase and bearing of all statements together."""
    return {(*cell, one.bearing) for one in found for cell in zip(one.limbs, one.phases, strict=True)}


def named(found: tuple[StatementProposal, ...]) -> set[str]:
    """All indicators together."""
    return {indicator for one in found for indicator in one.indicators}


@pytest.mark.parametrize(
    ("rule", "text", "cell"),
    [
        ("poverty", "Applicants go because of poverty.", ("involuntariness", "recruitment", "mixed")),
        ("a wish", "Such jobs abroad are coveted by applicants.", ("involuntariness", "recruitment", "contradicts")),
        ("a place given up", "Some recruits gave up their places.", ("involuntariness", "recruitment", "contradicts")),
        ("a levy", "The workers must hand over half of their wages.", ("involuntariness", "work_and_life", "supports")),
        ("private debt", "Applicants borrow from relatives.", ("menace_of_penalty", "leaving", "mixed")),
        ("long hours", "They work fourteen hours a day.", ("involuntariness", "work_and_life", "supports")),
        ("watch", "The men are under constant watch.", ("menace_of_penalty", "work_and_life", "supports")),
        ("a label", "The workers live in slave-like conditions.", ("involuntariness", "work_and_life", "supports")),
    ],
)
def test_a_coding_rule_names_a_cell_and_no_indicator(
    words: StatementWords, rule: str, text: str, cell: tuple[str, str, str]
) -> None:
    found = read(words, "en", text)
    assert cell in cells(found), rule
    assert named(found) == set(), rule


@pytest.mark.parametrize(
    "text",
    [
        "The state closed its border in January 2020.",  # an act of a State
        "Other labourers mocked the workers.",  # insults by others
        "The wages of the workers rose.",
    ],
)
def test_what_the_rules_leave_out_names_no_indicator(words: StatementWords, text: str) -> None:
    assert named(read(words, "en", text)) == set()


@pytest.mark.parametrize(
    ("language", "insult", "label"),
    [
        ("en", 'The crowd mocked the crew. They were branded "slaves".', "The workers live as if they were slaves."),
        ("en", "Passers-by shouted “slaves” at the workers.", "The crew calls the place slavery."),
        ("ru", "Прохожие дразнили рабочих и обзывали их рабами.", "Рабочие живут в рабстве."),
        ("ko", "행인들은 노동자들을 노예라고 놀렸다.", "노동자들은 노예처럼 산다."),
    ],
)
def test_an_insult_by_others_bears_on_nothing_and_a_label_of_conditions_does(
    words: StatementWords, language: str, insult: str, label: str
) -> None:
    assert read(words, language, insult) == ()
    assert read(words, language, label)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Soldiers were beaten by their officers."),
        ("en", "Vietnamese trainees may not leave the plant."),
        ("ru", "Вьетнамцам запрещено покидать завод."),
        ("ko", "베트남 실습생들은 외출이 금지되어 있다."),
    ],
)
def test_what_is_told_of_others_is_not_told_of_the_workers(words: StatementWords, language: str, text: str) -> None:
    assert named(read(words, language, text)) == set()


def test_a_text_on_another_subject_gives_nothing(words: StatementWords) -> None:
    text = "Filipino nurses may not leave the hospital. Their passports were seized."
    assert statements(text, language="en", sentences=sentences(text), words=words) == ()


def test_a_language_without_cues_gives_nothing(words: StatementWords) -> None:
    text = "North Korean workers may not leave the compound."
    assert statements(text, language="fr", sentences=sentences(text), words=words) == ()


def test_a_new_paragraph_without_a_pronoun_names_its_subject_anew(words: StatementWords) -> None:
    assert named(read(words, "en", "Food is poor.\nTourists may not leave the compound.")) == set()
    assert named(read(words, "en", "Food is poor.\nAt night they may not leave the compound.")) == {"I03"}


def test_a_quote_is_a_clause_and_lies_in_the_text(words: StatementWords) -> None:
    text = "The food is plain, their passports are held by the manager, and on Sundays they play football."
    whole = THEME["en"] + text
    (only,) = [one for one in read(words, "en", text) if "I07" in one.indicators]
    assert only.quote == "their passports are held by the manager"
    assert whole[only.quote_start : only.quote_end] == only.quote
    assert only.passage_start <= only.quote_start < only.quote_end <= only.passage_end


def test_sentences_of_the_reader_may_carry_more_than_two_numbers(words: StatementWords) -> None:
    text = THEME["en"] + "Their passports are held by the manager."
    spans = [(start, end, 0) for start, end in sentences(text)]
    found = statements(text, language="en", sentences=spans, words=words)
    assert found
    assert found == statements(text, language="en", sentences=sentences(text), words=words)


def test_a_statement_in_a_passage_that_narrows_is_proposed_as_restricted(words: StatementWords) -> None:
    text = THEME["en"] + "A tiler named Hak-chol says the workers' passports are held. Their wages are withheld."
    held = narrows(text, language="en", words=words)
    found = statements(text, language="en", sentences=sentences(text), words=words, narrowings=held)
    restricted = {"I07" in one.indicators: bool(one.restricted) for one in found}
    assert restricted == {True: True, False: False}


def test_every_cue_names_known_indicators_and_cells(words: StatementWords, programme: Path) -> None:
    def ids(file: str, *keys: str) -> set[tuple[str, ...]]:
        with (programme / file).open(encoding="utf-8", newline="") as lines:
            return {tuple(row[key] for key in keys) for row in csv.DictReader(lines)}

    indicators, known = ids("ilo_indicators.csv", "id"), ids("forced_labour_framework.csv", "limb", "phase")
    assert {(name,) for cue in words.cues for name in cue.indicators} == indicators
    assert {cell for cue in words.cues for cell in cue.cells} == known
    assert all(any(cue.patterns[language] for language in ("en", "ru", "ko")) for cue in words.cues)


def test_no_statement_carries_a_score() -> None:
    assert not {"score", "confidence", "weight"} & set(StatementProposal.__dataclass_fields__)
