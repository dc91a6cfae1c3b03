"""Nothing that cannot be seen reaches a reader's eyes; nothing that is written is lost from the text."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.documents.hidden import hidden_signs, mixed_words, mixture_warnings, shown


def test_every_format_sign_of_unicode_is_stripped() -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert len(signs) > 150
    assert [hex(ord(sign)) for sign in signs if shown(f"a{sign}b") != "ab" or hidden_signs(sign) != 1] == []


def test_control_signs_are_stripped_and_line_ends_are_kept() -> None:
    assert shown("a\x00b\x1b[31mc\x9bd\te\r\nf\rg\u2028h") == "ab[31mcd\te\nf\ng\nh"


@given(st.text())
def test_what_is_shown_is_shown_again_without_change(text: str) -> None:
    assert shown(shown(text)) == shown(text)
    assert hidden_signs(shown(text)) == 0


def test_a_direction_override_and_tags_are_counted() -> None:
    assert hidden_signs("1\u202e000,2\u202c\u200b\U000e0041") == 4


def test_words_of_two_scripts_are_named() -> None:
    assert mixed_words("Vladiv\u043estok and Владивосток, C\u041eVID, KBS는 10kg") == ("Vladiv\u043estok", "C\u041eVID")
    assert mixture_warnings("Vladiv\u043estok") == ("Vladiv\u043estok mixes letters of Cyrillic and Latin",)


def test_a_hidden_sign_does_not_hide_a_mixture() -> None:
    assert mixed_words("Vladiv\u200b\u043e\u200bstok") == ("Vladiv\u043estok",)


def test_a_text_full_of_mixtures_gives_few_warnings() -> None:
    found = mixture_warnings(" ".join(f"a\u043e{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"))
    assert len(found) == 21
    assert found[-1] == "5 more words mix letters of two scripts"
