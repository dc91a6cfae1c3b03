"""What readers leave when they are killed is cleared by the next, and by nobody while they live."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tallystick.evidence.documents.folders import PREFIX, new_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_reader_left_is_cleared_by_the_next(temporary: Path) -> None:
    left = temporary / f"{PREFIX}left"
    left.mkdir()
    (left / "page.txt").write_text("what a document held")
    folder, lock = new_folder()
    os.close(lock)
    assert [each.name for each in temporary.iterdir()] == [Path(folder).name]


def test_a_folder_in_use_is_left_alone_and_so_is_what_is_no_folder_of_ours(temporary: Path) -> None:
    (temporary / "outside").mkdir()
    (temporary / f"{PREFIX}link").symlink_to(temporary / "outside")
    one, first = new_folder()
    other, second = new_folder()
    os.close(first)
    os.close(second)
    assert Path(one).is_dir()
    assert Path(other).is_dir()
    assert (temporary / "outside").is_dir()
