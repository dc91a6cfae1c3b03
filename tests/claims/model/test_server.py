"""Whatever a server sends, reading ends with a message or with what could be read, never with a guess."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from tallystick.claims.model.answer import MOST
from tallystick.vocab.errors import RunError
from tests.claims.model.conftest import Extract
from tests.claims.model.server import Handler, Reply, Server, claim, claims, completion, raw

TEXT = "The count found 40 workers from Vessany."
GOOD = claim(TEXT, "40 workers", point=40)
FOUND = json.dumps({"claims": [GOOD]})


def content(**changes: Any) -> str:
    return json.dumps({"claims": [GOOD | changes]})


MALFORMED: dict[str, tuple[Reply, str]] = {
    "no JSON": (raw(b"<html>busy</html>"), "the completion is no JSON"),
    "bytes of no encoding": (raw(b'{"choices": [{"message": {"content": "\xff"}}]}'), "the completion is no JSON"),
    "a completion cut short": (raw(b'{"choices": [{"mess'), "the completion is no JSON"),
    "brackets without end": (raw(b'{"x": ' + b"[" * 200_000), "the completion is no JSON"),
    "no choices": (raw(b'{"choices": []}'), "the completion is not what the schema asks for"),
    "an error object": (raw(b'{"error": "overloaded"}'), "the completion is not what the schema asks for"),
    "a refusal": (completion(None), "the model gave no answer"),
    "prose": (completion("Sure! Here are the claims."), "the model's answer is no JSON"),
    "an answer cut short": (completion(FOUND[:-9]), "the model's answer is no JSON"),
    "an answer cut short by its limit": (completion(FOUND, "length"), "the model's answer was cut short"),
    "another schema": (completion('{"facts": []}'), "the model's answer is not what the schema asks for"),
    "a list": (completion("[]"), "the model's answer is not what the schema asks for"),
    "a field too many": (completion(content(note="x")), "the model's answer is not what the schema asks for"),
    "a number as a word": (completion(content(point="40")), "the model's answer is not what the schema asks for"),
    "a status that is none": (completion(content(status="sure")), "the model's answer is not what the schema asks for"),
    "a negative number": (completion(content(point=-40)), "the model's answer is not what the schema asks for"),
    "an empty quote": (completion(content(quote="")), "the model's answer is not what the schema asks for"),
    "1e400": (completion(FOUND.replace('"point": 40', '"point": 1e400')), "is not what the schema asks for"),
    "NaN": (completion(FOUND.replace('"point": 40', '"point": NaN')), "the model's answer is no JSON"),
    "5,000 digits": (completion(FOUND.replace('"point": 40', '"point": 4' + "0" * 5_000)), "is not what the schema"),
    "an offset of 5,000 digits": (completion(content(start=10**4_000)), "is not what the schema asks for"),
    "more claims than a passage holds": (
        completion(json.dumps({"claims": [GOOD] * (MOST + 1)})),
        "the model's answer is not what the schema asks for",
    ),
}


@pytest.mark.parametrize(("reply", "why"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_answer_is_no_answer(server: Server, read: Extract, reply: Reply, why: str) -> None:
    server.replies = [reply]
    with pytest.raises(RunError, match=f"gave no usable answer: .*{why}"):
        read(TEXT)


def test_one_unread_passage_is_told_and_the_others_are_read(server: Server, read: Extract) -> None:
    text = TEXT + "\n" + "Nothing here.\n" * 600
    server.replies = [claims(GOOD), completion("no idea"), claims()]
    extraction = read(text)
    assert extraction.passages == len(server.asked) == 2
    assert [one.quote for one in extraction.reading.claims] == ["40 workers"]
    assert "1 of 2 passages unread: the model's answer is no JSON (1)" in extraction.summary


def test_lone_surrogates_in_an_answer_are_refused(server: Server, read: Extract) -> None:
    server.replies = [raw(b'{"choices": [{"message": {"content": "\\ud800"}}]}')]
    with pytest.raises(RunError, match="no JSON"):
        read(TEXT)


@pytest.mark.parametrize(("status", "said"), [(401, "API key"), (404, "/v1"), (400, "response_format"), (418, "")])
def test_a_refusing_server_is_asked_once_and_named_by_its_status(
    server: Server, read: Extract, status: int, said: str
) -> None:
    server.replies = [raw(b"{}", status)]
    with pytest.raises(RunError, match=f"answered with status {status}") as caught:
        read(TEXT)
    assert said in caught.value.hint
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(server: Server, read: Extract, status: int) -> None:
    waited: list[float] = []
    server.replies = [raw(b"", status), raw(b"", status), claims(GOOD)]
    assert len(read(TEXT, sleep=waited.append).reading.claims) == 1
    assert waited == [1, 2]


def test_a_server_that_stays_busy_is_given_up(server: Server, read: Extract) -> None:
    server.replies = [raw(b"", 500)]
    with pytest.raises(RunError, match="status 500 in 3 attempts"):
        read(TEXT)
    assert len(server.asked) == 3


DATED = {"Date": "Mon, 01 Jan 2024 10:00:00 GMT"}


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "Mon, 01 Jan 2024 10:00:09 GMT"} | DATED, 9),
        ({"Retry-After": "Mon, 01 Jan 2024 09:00:00 GMT"} | DATED, 0),
        ({"Retry-After": "soon"} | DATED, 1),
        ({"Retry-After": "-5"}, 1),
    ],
)
def test_the_pause_that_a_server_asks_for_is_kept(
    server: Server, read: Extract, headers: dict[str, str], pause: float
) -> None:
    waited: list[float] = []
    server.replies = [bare(429, headers), claims(GOOD)]
    read(TEXT, sleep=waited.append)
    assert waited == [pause]


def test_a_server_that_asks_for_an_hour_is_not_waited_for(server: Server, read: Extract) -> None:
    waited: list[float] = []
    server.replies = [raw(b"", 429, Retry_After="3600"), claims(GOOD)]
    with pytest.raises(RunError, match="status 429 in 1 attempts and asks for a pause of 3600 s"):
        read(TEXT, sleep=waited.append)
    assert waited == []


def test_a_silent_server_is_left(server: Server, read: Extract) -> None:
    server.replies = [lambda handler: handler.state.closing.wait() and None]
    with pytest.raises(RunError, match=r"did not answer within 0\.2 s"):
        read(TEXT, endpoint={"seconds": 0.2})


def test_a_server_that_never_shakes_hands_is_left(read: Extract) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/v1"
        with pytest.raises(RunError, match=r"did not answer within 0\.2 s"):
            read(TEXT, endpoint={"seconds": 0.2, "url": url})


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["line", "header", "body"]
)
def test_a_server_that_drips_is_left(server: Server, read: Extract, head: bytes) -> None:
    """Each byte comes in time; all of them together never do."""
    server.replies = [dripping(head)]
    with pytest.raises(RunError, match=r"did not answer within 0\.3 s"):
        read(TEXT, endpoint={"seconds": 0.3})


def test_an_answer_announced_as_too_large_is_not_read(server: Server, read: Extract) -> None:
    server.replies = [raw(b"", Content_Length=str(100_000_000))]
    with pytest.raises(RunError, match="sent more than 4,000,000 bytes"):
        read(TEXT)


def test_an_answer_of_100_mb_is_hung_up_on(server: Server, read: Extract) -> None:
    server.replies = [flooding]
    with pytest.raises(RunError, match="sent more than 4,000,000 bytes"):
        read(TEXT)
    assert server.written < 60_000_000


def test_a_compressed_answer_is_not_unpacked(server: Server, read: Extract) -> None:
    server.replies = [raw(b"\x1f\x8b", Content_Encoding="gzip")]
    with pytest.raises(RunError, match="compressed answer"):
        read(TEXT)


def test_an_answer_that_breaks_off_is_no_answer(server: Server, read: Extract) -> None:
    server.replies = [raw(b'{"choices": []}', Content_Length="90")]
    with pytest.raises(RunError, match="broke off"):
        read(TEXT)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(server: Server, read: Extract, status: int) -> None:
    server.replies = [raw(b"", status, Location=f"{server.url}/chat/completions"), claims(GOOD)]
    with pytest.raises(RunError, match=f"status {status}") as caught:
        read(TEXT)
    assert "not followed" in caught.value.hint
    assert len(server.asked) == 1


def test_a_server_that_is_not_there_is_named(read: Extract, server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # taken, and nobody listens
        server.port, port = free.getsockname()[1], server.port
        with pytest.raises(RunError, match=r'endpoint "127\.0\.0\.1" could not be asked \(ConnectionRefusedError\)'):
            read(TEXT)
        server.port = port


def bare(status: int, headers: dict[str, str]) -> Reply:
    """A reply with these headers and none of the server's own."""

    def reply(handler: Handler) -> None:
        handler.send_response_only(status)
        for name, value in ({"Content-Length": "0"} | headers).items():
            handler.send_header(name, value)
        handler.end_headers()

    return reply


def dripping(head: bytes) -> Callable[[Handler], None]:
    def reply(handler: Handler) -> None:
        handler.wfile.write(head)
        while not handler.state.closing.wait(0.02):
            handler.wfile.write(b"H" if not head else b"x")

    return reply


def flooding(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")  # its end is where the line is cut
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" " * 1_000_000)
        handler.state.written += 1_000_000
