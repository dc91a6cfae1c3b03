"""A what-if as a short TOML file: which levers are pulled, what comes from outside, to when, and what it answers.

    id = "host_stops"
    name = "The second host admits nobody new"
    question = "Does the number sent fall, or do people go elsewhere?"
    evidence = ["claim_1"]
    until = "2029-12"         # how far it is to be run, whole years; without it, as far as the programme's

    [[lever]]
    id = "enforcement"        # one of the programme's levers, in scenarios.toml
    strength = 1.0            # in that lever's unit and range
    from = "2026-07"          # first month
    until = "2028-12"         # last month; without it, to the end of the run
    over_months = 6           # grows evenly to its strength; without it, at once

    [[driver]]
    id = "border"             # one of the programme's drivers, in scenarios.toml
    value = 0.2               # in that driver's unit and range; or `factor`, of what it would be in the baseline
    from = "2027-01"          # as for a lever, `until` and `over_months` too; afterwards as in the baseline
    evidence = "assumed"      # or the ids of the rows that speak of it

`based_on` names another scenario whose levers and drivers go first. What no lever and no driver of the programme can
say is not a scenario; nothing here can reach what control does to flight, since neither acts there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from tallystick.scenarios.entry import MONTH, Entry, parsed
from tallystick.stocks.labour.fields import LEVERS
from tallystick.stocks.labour.shape import Shape

KEYS = ("id", "name", "question", "says", "belief", "based_on", "evidence", "caution", "until", "lever", "driver")
TEXTS = ("id", "name", "question")
SPAN_KEYS = ("from", "until", "over_months")
LEVER_KEYS = ("id", "strength", *SPAN_KEYS)
DRIVER_KEYS = ("id", "value", "factor", "evidence", *SPAN_KEYS)
TABLE = "scenarios.toml"  # where a programme says what scenarios may pull and set
RUN_KEYS = ("start", "until", "pulled_from", "followed")
LEVER_FIELDS = ("id", "name", "acts", "unit", "low", "high", "hosts", "says")
DRIVER_FIELDS = ("id", "name", "acts", "unit", "low", "high", "factors", "says")
PLANNED = ("close_visa", "region", "builders")  # plans that a lever changes: "region:REGION"
SERIES = ("open", "war", "munitions")  # inputs from outside that a driver may set: none that bears on flight or help
PLAN = "plan"  # "plan:HOST", arrivals that are planned
ASSUMED = "assumed"
ORDERING = ("compliance", "council", "publicity")  # series of levers that order people home, or strengthen what does
FORCED = (
    "People are ordered home here whether they will or not, also those whose return law forbids; what happens to them "
    "after return is not counted. A forced return is a harm and no plain success."
)
MOST_YEARS = 30  # of a run: beyond a generation the assumed wandering is all there is
MOST_MONTHS = 12 * MOST_YEARS


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """What a programme's scenarios may pull. `acts` says on what; without it the lever is only reported."""

    id: str
    name: str
    acts: str
    unit: str
    low: float
    high: float
    hosts: tuple[str, ...]
    says: str  # why it is not run, where it is not


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """What comes from outside and a scenario may set. A factor is of the value that it has in the baseline."""

    id: str
    name: str
    acts: str
    unit: str
    low: float
    high: float
    lowest_factor: float
    highest_factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Months "YYYY-MM", both included; `until` "" is the end of the run."""

    start: str
    until: str
    over_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull(Span):
    """One lever pulled."""

    lever: str
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive(Span):
    """One driver set: to a value in its unit, or to a factor of what it is in the baseline."""

    driver: str
    name: str
    acts: str
    unit: str
    level: float
    is_factor: bool
    evidence: tuple[str, ...] = ()  # rows that speak of it; none where it is assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named what-if with all its pulls and drives, those that it is based on first."""

    id: str
    name: str
    question: str
    says: str
    belief: str  # what has to be believed for it, where two scenarios differ in that alone
    caution: str  # what no table of numbers may hide
    pulls: tuple[Pull, ...]
    evidence: tuple[str, ...]
    text: str  # the file as it was read, for its hash
    drives: tuple[Drive, ...] = ()
    until: str = ""  # its own horizon, "YYYY-MM"
    based_on: tuple[Scenario, ...] = ()  # what it is based on, the nearest first

    @property
    def changes_nothing(self) -> bool:
        """Whether it is a baseline: nothing is pulled and nothing set."""
        return not self.pulls and not self.drives


