"""Whether `model.toml` says what the equations need, and nothing that they would not read.

A name that is mistyped would otherwise be an assumption that nobody makes, and a list that is too short an error of
some array far from its cause. All faults are listed at once, as the evidence's own are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

from tallystick.calibrate.drivers_table import check_drivers, effects_of, spans_of_drivers
from tallystick.calibrate.grid import Grid
from tallystick.calibrate.headline import AXES
from tallystick.calibrate.model import COHORTS, MONTHS, SETTINGS, SPANS, Visas, phases_of, visas_of
from tallystick.calibrate.readings import LEVELS
from tallystick.evidence.cells import known
from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

FILE = "model.toml"
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
TRANSFORMS = ("log", "logit", "identity", "steps")
TAKES = ("mean", "sum")
PARTS = (
    "calendar", "likelihood", "arrivals", "driver", "split", "state", "coverage", "unknown", "reading", "operators",
    "speaks_of", "alternative", "headline",
)  # fmt: skip
READING = ("id", "terms", "everywhere", "hosts", "of_world")
TERM = ("of", "times", "when", "unless", "with_traffic", "a_year")
COVERAGE = ("name", "readings", "state", "when", "unless", "median", "sd", "why")
STATES = ("complete", "partial", "withheld")
OF_EACH_HOST = ("present", "arrived", "left", "died", "gross", "state", "agents", "pocket", "booked", "net")
BY_HOST = ("start", "wage")
EVERYWHERE = (
    "term_before", "flee", "harm", "state_odds", "agents_odds", "pocket_odds", "due_over_state", "basis_mix",
    "paid_share", "owed_start",
)  # fmt: skip
CLOSED = ("term_after", "term_elsewhere", "leak", "reopen_return")  # where a border closed
OPTIONAL = ("employer_markup", *(name for names in LEVELS.values() for name in names))  # without it, no such series


def check_model(programme: Programme) -> None:
    """EvidenceFaults with everything in the programme's model.toml that would not do what it says."""
    if "model" not in programme.tables:
        raise EvidenceError("the file is missing", file=FILE, hint="docs/reference/programme-folder.md lists the files")
    faults, grid = Faults(), Grid(*programme.window)
    whole = Entry(FILE, None, programme.tables["model"], faults)
    whole.only(PARTS)
    calendar = _part(whole, "calendar", faults)
    _calendar(calendar, grid)
    _likelihood(_part(whole, "likelihood", faults))
    _arrivals(whole, programme, grid, faults)
    _split(whole, visas_of(programme), grid, faults)
    _readings(whole, programme, calendar, faults)
    scalars = _unknowns(whole, programme, grid)
    check_drivers(whole, programme, grid, spans=_spans(calendar), scalars=scalars)
    _operators(whole, programme, faults)
    _alternatives(whole, programme, scalars, faults)
    _headline(whole, programme, faults)
    faults.raise_if_any()


def _table(whole: Entry, name: str) -> Mapping[str, Any]:
    value = whole.values.get(name)
    return value if isinstance(value, Mapping) else {}


def _part(whole: Entry, name: str, faults: Faults, kind: str = "") -> Entry:
    """The table of that name; an empty one, and a fault, where there is none."""
    value = whole.values.get(name)
    if not isinstance(value, Mapping):
        whole.fault(name, "is missing" if value is None else f"{shown(value)} is no table", f"begin it with [{name}]")
        value = {}
    return Entry(FILE, None, value, faults, kind=kind or name)


def _calendar(entry: Entry, grid: Grid) -> None:
    """`deadline` is needed; each span is a pair of months, and one that the equations do not know is for a reading."""
    for key in _spans(entry):
        _months(entry, key, entry.texts(key), grid, exactly=2)
    for key in MONTHS:
        if key in entry.values or key == "deadline":
            _months(entry, key, [entry.text(key)], grid)
    if "alternatives_shown" in entry.values:
        _years(entry, "alternatives_shown", grid)
    entry.text("basis_of_state")


