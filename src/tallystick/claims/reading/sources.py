"""Who says so: the sources that a sentence names, how deep each lies, and what of the sentence each covers.

Deepest first: a document or record that is cited, then a person or body that speaks, then the outlet that passes it on.
"The paper" and "he" point back to the source named last. That a source is named says nothing of its truth.
"""

from __future__ import annotations

from typing import NamedTuple

from tallystick.claims.reading.scene import Hit, Sentence

RECORD, SPEAKER, OUTLET, POINTER = 3, 2, 1, 0  # depth; a pointer takes the depth of what it points to


class Source(NamedTuple):
    """One attribution: the name as the text has it, its place, its depth, and the stretch that it covers."""

    name: str
    hit: Hit
    depth: int
    covers: Hit
    carries: bool = True  # whether it may speak on in the next sentence: an aside ("which X says") does not
    cited: bool = False  # by another source of its sentence: it lies deeper than that other, whatever it is
    looks_back: bool = False  # "this was reported by X": it tells of the sentence before


def by_depth(sources: tuple[Source, ...], place: int) -> tuple[Source, ...]:
    """The sources that cover a place of the text, the deepest first and the nearest of equals first."""
    covering = [source for source in sources if source.covers.start <= place < source.covers.end]
    return tuple(sorted(covering, key=lambda source: (-source.depth, not source.cited, abs(source.hit.start - place))))


def named(sentence: Sentence) -> tuple[Source, ...]:
    """The attributions of one sentence, in order, by the grammar of its language."""
    if sentence.language == "ko":
        from tallystick.claims.reading.sources_ko import attributions as ko

        return ko(sentence)
    if sentence.language == "ru":
        from tallystick.claims.reading.sources_ru import attributions as ru

        return ru(sentence)
    from tallystick.claims.reading.sources_en import attributions as en

    return en(sentence)
