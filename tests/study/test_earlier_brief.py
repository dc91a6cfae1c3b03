"""Promise: bad evidence ends `brief` in one clear error and leaves an earlier brief as it was published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.cli.main import run
from tallystick.study.folder import replace_whole
from tallystick.study.manifest import write_manifest
from tests.evidence.damage import Copy, Damage
from tests.evidence.test_damaged_evidence import DAMAGES
from tests.study.invented import PROGRAMME


def _publish(draft: Path) -> None:
    (draft / "brief.html").write_text("<p>As published.</p>")
    (draft / "data").mkdir()
    (draft / "data" / "claims.csv").write_text("id\nx\n")
    write_manifest(draft, PROGRAMME, 7)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A small brief that was published before."""
    return replace_whole(tmp_path / "brief", _publish)


def _everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_bad_evidence_leaves_an_earlier_brief_untouched(
    damage: Damage, earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path / "cache"))
    copy, before = Copy(tmp_path / "programme"), _everything(earlier)
    copy.withhold_some()
    damage.make(copy)
    assert run(["brief", "--no-pdf", "-o", str(earlier), "--programme", str(copy.folder)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert damage.file in err.splitlines()[0]
    assert err.count("error: ") == 1
    assert "\nhint: " in err
    assert _everything(earlier) == before
    assert run(["verify", str(earlier)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief", "programme"]
