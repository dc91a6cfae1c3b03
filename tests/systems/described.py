"""What a test says of the row that it stands for: its name, its system, and which parts of the model it uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., None])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the map's last table, as its test holds it."""

    name: str  # as the map has it
    system: str  # id in systems.toml
    test: str
    file: str
    must: str  # what it must do: the test's docstring
    uses: tuple[str, ...]  # stocks, flows, accounts, levels, loops and levers


ROWS: dict[str, Row] = {}


def row(name: str, *, system: str, uses: str) -> Callable[[Test], Test]:
    """Marks the one test of a row. It bears the row's name, and its docstring says what the row asks for."""

    def marked(test: Test) -> Test:
        assert test.__name__ == f"test_{slug(name)}", f"{test.__name__} is not named after {name!r}"
        must = " ".join((test.__doc__ or "").split())
        assert must, f"{name!r} does not say what it must do"
        file = "/".join(test.__module__.split(".")) + ".py"
        ROWS[system] = Row(name=name, system=system, test=test.__name__, file=file, must=must, uses=tuple(uses.split()))
        return test

    return marked


def slug(name: str) -> str:
    """The name as part of a function's name."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
