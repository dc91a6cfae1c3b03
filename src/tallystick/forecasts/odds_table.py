"""Whether `backtest.toml` says what the backtest needs, and its values.

Every fault of the file is told at once, with table, row and field, as those of the evidence are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.forecasts.baselines import NAMES
from tallystick.forecasts.odds import FILE, NO_BREAK, SYSTEM, Generic, Known, Odds, Shock
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

PARTS = ("cuts", "known", "generic", "break", "shock", "pool", "records", "source")
TRANSFORMS = ("log", "logit", "identity", "fixed")
BREAKS = (
    "closure", "level_after_closure", "order", "moved", "after_deadline", "turn",
    "withheld",
)  # fmt: skip
MEMBERS = (SYSTEM, NO_BREAK, *NAMES)
DRAWN = {  # what futures draw, and the span of the calendar without which they do not
    "turn": "", "closure": "closed", "level_after_closure": "closed", "order": "ordered", "moved": "ordered",
    "after_deadline": "ordered", "withheld": "withheld",
}  # fmt: skip
WITH_MONTHS = ("closure", "order")
KEYS_OF_KNOWN = ("span", "regime", "begin", "end", "acts_through", "ended_through", "why", "ids", "sources")
COUNTED, STATED = ("events", "watched_from"), ("rate_a_year",)
OF_BREAK = (
    "id", "cuts_from", "cuts_until", *COUNTED, *STATED, "chance", "months_median", "months_sd", "size_of",
    "size_scale", "size_median", "size_sd", "why", "sourced", "sources",
)  # fmt: skip


def odds_of(programme: Programme) -> Odds:
    """Read and check the file; EvidenceError where it is missing, EvidenceFaults with all that is wrong in it."""
    if "backtest" not in programme.tables:
        hint = "docs/reference/programme-folder.md says what it holds"
        raise EvidenceError("the file is missing", file=FILE, hint=hint)
    faults = Faults()
    whole = Entry(FILE, None, programme.tables["backtest"], faults)
    whole.only(PARTS)
    known, regimes = _known(whole)
    odds = Odds(
        named=_days(_part(whole, "cuts", faults), "named"),
        half_yearly=_half_years(_part(whole, "cuts", faults)),
        known=known,
        regimes=regimes,
        generic=_generic(whole),
        rows=tuple(_rows(whole)),
        shocks=tuple(_shocks(whole)),
        pool=_pool(_part(whole, "pool", faults)),
        records=_part(whole, "records", faults).choices("classes", programme.asserter_classes, what="class"),
    )
    _covered(whole, odds, programme)
    faults.raise_if_any()
    return odds


def _covered(whole: Entry, odds: Odds, programme: Programme) -> None:
    """At every cut each break that a future draws has odds, and every day of the grid has its shock."""
    spans = programme.tables["model"].get("calendar", {})
    needed = [name for name, span in DRAWN.items() if not span or span in spans]
    for day in odds.cuts:
        missing = [name for name in needed if name not in odds.breaks_at(day) and not _is_past(name, odds, day)]
        if missing:
            whole.fault(
                "break", f"no row of {', '.join(missing)} speaks to the cut of {day}", "widen cuts_from, cuts_until"
            )
    first, last = (date(programme.window[0], 1, 1), date(programme.window[1], 12, 31))
    eras = [one for one in odds.shocks if one.first <= last and one.last >= first]
    gaps = [b for a, b in pairwise(eras) if (b.first - a.last).days != 1]
    if not eras or eras[0].first > first or eras[-1].last < last or gaps:
        whole.fault("shock", "eras leave days of the programme's years without one", f"from {first} to {last}, no gap")


def _is_past(name: str, odds: Odds, day: date) -> bool:
    """Whether nothing of that kind is drawn any more, because it had come and was known."""
    span = {"order": "ordered", "moved": "ordered", "withheld": "withheld"}.get(name)
    return span in odds.known and odds.known[span].begin <= day if span else False


def _part(whole: Entry, name: str, faults: Faults) -> Entry:
    value = whole.values.get(name)
    if not isinstance(value, Mapping):
        whole.fault(name, "is missing" if value is None else f"{shown(value)} is no table", f"begin it with [{name}]")
        value = {}
    return Entry(FILE, None, value, faults, kind=name)


def _days(entry: Entry, key: str) -> tuple[date, ...]:
    values = entry.values.get(key)
    if not isinstance(values, list) or not values or any(type(one) is not date for one in values):
        entry.fault(key, f"{shown(values)} is no list of days", "write [2016-01-01, 2018-06-01]")
        return ()
    return tuple(sorted(set(values)))


def _half_years(entry: Entry) -> tuple[date, ...]:
    """The first of January and of July from `first` to `last`."""
    span = entry.values.get("half_yearly")
    if not isinstance(span, Mapping) or any(type(span.get(key)) is not date for key in ("first", "last")):
        hint = "{ first = 2014-07-01, last = 2025-07-01 }"
        entry.fault("half_yearly", f"{shown(span)} has no first and last day", hint)
        return ()
    first, last = span["first"], span["last"]
    days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 7)]
    return tuple(day for day in days if first <= day <= last)


def _known(whole: Entry) -> tuple[dict[str, Known], dict[str, date]]:
    spans, regimes = {}, {}
    for entry in whole.tables("known", keys=KEYS_OF_KNOWN):
        begin, end = entry.day("begin"), entry.day("end", required=False)
        entry.text("why")
        entry.texts("ids")
        if begin is not None and "span" in entry.values:
            through = (entry.texts(key, required=False) for key in ("acts_through", "ended_through"))
            spans[entry.text("span")] = Known(begin, end or date.max, *through)
        elif begin is not None:
            regimes[entry.text("regime")] = begin
    return spans, regimes


def _generic(whole: Entry) -> dict[str, Generic]:
    found: dict[str, Generic] = {}
    keys = ("kind", "transform", "median", "sd", "names", "why")
    for entry in whole.tables("generic", keys=keys):
        transform, kind = entry.choice("transform", TRANSFORMS, what="transform"), entry.identifier("kind")
        entry.text("why")
        median, sd = entry.number("median"), entry.number("sd") if transform == "fixed" else entry.number("sd", above=0)
        one = Generic(kind, transform, median, sd)
        for name in entry.texts("names"):
            if name in found:
                entry.fault("names", f"{shown(name)} stands here and in {found[name].kind}", "keep one")
            found[name] = one
    return found


def _rows(whole: Entry) -> Iterator[Mapping[str, Any]]:
    for entry in whole.tables("break", keys=OF_BREAK):
        name = entry.choice("id", BREAKS, what="break")
        entry.text("why")
        if entry.flag("sourced") and not entry.texts("sources"):
            entry.fault("sources", "it is called sourced and names no source", "name one, or write sourced = false")
        rules = [rule for rule in ("events", "rate_a_year", "chance") if rule in entry.values]
        if len(rules) != 1:
            entry.fault("events", f"its rate is given {len(rules)} times", "events, rate_a_year or chance: one of them")
        if "events" in entry.values:
            _days(entry, "events")
            entry.whole("watched_from", low=1800, high=2100)
        for key in ("months_median", "months_sd") if name in WITH_MONTHS else ():
            entry.number(key, above=0)
        yield entry.values


def _shocks(whole: Entry) -> Iterator[Shock]:
    before: date | None = None
    for entry in whole.tables("shock", keys=("id", "label", "first", "last", "why")):
        first, last = entry.day("first"), entry.day("last")
        if first is None or last is None:
            continue
        if first > last or (before is not None and first <= before):
            entry.fault("first", f"{first} is not after what stands before it", "eras follow each other and never meet")
        before = last
        yield Shock(entry.identifier(), entry.text("label"), first, last)


def _pool(entry: Entry) -> dict[str, float]:
    """Weights of members by name; they add up to one."""
    entry.only((*MEMBERS, "why"))
    weights = {name: entry.number(name, above=0) for name in entry.values if name in MEMBERS}
    if weights and abs(sum(weights.values()) - 1) > 1e-9:
        entry.fault("system", f"the weights add up to {sum(weights.values()):g}", "they add up to 1")
    return weights