def check_run(table: Mapping[str, Any]) -> None:
    """ScenarioError where a programme's scenarios.toml does not say from which month to which it is run."""
    run = table.get("run")
    if not isinstance(run, Mapping):
        raise Entry(TABLE, {}).fault("run", "is missing", "write [run] with start and until")
    entry = Entry(TABLE, run, "run")
    entry.only(RUN_KEYS)
    fault = horizon_fault(entry.month("start"), entry.month("until"))
    if fault is not None:
        raise entry.fault("until", *fault)
    entry.month("pulled_from", required=False)
    entry.texts("followed")


def levers_of(table: Mapping[str, Any]) -> dict[str, Lever]:
    """The levers of a programme's scenarios.toml by id; ScenarioError for one that is written wrongly."""
    return {each.id: each for each in map(_lever, _entries(table, "lever"))}


def least_caution(levers: Iterable[Lever]) -> str:
    """What has to stand with a run that pulls these, where its author says nothing."""
    return FORCED if any(each.acts in ORDERING for each in levers) else ""


def drivers_of(table: Mapping[str, Any]) -> dict[str, Driver]:
    """The drivers of a programme's scenarios.toml by id; ScenarioError for one that acts on anything else."""
    return {each.id: each for each in map(_driver, _entries(table, "driver"))}


def check_places(table: Mapping[str, Any], shape: Shape) -> None:
    """ScenarioError where a lever or driver acts on a visa class, region, site or host that a programme does not have.

    table : its scenarios.toml.
    """
    of = {"close_visa": shape.visas, "region": shape.rebuilding, "builders": shape.sites, PLAN: shape.hosts}
    for kind in ("lever", "driver"):
        for entry in _entries(table, kind):
            acts, _, place = entry.text("acts", required=False).partition(":")
            if acts in of and place not in of[acts]:
                raise entry.fault("acts", f"there is no {place!r}", f"take {acts}:{f' or {acts}:'.join(of[acts])}")
            strange = [host for host in entry.texts("hosts") if host not in shape.hosts]
            if strange:
                raise entry.fault("hosts", f"there is no host {strange[0]!r}", f"take {', '.join(shape.hosts)}")


def _entries(table: Mapping[str, Any], kind: str) -> list[Entry]:
    """The tables of that name, each called by its id; ScenarioError where two have one id."""
    found: dict[str, Entry] = {}
    for each in _within(Entry(TABLE, table), kind):
        id = each.text("id")
        if id in found:
            raise each.fault("id", f"a second {kind} is called {id!r}", "give each an id of its own")
        found[id] = Entry(TABLE, each.values, f"{kind} {id}")
    return list(found.values())


def _lever(entry: Entry) -> Lever:
    entry.only(LEVER_FIELDS)
    acts = entry.text("acts", required=False)
    kind, apart, _ = acts.partition(":")
    if acts and not (kind in PLANNED if apart else kind in LEVERS):
        raise entry.fault("acts", f"is {acts!r}, on which no lever acts", f"take {', '.join(LEVERS)} or {_placed()}")
    low, high = _range(entry, required=False)
    return Lever(
        id=entry.text("id"), name=entry.text("name"), acts=acts, unit=entry.text("unit", required=False) or "1",
        low=low, high=high, hosts=entry.texts("hosts"), says=entry.text("says", required=False),
    )  # fmt: skip


def _placed() -> str:
    return ", ".join(f"{kind}:..." for kind in PLANNED)


def _driver(entry: Entry) -> Driver:
    entry.only(DRIVER_FIELDS)
    acts = entry.text("acts")
    kind, apart, _ = acts.partition(":")
    if not (kind == PLAN if apart else kind in SERIES):
        hint = f"take {', '.join(SERIES)} or {PLAN}:HOST"
        raise entry.fault("acts", f"is {acts!r}, which no driver may set", hint)
    low, high = _range(entry, required=True)
    lowest, highest = entry.numbers("factors", 2) or (low, high)
    return Driver(
        id=entry.text("id"), name=entry.text("name"), acts=acts, unit=entry.text("unit", required=False) or "1",
        low=low, high=high, lowest_factor=lowest, highest_factor=highest,
    )  # fmt: skip


def _range(entry: Entry, *, required: bool) -> tuple[float, float]:
    """The range of a value: from 0 to 1 where none is given and none is required."""
    low = entry.number("low", required=required)
    high = entry.number("high") if required or "high" in entry.values else 1.0
    if low > high:
        raise entry.fault("high", f"is {high:g}, below {low:g}", "swap low and high")
    return low, high


def some_horizon(start: str) -> str:
    """A month with which a run that starts at the end of that month may end."""
    return f"{int(start[:4]) + 5}-{start[5:]}"


