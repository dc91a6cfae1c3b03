"""What a user can make, as it is written: every form of `simulate`, and every file of a folder."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tallystick.assess.finding import OUTCOMES as OF_LAW
from tallystick.cli.main import run
from tests.systems import leaks
from tests.systems.real import levers

UNTIL = ("--until", "2027-12", "--seed", "7")
TWO = ("simulate", "full_compliance", "direct_pay")
FEW = (*TWO, "--runs", "40")
FORMS: Mapping[str, tuple[str, ...]] = {  # of the command, without what is common to all
    "overview": ("simulate", "--engine", "meanfield"),
    "years": FEW,
    "compare": (*FEW, "--compare"),
    "levers": (*FEW, "--levers"),
    "sensitivity": (*TWO, "--sensitivity", "--samples", "2"),
    "individuals": ("simulate", "direct_pay", "--engine", "individuals", "--runs", "6"),
}
SHAPES = ("table", "json", "csv")


class Said(NamedTuple):
    """One thing that was written: its text as a reader meets it, and its records, where it has any."""

    name: str
    text: str
    rows: tuple[Mapping[str, Any], ...]


def printed(form: str, shape: str, *more: str) -> Said:
    """What one form of the command prints."""
    to = io.StringIO()
    with redirect_stdout(to):
        code = run([*FORMS[form], *UNTIL, "--format", shape, *more])
    assert (code, bool(to.getvalue())) == (0, True), form
    return said(f"{form}.{shape}", to.getvalue())


def files_in(folder: Path) -> Iterator[Said]:
    """Every file of a folder."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        yield said(name, _pdf(file) if file.suffix == ".pdf" else file.read_text(encoding="utf-8"))


def said(name: str, text: str) -> Said:
    """A text with its records, by the ending of its name."""
    kind = name.rpartition(".")[2]
    if kind == "json":
        tree = json.loads(text)
        return Said(name, "\n".join(leaks.words_of(tree)), tuple(leaks.rows_in(tree)))
    if kind == "csv":
        rows = tuple(csv.DictReader(io.StringIO(text)))
        return Said(name, "\n".join(leaks.words_of(rows)), rows)
    if kind in ("html", "svg"):
        shown = re.sub(r"<(style|script)\b.*?</\1>", "", text, flags=re.S)
        return Said(name, html.unescape(re.sub(r"<[^<>]*>", "\n", shown)), ())
    return Said(name, text, ())


def outcomes_in(each: Said) -> set[str]:
    """Ids of all outcomes of runs that its records name."""
    return {str(row["outcome"]) for row in each.rows if row.get("outcome")} - set(OF_LAW)


def factors_in(each: Said) -> set[str]:
    """Names of all that its records say an effect hangs on."""
    return {str(row["factor"]) for row in each.rows if row.get("factor")}


def leaks_of(each: Said, cleared: Collection[str]) -> list[str]:
    """Whatever a run may not say: an outcome that nobody `cleared`, a factor, a row or a word of flight."""
    named = sorted(outcomes_in(each) - set(cleared))
    text = " ".join(each.text.split())
    for refusal in _refusals():
        text = text.replace(refusal, "")
    return [*named, *leaks.in_factors(factors_in(each)), *leaks.in_rows(each.rows), *leaks.in_runs(text)]


@cache
def _refusals() -> tuple[str, ...]:
    """What is said of levers that are never run: that they are not."""
    kept = [each for each in levers().values() if not each.acts]
    return tuple(f"{each.id}, not run: {' '.join(each.says.split())}" for each in kept)


def _pdf(file: Path) -> str:
    """Its words, page by page, with lines joined: a sentence may run over two."""
    import pypdfium2

    with pypdfium2.PdfDocument(file) as opened:
        pages = [opened[number].get_textpage().get_text_range() for number in range(len(opened))]
    return "\n".join(page.replace("\r\n", " ") for page in pages)
