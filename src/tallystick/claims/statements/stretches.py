"""Sentences and clauses as spans of a text: where a reading may stop, and how short a quote may be.

These are cut for protection and for quotes. They are not the sentences of the claims' grammar, which knows more about
numbers: here a wrong cut inside "US$1.2 bn" costs nothing, while a name cut in two would.
"""

from __future__ import annotations

import re

from tallystick.claims.statements.patterns import SCRIPTS

Span = tuple[int, int]
CUT = range(50, 200)  # columns of a line that may have been cut for its length; headlines are shorter

_END = re.compile(r"""(?<![.!?。…])[.!?。…]+["'”’»)\]]*(?=\s|$|[가-힣])|\n+""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Rep|Reps|Sen|Gov|St|No|vs|etc|Jr|Sr|U\.S|U\.N|a\.m|p\.m|г|гг|ул|тыс|млн|млрд|долл|руб|им|т\.е|т\.д|др|проф|чел)"
    r"|\b[A-ZА-ЯЁ])$"
)
_BEGINS = re.compile(r"[-*•·–—▪◦●○]|\(?\d{1,3}[.)]\s")  # a new line of a list
_CLAUSE = re.compile(r"\s{0,9}(?:[,;:](?!\d)|[—–](?=\s)|\s-{1,3}(?=\s)|[\"“”«»]|\((?=\w)|\)(?=\W))\s{0,9}")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the white space around them; a line's end ends one, unless it was full.

    Typed and scanned pages break lines anywhere: what narrows in the first line narrows in the second too.
    """
    found: list[Span] = []
    start = 0
    for end in _END.finditer(text):
        if _is_wrapped(text, end) if "\n" in end.group() else _goes_on(text, start, end):
            continue
        _add(found, text, start, end.end())
        start = end.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    after = text[end.end() :].lstrip(" \u00a0")[:1]
    return after.islower() or (end.group() == "." and bool(_ABBREVIATION.search(text[start : end.start()])))


def _is_wrapped(text: str, end: re.Match[str]) -> bool:
    """Whether a line only ends because it was full, with no list, table or blank line after it.

    The next goes on in small letters, or this one is as long as lines are where they are cut.
    """
    # a syllable of Korean takes two columns
    line = text[text.rfind("\n", 0, end.start()) + 1 : end.start()].rstrip()
    after = text[end.end() : end.end() + 80].partition("\n")[0].strip()
    if end.group() != "\n" or not line or not after or "|" in line or _BEGINS.match(after):
        return False
    return after[0].islower() or (len(line) + len(SCRIPTS["ko"].findall(line)) in CUT and line[-1] not in ".!?:。…")


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
