"""Money: a month's pay and where it goes, what is booked and what is paid out, the debt for the place.

    gross = state (in cash and in kind) + agents and costs + pocket money + paid at once + booked

The parts are odds against the booked part, so that the identity closes by construction whatever they are. Leavers
take their part of the booked pay before the month's own is booked; each person present at its end is booked a whole
month. What is booked and not paid is kept and goes nowhere else. Debt is what families owe to lenders: it stands
beside the money.
"""

from __future__ import annotations

from tallystick.stocks.labour.shape import Elements, Shape
from tallystick.stocks.text import Account, Carriage, Function, Number, Posting


def gross(o: Number, g: Number) -> Number:
    """USD of a worker-month; the part earned in a currency that may fall loses what it loses."""
    return g.gross * (1 - g.local * o.devaluation)


def booked_share(g: Number) -> Number:
    """Share of gross pay that is booked while nothing is paid at once."""
    return 1 / (1 + g.state + g.agents + g.pocket)


def _state(o: Number, p: Number, g: Number) -> Number:
    """The State's share; direct pay cuts it as far as the State lets it. The cut is assumed."""
    return gross(o, g) * booked_share(g) * g.state * (1 - o.direct_pay * p.direct_cut)


def state_cash(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """State income in money. Form assumed."""
    return _state(o, p, g) * (1 - o.in_kind)


def state_kind(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """State income in goods, at the value that they are taken for. Form assumed."""
    return _state(o, p, g) * o.in_kind


def agents(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Agents, lodging and food. Assumed: no report gives it, and it is not zero."""
    return gross(o, g) * booked_share(g) * g.agents


def pocket(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Cash in hand abroad. Form assumed."""
    return gross(o, g) * booked_share(g) * g.pocket


def at_once(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """What direct pay puts in the worker's hand: the booked part, and what it keeps from the State. Assumed."""
    return gross(o, g) * booked_share(g) * o.direct_pay * (1 + g.state * p.direct_cut)


def booked(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Entered in a book and promised for the return: what the other parts leave. Form assumed."""
    return gross(o, g) * booked_share(g) * (1 - o.direct_pay)


def place(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """What the place cost, paid to officials before departure. Form assumed."""
    return p.place_price


def debt(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """The part of it that was borrowed. Share assumed."""
    return p.place_price * p.borrowed


def paid(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Share of booked pay that is paid at return. Form assumed."""
    return p.paid_share


def paid_after_harm(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """The same to the family of whom work broke. Assumed to be less."""
    return p.paid_share * p.paid_after_harm


def repaid(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Debt goes first: as far as pay out covers it, on average over all who leave. Assumed."""
    return s.repaid


HELD = "abroad"


def accounts_of(elements: Elements) -> list[Account]:
    """Where money is. M1 and M2 are held by those abroad; employers and lenders are where it comes from."""

    def account(id: str, symbol: str, held_by: str = "", is_boundary: bool = False) -> Account:
        return Account(id=id, symbol=symbol, doc=elements[id].says, held_by=held_by, is_boundary=is_boundary)

    return [
        account("employers", "employers", is_boundary=True),
        account("state", "M3"),
        account("goods", "M3"),
        account("agents", "agents"),
        account("pocket", "pocket"),
        account("at_once", "at_once"),
        account("booked", "M1", HELD),
        account("paid", "M1"),
        account("unpaid", "M1"),
        account("applicants_money", "place", is_boundary=True),
        account("officials", "place"),
        account("owed_to_lenders", "M2", is_boundary=True),
        account("debt", "M2", HELD),
        account("repaid", "M2"),
        account("still_owed", "M2"),
    ]


def postings_of(shape: Shape, elements: Elements) -> list[Posting]:
    """Amounts per mover (the place) and per person present (pay)."""

    def posting(id: str, symbol: str, source: str, target: str, per: str, amount: Function) -> Posting:
        return Posting(
            id=id, symbol=symbol, source=source, target=target, per=per, amount=amount,
            evidence=elements[symbol].evidence,
        )  # fmt: skip

    leaving = ["depart", "depart_elsewhere"] if shape.elsewhere else ["depart"]
    return [
        *(posting(f"place_{per}", "place", "applicants_money", "officials", per, place) for per in leaving),
        *(posting(f"debt_{per}", "M2", "owed_to_lenders", "debt", per, debt) for per in leaving),
        posting("pay_state", "F16", "employers", "state", HELD, state_cash),
        posting("pay_goods", "F16", "employers", "goods", HELD, state_kind),
        posting("pay_agents", "agents", "employers", "agents", HELD, agents),
        posting("pay_pocket", "pocket", "employers", "pocket", HELD, pocket),
        posting("pay_at_once", "at_once", "employers", "at_once", HELD, at_once),
        posting("pay_booked", "F15", "employers", "booked", HELD, booked),
    ]


HOME = ("end_of_term", "ordered_return")
HARM = ("die", "disable")
STAY = ("strand", "relabel", "redeploy")  # they change stratum, and what is booked or owed goes with them


def carriages_of(flows: list[str], elements: Elements) -> list[Carriage]:
    """What each leaver takes of booked pay and of debt; `flows` are the ids that the text has."""
    stay = [flow for flow in STAY if flow in flows]
    return [
        *(_carry("booked", "F17", flow, "paid", elements, paid, "unpaid") for flow in HOME),
        *(_carry("booked", "F17", flow, "paid", elements, paid_after_harm, "unpaid") for flow in HARM),
        _carry("booked", "F17", "flee", "unpaid", elements),
        *(_carry("booked", "F17", flow, "booked", elements) for flow in stay),
        *(_carry("debt", "M2", flow, "repaid", elements, repaid, "still_owed") for flow in HOME),
        *(_carry("debt", "M2", flow, "still_owed", elements) for flow in (*HARM, "flee")),
        *(_carry("debt", "M2", flow, "debt", elements) for flow in stay),
    ]


def _carry(
    account: str, symbol: str, flow: str, target: str, elements: Elements, share: Function | None = None, rest: str = ""
) -> Carriage:
    return Carriage(
        id=f"{account}_with_{flow}", symbol=symbol, account=account, flow=flow, target=target, share=share, rest=rest,
        evidence=elements[symbol].evidence,
    )  # fmt: skip
