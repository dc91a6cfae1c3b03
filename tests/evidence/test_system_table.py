"""Breaks of `system.toml`, which a programme may have: one clear fault each, at its place."""

from __future__ import annotations

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.vocab.errors import EvidenceFaults
from tests.evidence.damage import Copy

FILE = "system.toml"
BREAKS = {
    "an unknown row": ('evidence = ["asiapress25_s25", "asiapress25_s19"]', 'evidence = ["asia"]', "no row is called"),
    "an unknown status": ('id = "F4"\nstatus = "reported"', 'id = "F4"\nstatus = "rumoured"', "unknown status"),
    "reported, yet of no row": ('evidence = ["rsis23_s29", "rsis23_s30"]', "evidence = []", "called reported"),
    "an element twice": ('id = "F4"', 'id = "F3"', '"F3" stands twice'),
    "a parameter twice": ('name = "wait"', 'name = "withdraw"', '"withdraw" stands twice'),
    "an unknown row among reasons": ("[screen_len]", "[screening]", "no row is called"),
    "a width of zero": ("median = 5\nsd = 0.2", "median = 5\nsd = 0", "not a number above 0"),
    "a key that nobody reads": ('name = "wait"', 'name = "wait"\nmean = 5', 'unknown key "mean"'),
    "a reason that is missing": ('why = "As fitted."\n', "", "is missing"),
    "a kind that nobody reads": ("[[region]]", "[[sector]]", 'unknown key "sector"'),
}


@pytest.mark.parametrize(("old", "new", "problem"), BREAKS.values(), ids=BREAKS)
def test_one_break_is_found_at_its_place(old: str, new: str, problem: str, copy: Copy) -> None:
    text = copy.raw(FILE).decode()
    assert old in text
    copy.bytes(FILE, text.replace(old, new, 1).encode())
    with pytest.raises(EvidenceFaults, match=problem) as caught:
        load_programme(copy.folder)
    assert [fault.file for fault in caught.value.faults] == [FILE], [str(fault) for fault in caught.value.faults]


def test_a_programme_without_the_file_loads(copy: Copy) -> None:
    (copy.folder / FILE).unlink()
    assert "system" not in load_programme(copy.folder).tables
