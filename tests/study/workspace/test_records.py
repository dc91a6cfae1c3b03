"""What follows from people's opinions of a proposal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallystick.study.workspace.records import Opinion
from tests.study.workspace.invented import held, opinion

CLEARS = opinion("correct", restricted="")


@pytest.mark.parametrize(
    ("opinions", "status"),
    [
        ((), "proposed"),
        ((opinion("accept"),), "accepted"),
        ((opinion("reject"),), "rejected"),
        ((opinion("correct", low=4000.0),), "accepted"),
        ((opinion("accept"), opinion("accept", by="ben")), "accepted"),
        ((opinion("accept"), opinion("reject", by="ben")), "disputed"),
        ((opinion("correct", low=4000.0), opinion("correct", by="ben", low=5000.0)), "disputed"),
        ((opinion("correct", low=4000.0), opinion("correct", by="ben", low=4000.0)), "accepted"),
        ((opinion("accept"), opinion("reject")), "rejected"),
        ((opinion("accept"), opinion("undo")), "proposed"),
        ((opinion("reject"), opinion("accept"), opinion("undo")), "rejected"),
        ((opinion("undo"),), "proposed"),
        ((opinion("accept"), opinion("restrict", by="ben")), "restricted"),
        ((opinion("restrict", by="ben"), opinion("accept", by="ana")), "restricted"),
        ((opinion("restrict", by="ben"), opinion("undo", by="ana")), "restricted"),
        ((opinion("restrict", by="ben"), opinion("undo", by="ben")), "proposed"),
        ((opinion("correct", restricted="names a helper"),), "restricted"),  # as another version may write it
        ((opinion("split"),), "split"),
    ],
)
def test_what_all_opinions_come_to(opinions: tuple[object, ...], status: str) -> None:
    assert held(*opinions).status == status  # type: ignore[arg-type]


def test_what_narrows_to_somebody_is_restricted_before_anyone_looks() -> None:
    assert held(restricted="names a worker").status == "restricted"


def test_a_correction_changes_what_it_names_and_nothing_else() -> None:
    corrected = held(opinion("correct", low=4000.0)).reviewed
    assert (corrected.low, corrected.host, corrected.quote) == (4000.0, "RU", "at least 4,321 labourers")


def test_a_correction_that_was_taken_back_changes_nothing() -> None:
    assert held(opinion("correct", low=4000.0), opinion("undo")).reviewed.low == 4321


def test_what_somebody_keeps_back_is_not_lifted_under_the_same_name_in_another_workspace() -> None:
    """A ledger that is taken over may hold anybody's name."""
    mine = replace(opinion("restrict"), chain="mine")
    for verdict in ("undo", "accept"):
        assert held(mine, replace(opinion(verdict), chain="theirs")).status == "restricted"
    assert held(mine, replace(opinion("undo"), chain="mine")).status == "proposed"


def test_one_name_in_two_workspaces_may_be_two_people() -> None:
    """The name that a workspace gets where nobody names one is the same everywhere."""
    first, second = replace(opinion("accept"), chain="mine"), replace(opinion("reject"), chain="theirs")
    assert held(first, second).status == "disputed"
    assert held(first, replace(opinion("undo"), chain="theirs")).status == "accepted"


@pytest.mark.parametrize(
    ("opinions", "status", "kept_back"),
    [
        ((CLEARS,), "proposed", ""),
        ((CLEARS, opinion("accept")), "accepted", ""),
        ((opinion("correct", low=4000.0), CLEARS), "accepted", ""),
        ((opinion("correct", low=4000.0, restricted=""), opinion("accept")), "accepted", ""),
        ((CLEARS, opinion("correct", low=4000.0, restricted="a ship")), "restricted", "a ship"),
        ((CLEARS, opinion("reject", by="ben")), "rejected", ""),
        ((CLEARS, opinion("accept"), opinion("undo")), "proposed", ""),
        ((CLEARS, opinion("undo")), "restricted", "names a worker"),
        ((CLEARS, opinion("restrict")), "restricted", "names a worker"),
        ((opinion("restrict"), CLEARS), "proposed", ""),
        ((opinion("restrict", by="ben"), CLEARS), "restricted", ""),
        ((replace(CLEARS, chain="theirs").without_clearing(),), "restricted", "names a worker"),
    ],
)
def test_that_a_claim_narrows_to_nobody_decides_nothing_and_stands_until_it_is_taken_back(
    opinions: tuple[Opinion, ...], status: str, kept_back: str
) -> None:
    judged = held(*opinions, restricted="names a worker")
    assert (judged.status, judged.kept_back) == (status, kept_back)


def test_that_nothing_is_to_be_kept_back_is_no_other_reading_of_the_claim() -> None:
    cleared = held(opinion("correct", restricted=""), opinion("accept", by="ben"), restricted="names a worker")
    assert (cleared.status, cleared.kept_back) == ("accepted", "")
    assert held(opinion("accept"), restricted="names a worker").kept_back == "names a worker"
