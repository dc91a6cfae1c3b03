"""The index finds copies, edited copies and quotations, and nothing else; it holds no text."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tallystick.reconcile.kinship.prints import LARGE_SHARE, Near, Prints, PrintsError, TornPrintsError
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


def test_an_index_for_which_there_is_no_room_says_so_and_goes_on_when_there_is(tmp_path: Path) -> None:
    with Prints(tmp_path / "prints.sqlite") as index:
        index.add("one", " ".join(article(random.Random(11))))
        index._at.execute("pragma max_page_count = 1")
        with pytest.raises(PrintsError, match=r"prints\.sqlite: .*full") as caught:
            index.add_all((f"t{n}", " ".join(article(random.Random(n))), "") for n in range(200))
        assert "repeat the command" in caught.value.hint
        assert len(index) == 1
        index._at.execute("pragma max_page_count = 100000")
        index.add("two", " ".join(article(random.Random(12))))
        assert len(index) == 2


def test_an_index_that_is_torn_within_says_what_makes_it_again(tmp_path: Path) -> None:
    with Prints(tmp_path / "prints.sqlite") as index:
        index.add("one", " ".join(article(random.Random(11))))
    data = bytearray((tmp_path / "prints.sqlite").read_bytes())
    data[4096:] = b"x" * (len(data) - 4096)
    (tmp_path / "prints.sqlite").write_bytes(data)
    with Prints(tmp_path / "prints.sqlite") as index:
        with pytest.raises(TornPrintsError, match=r"prints\.sqlite: is damaged") as caught:
            index.near(" ".join(article(random.Random(11))))
        assert "--rebuild" in caught.value.hint


def test_a_commit_that_fails_leaves_no_transaction_open(tmp_path: Path) -> None:
    with Prints(tmp_path / "prints.sqlite") as index:
        index.close()
        index._at = Failing(tmp_path / "prints.sqlite", isolation_level=None)
        with pytest.raises(PrintsError, match="disk I/O error"):
            index.add("one", " ".join(article(random.Random(11))))
        assert not index._at.in_transaction
        index.add("one", " ".join(article(random.Random(11))))
        assert len(index) == 1


class Failing(sqlite3.Connection):
    """A file of which the first commit fails."""

    fails = True

    def execute(self, statement: str, bindings: Any = (), /) -> sqlite3.Cursor:
        if statement == "commit" and self.fails:
            self.fails = False
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(statement, bindings)
