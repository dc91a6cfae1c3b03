"""A long text as overlapping spans that a model can take in: no claim is cut by every span that touches it."""

from __future__ import annotations

LONGEST = 6_000  # code points; about 2,000 tokens of English and 6,000 of Korean, which small models still hold
OVERLAP = 800  # code points; longer than the sentences around one claim


def spans(text: str, *, longest: int = LONGEST, overlap: int = OVERLAP) -> tuple[tuple[int, int], ...]:
    """Starts and ends, in order; together they cover the text, and neighbours share up to `overlap` code points."""
    if longest <= 2 * overlap:
        raise ValueError("spans must be longer than twice their overlap")
    found: list[tuple[int, int]] = []
    start = 0
    while not found or found[-1][1] < len(text):
        end = _cut(text, start, longest, overlap)
        if text[start:end].strip():
            found.append((start, end))
        elif end == len(text):
            break
        start = end - overlap
    return tuple(found)


def _cut(text: str, start: int, longest: int, overlap: int) -> int:
    """The end of the span from `start`: after a paragraph, a sentence or a word, where one ends near enough."""
    end = start + longest
    if end >= len(text):
        return len(text)
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, end - overlap, end)
        if at >= 0:
            return at + len(mark)
    return end
