"""What was found of simulated workers who came home, as rows for JSON and CSV, and in words.

Rows are distributions over a hundred simulated persons or more, shares of them, and rates. The words say what an
expert would sign: what is meant, how wide it is and why, and what the model cannot tell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Self

import msgspec

from tallystick.scenarios.results import SPREADS, plain_spreads, spread_cells
from tallystick.scenarios.summary import QUANTILES, Figures, Spread
from tallystick.stocks.labour.histories import AT_LEAST, MEASURES, SHARES
from tallystick.vocab.errors import UsageError

ALL = "all"  # hosts together
RATE = "per 1,000 worker-years"
OF_HARM: Final = {"die": "deaths", "disable": "injuries"}  # flows
UNITS: Final = {**MEASURES, **dict.fromkeys(SHARES, "share"), **dict.fromkeys(OF_HARM, RATE)}
NAMES: Final = {
    "months_abroad": "months abroad",
    "gross": "what employers paid for them",
    "state": "what the State took",
    "promised": "booked and promised for the return",
    "paid": "paid out of it",
    "at_once": "paid to them abroad",
    "brought_home": "brought home, less the debt for the place",
    "months_to_cover": "months until what will be paid covers that debt",
    "paid_less": "came home with less than was promised",
    "never_covered": "came home before the debt was covered",
    "nothing_left": "brought home nothing, or a debt",
    "die": "deaths at work and from illness",
    "disable": "injuries that end work",
}
SIMULATED = "All workers are simulated, each number stands on a hundred of them or more, and none is anybody's story."


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRow:
    """One number of a scenario, in a host or all of them. `figures.runs` counts persons, or runs."""

    scenario: str
    host: str
    id: str
    figures: Figures

    @property
    def unit(self) -> str:
        """What it is in."""
        return UNITS[self.id]

    @property
    def name(self) -> str:
        """What it is."""
        return NAMES[self.id]


@dataclass(frozen=True, kw_only=True)
class Homes:
    """All rows, and what they rest on. `left_out`: (scenario, host, id) that had too few simulated persons."""

    model: str
    baseline: str
    names: Mapping[str, str]  # of scenarios, the baseline first
    first: str  # month
    until: str
    seed: int
    draws: int
    repeats: int
    levels: tuple[HomeRow, ...]
    effects: tuple[HomeRow, ...]
    left_out: tuple[tuple[str, str, str], ...]

    def level(self, scenario: str, host: str, id: str) -> HomeRow:
        """One row; UsageError where there is none of that name, or where too few persons stand behind it."""
        return self._find("levels", scenario, host, id)

    def effect(self, scenario: str, host: str, id: str) -> HomeRow:
        """What a scenario changes against the baseline."""
        return self._find("effects", scenario, host, id)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Those of which anything is told, all together first."""
        return tuple(dict.fromkeys(row.host for row in self.levels))

    def _find(self, kind: str, scenario: str, host: str, id: str) -> HomeRow:
        found = self._by_name[kind].get((scenario, host, id))
        if found is None:
            why = "too few simulated persons" if (scenario, host, id) in self.left_out else "no such row"
            raise UsageError(f"there are no {kind} of {id} under {scenario} in {host}: {why}")
        return found

    @cached_property
    def _by_name(self) -> dict[str, dict[tuple[str, str, str], HomeRow]]:
        both = {"levels": self.levels, "effects": self.effects}
        return {kind: {(row.scenario, row.host, row.id): row for row in rows} for kind, rows in both.items()}

    def as_json(self) -> dict[str, Any]:
        """Plain values for a file."""
        plain = {name: getattr(self, name) for name in ("model", "baseline", "first", "until", "seed", "draws")}
        return {
            "persons": SIMULATED, **plain, "repeats": self.repeats, "scenarios": dict(self.names),
            "fewest_persons": AT_LEAST, "says": list(sentences(self)),
            "levels": [_plain(row) for row in self.levels], "effects": [_plain(row) for row in self.effects],
            "left_out": [dict(zip(("scenario", "host", "id"), each, strict=True)) for each in self.left_out],
        }  # fmt: skip

    def as_csv(self) -> str:
        """One line for each level and effect, with a header."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("kind", "scenario", "host", "id", "unit", "counted", "mean", "share_of_parameters", *SPREADS))
        writer.writerows(["level", *_cells(row)] for row in self.levels)
        writer.writerows(["effect", *_cells(row)] for row in self.effects)
        return text.getvalue()

    def kept(self) -> bytes:
        """What `read` reads back, number by number the same."""
        return msgspec.json.encode({name: getattr(self, name) for name in self.__dataclass_fields__})

    @classmethod
    def read(cls, content: bytes) -> Self:
        """What `kept` wrote."""
        return msgspec.json.decode(content, type=cls)


def _plain(row: HomeRow) -> dict[str, Any]:
    found = row.figures
    return {
        "scenario": row.scenario, "host": row.host, "id": row.id, "name": row.name, "unit": row.unit,
        "counted": found.runs, "draws": found.draws, "mean": found.mean,
        "share_of_parameters": found.share_of_parameters, "same_sign": found.same_sign,
        **plain_spreads(found),
    }  # fmt: skip


def _cells(row: HomeRow) -> Iterator[Any]:
    found = row.figures
    yield from (row.scenario, row.host, row.id, row.unit, found.runs, found.mean, found.share_of_parameters)
    yield from spread_cells(found)


def at(spread: Spread, quantile: float) -> float:
    """One of its quantiles."""
    return spread.quantiles[QUANTILES.index(quantile)]


def sentences(found: Homes, places: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """What may be said, each sentence by itself true. places : by host, "in ..."; without, hosts have their ids."""
    yield SIMULATED
    yield from _too_few(found, places)
    if (found.baseline, ALL, "brought_home") in found.left_out:
        return
    home = found.level(found.baseline, ALL, "brought_home").figures
    yield (
        f"In all runs together, {home.runs:,} simulated workers go abroad from {found.first} on and are home again by "
        f"the end of {found.until}. When the debt for the place is taken off, half are left with "
        f"{_left(home.all.median)} or worse, one in ten with {_left(at(home.all, 0.1))} or worse, and one in ten with "
        f"{_left(at(home.all, 0.9))} or better."
    )
    yield _why_wide(home)
    yield from _promised(found)
    for scenario in list(found.names)[1:]:
        yield from _changed(found, scenario)
    yield (
        "Short stays weigh more, for two reasons: who has not come home by the end is not counted yet, and stays end "
        "at a rate that does not ask how long somebody has been there, where a contract runs for years. Whoever serves "
        "a whole term brings home more, on average, than these numbers say."
    )
    yield "Whoever was abroad at the start is left out, since nobody knows what had been promised to them by then."


def _too_few(found: Homes, places: Mapping[str, str]) -> Iterator[str]:
    """By host, what is left out under some scenario; the rows for other programs say under which."""
    by_host: dict[str, dict[str, None]] = {}
    for _, host, id in found.left_out:
        by_host.setdefault(host, {})[NAMES[id]] = None
    if by_host:
        each = (f"{places.get(host, host)}: {', '.join(names)}" for host, names in by_host.items())
        yield f"Where a row is missing, too few simulated workers stand behind it: {'; '.join(each)}."


def _why_wide(home: Figures) -> str:
    if home.parameters is None or home.chance is None or home.share_of_parameters is None:
        return "One draw alone cannot say how much of this is not known and how much is chance."
    return (
        f"What is not known of pay and terms moves the mean from {_usd(at(home.parameters, 0.1))} to "
        f"{_usd(at(home.parameters, 0.9))} (80 % of {home.draws} draws); within a draw, 80 % of workers lie from "
        f"{_usd(at(home.chance, 0.1))} to {_usd(at(home.chance, 0.9))}, about the mean of all. Of the variance, "
        f"{_percent(home.share_of_parameters)} is what is not known, and the rest is how lives differ."
    )


def _promised(found: Homes) -> Iterator[str]:
    promised, paid, less, never = (
        found.level(found.baseline, ALL, id).figures for id in ("promised", "paid", "paid_less", "never_covered")
    )
    yield (
        f"{_share(less)} come home with less than was booked for them: {_usd(promised.mean)} promised on average, "
        f"{_usd(paid.mean)} paid. How much of it is paid is assumed alike for everybody, so that this share is that "
        "assumption's and no finding."
    )
    yield f"{_share(never)} are home before what they will be paid covers the debt for their place."
    if (found.baseline, ALL, "months_to_cover") not in found.left_out:
        yield _cover(found.level(found.baseline, ALL, "months_to_cover").figures, found.draws)


def _cover(found: Figures, draws: int) -> str:
    """How long it takes those whom their booked pay covers."""
    some = "" if found.draws == draws else f" ({found.draws} of {draws} draws, where a hundred or more get so far)"
    return f"Of the others, half need {found.all.median:.0f} months or more for it{some}."


def _share(found: Figures) -> str:
    if found.parameters is None:
        return _percent(found.mean)
    ends = [_percent(min(max(at(found.parameters, end), 0), 1)) for end in (0.1, 0.9)]
    return _percent(found.mean) if ends[0] == ends[1] else f"{_percent(found.mean)} ({ends[0]} to {ends[1]})"


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _changed(found: Homes, scenario: str) -> Iterator[str]:
    if (scenario, ALL, "brought_home") in found.left_out:
        return
    effect = found.effect(scenario, ALL, "brought_home").figures
    sure = "" if effect.same_sign is None else f", with this sign in {_percent(effect.same_sign)} of the draws"
    word = "more" if effect.mean > 0 else "less"
    yield (
        f"{found.names[scenario]}: {_usd(abs(effect.mean))} {word} a worker on average than in the baseline "
        f"({_usd(at(effect.all, 0.1))} to {_usd(at(effect.all, 0.9))}){sure}."
    )


def _left(value: float) -> str:
    """What is left; below zero it is a debt."""
    return f"a debt of {_usd(-value)}" if value < 0 else _usd(value)


def _usd(value: float) -> str:
    """To two significant digits: no more is known."""
    if value == 0:
        return "USD 0"
    step = 10 ** max(len(str(int(abs(value)))) - 2, 0)
    rounded = round(value / step) * step
    return f"{'−' if rounded < 0 else ''}USD {abs(rounded):,.0f}"
