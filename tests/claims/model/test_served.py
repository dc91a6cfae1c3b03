"""Which model is asked when nobody named one."""

from __future__ import annotations

import pytest

from tallystick.claims.model.endpoint import Endpoint
from tallystick.claims.model.served import UNNAMED, with_only_model
from tallystick.vocab.errors import RunError, UsageError
from tests.claims.model.server import Reply, Server, raw, serves


def asked(server: Server, models: Reply | None) -> str:
    server.models = models
    endpoint = Endpoint(url=server.url, model=UNNAMED, key_variable="MODEL_KEY")
    return with_only_model(endpoint, environment={"MODEL_KEY": "sk-1"}, sleep=lambda _: None).model


def test_the_only_model_of_a_server_is_taken(server: Server) -> None:
    assert asked(server, serves("small-1")) == "small-1"
    assert server.headers[0]["path"] == "/v1/models"
    assert server.headers[0]["Authorization"] == "Bearer sk-1"
    assert server.asked == []  # nothing of any text was sent


@pytest.mark.parametrize(
    ("models", "said"),
    [
        (serves("small-1", "large-2"), 'serves 2 models: "small-1", "large-2"'),
        (serves(), "serves 0 models"),
        (raw(b"[]"), "does not say which models it serves"),
        (raw(b"\xff"), "does not say which models it serves"),
        (serves(" "), "is no name of a model"),
    ],
    ids=["several", "none", "another shape", "no text", "no name"],
)
def test_a_choice_is_left_to_a_person(server: Server, models: Reply, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        asked(server, models)


def test_a_server_without_a_list_is_told_of(server: Server) -> None:
    with pytest.raises(RunError, match="status 404"):
        asked(server, None)
