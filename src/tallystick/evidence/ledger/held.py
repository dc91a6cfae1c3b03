"""What a ledger holds, as it was read and before anything of it is believed: entries apart from what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from tallystick.evidence.ledger.entry import ERASE, KEPT, Entry, content_of

COLUMNS: Final = 'entry.chain, number, previous, at, by, kind, subject, "commitment", entry.hash'


class Kept(NamedTuple):
    """What lies beside an entry."""

    salt: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All of a ledger. The same hash or number may stand there twice: that is for `verify` to find."""

    own: str  # the chain that it adds to
    entries: Sequence[Entry]  # without content, in any order
    contents: Mapping[str, Kept]  # by the hash of the entry

    def told(self) -> tuple[Entry, ...]:
        """The entries that the ledger writes itself, with what they say; without those that cannot be read."""
        return tuple(
            replace(entry, content=content)
            for entry in self.entries
            if entry.kind in KEPT and (content := self._content(entry)) is not None
        )

    def erased(self) -> Erased:
        """What was erased, whoever erased it."""
        return erased_by(self.told())

    def _content(self, entry: Entry) -> Mapping[str, Any] | None:
        kept = self.contents.get(entry.hash)
        try:
            return None if kept is None else content_of(kept.body)
        except ValueError:
            return None  # `verify` says why


class Erased(NamedTuple):
    """What the entries of kind erase name, of all chains: whose content must not be there."""

    hashes: frozenset[str]
    subjects: frozenset[str]

    def holds(self, entry: Entry) -> bool:
        """Whether this entry's content was erased."""
        return entry.kind not in KEPT and (entry.hash in self.hashes or entry.subject in self.subjects)


def erased_by(told: Iterable[Entry]) -> Erased:
    """What those of these entries name that are of kind erase."""
    contents = [entry.content for entry in told if entry.kind == ERASE and entry.content is not None]
    return Erased(
        frozenset(one for content in contents for one in _texts(content.get("entries"))),
        frozenset(one for content in contents for one in _texts(content.get("subjects"))),
    )


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def bare_entry(row: Sequence[Any], content: Mapping[str, Any] | None = None) -> Entry:
    """The entry of a row that begins with `COLUMNS`."""
    chain, number, previous, at, by, kind, subject, commitment, own = row[:9]
    return Entry(
        chain=chain, number=number, previous=previous, at=at, by=by, kind=kind, subject=subject,
        commitment=commitment, hash=own, content=content,
    )  # fmt: skip
