"""Whether a sentence denies what a cue of it says: denied, said, or not to be told from the words alone.

It follows the reach of negations, not the truth of what is denied, and it reads one sentence alone: a denial in the
next sentence ("The embassy rejects this") is left to the person. A cue's own negation ("may not leave") is no denial.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tallystick.claims.statements.patterns import pattern, read_table
from tallystick.claims.statements.stretches import Span

DENIALS = "denials.toml"
SAID, DENIED, UNSURE = "said", "denied", "unsure"
TURNED_ROUND = "a denial of it: the bearing is turned round"
LOOK = "may be a denial: look"
STANDS = "a negation stands in the quote: look what it denies"
CONTESTED = "another denies it in the same sentence: look"
WARNINGS = frozenset({TURNED_ROUND, LOOK, STANDS, CONTESTED})
_OPENING = 12  # code points of the cue's first word
_BEFORE_DENIER = 14  # code points from a negation to a verb of denying that it turns back: "did not seriously deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class Negations:
    """The words of one language that deny, what ends their reach, and what only looks like a denial.

    idle          turns of phrase that deny nothing: "not only", "denied food"
    deniers       verbs and nouns of denying, which reach over whole clauses; apart, loose: what ends or loosens that
    nominal       "no", "nobody": they reach over their noun and its verb
    verbal        "not", "never": they reach over their verb; shut, doubtful: what ends or loosens that of both
    opening       a conjunction with which the cue itself begins
    again         a second verb in the reach of `verbal`: then their own clause is over
    sparse        "without", "free of": over the next noun alone, which `next_noun` allows to stand away
    weak          "rarely", "no longer": never a clear denial
    claims        nouns of what is only alleged; false_after: that such is false, behind the cue
    denied_after, unsure_after    behind the cue

    For figures, where # stands for the figure that is judged (`claims.reading.denied`):

    figure_denied   turns of phrase that deny the figure itself: "called the estimate of # fantasy", "there are no #"
    governs         what stands between a verb of denying and a figure that it reaches: "that", "reports of"
    standing        right before a figure that is no part of what is denied: "denied that its # were beaten"
    claim_noun      nouns of what is claimed or counted, which may be denied
    whose           whose claim it is that is denied, in its first group
    """

    idle: re.Pattern[str]
    deniers: re.Pattern[str]
    apart: re.Pattern[str]
    loose: re.Pattern[str]
    nominal: re.Pattern[str]
    verbal: re.Pattern[str]
    shut: re.Pattern[str]
    doubtful: re.Pattern[str]
    opening: re.Pattern[str]
    again: re.Pattern[str]
    sparse: re.Pattern[str]
    next_noun: re.Pattern[str]
    weak: re.Pattern[str]
    claims: re.Pattern[str]
    false_after: re.Pattern[str]
    denied_after: re.Pattern[str]
    unsure_after: re.Pattern[str]
    any_in_quote: re.Pattern[str]
    figure_denied: re.Pattern[str]
    governs: re.Pattern[str]
    standing: re.Pattern[str]
    claim_noun: re.Pattern[str]
    whose: re.Pattern[str]


def read_negations(programme_folder: Path) -> Mapping[str, Negations]:
    """The programme's words of denying, by language."""
    return {language: negations(table, DENIALS) for language, table in read_table(programme_folder, DENIALS).items()}


def negations(table: Mapping[str, Any], file: str) -> Negations:
    """The words of one language's table; a list that a language does not need is left out and never found."""
    words = table.get("words", {})
    made = {
        field.name: pattern("(?:" + "|".join(table.get(field.name, ["(?!)"])) + ")", words, file)
        for field in fields(Negations)
    }
    return Negations(**made)


def judged(text: str, sentence: Span, found: re.Match[str], words: Negations) -> str:
    """Whether the sentence says what the cue `found` in it stands for, denies it, or leaves that open."""
    blank = without_idle(text[slice(*sentence)], words)
    start, end = found.start() - sentence[0], found.end() - sentence[0]
    denying = _deniers(blank, start, words)
    negating = [
        *_negators(blank, start, words),
        *_inside(text, sentence, found, words),
        *_after(blank, start, end, words),
    ]
    weighed = {*denying, *negating} - {SAID}
    if not weighed:
        return SAID
    twice = denying and DENIED in negating  # "rejects that there is no forced labour"
    return DENIED if weighed == {DENIED} and not twice else UNSURE


