"""A small text with one of everything that a text can say: what the tests of checks and engines run."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, NamedTuple

import numpy as np

from tallystick.stocks.inputs import Inputs
from tallystick.stocks.text import (
    Account,
    Carriage,
    Flow,
    Level,
    Loop,
    Number,
    Of,
    Ops,
    Posting,
    Reading,
    Route,
    Stock,
    Text,
)


class Now(NamedTuple):
    near: Annotated[Number, Of("person", 0, 1e9)]
    owed: Annotated[Number, Of("USD", 0, 1e12)]
    jobs: Annotated[Number, Of("job", 0, 1e9)]


class Outside(NamedTuple):
    open: Annotated[Number, Of("1", 0, 1)]


class Parameters(NamedTuple):
    wait: Annotated[Number, Of("month", 1, 600)]
    wage: Annotated[Number, Of("USD/person/month", 0, 1e5)]
    usual: Annotated[Number, Of("person", 1, 1e9)]
    usual_owed: Annotated[Number, Of("USD", 1, 1e12)]
    paid: Annotated[Number, Of("1", 0, 1)]
    taken: Annotated[Number, Of("job/person", 0, 1)]
    new_jobs: Annotated[Number, Of("1/month", 0, 0.1)]
    fee: Annotated[Number, Of("USD/person", 0, 1e4)]
    month: Annotated[Number, Of("month", 1, 1)]


class Group(NamedTuple):
    near: Annotated[Number, Of("1", 0, 1)]
    leave: Annotated[Number, Of("1/month", 0, 5)]
    harm: Annotated[Number, Of("1/month", 0, 1)]


class Moved(NamedTuple):
    arrived: Annotated[Number, Of("person/month", 0, 1e9)]
    left: Annotated[Number, Of("person/month", 0, 1e9)]


class Loops(NamedTuple):
    crowding: Annotated[Number, Of("1", 0, 1)]


class Signal(NamedTuple):
    pull: Annotated[Number, Of("1", 0, 2)]


def signals(now: Now, outside: Outside, par: Parameters, loops: Loops, ops: Ops) -> Signal:
    """More people near and more owed pull less. Assumed."""
    crowd = ops.minimum(now.near / par.usual, 10.0) + 0.1 * ops.log1p(now.owed / par.usual_owed)
    return Signal(ops.exp(-loops.crowding * 0.3 * crowd) * (1.0 + 0.5 * (1.0 * (now.jobs > 0))))


def depart(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return o.open * s.pull / p.wait


def end(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return g.leave * o.open


def die(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return g.harm


def move(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return 0.1 * g.leave


def booked(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.wage * 0.3


def take(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.wage * 0.7


def fee(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.fee


def paid(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.paid


def jobs(now: Now, s: Signal, o: Outside, p: Parameters, m: Moved, ops: Ops) -> Number:
    """Assumed."""
    return now.jobs * p.new_jobs + 0.5 * m.left * p.taken - ops.minimum(m.arrived * p.taken, now.jobs / p.month)


STOCKS = (
    Stock(id="pool", symbol="K1", doc="assumed", is_boundary=True),
    Stock(id="abroad", symbol="K3", doc="assumed", strata=("near", "far")),
    Stock(id="home", symbol="K8", doc="assumed", is_end=True),
    Stock(id="dead", symbol="K9", doc="assumed", is_end=True),
)
FLOWS = (
    Flow(id="depart", symbol="F5", source="pool", target="abroad", rate=depart, is_weighted=True,
         routes=(Route("", "near"), Route("", "far"))),
    Flow(id="end", symbol="F7", source="abroad", target="home", rate=end),
    Flow(id="die", symbol="F14", source="abroad", target="dead", rate=die),
    Flow(id="move", symbol="F10", source="abroad", target="abroad", rate=move, routes=(Route("near", "far"),)),
)  # fmt: skip
ACCOUNTS = (
    Account(id="firms", symbol="E", doc="assumed", is_boundary=True),
    Account(id="state", symbol="M3", doc="assumed"),
    Account(id="owed", symbol="M1", doc="assumed", held_by="abroad"),
    Account(id="paid", symbol="W", doc="assumed"),
    Account(id="unpaid", symbol="X", doc="assumed"),
)
POSTINGS = (
    Posting(id="book", symbol="F15", source="firms", target="owed", per="abroad", amount=booked),
    Posting(id="take", symbol="F16", source="firms", target="state", per="abroad", amount=take),
    Posting(id="fee", symbol="F2", source="firms", target="state", per="depart", amount=fee),
)
CARRIAGES = (
    Carriage(id="pay_out", symbol="F17", account="owed", flow="end", target="paid", share=paid, rest="unpaid"),
    Carriage(id="lose", symbol="F17", account="owed", flow="die", target="unpaid"),
    Carriage(id="keep", symbol="F17", account="owed", flow="move", target="owed"),
)
TEXT = Text(
    id="small",
    stocks=STOCKS,
    flows=FLOWS,
    accounts=ACCOUNTS,
    postings=POSTINGS,
    carriages=CARRIAGES,
    levels=(Level(id="jobs", symbol="V1", unit="job", doc="assumed", change=jobs),),
    loop_list=(Loop(id="crowding", name="crowding", sign="-", path=(("near", "-"), ("pull", "+")), doc="assumed"),),
    now=Now,
    outside=Outside,
    parameters=Parameters,
    group=Group,
    moved=Moved,
    loops=Loops,
    signal=Signal,
    signals=signals,
    readings={"near": Reading("abroad", "near"), "owed": Reading("owed"), "jobs": Reading("jobs")},
    moved_readings={"arrived": Reading("depart", "near", "target"), "left": Reading("end")},
)


def altered(**changes: Any) -> Text:
    """The small text with parts exchanged."""
    return replace(TEXT, **changes)


def inputs(months: int = 36, **changes: Any) -> Inputs:
    """A run of one draw: 10,000 in the pool, 1,200 abroad."""
    parts: dict[str, Any] = {
        "people": [[10_000, 500, 700, 0, 0]],
        "money": [[0, 0, 1000, 2000.55, 0, 0]],
        "level": [[50_000]],
        "parameters": [[10, 500, 5000, 1e6, 0.4, 0.9, 0.001, 120, 1]],
        "outside": np.ones((1, months, 1)),
        "weight": np.full((1, months, 2), 0.5),
        "groups": [[[0, 0, 0], [1, 0.03, 0.0002], [0, 0.1, 0.0002], [0, 0, 0], [0, 0, 0]]],
        "loops": [1],
    }
    return Inputs(**{name: np.array(each, dtype=float) for name, each in (parts | changes).items()})
