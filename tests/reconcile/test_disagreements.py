"""Figures that differ are explained before anything is pooled."""

from __future__ import annotations

from collections import Counter

import pytest

from tallystick.reconcile.account import Account, Disagreement, reconcile
from tallystick.reconcile.disagreements import KINDS
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim
from tests.reconcile.small import claim, copy_of, programme

PEOPLE = {"reconcile": {"taken_for_workers": {"measures": ["present", "permits", "crossings"]}}}


def found(kind: str, *claims: Claim, **fields: object) -> list[Disagreement]:
    return [each for each in reconcile(programme(*claims, **fields)).disagreements if each.kind == kind]


def test_the_seventeen_that_people_know_are_told(account: Account) -> None:
    told = [each for each in account.disagreements if each.kind == "told"]
    assert len(told) == 17
    assert all(len(each.why.split()) > 20 and each.title and len(each.claims) > 1 for each in told)


def test_every_kind_occurs_and_every_claim_exists(shipped: Programme, account: Account) -> None:
    kinds = Counter(each.kind for each in account.disagreements)
    assert set(kinds) == set(KINDS)
    names = {each.id for each in shipped.claims}
    assert {name for each in account.disagreements for name in each.claims} <= names
    assert len({each.id for each in account.disagreements}) == len(account.disagreements)


def test_every_garbled_claim_is_laid_beside_what_it_breaks(account: Account) -> None:
    garbled = {each.claim for each in account.dispositions if each.disposition == "garbled"}
    shown = {each.claims[1] for each in account.disagreements if each.kind in ("garbling", "forecast")}
    assert shown == garbled


def test_a_plan_printed_as_a_stock_is_called_so() -> None:
    plan = claim("plan", measure="planned", low=50000.0)
    stock = copy_of(plan, "stock", "garbles", measure="present", high=50000.0)
    (only,) = found("forecast", plan, stock)
    assert only.claims == ("plan", "stock")
    assert only.title == "at least 50,000 persons (planned) became up to 50,000 persons (present)"


def test_crossings_permits_and_people_of_one_year_are_different_things() -> None:
    claims = [
        claim("people"),
        claim("papers", measure="permits", unit="permits", point=900.0),
        claim("gates", measure="crossings", unit="crossings", point=3000.0),
    ]
    (only,) = found("object", *claims, tables=PEOPLE)
    assert set(only.claims) == {"people", "papers", "gates"}
    assert "crossings: 3,000 crossings; permits: 900 permits; present: 1,000 persons" in only.why


def test_two_sources_that_differ_in_nothing_else_truly_disagree() -> None:
    (only,) = found("spread", claim("one", point=1000.0), claim("two", point=3000.0))
    assert "The highest is 3 times the lowest." in only.why
    assert "a true disagreement" in only.why


def test_a_different_basis_is_named() -> None:
    one, two = (
        claim(name, measure="revenue", unit="USD/year", point=value, note=f"coverage=all; basis={basis};")
        for name, value, basis in (("one", 1e6, "net"), ("two", 3e6, "gross"))
    )
    (only,) = found("spread", one, two)
    assert "They differ in basis" in only.why


@pytest.mark.parametrize(("low", "differ"), [({"low": 500.0}, 0), ({"low": 3000.0}, 1)])
def test_a_floor_disagrees_only_with_what_lies_below_it(low: dict[str, float], differ: int) -> None:
    assert len(found("spread", claim("one", point=1000.0), claim("two", **low))) == differ


def test_rounding_is_no_disagreement() -> None:
    assert found("spread", claim("one", point=1000.0), claim("two", point=1100.0)) == []


def test_a_name_that_never_existed_is_a_fault_of_the_file() -> None:
    entry = {"id": "d", "title": "T", "why": "W", "claims": ["one", "unknown"]}
    with pytest.raises(EvidenceError, match=r"disagreements.toml, row 1, field claims: no claim is called unknown"):
        reconcile(programme(claim("one"), tables={"disagreements": {"disagreement": [entry]}}))


def test_copies_never_disagree_as_sources(account: Account) -> None:
    origins = {each.claim: each.origin for each in account.dispositions}
    for each in account.disagreements:
        if each.kind == "spread":
            assert len({origins[name] for name in each.claims}) > 1
