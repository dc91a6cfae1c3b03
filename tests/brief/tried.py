"""An invented kept backtest over real claims: its numbers mean nothing, its shape is that of the real one."""

from __future__ import annotations

from datetime import date

import numpy as np

from tallystick.brief.facts import Facts
from tallystick.forecasts.backtest import Past
from tallystick.forecasts.figures import middle_of
from tallystick.forecasts.kept import Kept, kept_of
from tallystick.forecasts.mixture import normal
from tallystick.forecasts.score import FAMILIES, Forecast, Scored, report_of, score
from tallystick.reconcile.account import Observation

DAYS = (date(2016, 1, 1), date(2018, 6, 1))
ERAS = ("early", "middle", "late")
A_FAMILY = 16  # figures at most of each family: enough for a row to be judged


def invented(facts: Facts, inputs: str = "0" * 64, off: float = 0.2) -> Kept:
    """A backtest of the first used figures; forecasts miss by `off` on average, in logs."""
    pasts = tuple(Past(day=day, used=9, r_hat=1.01, divergences=0, rows=_rows(facts, day, off)) for day in DAYS)
    table = report_of([row for past in pasts for row in past.rows], 1, 50)
    names = [f"{priors}, {cuts}" for priors in ("stated", "generic") for cuts in ("all", "named", "half-yearly")]
    return kept_of(
        inputs, pasts, dict.fromkeys(names, table), seed=1, date="2026-11-22", command="tallystick backtest",
        versions={"tallystick": "0"},
    )  # fmt: skip


def _some(facts: Facts) -> list[Observation]:
    """The first used figures of each family."""
    families: dict[str, list[Observation]] = {}
    for one in facts.account.observations:
        if one.point:
            families.setdefault(FAMILIES[facts.programme.measures[one.measure].object], []).append(one)
    return [one for each in families.values() for one in each[:A_FAMILY]]


def _rows(facts: Facts, day: date, off: float) -> tuple[Scored, ...]:
    draw = np.random.default_rng(day.toordinal())
    found = _some(facts)
    return tuple(
        score(
            Forecast(
                claim=one.claim,
                cut=day,
                measure=one.measure,
                family=FAMILIES[facts.programme.measures[one.measure].object],
                host=one.host,
                horizon=(middle_of(one) - day).days / 365.25 * 12,
                shock=ERAS[at % 3],
                kind="point",
                said=float(np.log(one.point or 1)),
                system=normal(float(np.log(one.point or 1) + off * draw.standard_normal()), 0.3),
                baselines={
                    name: normal(float(np.log(one.point or 1) + 3 * off * draw.standard_normal()), 0.5)
                    for name in ("latest", "mean", "trend", "local level", "administrative", "system", "no_break")
                },
            )
        )
        for at, one in enumerate(found)
    )
