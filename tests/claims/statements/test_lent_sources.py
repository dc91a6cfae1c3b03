"""Promise: who is heard in a sentence that is kept back is named by no claim in clear."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.claims.proposal import Proposal
from tallystick.claims.statements.lent_sources import of_one_worker, stands_in_narrowing, uncarried
from tallystick.claims.statements.narrowing import REASONS, Narrowing
from tallystick.claims.statements.words import StatementWords, read_statement_words

PROGRAMME = Path(__file__).parents[3] / "src/tallystick/data/dprk"
BACK = "The friend of the stove, with a scar, spoke of the labour ministry."
TEXT = f"{BACK} About 300 loggers came, the harbour office said."
NARROW = (Narrowing(start=0, end=len(BACK), kind="person", reason=REASONS["person"]),)
FRIEND = "friend of the stove"


@pytest.fixture(scope="module")
def words() -> StatementWords:
    return read_statement_words(PROGRAMME)


def claim(*sources: str, reason: str = "source: carried") -> Proposal:
    at = TEXT.index("About")
    return Proposal(
        measure="workers_present", low=None, point=300, high=None, unit="persons", host="RU", quote="About 300",
        quote_start=at, quote_end=at + 9, passage_start=at, passage_end=len(TEXT), asserted_by=sources[0],
        attribution=sources, reasons=("host: sentence", reason),
    )  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        "North Korean worker with a scar", "a former worker", "one of the workers", "crew member",
        "Северокорейский рабочий с наколкой", "один из рабочих", "беглец", "한 노동자",
    ],
)  # fmt: skip
def test_a_source_that_is_one_worker_keeps_a_claim_back(source: str, words: StatementWords) -> None:
    assert of_one_worker(["harbour office", source], words)


@pytest.mark.parametrize(
    "source",
    ["workers", "North Korean workers", "рабочие", "северокорейских рабочих", "노동자들", "Union of Builders",
     "the labour ministry", "министерство труда", "러시아 노동부", "Jan Brell", ""],
)  # fmt: skip
def test_a_source_that_is_many_or_a_body_does_not(source: str, words: StatementWords) -> None:
    assert not of_one_worker([source], words)


@pytest.mark.parametrize("reason", ["source: carried", "source: ahead"])
def test_no_source_is_carried_out_of_a_sentence_that_narrows(reason: str, words: StatementWords) -> None:
    left = uncarried(claim(FRIEND, reason=reason), TEXT, NARROW, words)
    assert (left.asserted_by, left.attribution, left.reasons) == ("", (), ("host: sentence", "source: none"))
    both = uncarried(claim(FRIEND, "harbour office", reason=reason), TEXT, NARROW, words)
    assert (both.asserted_by, both.attribution, both.reasons[1]) == ("harbour office", ("harbour office",), reason)


@pytest.mark.parametrize("source", ["labour ministry", "harbour office"])
def test_a_body_and_whoever_is_named_elsewhere_too_may_be_carried(source: str, words: StatementWords) -> None:
    assert uncarried(claim(source), TEXT, NARROW, words) == claim(source)
    assert not stands_in_narrowing([source], TEXT, NARROW, words)


def test_a_source_of_its_own_sentence_is_kept_and_the_claim_kept_back(words: StatementWords) -> None:
    own = claim(FRIEND, reason="source: sentence")
    assert uncarried(own, TEXT, NARROW, words) == own
    assert stands_in_narrowing([FRIEND], TEXT, NARROW, words) == REASONS["person"]


RUSSIAN = "Об этом рассказал земляку погибшего сосед. Прибыли 300 лесорубов, сообщили в порту Ли."


@pytest.mark.parametrize(
    ("source", "lent"), [("земляк погибшего", False), ("порт", True), ("сосед", False), ("кум из барака", False)]
)
def test_a_source_in_another_case_or_nowhere_is_lent_only_where_nothing_narrows(
    source: str, lent: bool, words: StatementWords
) -> None:
    end = RUSSIAN.index(" Прибыли")
    narrow = (Narrowing(start=0, end=end, kind="person", reason=REASONS["person"]),)
    assert bool(uncarried(claim(source), RUSSIAN, narrow, words).asserted_by) is lent
    assert uncarried(claim(source), RUSSIAN, (), words).asserted_by == source


def test_a_name_within_another_word_is_not_that_name(words: StatementWords) -> None:
    text = "Lee, with a scar, spoke. Leeds took 300 loggers."
    narrow = (Narrowing(start=0, end=24, kind="person", reason=REASONS["person"]),)
    assert stands_in_narrowing(["Lee"], text, narrow, words)
