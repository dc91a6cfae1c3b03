"""Promise: the passage of what lies in clear holds nothing of what is kept back beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallystick.claims.proposal import Proposal, StatementProposal
from tallystick.claims.statements.apart import SHARES, set_apart

TEXT = "Loggers came to the mill. The watchman keeps a goat. They earn 90 dollars, and the cook 70. The huts are cold."
FEW = "it counts few"


def claim(quote: str, passage: str = "", restricted: str = "") -> Proposal:
    at, around = TEXT.index(quote), TEXT.index(passage or quote)
    return Proposal(
        measure="gross_wage", low=None, point=90, high=None, unit="usd/month", host="RU", quote=quote, quote_start=at,
        quote_end=at + len(quote), passage_start=around, passage_end=around + len(passage or quote),
        restricted=restricted,
    )  # fmt: skip


def told(quote: str, restricted: str = "") -> StatementProposal:
    at = TEXT.index(quote)
    return StatementProposal(
        indicators=(), limbs=(), phases=(), topics=("housing",), bearing="neutral", quote=quote, quote_start=at,
        quote_end=at + len(quote), passage_start=at, passage_end=len(TEXT), restricted=restricted,
    )  # fmt: skip


def passage(one: Proposal | StatementProposal) -> str:
    return TEXT[one.passage_start : one.passage_end]


def test_a_passage_ends_where_something_begins_that_is_kept_back() -> None:
    (_, shown), _ = set_apart(TEXT, [claim("a goat", restricted=FEW), claim("90 dollars", TEXT)], [])
    assert passage(shown) == "They earn 90 dollars, and the cook 70. The huts are cold."


def test_the_passage_of_what_is_kept_back_is_cut_out_too_but_never_ones_own_sentence() -> None:
    back = claim("a goat", "The watchman keeps a goat. They earn 90 dollars, and the cook 70.", FEW)
    (_, shown, first), _ = set_apart(TEXT, [back, claim("90 dollars", TEXT), claim("the mill", TEXT)], [])
    assert passage(shown) == "They earn 90 dollars, and the cook 70. The huts are cold."
    assert passage(first) == "Loggers came to the mill."


def test_beside_something_kept_back_in_ones_own_sentence_the_quote_alone_is_left() -> None:
    (_, shown), _ = set_apart(TEXT, [claim("the cook 70", restricted=FEW), claim("90 dollars", TEXT)], [])
    assert passage(shown) == "90 dollars"


def test_a_statement_is_set_apart_as_a_claim_is() -> None:
    (shown,), (back,) = set_apart(TEXT, [claim("90 dollars", TEXT)], [told("The huts", FEW)])
    assert passage(shown) == TEXT.removesuffix(" The huts are cold.")
    _, (cut,) = set_apart(TEXT, [claim("The huts", restricted=FEW)], [told("the mill")])
    assert passage(cut) == TEXT[TEXT.index("the mill") : TEXT.index(" The huts")]
    assert back.restricted == FEW


def test_what_shares_words_with_something_kept_back_is_kept_back_too_and_so_on() -> None:
    claims = [claim("keeps a goat. They", restricted=FEW), claim("They earn 90"), claim("90 dollars"), claim("mill")]
    found, _ = set_apart(TEXT, claims, [])
    assert [one.restricted for one in found] == [FEW, SHARES, SHARES, ""]


@pytest.mark.parametrize("restricted", ["", FEW])
def test_where_all_or_nothing_is_kept_back_nothing_is_cut(restricted: str) -> None:
    claims = [replace(claim(quote, TEXT), restricted=restricted) for quote in ("a goat", "90 dollars")]
    assert set_apart(TEXT, claims, []) == (tuple(claims), ())
