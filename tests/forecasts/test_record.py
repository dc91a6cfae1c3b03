"""Promise (T4, T8): no frozen forecast is changed unseen, and a chain made anew is found against a printed head."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from msgspec.structs import replace

from tallystick.forecasts.record import NONE, Sealed, chain_of, head_of, holds, repeated
from tallystick.vocab.errors import EvidenceError
from tests.forecasts.recorded import FIRST, chain, made, question, record

ENTRIES = 4
MUTATIONS = 400  # of each kind, in all of the record
Change = Callable[[bytes, random.Random], bytes]


def _content() -> bytes:
    return record(*(made([question()], date(2025, 2, 1 + n), inputs=str(n) * 64) for n in range(ENTRIES)))


def _edit(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    other = chance.choice([one for one in range(256) if one != content[at]])
    return content[:at] + bytes([other]) + content[at + 1 :]


def _delete(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at + 1 + chance.randrange(3) :]


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + bytes([chance.randrange(256)]) + content[at:]


def _swap(content: bytes, chance: random.Random) -> bytes:
    """Two neighbouring bytes that differ."""
    at = chance.choice([at for at in range(len(content) - 1) if content[at] != content[at + 1]])
    return content[:at] + content[at : at + 2][::-1] + content[at + 2 :]


def _duplicate(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return b"".join([*lines[: at + 1], lines[at], *lines[at + 1 :]])


def _reorder(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    while (mixed := chance.sample(lines, len(lines))) == lines:
        pass
    return b"".join(mixed)


def _drop(content: bytes, chance: random.Random) -> bytes:
    """A whole line that is not the last."""
    lines = content.splitlines(keepends=True)
    del lines[chance.randrange(len(lines) - 1)]
    return b"".join(lines)


def _truncate(content: bytes, chance: random.Random) -> bytes:
    """Cut off within a line."""
    ends = {at + 1 for at, byte in enumerate(content) if byte == ord("\n")} | {0}
    return content[: chance.choice([at for at in range(len(content)) if at not in ends])]


@pytest.mark.parametrize("change", [_edit, _delete, _insert, _swap, _duplicate, _reorder, _drop, _truncate])
def test_any_single_change_of_a_record_is_found(change: Change) -> None:
    content, chance = _content(), random.Random(4)
    for _ in range(MUTATIONS):
        changed = change(content, chance)
        with pytest.raises(EvidenceError, match=r"^forecasts.jsonl, row \d") as found:
            chain_of(changed, "forecasts.jsonl")
        assert "--against" in found.value.hint


def test_the_first_line_that_does_not_hold_is_named_with_what_was_found_and_expected() -> None:
    lines = _content().splitlines(keepends=True)
    edited = b"".join([lines[0], lines[1].replace(b'"seed":7', b'"seed":8'), *lines[2:]])
    stated = lines[1][-67:-3].decode()
    now = sha256(lines[1].replace(b'"seed":7', b'"seed":8')[:-78]).hexdigest()
    with pytest.raises(EvidenceError, match=f"row 2, field sha256: states {stated}, but its content has {now}"):
        chain_of(edited, "record")
    with pytest.raises(EvidenceError, match="row 2, field number: is 3 where 2 is expected"):
        chain_of(b"".join([lines[0], *lines[2:]]), "record")
    with pytest.raises(EvidenceError, match="row 4: ends after 100 bytes, without the end of a line"):
        chain_of(b"".join(lines[:3]) + lines[3][:100], "record")


def test_an_entry_of_another_chain_does_not_fit_in() -> None:
    """Whole, rightly numbered and with its own hash, but it names another entry before it."""
    lines = _content().splitlines(keepends=True)
    other = record(made([question()], inputs="a" * 64), made([question()], inputs="b" * 64)).splitlines(keepends=True)
    with pytest.raises(EvidenceError, match=r"row 2, field previous: is .* where .* is expected"):
        chain_of(lines[0] + other[1], "record")


def test_what_was_cut_off_or_made_anew_is_found_against_a_printed_head() -> None:
    content = _content()
    whole = chain_of(content, "record")
    printed = head_of(whole)
    assert holds(whole, printed) == ENTRIES
    shorter = chain_of(b"".join(content.splitlines(keepends=True)[:-1]), "record")
    anew = _anew(whole)
    assert holds(shorter, printed) is None
    assert holds(anew, printed) is None
    assert holds(anew, whole[0].hash) == 1  # what stands before the change is still what it was


def _anew(whole: tuple[Sealed, ...]) -> tuple[Sealed, ...]:
    """Somebody moves one quantile of the second entry and works out every later hash again."""
    entries = [entry for entry, _ in whole]
    (one,) = entries[1].forecasts
    moved = replace(one, quantiles=(one.quantiles[0] / 2, *one.quantiles[1:]))
    return chain(entries[0], replace(entries[1], forecasts=(moved,)), *entries[2:])


def test_an_older_head_is_held_by_a_record_that_has_grown() -> None:
    first = made([question()])
    before, after = chain(first), chain(first, made([question()], date(2025, 3, 1)))
    assert holds(after, head_of(before)) == 1


def test_a_record_that_is_read_back_is_what_was_frozen() -> None:
    first = made([question(), question("another")])
    (sealed,) = chain(first)
    assert sealed.entry.forecasts == first.forecasts
    assert (sealed.entry.number, sealed.entry.previous, sealed.entry.frozen_on) == (1, NONE, FIRST)
    assert record(first) == record(first)
    assert head_of(()) == NONE


def test_the_same_is_frozen_once_a_day_whatever_the_seed() -> None:
    asked = [question()]
    held = chain(made(asked))
    assert repeated(held, FIRST, "1" * 64, asked) == 1
    assert repeated(held, date(2025, 2, 1), "1" * 64, asked) is None
    assert repeated(held, FIRST, "3" * 64, asked) is None
    assert repeated(held, FIRST, "1" * 64, [question(within_days=9)]) is None
