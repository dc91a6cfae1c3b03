"""The documentation as tests read it: pages, their fenced blocks, and commands with the output they promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Block:
    """A fenced block: of which page, in which language, at which line."""

    page: str
    kind: str
    body: str
    line: int

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Step:
    """A command of a console block and the output that the page shows below it."""

    command: str
    shown: str


def pages() -> list[Path]:
    """README, changelog and everything below docs/."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(kind: str) -> list[Block]:
    """Every block of that language on every page."""
    return [block for page in pages() for block in blocks_of(page) if block.kind == kind]


def blocks_of(page: Path) -> Iterator[Block]:
    """Every block of one page."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(page.relative_to(ROOT).as_posix(), found["kind"], found["body"], line)


def steps(block: Block) -> list[Step]:
    """The commands of a console block (lines after `$ `), each with the lines below it."""
    parts = re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]
    return [Step(command.strip(), shown) for command, _, shown in (part.partition("\n") for part in parts)]


def shows(shown: str, printed: str, *, tolerance: float = 0.0) -> bool:
    """Whether a page tells the truth of what was printed.

    `...` stands for anything, blanks are blanks however many, and each number may differ by `tolerance` of
    itself: sampled figures differ a little from one kind of processor to another.
    """
    pattern = "".join(_pattern(part) for part in re.split(r"(\.\.\.|\s+|-?\d[\d,]*(?:\.\d+)?)", shown.strip()))
    found = re.fullmatch(pattern, printed.strip(), re.DOTALL)
    if found is None:
        return False
    wanted = [_value(number) for part in shown.strip().split("...") for number in NUMBER.findall(part)]
    pairs = zip(wanted, map(_value, found.groups()), strict=True)
    return all(abs(got - want) <= tolerance * abs(want) for want, got in pairs)


def _pattern(part: str) -> str:
    if part == "...":
        return ".*?"
    if part.isspace():
        return r"\s+"
    return r"(-?\d[\d,]*(?:\.\d+)?)" if NUMBER.fullmatch(part) else re.escape(part)


def _value(number: str) -> float:
    return float(number.replace(",", ""))
