"""An author's functions written out where they are used: `p.wait` becomes `par[41]`, a helper becomes its lines.

The scalar step calls nothing but the functions of `ops`, so that numba compiles one plain function: with a record of
eighty parameters passed to each of fifty functions it would take half a minute. It works because these functions are
branch-free: assignments and one return (`check` sees to that before). Whatever it cannot write out it refuses, with the
name of the function.
"""

from __future__ import annotations
import __future__

import ast
import inspect
import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tallystick.stocks.text import Function, Ops
from tallystick.vocab.errors import ModelError

OPS = "ops"  # what stands for the record of `ops` among bindings
FUTURE = __future__.annotations.compiler_flag


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the step holds it: how its fields are spelt there."""

    spell: Callable[[str], str]


@dataclass(slots=True)
class Inliner:
    """Lines for one step; `names` counts the names given so far, so that none is given twice."""

    names: int = 0
    lines: list[str] = field(default_factory=list)

    def value(self, function: Function, arguments: Sequence[Record | str]) -> str:
        """The expression that a function returns; lines that it needs first are added to `lines`."""
        found = self._run(function, list(arguments))
        if not isinstance(found, str):
            raise ModelError("returns a record, not a number", equation=function.__qualname__)
        return found

    def fields(self, function: Function, arguments: Sequence[Record | str]) -> Mapping[str, str]:
        """The expressions of the fields of the record that a function returns."""
        found = self._run(function, list(arguments))
        if isinstance(found, str):
            raise ModelError("returns a number, not a record", equation=function.__qualname__)
        return found

    def taken(self) -> list[str]:
        """The lines so far, which are then forgotten."""
        lines, self.lines = self.lines, []
        return lines

    def _run(self, function: Function, arguments: list[Record | str]) -> str | Mapping[str, str]:
        tree = _tree(function)
        names = [each.arg for each in tree.args.args]
        if len(names) != len(arguments):
            raise ModelError(f"is given {len(arguments)} of its {len(names)} values", equation=function.__qualname__)
        bound: dict[str, Record | str] = dict(zip(names, arguments, strict=True))
        for statement in tree.body:
            if isinstance(statement, ast.Return):
                found = self._returned(statement.value, function, bound)
                _check_what_runs(function)
                return found
            self._assign(statement, function, bound)
        raise ModelError("returns nothing", equation=function.__qualname__)

    def _assign(self, statement: ast.stmt, function: Function, bound: dict[str, Record | str]) -> None:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            return  # its docstring
        target = statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
        if not isinstance(target, ast.Name) or not isinstance(statement, ast.Assign):
            raise ModelError(
                f"cannot be written out: {ast.unparse(statement).splitlines()[0]}", equation=function.__qualname__,
                hint="write one assignment for each name, then one return",
            )  # fmt: skip
        bound[target.id] = self._named(self._text(statement.value, function, bound))

    def _named(self, text: str) -> str:
        self.names += 1
        self.lines.append(f"x{self.names} = {text}")
        return f"x{self.names}"

    def _returned(self, value: ast.expr | None, function: Function, bound: Any) -> str | Mapping[str, str]:
        kind = function.__globals__.get(value.func.id) if _is_named_call(value) else None  # type: ignore[union-attr]
        if isinstance(kind, type) and issubclass(kind, tuple):
            assert isinstance(value, ast.Call)
            given = dict(zip(kind._fields, value.args, strict=False))  # type: ignore[attr-defined]
            given |= {str(each.arg): each.value for each in value.keywords}
            if set(given) != set(kind._fields):  # type: ignore[attr-defined]
                raise ModelError(f"does not give every field of {kind.__name__}", equation=function.__qualname__)
            return {name: self._named(self._text(each, function, bound)) for name, each in given.items()}
        if _is_named_call(value):
            assert isinstance(value, ast.Call)
            return self._call(value, function, bound)
        if value is None:
            raise ModelError("returns nothing", equation=function.__qualname__)
        return self._text(value, function, bound)

    def _text(self, value: ast.expr, function: Function, bound: Mapping[str, Record | str]) -> str:
        return ast.unparse(_Writer(self, function, bound).visit(ast.parse(ast.unparse(value), mode="eval").body))

    def _call(self, call: ast.Call, function: Function, bound: Mapping[str, Record | str]) -> str | Mapping[str, str]:
        """A helper's value; numbers given to it get a name first, so that they are computed once."""
        assert isinstance(call.func, ast.Name)
        helper = function.__globals__.get(call.func.id)
        if not inspect.isfunction(helper):
            raise ModelError(f"calls {call.func.id}, which is no function of a model", equation=function.__qualname__)
        given: list[Record | str] = []
        for each in _in_their_order(call, function):
            passed = bound.get(each.id) if isinstance(each, ast.Name) else None
            given.append(passed if passed is not None else self._named(self._text(each, function, bound)))
        return self._run(helper, given)


