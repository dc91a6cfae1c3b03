"""Formulas over claims: what they may hold, and that nothing else gets in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reconcile.account import reconcile
from tallystick.reconcile.arithmetic import named_in, value_of
from tallystick.vocab.errors import EvidenceError
from tests.reconcile.small import claim, programme

CLAIMS = {
    each.id: each for each in (claim("flat", point=6.0), claim("between", low=2.0, high=4.0), claim("most", high=9.0))
}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("flat * 2 - 1", 11.0),
        ("flat / between.high", 1.5),
        ("between", 2.0),
        ("most", 9.0),
        ("(flat + 4) * 0.5", 5.0),
    ],
)
def test_a_claim_stands_for_its_number(formula: str, expected: float) -> None:
    assert value_of(formula, CLAIMS) == expected


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_sums_of_numbers_are_what_they_are(one: float, two: float) -> None:
    assert value_of(f"{one!r} + {two!r} * 2", {}) == one + two * 2


@pytest.mark.parametrize(
    "formula",
    [
        "flat ** 2",
        "open('x')",
        "flat if flat else 1",
        "[flat]",
        "'text'",
        "-flat",
        "flat.point",
        "flat.low",
        "flat < 2",
    ],
)
def test_nothing_but_sums_of_claims_and_numbers_is_evaluated(formula: str) -> None:
    with pytest.raises(ValueError, match=r"neither a claim|states no"):
        value_of(formula, CLAIMS)


def test_names_come_once_and_in_order() -> None:
    assert named_in("b.low + a * b", "c") == ("b", "a", "c")


def checked(**fields: Any) -> Any:
    entry = {"id": "k", "title": "T", "formula": "flat", "relation": "equals", "expected": "6", "verdict": "V"} | fields
    small = programme(*CLAIMS.values(), tables={"arithmetic": {"check": [entry]}})
    return reconcile(small).arithmetic[0]


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"expected": "6.1"}, False),
        ({"expected": "6.1", "tolerance": 0.05}, True),
        ({"relation": "is above", "expected": "between.high"}, True),
        ({"relation": "is above", "expected": "most"}, False),
        ({"relation": "is below", "expected": "most"}, True),
        ({"relation": "differs from", "expected": "most"}, True),
    ],
)
def test_a_relation_holds_or_not(fields: dict[str, Any], holds: bool) -> None:
    assert checked(**fields).holds is holds


def test_an_unknown_relation_names_file_and_row() -> None:
    with pytest.raises(EvidenceError, match=r"arithmetic.toml, row 1, field relation: unknown relation 'is'"):
        checked(relation="is")


@pytest.mark.parametrize("formula", ["flat ** 2", "flat +", "flat / 0"])
def test_a_formula_that_is_none_names_file_and_row(formula: str) -> None:
    with pytest.raises(EvidenceError, match=r"arithmetic.toml, row 1, field formula"):
        checked(formula=formula)


def test_an_unknown_claim_is_a_fault_but_one_not_yet_said_is_passed_over() -> None:
    entry = {"id": "k", "title": "T", "formula": "gone", "relation": "equals", "expected": "6", "verdict": "V"}
    small = programme(*CLAIMS.values(), tables={"arithmetic": {"check": [entry]}})
    with pytest.raises(EvidenceError, match="no claim is called gone"):
        reconcile(small)
    assert reconcile(replace(small, as_of=date(2019, 6, 1))).arithmetic == ()
