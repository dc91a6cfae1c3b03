"""Promise (T6), through `tallystick read`: hostile documents end in verdicts, and good ones beside them are read.

A short form, of the small ones; `python -m tests.torture.full` reads all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import through_read
from tests.hostile.through_read import Found, Told, read_hostile

QUICK = (
    "page-tree", "many-pages", "bomb", "laughs", "xxe", "traversal", "links", "field-", "field.", "formulas", "bidi",
    "zero-width", "mixed-scripts.txt", "numbers", "blanks", "odd-utf16", "half-signs", "zeros", "noise", "10-cut",
    "90-cut", "pdf.txt", "page.docx", "picture", "program", "empty", "mark-only", "folder", "pipe", "ring", "device",
)  # fmt: skip
SLOW = ("bomb.warc", "bomb-attached", "traversal-attached")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("hostile")
    return read_hostile(folder, seconds=5, wanted=lambda name: name.startswith(QUICK) and not name.startswith(SLOW))


def test_each_hostile_document_ends_in_a_verdict_of_its_own_and_in_nothing_else(found: Found) -> None:
    assert found.problems == []
    assert found.endings.total() > 80
    assert {"text", "bomb", "malformed", "unknown_format", "empty", "too_large", "not_a_file"} <= set(found.endings)


def test_what_is_said_or_kept_of_a_refused_document_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(through_read, "faults_of", lambda _: ())
    monkeypatch.setattr(through_read, "orphans", lambda _: ("ab",))
    with through_read.at_home(tmp_path, 5):
        through_read._tallystick("init", tmp_path / "cases")
        row = {"origin": "a/bad.pdf", "verdict": "malformed", "message": "is cut short", "claims": "2"}
        problems = through_read._unlike(tmp_path, Told(code=0, rows=[row], err=""), ([], ()))
    assert [one.partition(":")[0] for one in problems] == [
        "kept", "ended with 0", "a/bad.pdf", "a/bad.pdf", "a copy of which nothing speaks",
    ]  # fmt: skip
