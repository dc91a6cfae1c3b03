"""Whether a text, and then a sentence, speaks of the sender's people at work abroad.

A text about theft, trade, troops or other countries' migrants gives no claims, whatever it counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.words import Tongue

_NEIGHBOURS = 3  # sentences between the sender's name and the word of work
_OTHER = ("theft", "fighting", "boilerplate", "trade")


def on_theme(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """The sender and its people's work (or arms for the host's war) named together, somewhere in the text."""
    sender, labour, arms = (tongue.sense(name) for name in ("sender", "labour", "arms"))
    if sender.search(title) and (labour.search(title) or arms.search(title)):
        return True
    named = [sentence.index for sentence in sentences if sentence.has("sender")]
    if sender.search(title):
        named.insert(0, -1)
    if not named:
        return False
    at_work = (sentence.index for sentence in sentences if sentence.has("labour") or sentence.has("arms"))
    if any(abs(index - other) <= _NEIGHBOURS for index in at_work for other in named):
        return True
    return any(_by_trade(sentence) for sentence in sentences)


def _by_trade(sentence: Sentence) -> bool:
    """People named by trade or nation alone: theirs is work abroad where the sender and a host stand with them."""
    if not sentence.has("sender") or any(sentence.has(other) for other in _OTHER):
        return False
    listed = sentence.has("bribe") and sentence.has("selected")
    if not (away(sentence) or listed or sentence.has("revenue") or sentence.has("due")):
        return False
    return (
        listed
        or sentence.has("trade_noun")
        or (any(letter.isdigit() for letter in sentence.words) and sentence.has("stay_abroad"))
    )


def away(sentence: Sentence) -> bool:
    """Whether a sentence names a place of work outside the sender, or the world at large."""
    return any(sentence.tongue.roles[code] in ("host", "wide") for _, code in sentence.places())


def sparse(sentences: Sequence[Sentence], title: str, tongue: Tongue) -> bool:
    """Whether a longer text names the sender in one sentence alone: the rest of it is then of others."""
    named = sum(sentence.has("sender") for sentence in sentences)
    return named == 1 and len(sentences) > _NEIGHBOURS * 2 and not tongue.sense("sender").search(title)


def ours(sentence: Sentence, before: bool) -> bool:
    """Whether a sentence of a text on the theme keeps to it; without any word of its own it goes on as before."""
    if (sentence.has("at_home") or sentence.has("settled")) and not away(sentence):
        return False  # at work inside the sending State, or settled where they fled to
    if sentence.has("labour"):
        return sentence.has("sender") or before or not sentence.has("boilerplate")
    if any(sentence.has(other) for other in _OTHER):
        return False
    return sentence.has("sender") or before
