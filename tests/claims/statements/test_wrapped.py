"""Promise: a line that was cut because it was full cuts no sentence, so that what narrows in it narrows in the next."""

from __future__ import annotations

import pytest

from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.stretches import sentences
from tallystick.claims.statements.words import read_statement_words
from tallystick.evidence.programme import programme_folder

WORDS = read_statement_words(programme_folder("dprk"))
WRAPPED = {
    "en": "Ri Chol-su, 34, a North Korean worker, told us in March that he had\nlived in the town of Oru with others.",
    "ru": "Рабочий из КНДР по имени Ли Чхоль Су рассказал нам в марте, что\nон жил в городе Ору вместе с другими.",
    "ko": "북한 노동자 리철수(34) 씨는 지난 3월 자신이 겪은 일을 털어놓았고\n오루 시내 숙소에서 지냈다고 말했다.",
}  # fmt: skip


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("language", WRAPPED)
def test_who_is_named_before_the_end_of_a_full_line_is_kept_back_after_it(language: str) -> None:
    text = WRAPPED[language]
    found = narrows(text, language=language, words=WORDS)
    assert any(one.start < text.index("\n") and one.end >= len(text) - 1 for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "A headline of the harbour gazette\nThe text begins here.",
        "A line that is long enough to have been cut where it ends, and that ends\n\nAnother paragraph.",
        "Site of the harbour where all of the workers were counted again | 4\nSite of the kilns | 5",
        "What the harbour office of the town wrote down of all the crews\n- the first of them\n- the second",
        "What the harbour office of the town wrote down of all the crews\n1. The first of them",
        "A line that ends with a full stop and is as long as lines that are cut.\nAnother sentence.",
    ],
    ids=["headline", "paragraph", "table", "list", "numbers", "full stop"],
)
def test_other_ends_of_lines_end_a_sentence(text: str) -> None:
    assert not any("\n" in sentence for sentence in spans(text))


def test_a_line_that_goes_on_in_small_letters_is_joined_however_short() -> None:
    assert spans("He lived\nin the town. Then he left.") == ["He lived\nin the town.", "Then he left."]
