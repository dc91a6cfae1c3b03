"""Whether a number is one of plans: wished, promised, expected, and not yet there."""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.clauses import holds_now, is_negated, is_origin, of_next_clause
from tallystick.claims.reading.scene import FAR, Hit, Sentence
from tallystick.claims.reading.tenses import past
from tallystick.claims.reading.verdict import OBSERVED, PLANNED

VERBS = ("death", "escape", "repatriated", "arrived", "present")
BOUND = 110  # beyond this cost a verb governs no number of its sentence
_NEAR_PLAN = 70
_TERM = re.compile(r"by (?:the|20|next)|к концу|до конца|до 20", re.IGNORECASE)
_BY_WORK = re.compile(
    r"\b(?:work|labou?r|toil|sweat|exploitation|exportation|presence|employment|earnings|wages|salaries) of\s"
    r"(?:(?:the|its|some|about|around|these|circa)\s)*\Z|"
    r"(?<!\w)(?:труд\w{0,2}|эксплуатаци\w{1,2}|заработк\w{1,3}|зарплат\w{1,3})\s(?:(?:около|примерно|более)\s)?\Z",
    re.IGNORECASE,
)
_TERM_REACH = 30  # letters
_LAST = re.compile(r"\s(?:the\s)?(?:last|that|the previous|прошл\w+|минувш\w+|того|предыдущ\w+)\s", re.IGNORECASE)
_PLUPERFECT = re.compile(
    r"\bhad\s(?:\w+ly\s)?(?:been|fallen|risen|grown|dropped|shrunk|left|gone|come|reached|arrived|returned|\w+ed)\b|"
    r"(?<!\w)(?:осталось|оставалось|сократилось|снизилось|выросло|упало|уменьшилось|достигло|уехали|вернулись)(?!\w)"
)
_JOINED = 60  # letters within which one verb governs two joined numbers
_JOIN = re.compile(r"(?:(?<!\w)(?:and|as well as|plus|и|а также|да|плюс)|[과와및]|,)\s*(?:[\w]+\s){0,2}\Z")


def is_planned(sentence: Sentence, quantity: Quantity, cost: int) -> bool:
    """A word of plan in the same clause, or nearer than the verb itself, and none for the present nearer yet."""
    if holds_now(sentence, quantity, sentence.cost("planned", quantity)) or is_origin(sentence, quantity):
        return False
    if _BY_WORK.search(sentence.text, max(sentence.start, quantity.start - _TERM_REACH), quantity.start):
        return False  # "would earn it with the work of 5,000 men": those who earn are at work
    for hit in sentence.hits("planned"):
        if _of_another(sentence, quantity, hit) or _bygone(sentence, hit) or is_negated(sentence, hit):
            continue
        reach = sentence.reach(hit, quantity)
        if reach <= BOUND + 40 and sentence.unbroken(hit, quantity):
            return True
        if reach <= min(_NEAR_PLAN, cost + 6):
            return True
    return False


def _bygone(sentence: Sentence, hit: Hit) -> bool:
    """ "By the end of last year it had fallen": a term that is over is no plan."""
    if sentence.language == "ko":
        return sentence.text[hit.start : hit.end].endswith("까지") and past(sentence.words, "ko")
    if not _TERM.match(sentence.text, hit.start, hit.end):
        return False
    after = sentence.text[hit.end : hit.end + _TERM_REACH]
    if sentence.language == "ru" and past(sentence.words, "ru"):
        return True
    return bool(_LAST.match(after)) or bool(_PLUPERFECT.search(sentence.words))


def _of_another(sentence: Sentence, quantity: Quantity, hit: Hit) -> bool:
    """Whether a word of plan after a number is a later one's: in Korean beyond a verb, else as it is nearer."""
    if hit.start < quantity.end:
        return False
    if sentence.language == "ko" and of_next_clause(sentence, quantity, hit, VERBS):
        return True
    for other in sentence.quantities:
        if other.start < quantity.end:
            continue
        nearer = sentence.reach(hit, other) < sentence.reach(hit, quantity)
        if sentence.language != "ko" and nearer and not _joined_to(sentence, quantity, other):
            return True
        if sentence.language == "ko" and other.end <= hit.start and _verb_between(sentence, quantity, other):
            return True
    return False


def _joined_to(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are joined and share a verb: "5,000 builders and 1,000 sappers would go"."""
    joined = coordinated(sentence, other) and sentence.quantities.index(other) == sentence.quantities.index(one) + 1
    return joined and not _verb_between(sentence, one, other)


def _verb_between(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    return any(one.end <= verb.start < other.start for sense in VERBS for verb in sentence.hits(sense))


def status(sentence: Sentence, quantity: Quantity) -> str:
    return PLANNED if is_planned(sentence, quantity, FAR) else OBSERVED


def coordinated(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a conjunction joins a number to the one before it: "1,000 sappers and 5,000 builders"."""
    index = sentence.quantities.index(quantity)
    if index == 0:
        return False
    gap = sentence.text[sentence.quantities[index - 1].number_end : quantity.start]
    return len(gap) <= _JOINED and bool(_JOIN.search(gap))
