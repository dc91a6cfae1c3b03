"""Promise: what is fetched is whole, public, within its limits, and kept with its exchange as it went over the line."""

from __future__ import annotations

import gzip
import io
import socket
import ssl
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from tallystick.evidence.online.budget import Limits
from tallystick.evidence.online.fetch import Hop, fetch, system_resolver
from tallystick.evidence.online.refusals import OnlineError
from tests.evidence.online.server import NOON, PEM, PUBLIC, page, redirect, serving

URL = "http://example.org/"
SMALL = Limits(bytes=1_000_000)


# What is kept -----------------------------------------------------------------------------------------------


def test_a_page_is_captured_with_who_sent_it_and_when() -> None:
    with serving({"/": page(b"<p>words")}) as here:
        found = here.fetch(URL)
    assert (found.body, found.status, found.media_type, found.final_url) == (b"<p>words", 200, "text/html", URL)
    assert found.captured_at == NOON
    assert found.hops == (Hop(url=URL, address=PUBLIC, status=200),)
    assert here.dialled == [(PUBLIC, 80)]


def test_the_request_says_no_more_than_it_must() -> None:
    with serving({"/a?b=c": page()}) as here:
        here.fetch("http://example.org/a?b=c#part")
    (request,) = here.heard
    first, *headers = request.decode().strip().split("\r\n")
    assert first == "GET /a?b=c HTTP/1.1"
    assert {line.partition(":")[0] for line in headers} == {
        "Host", "User-Agent", "Accept", "Accept-Encoding", "Connection",
    }  # fmt: skip
    assert "Host: example.org" in headers


def test_proxies_and_passwords_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("HOME", str(tmp_path))
    with serving({"/": page()}) as here:
        here.fetch(URL)
    assert here.dialled == [(PUBLIC, 80)]
    assert b"Authorization" not in here.heard[0]


def test_the_archive_holds_every_byte_of_the_exchange_and_its_digests() -> None:
    answers = {"/": redirect("/next"), "/next": page(gzip.compress(b"<p>words"), Content_Encoding="gzip")}
    with serving(answers) as here:
        found = here.fetch(URL)
    records = ArchiveIterator(io.BytesIO(found.warc), no_record_parse=True)
    kept = [
        (each.rec_type, each.rec_headers.get_header("WARC-Target-URI"), each.content_stream().read())
        for each in records
    ]
    assert [kind for kind, *_ in kept] == ["warcinfo", "response", "request", "response", "request"]
    assert [block for kind, _, block in kept if kind == "response"] == list(answers.values())
    assert [block for kind, _, block in kept if kind == "request"] == here.heard
    assert [uri for kind, uri, _ in kept if kind == "response"] == [URL, "http://example.org/next"]


def test_a_reader_of_archives_finds_the_page_its_time_and_its_sender() -> None:
    with serving({"/": page(b"<p>words")}) as here:
        found = here.fetch(URL)
    records = {record.rec_type: record.rec_headers for record in ArchiveIterator(io.BytesIO(found.warc))}
    assert records["response"].get_header("WARC-Date") == "2026-02-01T12:00:00.000000Z"
    assert records["response"].get_header("WARC-IP-Address") == PUBLIC
    assert records["request"].get_header("WARC-Concurrent-To") == records["response"].get_header("WARC-Record-ID")
    assert records["response"].get_header("WARC-Payload-Digest").startswith("sha256:")
    bodies = [
        record.content_stream().read()
        for record in ArchiveIterator(io.BytesIO(found.warc), check_digests="raise")
        if record.rec_type == "response"
    ]
    assert bodies == [found.body]


def test_the_same_exchange_gives_the_same_bytes() -> None:
    with serving({"/": page()}) as here:
        first, second = here.fetch(URL).warc, here.fetch(URL).warc
    assert sha256(first).digest() == sha256(second).digest()


def test_a_clock_without_a_zone_is_refused() -> None:
    with serving({"/": page()}) as here, pytest.raises(OnlineError, match="has no zone"):
        here.fetch(URL, now=lambda: datetime(2026, 2, 1))  # noqa: DTZ001  # the very fault


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "304 Not Modified", "302 Found"])
def test_an_answer_that_is_no_page_is_captured_as_what_it_is(status: str) -> None:
    with serving({"/": page(b"", status)}) as here:
        assert here.fetch(URL).status == int(status[:3])


def test_a_type_that_is_not_named_is_not_guessed() -> None:
    with serving({"/": page(Content_Type="")}) as here:
        assert here.fetch(URL).media_type == "application/octet-stream"


# Where it leads ---------------------------------------------------------------------------------------------


