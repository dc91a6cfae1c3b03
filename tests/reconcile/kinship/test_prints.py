"""The index finds copies, edited copies and quotations, and nothing else; it holds no text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tallystick.reconcile.kinship.prints import LARGE_SHARE, Near, Prints
from tallystick.vocab.errors import TallystickError

SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"


@pytest.fixture
def index() -> Iterator[Prints]:
    with Prints(":memory:") as made:
        yield made


def words(rng: random.Random, count: int) -> list[str]:
    return ["".join(rng.choices("abcdefghiklmnoprstu", k=rng.randint(2, 8))) for _ in range(count)]


def article(rng: random.Random, sentences: int = 12) -> list[str]:
    return [" ".join(words(rng, rng.randint(8, 24))).capitalize() + "." for _ in range(sentences)]


def names(found: tuple[Near, ...]) -> list[str]:
    return [one.id for one in found]


def test_a_copy_an_edited_copy_and_a_quotation_of_two_sentences_lead_to_their_text(index: Prints) -> None:
    rng = random.Random(3)
    articles = [article(rng) for _ in range(200)]
    index.add_all((str(number), " ".join(each), "en") for number, each in enumerate(articles))
    found = 0
    for number, each in enumerate(articles):
        edited = " ".join(word if rng.random() > 0.1 else "changed" for word in " ".join(each).split())
        quoting = " ".join([*article(rng), *each[4:6], *article(rng)])
        found += sum(names(index.near(text)) == [str(number)] for text in (" ".join(each), edited, quoting))
    assert found >= 0.99 * 600


def test_texts_that_share_no_wording_are_not_near(index: Prints) -> None:
    rng = random.Random(4)
    index.add_all((str(number), " ".join(article(rng)), "en") for number in range(100))
    assert not any(index.near(" ".join(article(rng))) for _ in range(100))


def test_korean_is_found_whatever_its_spaces(index: Prints) -> None:
    rng = random.Random(5)
    text = " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(80)) + "."
    index.add("korean", text, "ko")
    (near,) = index.near(text.replace(" ", ""))
    assert near.share > 0.9


def test_a_footer_that_everyone_prints_makes_no_two_texts_near(index: Prints) -> None:
    rng = random.Random(6)
    footer = " Subscribe to our letter and read all that happened in the harbour today."
    index.add_all((str(number), " ".join(article(rng)) + footer, "en") for number in range(40))
    assert index.near(" ".join(article(rng)) + footer) == ()


def test_the_root_of_a_text_copied_a_thousand_times_is_still_found(index: Prints) -> None:
    rng = random.Random(7)
    text = " ".join(article(rng))
    index.add_all((f"copy {number:04}", text, "en") for number in range(1000))
    found = index.near(text)
    assert "copy 0000" in names(found)
    assert found[0].rare_prints == 0
    assert found[0].share >= LARGE_SHARE


def test_the_same_text_twice_is_one_and_a_forgotten_one_is_gone(index: Prints) -> None:
    text = " ".join(article(random.Random(8)))
    index.add("one", text)
    index.add("one", text)
    assert len(index) == 1
    index.forget("one")
    assert "one" not in index
    assert index.near(text) == ()
    with pytest.raises(TallystickError, match="no text 'one' in this index"):
        index.forget("one")


def test_a_text_is_not_near_itself(index: Prints) -> None:
    text = " ".join(article(random.Random(9)))
    index.add("one", text)
    assert index.near(text, but="one") == ()


def test_a_batch_that_breaks_off_leaves_no_half_of_a_text(tmp_path: Path) -> None:
    def documents() -> Iterator[tuple[str, str, str]]:
        yield "one", " ".join(article(random.Random(10))), ""
        raise OSError("the folder is gone")

    with Prints(tmp_path / "prints.sqlite") as index:
        with pytest.raises(OSError, match="the folder is gone"):
            index.add_all(documents())
        assert len(index) == 0


def test_the_file_holds_no_word_of_a_text(tmp_path: Path) -> None:
    with Prints(tmp_path / "prints.sqlite") as index:
        index.add("one", "Unmistakable harbour cranes were painted orange yesterday evening by everyone.")
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"one" in data
    assert b"nmistakable" not in data
    assert b"orange" not in data
