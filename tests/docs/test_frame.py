"""Promise: imports point toward the evidence, locks pin bytes and name no host, nothing grows past its size."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
LINES = 500  # docstring says why where a file must be longer


def test_imports_keep_the_layers() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_distribution_by_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert "://" not in text
    assert not re.search(r"^--|index|trusted|find-links", text, re.MULTILINE)
    for line in lines:
        assert re.fullmatch(r"[a-z0-9._-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_the_lock_to_work_on_it_holds_the_lock_to_use_it() -> None:
    use, work = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS)
    assert use < work


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"], "hatchling"]
    locked = set(re.findall(r"^(\S+)==", (ROOT / LOCKS[1]).read_text(), re.MULTILINE))
    assert {re.split(r"[<>=]", each)[0] for each in wanted} <= locked


def test_the_lock_in_the_package_is_the_lock_of_the_repository() -> None:
    inside = ROOT / "src" / "tallystick" / "study" / LOCKS[0]
    assert inside.read_bytes() == (ROOT / LOCKS[0]).read_bytes()


def test_the_page_of_the_programme_folder_names_every_file_and_every_column_of_claims() -> None:
    page = (ROOT / "docs" / "reference" / "programme-folder.md").read_text(encoding="utf-8")
    folder = ROOT / "src" / "tallystick" / "data" / "dprk"
    found = [file.relative_to(folder) for file in folder.rglob("*") if file.suffix in {".csv", ".toml"}]
    names = {"scenarios/" if file.parts[0] == "scenarios" else file.as_posix() for file in found}
    columns = (folder / "claims.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert [name for name in sorted(names) + columns if f"`{name}`" not in page] == []


def test_no_module_grows_past_its_size_without_saying_why() -> None:
    long = [file for file in (ROOT / "src").rglob("*.py") if len(file.read_text(encoding="utf-8").splitlines()) > LINES]
    assert [file.name for file in long if "lines" not in file.read_text(encoding="utf-8").split('"""')[1]] == []


def test_a_skipped_test_fails_in_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile("import pytest\n\n@pytest.mark.skip(reason='not today')\ndef test_later(): ...\n")
    pytester.makepyfile(test_whole="import pytest\npytest.skip('not here', allow_module_level=True)\n")
    for name in ("CI", "TALLYSTICK_TEST_CACHE"):
        monkeypatch.delenv(name, raising=False)
    assert pytester.runpytest_subprocess("-p", "no:cacheprovider").ret == 0
    monkeypatch.setenv("CI", "true")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*skipped in CI*"])
