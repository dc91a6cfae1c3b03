"""Qualitative statements that bear on the indicators and the cells of the framework: clues, quoted, never scored.

A statement is proposed when a cue of the programme's table stands in a sentence about the sender's workers (or, where
the cue allows, about those at home who want a place). Neither the number of cues nor their sum means anything:
indicators are no votes, and a person reads each clause in its passage before it becomes a row of evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tallystick.claims.proposal import StatementProposal
from tallystick.claims.statements.denials import (
    DENIED,
    LOOK,
    SAID,
    STANDS,
    TURNED_ROUND,
    Negations,
    judged,
    stands_in,
)
from tallystick.claims.statements.narrowing import Narrowing, restricts
from tallystick.claims.statements.stretches import Span, clause
from tallystick.claims.statements.words import LANGUAGES, Cue, StatementWords, Subjects

TURNED = {"supports": "contradicts", "contradicts": "supports", "mixed": "mixed", "neutral": "neutral"}


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One cue in one clause."""

    cue: Cue
    start: int
    end: int
    bearing: str
    judgement: str
    passage: Span


def statements(
    text: str,
    *,
    language: str,
    sentences: Sequence[tuple[int, ...]],
    words: StatementWords,
    narrowings: Iterable[Narrowing] = (),
) -> tuple[StatementProposal, ...]:
    """The statements of `text`, in order; `narrowings` of the same text say which are proposed as restricted.

    sentences : start and end of each sentence in code points, in order; what else a span carries is left aside
    A language without cues gives none: nothing is guessed from another language's words.
    """
    if language not in LANGUAGES:
        return ()
    subjects = words.subjects[language]
    if not (subjects.sender.search(text) and subjects.workers.search(text)):
        return ()  # another subject
    held = tuple(narrowings)
    sightings = []
    about: frozenset[str] = frozenset()
    last = 0
    for sentence in ((span[0], span[1]) for span in sentences):
        own = _about(text[slice(*sentence)], subjects)
        goes_on = subjects.going_on.search(text, *sentence)
        apart = "\n" in text[last : sentence[0]] and not goes_on
        before = frozenset() if apart else about
        about = own | before if goes_on and own == {"applicants"} else own or before
        sightings += _in_sentence(text, sentence, about, words.cues, subjects, language)
        last = sentence[1]
    return tuple(_proposal(text, group, held, subjects.negations) for group in _together(sightings))


def _about(sentence: str, subjects: Subjects) -> frozenset[str]:
    """Whom a sentence names: workers, applicants, soldiers or others; nobody when it only goes on."""
    if subjects.others.search(sentence) and not subjects.sender.search(sentence):
        return frozenset({"others"})
    workers, applicants = subjects.workers.search(sentence), subjects.applicants.search(sentence)
    if subjects.soldiers.search(sentence) and not workers:
        return frozenset({"soldiers"})
    named = (("workers", workers), ("applicants", applicants))
    return frozenset(name for name, found in named if found)


def _in_sentence(
    text: str, sentence: Span, about: frozenset[str], cues: Iterable[Cue], subjects: Subjects, language: str
) -> list[_Sighting]:
    """The cues of one sentence; what is about applicants may also be told of workers, but not the other way round."""
    found: dict[tuple[str, int, int], _Sighting] = {}
    for cue in cues:
        if not about & ({"workers", "applicants"} if cue.about == "applicants" else {"workers"}):
            continue
        for pattern in cue.patterns[language]:
            for match in pattern.finditer(text, *sentence):
                start, end = clause(text, sentence, *match.span())
                judgement = judged(text, sentence, match, subjects.negations)
                bearing = _bearing(judgement, cue)
                found.setdefault((cue.id, start, end), _Sighting(cue, start, end, bearing, judgement, sentence))
    return [one for one in found.values() if not any(_holds(one, other) for other in found.values())]


def _holds(one: _Sighting, other: _Sighting) -> bool:
    """Whether `one` quotes more than `other` for the same cue: the shorter quote is kept."""
    inside = one.start <= other.start and other.end <= one.end
    return one.cue is other.cue and inside and (one.start, one.end) != (other.start, other.end)


def _bearing(judgement: str, cue: Cue) -> str:
    """The cue's bearing, turned round by a denial; `neutral` where a denial is unsure or its opposite bears nothing."""
    if judgement == SAID:
        return cue.bearing
    return TURNED[cue.bearing] if judgement == DENIED and (cue.plain or cue.indicators) else "neutral"


def _warning(sighting: _Sighting, quote: str, negations: Negations) -> str:
    """What a person must be told of a negation near the cue, "" when there is none."""
    if sighting.judgement == SAID:
        return STANDS if stands_in(quote, negations) else ""
    return LOOK if sighting.bearing == "neutral" else TURNED_ROUND


def _together(sightings: Iterable[_Sighting]) -> list[list[_Sighting]]:
    """Sightings in the same clause with the same bearing are one statement; a contradiction drops its own opposite."""
    groups: dict[tuple[int, int, str], list[_Sighting]] = {}
    for sighting in sightings:
        groups.setdefault((sighting.start, sighting.end, sighting.bearing), []).append(sighting)
    against = {
        (start, end, indicator)
        for (start, end, bearing), group in groups.items()
        if bearing == "contradicts"
        for item in group
        for indicator in item.cue.indicators
    }
    kept = ([one for one in group if not _is_opposed(one, against)] for _, group in sorted(groups.items()))
    return [group for group in kept if group]


def _is_opposed(one: _Sighting, against: set[tuple[int, int, str]]) -> bool:
    """Whether the same clause contradicts what `one` says."""
    return one.bearing != "contradicts" and any((one.start, one.end, name) in against for name in one.cue.indicators)


def _proposal(
    text: str, group: list[_Sighting], narrowings: Sequence[Narrowing], negations: Negations
) -> StatementProposal:
    first = group[0]
    quote = text[first.start : first.end]
    warnings = (_warning(item, quote, negations) for item in group)
    cells = list(dict.fromkeys(cell for item in group for cell in item.cue.cells))
    made = StatementProposal(
        indicators=tuple(sorted({name for item in group for name in item.cue.indicators})),
        limbs=tuple(limb for limb, _ in cells),
        phases=tuple(phase for _, phase in cells),
        topics=tuple(dict.fromkeys(topic for item in group for topic in item.cue.topics)),
        bearing=first.bearing,
        quote=quote,
        quote_start=first.start,
        quote_end=first.end,
        passage_start=first.passage[0],
        passage_end=first.passage[1],
        reasons=tuple(dict.fromkeys(filter(None, (*(item.cue.because for item in group), *warnings)))),
    )
    return replace(made, restricted=restricts(made.passage_start, made.passage_end, narrowings))
