"""The files of a brief: pages, drawings, and the data behind each drawing and table.

The folder is the caller's: `study.publish` adds the account for programs and lets it appear whole or not at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tallystick.brief import document as doc
from tallystick.brief.charts import drawing_of, rows_of, svg_of
from tallystick.vocab.cells import csv_text
from tallystick.vocab.errors import BriefError

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")


def write_pages(
    document: doc.Document, folder: Path, *, pdf: bool = True, also: Callable[[], None] = lambda: None
) -> None:
    """Write `brief.html`, `brief.pdf`, `charts/*.svg` and `data/*.csv` of the document into an existing folder.

    also : what else is to be done while the PDF is set.
    """
    from tallystick.brief import html

    with _paper_beside(document, folder) if pdf else nullcontext():
        (folder / "brief.html").write_text(html.render(document), encoding="utf-8", newline="\n")
        _write_drawings(document, folder)
        also()


@contextmanager
def _paper_beside(document: doc.Document, folder: Path) -> Iterator[None]:
    """Have other processes set `brief.pdf` while the body runs, which need not wait for them; write it at the end.

    The PDF says that it was made at midnight UTC of the last day of evidence, so that the same evidence gives
    the same bytes on any day.
    """
    from tallystick.brief import pdf

    with ThreadPoolExecutor(1) as beside:
        setting = beside.submit(pdf.set_in_type, pdf.words_of(document), timestamp=midnight(document.as_of))
        yield
        (folder / "brief.pdf").write_bytes(setting.result())


def _write_drawings(document: doc.Document, folder: Path) -> None:
    """Charts, pictures, and the data behind each chart and table."""
    for chart in document.charts():
        _put(folder / "charts", f"{chart.id}.svg", svg_of(chart) + "\n")
    for picture in document.pictures():
        for narrow in (False, True):
            name = f"{picture.id}{'-narrow' if narrow else ''}.svg"
            _put(folder / "charts", name, drawing_of(picture, narrow=narrow) + "\n")
    for name, rows in _data(document):
        _put(folder / "data", f"{name}.csv", as_csv(rows))


def midnight(iso: str) -> datetime:
    """The first moment of that day, UTC."""
    return datetime.fromisoformat(iso).replace(tzinfo=UTC)


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV under all their columns, in order of appearance; text that a spreadsheet would run is quoted."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return csv_text(columns, ([row.get(column) for column in columns] for row in rows))


def _data(document: doc.Document) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for chart in document.charts():
        yield from rows_of(chart).items()
    for table in document.tables():
        if table.id:
            yield table.id, list(_cells(table))


def _cells(table: doc.Table) -> Iterator[dict[str, str]]:
    titles = _distinct(doc.plain(column.title) for column in table.columns)
    for row in table.rows:
        yield dict(zip(titles, map(doc.plain, row), strict=True))


def _distinct(titles: Iterable[str]) -> list[str]:
    """Titles with a number where two columns would share one."""
    named: list[str] = []
    met: Counter[str] = Counter()
    for title in titles:
        met[title] += 1
        named.append(title if met[title] == 1 else f"{title} ({met[title]})")
    return named


def _put(folder: Path, name: str, text: str) -> None:
    """Write one new file; a name that leads elsewhere, or a second file of that name, is an error."""
    if not _NAME.match(name):
        raise BriefError(f"{name!r} is no name for a file of a brief", hint="use letters, digits, - and _ in ids")
    folder.mkdir(exist_ok=True)
    with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
