"""Outlets and offices are known by any of their names, in any of three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.reconcile.kinship.bodies import bodies, read_bodies
from tallystick.vocab.errors import EvidenceError

KNOWN = bodies(
    [
        {"name": "Harbour Gazette", "en": ["Harbour Gazette", "HG"], "ru": ["Портов* газет*"], "ko": ["항만신문"]},
        {"name": "Balticwire", "wire": True, "en": ["Balticwire"], "ru": ["Балтиквайр*"], "ko": ["발트통신"]},
    ],
    {"en": ["Earlier"], "ru": ["Ранее", "Напомн*"], "ko": ["앞서"]},
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the HARBOUR  Gazette's man said", "en"),
        ("HG wrote", "en"),
        ("об этом пишет Портовая газета", "ru"),
        ("в портовой газете, со ссылкой на Harbour Gazette", "ru"),
        ("항만신문은 전했다", "ko"),
    ],
)
def test_one_body_has_many_names(text: str, language: str) -> None:
    assert set(KNOWN.named(text, language)) == {"Harbour Gazette"}


@pytest.mark.parametrize("text", ["hg of flour", "HGV drivers", "a harbour", "the OHG said"])
def test_part_of_a_word_is_no_body(text: str) -> None:
    assert not KNOWN.named(text, "en")


def test_a_body_stands_where_it_is_first_named() -> None:
    assert KNOWN.named("Said HG, and HG again", "en") == {"Harbour Gazette": 5}


def test_wires_are_told_from_other_bodies() -> None:
    assert KNOWN.wires == {"Balticwire"}


@pytest.mark.parametrize(
    ("text", "language", "opens"),
    [
        ("Earlier, the yard had closed.", "en", True),
        ("The earlier yard had closed.", "en", False),
        ("Напомним, верфь закрыта.", "ru", True),
        ("앞서 조선소는 문을 닫았다.", "ko", True),
    ],
)
def test_a_sentence_that_recalls_is_known_by_how_it_begins(text: str, language: str, opens: bool) -> None:
    assert KNOWN.opens_recall(text, 0, language) is opens


def test_a_programme_that_names_no_bodies_is_told_which_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="cannot be read"):
        read_bodies(tmp_path)
