"""What the persons of a run bring home, row by row and in no order: nothing of it is told of one of them.

All persons are *simulated*; whoever tells of them tells of `AT_LEAST` together. Spoken of are those who went abroad
during the run and came home at the end of their term or by order; how anybody else left is neither asked nor told. Who
was abroad when the run began is left out, since their beginning is not known, and who has not come home by its end is
not yet counted: short stays weigh more near the end.

Injury and death are told as rates over everybody who worked, and of nobody's history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.engines.persons.places import Keep, Milestone, Personal
from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.ledger import HARM, HELD, HOME

if TYPE_CHECKING:
    from tallystick.stocks.engines.individuals import Histories

AT_LEAST = 100  # simulated persons behind every number that is told
PAY = ("pay_state", "pay_goods", "pay_agents", "pay_pocket", "pay_at_once", "pay_booked")
PAID = tuple(f"booked_with_{flow}" for flow in HOME)
TALLIES = (HELD, *HOME, *PAY, *PAID, "booked", "debt")
CENT = 0.05  # USD: rounding to whole cents, month by month, takes no more
PER = 12_000  # worker-months in a thousand worker-years
Array = NDArray[np.float64]
Whole = NDArray[np.int64]
MEASURES = {
    "months_abroad": "month",
    "gross": "USD",  # what employers paid for them
    "state": "USD",  # what the State took, in money and in kind
    "promised": "USD",  # booked when they left
    "paid": "USD",  # out of what was booked
    "at_once": "USD",  # paid to them abroad, under direct pay
    "brought_home": "USD",  # paid, and what was paid at once, less the debt for the place
    "months_to_cover": "month",  # until the part of the booked pay that is paid covers the debt
}
SHARES = (
    "paid_less",  # got less than was promised
    "never_covered",  # came home before what they would be paid covered the debt
    "nothing_left",  # brought home nothing, or a debt
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Came:
    """Those of one run who went and came home during it, for sums over many: rows are in no order of persons."""

    stratum: Whole  # (person,) where they arrived
    values: dict[str, Array]  # by measure; NaN for no value
    holds: dict[str, NDArray[np.bool_]]  # by share
    months: Array  # (stratum,) worker-months of everybody
    harm: dict[str, Array]  # by flow: (stratum,) how often

    def of(self, strata: Sequence[int]) -> Came:
        """Those who arrived in these strata, and the harm there."""
        here, at = np.isin(self.stratum, strata), list(strata)
        return Came(
            stratum=self.stratum[here], values={id: each[here] for id, each in self.values.items()},
            holds={id: each[here] for id, each in self.holds.items()}, months=self.months[at],
            harm={id: each[at] for id, each in self.harm.items()},
        )  # fmt: skip


def varied(sd: float) -> Personal:
    """A personal factor on the whole of the pay, so that its parts still add up to gross."""
    return Personal(varied=PAY, sd=sd)


def keep_of(paid_share: float) -> Keep:
    """What to keep of each stay abroad."""
    covered = Milestone(id="covered", owed="debt", by="booked", share=paid_share)
    return Keep(inside=(HELD,), tallies=TALLIES, milestones=(covered,))


def came_home(
    graph: Graph, inputs: Inputs, *, seed: int, run: int, pay_sd: float = 0.0, kept: Path | None = None
) -> Came:
    """Those of one run. What is told of them is told of `AT_LEAST` or more.

    kept : folder where the compiled model stays.
    """
    from tallystick.stocks.engines import individuals

    paid_share = float(inputs.parameters[run % inputs.draws, fields_of(graph.text.parameters).index("paid_share")])
    keep = keep_of(paid_share)
    return _came(
        graph, individuals.run(graph, inputs, seed=seed, run=run, keep=keep, personal=varied(pay_sd), kept=kept)
    )


def _came(graph: Graph, found: Histories) -> Came:
    spells, path = found.spells, found.path
    came = (spells.joined >= 0) & (sum(spells.tallies[flow] for flow in HOME) > 0)
    of = {name: each[came].astype(float) for name, each in spells.tallies.items()}
    usd = {name: 0.01 * of[name] for name in (*PAY, *PAID, "booked", "debt")}
    month = spells.milestones["covered"][came]
    covered = np.where(month >= 0, month - spells.joined[came] + 1.0, np.nan)
    sources = np.array([edge.source for edge in graph.edges])
    harm = {}
    for flow in HARM:
        edges = list(graph.edges_of(flow))
        harm[flow] = np.bincount(sources[edges], path.movers[:, edges].sum(axis=0), len(graph.strata)).astype(float)
    return Came(
        stratum=spells.first[came], values=_values(of[HELD], usd, covered), holds=_holds(usd, covered),
        months=_months(graph, path.people), harm=harm,
    )  # fmt: skip


def _months(graph: Graph, people: NDArray[Any]) -> Array:
    """(stratum,) worker-months of those abroad, 0 everywhere else."""
    months, abroad = np.zeros(len(graph.strata)), slice(*graph.span(HELD))
    months[abroad] = people[1:, abroad].sum(axis=0)
    return months


def _values(months: Array, usd: dict[str, Array], covered: Array) -> dict[str, Array]:
    """`MEASURES` of each person."""
    paid = _sum(usd, PAID)
    found = (
        months, _sum(usd, PAY), usd["pay_state"] + usd["pay_goods"], usd["booked"], paid, usd["pay_at_once"],
        paid + usd["pay_at_once"] - usd["debt"], covered,
    )  # fmt: skip
    return dict(zip(MEASURES, found, strict=True))


def _holds(usd: dict[str, Array], covered: Array) -> dict[str, NDArray[np.bool_]]:
    """`SHARES` of each person."""
    paid, owed = _sum(usd, PAID), usd["debt"] > 0
    found = (paid < usd["booked"] - CENT, np.isnan(covered) & owed, paid + usd["pay_at_once"] - usd["debt"] <= 0)
    return dict(zip(SHARES, found, strict=True))


def _sum(of: dict[str, Array], names: Sequence[str]) -> Any:
    return sum(of[name] for name in names)
