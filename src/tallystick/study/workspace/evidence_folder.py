"""A workspace's evidence written out as a programme's folder: what the programme ships, and what people accepted.

Everything that reads a programme reads this folder by the same checks, so an accepted claim can break nothing that a
shipped one could not. The folder is derived: throwing it away loses nothing. Files of the shipped programme that are no
evidence (a kept backtest, the words that texts are read with) are taken from the programme as it is installed.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tallystick.claims.proposal import Proposal, StatementProposal
from tallystick.evidence.cells import ADDRESS, calendar_day
from tallystick.evidence.claim_rows import CLAIMS, DATES
from tallystick.evidence.context_rows import ENTITIES, STATEMENTS
from tallystick.evidence.hand_rows import ASSERTERS
from tallystick.evidence.programme import HEADERS
from tallystick.evidence.quote_rows import QUOTES, one_line
from tallystick.evidence.settings import PROGRAMME
from tallystick.study.workspace.records import Document
from tallystick.study.workspace.rows import (
    Accepted,
    Cells,
    Dates,
    Page,
    Words,
    asserter_of,
    asserter_row,
    claim_row,
    date_row,
    dates_of,
    links_of,
    quote_row,
)
from tallystick.study.workspace.statement_rows import (
    AcceptedStatement,
    kinds_of,
    statement_quote_row,
    statement_row,
)

UNNAMED: Final = "unnamed publisher"
BODIES: Final = ("ministry", "organisation", "media", "company")  # kinds of entities that speak with one voice
WordsOf = Callable[[Document, Proposal | StatementProposal], Words | None]


@dataclass(frozen=True, slots=True)
class Base:
    """The programme's own evidence as the ledger took it in: rows by CSV file, the text of each TOML file."""

    rows: Mapping[str, Sequence[Cells]]
    tables: Mapping[str, str]


@dataclass(slots=True)
class _Added:
    """Rows that acceptance adds, by file."""

    rows: dict[str, list[Cells]] = field(default_factory=dict)
    dates: dict[str, Dates] = field(default_factory=dict)

    def add(self, file: str, cells: Cells) -> None:
        self.rows.setdefault(file, []).append(cells)


def write_evidence(
    folder: Path,
    shipped: Path,
    base: Base,
    accepted: Sequence[Accepted],
    words_of: WordsOf,
    told: Sequence[AcceptedStatement] = (),
) -> None:
    """Fill the empty `folder`.

    Parameters
    ----------
    shipped : folder of the programme as installed, for its files that are no evidence
    words_of : where in the derived text of a document the words of a claim or a statement lie; None where no text is
        held that has the words in their place, and then the quote is its own passage
    told : statements that were accepted
    """
    added = _added(base, accepted, words_of)
    _add_statements(added, told, kinds_of(shipped), words_of)
    for file in {*base.rows, *added.rows}:
        _write_table(folder / file, HEADERS[file], [*base.rows.get(file, ()), *added.rows.get(file, ())])
    for file, text in base.tables.items():
        reports = _reports(accepted, told) if file == PROGRAMME else ""
        _write(folder / file, text + reports)
    _copy_others(shipped, folder)


def _added(base: Base, accepted: Sequence[Accepted], words_of: WordsOf) -> _Added:
    added = _Added()
    added.dates = {cells["id"]: _dates_in(cells) for cells in base.rows[DATES]}
    known = known_asserters(base)
    for claim in _parents_first(accepted):
        name = asserter_of(claim.held.reviewed, claim.page, known)
        if known.setdefault(name.casefold(), name) == name and name not in _classed(base, added):
            added.add(ASSERTERS, asserter_row(name, claim))
        links = links_of(claim.held)
        dates = dates_of(claim, [added.dates[to] for to in links.derived if to in added.dates])
        added.dates[claim.held.id] = dates
        added.add(CLAIMS, claim_row(claim, name))
        added.add(DATES, date_row(claim, dates))
        added.add(QUOTES, quote_row(claim, words_of(claim.document, claim.held.reviewed)))
    return added


def known_asserters(base: Base) -> dict[str, str]:
    """Asserters as the programme spells them, by every name that it knows of the same body, letter case aside.

    Of bodies alone: two people may share a name, and what describes a group names nobody.
    """
    spelled = {cells["asserted_by"].casefold(): cells["asserted_by"] for cells in base.rows[ASSERTERS]}
    known = dict(spelled)
    for cells in base.rows[ENTITIES]:
        names = [cells["name"], *cells["aliases"].split(";")]
        said = (spelled[name] for name in _folded(names) if name in spelled)
        if cells["kind"] in BODIES and (asserter := next(said, None)):
            known = {**dict.fromkeys(_folded(names), asserter), **known}
    return known


