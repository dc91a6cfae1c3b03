"""Promise: a prior at a cut rests on nothing that had not been said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from tallystick.calibrate.unknowns import Layout
from tallystick.evidence.programme import load_programme
from tallystick.forecasts.bench import Bench, bench_of
from tallystick.forecasts.odds import Odds
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.priors import cited, first_said, priors_at
from tallystick.reconcile.account import reconcile
from tallystick.vocab.errors import EvidenceError
from tests.docs.pages import ROOT

FIRST, EARLY, LATE = date(2014, 7, 1), date(2016, 1, 1), date(2026, 1, 1)


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
    said = first_said(_bench().programme)
    early, generic, seen = _of(EARLY), _of(EARLY, generic=True), 0
    for unknown in _bench().model.layout.unknowns:
        names = cited(unknown.why, said)
        if unknown.size > 1 or not names or unknown.name.startswith(("arrivals_", "split_")):
            continue
        known = max(said[name] for name in names) <= EARLY and unknown.name not in _odds().unheard_of(EARLY)
        stated = early[unknown.name][0] == unknown.location
        outsider = early[unknown.name][0] == generic[unknown.name][0]
        assert stated if known else outsider, unknown.name
        seen += not known
    assert seen > 5


def test_the_page_counts_the_priors_that_cite_nothing() -> None:
    page = (ROOT / "docs" / "methods" / "backtest.md").read_text(encoding="utf-8")
    told = re.search(r"Of (\d+) reasons (\d+) cite no row; (\d+) of these priors are, at the first cut", page)
    said, first, every = first_said(_bench().programme), _of(FIRST), _bench().model.layout.unknowns
    silent = [one for one in every if not cited(one.why, said)]
    same = [one for one in silent if np.array_equal(first[one.name], (one.location, one.width))]
    assert told is not None
    assert [int(number) for number in told.groups()] == [len(every), len(silent), len(same)]


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


def test_a_prior_that_cites_a_report_of_2023_is_an_outsiders_in_2016() -> None:
    """Its reason cites a statement and no claim."""
    early, late, generic = _of(EARLY), _of(LATE), _of(EARLY, generic=True)
    place = _bench().model.layout
    (pull,) = [one for one in place.unknowns if one.name == "pull"]
    assert cited(pull.why, first_said(_bench().programme)) == ("rsis23_s30",)
    assert early["pull"][1] == generic["pull"][1]
    assert late["pull"][1] == pull.width


def test_nobody_states_anything_of_what_acts_through_a_break_to_come() -> None:
    ban, order = date(2017, 9, 11), date(2017, 12, 22)
    assert {"barred_CN", "ordered_RU", "leak", "reopen_return", "entries_coverage_2025"} <= _odds().unheard_of(EARLY)
    assert "barred_CN" not in _odds().unheard_of(ban)
    assert "ordered_RU" in _odds().unheard_of(ban) - _odds().unheard_of(order)
    assert "reopen_return" in _odds().unheard_of(date(2023, 8, 26)) - _odds().unheard_of(date(2023, 8, 27))
    early, generic = _of(EARLY), _of(EARLY, generic=True)
    for name in ("barred_CN", "entries_coverage_2025", "reopen_return"):
        assert early[name][0] == generic[name][0], name


def test_a_reason_that_cites_no_row_is_an_error() -> None:
    with pytest.raises(EvidenceError, match="cites nobody_s01, which is no row"):
        cited("Assumed [nobody_s01].", first_said(_bench().programme))


def test_a_fit_reads_nothing_that_may_have_been_said_after_its_cut() -> None:
    latest = {claim.id: claim.asserted_latest for claim in _bench().programme.claims}
    assert all(latest[one.claim] <= EARLY for one in _bench().known_at(EARLY))


def test_a_later_figure_is_new_in_every_copy_of_its_origin() -> None:
    account = reconcile(_bench().programme)
    earliest = {claim.id: claim.asserted_earliest for claim in _bench().programme.claims}
    copied = 0
    for origin in account.origins:
        first = min(earliest[name] for name in origin.members)
        copied += any(earliest[name] != first for name in origin.members)
        assert all(_bench().asserted[name] == first for name in origin.members)
    assert copied > 3


def test_an_unknown_without_a_generic_prior_is_an_error() -> None:
    name = next(one.name for one in _bench().model.layout.unknowns if one.name in _odds().generic)
    fewer = replace(_odds(), generic={each: one for each, one in _odds().generic.items() if each != name})
    with pytest.raises(EvidenceError, match=f"no generic prior for {name}"):
        priors_at(_bench(), fewer, EARLY, generic=True)