def _spans(entry: Entry) -> list[str]:
    return [key for key in entry.values if key not in (*MONTHS, *SETTINGS)]


def _months(entry: Entry, key: str, months: Sequence[str], grid: Grid, exactly: int | None = None) -> None:
    """Months in order; a window or switch lies in the programme's years."""
    if exactly is not None and months and len(months) != exactly:
        entry.fault(key, f"holds {len(months)} months", f"it is a list of {exactly}")
    wrong = [month for month in months if month and not MONTH.fullmatch(month)]
    outside = [month for month in months if month and month not in wrong and not 0 <= grid.index(month) < len(grid)]
    if wrong:
        entry.fault(key, f"{shown(wrong[0])} is no month", "write 2019-12")
    if outside:
        entry.fault(key, f"{outside[0]} lies outside the programme's years", f"{grid.first_year} to {grid.last_year}")
    if not wrong and any(earlier >= later for earlier, later in pairwise(months)):
        entry.fault(key, "the months are not in order", "earliest first, none twice")


def _years(entry: Entry, key: str, grid: Grid) -> None:
    value = entry.values.get(key)
    if not (isinstance(value, list) and len(value) == 2 and all(type(year) is int for year in value)):
        entry.fault(key, f"{shown(value)} is no pair of years", "write [2019, 2023]")
    elif not grid.first_year <= value[0] <= value[1] <= grid.last_year:
        entry.fault(key, f"{value[0]} to {value[1]} is no span of the programme's years", "first year first")


def _likelihood(entry: Entry) -> None:
    entry.only(("outlier_share", "outlier_widen", "class_scale_sd", "report_share", "part_extra_sd"))
    for key in ("outlier_share", "report_share"):
        _share(entry, key)
    entry.number("outlier_widen", above=1)
    entry.number("class_scale_sd", above=0)
    entry.number("part_extra_sd", above=0)


def _share(entry: Entry, key: str) -> None:
    if entry.number(key, above=0) >= 1 and entry.values.get(key) is not None:
        entry.fault(key, f"{shown(entry.values[key])} is no share", "it lies between 0 and 1")


def _arrivals(whole: Entry, programme: Programme, grid: Grid, faults: Faults) -> None:
    table = _part(whole, "arrivals", faults)
    hosts = [host for host in programme.hosts if host != "WW"]
    table.only(hosts)
    for host in hosts:
        one = _part(table, host, faults, kind=f"arrivals.{host}")
        phases = phases_of("closed" in _table(whole, "calendar"))
        one.only((*phases, "why"))
        one.text("why")
        for phase in phases:
            entry = _part(one, phase, faults, kind=f"arrivals.{host}.{phase}")
            entry.only(("nodes", "median", "sd", "step_sd"))
            nodes = _level(entry, grid)
            _widths(entry, "step_sd", len(nodes) - 1)


def _level(entry: Entry, grid: Grid) -> tuple[str, ...]:
    """The first node's median and width, and the nodes of what goes on in steps."""
    entry.number("median", above=0)
    entry.number("sd", above=0)
    nodes = entry.texts("nodes")
    _months(entry, "nodes", nodes, grid)
    return nodes


def _widths(entry: Entry, key: str, count: int) -> None:
    """A list of `count` numbers above zero."""
    value = entry.values.get(key)
    if not isinstance(value, list) or len(value) != count:
        entry.fault(key, f"{shown(value)} is no list of {count} numbers", "one for each step, node or regime")
        return
    wrong = [one for one in value if type(one) not in (int, float) or not isfinite(one) or one <= 0]
    if wrong:
        entry.fault(key, f"{shown(wrong[0])} is not a number above 0", "look at the sign and at the source")


