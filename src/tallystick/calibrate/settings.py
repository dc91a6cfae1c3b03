"""Whether `model.toml` says what the equations need, and nothing that they would not read.

A name that is mistyped would otherwise be an assumption that nobody makes, and a list that is too short an error of
some array far from its cause. All faults are listed at once, as the evidence's own are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import isfinite

from tallystick.calibrate.grid import Grid
from tallystick.calibrate.headline import AXES
from tallystick.evidence.cells import known
from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

FILE = "model.toml"
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
SPANS = ("closed", "ordered", "last_call", "withheld")
TRANSFORMS = ("log", "logit", "identity", "steps")
TAKES = ("mean", "sum")
PARTS = ("calendar", "likelihood", "arrivals", "split", "unknown", "operators", "speaks_of", "alternative", "headline")
BY_HOST = ("start", "ordered", "wage")
FOCUS = ("last_call", "relabel")
ELSEWHERE = ("state_odds",)
EVERYWHERE = (
    "term_before", "term_after", "term_elsewhere", "term_unauthorised", "relabel_study", "leak", "reopen_return",
    "flee", "harm", "rescue_level", "rescue_slope", "permit_coverage", "permit_coverage_2018", "count_coverage_2020",
    "entries_coverage_2025", "crossings_per_arrival", "visa_runs", "other_crossings", "other_crossings_closed",
    "business_crossings", "visas_per_work_arrival", "visas_per_study_arrival", "visas_per_other_stay", "true_visitors",
    "true_students", "true_student_visas", "nationals_not_workers", "state_odds", "agents_odds", "pocket_odds",
    "due_over_state", "employer_markup", "basis_mix", "paid_share", "owed_start", "hours_a_day", "rest_days",
    "shortage",
)  # fmt: skip


def check_model(programme: Programme) -> None:
    """EvidenceFaults with everything in the programme's model.toml that would not do what it says."""
    if "model" not in programme.tables:
        raise EvidenceError("the file is missing", file=FILE, hint="docs/reference/programme-folder.md lists the files")
    faults, grid = Faults(), Grid(*programme.window)
    whole = Entry(FILE, None, programme.tables["model"], faults)
    whole.only(PARTS)
    _calendar(_part(whole, "calendar", faults), grid)
    _likelihood(_part(whole, "likelihood", faults))
    _arrivals(whole, programme, grid, faults)
    _split(_part(whole, "split", faults), grid, faults)
    scalars = _unknowns(whole, programme, grid)
    _operators(whole, programme, faults)
    _alternatives(whole, programme, scalars, faults)
    _headline(whole, programme, faults)
    faults.raise_if_any()


def _part(whole: Entry, name: str, faults: Faults, kind: str = "") -> Entry:
    """The table of that name; an empty one, and a fault, where there is none."""
    value = whole.values.get(name)
    if not isinstance(value, Mapping):
        whole.fault(name, "is missing" if value is None else f"{shown(value)} is no table", f"begin it with [{name}]")
        value = {}
    return Entry(FILE, None, value, faults, kind=kind or name)


def _calendar(entry: Entry, grid: Grid) -> None:
    entry.only((*SPANS, "deadline", "rescues_at", "alternatives_shown", "basis_of_state"))
    for key in SPANS:
        _months(entry, key, entry.texts(key), grid, exactly=2)
    for key in ("deadline", "rescues_at"):
        _months(entry, key, [entry.text(key)], grid)
    _years(entry, "alternatives_shown", grid)
    entry.text("basis_of_state")


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
        one.only(("before", "after", "why"))
        one.text("why")
        for phase in ("before", "after"):
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


def _split(entry: Entry, grid: Grid, faults: Faults) -> None:
    entry.only(("from", "work", "study", "why"))
    entry.text("why")
    starts = entry.texts("from")
    _months(entry, "from", starts, grid)
    if starts and MONTH.fullmatch(starts[0]) and grid.index(starts[0]) > 0:
        entry.fault("from", f"the months before {starts[0]} have no regime", f"begin with {grid.months[0]}")
    for visa in ("work", "study"):
        odds = _part(entry, visa, faults, kind=f"split.{visa}")
        odds.only(("median", "sd"))
        for key in ("median", "sd"):
            _widths(odds, key, len(starts))


def _unknowns(whole: Entry, programme: Programme, grid: Grid) -> set[str]:
    """Check each; the names of those that are one number."""
    seen: dict[str, str] = {}
    needed = _needed(programme)
    for entry in whole.tables("unknown", keys=("name", "transform", "median", "sd", "why", "nodes", "step_sd")):
        name, transform = entry.identifier("name"), entry.choice("transform", TRANSFORMS, what="transform")
        entry.text("why")
        if name in seen:
            entry.fault("name", f"{name} stands here twice", "keep one")
        if name and name not in needed:
            entry.fault("name", f"no equation reads {shown(name)}", "correct the name, or leave the entry out")
        seen[name] = transform
        _prior(entry, transform, grid)
    missing = sorted(needed - set(seen))
    if missing:
        whole.fault("unknown", f"lacks {', '.join(missing)}", "add an [[unknown]] of that name")
    return {name for name, transform in seen.items() if transform != "steps"}


def _needed(programme: Programme) -> set[str]:
    """The names of all unknowns that the equations read from the file."""
    hosts = [host for host in programme.hosts if host != "WW"]
    focus = programme.focus.id
    names = {f"{kind}_{host}" for kind in BY_HOST for host in hosts} | {f"{kind}_{focus}" for kind in FOCUS}
    return names | {f"{kind}_{host}" for kind in ELSEWHERE for host in hosts if host != focus} | set(EVERYWHERE)


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
        one.only(("series", "take"))
        one.text("series")
        one.choice("take", TAKES, what="way to take a window")
    claims = {claim.id for claim in programme.claims}
    for claim in _part(whole, "speaks_of", faults).values if programme.as_of is None else ():  # some are not yet said
        if claim not in claims:
            whole.fault("speaks_of", f"unknown claim {shown(claim)}", "claims.csv lists them")


def _alternatives(whole: Entry, programme: Programme, scalars: Collection[str], faults: Faults) -> None:
    keys = ("id", "name", "why", "set", "leave_out_classes", "leave_out_measures")
    for entry in whole.tables("alternative", keys=keys, required=False):
        entry.identifier()
        entry.text("name")
        entry.text("why")
        entry.choices("leave_out_classes", programme.asserter_classes, what="class", required=False)
        entry.choices("leave_out_measures", programme.measures, what="measure", required=False)
        if not set(entry.values) & {"set", "leave_out_classes", "leave_out_measures"}:
            entry.fault("set", "it changes nothing", "add `set`, `leave_out_classes` or `leave_out_measures`")
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
        one.only(("unit", "measures", "years", "alone"))
        one.text("unit")
        one.choices("measures", programme.measures, what="measure")
        if "alone" in one.values:
            one.flag("alone")
        if "years" in one.values:
            _years(one, "years", Grid(*programme.window))
