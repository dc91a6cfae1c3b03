"""The root over the evidence: known answers from RFC 6962, and no change of any cell that leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.programme import load_programme
from tallystick.evidence.root import canonical_json, evidence_root, merkle_root
from tallystick.evidence.tables import Row
from tests.evidence.damage import Copy

# Inputs and roots of the published test vectors for RFC 6962 trees (certificate-transparency, merkle_tree_test).
LEAVES = tuple(
    bytes.fromhex(data)
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
CELLS = st.dictionaries(st.sampled_from(["id", "note"]), st.text(max_size=5), min_size=1)


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_of_the_published_vectors(size: int) -> None:
    hashes = [sha256(b"\x00" + leaf).digest() for leaf in LEAVES[:size]]
    assert merkle_root(hashes).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert merkle_root([]) == sha256(b"").digest()


@given(st.lists(CELLS, max_size=8).flatmap(lambda cells: st.tuples(st.just(cells), st.permutations(cells))))
def test_the_order_of_rows_leaves_the_root(both: tuple[list[dict[str, str]], list[dict[str, str]]]) -> None:
    rows, turned = ([Row("a.csv", number, line) for number, line in enumerate(cells, start=1)] for cells in both)
    assert evidence_root(rows, {}) == evidence_root(turned, {})


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_a_row_twice_is_another_root(cells: list[dict[str, str]]) -> None:
    rows = [Row("a.csv", number, line) for number, line in enumerate(cells, start=1)]
    assert evidence_root(rows, {}) != evidence_root([*rows, rows[0]], {})


def test_the_same_row_in_another_file_is_another_root() -> None:
    assert evidence_root([Row("a.csv", 1, {"id": "x"})], {}) != evidence_root([Row("b.csv", 1, {"id": "x"})], {})


def test_canonical_json_has_one_spelling() -> None:
    assert canonical_json({"b": 1, "a": "е́"}) == '{"a":"е́","b":1}'.encode()
    with pytest.raises(ValueError, match="Out of range"):
        canonical_json({"a": float("nan")})


@pytest.mark.parametrize(
    "change",
    [
        lambda copy: copy.cell("claims.csv", "nis_oct24_stock", note="another word"),
        lambda copy: copy.cell("statements.csv", "fuels25_s33", hedge="often"),
        lambda copy: copy.cell("entities.csv", "N001", role="another role"),
        lambda copy: copy.cell("hand/asserters.csv", "NIS", reason="another reason"),
        lambda copy: copy.text("levers.toml", "Probably futile", "Perhaps futile"),
        lambda copy: copy.text("asserter_classes.toml", "scale = 0.15", "scale = 0.16"),
        lambda copy: copy.text("scenarios/direct_pay.toml", "strength = 1.0", "strength = 0.9"),
        lambda copy: copy.drop("events.csv", "E08"),
    ],
    ids=["claim", "statement", "entity", "judgement", "lever", "class", "scenario", "dropped row"],
)
def test_any_change_to_the_evidence_changes_the_root(change: Callable[[Copy], None], copy: Copy) -> None:
    before = load_programme(copy.folder).evidence_root
    change(copy)
    assert load_programme(copy.folder).evidence_root != before
