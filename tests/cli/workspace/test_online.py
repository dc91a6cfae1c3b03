"""Promise: a page is read over the network only where that is asked for, once, and with its exchange as evidence."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tallystick.study.workspace import online
from tallystick.study.workspace.read import REFUSED
from tallystick.study.workspace.workspace import Workspace
from tests.cli.conftest import Told
from tests.cli.workspace.conftest import Command, everything, listed
from tests.evidence.online.server import PUBLIC, Here, page, redirect, serving

URL = "http://gazette.example.org/ships"
TEXT = (
    "More than 4,321 North Korean labourers were working on building sites in Russia in March 2024, said the harbour "
    "office of Oru. They are paid about $640 a month, the office said. The list was read out in the port."
)
PAGE = f"<html><head><title>Who loads the ships</title></head><body><article><p>{TEXT}</p></article></body></html>"
CANARY = b"4,321 North Korean"


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> Callable[[Here], None]:
    """Let names resolve to a public address, and connections to it end at the test's server. No guard is loosened."""

    def through(here: Here) -> None:
        monkeypatch.setattr(online, "system_resolver", lambda _: (PUBLIC,))
        monkeypatch.setattr(online, "dial", here.connect)

    return through


def rows(told: Told) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(told.out)
    return found


def test_an_address_without_online_is_wrong_usage_and_says_so(command: Command, cases: str) -> None:
    told = command("read", URL, "--public", "--workspace", cases)
    assert told.code == 2
    assert "nothing asks the network without --online" in told.err


@pytest.mark.parametrize(
    "address", ["ftp://gazette.example.org/x", "file:" + "///etc/passwd", "FILE:" + "//x", "gopher://x/1"]
)
def test_only_the_web_is_read_over_the_network(command: Command, cases: str, address: str) -> None:
    told = command("read", address, "--online", "--workspace", cases)
    assert told.code == 2
    assert "only http and https" in told.err


def test_a_page_keeps_its_address_its_time_of_capture_and_its_exchange(
    command: Command, cases: str, reached: Callable[[Here], None]
) -> None:
    before = datetime.now(UTC)
    with serving({"/ships": redirect("/ships-at-sea"), "/ships-at-sea": page(PAGE.encode())}) as here:
        reached(here)
        told = command("read", URL, "--online", "--public", "--workspace", cases, "--format", "json")
    assert told.code == 0, told.err
    assert rows(told)[0]["outcome"] == "read"
    assert rows(told)[0]["claims"] >= 1
    with Workspace.open(Path(cases)) as opened:
        (document,) = opened.state.documents.values()
        archive = opened.copies.read(document.copy)
    assert (document.url, document.origin) == ("http://gazette.example.org/ships-at-sea", URL)
    assert before - timedelta(seconds=1) <= document.captured_at <= datetime.now(UTC)
    assert archive.startswith(b"WARC/1.1")
    assert all(request in archive for request in here.heard)
    assert PAGE.encode() in archive
    assert command("verify", cases).code == 0


def test_an_accepted_claim_cites_the_page(command: Command, cases: str, reached: Callable[[Here], None]) -> None:
    with serving({"/ships": page(PAGE.encode())}) as here:
        reached(here)
        command("read", URL, "--online", "--public", "--workspace", cases)
    id = next(row["id"] for row in listed(command, cases) if row["measure"] == "workers_present")
    accepted = command("review", "--accept", id, "--why", "read the page", "--workspace", cases)
    assert accepted.code == 0, accepted.err
    assert URL in command("show", id, "--workspace", cases).out


def test_a_page_lies_sealed_until_it_is_marked_public(
    command: Command, cases: str, reached: Callable[[Here], None]
) -> None:
    with serving({"/ships": page(PAGE.encode())}) as here:
        reached(here)
        told = command("read", URL, "--online", "--workspace", cases)
    assert told.code == 0, told.err
    assert CANARY not in everything(cases)
    assert b"gazette.example.org" not in everything(cases)


