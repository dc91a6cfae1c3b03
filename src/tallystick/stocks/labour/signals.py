"""What the loops and levers make of the state: factors on rates, and what levels move towards.

Every arrow of the map is a power law about the reference, bounded: a quantity x with reference r acts as

    exp(bounded(e * relative(x, r)))        e an elasticity, `relative` a log ratio, `bounded` between -3 and 3

so that it is 1 at the reference, smooth, never negative, and never more than twentyfold. The switch of a loop
multiplies the elasticity of an arrow that belongs to no other loop; with it at 0 the loop is cut there. Which arrow
that is stands with each loop in `loops`. All forms are assumed; only signs are reported.
"""

from __future__ import annotations

from tallystick.stocks.labour.fields import Signals
from tallystick.stocks.text import Number

# Every arrow between control, misery, flight and loyalty has this one elasticity: it stands for a sign. Nothing is
# known of any size; none is assumed with a width, none can be set, and none can be asked for.
SIGN_ONLY = 0.25


def relative(x: Number, reference: Number, ops: Number) -> Number:
    """The log of x over its reference; finite at zero."""
    return ops.log((x + 0.02 * reference) / (1.02 * reference))


def bounded(x: Number, ops: Number) -> Number:
    """Near x for small x, and between -3 and 3: no arrow acts more than twentyfold, either way."""
    return x / (1 + ops.maximum(x, -x) / 3)


def factor(x: Number, ops: Number) -> Number:
    """The bounded exponential of a sum of elasticities times log ratios."""
    return ops.exp(bounded(x, ops))


def odds_times(share: Number, by: Number) -> Number:
    """A share whose odds are multiplied: it stays between 0 and 1."""
    return share * by / (1 - share + share * by)


def signals(n: Number, o: Number, p: Number, loops: Number, ops: Number) -> Signals:
    """All signals of a month. Signs as reported, forms and sizes assumed."""
    return Signals(
        apply=factor(-p.knowledge_apply * _knowledge(n, p, ops), ops),
        select=factor(_quota(n, p, loops, ops) + _pull(n, p, ops) - _held_back(n, p), ops) * _markets(n, o, p),
        select_elsewhere=factor(_quota(n, p, loops, ops) - _held_back(n, p), ops),
        withdraw=_withdraw(n, p, loops, ops),
        depart=factor(_pull(n, p, ops) - _held_back(n, p), ops) * _markets(n, o, p),
        depart_elsewhere=factor(-_held_back(n, p), ops),
        leave=_leave(n, p, loops, ops),
        flight=_flight(n, p, loops, ops),
        harm=factor(p.hours_harm * relative(o.hours, 1.0, ops), ops),
        rescue=factor(-loops.B2 * SIGN_ONLY * relative(n.control, 1.0, ops), ops) * o.helpers,
        shipments=_shipments(n, p, ops),
        cover=factor(_cover(n, p, loops, ops), ops),
        orders=p.strength_orders * ops.maximum(0.0, n.strength - p.strength_ref),
        dropped=_dropped(n, o, p, ops),
        repaid=_repaid(n, o, p, ops),
        kind=_income(n, o, p) * o.in_kind,
        war=o.war * factor(loops.R1 * p.taxes_war * relative(n.workers, p.workers_ref, ops), ops),
        need=factor(p.pressure_need * relative(n.weapons, 1.0, ops), ops),  # sanctions answer weapons
        weapons=factor(p.income_weapons * relative(_income(n, o, p), p.take_ref, ops), ops),
        control=factor(SIGN_ONLY * relative(n.hiding, p.hiding_ref, ops), ops),
        vetting=factor(loops.B5 * p.takers_vetting * relative(n.waiting, p.waiting_ref, ops), ops),
        vacancies=_vacancies(n, o, p, loops, ops),
        strength=_strength(n, o, p, loops, ops),
        listed=_listed(n, o, p, loops, ops),
        learning=_learning(n, o, p, loops, ops),
    )


def _knowledge(n: Number, p: Number, ops: Number) -> Number:
    return relative(n.knowledge, p.knowledge_ref, ops)


def _quota(n: Number, p: Number, loops: Number, ops: Number) -> Number:
    """The quota rises with the need for money (R2); eased vetting fills it (B5).

    Whatever draws or holds back departures moves it as well: else those selected would only wait longer.
    """
    return loops.R2 * p.need_quota * relative(n.need, 1.0, ops) - p.vetting_select * relative(n.vetting, 1.0, ops)


def _withdraw(n: Number, p: Number, loops: Number, ops: Number) -> Number:
    """What is known of conditions (B3), and misery under control (R6)."""
    misery = loops.R6 * SIGN_ONLY * _misery(n, ops)
    return factor(p.knowledge_withdraw * _knowledge(n, p, ops) + misery, ops)


def _misery(n: Number, ops: Number) -> Number:
    return SIGN_ONLY * relative(n.control, 1.0, ops)


def _pull(n: Number, p: Number, ops: Number) -> Number:
    return p.pull * relative(n.vacancies, p.vacancies_ref, ops)


