"""How far a period lies from what claims describe: not begun, begun, or beyond the last count of its host.

Past the last day that a used count of a host describes, the model goes on by itself, however narrow its interval: such
an estimate is a projection, and says so wherever people or programs read it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tallystick.vocab.estimate import Estimate
from tallystick.vocab.programme import Programme

if TYPE_CHECKING:
    from tallystick.reconcile.account import Account, Observation

WORLD, STOCK = "WW", "workers_present"


def has_begun(period: str, day: date) -> bool:
    """Whether a year or month has begun by `day`; what lies wholly after it is nobody's to estimate."""
    return period <= day.isoformat()[: len(period)]


def begun(estimates: Iterable[Estimate], day: date) -> tuple[Estimate, ...]:
    """The estimates of periods that have begun by `day`."""
    return tuple(each for each in estimates if has_begun(each.period, day))


def last_day(period: str) -> date:
    """The last day of a year or month."""
    year, month = int(period[:4]), int(period[5:] or 12)
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far counting reaches in each host: what tells an estimate from a projection."""

    programme: Programme
    account: Account
    estimates: Sequence[Estimate]

    def is_projection(self, e: Estimate) -> bool:
        """Whether an estimate's period ends after the last day that a used count of its host describes.

        A worldwide sum is a projection where most of its workers are in hosts past their last count.
        """
        if e.host == WORLD and (parts := self.parts_of_world(e.period)):
            beyond = sum(part.interval.median for part in parts if self.is_projection(part))
            return 2 * beyond > sum(part.interval.median for part in parts)
        last = self.last_described(e.host)
        return last is None or last_day(e.period) > last

    def last_described(self, host: str) -> date | None:
        """The last day that a used count of a host describes; None where nobody counted there.

        The focus host stands for the world; the end of the window for a focus host that nobody counted.
        """
        focus = self.programme.focus.id
        if host in (focus, WORLD):
            return self._last.get(focus) or date(self.programme.window[1], 12, 31)
        return self._last.get(host)

    @cached_property
    def _last(self) -> Mapping[str, date]:
        hosts = dict.fromkeys(each.host for each in self._counts)
        seen = {host: [one.end for one in self.counted(host)] for host in hosts}
        return {host: max(ends) for host, ends in seen.items() if ends}

    def counted(self, host: str) -> tuple[Observation, ...]:
        """Used claims that inform the headcount of a host and speak of that host."""
        return self.behind([each for each in self._counts if each.host == host], host)

    def behind(self, estimates: Iterable[Estimate], host: str) -> tuple[Observation, ...]:
        """Used claims that inform these estimates and speak of that host."""
        named = {claim for each in estimates for claim in each.claims}
        return tuple(one for one in self.account.observations if one.claim in named and self.belongs(one.host, host))

    def belongs(self, place: str, host: str) -> bool:
        """Whether the model counts that place under that host."""
        places = self.programme.places
        return place == host or (place in places and places[place].host == host)

    def parts_of_world(self, period: str) -> tuple[Estimate, ...]:
        """The headcounts that add up to the world's, at the end of a month or year."""
        month = period if len(period) > 4 else f"{period}-12"
        return self._by_month.get(month, ())

    @cached_property
    def _counts(self) -> tuple[Estimate, ...]:
        return tuple(each for each in self.estimates if each.id == STOCK and each.host != WORLD)

    @cached_property
    def _by_month(self) -> Mapping[str, tuple[Estimate, ...]]:
        focus, order = self.programme.focus.id, list(self.programme.hosts)
        found: dict[str, list[Estimate]] = {}
        for each in sorted(self._counts, key=lambda each: (each.host != focus, order.index(each.host))):
            found.setdefault(each.period, []).append(each)
        return {month: tuple(parts) for month, parts in found.items()}
