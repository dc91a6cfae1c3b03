"""How far one more origin would move the estimates, whatever figure it gave.

The account is open to whoever publishes, so a single planted figure must not decide it. A figure of any measure, host,
year and class is put to the draws of a fit: what it would have been expected to be, with which error, and so how far
it would move each headline median (`reweighed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.across import expected_across
from tallystick.calibrate.density import Expected
from tallystick.calibrate.fit import prepare
from tallystick.calibrate.reweighed import Watch
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
FACTORS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # times what would have been expected
HALF = 0.5  # of an 80 % interval: as far as one origin that nobody has vetted may move a headline median


class Offer(NamedTuple):
    """Where a newcomer's figure would stand."""

    measure: str
    host: str
    year: int
    asserter_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """What one more figure would do: the largest move of a headline median, in widths of its 80 % interval."""

    offer: Offer
    factor: float
    move: float
    on: str
    k: float


def newcomers(
    programme: Programme,
    account: Account,
    fit: Any,
    offers: Sequence[Offer],
    factors: Sequence[float] = FACTORS,
) -> Iterator[Newcomer]:
    """Each offer at each factor of its expected figure; a share stays below one.

    fit : its `unknowns` (draws by name) and its headline `draws`.
    """
    watch, spoken = Watch(programme, fit.draws), said(programme, account, fit.unknowns, offers)
    for at, offer in enumerate(offers):
        centre, scale = spoken.centre[:, at], spoken.scale[:, at]
        middle = float(np.median(centre))
        for factor in factors:
            figure = middle + np.log(factor)
            if programme.measures[offer.measure].object == "share" and figure >= 0:
                continue
            found = watch.moved(point_density(programme, figure, centre, scale))
            yield Newcomer(
                offer=offer, factor=factor, move=found.most, on=watch.labels[found.worst], k=found.k
            )  # fmt: skip


def point_density(programme: Programme, figure: float, centre: Array, scale: Array) -> Array:
    """(draw,) log density of a point's logarithm, as the fit would weigh it."""
    from scipy.stats import norm

    likelihood = programme.tables["model"]["likelihood"]
    rare, wide = likelihood["outlier_share"], likelihood["outlier_widen"]
    usual, outlier = (norm.logpdf(figure, centre, width) for width in (scale, scale * wide))
    return np.asarray(np.logaddexp(np.log1p(-rare) + usual, np.log(rare) + outlier))


def said(programme: Programme, account: Account, unknowns: Any, offers: Sequence[Offer]) -> Expected:
    """(draw, offer) log median of what each newcomer would say, and the scale of its error."""
    here = tuple(observation_of(programme, one, at) for at, one in enumerate(offers))
    ready = prepare(programme, (*account.observations, *here))
    every = expected_across(ready.model.layout.standard(unknowns), ready.model, ready.data)
    return Expected(*(field[:, len(account.observations) :] for field in every))


def observation_of(programme: Programme, offer: Offer, number: int) -> Observation:
    """One more origin, of its own report, for a whole year; its figure does not matter yet."""
    name = f"newcomer {number}"
    basis = str(programme.tables["model"]["calendar"]["basis_of_state"])
    return Observation(
        claim=name, origin=name, report=name, measure=offer.measure, kind="point", low=None, point=1000.0, high=None,
        unit=programme.measures[offer.measure].units[0], host=offer.host, start=date(offer.year, 1, 1),
        end=date(offer.year, 12, 31), asserter_class=offer.asserter_class, region="", sector="", basis=basis,
    )  # fmt: skip
