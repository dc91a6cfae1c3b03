"""Promise: the page of the folder of runs names every field and every column that is written there."""

from __future__ import annotations

from typing import Any

from tallystick.scenarios.results import HEADER, SPREADS, Results, Row
from tallystick.scenarios.summary import Figures, Spread
from tallystick.study import forward
from tallystick.study.study import Study
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "reference" / "runs-folder.md").read_text(encoding="utf-8")


def _one_of_each() -> dict[str, Any]:
    """A document with one level: its fields are those of any."""
    spread = Spread(sd=1.0, quantiles=(0.0,) * 7)
    figures = Figures(
        runs=2, draws=1, mean=0.0, error=0.1, all=spread, parameters=spread, chance=spread, share_of_parameters=0.5,
        same_sign=1.0,
    )  # fmt: skip
    row = Row(scenario="s", outcome="o", name="o", unit="person", year=2030, figures=figures)
    found = Results(model="m", baseline="b", seed=0, draws=1, repeats=2, levels=(row,), effects=(row,))
    return forward.document(Study().what_if(["direct_pay"]), found)


def _fields(value: Any) -> set[str]:
    """Every name at every depth, without the quantiles, which are numbers."""
    if isinstance(value, list):
        return set().union(*map(_fields, value))
    if not isinstance(value, dict):
        return set()
    return {name for name in value if not name[0].isdigit()}.union(*map(_fields, value.values()))


def test_every_field_and_column_stands_on_the_page() -> None:
    names = _fields(_one_of_each()) | set(HEADER) - set(SPREADS) | {name.rpartition("_")[2] for name in SPREADS}
    assert {"sd", "q2.5", "mean_field", "levers", "over_months"} <= names
    assert sorted(name for name in names if f"`{name}`" not in PAGE) == []


def test_every_file_stands_on_the_page() -> None:
    names = (forward.FOUND, forward.TABLE, f"{forward.CHARTS}/", f"{forward.FOLDER}/", "manifest.json")
    assert [name for name in names if f"`{name}" not in PAGE] == []
    assert f"`{forward.SCHEMA}`" in PAGE
