"""The reference page of all commands, made from their own help: `python -m tests.docs.reference` writes it."""

from __future__ import annotations

import os
import subprocess
import sys

from typer.main import get_command

from tallystick.cli.main import app
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "reference" / "commands.md"
TOP = """# Commands

Made from the commands' own help by `make docs`; a test compares the two. [Exit codes and streams](exit-codes.md) are
the same for all.
"""


def command_names() -> list[str]:
    """The commands in the order in which help lists them."""
    return list(get_command(app).commands)  # type: ignore[attr-defined]


def _help(*words: str) -> str:
    environment = os.environ | {"COLUMNS": "100", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "tallystick", *words, "--help"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def commands_page() -> str:
    """The whole page."""
    sections = [TOP, f"```text\n{_help()}\n```\n"]
    sections += [f"## {name}\n\n```text\n{_help(name)}\n```\n" for name in command_names()]
    return "\n".join(sections)


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
