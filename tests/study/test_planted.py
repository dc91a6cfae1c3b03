"""Promise T2 on the fit that ships: what one more origin, and several that agree, would do to it."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.calibrate.blocs import blocs
from tallystick.calibrate.influence import RELIABLE_K
from tallystick.calibrate.newcomer import FACTORS, HALF, Newcomer, Offer, newcomers
from tallystick.calibrate.predictive import grouped, placed
from tallystick.study.study import Study

YEARS = (2017, 2021, 2025)  # the well-told years, the closed border, and where the evidence ends


def _offers(study: Study, kind: str) -> list[Offer]:
    hosts = study.programme.tables["calibration"]["newcomers"]["hosts"]
    return [Offer(measure, host, year, kind) for measure, each in hosts.items() for host in each for year in YEARS]


@pytest.fixture(scope="module")
def found(study: Study) -> list[Newcomer]:
    """Stock, wage, share, revenue and entries, by one origin that nobody has vetted."""
    unvetted = study.programme.tables["calibration"]["newcomers"]["unvetted"]
    return list(newcomers(study.programme, study.account, study.fit, _offers(study, unvetted)))


def test_one_origin_that_nobody_has_vetted_moves_no_median_by_half_of_its_interval(found: list[Newcomer]) -> None:
    """T2; the full form, with every class and more years, is in docs/reference/statistics.md."""
    assert {one.factor for one in found} == set(FACTORS)
    most = max(found, key=lambda one: one.move)
    assert most.move <= HALF, most
    assert most.move > 0.1  # it is heard


def test_the_draws_can_tell_what_such_an_origin_would_do(found: list[Newcomer]) -> None:
    assert np.mean([one.k <= RELIABLE_K for one in found]) > 0.98


def test_a_class_is_a_standing_that_must_be_earned(study: Study, found: list[Newcomer]) -> None:
    """The same figures by a government weigh more: what vetting is for, and why a newcomer does not start there."""
    offers = [one for one in _offers(study, "government") if (one.measure, one.year) == ("workers_present", 2025)]
    trusted = max(one.move for one in newcomers(study.programme, study.account, study.fit, offers))
    same = [one.move for one in found if (one.offer.measure, one.offer.year) == ("workers_present", 2025)]
    assert trusted > max(same)


def test_the_class_of_who_is_not_vetted_is_the_one_that_errs_most(study: Study) -> None:
    unvetted = study.programme.tables["calibration"]["newcomers"]["unvetted"]
    classes = study.programme.asserter_classes
    assert classes[unvetted].scale == max(one.scale for one in classes.values())
    assert classes[unvetted].bias_sd == max(one.bias_sd for one in classes.values())


def test_no_bloc_of_the_evidence_is_flagged(study: Study) -> None:
    """Nothing is known to be planted in it: what is flagged here is a false alarm, or agreement worth a look."""
    every = blocs(study.programme, study.account, study.fit)
    assert every
    assert not any(one.flagged for one in every)
    assert all(len(one.voices) >= 3 and one.measure != "escapes" for one in every)


def test_published_figures_look_like_figures_of_the_model(study: Study) -> None:
    """Loose: figures of one table err together. The page of statistics says it measure by measure."""
    every = grouped(placed(study.programme, study.account, study.fit), "measure")[0]
    assert every.figures > 100
    assert 0.7 < every.inside[1] < 0.95
    assert every.inside[2] > 0.88
    assert 0.4 < every.mean < 0.6
