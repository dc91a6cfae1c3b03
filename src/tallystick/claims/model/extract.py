"""Claims of one text as a language model proposes them, and a count of what was refused and why.

It could be mistaken for the default reader: that is `tallystick.claims.reading`, which needs no model.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tallystick.claims.model.answer import Answer, MalformedError, answer_in
from tallystick.claims.model.endpoint import Endpoint, key_of, may_be_sent
from tallystick.claims.model.judge import Find, Judge, KeptBack, Passage, Refusal
from tallystick.claims.model.passages import spans
from tallystick.claims.model.periods import years_known
from tallystick.claims.model.post import Sleep, post
from tallystick.claims.model.prompt import request
from tallystick.claims.model.vocabulary import Vocabulary
from tallystick.claims.numbers.find import quantities
from tallystick.claims.proposal import Proposal, Reading
from tallystick.vocab.errors import RunError


class UnusableError(RunError):
    """The server answers, and the model's answers are of no use for any passage of this text."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A passage for which the model gave no usable answer: `text[start:end]`, and why."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a model read, with all that did not pass, so that a person sees how far it can be trusted.

    `reading.on_theme` says only whether a claim was found: a model is not asked what else a text is about.
    """

    reading: Reading
    refused: tuple[Refusal, ...]
    unread: tuple[Unread, ...]
    passages: int

    @property
    def summary(self) -> str:
        """One line: "7 proposed, 2 refused: number not in quote (2)"."""
        said = f"{len(self.reading.claims) + len(self.refused)} proposed, {len(self.refused)} refused"
        if self.refused:
            said += ": " + _counted(one.why for one in self.refused)
        if self.unread:
            said += f"; {len(self.unread)} of {self.passages} passages unread: " + _counted(
                one.why for one in self.unread
            )
        return said


def extract(
    text: str,
    *,
    endpoint: Endpoint,
    words: Vocabulary,
    language: str,
    published: date | None,
    title: str,
    kept_back: Sequence[KeptBack],
    restricted: bool = True,
    may_leave: bool = False,
    find: Find = quantities,
    environment: Mapping[str, str] = os.environ,
    sleep: Sleep = time.sleep,
) -> Extraction:
    """Ask the model for the claims of `text`, passage by passage, and let each pass the gates.

    Parameters
    ----------
    kept_back
        Spans that narrow to someone; a claim whose passage touches one is proposed as restricted.
    restricted
        Whether the document is kept back, as every document is until a person marks it public. Then nothing of it is
        sent to another machine, unless `may_leave` says that it may.
    find
        The number grammar, where it is not the usual one.

    Raises
    ------
    UsageError
        A restricted text would leave this machine, or the API key is missing.
    RunError
        The endpoint cannot be asked.
    UnusableError
        It gave no usable answer for any passage.
    """
    may_be_sent(endpoint, restricted=restricted, may_leave=may_leave)
    key = key_of(endpoint, environment)
    judge = Judge(
        words=words,
        find=find,
        known=years_known(f"{title}\n{text}", published),
        title=title,
        extractor=f"model {endpoint.model}",
        kept_back=kept_back,
    )
    whole = judge.find(text, language)  # once and uncut: a passage may begin within a number
    found = _Found()
    parts = spans(text)
    for start, end in parts:
        body = request(
            words, model=endpoint.model, passage=text[start:end], title=title, language=language, published=published
        )
        try:
            answer = answer_in(post(endpoint, body, key=key, sleep=sleep))
        except MalformedError as error:  # this passage is told as unread; the others may still be read
            found.unread.append(Unread(start, end, str(error)))
            continue
        shown = Passage(text=text, start=start, end=end, language=language, quantities=whole)
        found.add(answer, judge, shown)
    if parts and len(found.unread) == len(parts):
        raise UnusableError(
            f"the model {endpoint.model} gave no usable answer: {found.unread[0].why}",
            hint="try a larger model, or one whose server holds it to a JSON schema",
        )
    return found.extraction(len(parts))


class _Found:
    """What has come so far; a claim that two overlapping passages give is one."""

    def __init__(self) -> None:
        self.claims: dict[object, Proposal] = {}
        self.refused: dict[Refusal, None] = {}
        self.unread: list[Unread] = []

    def add(self, answer: Answer, judge: Judge, passage: Passage) -> None:
        for claimed in answer.claims:
            judged = judge.judge(claimed, passage)
            if isinstance(judged, Refusal):
                self.refused.setdefault(judged)
            else:
                self.claims.setdefault(_same_claim(judged), judged)

    def extraction(self, passages: int) -> Extraction:
        claims = tuple(sorted(self.claims.values(), key=lambda one: (one.quote_start, one.quote_end)))
        reading = Reading(claims=claims, on_theme=bool(claims))
        return Extraction(reading=reading, refused=tuple(self.refused), unread=tuple(self.unread), passages=passages)


def _same_claim(one: Proposal) -> object:
    return one.quote_start, one.quote_end, one.measure, one.low, one.point, one.high, one.host


def _counted(reasons: Iterable[str]) -> str:
    return ", ".join(f"{why} ({count})" for why, count in Counter(reasons).most_common())
