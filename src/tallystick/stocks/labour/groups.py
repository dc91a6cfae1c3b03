"""What differs between strata, from named values: the one place that says which hazard is whose.

Values may be numbers or arrays over draws, of NumPy or JAX: only arithmetic is done here, so that the fit and the
runs forward fill the same table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tallystick.stocks.labour.fields import Group
from tallystick.stocks.labour.shape import Shape
from tallystick.stocks.text import Number

NOBODY = Group(*(0.0 for _ in Group._fields))


class Hazards(NamedTuple):
    """Terms in months and hazards per month, as fitted; mappings are by host."""

    term_before: Number  # work visas before and through the closure, and everybody elsewhere
    term_after: Number  # those who came after the deadline
    term_elsewhere: Number  # other hosts since reopening
    term_unauthorised: Number  # visas that do not authorise work, before the deadline
    reopen_return: Number  # departure of the stranded once the border is open
    ordered: Mapping[str, Number]
    last_call: Number
    relabel: Number


class PayOf(NamedTuple):
    """A host's pay: gross USD per worker-month, odds of its parts against the booked one, share in local currency."""

    gross: Number
    state: Number
    agents: Number
    pocket: Number
    local: Number = 0.0


def people_of(shape: Shape, hazards: Hazards) -> dict[str, Group]:
    """The group of each stratum abroad, pay left out."""
    out = {host: _elsewhere(hazards, host) for host in shape.elsewhere}
    focus = NOBODY._replace(in_focus=1.0, overdue=1.0, bound=1.0, exposed=1.0)
    for visa in shape.visas:
        out[shape.early(visa)] = _early(focus, hazards, shape, visa)
        out[shape.stranded(visa)] = _leaving(focus, hazards.reopen_return, hazards.reopen_return)
        for region in shape.regions:
            out[shape.later(visa, region)] = _leaving(focus, 1 / hazards.term_after, 1 / hazards.term_after)
    return {stratum: out[stratum] for stratum in shape.abroad}


def _leaving(group: Group, before: Number, after: Number) -> Group:
    return group._replace(leave_before=before, leave_after=after)


def _early(focus: Group, hazards: Hazards, shape: Shape, visa: str) -> Group:
    """Only whose visa authorises work is ordered home in the two years before the deadline, or changes class."""
    group = focus._replace(strandable=1.0, last_call=hazards.last_call)
    if visa in shape.unauthorised:
        return _leaving(group, 1 / hazards.term_unauthorised, 1 / hazards.term_unauthorised)
    ordered = group._replace(ordered=hazards.ordered[shape.focus], relabel=hazards.relabel)
    return _leaving(ordered, 1 / hazards.term_before, 1 / hazards.term_before)


def _elsewhere(hazards: Hazards, host: str) -> Group:
    """Nobody there is counted as stranded: whose term ends at a closed border stays in the one stratum."""
    group = _leaving(NOBODY, 1 / hazards.term_before, 1 / hazards.term_elsewhere)
    return group._replace(ordered=hazards.ordered[host])


def with_pay(groups: Mapping[str, Group], shape: Shape, pay: Mapping[str, PayOf]) -> dict[str, Group]:
    """The same with the pay of the stratum's host."""
    host_of = {stratum: stratum if stratum in shape.elsewhere else shape.focus for stratum in groups}
    return {stratum: _paid(group, pay[host_of[stratum]]) for stratum, group in groups.items()}


def _paid(group: Group, pay: PayOf) -> Group:
    take = pay.gross * pay.state / (1 + pay.state + pay.agents + pay.pocket)
    return group._replace(
        gross=pay.gross, state=pay.state, agents=pay.agents, pocket=pay.pocket, local=pay.local,
        take_firm=take * (1 - pay.local), take_local=take * pay.local,
    )  # fmt: skip


def at_home(shape: Shape, refusing: str = "") -> dict[str, Group]:
    """The group of each stratum of the selected: who is bound for where. `refusing` is the host of that lever."""
    out = {host: NOBODY._replace(refuses=float(host == refusing)) for host in shape.elsewhere}
    return {shape.focus: NOBODY._replace(bound=1.0)} | out


def table(strata: tuple[str, ...], home: Mapping[str, Group], abroad: Mapping[str, Group], xp: Any) -> Any:
    """(..., stratum, field) of all strata of a graph, in its order; zero where nothing is said."""
    named = {f"selected/{id}": group for id, group in home.items()}
    named |= {f"abroad/{id}": group for id, group in abroad.items()}
    cells = [named.get(stratum, NOBODY) for stratum in strata]
    draws = xp.zeros(()) + sum(sum(group) * 0.0 for group in cells)
    return xp.stack([xp.stack([draws + one for one in group], axis=-1) for group in cells], axis=-2)
