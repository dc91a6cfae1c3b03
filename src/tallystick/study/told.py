"""All that a study found, gathered for the brief that tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallystick.brief.facts import Facts, Run
from tallystick.evidence.sources import sources
from tallystick.study.ahead import simulated_of
from tallystick.study.backtest import is_current, kept_backtest
from tallystick.study.record import on_record

if TYPE_CHECKING:
    from tallystick.study.study import Study


def facts_of(study: Study, run: Run) -> Facts:
    """Evidence, account, estimates and whatever else was computed, as the brief takes it."""
    from tallystick.calibrate.learning import learning, narrowed

    tried = kept_backtest(study)
    simulated = simulated_of(study, meanwhile=lambda: study.assessment)
    return Facts(
        programme=study.programme,
        account=study.account,
        estimates=study.estimates,
        fits=study.claim_fits,
        diagnostics=study.diagnostics,
        assessment=study.assessment,
        sources=sources(study.programme),
        draws=study.posterior,
        run=run,
        simulated=simulated,
        backtest=tried,
        backtest_current=is_current(study, tried),
        silenced=study.silenced,
        choices=study.choices,
        worth=study.worth,
        blocs=study.blocs,
        on_record=on_record(study),
        learnt=learning(study.programme, study.fit.unknowns),
        narrowed=narrowed(study.programme, study.account, study.fit.unknowns),
    )
