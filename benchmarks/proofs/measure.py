"""Everything that the page of statistics says, as plain values; the page and the pictures compute nothing."""

from __future__ import annotations

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np

from tallystick.calibrate.blocs import blocs, figure
from tallystick.calibrate.influence import RELIABLE_K
from tallystick.calibrate.kept import code_hash
from tallystick.calibrate.misled import Plot, Seen, Stage, plots, plotted, stage_of, staged
from tallystick.calibrate.newcomer import HALF, Newcomer, Offer, newcomers
from tallystick.calibrate.predictive import Placed, grouped, placed, placed_before
from tallystick.calibrate.recovery import LEVELS
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tallystick.study.study import Study
from tallystick.vocab.programme import Programme

Plain = dict[str, Any]
SHOWN = (
    ("workers_present", "RU"), ("workers_present", "CN"), ("workers_present", "WW"), ("gross_wage", "RU"),
    ("state_take_share", "RU"), ("programme_revenue", "WW"),
)  # fmt: skip
ENDS = (0.1, 0.5, 0.9)
PRIOR_DRAWS = 4000


def measured(name: str, sets: int, seed: int, workers: int) -> Plain:
    """All but the recovery check, which keeps its own figures. `sets`: of simulated data, in each misled world."""
    study = Study(name, tell=print)
    began = time.monotonic()
    found: Plain = {
        "code": code_hash(study.programme),
        "seed": seed,
        "diagnostics": _diagnostics(study),
        "predictive": predictive(placed(study.programme, study.account, study.fit)),
        "before": predictive(placed_before(study.programme, study.account, PRIOR_DRAWS, seed)),
        "pictures": [trajectory(study, *one) for one in SHOWN],
        "blocs": [asdict(one) for one in blocs(study.programme, study.account, study.fit)],
        "newcomers": newcomer_rows(study),
        "planted": planted(name, seed),
        "misled": misled(name, sets, seed, workers),
    }
    return found | {"wall_seconds": round(time.monotonic() - began), "workers": workers}


def _diagnostics(study: Study) -> Plain:
    found = study.diagnostics
    return {field: getattr(found, field) for field in ("passed", "r_hat_max", "ess_bulk_min", "ess_tail_min")} | {
        "divergences": found.divergences
    }


def predictive(found: Sequence[Placed]) -> Plain:
    """Figures in what was expected of them, by measure and by class, and every place."""
    return {by: [asdict(one) for one in grouped(found, by)] for by in ("measure", "asserter_class")} | {
        "places": [{"class": one.asserter_class, "measure": one.measure, "pit": round(one.pit, 4)} for one in found]
    }


def trajectory(study: Study, estimand: str, host: str) -> Plain:
    """Prior and posterior of one headline quantity by year, and the figures that were claimed of it."""
    rows = []
    first, last = study.programme.tables["model"]["headline"][estimand].get("years", study.programme.window)
    for kind, draws in (("prior", study.fit.prior_draws), ("posterior", study.fit.draws)):
        series = draws[estimand].sel(host=host)
        axis = str(series.dims[-1])
        for label in (str(each) for each in series[axis].values):
            if label[4:] in ("", "-12") and int(first) <= int(label[:4]) <= int(last):
                ends = np.quantile(series.sel({axis: label}).values.astype(float), ENDS)
                rows.append(
                    {"of": kind, "year": int(label[:4])}
                    | dict(zip(("low", "middle", "high"), map(float, ends), strict=True))
                )
    return {"estimand": estimand, "host": host, "rows": rows, "claims": _claims(study, estimand, host)}


def _claims(study: Study, estimand: str, host: str) -> list[Plain]:
    seen = [one for one in study.account.observations if (one.measure, one.host) == (estimand, host)]
    return [
        {"claim": one.claim, "year": (one.start.year + one.end.year) / 2, "figure": figure(one)}
        for one in seen
        if figure(one) is not None
    ]


def newcomer_rows(study: Study) -> list[Plain]:
    """The farthest move that one more origin makes, by what it speaks of and its class."""
    table = study.programme.tables["calibration"]["newcomers"]
    offers = [
        Offer(measure, host, year, kind)
        for kind in study.programme.asserter_classes
        for measure, hosts in table["hosts"].items()
        for host in hosts
        for year in table["years" if kind == table["unvetted"] else "years_of_vetted"]
    ]
    groups: dict[tuple[str, str], list[Newcomer]] = defaultdict(list)
    for one in newcomers(study.programme, study.account, study.fit, offers):
        groups[one.offer.asserter_class, one.offer.measure].append(one)
    return [_farthest(found) | {"vetted": kind != table["unvetted"]} for (kind, _), found in groups.items()]


def _farthest(found: list[Newcomer]) -> Plain:
    most = max(found, key=lambda one: one.move)
    return most.offer._asdict() | {
        "factor": most.factor, "move": most.move, "on": most.on, "k": most.k, "asked": len(found),
        "beyond": sum(one.move > HALF for one in found), "unsure": sum(one.k > RELIABLE_K for one in found),
    }  # fmt: skip


@cache
def stage(name: str) -> Stage:
    """The worlds of misled sources, compiled once in a process."""
    programme = load_programme(name)
    return stage_of(programme, reconcile(programme), _classes(programme), _where(programme))


def _classes(programme: Programme) -> tuple[str, str]:
    table = programme.tables["calibration"]
    return table["planted"]["vetted"], table["newcomers"]["unvetted"]


def _where(programme: Programme) -> Offer:
    table = programme.tables["calibration"]["planted"]
    return Offer(table["measure"], table["host"], table["year"], "")


def worlds(name: str) -> Mapping[str, Plot]:
    """Every way of planting figures."""
    return plots(*_classes(load_programme(name)))


def planted(name: str, seed: int) -> Plain:
    """What planted figures do beside the real evidence, fitted anew, and what is flagged."""
    usual, found = plotted(stage(name), seed, worlds(name))
    return {
        "flagged_without": len(usual),
        "plots": [
            {"plot": world, "move": one.move, "on": one.on, "flags": len(one.flags), "flagged": one.flagged}
            for world, one in found.items()
        ],
    }


def misled(name: str, sets: int, seed: int, workers: int) -> list[Plain]:
    """Each world over many simulated data sets: truths held, moves against honest errors, how often it is flagged."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, sets), fresh) as pool:
        jobs = [pool.submit(_staged, name, seed, number) for number in range(sets)]
        seen = [one for job in jobs for one in job.result()]
    return [
        _world(world, [one for one in seen if one.world == world]) for world in dict.fromkeys(one.world for one in seen)
    ]


def _staged(name: str, seed: int, number: int) -> tuple[Seen, ...]:
    return staged(stage(name), seed, number, worlds(name))


def _world(world: str, seen: list[Seen]) -> Plain:
    moves = np.abs(np.stack([one.moves for one in seen]))
    held = np.stack([one.inside for one in seen]).mean(axis=(0, 2))
    return {
        "world": world,
        "sets": len(seen),
        "held": dict(zip((f"{level:.0%}" for level in LEVELS), map(float, held), strict=True)),
        "move_mean": float(moves.mean()),
        "move_largest_median": float(np.median(moves.max(axis=1))),
        "flagged": sum(one.flagged for one in seen),
    }
