"""What an ensemble found, as plain rows that go to JSON and CSV, and from JSON back to the same rows.

A *level* is an outcome of a scenario in a year; an *effect* is what it differs by from the baseline's same runs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isnan
from typing import Any, Self

from tallystick.scenarios.summary import QUANTILES, Figures, Spread
from tallystick.vocab.errors import UsageError

PERCENT = tuple(f"{q * 100:g}" for q in QUANTILES)
PARTS = ("all", "parameters", "chance")
SPREADS = tuple(f"{part}_{name}" for part in PARTS for name in ("sd", *(f"q{each}" for each in PERCENT)))  # columns
HEADER = (
    "kind", "scenario", "outcome", "unit", "year", "runs", "mean", "error", "mean_field", "share_of_parameters",
    "same_sign", *SPREADS,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One outcome of one scenario in one year.

    mean_field : the mean over the same draws without any chance, by the equations of means; what it differs by from
    the mean of the runs is what chance and whole persons do on average. None where nobody asked.
    """

    scenario: str
    outcome: str
    name: str
    unit: str
    year: int
    figures: Figures
    mean_field: float | None = None


@dataclass(frozen=True, kw_only=True)
class Results:
    """All levels and effects, and what they rest on."""

    model: str
    baseline: str
    seed: int
    draws: int
    repeats: int
    levels: tuple[Row, ...]
    effects: tuple[Row, ...]

    def level(self, scenario: str, outcome: str, year: int) -> Figures:
        """One level; UsageError where there is none of that name."""
        return self._find("levels", scenario, outcome, year)

    def effect(self, scenario: str, outcome: str, year: int) -> Figures:
        """One effect; UsageError where there is none of that name."""
        return self._find("effects", scenario, outcome, year)

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """Ids, the baseline first."""
        return tuple(dict.fromkeys(row.scenario for row in self.levels))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """All years, in order."""
        return tuple(dict.fromkeys(row.year for row in self.levels))

    def of(self, scenarios: Sequence[str]) -> Results:
        """What was found of these scenarios alone."""
        levels, effects = (
            tuple(row for id in scenarios for row in rows if row.scenario == id)
            for rows in (self.levels, self.effects)
        )  # fmt: skip
        return replace(self, levels=levels, effects=effects)

    def beside(self, means: Results) -> Results:
        """The same rows with the means of `means`, a run without chance, beside each."""
        levels, effects = (
            tuple(
                replace(row, mean_field=getattr(means, find)(row.scenario, row.outcome, row.year).mean) for row in rows
            )
            for rows, find in ((self.levels, "level"), (self.effects, "effect"))
        )
        return replace(self, levels=levels, effects=effects)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """What `as_json` wrote, number by number the same."""
        names = ("model", "baseline", "seed", "draws", "repeats")
        return cls(
            **{name: document[name] for name in names},
            levels=tuple(map(_row, document["levels"])), effects=tuple(map(_row, document["effects"])),
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Plain values; what does not exist is null."""
        return {
            "model": self.model, "baseline": self.baseline, "seed": self.seed, "draws": self.draws,
            "repeats": self.repeats, "runs": self.draws * self.repeats,
            "levels": [plain_row(row) for row in self.levels], "effects": [plain_row(row) for row in self.effects],
        }  # fmt: skip

    def as_csv(self) -> str:
        """One line for each level and effect, with a header."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(["level", *_cells(row)] for row in self.levels)
        writer.writerows(["effect", *_cells(row)] for row in self.effects)
        return text.getvalue()

    def _find(self, kind: str, scenario: str, outcome: str, year: int) -> Figures:
        rows = self._by_name[kind]
        if (scenario, outcome, year) not in rows:
            raise UsageError(f"there are no {kind} of {outcome} under {scenario} in {year}")
        return rows[scenario, outcome, year]

    @cached_property
    def _by_name(self) -> dict[str, dict[tuple[str, str, int], Figures]]:
        both = {"levels": self.levels, "effects": self.effects}
        return {
            kind: {(row.scenario, row.outcome, row.year): row.figures for row in rows} for kind, rows in both.items()
        }


def joined(parts: Sequence[Results]) -> Results:
    """Results of the same question for different scenarios in one; each scenario comes once."""
    return replace(
        parts[0],
        levels=tuple(row for part in parts for row in part.levels),
        effects=tuple(row for part in parts for row in part.effects),
    )


def without_chance(results: Results) -> Results:
    """Results of an engine that knows no chance: all that they differ by is parameters."""
    levels, effects = (
        tuple(replace(row, figures=_certain(row.figures), mean_field=row.figures.mean) for row in rows)
        for rows in (results.levels, results.effects)
    )
    return replace(results, levels=levels, effects=effects)


def _certain(found: Figures) -> Figures:
    none = Spread(sd=0.0, quantiles=(found.mean,) * len(QUANTILES))
    return replace(found, parameters=found.all, chance=none, share_of_parameters=1.0 if found.all.sd > 0 else 0.0)


def plain_row(row: Row) -> dict[str, Any]:
    """One row as plain values; what does not exist is null."""
    found = row.figures
    return {
        "scenario": row.scenario, "outcome": row.outcome, "name": row.name, "unit": row.unit, "year": row.year,
        "runs": found.runs, "draws": found.draws, "mean": _number(found.mean), "error": found.error,
        "mean_field": None if row.mean_field is None else _number(row.mean_field),
        "share_of_parameters": found.share_of_parameters, "same_sign": found.same_sign,
        **plain_spreads(found),
    }  # fmt: skip


def plain_spreads(found: Figures) -> dict[str, Any]:
    """The three spreads as plain values, by part."""
    return {part: _spread(getattr(found, part)) for part in PARTS}


def _spread(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    quantiles = dict(zip(PERCENT, map(_number, spread.quantiles), strict=True))
    return {"sd": _number(spread.sd), "quantiles": quantiles}


def _row(plain: Mapping[str, Any]) -> Row:
    figures = Figures(
        **{name: plain[name] for name in ("runs", "draws", "error", "share_of_parameters", "same_sign")},
        mean=_float(plain["mean"]), **{part: _read(plain[part]) for part in PARTS},
    )  # fmt: skip
    names = ("scenario", "outcome", "name", "unit", "year", "mean_field")
    return Row(**{name: plain[name] for name in names}, figures=figures)


def _read(plain: Mapping[str, Any] | None) -> Any:
    if plain is None:
        return None
    return Spread(sd=_float(plain["sd"]), quantiles=tuple(_float(plain["quantiles"][name]) for name in PERCENT))


def _float(value: float | None) -> float:
    return float("nan") if value is None else value


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _cells(row: Row) -> Iterator[Any]:
    found = row.figures
    yield from (row.scenario, row.outcome, row.unit, row.year, found.runs, _number(found.mean), found.error)
    yield None if row.mean_field is None else _number(row.mean_field)
    yield from (found.share_of_parameters, found.same_sign)
    yield from spread_cells(found)


def spread_cells(found: Figures) -> Iterator[float | None]:
    """The three spreads in the order of `SPREADS`."""
    for part in PARTS:
        spread: Spread | None = getattr(found, part)
        values = (None,) * (len(QUANTILES) + 1) if spread is None else (spread.sd, *spread.quantiles)
        yield from (None if value is None else _number(value) for value in values)
