"""The whole model as one `Text`, for any programme's hosts, visa classes and regions."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.stocks.labour import fields
from tallystick.stocks.labour.flows import flows_of
from tallystick.stocks.labour.ledger import accounts_of, carriages_of, postings_of
from tallystick.stocks.labour.levels import levels_of
from tallystick.stocks.labour.loops import loops_of
from tallystick.stocks.labour.shape import Elements, Shape
from tallystick.stocks.labour.signals import signals
from tallystick.stocks.labour.stocks import stocks_of
from tallystick.stocks.text import Reading, Text
from tallystick.vocab.errors import ModelError

READINGS: Mapping[str, Reading] = {
    "workers": Reading("abroad", "in_focus"),
    "abroad": Reading("abroad"),
    "overdue": Reading("abroad", "overdue"),
    "waiting": Reading("selected"),
    "hiding": Reading("hiding"),
    "returned": Reading("returned"),
    "booked": Reading("booked"),
    "debt": Reading("debt"),
    "take_firm": Reading("abroad", "take_firm"),
    "take_local": Reading("abroad", "take_local"),
    "vacancies": Reading("vacancies"),
    "knowledge": Reading("knowledge"),
    "strength": Reading("strength"),
    "need": Reading("need"),
    "weapons": Reading("weapons"),
    "war": Reading("war"),
    "control": Reading("control"),
    "vetting": Reading("vetting"),
    "listed": Reading("listed"),
}
# Every id that `build` looks up: those of the map, and those of what a model needs beside it.
ELEMENTS = (
    "K1", "K2", "K3", "K6", "K7", "K8", "K9", "public", "builders",
    "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12", "F13", "F14", "F15", "F16", "F17",
    "relabel", "employers", "state", "goods", "agents", "pocket", "at_once", "booked", "paid", "unpaid", "M2",
    "applicants_money", "officials", "place", "owed_to_lenders", "debt", "repaid", "still_owed",
    "M1", "M3", "F18", "F19", "V1", "V2", "V3", "V4", "need", "weapons", "war", "control", "vetting", "listed",
    "exchange",
    *fields.Loops._fields,
)  # fmt: skip


def build(shape: Shape, elements: Elements) -> Text:
    """The model for a programme: its shape, and what its evidence says of each element. ModelError where one lacks."""
    missing = [id for id in ELEMENTS if id not in elements]
    if missing:
        raise ModelError(
            f"nothing is said of {', '.join(missing)}", equation="labour",
            hint="write an [[element]] for each in system.toml, with status assumed where no report speaks of it",
        )  # fmt: skip
    flows = flows_of(shape, elements)
    return Text(
        id="labour",
        stocks=stocks_of(shape, elements),
        flows=flows,
        accounts=accounts_of(elements),
        postings=postings_of(shape, elements),
        carriages=carriages_of([flow.id for flow in flows], elements),
        levels=levels_of(elements),
        loop_list=loops_of(elements),
        now=fields.Now,
        outside=fields.Outside,
        parameters=fields.Parameters,
        group=fields.Group,
        moved=fields.Moved,
        loops=fields.Loops,
        signal=fields.Signals,
        signals=signals,
        readings=READINGS,
        spare=("relabel", "select_elsewhere", "depart_elsewhere"),
        extra_units={"transfer": "", "act": ""},
    )
