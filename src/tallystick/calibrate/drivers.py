"""What draws people to a host, and what keeps them out: the drivers of the map, in the fit as in runs forward.

Arrivals are a level that moves in steps, times what is known to act on it. Vacancies act by the map's own arrow,

    exp(bounded(pull * relative(vacancies, reference)))

with the functions that every engine runs. A law or a policy acts in the months of its span: of those who would have
come, a share goes on coming, or a multiple. Where a host turns people away, part of them is sent to another.

Steps and drivers both move arrivals, so the evidence tells them apart only as far as it dates a change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from tallystick.calibrate.grid import Grid
from tallystick.stocks.engines.vectors import ops_of
from tallystick.stocks.labour.signals import factor, relative

if TYPE_CHECKING:
    from tallystick.calibrate.model import Model


class Driver(NamedTuple):
    """One arrow onto arrivals.

    effect : the unknown that says how strongly. span : of the months in which it acts, as a factor; or series : the
    unknown that it follows, in steps, as an elasticity against its value in month `reference`. sent_to, sent : the
    host to which a share of those turned away goes, and the unknown of that share.
    """

    id: str
    hosts: tuple[str, ...]
    effect: str
    span: str = ""
    series: str = ""
    reference: int = 0
    sent_to: str = ""
    sent: str = ""


def driver_of(entry: Mapping[str, Any], grid: Grid) -> Driver:
    """A [[driver]] of model.toml, which settings has checked."""
    return Driver(
        id=entry["id"],
        hosts=tuple(entry["hosts"]),
        effect=entry["effect"],
        span=entry.get("when", ""),
        series=entry.get("follows", ""),
        reference=grid.index(entry["reference"]) if "reference" in entry else 0,
        sent_to=entry.get("sent_to", ""),
        sent=entry.get("sent", ""),
    )


def driven(arrivals: Any, values: Mapping[str, Any], model: Model, xp: Any) -> Any:
    """(host, month) persons a month under all drivers, were the border open."""
    rows = dict(zip(model.hosts, arrivals, strict=True))
    turned: list[tuple[str, Any]] = []
    for driver in model.drivers:
        by = _factor(driver, values, model, xp)
        if driver.sent_to:
            turned += [(driver.sent_to, values[driver.sent] * (1 - by) * rows[host]) for host in driver.hosts]
        rows |= {host: rows[host] * by for host in driver.hosts}
    for host, persons in turned:
        rows[host] = rows[host] + persons
    return xp.stack([rows[host] for host in model.hosts])


def _factor(driver: Driver, values: Mapping[str, Any], model: Model, xp: Any) -> Any:
    """(month,) what a driver multiplies arrivals by."""
    effect = values[driver.effect]
    if driver.span:
        return effect ** model.calendar.spans[driver.span]
    path, ops = model.nodes[driver.series] @ values[driver.series], ops_of(xp)
    return factor(effect * relative(path, path[driver.reference], ops), ops)
