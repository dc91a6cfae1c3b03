"""Sentences and clauses as spans of a text: where a reading may stop, and how short a quote may be.

These are cut for protection and for quotes. They are not the sentences of the claims' grammar, which knows more about
numbers: here a wrong cut inside "US$1.2 bn" costs nothing, while a name cut in two would.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

_END = re.compile(r"""[.!?。…]+["'”’»)\]]*(?=\s|$|[가-힣])|\n+""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Rep|Reps|Sen|Gov|St|No|vs|etc|Jr|Sr|U\.S|U\.N|a\.m|p\.m|г|гг|ул|тыс|млн|млрд|долл|руб|им|т\.е|т\.д|др|проф|чел)"
    r"|\b[A-ZА-ЯЁ])$"
)
_CLAUSE = re.compile(r"\s*(?:[,;:](?!\d)|[—–](?=\s)|\s-{1,3}(?=\s)|[\"“”«»]|\((?=\w)|\)(?=\W))\s*")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the white space around them; a line's end always ends one."""
    found: list[Span] = []
    start = 0
    for end in _END.finditer(text):
        if "\n" not in end.group() and _goes_on(text, start, end):
            continue
        _add(found, text, start, end.end())
        start = end.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    after = text[end.end() :].lstrip(" \u00a0")[:1]
    return after.islower() or (end.group() == "." and bool(_ABBREVIATION.search(text[start : end.start()])))


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    body = text[start:end]
    if body.strip():
        found.append((start + len(body) - len(body.lstrip()), start + len(body.rstrip())))


def clause(text: str, sentence: Span, start: int, end: int) -> Span:
    """The clause, or the run of clauses, of `sentence` that holds `start` to `end`: the shortest quote that reads."""
    left, right = sentence
    for cut in _CLAUSE.finditer(text, sentence[0], sentence[1]):
        if cut.end() <= start:
            left = cut.end()
        elif cut.start() >= end:
            right = cut.start()
            break
    while right > left and (text[right - 1].isspace() or text[right - 1] in ".!?。…"):
        right -= 1
    return left, max(right, end)


def holding(stretches: tuple[Span, ...], start: int, end: int) -> Span:
    """From the start of the sentence that holds `start` to the end of the one that holds `end`."""
    inside = [span for span in stretches if span[0] < end and start < span[1]]
    return (min(start, inside[0][0]), max(end, inside[-1][1])) if inside else (start, end)