def _split(whole: Entry, visas: Visas, grid: Grid, faults: Faults) -> None:
    """Odds of each visa class but the last, against all that follow it; a single class has none."""
    chain = visas.all[:-1]
    if not chain and "split" not in whole.values:
        return
    entry = _part(whole, "split", faults)
    entry.only(("from", *chain, "why"))
    entry.text("why")
    starts = entry.texts("from")
    _months(entry, "from", starts, grid)
    if starts and MONTH.fullmatch(starts[0]) and grid.index(starts[0]) > 0:
        entry.fault("from", f"the months before {starts[0]} have no regime", f"begin with {grid.months[0]}")
    for visa in chain:
        odds = _part(entry, visa, faults, kind=f"split.{visa}")
        odds.only(("median", "sd"))
        for key in ("median", "sd"):
            _widths(odds, key, len(starts))


def _readings(whole: Entry, programme: Programme, calendar: Entry, faults: Faults) -> None:
    """Each sums what stands before it, in months of spans that the calendar has, and is seen as far as a row says."""
    known_series, spans, read = _persons(visas_of(programme)), _spans(calendar), set(SPANS)
    of_each, names = list(OF_EACH_HOST), []
    for entry in whole.tables("reading", keys=READING, required=False):
        name = entry.identifier()
        if name in {*known_series, *of_each}:
            entry.fault("id", f"there is a series {name} already", "take another name")
        each_host = _whose(entry, programme)
        for term in _within(entry, name, "terms", TERM, faults):
            term.choices("of", of_each if each_host else known_series, what="series", required=False)
            term.texts("times", required=False)
            if not set(term.values) & {"of", "times"}:
                term.fault("of", "it adds nothing", "name series in `of`, unknowns in `times`, or both")
            for key in ("with_traffic", "a_year"):
                if key in term.values:
                    term.flag(key)
            read |= _switch(term, spans)
        (of_each if each_host else known_series).append(name)
        names.append(name)
    read |= _coverage(whole, names, spans, faults) | spans_of_drivers(whole)
    for span in sorted(set(spans) - read):
        calendar.fault(span, "nothing happens in these months", f"{', '.join(SPANS)}, or what a reading names")


def _whose(entry: Entry, programme: Programme) -> bool:
    """Whether a reading has the rows of other hosts than the focus host, or sums them."""
    entry.choices("hosts", [host for host in programme.hosts if host != "WW"], what="host", required=False)
    flags = [entry.flag(key) for key in ("everywhere", "of_world") if key in entry.values]
    if "everywhere" in entry.values and "hosts" in entry.values:
        entry.fault("hosts", "stands beside `everywhere`", "keep one")
    return bool(flags) or "hosts" in entry.values


def _coverage(whole: Entry, readings: Sequence[str], spans: Sequence[str], faults: Faults) -> set[str]:
    """Rows of how complete a series is, each in months of its own; the spans that they hang on."""
    states = _part(whole, "state", faults) if "coverage" in whole.values else None
    if states is not None:
        states.only(STATES)
        for name in states.values:
            _share_prior(_part(states, name, faults, kind=f"state.{name}"), ("median", "sd", "why"))
    read, seen = set[str](), set[tuple[str, str]]()
    for entry in whole.tables("coverage", keys=COVERAGE, required=False):
        entry.identifier("name")
        entry.choice("state", list(states.values) if states else (), what="state")
        _share_prior(entry, tuple(key for key in ("median", "sd", "why") if key in entry.values or key == "why"))
        read |= _switch(entry, spans)
        months = f"{entry.values.get('when', '')} {entry.values.get('unless', '')}"
        for name in entry.choices("readings", readings, what="reading"):
            if (name, months) in seen:
                entry.fault("readings", f"{name} has a row for these months already", "keep one")
            seen.add((name, months))
    return read


def _share_prior(entry: Entry, keys: Sequence[str]) -> None:
    """What is stated of a share: its median, its logit standard deviation, and why."""
    if "median" in keys:
        _share(entry, "median")
    if "sd" in keys:
        entry.number("sd", above=0)
    entry.text("why")


