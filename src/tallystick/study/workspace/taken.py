"""What one document comes to before anything is recorded: its texts, with what was proposed from each.

Pure but for the child process that parses; so it can run in any process, on any machine of a cluster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import unquote

from tallystick.claims.proposal import Proposal, Reading, StatementProposal
from tallystick.evidence.documents.derived import Derived, Refused
from tallystick.evidence.documents.verdicts import DocumentError
from tallystick.study.workspace.records import suffix_of

if TYPE_CHECKING:
    from tallystick.claims.reading.words import Words
    from tallystick.claims.statements.words import StatementWords

LANGUAGES = ("en", "ru", "ko")
OF_ONE_PERSON: Final = frozenset(("person", "interviewee", "helper", "partner"))  # kinds of narrowing
_NO_WORD: Final = re.compile(r"[_.,;+~]+|(?<!\w)-|-(?!\w)")  # what stands for blanks in the names of files
_WORD: Final = re.compile(r"\w+")


class Loader(Protocol):
    """What turns bytes into texts: `evidence.documents.nursery.Nursery`, or what stands in for it in a test."""

    def take(self, data: bytes, name: str) -> tuple[Derived, ...]:
        """The texts in it; DocumentError where there is a verdict instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A programme's words: those that claims are read with, and those of statements and of what narrows."""

    claims: Words
    statements: StatementWords


class Extractor(Protocol):
    """What proposes claims from a text: the grammar, or a language model behind the same gates."""

    def __call__(self, derived: Derived, words: Words) -> Reading: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says of a document that does not say it of itself, and who says so."""

    published_on: date | None = None
    publisher: str = ""
    title: str = ""
    by: str = ""

    def beside(self, derived: Derived) -> Derived:
        """The text with what was given in the place of what was found."""
        found = replace(derived, publisher=self.publisher or derived.publisher, title=self.title or derived.title)
        if self.published_on is None:
            return found
        return replace(found, published_on=self.published_on, published_evidence=f"given by {self.by}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text of a document and what was proposed from it."""

    derived: Derived
    claims: tuple[Proposal, ...]
    statements: tuple[StatementProposal, ...]
    notes: tuple[str, ...] = ()  # of the extractor, for whoever asked for the reading
    narrowing: int = 0  # passages that narrow to a person, a helper or a way, those of what is kept back too
    withheld: tuple[str, ...] = ()  # what names somebody private of: title, publisher, origin, url


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A document's texts; or why it was refused."""

    texts: tuple[Text, ...] = ()
    refused: Refused | None = None


NOTHING: Final = Given()


def take(
    data: bytes, name: str, *, loader: Loader, words: Vocabulary, extract: Extractor, given: Given = NOTHING
) -> Taken:
    """Parse a document and read its texts."""
    try:
        derived = loader.take(data, name)
        return Taken(texts=tuple(_read(given.beside(one), name, words, extract) for one in derived))
    except DocumentError as error:
        return Taken(refused=Refused(verdict=error.verdict, message=str(error), hint=error.hint))


def by_grammar(derived: Derived, words: Words) -> Reading:
    """The claims that the grammar finds."""
    from tallystick.claims.reading.read import read

    return read(
        derived.text,
        language=derived.language,
        published=derived.published_on,
        title=derived.title,
        publisher=derived.publisher,
        words=words,
    )


