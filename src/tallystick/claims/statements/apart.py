"""What stands beside something kept back, set apart from it: no passage in clear may hold what its neighbour seals.

A passage is the sentences around a quote, and the next claim's quote may lie in one of them. So the passage of whatever
is not kept back ends where something begins that is, and what shares words with it by its own quote is kept back too.
This is done where a document is read, since who has no key cannot know later where the sealed words lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from tallystick.claims.proposal import Proposal, StatementProposal
from tallystick.claims.statements.stretches import Span, holding, sentences

SHARES: Final = "shares words with something that is kept back"
Read = Proposal | StatementProposal


def set_apart(
    text: str, claims: Sequence[Proposal], statements: Sequence[StatementProposal]
) -> tuple[tuple[Proposal, ...], tuple[StatementProposal, ...]]:
    """The same, each that is not kept back with a passage that holds nothing of what is; in the order given."""
    found = _sharing([*claims, *statements])
    kept = [one for one in found if one.restricted]
    if not kept:
        return tuple(claims), tuple(statements)
    stretches = sentences(text)
    apart = [one if one.restricted else _cut(text, one, kept, stretches) for one in found]
    return (
        tuple(one for one in apart if isinstance(one, Proposal)),
        tuple(one for one in apart if isinstance(one, StatementProposal)),
    )


def overlap(one: Read, other: Read) -> bool:
    """Whether two quotes of one text have words in common."""
    return one.quote_start < other.quote_end and other.quote_start < one.quote_end


def _sharing(those: list[Read]) -> list[Read]:
    """With everything kept back whose quote overlaps one that is, and so on until nothing more does."""
    before = -1
    while before != (count := sum(bool(one.restricted) for one in those)):
        before, kept = count, [one for one in those if one.restricted]
        those = [
            replace(one, restricted=SHARES) if not one.restricted and any(overlap(one, each) for each in kept) else one
            for one in those
        ]
    return those


def _cut(text: str, one: Read, kept: Sequence[Read], stretches: tuple[Span, ...]) -> Read:
    """Without the passages of what is kept back, as far as its own sentence; of that sentence, without theirs."""
    around = _less((one.passage_start, one.passage_end), _sentence(one, stretches), map(_passage, kept))
    start, end = _less(around, (one.quote_start, one.quote_end), (_sentence(each, stretches) for each in kept))
    while start < one.quote_start and text[start].isspace():
        start += 1
    while end > one.quote_end and text[end - 1].isspace():
        end -= 1
    return replace(one, passage_start=start, passage_end=end)


def _passage(one: Read) -> Span:
    return one.passage_start, one.passage_end


def _sentence(one: Read, stretches: tuple[Span, ...]) -> Span:
    return holding(stretches, one.quote_start, one.quote_end)


def _less(around: Span, least: Span, others: Iterable[Span]) -> Span:
    """What is left of `around` without the others, from `least` outwards; `least` itself is left whole."""
    first, last = around
    for start, end in others:
        if start < least[0]:
            first = max(first, min(end, least[0]))
        if end > least[1]:
            last = min(last, max(start, least[1]))
    return first, last