def _within(
    entry: Entry, name: str, key: str, keys: Sequence[str], faults: Faults, required: bool = True
) -> Iterator[Entry]:
    """The tables of a list in a reading, whose faults name that reading."""
    for one in entry.tables(key, keys=keys, required=required):
        yield Entry(FILE, one.position, one.values, faults, kind=f"reading.{name}.{key}")


def _persons(visas: Visas) -> list[str]:
    """The series of persons in the focus host that readings may sum."""
    by_visa = [f"{kind}_{visa}" for kind in ("arrived", "present") for visa in visas.all]
    return ["present", "arrived", *COHORTS, *by_visa, *(f"relabelled_{visa}" for visa in visas.others)]


def _switch(entry: Entry, spans: Sequence[str]) -> set[str]:
    """The span that an entry hangs on, if any."""
    keys = {"when", "unless"} & set(entry.values)
    if len(keys) > 1:
        entry.fault("unless", "stands beside `when`", "keep one")
    return {entry.choice(key, spans, what="span") for key in keys}


def _unknowns(whole: Entry, programme: Programme, grid: Grid) -> set[str]:
    """Check each; the names of those that are one number."""
    seen: dict[str, str] = {}
    needed, relabelling = _needed(programme), _relabelling(programme)
    for entry in whole.tables("unknown", keys=("name", "transform", "median", "sd", "why", "nodes", "step_sd")):
        name, transform = entry.identifier("name"), entry.choice("transform", TRANSFORMS, what="transform")
        entry.text("why")
        if name in seen:
            entry.fault("name", f"{name} stands here twice", "keep one")
        if name and name not in (*needed, *OPTIONAL, *relabelling):
            entry.fault("name", f"no equation reads {shown(name)}", "correct the name, or leave the entry out")
        seen[name] = transform
        _prior(entry, transform, grid)
    for name in _covers(programme.tables["model"]):
        if name in seen:
            whole.fault("coverage", f"{name} is an [[unknown]] too", "keep one")
        seen[name] = "logit"
    missing = sorted(needed - set(seen) | _half(seen, relabelling))
    if missing:
        whole.fault("unknown", f"lacks {', '.join(missing)}", "add an [[unknown]] of that name")
    return {name for name, transform in seen.items() if transform != "steps"}


def _half(seen: Collection[str], relabelling: tuple[str, ...]) -> set[str]:
    """What is lacking beside others of one optional quantity."""
    together = (*LEVELS.values(), relabelling)
    return {name for names in together if set(names) & set(seen) for name in set(names) - set(seen)}


def _relabelling(programme: Programme) -> tuple[str, ...]:
    """The unknowns of moves between visa classes; none where there are no orders, or no class to move to."""
    visas = visas_of(programme)
    if "ordered" not in programme.tables["model"].get("calendar", {}) or not visas.others:
        return ()
    return (f"relabel_{programme.focus.id}", *(f"relabel_{visa}" for visa in visas.others[:-1]))


def _needed(programme: Programme) -> set[str]:
    """The names of all unknowns that the equations and readings read from the file, less the optional ones."""
    hosts, focus = [host for host in programme.hosts if host != "WW"], programme.focus.id
    table, visas = programme.tables["model"], visas_of(programme)
    spans, names = table.get("calendar", {}), {f"{kind}_{host}" for kind in BY_HOST for host in hosts}
    names |= {f"state_odds_{host}" for host in hosts if host != focus} | set(EVERYWHERE)
    names |= {"term_unauthorised"} if visas.others else set()
    names |= set(CLOSED) if "closed" in spans else set()
    names |= {f"ordered_{host}" for host in hosts} if "ordered" in spans else set()
    names |= {f"last_call_{focus}"} if "last_call" in spans else set()
    return names | _read(table.get("reading", ())) | effects_of(table)


