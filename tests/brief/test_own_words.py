"""What only one programme can say stands in its files, at places that the brief knows, and never with a figure."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallystick.brief import chapters
from tallystick.brief.build import build_document
from tallystick.brief.facts import Facts
from tallystick.brief.own_words import PLACES, own_words
from tallystick.evidence.programme import load_programme
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme
from tests.brief.what_ifs import with_what_ifs


def saying(programme: Programme, **table: Any) -> Programme:
    return replace(programme, tables={**programme.tables, "brief": table})


def test_a_place_that_the_brief_does_not_have_is_a_fault() -> None:
    programme = saying(load_programme(), says={"unsettled_year": "Some years are open."})
    with pytest.raises(EvidenceError, match="no place called 'unsettled_year'"):
        own_words(programme)


def test_a_table_that_nothing_reads_is_a_fault() -> None:
    with pytest.raises(EvidenceError, match="no place called 'said'"):
        own_words(saying(load_programme(), said={}))


@pytest.mark.parametrize("text", ["In 2020 nobody counted.", 7])
def test_a_sentence_with_a_figure_is_a_fault(text: object) -> None:
    """Nothing would open the figure, so that it could be cited without a claim."""
    with pytest.raises(EvidenceError, match="is no text, or holds digits"):
        own_words(saying(load_programme(), says={"records": text}))


def test_every_place_is_asked_for_by_a_chapter() -> None:
    code = "\n".join(file.read_text() for file in Path(chapters.__path__[0]).glob("*.py"))
    assert {place for place in PLACES if not re.search(rf'"{place}"', code)} == set()


def test_a_programme_that_says_nothing_has_a_brief_without_these_sentences(facts: Facts) -> None:
    facts = with_what_ifs(facts)  # one place is in their chapter
    silent = replace(facts, programme=replace(facts.programme, tables=_without(facts.programme, "brief")))
    said = [text for text in own_words(facts.programme).values() if len(text) > 30]
    assert len(said) > 10
    loud, quiet = repr(build_document(facts)), repr(build_document(silent))
    assert [text for text in said if text[:30] not in loud] == []
    assert [text for text in said if text[:60] in quiet] == []


@pytest.mark.parametrize("file", ["systems", "predictions", "levers"])
def test_a_file_that_a_programme_does_not_have_is_a_chapter_that_is_absent(facts: Facts, file: str) -> None:
    without = replace(facts, programme=replace(facts.programme, tables=_without(facts.programme, file)))
    ids = [chapter.id for chapter in build_document(without).chapters]
    assert [chapter.id for chapter in build_document(facts).chapters if chapter.id not in ids] == [file]


def _without(programme: Programme, *files: str) -> dict[str, Any]:
    return {name: table for name, table in programme.tables.items() if name not in files}
