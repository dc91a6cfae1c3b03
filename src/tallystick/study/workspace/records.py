"""What the ledger's entries say, as records: documents, proposals with people's opinions of them, edges.

Nobody's opinion is overwritten. Where two people disagree the proposal is disputed, and no estimate uses it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Generic, Literal, TypeVar

import msgspec

from tallystick.claims.proposal import Proposal, StatementProposal

Read = TypeVar("Read", Proposal, StatementProposal)
Verdict = Literal["accept", "correct", "reject", "split", "restrict", "undo"]
Status = Literal["proposed", "accepted", "rejected", "disputed", "restricted", "split"]
SETTLES: Final[Mapping[str, Status]] = {
    "accept": "accepted", "correct": "accepted", "reject": "rejected", "restrict": "restricted", "split": "split",
}  # fmt: skip
SUFFIXES: Final = frozenset(
    (
        ".csv", ".doc", ".docx", ".eml", ".epub", ".gz", ".htm", ".html", ".jpeg", ".jpg", ".json", ".mbox", ".md",
        ".mht", ".mhtml", ".msg", ".odt", ".pdf", ".png", ".ppt", ".pptx", ".rtf", ".tif", ".tiff", ".tsv", ".txt",
        ".warc", ".xhtml", ".xls", ".xlsx", ".xml", ".zip",
    )
)  # fmt: skip
OF_THE_BYTES: Final = frozenset(("bomb", "crash", "empty", "encrypted", "malformed", "too_large", "unknown_format"))


def suffix_of(name: str) -> str:
    """The end of a file's name that says its format; "" where what follows the last full stop may be any word."""
    suffix = Path(name).suffix
    return suffix if suffix.casefold() in SUFFIXES else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document taken in. `part` tells the documents of one mail or web archive apart."""

    id: str
    sha256: str
    size: int  # bytes
    origin: str = ""  # the path or address as it was given; "" for who may not see it
    part: str
    captured_at: datetime  # UTC
    media_type: str
    encoding: str
    replaced: int
    language: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    published_on: date | None
    published_evidence: str
    tool: str
    text: str  # name of the copy that holds the derived text and its stretches
    copy: str  # name of the copy that holds the bytes
    public: bool
    withheld: tuple[str, ...] = ()  # which of origin, title, publisher and url name somebody private, and lie sealed
    chain: str = ""  # of whoever read it: of that workspace's ledger, one's own before anybody else's


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """That a document could not be read, by which version, and why."""

    id: str
    sha256: str  # "" where not even its bytes could be had
    size: int  # bytes
    origin: str
    tool: str
    verdict: str
    message: str
    hint: str

    def holds_for(self, name: str, tool: str) -> bool:
        """Whether that version would refuse the same bytes again under that name: it is not the machine's doing."""
        alike = (self.tool, suffix_of(self.origin)) == (tool, suffix_of(name))
        return alike and self.verdict in OF_THE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one person made of a proposal; `changes` are fields of the claim as that person reads it, in JSON."""

    by: str
    at: datetime
    verdict: Verdict
    changes: Mapping[str, Any]
    why: str
    chain: str = ""  # of the workspace in which it was given
    bulk: bool = False  # whether it was given for many at once, so that nobody looked at this one

    @property
    def decides(self) -> bool:
        """Whether it says what becomes of a claim; that one narrows to nobody is no word on what it says."""
        return self.verdict != "correct" or bool(self.changes.keys() - {"restricted"})

    @property
    def keeps_or_clears(self) -> bool:
        """Whether it says that something has to be kept back, or that it has not."""
        return self.verdict == "restrict" or (self.verdict == "correct" and "restricted" in self.changes)

    def repeats(self, before: Sequence[Opinion]) -> bool:
        """Whether that person's last word there was the same; it may be recorded again, in clear."""
        mine = [one for one in before if (one.by, one.chain) == (self.by, self.chain)]
        said = bool(self.changes) and bool(mine)
        return said and (mine[-1].verdict, dict(mine[-1].changes)) == (self.verdict, dict(self.changes))

    def without_clearing(self) -> Opinion:
        """The same, less that nothing has to be kept back: that is for whoever read the document to say."""
        if self.changes.get("restricted", "kept") != "":
            return self
        return replace(self, changes={name: value for name, value in self.changes.items() if name != "restricted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A scored edge from this claim to another, with its reasons; `verdict` is proposed, upheld or overruled."""

    to: str
    kind: str
    score: float
    reasons: tuple[str, ...]
    verdict: str = "proposed"
    by: str = ""
    why: str = ""


class _Opined(ABC, Generic[Read]):
    """What an extractor proposed and people have opinions of: what follows from all of them together."""

    __slots__ = ()
    opinions: tuple[Opinion, ...]

    @property
    @abstractmethod
    def proposed(self) -> Read:
        """As the extractor read it."""

    @property
    def standing(self) -> tuple[Opinion, ...]:
        """Each person's last opinion that was not taken back. One name in two workspaces may be two people.

        That a claim narrows to nobody stands beside that person's decision on the claim, given before or after.
        """
        return standing(self.opinions)

    @property
    def decisions(self) -> tuple[Opinion, ...]:
        """Of what stands, the words on what becomes of it."""
        return tuple(opinion for opinion in self.standing if opinion.decides)

    @property
    def deciding(self) -> Opinion | None:
        """The last word of who looked, else the last that was given in bulk; None where nobody decided."""
        looked = [opinion for opinion in self.decisions if not opinion.bulk]
        return next(reversed(looked or self.decisions), None)

    @property
    def is_restricted(self) -> bool:
        """Whether somebody keeps it back. Nobody lifts that elsewhere, under whatever name, but where it was said."""
        return any(opinion.verdict == "restrict" or opinion.changes.get("restricted") for opinion in self.standing)

    @property
    def status(self) -> Status:
        """What follows from all opinions together. One person's restriction holds until that person takes it back."""
        if self.is_restricted:
            return "restricted"
        decisions = self.decisions
        readings = {_reading(opinion) for opinion in decisions}
        if not readings:
            return "restricted" if self.kept_back else "proposed"
        if len(readings) > 1:
            return "disputed"
        return SETTLES[decisions[-1].verdict]

    @property
    def kept_back(self) -> str:
        """Why it must be kept back, as it narrows to somebody; "" where it does not, or a person found that."""
        return self.reviewed.restricted if self.proposed.restricted else ""

    @property
    def reviewed(self) -> Read:
        """What was read, with the corrections that stand."""
        changes: dict[str, Any] = {}
        for opinion in self.standing:
            if opinion.verdict == "correct":
                changes |= opinion.changes
        return msgspec.convert(msgspec.to_builtins(self.proposed) | changes, type(self.proposed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(_Opined[Proposal]):
    """A proposal as the workspace holds it: the extractor's reading, everybody's opinion, its edges."""

    id: str
    document: str
    claim: Proposal
    opinions: tuple[Opinion, ...] = ()
    links: tuple[Link, ...] = ()
    chain: str = ""  # of whoever read it, as of its document

    @property
    def proposed(self) -> Proposal:
        """As the extractor read it."""
        return self.claim


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldStatement(_Opined[StatementProposal]):
    """A statement as the workspace holds it: a clue, never scored."""

    id: str
    document: str
    statement: StatementProposal
    opinions: tuple[Opinion, ...] = ()
    chain: str = ""  # of whoever read it, as of its document

    @property
    def proposed(self) -> StatementProposal:
        """As the extractor read it."""
        return self.statement


def standing(opinions: Iterable[Opinion]) -> tuple[Opinion, ...]:
    """Each person's last opinion that was not taken back, and the last word on keeping back beside it."""
    last: dict[tuple[str, str], list[Opinion]] = {}
    for opinion in opinions:
        mine = last.setdefault((opinion.by, opinion.chain), [])
        if opinion.verdict == "undo":
            del mine[-1:]
        else:
            mine.append(opinion)
    return tuple(one for mine in last.values() for one in _of_one_person(mine))


def _of_one_person(said: Sequence[Opinion]) -> Iterator[Opinion]:
    """The last decision, and the last word on keeping back where the decision has none and it lifts nothing."""
    decision = next((one for one in reversed(said) if one.decides), None)
    keeping = next((one for one in reversed(said) if one.keeps_or_clears), None)
    lifted = decision is not None and decision.verdict == "restrict" and keeping is not decision
    if decision is not None and not lifted:
        yield decision
    if keeping is not None and keeping is not decision and keeping.verdict == "correct":
        yield replace(keeping, changes={"restricted": keeping.changes["restricted"]})


def _reading(opinion: Opinion) -> tuple[str, str]:
    """What an opinion comes to: two who accept agree, two who correct to other figures do not.

    Whether something is kept back is no part of what a claim says.
    """
    said = sorted((key, str(value)) for key, value in opinion.changes.items() if key != "restricted")
    return SETTLES[opinion.verdict], repr(said)
