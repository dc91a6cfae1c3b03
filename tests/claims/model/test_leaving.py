"""What may leave this machine, where it goes, and that a key is never shown."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from tallystick.claims.model.endpoint import Endpoint, may_be_sent
from tallystick.claims.model.extract import extract
from tallystick.vocab.errors import RunError, TallystickError, UsageError
from tests.claims.model.conftest import WORDS, Extract
from tests.claims.model.server import Server, claim, claims, raw

TEXT = "The count found 40 workers from Vessany."
KEY = "sk-canary-1234567890"
FAR = "https://models.example/v1"


def endpoint(url: str, **other: Any) -> Endpoint:
    return Endpoint(url=url, model="small-1", **other)


@pytest.mark.parametrize(
    "url", [FAR, "http://192.168.0.7:8000/v1", "http://127.0.0.1.nip.example/v1", "http://[::2]/v1"]
)
def test_a_restricted_text_never_leaves_unasked(url: str) -> None:
    with pytest.raises(UsageError, match="the document is restricted") as caught:
        extract(
            TEXT,
            endpoint=endpoint(url),
            words=WORDS,
            language="en",
            published=None,
            title="",
            kept_back=(),
            environment={},
        )
    assert "say that this text may leave it" in caught.value.hint


def test_a_text_is_restricted_unless_somebody_says_otherwise() -> None:
    may_be_sent(endpoint(FAR), restricted=False, may_leave=False)
    may_be_sent(endpoint(FAR), restricted=True, may_leave=True)
    with pytest.raises(UsageError, match="another machine"):
        may_be_sent(endpoint(FAR), restricted=True, may_leave=False)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/v1", "http://127.9.9.9/v1", "http://[::1]:8000", "https://127.0.0.1"]
)
def test_an_address_of_loopback_is_this_machine(url: str) -> None:
    assert endpoint(url).on_loopback


def test_localhost_is_this_machine_only_while_it_resolves_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def to(*addresses: str) -> None:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in addresses]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    here = endpoint("http://LOCALHOST:8000/v1")
    to("127.0.0.1", "::1")
    assert here.on_loopback
    to("127.0.0.1", "10.0.0.4")
    assert not here.on_loopback
    to()
    assert not here.on_loopback


def test_another_name_is_another_machine_wherever_it_resolves(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert not endpoint("http://rebound.example/v1").on_loopback


def test_proxies_of_the_environment_are_passed_by(
    server: Server, read: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.replies = [claims(claim(TEXT, "40 workers", point=40))]
    assert len(read(TEXT).reading.claims) == 1


def test_the_request_is_what_the_protocol_asks_for(server: Server, read: Extract) -> None:
    server.replies = [claims()]
    read(TEXT, title="Count", endpoint={"key_variable": "MODEL_KEY"}, environment={"MODEL_KEY": KEY + "\n"})
    (asked,), (headers,) = server.asked, server.headers
    assert asked["path"] == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("small-1", 0, False)
    assert asked["response_format"]["type"] == "json_schema"
    schema = asked["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["claims"]["items"]["properties"]["measure"]["enum"] == sorted(WORDS.measures)
    assert "workers whom Vessany sends abroad" in asked["messages"][0]["content"]
    assert json.loads(asked["messages"][1]["content"]) == {
        "title": "Count",
        "language": "en",
        "published": None,
        "passage": TEXT,
    }


def test_without_a_variable_no_key_is_sent(server: Server, read: Extract) -> None:
    server.replies = [claims()]
    read(TEXT, environment={"OPENAI_API_KEY": KEY})
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_key_is_in_no_message_even_when_the_server_repeats_it(server: Server, read: Extract, status: int) -> None:
    server.replies = [raw(f"bad key {KEY}".encode(), status, X_Key=KEY)]
    with pytest.raises(RunError, match=f"status {status}") as caught:
        read(TEXT, endpoint={"key_variable": "MODEL_KEY"}, environment={"MODEL_KEY": KEY})
    assert KEY not in f"{caught.value} {caught.value.hint} {caught.value!r}"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (f"{KEY}\r\nX: y", 'what "MODEL_KEY" holds cannot be'),
        (f"{KEY} {KEY}", 'what "MODEL_KEY" holds cannot be'),
        (f"{KEY}ß", 'what "MODEL_KEY" holds cannot be'),
        (" ", '"MODEL_KEY" holds no API key'),
    ],
)
def test_a_key_that_is_none_is_refused_unseen(server: Server, read: Extract, value: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        read(TEXT, endpoint={"key_variable": "MODEL_KEY"}, environment={"MODEL_KEY": value})
    assert KEY not in f"{caught.value} {caught.value.hint}"
    assert server.asked == []


def test_a_key_never_travels_unencrypted_to_another_machine() -> None:
    with pytest.raises(UsageError, match="would travel unencrypted"):
        extract(
            TEXT,
            endpoint=endpoint("http://models.example/v1", key_variable="MODEL_KEY"),
            words=WORDS,
            language="en",
            published=None,
            title="",
            kept_back=(),
            restricted=False,
            environment={"MODEL_KEY": KEY},
        )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://models.example", "no http"),
        ("models.example/v1", "no http"),
        ("http:///v1", "no http"),
        ("https://models.example:99999/v1", "no URL"),
        ("https://models.example/v1?key=x", "has a query"),
        ("https://models.example/v1#x", "has a query"),
        ("https://models.example/v 1", "signs that no URL may have"),
        ("https://models.example/v\u0661", "signs that no URL may have"),
    ],
)
def test_a_url_that_is_none_is_refused(url: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        endpoint(url)


@pytest.mark.parametrize("url", [f"https://me:{KEY}@models.example/v1", f"ftp://me:{KEY}@x:99999999"])
def test_a_password_in_a_url_is_refused_unseen(url: str) -> None:
    with pytest.raises(TallystickError, match="holds a password") as caught:
        endpoint(url)
    assert KEY not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize("wrong", [{"seconds": 0}, {"largest_answer": 0}, {"attempts": 0}, {"longest_wait": -1}])
def test_an_endpoint_needs_time_and_room(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="needs time"):
        endpoint(FAR, **wrong)


def test_a_model_needs_a_name() -> None:
    with pytest.raises(UsageError, match="no name of a model"):
        Endpoint(url=FAR, model=" ")
