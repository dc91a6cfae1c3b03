"""Promise: on annotated texts the reader stays above its floors in each language, and is still on other subjects."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from benchmarks.reading_gold import TABLE, claims, clusters, documents, main, predictions

from tallystick.claims.reading.words import Words
from tests.claims.reading.gold_score import f1

GOLD = Path(__file__).parent / "gold"
FLOORS = {"a": 0.90, "b": 0.70, "c": 0.80}
FALSE_CLAIMS = 0.2
COPIES = 0.90


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def read(words: Words) -> dict[str, list[dict[str, Any]]]:
    found = documents(GOLD / "texts", GOLD / "gold.jsonl")
    made = [claims(document, words) for document in found]
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {row["doc_id"]: row["claims"] for row in predictions(found, made, table)}


@pytest.mark.parametrize("criterion", FLOORS)
def test_the_floors_hold(criterion: str, gold: list[dict[str, Any]], read: dict[str, Any]) -> None:
    relevant = [row for row in gold if row["subset"] == "relevant"]
    assert f1(relevant, read, criterion) >= FLOORS[criterion]


@pytest.mark.parametrize("language", ["en", "ru", "ko"])
def test_each_language_holds_its_floor(language: str, gold: list[dict[str, Any]], read: dict[str, Any]) -> None:
    rows = [row for row in gold if row["subset"] == "relevant" and row["language"] == language]
    assert f1(rows, read, "a") >= 0.80


def test_texts_on_other_subjects_give_hardly_a_claim(gold: list[dict[str, Any]], read: dict[str, Any]) -> None:
    others = [row["doc_id"] for row in gold if row["subset"] == "hard_negative"]
    assert others
    assert sum(len(read[doc]) for doc in others) / len(others) <= FALSE_CLAIMS


def test_the_scorer_sees_a_wrong_reading(gold: list[dict[str, Any]], read: dict[str, Any]) -> None:
    wrong = {doc: [{**claim, "measure": "deaths"} for claim in made] for doc, made in read.items()}
    assert f1(gold, wrong, "a") < 0.2
    assert f1(gold, {doc: [] for doc in read}, "a") == 0


def test_copies_are_put_together() -> None:
    found = documents(GOLD / "texts", GOLD / "gold.jsonl")
    ours = clusters(found)
    wanted = json.loads((GOLD / "clusters.json").read_text(encoding="utf-8"))
    left, right = (_pairs(groups) for groups in (wanted, ours))
    assert 2 * len(left & right) / (len(left) + len(right)) >= COPIES


def _pairs(groups: dict[str, Any]) -> set[tuple[str, str]]:
    rows = [sorted(group["doc_ids"]) for group in groups["clusters"]]
    return {(a, b) for ids in rows for i, a in enumerate(ids) for b in ids[i + 1 :]}


def test_only_what_a_reader_may_know_is_taken_from_the_metadata(tmp_path: Path, gold: list[dict[str, Any]]) -> None:
    bare = tmp_path / "metadata.jsonl"
    known = ("doc_id", "language", "title", "url", "published_on")
    bare.write_text("".join(json.dumps({name: row[name] for name in known}) + "\n" for row in gold), encoding="utf-8")
    for metadata, name in ((bare, "bare"), (GOLD / "gold.jsonl", "whole")):
        main(
            [
                str(GOLD / "texts"),
                str(metadata),
                "-o",
                str(tmp_path / name),
                "--clusters",
                str(tmp_path / f"{name}.json"),
            ]
        )
    assert (tmp_path / "bare").read_bytes() == (tmp_path / "whole").read_bytes()
    assert (tmp_path / "bare.json").read_bytes() == (tmp_path / "whole.json").read_bytes()
