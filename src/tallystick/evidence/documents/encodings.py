"""Bytes to text, with a record of what was replaced and a way back from each sign to its bytes.

A file is cut into blocks at line ends, and each block is decoded on its own. `signs` decodes one block again and says
how many bytes each sign took, so that a stretch of text can be laid against the bytes whatever the encoding.

Three things are done to decoded text, and no more: line ends become "\\n"; a byte order mark is left out; conjoining
jamo become the syllable that they spell, and й, ё written as letter and mark become one letter, because a Korean file
name or page saved by macOS is written so and no word in it would be found otherwise. Digits, widths, ligatures and
superscripts are never folded.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tallystick.evidence.documents.derived import Stretch
from tallystick.evidence.documents.letters import KOREAN_SYLLABLES, RUSSIAN_PAIRS, WESTERN_SIGNS

BLOCK = 4096  # bytes; a block ends at the first line end after that many
SAMPLE = 1 << 16  # bytes that are looked at to tell an encoding
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What pages and mails call their encodings -> the codec that reads them, as browsers do it.
CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "windows-1251": "cp1251", "cp1251": "cp1251", "cp-1251": "cp1251", "win-1251": "cp1251", "koi8-r": "koi8-r",
    "koi8r": "koi8-r", "koi8-u": "koi8-u", "iso-8859-5": "iso8859-5", "cp866": "cp866", "ibm866": "cp866",
    "euc-kr": "euc-kr", "euckr": "euc-kr", "cp949": "cp949", "uhc": "cp949", "ms949": "cp949", "windows-949": "cp949",
    "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949", "ksc5601": "cp949", "korean": "cp949",
    "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "shift_jis": "cp932",
    "euc-jp": "euc-jp",
}  # fmt: skip
WIDER = {"euc-kr": "cp949"}  # pages that say EUC-KR are mostly written in its superset
TOO_BROKEN = 0.1  # share of replaced signs above which the encoding was not the one declared
LOST = "\udfff"  # stands for one replaced run of bytes while a block is decoded; no codec yields it
DECOMPOSED = re.compile(
    "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\u0418\u0438]\u0306|[\u0415\u0435]\u0308|\r\n|\r"
)
SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text, the codec that made it, and where each block of it lies in the bytes."""

    text: str
    encoding: str
    stretches: tuple[Stretch, ...]
    replaced: int
    warnings: tuple[str, ...]


def decode(data: bytes, declared: str = "") -> Decoded:
    """`data` as text: by its byte order mark, by what is `declared`, or by what its letters look like."""
    encoding, warnings = encoding_of(data, declared)
    return decode_as(data, encoding, warnings)


def decode_as(data: bytes, encoding: str, warnings: tuple[str, ...] = ()) -> Decoded:
    """`data` read by one codec, block by block; what cannot be read stands as U+FFFD and is counted."""
    pieces: list[str] = []
    stretches: list[Stretch] = []
    at = replaced = composed = 0
    for start, end in _blocks(data, encoding):
        raw, lost = _raw(data[start:end], encoding)
        text, changed = _settle(raw)
        pieces.append(text)
        stretches.append(Stretch(at, at + len(text), "", start, end))
        at, replaced, composed = at + len(text), replaced + lost, composed + changed
    notes = list(warnings)
    if composed:
        notes.append(f"{composed} letters written in pieces were put together (jamo, й, ё)")
    if replaced:
        notes.append(f"{replaced} runs of bytes are not {encoding} and stand as U+FFFD")
    kept = tuple(each for each in stretches if each.end > each.start)
    return Decoded(text="".join(pieces), encoding=encoding, stretches=kept, replaced=replaced, warnings=tuple(notes))


