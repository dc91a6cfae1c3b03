"""Claims that go back to one are one origin, whatever the order and however often they are copied."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tallystick.reconcile.judgements import Judgement
from tallystick.reconcile.lineage import Lineage, lineage
from tallystick.reconcile.records import Account
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim
from tests.reconcile.small import claim, copy_of

KINDS = ("repeats", "rounds", "converts", "garbles", "computes_from")


def groups(found: Lineage) -> set[frozenset[str]]:
    return {frozenset(origin.members) for origin in found.origins}


def test_a_copy_of_a_copy_goes_back_to_the_first() -> None:
    first = claim("first")
    second = copy_of(first, "second", "rounds")
    third = copy_of(second, "third", "garbles")
    found = lineage([third, second, first], {})
    assert found.origin_of == {"first": "first", "second": "first", "third": "first"}
    assert found.kind_of == {"first": "root", "second": "rounds", "third": "garbles"}
    assert found.parent_of == {"second": "first", "third": "second"}


def test_a_sum_of_two_origins_makes_no_third() -> None:
    one, two = claim("one", point=5000.0), claim("two", point=1000.0)
    total = claim("total", point=6000.0, link_kind="computes_from", derived_from=("one", "two"))
    found = lineage([one, two, total], {})
    assert len(found.origins) == 2
    assert found.origin_of["total"] == "one"
    assert found.inputs_of["total"] == ("one", "two")


def test_a_suspected_copy_counts_once_and_is_called_suspected() -> None:
    first = claim("first")
    found = lineage([first, copy_of(first, "echo", "suspected")], {})
    assert groups(found) == {frozenset({"first", "echo"})}
    assert found.kind_of["echo"] == "suspected"


def test_a_suspicion_judged_by_hand_folds_as_well() -> None:
    guess = Judgement(
        claim="echo", disposition="repeat", reason=".", suspected_from="first", judged_by="us", judged_on="2026-11-21"
    )
    found = lineage([claim("first"), claim("echo")], {"echo": guess})
    assert found.origin_of["echo"] == "first"
    assert found.kind_of["echo"] == "suspected"


def test_the_same_statement_by_the_same_asserter_needs_no_link() -> None:
    first = claim("first", asserted_by="ministry")
    again = replace(first, id="again", url="https://elsewhere.example", published_on="2020-01-01")
    found = lineage([again, first], {})
    assert found.origin_of["again"] == "first"
    assert found.kind_of["again"] == "same"


def test_another_asserter_with_the_same_number_is_another_origin() -> None:
    assert len(lineage([claim("one"), claim("two")], {}).origins) == 2


def test_an_unlinked_twin_of_a_copy_goes_to_the_origin_of_the_copy() -> None:
    first = claim("first")
    second = copy_of(first, "second", asserted_by="paper", point=900.0)
    twin = replace(second, id="a_twin", link_kind="none", derived_from=())
    found = lineage([first, second, twin], {})
    assert found.origin_of["a_twin"] == "first"
    assert found.kind_of["a_twin"] == "same"
    assert found.parent_of["a_twin"] == "second"


def test_suspicions_in_a_circle_are_one_origin() -> None:
    one = claim("one", link_kind="suspected", suspected_from=("two",))
    two = claim("two", link_kind="suspected", suspected_from=("one",))
    assert groups(lineage([one, two], {})) == {frozenset({"one", "two"})}


def test_a_parent_that_an_earlier_day_does_not_know_is_no_parent() -> None:
    found = lineage([claim("echo", link_kind="suspected", suspected_from=("unsaid",))], {})
    assert found.kind_of == {"echo": "root"}


@st.composite
def families(draw: st.DrawFn) -> list[Claim]:
    """Claims with links to earlier ones, of all kinds, several parents among them."""
    made: list[Claim] = []
    for number in range(draw(st.integers(1, 14))):
        parents = draw(st.lists(st.sampled_from([each.id for each in made]), max_size=3, unique=True)) if made else []
        suspected = bool(parents) and draw(st.booleans())
        kind = "suspected" if suspected else draw(st.sampled_from(KINDS)) if parents else "none"
        made.append(
            claim(
                f"c{number}",
                point=float(draw(st.integers(1, 3))),
                asserted_by=draw(st.sampled_from(["x", "y"])),
                link_kind=kind,
                derived_from=() if suspected else tuple(parents),
                suspected_from=tuple(parents) if suspected else (),
            )
        )
    return made


@given(families(), st.randoms())
def test_every_claim_is_in_exactly_one_origin_and_order_does_not_matter(made: list[Claim], chance: object) -> None:
    found = lineage(made, {})
    members = [name for origin in found.origins for name in origin.members]
    assert sorted(members) == sorted(each.id for each in made)
    assert all(found.origin_of[name] == origin.id for origin in found.origins for name in origin.members)
    assert all(origin.members[0] == origin.root == origin.id for origin in found.origins)
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert lineage(shuffled, {}) == found


@given(families(), st.data())
def test_a_copy_never_adds_an_origin(made: list[Claim], data: st.DataObject) -> None:
    before = lineage(made, {})
    original = data.draw(st.sampled_from(made))
    exact = replace(original, id=data.draw(st.sampled_from(["a_copy", "z_copy"])), link_kind="none")
    exact = replace(exact, derived_from=(), suspected_from=())
    linked = copy_of(original, "linked", data.draw(st.sampled_from((*KINDS, "suspected"))))
    assert len(lineage([*made, exact], {}).origins) == len(before.origins)
    assert len(lineage([*made, linked], {}).origins) == len(before.origins)


@given(families())
def test_every_copy_is_laid_against_a_claim_of_its_own_origin(made: list[Claim]) -> None:
    found = lineage(made, {})
    for name, parent in found.parent_of.items():
        assert parent != name
        assert found.origin_of[parent] == found.origin_of[name]


def test_the_shipped_claims_fall_into_origins(shipped: Programme, account: Account) -> None:
    members = [name for origin in account.origins for name in origin.members]
    assert sorted(members) == sorted(each.id for each in shipped.claims)
    assert account.origin_of("isw_13221").id == "rosstat24_total"
    assert account.origin_of("poe24_100k").id == "us_2017_100k"
    assert account.origin_of("ru_repat_18533").id == "ru_permits_2017"
    assert account.origin_of("it19_rev").id == "it19_1000"
