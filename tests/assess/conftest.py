"""Planted draws, claims and obligations of an invented programme, and the real one for reading the shipped rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest

from tallystick.assess.facts import Facts
from tallystick.assess.finding import Period
from tallystick.assess.obligations import Assumption, Obligation, Position
from tallystick.assess.presence import Presence
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, reconcile
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim, LawRow, Statement

DRAWS = 8
PERIOD = Period(id="later", name="later", start=date(2020, 2, 1), end=date(2020, 12, 31))
MONTHS = tuple(f"{year}-{month:02d}" for year in range(2017, 2022) for month in range(1, 13))


def make_claim(id: str = "c1", *, point: float | None = 100.0, **changes: Any) -> Claim:
    given: dict[str, Any] = {
        "id": id, "measure": "workers_present", "low": None, "point": point, "high": None, "unit": "persons",
        "host": "XA", "region": "", "sector": "", "start": date(2020, 3, 1), "end": date(2020, 3, 31),
        "asserted_by": "an office", "asserter_class": "administrative", "published_by": "", "title": "",
        "published_on": "", "url": "", "link_kind": "none", "derived_from": (), "suspected_from": (), "hedge": "",
        "note": "", "asserted_earliest": date(2020, 4, 1), "asserted_latest": date(2020, 4, 1),
        "dating_basis": "", "dating_sure": "sure", "row": 1,
    }  # fmt: skip
    return Claim(**{**given, **changes})


def make_law(**changes: Any) -> LawRow:
    given: dict[str, Any] = {
        "id": "R1", "instrument": "an invented resolution", "official_symbol": "X/RES/1234 (2017)", "paragraph": "5",
        "addressee": "all States", "test": "", "adopted_on": date(2017, 8, 5), "in_force_from": date(2017, 8, 5),
        "deadline": date(2019, 12, 22), "text_summary": "", "obligation": "", "exceptions": "", "how_read": "summary",
        "source_url": "", "note": "",
    }  # fmt: skip
    return LawRow(**{**given, **changes})


def make_obligation(
    rule: str = "income_earners_remain", law: Mapping[str, Any] | None = None, **changes: Any
) -> Obligation:
    given: dict[str, Any] = {
        "id": "o1", "title": "an invented duty", "rule": rule, "law": (make_law(**(law or {})),), "binds": "host",
        "who": "", "hosts": ("XA",), "periods": (PERIOD,), "test": "t", "reading": "r",
        "exceptions": "the State may determine one", "left_open": ("something",),
    }  # fmt: skip
    return Obligation(**{**given, **changes})


def make_facts(claims: Mapping[str, tuple[Claim, ...]] | None = None, **changes: Any) -> Facts:
    given: dict[str, Any] = {"host": "XA", "addressee": "Xanadu", "period": PERIOD, "claims": claims or {}}
    return Facts(**{**given, **changes})


def make_position(kind: str = "denies_test", **changes: Any) -> Position:
    given: dict[str, Any] = {
        "law": "R9", "host": "XA", "kind": kind, "obligations": ("o1",), "cohorts": (), "periods": (),
        "since": date(2020, 3, 3), "says": "Xanadu said so.", "claims": (),
    }  # fmt: skip
    return Position(**{**given, **changes})


def make_presence(
    by_cohort: Mapping[str, float] | None = None, by_visa: Mapping[str, float] | None = None, total: float | None = None
) -> Presence:
    """The same number of people in every month and draw."""

    def flat(number: float) -> Any:
        return np.full((DRAWS, len(MONTHS)), float(number))

    people = sum((by_cohort or {}).values()) if total is None else total
    return Presence(
        months=MONTHS,
        total=flat(people),
        by_cohort={name: flat(number) for name, number in (by_cohort or {}).items()},
        by_visa={name: flat(number) for name, number in (by_visa or {}).items()},
        authorising=frozenset({"work"}),
    )


def make_statement(id: str, report: str, **changes: Any) -> Statement:
    given: dict[str, Any] = {
        "id": id, "report": report, "paragraph": "1", "kind": "control", "statement": "", "actors": (), "place": "",
        "period": "2020", "indicators": (), "supports_or_contradicts": "neutral", "framework_limbs": (),
        "framework_phases": (), "framework_bearings": (), "asserted_by": "", "hedge": "", "related_claims": (),
        "note": "",
    }  # fmt: skip
    return Statement(**{**given, **changes})


def make_assumption(id: str, low: float, high: float) -> Assumption:
    return Assumption(id=id, name=id, low=low, high=high, why="", claims=())


class Make:
    """The builders in one place, so that tests ask for one fixture."""

    claim = staticmethod(make_claim)
    law = staticmethod(make_law)
    obligation = staticmethod(make_obligation)
    facts = staticmethod(make_facts)
    position = staticmethod(make_position)
    presence = staticmethod(make_presence)
    statement = staticmethod(make_statement)
    assumption = staticmethod(make_assumption)


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


@pytest.fixture(scope="session")
def dprk() -> Programme:
    return load_programme("dprk")


@pytest.fixture(scope="session")
def account(dprk: Programme) -> Account:
    return reconcile(dprk)


def plant(
    programme: Programme, *, cohorts: Mapping[str, float], visas: Mapping[str, float], others: float = 0.0
) -> Any:
    """Labelled draws of the real programme with planted numbers: cohorts after the deadline, visas throughout."""
    import xarray as xr

    years = [str(year) for year in range(programme.window[0], programme.window[1] + 1)]
    months = [f"{year}-{month:02d}" for year in years for month in range(1, 13)]
    deadline = programme.deadline.isoformat()[:7]
    after = np.array([month >= deadline for month in months])
    names = ["holdover", "stranded", "arrived_later", "all"]
    shape = (DRAWS, len(months))
    cohort = np.stack([np.full(shape, cohorts.get(name, np.nan)) * after for name in names], axis=1)
    visa = np.stack([np.full(shape, visas.get(name, 0.0)) for name in programme.visa_classes], axis=1)
    hosts = list(programme.hosts)
    host = np.stack([np.full(shape, sum(visas.values()) if h == programme.focus.id else others) for h in hosts], axis=1)
    lasting = np.arange(len(years), dtype=float) * np.ones((DRAWS, len(names), len(years)))
    return xr.Dataset(
        {
            "workers_present": (("draw", "host", "month"), host),
            "workers_present_by_cohort": (("draw", "cohort", "month"), cohort),
            "workers_present_by_visa": (("draw", "visa_class", "month"), visa),
            "worker_months_after_deadline": (("draw", "cohort", "year"), lasting),
        },
        coords={
            "host": hosts,
            "cohort": names,
            "visa_class": list(programme.visa_classes),
            "month": months,
            "year": years,
        },
    )


@pytest.fixture(scope="session")
def planted() -> Callable[..., Any]:
    return plant
