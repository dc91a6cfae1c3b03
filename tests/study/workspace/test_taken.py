"""A claim whose source is a private person's name is kept back, wherever in the text that name stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.claims.reading.words import read_words
from tallystick.claims.statements.narrowing import names_someone, private_persons
from tallystick.claims.statements.words import StatementWords, read_statement_words
from tallystick.evidence.documents.derived import Derived
from tallystick.study.workspace.taken import Given, Text, Vocabulary, by_grammar, take

PROGRAMME = Path(__file__).parents[3] / "src/tallystick/data/dprk"
BETWEEN = "The food was poor and the huts were cold. The mill lay two days from the town."
COUNT = "About 300 North Korean workers lived there."
RISING = "North Korean loggers rose at five"
PRIVATE = f"Kim Dol, not his real name, spoke of the mill. {RISING}, Kim said. {BETWEEN} {COUNT}"
PUBLIC = f"Labour Minister Jan Brell visited the mill. {RISING}, Brell said. {BETWEEN} {COUNT}"


class OneText:
    """A loader that hands on one text."""

    def take(self, data: bytes, name: str) -> tuple[Derived, ...]:
        return (Derived(text=data.decode(), title=name, stretches=(), media_type="text/plain", language="en"),)


@pytest.fixture(scope="module")
def statements() -> StatementWords:
    return read_statement_words(PROGRAMME)


def read(text: str, statements: StatementWords) -> Text:
    words = Vocabulary(claims=read_words(PROGRAMME), statements=statements)
    return take(text.encode(), "page.txt", loader=OneText(), words=words, extract=by_grammar).texts[0]


def test_a_claim_told_by_somebody_private_sentences_before_is_kept_back(statements: StatementWords) -> None:
    (claim,) = (claim for claim in read(PRIVATE, statements).claims if claim.low == 300 or claim.point == 300)
    assert claim.asserted_by == "Kim"
    assert "Kim" not in PRIVATE[claim.passage_start : claim.passage_end]
    assert claim.restricted


def test_a_claim_told_by_an_official_is_not(statements: StatementWords) -> None:
    (claim,) = (claim for claim in read(PUBLIC, statements).claims if claim.point == 300)
    assert claim.asserted_by == "Jan Brell"
    assert not claim.restricted


def test_a_private_name_is_found_in_a_longer_source_and_not_in_a_word_that_holds_it(statements: StatementWords) -> None:
    private = private_persons(PRIVATE, words=statements)
    assert names_someone(["friend of Kim Dol"], private)
    assert not names_someone(["Kimchi Institute"], private)


PLAIN = f"{COUNT} {BETWEEN}"
TOLD = "A worker named Kim Dol told us that he fled"


def of(statements: StatementWords, text: str = PLAIN, name: str = "page.txt", **given: str) -> Text:
    words = Vocabulary(claims=read_words(PROGRAMME), statements=statements)
    about = Given(**{"title": "Mills", **given})
    taken = take(text.encode(), name, loader=OneText(), words=words, extract=by_grammar, given=about)
    return taken.texts[0]


@pytest.mark.parametrize(
    ("text", "name", "given", "withheld"),
    [
        (PLAIN, "page.txt", {"title": TOLD}, ("title",)),
        (PLAIN, "page.txt", {"publisher": TOLD}, ("publisher",)),
        (PLAIN, "A_worker_named_Kim_Dol.txt", {}, ("origin",)),
        (PRIVATE, "page.txt", {"title": "The mill of Kim Dol"}, ("title",)),
        (PRIVATE, "notes-by_Kim_Dol.v2.txt", {}, ("origin",)),
        (PRIVATE, "interview.Kim Dol", {}, ("origin",)),
        (PRIVATE, "interview_kim-dol.txt", {}, ("origin",)),
        (PUBLIC, "Brell.txt", {"title": "Jan Brell visits a mill", "publisher": "Jan Brell Institute"}, ()),
    ],
)
def test_a_document_whose_names_point_to_somebody_private_is_kept_back_whole(
    statements: StatementWords, text: str, name: str, given: dict[str, str], withheld: tuple[str, ...]
) -> None:
    found = of(statements, text, name, **given)
    assert found.withheld == withheld
    assert found.claims
    assert all(bool(claim.restricted) or not withheld for claim in found.claims)


@pytest.mark.parametrize(
    ("address", "withheld"),
    [
        ("https://mills.example/2024/kim-dol-escapes", {"url", "origin"}),
        ("https://mills.example/?name=Kim%20Dol", {"url", "origin"}),
        ("https://mills.example/2024/the-mill", set[str]()),
    ],
)
def test_a_document_whose_address_names_somebody_private_is_kept_back_whole(
    statements: StatementWords, address: str, withheld: set[str]
) -> None:
    class OnePage(OneText):
        def take(self, data: bytes, name: str) -> tuple[Derived, ...]:
            return tuple(replace(one, url=address) for one in super().take(data, name))

    words = Vocabulary(claims=read_words(PROGRAMME), statements=statements)
    text = f"Kim Dol, not his real name, spoke of the mill. {BETWEEN} {COUNT}"
    given = Given(title="Mills")
    taken = take(text.encode(), "page.txt", loader=OnePage(), words=words, extract=by_grammar, given=given)
    assert set(taken.texts[0].withheld) == withheld
    assert [bool(claim.restricted) for claim in taken.texts[0].claims] == [bool(withheld)]


def test_a_page_that_names_nobody_is_not(statements: StatementWords) -> None:
    found = of(statements)
    assert found.withheld == ()
    assert not any(claim.restricted for claim in found.claims)


def test_what_a_person_without_a_standing_tells_is_kept_back_wherever_the_name_stands(
    statements: StatementWords,
) -> None:
    text = (
        "North Korean workers in Russia are poorly paid, a group wrote. Tok Bomri, a painter, spoke to the paper "
        "in May 2024. "
        f"Workers were paid 90 dollars a month, Tok Bomri said. {BETWEEN} Security officers watched the North Korean "
        "workers, said Tok Bomri."
    )
    found = read(text, statements)
    told = [one for one in (*found.claims, *found.statements) if "Bomri" in text[one.passage_start : one.passage_end]]
    assert any(claim.asserted_by == "Tok Bomri" for claim in found.claims)
    assert told
    assert all(one.restricted for one in told)
    assert all(claim.restricted for claim in found.claims if claim.asserted_by)


MARKED = "A North Korean worker with a tattoo on his wrist said the passports were taken."


def test_a_claim_whose_source_stands_in_a_sentence_that_is_kept_back_is_kept_back_or_loses_it(
    statements: StatementWords,
) -> None:
    for text in (
        f"{MARKED} The North Korean workers are paid 4,000 roubles a month. About 300 of them came in 2023, he said.",
        f"{MARKED} {BETWEEN} {COUNT}",
    ):
        for claim in read(text, statements).claims:
            assert claim.restricted or "tattoo" not in " ".join((claim.asserted_by, *claim.attribution))


def test_no_passage_holds_words_of_what_is_kept_back_beside_it(statements: StatementWords) -> None:
    text = (
        f"{PLAIN} Seven North Korean workers sleep in the mill of Oru. The North Korean workers there are paid "
        "90 dollars a month. The guards keep the passports of the workers in the mill."
    )
    found = read(text, statements)
    shown = [one for one in (*found.claims, *found.statements) if not one.restricted]
    assert shown
    assert any(one.restricted for one in found.claims)
    for one in shown:
        assert "Seven" not in text[one.passage_start : one.passage_end]