def test_a_resolver_is_asked_once_and_its_answer_is_connected_to() -> None:
    answers = iter([("8.8.4.4",), ("127.0.0.1",)])
    with serving({"/": page()}) as here:
        found = here.fetch(URL, resolve=lambda _: next(answers))
    assert here.dialled == [("8.8.4.4", 80)]
    assert found.hops[0].address == "8.8.4.4"
    assert next(answers) == ("127.0.0.1",)  # nobody asked a second time


def test_a_name_that_moves_inside_between_two_hops_is_refused() -> None:
    answers = iter([("8.8.4.4",), ("127.0.0.1",)])
    with serving({"/": redirect("/next"), "/next": page()}) as here:
        with pytest.raises(OnlineError, match=r"leads to 127\.0\.0\.1, which is not public \(Loopback\)"):
            here.fetch(URL, resolve=lambda _: next(answers))
        assert here.dialled == [("8.8.4.4", 80)]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Stay", "308 Stay"])
def test_a_redirect_to_a_public_page_is_followed(status: str) -> None:
    answers = {"/": redirect("http://www.example.org/new?x=1", status), "/new?x=1": page(b"new")}
    with serving(answers) as here:
        found = here.fetch(URL)
    assert (found.body, found.final_url) == (b"new", "http://www.example.org/new?x=1")
    assert [hop.status for hop in found.hops] == [int(status[:3]), 200]
    assert here.asked == ["example.org", "www.example.org"]


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/", "//127.0.0.1/", "http://[::1]/", "http://localhost/", "http://2130706433/",
        "file:/etc/passwd",
        "ftp://example.org/", "http://inside.example.org/", "http://example.org:22/", "http://user:word@example.org/",
        "javascript:alert(1)", "/\\127.0.0.1/", "http://exam\tple.org/", "http://169.254.169.254/latest/meta-data/",
        "https://[fe80::1]/",
    ],
)  # fmt: skip
def test_a_redirect_is_checked_as_the_first_address_was(place: str) -> None:
    with serving({"/": redirect(place)}) as here:
        with pytest.raises(OnlineError, match=r"\S"):
            here.fetch(URL, {"inside.example.org": ("10.0.0.7",)})
        assert len(here.dialled) == 1


def test_signs_that_joining_would_drop_are_seen_before() -> None:
    with serving({"/": redirect("/new\tpage"), "/newpage": page()}) as here:
        with pytest.raises(OnlineError, match=r"holds the sign U\+0009"):
            here.fetch(URL)
        assert len(here.heard) == 1


def test_where_the_first_address_cannot_be_reached_the_next_is_tried() -> None:
    tried = []

    with serving({"/": page()}) as here:

        def connect(address: str, port: int, seconds: float) -> socket.socket:
            tried.append((address, seconds <= 15))
            if address == "2606:4700::1111":
                raise OSError(101, "Network is unreachable")
            return here.connect(address, port, seconds)

        found = here.fetch(URL, {"example.org": ("2606:4700::1111", "8.8.4.4")}, connect=connect)
    assert tried == [("2606:4700::1111", True), ("8.8.4.4", False)]
    assert found.hops[0].address == "8.8.4.4"


def test_of_many_addresses_only_a_few_are_tried() -> None:
    tried = []

    def refuse(address: str, *_: object) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    many = tuple(f"8.8.{n}.{n}" for n in range(50))
    with serving({}) as here, pytest.raises(OnlineError, match="Connection refused"):
        here.fetch(URL, {"example.org": many}, connect=refuse)
    assert tried == list(many[:4])


def test_a_circle_is_left() -> None:
    with serving({"/": redirect("/a"), "/a": redirect("/")}) as here:
        with pytest.raises(OnlineError, match="redirected in a circle"):
            here.fetch(URL)
        assert len(here.heard) == 2


@pytest.mark.parametrize(("hops", "refused"), [(5, False), (6, True)])
def test_five_redirects_are_followed_and_no_more(hops: int, refused: bool) -> None:
    chain: dict[str, bytes] = {f"/{n}": redirect(f"/{n + 1}") for n in range(hops)}
    with serving({**chain, f"/{hops}": page()}) as here:
        if refused:
            with pytest.raises(OnlineError, match="redirected more than 5 times"):
                here.fetch(URL + "0")
            assert len(here.heard) == 6
        else:
            assert here.fetch(URL + "0").status == 200


def test_two_places_at_once_are_refused() -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
    with serving({"/": answer}) as here, pytest.raises(OnlineError, match="two places at once"):
        here.fetch(URL)


