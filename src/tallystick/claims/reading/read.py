"""From a text to proposed claims: sentences, theme, numbers, then for each number what, where, when and who says so.

    read(text, language="en", published=date(2021, 3, 4), title="...", publisher="...", words=words) -> Reading

It is a grammar: the same text gives the same claims on every machine, and a text on another subject gives none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tallystick.claims.numbers.beginnings import beginnings
from tallystick.claims.numbers.days import days
from tallystick.claims.numbers.find import quantities
from tallystick.claims.proposal import Proposal, Reading
from tallystick.claims.quantity import Day, Quantity
from tallystick.claims.reading.asserters import Speakers
from tallystick.claims.reading.backward import dateline, known_days, pointed_back
from tallystick.claims.reading.currencies import with_currencies
from tallystick.claims.reading.heads import PEOPLE
from tallystick.claims.reading.letters import unmixed
from tallystick.claims.reading.measure import measured
from tallystick.claims.reading.periods import latest_named
from tallystick.claims.reading.propose import Setting, distinct, propose
from tallystick.claims.reading.resolutions import dated
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.sentences import spans
from tallystick.claims.reading.theme import on_theme, ours, sparse
from tallystick.claims.reading.verdict import DENIED, Verdict
from tallystick.claims.reading.words import LANGUAGES, Words

_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\)")
_ANAPHOR = re.compile(r"of th(?:em|ose)")
_RECENT = 2  # sentences after which nothing goes on
_COUNTED = PEOPLE | {
    "permit",
    "visa",
    "visa_work",
    "visa_student",
    "visa_tourist",
    "soldier",
    "firm",
    "vacancy",
    "shell",
}


def read(text: str, *, language: str, published: date | None, title: str, publisher: str, words: Words) -> Reading:
    """All claims that the grammar finds in one text. A language that it does not know gives none.

    `title` and `published` inform what the text leaves unsaid: the place, the year. `publisher` is no source of a
    number: who publishes may only pass it on. A dateline stands for a day of publication that nobody gave.
    """
    del publisher
    if language not in LANGUAGES:
        return Reading(on_theme=False)
    whole, text = text, unmixed(unlinked(text), language)
    sentences = split(text, language, words)
    if not on_theme(sentences, title, words[language]):
        return Reading(on_theme=False)
    numbers = quantities(text, language)
    if not numbers and not any(letter.isdigit() for letter in text):
        return Reading()
    named = days(text, language, published)
    if published is None and (written := dateline(text, named)) is not None:
        published, named = written, days(text, language, written)
    named = known_days(text, [(said, day) for said, day in words[language].days if _passed(day, published)], named)
    _place(sentences, numbers, pointed_back(text, language, named, published))
    setting = Setting(whole, language, published, title, sentences, Speakers(sentences), words, latest_named(sentences))
    made = _claims(setting)
    return Reading(
        claims=distinct(claim for claim in made if claim.status != DENIED),
        notes=_denied([claim for claim in made if claim.status == DENIED]),
    )


def _denied(passed_over: Sequence[Proposal]) -> tuple[str, ...]:
    """How many figures the text only denies: nobody's claims. Which they are is not told, as they may narrow."""
    count = len({(claim.quote_start, claim.quote_end) for claim in passed_over})
    return (f"figures that the text only denies, which are no claims: {count}",) if count else ()


def unlinked(text: str) -> str:
    """A text of the same length without the marks of its links: "[30,000](#) men" has a noun after its number."""
    return _LINK.sub(lambda link: f" {link[1]}{' ' * (len(link[0]) - len(link[1]) - 1)}", text)


def _passed(day: date, published: date | None) -> bool:
    """Whether a text may speak of a known day: it was set two years before, and is no news ten years later."""
    return published is not None and -_SET <= (published - day).days <= _OLD


_SET, _OLD = 730, 3650  # days


def split(text: str, language: str, words: Words) -> tuple[Sentence, ...]:
    """The sentences of a text, ready to be searched."""
    tongue = words[language]
    small = text.lower()
    small = small if len(small) == len(text) else ""
    begun = beginnings(text, language)
    made: list[Sentence] = []
    first = 0
    for index, span in enumerate(spans(text, language, tongue)):
        first = bisect_left(begun, (span.start, ""), first)
        last = bisect_left(begun, (span.end, ""), first)
        made.append(
            Sentence(
                text=text,
                small=small,
                beginnings=begun[first:last],
                previous=made[-1] if made else None,
                start=span.start,
                end=span.end,
                index=index,
                paragraph=span.paragraph,
                language=language,
                tongue=tongue,
            )
        )
    return tuple(made)


def _place(sentences: Sequence[Sentence], numbers: Sequence[Quantity], dates: Sequence[Day]) -> None:
    """Give each sentence the numbers and days that begin in it; both come in order."""
    number_starts, day_starts = [q.number_start for q in numbers], [day.start for day in dates]
    for sentence in sentences:
        first, last = (bisect_left(number_starts, end) for end in (sentence.start, sentence.end))
        sentence.quantities = tuple(numbers[first:last])
        sentence.quantities = with_currencies(sentence)
        first, last = (bisect_left(day_starts, end) for end in (sentence.start, sentence.end))
        sentence.days = tuple(dates[first:last])


def _claims(setting: Setting) -> list[Proposal]:
    made: list[Proposal] = []
    keeps, told, line = True, _Told({}, -_RECENT), -1
    once = sparse(setting.sentences, setting.title, setting.words[setting.language])
    for sentence in setting.sentences:
        for number, verdict in dated(setting.sentences, sentence):
            if (proposal := propose(setting, sentence, number, verdict)) is not None:
                made.append(proposal)
        if sentence.quantities:
            keeps = ours(sentence, keeps) and not (once and _far_from_sender(setting.sentences, sentence))
            recent = told.last if line == sentence.paragraph or _goes_on(sentence, told) else {}
            last = _in_sentence(setting, sentence, keeps, recent, made)
            told = _Told(last, sentence.index) if last else told
            line = sentence.paragraph
    return made


class _Told(NamedTuple):
    """The last verdict of each kind of quantity, and the sentence that it was reached in."""

    last: Mapping[str, Verdict]
    at: int


def _goes_on(sentence: Sentence, told: _Told) -> bool:
    """Whether a sentence on a new line leaves out what it counts: it names no people or papers, and is near."""
    named = (hit for hit, kind in sentence.nouns() if kind in _COUNTED)
    counted = any(not _ANAPHOR.fullmatch(sentence.text, hit.start, hit.end) for hit in named)
    return sentence.index - told.at <= _RECENT and not counted


def _far_from_sender(sentences: Sequence[Sentence], sentence: Sentence) -> bool:
    """Whether neither a sentence nor the one before names the sender, nor, after the pay of others, the next."""
    paid = sentence.has("wage") or sentence.has("net")
    ends = sentence.index + (3 if sentence.has("comparable") else 2 if paid else 1)
    return not any(near.has("sender") for near in sentences[max(0, sentence.index - 1) : ends])


def _in_sentence(
    setting: Setting, sentence: Sentence, keeps: bool, recent: Mapping[str, Verdict], made: list[Proposal]
) -> dict[str, Verdict]:
    """Read each number of a sentence; one without a measure of its own may go on from the one before."""
    before = dict(recent)
    for quantity in sentence.quantities:
        verdict = measured(sentence, quantity, keeps, before.get(quantity.kind))
        if verdict is None:
            continue
        before[quantity.kind] = verdict
        proposal = propose(setting, sentence, quantity, verdict)
        if proposal is not None:
            made.append(proposal)
    return before
