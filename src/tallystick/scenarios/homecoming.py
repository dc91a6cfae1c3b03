"""What a worker brings home: simulated persons followed one by one, on the baseline and under scenarios.

    asked = WhatIf(programme=..., baseline=..., scenarios=..., levers=..., runs=80, until="2030-12", seed=1)
    followed(asked, unknowns).level("direct_pay", ALL, "brought_home").figures.all.median

All persons are simulated and nobody in particular. Told are distributions, shares and rates over a hundred persons or
more in every draw; draws in which a host has fewer are left out of what is told of it. Nobody's history leaves this
module, and nothing is asked of those who neither came home at the end of their term nor by order.

What is told of persons (USD, months) has the whole spread of simulated lives: `all` over everybody, `parameters` what
the mean does across draws of the fit and of what is assumed, `chance` how persons of one draw differ. Shares and rates
are numbers of a run: `chance` is how they differ between runs of one draw. Effects compare the means, shares and
rates of a run with those of the baseline's run of the same number, and so are numbers of a run too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.chunks import Design, Halt, design_of
from tallystick.scenarios.executor import HERE, Halted, Where, in_order
from tallystick.scenarios.homes import ALL, OF_HARM, HomeRow, Homes
from tallystick.scenarios.summary import Figures, Part, Tally, part_of
from tallystick.scenarios.what_if import Prepared, Progress, WhatIf, prepared
from tallystick.stocks.labour.histories import AT_LEAST, MEASURES, PER, SHARES, Came, came_home

Array = NDArray[np.float64]
USUAL_DRAWS = 24  # of the fit, evenly spaced: each has some 100,000 persons, and takes seconds under each scenario
REPEATS = 2  # runs of each draw: enough to tell chance from parameters
OF_LEDGER = ("months_to_cover", "never_covered")  # what is asked of booked pay alone
NUMBERS = (*MEASURES, *SHARES, *OF_HARM)  # of a run, in the order of its row


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Draw:
    """All runs of one draw, by scenario."""

    persons: Mapping[str, Part]  # cells: host x measure
    runs: Mapping[str, Array]  # (repeat, host x number)
    enough: Mapping[str, NDArray[np.bool_]]  # (host x number,) whether a hundred persons stand behind it in every run


def followed(
    asked: WhatIf, unknowns: Mapping[str, Array], *, where: Where = HERE, kept: Path | None = None,
    progress: Progress | None = None,
) -> Homes:  # fmt: skip
    """Distributions under every scenario, shares and rates, and their effects against the baseline.

    unknowns : the fit's, by name, draws first. kept : folder of compiled models. where : threads, how many.
    """
    ready = prepared(asked, unknowns)
    design = design_of(asked.runs, ready.base.inputs.draws)
    work = partial(_draw, ready=ready, design=design, seed=asked.seed, kept=kept)
    sums = _Sums(asked, ready)
    for at, each in enumerate(in_order(work, range(design.draws), where)):
        sums.add(each)
        if progress is not None:
            progress("persons", at + 1, design.draws)
    return sums.told(asked, ready, design)


def _hosts(ready: Prepared) -> dict[str, list[int]]:
    """Places of the strata of all hosts together, and of each."""
    shape = ready.shape
    strata = {shape.focus: shape.in_focus, **{host: (host,) for host in shape.elsewhere}}
    found = {host: [ready.graph.place("abroad", each) for each in here] for host, here in strata.items()}
    return {ALL: [place for places in found.values() for place in places], **found}


def _draw(draw: int, halted: Halted, *, ready: Prepared, design: Design, seed: int, kept: Path | None) -> _Draw:
    """Every scenario on the same runs of one draw."""
    hosts, persons, runs, enough = _hosts(ready), {}, {}, {}
    pay_sd = float(ready.base.beside["pay_sd"][draw])
    for scenario, inputs in ready.inputs.items():
        came = []
        for repeat in range(design.repeats):
            if halted():
                raise Halt
            run = repeat * design.draws + draw
            came.append(came_home(ready.graph, inputs, seed=seed, run=run, pay_sd=pay_sd, kept=kept))
        by_host = [[each.of(strata) for each in came] for strata in hosts.values()]
        persons[scenario] = part_of(_persons(by_host))
        runs[scenario] = np.array([[n for of in by_host for n in _numbers(of[k])] for k in range(design.repeats)])
        enough[scenario] = np.concatenate([np.all([_enough(each) for each in of], axis=0) for of in by_host])
    return _Draw(persons=persons, runs=runs, enough=enough)


def _persons(by_host: Sequence[Sequence[Came]]) -> Array:
    """(person, 1, host x measure); NaN where there are no more, and of a draw that has too few."""
    columns = [np.concatenate([each.values[id] for each in came]) for came in by_host for id in MEASURES]
    out = np.full((max(map(len, columns)), 1, len(columns)), np.nan)
    for place, column in enumerate(columns):
        if (~np.isnan(column)).sum() >= AT_LEAST:
            out[: len(column), 0, place] = column
    return out


def _numbers(came: Came) -> list[float]:
    """Means, shares and rates of one host in one run, as `NUMBERS` has them; NaN of nobody."""
    means = [_mean(came.values[id]) for id in MEASURES]
    shares = [_mean(came.holds[id].astype(float)) for id in SHARES]
    months = float(came.months.sum())
    return [*means, *shares, *(float(came.harm[flow].sum()) * PER / months if months else np.nan for flow in OF_HARM)]


def _mean(values: Array) -> float:
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else float("nan")


def _enough(came: Came) -> list[bool]:
    """Whether a hundred persons stand behind each of `NUMBERS`."""
    persons = [int((~np.isnan(came.values[id])).sum()) >= AT_LEAST for id in MEASURES]
    return [*persons, *(len(came.stratum) >= AT_LEAST for _ in SHARES), *(came.months.sum() >= PER for _ in OF_HARM)]


class _Sums:
    """What draws add up to; no draw is kept."""

    def __init__(self, asked: WhatIf, ready: Prepared) -> None:
        self._hosts = tuple(_hosts(ready))
        self._baseline = asked.baseline.id
        every, numbers = tuple(ready.inputs), len(self._hosts) * len(NUMBERS)
        self._persons = {id: Tally(len(self._hosts) * len(MEASURES)) for id in every}
        self._runs = {id: Tally(numbers) for id in every}
        self._effects = {id: Tally(numbers) for id in every if id != self._baseline}
        self._enough = {id: np.ones(numbers, bool) for id in every}

    def add(self, draw: _Draw) -> None:
        """The runs of one more draw."""
        for id, part in draw.persons.items():
            self._persons[id].add(part, is_last=True)
            self._runs[id].add(part_of(draw.runs[id][:, None]), is_last=True)
            self._enough[id] &= draw.enough[id]
        for id, effects in self._effects.items():
            effects.add(part_of((draw.runs[id] - draw.runs[self._baseline])[:, None]), is_last=True)

    def told(self, asked: WhatIf, ready: Prepared, design: Design) -> Homes:
        """Rows in the order of tables; what has too few persons behind it is named and not told."""
        names = {each.id: each.name for each in (asked.baseline, *asked.scenarios)}
        levels, effects, left_out = [], [], []
        for scenario, place, host, id in self._cells(names):
            row = self._level(scenario, host, id, place)
            if row is None:
                left_out.append((scenario, host, id))
                continue
            levels.append(row)
            if scenario in self._effects and self._enough[scenario][place] and self._enough[self._baseline][place]:
                figures = self._effects[scenario].figures(place)
                effects.append(HomeRow(scenario=scenario, host=host, id=id, figures=figures))
        return Homes(
            model=ready.graph.text.id, baseline=self._baseline, names=names, first=ready.months[0], until=asked.until,
            seed=asked.seed, draws=design.draws, repeats=design.repeats, levels=tuple(levels), effects=tuple(effects),
            left_out=tuple(left_out),
        )  # fmt: skip

    def _cells(self, scenarios: Iterable[str]) -> Iterator[tuple[str, int, str, str]]:
        """Scenario, place, host and number of every row; where pay goes to workers, no ledger covers their debt."""
        for scenario in scenarios:
            paid_at_once = self._runs[scenario].figures(NUMBERS.index("at_once")).mean > 0
            for place, (host, id) in enumerate((host, id) for host in self._hosts for id in NUMBERS):
                if not (paid_at_once and id in OF_LEDGER):
                    yield scenario, place, host, id

    def _level(self, scenario: str, host: str, id: str, place: int) -> HomeRow | None:
        if id in MEASURES:
            cell = self._hosts.index(host) * len(MEASURES) + tuple(MEASURES).index(id)
            found = self._persons[scenario].figures(cell)
            return HomeRow(scenario=scenario, host=host, id=id, figures=found) if found.runs else None
        if not self._enough[scenario][place]:
            return None
        found = self._runs[scenario].figures(place)
        return HomeRow(scenario=scenario, host=host, id=id, figures=_as_share(found) if id in SHARES else found)


def _as_share(found: Figures) -> Figures:
    """Quantiles, which are those of bins, kept within 0 to 1."""
    spreads = {part: getattr(found, part) for part in ("all", "parameters", "chance")}
    held = {part: each and replace(each, quantiles=_clipped(each.quantiles)) for part, each in spreads.items()}
    return replace(found, **held)


def _clipped(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(min(max(each, 0.0), 1.0) for each in values)
