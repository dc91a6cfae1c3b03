"""Which model a server has, for who did not name one: taken only where there is no choice."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from tallystick.claims.model.endpoint import Endpoint, key_of
from tallystick.claims.model.post import Sleep, listed
from tallystick.evidence.faults import shown
from tallystick.vocab.errors import UsageError

UNNAMED = "unnamed"  # stands for the model until its server was asked
MOST = 8  # names that a message repeats


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model]


def with_only_model(
    endpoint: Endpoint, *, environment: Mapping[str, str] = os.environ, sleep: Sleep = time.sleep
) -> Endpoint:
    """The endpoint with the one model that its server names; UsageError where it names none, several or nonsense."""
    body = listed(endpoint, key=key_of(endpoint, environment), sleep=sleep)
    try:
        names = [one.id for one in msgspec.json.decode(body, type=_Models).data]
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise _unclear("does not say which models it serves") from error
    if len(names) != 1:
        known = ", ".join(shown(name) for name in names[:MOST])
        raise _unclear(f"serves {len(names)} models{': ' if known else ''}{known}")
    return replace(endpoint, model=names[0])


def _unclear(problem: str) -> UsageError:
    return UsageError(f"the model's endpoint {problem}", hint="name the model with --model-name")
