"""A text is checked before it runs; a fault names the equation, and the unit where one is at fault."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Annotated, Any, NamedTuple

import pytest

from tallystick.stocks.check import checked
from tallystick.stocks.text import Account, Carriage, Flow, Loop, Number, Of, Route, Stock, Text
from tallystick.vocab.errors import ModelError
from tests.stocks import small
from tests.stocks.small import TEXT, altered


def test_a_sound_text_passes() -> None:
    assert checked(TEXT).strata == ("pool", "abroad/near", "abroad/far", "home", "dead")


def in_months(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return p.wait * o.open


def mixed(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return (p.wait + p.wage) * 0.001


def exponent_of_a_wage(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return ops.exp(-p.wage) * g.leave


def larger_of_two_kinds(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return ops.maximum(p.wage, p.wait) * 0.0


def below_zero(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return g.leave - 0.1 * g.harm


def far_too_fast(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return 1000.0 * g.leave


def not_a_number(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return ops.log(o.open - 1.0) * g.leave


def with_a_branch(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return g.leave if o.open > 0 else g.harm


def twice(x: Number) -> Number:
    """A helper with a loop in it."""
    for _ in range(2):
        x = x + x
    return x


def with_a_looping_helper(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return twice(g.leave)


def with_a_library(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return math.exp(-1.0) * g.leave


def without_grounds(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """It is so."""
    return g.leave


def without_words(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    return g.leave


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (in_months, "end: is in month, not in 1 / month"),
        (mixed, "end: mixes month with USD"),
        (exponent_of_a_wage, "with a bare number, which exp takes"),
        (larger_of_two_kinds, "end: mixes "),
        (below_zero, "end: gives -"),
        (far_too_fast, "end: gives "),
        (not_a_number, "end: gives nan"),
        (with_a_branch, "end: is not branch-free"),
        (with_a_looping_helper, "end: is not branch-free"),
        (with_a_library, "calls math.exp, which is no function of ops"),
        (without_grounds, "end: neither cites evidence nor says that it is assumed"),
        (without_words, "end: has no docstring"),
    ],
)
def test_a_rate_at_fault_is_named(rate: Any, words: str) -> None:
    flows = [replace(flow, rate=rate) if flow.id == "end" else flow for flow in small.FLOWS]
    with pytest.raises(ModelError, match=re.escape(words)):
        checked(altered(flows=flows))


def test_evidence_stands_for_the_word_assumed() -> None:
    flows = [replace(f, rate=without_grounds, evidence=("a",)) if f.id == "end" else f for f in small.FLOWS]
    assert checked(altered(flows=flows))


class Wrong(NamedTuple):
    arrived: Annotated[Number, Of("person", 0, 1e9)]
    left: Annotated[Number, Of("person/month", 0, 1e9)]


class Odd(NamedTuple):
    open: Annotated[Number, Of("parsec", 0, 1)]


class Bare(NamedTuple):
    open: Number


class Unread(NamedTuple):
    open: Annotated[Number, Of("1", 0, 1)]
    closed: Annotated[Number, Of("1", 0, 1)]


def share_above_one(s: Any, o: Any, p: Any, g: Any, ops: Any) -> Number:
    """Assumed."""
    return 1.5 * p.paid


STRAY = Carriage(id="x", symbol="", account="state", flow="end", target="paid")
IDLE = Account(id="idle", symbol="M", doc="assumed")
LOST = Stock(id="lost", symbol="K0", doc="assumed")
AGAIN = Flow(id="again", symbol="F0", source="home", target="pool", rate=small.die)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (altered(moved=Wrong), "Wrong.arrived: is in person / month, not in person"),
        (altered(outside=Odd), "Odd.open: has the unit 'parsec'"),
        (altered(outside=Bare), "Bare.open: has no unit"),
        (altered(outside=Unread), "Unread.closed: no equation reads it"),
        (altered(readings={"near": small.TEXT.readings["near"]}), "owed"),
        (altered(stocks=(*small.STOCKS, LOST)), "lost: no flow enters or leaves it"),
        (altered(stocks=(*small.STOCKS, small.STOCKS[0])), "pool: is written twice"),
        (altered(stocks=[replace(s, is_boundary=False) for s in small.STOCKS]), "pool: nobody enters it"),
        (altered(stocks=[replace(s, is_end=False) for s in small.STOCKS]), "home: nobody leaves it"),
        (altered(flows=(*small.FLOWS, AGAIN)), "home: is marked is_end, but a flow leaves it"),
        (altered(flows=(*small.FLOWS, replace(AGAIN, source="nowhere"))), "again: names the stock 'nowhere'"),
        (altered(flows=[*small.FLOWS[:3], replace(small.FLOWS[3], routes=(Route("near", "near"),))]), "ends where it"),
        (altered(flows=[*small.FLOWS[:3], replace(small.FLOWS[3], routes=(Route("near", "x"),))]), "no stratum 'x'"),
        (altered(carriages=small.CARRIAGES[:2]), "move: leavers by move would leave their part of owed behind"),
        (
            altered(carriages=(*small.CARRIAGES[1:], replace(small.CARRIAGES[0], share=share_above_one))),
            "pay_out: gives 1.",
        ),
        (altered(carriages=(*small.CARRIAGES, STRAY)), "x: carries state"),
        (altered(accounts=(*small.ACCOUNTS, IDLE)), "idle: no posting uses it"),
        (
            altered(postings=(*small.POSTINGS, replace(small.POSTINGS[1], id="loop", target="firms"))),
            "loop: pays an account to itself",
        ),
        (
            altered(postings=(*small.POSTINGS, replace(small.POSTINGS[1], id="p", target="none"))),
            "p: names the account 'none'",
        ),
        (altered(loop_list=()), "crowding: is a loop without a switch"),
        (
            altered(loop_list=(Loop(id="crowding", name="x", sign="+", path=(("a", "+"), ("b", "-")), doc="assumed"),)),
            "crowding: its arrows multiply to the other sign than +",
        ),
    ],
)  # fmt: skip
def test_a_text_at_fault_is_named(text: Text, words: str) -> None:
    with pytest.raises(ModelError, match=re.escape(words)):
        checked(text)
