"""The hash of everything a fit depends on: observations and settings, and nothing else.

Ids, pages and wording are left out, so that an exact copy of a claim, or a thousand, changes nothing. Which
observations share an origin or a report is part of it, by number and not by name: origins in the order in which they
speak, reports in that of their names, in which a model gives them places. Only a claim that a model file sets apart by
its name brings its name along.
"""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from tallystick.reconcile.records import Account, Observation
from tallystick.reconcile.rules import fitted_tables, keys_of, rules_of
from tallystick.vocab.programme import Programme

NAMES = ("claim", "origin", "report")  # names of things, replaced by the number of their first appearance


def fit_input_hash(account: Account, programme: Programme) -> str:
    """SHA-256, hex, over the observations and the settings that the fit depends on."""
    tables = fitted_tables(programme, rules_of(programme))
    content = {
        "observations": _observations(account.observations, programme, keys_of(tables)),
        "settings": _settings(programme) | {"tables": tables},
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str, allow_nan=False, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


def _observations(seen: Sequence[Observation], programme: Programme, named: Set[str]) -> list[dict[str, Any]]:
    origins = _numbered([each.origin for each in seen])
    reports = _numbered(sorted({each.report for each in seen}, key=lambda name: f"{name},"))  # as `shared_key` sorts
    return [
        {name: value for name, value in asdict(each).items() if name not in NAMES}
        | {"origin": origins[each.origin], "report": reports[each.report]}
        | {"name": each.claim if each.claim in named else ""}
        | {"object": programme.measures[each.measure].object, "of": programme.measures[each.measure].kind}
        for each in seen
    ]


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _settings(programme: Programme) -> dict[str, Any]:
    return {
        "window": programme.window,
        "deadline": programme.deadline,
        "hosts": {name: asdict(host) for name, host in programme.hosts.items()},
        "visa_classes": {name: asdict(kind) for name, kind in programme.visa_classes.items()},
        "asserter_classes": {name: asdict(kind) for name, kind in programme.asserter_classes.items()},
    }
