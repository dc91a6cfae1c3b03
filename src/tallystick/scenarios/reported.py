"""What runs of the labour model report: persons, money, hours, harm, vacancies filled, months after the deadline.

Escapes are in none of these, and nothing here tells them apart: whoever left by any route is only no longer there.
Money of those who fled stays within sums of many.
"""

from __future__ import annotations

from dataclasses import replace

from tallystick.scenarios.outcomes import Outcome, Sum
from tallystick.stocks.labour.shape import UNKNOWN, Shape

HOURS = "hours"  # hours a worker-month, beside the parameters
UNPAID = "unpaid_for_each_paid"  # of booked pay at return, beside the parameters
COHORTS = {"early": "came before the deadline", "stranded": "stranded by the closure", "later": "came later"}
BY_FLOW = ("arrivals", "arrivals_since")  # of a flow that leads to the focus host alone
TAKE, PAID = ("pay_state", "pay_goods"), ("booked_with_end_of_term", "booked_with_ordered_return")


def of_focus(shape: Shape) -> frozenset[str]:
    """The outcomes that are of the focus host alone and do not name where they are: their readers have to be told."""
    here = set(shape.in_focus)
    told = {each.id for each in outcomes_of(shape) if all(one.strata and here >= {*one.strata} for one in each.sums)}
    return frozenset(id for id in {*told, *BY_FLOW} if id == "workers_present" or not id.startswith("workers_present_"))


def outcomes_of(shape: Shape) -> tuple[Outcome, ...]:
    """All outcomes of a programme's runs, in the order in which tables have them."""
    focus = tuple(shape.in_focus)
    return (
        _one("workers_present", "workers present", "person", Sum(of="abroad", strata=focus)),
        *_elsewhere(shape),
        *_who_come(shape),
        *_income(focus),
        *_booked(focus),
        *_ordered_home(focus),
        *_of_work(focus),
        *_after_deadline(shape),
        *_regions(shape),
        *_beside(),
        *_exchanged(),
    )


def _who_come(shape: Shape) -> tuple[Outcome, ...]:
    return (
        _one("arrivals", "workers arrived", "person", Sum(of="depart")),
        _since("arrivals_since", "workers arrived, since the start", "person", Sum(of="depart")),
        _one("sent", "workers sent to all hosts", "person", *_sent(shape)),
    )


def _income(focus: tuple[str, ...]) -> tuple[Outcome, ...]:
    here = [Sum(of=each, strata=focus) for each in TAKE]
    return (
        _one("state_income", "state income", "USD", *here),
        _since("state_income_since", "state income, since the start", "USD", *here),
        _since("cash_income_since", "state income in cash, since the start", "USD", here[0]),
        _one("state_income_world", "state income, all hosts", "USD", *(Sum(of=each) for each in TAKE)),
    )


def _booked(focus: tuple[str, ...]) -> tuple[Outcome, ...]:
    return (
        _one("booked_owed", "booked pay owed", "USD", Sum(of="booked", strata=focus)),
        _one("booked_paid", "booked pay paid out", "USD", *(Sum(of=each, strata=focus) for each in PAID)),
        _one("paid_at_once", "pay paid directly", "USD", Sum(of="pay_at_once", strata=focus)),
        _one("booked_lost", "booked pay not paid out, since the start, all hosts", "USD", Sum(of="unpaid")),
    )


def _ordered_home(focus: tuple[str, ...]) -> tuple[Outcome, ...]:
    """Those whom orders bind, and what of their booked pay is not paid: in each year, and since the start."""
    persons, lost = Sum(of="ordered_return"), Sum(of="booked_with_ordered_return", times=UNPAID)
    name = "booked pay not paid to those ordered home"
    return (
        _one("ordered_home", "workers ordered home", "person", replace(persons, strata=focus)),
        _one("lost_when_ordered_home", f"{name}, all hosts", "USD", lost),
        _since("ordered_home_since", "workers ordered home, since the start, all hosts", "person", persons),
        _since("lost_since_ordered_home", f"{name}, since the start, all hosts", "USD", lost),
    )


