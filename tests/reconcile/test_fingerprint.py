"""Promise T2 on the level of claims: an exact copy, or a thousand, changes nothing that a fit depends on."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tallystick.reconcile.account import Account, fit_input_hash, reconcile
from tallystick.reconcile.rules import fitted_tables, rules_of
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim


def copies(claims: tuple[Claim, ...], how_many: int, seed: int) -> tuple[Claim, ...]:
    """Exact copies under other names on other pages, linked or not, sorting before and behind the originals."""
    chance = Random(seed)
    made = []
    for number in range(how_many):
        original = chance.choice(claims)
        name = f"{chance.choice(['aaa', 'zzz'])}_copy_{number}"
        url, row = f"https://copy-{number}.example", 10_000 + number
        link = chance.choice(["as the original", "none", "repeats"])
        changes: dict[str, object] = {"id": name, "url": url, "published_by": f"copier {number}", "row": row}
        if link == "none":
            changes |= {"link_kind": "none", "derived_from": (), "suspected_from": ()}
        elif link == "repeats":
            changes |= {"link_kind": "repeats", "derived_from": (original.id,), "suspected_from": ()}
        made.append(replace(original, **changes))  # type: ignore[arg-type]
    return tuple(made)


def with_claims(programme: Programme, claims: tuple[Claim, ...]) -> Programme:
    return replace(programme, claims=claims)


@pytest.mark.parametrize(("how_many", "seed"), [(1, 1), (1, 2), (1, 3), (10, 4), (10, 5), (1000, 6), (1000, 7)])
def test_exact_copies_leave_the_hash_unchanged(shipped: Programme, account: Account, how_many: int, seed: int) -> None:
    copied = with_claims(shipped, shipped.claims + copies(shipped.claims, how_many, seed))
    again = reconcile(copied)
    assert len(again.dispositions) == len(account.dispositions) + how_many
    assert len(again.origins) == len(account.origins)
    assert fit_input_hash(again, copied) == fit_input_hash(account, shipped)


@pytest.mark.parametrize("seed", [8, 9])
def test_the_order_of_rows_does_not_matter(shipped: Programme, account: Account, seed: int) -> None:
    shuffled = list(shipped.claims)
    Random(seed).shuffle(shuffled)
    rows = tuple(replace(each, row=number) for number, each in enumerate(shuffled, start=1))
    again = reconcile(with_claims(shipped, rows))
    assert again == account
    assert fit_input_hash(again, shipped) == fit_input_hash(account, shipped)


@pytest.mark.parametrize("field", ["point", "asserter_class", "start"])
def test_what_a_fit_depends_on_changes_the_hash(shipped: Programme, account: Account, field: str) -> None:
    used = shipped.claim("ecr_93k")
    assert used.point is not None
    assert used.start is not None
    value = {"point": used.point + 1, "asserter_class": "media", "start": used.start.replace(day=2)}[field]
    changed = replace(used, **{field: value})  # type: ignore[arg-type]
    claims = tuple(changed if each.id == used.id else each for each in shipped.claims)
    other = with_claims(shipped, claims)
    assert fit_input_hash(reconcile(other), other) != fit_input_hash(account, shipped)


def test_an_origin_more_changes_the_hash(shipped: Programme, account: Account) -> None:
    new = replace(shipped.claim("us_2017_ru"), id="new", asserted_by="somebody else")
    other = with_claims(shipped, (*shipped.claims, new))
    assert fit_input_hash(reconcile(other), other) != fit_input_hash(account, shipped)


@pytest.mark.parametrize(("before", "same"), [("zzz", False), ("", True)])
def test_reports_that_change_places_change_the_hash_and_other_names_do_not(
    shipped: Programme, account: Account, before: str, same: bool
) -> None:
    """A model gives tables their unknowns in the order of their names: another order is other draws."""
    first = min({each.report for each in account.observations} - {""})
    names = {each.report: before * (each.report == first) + each.report + "'" for each in account.observations}
    named = tuple(replace(each, report=names[each.report]) for each in account.observations)
    assert (fit_input_hash(replace(account, observations=named), shipped) == fit_input_hash(account, shipped)) is same


def test_settings_of_the_model_change_the_hash_and_stories_do_not(shipped: Programme, account: Account) -> None:
    before = fit_input_hash(account, shipped)
    model = replace(shipped, tables={**shipped.tables, "model": {"changed": True}})
    assert fit_input_hash(account, model) != before
    told = replace(shipped, tables={**shipped.tables, "chains": {"chain": []}})
    assert fit_input_hash(account, told) == before


def test_of_all_tables_a_fit_reads_the_model_alone(shipped: Programme) -> None:
    assert set(fitted_tables(shipped, rules_of(shipped))) == {"model"}


def test_a_sentence_about_a_used_claim_may_be_mended_without_a_new_fit(shipped: Programme, account: Account) -> None:
    rows = tuple(dict(row) | {"reason": row["reason"] + " More."} for row in shipped.hand["dispositions"])
    mended = replace(shipped, hand={**shipped.hand, "dispositions": rows})
    assert fit_input_hash(reconcile(mended), mended) == fit_input_hash(account, shipped)


def test_a_claim_that_the_model_sets_apart_by_name_brings_its_name(shipped: Programme, account: Account) -> None:
    apart = next(iter(shipped.tables["model"]["speaks_of"]))
    renamed = tuple(replace(each, id="renamed") if each.id == apart else each for each in shipped.claims)
    links = tuple(
        replace(each, derived_from=tuple("renamed" if name == apart else name for name in each.derived_from))
        for each in renamed
    )
    rows = tuple(
        {key: "renamed" if value == apart else value for key, value in row.items()}
        for row in shipped.hand["dispositions"]
    )
    told = {name: table for name, table in shipped.tables.items() if name not in ("chains", "disagreements")}
    other = replace(shipped, claims=links, hand={**shipped.hand, "dispositions": rows}, tables=told)
    assert fit_input_hash(reconcile(other), other) != fit_input_hash(account, shipped)


def test_a_law_text_may_be_mended_without_a_new_fit(shipped: Programme, account: Account) -> None:
    mended = replace(shipped, tables={**shipped.tables, "obligations": {}}, title="Another title")
    assert fit_input_hash(account, mended) == fit_input_hash(account, shipped)
