"""Where the work is done: the nearest place that governs a number, or the place spoken of before it.

A country that is only named as a source of news, an adjective of goods or part of a source's name is no host.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.scene import Sentence

WIDE = "WW"  # several places or none said
_NAMED, _LOCATED = 10, 30  # letters of head start for a place's own name and for one after a preposition
_ADJECTIVE = re.compile(r"(?:an|ans|ese|i|is|ish|ans['’]s)\Z|ск\w+\Z")
_KOREAN_PLACE = re.compile(r"(?:에서|에|로|으로|내|행|의|에만|엔|측|시| |,|·|\Z)")
_BACK = 6  # sentences that a place is carried on


class Host(NamedTuple):
    code: str
    evidence: str  # sentence, carried, title, source, text or none


def host(
    sentences: Sequence[Sentence], sentence: Sentence, quantity: Quantity, title: str, *, named: bool = False
) -> Host:
    """The host of one number: said in its sentence, else carried from before, else the title's, else the text's.

    `named` asks for a State where one is said, of a share of those who are abroad.
    """
    distributed = _respectively(sentence, quantity)
    if distributed:
        return Host(distributed, "sentence")
    own = (_nearest(sentence, quantity, WIDE) if named else "") or _nearest(sentence, quantity)
    if own:
        return Host(own, "sentence")
    carried = _carried(sentences, sentence, title)
    return carried or _of_source(sentence) or _of_others(sentence) or _anywhere(sentences)


def _of_others(sentence: Sentence) -> Host | None:
    """The country whose own workers are compared, where no other place is said: they work at home."""
    for hit, code in sentence.places():
        if sentence.tongue.roles[code] == "host" and any(
            own.start <= hit.start < own.end for own in sentence.hits("comparable")
        ):
            return Host(code, "text")
    return None


def _nearest(sentence: Sentence, quantity: Quantity, but: str = "") -> str:
    best, found = 10_000, ""
    for hit, code in sentence.places():
        if code == but or not _may_host(sentence, hit.start, hit.end, code):
            continue
        cost = sentence.reach(hit, quantity) - _head_start(sentence, hit.start, hit.end)
        if cost < best:
            best, found = cost, code
    return found


def _may_host(sentence: Sentence, start: int, end: int, code: str) -> bool:
    role = sentence.tongue.roles[code]
    if role in ("sender", "never") or any(block.start <= start < block.end for block in sentence.blocked):
        return False
    if _adjective(sentence, start, end) and any(hit.start <= start < hit.end for hit in sentence.hits("comparable")):
        return False  # "Nepali workers" says whose wage it is, not where
    return role != "seldom" or (_located(sentence, start, end) and not _adjective(sentence, start, end))


def _head_start(sentence: Sentence, start: int, end: int) -> int:
    if _located(sentence, start, end):
        return _LOCATED
    return 0 if _adjective(sentence, start, end) else _NAMED


def _adjective(sentence: Sentence, start: int, end: int) -> bool:
    return sentence.language != "ko" and bool(_ADJECTIVE.search(sentence.text[start:end]))


def _located(sentence: Sentence, start: int, end: int) -> bool:
    if sentence.language == "ko":
        return bool(re.match(r"(?:에서|에|로|으로|내|행|에만|엔) ?", sentence.text[end : end + 3]))
    before = sentence.text[max(sentence.start, start - 12) : start].rstrip("the ").rstrip()
    word = re.search(r"\w+\Z", before)
    return bool(word and sentence.tongue.sense("place_before").fullmatch(word.group()))


_RESPECTIVELY = re.compile(r"respectively|соответственно|각각")


def _respectively(sentence: Sentence, quantity: Quantity) -> str:
    """ "In one country and another, 20,000 and 19,000 respectively": the n-th number goes to the n-th place."""
    if not _RESPECTIVELY.search(sentence.text, sentence.start, sentence.end):
        return ""
    mark = _RESPECTIVELY.search(sentence.text, sentence.start, sentence.end)
    numbers = [q for q in sentence.quantities if q.kind == "count" and (mark is None or q.start < mark.start() + 60)]
    places = [code for hit, code in sentence.places() if sentence.tongue.roles[code] == "host"]
    run = numbers[-len(places) :] if places else []
    if quantity not in run or len(run) != len(places):
        return ""
    return places[run.index(quantity)]


def _carried(sentences: Sequence[Sentence], sentence: Sentence, title: str) -> Host | None:
    main = _in_title(sentence, title)
    for earlier in reversed(sentences[max(0, sentence.index - _BACK) : sentence.index]):
        code = _last(earlier)
        if code and not (code == WIDE and main and earlier.paragraph != sentence.paragraph):
            return Host(code, "carried")
    return Host(main, "title") if main else None


def _last(sentence: Sentence) -> str:
    """The place that a sentence leaves in mind: its last located host, else its last named one."""
    named = [
        (_head_start(sentence, hit.start, hit.end), index, code)
        for index, (hit, code) in enumerate(sentence.places())
        if _may_host(sentence, hit.start, hit.end, code)
    ]
    if len({code for start, _, code in named if start == _LOCATED}) > 1:
        return WIDE  # several: "mainly in this country and that"
    return max(named)[2] if named else ""


def _in_title(sentence: Sentence, title: str) -> str:
    """The first host that a headline names."""
    for match in sentence.tongue.places.finditer(title):
        code = match.lastgroup or ""
        if sentence.tongue.roles[code] == "host":
            return code
    return ""


def _anywhere(sentences: Sequence[Sentence]) -> Host:
    """The only host that the whole text names; otherwise none is said."""
    codes = {
        code
        for sentence in sentences
        for hit, code in sentence.places()
        if _may_host(sentence, hit.start, hit.end, code) and code != WIDE
    }
    return Host(codes.pop(), "text") if len(codes) == 1 else Host(WIDE, "none")


def _of_source(sentence: Sentence) -> Host | None:
    """The country of who speaks, where nothing else says a place: an Interior Ministry counts at home."""
    for hit, code in sentence.places():
        inside = any(block.start <= hit.start < block.end for block in sentence.blocked)
        if inside and sentence.tongue.roles[code] == "host":
            return Host(code, "source")
    return None