def test_a_place_in_letters_of_another_script_is_found() -> None:
    answer = "HTTP/1.1 302 Found\r\nLocation: /ж\r\nContent-Length: 0\r\n\r\n".encode()
    with serving({"/": answer, "/%D0%B6": page()}) as here:
        assert here.fetch(URL).final_url == "http://example.org/%D0%B6"
    spoilt = answer.replace("ж".encode(), b"\xff\xfe")
    with serving({"/": spoilt}) as here, pytest.raises(OnlineError, match="unknown encoding"):
        here.fetch(URL)


@pytest.mark.parametrize("found", [(), ("nonsense",)])
def test_a_resolver_that_names_no_address_is_refused(found: tuple[str, ...]) -> None:
    with serving({}) as here, pytest.raises(OnlineError, match="address"):
        here.fetch(URL, {"example.org": found})


def test_a_name_that_is_not_found_is_told() -> None:
    def resolve(_: str) -> tuple[str, ...]:
        raise socket.gaierror(-2, "Name or service not known")

    with serving({}) as here, pytest.raises(OnlineError, match="was not found"):
        here.fetch(URL, resolve=resolve)


def test_the_resolver_of_this_machine_names_addresses() -> None:
    assert set(system_resolver("localhost")) <= {"127.0.0.1", "::1"}
    assert system_resolver("localhost")


# Limits -----------------------------------------------------------------------------------------------------


class Dripping:
    """A connection that gives one byte at a time, for ever, each sooner than any timeout of its own."""

    def settimeout(self, _: float) -> None:
        pass

    def sendall(self, _: bytes) -> None:
        pass

    def recv_into(self, buffer: memoryview) -> int:
        buffer[:1] = b"x"
        return 1

    def __enter__(self) -> Dripping:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def _second_by_second() -> Callable[[], float]:
    ticks = iter(range(10_000))
    return lambda: float(next(ticks))


def test_a_slow_drip_ends_with_the_time_for_the_whole() -> None:
    told: list[float] = []
    clock = _second_by_second()

    def watched() -> float:
        told.append(clock())
        return told[-1]

    with serving({}) as here, pytest.raises(OnlineError, match="took longer than 30 s"):
        here.fetch(URL, connect=lambda *_: Dripping(), clock=watched)
    assert 30 <= told[-1] - told[0] <= 31


def test_a_server_that_never_answers_is_left() -> None:
    def wait(line: socket.socket) -> None:
        line.recv(1)  # until the other side has gone

    with serving({"/": wait}) as here, pytest.raises(OnlineError, match=r"took longer than 0\.2 s"):
        here.fetch(URL, limits=Limits(seconds=0.2))


def test_a_resolver_that_never_answers_is_left() -> None:
    end, held = socket.socketpair()

    def wait(_: str) -> tuple[str, ...]:
        held.recv(1)
        return ()

    with serving({}) as here, pytest.raises(OnlineError, match=r"took longer than 0\.2 s"):
        here.fetch(URL, resolve=wait, limits=Limits(seconds=0.2))
    end.close()
    held.close()


