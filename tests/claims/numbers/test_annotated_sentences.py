"""Promise: of ordinary sentences the grammar reads nearly what a person reads; the peer's turn is in the benchmark."""

from __future__ import annotations

from benchmarks.reading_sentences import Amount, Annotated, annotated, ours, score


def test_ordinary_quantities_are_read_with_their_values_and_units() -> None:
    rows = annotated()
    assert len(rows) >= 60
    assert score(rows, [ours(row.sentence) for row in rows]).f1 >= 0.95


def test_a_wrong_unit_a_wrong_end_and_a_quantity_too_many_cost_something() -> None:
    rows = (Annotated("2 to 3 km", (Amount(2.0, 3.0, "kilometre"),)),)
    assert score(rows, [[Amount(2.0, 3.0, "kilometre")]]).f1 == 1.0
    assert score(rows, [[Amount(2.0, 3.0, "mile")]]).f1 == 0.0
    assert score(rows, [[Amount(2.0, 2.0, "kilometre")]]).f1 == 0.0
    assert score(rows, [[Amount(2.0, 3.0, "kilometre"), Amount(1.0, 1.0, "")]]).f1 == 2 / 3
