"""A workspace in which secrets are planted, and everything that any command then says or leaves on the disk.

A canary is a word that stands nowhere else. They stand in each part of restricted documents (text, title, publisher,
file name, who asserts, figures) and in the reasons that people give; a passage of a published report that narrows to
somebody is a secret too. Commands are run with the analyst's key, without any, and by a colleague.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from tallystick.cli.main import run
from tests.claims.statements.rewordings import NARROWING
from tests.evidence.documents.made import mail, page

DAY = "2999-12-31"  # after anything that a machine of ours records
ANSWERS = "n\n" * 5  # of who reviews: five proposals are looked at
SHAPES = ("table", "csv", "json")
EXPORTS = ("ftm", "prov", "claimreview", "bibtex")
SYLLABLES = (
    "bra",
    "cle",
    "dro",
    "fen",
    "gri",
    "hul",
    "jov",
    "kem",
    "lur",
    "mox",
    "nav",
    "pel",
    "qui",
    "rud",
    "sti",
    "tov",
)
WORD = re.compile(rb"zq[a-z]{9}")
WIDE = re.compile(rb"z\0q\0(?:[a-z]\0){9}")
HEX = re.compile(rb"[57]a[57]1(?:[46][1-9a-f]|[57][0-9a]){9}")
FIGURE = re.compile(rb"(?<![0-9a-z+/,])(?:8,\d{3},\d{3}|8\d{6})(?![0-9a-z+/])")
HASH = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
PRINTED = (
    "Harbour Gazette, 2 April 2024\n\nMore than 4,321 North Korean labourers were working on building sites in Russia "
    "in March 2024, said the harbour office of Oru. They are paid about $640 a month, the office said.\n"
)


def canaries(count: int) -> list[str]:
    """So many words that are pronounceable, begin with a capital, and stand in no language."""
    return ["Zq" + "".join(SYLLABLES[(number >> shift) & 15] for shift in (8, 4, 0)) for number in range(count)]


def figures(count: int) -> list[int]:
    """Odd numbers of persons, none of which any evidence that ships tells."""
    return [8_100_003 + 6_247 * number for number in range(count)]


@dataclass(slots=True)
class Heard:
    """What commands said, by the command, and where they may have left something."""

    said: dict[str, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)

    def lying(self) -> Iterator[tuple[str, bytes]]:
        """What every command said, and every file that lies there now."""
        for words, text in self.said.items():
            yield words, text.encode()
        for folder in self.folders:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    yield str(file.relative_to(folder.parent)), file.read_bytes()
                yield f"name of {file.relative_to(folder.parent)}", file.name.encode()

    def holding(self, secrets: Iterable[str]) -> list[tuple[str, str]]:
        """Each secret with where it lies: in any case of letters, in UTF-16, in hex; figures with commas or without."""
        wanted = {secret.lower() for secret in secrets}
        return sorted({(found, place) for place, data in self.lying() for found in _tokens(data) & wanted})

    def quoting(self, pieces: Iterable[str]) -> list[tuple[str, str]]:
        """Each piece of a text with where it lies."""
        lying = list(self.lying())
        return [(piece, place) for piece in pieces for place, data in lying if piece.encode() in data]


def _tokens(data: bytes) -> set[str]:
    """All that could be a canary, a figure of several millions or a hash."""
    small = data.lower()
    found = {text.decode() for text in WORD.findall(small)}
    found |= {text[::2].decode() for text in WIDE.findall(small)}
    found |= {bytes.fromhex(text.decode()).decode().lower() for text in HEX.findall(small)}
    return (
        found
        | {text.decode().replace(",", "") for text in FIGURE.findall(small)}
        | {*map(bytes.decode, HASH.findall(small))}
    )


class Desk:
    """One person at work: a configuration, with a key or none, a cache and temporary files of their own."""

    def __init__(self, folder: Path, heard: Heard, name: str) -> None:
        self.folder, self.heard, self.name = folder / name, heard, name
        for below in ("cache", "temporary"):
            (self.folder / below).mkdir(parents=True)
            heard.folders.append(self.folder / below)

    @contextmanager
    def seated(self) -> Iterator[None]:
        """What commands are given."""
        ours = {"XDG_CONFIG_HOME": "config", "TALLYSTICK_CACHE": "cache", "TMPDIR": "temporary"}
        given = {name: str(self.folder / where) for name, where in ours.items()}
        with patch.dict(os.environ, given), patch("tempfile.tempdir", None):
            yield

    def __call__(self, *words: str | Path, heard: bool = True) -> str:
        """Run a command; what it wrote to stdout. What is not `heard` is the owner's own review."""
        out, err = io.StringIO(), io.StringIO()
        with self.seated(), redirect_stdout(out), redirect_stderr(err), patch("sys.stdin", io.StringIO(ANSWERS)):
            code = run([str(word) for word in words])
        if heard:
            told = f"{self.name}: {' '.join(map(str, words))[:200]} ({len(self.heard.said)})"
            self.heard.said[told], self.heard.codes[told] = out.getvalue() + err.getvalue(), code
        return out.getvalue()

    def asks_for_everything(self, workspace: Path, ids: Sequence[str], out: Path, shape: str = "table") -> None:
        """Run every command that shows or writes evidence, and that needs no fit, on a workspace."""
        of, shaped = ("--workspace", workspace), ("--format", shape)
        self("review", "--list", *shaped, *of)
        self("verify", workspace, *shaped)
        for more in (("--include-proposed",), ("--ledger-as-of", DAY), ("--as-of", DAY)):
            self("claims", *more, *shaped, *of)
        self("chains", "--include-proposed", *shaped, *of)
        for id in ids:
            self("show", id, *shaped, *of)
            self("show", id, "--include-proposed", *of)
            self("review", "--accept", id, "--why", "no", *of)
        for at, kind in enumerate(EXPORTS):
            self("export", "--to", kind, *(() if at % 2 else ("-o", out / kind)), "--include-proposed", *of)
        self("export", "--to", "ledger", "-o", out / "ledger", *of)