def test_the_same_page_at_another_time_is_one_document_and_a_changed_one_is_another(
    command: Command, cases: str, reached: Callable[[Here], None]
) -> None:
    def read(text: str) -> str:
        with serving({"/ships": page(text.encode(), Date=f"today {len(text)} {next(hour)}")}) as here:
            reached(here)
            told = command("read", URL, "--online", "--public", "--workspace", cases, "--format", "json")
        assert told.code == 0, told.err
        return str(rows(told)[0]["outcome"])

    hour = iter(range(9))
    assert read(PAGE) == "read"
    assert read(PAGE) == "known"
    assert read(PAGE.replace("4,321", "9,876")) == "read"


@pytest.mark.parametrize(
    ("address", "answer", "said"),
    [
        ("http://127.0.0.1/", page(), "127.0.0.1, which is not public"),
        ("http://[::1]/", page(), "::1, which is not public"),
        ("http://localhost/", page(), "no name of the public DNS"),
        (URL, redirect("http://169.254.169.254/latest"), "169.254.169.254, which is not public"),
        (URL, redirect("/ships"), "redirected in a circle"),
        (URL, redirect("ftp://gazette.example.org/x"), "is not of http or https but of ftp"),
        (URL, page(b"gone", "404 Not Found"), "was answered with status 404"),
        (URL, page(b"short", Content_Length="100000000"), "is larger than 50 MB"),
        (URL, page(b"short", Content_Length="99"), "broke off"),
    ],
    ids=["loopback", "loopback6", "localhost", "metadata", "circle", "scheme", "404", "size", "cut"],
)
def test_what_is_not_fetched_is_told_and_recorded_with_its_reason(
    command: Command, cases: str, reached: Callable[[Here], None], address: str, answer: bytes, said: str
) -> None:
    with serving({"/ships": answer, "/": answer}) as here:
        reached(here)
        told = command("read", address, "--online", "--public", "--workspace", cases, "--format", "json")
    assert told.code == 1
    assert (rows(told)[0]["outcome"], rows(told)[0]["verdict"]) == ("refused", "not_fetched")
    assert said in rows(told)[0]["message"]
    assert said in told.err
    with Workspace.open(Path(cases)) as opened:
        (entry,) = opened.ledger.entries(kinds=[REFUSED])
        assert opened.state.documents == {}
    assert entry.content is not None
    assert (entry.content["origin"], entry.content["verdict"]) == (address, "not_fetched")
    assert said in entry.content["message"]


def test_this_machine_is_not_reached_however_a_name_resolves(
    command: Command, cases: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the resolver is replaced here: the dialler is the product's own, and there is a server to reach."""
    with serving({"/ships": page(PAGE.encode())}) as here:
        monkeypatch.setattr(online, "system_resolver", lambda _: ("127.0.0.1",))
        told = command("read", URL, "--online", "--public", "--workspace", cases)
        assert told.code == 1
        assert "leads to 127.0.0.1, which is not public (Loopback)" in told.err
        assert here.heard == []


def test_a_page_that_is_refused_while_restricted_leaves_no_word_of_its_address(
    command: Command, cases: str, reached: Callable[[Here], None]
) -> None:
    with serving({"/ships": page(b"gone", "410 Gone")}) as here:
        reached(here)
        assert command("read", URL, "--online", "--workspace", cases).code == 1
    assert b"gazette.example.org" not in everything(cases)


def test_files_and_pages_are_read_in_the_order_in_which_they_were_named(
    command: Command, cases: str, reached: Callable[[Here], None], tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(TEXT.replace("4,321", "1,234"), encoding="utf-8")
    words = (str(file), URL, "http://10.0.0.1/")
    with serving({"/ships": page(PAGE.encode())}) as here:
        reached(here)
        told = command("read", *words, "--online", "--public", "--workspace", cases, "--format", "json")
    assert [row["origin"] for row in rows(told)] == list(words)
    assert [row["outcome"] for row in rows(told)] == ["read", "read", "refused"]
    assert "1 of 3 documents were not read" in told.err
