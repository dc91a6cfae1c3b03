"""Whatever the encoding, text comes out right, and each sign leads back to the bytes it was written in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.documents.encodings import BLOCK, bytes_of, decode, decode_as, signs
from tests.evidence.documents.words import ENGLISH, KOREAN, RUSSIAN

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp949", "euc-kr")
RUSSIAN_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБЯЁё"
KOREAN_LETTERS = "가나다라마바사아자차카타파하각갂똠방햏뷁"
ALPHABETS = {
    "utf-8": RUSSIAN_LETTERS + KOREAN_LETTERS + "–“é😀\u200b\ufffd",
    "utf-16-le": RUSSIAN_LETTERS + KOREAN_LETTERS + "–“é😀\u200b\u0a0a\u0a00",
    "utf-16-be": RUSSIAN_LETTERS + KOREAN_LETTERS + "–“é😀\u200b\u0a0a\u0a00",
    "cp1251": RUSSIAN_LETTERS + "–“№",
    "koi8-r": RUSSIAN_LETTERS,
    "cp949": KOREAN_LETTERS,
    "euc-kr": KOREAN_LETTERS,
}


def _texts(encoding: str) -> st.SearchStrategy[str]:
    return st.text(alphabet="aZ 0123456789,.\n\r\t" + ALPHABETS[encoding], max_size=200)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data())
def test_every_span_of_text_leads_back_to_its_bytes(encoding: str, data: st.DataObject) -> None:
    text = data.draw(_texts(encoding)) * data.draw(st.sampled_from((1, 40)))
    raw = text.encode(encoding)
    made = decode_as(raw, encoding)
    assert made.text == text.replace("\r\n", "\n").replace("\r", "\n")
    if not made.text:
        return
    start = data.draw(st.integers(0, len(made.text) - 1))
    end = data.draw(st.integers(start + 1, len(made.text)))
    first, last = bytes_of(raw, encoding, made.stretches, start, end)
    assert decode_as(raw[first:last], encoding).text == made.text[start:end]


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(raw=st.binary(max_size=300))
def test_any_bytes_are_decoded_and_all_of_them_are_accounted_for(encoding: str, raw: bytes) -> None:
    made = decode_as(raw, encoding)
    widths = [width for run in made.stretches for width in signs(raw[run.source_start : run.source_end], encoding)[1]]
    assert len(widths) == len(made.text)
    marked = 3 if encoding == "utf-8" and raw.startswith(b"\xef\xbb\xbf") else 0
    marked = 2 if (encoding, raw[:2]) in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")) else marked
    assert sum(widths) == len(raw) - marked
    assert made.replaced <= made.text.count("\ufffd")


def test_what_cannot_be_decoded_is_counted_and_its_bytes_can_be_found() -> None:
    raw = "Всего 1 200".encode() + b"\xff\xfe" + " человек".encode()
    made = decode_as(raw, "utf-8")
    at = made.text.index("\ufffd")
    assert (made.text, made.replaced) == ("Всего 1 200\ufffd\ufffd человек", 2)
    first, last = bytes_of(raw, "utf-8", made.stretches, at, at + 2)
    assert raw[first:last] == b"\xff\xfe"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r"])
def test_russian_is_told_in_every_encoding_it_is_written_in(encoding: str) -> None:
    made = decode((RUSSIAN * 3).encode(encoding))
    assert (made.encoding, made.text, made.warnings) == (encoding, RUSSIAN * 3, ())


@pytest.mark.parametrize(
    ("encoding", "read"), [("utf-8", "utf-8"), ("utf-16-le", "utf-16-le"), ("cp949", "euc-kr"), ("euc-kr", "euc-kr")]
)
def test_korean_is_told_in_every_encoding_it_is_written_in(encoding: str, read: str) -> None:
    made = decode((KOREAN * 3).encode(encoding))
    assert (made.encoding, made.text) == (read, KOREAN * 3)


def test_a_syllable_that_only_the_wider_korean_encoding_has_is_read() -> None:
    made = decode((KOREAN * 3 + "똠방각하 뷁").encode("cp949"))
    assert (made.encoding, made.text[-6:]) == ("cp949", "똠방각하 뷁")
    assert decode((KOREAN + "뷁").encode("cp949"), "euc-kr").encoding == "cp949"


def test_english_with_typographic_quotes_of_windows_is_told() -> None:
    text = ENGLISH.replace("foreman", "‘foreman’")
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("line", RUSSIAN.split(". "))
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_one_sentence_is_enough(line: str, encoding: str) -> None:
    assert decode(line.encode(encoding)).encoding == encoding


def test_an_encoding_that_is_declared_wins_over_the_guess() -> None:
    raw = "ПОЕЗД".encode("cp866")
    assert decode(raw, "cp866").text == "ПОЕЗД"


def test_a_wrong_declaration_is_found_and_said() -> None:
    for text, written, declared in (
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "cp1251", "utf-8"),
        (KOREAN, "utf-8", "iso-8859-1"),
    ):
        made = decode(text.encode(written), declared)
        assert (made.encoding, made.text) == (written, text)
        assert made.warnings == (f"declared as {declared!r}, and read as {written}",)


def test_a_byte_order_mark_is_left_out_and_wins_over_all_else() -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = "\ufeffДо 1 200\n".encode(encoding)
        made = decode(raw, "koi8-r")
        assert (made.encoding, made.text) == (encoding, "До 1 200\n")
        first, last = bytes_of(raw, encoding, made.stretches, 3, 8)
        assert raw[first:last].decode(encoding) == "1 200"


def test_syllables_written_in_pieces_become_one_sign_and_nothing_else_is_folded() -> None:
    text = "평양에 ﬁ 10³ １２ ½ 에서 e\u0301"
    raw = unicodedata.normalize("NFD", "평양에").encode() + text[3:].encode()
    made = decode(raw)
    assert made.text == text
    assert made.warnings == ("3 letters written in pieces were put together (jamo, й, ё)",)
    first, last = bytes_of(raw, "utf-8", made.stretches, 1, 2)
    assert unicodedata.normalize("NFC", raw[first:last].decode()) == "양"
    assert decode(unicodedata.normalize("NFD", "новый счёт").encode()).text == "новый счёт"


def test_a_long_file_has_a_stretch_every_few_lines_and_none_cuts_a_line() -> None:
    for encoding in ENCODINGS:
        text = RUSSIAN if encoding in ("cp1251", "koi8-r") else KOREAN
        made = decode_as((text * 300).encode(encoding), encoding)
        assert len(made.stretches) > 10
        assert {made.text[run.end - 1] for run in made.stretches} == {"\n"}
        assert max(run.source_end - run.source_start for run in made.stretches) < 2 * BLOCK


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_line_feed_that_lies_astride_two_signs_of_utf16_cuts_nothing(encoding: str) -> None:
    text = ("\u0a41\u0100\u4100\u0a41" * 2000 + "\n") * 2
    made = decode_as(text.encode(encoding), encoding)
    assert (made.text, made.replaced) == (text, 0)
