"""Promise: a round figure stands for all that would have been rounded to it, and an exact count for itself."""

from __future__ import annotations

from itertools import pairwise
from math import isclose

import pytest

from tallystick.reconcile.account import reconcile
from tallystick.reconcile.rounding import Rounding, rounding_of
from tallystick.reconcile.rules import rules_of
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

CELLS = [
    (50_000, 45_000, 55_000),
    (20_000, 17_500, 22_500),
    (15_000, 12_500, 17_500),
    (10_000, 9_500, 12_500),
    (35_000, 32_500, 37_500),
    (34_000, 33_500, 34_500),
    (0.9, 0.85, 0.95),
    (100, 95, 125),
    (250e6, 225e6, 275e6),
]


@pytest.fixture
def grids(shipped: Programme) -> Rounding:
    return rules_of(shipped).rounding


@pytest.mark.parametrize(("figure", "low", "high"), CELLS)
def test_a_round_figure_reaches_halfway_to_its_neighbours(
    figure: float, low: float, high: float, grids: Rounding
) -> None:
    assert grids.cell(figure, "media", "") == (low, high)


@pytest.mark.parametrize("figure", [13_221, 511, 0.667, 4_310.5])
def test_a_figure_of_many_digits_was_not_rounded(figure: float, grids: Rounding) -> None:
    assert grids.cell(figure, "media", "about") is None


def test_an_offices_count_is_exact_unless_it_says_about(grids: Rounding) -> None:
    assert grids.cell(300, "administrative", "") is None
    assert grids.cell(3200, "administrative", "about") == (3150, 3250)


def test_cells_of_one_grid_leave_no_gap(grids: Rounding) -> None:
    """Going up its numbers over two powers of ten, each cell begins where the last ended."""
    for grid in grids.grids:
        alone = Rounding(grids=(grid,))
        found = [alone.cell(float(lead.scaleb(power)), "media", "") for power in (2, 3) for lead in grid]
        for one, other in pairwise(found):
            assert one is not None
            assert other is not None
            assert isclose(one[1], other[0], rel_tol=1e-12)


def test_a_figure_is_round_in_the_unit_that_it_was_said_in(shipped: Programme) -> None:
    """800 yuan are round, the dollars that they were are not; the cell comes out in the observation's unit."""
    seen = reconcile(shipped).observation_of("rfa15_cn_fee")
    assert seen is not None
    assert seen.point is not None
    assert seen.cell is not None
    assert seen.unit == "USD/month"
    assert isclose(seen.cell[0] / seen.point, 750 / 800)
    assert isclose(seen.cell[1] / seen.point, 850 / 800)


def test_without_grids_nothing_is_taken_for_rounded() -> None:
    assert rounding_of({}, ()).cell(50_000, "media", "about") is None


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        *(("heaps", [grid]) for grid in ([], [0.5, 1], [1, 10], [2, 1], ["one"], 5)),
        *(("digits", number) for number in (0, 5, 2.5, True)),
        ("exact_classes", ["administrativ"]),
        ("digit", 2),
    ],
)
def test_a_rule_that_means_nothing_is_refused(field: str, wrong: object, shipped: Programme) -> None:
    with pytest.raises(EvidenceError, match=rf"reconcile\.toml, field rounding\.{field}: "):
        rounding_of({field: wrong}, shipped.asserter_classes)
