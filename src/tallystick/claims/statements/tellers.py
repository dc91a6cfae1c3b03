"""Who says what a statement quotes: found as for numbers, by the same rules, and lent with more care.

It says who is heard in the text, not who is right, nor whether that party has an interest: a denial by an embassy is
the embassy's. No source is invented, and "" is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tallystick.claims.numbers.find import quantities
from tallystick.claims.proposal import StatementProposal
from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.asserters import Speakers
from tallystick.claims.reading.letters import unmixed
from tallystick.claims.reading.read import split, unlinked
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.words import Words
from tallystick.claims.statements.narrowing import Narrowing

HERE: Final = "sentence"  # the evidence of a source that the statement's own sentence names
NEAR: Final = 5  # sentences around a statement from which the rules take a source


def with_tellers(
    text: str,
    found: Sequence[StatementProposal],
    *,
    language: str,
    words: Words,
    narrowings: Sequence[Narrowing] = (),
    lends: bool = True,
) -> tuple[StatementProposal, ...]:
    """`found` with whoever says each, where the text names them.

    lends : whether other sentences may lend a source; a text in the first person lends none
    Nor do sentences near which something narrows: who hides there would be told beside what is public.
    """
    if not found:
        return ()
    sentences = _ready(text, language, words)
    speakers = Speakers(sentences)
    return tuple(replace(one, asserted_by=_teller(one, sentences, speakers, narrowings, lends)) for one in found)


def _ready(text: str, language: str, words: Words) -> tuple[Sentence, ...]:
    """The sentences as the rules of numbers want them, each with its numbers."""
    read = unmixed(unlinked(text), language)
    sentences, numbers = split(read, language, words), quantities(read, language)
    for sentence in sentences:
        sentence.quantities = tuple(one for one in numbers if sentence.start <= one.number_start < sentence.end)
    return sentences


def _teller(
    one: StatementProposal,
    sentences: Sequence[Sentence],
    speakers: Speakers,
    narrowings: Sequence[Narrowing],
    lends: bool,
) -> str:
    at = next((sentence for sentence in sentences if sentence.start <= one.quote_start < sentence.end), None)
    if at is None:
        return ""
    told = speakers.of(at, _in_place_of_a_number(one))
    if told.evidence == HERE:
        return told.name
    near = sentences[max(0, at.index - NEAR)].start, sentences[min(len(sentences) - 1, at.index + NEAR)].end
    narrow = any(other.start < near[1] and near[0] < other.end for other in narrowings)
    return told.name if lends and not narrow else ""


def _in_place_of_a_number(one: StatementProposal) -> Quantity:
    """The words of the statement, where the rules ask for the number that is said."""
    start, end = one.quote_start, one.quote_end
    return Quantity(
        start=start, end=end, number_start=start, number_end=end, low=None, point=None, high=None, kind="other", unit=""
    )
