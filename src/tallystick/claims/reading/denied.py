"""Whether a sentence denies a figure in it, and whose figure it is that is denied.

Who denies a number does not say it: "the ministry denied that 300 were there" is no count by the ministry. The words
of denying, and how far they reach, are those by which statements are judged (`claims.statements.denials`). Here a
negation of a verb denies nothing ("300 were not paid"): a figure must itself be what is called untrue. A denial in the
next sentence is not seen.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.nominative_ru import nominative
from tallystick.claims.reading.roles import role
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.sources import Source
from tallystick.claims.statements.denials import DENIED, UNSURE, Negations, denier_of, without_idle

_NOBODY_NAMED = re.compile(r"최근|해당|이런|그런|이러|그러|이 |그 |같은|일각|일련|관련|모든")  # Korean has no capitals
_OWNER_REACH = 30  # letters from a name to the denied claim: "the guild's most recent estimate"


class Denial(NamedTuple):
    """That a figure is denied, or may be, and the stretch from the words of denying to it, or from it to them."""

    judgement: str
    stretch: Hit


def denial(sentence: Sentence, quantity: Quantity, words: Negations) -> Denial | None:
    """How a sentence denies one of its numbers; None where it only says it."""
    start, end = quantity.start - sentence.start, quantity.end - sentence.start
    plain = without_idle(sentence.words, words).replace("#", "x")
    found = words.figure_denied.search(f"{plain[:start]}#{plain[end:]}")
    if found is not None:
        left, right = sentence.start + found.start(), sentence.start + found.end() + end - start - 1
        return Denial(DENIED, Hit(left, right))
    last = denier_of(plain, start, words)
    if last is None:
        return None
    verb, judgement = last
    if not words.governs.fullmatch(plain, verb.end(), start):
        return None  # "rejected 300 applications"
    if words.standing.search(plain[:start]):
        judgement = UNSURE  # "denied that its 300 workers were beaten": they are there
    return Denial(judgement, Hit(sentence.start + verb.start(), quantity.end))


def owner(
    sentence: Sentence, quantity: Quantity, denied: Denial, sources: tuple[Source, ...], words: Negations
) -> Source | None:
    """Whose figure is denied: "denied the guild's estimate of 300"; None where nobody but who denies it is named."""
    said = sentence.hits("says")
    left, right = denied.stretch
    if words.claim_noun.match(sentence.text, left):
        left -= _OWNER_REACH  # "the guild's estimate of 300 was rejected"
    for source in sources:
        inside = left < source.hit.end <= min(right, quantity.start)
        between = sentence.text[source.hit.end : quantity.start]
        if inside and source.hit not in said and words.claim_noun.search(between) and "," not in between:
            return source._replace(covers=Hit(quantity.start, quantity.end), carries=False)
    return _named(sentence, quantity, denied, words)


def _named(sentence: Sentence, quantity: Quantity, denied: Denial, words: Negations) -> Source | None:
    """The name that stands with the noun of what is denied, where no attribution has been read from it."""
    start, end = denied.stretch.start - sentence.start, denied.stretch.end - sentence.start
    here = f"{sentence.words[: quantity.start - sentence.start]}#{sentence.words[quantity.end - sentence.start :]}"
    found = words.whose.search(here, max(0, start - _OWNER_REACH), end)
    if found is None:
        return None
    name = found[1].strip()
    if sentence.language == "ru":
        name = nominative(name, sentence)
    named = sentence.language == "ko" and len(name) > 1 and not _NOBODY_NAMED.match(name)
    if not (named or name[:1].isupper() or role(name, sentence)[0] or sentence.tongue.places.search(name)):
        return None
    at = Hit(sentence.start + found.start(1), sentence.start + found.end(1))
    return Source(name, at, 2, Hit(quantity.start, quantity.end), carries=False)
