"""Promise (T4, T8): no frozen forecast is changed unseen, and a chain made anew is found against a printed head."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from msgspec.structs import replace

from tallystick.forecasts.record import NONE, Frozen, Plain, Sealed, chain_of, head_of, holds, repeated, seed_of
from tallystick.vocab.errors import EvidenceError
from tests.forecasts.recorded import FIRST, chain, frozen, made, question, record

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
    edited = b"".join([lines[0], lines[1].replace(b'"used":40', b'"used":41'), *lines[2:]])
    stated = lines[1][-67:-3].decode()
    now = sha256(lines[1].replace(b'"used":40', b'"used":41')[:-78]).hexdigest()
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


@pytest.mark.parametrize(
    ("field", "changes", "fault"),
    [
        ("seed", {"seed": 8}, r"is 8 where day and inputs give \d+"),
        ("frozen_on", {"frozen_on": date(2025, 1, 30)}, "is 2025-01-30, before that of the entry above, 2025-01-31"),
        ("forecasts", {"forecasts": ()}, "is empty"),
        ("forecasts", {"forecasts": (frozen(question()),) * 2}, "holds an id twice"),
    ],
)
def test_an_entry_that_no_freezing_writes_is_refused_though_its_hashes_hold(
    field: str, changes: dict[str, Any], fault: str
) -> None:
    later = replace(made([question()], date(2025, 2, 1)), **changes)
    if "seed" not in changes:
        later = replace(later, seed=seed_of(later.frozen_on, later.inputs))
    with pytest.raises(EvidenceError, match=rf"row 2, field {field}: {fault}"):
        chain(made([question()]), later)


def _numbers(*changed: tuple[int, float]) -> tuple[float, ...]:
    whole = list(frozen(question()).quantiles)
    for at, value in changed:
        whole[at] = value
    return tuple(whole)


WHOLE = frozen(question())


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (replace(WHOLE, quantiles=WHOLE.quantiles[1:]), r"quantiles: not \d+ numbers"),
        (replace(WHOLE, quantiles=_numbers((0, 0.0))), r"quantiles: not \d+ numbers"),
        (replace(WHOLE, quantiles=_numbers((100, WHOLE.quantiles[99]))), r"quantiles: not \d+ numbers"),
        (replace(WHOLE, quantiles=WHOLE.quantiles[::-1]), r"quantiles: not \d+ numbers"),
        (replace(WHOLE, members={"system": _numbers((5, -1.0))}), r"system: not \d+ numbers"),
        (replace(WHOLE, plain={"latest": Plain(median=0.0, sd=0.5)}), "latest: median and sd are not both above"),
        (replace(WHOLE, plain={"latest": Plain(median=2000.0, sd=0.0)}), "latest: median and sd are not both above"),
        (replace(WHOLE, asked=question(start=date(2026, 1, 1))), "ends before it starts, or is no longer waited for"),
        (replace(WHOLE, asked=question(expected_by=FIRST)), "ends before it starts, or is no longer waited for"),
    ],
)
def test_a_forecast_that_cannot_be_judged_is_refused(wrong: Frozen, problem: str) -> None:
    assert chain(replace(made([question()]), forecasts=(WHOLE,)))
    with pytest.raises(EvidenceError, match=rf"row 1, field forecasts\.arrived_2025: {problem}"):
        chain(replace(made([question()]), forecasts=(wrong,)))


def test_the_seed_hangs_on_day_and_inputs_alone() -> None:
    seeds = [seed_of(day, inputs) for day in (FIRST, date(2025, 2, 1)) for inputs in ("1", "2")]
    assert len(set(seeds)) == 4
    assert seeds[0] == seed_of(FIRST, "1") < 2**32


def test_the_same_figure_is_frozen_once_a_day_in_whatever_words() -> None:
    asked = [question()]
    held = chain(made(asked))
    assert repeated(held, FIRST, "1" * 64, asked) == 1
    assert repeated(held, date(2025, 2, 1), "1" * 64, asked) is None
    assert repeated(held, FIRST, "3" * 64, asked) is None
    other = question("other", words="the same in other words", within_days=9, expected_by=date(2027, 1, 1))
    assert repeated(held, FIRST, "1" * 64, [question("next", host="XB"), other]) == 1
    for change in ({"measure": "workers_present"}, {"host": "XB"}, {"asserter_class": "media"}, {"unit": "permits"},
                   {"start": date(2025, 7, 1)}, {"end": date(2025, 6, 30)}):  # fmt: skip
        assert repeated(held, FIRST, "1" * 64, [question(**change)]) is None
