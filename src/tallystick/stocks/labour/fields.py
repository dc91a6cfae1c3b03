"""What rates, amounts, levels and signals may read, with units and ranges.

Whatever is 0 or 1 in a run, or a strength from 0 to 1, has the unit "1". An index is relative to the start of the
run, where it is 1.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from tallystick.stocks.text import Number, Of

Share = Annotated[Number, Of("1", 0, 1)]
Index = Annotated[Number, Of("1", 0, 20)]
Factor = Annotated[Number, Of("1", 0, 21)]  # exp(-3) to exp(3): see `signals.bounded`
Elasticity = Annotated[Number, Of("1", 0, 2)]
Term = Annotated[Number, Of("1/month", 0, 2)]
Rate = Annotated[Number, Of("1/month", 0, 10)]
Speed = Annotated[Number, Of("1/month", 0, 1)]
Lag = Annotated[Number, Of("month", 1, 240)]
People = Annotated[Number, Of("person", 0, 1e9)]
SomePeople = Annotated[Number, Of("person", 0.01, 1e9)]
Money = Annotated[Number, Of("USD", 0, 1e13)]
SomeMoney = Annotated[Number, Of("USD", 1, 1e13)]
Pay = Annotated[Number, Of("USD/person/month", 0, 1e5)]
Income = Annotated[Number, Of("USD/month", 0, 1e11)]
Odds = Annotated[Number, Of("1", 0, 1000)]


class Now(NamedTuple):
    """The state as signals and levels read it, at the start of the month."""

    workers: People  # at work in the focus host
    abroad: People  # at work in all hosts
    overdue: People  # at work where and when the deadline for their return is past
    waiting: People  # selected, for all hosts
    hiding: People
    returned: People
    booked: Money  # pay owed to all who are abroad
    debt: Money  # owed for their places
    take_firm: Income  # what the state takes in a month of pay in firm currency, were no lever pulled
    take_local: Income  # the same of pay in a currency that may fall
    vacancies: Annotated[Number, Of("job", 0, 1e9)]
    knowledge: Share
    strength: Share
    need: Index
    weapons: Index
    war: Index
    control: Index
    vetting: Index
    listed: Share


class Outside(NamedTuple):
    """What comes from outside, month by month: the calendar, drivers, and the strength of each lever."""

    open: Share  # share of traffic that passes the border
    before: Share  # 1 up to the end of the closure
    ordered: Share  # 1 in the months of ordered returns
    last_call: Share  # 1 in the weeks around the deadline
    war: Index  # demand for hands from the war and its losses, 1 at the start
    hours: Annotated[Number, Of("1", 0, 2)]  # hours worked against those of the fit, 1 at the start
    helpers: Annotated[Number, Of("1", 0, 4)]  # capacity of those who help, 1 at the start; no lever moves it
    munitions: Annotated[Number, Of("round/month", 0, 1e8)]
    technology: Annotated[Number, Of("transfer/month", 0, 100)]
    cover: Annotated[Number, Of("act/month", 0, 100)]
    food: Annotated[Number, Of("tonne/month", 0, 1e7)]
    fuel: Annotated[Number, Of("barrel/month", 0, 1e8)]
    compliance: Share
    listing: Share
    buyers_checks: Share
    council: Share
    lightening: Share
    refusal: Share
    publicity: Share
    news: Share
    demand_fall: Share
    direct_pay: Share
    in_kind: Share
    devaluation: Share


LEVERS = (
    "compliance", "listing", "buyers_checks", "council", "lightening", "refusal", "publicity", "news", "demand_fall",
    "direct_pay", "in_kind", "devaluation",
)  # fmt: skip


class Parameters(NamedTuple):
    """Constants of a run; `system.toml` of the programme says where each comes from and why."""

    # The state that signals are relative to.
    workers_ref: SomePeople
    abroad_ref: SomePeople
    overdue_ref: SomePeople
    waiting_ref: SomePeople
    hiding_ref: SomePeople
    returned_ref: SomePeople
    booked_ref: SomeMoney
    debt_ref: SomeMoney
    take_ref: Annotated[Number, Of("USD/month", 1, 1e11)]
    vacancies_ref: Annotated[Number, Of("job", 1, 1e9)]
    knowledge_ref: Annotated[Number, Of("1", 0.05, 0.95)]
    strength_ref: Annotated[Number, Of("1", 0.02, 0.98)]
    listed_ref: Annotated[Number, Of("1", 0, 0.5)]
    # How fast people move.
    pace: Speed  # what weights of planned moves are relative to
    wait: Annotated[Number, Of("month", 1, 60)]
    withdraw: Speed
    redirect_speed: Speed
    redirect_share: Share
    flee: Speed
    rescue: Speed
    recapture: Speed
    harm: Annotated[Number, Of("1/month", 0, 0.04)]  # with injuries and hours at their most it stays a rate
    unfit_ratio: Annotated[Number, Of("1", 0, 100)]
    hours_harm: Elasticity
    builders_term: Lag
    comply_speed: Rate
    strength_orders: Speed
    drop_speed: Speed
    rehired: Share
    # Elasticities of the arrows.
    war_vacancies: Elasticity
    pull: Elasticity
    fills: Annotated[Number, Of("job/person", 0, 2)]
    taxes_war: Elasticity
    income_weapons: Elasticity
    pressure_need: Elasticity
    need_quota: Elasticity
    strength_departures: Annotated[Number, Of("1", 0, 5)]
    bargain_cover: Elasticity
    breach_strength: Elasticity
    strength_shipments: Elasticity
    returned_talk: Elasticity
    talk_punished: Elasticity
    knowledge_apply: Elasticity
    knowledge_withdraw: Elasticity
    takers_vetting: Elasticity
    vetting_select: Elasticity
    exposure_terms: Elasticity
    debt_stay: Elasticity
    workers_listed: Elasticity
    # How fast levels follow.
    tell: Annotated[Number, Of("1/month", 0, 0.01)]
    news_rate: Annotated[Number, Of("1/month", 0, 0.1)]
    publicity_rate: Annotated[Number, Of("1/month", 0, 0.1)]
    publicity_strength: Share
    council_strength: Share
    lightening_strength: Share
    war_lag: Lag
    vacancies_lag: Lag
    strength_lag: Lag
    need_lag: Lag
    weapons_lag: Lag
    control_lag: Lag
    vetting_lag: Lag
    listed_lag: Lag
    # Firms and their sales.
    export_share: Share
    complying_share: Share
    leak_share: Share
    # Money.
    place_price: Annotated[Number, Of("USD/person", 0, 1e5)]
    borrowed: Share
    paid_share: Share
    paid_after_harm: Share
    direct_cut: Share
    kind_food: Share
    kind_fuel: Share
    price_food: Annotated[Number, Of("USD/tonne", 1, 1e4)]
    price_fuel: Annotated[Number, Of("USD/barrel", 1, 1e3)]


class Group(NamedTuple):
    """What differs between strata; all zero where a stratum is nobody's place of work or waiting."""

    in_focus: Share
    overdue: Share  # 1 where the deadline for their return is past
    bound: Share  # 1 where the lever "compliance" acts
    exposed: Share  # 1 where firms can be listed
    refuses: Share  # 1 for those meant for the host that the lever "refusal" names
    strandable: Share  # 1 where an ended term at a closed border is counted as stranded
    leave_before: Term  # end of term, up to the end of the closure
    leave_after: Term
    ordered: Rate  # in the months of ordered returns
    last_call: Rate
    relabel: Rate
    gross: Pay
    local: Share  # share of pay in a currency that may fall
    state: Odds  # of gross pay, what goes there for each dollar that is booked
    agents: Odds
    pocket: Odds
    take_firm: Pay  # gross * (1 - local) * state / (1 + state + agents + pocket)
    take_local: Pay  # gross * local * state / (1 + state + agents + pocket)


