"""The words that claims were read from: in their passage, as long as their offsets say, with a hash of the copy."""

from __future__ import annotations

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.evidence.quote_rows import QUOTE_COLUMNS, QUOTES, one_line
from tallystick.vocab.errors import EvidenceFaults
from tests.evidence.damage import Copy

ROW = {
    "claim": "rsis23_wage",
    "quote": "so many coins",
    "passage": "They earn so many coins.",
    "place": "page 2",
    "start": "10",
    "end": "23",
    "document": "0f" * 32,
    "read_by": "grammar",
    "judged_by": "ana",
    "judged_on": "2026-11-21",
}


def quote(copy: Copy, *rows: dict[str, str]) -> None:
    copy.write(QUOTES, [list(QUOTE_COLUMNS), *([row[name] for name in QUOTE_COLUMNS] for row in rows)])


def test_a_quote_is_read_with_the_programme_and_counts_in_its_root(copy: Copy) -> None:
    before = load_programme(copy.folder).evidence_root
    quote(copy, ROW)
    programme = load_programme(copy.folder)
    assert [dict(row) for row in programme.hand["quotes"]] == [ROW]
    assert programme.evidence_root != before


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"claim": "nobody_said"}, 'field claim: no claim or statement is called "nobody_said"'),
        ({"quote": ""}, "field quote: is blank"),
        ({"quote": "so many pence"}, "field quote: does not stand in the passage"),
        ({"end": "24"}, "field end: start and end are not as far apart as the quote is long"),
        ({"start": "-1"}, "field start: .* are no offsets"),
        ({"start": "ten"}, "field start: .* are no offsets"),
        ({"document": "0f" * 31}, "field document: is no SHA-256"),
        ({"judged_by": ""}, "field judged_by: is blank"),
        ({"judged_on": "someday"}, "field judged_on: .* is no day"),
        ({"place": "page\u202e2"}, "field place: .* unseen sign"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_field(copy: Copy, changes: dict[str, str], problem: str) -> None:
    quote(copy, ROW | changes)
    with pytest.raises(EvidenceFaults, match=problem):
        load_programme(copy.folder)


def test_a_claim_has_one_quote(copy: Copy) -> None:
    quote(copy, ROW, ROW)
    with pytest.raises(EvidenceFaults, match="is quoted twice, first in row 1"):
        load_programme(copy.folder)


def test_unseen_signs_become_blanks_one_for_one() -> None:
    words = "so\nmany\u200bcoins\u202e\u00a012"
    assert one_line(words) == "so many coins \u00a012"
    assert len(one_line(words)) == len(words)
