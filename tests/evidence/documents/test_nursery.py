"""The nursery outlives its children, is started again when it dies, and leaves nothing behind."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import pytest

from tallystick.evidence.documents import nursery as module
from tallystick.evidence.documents.derived import Derived, Refused, Stretch
from tallystick.evidence.documents.files import file_bytes
from tallystick.evidence.documents.nursery import Nursery
from tallystick.evidence.documents.verdicts import DocumentError
from tallystick.evidence.documents.wire import heard, told, told_no
from tests.evidence.documents.made import line, mail, page, pdf
from tests.evidence.documents.words import ENGLISH, KOREAN, RUSSIAN

NONE: frozenset[str] = frozenset()


def gone(pid: int) -> bool:
    """Wait, by its descriptor, until a process has ended."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 30.0)[0])
    finally:
        os.close(watched)


def test_each_format_goes_in_and_comes_out_the_same_as_without_a_child() -> None:
    from tallystick.evidence.documents.load import load

    cases = {
        "a.txt": KOREAN.encode("cp949"), "a.html": page(f"<article><p>{ENGLISH}</p></article>").encode(),
        "a.pdf": pdf(line("Some 1,200 came.")), "a.eml": mail(plain=RUSSIAN),
    }  # fmt: skip
    with Nursery() as nursery:
        for name, data in cases.items():
            assert nursery.take(data, name) == load(data, name)


def test_a_refusal_names_the_document_the_verdict_and_the_way_out() -> None:
    with (
        Nursery() as nursery,
        pytest.raises(DocumentError, match=r"^scan\.pdf: is a PDF of 1 pages without text") as caught,
    ):
        nursery.take(pdf(""), "scan.pdf")
    assert caught.value.verdict == "empty"
    assert "OCR" in caught.value.hint


def test_what_the_transport_says_of_encoding_and_address_is_used() -> None:
    data = "<html><body><p>ПОЕЗД ИДЁТ</p></body></html>".encode("cp866")
    with Nursery() as nursery:
        made = nursery.take(data, "a", declared="ibm866", address="https://example.org/a")[0]
    assert (made.text.strip(), made.encoding, made.url) == ("ПОЕЗД ИДЁТ", "cp866", "https://example.org/a")


def test_a_nursery_that_was_killed_is_started_again() -> None:
    with Nursery() as nursery:
        nursery.take(b"One.", "a")
        first = nursery.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert nursery.take(b"Two.", "b")[0].text == "Two."
        assert nursery.pid != first


def test_nothing_is_left_when_it_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path))
    with Nursery() as nursery:
        nursery.take(b"One.", "a")
        pid = nursery.pid
        assert len(list(tmp_path.iterdir())) == 1
    assert pid is not None
    assert gone(pid)
    assert list(tmp_path.iterdir()) == []


ORPHAN = """
import os, sys, tempfile
tempfile.tempdir = sys.argv[1]
from tallystick.evidence.documents.nursery import Nursery
nursery = Nursery(loader="tests.evidence.documents.probes:probe", paths=(sys.argv[2],))
nursery.take(b"environment", "a")
print(nursery.pid, flush=True)
nursery.take(b"wait", "b")
"""


def test_a_parent_that_is_killed_leaves_no_orphan_and_no_folder(tmp_path: Path) -> None:
    repository = str(Path(__file__).parents[3])
    command = [sys.executable, "-c", ORPHAN, str(tmp_path), repository]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert gone(pid)
    assert list(tmp_path.iterdir()) == []


def _in_a_process(nursery: Nursery, name: str) -> tuple[str, int | None]:
    return nursery.take(name.encode(), name)[0].text, nursery.pid


def _forked(nursery: Nursery, answers: multiprocessing.Queue[tuple[str, int | None]]) -> None:
    answers.put(_in_a_process(nursery, "in the fork"))
    nursery.close()


def test_a_forked_process_gets_a_nursery_of_its_own() -> None:
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    with Nursery() as nursery:
        text, pid = _in_a_process(nursery, "in the parent")
        process = context.Process(target=_forked, args=(nursery, answers))
        process.start()
        other_text, other = answers.get(timeout=60)
        process.join()
        assert (text, other_text) == ("in the parent", "in the fork")
        assert other != pid
        assert _in_a_process(nursery, "again") == ("again", pid)


