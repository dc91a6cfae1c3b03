"""What passes between sender and host in runs, both ways, each in its own unit; money only with a price and its range.

    given by the sender   workers, munitions, military builders
    given by the host     cash, transfers of technology, acts of cover, food, fuel, machinery

Cash is the State's take in the focus host, net of what is paid in goods, so that nothing is booked twice. Goods are
booked of all hosts: the model keeps one account of them. Rounds, tonnes and persons are never added to each other. A
value in money needs a price for that unit with a range and its reason; technology, cover and labour as such have none.
Kinds are those of what `assess` reads in the reports, which also says which law speaks of a kind in a direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Literal

from tallystick.scenarios.results import Results
from tallystick.scenarios.summary import QUANTILES, Figures
from tallystick.stocks.labour.assumptions import Assumed
from tallystick.vocab.errors import ScenarioError

Side = Literal["sender", "host"]
# kind, who gives it, and the outcome that counts it since the start of the runs
BOOKED: tuple[tuple[str, Side, str], ...] = (
    ("labour", "sender", "arrivals_since"),
    ("arms", "sender", "munitions"),
    ("military builders", "sender", "military_builders"),
    ("money", "host", "cash_income_since"),
    ("technology", "host", "technology"),
    ("cover", "host", "cover"),
    ("food", "host", "food"),
    ("fuel", "host", "fuel"),
    ("machinery", "host", "machinery"),
)
EVERYWHERE = ("food", "fuel", "machinery")  # kinds that are booked of all hosts, the others of the focus host
PRICES: Mapping[str, str] = {"arms": "price_round", "food": "price_food", "fuel": "price_fuel"}  # kind -> assumption
EIGHTY = tuple(QUANTILES.index(q) for q in (0.1, 0.5, 0.9))
SD_80 = 1.2816  # standard deviations of a normal from its middle to the ends of its central 80 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was given of one kind by the end of a year, in its own unit, in the focus host or in all hosts."""

    kind: str
    given_by: Side
    outcome: str
    unit: str
    everywhere: bool
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """USD of one unit: never a single number. `basis` names claims, or says that it is assumed and why."""

    unit: str  # "USD/round"
    low: float
    median: float
    high: float
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An entry in USD at the stated price: median, and the ends that the ends of price and entry make together."""

    kind: str
    low: float
    median: float
    high: float
    basis: str


def booked(results: Results, scenario: str, year: int) -> tuple[Entry, ...]:
    """Every kind in both directions, as one scenario has it at the end of a year."""
    units = {row.outcome: row.unit for row in results.levels}
    return tuple(
        Entry(
            kind=kind, given_by=side, outcome=outcome, unit=units[outcome], everywhere=kind in EVERYWHERE,
            figures=results.level(scenario, outcome, year),
        )
        for kind, side, outcome in BOOKED
    )  # fmt: skip


def price_of(kind: str, assumed: Mapping[str, Assumed]) -> Price | None:
    """The price that is assumed for a kind, with the central 80 % of its prior; None where none is stated."""
    if kind not in PRICES:
        return None
    one = assumed[PRICES[kind]]
    wide = exp(one.sd * SD_80)
    return Price(unit=one.unit, low=one.median / wide, median=one.median, high=one.median * wide, basis=one.why)


def valued(entry: Entry, price: Price) -> Value:
    """The entry in money; ScenarioError where the price is for another unit, has no range, or rests on nothing."""
    if price.unit != f"USD/{entry.unit}":
        raise _fault(entry, f"a price in {price.unit} says nothing of {entry.unit}s", f"give USD/{entry.unit}")
    if not 0 < price.low < price.median < price.high:
        raise _fault(entry, "the price has no range", "give low, median and high, each above the last")
    if not price.basis.strip():
        raise _fault(entry, "the price rests on nothing", "name its claims, or say that it is assumed and why")
    low, median, high = (entry.figures.all.quantiles[at] for at in EIGHTY)
    return Value(
        kind=entry.kind, low=low * price.low, median=median * price.median, high=high * price.high, basis=price.basis
    )


def _fault(entry: Entry, problem: str, hint: str) -> ScenarioError:
    return ScenarioError(problem, file="exchange", key=entry.kind, hint=hint)
