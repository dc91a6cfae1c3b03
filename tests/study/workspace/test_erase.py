"""What is erased is gone from every file of a workspace, whoever erases it: in clear, and for who has the key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tallystick.evidence.documents.derived import Derived, Refused, Stretch
from tallystick.evidence.ledger.errors import SealError
from tallystick.evidence.ledger.seal import SEALED, make_identity, open_sealed, opened_content
from tallystick.study.workspace.begin import begin
from tallystick.study.workspace.erase import erase
from tallystick.study.workspace.read import Source, Told, known, loaded, record
from tallystick.study.workspace.review import give, one
from tallystick.study.workspace.spoken import orphans
from tallystick.study.workspace.state import LINEAGE
from tallystick.study.workspace.taken import Taken, Text
from tallystick.study.workspace.texts import bytes_of, stretches_of
from tallystick.study.workspace.workspace import Settings, Workspace
from tallystick.vocab.errors import UsageError
from tests.study.workspace.invented import NOON, TEXT, proposal
from tests.study.workspace.test_check import Clock, Fresh

CANARY = "Quendolvar"
TESTIMONY = TEXT.replace("Oru", CANARY)


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    make_identity(tmp_path / "identity.txt", workspace=tmp_path / "cases")
    return tmp_path / "identity.txt"


@pytest.fixture
def begun(tmp_path: Path, identity: Path) -> Path:
    """A workspace of somebody who holds the identity."""
    return _begun(tmp_path / "cases", identity, identity)


def _begun(folder: Path, identity: Path, at_hand: Path | None) -> Path:
    recipient = identity.read_text(encoding="ascii").splitlines()[0].removeprefix("# public key: ")
    settings = Settings(programme="dprk", analyst="ana", recipients=(recipient,))
    begin(folder, settings, now=Clock(), token=Fresh(next(OPENED)), identity=at_hand)
    return folder


OPENED = iter(range(1, 200))


def opened(folder: Path, identity: Path | None) -> Workspace:
    return Workspace.open(folder, now=Clock(), token=Fresh(next(OPENED)), identity=identity)


def read_in(
    workspace: Workspace,
    *,
    public: bool,
    text: str = TESTIMONY,
    url: str = f"https://{CANARY.lower()}.example/{CANARY}",
    withheld: tuple[str, ...] = (),
    **changes: Any,
) -> Told:
    """Take in a document that holds the canary wherever a document can."""
    data = text.encode()
    derived = Derived(
        text=text, stretches=(Stretch(0, len(text), "", 0, len(data)),), media_type="text/plain", language="en",
        title=f"{CANARY} tells", publisher=f"{CANARY} Press", url=url,
        published_on=NOON.date(), tool="text 1",
    )  # fmt: skip
    claim = proposal(asserted_by=CANARY, attribution=(CANARY,), **changes)
    taken = Taken(texts=(Text(derived=derived, claims=(claim,), statements=(), withheld=withheld),))
    name = f"{CANARY}.txt"
    file = Source(origin=name, place=name, name=name, load=lambda: data)
    return record(workspace, file, data, taken, by="ana", public=public, now=NOON)


def found_in(folder: Path, identity: Path) -> list[str]:
    """The files that hold the canary, in clear or for who has the key."""
    found = [str(file) for file in _files(folder) if CANARY.lower() in _readable(file.read_bytes(), identity).lower()]
    with Workspace.open(folder, identity=identity) as workspace:
        for entry in workspace.ledger.entries():
            content = entry.content or {}
            inside = opened_content(content, identity) if SEALED in content else {}
            if CANARY.lower() in f"{content} {inside}".lower():
                found.append(f"entry {entry.number} ({entry.kind})")
    return found


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def _readable(data: bytes, identity: Path) -> str:
    """Those bytes, opened where they are a seal."""
    with suppress(SealError):  # it lies in clear
        data = open_sealed(data, identity)
    return data.decode("utf-8", "replace")


def test_the_search_finds_what_is_there(begun: Path, identity: Path) -> None:
    """The other tests say that nothing is found; this one, that something would be."""
    with opened(begun, identity) as workspace:
        read_in(workspace, public=False)
    found = found_in(begun, identity)
    assert sum("copies" in name for name in found) == 2
    assert {name.split(" (")[-1] for name in found if "(" in name} == {"document)", "proposal)"}
    with opened(begun, identity) as workspace:
        read_in(workspace, public=True, text=TESTIMONY + " ")
    assert any("ledger.sqlite" in name for name in found_in(begun, identity))


@pytest.mark.parametrize("key", ["with the key", "without"])
@pytest.mark.parametrize("public", [True, False])
def test_nothing_of_an_erased_document_is_left_in_any_file(begun: Path, identity: Path, public: bool, key: str) -> None:
    with opened(begun, identity) as workspace:
        told = read_in(workspace, public=public)
        id = next(iter(workspace.state.held))
        give(workspace, one(workspace, id), "reject", by="ben", why=f"{CANARY} was not there")
    with opened(begun, identity if key == "with the key" else None) as workspace:
        erase(workspace, told.documents, why="withdrawn", by="ana")
        assert workspace.ledger.verify() == ()
    assert found_in(begun, identity) == []


def test_what_narrows_in_a_public_document_goes_with_it_without_the_key(begun: Path, identity: Path) -> None:
    with opened(begun, identity) as workspace:
        told = read_in(workspace, public=True, restricted="names a person")
    with opened(begun, None) as workspace:
        assert not workspace.state.held
        erase(workspace, told.documents, why="withdrawn", by="ana")
    assert found_in(begun, identity) == []


@pytest.mark.parametrize("key", ["with the key", "without"])
def test_sealed_copies_from_before_a_document_was_made_public_go_with_it(begun: Path, identity: Path, key: str) -> None:
    with opened(begun, identity) as workspace:
        told = read_in(workspace, public=False)
        file = Source(origin="x", place="x", name="x", load=TESTIMONY.encode)
        known(workspace, file, TESTIMONY.encode(), by="ana", public=True, opens=True)
    with opened(begun, identity if key == "with the key" else None) as workspace:
        erase(workspace, told.documents, why="withdrawn", by="ana")
        assert list(workspace.copies.names()) == []
    assert found_in(begun, identity) == []


@pytest.mark.parametrize("key", ["with the key", "without"])
def test_every_other_copy_of_the_same_bytes_goes_too(begun: Path, identity: Path, key: str) -> None:
    """Two processes that read the same document at the same time know nothing of each other."""
    with opened(begun, identity) as workspace, opened(begun, identity) as another:
        assert not workspace.state.documents
        assert not another.state.documents
        told = read_in(workspace, public=False)
        read_in(another, public=False)
        read_in(another, public=True)
    with opened(begun, identity if key == "with the key" else None) as workspace:
        erase(workspace, told.documents, why="withdrawn", by="ana")
        assert list(workspace.copies.names()) == []
    assert found_in(begun, identity) == []


@pytest.mark.parametrize("key", ["with the key", "without"])
@pytest.mark.parametrize("sealed", [True, False])
def test_links_of_other_claims_that_tell_of_it_go_too(begun: Path, identity: Path, sealed: bool, key: str) -> None:
    with opened(begun, identity) as workspace:
        told = read_in(workspace, public=False)
        gone = next(iter(workspace.state.held))
        stays = read_other(workspace)
        link = {"to": gone, "kind": "repeats", "score": 0.9, "reasons": [f"both quote {CANARY}"]}
        content = {"links": [link]}
        held = workspace.key.sealed(content) if sealed else content
        workspace.ledger.append(LINEAGE, stays, held, "ana")
    with opened(begun, identity if key == "with the key" else None) as workspace:
        erase(workspace, told.documents, why="withdrawn", by="ana")
    assert found_in(begun, identity) == []
    with opened(begun, identity) as workspace:
        assert stays in workspace.state.held
        assert stays in workspace.state.unasked


def read_other(workspace: Workspace) -> str:
    """A claim of another document, without the canary."""
    text = TEXT + " So it said."
    data = text.encode()
    derived = Derived(text=text, stretches=(), media_type="text/plain", language="en")
    taken = Taken(texts=(Text(derived=derived, claims=(proposal(),), statements=()),))
    file = Source(origin="o.txt", place="o.txt", name="o.txt", load=lambda: data)
    before = set(workspace.state.held)
    record(workspace, file, data, taken, by="ana", public=True, now=NOON)
    (id,) = set(workspace.state.held) - before
    return id


def test_what_a_claim_alone_said_goes_and_its_document_stays(begun: Path, identity: Path) -> None:
    with opened(begun, identity) as workspace:
        told = read_in(workspace, public=False)
        id = next(iter(workspace.state.held))
        erase(workspace, [id], why="withdrawn", by="ana")
        assert not workspace.state.held
        assert tuple(workspace.state.documents) == told.documents
        assert orphans(workspace) == ()


@pytest.mark.parametrize("public", [True, False])
def test_that_a_document_could_not_be_read_is_erased_with_its_name(begun: Path, identity: Path, public: bool) -> None:
    refused = Taken(refused=Refused(verdict="malformed", message=f"{CANARY}.pdf is damaged", hint="save it again"))
    file = Source(origin=f"{CANARY}.pdf", place="x", name=f"{CANARY}.pdf", load=lambda: b"%PDF")
    with opened(begun, identity) as workspace:
        (id,) = record(workspace, file, b"%PDF", refused, by="ana", public=public, now=NOON).documents
        assert record(workspace, file, b"%PDF", refused, by="ana", public=public, now=NOON).documents[0] == id
    with opened(begun, None) as workspace:
        erase(workspace, [id], why="withdrawn", by="ana")
    assert found_in(begun, identity) == []


def test_the_name_of_a_file_that_could_not_be_read_is_not_told_in_clear(begun: Path, identity: Path) -> None:
    """Nobody has looked whether it points to somebody."""
    refused = Refused(verdict="malformed", message=f"{CANARY}.pdf: is damaged", hint="save it again")
    file = Source(origin=f"{CANARY}.pdf", place="x", name=f"{CANARY}.pdf", load=lambda: b"%PDF")
    with opened(begun, identity) as workspace:
        record(workspace, file, b"%PDF", Taken(refused=refused), by="ana", public=True, now=NOON)
        assert workspace.refusal_of(b"%PDF", f"{CANARY}.pdf") == refused
    assert found_in(begun, identity) == []


def test_what_was_refused_is_not_parsed_or_recorded_again(begun: Path, identity: Path) -> None:
    parsed = []

    def looked(verdict: str, name: str = "a.pdf") -> int:
        """How many refusals the ledger holds after the document was read."""
        file = Source(origin=name, place=name, name=name, load=lambda: verdict.encode())
        with opened(begun, identity) as workspace:
            data, _ = loaded(file)
            known = workspace.refusal_of(data, name)
            if known is None:
                parsed.append(verdict)
                known = Refused(verdict=verdict, message="not read", hint="save it again")
            record(workspace, file, data, Taken(refused=known), by="ana", public=False, now=NOON)
            return len(list(workspace.ledger.entries(kinds=["refused"])))

    assert [looked("malformed"), looked("malformed")] == [1, 1]
    assert [looked("timeout"), looked("timeout")] == [2, 3]  # another time the machine may be less busy
    assert looked("malformed", "a.txt") == 4  # under another name it is read otherwise
    assert parsed == ["malformed", "timeout", "timeout", "malformed"]


def test_what_was_refused_is_recorded_once_by_who_can_open_nothing(tmp_path: Path, identity: Path) -> None:
    folder = _begun(tmp_path / "cases", identity, None)
    taken = Taken(refused=Refused(verdict="malformed", message="not read", hint="save it again"))
    file = Source(origin="a.pdf", place="a.pdf", name="a.pdf", load=lambda: b"%PDF")
    for _ in range(2):
        with opened(folder, None) as workspace:
            record(workspace, file, b"%PDF", taken, by="ana", public=False, now=NOON)
            assert len(list(workspace.ledger.entries(kinds=["refused"]))) == 1
            assert workspace.ids_of(b"%PDF") == ()


@pytest.mark.parametrize("way", ["read as public", "made public later"])
def test_names_of_a_public_document_that_point_to_somebody_lie_sealed(begun: Path, identity: Path, way: str) -> None:
    withheld = ("origin", "title", "publisher", "url")
    with opened(begun, identity) as workspace:
        text = TEXT + " It was so."
        told = read_in(workspace, public=way == "read as public", text=text, withheld=withheld, restricted="yes")
        if way != "read as public":
            file = Source(origin="x", place="x", name="x", load=text.encode)
            known(workspace, file, text.encode(), by="ana", public=True, opens=True)
    lying = b"".join(file.read_bytes() for file in _files(begun))
    assert CANARY.encode() not in lying
    with opened(begun, None) as workspace:
        document = workspace.state.documents[told.documents[0]]
        assert (document.public, document.title, document.publisher, document.origin) == (True, "", "", "")
    with opened(begun, identity) as workspace:
        assert workspace.state.documents[told.documents[0]].title == f"{CANARY} tells"


def test_of_what_is_made_public_no_sealed_copy_stays(begun: Path, identity: Path) -> None:
    """But the document can still be read, and so can every other one of the same mail."""
    text = TEXT + " It was so."
    named = [Derived(part=part, text=text + part, stretches=(), media_type="text/plain") for part in ("one", "other")]
    parts = tuple(Text(derived=one, claims=(), statements=()) for one in named)
    file = Source(origin="x", place="x", name="x", load=text.encode)
    with opened(begun, identity) as workspace:
        told = record(workspace, file, text.encode(), Taken(texts=parts), by="ana", public=False, now=NOON)
        assert len(list(workspace.copies.names())) == 3
        known(workspace, file, text.encode(), by="ana", public=True, opens=True)
        assert orphans(workspace) == ()
        assert len(list(workspace.copies.names())) == 3
        documents = [workspace.state.documents[id] for id in told.documents]
        assert [stretches_of(workspace, one)[0] for one in documents] == [text + "one", text + "other"]
        assert bytes_of(workspace, documents[0]) == text.encode()


def test_what_nobody_knows_is_not_erased(begun: Path) -> None:
    with opened(begun, None) as workspace, pytest.raises(UsageError, match="nothing here is called 'd0123456789ab'"):
        erase(workspace, ["d0123456789ab"], why="withdrawn", by="ana")


# Where nobody at hand can open anything


def test_who_can_open_nothing_reads_each_document_once(tmp_path: Path, identity: Path) -> None:
    folder = _begun(tmp_path / "cases", identity, None)
    with opened(folder, None) as workspace:
        told = read_in(workspace, public=False)
        assert workspace.ids_of(TESTIMONY.encode()) == told.documents
    with opened(folder, None) as workspace:
        assert workspace.ids_of(TESTIMONY.encode()) == told.documents
        assert workspace.ids_of(TEXT.encode()) == ()
        erase(workspace, told.documents, why="withdrawn", by="ana")
        assert workspace.ids_of(TESTIMONY.encode()) == ()
    assert found_in(folder, identity) == []


def test_what_nobody_here_can_open_is_not_made_public(tmp_path: Path, identity: Path) -> None:
    folder = _begun(tmp_path / "cases", identity, None)
    file = Source(origin="x", place="x", name="x", load=TESTIMONY.encode)
    with opened(folder, None) as workspace:
        read_in(workspace, public=False)
        with pytest.raises(UsageError, match="can be made public only by who can open it"):
            known(workspace, file, TESTIMONY.encode(), by="ana", public=True, opens=True)


def test_without_the_identity_that_a_workspace_was_made_with_nothing_is_read_as_restricted(
    begun: Path,
) -> None:
    with opened(begun, None) as workspace:
        with pytest.raises(UsageError, match="not known again here without an identity") as told:
            read_in(workspace, public=False)
        assert "--identity" in told.value.hint
        assert list(workspace.copies.names()) == []


def test_nothing_is_read_as_public_where_nobody_could_tell_that_the_same_lies_sealed(
    begun: Path, identity: Path
) -> None:
    """Or else an erasure without the key would leave the one or the other."""
    refused = Taken(refused=Refused(verdict="malformed", message="is damaged", hint="save it again"))
    file = Source(origin="a.pdf", place="a.pdf", name="a.pdf", load=lambda: b"%PDF")
    with opened(begun, identity) as workspace:
        read_in(workspace, public=False)
    with opened(begun, None) as workspace:
        before = workspace.ledger.length
        with pytest.raises(UsageError, match="not known again here without an identity"):
            read_in(workspace, public=True)
        with pytest.raises(UsageError, match="not known again here without an identity"):
            record(workspace, file, b"%PDF", refused, by="ana", public=True, now=NOON)
        assert workspace.ledger.length == before


def test_a_mark_tells_nothing_to_who_lacks_the_key_of_marks(begun: Path, tmp_path: Path, identity: Path) -> None:
    """Neither is it a hash of the bytes, nor is it the same in another workspace."""
    other = _begun(tmp_path / "others", identity, identity)
    marks = []
    for folder in (begun, other):
        with opened(folder, identity) as workspace:
            read_in(workspace, public=False)
            marks.append(workspace.key.mark(TESTIMONY.encode(), sealed=True)["mark"])
    assert marks[0] != marks[1]
    assert not (begun / "recognise.key").exists()
