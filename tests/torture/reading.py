"""A workspace, documents to read into it, and what a workspace holds said so that two of them can be laid side by side.

The documents are invented. They are of several formats, tell figures that stand in more than one of them, and hold a
passage that is kept back: so whatever a read writes is written.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from tallystick.evidence.ledger.seal import identity_place
from tallystick.study.workspace.check import faults_of
from tallystick.study.workspace.copies import DRAFTS
from tallystick.study.workspace.records import Document, Held
from tallystick.study.workspace.spoken import orphans
from tallystick.study.workspace.state import State
from tallystick.study.workspace.workspace import COPIES, Workspace
from tests.evidence.documents.made import mail, page
from tests.torture.kill import ROOT

PRINTED = (
    "Harbour Gazette, {day} April 2024\n\nMore than {stock} North Korean labourers were working on building sites in "
    "Russia in March 2024, said the harbour office of Oru. They are paid about ${wage} a month, of which the "
    "government in Pyongyang takes 70 to 80 percent, the office said. {more}\n"
)
KEPT_BACK = "A plasterer named Kwang Su, 34, told us that 27 workers there sleep in one container."
DIGITS = 12  # of a hash, by which a document is told here
NOT_ASKED = "nobody asked what it goes back to"
TOLD_AGAIN = "Some 4,310 North Korean labourers were working in Russia in March, the Harbour Gazette wrote."


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where commands run: a home of their own, documents, and a new workspace to copy."""

    folder: Path
    documents: Path
    base: Path

    @property
    def environment(self) -> dict[str, str]:
        """What commands are given: nothing of this place leads to the home or the temporary files of who asks."""
        ours = {"XDG_CONFIG_HOME": "config", "TALLYSTICK_CACHE": "cache", "TMPDIR": "temporary"}
        return {**os.environ, **{name: str(self.folder / where) for name, where in ours.items()}}

    @property
    def identity(self) -> Path:
        """The analyst's age identity."""
        config = os.environ.get("XDG_CONFIG_HOME")
        os.environ["XDG_CONFIG_HOME"] = self.environment["XDG_CONFIG_HOME"]
        try:
            return identity_place()
        finally:
            os.environ.pop("XDG_CONFIG_HOME")
            if config is not None:
                os.environ["XDG_CONFIG_HOME"] = config

    @property
    def temporary(self) -> list[str]:
        """What lies in the folder for temporary files."""
        return sorted(file.name for file in (self.folder / "temporary").iterdir())

    def workspace(self, name: str) -> Path:
        """A new workspace of that name."""
        shutil.copytree(self.base, self.folder / name)
        return self.folder / name


def tallystick(*words: str | Path) -> list[str]:
    """A command of ours in an interpreter of its own; what it says to stderr comes with the rest, as it is said."""
    told = "import os, sys; os.dup2(1, 2); from tallystick.cli.main import main; main()"
    return [sys.executable, "-c", told, *map(str, words)]


def prepared(folder: Path, documents: int) -> Place:
    """A place with so many documents in it."""
    place = Place(folder=folder, documents=folder / "documents", base=folder / "base")
    for one in (place.documents, folder / "temporary"):
        one.mkdir(parents=True)
    for number in range(documents):
        name, data = _document(number)
        (place.documents / name).write_bytes(data)
    run(place, "init", place.base, "--as", "ana")
    return place


def _document(number: int) -> tuple[str, bytes]:
    more = (KEPT_BACK, TOLD_AGAIN, "", "")[number % 4]
    text = PRINTED.format(day=1 + number, stock=f"{4300 + 10 * number:,}", wage=600 + number, more=more)
    if number % 4 == 2:
        paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        return f"{number:02}.html", page(f"<article><h1>Who builds</h1>{paragraphs}</article>").encode()
    if number % 4 == 3:
        return f"{number:02}.eml", mail(plain=text).replace(b"5 May 2021", f"{1 + number} Apr 2024".encode())
    return f"{number:02}.txt", text.encode()


