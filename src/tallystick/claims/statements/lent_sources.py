"""Sources that tell of a person by what they are: one worker, or whoever speaks in a sentence that is kept back.

A claim takes its source from sentences around it, too. One that only a narrowing sentence names would come out of it
into the clear, as if it were a name like any other; so it is lent to no claim. Where the claim's own words have such a
source, or it is one single worker, the claim itself is kept back. Bodies hide nowhere: a ministry that tells of one who
died stays a ministry.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from tallystick.claims.proposal import LENT_SOURCE, Proposal
from tallystick.claims.statements.few import is_body
from tallystick.claims.statements.narrowing import REASONS, Narrowing, narrows
from tallystick.claims.statements.patterns import SCRIPTS
from tallystick.claims.statements.words import StatementWords

NOBODY: Final = "source: none"
OF_ONE_PERSON: Final = frozenset(("person", "interviewee", "helper", "partner"))  # kinds of narrowing
_SHORT, _ENDING = 4, 2  # letters of a Russian word that keeps its form, and of the ending of one that does not
_ONE_OF: Final = re.compile(r"(?i)\bone of\b|\bmember$|\bодин из|\bодн[аоу]\w* из|중 (?:한|하나)")
_MANY: Final = {  # what a word of workers ends with, or is, where several are meant
    "en": re.compile(r"(?i)s$|^(?:crew|team|brigade)$"),
    "ru": re.compile(r"(?i)^бригад[аыуе]|(?:ие|ые|их|ых|ими|ыми|[иы]|ов|ев|ей|а[мх]|ами)$"),
    "ko": re.compile(r"들"),
}


def of_one_worker(sources: Iterable[str], words: StatementWords) -> str:
    """Why a claim with these sources is proposed as restricted; "" where none of them is one single worker."""
    return REASONS["interviewee"] if any(_is_one_worker(source, words) for source in sources if source) else ""


def stands_in_narrowing(
    sources: Iterable[str], text: str, narrowings: Collection[Narrowing], words: StatementWords
) -> str:
    """Why a claim with these sources is proposed as restricted; "" where each is a body, or is named elsewhere too."""
    hidden = (_only_in(source, text, narrowings) for source in sources if source and not is_body(source, words))
    return next((one.reason for one in hidden if one is not None), "")


def uncarried(claim: Proposal, text: str, narrowings: Collection[Narrowing], words: StatementWords) -> Proposal:
    """Without the sources that it took from other sentences, where the text names them in narrowing ones alone."""
    if LENT_SOURCE.isdisjoint(claim.reasons):
        return claim
    named = claim.attribution or (claim.asserted_by,)
    left = tuple(name for name in named if is_body(name, words) or _may_be_lent(name, text, narrowings))
    if left == named:
        return claim
    reasons = tuple(NOBODY if not left and reason in LENT_SOURCE else reason for reason in claim.reasons)
    return replace(claim, asserted_by=next(iter(left), ""), attribution=left, reasons=reasons)


def _may_be_lent(source: str, text: str, narrowings: Collection[Narrowing]) -> bool:
    """Whether the text names it where nothing narrows; of one that is found nowhere in it that is not known."""
    if not narrowings:
        return True
    return _as_written(source).search(text) is not None and _only_in(source, text, narrowings) is None


def _only_in(source: str, text: str, narrowings: Collection[Narrowing]) -> Narrowing | None:
    """A stretch that narrows and names it, where none that does not narrow names it; None for a text without it."""
    found: Narrowing | None = None
    for match in _as_written(source).finditer(text):
        found = next((one for one in narrowings if one.start < match.end() and match.start() < one.end), None)
        if found is None:
            return None
    return found


def _as_written(source: str) -> re.Pattern[str]:
    """Its words as a text may have them: Russian declines them, and Korean joins particles to the last."""
    body = r"\s+".join(map(_word_in_any_case, source.split()))
    return re.compile(rf"(?<!\w){body}" + ("" if SCRIPTS["ko"].search(source) else r"(?!\w)"), re.IGNORECASE)


def _word_in_any_case(word: str) -> str:
    if not SCRIPTS["ru"].match(word):
        return re.escape(word)
    kept = word[:-_ENDING] if len(word) > _SHORT else word
    return re.escape(kept) + rf"\w{{0,{2 * _ENDING}}}"


def _is_one_worker(source: str, words: StatementWords) -> bool:
    if is_body(source, words):
        return False
    if _ONE_OF.search(source) or any(one.kind in OF_ONE_PERSON for one in narrows(source, language="en", words=words)):
        return True
    return any(
        names.not_role is not None
        and SCRIPTS[language].search(source) is not None
        and any(not _MANY[language].search(_word_at(source, match)) for match in names.not_role.finditer(source))
        for language, names in words.names.items()
    )


def _word_at(source: str, match: re.Match[str]) -> str:
    """The match to the end of its word: Korean has what makes it several behind it."""
    rest = re.match(r"\w*", source[match.end() :])
    return match.group().strip() + (rest.group() if rest else "")
