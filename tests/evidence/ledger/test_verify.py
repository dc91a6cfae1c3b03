"""Promise (T4): whatever of the past is changed, `verify` names it, with chain, number and the way out.

Each check has a case here that only it finds: the tables are changed as one would who knows the rules.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.evidence.ledger.entry import commitment_of, hash_of
from tallystick.evidence.ledger.held import Held, Kept
from tallystick.evidence.ledger.store import Ledger
from tallystick.evidence.ledger.verify import Fault, faults_of, held
from tests.evidence.ledger.made import made, opened

Change = Callable[[Held], Held]


@pytest.fixture
def whole(tmp_path: Path) -> Held:
    """What a ledger holds in which five things were done: 1 genesis, 2 and 3 rows, 4 row, 5 erasure of 3, 6 row."""
    with made(tmp_path) as ledger:
        for number in (2, 3, 4):
            ledger.append("row", f"c{number}", {"n": number}, "ana")
        ledger.erase(["c3"], why="asked to", by="ana")
        ledger.append("row", "c6", {"n": 6}, "ana")
        return held(ledger)


def _problems(found: Held) -> list[str]:
    return [str(fault) for fault in faults_of(found)]


def _entry(found: Held, number: int, again: bool = True, **changed: object) -> Held:
    """The entry of that number changed, its hash worked out `again`, and its content moved along."""
    (old,) = [one for one in found.entries if one.number == number]
    new = replace(old, **changed)  # type: ignore[arg-type]
    new = replace(new, hash=hash_of(new)) if again else new
    contents = {new.hash if one == old.hash else one: kept for one, kept in found.contents.items()}
    entries = [new if one is old else one for one in found.entries]
    return replace(found, entries=entries, contents=contents)


def _content(found: Held, number: int, kept: Kept | None, commit: bool = False) -> Held:
    (entry,) = [one for one in found.entries if one.number == number]
    contents = dict(found.contents)
    contents.pop(entry.hash, None)
    if kept is not None:
        contents[entry.hash] = kept
    found = replace(found, contents=contents)
    return _entry(found, number, commitment=commitment_of(*kept)) if kept is not None and commit else found


def test_a_ledger_that_nobody_touched_holds(whole: Held) -> None:
    assert _problems(whole) == []


@pytest.mark.parametrize(
    ("number", "changed", "problem"),
    [
        (6, {"by": "bek"}, "is not what its hash"),
        (6, {"at": "2026-11-23T13:00:00.000000Z"}, "is not what its hash"),
        (6, {"commitment": "a" * 64}, "is not what its hash"),
    ],
)
def test_an_entry_that_is_not_what_its_hash_says_is_named(
    number: int, changed: dict[str, object], problem: str, whole: Held
) -> None:
    """The last entry: no link below it would tell."""
    (fault,) = [one for one in faults_of(_entry(whole, number, again=False, **changed)) if problem in one.problem]
    assert (fault.chain, fault.number) == (whole.own, number)
    assert "copy that holds a head printed in a brief" in fault.hint


def test_a_past_entry_with_its_hash_worked_out_anew_breaks_the_link_below(whole: Held) -> None:
    assert any("entry 5: follows" in one for one in _problems(_entry(whole, 4, by="bek")))


def test_a_missing_entry_is_named_between_and_at_the_beginning(whole: Held) -> None:
    for number, problem in ((4, "entry 5: follows entry 3: those between"), (1, "entries 1 to 1 are missing")):
        left = replace(whole, entries=[one for one in whole.entries if one.number != number])
        assert any(problem in one for one in _problems(left))


def test_two_entries_with_one_number_are_named(whole: Held) -> None:
    twin = _entry(whole, 6, by="bek")
    both = replace(whole, entries=[*whole.entries, twin.entries[-1]], contents={**whole.contents, **twin.contents})
    assert any("entry 6: is there twice" in one for one in _problems(both))


def test_an_entry_that_is_there_twice_word_for_word_is_named(whole: Held) -> None:
    both = replace(whole, entries=[*whole.entries, whole.entries[-1]])
    assert any("entry 6: is there twice" in one for one in _problems(both))


def test_time_that_goes_back_is_named(whole: Held) -> None:
    (fault,) = faults_of(_entry(whole, 6, at="2026-11-23T11:00:00.000000Z"))
    assert "not after entry 5" in fault.problem


def test_content_that_was_not_committed_to_is_named(whole: Held) -> None:
    (entry,) = [one for one in whole.entries if one.number == 4]
    salt, _ = whole.contents[entry.hash]
    assert _problems(_content(whole, 4, Kept(salt, b'{"n":5}'))) == [
        f"chain {whole.own[:12]}, entry 4: its content is not what was committed to"
    ]


def test_content_that_is_missing_without_an_erasure_is_named(whole: Held) -> None:
    assert any("entry 4: its content is missing" in one for one in _problems(_content(whole, 4, None)))


def test_content_that_came_back_is_named(whole: Held) -> None:
    (fault,) = faults_of(_content(whole, 3, Kept(b"s" * 32, b"{}")))
    assert "its content is there, though an entry says that it was erased" in fault.problem
    assert "take it out of every copy" in fault.hint


def test_content_of_no_entry_is_named(whole: Held) -> None:
    more = replace(whole, contents={**whole.contents, "f" * 64: Kept(b"s" * 32, b"{}")})
    assert _problems(more) == [f'the content of "{"f" * 59}…" belongs to no entry']


@pytest.mark.parametrize(
    ("kept", "problem"),
    [
        (Kept(b"s" * 32, b"[]"), "its content is no JSON object"),
        (Kept(b"s" * 32, b'{"a": 1}'), "its content is not in canonical JSON"),
        (Kept(b"s" * 31, b"{}"), "is of a kind or length that nothing writes"),
    ],
)
def test_content_that_nothing_writes_is_named_though_it_was_committed_to(kept: Kept, problem: str, whole: Held) -> None:
    (found,) = _problems(_content(whole, 6, kept, commit=True))
    assert problem in found


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'{"entries":["%s"],"subjects":[],"why":"x"}' % (b"1" * 64), "was erased, and there is no such entry"),
        (b'{"entries":["{genesis}"],"subjects":[],"why":"x"}', "whose kind genesis cannot be"),
        (b'{"entries":"c3","subjects":[],"why":"x"}', "but not of which entries and subjects"),
        (b'{"entries":[""],"subjects":[],"why":"x"}', "but not of which entries and subjects"),
        (b'{"why":"x"}', "but not of which entries and subjects"),
    ],
)
def test_an_erasure_of_what_is_not_there_or_cannot_be_erased_is_named(body: bytes, problem: str, whole: Held) -> None:
    body = body.replace(b"{genesis}", whole.own.encode())
    assert any(problem in one for one in _problems(_content(whole, 5, Kept(b"s" * 32, body), commit=True)))


def test_a_chain_of_its_own_that_is_not_there_is_named(whole: Held) -> None:
    assert any("its own chain" in one for one in _problems(replace(whole, own="f" * 64)))


@pytest.fixture
def merged(tmp_path: Path) -> Held:
    """What ana holds after bek and she merged each other."""
    with made(tmp_path) as ana, made(tmp_path, "bek") as bek:
        ana.export(tmp_path / "ana.jsonl")
        bek.merge(tmp_path / "ana.jsonl", by="bek")
        bek.append("row", "c1", {}, "bek")
        bek.export(tmp_path / "bek.jsonl")
        ana.merge(tmp_path / "bek.jsonl", by="ana")
        return held(ana)


def test_the_end_of_a_merged_chain_cannot_be_cut_off(merged: Held) -> None:
    (last,) = [one for one in merged.entries if one.chain != merged.own and one.number == 3]
    entries = [one for one in merged.entries if one is not last]
    contents = {key: value for key, value in merged.contents.items() if key != last.hash}
    problems = _problems(replace(merged, entries=entries, contents=contents))
    assert any("it is not there as it was" in one for one in problems)
    assert any("was not merged up to here" in one for one in problems)


def test_a_chain_that_nobody_merged_is_named(merged: Held) -> None:
    merge = [one for one in merged.entries if one.kind == "merge" and one.chain == merged.own]
    entries = [one for one in merged.entries if one not in merge]
    contents = {key: value for key, value in merged.contents.items() if key != merge[0].hash}
    (found,) = _problems(replace(merged, entries=entries, contents=contents))
    assert "was not merged up to here" in found


def test_another_chain_cannot_be_made_ones_own(merged: Held) -> None:
    (other,) = {one.chain for one in merged.entries} - {merged.own}
    assert any("was not merged up to here" in one for one in _problems(replace(merged, own=other)))


def test_a_merge_that_names_nothing_is_named(merged: Held) -> None:
    merge = next(one for one in merged.entries if one.kind == "merge" and one.chain == merged.own)
    kept = Kept(b"s" * 32, b'{"chain":1,"head":"x","length":"y"}')
    new = replace(merge, commitment=commitment_of(*kept))
    new = replace(new, hash=hash_of(new))
    contents = {key: value for key, value in merged.contents.items() if key != merge.hash} | {new.hash: kept}
    entries = [new if one is merge else one for one in merged.entries]
    assert any("merged entry" in one for one in _problems(replace(merged, entries=entries, contents=contents)))


def test_a_rolled_back_ledger_holds_but_not_the_head_that_was_printed(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        ledger.append("row", "c1", {}, "ana")
    older = (tmp_path / "ana.sqlite").read_bytes()
    with opened(tmp_path) as ledger:
        printed = ledger.append("row", "c2", {}, "ana").hash
        assert ledger.holds(printed) == (ledger.own, 3)
    (tmp_path / "ana.sqlite").write_bytes(older)
    with opened(tmp_path) as ledger:
        assert ledger.verify() == ()
        assert ledger.holds(printed) is None


def _sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_settings_that_nothing_writes_are_named(tmp_path: Path) -> None:
    made(tmp_path).close()
    _sql(tmp_path / "ana.sqlite", "INSERT INTO ledger VALUES ('colour', 'red')")
    with Ledger.open(tmp_path / "ana.sqlite") as ledger:
        assert [str(one) for one in ledger.verify()] == ['the table ledger holds "colour", which nothing writes']


def test_an_index_that_does_not_fit_its_table_is_named(tmp_path: Path) -> None:
    """Who changes an index and not the table would change what is read and not what is verified."""
    with made(tmp_path) as ledger:
        ledger.append("row", "c1", {}, "ana")
    other = "CREATE INDEX entry_subject ON entry (subject || 'x')"
    _sql(
        tmp_path / "ana.sqlite",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET sql = '{other.replace(chr(39), chr(39) * 2)}' WHERE name = 'entry_subject'",
    )
    _sql(tmp_path / "ana.sqlite", "REINDEX entry_subject", "PRAGMA writable_schema = ON",
         "UPDATE sqlite_schema SET sql = 'CREATE INDEX entry_subject ON entry (subject)' "
         "WHERE name = 'entry_subject'")  # fmt: skip
    with Ledger.open(tmp_path / "ana.sqlite") as ledger:
        assert any("the file is damaged" in one.problem for one in ledger.verify())


def test_tables_changed_while_a_ledger_is_open_are_named(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        _sql(tmp_path / "ana.sqlite", "DROP INDEX entry_order")
        assert [one.problem for one in ledger.verify()] == [
            "its table, index or trigger entry_order is not as Tallystick makes it"
        ]


def test_a_fault_of_the_whole_file_names_no_entry() -> None:
    assert str(Fault(chain="", number=0, problem="the file is damaged")) == "the file is damaged"
