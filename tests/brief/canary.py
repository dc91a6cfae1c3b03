"""Looks for words in everything that a folder of a brief says, whatever the format (promise T3)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from pathlib import Path


def found_in(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of file and word, for each of the words that stands in a file below the folder."""
    sought = {word: word.casefold() for word in words}
    return [
        (file.relative_to(folder).as_posix(), word)
        for file in sorted(path for path in folder.rglob("*") if path.is_file())
        for text in [said_by(file)]
        for word, folded in sought.items()
        if folded in text
    ]


def said_by(file: Path) -> str:
    """All that a file says, case folded: its bytes, and its text as each format would show it."""
    return "\n".join(_readings(file)).casefold()


def _readings(file: Path) -> Iterator[str]:
    data = file.read_bytes()
    yield data.decode("utf-8", errors="replace")
    if file.suffix in {".html", ".svg"}:
        yield html.unescape(data.decode("utf-8"))
    if file.suffix == ".json":
        yield json.dumps(json.loads(data), ensure_ascii=False)
    if file.suffix == ".pdf":
        yield _pdf_text(data)
    if file.suffix == ".nc":
        yield _stored(file)


def _pdf_text(data: bytes) -> str:
    """Words of all pages; a word that runs over a line's end is joined by taking all line ends out once more."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as opened:
        text = "\n".join(opened[number].get_textpage().get_text_range() for number in range(len(opened)))
    return text + "\n" + text.replace("\r", "").replace("\n", "")


def _stored(file: Path) -> str:
    """Names, attributes and labels in a NetCDF file, which may be compressed there."""
    import h5py

    said: list[str] = []

    def note(name: str, part: h5py.Dataset | h5py.Group) -> None:
        said.extend([name, *map(str, part.attrs), *map(str, part.attrs.values())])
        if isinstance(part, h5py.Dataset) and part.dtype.kind in "OSU":
            said.extend(map(str, part.asstr()[...].ravel() if part.dtype.kind == "O" else part[...].ravel()))

    with h5py.File(file) as stored:
        said.extend(map(str, stored.attrs.values()))
        stored.visititems(note)
    return "\n".join(said)
