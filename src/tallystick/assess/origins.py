"""How many separate origins stand behind claims and statements: one report, however many rows, is one origin.

Statements of one report share its origin; reports whose statements rest on claims of one origin share that too.
That origins are separate does not show that they are independent of each other. What this is not: a measure of how
good an origin is. Ten origins can be wrong together, and one can be right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from tallystick.vocab.records import Statement


class OriginLike(Protocol):
    """Claims that go back to one."""

    @property
    def id(self) -> str: ...
    @property
    def members(self) -> tuple[str, ...]: ...


class DispositionLike(Protocol):
    """What became of one claim."""

    @property
    def claim(self) -> str: ...
    @property
    def disposition(self) -> str: ...


class ObservationLike(Protocol):
    """What one used claim observes, and the days that it describes."""

    @property
    def measure(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def end(self) -> date: ...


class AccountLike(Protocol):
    """What is needed of a reconciled account."""

    @property
    def origins(self) -> Iterable[OriginLike]: ...
    @property
    def dispositions(self) -> Iterable[DispositionLike]: ...
    @property
    def observations(self) -> Iterable[ObservationLike]: ...


def origin_of_claims(account: AccountLike) -> dict[str, str]:
    """Claim -> id of the origin that it goes back to."""
    return {member: origin.id for origin in account.origins for member in origin.members}


def independent(statements: Iterable[Statement], origin_of: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Statements grouped by independent origin: ids in groups, both in order.

    Two statements are joined when they stand in one report or rest on claims of one origin. Adding a statement
    that names no further origin to a report that is already there never changes the number of groups.
    """
    chosen = list(statements)
    parent: dict[str, str] = {}
    for statement in chosen:
        keys = [f"report:{statement.report}"]
        keys += [f"origin:{origin_of[claim]}" for claim in statement.related_claims if claim in origin_of]
        for key in keys:
            _join(parent, keys[0], key)
    groups: dict[str, list[str]] = {}
    for statement in chosen:
        groups.setdefault(_root(parent, f"report:{statement.report}"), []).append(statement.id)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))


def _root(parent: dict[str, str], key: str) -> str:
    parent.setdefault(key, key)
    while parent[key] != key:
        key = parent[key]
    return key


def _join(parent: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first