def signs(block: bytes, encoding: str) -> tuple[str, list[int]]:
    """The text of one block and, for each of its signs, how many bytes it was made of."""
    spans: list[int] = []
    raw, _ = _raw(block, encoding, spans)
    if len(raw) == len(block) and not DECOMPOSED.search(raw):  # one byte a sign
        return raw.replace(LOST, "\ufffd"), [1] * len(raw)
    lost = iter(spans)
    widths = [next(lost) if sign == LOST else len(sign.encode(encoding)) for sign in raw]
    text: list[str] = []
    taken: list[int] = []
    at = 0
    for found in [*DECOMPOSED.finditer(raw), None]:
        stop = found.start() if found else len(raw)
        text.append(raw[at:stop])
        taken += widths[at:stop]
        if found:
            text.append(_settled(found))
            taken.append(sum(widths[found.start() : found.end()]))
            at = found.end()
    return "".join(text).replace(LOST, "\ufffd"), taken


def bytes_of(data: bytes, encoding: str, stretches: tuple[Stretch, ...], start: int, end: int) -> tuple[int, int]:
    """The byte offsets in `data` of the code points `start` to `end` of text that `decode` made of it."""
    inside = [each for each in stretches if each.start < end and each.end > start]
    if not inside:
        raise ValueError(f"no stretch of the text holds the code points {start} to {end}")
    return _byte_at(data, encoding, inside[0], start), _byte_at(data, encoding, inside[-1], end)


def _byte_at(data: bytes, encoding: str, block: Stretch, at: int) -> int:
    """The byte offset of one code point of a block's text, or of the block's end."""
    if at <= block.start:
        return block.source_start
    if at >= block.end:
        return block.source_end
    widths = signs(data[block.source_start : block.source_end], encoding)[1]
    return block.source_start + sum(widths[: at - block.start])


