"""Passages that narrow are found, innocent ones mostly not, and nothing of what narrows comes out again."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tallystick.claims.statements.narrowing import REASONS, Narrowing, narrows, restricts
from tallystick.claims.statements.words import StatementWords
from tests.claims.statements.rewordings import INNOCENT, NARROWING

LINES = (Path(__file__).parent / "wordings.txt").read_text(encoding="utf-8").splitlines()
WORDINGS = [tuple(part.strip() for part in line.split(" | ")) for line in LINES if not line.startswith("#")]
FLOOR = 0.97  # of the rewordings; a missed one may cost a life, a false alarm costs a look


def missed(words: StatementWords, language: str) -> list[str]:
    return [text for text in NARROWING[language] if not narrows(text, language=language, words=words)]


def test_almost_every_rewording_that_narrows_is_found(words: StatementWords) -> None:
    total = sum(map(len, NARROWING.values()))
    lost = [text for language in NARROWING for text in missed(words, language)]
    assert total >= 120
    assert 1 - len(lost) / total >= FLOOR, "missed:\n" + "\n".join(lost)


@pytest.mark.parametrize("language", sorted(NARROWING))
def test_no_language_lags_behind(words: StatementWords, language: str) -> None:
    lost = missed(words, language)
    assert len(lost) <= 0.05 * len(NARROWING[language]), "missed:\n" + "\n".join(lost)


def test_innocent_sentences_are_left_alone(words: StatementWords) -> None:
    assert sum(map(len, INNOCENT.values())) >= 60
    alarms = [
        (one.kind, text)
        for language, texts in INNOCENT.items()
        for text in texts
        for one in narrows(text, language=language, words=words)
    ]
    assert alarms == []


@pytest.mark.parametrize(("language", "sort", "text"), WORDINGS)
def test_wordings_written_before_the_tables_were_looked_at_are_told_apart(
    language: str, sort: str, text: str, words: StatementWords
) -> None:
    assert bool(narrows(text, language=language, words=words)) is (sort == "narrows")


def test_there_are_wordings_enough_of_both_sorts_in_each_language() -> None:
    counted = Counter((language, sort) for language, sort, _ in WORDINGS)
    assert len(counted) == 6
    assert min(counted.values()) >= 60


def test_every_rewording_is_found_in_a_text_of_another_language_too(words: StatementWords) -> None:
    lost = [text for text in NARROWING["ko"] if not narrows(text, language="en", words=words)]
    assert len(lost) <= 0.05 * len(NARROWING["ko"])


def test_a_name_is_kept_back_wherever_it_stands_again(words: StatementWords) -> None:
    text = "A roofer named Hak-chol came in May. Wages were late. The foreman liked Hak-chol."
    found = narrows(text, language="en", words=words)
    assert all(any(one.start <= at < one.end for one in found) for at in (text.index("Hak"), text.rindex("Hak")))
    assert not any(one.start <= text.index("Wages") < one.end for one in found)


def test_a_passage_goes_on_with_he_and_she(words: StatementWords) -> None:
    text = "A roofer named Hak-chol came in May. He slept in a shed. Wages rose."
    found = narrows(text, language="en", words=words)
    assert max(one.end for one in found) == text.index(" Wages")


def test_he_is_somebody_to_protect_unless_somebody_public_stands_near(words: StatementWords) -> None:
    assert narrows("Food was short. At dawn he sat by the gate.", language="en", words=words)
    assert narrows("The ambassador spoke. Food was short, he said.", language="en", words=words) == ()


def test_a_surname_shared_with_a_ruler_protects_nobody_from_being_kept_back(words: StatementWords) -> None:
    assert narrows("Kim Jong Un wrote to Moscow. A mason called Kim drew the plans.", language="en", words=words)
    assert narrows("Kim Chol-su toiled in a quarry.", language="en", words=words)


def test_an_open_quotation_narrows_until_it_closes(words: StatementWords) -> None:
    text = 'A source in Kilju said: "Recruiters are back. The buses leave at dawn." Wages rose.'
    found = narrows(text, language="en", words=words)
    assert max(one.end for one in found) == text.index(" Wages")


def test_signs_that_nobody_sees_hide_nobody(words: StatementWords) -> None:
    text = "A ro\u200bofer na\u200dmed Hak-\u2060chol came in May."
    (found,) = {(one.start, one.end) for one in narrows(text, language="en", words=words)}
    assert found == (0, len(text))


def test_korean_written_letter_by_letter_hides_nobody(words: StatementWords) -> None:
    text = unicodedata.normalize("NFD", "임금이 올랐다.\n노동자 네 명이 숙소에서 달아났다.")
    found = narrows(text, language="ko", words=words)
    assert found
    assert all(unicodedata.normalize("NFC", text[one.start : one.end]).startswith("노동자") for one in found)


def test_a_public_person_is_named_freely_and_the_same_words_about_a_worker_are_not(words: StatementWords) -> None:
    public = "Minister Pak Hui-gun said pay had risen. Pak Hui-gun was in Moscow."
    private = "Roofer Pak Hui-gun said pay had risen. Pak Hui-gun was in Moscow."
    assert narrows(public, language="en", words=words) == ()
    assert narrows(private, language="en", words=words)


def test_a_former_worker_of_a_ministry_is_no_minister(words: StatementWords) -> None:
    text = "Pak Hui-gun, a driver of the minister and later a logger, fled."
    assert narrows(text, language="en", words=words)


def test_a_language_without_a_table_is_kept_back_whole(words: StatementWords) -> None:
    text = "Працівники живуть у контейнерах."
    (only,) = narrows(text, language="uk", words=words)
    assert (only.start, only.end, only.kind) == (0, len(text), "unread")


def test_reasons_repeat_nothing_of_the_text(words: StatementWords) -> None:
    found = {one.reason for texts in NARROWING["en"] for one in narrows(texts, language="en", words=words)}
    assert len(found) > 5
    assert found <= set(REASONS.values())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A partner in Musan said the factory was closed.", {"partner"}),
        ("The shells were counted by quick analysis.", set()),
        ("They slept at 5 Sadovaya Street.", {"address"}),
    ],
)
def test_a_reason_is_of_what_is_told_and_of_nothing_else(text: str, kinds: set[str], words: StatementWords) -> None:
    assert {one.kind for one in narrows(text, language="en", words=words)} == kinds


def test_a_claim_is_restricted_by_its_passage_and_not_only_by_its_quote() -> None:
    held = (Narrowing(start=10, end=20, kind="person", reason=REASONS["person"]),)
    assert restricts(0, 11, held) == REASONS["person"]
    assert restricts(0, 10, held) == ""
    assert restricts(20, 30, held) == ""


def test_reasons_stand_once_each() -> None:
    held = tuple(Narrowing(start=at, end=at + 5, kind="person", reason=REASONS["person"]) for at in (0, 10))
    assert restricts(0, 20, held) == REASONS["person"]


def test_a_whole_name_is_nobody_again_by_a_surname_that_rulers_bear_too(words: StatementWords) -> None:
    text = "Kim Tok-su said wages were late. Crews praise Kim Jong Il loudly. Kim left."
    found = narrows(text, language="en", words=words)
    assert [any(one.start <= text.index(part) < one.end for one in found) for part in ("late", "loudly", "left")] == [
        True,
        False,
        True,
    ]