def stands_in(quote: str, words: Negations) -> bool:
    """Whether any negation stands in a quote, whatever it governs."""
    return bool(words.any_in_quote.search(without_idle(quote, words)))


def without_idle(sentence: str, words: Negations) -> str:
    return words.idle.sub(lambda found: "x" * len(found.group()), sentence)


def _deniers(sentence: str, start: int, words: Negations) -> list[str]:
    """What verbs of denying before the cue make of it; one that is itself denied leaves it open."""
    last = denier_of(sentence, start, words)
    return [last[1]] if last else []


def denier_of(sentence: str, start: int, words: Negations) -> tuple[re.Match[str], str] | None:
    """The last verb of denying whose clause goes on to `start`, and what it makes of what stands there."""
    for denier in reversed(list(words.deniers.finditer(sentence, 0, start))):
        gap = sentence[denier.end() : start]
        if words.apart.search(gap):
            continue
        near = sentence[max(0, denier.start() - _BEFORE_DENIER) : denier.start()]
        turned_back = words.nominal.search(near) or words.verbal.search(near) or words.sparse.search(near)
        return denier, UNSURE if turned_back or words.loose.search(gap) else DENIED
    return None


def _negators(sentence: str, start: int, words: Negations) -> list[str]:
    """What negations before the cue make of it; those that belong to a verb of denying have been weighed with it."""
    taken = [found.span() for found in words.deniers.finditer(sentence, 0, start)]
    weak = [found for found in words.weak.finditer(sentence, 0, start) if not _in(found.span(), taken)]
    verdicts = [UNSURE for found in weak if not words.shut.search(sentence, found.end(), start)]
    taken += [found.span() for found in weak]
    for found in words.sparse.finditer(sentence, 0, start):
        if not _in(found.span(), taken):
            taken.append(found.span())
            verdicts += [DENIED] if words.next_noun.fullmatch(sentence, found.end(), start) else []
    for negators in (words.nominal, words.verbal):
        for found in negators.finditer(sentence, 0, start):
            if not _in(found.span(), taken) and not words.deniers.search(sentence, found.end(), start):
                gap, cue = sentence[found.end() : start], sentence[start : start + _OPENING]
                opened = words.opening.match(cue)  # "not paid, until they return": the negation is over
                verdicts.append(SAID if opened else _reach(gap, words, negators is words.verbal))
    return verdicts


def _in(span: Span, others: Sequence[Span]) -> bool:
    return any(left < span[1] and span[0] < right for left, right in others)


def _reach(gap: str, words: Negations, verbal: bool) -> str:
    """Whether a negation reaches over `gap` to the cue."""
    if words.shut.search(gap):
        return SAID
    if words.doubtful.search(gap):
        return UNSURE
    return SAID if verbal and words.again.search(gap) else DENIED


def _inside(text: str, sentence: Span, found: re.Match[str], words: Negations) -> list[str]:
    """Negations within the words of the cue, but for those without which it would not be found: these are its own."""
    verdicts = []
    for negators in (words.nominal, words.verbal):
        for inner in negators.finditer(text, *found.span()):
            without = text[: inner.start()] + "x" * len(inner.group()) + text[inner.end() :]
            again = found.re.search(without, found.start(), sentence[1])
            if again and again.start() == found.start() and again.end() == found.end():
                verdicts.append(_reach(text[inner.end() : found.end()], words, negators is words.verbal))
    return verdicts


def _after(sentence: str, start: int, end: int, words: Negations) -> list[str]:
    """What stands behind the cue: that it does not exist, or that what was alleged is false."""
    rest = sentence[end:]
    if words.unsure_after.match(rest):
        return [UNSURE]
    if words.denied_after.match(rest):
        return [DENIED]
    if words.false_after.match(rest):
        return [DENIED if words.claims.search(sentence, 0, start) else UNSURE]
    return []
