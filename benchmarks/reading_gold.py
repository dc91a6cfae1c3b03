"""Read a folder of annotated texts with the product's reader, and write what the annotation's scorer takes.

    python benchmarks/reading_gold.py TEXTS_DIR METADATA.jsonl -o predictions.jsonl --clusters clusters.json

Of the metadata only doc_id, language, title, url and published_on are read: the annotation is never seen while reading.
How the two are compared, and the page docs/reference/reading.md, is `benchmarks/reading_page.py`.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tallystick.claims.numbers.find import quantities
from tallystick.claims.proposal import Proposal
from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words, read_words
from tallystick.reconcile.kinship.bodies import read_bodies
from tallystick.reconcile.kinship.texts import UNKNOWN, groups
from tallystick.reconcile.kinship.traits import Doc

ROOT = Path(__file__).resolve().parent.parent
PROGRAMME = ROOT / "src/tallystick/data/dprk"
TABLE = Path(__file__).with_name("reading_gold_measures.toml")
MONTHS = 12


class Document(NamedTuple):
    """What a reader may know of a text before reading it."""

    id: str
    language: str
    title: str
    url: str
    published: date | None
    text: str


def documents(texts: Path, metadata: Path) -> list[Document]:
    """The texts that the metadata lists, in its order."""
    found = []
    for line in metadata.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        published = row.get("published_on")
        found.append(
            Document(
                row["doc_id"],
                row["language"],
                row.get("title") or "",
                row.get("url") or "",
                date.fromisoformat(published) if published else None,
                (texts / f"{row['doc_id']}.txt").read_text(encoding="utf-8"),
            )
        )
    return found


def claims(document: Document, words: Words) -> tuple[Proposal, ...]:
    """What the product reads from one text."""
    return read(
        document.text,
        language=document.language,
        published=document.published,
        title=document.title,
        publisher="",
        words=words,
    ).claims


def converted(claim: Proposal, language: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """A proposal in the words and units of the annotation."""
    measure = claim.measure if claim.measure in table["same"] else table["renamed"].get(claim.measure, table["other"])
    factor, unit = _unit(claim, language, table)
    values = {
        name: None if value is None else float(f"{value * factor:.10g}")
        for name, value in (("value_low", claim.low), ("value_point", claim.point), ("value_high", claim.high))
    }
    return {
        "measure": measure,
        **values,
        "unit": unit,
        "host_country": claim.host,
        "period": period(claim.start, claim.end),
        "asserted_by": claim.asserted_by or None,
        "hedge": claim.hedge or None,
        "quote": claim.quote,
        "char_start": claim.quote_start,
        "char_end": claim.quote_end,
    }


def _unit(claim: Proposal, language: str, table: Mapping[str, Any]) -> tuple[float, str]:
    if claim.measure == "rest_days_per_year":
        return 1 / MONTHS, "days/month"
    if claim.measure == "contract_length":
        in_years = any(found.unit == "year" for found in quantities(claim.quote, language))
        return (1 / MONTHS, "years") if in_years else (1.0, "months")
    return (100.0 if claim.unit == "share" else 1.0), table["units"].get(claim.unit, claim.unit)


def period(start: date | None, end: date | None) -> str | None:
    """ "2017-09/2018-08", "2018-08" or None, by the months of the two days."""
    ends = [f"{day:%Y-%m}" for day in (start, end) if day is not None]
    return "/".join(dict.fromkeys(ends)) or None


def predictions(
    found: Sequence[Document], made: Sequence[Sequence[Proposal]], table: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """One line for each document, in the annotation's words."""
    return [
        {"doc_id": doc.id, "claims": [converted(claim, doc.language, table) for claim in read_from]}
        for doc, read_from in zip(found, made, strict=True)
    ]


def clusters(found: Sequence[Document]) -> dict[str, Any]:
    """Groups of copies, by the product's lineage of texts."""
    grouped = groups([_doc(document) for document in found], UNKNOWN, read_bodies(PROGRAMME))
    return {"clusters": [{"cluster_id": str(n), "doc_ids": sorted(ids)} for n, ids in enumerate(grouped)]}


def _doc(document: Document) -> Doc:
    return Doc(
        id=document.id,
        text=document.text,
        language=document.language,
        title=document.title,
        published=document.published,
    )


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    words = read_words(PROGRAMME)
    found = documents(asked.texts, asked.metadata)
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    made = [claims(document, words) for document in found]
    write_lines(asked.output, predictions(found, made, table))
    if asked.clusters:
        asked.clusters.write_text(json.dumps(clusters(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, metavar="TEXTS_DIR")
    parser.add_argument("metadata", type=Path, metavar="METADATA.jsonl")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--clusters", type=Path)
    return parser


if __name__ == "__main__":
    main()