def _folded(names: Iterable[str]) -> list[str]:
    return [name.strip().casefold() for name in names if name.strip()]


def _add_statements(
    added: _Added, told: Iterable[AcceptedStatement], kinds: Mapping[str, str], words_of: WordsOf
) -> None:
    for one in sorted(told, key=lambda one: one.told.id):
        words = words_of(one.document, one.told.reviewed)
        added.add(STATEMENTS, statement_row(one, kinds, None if words is None else words.text))
        added.add(QUOTES, statement_quote_row(one, words))


def _classed(base: Base, added: _Added) -> set[str]:
    return {cells["asserted_by"] for rows in (base.rows[ASSERTERS], added.rows.get(ASSERTERS, ())) for cells in rows}


def _parents_first(accepted: Iterable[Accepted]) -> list[Accepted]:
    """In an order in which every claim comes after those it goes back to; a circle is left to the evidence's checks."""
    by_id = {claim.held.id: claim for claim in sorted(accepted, key=lambda claim: claim.held.id)}
    done: dict[str, Accepted] = {}
    waiting = list(by_id)
    while waiting:
        name = waiting[-1]
        missing = [
            to for to in links_of(by_id[name].held).derived if to in by_id and to not in done and to not in waiting
        ]
        if missing:
            waiting += missing
            continue
        done.setdefault(waiting.pop(), by_id[name])
    return list(done.values())


def _dates_in(cells: Cells) -> Dates:
    earliest, latest = calendar_day(cells["asserted_earliest"]), calendar_day(cells["asserted_latest"])
    if earliest is None or latest is None:
        raise ValueError(f"{cells['id']}: a row of {DATES} that was imported holds no days")
    return Dates(earliest=earliest, latest=latest, basis=cells["basis"], sure=cells["how_sure"])


def page_of(document: Document, pages: Mapping[str, Page]) -> Page:
    """How claims cite a document: by its address, as the programme already cites it (`pages`), or as a report."""
    published = document.published_on.isoformat() if document.published_on else ""
    title = one_line(document.title)  # never a file's name, which may tell of somebody
    if not ADDRESS.fullmatch(document.url) or not document.url.isprintable():
        return Page(
            f"reports/{document.id}.txt", title or document.id, one_line(document.publisher) or UNNAMED, published
        )
    publisher = one_line(document.publisher) or urlsplit(document.url).hostname or UNNAMED
    return pages.get(document.url, Page(document.url, title, publisher, published))


def pages_of(base: Base) -> dict[str, Page]:
    """Pages that the programme cites, by address."""
    return {
        cells["url"]: Page(cells["url"], cells["title"], cells["published_by"], cells["published_on"])
        for cells in base.rows[CLAIMS]
    }


def _reports(accepted: Iterable[Accepted], told: Iterable[AcceptedStatement]) -> str:
    """A [[report]] for each document that is cited and has no address of its own, or of which statements are told."""
    cited = {claim.document.id: claim for claim in accepted if claim.page.url.startswith("reports/")}
    named = {one.document.id: _report(one.document, one.page, None) for one in told}
    named |= {id: _report(claim.document, claim.page, claim.held.reviewed.start) for id, claim in cited.items()}
    return "".join(text for _, text in sorted(named.items()))


def _report(document: Document, page: Page, begun: date | None) -> str:
    latest = document.published_on or document.captured_at.date()
    earliest = document.published_on or min(filter(None, (begun, latest)))
    entries = {"id": document.id, "title": page.title, "published_by": page.published_by}
    texts = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entries.items())
    return f"\n[[report]]\n{texts}published_earliest = {earliest}\npublished_latest = {latest}\n"


def _copy_others(shipped: Path, folder: Path) -> None:
    for file in sorted(path for path in shipped.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        target = folder / file.relative_to(shipped)
        is_evidence = target.suffix == ".toml" and target.parent.name != "reading"
        if not target.exists() and not is_evidence and file.relative_to(shipped).as_posix() not in HEADERS:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _write_table(file: Path, header: Sequence[str], rows: Iterable[Cells]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    _write(file, text.getvalue())


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
