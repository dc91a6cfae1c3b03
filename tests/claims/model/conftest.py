"""A server that answers as a test wants, and a programme that no state of this world runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tallystick.claims.model.endpoint import Endpoint
from tallystick.claims.model.extract import Extraction, extract
from tallystick.claims.model.vocabulary import Vocabulary
from tallystick.vocab.programme import Measure
from tests.claims.model.numbers import find
from tests.claims.model.server import Server, serving

Extract = Callable[..., Extraction]


def measure(name: str, *units: str) -> Measure:
    return Measure(id=name, kind="S", name=name, definition=f"What {name} is.", units=units, object="x", role="context")


WORDS = Vocabulary(
    sender="Vessany",
    measures={
        one.id: one
        for one in (
            measure("workers_present", "persons"),
            measure("state_take_share", "share"),
            measure("gross_wage", "USD/month", "USD/year", "CNY/month"),
            measure("contract_length", "months"),
            measure("rest_days_per_year", "days/year"),
        )
    },
    places={"QA": "Qatar", "PL": "Poland", "WW": "worldwide"},
    sectors={"textiles": "textiles"},
)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as state:
        yield state


@pytest.fixture
def read(server: Server) -> Extract:
    """Read a text with the model of `server`; nothing sleeps."""

    def one(text: str, **other: Any) -> Extraction:
        endpoint = Endpoint(**({"url": server.url, "model": "small-1"} | other.pop("endpoint", {})))
        said = {"language": "en", "published": None, "title": "", "kept_back": (), "find": find, "environment": {}}
        return extract(text, endpoint=endpoint, words=WORDS, **(said | {"sleep": lambda _: None} | other))

    return one
