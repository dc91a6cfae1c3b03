"""Claims that a language model proposes beside those of the grammar, behind the same gates.

A claim that both found is one proposal and names both. A text that is restricted is not sent to another machine unless
a person said that it may leave: whoever asks for a reading is told so before, and here it holds for each text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tallystick.claims.model.endpoint import Endpoint
from tallystick.claims.proposal import Proposal, Reading, naming
from tallystick.evidence.documents.derived import Derived
from tallystick.evidence.documents.verdicts import refuse
from tallystick.study.workspace.taken import by_grammar

if TYPE_CHECKING:
    from tallystick.claims.model.vocabulary import Vocabulary
    from tallystick.claims.reading.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Which model is asked, and in which words; `may_leave` says that a restricted text may go to another machine."""

    endpoint: Endpoint
    words: Vocabulary
    may_leave: bool = False

    @property
    def extractor(self) -> str:
        """How its claims name it."""
        return f"model {self.endpoint.model}"


@dataclass(frozen=True, slots=True)
class ByBoth:
    """The grammar and a model: what stands in the place of the grammar alone."""

    model: Model
    restricted: bool

    def __call__(self, derived: Derived, words: Words) -> Reading:
        """The claims of both; DocumentError where the model gave no usable answer for any of the text."""
        from tallystick.claims.model.extract import UnusableError, extract

        read = by_grammar(derived, words)
        try:
            found = extract(
                derived.text,
                endpoint=self.model.endpoint,
                words=self.model.words,
                language=derived.language,
                published=derived.published_on,
                title=derived.title,
                kept_back=(),  # what narrows is kept back by `taken`, whoever proposed it
                restricted=self.restricted,
                may_leave=self.model.may_leave,
            )
        except UnusableError as error:
            raise refuse("no_answer", str(error), hint=error.hint) from error
        claims = together(read.claims, found.reading.claims)
        note = f"{self.model.extractor}: {found.summary}"
        return replace(read, claims=claims, on_theme=bool(claims) or read.on_theme, notes=(*read.notes, note))


def together(grammar: Sequence[Proposal], model: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """All claims in the order of the text. What both found stands as the grammar read it, and names both."""
    found = list(grammar)
    for claim in model:
        at = next((at for at, one in enumerate(found) if is_same(one, claim)), None)
        if at is None:
            found.append(claim)
        else:
            found[at] = replace(found[at], extractor=naming(found[at].extractor, claim.extractor))
    return tuple(sorted(found, key=lambda one: (one.quote_start, one.quote_end)))


def is_same(one: Proposal, other: Proposal) -> bool:
    """Whether both say the same of the same words: where a quote begins and ends is a matter of taste."""
    overlap = one.quote_start < other.quote_end and other.quote_start < one.quote_end
    return overlap and _said(one) == _said(other)


def _said(claim: Proposal) -> tuple[object, ...]:
    return claim.measure, claim.low, claim.point, claim.high, claim.unit, claim.host
