"""People in the programme, month by month: who is abroad, on which visa, in which cohort.

Each function is plain arithmetic on floats or arrays, so that the same text runs in Python and under JAX.
A month goes like this, for each host:

    leave     those present at the start leave by competing routes (end of term, ordered return, strand,
              relabel, flee, harm); nobody moves twice in a month
    join      arrivals of the month are added at its end

Cohorts never mix back: `holdover` arrived before the deadline; a holdover whose term ends while the border is
closed becomes `stranded`; `arrived_later` came after the deadline. Visa classes: `work` authorises work,
`study` and `other` do not; relabelling moves a person from `work` to one of these and out of no count of persons.

It is not a model of why people come or go: the rates are given.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Number = Any  # float, or an array of one value per draw: the arithmetic is the same


class Ops(NamedTuple):
    """The functions that differ between plain Python and array libraries; `cumsum` runs along the months."""

    exp: Any
    expm1: Any
    log: Any
    cumsum: Any


class Hazards(NamedTuple):
    """Rates per person and month at which people leave a group; constant within the month."""

    end_of_term: Number
    ordered_return: Number
    strand: Number
    relabel: Number
    flee: Number
    harm: Number


class Leavers(NamedTuple):
    """The same routes in persons, or in shares of those present at the start of the month."""

    end_of_term: Number
    ordered_return: Number
    strand: Number
    relabel: Number
    flee: Number
    harm: Number


class Border(NamedTuple):
    """How a border acts on the rates. `open` is 1 when open and 0 when closed; between, the share that still passes."""

    open: Number


def pass_border(planned: Hazards, border: Border) -> Hazards:
    """What the border leaves of planned departures: whose term ends while it is closed is stranded.

    An order to return that meets a closed border moves nobody. Relabelling, flight and harm go on.
    """
    return planned._replace(
        end_of_term=planned.end_of_term * border.open,
        ordered_return=planned.ordered_return * border.open,
        strand=planned.strand + planned.end_of_term * (1 - border.open),
    )


def shares_leaving(hazards: Hazards, ops: Ops) -> tuple[Number, Leavers]:
    """The share that stays and the shares that leave by each route; together exactly one.

    Competing exponential risks within the month: a route takes its part of the total hazard.
    """
    total = sum(hazards)
    leaving = -ops.expm1(-total)
    per_hazard = leaving / (total + (total == 0))
    return 1 - leaving, Leavers(*(hazard * per_hazard for hazard in hazards))


def step(now: Number, arrivals: Number, hazards: Hazards, ops: Ops) -> tuple[Number, Leavers]:
    """One group after one month, in persons, and who left it by which route."""
    staying, shares = shares_leaving(hazards, ops)
    return now * staying + arrivals, Leavers(*(now * share for share in shares))


class Path(NamedTuple):
    """A group through all months: present at the end of each, and who left during each (persons)."""

    present: Number
    left: Leavers


def path(start: Number, arrivals: Number, hazards: Hazards, ops: Ops) -> Path:
    """All months at once: the closed form of repeating `step`, which tests hold to 1e-12 relative.

    start : persons before the first month. arrivals, hazards : one value per month along the last axis.
    The recurrence x[t] = s[t] x[t-1] + a[t] has the solution P[t] (x0 + sum a[u] / P[u]) with P the running
    product of s, here the exponential of the summed hazards; all terms are positive, so nothing cancels. It needs
    P above 1e-300: hazards whose sum over the whole grid stays below 600. Those who leave are found from those present
    less arrivals, over the share that stays: 1e-12 of everybody needs a month's hazards to sum to less than ten, and
    a group that nobody was in may be left by some 1e-13 of its arrivals, up or down.
    """
    staying, shares = shares_leaving(hazards, ops)
    kept = ops.exp(-ops.cumsum(sum(hazards) + 0 * arrivals))
    present = kept * (start + ops.cumsum(arrivals / kept))
    before = (present - arrivals) / staying
    return Path(present, Leavers(*(before * share for share in shares)))
