"""Promise: what the docs tell a reader to type works, and prints what they show."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command

from tallystick.cli.main import app
from tests.docs.conftest import Type
from tests.docs.pages import ROOT, Block, blocks, blocks_of, pages, shows, steps
from tests.docs.reference import PAGE, command_names, commands_page

SAMPLED = ("estimate", "examples/")  # output that depends on the sampler, and so a little on the processor
MONTE_CARLO = 0.1
ACTIVATE = "source .venv/bin/activate"
ANOTHER_FIT = "--as-of"  # `brief` for another day would sample for a minute: parsed here, run by hand


NAMES_AN_ENTRY = re.compile(r"\b[dp][0-9a-f]{12}\b")
A_WORKSPACE = """
tallystick init cases --as ana && tallystick init others --as ben
printf 'About 4,321 North Korean workers are in Russia, the ministry said.\\n' > report.txt
mkdir saved && printf '<p>About 4,300 North Korean workers are in Russia, the ministry said.</p>' > saved/page.html
tallystick export --to ledger --workspace others -o colleague.ledger
"""


@pytest.mark.parametrize("block", blocks("console"), ids=str)
def test_a_console_block_is_true(block: Block, type_in: Type, clone: Path, fit_if: Callable[[str], object]) -> None:
    fit_if(block.body)
    write_files(block.page, clone)
    active = ACTIVATE if activated(block) else "true"
    for step in steps(block):
        if step.command.startswith(("make ", "git ", "cd ")):
            assert_made(step.command)
            continue
        active = step.command if step.command == ACTIVATE else active
        done = type_in(f"{active}; {step.command}")
        assert done.returncode == 0, done.stderr
        tolerance = MONTE_CARLO if any(word in step.command for word in SAMPLED) else 0.0
        assert shows(step.shown, done.stdout, tolerance=tolerance), f"{step.command} printed:\n{done.stdout}"


def write_files(page: str, folder: Path) -> None:
    """The files that a reader of that page has written: each block of TOML, under the name that its `id` says."""
    for text in (block.body for block in blocks("toml") if block.page == page):
        (folder / f"{tomllib.loads(text)['id']}.toml").write_text(text, encoding="utf-8")


def activated(block: Block) -> bool:
    """Whether an earlier block of the same page has put `.venv/bin` into the path, as its reader then has."""
    earlier = (one for one in blocks("console") if one.page == block.page and one.line < block.line)
    return any(step.command == ACTIVATE for one in earlier for step in steps(one))


def assert_made(command: str) -> None:
    """A command that would install or clone is not run here, but make's target has to exist."""
    words = command.split()
    if words[0] == "make":
        assert f"\n{words[1]}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted({block.page for block in blocks("python")}))
def test_the_python_of_a_page_runs_from_top_to_bottom(
    page: str, monkeypatch: pytest.MonkeyPatch, cache_folder: Path, fit_if: Callable[[str], object], tmp_path: Path
) -> None:
    """From a file, as a reader would: a model's functions are read back from theirs."""
    code = "\n".join(block.body for block in blocks("python") if block.page == page)
    fit_if(code)
    monkeypatch.setenv("TALLYSTICK_CACHE", str(cache_folder))
    file = tmp_path / "page.py"
    file.write_text(code, encoding="utf-8")
    exec(compile(code, str(file), "exec"), {})


@pytest.mark.parametrize("example", sorted(path.name for path in (ROOT / "examples").glob("*.py")))
@pytest.mark.usefixtures("study")
def test_an_example_runs_and_says_something(example: str, cache_folder: Path) -> None:
    environment = os.environ | {"TALLYSTICK_CACHE": str(cache_folder), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-W", "error::DeprecationWarning:__main__", str(ROOT / "examples" / example)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def _taught() -> list[str]:
    """Every example line in the help of every command, without its remark."""
    epilogs = (get_command(app).commands[name].epilog for name in command_names())  # type: ignore[attr-defined]
    lines = (line.split("#")[0].strip() for epilog in epilogs for line in epilog.splitlines())
    return [line for line in lines if line.startswith("tallystick ")]


@pytest.mark.parametrize("line", _taught())
def test_what_help_teaches_works(line: str, type_in: Type, fit_if: Callable[[str], object]) -> None:
    fit_if(line)
    if "verify" in line:
        type_in(f"{ACTIVATE}; tallystick brief --no-pdf")
    if ("brief" in line and ANOTHER_FIT in line) or "backtest" in line:  # the latter refits 27 days
        line += " --help"
    if NAMES_AN_ENTRY.search(line):  # ids are drawn anew in each workspace
        line += " --help"
    if "cases" in line and "tallystick init" not in line:
        assert type_in(f"{ACTIVATE}; {A_WORKSPACE}").returncode == 0
    done = type_in(f"{ACTIVATE}; {line.replace('/tmp/', '')}")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_help_examples_and_a_page(name: str) -> None:
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    assert command.help
    assert "Examples:" in command.epilog
    assert all(option.help for option in command.params)
    assert f"\n## {name}\n" in PAGE.read_text(encoding="utf-8")


def test_the_error_on_the_page_of_exit_codes_is_the_one_that_is_printed(type_in: Type) -> None:
    shown = next(block.body for block in blocks("text") if block.page.endswith("exit-codes.md"))
    done = type_in(f"{ACTIVATE}; tallystick claims --as-of 2024-6")
    assert (done.returncode, done.stderr.strip()) == (2, shown.strip())


def test_no_block_of_the_docs_goes_untested() -> None:
    """Commands and Python are typed here and TOML is what they read; the rest is compared where it is named."""
    kinds = {block.kind for page in pages() for block in blocks_of(page)}
    assert kinds == {"console", "python", "toml", "text", "sh"}
    elsewhere = {
        "docs/reference/commands.md",  # below
        "docs/reference/exit-codes.md",  # above
        "docs/methods/chance.md",  # tests/stocks/chance/test_fixed_work.py
        "docs/reference/calibration.md",  # tests/calibrate/test_recovery.py
        "docs/reference/statistics.md",  # tests/docs/test_statistics.py
        "docs/how-to/repeat-and-verify.md",  # two fits: tests/study/test_repeat.py
        "docs/how-to/forecasts-on-record.md",  # an example of help, and tests/cli/test_forecast.py
    }
    assert {block.page for kind in ("text", "sh") for block in blocks(kind)} == elsewhere


def test_the_page_of_commands_is_what_help_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == commands_page(), "write it again: make docs"
