"""The names that a programme's own files give: its countries, places, agencies and laws. No list stands here."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

YEARS = range(1900, 2101)  # a number of four digits in the name of a law that could be one says nothing of that law
ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
RUN = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the |for )?[A-Z][\w’'-]+)+")  # capitalised words that follow each other
NUMBER = re.compile(r"\b\d{4}\b")


@cache
def names_in(folder: Path) -> frozenset[str]:
    """Every name that the files of a programme give to a state, a place, an agency or a law."""
    found = {*_of_places(folder), *_of_bodies(folder), *_of_law(folder)}
    return frozenset(name for name in found if len(name) > 1 and (not name.islower() or name.isdigit()))


def own_names(folder: Path, others: Iterable[Path]) -> frozenset[str]:
    """Those names that no other programme's files hold: what all of them share belongs to the method."""
    elsewhere = "\n".join(text_of(other) for other in others)
    return frozenset(name for name in names_in(folder) if not holds(elsewhere, name))


def text_of(folder: Path) -> str:
    """All files of a programme as one text."""
    files = [file for file in sorted(folder.rglob("*")) if file.suffix in (".csv", ".toml")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def holds(text: str, name: str) -> bool:
    """Whether a text names it: as a whole, acronyms as they are written, everything else in any case."""
    if not (name.isupper() or name.startswith('"')):
        name, text = name.lower(), text.lower()
    if name not in text:  # nearly always, and quicker than the pattern
        return False
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text) is not None


def named_by(code: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """Of the names, those that some Python file under a folder holds, by file."""
    files = {str(file.relative_to(code)): file.read_text(encoding="utf-8") for file in sorted(code.rglob("*.py"))}
    hits = {file: [name for name in sorted(names) if holds(text, name)] for file, text in files.items()}
    return {file: found for file, found in hits.items() if found}


def _of_places(folder: Path) -> Iterator[str]:
    """Sender, demonyms, hosts, places and regions; a code only as a value of its own, in quotation marks."""
    table: Mapping[str, Any] = tomllib.loads((folder / "programme.toml").read_text(encoding="utf-8"))
    yield table["sender"]
    yield from table.get("demonyms", ())
    for row in (*table["host"], *table["place"]):
        code = row.get("code", row.get("id"))
        yield f'"{code}"'
        yield re.split(r"[,(]", row["name"])[0].strip()
    yield from (row["region"] for row in _rows(folder / "claims.csv"))
    for file in ("statements.csv", "events.csv"):
        for row in _rows(folder / file):
            yield from (place.strip() for place in row["place"].split(";"))


def _of_bodies(folder: Path) -> Iterator[str]:
    """Entities with their aliases (papers such as a visa are no bodies), asserters, and who published what was read."""
    for row in _rows(folder / "entities.csv"):
        if not row["kind"].startswith("instrument"):
            for name in (row["name"], *row["aliases"].split(";")):
                yield from _parts(name)
    for row in _rows(folder / "hand" / "asserters.csv"):
        yield from _parts(row["asserted_by"])
    yield from (row["published_by"] for row in _rows(folder / "claims.csv"))


def _parts(name: str) -> Iterator[str]:
    """A name as it stands, and what stands outside and inside its brackets."""
    yield name.strip()
    for part in re.split(r"[()]", name):
        yield part.strip().removeprefix("via ").strip()


def _of_law(folder: Path) -> Iterator[str]:
    """Instruments and symbols whole; in them acronyms, words that are capitalised together, and numbers but years."""
    for row in _rows(folder / "legal.csv"):
        for text in (row["instrument"], row["official_symbol"]):
            yield text
            yield from ACRONYM.findall(text)
            yield from (part for run in RUN.findall(text) for part in _together(run.split()))
            yield from (number for number in NUMBER.findall(text) if int(number) not in YEARS)


def _together(words: Sequence[str]) -> Iterator[str]:
    """Two words or more that follow each other: a body's name is used with and without what stands before it."""
    for start in range(len(words)):
        yield from (" ".join(words[start:end]) for end in range(start + 2, len(words) + 1))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
