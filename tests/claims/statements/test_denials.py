"""A denial is never filed as support: it turns the bearing round, or the person is told to look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.claims.proposal import StatementProposal
from tallystick.claims.statements.denials import LOOK, STANDS, TURNED_ROUND
from tallystick.claims.statements.find import statements
from tallystick.claims.statements.stretches import sentences
from tallystick.claims.statements.words import StatementWords

THEME = {
    "en": "North Korean workers build houses abroad. ",
    "ru": "Северокорейские рабочие строят дома за рубежом. ",
    "ko": "북한 노동자들이 해외에서 집을 짓는다. ",
}
LINES = (Path(__file__).parent / "denials.txt").read_text(encoding="utf-8").splitlines()
DENIALS = [tuple(part.strip() for part in line.split("|")) for line in LINES if not line.startswith("#")]


def told(words: StatementWords, language: str, cue: str, text: str) -> list[StatementProposal]:
    """The statements of `text`, behind a sentence that sets the theme, in which the cue of that name is heard."""
    whole = THEME[language] + text
    (because,) = {one.because for one in words.cues if one.id == cue}
    found = statements(whole, language=language, sentences=sentences(whole), words=words)
    return [one for one in found if because in one.reasons]


@pytest.mark.parametrize(("language", "cue", "bearing", "text"), DENIALS)
def test_a_denial_turns_the_bearing_round_as_far_as_it_reaches(
    words: StatementWords, language: str, cue: str, bearing: str, text: str
) -> None:
    assert {one.bearing for one in told(words, language, cue, text)} == {bearing}


@pytest.mark.parametrize(
    ("cue", "text", "warning"),
    [
        ("slave_like", "There is no forced labour at our plant.", TURNED_ROUND),
        ("violence", "The workers are rarely beaten.", LOOK),
        ("may_not_go_out", "The workers may not leave the site.", STANDS),
    ],
)
def test_a_negation_in_the_quote_is_pointed_out_to_the_person(
    words: StatementWords, cue: str, text: str, warning: str
) -> None:
    found = told(words, "en", cue, text)
    assert found
    assert all(warning in one.reasons for one in found)


def test_what_bears_without_an_indicator_is_left_open_when_it_is_denied(words: StatementWords) -> None:
    (only,) = told(words, "en", "hours_long", "The workers do not work fourteen hours a day.")
    assert (only.bearing, LOOK in only.reasons) == ("neutral", True)


def test_a_quote_without_a_negation_carries_no_warning(words: StatementWords) -> None:
    (only,) = told(words, "en", "violence", "Overseers beat the workers.")
    assert not {TURNED_ROUND, LOOK, STANDS} & set(only.reasons)
