"""Promise: what the pages say of the model is what the model is, and each assumption names claims that exist."""

from __future__ import annotations

import re

from tallystick.evidence.programme import load_programme
from tests.docs.model_tables import PAGE, tables_page
from tests.docs.pages import ROOT

METHOD = (ROOT / "docs" / "methods" / "model.md").read_text(encoding="utf-8")


def test_the_page_of_tables_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == tables_page(), "run `make docs`"


def test_every_series_that_a_claim_can_read_is_defined() -> None:
    model = load_programme().tables["model"]
    series = {one["series"] for one in model["operators"].values()} | set(model["speaks_of"].values())
    assert series <= _defined()


def test_every_unknown_of_the_equations_is_known_to_the_model() -> None:
    """A name in code style that looks like an unknown or a switch must be one."""
    model = load_programme().tables["model"]
    known = (
        {one["name"] for one in (*model["unknown"], *model["coverage"])}
        | set(model["calendar"])
        | set(model["likelihood"])
    )
    equations = METHOD[METHOD.index("## What a claim reads") : METHOD.index("## How claims err")]
    named = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)`", equations))
    assert sorted(named - known - _defined() - set(load_programme().measures)) == []


def test_each_reason_cites_rows_that_exist() -> None:
    """`why` names claims and statements in brackets; a name without a row would be a reason without a ground."""
    programme = load_programme()
    text = (ROOT / "src" / "tallystick" / "data" / "dprk" / "model.toml").read_text(encoding="utf-8")
    cited = {name.strip() for group in re.findall(r"\[([a-z][\w, .]*)\]", text) for name in group.split(",")} - {"..."}
    rows = {row.id for kind in (programme.claims, programme.statements, programme.events) for row in kind}
    assert len(cited) > 50
    assert sorted(cited - rows - _headings(text)) == []


def _defined() -> set[str]:
    """The series in the first column of the table of readings."""
    first = re.findall(r"^\| (`[^|]*) \|", METHOD, re.MULTILINE)
    return {name for cell in first for name in re.findall(r"`(\w+)`", cell)}


def _headings(text: str) -> set[str]:
    """Names of TOML tables, which stand in brackets too."""
    return set(re.findall(r"^\[+([\w.]+)\]+$", text, re.MULTILINE))
