"""Sums that published figures imply: who computed what from what, and which sums do not close.

Each check is data (`arithmetic.toml`): a formula over claim ids and numbers, the claim that it should give, and a
sentence for the reader. A formula knows + - * / and brackets; a claim stands for its point, else its low, else its
high value, or for one bound by `id.low` and `id.high`.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tallystick.reconcile.disposition import Case
from tallystick.reconcile.records import ArithmeticCheck
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.records import Claim

TABLE, FILE = "arithmetic", "arithmetic.toml"
OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
RELATIONS: Mapping[str, Callable[[float, float, float], bool]] = {
    "equals": lambda result, expected, tolerance: abs(result - expected) <= tolerance * abs(expected),
    "differs from": lambda result, expected, tolerance: abs(result - expected) > tolerance * abs(expected),
    "is above": lambda result, expected, tolerance: result > expected * (1 + tolerance),
    "is below": lambda result, expected, tolerance: result < expected * (1 - tolerance),
}


def checks(case: Case) -> tuple[ArithmeticCheck, ...]:
    """Every check whose claims are known, in the order of the file."""
    entries = case.programme.tables.get(TABLE, {}).get("check", ())
    return tuple(
        _check(entry, number, case) for number, entry in enumerate(entries, start=1) if _known(entry, number, case)
    )


def value_of(formula: str, claims: Mapping[str, Claim]) -> float:
    """The formula's value; ValueError where it holds anything but sums of claims and numbers."""
    return _value(ast.parse(formula, mode="eval").body, claims)


def named_in(*formulas: str) -> tuple[str, ...]:
    """The claims that the formulas name, each once, in order."""
    return tuple(dict.fromkeys(name for formula in formulas for name in _names(ast.parse(formula, mode="eval").body)))


def _known(entry: Mapping[str, Any], number: int, case: Case) -> bool:
    """False only where `as_of` has dropped a claim; a name that never existed is a fault of the file."""
    try:
        names = named_in(entry["formula"], entry["expected"], *entry.get("also", ()))
    except SyntaxError as error:
        raise EvidenceError(f"{entry['formula']!r}: {error.msg}", file=FILE, row=number, field="formula") from error
    missing = [name for name in names if name not in case.claims]
    if missing and case.programme.as_of is None:
        raise EvidenceError(f"no claim is called {', '.join(missing)}", file=FILE, row=number, field="formula")
    return not missing


def _check(entry: Mapping[str, Any], number: int, case: Case) -> ArithmeticCheck:
    formula, wanted, relation = entry["formula"], entry["expected"], entry["relation"]
    if relation not in RELATIONS:
        hint = "one of " + ", ".join(RELATIONS)
        raise EvidenceError(f"unknown relation {relation!r}", file=FILE, row=number, field="relation", hint=hint)
    try:
        result, expected = value_of(formula, case.claims), value_of(wanted, case.claims)
    except (ValueError, ZeroDivisionError) as error:
        raise EvidenceError(f"{formula!r}: {error}", file=FILE, row=number, field="formula") from error
    return ArithmeticCheck(
        id=entry["id"],
        title=entry["title"],
        formula=formula,
        result=result,
        expected=expected,
        relation=relation,
        holds=RELATIONS[relation](result, expected, entry.get("tolerance", 0.0)),
        verdict=entry["verdict"].strip(),
        claims=named_in(formula, wanted, *entry.get("also", ())),
    )


def _value(node: ast.expr, claims: Mapping[str, Claim]) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_value(node.left, claims), _value(node.right, claims))
    if isinstance(node, ast.Name):
        return _stated(claims[node.id], ("point", "low", "high"))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in ("low", "high"):
        return _stated(claims[node.value.id], (node.attr,))
    raise ValueError(f"{ast.unparse(node)} is neither a claim, a number nor a sum of them")


def _stated(claim: Claim, fields: tuple[str, ...]) -> float:
    for field in fields:
        value = getattr(claim, field)
        if value is not None:
            return float(value)
    raise ValueError(f"{claim.id} states no {' or '.join(fields)} value")


def _names(node: ast.expr) -> Iterator[str]:
    """Names from left to right."""
    if isinstance(node, ast.BinOp):
        yield from _names(node.left)
        yield from _names(node.right)
    elif isinstance(node, ast.Attribute):
        yield from _names(node.value)
    elif isinstance(node, ast.Name):
        yield node.id
