"""Promise: a model's claims pass the same gates, say who proposed them, and cost no text its secrecy."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tallystick.claims.proposal import Proposal
from tallystick.study.workspace.read import REFUSED
from tallystick.study.workspace.workspace import Workspace
from tests.claims.model.server import Reply, Server, claim, claims, completion, serves, serving
from tests.cli.conftest import Told
from tests.cli.workspace.conftest import REPORT, Command, listed

STOCK = "More than 4,321 North Korean labourers"
MADE_UP = "The port of Oru holds 9,876 more of them."
SHARE = {"measure": "state_take_share", "unit": "share"}
FAR = "https://models.example/v1"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as state:
        yield state


def said(quote: str, **other: Any) -> dict[str, Any]:
    return claim(REPORT, quote, **({"host": "RU"} | other))


def read(command: Command, cases: str, file: Path, server: Server, *more: str) -> Told:
    words = ("--model", server.url, "--model-name", "small-1", "--workspace", cases, "--format", "json")
    return command("read", str(file), *words, *more)


def proposed(cases: str) -> list[Proposal]:
    with Workspace.open(Path(cases)) as opened:
        return [held.claim for held in opened.state.held.values()]


def test_what_grammar_and_model_both_found_is_one_proposal_and_names_both(
    command: Command, cases: str, report: Path, server: Server
) -> None:
    server.replies = [claims(said(STOCK, low=4321))]
    told = read(command, cases, report, server, "--public")
    assert told.code == 0, told.err
    stock = [one for one in proposed(cases) if one.low == 4321]
    assert [one.extractor for one in stock] == ["grammar; model small-1"]
    assert stock[0].confidence > 0  # the grammar's: the model has none
    assert "grammar" in {one.extractor for one in proposed(cases)}


def test_what_the_model_alone_found_says_so_and_passes_no_bulk_acceptance(
    command: Command, cases: str, tmp_path: Path, server: Server
) -> None:
    file = tmp_path / "odd.txt"
    text = (
        "The harbour gazette prints the ration book of the port each spring, as it has done for many years. "
        "Of the North Korean crews in Russia it says this for March 2024: 4,321 bowls, one for each man."
    )
    file.write_text(text, encoding="utf-8")
    quote = "4,321 bowls"
    server.replies = [claims(claim(text, quote, point=4321, host="RU", measure="workers_present"))]
    told = read(command, cases, file, server, "--public")
    assert told.code == 0, told.err
    assert ("model small-1", 0.0) in {(one.extractor, one.confidence) for one in proposed(cases)}
    command("review", "--accept-above", "0", "--why", "all", "--workspace", cases)
    (waiting,) = [row for row in listed(command, cases) if row["quote"] == quote and row["confidence"] == "0.0"]
    accepted = command("review", "--accept", waiting["id"], "--why", "read the page", "--workspace", cases)
    assert accepted.code == 0, accepted.err
    held = command("show", waiting["id"], "--workspace", cases, "--format", "json")
    assert "model small-1" in held.out


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (said(MADE_UP, point=9876), "quote not in the text (1)"),
        (said(STOCK, low=9321), "number not in quote (1)"),
        (said(STOCK, point=4321), "bound not as the text has it (1)"),
        (said(STOCK, low=4321, measure="gold_reserves"), "measure unknown (1)"),
    ],
    ids=["invented words", "invented number", "bound dropped", "invented measure"],
)
def test_what_a_model_invents_is_refused_and_counted(
    command: Command, cases: str, report: Path, server: Server, wrong: dict[str, Any], why: str
) -> None:
    server.replies = [claims(wrong)]
    told = read(command, cases, report, server, "--public")
    assert told.code == 0, told.err
    assert f"model small-1: 1 proposed, 1 refused: {why}" in told.err
    assert not [one for one in proposed(cases) if "model" in one.extractor]
    assert not [one for one in proposed(cases) if 9876 in (one.point, one.low) or one.low == 9321]


@pytest.mark.parametrize(
    "answer", [completion("It is a fine report."), completion('{"claims": [{"quote": 4}]}'), completion(None)]
)
def test_a_document_of_which_the_model_gave_nothing_usable_is_refused_and_the_next_is_read(
    command: Command, cases: str, report: Path, tmp_path: Path, server: Server, answer: Reply
) -> None:
    other = tmp_path / "another.txt"
    other.write_text(REPORT.replace("4,321", "1,234"), encoding="utf-8")
    server.replies = [answer, claims()]
    told = read(command, cases, report, server, str(other), "--public")
    assert told.code == 1
    assert [row["outcome"] for row in json.loads(told.out)] == ["refused", "read"]
    assert json.loads(told.out)[0]["verdict"] == "no_answer"
    assert "gave no usable answer" in told.err
    with Workspace.open(Path(cases)) as opened:
        (entry,) = opened.ledger.entries(kinds=[REFUSED])
    assert entry.content is not None
    assert entry.content["verdict"] == "no_answer"
    server.replies = [claims()]
    again = read(command, cases, report, server, "--public")
    assert json.loads(again.out)[0]["outcome"] == "read"  # a better model may be asked, or none


def test_a_dead_server_ends_the_reading_and_leaves_what_was_read(command: Command, cases: str, report: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    words = ("--model", f"http://127.0.0.1:{port}/v1", "--model-name", "small-1", "--workspace", cases)
    told = command("read", str(report), *words, "--public")
    assert told.code == 1
    assert "could not be asked (ConnectionRefusedError)" in told.err
    assert proposed(cases) == []
    assert command("verify", cases).code == 0


def test_a_server_that_dies_half_way_leaves_what_was_read_until_then(
    command: Command, cases: str, report: Path, tmp_path: Path, server: Server
) -> None:
    from tests.claims.model.server import raw

    other = tmp_path / "second.txt"
    other.write_text(REPORT.replace("4,321", "1,234"), encoding="utf-8")
    server.replies = [claims(), raw(b"", 401)]
    told = read(command, cases, report, server, str(other), "--public")
    assert told.code == 1
    assert "status 401" in told.err
    assert [row["outcome"] for row in json.loads(told.out)] == ["read"]
    server.replies = [claims()]
    again = read(command, cases, report, server, str(other), "--public")
    assert [row["outcome"] for row in json.loads(again.out)] == ["known", "read"]


def test_a_restricted_text_goes_to_no_other_machine_unasked(command: Command, cases: str, report: Path) -> None:
    told = command("read", str(report), "--model", FAR, "--model-name", "large", "--workspace", cases)
    assert told.code == 2
    assert "the document is restricted, and the model's endpoint" in told.err
    assert "may leave" in told.err
    assert proposed(cases) == []


def test_consent_lets_a_restricted_text_leave(
    command: Command, cases: str, report: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tallystick.claims.model.endpoint import Endpoint

    monkeypatch.setattr(Endpoint, "on_loopback", property(lambda _: False))  # the server here stands for a far one
    server.replies = [claims()]
    assert read(command, cases, report, server).code == 2
    assert server.asked == []
    assert read(command, cases, report, server, "--may-leave").code == 0
    assert len(server.asked) == 1


def test_a_model_on_this_machine_reads_what_is_restricted_and_its_claims_lie_sealed(
    command: Command, cases: str, report: Path, server: Server
) -> None:
    server.replies = [claims(said(STOCK, low=4321))]
    told = read(command, cases, report, server)
    assert told.code == 0, told.err
    assert proposed(cases) == []  # opened without an identity
    assert b"small-1" not in b"".join(file.read_bytes() for file in Path(cases).rglob("*") if file.is_file())


def test_processes_ask_the_model_too(command: Command, cases: str, report: Path, server: Server) -> None:
    server.replies = [claims(said(STOCK, low=4321))]
    told = read(command, cases, report, server, "--public", "--jobs", "2")
    assert told.code == 0, told.err
    assert "grammar; model small-1" in {one.extractor for one in proposed(cases)}


def test_without_a_name_the_servers_only_model_is_asked(
    command: Command, cases: str, report: Path, server: Server
) -> None:
    server.models, server.replies = serves("the-only-one"), [claims(said(STOCK, low=4321))]
    told = command("read", str(report), "--public", "--model", server.url, "--workspace", cases)
    assert told.code == 0, told.err
    assert "grammar; model the-only-one" in {one.extractor for one in proposed(cases)}
    server.models = serves("one", "two")
    told = command("read", str(report), "--public", "--model", server.url, "--workspace", cases)
    assert told.code == 2
    assert "--model-name" in told.err


def test_a_key_comes_from_the_environment_alone(
    command: Command, cases: str, report: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.replies = [claims()]
    told = read(command, cases, report, server, "--public", "--model-key", "MODEL_KEY")
    assert told.code == 2
    assert '"MODEL_KEY" holds no API key' in told.err
    monkeypatch.setenv("MODEL_KEY", "sk-canary-42")
    assert read(command, cases, report, server, "--public", "--model-key", "MODEL_KEY").code == 0
    assert server.headers[-1]["Authorization"] == "Bearer sk-canary-42"
    assert b"sk-canary-42" not in b"".join(file.read_bytes() for file in Path(cases).rglob("*") if file.is_file())


@pytest.mark.parametrize("words", [("--model-name", "small-1"), ("--model-key", "MODEL_KEY")])
def test_a_models_options_need_a_model(command: Command, cases: str, report: Path, words: tuple[str, str]) -> None:
    told = command("read", str(report), *words, "--workspace", cases)
    assert told.code == 2
    assert f"{words[0]}: no model is asked" in told.err


def test_a_document_that_was_read_before_is_read_once_more_by_a_model_that_was_not_asked(
    command: Command, cases: str, report: Path, server: Server
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    before = {one.extractor for one in proposed(cases)}
    server.replies = [claims(said(STOCK, low=4321), said("70 to 80 percent", low=70, high=80, **SHARE))]
    told = read(command, cases, report, server, "--public")
    assert (told.code, json.loads(told.out)[0]["outcome"]) == (0, "read")
    assert before == {"grammar"}
    assert len(proposed(cases)) == len({one.quote_start for one in proposed(cases)})  # none stands twice
    assert [one.extractor for one in proposed(cases) if one.low == 4321] == ["grammar; model small-1"]
    again = read(command, cases, report, server, "--public")
    assert json.loads(again.out)[0]["outcome"] == "known"
    assert len(server.asked) == 1
    other = command(
        "read", str(report), "--model", server.url, "--model-name", "large-2", "--public", "--workspace", cases
    )
    assert other.code == 0, other.err
    assert [one.extractor for one in proposed(cases) if one.low == 4321] == ["grammar; model small-1; model large-2"]
    assert command("verify", cases).code == 0


def test_a_model_is_not_asked_twice_of_what_it_read_at_first(
    command: Command, cases: str, report: Path, server: Server
) -> None:
    server.replies = [claims(said(STOCK, low=4321))]
    for _ in range(2):
        assert read(command, cases, report, server).code == 0
    assert len(server.asked) == 1
    assert command("read", str(report), "--public", "--open", "--workspace", cases).code == 0
    assert read(command, cases, report, server, "--public").code == 0
    assert len(server.asked) == 1


def test_what_lies_sealed_goes_to_no_model_as_if_it_were_public(
    command: Command, cases: str, report: Path, server: Server
) -> None:
    command("read", str(report), "--workspace", cases)
    told = read(command, cases, report, server, "--public")
    assert (told.code, "lies sealed here" in told.err) == (1, True)
    assert server.asked == []