def _read(derived: Derived, name: str, words: Vocabulary, extract: Extractor) -> Text:
    """The text's claims and statements; those in a passage that narrows to somebody are restricted.

    So are all, where the document's title, publisher or file name does.
    """
    from tallystick.claims.statements.accounts import narrowing_spans
    from tallystick.claims.statements.apart import set_apart
    from tallystick.claims.statements.few import few, unlent
    from tallystick.claims.statements.find import statements
    from tallystick.claims.statements.lent_sources import of_one_worker, stands_in_narrowing, uncarried
    from tallystick.claims.statements.named_sources import names_in, private_sources
    from tallystick.claims.statements.narrowing import names_someone, narrows, private_persons, restricts
    from tallystick.claims.statements.speakers import spoken_names
    from tallystick.claims.statements.stretches import sentences
    from tallystick.claims.statements.tellers import with_tellers

    private = private_persons(derived.text, words=words.statements)
    if derived.language not in LANGUAGES:
        whole = _narrowing_names(derived, name, words.statements, private)
        return Text(derived=derived, claims=(), statements=(), withheld=tuple(whole))
    reading = extract(derived, words.claims)
    narrow = narrows(derived.text, language=derived.language, words=words.statements)
    found = statements(
        derived.text,
        language=derived.language,
        sentences=sentences(derived.text),
        words=words.statements,
        narrowings=narrow,
    )
    own_account = any(one.kind == "account" for one in narrow)
    found = with_tellers(
        derived.text,
        found,
        language=derived.language,
        words=words.claims,
        narrowings=narrow,
        lends=not own_account,
    )
    sources = [name for claim in reading.claims for name in (claim.asserted_by, *claim.attribution)]
    sources += [*(statement.asserted_by for statement in found), *spoken_names(derived.text, words.statements)]
    speaking = private_sources(sources, derived.text, words=words.statements)
    private |= speaking
    whole = _narrowing_names(derived, name, words.statements, private)

    def kept_back(claim: Proposal) -> Proposal:
        sources = (claim.asserted_by, *claim.attribution)  # named in a sentence outside the claim's passage, maybe
        beside = restricts(claim.passage_start, claim.passage_end, narrow)
        told = names_someone(sources, private) or names_in(
            derived.text[claim.passage_start : claim.passage_end], speaking
        )
        told = told or few(claim, words.statements) or of_one_worker(sources, words.statements)
        claim = unlent(claim) if own_account else claim
        why = claim.restricted or beside or told or of_all
        if not why:  # what lies in clear takes nobody with it out of a sentence that does not
            claim = uncarried(claim, derived.text, narrow, words.statements)
            sources = (claim.asserted_by, *claim.attribution)
            why = stands_in_narrowing(sources, derived.text, narrow, words.statements)
        return replace(claim, restricted=why)

    def kept_back_too(one: StatementProposal) -> StatementProposal:
        told = names_someone([one.asserted_by], private) or names_in(
            derived.text[one.passage_start : one.passage_end], speaking
        )
        told = told or of_one_worker([one.asserted_by], words.statements)
        told = told or stands_in_narrowing([one.asserted_by], derived.text, narrow, words.statements)
        return replace(one, restricted=one.restricted or told or of_all)

    of_all = next(iter(whole.values()), "")
    claims, told = set_apart(derived.text, [*map(kept_back, reading.claims)], [*map(kept_back_too, found)])
    return Text(
        derived=derived,
        claims=claims,
        statements=told,
        notes=reading.notes,
        narrowing=len(narrowing_spans(derived.text, narrow, words=words.statements)),
        withheld=tuple(whole),
    )


def _narrowing_names(derived: Derived, name: str, words: StatementWords, private: frozenset[str]) -> dict[str, str]:
    """Which of title, publisher and file name point to one person who is not public, and why."""
    from tallystick.claims.statements.narrowing import names_someone, narrows

    told = {
        "title": derived.title,
        "publisher": derived.publisher,
        "origin": _NO_WORD.sub(" ", name.removesuffix(suffix_of(name))),
    }
    found: dict[str, str] = {}
    for field, text in told.items():
        alone = (one.reason for one in narrows(text, language="en", words=words) if one.kind in OF_ONE_PERSON)
        why = names_someone([text], private) or next(alone, "")
        if why:
            found[field] = why
    if why := _in_small_letters(name, private):
        found.setdefault("origin", why)
    if why := _in_small_letters(derived.url, private):
        found |= {"url": why, "origin": why}  # of a page that was fetched it is the origin too
    return found


def _in_small_letters(name: str, private: frozenset[str]) -> str:
    """Why an address or a file's name that names a private person is kept back: as it may stand there, in any case."""
    from tallystick.claims.statements.narrowing import names_someone

    return names_someone([_small(name)], frozenset(map(_small, private)))


def _small(name: str) -> str:
    return " ".join(_WORD.findall(unquote(name).casefold().replace("_", " ")))