def run(place: Place, *words: str | Path) -> str:
    """Run a command that must succeed, and what it said."""
    done = subprocess.run(
        tallystick(*words), cwd=ROOT, env=place.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, words))} ended with {done.returncode}: {done.stdout[-600:]}")
    return done.stdout


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a workspace holds, without what differs from one reading to the next: ids and hours.

    documents   by their bytes, with all that was read from each
    links       by proposal: what people made of it, and what it may go back to
    """

    documents: dict[str, str]
    links: dict[str, str]

    def lacks(self, whole: Told) -> list[str]:
        """What is not as in the whole of it."""
        found = [f"lost: {one}" for one in whole.documents.keys() - self.documents.keys()]
        found += [f"lost: {one}" for one in whole.links.keys() - self.links.keys()]
        found += [f"other links: {one}: {self.links[one]}, not {whole.links[one]}"[:600] for one in self.links if (
            one in whole.links and whole.links[one] != self.links[one])]  # fmt: skip
        return found + self.half_of(whole)

    def half_of(self, whole: Told) -> list[str]:
        """Documents that are here otherwise than in the whole."""
        return [
            f"half written: {key}: {text}"[:600]
            for key, text in self.documents.items()
            if whole.documents.get(key) != text
        ]


def digest_of(file: Path) -> str:
    """By what a document is told here."""
    return sha256(file.read_bytes()).hexdigest()[:DIGITS]


def told(place: Place, workspace: Path) -> tuple[Told, list[str]]:
    """What the workspace holds for who has the key; and what `verify` says against its chain and its copies."""
    with Workspace.open(workspace, identity=place.identity) as opened:
        problems = [f"chain: {fault.place}: {fault.problem}" for fault in faults_of(opened)]
        return told_of(opened.state), problems + twice_in(opened.state)


def twice_in(state: State) -> list[str]:
    """Documents that stand there twice: the same bytes are one document, whoever read them and however often."""
    count = Counter(map(_key, state.documents.values()))
    return [f"there twice: {key}" for key, times in count.items() if times > 1]


def told_of(state: State) -> Told:
    """See `Told`. A link is told by the words of what it leads to; a shipped claim keeps its id."""
    names = {held.id: _named(state, held) for held in state.held.values()}
    links = {
        names[held.id]: f"{held.status} {NOT_ASKED if held.id in state.unasked else ''} "
        + str(sorted(f"{link.kind} {names.get(link.to, link.to)} {link.score}" for link in held.links))
        for held in state.held.values()
    }
    documents = {_key(one): _with_readings(state, one) for one in state.documents.values()}
    return Told(documents=documents, links=links)


def _key(document: Document) -> str:
    return f"{document.sha256[:DIGITS]} {document.part}"


def _with_readings(state: State, one: Document) -> str:
    claims = sorted(_plain(held.claim) for held in state.held.values() if held.document == one.id)
    statements = sorted(_plain(held.statement) for held in state.statements.values() if held.document == one.id)
    about = (one.origin, one.media_type, one.language, one.title, one.publisher, str(one.published_on), one.public)
    return f"{about} {claims} {statements}"


def _named(state: State, held: Held) -> str:
    claim = held.claim
    where = state.documents[held.document].sha256[:DIGITS]
    return f"{where}:{claim.quote_start}-{claim.quote_end}:{claim.measure}:{claim.low}:{claim.point}:{claim.high}"


def _plain(record: object) -> str:
    return msgspec.json.encode(record, order="sorted").decode()


def left_over(place: Place, workspace: Path) -> list[str]:
    """Files that no finished command should leave: drafts of copies, and copies of which nothing speaks."""
    drafts = [str(file.relative_to(workspace)) for file in (workspace / COPIES / DRAFTS).rglob("*")]
    with Workspace.open(workspace, identity=place.identity) as opened:
        return drafts + [f"{COPIES}/{name}" for name in orphans(opened)]