def test_a_length_above_the_limit_is_refused_unread() -> None:
    def send(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000001\r\n\r\n")

    with serving({"/": send}) as here, pytest.raises(OnlineError, match="larger than 1 MB"):
        here.fetch(URL, limits=SMALL)


def test_a_body_without_end_is_cut_at_the_limit() -> None:
    sent = []

    def send(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            line.sendall(b"x" * 10_000)
            sent.append(10_000)

    with serving({"/": send}) as here, pytest.raises(OnlineError, match="larger than 1 MB"):
        here.fetch(URL, limits=SMALL)
    assert sum(sent) < 20_000_000  # what the buffers of the line hold


def test_headers_without_end_are_refused() -> None:
    def send(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            line.sendall(b"A: " + b"x" * 1000 + b"\r\n")

    with serving({"/": send}) as here, pytest.raises(OnlineError, match="no answer that could be read"):
        here.fetch(URL, limits=SMALL)


def test_the_limit_is_for_all_hops_together() -> None:
    answers = {"/": page(b"x" * 600_000, "302 Found", Location="/next"), "/next": page(b"x" * 600_000)}
    with serving(answers) as here, pytest.raises(OnlineError, match="larger than 1 MB"):
        here.fetch(URL, limits=SMALL)


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    assert len(bomb) < 200_000
    tracemalloc.start()
    try:
        answer = page(bomb, Content_Encoding="gzip")
        with serving({"/": answer}) as here, pytest.raises(OnlineError, match="larger than 1 MB"):
            here.fetch(URL, limits=SMALL)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_many_small_bombs_count_together() -> None:
    answer = page(gzip.compress(bytes(600_000)) * 2, Content_Encoding="gzip")
    with serving({"/": answer}) as here, pytest.raises(OnlineError, match="larger than 1 MB"):
        here.fetch(URL, limits=SMALL)


def test_a_page_as_large_as_the_limit_is_taken() -> None:
    whole = bytes(999_000)
    for answer in (page(whole), page(gzip.compress(whole), Content_Encoding="gzip")):
        with serving({"/": answer}) as here:
            assert here.fetch(URL, limits=SMALL).body == whole


# What is whole and plain ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page(b"words", Content_Length="9"), "broke off 4 bytes before its end"),
        (page(b"words", Content_Length="-1"), "does not say plainly how long"),
        (page(b"words", Content_Length="5, 6"), "does not say plainly how long"),
        (page(b"words", Content_Length="\u0665"), "does not say plainly how long"),
        (page(b"words", content_length="6"), "does not say plainly how long"),
        (page(b"words", Content_Length="9" * 5000), "larger than 50 MB"),
        (page(b"5\r\nwords\r\n0\r\n\r\n", Transfer_Encoding="chunked"), "of which the end is not plain"),
        (page(b"", Content_Length="", Transfer_Encoding="gzip, chunked"), "of which the end is not plain"),
        (page(b"5\r\nwor", Content_Length="", Transfer_Encoding="chunked"), "no answer that could be read"),
        (page(b"zz\r\nwords", Content_Length="", Transfer_Encoding="chunked"), "no answer that could be read"),
        (page(b"words", Content_Encoding="br"), "packs its answer as br"),
        (page(gzip.compress(gzip.compress(b"words")), Content_Encoding="gzip, gzip"), "packs its answer as gzip, gzip"),
        (page(gzip.compress(b"words")[:-4], Content_Encoding="gzip"), "gzip that breaks off"),
        (page(b"words", Content_Encoding="gzip"), "gzip that is damaged"),
        (page(gzip.compress(b"words") + b"more", Content_Encoding="gzip"), "gzip that is damaged"),
        (b"", "no answer that could be read"),
        (b"words\r\n\r\n", "no answer that could be read"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + page(), "something else before its answer"),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n", "something else before its answer"),
        (b"HTTP/1.1 101 Switching\r\n\r\n", "something else before its answer"),
        (b"HTTP/1.1 abc\r\n\r\n", "no answer that could be read"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", "no answer that could be read"),
    ],
)
def test_an_answer_that_is_not_whole_or_not_plain_is_refused(answer: bytes, why: str) -> None:
    with serving({"/": answer}) as here, pytest.raises(OnlineError, match=why):
        here.fetch(URL)


def test_chunks_and_many_members_are_put_together() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:10], packed[10:])) + b"0\r\n\r\n"
    answer = page(chunks, Content_Length="", Content_Encoding="gzip", Transfer_Encoding="chunked")
    with serving({"/": answer}) as here:
        found = here.fetch(URL)
    assert found.body == b"one two"
    assert answer in found.warc
    for record in ArchiveIterator(io.BytesIO(found.warc), check_digests="raise"):
        record.content_stream().read()


def test_what_comes_after_the_stated_length_is_not_read() -> None:
    with serving({"/": page(b"words and more", Content_Length="5")}) as here:
        assert here.fetch(URL).body == b"words"


# TLS --------------------------------------------------------------------------------------------------------


def _trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(PEM))


def test_a_trusted_certificate_for_that_host_is_believed() -> None:
    with serving({"/": page(b"safe")}, tls=True) as here:
        found = here.fetch("https://example.org/", trust=_trusting())
    assert found.body == b"safe"
    assert here.dialled == [(PUBLIC, 443)]


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with serving({"/": page()}, tls=True) as here:
        with pytest.raises(OnlineError, match="certificate that is not trusted"):
            here.fetch("https://example.org/")
        assert here.heard == []


def test_a_certificate_of_another_host_is_refused() -> None:
    with serving({"/": page()}, tls=True) as here:
        with pytest.raises(OnlineError, match="certificate that is not trusted"):
            here.fetch("https://other.org/", trust=_trusting())
        assert here.heard == []


def test_a_server_that_speaks_no_tls_is_not_asked_in_the_clear() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(page())
    with serving({}) as here, theirs, pytest.raises(OnlineError, match="no answer that could be read"):
        here.fetch("https://example.org/", trust=_trusting(), connect=lambda *_: ours)
    assert ours.fileno() == -1  # and the line is let go


def test_nobody_at_that_address_is_told() -> None:
    def refuse(*_: object) -> socket.socket:
        raise ConnectionRefusedError(111, "Connection refused")

    with pytest.raises(OnlineError, match="Connection refused"):
        fetch(URL, resolve=lambda _: (PUBLIC,), now=lambda: NOON, limits=Limits(), connect=refuse)
