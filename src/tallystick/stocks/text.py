"""How an author writes a model: stocks, flows, accounts, levels and loops, as data with pure functions of the rates.

The step is generated from what is written here, and every engine runs that one step. Rates, amounts and signals are
*pure* and *branch-free*: arithmetic, comparisons as `1.0 * (x > 0)`, and the functions of `ops`; no `if`, no loop,
no library. They receive NamedTuples of numbers (a float, or an array over runs or strata: the arithmetic is the same).

A month goes like this:

    read      sums over strata and the levels as they stand (`now`), then the author's `signals`
    leave     who is in a stratum at the start leaves by competing routes; nobody moves twice in a month
    carry     leavers take their part of each account that their stratum holds
    pay       amounts per mover, then amounts per person present at the end of the month
    drift     levels (indices, vacancies, rounds) change by their own rates

It is not a simulation language: whatever it cannot say belongs in Python beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Number = Any  # a float, or an array: the arithmetic is the same
Function = Callable[..., Number]


class Of(NamedTuple):
    """Unit and range of a field: `wait: Annotated[Number, Of("month", 0.1, 60)]`. Ranges are inclusive."""

    unit: str
    low: float
    high: float


class Ops(NamedTuple):
    """The functions that differ between engines; a rate uses these and no others."""

    exp: Function
    log: Function
    expm1: Function
    log1p: Function
    minimum: Function
    maximum: Function


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Persons counted in one place; `strata` split it into parts that never overlap."""

    id: str
    symbol: str  # its id on the map
    doc: str  # what it holds, and the claims or "assumed"
    unit: str = "person"
    strata: tuple[str, ...] = ("",)
    is_boundary: bool = False  # a reservoir that people come from or go back to; individuals are not followed there
    is_end: bool = False  # nobody leaves it
    is_internal: bool = False  # serves the equations and is never reported


class Route(NamedTuple):
    """From one stratum of the source to one stratum of the target."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Persons who move from one stock to another at `rate` per person and month.

    rate : (signals, outside, parameters, group, ops) -> 1/month; `group` is that of the source stratum.
    routes : which stratum goes where; empty when the stocks have the same strata or one of them has only one.
    is_weighted : whether the run gives each route a monthly weight (a share, a plan) that multiplies the rate.
    """

    id: str
    symbol: str
    source: str
    target: str
    rate: Function
    evidence: tuple[str, ...] = ()  # claims, statements or law; none means assumed
    routes: tuple[Route, ...] = ()
    is_weighted: bool = False
    is_internal: bool = False  # never reported, shown or exported


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Money, in USD (cents in the integer engines); one balance for each stratum of `held_by`, or one in all.

    A boundary account is where money comes from or ends: it may go below zero.
    """

    id: str
    symbol: str
    doc: str
    held_by: str = ""
    unit: str = "USD"
    is_boundary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An amount from one account to another: per person present in a stock at the month's end, or per mover of a flow.

    amount : (signals, outside, parameters, group, ops) -> USD per person; `group` is that of the stratum (of a flow:
    of the target stratum).
    """

    id: str
    symbol: str
    source: str
    target: str
    per: str  # id of a stock or of a flow
    amount: Function
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """Those who leave by a flow take their part of an account with them: an average holding each.

    target : account that gets `share` of it. Held by the target stock: it goes to the target stratum. `rest` gets
    what is left; without `share` the target gets all.
    share : (signals, outside, parameters, group, ops) -> 0 to 1; `group` is that of the source stratum.
    """

    id: str
    symbol: str
    account: str
    flow: str
    target: str
    share: Function | None = None
    rest: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A quantity that is neither persons nor money: an index, a share, vacancies, rounds.

    change : (now, signals, outside, parameters, moved, ops) -> unit per month.
    """

    id: str
    symbol: str
    unit: str
    doc: str
    change: Function
    low: float = 0.0
    high: float = float("inf")
    evidence: tuple[str, ...] = ()
    is_internal: bool = False


class Reading(NamedTuple):
    """A sum over strata of a stock or account (a level: its value), or over the routes of a flow.

    by : field of `group` that weighs each stratum, "" for one each. end : for a flow, whose group weighs.
    """

    of: str
    by: str = ""
    end: Literal["source", "target"] = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A feedback loop of the map: its arrows, and the field of the NamedTuple `loops` that switches it."""

    id: str
    name: str
    sign: Literal["+", "-"]
    path: tuple[tuple[str, str], ...]  # (variable, sign of the arrow that leaves it), closed
    doc: str
    evidence: tuple[str, ...] = ()
    is_internal: bool = False  # its sign alone is tested; no size is ever reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A whole model as its author writes it.

    now, outside, parameters, group, moved : NamedTuple classes whose fields are `Annotated[Number, Of(...)]`.
    loops : NamedTuple class, one field for each loop, 1 for on and 0 for off.
    readings, moved_readings : what each field of `now` and of `moved` sums.
    signals : (now, outside, parameters, loops, ops) -> a NamedTuple of class `signal` whose fields are `Annotated`.
    """

    id: str
    stocks: Sequence[Stock]
    flows: Sequence[Flow]
    accounts: Sequence[Account] = ()
    postings: Sequence[Posting] = ()
    carriages: Sequence[Carriage] = ()
    levels: Sequence[Level] = ()
    loop_list: Sequence[Loop] = ()
    now: type[Any]
    outside: type[Any]
    parameters: type[Any]
    group: type[Any]
    moved: type[Any]
    loops: type[Any]
    signal: type[Any]
    signals: Function
    readings: Mapping[str, Reading]
    moved_readings: Mapping[str, Reading] = field(default_factory=dict)
    spare: tuple[str, ...] = ()  # fields that no equation of this text reads, though those of a larger shape do
    extra_units: Mapping[str, str] = field(default_factory=dict)  # name -> definition in base units, or "" for a base


def of(number_type: Any) -> Of:
    """The `Of` of an annotated field."""
    return next(each for each in number_type.__metadata__ if isinstance(each, Of))
