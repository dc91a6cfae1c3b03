"""Ways out and who is paid for them: a count of those who take a way out is one of escapes, and a fee is no levy.

"Forty workers crossed the river at night" tells of nobody who is there or came there. Whatever a sentence tells of a
way out is proposed as restricted, whatever it counts: the next one to go takes the same way. It is mistaken for the
word "escape", which says that somebody fled and not how.
"""

from __future__ import annotations

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.clauses import is_negated
from tallystick.claims.reading.payers import earned
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.verdict import GOVERNED, OBSERVED, THEME, Verdict
from tallystick.claims.statements.narrowing import REASONS

_THERE = ("workers_present", "workers_arrived", "workers_peak", "workers_repatriated", "workers_selected")
_TOGETHER = "students_present"
_PAY = frozenset({"gross_wage", "worker_net_pay", "state_take_per_worker", "promised_wage", "employer_cost"})
_FEE_REACH = 110  # cost of the way from who takes a fee to the fee


def taken_out(sentence: Sentence, quantity: Quantity, made: Verdict | None) -> Verdict | None:
    """The verdict on people, where they are told to take a way out: they escape, and are neither there nor come."""
    if made is None or not (made.measure in (*_THERE, _TOGETHER) or made.measure.startswith("entries_")):
        return made
    hits = _told(sentence)
    counts = [other for other in sentence.quantities if other.kind == "count"]
    nearest = [hit for hit in hits if min(counts, key=lambda other: sentence.reach(hit, other)) is quantity]
    if not nearest:
        return made
    if all(is_negated(sentence, hit) for hit in nearest) or made.status != OBSERVED:
        return Verdict("", made.status, THEME, "who might take a way out")
    return Verdict("escapes", OBSERVED, GOVERNED, "people who take a way out")


def fee(sentence: Sentence, quantity: Quantity, made: Verdict | None) -> Verdict | None:
    """The verdict on a sum, where it is the fee of somebody who leads people out: neither wage nor levy."""
    if made is None or made.measure not in _PAY or earned(sentence, quantity) or not _is_fee(sentence, quantity):
        return made
    return Verdict("", made.status, THEME, "a fee of somebody who leads or carries people")


def restricted(sentence: Sentence, quantity: Quantity) -> str:
    """Why a claim is proposed as restricted for what its sentence tells of ways out; "" where it tells nothing."""
    if _told(sentence):
        return REASONS["escape"]
    return REASONS["helper"] if quantity.kind == "money" and _is_fee(sentence, quantity) else ""


def _told(sentence: Sentence) -> tuple[Hit, ...]:
    """What tells of a way out: its own words, or "they used it" after a sentence that has them."""
    before = sentence.previous
    if before is not None and before.has("way_out"):
        return (*sentence.hits("way_out"), *sentence.hits("goes_that_way"))
    return sentence.hits("way_out")


def _is_fee(sentence: Sentence, quantity: Quantity) -> bool:
    return any(sentence.reach(hit, quantity) < _FEE_REACH for hit in sentence.hits("fee_taker"))
