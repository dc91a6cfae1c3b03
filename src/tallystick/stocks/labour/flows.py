"""Who moves where, and how fast. Rates are per person and month; a weight from the run multiplies those marked so.

With no lever pulled and every signal 1, the rates of those abroad are those that `calibrate` fitted. A closed border
lets nobody leave or arrive; whose term ends then is stranded. Flight, relabelling and harm go on.
"""

from __future__ import annotations

from tallystick.stocks.labour.shape import Elements, Shape
from tallystick.stocks.text import Flow, Function, Number, Route


def apply(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Fall in what is hoped for, or in trust, lowers it; the plan is in the weight. Form assumed."""
    return p.pace * s.apply


def select(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """The quota for the focus host, its plan in the weight; eased vetting raises it. Form assumed."""
    return p.pace * s.select


def select_elsewhere(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """The same for the other hosts, by destination in the weight. Form assumed."""
    return p.pace * s.select_elsewhere


def withdraw(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Giving up a place; refused by a host and not sent elsewhere counts as well. Form assumed."""
    refused = o.refusal * g.refuses * p.redirect_speed * (1 - p.redirect_share)
    return p.withdraw * s.withdraw + refused


def redirect(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Those whom a host refuses are sent to the focus host. Speed and share assumed."""
    return o.refusal * g.refuses * p.redirect_speed * p.redirect_share


def _admitted(o: Number, g: Number) -> Number:
    """The share of those who would come that a host lets in."""
    return (1 - o.refusal * g.refuses) * (1 - o.compliance * g.bound)


def depart(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Planned arrivals in the weight; vacancies pull, sanctions and lost buyers hold back. Form assumed."""
    return s.depart * _admitted(o, g) * o.open / p.wait


def depart_elsewhere(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """The same to the other hosts, as far as they admit. Form assumed."""
    return s.depart_elsewhere * _admitted(o, g) * o.open / p.wait


def term(s: Number, o: Number, g: Number) -> Number:
    """1/month at which terms end, whether or not the border is open; the mean term may change when it reopens."""
    return (g.leave_before * o.before + g.leave_after * (1 - o.before)) * s.leave


def end_of_term(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Home at the end of the term, or when a firm that lost its buyers lets go. Form assumed."""
    return (term(s, o, g) + s.dropped * g.exposed) * o.open


def ordered_return(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Return by order around the deadline, under demanded compliance, in the focus host under stronger sanctions.

    Form assumed.
    """
    demanded = g.bound * p.comply_speed * o.compliance + g.in_focus * s.orders
    return (g.ordered * o.ordered + g.last_call * o.last_call + demanded) * o.open


def strand(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """A term that ends at a closed border. Form assumed."""
    return term(s, o, g) * (1 - o.open) * g.strandable


def relabel(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """From a visa that authorises work to one that does not, in the months of ordered returns. Form assumed."""
    return g.relabel * o.ordered


def redeploy(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """To a region that is rebuilt; the plan is in the weight. Assumed."""
    return p.pace


def flee(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Flight; what moves it stays inside the model and is never shown. Form assumed."""
    return p.flee * s.flight


def rescue(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Out of hiding into safety, as far as help goes; shown as yearly national totals only. Form assumed."""
    return p.rescue * s.rescue


def recapture(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Out of hiding, sent home. Assumed; never shown."""
    return p.recapture


def die(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Deaths at work and from illness; more hours, more of them. Form assumed."""
    return p.harm * s.harm


def disable(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Unfit for work through injury: a multiple of deaths. Assumed; no report counts injuries."""
    return p.harm * p.unfit_ratio * s.harm


def send_builders(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Military builders by region; the plan is in the weight. Form assumed."""
    return p.pace * o.open


def return_builders(s: Number, o: Number, p: Number, g: Number, ops: Number) -> Number:
    """Military builders go home at the end of their term. Length assumed."""
    return o.open / p.builders_term


def _flow(id: str, symbol: str, source: str, target: str, rate: Function, *routes: Route) -> Flow:
    return Flow(id=id, symbol=symbol, source=source, target=target, rate=rate, routes=routes)


def flows_of(shape: Shape, elements: Elements) -> list[Flow]:
    """All flows, in the order in which a month's leavers are drawn."""
    written = [*_at_home(shape), *_abroad(shape), *_hidden(), *_builders(shape)]
    return [_with_evidence(flow, elements) for flow in written]


WEIGHTED = (
    "apply", "select", "select_elsewhere", "depart", "depart_elsewhere", "relabel", "redeploy", "send_builders"
)  # fmt: skip
INTERNAL = ("flee", "recapture")


def _with_evidence(flow: Flow, elements: Elements) -> Flow:
    return Flow(
        id=flow.id, symbol=flow.symbol, source=flow.source, target=flow.target, rate=flow.rate, routes=flow.routes,
        evidence=elements[flow.symbol].evidence, is_weighted=flow.id in WEIGHTED, is_internal=flow.id in INTERNAL,
    )  # fmt: skip


def _at_home(shape: Shape) -> list[Flow]:
    to_focus = [Route(host, shape.focus) for host in shape.elsewhere]
    leave = [shape.early(visa) for visa in shape.visas]
    leave += [shape.later(visa, region) for visa in shape.visas for region in shape.regions]
    departures = [Route(shape.focus, stratum) for stratum in leave]
    others = [Route(host, host) for host in shape.elsewhere]
    flows = [
        _flow("apply", "F1", "public", "applicants", apply),
        _flow("select", "F2", "applicants", "selected", select, Route("", shape.focus)),
        _flow("withdraw", "F3", "selected", "applicants", withdraw),
        _flow("depart", "F5", "selected", "abroad", depart, *departures),
    ]
    if shape.elsewhere:
        chosen = [Route("", host) for host in shape.elsewhere]
        flows += [
            _flow("select_elsewhere", "F2", "applicants", "selected", select_elsewhere, *chosen),
            _flow("redirect", "F4", "selected", "selected", redirect, *to_focus),
            _flow("depart_elsewhere", "F6", "selected", "abroad", depart_elsewhere, *others),
        ]
    return flows


def _abroad(shape: Shape) -> list[Flow]:
    stranding = [Route(shape.early(visa), shape.stranded(visa)) for visa in shape.visas]
    away = [Route(shape.early(a), shape.early(b)) for a in shape.authorised for b in shape.unauthorised]
    moves = [Route(shape.later(visa), shape.later(visa, to)) for visa in shape.visas for to in shape.rebuilding]
    dead = [Route(stratum, "dead") for stratum in shape.abroad]
    unfit = [Route(stratum, "unfit") for stratum in shape.abroad]
    flows = [
        _flow("end_of_term", "F7", "abroad", "returned", end_of_term),
        _flow("ordered_return", "F8", "abroad", "returned", ordered_return),
        _flow("strand", "F9", "abroad", "abroad", strand, *stranding),
        _flow("flee", "F11", "abroad", "hiding", flee),
        _flow("die", "F14", "abroad", "lost", die, *dead),
        _flow("disable", "F14", "abroad", "lost", disable, *unfit),
    ]
    if away:
        flows.insert(3, _flow("relabel", "relabel", "abroad", "abroad", relabel, *away))
    if moves:
        flows.insert(3, _flow("redeploy", "F10", "abroad", "abroad", redeploy, *moves))
    return flows


def _hidden() -> list[Flow]:
    return [
        _flow("rescued", "F12", "hiding", "safe", rescue),
        _flow("recapture", "F13", "hiding", "returned", recapture),
    ]


def _builders(shape: Shape) -> list[Flow]:
    sites = [Route("", site) for site in shape.sites]
    return [
        _flow("send_builders", "builders", "builders_home", "builders", send_builders, *sites),
        _flow("return_builders", "builders", "builders", "builders_home", return_builders),
    ]