def test_threads_share_one_nursery() -> None:
    texts: list[str] = []
    with Nursery() as nursery:

        def take(number: int) -> None:
            texts.append(nursery.take(f"Number {number}.".encode(), "a")[0].text)

        threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(texts) == [f"Number {number}." for number in range(8)]


def test_too_large_a_document_is_refused_before_it_is_handed_over() -> None:
    with pytest.raises(DocumentError, match="60 MB; 50 MB are read") as caught:
        Nursery().take(b"a" * 60_000_000, "a.txt")
    assert caught.value.verdict == "too_large"


def test_elsewhere_than_on_linux_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "darwin")
    with Nursery() as nursery, pytest.raises(DocumentError, match="cannot be read on darwin") as caught:
        nursery.take(b"Some text.", "a")
    assert (caught.value.verdict, "Linux" in caught.value.hint) == ("unguarded", True)


def test_a_nursery_that_cannot_start_says_why() -> None:
    with Nursery(loader="no.such:loader") as nursery, pytest.raises(DocumentError, match="No module named 'no'"):
        nursery.take(b"Some text.", "a")


MADE = Derived(text="Some text.", stretches=(Stretch(0, 10, "", 0, 10),), media_type="text/plain")


def test_an_answer_says_what_was_read() -> None:
    assert heard(told((MADE,), frozenset({"seccomp"}))) == ((MADE,), None, frozenset({"seccomp"}))
    refused = Refused(verdict="empty", message="holds no text", hint="look")
    assert heard(told_no(refused, NONE)) == ((), refused, NONE)


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1}, {"hidden": -1}, {"hidden": 1.5}, {"hidden": True}, {"text": "a" * 9}, {"title": "a" * 501},
        {"stretches": [[0, 5, "", 0, 5], [3, 9, "", 0, 5]]}, {"stretches": [[0, 5, "", 9, 5]]},
        {"stretches": [[0, 10**12, "", 0, 5]]}, {"published_on": "2021-02-31"}, {"warnings": ["a"] * 201},
        {"text": None},
    ],
)  # fmt: skip
def test_an_answer_that_no_loader_gives_is_refused(change: dict[str, object]) -> None:
    answer = msgspec.json.decode(told((MADE,), NONE))
    answer["texts"][0] |= change
    with pytest.raises((ValueError, msgspec.MsgspecError), match=r".+"):
        heard(msgspec.json.encode(answer))


def test_more_stretches_than_any_document_has_are_not_even_opened() -> None:
    answer = told((MADE,), NONE)
    many = b"[" + b",".join([b'[0,0,"",0,0]'] * 500_000) + b"]"
    with pytest.raises(ValueError, match="more stretches"):
        heard(answer.replace(b'[[0,10,"",0,10]]', many))


@pytest.mark.parametrize("number", [b"1e400", b"NaN", b"-0.5", b"9" * 5000, b'"1"', b"null"])
def test_a_number_that_is_no_count_is_refused(number: bytes) -> None:
    answer = told((MADE,), NONE)
    assert answer.count(b'"replaced":0') == 1
    with pytest.raises((ValueError, msgspec.MsgspecError), match=r".+"):
        heard(answer.replace(b'"replaced":0', b'"replaced":' + number))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"guards": []}',
        b'{"guards": [], "verdict": "fine"}',
        b'{"guards": [], "texts": []}',
        b"\xff",
    ],
)
def test_an_answer_that_is_none_is_refused(answer: bytes) -> None:
    with pytest.raises((ValueError, msgspec.MsgspecError), match=r".+"):
        heard(answer)


def test_folders_pipes_devices_and_names_of_nothing_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in (".", "pipe", "/dev/zero", "link", "missing", "a\x00b"):
        with pytest.raises(DocumentError, match=r"is a |cannot be opened") as caught:
            file_bytes(tmp_path / name)
        assert caught.value.verdict == "not_a_file"


def test_a_file_is_read_whole_and_one_that_is_too_large_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"a" * 100)
    assert file_bytes(tmp_path / "a") == b"a" * 100
    monkeypatch.setattr("tallystick.evidence.documents.files.MOST_INPUT", 99)
    with pytest.raises(DocumentError, match="MB are read"):
        file_bytes(tmp_path / "a")
