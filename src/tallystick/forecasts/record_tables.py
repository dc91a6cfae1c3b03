"""The record as rows and as a document: what is frozen, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from tallystick.forecasts.answered import Answer
from tallystick.forecasts.quantiles import SHOWN, at
from tallystick.forecasts.record import Frozen, Sealed, head_of
from tallystick.forecasts.score import LEVELS, Scored

Row = dict[str, Any]
QUANTILES = tuple(f"{100 * level:g} %" for level in SHOWN)
FROZEN = (
    "entry", "frozen_on", "id", "words", "measure", "host", "asserter_class", "unit", "start", "end", "expected_by",
    *QUANTILES, "state", "hash",
)  # fmt: skip
SHORT_FROZEN = ("entry", "frozen_on", "id", "unit", "10 %", "50 %", "90 %", "expected_by", "state")
INSIDE = tuple(f"in {level} %" for level in LEVELS)
ANSWERED = (
    "entry", "frozen_on", "id", "words", "state", "claim", "unit", "said", "10 %", "50 %", "90 %", "place", *INSIDE,
    "crps", "log_score",
)  # fmt: skip
SHORT_ANSWERED = (
    "entry", "frozen_on", "id", "state", "claim", "said", "50 %", "place", *INSIDE, "crps", "log_score",
)  # fmt: skip
DIGITS = 4  # significant, as printed


def frozen_rows(chain: Sequence[Sealed], states: Mapping[tuple[int, str], str]) -> list[Row]:
    """One row for each frozen forecast; keys are FROZEN. states : by entry and id; one without is not told."""
    return [
        {
            "entry": entry.number,
            "frozen_on": str(entry.frozen_on),
            **_asked(one),
            **{name: rounded(at(one.quantiles, level)) for name, level in zip(QUANTILES, SHOWN, strict=True)},
            "state": states.get((entry.number, one.asked.id), "open"),
            "hash": hash,
        }
        for entry, hash in chain
        for one in entry.forecasts
    ]


def _asked(one: Frozen) -> Row:
    asked = one.asked
    return {
        "id": asked.id, "words": asked.words, "measure": asked.measure, "host": asked.host,
        "asserter_class": asked.asserter_class, "unit": asked.unit, "start": str(asked.start), "end": str(asked.end),
        "expected_by": str(asked.expected_by),
    }  # fmt: skip


def document(chain: Sequence[Sealed], states: Mapping[tuple[int, str], str]) -> Row:
    """The record for programs: its head, and every entry with its forecasts."""
    rows = frozen_rows(chain, states)
    entries = [
        {
            "entry": entry.number, "frozen_on": str(entry.frozen_on), "hash": hash, "previous": entry.previous,
            "programme": entry.programme, "evidence_root": entry.evidence_root, "inputs": entry.inputs,
            "seed": entry.seed, "versions": entry.versions, "used": entry.used, "r_hat": entry.r_hat,
            "divergences": entry.divergences,
            "forecasts": [_without(row, "entry", "frozen_on", "hash") for row in rows if row["entry"] == entry.number],
        }
        for entry, hash in chain
    ]  # fmt: skip
    return {"head": head_of(chain) if chain else None, "entries": entries}


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def answer_rows(found: Sequence[Answer]) -> list[Row]:
    """One row for each frozen forecast, with its scores where a figure has come; keys are ANSWERED."""
    return [
        {
            "entry": one.number,
            "frozen_on": str(one.frozen_on),
            "id": one.forecast.asked.id,
            "words": one.forecast.asked.words,
            "state": one.state,
            "unit": one.forecast.asked.unit,
            **{name: rounded(at(one.forecast.quantiles, level)) for name, level in MIDDLE.items()},
            **(_scores(one.scored) if one.scored else {}),
        }
        for one in found
    ]


MIDDLE = {"10 %": 0.1, "50 %": 0.5, "90 %": 0.9}


def _scores(scored: Scored) -> Row:
    assert scored.place is not None  # only figures with a number of their own answer
    assert scored.crps is not None
    inside = {
        name: "yes" if abs(scored.place - 0.5) <= level / 200 else "no"
        for name, level in zip(INSIDE, LEVELS, strict=True)
    }
    return {
        "claim": scored.claim, "said": rounded(exp(scored.said)), "place": rounded(scored.place), **inside,
        "crps": rounded(scored.crps), "log_score": rounded(scored.log_score),
    }  # fmt: skip


def rounded(value: float) -> float:
    """The value to DIGITS significant digits, a whole number as one."""
    found = float(f"{value:.{DIGITS}g}")
    return int(found) if found == int(found) else found
