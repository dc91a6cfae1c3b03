"""A programme's settings: what it may speak of, where, who asserts, and what money was worth.

All of it is TOML that a researcher edits; none of it is evidence. Each file has one function here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder
from tallystick.vocab.programme import AsserterClass, ExchangeRate, Host, Measure, Place, PriceLevel, Report, VisaClass

PROGRAMME, MEASURES, CLASSES = "programme.toml", "measures.toml", "asserter_classes.toml"
RATES, PRICES = "exchange_rates.toml", "price_index.toml"
KINDS = ("S", "F", "U", "C", "T")
OBJECTS = ("person", "crossing", "visa", "permit", "money", "time", "share", "goods", "soldier", "place", "text")
ROLES = ("estimated", "context", "text")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What programme.toml says, before any evidence is read."""

    id: str
    title: str
    sender: str
    window: tuple[int, int]
    deadline: date
    constant_usd_year: int
    hosts: Mapping[str, Host]
    places: Mapping[str, Place]
    visa_classes: Mapping[str, VisaClass]
    reports: Mapping[str, Report]
    sectors: Mapping[str, str]
    statement_kinds: frozenset[str]
    actor_groups: frozenset[str]
    table: Mapping[str, Any]


def read_frame(folder: Folder, faults: Faults) -> Frame:
    """programme.toml: the window, the deadline, and the words that rows may use."""
    table = folder.tables[PROGRAMME]
    entry = Entry(PROGRAMME, None, table, faults)
    keys = "id title sender first_year last_year deadline constant_usd_year statement_kinds host place visa_class"
    entry.only((*keys.split(), "report", "sector", "actor_groups", "demonyms"))
    entry.texts("demonyms", required=False)  # no code reads these words; a test keeps them out of it
    hosts = _hosts(entry)
    return Frame(
        id=entry.identifier(),
        title=entry.text("title"),
        sender=entry.text("sender"),
        window=_window(entry),
        deadline=entry.day("deadline") or date.min,
        constant_usd_year=entry.whole("constant_usd_year", low=FIRST_YEAR, high=LAST_YEAR),
        hosts=hosts,
        places=_places(entry, hosts),
        visa_classes=_visa_classes(entry),
        reports=_reports(entry),
        sectors=_sectors(entry),
        statement_kinds=frozenset(entry.texts("statement_kinds")),
        actor_groups=frozenset(entry.texts("actor_groups")),
        table=table,
    )


def read_measures(folder: Folder, faults: Faults) -> dict[str, Measure]:
    """measures.toml: what a claim may speak of, and in which units."""
    found = [
        Measure(
            id=entry.identifier(),
            kind=entry.choice("kind", KINDS, what="kind"),
            name=entry.text("name"),
            definition=entry.text("definition"),
            units=entry.texts("units"),
            object=entry.choice("object", OBJECTS, what="object"),
            role=entry.choice("role", ROLES, what="role"),
        )
        for entry in _tables(folder, MEASURES, "measure", "id kind name definition units object role", faults)
    ]
    _once((measure.id for measure in found), MEASURES, "measure", faults)
    return {measure.id: measure for measure in found}


def read_asserter_classes(folder: Folder, faults: Faults) -> dict[str, AsserterClass]:
    """asserter_classes.toml: kinds of asserters, and what is assumed of their figures."""
    found = [
        AsserterClass(
            id=entry.identifier(),
            name=entry.text("name"),
            criteria=entry.text("criteria"),
            scale=entry.number("scale", above=0.0),
            bias_sd=entry.number("bias_sd", above=0.0),
            why=entry.text("why"),
        )
        for entry in _tables(folder, CLASSES, "class", "id name criteria scale bias_sd why", faults)
    ]
    _once((kind.id for kind in found), CLASSES, "class", faults)
    return {kind.id: kind for kind in found}


def read_rates(folder: Folder, faults: Faults) -> tuple[ExchangeRate, ...]:
    """exchange_rates.toml: units of a currency per US dollar, mean of the year."""
    found = [
        ExchangeRate(
            currency=_currency(entry),
            year=entry.whole("year", low=FIRST_YEAR, high=LAST_YEAR),
            per_usd=entry.number("per_usd", above=0.0),
            source=entry.text("source"),
            url=entry.address("url", required=False),
            how_read=entry.text("how_read", required=False),
        )
        for entry in _tables(folder, RATES, "rate", "currency year per_usd source url how_read note", faults)
    ]
    _once((f"{rate.currency} {rate.year}" for rate in found), RATES, "rate", faults)
    return tuple(sorted(found, key=lambda rate: (rate.currency, rate.year)))


