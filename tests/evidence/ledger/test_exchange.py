"""Promise: two people's ledgers become one account with both histories, and neither can quietly change the other's."""

from __future__ import annotations

import json
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.portable import read
from tallystick.evidence.ledger.store import Ledger
from tests.evidence.ledger.made import files, made, opened

SECRET = "what she told us of the bunkhouse"


def _state(ledger: Ledger) -> list[tuple[str, int, Any]]:
    """What both must agree on: all but the entries that say who merged what."""
    return [(one.hash, one.number, one.content) for one in ledger.entries() if one.kind != "merge"]


def _exchange(one: Ledger, other: Ledger) -> None:
    """Each takes over the other's, until neither learns anything but that the other merged."""
    for giver, taker in ((one, other), (other, one), (one, other)):
        file = giver.path.parent / f"{giver.path.stem}.jsonl"
        giver.export(file)
        taker.merge(file, by=taker.path.stem)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _write(file: Path, lines: list[dict[str, Any]]) -> None:
    """Lines closed as an export closes them."""
    body = b"".join(
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n" for line in lines
    )
    file.write_bytes(body + b'{"sha256":"' + sha256(body).hexdigest().encode() + b'"}\n')


def test_both_histories_are_kept_with_both_opinions_in_one_order(tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        ana.append("review", "p1", {"verdict": "accept"}, "ana")
        bek.append("review", "p1", {"verdict": "reject"}, "bek")
        _exchange(ana, bek)
        assert _state(ana) == _state(bek)
        assert {(one.by, (one.content or {})["verdict"]) for one in ana.about("p1")} == {
            ("ana", "accept"), ("bek", "reject"),
        }  # fmt: skip
        assert ana.verify() == bek.verify() == ()
        assert ana.own != bek.own
        assert set(ana.heads()) == set(bek.heads()) == {ana.own, bek.own}


def test_a_merge_is_an_entry_that_names_chain_head_and_length(tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        bek.append("row", "c1", {}, "bek")
        bek.export(tmp_path / "bek.jsonl")
        merged = ana.merge(tmp_path / "bek.jsonl", by="ana")
        assert (merged.entries, merged.chains, merged.erased, merged.withheld) == (2, (bek.own,), 0, 0)
        (entry,) = ana.entries(kinds=["merge"])
        assert entry.content == {"chain": bek.own, "head": bek.head, "length": 2}
        assert (entry.chain, entry.by) == (ana.own, "ana")


def test_a_longer_version_of_a_known_chain_appends_what_is_new(tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        for length in (1, 2):
            bek.export(tmp_path / "bek.jsonl")
            assert ana.merge(tmp_path / "bek.jsonl", by="ana").entries == 1
            assert ana.heads()[bek.own] == (bek.head, length)
            bek.append("row", f"c{length}", {}, "bek")


def test_an_older_export_of_ones_own_changes_nothing_and_says_so(tmp_path: Path) -> None:
    with made(tmp_path) as ana:
        ana.export(tmp_path / "old.jsonl")
        ana.append("row", "c1", {}, "ana")
        before = ana.head
        assert ana.merge(tmp_path / "old.jsonl", by="ana").nothing_new
        assert (ana.head, ana.length) == (before, 2)


def test_a_ledger_that_lost_its_end_gets_it_back_from_an_export(tmp_path: Path) -> None:
    with made(tmp_path):
        pass
    older = (tmp_path / "ana.sqlite").read_bytes()
    with opened(tmp_path) as ana:
        ana.append("row", "c1", {}, "ana")
        ana.export(tmp_path / "ana.jsonl")
        head = ana.head
    (tmp_path / "ana.sqlite").write_bytes(older)
    with opened(tmp_path, again="later") as ana:
        assert ana.merge(tmp_path / "ana.jsonl", by="ana").entries == 1
        assert ana.head == head
        assert ana.verify() == ()


def test_a_fork_is_refused_by_name_and_changes_nothing(tmp_path: Path) -> None:
    made(tmp_path).close()
    older = (tmp_path / "ana.sqlite").read_bytes()
    with opened(tmp_path) as ana:
        one = ana.append("row", "c1", {}, "ana")
        ana.export(tmp_path / "ana.jsonl")
    (tmp_path / "ana.sqlite").write_bytes(older)
    with opened(tmp_path, again="elsewhere") as ana:
        other = ana.append("row", "c1", {}, "ana")
        with pytest.raises(LedgerError, match=f"entry 2 of chain {ana.own} is {one.hash}, but here it is {other.hash}"):
            ana.merge(tmp_path / "ana.jsonl", by="ana")
        assert (ana.head, ana.length) == (other.hash, 2)


def test_content_that_the_other_erased_goes_here_too_and_from_the_files(tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        ana.append("row", "c1", {"quote": SECRET}, "ana")
        _exchange(ana, bek)
        bek.append("review", "c1", {"note": SECRET}, "bek")
        bek.erase(["c1"], why="she asked", by="bek")
        bek.export(tmp_path / "bek.jsonl")
        rehearsed = ana.merge(tmp_path / "bek.jsonl", by="ana", rehearse=True)
        assert ana.about("c1")[0].content is not None
        done = ana.merge(tmp_path / "bek.jsonl", by="ana")
        assert (done, done.erased) == (rehearsed, 1)
        assert [one.content for one in ana.about("c1")] == [None, None]
        assert ana.verify() == ()
    for file in tmp_path.glob("*.jsonl"):
        if file.name != "bek.jsonl":
            file.unlink()  # an export from before is a copy, and copies are for who made them to delete
    assert SECRET.encode() not in files(tmp_path)


def test_content_of_the_same_subject_goes_though_the_other_never_saw_it(tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        ana.append("row", "c1", {"quote": SECRET}, "ana")
        bek.append("row", "c1", {"quote": SECRET}, "bek")
        bek.erase(["c1"], why="she asked", by="bek")
        bek.export(tmp_path / "bek.jsonl")
        assert ana.merge(tmp_path / "bek.jsonl", by="ana").erased == 1
        assert [one.content for one in ana.about("c1")] == [None, None]


def test_what_was_erased_here_does_not_come_back_by_an_import(tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        bek.append("row", "c1", {"quote": SECRET}, "bek")
        bek.export(tmp_path / "bek.jsonl")
        ana.append("row", "c1", {"quote": SECRET}, "ana")
        ana.erase(["c1"], why="she asked", by="ana")
        merged = ana.merge(tmp_path / "bek.jsonl", by="ana")
        assert (merged.entries, merged.withheld) == (2, 1)
        assert [one.content for one in ana.about("c1")] == [None, None]
        assert ana.verify() == ()
        assert ana.merge(tmp_path / "bek.jsonl", by="ana").nothing_new
        ana.export(tmp_path / "ana.jsonl")
        assert bek.merge(tmp_path / "ana.jsonl", by="bek").erased == 1
        assert bek.about("c1")[0].content is None


def test_a_third_hears_of_an_erasure_through_another(tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek, made(tmp_path, "cho") as cho:
        cho.append("row", "c1", {"quote": SECRET}, "cho")
        _exchange(ana, cho)
        _exchange(ana, bek)
        ana.erase(["c1"], why="she asked", by="ana")
        _exchange(ana, bek)
        _exchange(bek, cho)
        assert cho.about("c1")[0].content is None
        assert cho.verify() == ()


def test_an_export_is_the_same_bytes_for_the_same_ledger_and_private(tmp_path: Path) -> None:
    with made(tmp_path) as ana:
        ana.append("row", "c1", {"n": 1.5, "quote": "тысяча"}, "ana")
        assert ana.export(tmp_path / "one.jsonl") == ana.export(tmp_path / "two.jsonl") == 2
    one, two = ((tmp_path / name).read_bytes() for name in ("one.jsonl", "two.jsonl"))
    assert one == two
    assert stat.S_IMODE((tmp_path / "one.jsonl").stat().st_mode) == 0o600
    header, *entries, end = _lines(tmp_path / "one.jsonl")
    assert (header["format"], header["entries"], len(entries)) == ("tallystick-ledger/1", 2, 2)
    assert end == {"sha256": sha256(one[: one.rindex(b"{")]).hexdigest()}


def test_an_export_taken_while_another_writes_is_of_one_moment_and_holds(tmp_path: Path) -> None:
    made(tmp_path).close()
    with opened(tmp_path) as writer, opened(tmp_path, again="reader") as reader, made(tmp_path, "bek") as bek:
        with writer.writing():
            writer.place([writer.draft("row", {}, by="ana", subject=f"c{number}") for number in range(3)])
            assert reader.export(tmp_path / "amid.jsonl") == 1
        assert reader.export(tmp_path / "after.jsonl") == 4
        assert [bek.merge(tmp_path / f"{name}.jsonl", by="bek").entries for name in ("amid", "after")] == [1, 3]
        assert bek.holds(reader.head) == (reader.own, 4)


def test_an_erased_content_is_in_no_export(tmp_path: Path) -> None:
    with made(tmp_path) as ana:
        ana.append("row", "c1", {"quote": SECRET}, "ana")
        ana.erase(["c1"], why="she asked", by="ana")
        ana.export(tmp_path / "ana.jsonl")
    assert SECRET.encode() not in files(tmp_path)
    assert [set(line) for line in _lines(tmp_path / "ana.jsonl")][2] == {"entry"}


def test_an_export_replaces_an_export_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with made(tmp_path) as ana:
        with pytest.raises(LedgerError, match=r"notes\.txt: is there already, and is no exported ledger"):
            ana.export(tmp_path / "notes.txt")
        with pytest.raises(LedgerError, match=r"x\.jsonl: cannot be written: No such file or directory"):
            ana.export(tmp_path / "nowhere" / "x.jsonl")
        ana.export(tmp_path / "ana.jsonl")
        ana.append("row", "c1", {}, "ana")
        assert ana.export(tmp_path / "ana.jsonl") == 2
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.glob(".*"))


def test_a_ledger_that_does_not_hold_is_neither_exported_nor_added_to(tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        bek.export(tmp_path / "bek.jsonl")
        ana.append("row", "c1", {}, "ana")
        ana.all("UPDATE content SET salt = zeroblob(32)")
        with pytest.raises(
            LedgerError, match=r"ana\.sqlite: does not hold: .*not what was committed to \(and 1 more\)"
        ):
            ana.export(tmp_path / "ana.jsonl")
        with pytest.raises(LedgerError, match=r"ana\.sqlite: does not hold"):
            ana.merge(tmp_path / "bek.jsonl", by="ana")
        assert ana.length == 2


def _edited(lines: list[dict[str, Any]], number: int, **changed: Any) -> list[dict[str, Any]]:
    lines[number] = {**lines[number], **changed}
    return lines


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda lines: _edited(lines, 2, content={"n": 2}), "not what was committed to"),
        (lambda lines: _edited(lines, 2, entry={**lines[2]["entry"], "by": "ana"}), "is not what its hash"),
        (lambda lines: _edited(lines, 2, salt="0" * 64), "not what was committed to"),
        (lambda lines: _edited(lines, 2, salt="0" * 63 + " "), "line 3 holds a content or a salt that nothing"),
        (lambda lines: _edited(lines, 2, content=[1]), "line 3 holds a content or a salt that nothing writes"),
        (lambda lines: _edited(lines, 2, content={"n": float("inf")}), "line 3 holds a content that nothing writes"),
        (lambda lines: _edited(lines, 2, more=1), "line 3 is no entry"),
        (lambda lines: _edited(lines, 2, entry={**lines[2]["entry"], "number": True}), "line 3 is no entry"),
        (lambda lines: _edited(lines, 2, entry={**lines[2]["entry"], "number": 1 << 60}), "line 3 is no entry"),
        (lambda lines: _edited(lines, 2, entry={**lines[2]["entry"], "by": ["a"]}), "line 3 is no entry"),
        (lambda lines: _edited(lines, 0, format="tallystick-ledger/2"), "names the format \"tallystick-ledger/2\""),
        (lambda lines: _edited(lines, 0, entries=9), "line 1 does not name the entries and chains that follow"),
        (lambda lines: _edited(lines, 0, chains=[]), "line 1 does not name the entries and chains that follow"),
        (lambda lines: _edited(lines, 0, own="f" * 64), "its own chain, .* is not there"),
        (lambda lines: _edited(lines, 0, own=[]), "line 1 does not begin an exported ledger"),
        (lambda lines: [lines[0], {"entry": lines[1]["entry"]}, lines[2]], "its content is missing"),
        (lambda lines: lines[1:], "line 1 does not begin an exported ledger"),
        (lambda _: [], "line 1 does not begin an exported ledger"),
    ],
)  # fmt: skip
def test_a_changed_export_is_refused_and_changes_nothing(change: Any, problem: str, tmp_path: Path) -> None:
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        bek.append("row", "c1", {"n": 1}, "bek")
        bek.export(file := tmp_path / "bek.jsonl")
        _write(file, change(_lines(file)[:-1]))
        before = ana.head
        with pytest.raises(LedgerError, match=rf"^bek\.jsonl: .*{problem}") as told:
            ana.merge(file, by="ana")
        assert told.value.hint
        assert (ana.head, ana.length) == (before, 1)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "line 0 does not close the file"),
        (b"{}", "line 1 is cut off"),
        (b"[]\n", "line 1 is no JSON object"),
        (b"{\n", "line 1 is no JSON"),
        (b"[" * 100_000 + b"\n", "line 1 is no JSON"),
        (b"\xff\n", "line 1 is no JSON"),
        (b'{"sha256":"' + sha256(b"").hexdigest().encode() + b'"}\n', "line 1 does not begin an exported ledger"),
    ],
)
def test_what_is_no_export_is_refused(content: bytes, problem: str, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(content)
    with made(tmp_path) as ana, pytest.raises(LedgerError, match=rf"x\.jsonl: {problem}") as told:
        ana.merge(tmp_path / "x.jsonl", by="ana")
    assert "tallystick export --to ledger" in told.value.hint


def test_an_endless_line_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallystick.evidence.ledger.portable.LONGEST_LINE", 1000)
    (tmp_path / "x.jsonl").write_bytes(b" " * 5000)
    with (tmp_path / "x.jsonl").open("rb") as stream, pytest.raises(LedgerError, match="is longer than any"):
        read(stream, "x.jsonl")
    with made(tmp_path) as ana, pytest.raises(LedgerError, match=r"nowhere: cannot be read: No such file"):
        ana.merge(tmp_path / "nowhere", by="ana")


@settings(max_examples=15)
@given(data=st.data())
def test_any_cut_or_changed_byte_of_an_export_is_refused(data: st.DataObject, tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("export")
    with made(folder) as ana, made(folder, "bek") as bek:
        bek.append("row", "c1", {"n": 1}, "bek")
        bek.export(file := folder / "bek.jsonl")
        whole = file.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        with_other = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
        for changed in (whole[:at], with_other):
            file.write_bytes(changed)
            with pytest.raises(LedgerError, match=r"^bek\.jsonl: "):
                ana.merge(file, by="ana")
        assert ana.length == 1


@settings(max_examples=10)
@given(order=st.permutations(["ana-bek", "bek-cho", "cho-ana", "bek-ana", "ana-cho"]))
def test_in_whatever_order_three_merge_they_agree_in_the_end(order: list[str], tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("three")
    ledgers = {name: made(folder, name) for name in ("ana", "bek", "cho")}
    for name, ledger in ledgers.items():
        ledger.append("row", f"of {name}", {"quote": SECRET}, name)
        ledger.append("row", "c1", {"of": name}, name)
    ledgers["bek"].erase(["c1"], why="she asked", by="bek")
    for pair in [*order, "ana-bek", "bek-cho", "cho-ana", "ana-bek", "bek-cho"]:
        giver, taker = pair.split("-")
        ledgers[giver].export(folder / f"{giver}.jsonl")
        ledgers[taker].merge(folder / f"{giver}.jsonl", by=taker)
    assert _state(ledgers["ana"]) == _state(ledgers["bek"]) == _state(ledgers["cho"])
    assert all(one.content is None for one in ledgers["cho"].about("c1"))
    for ledger in ledgers.values():
        assert ledger.verify() == ()
        ledger.close()
