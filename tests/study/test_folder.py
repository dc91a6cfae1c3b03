"""Promise: a brief appears whole or not at all, and nothing that no brief wrote is ever removed."""

from pathlib import Path

import pytest

from tallystick.study.folder import check_replaceable, replace_whole
from tallystick.study.manifest import write_manifest
from tallystick.vocab.errors import BriefError
from tests.study.invented import PROGRAMME


def _writer(text: str):  # type: ignore[no-untyped-def]
    def write(draft: Path) -> None:
        (draft / "brief.html").write_text(text)
        write_manifest(draft, PROGRAMME, 7)

    return write


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    written = replace_whole(tmp_path / "deep" / "brief", _writer("first"))
    assert (written / "brief.html").read_text() == "first"
    assert _names(tmp_path / "deep") == ["brief"]
    assert written.stat().st_mode & 0o777 == 0o755


def test_an_earlier_brief_is_replaced_whole(tmp_path: Path) -> None:
    replace_whole(tmp_path / "brief", _writer("first"))
    replace_whole(tmp_path / "brief", _writer("second"))
    assert (tmp_path / "brief" / "brief.html").read_text() == "second"
    assert _names(tmp_path) == ["brief"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, BriefError])
def test_a_failure_leaves_the_earlier_brief_and_no_draft(tmp_path: Path, error: type[BaseException]) -> None:
    replace_whole(tmp_path / "brief", _writer("first"))

    def fail(draft: Path) -> None:
        (draft / "brief.html").write_text("half")
        raise error("stopped")

    with pytest.raises(error, match="stopped"):
        replace_whole(tmp_path / "brief", fail)
    assert (tmp_path / "brief" / "brief.html").read_text() == "first"
    assert _names(tmp_path) == ["brief"]


def test_a_failed_rename_gives_the_earlier_brief_its_name_back(tmp_path: Path) -> None:
    replace_whole(tmp_path / "brief", _writer("first"))

    def vanish(draft: Path) -> None:
        (draft / "x").touch()
        (draft / "x").unlink()
        draft.rmdir()

    with pytest.raises(FileNotFoundError):
        replace_whole(tmp_path / "brief", vanish)
    assert (tmp_path / "brief" / "brief.html").read_text() == "first"
    assert _names(tmp_path) == ["brief"]


def test_files_that_no_brief_wrote_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BriefError, match="holds files that no brief wrote"):
        replace_whole(tmp_path, _writer("first"))
    assert _names(tmp_path) == ["thesis.txt"]


def test_a_note_put_beside_a_brief_is_not_lost(tmp_path: Path) -> None:
    replace_whole(tmp_path / "brief", _writer("first"))
    (tmp_path / "brief" / "notes.txt").write_text("mine")
    with pytest.raises(BriefError, match=r"notes\.txt"):
        check_replaceable(tmp_path / "brief")


def test_a_folder_of_another_command_is_not_replaced(tmp_path: Path) -> None:
    replace_whole(tmp_path / "brief", _writer("first"))
    for refused in (check_replaceable, lambda *asked: replace_whole(asked[0], _writer("second"), asked[1])):
        with pytest.raises(BriefError, match="was written by brief, which simulate does not replace"):
            refused(tmp_path / "brief", "simulate")
    assert (tmp_path / "brief" / "brief.html").read_text() == "first"


def test_a_folder_that_does_not_say_how_it_was_written_is_not_replaced(tmp_path: Path) -> None:
    write_manifest(tmp_path, PROGRAMME, 7, ("", "make"))
    with pytest.raises(BriefError, match="was written by another program, which brief does not replace"):
        check_replaceable(tmp_path)


def test_a_file_or_a_link_is_no_folder_to_replace(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(BriefError, match="no folder"):
            check_replaceable(tmp_path / name)