def _held_back(n: Number, p: Number) -> Number:
    return p.strength_departures * (n.strength - p.strength_ref)


def _leave(n: Number, p: Number, loops: Number, ops: Number) -> Number:
    """More abroad, shorter terms (B6); more debt a head, longer stays (R7)."""
    abroad = relative(n.abroad, p.abroad_ref, ops)
    burden = relative(n.debt, p.debt_ref, ops) - abroad
    return factor(loops.B6 * p.exposure_terms * abroad - loops.R7 * p.debt_stay * burden, ops)


def _flight(n: Number, p: Number, loops: Number, ops: Number) -> Number:
    """Inside the model only: control (B2), misery (R5), looser vetting (R6), pay held back (R8)."""
    control = loops.B2 * SIGN_ONLY * relative(n.control, 1.0, ops)
    misery = loops.R5 * SIGN_ONLY * _misery(n, ops)
    loyal = loops.R6 * SIGN_ONLY * relative(n.vetting, 1.0, ops)
    each = relative(n.booked, p.booked_ref, ops) - relative(n.abroad, p.abroad_ref, ops)
    return factor(misery - control - loyal - loops.R8 * SIGN_ONLY * each, ops)


def _shipments(n: Number, p: Number, ops: Number) -> Number:
    return factor(-p.strength_shipments * (n.strength - p.strength_ref), ops)


def _reach(p: Number) -> Number:
    """The part of production that sanctions on firms and buyers can touch: sold abroad, where they bind, not leaked."""
    return p.export_share * p.complying_share * (1 - p.leak_share)


def _shut(n: Number, o: Number) -> Number:
    """Of that part, what is shut by listing or by buyers who check."""
    return 1 - (1 - n.listed) * (1 - o.buyers_checks)


def _markets(n: Number, o: Number, p: Number) -> Number:
    """Sales that remain, against those at the reference."""
    return (1 - _reach(p) * _shut(n, o)) / (1 - _reach(p) * p.listed_ref)


def _dropped(n: Number, o: Number, p: Number, ops: Number) -> Number:
    """Let go where buyers are lost, but for those whom firms that sell at home take over."""
    lost = ops.maximum(0.0, _shut(n, o) - p.listed_ref)
    return p.drop_speed * _reach(p) * lost * (1 - p.rehired)


def _repaid(n: Number, o: Number, p: Number, ops: Number) -> Number:
    """Pay out over debt, at most one; whoever was paid at once can repay."""
    covered = p.paid_share * n.booked / (n.debt + 0.01 * p.debt_ref)
    return ops.minimum(1.0, covered + o.direct_pay)


def _income(n: Number, o: Number, p: Number) -> Number:
    """What the State takes in the month, in money or in goods."""
    return (n.take_firm + n.take_local * (1 - o.devaluation)) * (1 - o.direct_pay * p.direct_cut)


def _vacancies(n: Number, o: Number, p: Number, loops: Number, ops: Number) -> Number:
    """Demand from the war, less the jobs that workers fill beyond those at the start (B1)."""
    filled = loops.B1 * p.fills * (n.workers - p.workers_ref) / p.vacancies_ref
    demand = p.war_vacancies * relative(n.war, 1.0, ops)
    return p.vacancies_ref * (1 - o.demand_fall) * factor(demand - filled, ops)


def _cover(n: Number, p: Number, loops: Number, ops: Number) -> Number:
    """Labour and arms buy cover (R3)."""
    bargain = relative(n.workers, p.workers_ref, ops) + relative(_shipments(n, p, ops), 1.0, ops)
    return loops.R3 * p.bargain_cover * bargain


def _strength(n: Number, o: Number, p: Number, loops: Number, ops: Number) -> Number:
    """Cover for arms and labour (R3) and breach at no cost (R4) weaken sanctions; levers move what is left."""
    cover = _cover(n, p, loops, ops)
    breach = loops.R4 * p.breach_strength * relative(n.overdue, p.overdue_ref, ops)
    by_itself = odds_times(p.strength_ref, factor(-cover - breach, ops))
    gaps = (1 - by_itself) * (1 - o.council * p.council_strength) * (1 - o.publicity * p.publicity_strength)
    return (1 - gaps) * (1 - o.lightening * p.lightening_strength)


def _listed(n: Number, o: Number, p: Number, loops: Number, ops: Number) -> Number:
    """More workers, more firms found out (B7); the lever lists the rest by its strength."""
    more = factor(loops.B7 * p.workers_listed * relative(n.workers, p.workers_ref, ops), ops)
    return 1 - (1 - odds_times(p.listed_ref, more)) * (1 - o.listing)


def _learning(n: Number, o: Number, p: Number, loops: Number, ops: Number) -> Number:
    """Who returned tells (B3), less where talk is punished the more there is of it (B4); news and publicity add."""
    heard = loops.B3 * p.returned_talk * relative(n.returned, p.returned_ref, ops)
    hushed = loops.B4 * p.talk_punished * _knowledge(n, p, ops)
    return p.tell * factor(heard - hushed, ops) + o.news * p.news_rate + o.publicity * p.publicity_rate
