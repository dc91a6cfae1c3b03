"""Promise: what is sealed is read by those it is sealed for, each alone, with any age tool, and by nobody else."""

from __future__ import annotations

import stat
from base64 import b64decode, b64encode
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.seal import (
    SIZES,
    STEP,
    identity_place,
    is_sealed,
    make_identity,
    open_sealed,
    opened_content,
    read_recipients,
    recipient_of,
    seal,
    sealed_content,
)
from tests.evidence.ledger.made import files, made

SECRET = "she named the foreman"


@pytest.fixture
def people(tmp_path: Path) -> dict[str, Path]:
    """Three identities, by name."""
    (workspace := tmp_path / "workspace").mkdir()
    found = {name: tmp_path / "keys" / f"{name}.txt" for name in ("ana", "bek", "cho")}
    for file in found.values():
        make_identity(file, workspace=workspace)
    return found


def _recipients(people: dict[str, Path], *names: str) -> list[str]:
    return [recipient_of(people[name]) for name in names]


@pytest.mark.parametrize("data", [b"", b"\x80", b"\0\0", b"a\x80\0", bytes(STEP), bytes(STEP - 1), b"x" * (STEP + 1)])
def test_each_recipient_alone_opens_a_seal_to_the_same_bytes(data: bytes, people: dict[str, Path]) -> None:
    sealed = seal(data, _recipients(people, "ana", "bek", "cho"))
    assert {open_sealed(sealed, file) for file in people.values()} == {data}


def test_whom_it_is_not_sealed_for_cannot_open_it_and_is_told_who_can(people: dict[str, Path]) -> None:
    sealed = seal(SECRET.encode(), _recipients(people, "ana", "bek"))
    assert SECRET.encode() not in sealed
    with pytest.raises(LedgerError, match=r"^cho\.txt: does not open this seal") as told:
        open_sealed(sealed, people["cho"])
    assert recipient_of(people["cho"]) in told.value.hint


def test_a_changed_seal_does_not_open(people: dict[str, Path]) -> None:
    sealed = bytearray(seal(SECRET.encode(), _recipients(people, "ana")))
    sealed[-1] ^= 1
    with pytest.raises(LedgerError, match="does not open this seal"):
        open_sealed(bytes(sealed), people["ana"])


@given(st.integers(0, 3 * STEP), st.integers(0, 3 * STEP))
def test_lengths_tell_only_the_number_of_steps(one: int, other: int) -> None:
    """But for the head of an age file, whose few hundred bytes vary by chance."""
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    lengths = [len(seal(bytes(length), [recipient])) // STEP for length in (one, other)]
    assert (lengths[0] == lengths[1]) == (one // STEP == other // STEP)


@pytest.mark.parametrize("letters", [1, 300, SIZES[0], SIZES[1], SIZES[2], STEP])
def test_an_entry_is_sealed_in_one_of_a_few_sizes(letters: int, people: dict[str, Path]) -> None:
    """A phrase costs 2 KiB and not 64; the length of what is sealed is told by nothing but the step."""
    data = b64decode(sealed_content({"quote": "x" * letters}, _recipients(people, "ana"))["sealed"])
    (line,) = [one for one in people["ana"].read_text(encoding="ascii").splitlines() if not one.startswith("#")]
    plain = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(line)])
    length = letters + len('{"quote":""}') + 1
    assert len(plain) == next(size for size in (*SIZES, STEP, 2 * STEP) if length <= size)
    assert opened_content({"sealed": b64encode(data).decode()}, people["ana"]) == {"quote": "x" * letters}


def test_a_seal_is_an_age_file_that_needs_nothing_of_ours(people: dict[str, Path]) -> None:
    """As the module's docstring tells who has only the age tool: the bytes, 0x80, zeros."""
    sealed = seal(SECRET.encode(), _recipients(people, "ana"))
    assert sealed.startswith(b"age-encryption.org/v1\n-> X25519 ")
    (line,) = [one for one in people["ana"].read_text(encoding="ascii").splitlines() if not one.startswith("#")]
    plain = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(line)])
    assert plain.rstrip(b"\0") == SECRET.encode() + b"\x80"
    assert len(plain) == STEP


def test_what_others_sealed_for_us_is_named_as_no_seal(people: dict[str, Path]) -> None:
    foreign = pyrage.encrypt(b"bare", [pyrage.x25519.Recipient.from_str(_recipients(people, "ana")[0])])
    with pytest.raises(LedgerError, match="is no seal of Tallystick") as told:
        open_sealed(foreign, people["ana"])
    assert "age tool" in told.value.hint