class Moved(NamedTuple):
    """Persons who moved in the month: no level reads any."""


class Loops(NamedTuple):
    """A switch for each loop: 1 on, 0 off."""

    R1: Share
    R2: Share
    R3: Share
    R4: Share
    R5: Share
    R6: Share
    R7: Share
    R8: Share
    B1: Share
    B2: Share
    B3: Share
    B4: Share
    B5: Share
    B6: Share
    B7: Share


class Signals(NamedTuple):
    """What loops and levers make of the state. Factors are 1 at the reference with no lever pulled."""

    apply: Factor
    select: Annotated[Number, Of("1", 0, 42)]  # as `depart`: places are given for as many as can leave
    select_elsewhere: Factor
    withdraw: Factor
    depart: Annotated[Number, Of("1", 0, 42)]  # also by how much fewer firms lost their buyers than at the start
    depart_elsewhere: Factor
    leave: Factor
    flight: Factor
    harm: Factor
    rescue: Annotated[Number, Of("1", 0, 84)]
    shipments: Factor
    cover: Factor
    orders: Rate  # extra ordered return; none at the reference
    dropped: Rate  # let go by firms that lost their buyers; none at the reference
    repaid: Share  # how far pay out covers the debt for the place
    kind: Annotated[Number, Of("USD/month", 0, 2e11)]  # of the state's take in the month, what is paid in goods
    war: Annotated[Number, Of("1", 0, 420)]  # what the indices move towards; 1 at the reference
    need: Factor
    weapons: Factor
    control: Factor
    vetting: Factor
    vacancies: Annotated[Number, Of("job", 0, 21e9)]
    strength: Share
    listed: Share
    learning: Annotated[Number, Of("1/month", 0, 1)]


FACTORS = (
    "apply", "select", "select_elsewhere", "withdraw", "depart", "depart_elsewhere", "leave", "flight", "harm",
    "rescue", "shipments", "cover", "war", "need", "weapons", "control", "vetting",
)  # fmt: skip