def _of_work(focus: tuple[str, ...]) -> tuple[Outcome, ...]:
    there = Sum(of="abroad", over="months", strata=focus)
    return (
        _one("hours", "hours worked", "hour", replace(there, times=HOURS)),
        _one("deaths", "deaths at work and from illness", "person", Sum(of="die", strata=focus)),
        _one("injuries", "injuries that end work", "person", Sum(of="disable", strata=focus)),
        Outcome(
            id="vacancies_filled", name="share of unfilled jobs that workers fill at most", unit="share",
            sums=(there,), per=(Sum(of="vacancies", over="months"),),
        ),
    )  # fmt: skip


def _after_deadline(shape: Shape) -> tuple[Outcome, ...]:
    return tuple(
        _one(
            f"months_after_deadline_{cohort}", f"worker-months after the deadline, {name}", "worker-month",
            Sum(of="abroad", over="months", strata=_cohort(shape, cohort)),
        )
        for cohort, name in COHORTS.items()
    )  # fmt: skip


def _beside() -> tuple[Outcome, ...]:
    return (
        _one("military_builders", "military builders present", "person", Sum(of="builders")),
        _one("withdrawn", "selected who gave up their place, all hosts", "person", Sum(of="withdraw")),
        _one("knowledge", "share at home who know the conditions", "share", Sum(of="knowledge")),
        _one("strength", "strength of sanctions", "index", Sum(of="strength")),
    )


def _exchanged() -> tuple[Outcome, ...]:
    """What passes between sender and host beside cash, each in its own unit (see `exchange`)."""
    return (
        _one("goods_income", "state income paid in goods, all hosts", "USD", Sum(of="pay_goods")),
        _one("food", "food received as pay, since the start, all hosts", "tonne", Sum(of="food")),
        _one("fuel", "fuel received as pay, since the start, all hosts", "barrel", Sum(of="fuel")),
        _one("machinery", "machinery received as pay, since the start, all hosts", "USD", Sum(of="machinery")),
        _one("munitions", "munitions sent, since the start", "round", Sum(of="munitions")),
        _one("technology", "transfers of technology received, since the start", "transfer", Sum(of="technology")),
        _one("cover", "acts of cover received, since the start", "act", Sum(of="cover")),
    )


def _one(id: str, name: str, unit: str, *sums: Sum) -> Outcome:
    return Outcome(id=id, name=name, unit=unit, sums=sums)


def _since(id: str, name: str, unit: str, *sums: Sum) -> Outcome:
    return Outcome(id=id, name=name, unit=unit, sums=sums, since_start=True)


def _cohort(shape: Shape, cohort: str) -> tuple[str, ...]:
    return tuple(stratum for stratum in shape.in_focus if stratum.split(".")[2] == cohort)


def _elsewhere(shape: Shape) -> tuple[Outcome, ...]:
    return tuple(
        _one(f"workers_present_{host}", f"workers present, {host}", "person", Sum(of="abroad", strata=(host,)))
        for host in shape.elsewhere
    )


def _sent(shape: Shape) -> tuple[Sum, ...]:
    return (Sum(of="depart"), Sum(of="depart_elsewhere")) if shape.elsewhere else (Sum(of="depart"),)


def _regions(shape: Shape) -> tuple[Outcome, ...]:
    """Workers in regions that are rebuilt, and all the others: their region no report gives."""
    if not shape.rebuilding:
        return ()
    named = {shape.later(visa, region) for visa in shape.visas for region in shape.rebuilding}
    unknown = tuple(stratum for stratum in shape.in_focus if stratum not in named)
    return (
        *_rebuilt(shape),
        _one(
            f"workers_present_{UNKNOWN}", "workers present, region unknown", "person", Sum(of="abroad", strata=unknown)
        ),
    )


def _rebuilt(shape: Shape) -> tuple[Outcome, ...]:
    return tuple(
        _one(
            f"workers_present_{region}", f"workers present, {region}", "person",
            Sum(of="abroad", strata=tuple(shape.later(visa, region) for visa in shape.visas)),
        )
        for region in shape.rebuilding
    )  # fmt: skip
