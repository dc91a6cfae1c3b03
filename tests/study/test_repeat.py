"""T7: same evidence, lock and seed, two processes with empty caches: the same root, estimates and bytes.

Both processes are the command; the first (`brief_folder`) is told to share sums out over two threads, as on two cores,
the second over one. The memory of its run is measured on the way, with that of the process that sets the PDF. How long
runs take is for `make bench`: a test would measure the neighbours.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from benchmarks.brief import Watch

from tallystick.cli.main import run
from tallystick.study.manifest import read_manifest

GIB = 2**30
SAMPLED = "draws, 4 chains"  # told while a fit draws


class Done(NamedTuple):
    """A finished command: what it used, and the folder that it wrote."""

    folder: Path
    peak: int  # bytes that it and all that it started held at once, looked at twenty times a second
    err: str


# Its own peak is read where the kernel keeps it for the program: getrusage would tell that of the tests' process, which
# a program inherits from whoever starts it. What it starts in turn inherits no more than what it held itself.
MEASURED = """
import re, resource, sys
from pathlib import Path
from tallystick.cli.main import main
sys.argv[1:1] = ["brief", "-o"]
try:
    main()
except SystemExit as left:
    code = left.code
children = resource.getrusage(resource.RUSAGE_CHILDREN)
own = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
print(max(own, children.ru_maxrss) * 1024)
sys.exit(code)
"""


def _brief(folder: Path, cache: Path) -> Done:
    """Write a brief in a process of its own, and let it tell what it used."""
    environment = os.environ | {"TALLYSTICK_CACHE": str(cache), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", MEASURED, str(folder)]
    with (
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running,
        Watch(running.pid) as watch,
    ):
        out, err = running.communicate()
    assert running.returncode == 0, err
    largest = int(out.splitlines()[-1])  # the kernel's own peak of the largest process is never missed
    return Done(folder, max(watch.most, largest), err)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The same brief from a fresh process with an empty cache."""
    place = tmp_path_factory.mktemp("second")
    return _brief(place / "brief", place / "cache")


def test_two_processes_with_empty_caches_write_the_same_bytes(brief_folder: Path, second: Done) -> None:
    here, there = read_manifest(brief_folder), read_manifest(second.folder)
    assert there.evidence_root == here.evidence_root
    assert there.files == here.files
    assert there == here


def test_a_run_stays_below_two_gigabytes(second: Done) -> None:
    assert second.peak < 2 * GIB


def test_progress_is_told_on_stderr(second: Done) -> None:
    assert SAMPLED in second.err
    assert "divergences" in second.err


def test_a_repeated_run_draws_nothing_and_gives_the_same(second: Done, tmp_path: Path) -> None:
    again = _brief(tmp_path / "brief", second.folder.parent / "cache")
    assert read_manifest(again.folder) == read_manifest(second.folder)
    assert SAMPLED not in again.err


def test_the_contract_s_files_are_all_there(brief_folder: Path) -> None:
    names = {path.relative_to(brief_folder).as_posix() for path in brief_folder.rglob("*") if path.is_file()}
    assert {"brief.html", "brief.pdf", "brief.json", "posterior.nc", "manifest.json"} <= names
    assert any(name.startswith("data/") and name.endswith(".csv") for name in names)
    assert any(name.startswith("charts/") and name.endswith(".svg") for name in names)


def test_a_published_brief_verifies_and_a_changed_one_does_not(
    brief_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(brief_folder)]) == 0
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(brief_folder), str(copy)], check=True)
    (copy / "brief.json").write_bytes((copy / "brief.json").read_bytes().replace(b"0", b"1", 1))
    assert run(["verify", str(copy)]) == 1
    assert "brief.json" in capsys.readouterr().out


def test_damage_to_the_cache_is_found_and_mended(second: Done) -> None:
    """The summary, which is quick to make again; a damaged fit is found in the same way (tests of the cache)."""
    cache = second.folder.parent / "cache"
    (summary,) = (cache / "summary").glob("*/summary.json")
    whole = summary.read_bytes()
    summary.write_bytes(whole[:-10])
    command = [sys.executable, "-m", "tallystick", "estimate", "--format", "json"]
    environment = os.environ | {"TALLYSTICK_CACHE": str(cache)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "is damaged (changed: summary.json)" in done.stderr
    assert summary.read_bytes() == whole
