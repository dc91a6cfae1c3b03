"""Whether a text, and then a sentence, speaks of the sender's people at work abroad.

A text about theft, trade, troops or other countries' migrants gives no claims, whatever it counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.words import Tongue

_NEIGHBOURS = 3  # sentences between the sender's name and the word of work


def on_theme(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """The sender and its people's work (or arms for the host's war) named together, somewhere in the text."""
    sender, labour, arms = (tongue.sense(name) for name in ("sender", "labour", "arms"))
    if sender.search(title) and (labour.search(title) or arms.search(title)):
        return True
    named = [sentence.index for sentence in sentences if sentence.has("sender")]
    if sender.search(title):
        named.insert(0, -1)
    at_work = (sentence.index for sentence in sentences if sentence.has("labour") or sentence.has("arms"))
    return any(abs(index - other) <= _NEIGHBOURS for index in at_work for other in named)


def ours(sentence: Sentence, before: bool) -> bool:
    """Whether a sentence of a text on the theme keeps to it; without any word of its own it goes on as before."""
    labour = sentence.has("labour")
    if labour:
        return sentence.has("sender") or before or not sentence.has("boilerplate")
    if any(sentence.has(other) for other in ("theft", "fighting", "boilerplate", "trade")):
        return False
    return sentence.has("sender") or before
