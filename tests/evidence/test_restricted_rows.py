"""A row that is not marked public stops the reading, and nothing of it reaches the message. Canaries are invented."""

from __future__ import annotations

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.vocab.errors import EvidenceFaults
from tests.evidence.damage import Copy

CANARY = "Zq7canary"
TEXTS = {
    "claims.csv": ("id", "region", "asserted_by", "published_by", "title", "url", "hedge", "note", "derived_from"),
    "statements.csv": ("id", "statement", "actors", "place", "asserted_by", "hedge", "note", "related_claims"),
}
FIRST = {"claims.csv": "nis_oct24_stock", "statements.csv": "fuels25_s33"}


def planted(table: str, **more: str) -> dict[str, str]:
    """Fields of a restricted row whose every text holds the canary."""
    return {field: f"{CANARY}{number}" for number, field in enumerate(TEXTS[table])} | more


@pytest.mark.parametrize("table", sorted(TEXTS))
@pytest.mark.parametrize("mark", ["restricted", "", "Public", "public ", CANARY])
def test_a_row_not_marked_public_is_named_by_its_place_alone(table: str, mark: str, copy: Copy) -> None:
    copy.add(table, FIRST[table], **planted(table, sensitivity=mark))
    with pytest.raises(EvidenceFaults, match="the row is not marked public") as caught:
        load_programme(copy.folder)
    [fault] = caught.value.faults
    assert (fault.file, fault.row, fault.field) == (table, len(copy.rows(table)) - 1, "sensitivity")
    assert CANARY not in str(fault) + fault.hint + repr(caught.value)


def test_rows_that_point_at_a_restricted_row_do_not_give_its_id_away(copy: Copy) -> None:
    copy.add("claims.csv", FIRST["claims.csv"], **planted("claims.csv", sensitivity="restricted"))
    name = f"{CANARY}0"
    copy.cell("claims.csv", "mt_47k", suspected_from=name)
    copy.cell("claims.csv", "asiapress25_nis4000", derived_from=name)
    copy.cell("statements.csv", "fuels25_s32", related_claims=name)
    copy.add("assertion_dates.csv", FIRST["claims.csv"], id=name)
    copy.cell("hand/predictions.csv", "above_50000", state="held", evidence=name)
    copy.cell("hand/dispositions.csv", "mt_47k", suspected_from=name)
    copy.add("hand/dispositions.csv", "mt_47k", claim=name, suspected_from="")
    copy.text("drivers.toml", '"E17"', f'"{name}"')
    with pytest.raises(EvidenceFaults, match="the row is not marked public") as caught:
        load_programme(copy.folder)
    assert [fault.field for fault in caught.value.faults] == ["sensitivity"]
    assert CANARY not in "".join(str(fault) + fault.hint for fault in caught.value.faults)


def test_other_faults_are_still_listed_beside_a_restricted_row(copy: Copy) -> None:
    copy.add("claims.csv", FIRST["claims.csv"], **planted("claims.csv", sensitivity="restricted"))
    copy.cell("claims.csv", "mt_47k", value_low="-1")
    with pytest.raises(EvidenceFaults, match="the row is not marked public") as caught:
        load_programme(copy.folder)
    assert [fault.field for fault in caught.value.faults] == ["sensitivity", "value_low"]
    assert CANARY not in "".join(map(str, caught.value.faults))
