"""Judgements on single claims: who made them, and what a faulty one says."""

from __future__ import annotations

import pytest

from tallystick.reconcile.judgements import judgements
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme
from tests.reconcile.small import claim, judged, programme


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"disposition": "maybe"}, "disposition"),
        ({"read_as": "about"}, "read_as"),
        ({"read_start": "2019"}, "read_start"),
        ({"read_low": "thousands"}, "read_low"),
        ({"read_measure": "people"}, "read_measure"),
    ],
)
def test_a_faulty_row_is_named_by_file_row_and_field(row: dict[str, str], field: str) -> None:
    use = row.pop("disposition", "used")
    small = programme(claim("x"), hand={"dispositions": (judged("x", use, **row),)})
    with pytest.raises(EvidenceError, match=f"hand/dispositions.csv, row 1, field {field}: "):
        judgements(small)


def test_a_claim_is_judged_once() -> None:
    small = programme(claim("x"), hand={"dispositions": (judged("x"), judged("x"))})
    with pytest.raises(EvidenceError, match="row 2, field claim: 'x' is judged twice"):
        judgements(small)


def test_every_shipped_judgement_is_dated_and_says_that_nobody_reviewed_it(shipped: Programme) -> None:
    found = judgements(shipped)
    assert len(found) > 80
    for each in found.values():
        assert "unreviewed" in each.judged_by
        assert each.judged_on
        assert len(each.reason.split()) > 5
        assert each.disposition != "repeat" or each.suspected_from or shipped.claim(each.claim).suspected_from
