"""Promise (T2), through the front door: what copies a report, read and accepted, adds nothing to what a fit reads.

Documents are read by the command, and all is accepted one by one. What a fit reads is hashed as a study does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tallystick.reconcile.fingerprint import fit_input_hash
from tallystick.reconcile.records import Account
from tallystick.study.fits import inputs_hash
from tallystick.study.workspace.accepted import write
from tallystick.study.workspace.review import waiting
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.programme import Programme
from tests.study.workspace.planted import Desk, Heard
from tests.study.workspace.retold import REPORT, SECOND, paraphrases


class Door:
    """A workspace of which one analyst reads and accepts, one document after the other."""

    def __init__(self, folder: Path) -> None:
        self.heard, self.folder, self.workspace = Heard(), folder, folder / "cases"
        self.desk = Desk(folder, self.heard, "desk")
        self.desk("init", self.workspace, "--as", "ana")

    def reads(self, texts: Sequence[str], prefix: str) -> None:
        """Read these one after another, and accept all of it."""
        place = self.folder / prefix
        place.mkdir()
        for number, text in enumerate(texts):
            (place / f"{number:04}.txt").write_text(text, encoding="utf-8")
        of = ("--workspace", self.workspace)
        self.desk("read", place, "--public", *of)
        with Workspace.open(self.workspace) as opened:
            ids = [held.id for held in waiting(opened)]
        for id in ids:
            self.desk("review", "--accept", id, "--why", "read it", *of)
        assert set(self.heard.codes.values()) == {0}, list(self.heard.said.values())[-2:]

    def hash(self, name: str, of: Callable[[Account, Programme], str] = fit_input_hash) -> str:
        """The hash of what a fit may read now; by default without the names of claims, which differ by workspace."""
        place = self.folder / f"evidence-{name}"
        place.mkdir()
        with Workspace.open(self.workspace) as opened:
            write(opened, place, opened.state)
        programme = load_programme(place)
        return of(reconcile(programme), programme)

    def accepted(self) -> int:
        """How many claims count."""
        with Workspace.open(self.workspace) as opened:
            return sum(held.status == "accepted" for held in opened.state.held.values())


def by_name(account: Account, programme: Programme) -> str:
    """As a study names its fits."""
    return inputs_hash(programme, account)


def test_copies_and_paraphrases_change_nothing_and_a_second_origin_does(tmp_path: Path) -> None:
    door = Door(tmp_path)
    shipped = door.hash("shipped", by_name)
    door.reads([REPORT], "one")
    one, before = door.hash("one", by_name), door.accepted()
    assert one != shipped
    door.reads([REPORT, REPORT.replace("\n", "\r\n"), "\ufeff" + REPORT, REPORT + "\nAll rights reserved.\n"], "copies")
    assert door.accepted() > before
    assert door.hash("copies", by_name) == one
    before = door.accepted()
    door.reads(paraphrases(12), "retold")
    assert door.accepted() >= before + 12
    assert door.hash("retold", by_name) == one
    door.reads([SECOND], "second")
    assert door.hash("second", by_name) != one


def test_a_report_counts_once_though_its_copies_were_read_first(tmp_path: Path) -> None:
    after, first = Door(tmp_path / "after"), Door(tmp_path / "first")
    after.reads([REPORT], "report")
    for name, text in enumerate(paraphrases(3)):
        first.reads([text], f"retold {name}")
    first.reads([REPORT], "report")
    assert first.accepted() > after.accepted()
    assert first.hash("all") == after.hash("all")


def test_a_copy_in_other_words_that_was_read_first_is_led_to_what_it_copies(tmp_path: Path) -> None:
    door = Door(tmp_path)
    door.reads(
        ["Quay Post. 10 March 2024\n\nThe Mesk Institute has counted 13,417 North Korean workers in Russia.\n"], "a"
    )
    with Workspace.open(door.workspace) as opened:
        (copy,) = opened.state.held
    told = (
        "Mesk Gazette. 4 March 2024\n\nIn Russia 13,417 North Korean labourers are at work, the Mesk Institute says.\n"
    )
    door.reads([told], "b")
    with Workspace.open(door.workspace) as opened:
        (root,) = opened.state.held.keys() - {copy}
        assert [link.to for link in opened.state.held[copy].links] == [root]
        assert not opened.state.held[root].links
