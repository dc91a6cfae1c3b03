"""What is neither persons nor money: vacancies, munitions, knowledge at home, sanctions, and the indices between.

Indices move a fixed part of the way to what the signals of the month say, and so stay between their start and that;
goods are sums of what was delivered, in their own units.
"""

from __future__ import annotations

from tallystick.stocks.labour.shape import Elements
from tallystick.stocks.text import Function, Level, Number


def vacancies(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """F19. Unfilled jobs follow demand, less the jobs that workers fill beyond those at the start. Lag assumed."""
    return (s.vacancies - n.vacancies) / p.vacancies_lag


def munitions(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Rounds sent; weaker sanctions let more through. Form assumed."""
    return o.munitions * s.shipments


def technology(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Transfers of technology received, counted and not priced. Form assumed."""
    return o.technology


def cover(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Acts of cover received, counted and not priced; more for more labour and arms (R3). Form assumed."""
    return o.cover * s.cover


def knowledge(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """F18. Learning from who returned and from news, against forgetting; at rest at the reference. Form assumed."""
    forgetting = p.tell * (1 - p.knowledge_ref) / p.knowledge_ref
    return s.learning * (1 - n.knowledge) - forgetting * n.knowledge


def strength(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Strength of sanctions. Scale and lag assumed."""
    return (s.strength - n.strength) / p.strength_lag


def need(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Need for foreign money. Assumed."""
    return (s.need - n.need) / p.need_lag


def weapons(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Weapons that the income is said to pay for: asserted, never measured. Form assumed."""
    return (s.weapons - n.weapons) / p.weapons_lag


def war(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Demand from the war, as firms' taxes carry it. Lag assumed."""
    return (s.war - n.war) / p.war_lag


def control(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Control of those abroad. Assumed, inside the model, never shown."""
    return (s.control - n.control) / p.control_lag


def vetting(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Strictness of selection. Form assumed."""
    return (s.vetting - n.vetting) / p.vetting_lag


def listed(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Share of the firms that use workers which are listed, or whose buyers are. Form assumed."""
    return (s.listed - n.listed) / p.listed_lag


def food(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Food received: as payment, at a stated price, and beside it. Form assumed."""
    return s.kind * p.kind_food / p.price_food + o.food


def fuel(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Fuel received: as payment, at a stated price, and beside it. Form assumed."""
    return s.kind * (1 - p.kind_food) * p.kind_fuel / p.price_fuel + o.fuel


def machinery(n: Number, s: Number, o: Number, p: Number, m: Number, ops: Number) -> Number:
    """Machinery received as payment, at the value that it is taken for. Form assumed."""
    return s.kind * (1 - p.kind_food) * (1 - p.kind_fuel)


def levels_of(elements: Elements) -> list[Level]:
    """All levels. Each is named by its element: V1 to V4 of the map, the others by their own id."""

    def level(id: str, symbol: str, unit: str, change: Function, high: float, internal: bool = False) -> Level:
        found = elements[symbol]
        return Level(
            id=id, symbol=symbol, unit=unit, doc=found.says, change=change, high=high, evidence=found.evidence,
            is_internal=internal,
        )  # fmt: skip

    endless = float("inf")
    return [
        level("vacancies", "V1", "job", vacancies, endless),
        level("munitions", "V2", "round", munitions, endless),
        level("knowledge", "V3", "1", knowledge, 1),
        level("strength", "V4", "1", strength, 1),
        level("need", "need", "1", need, endless),
        level("weapons", "weapons", "1", weapons, endless),
        level("war", "war", "1", war, endless),
        level("control", "control", "1", control, endless, internal=True),
        level("vetting", "vetting", "1", vetting, endless),
        level("listed", "listed", "1", listed, 1),
        level("technology", "exchange", "transfer", technology, endless),
        level("cover", "exchange", "act", cover, endless),
        level("food", "exchange", "tonne", food, endless),
        level("fuel", "exchange", "barrel", fuel, endless),
        level("machinery", "exchange", "USD", machinery, endless),
    ]
