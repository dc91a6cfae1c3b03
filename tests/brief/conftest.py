"""The programme that ships with invented draws: every chapter can be read without a fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.assess.assessment import assess
from tallystick.brief.build import build_document
from tallystick.brief.chapters.trust import trust
from tallystick.brief.document import Chapter, Document
from tallystick.brief.facts import Facts
from tallystick.brief.simulated import Simulated
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tests.brief.factory import facts_of, invented_draws
from tests.brief.tried import invented
from tests.brief.trusted import trusted
from tests.brief.what_ifs import with_what_ifs


def named_for_assess(draws: Any) -> Mapping[str, Any]:
    """The draws under the axis names of the interface, where one name holds other labels for another quantity."""
    renamed = {
        "worker_months_after_deadline": draws["worker_months_after_deadline"].rename(since="cohort"),
        "workers_arrived": draws["workers_arrived"].rename(arrival_class="visa_class"),
    }
    return {str(name): renamed.get(str(name), draws[name]) for name in draws.data_vars}


def invented_facts(as_of: date | None = None, of: str | Path = "dprk", **changes: Any) -> Facts:
    """Facts of the programme that ships, or of a copy of it, by a day, around invented draws."""
    programme = load_programme(of, as_of=as_of)
    account = reconcile(programme)
    draws = invented_draws(programme)
    return facts_of(programme, account, assess(programme, account, named_for_assess(draws)), draws=draws, **changes)


@pytest.fixture(scope="session")
def facts() -> Facts:
    return invented_facts()


@pytest.fixture(scope="session")
def document(facts: Facts) -> Document:
    """The whole brief, with an invented backtest."""
    return build_document(replace(facts, backtest=invented(facts), backtest_current=True))


@pytest.fixture(scope="session")
def ahead(facts: Facts) -> Facts:
    """The same facts with the what-ifs that ship, invented results."""
    return with_what_ifs(facts)


@pytest.fixture(scope="session")
def found(ahead: Facts) -> Simulated:
    assert ahead.simulated is not None
    return ahead.simulated


@pytest.fixture(scope="module")
def asked(facts: Facts) -> Facts:
    """With invented answers about the figures that it leads with."""
    return trusted(facts)


@pytest.fixture(scope="module")
def chapter(asked: Facts) -> Chapter:
    """How far each number can be trusted, by those answers."""
    made = trust(asked)
    assert made is not None
    return made
