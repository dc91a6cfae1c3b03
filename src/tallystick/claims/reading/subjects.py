"""The noun that a number without one is the number of, and whether the people of a noun are the sender's.

Such a noun stands before its verb: "work visas fell to 7,400". Who speaks, the subject of a verb of saying, is another
matter: `subjects_en`.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.heads import Head
from tallystick.claims.reading.plans import BOUND
from tallystick.claims.reading.scene import Hit, Sentence

_QUOTA = 70  # a quota is said at length: for whom, where
BEFORE_VERB = 32  # the cost of a verb and a preposition
OPENS_WITHIN = 30  # letters before a subject that opens its sentence
PAPERS = {
    "permit": "work_permits_issued",
    "visa_work": "visas_work",
    "visa_student": "visas_student",
    "visa_tourist": "visas_tourist",
}
_WORKERS = frozenset({"worker", "citizen", "military_builder"})
_NUMBER_OF = re.compile(  # before the noun that a number of the sentence is the number of
    r"(?:numbers?|total|count|tally)\sof\s(?:\w+\s){0,2}\Z|(?:числ|количеств)\w+\s(?:\w+\s){0,2}\Z", re.IGNORECASE
)
_LABEL = re.compile(r"[^:.;\d]{0,60}:\s?(?:(?:about|some|around|около)\s)?")  # from a noun to the numbers under it
_AMOUNTS = re.compile(
    r"(?:numbered|totall?ed|amounted to|came to|reached|fell to|rose to|stood at|насчитывалось|составило|достигло)\s\Z"
)


def subject(sentence: Sentence, quantity: Quantity) -> Head:
    """The noun before a bare number whose size it tells: "work visas fell to 7,400", "the quota was 24,000"."""
    before = [pair for pair in sentence.nouns() if pair[0].end <= quantity.start]
    if sentence.language == "ko" or not before:
        return Head("", None)
    papers = [pair for pair in before if pair[1] in PAPERS]
    if papers and _LABEL.fullmatch(sentence.text, papers[0][0].end, sentence.quantities[0].start):
        return Head(papers[0][1], papers[0][0])  # "Work permits: 37,000 in one year, 8,400 in another"
    if papers and (sentence.has("valid") or sentence.has("issue")) and before[-1][1] in _WORKERS:
        return Head(papers[-1][1], papers[-1][0])
    quotas = [pair for pair in before if pair[1] == "quota"]
    if papers and papers[0][0].start - sentence.start < OPENS_WITHIN and _opens(sentence, papers[0][0], quantity):
        return Head(papers[0][1], papers[0][0])
    told = [pair for pair in papers if _NUMBER_OF.search(sentence.text, sentence.start, pair[0].start)]
    if told and sentence.cost("change", quantity) < BOUND:
        return Head(told[-1][1], told[-1][0])
    hit, kind = quotas[-1] if quotas else before[-1]
    return (
        Head(kind, hit)
        if sentence.between(hit.end, quantity.start, quantity) <= (_QUOTA if quotas else BEFORE_VERB)
        else Head("", None)
    )


def _opens(sentence: Sentence, hit: Hit, quantity: Quantity) -> bool:
    """Whether a noun that opens a sentence is subject of "numbered", whatever is put between commas after it."""
    if any(hit.end <= other.start < quantity.start for other in sentence.quantities):
        return False
    return bool(_AMOUNTS.search(sentence.text, hit.end, quantity.start))


def senders(sentence: Sentence, quantity: Quantity, found: Head) -> bool:
    """Whether the words say that the people are the sender's: an adjective before the noun, an origin after."""
    if found.hit is None:
        return False
    if found.kind == "citizen":
        return True
    left = min(quantity.number_end, found.hit.start - 10)
    return any(
        left <= hit.start <= found.hit.end + 8 and "," not in sentence.text[found.hit.end : hit.start]
        for hit in sentence.hits("sender")
    )


def papers_before(sentence: Sentence, quantity: Quantity) -> Head | None:
    """ "Permits dwindled: they gave out 300 in May": papers as the last noun before a number that names none."""
    before = [(hit, kind) for hit, kind in sentence.nouns() if hit.end <= quantity.start]
    return Head(before[-1][1], before[-1][0]) if before and before[-1][1] in PAPERS else None
