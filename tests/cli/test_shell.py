"""How the command behaves in a shell: start-up, streams, exit codes, Ctrl-C, a reader that leaves."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.cli import main
from tallystick.vocab.errors import EvidenceError, EvidenceFaults, TallystickError
from tallystick.vocab.version import VERSION

COMMAND = [sys.executable, "-m", "tallystick"]
HEAVY = (
    "numpy",
    "jax",
    "numpyro",
    "arviz",
    "xarray",
    "rich",
    "jinja2",
    "typst",
    "vl_convert",
    "msgspec",
    "scipy",
    "statsmodels",
)


def shell(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys, tallystick.cli.main; print([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_help_answers_at_once() -> None:
    """Under 0.2 s of processor time, best of five: wall time would measure the neighbours."""
    best = min(_cpu_seconds() for _ in range(5))
    assert best < 0.2


def _cpu_seconds() -> float:
    before = os.times()
    shell("--help")
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def test_no_arguments_show_the_help() -> None:
    assert shell().stdout == shell("--help").stdout != ""


def test_the_version_is_told() -> None:
    assert shell("--version").stdout == f"tallystick {VERSION}\n"


def test_a_mistyped_command_gets_a_suggestion_and_exit_2() -> None:
    done = shell("clams")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean" in done.stderr.lower()
    assert "claims" in done.stderr


def test_bad_evidence_ends_in_1_and_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text("id = ")
    done = shell("claims", "--programme", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ")
    assert "programme.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_is_no_fault() -> None:
    with subprocess.Popen([*COMMAND, "claims"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        complaints = running.stderr.read()
        assert running.wait(timeout=60) == 0
    assert complaints == b""


def test_ctrl_c_ends_in_130_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    brief, cache = tmp_path / "brief", tmp_path / "cache"
    environment = os.environ | {"TALLYSTICK_CACHE": str(cache)}
    command = [*COMMAND, "brief", "--no-pdf", "-o", str(brief)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as running:
        assert running.stderr is not None
        first = running.stderr.readline()  # the fit has begun
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=120)
    assert "draws" in first
    assert running.returncode == 130, err
    assert out == ""
    assert "Traceback" not in err
    assert err.endswith("stopped: nothing was left half written\n")
    whole = [entry.parent for entry in (cache / "kernels").glob("*/entry.json")]  # compiled beside the fit, and kept
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if not any(entry in path.parents for entry in whole)] == []
    assert not brief.exists()


def test_each_of_several_faults_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    faults = [
        EvidenceError("low above high", file="claims.csv", row=row, field="value_low", hint="swap") for row in (1, 9)
    ]
    main.report(EvidenceFaults(faults))
    assert capsys.readouterr().err == (
        "error: claims.csv, row 1, field value_low: low above high\nhint: swap\n"
        "error: claims.csv, row 9, field value_low: low above high\nhint: swap\n"
    )


def test_an_error_without_a_hint_has_no_hint_line(capsys: pytest.CaptureFixture[str]) -> None:
    main.report(TallystickError("broken"))
    assert capsys.readouterr().err == "error: broken\n"


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_knows_the_commands(name: str) -> None:
    environment = os.environ | {
        "_TALLYSTICK_COMPLETE": f"complete_{name}",
        "COMP_WORDS": "tallystick cha",
        "COMP_CWORD": "1",
    }
    environment |= {"_TYPER_COMPLETE_ARGS": "tallystick cha", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert "chains" in shell(env=environment).stdout
