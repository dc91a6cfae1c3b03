"""Forecasts on record as plain values: for brief.json by its contract, and as a flat table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from math import exp
from typing import Any

from tallystick.brief.cards_forecasts import interval_of
from tallystick.brief.facts import Facts
from tallystick.brief.words.rounding import exact, significant
from tallystick.forecasts.answered import Answer
from tallystick.forecasts.quantiles import SHOWN, at

Json = dict[str, Any]
DIGITS = 4  # of scores
SCORES = ("claim", "said", "place", "crps", "log_score")


def forecasts(facts: Facts) -> Json:
    """The record's head, its entries' hashes, and every forecast with what became of it; {} where there is none."""
    found = facts.on_record
    if found is None:
        return {}
    return {
        "head": found.head,
        "entries": [
            {"entry": entry.number, "frozen_on": str(entry.frozen_on), "hash": hash} for entry, hash in found.chain
        ],
        "frozen": [_frozen(one) for one in found.answers],
    }


def _frozen(one: Answer) -> Json:
    quantiles = {name: exact(value) for name, value in asdict(interval_of(one)).items()}
    return {**_asked(one), **quantiles, "state": one.state, **_scores(one)}


def _asked(one: Answer) -> Json:
    asked = one.forecast.asked
    return {
        "entry": one.number, "frozen_on": str(one.frozen_on), "id": asked.id, "words": asked.words,
        "measure": asked.measure, "host": asked.host, "asserter_class": asked.asserter_class, "unit": asked.unit,
        "start": str(asked.start), "end": str(asked.end), "expected_by": str(asked.expected_by),
    }  # fmt: skip


def _scores(one: Answer) -> Json:
    """What was said and how the forecast did; nothing as long as there is no figure."""
    found = one.scored
    if found is None:
        return {}
    assert found.place is not None  # only figures with a number of their own answer
    assert found.crps is not None
    return {
        "claim": found.claim, "said": exact(exp(found.said)), "place": significant(found.place, DIGITS),
        "crps": significant(found.crps, DIGITS), "log_score": significant(found.log_score, DIGITS),
    }  # fmt: skip


def frozen_table(facts: Facts) -> Iterator[Json]:
    """A row for each forecast, with eleven of its quantiles."""
    for one in facts.on_record.answers if facts.on_record else ():
        quantiles = {f"q{100 * level:g}": exact(at(one.forecast.quantiles, level)) for level in SHOWN}
        yield {**_asked(one), **quantiles, "state": one.state, **dict.fromkeys(SCORES), **_scores(one)}