def encoding_of(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """The codec that reads `data`, and what was odd about finding it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, ()
    codec = CODECS.get(declared.strip().strip("\"'").lower(), "")
    if codec and _reads(data, codec):
        return codec, ()
    if codec in WIDER and _reads(data, WIDER[codec]):
        return WIDER[codec], ()
    guess = _guess(data)
    if not declared or guess == codec:
        return guess, ()
    return guess, (f"declared as {declared[:40]!r}, and read as {guess}",)


def _guess(data: bytes) -> str:
    """The codec whose letters make the most of `data`; UTF-8 where no other speaks louder."""
    sample = data[:SAMPLE]
    if sample.count(0) * 100 > len(sample):
        wide = max(("utf-16-le", "utf-16-be"), key=lambda codec: _plausible(sample, codec))
        if _plausible(sample, wide) > 0.9:
            return wide
    if _is_utf8(data):
        return "utf-8"
    found = HIGH.search(data)
    sample = data[max(0, found.start() - 1024) :][:SAMPLE] if found else sample
    scores = {
        "cp1251": _russian(sample, "cp1251"), "koi8-r": _russian(sample, "koi8-r"),
        "cp949": _korean(sample, "cp949"), "cp1252": _western(sample),
    }  # fmt: skip
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] < 0.2:
        return "utf-8"
    return "euc-kr" if best == "cp949" and _reads(data, "euc-kr") else best


def _reads(data: bytes, codec: str) -> bool:
    """Whether `codec` reads the start of `data`; a one-byte codec does not when the bytes are plainly UTF-8."""
    if codec.startswith(("cp125", "koi8", "iso8859", "cp866")) and HIGH.search(data) and _is_utf8(data):
        return False
    raw, lost = _raw(data[:SAMPLE], codec)
    allowed = TOO_BROKEN * len(raw) if codec not in WIDER else float(len(data) > SAMPLE)  # the cut of the sample
    return lost <= allowed


def _is_utf8(data: bytes) -> bool:
    """Whether at least nine in ten of the high bytes of `data` stand in well-formed UTF-8 sequences."""
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if not high:
        return True
    good = sum(len(found.group()) for found in SEQUENCE.finditer(data))
    return good >= 0.9 * high


def _plausible(sample: bytes, codec: str) -> float:
    text = sample[: len(sample) // 2 * 2].decode(codec, "replace")
    known = sum(
        1 for sign in text if sign in "\n\r\t" or " " <= sign <= "ӿ" or "가" <= sign <= "힣" or "‐" <= sign <= "₿"
    )
    spaces = text.count(" ") + text.count("\n")
    return known / len(text) if text and spaces * 40 > len(text) else 0.0


def _russian(sample: bytes, codec: str) -> float:
    text = sample.decode(codec, "replace")
    words = re.findall("[А-Яа-яЁё]{2,}", text)
    pairs = [word[at : at + 2].lower() for word in words for at in range(len(word) - 1)]
    foreign = sum(1 for sign in text if sign > "\x7f" and not ("Ѐ" <= sign <= "ӿ" or sign in "«»–—“”„…№\u00a0"))
    mixed = len(re.findall("[а-яё][А-ЯЁ]", text))
    return sum(pair in RUSSIAN_PAIRS for pair in pairs) / (len(pairs) + 2 * foreign + 2 * mixed + 1)


def _korean(sample: bytes, codec: str) -> float:
    text = sample.decode(codec, "replace")
    wide = [sign for sign in text if sign > "\x7f"]
    return sum(sign in KOREAN_SYLLABLES for sign in wide) / (len(wide) + 2 * text.count("\ufffd") + 1)


def _western(sample: bytes) -> float:
    """High signs must be few, usual, and stand among Latin letters."""
    text = sample.decode("cp1252", "replace")
    wide = [sign for sign in text if sign > "\x7f"]
    if len(wide) * 5 > len(text):
        return 0.0
    return 0.8 * sum(sign in WESTERN_SIGNS for sign in wide) / (len(wide) + 1)


def _blocks(data: bytes, encoding: str) -> Iterator[tuple[int, int]]:
    """Start and end of each block; the byte order mark belongs to none."""
    at = next((len(mark) for mark, name in MARKS if name == encoding and data.startswith(mark)), 0)
    while at < len(data):
        end = _line_end(data, at + BLOCK, encoding) if at + BLOCK < len(data) else len(data)
        yield at, end
        at = end


def _line_end(data: bytes, after: int, encoding: str) -> int:
    """The first place behind a line feed, at or behind `after`."""
    if not encoding.startswith("utf-16"):
        found = data.find(b"\n", after)
        return found + 1 if found >= 0 else len(data)
    feed = "\n".encode(encoding)
    found = data.find(feed, after)
    while found > 0 and found % 2:  # astride two signs
        found = data.find(feed, found + 1)
    return found + 2 if found >= 0 else len(data)


def _raw(block: bytes, encoding: str, spans: list[int] | None = None) -> tuple[str, int]:
    """`block` decoded, `LOST` where a run of bytes is not of the encoding, and how many such runs there are."""
    try:
        return block.decode(encoding), 0
    except UnicodeDecodeError:
        _LOSSES.clear()
        text = block.decode(encoding, "tallystick.lost")
        if spans is not None:
            spans.extend(_LOSSES)
        return text, len(_LOSSES)


_LOSSES: list[int] = []  # lengths in bytes of the runs that the present `_raw` lost; codecs offer no other way out


def _lose(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _LOSSES.append(error.end - error.start)
    return LOST, error.end


codecs.register_error("tallystick.lost", _lose)


def _settle(raw: str) -> tuple[str, int]:
    """Decoded text with its line ends and split letters settled, and how many letters were put together."""
    text = raw.replace(LOST, "\ufffd") if LOST in raw else raw
    if not DECOMPOSED.search(text):
        return text, 0
    settled, changed = DECOMPOSED.subn(_settled, text)
    ends = text.count("\r")
    return settled, changed - ends


def _settled(found: re.Match[str]) -> str:
    return "\n" if found.group()[0] == "\r" else unicodedata.normalize("NFC", found.group())
