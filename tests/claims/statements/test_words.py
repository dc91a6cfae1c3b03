"""The word tables say where they are at fault, and each of their parts is needed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tallystick.claims.statements.narrowing import REASONS
from tallystick.claims.statements.patterns import pattern, plain
from tallystick.claims.statements.stretches import clause, sentences
from tallystick.claims.statements.words import KINDS, StatementWords, read_statement_words
from tallystick.vocab.errors import EvidenceError


@pytest.fixture
def copy(programme: Path, tmp_path: Path) -> Path:
    """A programme folder with its tables and the entities, to be spoilt."""
    shutil.copytree(programme / "reading", tmp_path / "reading")
    shutil.copy(programme / "entities.csv", tmp_path)
    return tmp_path


@pytest.mark.parametrize("file", ["statements.toml", "narrowing.toml", "bystanders.toml", "denials.toml"])
def test_a_missing_table_is_named(copy: Path, file: str) -> None:
    (copy / "reading" / file).unlink()
    with pytest.raises(EvidenceError, match=f"reading/{file}: cannot be read"):
        read_statement_words(copy)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("statements.toml", 'bearing = "neutral"', 'bearing = "strong"', "bears 'strong'"),
        ("narrowing.toml", 'kind = "escape"', 'kind = "flight"', "'flight' is no kind"),
        ("narrowing.toml", "(?:<fled>)", "(?:<flown>)", "names the list 'flown'"),
        ("narrowing.toml", "public_kinds =", "other_kinds =", "has no 'public_kinds'"),
        ("bystanders.toml", "[ru.words]\n", '[ru.words]\nfled = ["ушёл"]\n', r"\[ru.words\] gives fled again"),
        ("bystanders.toml", "told_by_bodies =", "told_by =", "has no 'told_by_bodies'"),
        ("statements.toml", "guilt by association", "(guilt", "is no pattern"),
    ],
)
def test_a_fault_of_a_table_is_named(copy: Path, file: str, old: str, new: str, message: str) -> None:
    path = copy / "reading" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(EvidenceError, match=message):
        read_statement_words(copy)


def test_without_entities_nobody_is_public(copy: Path) -> None:
    (copy / "entities.csv").unlink()
    assert read_statement_words(copy).public == frozenset()


def test_names_of_public_persons_come_from_the_entities(words: StatementWords) -> None:
    assert {"Sergei Shoigu", "Andrei Lankov"} <= words.public
    assert not any(name in words.public for name in ("Kim", "Russia", "BBC"))


def test_every_kind_has_a_reason_and_patterns_in_every_language(words: StatementWords) -> None:
    assert set(KINDS) == set(REASONS) - {"unread", "account"}
    for table in words.narrowing.values():
        assert {one.kind for one in table} == set(KINDS)


def test_a_space_is_any_white_space_and_an_apostrophe_either_kind() -> None:
    made = pattern("can't leave['x] home ?sick", {}, "x.toml")
    assert made.search("can’t\nleave’\u00a0homesick")


def test_plain_text_leads_back_to_where_each_sign_stood() -> None:
    text = "a\u200bи\u0306b"
    seen, places = plain(text)
    assert seen == "aйb"
    assert [text[place] for place in places[:-1]] == ["a", "и", "b"]
    assert places[-1] == len(text)


def test_sentences_do_not_end_after_titles_and_initials() -> None:
    text = "Mr. K. came. He left.\nLast line"
    assert [text[slice(*span)] for span in sentences(text)] == ["Mr. K. came.", "He left.", "Last line"]


def test_a_clause_ends_at_commas_dashes_and_quotation_marks() -> None:
    text = "One, two “three four” — five, six."
    at = text.index("four")
    assert text[slice(*clause(text, (0, len(text)), at, at + 4))] == "three four"
