"""To whom a sum goes, by the verb and the noun that follow it: "$90 of that stays with the man".

What is left or meant for workers reaches them; what is passed to those above does not. A sum that is only "paid to
workers" may be the whole wage, so such a verb tells nothing unless the sum is a part of another.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.scene import Sentence

WORKER, STATE = "worker", "state"
_RATE = (
    r"(?:\s(?:a|per|each|every)\s(?:month|year|week|day|head|worker|man|woman|person)|"
    r"\s(?:monthly|yearly|annually|apiece|each))?"
)
_PART = (
    r"(?P<part>(?:\s(?:out\s)?of\s(?:it|that|this|which|them|these)\b|"
    r"\s(?:out\s)?of\s(?:the|this|that|his|her|their)\s[a-z]+)?)"
)
_HELPERS = (
    r"(?:(?:is|are|was|were|be|been|being|has|have|had|will|would|may|might|must|can|could|should|then|all|only|ever|"
    r"still|usually|reportedly|actually|finally|said|thought|believed|supposed|in fact|in the end|to)\s)*"
)
_REMAINS = (
    r"left|meant|intended|reserved|set\saside|stay(?:s|ed)?|remain(?:s|ed)?|belong(?:s|ed)?|kept|"
    r"reach(?:es|ed)?"
)
_PASSES = (
    r"handed|given|paid|passed|turned|sent|remitted|transferred|returned|credited|surrendered|delivered|go(?:es|ing|ne)?|"
    r"went|flow(?:s|ed)?|ends?|lands?|com(?:es?|ing)|came|taken|held|withheld|pocketed|claimed|retained|collected"
)
_PARTICLES = r"(?:\s(?:over|on|back|up|off|straight|directly|out|in|down|away|aside|right))*"
_AFTER = re.compile(
    rf"{_RATE}{_PART}(?:,\s[^,.;:\d]{{2,40}},)?\s{_HELPERS}(?:(?P<remains>{_REMAINS})|(?:{_PASSES})){_PARTICLES}"
    r"(?:\s(?:to|for|with|by|in|into))?\s(?!from\b)"
)
_LEAVING = re.compile(r"\b(?:leav(?:e|es|ing)|left|with)\s(?:[a-z]+\s){0,2}\Z")
_FOR = re.compile(rf"{_RATE}\s(?:for|to|with)\s")
_WORTH = re.compile(r"\bworth\s(?:[a-z]+\s){0,2}\Z")
_THEM = re.compile(
    r"(?:(?:him|her|them)(?:sel(?:f|ves))?|(?:the|each|every|an?)\s(?:\w+\s)?(?:man|woman|girl|hand|individual|person)|"
    r"(?:his|her|their|the worker['’]s)\s(?:own\s)?"
    r"(?:hands?|pockets?|famil(?:y|ies)))(?!\w)"
)
_WORKERS = frozenset({"worker", "citizen", "people", "military_builder", "student"})
_ALL_BUT = re.compile(
    r"\b(?:all|everything|the whole)\s(?:[a-z]+\s)?(?:but|except|save|beyond|above)\s(?:[a-z]+\s){0,2}\Z"
)
_OTHER = {WORKER: STATE, STATE: WORKER}
_REACH = 40  # letters from the verb to the noun
_BEFORE = 24


def recipient(sentence: Sentence, quantity: Quantity, is_part: bool) -> str | None:
    """Whether a sum goes to the worker or to the State and its agents; None where its verb does not say.

    `is_part`: whether a wage was told before it in its sentence, of which it may be a part.
    """
    if sentence.language != "en":
        return None
    verb = _AFTER.match(sentence.text, quantity.end, sentence.end)
    before = sentence.text[max(sentence.start, quantity.start - _BEFORE) : quantity.start]
    if verb is not None and (verb["remains"] or verb["part"] or is_part):
        whom = _named(sentence, verb.end())
        return _OTHER.get(whom or "") if _ALL_BUT.search(before) else whom
    to = _FOR.match(sentence.text, quantity.end, sentence.end)
    if to is None:
        return None
    whom = _named(sentence, to.end())
    told = _WORTH.search(before) if whom == STATE else _LEAVING.search(before)
    return whom if told else None


def _named(sentence: Sentence, start: int) -> str | None:
    """Who is named first after a verb: the workers, by a noun or a pronoun, or those above them."""
    if _THEM.match(sentence.text, start):
        return WORKER
    end = min(sentence.end, start + _REACH)
    workers = [hit.start for hit, kind in sentence.nouns() if kind in _WORKERS and start <= hit.start < end]
    above = [hit.start for sense in ("payee", "keeper") for hit in sentence.hits(sense) if start <= hit.start < end]
    if not workers and not above:
        return None
    return WORKER if min(workers, default=end) < min(above, default=end) else STATE