def _read(readings: Any) -> set[str]:
    """The unknowns that readings name, as far as they are readings at all: what is not has its own fault."""
    parts = [part for one in _maps(readings) for part in _maps(one.get("terms", ()))]
    times = [part["times"] for part in parts if isinstance(part.get("times"), list)]
    return {name for names in times for name in names if isinstance(name, str)}


def _covers(table: Mapping[str, Any]) -> list[str]:
    """The unknowns of rows on coverage, as far as these are rows at all."""
    return [one["name"] for one in _maps(table.get("coverage", ())) if isinstance(one.get("name"), str)]


def _maps(values: Any) -> list[Mapping[str, Any]]:
    return [one for one in values if isinstance(one, Mapping)] if isinstance(values, list) else []


def _prior(entry: Entry, transform: str, grid: Grid) -> None:
    if transform == "steps":
        _level(entry, grid)
        entry.number("step_sd", above=0)
        return
    entry.number("sd", above=0)
    if transform == "logit":
        _share(entry, "median")
    else:
        entry.number("median", above=0 if transform == "log" else None)


def _operators(whole: Entry, programme: Programme, faults: Faults) -> None:
    table = _part(whole, "operators", faults)
    for measure in table.values:
        if measure not in programme.measures:
            table.fault(measure, f"unknown measure {shown(measure)}", "measures.toml lists them")
        one = _part(table, measure, faults, kind=f"operators.{measure}")
        one.only(("series", "take", "varies"))
        one.text("series")
        one.choice("take", TAKES, what="way to take a window")
        if "varies" in one.values:
            one.number("varies", above=0)
    claims = {claim.id for claim in programme.claims}
    said = _part(whole, "speaks_of", faults).values if "speaks_of" in whole.values else {}
    for claim in said if programme.as_of is None else ():  # some are not yet said
        if claim not in claims:
            whole.fault("speaks_of", f"unknown claim {shown(claim)}", "claims.csv lists them")


def _alternatives(whole: Entry, programme: Programme, scalars: Collection[str], faults: Faults) -> None:
    keys = ("id", "name", "why", "set", "widen", "leave_out_classes", "leave_out_measures")
    for entry in whole.tables("alternative", keys=keys, required=False):
        entry.identifier()
        entry.text("name")
        entry.text("why")
        entry.choices("leave_out_classes", programme.asserter_classes, what="class", required=False)
        entry.choices("leave_out_measures", programme.measures, what="measure", required=False)
        if not set(entry.values) & {"set", "widen", "leave_out_classes", "leave_out_measures"}:
            hint = "add `set`, `widen`, `leave_out_classes` or `leave_out_measures`"
            entry.fault("set", "it changes nothing", hint)
        if "widen" in entry.values:
            entry.number("widen", above=1)
        if "set" in entry.values:
            _changes(_part(entry, "set", faults, kind="alternative.set"), scalars, faults)


def _changes(table: Entry, scalars: Collection[str], faults: Faults) -> None:
    """The priors that a named alternative moves."""
    for name in table.values:
        if name not in scalars:
            table.fault(name, f"{shown(name)} is no unknown of one number", known(scalars))
        one = _part(table, name, faults, kind=f"alternative.set.{name}")
        one.only(("median", "sd"))
        one.number("median")
        one.number("sd", above=0)


def _headline(whole: Entry, programme: Programme, faults: Faults) -> None:
    table = _part(whole, "headline", faults)
    for name in table.values:
        if name not in AXES:
            table.fault(name, f"the model has no estimand {shown(name)}", known(sorted(AXES)))
        one = _part(table, name, faults, kind=f"headline.{name}")
        one.only(("unit", "measures", "years", "untold"))
        one.text("unit")
        one.choices("measures", programme.measures, what="measure")
        if "untold" in one.values:
            one.flag("untold")
        if "years" in one.values:
            _years(one, "years", Grid(*programme.window))
