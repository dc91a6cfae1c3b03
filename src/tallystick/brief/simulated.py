"""What runs of the model found, as the brief reads it: nothing is computed here that is not read off.

A *level* is an outcome in one what-if, an *effect* what it differs by from the same runs with nothing changed. An
effect is laid beside *chance*: the width of the 80 % interval that chance alone gives the level of the baseline. What
moves less than that could not be told from chance in the one future that comes; what moves about as much hardly could.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING, Literal

from tallystick.vocab.estimate import Interval

if TYPE_CHECKING:
    from tallystick.scenarios.alone import Alone
    from tallystick.scenarios.results import Results, Row
    from tallystick.scenarios.scenario import Lever, Scenario
    from tallystick.scenarios.summary import Figures, Spread
    from tallystick.stocks.text import Text

Kind = Literal["level", "effect"]
Verdict = Literal["none", "small", "near", "unsure", "lowers", "raises"]
HEAD = "workers_present"  # the outcome that what-ifs are ordered by
ORDERED = "ordered_home_since"  # how many are sent home against their will, in all hosts
LOST = "lost_since_ordered_home"  # the booked pay that they lose
MODEL = "model"  # id of the card of the model
UNMEASURED = ("deaths", "injuries")  # of assumed rates that nobody measured in these years: not told
TALK = "news"  # what the lever acts on by which people at home come to know: whoever tells them can be punished
DOLLARS = "USD"
NOTHING = 1e-9
NEARLY = 0.02  # of the baseline: less than that is next to nothing
ABOUT = 1 / 3  # of the width of chance: what lies so near it, on either side, is about as much as chance


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """Results of an ensemble with the what-ifs and levers that were run, and the text of the model.

    command : what repeats the runs. alone : what each assumed number does to effects by itself, where
    it was asked.
    """

    results: Results
    scenarios: Mapping[str, Scenario]
    levers: Mapping[str, Lever]
    model: Text
    command: str = ""
    alone: Alone | None = None

    @property
    def baseline(self) -> str:
        """The what-if in which nothing is changed."""
        return self.results.baseline

    @property
    def years(self) -> tuple[int, ...]:
        return self.results.years

    @property
    def last(self) -> int:
        """The year that effects are told for."""
        return self.years[-1]

    @cached_property
    def rows(self) -> Mapping[tuple[Kind, str, str, int], Row]:
        """Every row that says something and is told, by kind, what-if, outcome and year."""
        both: tuple[tuple[Kind, tuple[Row, ...]], ...] = (
            ("level", self.results.levels),
            ("effect", self.results.effects),
        )
        return {
            (kind, row.scenario, row.outcome, row.year): self._as_told(row)
            for kind, rows in both
            for row in rows
            if row.outcome not in UNMEASURED
            and not self.has_no_price(row.scenario, row.unit)
            and not isnan(row.figures.all.median)
        }

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Ids of all outcomes that are told, in the order of the runs."""
        return tuple(dict.fromkeys(row.outcome for row in self.results.levels if row.outcome not in UNMEASURED))

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """What-ifs besides the baseline, by their medians; those that order people home stand apart, last."""
        others = [id for id in self.results.scenarios if id != self.baseline]
        return tuple(sorted(others, key=lambda id: (self.orders_home(id), self._median(id, HEAD))))

    @property
    def forced(self) -> tuple[str, ...]:
        """Those of them that order people home."""
        return tuple(id for id in self.ordered if self.orders_home(id))

    @property
    def unforced(self) -> tuple[str, ...]:
        """Those that order home no more people than the baseline does."""
        return tuple(id for id in self.ordered if not self.orders_home(id))

    def find(self, kind: Kind, scenario: str, outcome: str, year: int | None = None) -> Row | None:
        """One row; None where nothing can be said."""
        return self.rows.get((kind, scenario, outcome, year or self.last))

    def chance_width(self, outcome: str, year: int | None = None) -> float:
        """Width of the 80 % interval that chance alone gives the baseline's level; 0 where runs know no chance."""
        row = self.find("level", self.baseline, outcome, year)
        chance = interval_of(row.figures.chance if row is not None else None)
        return chance.upper_80 - chance.lower_80

    def verdict(self, scenario: str, outcome: str, year: int | None = None) -> Verdict:
        """What may be said of an effect in one word."""
        row = self.find("effect", scenario, outcome, year)
        if row is None or is_nothing(row.figures):
            return "none"
        found, width = interval_of(row.figures.all), self.chance_width(outcome, year)
        if abs(found.median) < width * (1 - ABOUT):
            return "small"
        if abs(found.median) < width * (1 + ABOUT):
            return "near"
        if found.lower_80 <= 0 <= found.upper_80:
            return "unsure"
        return "lowers" if found.median < 0 else "raises"

    def ends_near_nothing(self, scenario: str, outcome: str, year: int | None = None) -> bool:
        """Whether next to nothing is left of what the baseline has."""
        base = self.find("level", self.baseline, outcome, year)
        left = self.find("level", scenario, outcome, year)
        if base is None or left is None or base.figures.all.median <= 0:
            return False
        return interval_of(left.figures.all).upper_80 < base.figures.all.median * NEARLY

    def orders_home(self, scenario: str) -> bool:
        """Whether more people are ordered home under it than in the baseline, in more than half of the runs."""
        row = self.find("effect", scenario, ORDERED)
        return row is not None and row.figures.all.median >= 1

    def hangs_on_talk(self, scenario: str) -> bool:
        """Whether people have to tell what they know, for which they can be punished."""
        return TALK in self.acts(scenario)

    def has_no_price(self, scenario: str, unit: str) -> bool:
        """Whether a row is money of what people could be punished for telling: what their word costs is not told."""
        return unit == DOLLARS and self.hangs_on_talk(scenario)

    def acts(self, scenario: str) -> frozenset[str]:
        """What the levers of a what-if act on."""
        return frozenset(self.levers[pull.lever].acts for pull in self.scenarios[scenario].pulls)

    def _as_told(self, row: Row) -> Row:
        """The row; of what people could be punished for telling, without how sure its sign is."""
        return replace(row, figures=replace(row.figures, same_sign=None)) if self.hangs_on_talk(row.scenario) else row

    def _median(self, scenario: str, outcome: str) -> float:
        row = self.find("effect", scenario, outcome)
        return 0.0 if row is None else row.figures.all.median


def interval_of(spread: Spread | None) -> Interval:
    """The quantiles of a spread as an interval; one of no width at 0 where there is no spread."""
    if spread is None:
        return Interval(median=0, lower_50=0, upper_50=0, lower_80=0, upper_80=0, lower_95=0, upper_95=0)
    names = ("lower_95", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_95")
    return Interval(**dict(zip(names, spread.quantiles, strict=True)))


def is_nothing(figures: Figures) -> bool:
    """Whether an effect is nought in practically every run."""
    return all(abs(value) < NOTHING for value in (*figures.all.quantiles, figures.mean))


def run_id(kind: Kind, scenario: str, outcome: str, year: int) -> str:
    """The id under which a number of the model opens."""
    return f"{scenario}.{outcome}.{year}.{kind}"
