"""What the grammar carried, assumed or never read counts as unsaid, until a person says it."""

from __future__ import annotations

from typing import Any

import pytest

from tallystick.study.workspace.records import Held
from tallystick.study.workspace.relate import sighting_in
from tallystick.study.workspace.state import State
from tallystick.study.workspace.unsaid import unsaid_of
from tests.study.workspace.invented import document, held, opinion

READ = ("measure: people at work (governed)", "host: sentence", "period: clause", "source: sentence")


def reading(*reasons: str, **claim: Any) -> Held:
    return held(reasons=(*READ[: 4 - len(reasons)], *reasons), **{"region": "Oru", "sector": "logging", **claim})


def test_what_stands_in_the_figures_own_words_is_said() -> None:
    assert unsaid_of(reading()) == frozenset()


@pytest.mark.parametrize(
    ("which", "unsaid"),
    [
        (reading("host: carried", *READ[2:]), "host"),
        (reading("host: none", *READ[2:]), "host"),
        (reading("period: published", READ[3]), "period"),
        (reading("period: text", READ[3]), "period"),
        (reading("source: ahead"), "source"),
        (reading("measure: goes on (carried)", *READ[1:]), "measure"),
        (reading(start=None, end=None), "period"),
        (reading(region=""), "region"),
        (reading(sector=""), "sector"),
    ],
)
def test_what_was_carried_assumed_or_never_read_is_not(which: Held, unsaid: str) -> None:
    assert unsaid_of(which) == {unsaid}


def test_what_a_person_corrected_is_said() -> None:
    carried = reading("host: carried", "period: published", "source: ahead")
    assert unsaid_of(carried) == {"host", "period", "source"}
    by_hand = held(opinion("correct", host="CN", start="2024-01-01"), reasons=carried.claim.reasons, sector="logging",
                   region="Oru")  # fmt: skip
    assert unsaid_of(by_hand) == {"source"}


def test_an_assumed_time_bounds_no_assertion_of_an_undated_page() -> None:
    page = document(published_on=None)
    state = State(own="")
    state.documents[page.id] = page
    said, assumed = (sighting_in(state, one) for one in (reading(), reading("period: text", READ[3])))
    assert not said.dated
    assert said.has_begin
    assert said.earliest < assumed.earliest == page.captured_at.date()
    assert not assumed.has_begin
