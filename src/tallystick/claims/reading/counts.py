"""A count goes to the rules of what it counts: people, papers, goods, crossings, or nothing that the phrase names."""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity
from tallystick.claims.reading.amounts import largest
from tallystick.claims.reading.bare import bare, going_on, purposed, silent
from tallystick.claims.reading.clauses import is_rate, none_at_all
from tallystick.claims.reading.crossings import entry
from tallystick.claims.reading.fled import fate_before, of_fled
from tallystick.claims.reading.heads import Head, compared, head
from tallystick.claims.reading.partitive_ru import elided_visa
from tallystick.claims.reading.people import GOODS, MEASURE, paper, people, thing
from tallystick.claims.reading.plans import status
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.subjects import PAPERS
from tallystick.claims.reading.verdict import CARRIED, GOVERNED, NOUN, OBSERVED, THEME, Verdict

_LEAST = 2
_QUOTA_REACH = 40  # letters
_OPENS = 16
_IS = re.compile(r"(?:\s[—–-]|(?<!\w)(?:is|was|составля\w+|составил\w*|равна))\s\Z")
_FOR = re.compile(r"(?:\s[^.,;:\d]{0,30})?\s(?:на|в|for|of)\s")


def count(sentence: Sentence, quantity: Quantity, ours: bool, before: Verdict | None) -> Verdict | None:
    """The measure of a count, or None when it counts nothing of the programme's. `ours`: whether the sender is meant.

    `before` is the verdict on the number just before, which a bare number goes on from.
    """
    found = head(sentence, quantity)
    if none_at_all(sentence, quantity) or compared(sentence, quantity):
        return None
    if ours and of_fled(sentence, quantity):
        return Verdict("escapes", OBSERVED, CARRIED, "a part of those who fled")
    if ours and found.kind in ("worker", "citizen", "people", "") and largest(quantity) >= _LEAST:
        fate = fate_before(sentence, quantity) if silent(sentence) else None
        if fate is not None and not is_rate(sentence, quantity):
            return Verdict(MEASURE[fate], OBSERVED, CARRIED, "how many of those who fled or died before")
    elided = found.kind == "" or (found.kind == "worker" and _papers_before(before))
    if elided and (visa := elided_visa(sentence, quantity)):
        return paper(sentence, quantity, Head(visa, None), ours)
    if ours and found.kind in ("worker", "citizen", "people") and _of_quota(sentence, quantity):
        return thing(sentence, quantity, Head("quota", None), ours)
    if found.kind in PAPERS or found.kind == "visa":
        return paper(sentence, quantity, found, ours)
    if found.kind in GOODS:
        return thing(sentence, quantity, found, ours)
    if found.kind in ("soldier", "firm", "escapee") and not _escaped(sentence, found):
        return None
    if found.kind == "vacancy":
        return Verdict("labour_shortage", OBSERVED, NOUN, "vacancies counted") if ours else None
    if found.kind == "crossing":
        return entry(sentence, quantity, GOVERNED, before) if ours else None
    if found.kind == "return":
        return Verdict("workers_repatriated", status(sentence, quantity), NOUN, "departures counted") if ours else None
    if found.kind == "sapper":
        reason = "engineers who clear mines stand between labour and troops"
        return Verdict("", status(sentence, quantity), THEME, reason)
    if found.kind in ("people", "student") and before is not None and silent(sentence) and not sentence.has("issue"):
        going = purposed(sentence, quantity, before) or going_on(sentence, quantity, before)
        return going or people(sentence, quantity, found, ours, before)
    if found.kind == "escapee":
        made = people(sentence, quantity, found, ours, before)
        return made if made and made.measure in ("escapes", "deaths") else None
    if found.kind in ("worker", "military_builder", "citizen", "people", "victim", "student"):
        return people(sentence, quantity, found, ours, before)
    return bare(sentence, quantity, ours, before)


def _papers_before(before: Verdict | None) -> bool:
    return before is not None and (before.measure.startswith("visas") or before.measure in PAPERS.values())


def _of_quota(sentence: Sentence, quantity: Quantity) -> bool:
    """ "A quota for 300 workers", "the quota for the region is 300 people": the people are so many places."""
    nouns = sentence.nouns()
    opens = bool(nouns) and nouns[0][1] == "quota" and nouns[0][0].start - sentence.start < _OPENS
    first = not any(other.end <= quantity.start for other in sentence.quantities)
    if opens and first and _IS.search(sentence.text, sentence.start, quantity.start):
        return True
    before = sentence.text[max(sentence.start, quantity.start - _QUOTA_REACH) : quantity.start]
    return any(
        kind == "quota" and _FOR.fullmatch(sentence.text, hit.end, quantity.start)
        for hit, kind in sentence.nouns()
        if hit.end >= quantity.start - len(before)
    )


def _escaped(sentence: Sentence, found: Head) -> bool:
    return found.kind == "escapee" and (sentence.has("labour") or sentence.has("escape"))