def read_prices(folder: Folder, faults: Faults) -> tuple[PriceLevel, ...]:
    """price_index.toml: US consumer prices, annual averages."""
    found = [
        PriceLevel(
            year=entry.whole("year", low=FIRST_YEAR, high=LAST_YEAR),
            index=entry.number("index", above=0.0),
            source=entry.text("source"),
            url=entry.address("url", required=False),
            how_read=entry.text("how_read", required=False),
        )
        for entry in _tables(folder, PRICES, "level", "year index source url how_read note", faults)
    ]
    _once((str(level.year) for level in found), PRICES, "level", faults)
    return tuple(sorted(found, key=lambda level: level.year))


def _tables(folder: Folder, file: str, kind: str, keys: str, faults: Faults) -> Iterable[Entry]:
    whole = Entry(file, None, folder.tables[file], faults)
    whole.only((kind,))
    return whole.tables(kind, keys=keys.split())


def _once(names: Iterable[str], file: str, kind: str, faults: Faults) -> None:
    """Fault every name that stands twice; an empty one has its own fault already."""
    for name, times in Counter(names).items():
        if times > 1 and name:
            faults.add(f"{kind} {shown(name)} stands {times} times", file=file, field=kind, hint="keep one of them")


def _currency(entry: Entry) -> str:
    value = entry.text("currency")
    if value and not (len(value) == 3 and value.isascii() and value.isupper()):
        entry.fault("currency", f"{shown(value)} is no currency code", "three capital letters of ISO 4217")
    return value


def _window(entry: Entry) -> tuple[int, int]:
    first = entry.whole("first_year", low=FIRST_YEAR, high=LAST_YEAR)
    last = entry.whole("last_year", low=FIRST_YEAR, high=LAST_YEAR)
    if last < first:
        entry.fault("last_year", f"{last} is before first_year ({first})", "swap them")
    return first, last


def _hosts(entry: Entry) -> dict[str, Host]:
    found = [
        Host(id=host.identifier(), name=host.text("name"), focus=host.flag("focus"))
        for host in entry.tables("host", keys=("id", "name", "focus"))
    ]
    if found and sum(host.focus for host in found) != 1:
        entry.fault("host", f"{sum(host.focus for host in found)} hosts are the focus", "exactly one has focus = true")
    _distinct(entry, "host", [host.id for host in found])
    return {host.id: host for host in found}


def _places(entry: Entry, hosts: Mapping[str, Host]) -> dict[str, Place]:
    """Places as claims name them; `host` is blank for a place that the model does not count."""
    found = []
    for place in entry.tables("place", keys=("code", "name", "host")):
        host = place.text("host", required=False)
        if host and host not in hosts:
            place.fault("host", f"unknown host {shown(host)}", "one of " + ", ".join(hosts))
        found.append(Place(code=place.identifier("code"), name=place.text("name"), host=host))
    _distinct(entry, "place", [place.code for place in found])
    return {place.code: place for place in found}


def _visa_classes(entry: Entry) -> dict[str, VisaClass]:
    found = [
        VisaClass(id=kind.identifier(), name=kind.text("name"), authorises_work=kind.flag("authorises_work"))
        for kind in entry.tables("visa_class", keys=("id", "name", "authorises_work"))
    ]
    _distinct(entry, "visa_class", [kind.id for kind in found])
    return {kind.id: kind for kind in found}


def _reports(entry: Entry) -> dict[str, Report]:
    keys = ("id", "title", "published_by", "published_earliest", "published_latest")
    found = [
        Report(
            id=report.identifier(),
            title=report.text("title"),
            published_by=report.text("published_by"),
            published_earliest=report.day("published_earliest") or date.min,
            published_latest=report.day("published_latest") or date.max,
        )
        for report in entry.tables("report", keys=keys)
    ]
    _distinct(entry, "report", [report.id for report in found])
    return {report.id: report for report in found}


def _sectors(entry: Entry) -> dict[str, str]:
    pairs = [(sector.identifier(), sector.text("name")) for sector in entry.tables("sector", keys=("id", "name"))]
    _distinct(entry, "sector", [name for name, _ in pairs])
    return dict(pairs)


def _distinct(entry: Entry, kind: str, names: list[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1 and name:
            entry.fault(kind, f"{shown(name)} stands {times} times", "keep one of them")
