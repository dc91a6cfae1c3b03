"""Promise (T4, T5): what was added stays, in one order, whole, and under a hash that anybody can work out."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.ledger.entry import body_of, content_of, draft_of, entry_of, hash_of, is_sound, text_of
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.store import Ledger
from tests.evidence.ledger.made import NOON, made, noon, opened, tokens

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
).filter(lambda value: _is_utf8(value))


def _is_utf8(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _hex(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_a_small_ledger_has_the_hashes_worked_out_by_hand(tmp_path: Path) -> None:
    """The rule as the docs state it, written out: nothing here uses the code that is tested."""
    salts = [sha256(f"ana {number}".encode()).digest() for number in range(2)]
    first = sha256(b"\x02" + salts[0] + b'{"workspace":"ana"}').hexdigest()
    nought = "0" * 64
    chain = _hex(
        f'{{"at":"2026-11-23T12:00:00.000000Z","by":"ana","chain":"{nought}","commitment":"{first}",'
        f'"kind":"genesis","number":1,"previous":"{nought}","subject":""}}'
    )
    second = sha256(b"\x02" + salts[1] + '{"n":1.5,"name":"Чхве"}'.encode()).hexdigest()
    head = _hex(
        f'{{"at":"2026-11-23T12:00:00.000001Z","by":"bek","chain":"{chain}","commitment":"{second}",'
        f'"kind":"document","number":2,"previous":"{chain}","subject":"d{second[:12]}"}}'
    )
    with made(tmp_path) as ledger:
        draft = ledger.draft("document", {"name": "Чхве", "n": 1.5}, by="bek", prefix="d")
        ledger.append_all([draft])
        assert (ledger.own, ledger.head, ledger.length) == (chain, head, 2)
        assert draft.subject == f"d{second[:12]}"


def test_entries_come_back_as_they_were_given_and_in_order(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        ledger.append("review", "p1", {"verdict": "accept"}, "ana", why="the table says so")
        ledger.append("review", "p2", {"verdict": "reject"}, "bek")
    with Ledger.open(tmp_path / "ana.sqlite") as ledger:
        told = [(one.number, one.by, one.kind, one.subject, one.content) for one in ledger.entries()]
    assert told == [
        (1, "ana", "genesis", "", {"workspace": "ana"}),
        (2, "ana", "review", "p1", {"verdict": "accept", "why": "the table says so"}),
        (3, "bek", "review", "p2", {"verdict": "reject"}),
    ]


def test_more_entries_than_are_fetched_at_once_come_in_order_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallystick.evidence.ledger.store.AT_ONCE", 3)
    with made(tmp_path) as ledger:
        ledger.append_all(ledger.draft("row", {"n": n}, by="ana", subject=f"c{n}") for n in range(11))
        assert [one.number for one in ledger.entries()] == list(range(1, 13))


@given(st.dictionaries(st.text().filter(_is_utf8), JSON, max_size=5))
def test_any_content_has_one_spelling_and_reads_back(content: dict[str, Any]) -> None:
    body = body_of(content)
    assert content_of(body) == content
    assert body_of(content_of(body)) == body


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"n": float("nan")}, "JSON"),
        ({"n": float("inf")}, "JSON"),
        ({"text": "\ud800"}, "no canonical JSON"),
        ({"n": {1, 2}}, "set has no canonical JSON"),
    ],
)
def test_content_that_json_cannot_hold_is_refused(content: dict[str, Any], problem: str, tmp_path: Path) -> None:
    with made(tmp_path) as ledger, pytest.raises(ValueError, match=problem):
        ledger.append("row", "c1", content, "ana")


@pytest.mark.parametrize(
    "body",
    [
        *(5, None, "{}"),  # found by fuzzing: what a damaged page may give
        *(b"", b"[]", b"\xff", b"{" * 99999, b"9" * 5000, '{"a":1}'.encode("utf-16")),
        *(b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a":1e400}', b'{"a":NaN}'),
    ],
)
def test_a_body_that_is_no_canonical_object_is_refused(body: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        content_of(body)


def test_days_are_kept_as_text() -> None:
    assert content_of(body_of({"on": date(2026, 11, 23)})) == {"on": "2026-11-23"}


def test_a_batch_may_name_what_it_brings_in(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        document = ledger.draft("document", {"sha256": "ab"}, by="ana", prefix="d")
        proposal = ledger.draft("proposal", {"document": document.subject}, by="ana", prefix="p")
        first, second = ledger.append_all([document, proposal])
        assert second.subject == "p" + second.commitment[:12]
        assert [one.content for one in ledger.about(first.subject)] == [{"sha256": "ab"}]
        assert ledger.about(second.subject)[0].content == {"document": first.subject}


def test_equal_content_gets_another_id_so_that_a_guess_matches_nothing(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        one, other = (ledger.draft("document", {"sha256": "ab"}, by="ana", prefix="d") for _ in range(2))
        assert one.subject != other.subject


def test_an_id_that_was_drawn_before_is_refused(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        draft = ledger.draft("document", {"sha256": "ab"}, by="ana", prefix="d")
        ledger.append_all([draft])
        with pytest.raises(LedgerError, match="was drawn for something else already") as told:
            ledger.append_all([draft])
        assert "repeat the command" in told.value.hint


def test_a_batch_is_added_whole_or_not_at_all(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        before = ledger.head
        again = ledger.draft("document", {"n": 1}, by="ana", prefix="d")
        with pytest.raises(LedgerError, match=r"ana\.sqlite: SQLite says: UNIQUE constraint failed"):
            _add_with_a_slip(ledger, again)
        assert (ledger.head, ledger.length) == (before, 1)
        ledger.append("row", "c1", {}, "ana")
        assert ledger.verify() == ()


def _add_with_a_slip(ledger: Ledger, draft: Any) -> None:
    with ledger.writing():
        (entry,) = ledger.place([draft])
        ledger.insert_entry(entry)


def test_what_is_raised_amid_writing_leaves_nothing(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        with pytest.raises(KeyboardInterrupt):
            _add_and_stop(ledger)
        assert ledger.length == 1


def _add_and_stop(ledger: Ledger) -> None:
    with ledger.writing():
        ledger.place([ledger.draft("row", {}, by="ana", subject="c1")])
        raise KeyboardInterrupt


def test_each_entry_is_later_than_the_one_above_whatever_the_clock_says(tmp_path: Path) -> None:
    """Clocks stand and go back; a chain goes forward, so that order by time is order of the chain."""
    hours = iter([12, 11, 13, 9])
    with made(tmp_path):
        pass
    clock = lambda: NOON.replace(hour=next(hours))  # noqa: E731
    with Ledger.open(tmp_path / "ana.sqlite", now=clock, token=tokens("again")) as ledger:
        for number in range(4):
            ledger.append("row", f"c{number}", {}, "ana")
        at = [one.moment for one in ledger.entries()]
    assert all(above < below for above, below in pairwise(at))
    assert at[2] == NOON + timedelta(microseconds=2)
    assert at[3].hour == 13


def test_a_moment_has_one_length_and_is_in_utc() -> None:
    east = datetime.fromisoformat("0999-01-01T05:00:00+09:00")
    assert text_of(east) == "0998-12-31T20:00:00.000000Z"
    with pytest.raises(ValueError, match="names no time zone"):
        text_of(datetime(2026, 1, 1))  # noqa: DTZ001


def test_entries_can_be_asked_for_by_moment_kind_and_chain(tmp_path: Path) -> None:
    days = iter(range(1, 9))
    clock = lambda: datetime(2026, 12, next(days), tzinfo=UTC)  # noqa: E731
    path = tmp_path / "ledger.sqlite"
    with Ledger.create(path, by="ana", now=clock, token=tokens("x"), genesis={}) as ledger:
        ledger.append("row", "c1", {}, "ana")
        ledger.append("review", "p1", {}, "ana")
        day = datetime(2026, 12, 2, tzinfo=UTC)
        assert [one.kind for one in ledger.entries(upto=day)] == ["genesis", "row"]
        assert [one.kind for one in ledger.entries(kinds=["row", "review"])] == ["row", "review"]
        assert [one.kind for one in ledger.entries(upto=day, kinds=["review"])] == []
        assert list(ledger.entries(kinds=[])) == []
        assert len(list(ledger.entries(chain=ledger.own))) == 3
        assert list(ledger.entries(chain="0" * 64)) == []
        found = ledger.at_or_before(day)
        assert found is not None
        assert (found.number, found.kind) == (2, "row")
        assert ledger.at_or_before(datetime(2026, 11, 30, tzinfo=UTC)) is None


def test_a_printed_head_is_found_and_one_of_another_ledger_is_not(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        head = ledger.head
        ledger.append("row", "c1", {}, "ana")
        assert ledger.holds(f" {head.upper()} ") == (ledger.own, 1)
        assert ledger.holds("1" * 64) is None


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"kind": "Row"}, 'kind: "Row" is not lower case'),
        ({"kind": "erase"}, "the ledger writes an entry of kind erase itself"),
        ({"by": ""}, 'by: "" is empty'),
        ({"by": " ana"}, "begins or ends with a space"),
        ({"by": "a\u202ena"}, r'by: "a\\u202ena" holds a sign that shows nothing'),
        ({"by": "a" * 201}, "longer than 200"),
        ({"subject": ""}, 'subject: "" is empty'),
        ({"subject": "a\nb"}, "holds a sign that shows nothing"),
    ],
)
def test_names_are_printable_and_kinds_are_words(given: dict[str, str], problem: str, tmp_path: Path) -> None:
    asked = {"kind": "row", "subject": "c1", "by": "ana"} | given
    with made(tmp_path) as ledger, pytest.raises(ValueError, match=problem):
        ledger.append(asked["kind"], asked["subject"], {}, asked["by"])


def test_who_opened_to_read_cannot_write(tmp_path: Path) -> None:
    made(tmp_path).close()
    with Ledger.open(tmp_path / "ana.sqlite") as ledger, pytest.raises(ValueError, match="was opened to read"):
        ledger.append("row", "c1", {}, "ana")
    told = pytest.raises(ValueError, match="was opened to read: it has no clock")
    with Ledger.open(tmp_path / "ana.sqlite", token=tokens("x")) as ledger, told:
        ledger.append("row", "c1", {}, "ana")


def test_only_its_owner_may_read_a_ledger(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        ledger.append("row", "c1", {}, "ana")
        found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert found == {"ana.sqlite": 0o600, "ana.sqlite-wal": 0o600, "ana.sqlite-shm": 0o600}


def test_a_commit_waits_for_the_disk_and_deletes_for_good(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        asked = "synchronous", "secure_delete", "foreign_keys", "journal_mode", "busy_timeout", "temp_store"
        assert [ledger.all(f"PRAGMA {one}")[0][0] for one in asked] == [2, 1, 1, "wal", 30_000, 2]


def test_nothing_is_added_below_an_entry_that_was_changed(tmp_path: Path) -> None:
    made(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "ana.sqlite")) as file, file:
        file.execute("UPDATE entry SET by = 'bek'")
    with pytest.raises(LedgerError, match='the last entry of its own chain, "1", is not what its hash says'):
        opened(tmp_path)


def test_an_entry_is_sound_only_as_it_was_made() -> None:
    draft = draft_of("genesis", {}, by="ana", salt=bytes(32))
    first = entry_of(draft, None, NOON)
    second = entry_of(draft_of("row", {}, by="ana", salt=bytes(32), subject="c1"), first, NOON)
    assert is_sound(first)
    assert is_sound(second)
    for changed in (
        {"number": 0},
        {"number": "2"},
        {"at": "2026-11-23"},
        {"at": "2026-13-23T12:00:00.000001Z"},
        {"by": ""},
        {"kind": "genesis"},
        {"previous": "0" * 64},
        {"subject": b"c1"},
    ):
        one = replace(second, **changed)  # type: ignore[arg-type]
        rehashed = replace(one, hash=hash_of(one)) if not isinstance(changed.get("subject"), bytes) else one
        assert not is_sound(rehashed)


def test_a_making_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "ana.sqlite").touch()
    with made(tmp_path) as ledger:
        assert ledger.length == 1


def test_a_ledger_is_not_made_over_another(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        head = ledger.head
    with pytest.raises(LedgerError, match=r"ana\.sqlite: is there already"):
        made(tmp_path)
    with opened(tmp_path) as ledger:
        assert ledger.head == head


def test_two_ledgers_with_equal_beginnings_are_two_chains(tmp_path: Path) -> None:
    chains = set()
    for name in ("one", "two"):
        with Ledger.create(
            tmp_path / name, by="ana", now=noon, token=tokens(name), genesis={"workspace": "same"}
        ) as ledger:
            chains.add(ledger.own)
    assert len(chains) == 2
