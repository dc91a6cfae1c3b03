"""Every hostile document ends in text or in a recorded verdict, whatever it tries, and who asked goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.archives import docx, docx_bomb
from tests.hostile.bombs import flate_pdf, gzip_of_zeros
from tests.hostile.names import TRAVERSAL

SECONDS = 5  # of one document here; in use it is 20
REPOSITORY = Path(__file__).parents[2]
MOST_MEMORY = 300_000_000  # bytes of the process that asks


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outside")


@pytest.fixture(scope="module")
def read(outside: Path) -> dict[str, Any]:
    """What became of each document, read by a process of its own."""
    folder = outside / "a" / "b" / "documents"
    folder.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.run", str(folder), str(SECONDS)],
        cwd=REPOSITORY, capture_output=True, text=True, check=True, env={**os.environ, "TMPDIR": str(outside)},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_each_ends_as_it_may(read: dict[str, Any]) -> None:
    endings = read["endings"]
    assert len(endings) >= 130
    wrong = {
        name: (each["ended"], each.get("said")) for name, each in endings.items() if each["ended"] not in each["right"]
    }
    assert wrong == {}


def test_each_verdict_names_the_document_and_a_way_out(read: dict[str, Any]) -> None:
    refused = {name: each for name, each in read["endings"].items() if each["ended"] != "text"}
    assert {"bomb", "memory", "malformed", "unknown_format", "empty", "too_large", "not_a_file"} <= {
        each["ended"] for each in refused.values()
    }
    assert [name for name, each in refused.items() if name not in each["said"] or not each["hint"]] == []


def test_who_asks_goes_on_and_stays_small(read: dict[str, Any]) -> None:
    assert read["alive"] == "Still here."
    assert read["peak"] < MOST_MEMORY


def test_nothing_is_written_beside_the_documents(read: dict[str, Any], outside: Path) -> None:
    assert read["alive"]
    assert sorted(path.name for path in outside.iterdir()) == ["a"]
    assert sorted(path.name for path in (outside / "a" / "b").iterdir()) == ["documents"]
    assert list((outside / "a").rglob("*taken*")) == []
    assert not Path("/tmp/taken").exists()


def test_no_entity_brings_in_a_file(read: dict[str, Any]) -> None:
    secret = Path("/etc/passwd").read_text().splitlines()[0]
    assert [name for name, each in read["endings"].items() if secret in each.get("text", "")] == []
    laughs = read["endings"]["laughs.html"]
    assert "hahahaha" not in laughs.get("text", "")


def test_hidden_signs_and_mixed_words_are_told(read: dict[str, Any]) -> None:
    endings = read["endings"]
    assert endings["bidi.txt"]["hidden"] == 4
    assert endings["zero-width.txt"]["hidden"] > 100
    assert any(note.startswith("Vladiv\u043estok mixes") for note in endings["mixed-scripts.txt"]["warnings"])


def test_numbers_that_break_readers_stay_as_they_are_written(read: dict[str, Any]) -> None:
    text = read["endings"]["numbers.txt"]["text"]
    for number in ("NaN", "1e400", "10³", "１２", "9" * 5000):
        assert f"{number} workers came." in text


def test_a_hostile_name_is_only_a_name(read: dict[str, Any]) -> None:
    assert len(set(TRAVERSAL)) >= 60
    assert read["renamed"] == ["Some text."] * len(TRAVERSAL)


def test_what_is_wrongly_named_is_read_as_what_it_is(read: dict[str, Any]) -> None:
    for name in ("pdf.txt", "page.docx", "word.pdf", "text.pdf"):
        assert any("which its content is" in note for note in read["endings"][name]["warnings"])


def test_bombs_are_small_and_archives_the_same_each_time() -> None:
    assert len(flate_pdf(3)) < 6_000
    assert len(docx_bomb()) < 1_100_000
    assert len(gzip_of_zeros(1000)) < 1_100_000
    assert docx({"a": b"b"}) == docx({"a": b"b"})
