"""The page of the described systems, made by running their tests: `python -m tests.docs.system_rows` writes it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest

from tallystick.evidence.programme import load_programme
from tests.docs.pages import ROOT
from tests.systems.described import ROWS, Row

PAGE = ROOT / "docs" / "reference" / "system.md"
TESTS = ROOT / "tests" / "systems"
TOP = """# The described systems, row by row

Made by `make docs`, which runs the test of each row and writes down how it went; a test compares the rest. The reports
describe these systems; each has one test that does what the second column says, on the model of the programme that
ships from an invented start, or on its evidence. *Uses* names stocks (K, M, V), flows (F), loops (B, R), levels,
accounts, levers, cells of the framework (FL) and events (E): [the elements](system-elements.md) tells what they are.

What can and cannot be said of each system from what was published is told in the brief.
"""
HEADS = ("row", "what its test does", "test", "result", "uses")


class Results:
    """Listens to pytest: how each test of a row went."""

    def __init__(self) -> None:
        self.outcome: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test failed where any of its phases did; one that was skipped did not pass."""
        name = report.nodeid.rpartition("::")[2]
        if report.when == "call" or report.outcome != "passed":
            self.outcome[name] = report.outcome if self.outcome.get(name, "passed") == "passed" else self.outcome[name]


def rows() -> tuple[Row, ...]:
    """The rows in the order of the programme's systems."""
    for file in sorted(TESTS.glob("test_*.py")):
        import_module(f"tests.systems.{file.stem}")
    return tuple(ROWS[each["id"]] for each in load_programme().tables["systems"]["system"])


def ran(chosen: tuple[Row, ...]) -> Mapping[str, str]:
    """Test -> passed, failed or skipped, by running each."""
    results = Results()
    tests = [f"{ROOT / row.file}::{row.test}" for row in chosen]
    pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", *tests], plugins=[results])
    return {row.test: results.outcome.get(row.test, "not run") for row in chosen}


def page(chosen: tuple[Row, ...], results: Mapping[str, str]) -> str:
    """The whole page."""
    lines = [HEADS, ["---"] * len(HEADS), *(_line(row, results[row.test]) for row in chosen)]
    return TOP + "\n" + "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _line(row: Row, result: str) -> tuple[str, ...]:
    file = Path(row.file).relative_to("tests").as_posix()
    must = row.must.replace("|", "\\|")
    return row.name, must, f"`{row.test}` in `{file}`", result, ", ".join(f"`{each}`" for each in row.uses)


if __name__ == "__main__":
    every = rows()
    found = ran(every)
    PAGE.write_text(page(every, found), encoding="utf-8")
    sys.exit(any(result != "passed" for result in found.values()))
