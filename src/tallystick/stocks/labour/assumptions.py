"""What a programme's `system.toml` says, given shape: elements of the map, and where each parameter comes from.

A parameter is fixed, or comes from the posterior, or is the state at the start of a run, or is assumed with a prior:
a normal on the scale of its transform, cut at the range that the equations state for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from tallystick.stocks.labour.fields import Parameters
from tallystick.stocks.labour.shape import Element
from tallystick.stocks.units import fields
from tallystick.vocab.errors import ModelError

TRANSFORMS = ("log", "logit")
BESIDE = ("public", "applicants", "builders_home", "visa_relabelled", "local", "price_round")  # read by no equation
SIGNS = ("talk_punished", "debt_stay")  # what punishment and debt do to people: told as signs, without a size
STARTS = ("workers", "abroad", "overdue", "waiting", "hiding", "returned", "booked", "debt", "income")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """One quantity and where it comes from: exactly one of a value, a source and a prior."""

    name: str
    why: str
    unit: str
    low: float
    high: float
    value: float | None = None
    source: str = ""  # "posterior:NAME" or "start:NAME"
    transform: str = ""
    median: float = 0.0
    sd: float = 0.0

    @property
    def has_prior(self) -> bool:
        """Whether it is assumed with a width, so that its effect on answers can be asked for."""
        return bool(self.transform)

    @property
    def is_sign_only(self) -> bool:
        """Whether readers are told its sign and never its size."""
        return self.name in SIGNS

    @property
    def origin(self) -> tuple[str, str]:
        """("posterior", NAME) or ("start", NAME); two empty texts for what is fixed or has a prior."""
        kind, _, name = self.source.partition(":")
        return kind, name


def elements_of(table: Mapping[str, Any]) -> dict[str, Element]:
    """The elements of a `system.toml` by id."""
    return {
        each["id"]: Element(
            id=each["id"], status=each["status"], evidence=tuple(each["evidence"]), says=each["says"]
        )
        for each in table["element"]
    }  # fmt: skip


def rebuilding_of(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the regions that plans of rebuilding name."""
    return tuple(each["id"] for each in table.get("region", ()))


def parameters_of(table: Mapping[str, Any]) -> dict[str, Assumed]:
    """Every parameter of the equations, in their order. ModelError names what lacks, or is nobody's."""
    ranges = {name: (of.unit, of.low, of.high) for name, of in fields(Parameters)}
    entries = {each["name"]: each for each in table["parameter"]}
    _same_names("parameter", Parameters._fields, list(entries))
    return {name: _assumed(entries[name], *ranges[name]) for name in Parameters._fields}


def beside_of(table: Mapping[str, Any], names: Sequence[str] = BESIDE) -> dict[str, Assumed]:
    """What a run needs beside the parameters: sizes of reservoirs, prices. Shares end at 1, the rest nowhere."""
    _same_names("beside", names, [each["name"] for each in table["beside"]])
    return {
        each["name"]: _assumed(each, each["unit"], 0.0, 1.0 if each.get("transform") == "logit" else inf)
        for each in table["beside"]
    }


def _same_names(kind: str, wanted: Sequence[str], found: Sequence[str]) -> None:
    lacking, nobodys = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
    if lacking:
        raise ModelError(f"nothing is said of {', '.join(lacking)}", equation=kind, hint=f"write a [[{kind}]] for each")
    if nobodys:
        raise ModelError(f"no equation reads {', '.join(nobodys)}", equation=kind, hint="mend the name")


def _assumed(entry: Mapping[str, Any], unit: str, low: float, high: float) -> Assumed:
    one = Assumed(
        name=entry["name"], why=entry["why"], unit=unit, low=low, high=high, value=entry.get("value"),
        source=entry.get("from", ""), transform=entry.get("transform", ""), median=entry.get("median", 0.0),
        sd=entry.get("sd", 0.0),
    )  # fmt: skip
    _check(one)
    return one


def _check(one: Assumed) -> None:
    ways = (one.value is not None) + bool(one.source) + bool(one.transform)
    if ways != 1:
        raise ModelError(f"comes from {ways} places", equation=one.name, hint="give a value, from, or a prior")
    if one.transform and (one.transform not in TRANSFORMS or one.sd <= 0):
        raise ModelError("has no prior that could be drawn from", equation=one.name, hint="log or logit, sd above 0")
    if one.source and one.origin[0] not in ("posterior", "start"):
        raise ModelError(f"comes from {one.source!r}", equation=one.name, hint='write "posterior:NAME" or "start:NAME"')
    if one.origin[0] == "start" and one.origin[1] not in STARTS:
        raise ModelError(f"comes from {one.source!r}", equation=one.name, hint=f"start has {', '.join(STARTS)}")
    middle = one.value if one.value is not None else one.median
    if not one.source and not one.low <= middle <= one.high:
        raise ModelError(f"{middle:g} is outside {one.low:g} to {one.high:g} {one.unit}", equation=one.name)