def horizon_fault(start: str, until: str) -> tuple[str, str] | None:
    """What is wrong with the last month of a run, and the way out; None where nothing is."""
    first, month = int(start[:4]), start[5:]
    if not MONTH.fullmatch(until):
        return f"{until!r} is no month", f"write {some_horizon(start)}"
    if until[5:] != month or not 1 <= int(until[:4]) - first <= MOST_YEARS:
        return (
            f"runs go over whole years from the end of {start}, and cannot end with {until}",
            f"name {first + 1}-{month} to {first + MOST_YEARS}-{month}",
        )
    return None


def load_scenarios(folder: Path, table: Mapping[str, Any], known: Collection[str]) -> dict[str, Scenario]:
    """All scenarios of a folder, in the order of their file names.

    table : the programme's scenarios.toml. known : the ids that evidence may name.
    """
    files = {file.stem: file for file in sorted(folder.glob("*.toml"))}
    return {name: load_scenario(file, table, known) for name, file in files.items()}


def load_scenario(file: Path, table: Mapping[str, Any], known: Collection[str], folder: Path | None = None) -> Scenario:
    """One scenario. ScenarioError names file, key, value and way out.

    What it is based on lies beside it, or else in `folder`, where the programme's scenarios are.
    """
    return _Reader(folder or file.parent, table, known).read(file, ())


class _Reader:
    def __init__(self, folder: Path, table: Mapping[str, Any], known: Collection[str]) -> None:
        self.folder, self.known, self.start = folder, frozenset(known), table["run"]["start"]
        self.levers, self.drivers = levers_of(table), drivers_of(table)

    def read(self, file: Path, above: tuple[str, ...]) -> Scenario:
        """`above` are the scenarios that led here by `based_on`."""
        text, table = parsed(file)
        entry = Entry(file.name, table)
        entry.only(KEYS)
        for key in TEXTS:
            entry.text(key)
        if table["id"] != file.stem:
            raise entry.fault("id", f"is {table['id']!r}, not the name of the file", f'write id = "{file.stem}"')
        base = self._base(entry, file, above)
        pulls = [self._pull(each) for each in _within(entry, "lever")]
        drives = [self._drive(each) for each in _within(entry, "driver")]
        says, belief, caution = (entry.text(key, required=False) for key in ("says", "belief", "caution"))
        caution = caution or least_caution(self.levers[each.lever] for each in pulls)
        belief, caution = _both(base.belief if base else "", belief), _both(base.caution if base else "", caution)
        return Scenario(
            id=table["id"], name=table["name"], question=table["question"], says=says, belief=belief, caution=caution,
            pulls=_apart(entry, "lever", base.pulls if base else (), pulls),
            drives=_apart(entry, "driver", base.drives if base else (), drives),
            evidence=self._rows(entry), until=self._until(entry) or (base.until if base else ""), text=text,
            based_on=(base, *base.based_on) if base else (),
        )  # fmt: skip

    def _base(self, entry: Entry, file: Path, above: tuple[str, ...]) -> Scenario | None:
        name = entry.text("based_on", required=False)
        if not name:
            return None
        if name in (*above, file.stem):
            path = " > ".join((*above, file.stem, name))
            raise entry.fault("based_on", f"goes round in a circle: {path}", "base it on a scenario that stands alone")
        other = file.parent / f"{name}.toml"
        if not other.is_file():
            other = self.folder / f"{name}.toml"
        if not other.is_file() or Path(name).name != name:  # a path could go round in a circle unseen
            raise entry.fault("based_on", f"there is no scenario {name!r}", self._instead(name, file, above))
        return self.read(other, (*above, file.stem))

    def _instead(self, name: str, file: Path, above: tuple[str, ...]) -> str:
        """What may have been meant: neither the file itself nor one that is based on it."""
        ours, beside = (
            sorted({each.stem for each in place.glob("*.toml")} - {file.stem, *above})
            for place in (self.folder, file.parent)
        )
        known = f"known: {', '.join(ours)}; or" if ours else "name"
        return _nearest(name, [*ours, *beside], f"{known} a file beside it, without .toml")

    def _rows(self, entry: Entry) -> tuple[str, ...]:
        evidence = entry.texts("evidence")
        unknown = [each for each in evidence if each not in self.known]
        if unknown:
            raise entry.fault("evidence", f"no row is called {unknown[0]!r}", "mend the id")
        return evidence

    def _until(self, entry: Entry) -> str:
        until = entry.month("until", required=False, such_as=some_horizon(self.start))
        fault = horizon_fault(self.start, until) if until else None
        if fault is not None:
            raise entry.fault("until", *fault)
        return until

    def _pull(self, entry: Entry) -> Pull:
        entry.only(LEVER_KEYS)
        lever = self.levers[_known(entry, "lever", self.levers, [id for id, each in self.levers.items() if each.acts])]
        if not lever.acts:
            raise entry.fault("id", f"the lever {lever.id!r} is reported and never run", lever.says)
        strength = _in_range(entry, "strength", lever.low, lever.high, lever)
        return Pull(lever=lever.id, strength=strength, **_span(entry))

    def _drive(self, entry: Entry) -> Drive:
        entry.only(DRIVER_KEYS)
        driver = self.drivers[_known(entry, "driver", self.drivers, list(self.drivers))]
        given = [key for key in ("value", "factor") if key in entry.values]
        if len(given) != 1:
            found = "both are given" if given else "neither is given"
            raise entry.fault("value or factor", found, "give the one or the other")
        is_assumed = entry.values.get("evidence") == ASSUMED
        evidence = () if is_assumed else self._rows(entry)
        if not is_assumed and not evidence:
            raise entry.fault("evidence", "is missing", f'name the rows that speak of it, or write "{ASSUMED}"')
        if given == ["factor"]:
            level = _in_range(entry, "factor", driver.lowest_factor, driver.highest_factor)
        else:
            level = _in_range(entry, "value", driver.low, driver.high, driver)
        return Drive(
            driver=driver.id, name=driver.name, acts=driver.acts, unit=driver.unit, level=level,
            is_factor=given == ["factor"], evidence=evidence, **_span(entry),
        )  # fmt: skip


