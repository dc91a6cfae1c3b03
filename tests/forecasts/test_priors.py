"""Promise: a prior at a cut rests on nothing that had not been said."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from tallystick.calibrate.unknowns import Layout
from tallystick.evidence.programme import load_programme
from tallystick.forecasts.bench import Bench, bench_of
from tallystick.forecasts.odds import Odds
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.priors import cited, priors_at

EARLY, LATE = date(2016, 1, 1), date(2026, 1, 1)


@cache
def _bench() -> Bench:
    return bench_of(load_programme("dprk"), (EARLY, LATE))


@cache
def _odds() -> Odds:
    return odds_of(load_programme("dprk"))


def _of(day: date, *, generic: bool = False) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    location, width = priors_at(_bench(), _odds(), day, generic=generic)
    out, at = {}, 0
    for unknown in _bench().model.layout.unknowns:
        out[unknown.name] = location[at : at + unknown.size], width[at : at + unknown.size]
        at += unknown.size
    return out


def test_a_stated_prior_holds_only_once_every_claim_that_it_cites_was_out() -> None:
    said = {claim.id: claim.asserted_earliest for claim in _bench().programme.claims}
    early, generic, seen = _of(EARLY), _of(EARLY, generic=True), 0
    for unknown in _bench().model.layout.unknowns:
        names = cited(unknown.why, said)
        if unknown.size > 1 or not names or unknown.name.startswith(("arrivals_", "split_")):
            continue
        known, stated = max(said[name] for name in names) <= EARLY, early[unknown.name][0] == unknown.location
        outsider = early[unknown.name][0] == generic[unknown.name][0]
        assert stated if known else outsider, unknown.name
        seen += not known
    assert seen > 5


def test_an_outsiders_prior_is_the_same_at_every_cut_but_for_what_was_barred_and_closed() -> None:
    early, late = _of(EARLY, generic=True), _of(LATE, generic=True)
    moved = {name for name in early if not np.array_equal(early[name], late[name])}
    assert moved
    assert all(name.startswith(("arrivals_", "split_")) for name in moved)


def test_the_layout_knows_no_future() -> None:
    months = _bench().model.nodes["arrivals_RU_before"]
    assert months.shape[1] == len(_bench().model.grid.years)  # a node for every year, whatever happened in it
    assert isinstance(_bench().model.layout, Layout)


def test_later_figures_are_those_that_nobody_can_have_said_and_escapes_are_not_among_them() -> None:
    later = _bench().later_than(EARLY)
    assert later
    assert all(_bench().asserted[one.claim] > EARLY for _, one in later)
    assert not {one.measure for _, one in later} & {"escapes"}
    assert all(_bench().observations[at] == one for at, one in later)
    assert not _bench().at[EARLY][[at for at, _ in later]].any()
