"""An author's functions written out give what they give when called; what cannot be written out is refused by name."""

# ruff: noqa: ARG001 - functions have the signature of a rate, whatever they read
from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from types import FunctionType
from typing import Any, NamedTuple

import pytest

from tallystick.stocks.engines import support
from tallystick.stocks.inline import OPS, Inliner, Record
from tallystick.stocks.text import Ops
from tallystick.vocab.errors import ModelError

PLAIN = Ops(math.exp, math.log, math.expm1, math.log1p, support.minimum, support.maximum)
BELOW, WHOLE, ENDLESS = -2.0, 3, float("inf")


class Pair(NamedTuple):
    first: float
    second: float


class Three(NamedTuple):
    first: float
    second: float
    third: float = 7.0


def again(p: Any, ops: Any) -> Any:
    """A name that is given twice, and one that the step uses as well."""
    x = p.first + 1
    x = x * x
    people = x - p.second
    return people / (people + 2 * x)


def negative(p: Any, ops: Any) -> Any:
    return BELOW**2 - p.first**BELOW + WHOLE - (p.first - (p.second - 1))


def helper(a: Any, b: Any, functions: Any) -> Any:
    a = functions.exp(-a)
    return a - 2 * functions.maximum(a, b)


def by_helper(p: Any, ops: Any) -> Any:
    return 2 * helper(p.first - p.second, p.first, ops) / helper(1.0, p.second, ops)


def inner(p: Any, ops: Any) -> Any:
    return by_helper(p, ops) * helper(by_helper(p, ops), 0.5, ops)


def compared(p: Any, ops: Any) -> Any:
    return 1.0 * (p.first > p.second) - p.first * (p.second == 0.25)


def worth(function: Callable[..., Any], first: float, second: float) -> Any:
    """What the written text gives."""
    inliner = Inliner()
    value = inliner.value(function, [Record(lambda name: f"par_{name}"), OPS])
    names: dict[str, Any] = {f"op_{name}": each for name, each in PLAIN._asdict().items()}
    names |= {"par_first": first, "par_second": second}
    exec("\n".join(inliner.taken()), names)
    return eval(value, names)


@pytest.mark.parametrize("function", [again, negative, by_helper, inner, compared])
@pytest.mark.parametrize(("first", "second"), [(2.0, 0.25), (0.5, 3.0)])
def test_what_is_written_out_gives_what_the_function_gives(
    function: Callable[..., Any], first: float, second: float
) -> None:
    assert worth(function, first, second) == function(Pair(first, second), PLAIN)


def both(p: Any, ops: Any) -> Pair:
    return Pair(p.second, second=2 * p.first)


def passed_on(p: Any, ops: Any) -> Pair:
    return both(p, ops)


@pytest.mark.parametrize("function", [both, passed_on])
def test_a_record_is_written_field_by_field(function: Callable[..., Any]) -> None:
    inliner = Inliner()
    found = inliner.fields(function, [Record(lambda name: f"par_{name}"), OPS])
    names = {"par_first": 3.0, "par_second": 5.0}
    exec("\n".join(inliner.taken()), names)
    assert {name: eval(value, names) for name, value in found.items()} == {"first": 5.0, "second": 6.0}


def nothing(p: Any, ops: Any) -> Any:
    """It has no return."""


def bare_return(p: Any, ops: Any) -> Any:
    return


def record_for_number(p: Any, ops: Any) -> Any:
    return Pair(p.first, p.second)


def added_to(p: Any, ops: Any) -> Any:
    x = p.first
    x += 1
    return x


def two_names(p: Any, ops: Any) -> Any:
    a = b = p.first
    return a + b


def unpacked(p: Any, ops: Any) -> Any:
    a, b = p.first, p.second
    return a + b


def a_record_in_a_sum(p: Any, ops: Any) -> Any:
    return p + 1


def a_record_from_a_helper(p: Any, ops: Any) -> Any:
    return 1 + both(p, ops)


def a_field_of_no_record(p: Any, ops: Any) -> Any:
    x = p.first
    return x.real


def no_operation(p: Any, ops: Any) -> Any:
    return ops.sin(p.first)


def an_operation_of_a_record(p: Any, ops: Any) -> Any:
    return p.exp(p.first)


def of_a_library(p: Any, ops: Any) -> Any:
    return math.exp(p.first)


def of_python(p: Any, ops: Any) -> Any:
    return abs(p.first)