def _both(base: str, own: str) -> str:
    """What a scenario says itself goes with what it is based on says."""
    return base if own in base else f"{base} {own}".strip()


def _within(whole: Entry, kind: str) -> list[Entry]:
    return [Entry(whole.file, each, f"{kind} {at}") for at, each in enumerate(whole.tables(kind), start=1)]


def _known(entry: Entry, kind: str, known: Collection[str], able: Sequence[str]) -> str:
    """The id of an entry; a fault names the nearest that there is, or all that can be taken."""
    name = entry.text("id")
    if name not in known:
        others = f"take {', '.join(able)}" if able else f"this programme has no {kind}s"
        raise entry.fault("id", f"unknown {kind} {name!r}", _nearest(name, known, others))
    return name


def _nearest(name: str, known: Collection[str], others: str) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else others


def _in_range(entry: Entry, key: str, low: float, high: float, of: Lever | Driver | None = None) -> float:
    value = entry.number(key)
    if not low <= value <= high:
        unit = "" if of is None or of.unit == "1" else f" {of.unit}"
        name = f"{of.name}: " if of is not None else ""
        raise entry.fault(key, f"is {value:g}, outside {low:g} to {high:g}{unit}", f"{name}give a number in that range")
    return value


def _span(entry: Entry) -> dict[str, Any]:
    start, until = entry.month("from"), entry.month("until", required=False)
    if until and until < start:
        raise entry.fault("until", f"is {until}, before {start}", "swap the two months")
    over = entry.number("over_months", required=False)
    if over != int(over) or not 0 <= over <= MOST_MONTHS:
        hint = f"give a whole number of months from 0, for at once, to {MOST_MONTHS}"
        raise entry.fault("over_months", f"is {over:g}", hint)
    return {"start": start, "until": until, "over_months": int(over)}


Moved = TypeVar("Moved", bound=Pull | Drive)


def _apart(entry: Entry, kind: str, based: Sequence[Moved], own: Sequence[Moved]) -> tuple[Moved, ...]:
    """All of one kind, those of what it is `based` on first; a lever is pulled, or a driver set, once at a time."""
    every: tuple[Moved, ...] = (*based, *own)
    does = "pulled" if kind == "lever" else "set"
    for at, one in enumerate(every):
        for before, other in enumerate(every[:at]):
            apart = (one.until and one.until < other.start) or (other.until and other.until < one.start)
            if _moves(one) == _moves(other) and not apart:
                by = f"{kind} {before - len(based) + 1}" if before >= len(based) else "what it is based on"
                raise entry.fault(
                    f"{kind} {at - len(based) + 1}", f"{_moves(one)!r} is {does} twice at a time, here and by {by}",
                    'end the earlier one with "until" before the later begins, or leave one out',
                )  # fmt: skip
    return every


def _moves(one: Pull | Drive) -> str:
    return one.lever if isinstance(one, Pull) else one.driver
