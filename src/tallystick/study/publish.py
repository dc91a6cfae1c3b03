"""What a study writes for others: the whole account, its tables, its document. All of it or nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tallystick.study.backtest import kept_hash
from tallystick.study.cache import ENTRY, Cache
from tallystick.study.fits import POSTERIOR
from tallystick.study.folder import replace_whole
from tallystick.study.hashes import code_hash, hash_of, lock_hash
from tallystick.study.manifest import write_manifest
from tallystick.study.record import head
from tallystick.study.swap import replace_file
from tallystick.vocab.errors import BriefError

if TYPE_CHECKING:
    from tallystick.study.study import Study

DOCUMENT, TABLES = "brief.json", "data"
DRAWING = ("jinja2", "msgspec", "typst", "vl-convert-python")  # what can move a byte of a page, drawing or document


def write_account(study: Study, folder: Path, *, pdf: bool) -> Path:
    """The brief's folder: pages, charts, tables, document, draws and manifest."""

    def write(draft: Path) -> None:
        shutil.copytree(_pages(study, pdf), draft, dirs_exist_ok=True, ignore=shutil.ignore_patterns(ENTRY))
        shutil.copyfile(study.idata_path, draft / POSTERIOR)
        write_manifest(draft, study.programme, study.seed, _repeat(study, pdf), head(study), study.recorded)

    return replace_whole(folder, write)


def _repeat(study: Study, pdf: bool) -> tuple[str, ...]:
    """The commands that write the same account."""
    return study.commands("brief" if pdf else "brief --no-pdf", to="brief")


def _pages(study: Study, pdf: bool) -> Path:
    """Pages, charts, tables and document, from the cache where the same run has written them before.

    They follow from the evidence, the fit, our code and the libraries that draw and set; nothing else speaks in them.
    """

    def write(draft: Path) -> None:
        from tallystick.brief.build import brief_json, build_document
        from tallystick.brief.write import write_pages

        facts = replace(study.facts, run=replace(study.facts.run, command=_repeat(study, pdf)[1]))
        document = build_document(facts)

        def also() -> None:
            (draft / DOCUMENT).write_bytes(brief_json(study.facts))
            _write_tables(study, draft / TABLES)

        write_pages(document, draft, pdf=pdf, also=also)

    key = hash_of(
        {
            "evidence": study.programme.evidence_root,
            "as_of": str(study.as_of),
            "fit": study.fit_key,
            "code": code_hash((".",)),
            "lock": lock_hash(),
            "libraries": {name: version(name) for name in DRAWING},
            "pdf": pdf,
            "commands": _repeat(study, pdf),
            "forecasts": head(study),
            "backtest": kept_hash(study),
            "recorded": study.recorded,
        }
    )
    if study.recorded is None:
        return study.kept("pages", key, write)
    cache = Cache(Path(study.name).parents[1], study.tell)  # in the workspace: an erasure must reach what quotes it
    return cache.find("pages", key) or cache.keep("pages", key, write)


def write_tables(study: Study, folder: Path) -> list[Path]:
    """The account's tables as CSV in a folder of their own, with a manifest; the tables' paths."""

    def write(draft: Path) -> None:
        _write_tables(study, draft)
        write_manifest(
            draft, study.programme, study.seed, study.commands("export --to csv", to="tables"), recorded=study.recorded
        )

    return sorted(replace_whole(folder, write, "export").glob("*.csv"))


def _write_tables(study: Study, folder: Path) -> None:
    from tallystick.brief.build import data_tables
    from tallystick.brief.write import as_csv

    folder.mkdir(exist_ok=True)
    for name, rows in data_tables(study.facts).items():
        with (folder / f"{name}.csv").open("x", encoding="utf-8", newline="\n") as file:
            file.write(as_csv(rows))


def document_of(study: Study) -> str:
    """The document of brief.json."""
    from tallystick.brief.build import brief_json

    return brief_json(study.facts).decode()


def write_document(study: Study, file: Path) -> Path:
    """The document in a file, which appears whole; an earlier file of that name is replaced."""
    if file.is_dir():
        raise BriefError(f"{file}: this is a folder", hint="name a file, as in -o account.json")
    text = document_of(study)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, text.encode())
    return file