def ops_itself(p: Any, ops: Any) -> Any:
    return ops * p.first


def unknown_name(p: Any, ops: Any) -> Any:
    return p.first * NOWHERE  # type: ignore[name-defined]  # noqa: F821


def endless(p: Any, ops: Any) -> Any:
    return p.first * ENDLESS


def by_name(p: Any, ops: Any) -> Any:
    return helper(p.first, b=p.second, functions=ops)


def by_star(p: Any, ops: Any) -> Any:
    return helper(*p, ops)


def operation_by_name(p: Any, ops: Any) -> Any:
    return ops.maximum(p.first, b=1.0)


def too_few(p: Any, ops: Any) -> Any:
    return helper(p.first, ops)


def with_default(p: Any, ops: Any, more: float = 1.0) -> Any:
    return p.first * more


def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def doubled(p: Any, ops: Any) -> Any:
        return 2 * function(p, ops)

    return doubled


@decorated
def doubled(p: Any, ops: Any) -> Any:
    return p.first


def around(by: float) -> Callable[..., Any]:
    def function(p: Any, ops: Any) -> Any:
        return by * p.first

    return function


def other(p: Any, ops: Any) -> Any:
    return 2.0 * p.first


def not_what_runs() -> FunctionType:
    """A function whose text says another number: as when its file is written anew while the program runs."""
    code = other.__code__
    constants = tuple(3.0 if each == 2.0 else each for each in code.co_consts)
    return FunctionType(code.replace(co_consts=constants), globals(), "other")


def from_text() -> Any:
    names: dict[str, Any] = {}
    exec("def written(p, ops):\n    return p.first\n", names)
    return names["written"]


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (nothing, "nothing: returns nothing"),
        (bare_return, "bare_return: returns nothing"),
        (record_for_number, "record_for_number: returns a record, not a number"),
        (added_to, "added_to: cannot be written out: x += 1"),
        (two_names, "two_names: cannot be written out: a = b = p.first"),
        (unpacked, "unpacked: cannot be written out: a, b = "),
        (a_record_in_a_sum, "a_record_in_a_sum: uses the record p as a number"),
        (a_record_from_a_helper, "a_record_from_a_helper: uses a record as a number"),
        (a_field_of_no_record, "a_field_of_no_record: reads x.real, which is no field of a record"),
        (no_operation, "no_operation: calls ops.sin, which is no function of ops"),
        (an_operation_of_a_record, "an_operation_of_a_record: calls p.exp, which is no function of ops"),
        (of_a_library, "of_a_library: calls math.exp, which is no function of ops"),
        (of_python, "of_python: calls abs, which is no function of a model"),
        (ops_itself, "ops_itself: uses the record ops as a number"),
        (unknown_name, "unknown_name: uses NOWHERE, which is no number"),
        (endless, "endless: uses ENDLESS, which is no number"),
        (by_name, "by_name: cannot be written out: helper(p.first, b=p.second, functions=ops)"),
        (by_star, "by_star: cannot be written out: helper(*p, ops)"),
        (operation_by_name, "operation_by_name: cannot be written out: ops.maximum(p.first, b=1.0)"),
        (too_few, "helper: is given 2 of its 3 values"),
        (with_default, "with_default: takes values other than by place"),
        (doubled, "doubled: is more than its text"),
        (around(2.0), "function: is more than its text"),
        (not_what_runs(), "other: its file has changed since it was read"),
        (from_text(), "written: its source cannot be read"),
        (lambda p, _: p.first, "is no plain function"),
        (math.exp, "exp: its source cannot be read"),
        (Pair, "Pair: is no plain function"),
    ],
)
def test_what_cannot_be_written_out_is_refused_by_name(function: Any, words: str) -> None:
    with pytest.raises(ModelError, match=re.escape(words)):
        Inliner().value(function, [Record(lambda name: f"par_{name}"), OPS])


def one_number(p: Any, ops: Any) -> Any:
    return p.first


def not_every_field(p: Any, ops: Any) -> Three:
    return Three(p.first, p.second)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (one_number, "one_number: returns a number, not a record"),
        (not_every_field, "not_every_field: does not give every field of Three"),
    ],
)
def test_signals_give_every_field_of_their_record(function: Any, words: str) -> None:
    with pytest.raises(ModelError, match=re.escape(words)):
        Inliner().fields(function, [Record(lambda name: f"par_{name}"), OPS])
