"""Small invented programmes, so that a test shows everything that it depends on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tallystick.reconcile.disposition import Case
from tallystick.reconcile.judgements import judgements
from tallystick.reconcile.lineage import lineage
from tallystick.reconcile.rules import rules_of
from tallystick.vocab.programme import AsserterClass, ExchangeRate, Host, Measure, Place, PriceLevel, Programme
from tallystick.vocab.records import Claim

HOSTS = {
    "AA": Host(id="AA", name="Alland", focus=True),
    "BB": Host(id="BB", name="Benia", focus=False),
    "OTHER": Host(id="OTHER", name="other hosts", focus=False),
    "WW": Host(id="WW", name="the world", focus=False),
}
PLACES = {
    code: Place(code=code, name=name, host=host)
    for code, name, host in (
        ("AA", "Alland", "AA"),
        ("BB", "Benia", "BB"),
        ("CC", "Corland", "OTHER"),
        ("ZZ", "Zedd", ""),
    )
}


def measure(name: str, kind: str, units: tuple[str, ...], what: str = "person", role: str = "estimated") -> Measure:
    """A measure named as its id says."""
    return Measure(
        id=name, kind=kind, name=name.replace("_", " "), definition="Invented.", units=units, object=what, role=role
    )


MEASURES = {
    each.id: each
    for each in (
        measure("present", "S", ("persons",)),
        measure("peak", "S", ("persons",), role="context"),
        measure("planned", "F", ("persons",), role="context"),
        measure("arrived", "F", ("persons", "persons/year")),
        measure("crossings", "F", ("crossings",), "crossing"),
        measure("permits", "S", ("permits",), "permit"),
        measure("wage", "U", ("USD/month", "USD/year", "RUB/month"), "money"),
        measure("revenue", "F", ("USD/year",), "money"),
        measure("share", "U", ("share",), "share"),
        measure("rounds", "F", ("rounds",), "goods", role="context"),
        measure("law_year", "T", ("year",), "text", role="text"),
        measure("shortage", "C", ("persons",)),
    )
}


def claim(name: str, **fields: Any) -> Claim:
    """A claim of 1,000 workers present in Alland in 2018, but for what `fields` says."""
    numbers = {"point": 1000.0} if not {"low", "point", "high"} & fields.keys() else {}
    values: dict[str, Any] = {
        "id": name,
        "measure": "present",
        "low": None,
        "point": None,
        "high": None,
        "unit": "persons",
        "host": "AA",
        "region": "",
        "sector": "",
        "start": date(2018, 1, 1),
        "end": date(2018, 12, 31),
        "asserted_by": f"asserter of {name}",
        "asserter_class": "government",
        "published_by": f"paper of {name}",
        "title": "",
        "published_on": "2019-01-01",
        "url": f"https://{name.replace('_', '-')}.example",
        "link_kind": "none",
        "derived_from": (),
        "suspected_from": (),
        "hedge": "",
        "note": "",
        "asserted_earliest": date(2019, 1, 1),
        "asserted_latest": date(2019, 1, 1),
        "dating_basis": "page date",
        "dating_sure": "sure",
        "row": 1,
    }
    return Claim(**(values | numbers | fields))


def copy_of(original: Claim, name: str, kind: str = "repeats", **fields: Any) -> Claim:
    """A claim that says the same on another page and is linked to `original`."""
    link: dict[str, Any] = {"link_kind": kind, "derived_from": (original.id,)}
    if kind == "suspected":
        link = {"link_kind": kind, "suspected_from": (original.id,)}
    same = ("measure", "low", "point", "high", "unit", "host", "region", "sector", "start", "end", "hedge")
    values = {field: getattr(original, field) for field in same} | link | fields
    if {"low", "point", "high"} & fields.keys():
        values |= {field: fields.get(field) for field in ("low", "point", "high")}
    return claim(name, **values)


def programme(*claims: Claim, **fields: Any) -> Programme:
    """A programme of these claims; settings are those of this module but for what `fields` says."""
    values: dict[str, Any] = {
        "id": "small",
        "title": "A small programme",
        "sender": "Somewhere",
        "window": (2010, 2026),
        "deadline": date(2019, 12, 22),
        "constant_usd_year": 2020,
        "hosts": HOSTS,
        "places": PLACES,
        "sectors": {"logging": "logging", "mines": "clearing of mines"},
        "visa_classes": {},
        "measures": MEASURES,
        "asserter_classes": {
            "government": AsserterClass(
                id="government", name="a government", criteria="", scale=0.3, bias_sd=0.1, why=""
            )
        },
        "asserters": {},
        "rates": (ExchangeRate(currency="RUB", year=2018, per_usd=50.0, source="invented"),),
        "prices": tuple(
            PriceLevel(year=year, index=float(index), source="invented")
            for year, index in ((2012, 80), (2016, 90), (2017, 95), (2018, 100), (2019, 105), (2020, 110), (2023, 120))
        ),
        "claims": tuple(claims),
        "statements": (),
        "events": (),
        "entities": (),
        "law": (),
        "indicators": (),
        "framework": (),
        "tables": {},
        "as_of": None,
        "evidence_root": "",
    }
    return Programme(**(values | fields))


def judged(name: str, disposition: str = "context", **fields: str) -> Mapping[str, str]:
    """One row of hand/dispositions.csv."""
    row = {
        "claim": name,
        "disposition": disposition,
        "reason": "Because.",
        "judged_by": "us",
        "judged_on": "2026-11-21",
    }
    return row | fields


def case_of(small: Programme) -> Case:
    """What the rules look at."""
    found = judgements(small)
    return Case(
        programme=small,
        rules=rules_of(small),
        judged=found,
        lineage=lineage(small.claims, found),
        claims={each.id: each for each in small.claims},
    )
