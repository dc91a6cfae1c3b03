"""What is said to pass in exchange for something else: no figure of a time before that exchange."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallystick.assess.exchange import exchange
from tallystick.assess.facts import Record, record
from tallystick.assess.obligations import readings
from tallystick.reconcile.account import Account
from tallystick.vocab.programme import Programme


@pytest.fixture(scope="module")
def on(dprk: Programme, account: Account) -> Record:
    return record(dprk, readings(dprk), account)


def figures_of_labour(on: Record) -> set[str]:
    (labour,) = (each for each in exchange(on) if each.kind == "labour")
    return {amount.claim for amount in labour.amounts}


def test_workers_sent_before_the_bargain_are_no_part_of_it(on: Record) -> None:
    found = figures_of_labour(on)
    assert {"msmt_8000", "nis_apr25_stock"} <= found
    assert not {"prim15_flow", "wsj18_new10k"} & found
    table = dict(on.readings.table)
    rows = [{key: value for key, value in row.items() if key != "since"} for row in table["exchange"]]
    ever = replace(on, readings=replace(on.readings, table=table | {"exchange": rows}))
    assert figures_of_labour(ever) - found == {"prim15_flow", "wsj18_new10k"}
