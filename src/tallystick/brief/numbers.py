"""Walks a finished page from every number to claims and sources (promise T1), knowing nothing of how it was made.

Three kinds of fault are found:

    stray       digits in the body that stand in no link to a claim and in no place declared neutral
    dangling    a link inside the page that leads nowhere
    sourceless  a claim without the address where it was read or without its source's card, a source without
                address, an estimate that names no claim, or a number of runs of a model that does not lead, through its
                what-if and the model, to the seed, an estimate that runs start from, and assumptions that say why

Numbers written as words are not looked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNSEEN: Final = frozenset({"style", "script", "title", "head"})
_NEUTRAL_TAGS: Final = frozenset({"time", "code", "nav"})  # contents repeat titles, which are read in their place
_NEUTRAL_CLASSES: Final = frozenset({"n"})
_LINK_CLASSES: Final = frozenset({"fig", "ref"})
_APPENDIX: Final = "appendix"
_READ_IN: Final = "read-in"  # where a claim's card says who published it, and where
_SOURCE: Final = "source-"  # ids of sources' cards begin so
_OWED: Final = {  # what a card must name, by its class
    "claim": frozenset({"address", "source"}),
    "estimate": frozenset({"claim"}),
    "run": frozenset({"scenario"}),
    "scenario": frozenset({"model", "pulled"}),
    "model": frozenset({"seed", "estimate", "assumption"}),
    "assumption": frozenset({"why"}),
}
_LEADS_TO: Final = ("scenario", "model", "estimate", "assumption")  # ids of cards begin with these
_SAYS: Final = frozenset({"seed", "pulled", "why"})  # classes of what a card must say in words


@dataclass(frozen=True, slots=True)
class Stray:
    """Digits that lead nowhere: the words around them, and the chapter they stand in."""

    text: str
    chapter: str


@dataclass(frozen=True, slots=True)
class Walk:
    """What one walk found; `numbers` counts the texts with digits that it met in the body."""

    numbers: int
    strays: tuple[Stray, ...]
    dangling: tuple[str, ...]
    sourceless: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """Every fault as one line."""
        return (
            *(f"{stray.chapter}: {stray.text!r} leads to no claim" for stray in self.strays),
            *(f"a link to #{name} leads nowhere" for name in self.dangling),
            *(f"{name} rests on nothing that a reader could look up" for name in self.sourceless),
        )


def walk(page: str) -> Walk:
    """Follow every number of the page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return Walk(
        numbers=reader.numbers,
        strays=tuple(reader.strays),
        dangling=tuple(sorted(reader.sought - reader.ids)),
        sourceless=tuple(sorted(name for name, owed in reader.cards.items() if owed)),
    )


@dataclass(slots=True)
class _Open:
    """One element that is open while we read on."""

    tag: str
    id: str
    classes: frozenset[str]
    rests_on: str

    @property
    def settles(self) -> bool:
        """Digits inside need no more: a link, a declared place, or a chart that says what it rests on."""
        linked = self.tag == "a" and bool(self.classes & _LINK_CLASSES)
        neutral = self.tag in _NEUTRAL_TAGS | _UNSEEN or bool(self.classes & _NEUTRAL_CLASSES)
        return linked or neutral or bool(self.rests_on) or _APPENDIX in self.classes


@dataclass
class _Reader(HTMLParser):
    stack: list[_Open] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    sought: set[str] = field(default_factory=set)
    cards: dict[str, set[str]] = field(default_factory=dict)  # what each card still owes
    strays: list[Stray] = field(default_factory=list)
    numbers: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = frozenset(given.get("class", "").split())
        opened = _Open(tag, given.get("id", ""), classes, given.get("data-rests-on", ""))
        self._note(opened, given)
        if tag not in _VOID:
            self.stack.append(opened)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(opened.tag == tag for opened in self.stack):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._read_in() and self._in("code"):
            self._credit("address")
        for said in _SAYS & {name for opened in self.stack for name in opened.classes} if data.strip() else ():
            self._credit(said)
        if not any(character.isdigit() for character in data):
            return
        if not self._in("body") or self._in("footer"):
            return
        self.numbers += 1
        if not any(opened.settles for opened in self.stack):
            self.strays.append(Stray(" ".join(data.split()), self._chapter()))

    def _note(self, opened: _Open, given: dict[str, str]) -> None:
        """Remember what may be pointed at, what is pointed at, and what a card rests on."""
        if opened.id:
            self.ids.add(opened.id)
        if opened.id and opened.classes & _OWED.keys():
            self.cards[opened.id] = {owed for kind in opened.classes & _OWED.keys() for owed in _OWED[kind]}
        if opened.id.startswith(_SOURCE):
            self.cards[opened.id] = {"address"}
        href = given.get("href", "")
        self.sought |= _targets(href, given.get("data-opens", ""), opened.rests_on)
        if href.startswith(("#claim-", "#basis-")):
            self._credit("claim")
        for kind in _LEADS_TO:
            if href.startswith(f"#{kind}-"):
                self._credit(kind)
        if self._read_in() and href.startswith(f"#{_SOURCE}"):
            self._credit("source")
        elif self._read_in() and href and not href.startswith("#"):
            self._credit("address")

    def _read_in(self) -> bool:
        """Whether we are where a card says where it was read."""
        return any(_READ_IN in opened.classes or opened.id.startswith(_SOURCE) for opened in self.stack)

    def _credit(self, what: str) -> None:
        """The open card names that."""
        for opened in self.stack:
            self.cards.get(opened.id, set()).discard(what)

    def _in(self, tag: str) -> bool:
        return any(opened.tag == tag for opened in self.stack)

    def _chapter(self) -> str:
        chapters: Iterable[str] = (opened.id for opened in reversed(self.stack) if opened.id)
        return next(iter(chapters), "before the chapters")


def _targets(href: str, opens: str, rests_on: str) -> set[str]:
    names = {*opens.split(), *rests_on.split()}
    return names | {href[1:]} if href.startswith("#") and len(href) > 1 else names
