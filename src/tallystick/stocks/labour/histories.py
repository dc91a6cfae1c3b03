"""What the persons of many runs bring home, as distributions: never one of them, and never fewer than a hundred.

All persons are *simulated*. Spoken of are those who went abroad during the run and came home at the end of their term
or by order; how anybody else left is neither asked nor told. Who was abroad when the run began is left out, since their
beginning is not known, and who has not come home by its end is not yet counted: short stays weigh more near the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.engines.persons.places import Keep, Milestone, Personal
from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.ledger import HELD, HOME
from tallystick.vocab.errors import ModelError

if TYPE_CHECKING:
    from tallystick.stocks.engines.individuals import Spells

AT_LEAST = 100  # simulated persons behind every number
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
PAY = ("pay_state", "pay_goods", "pay_agents", "pay_pocket", "pay_at_once", "pay_booked")
PAID = tuple(f"booked_with_{flow}" for flow in HOME)
TALLIES = (HELD, *HOME, *PAY, *PAID, "booked", "debt")
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Of one quantity over simulated persons; `quantiles` are those of `QUANTILES`."""

    id: str
    unit: str
    persons: int
    mean: float
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Of simulated persons, those of whom something holds."""

    id: str
    persons: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What those who came home had of it."""

    months_abroad: Distribution
    gross: Distribution  # USD that employers paid for them
    state: Distribution  # USD that the State took, in money and in kind
    promised: Distribution  # USD booked when they left
    paid: Distribution  # USD paid out of it
    brought_home: Distribution  # paid, and what was paid at once, less the debt for the place
    months_to_cover: Distribution | None  # months until the part of the booked pay that is paid covers the debt;
    # None when fewer than a hundred came so far
    paid_less: Share  # got less than was promised
    never_covered: Share  # came home before what they would be paid covered the debt
    nothing_left: Share  # brought home nothing, or a debt


def varied(sd: float) -> Personal:
    """A personal factor on the whole of the pay, so that its parts still add up to gross."""
    return Personal(varied=PAY, sd=sd)


def at_home(
    graph: Graph, inputs: Inputs, *, seed: int, first: int = 0, runs: int = 1, pay_sd: float = 0.0, threads: int = 1
) -> Home:
    """Of all who came home in these runs together. ModelError where they are fewer than a hundred."""
    from tallystick.stocks.engines import individuals

    place = fields_of(graph.text.parameters).index("paid_share")

    def one(run: int) -> dict[str, Array]:
        keep = keep_of(float(inputs.parameters[run % inputs.draws, place]))
        return _returned(individuals.run(graph, inputs, seed=seed, run=run, keep=keep, personal=varied(pay_sd)).spells)

    with ThreadPoolExecutor(threads) as pool:
        return summed_up(list(pool.map(one, range(first, first + runs))))


def keep_of(paid_share: float) -> Keep:
    """What to keep of each stay abroad."""
    covered = Milestone(id="covered", owed="debt", by="booked", share=paid_share)
    return Keep(inside=(HELD,), tallies=TALLIES, milestones=(covered,))


def _returned(spells: Spells) -> dict[str, Array]:
    """Tallies of those who went and came home during the run; in USD, months and times."""
    came = (spells.joined >= 0) & (sum(spells.tallies[flow] for flow in HOME) > 0)
    out: dict[str, Any] = {
        name: each[came] * (1.0 if name in (HELD, *HOME) else 0.01) for name, each in spells.tallies.items()
    }
    month = spells.milestones["covered"][came]
    out["covered"] = np.where(month >= 0, month - spells.joined[came] + 1.0, np.nan)
    return out


def summed_up(found: Sequence[dict[str, Array]]) -> Home:
    """Distributions over all persons of all runs."""
    of = {name: np.concatenate([each[name] for each in found]) for name in (*TALLIES, "covered")}
    paid, reached = _sum(of, PAID), ~np.isnan(of["covered"])
    brought = paid + of["pay_at_once"] - of["debt"]
    owed = of["debt"] > 0
    return Home(
        months_abroad=distribution("months_abroad", "month", of[HELD]),
        gross=distribution("gross", "USD", _sum(of, PAY)),
        state=distribution("state", "USD", of["pay_state"] + of["pay_goods"]),
        promised=distribution("promised", "USD", of["booked"]),
        paid=distribution("paid", "USD", paid),
        brought_home=distribution("brought_home", "USD", brought),
        months_to_cover=distribution("months_to_cover", "month", of["covered"][reached])
        if reached.sum() >= AT_LEAST else None,
        paid_less=share("paid_less", paid < of["booked"] - 0.05),  # beyond what rounding to cents takes
        never_covered=share("never_covered", ~reached & owed),
        nothing_left=share("nothing_left", brought <= 0),
    )  # fmt: skip


def _sum(of: dict[str, Array], names: Iterable[str]) -> Any:
    return sum(of[name] for name in names)


def distribution(id: str, unit: str, values: Array) -> Distribution:
    """Mean and quantiles, in whole units; ModelError for fewer than a hundred persons."""
    _check_enough(id, len(values))
    quantiles = tuple(float(round(each)) for each in np.quantile(values, QUANTILES))
    return Distribution(id=id, unit=unit, persons=len(values), mean=float(round(values.mean(), 1)), quantiles=quantiles)


def share(id: str, holds: Any) -> Share:
    """Their share; ModelError for fewer than a hundred persons in all."""
    _check_enough(id, len(holds))
    return Share(id=id, persons=len(holds), share=float(np.mean(holds)))


def _check_enough(id: str, persons: int) -> None:
    if persons < AT_LEAST:
        raise ModelError(
            f"is asked of {persons} simulated persons, fewer than {AT_LEAST}", equation=id,
            hint="run more months or more runs",
        )  # fmt: skip