def restricted_documents(words: Sequence[str], numbers: Sequence[int]) -> Iterator[tuple[str, bytes, list[str]]]:
    """Name, bytes and secrets of documents that hold all these between them, in every part that a document has."""
    share = len(words) // 4
    for at, kind in enumerate(("txt", "html", "eml", "txt")):
        mine, few = words[at * share : (at + 1) * share], numbers[at::4]
        body = "\n\n".join(_told(place, word, few[place // 8 % len(few)]) for place, word in enumerate(mine[4:]))
        name = f"{mine[0]}.{kind}"
        yield name, _packed(kind, mine, body), [*mine, *map(str, few)]


def _told(at: int, word: str, number: int) -> str:
    """A sentence that is a claim, one that is a statement, or one that is neither."""
    if at % 8 == 0:
        return f"The {word} Institute said that {number:,} North Korean workers were in Russia in March 2024."
    if at % 8 == 4:
        return f"Managers of {word} kept the passports of all North Korean workers, and nobody may leave {word}."
    return f"A plasterer named {word} told us of the winter."


def _packed(kind: str, words: Sequence[str], body: str) -> bytes:
    if kind == "html":
        head = f"<title>{words[1]} speaks</title><meta property='og:site_name' content='{words[2]} Post'>"
        paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n"))
        return page(f"<article><h1>{words[3]}</h1>{paragraphs}</article>", head).encode()
    if kind == "eml":
        sender = f"{words[2]}@{words[3]}".encode()
        return mail(plain=body).replace(b"Wages of spring", words[1].encode()).replace(b"a@example", sender)
    return f"{words[1]} speaks\nThe {words[2]} Post, {words[3]}\n\n{body}".encode()


def narrowing_report(language: str) -> str:
    """A published report: every sentence that narrows, and between them figures that narrow to nobody."""
    between = {
        "en": "North Korean workers in Russia earned {wage} dollars a month in 2023, the port office said.",
        "ru": "Рабочие из КНДР в России получали {wage} долларов в месяц в 2023 году, сообщило ведомство порта.",
        "ko": "항만청에 따르면 2023년 러시아에서 북한 노동자의 월급은 {wage}달러였다.",
    }[language]
    parts = [f"{text}\n\n{between.format(wage=300 + at)}" for at, text in enumerate(NARROWING[language])]
    return "\n\n".join(parts) + "\n"


def copy_of(workspace: Path, where: Path) -> Path:
    """The workspace as somebody found it."""
    shutil.copytree(workspace, where)
    return where
