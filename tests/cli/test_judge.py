"""Promise: a fit that failed its diagnostics ends in an error that says why, and no figure of it is to be cited."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from tallystick.cli.figures import _say_warm, judge
from tallystick.study.study import _read_summary
from tallystick.vocab.errors import FitError
from tallystick.vocab.estimate import Diagnostics

GOOD = Diagnostics(
    passed=True, r_hat_max=1.004, ess_bulk_min=900.0, ess_tail_min=700.0, divergences=0, chains=4, draws=1000,
    worst="gross_wage", seed=1,
)  # fmt: skip


def test_a_fit_that_failed_is_an_error_that_names_the_worst_quantity(capsys: pytest.CaptureFixture[str]) -> None:
    judge(GOOD)
    with pytest.raises(
        FitError, match=r"R-hat at most 1\.400, ESS at least 12, 3 divergences; worst: gross_wage"
    ) as one:
        judge(replace(GOOD, passed=False, r_hat_max=1.4, ess_tail_min=12.0, divergences=3))
    assert "do not cite" in one.value.hint
    assert one.value.exit_code == 1
    assert "ESS at least 700" in capsys.readouterr().err


@pytest.mark.parametrize(("asked", "moved"), [(GOOD.seed, False), (GOOD.seed + 1, True)])
def test_a_warm_fit_says_when_the_seed_moved_nothing(
    asked: int, moved: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    _say_warm(SimpleNamespace(started_from="abc", diagnostics=GOOD, seed=asked, warm=True))  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert "warm: from fit abc" in said
    assert ("(seed 1) were weighed: --seed moved none" in said) is moved


def test_a_study_that_was_fitted_cold_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _say_warm(SimpleNamespace(started_from="", diagnostics=GOOD, seed=1, warm=True))  # type: ignore[arg-type]
    assert capsys.readouterr().err.startswith("cold: ")


def test_an_estimate_that_is_no_number_is_an_error() -> None:
    written = b'{"estimates": [{"id": "a", "interval": {"median": null}}]}'
    with pytest.raises(FitError, match="an estimate is not finite"):
        _read_summary(written)
