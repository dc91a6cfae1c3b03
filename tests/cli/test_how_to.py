"""What the page on what-ifs says that a file may pull and set is what the programme that ships offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tallystick.scenarios.scenario import Driver, Lever, drivers_of, levers_of
from tests.systems import real

PAGE = Path(__file__).parents[2] / "docs/how-to/what-if.md"


def ranges(kind: str) -> dict[str, tuple[float, float]]:
    """By id, the range that the page's table of that kind gives."""
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index(f"| {kind} | what a ") :].split("\n\n", maxsplit=1)[0]
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([\d.,]+) to ([\d.,]+) \|$", table, flags=re.MULTILINE)
    return {id: (float(low.replace(",", "")), float(high.replace(",", ""))) for id, low, high in rows}


@pytest.mark.parametrize(("kind", "read"), [("lever", levers_of), ("driver", drivers_of)])
def test_the_page_tells_every_lever_and_driver_with_its_range(
    kind: str, read: Callable[[Mapping[str, Any]], Mapping[str, Lever | Driver]]
) -> None:
    offered = read(real.programme().tables["scenarios"])
    assert ranges(kind) == {id: (each.low, each.high) for id, each in offered.items() if each.acts}
