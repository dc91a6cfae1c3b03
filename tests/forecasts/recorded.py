"""An invented record: forecasts of any figures, frozen without a fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tallystick.forecasts.asked import Question
from tallystick.forecasts.mixture import normal
from tallystick.forecasts.quantiles import quantiles_of
from tallystick.forecasts.record import Frozen, Made, Plain, Sealed, chain_of, line_of, seed_of

FIRST = date(2025, 1, 31)


def question(id: str = "arrived_2025", **changes: object) -> Question:
    fields = {
        "id": id, "words": "hands who arrive in 2025", "measure": "workers_arrived", "host": "XA",
        "asserter_class": "administrative", "unit": "persons", "start": date(2025, 1, 1), "end": date(2025, 12, 31),
        "within_days": 3, "expected_by": date(2026, 12, 31),
    }  # fmt: skip
    return Question(**(fields | changes))  # type: ignore[arg-type]


def frozen(asked: Question, centre: float = 7.6, sd: float = 0.3) -> Frozen:
    return Frozen(
        asked=asked,
        quantiles=quantiles_of(normal(centre, sd)),
        members={"system": quantiles_of(normal(centre, 2 * sd))},
        plain={"latest": Plain(median=2000.0, sd=0.5)},
    )


def made(asked: Sequence[Question], on: date = FIRST, inputs: str = "1" * 64, programme: str = "vessany") -> Made:
    return Made(
        frozen_on=on,
        programme=programme,
        evidence_root="2" * 64,
        inputs=inputs,
        seed=seed_of(on, inputs),
        versions={"tallystick": "0"},
        weights={"system": 1.0},
        used=40,
        r_hat=1.01,
        divergences=0,
        forecasts=tuple(frozen(one) for one in asked),
    )


def record(*every: Made) -> bytes:
    """The bytes of a record of these entries."""
    content = b""
    for one in every:
        content += line_of(one, chain_of(content, "invented")) + b"\n"
    return content


def chain(*every: Made) -> tuple[Sealed, ...]:
    return chain_of(record(*every), "invented")