def test_an_identity_is_private_outside_and_never_written_over(people: dict[str, Path], tmp_path: Path) -> None:
    assert stat.S_IMODE(people["ana"].stat().st_mode) == 0o600
    assert stat.S_IMODE(people["ana"].parent.stat().st_mode) == 0o700
    before = people["ana"].read_bytes()
    with pytest.raises(LedgerError, match=r"ana\.txt: cannot be made: File exists") as told:
        make_identity(people["ana"], workspace=tmp_path / "workspace")
    assert "never written over" in told.value.hint
    assert people["ana"].read_bytes() == before


@pytest.mark.parametrize("place", ["workspace/key.txt", "workspace/deep/key.txt", "workspace/../workspace/k", "link/k"])
def test_an_identity_is_never_kept_in_the_workspace(place: str, tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "workspace")
    with pytest.raises(LedgerError, match="may not lie in the workspace"):
        make_identity(tmp_path / place, workspace=tmp_path / "workspace")
    assert files(tmp_path / "workspace") == b""


def test_an_identity_lies_with_the_users_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert identity_place() == tmp_path / "tallystick" / "identity.txt"


def test_a_sealed_entry_holds_no_word_of_it_and_verifies_without_a_key(people: dict[str, Path], tmp_path: Path) -> None:
    recipients = _recipients(people, "ana")
    with made(tmp_path) as ledger:
        draft = ledger.draft("document", sealed_content({"title": SECRET}, recipients), by="ana", prefix="d")
        ledger.append_all([draft])
        (entry,) = ledger.about(draft.subject)
        assert entry.content is not None
        assert is_sealed(entry.content)
        assert opened_content(entry.content, people["ana"]) == {"title": SECRET}
        assert ledger.verify() == ()
        ledger.export(tmp_path / "out.jsonl")
        assert SECRET.encode() not in files(tmp_path)
    assert not is_sealed({"title": SECRET})


@pytest.mark.parametrize("content", [{"sealed": "not base64!"}, {"sealed": 5}])
def test_a_content_that_is_no_seal_is_named(content: dict[str, object], people: dict[str, Path]) -> None:
    with pytest.raises(LedgerError, match=r"is no seal of Tallystick|does not open this seal"):
        opened_content(content, people["ana"])


def test_sealed_bytes_that_are_no_content_are_named(people: dict[str, Path]) -> None:
    sealed = b64encode(seal(b"[1]", _recipients(people, "ana"))).decode()
    with pytest.raises(LedgerError, match="is no seal of Tallystick"):
        opened_content({"sealed": sealed}, people["ana"])


def test_recipients_are_read_as_age_reads_them(people: dict[str, Path], tmp_path: Path) -> None:
    names = _recipients(people, "ana", "bek")
    (tmp_path / "recipients.txt").write_text(f"# the office\n{names[0]}\n\n{names[1]}\n", encoding="utf-8")
    assert read_recipients(tmp_path / "recipients.txt") == tuple(names)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", "names no recipient"), ("# none\n", "names no recipient"), ("age1xyz\n", '"age1xyz" is no recipient')],
)
def test_a_file_without_good_recipients_is_refused(text: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "recipients.txt").write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match=problem):
        read_recipients(tmp_path / "recipients.txt")


def test_a_secret_key_among_recipients_is_not_repeated(people: dict[str, Path]) -> None:
    key = people["ana"].read_text(encoding="ascii").splitlines()[-1]
    with pytest.raises(LedgerError, match="a secret key is no recipient") as told:
        seal(b"", [key])
    assert key not in str(told.value) + told.value.hint
    assert told.value.__cause__ is None


@pytest.mark.parametrize("text", ["", "x\n", "AGE-SECRET-KEY-1\n", "a\nb\n"])
def test_a_file_without_an_identity_is_named_and_not_repeated(text: str, tmp_path: Path) -> None:
    (tmp_path / "id.txt").write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match=r"^id\.txt: holds no identity that can be read$"):
        recipient_of(tmp_path / "id.txt")


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"id\.txt: holds no identity"):
        open_sealed(b"", tmp_path / "id.txt")
    with pytest.raises(LedgerError, match=r"recipients\.txt: cannot be read"):
        read_recipients(tmp_path / "recipients.txt")