def _in_their_order(call: ast.Call, function: Function) -> list[ast.expr]:
    """What a call is given; by place alone, as only that is written out."""
    if call.keywords or any(isinstance(each, ast.Starred) for each in call.args):
        raise ModelError(
            f"cannot be written out: {ast.unparse(call)}", equation=function.__qualname__,
            hint="give each value in its place, by no name and no star",
        )  # fmt: skip
    return call.args


def _is_named_call(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name)


class _Writer(ast.NodeTransformer):
    """Spells fields, operations, constants and helpers of one expression as the step has them."""

    def __init__(self, inliner: Inliner, function: Function, bound: Mapping[str, Record | str]) -> None:
        self.inliner, self.function, self.bound = inliner, function, bound

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        record = self.bound.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if not isinstance(record, Record):
            raise ModelError(f"reads {ast.unparse(node)}, which is no field of a record", equation=self._name)
        return _expression(record.spell(node.attr))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if isinstance(node.func, ast.Attribute):
            if self.bound.get(ast.unparse(node.func.value)) != OPS or node.func.attr not in Ops._fields:
                raise ModelError(f"calls {ast.unparse(node.func)}, which is no function of ops", equation=self._name)
            given = [self.visit(each) for each in _in_their_order(node, self.function)]
            return ast.Call(ast.Name(f"op_{node.func.attr}"), given, [])
        value = self.inliner._call(node, self.function, self.bound)
        if not isinstance(value, str):
            raise ModelError("uses a record as a number", equation=self._name)
        return _expression(value)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.bound:
            found = self.bound[node.id]
            if isinstance(found, str) and found != OPS:
                return _expression(found)
            raise ModelError(f"uses the record {node.id} as a number", equation=self._name)
        constant = self.function.__globals__.get(node.id)
        if isinstance(constant, int | float) and math.isfinite(constant):
            number = float(constant) if isinstance(constant, float) else int(constant)
            return _expression(repr(number))  # by its text: a negative number gets the brackets that a power needs
        raise ModelError(f"uses {node.id}, which is no number", equation=self._name)

    @property
    def _name(self) -> str:
        return self.function.__qualname__


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@lru_cache(maxsize=1024)
def _tree(function: Function) -> ast.FunctionDef:
    """A function's own text, if it is all that runs when it is called."""
    wanted = "write it with def in a module"
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    except (OSError, TypeError, SyntaxError):
        raise ModelError("its source cannot be read", equation=_called(function), hint=wanted) from None
    if not isinstance(tree, ast.FunctionDef) or not inspect.isfunction(function):
        raise ModelError("is no plain function", equation=_called(function), hint=wanted)
    if tree.decorator_list or hasattr(function, "__wrapped__") or function.__closure__:
        raise ModelError("is more than its text: it is decorated, or reads names around it", equation=_called(function),
                         hint=wanted)  # fmt: skip
    odd = (tree.args.posonlyargs, tree.args.kwonlyargs, tree.args.defaults, tree.args.vararg, tree.args.kwarg)
    if any(odd):
        raise ModelError("takes values other than by place", equation=_called(function), hint="name each, and no more")
    return tree


def _called(function: Any) -> str:
    return getattr(function, "__qualname__", repr(function))


@lru_cache(maxsize=1024)
def _check_what_runs(function: Function) -> None:
    """The text compiles to the function, unless its file was written anew while the program ran."""
    tree = _tree(function)
    bare = ast.FunctionDef(tree.name, tree.args, tree.body, [], lineno=1, col_offset=0)
    module = ast.fix_missing_locations(ast.Module([bare], []))
    code = compile(module, "<text>", "exec", dont_inherit=True, flags=function.__code__.co_flags & FUTURE)
    made, mine = next(each for each in code.co_consts if hasattr(each, "co_code")), function.__code__
    if (made.co_code, made.co_names, _numbers(made)) != (mine.co_code, mine.co_names, _numbers(mine)):
        raise ModelError("its file has changed since it was read", equation=function.__qualname__, hint="start again")


def _numbers(code: Any) -> list[Any]:
    return [each for each in code.co_consts if not isinstance(each, str)]
