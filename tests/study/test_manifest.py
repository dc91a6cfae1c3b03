"""Promise: `verify` names every file of a published brief that is missing, changed or extra."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tallystick.evidence.programme import SHIPPED
from tallystick.study.manifest import MANIFEST, commands, read_manifest, verify, write_manifest
from tallystick.study.study import Study
from tallystick.vocab.errors import BriefError
from tests.study.invented import PROGRAMME


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    for name in ("brief.html", "brief.json", "data/claims.csv"):
        (tmp_path / name).write_text(name)
    write_manifest(tmp_path, PROGRAMME, 7)
    return tmp_path


def test_an_untouched_folder_has_no_fault(folder: Path) -> None:
    assert verify(folder) == ()
    assert set(read_manifest(folder).files) == {"brief.html", "brief.json", "data/claims.csv"}


def test_a_manifest_names_the_head_of_the_forecasts_that_are_shown(folder: Path) -> None:
    assert read_manifest(folder).forecasts is None
    write_manifest(folder, PROGRAMME, 7, forecasts="a" * 64)
    assert read_manifest(folder).forecasts == "a" * 64


def test_missing_changed_and_extra_files_are_named(folder: Path) -> None:
    (folder / "brief.html").write_text("other")
    (folder / "brief.json").unlink()
    (folder / "data" / "more.csv").write_text("1")
    named = [str(fault).split(":")[0] + " " + fault.problem.split(":")[0] for fault in verify(folder)]
    assert named == ["brief.json missing", "brief.html changed", "data/more.csv extra"]


def test_a_link_is_not_the_file_it_points_to(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    same = tmp_path_factory.mktemp("elsewhere") / "brief.html"
    same.write_text("brief.html")
    (folder / "brief.html").unlink()
    (folder / "brief.html").symlink_to(same)
    assert [str(fault) for fault in verify(folder)] == ["brief.html: changed"]


def test_every_single_changed_byte_is_found(folder: Path) -> None:
    whole = (folder / "brief.json").read_bytes()
    for place in range(len(whole)):
        (folder / "brief.json").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert [str(fault) for fault in verify(folder)] == ["brief.json: changed"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("schema", "tallystick-manifest/99", "unknown kind"),
        ("files", {"../outside": "0" * 64}, "does not lie in the folder"),
        ("files", {"/etc/passwd": "0" * 64}, "does not lie in the folder"),
        ("files", {"a//b": "0" * 64}, "does not lie in the folder"),
        ("seed", "seven", "Expected `int`"),
    ],
)
def test_a_manifest_that_was_bent_is_refused(folder: Path, field: str, value: Any, message: str) -> None:
    document = msgspec.json.decode((folder / MANIFEST).read_bytes())
    (folder / MANIFEST).write_bytes(msgspec.json.encode(document | {field: value}))
    with pytest.raises(BriefError, match=message):
        verify(folder)


def test_a_folder_without_manifest_is_no_brief(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match=r"no manifest\.json"):
        verify(tmp_path)
    with pytest.raises(BriefError, match="no such folder"):
        verify(tmp_path / "nowhere")


def test_the_same_folder_gives_the_same_manifest(folder: Path) -> None:
    first = (folder / MANIFEST).read_bytes()
    write_manifest(folder, PROGRAMME, 7)
    assert (folder / MANIFEST).read_bytes() == first


def test_the_commands_repeat_this_run() -> None:
    assert "--programme invented --seed 0 -o" in commands(PROGRAMME, 0)[1]


def test_the_commands_name_no_path_and_what_was_left_out(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED / "dprk", tmp_path / "programme"))
    here, shipped = Study(folder, seed=7), Study("dprk", seed=7, as_of=date(2023, 12, 31))
    assert here.commands("brief --no-pdf", to="brief") == (
        "make setup",
        ".venv/bin/tallystick brief --no-pdf --programme FOLDER --seed 7 -o brief",
        ".venv/bin/tallystick verify brief",
    )
    assert shipped.commands("export --to csv", to="tables")[1:] == (
        ".venv/bin/tallystick export --to csv --programme dprk --seed 7 --as-of 2023-12-31 -o tables",
        ".venv/bin/tallystick verify tables",
    )
