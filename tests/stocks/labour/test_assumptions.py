"""What a programme's system.toml must say: each parameter once, from one place, within the range of the equations."""

from __future__ import annotations

from typing import Any

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.stocks.labour.assumptions import beside_of, parameters_of
from tallystick.vocab.errors import ModelError


def table() -> dict[str, Any]:
    """The shipped file, free to be changed."""
    shipped = load_programme().tables["system"]
    return {kind: [dict(entry) for entry in entries] for kind, entries in shipped.items()}


def changed(name: str, **values: Any) -> dict[str, Any]:
    """The file with one parameter's entry replaced."""
    out = table()
    out["parameter"] = [
        {"name": name, "why": "Changed."} | values if entry["name"] == name else entry for entry in out["parameter"]
    ]
    return out


def test_what_is_fitted_fixed_or_assumed_is_told_apart() -> None:
    found = parameters_of(table())
    assert found["flee"].origin == ("posterior", "flee")
    assert found["workers_ref"].origin == ("start", "workers")
    assert found["pace"].value == 1.0
    assert found["pull"].has_prior
    assert not found["flee"].has_prior
    assert found["wait"].unit == "month"


def test_a_missing_parameter_is_named() -> None:
    out = table()
    out["parameter"] = [entry for entry in out["parameter"] if entry["name"] != "pull"]
    with pytest.raises(ModelError, match=r"parameter: nothing is said of pull$"):
        parameters_of(out)


def test_a_parameter_that_no_equation_reads_is_named() -> None:
    out = table()
    out["parameter"].append({"name": "push", "value": 1.0, "why": "A slip."})
    with pytest.raises(ModelError, match=r"parameter: no equation reads push$"):
        parameters_of(out)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({}, "comes from 0 places"),
        ({"value": 0.5, "from": "posterior:flee"}, "comes from 2 places"),
        ({"from": "guess:flee"}, "comes from 'guess:flee'"),
        ({"from": "start:mood"}, "comes from 'start:mood'"),
        ({"value": 9.0}, "9 is outside 0 to 2"),
        ({"transform": "log", "median": 5.0, "sd": 0.5}, "5 is outside 0 to 2"),
        ({"transform": "log", "median": 0.5, "sd": 0.0}, "has no prior that could be drawn from"),
        ({"transform": "cube", "median": 0.5, "sd": 0.1}, "has no prior that could be drawn from"),
    ],
)
def test_a_parameter_that_cannot_be_drawn_is_refused(values: dict[str, Any], problem: str) -> None:
    with pytest.raises(ModelError, match=f"pull: {problem}"):
        parameters_of(changed("pull", **values))


def test_what_a_run_needs_beside_the_parameters_is_complete() -> None:
    out = table()
    assert set(beside_of(out)) == {"public", "applicants", "builders_home", "visa_relabelled", "local", "price_round"}
    out["beside"] = out["beside"][1:]
    with pytest.raises(ModelError, match="beside: nothing is said of public"):
        beside_of(out)
