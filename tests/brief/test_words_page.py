"""docs/reference/words.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from tallystick.brief.simulated import Verdict
from tallystick.brief.words.hedges import BANDS, learnt_word, probability_word
from tallystick.brief.words.rounding import round_interval

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "words.md").read_text(encoding="utf-8")


def test_every_band_of_probability_stands_on_the_page_with_its_ends() -> None:
    rows = dict(re.findall(r"^\| ([a-z ]+?) \| ([^|]+?) \|$", PAGE, flags=re.MULTILINE))
    low = 0.0
    for high, word in BANDS:
        ends = [round(float(number)) for number in re.findall(r"\d+", rows[word])]
        assert round(100 * low) in ends or round(100 * high) in ends, word
        assert probability_word((low + min(high, 1.0)) / 2) == word
        low = high


def test_the_limits_of_evidence_and_assumption_are_those_of_the_page() -> None:
    assert "below 1/4" in PAGE
    assert "above 1/2" in PAGE
    assert [learnt_word(r) for r in (0.49, 0.51, 0.70, 0.72)] == [
        "mostly evidence",
        "part evidence, part assumption",
        "part evidence, part assumption",
        "mostly assumption",
    ]


def test_the_examples_of_rounding_are_true() -> None:
    for numbers in (
        (3_612, 4_688, 5_921, 3_600, 4_700, 5_900),
        (212, 1_301, 10_088, 200, 1_300, 10_000),
        (7_523, 9_672, 12_665, 7_500, 9_700, 13_000),
    ):
        got = round_interval(*numbers[:3], whole=True)
        assert (got.low, got.median, got.high) == numbers[3:]
        assert f"{numbers[4]:,} ({numbers[3]:,} to {numbers[5]:,})" in re.sub(r"\s+", " ", PAGE)


def test_what_the_page_says_of_effects_is_what_the_chapter_can_say() -> None:
    """Each verdict of `Simulated.verdict` has its row; a verdict without one would go unexplained."""
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+? \|$", PAGE[PAGE.index("what a what-if moves") :], flags=re.MULTILINE)
    said = {"lowers": "lowers", "raises": "raises", "unsure": "may lower or raise", "near": "hardly enough",
            "small": "too little for a count", "none": "does not move"}  # fmt: skip
    assert set(get_args(Verdict)) == set(said)
    assert [verdict for verdict, words in said.items() if not any(words in row for row in rows)] == []
