"""Promise: the page on Python names what a study offers, with the arguments and axes that it has."""

from __future__ import annotations

import inspect
import re
from functools import cached_property

import pytest

from tallystick.brief.facts import untold
from tallystick.calibrate.headline import AXES
from tallystick.evidence.programme import load_programme
from tallystick.study.study import Study
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
SHORT = {"world": "host", "visa_or_all": "visa_class", "cohort_or_all": "cohort"}  # axes as a reader of draws sees them
# For the package itself: where things are kept, and how work is handed to another process.
INSIDE = {
    "beside", "cache_folder", "commands", "compute_here", "facts", "find", "fit", "fit_key", "kept", "listen",
    "run_apart", "settings_key", "summary_key",
}  # fmt: skip
CALLS = [
    (name, arguments.split(", "))
    for cell in re.findall(r"^\| (`\w+\([^|]*) \|", PAGE, re.MULTILINE)
    for name, arguments in re.findall(r"`(\w+)\(([^)]*)\)`", cell)
]


def _is_offered(name: str) -> bool:
    one = inspect.getattr_static(Study, name)
    return not name.startswith("_") and (callable(one) or isinstance(one, property | cached_property))


def test_the_page_names_all_that_a_study_offers() -> None:
    offered = {name for name in dir(Study) if _is_offered(name)}
    assert offered >= INSIDE
    named = set(re.findall(r"`(\w+)(?:\([^)]*\))?`", PAGE))
    assert sorted(offered - INSIDE - named) == []


@pytest.mark.parametrize(("name", "arguments"), CALLS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_method_has_the_arguments_that_the_page_gives_it(name: str, arguments: list[str]) -> None:
    has = inspect.signature(getattr(Study, name)).parameters
    given = [one.partition("=") for one in arguments if one not in ("", "...")]
    for argument, _, default in given:
        assert argument in has, argument
        assert default in ("", "...") or default == repr(has[argument].default).replace("'", '"')


def test_the_calls_of_the_page_are_found() -> None:
    assert {"simulate", "sensitivity", "homecoming", "what_if", "brief"} <= {name for name, _ in CALLS}


def test_every_variable_of_the_draws_has_its_axes_on_the_page() -> None:
    rows = re.findall(r"^\| ([`\w, ]+) \| (draw[\w, ]*) \| [^|]+ \|$", PAGE, re.MULTILINE)
    told = {name: axes for names, axes in rows for name in re.findall(r"\w+", names)}
    apart = untold(load_programme("dprk"))
    assert apart
    axes = {name: axes for name, axes in AXES.items() if name not in apart}
    assert told == {name: ", ".join(("draw", *(SHORT.get(one, one) for one in each))) for name, each in axes.items()}
