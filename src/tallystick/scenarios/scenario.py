"""A what-if as a short TOML file: which levers are pulled, how hard and when, and the question that it answers.

    id = "host_stops"
    name = "The second host admits nobody new"
    question = "Does the number sent fall, or do people go elsewhere?"
    evidence = ["claim_1"]

    [[lever]]
    id = "enforcement"        # one of the programme's levers, in scenarios.toml
    strength = 1.0            # in that lever's unit and range
    from = "2026-07"          # first month
    until = "2028-12"         # last month; without it, to the end of the run
    over_months = 6           # grows evenly to its strength; without it, at once

`based_on` names another scenario whose levers are pulled as well. What no lever of the programme can say is not a
scenario; nothing here can reach what control does to flight, since no lever acts there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any

from tallystick.vocab.errors import ScenarioError

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
KEYS = ("id", "name", "question", "says", "belief", "based_on", "evidence", "caution", "lever")
TEXTS = ("id", "name", "question")
LEVER_KEYS = ("id", "strength", "from", "until", "over_months")


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
class Pull:
    """One lever pulled. Months are "YYYY-MM", both included; `until` "" is the end of the run."""

    lever: str
    strength: float
    start: str
    until: str
    over_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named what-if with all its pulls, those that it is based on first."""

    id: str
    name: str
    question: str
    says: str
    belief: str  # what has to be believed for it, where two scenarios differ in that alone
    caution: str  # what no table of numbers may hide
    pulls: tuple[Pull, ...]
    evidence: tuple[str, ...]
    text: str  # the file as it was read, for its hash


def levers_of(table: Mapping[str, Any]) -> dict[str, Lever]:
    """The levers of a programme's scenarios.toml by id."""
    return {
        entry["id"]: Lever(
            id=entry["id"], name=entry["name"], acts=entry.get("acts", ""), unit=entry.get("unit", "1"),
            low=float(entry.get("low", 0)), high=float(entry.get("high", 1)), hosts=tuple(entry.get("hosts", ())),
            says=entry.get("says", ""),
        )
        for entry in table["lever"]
    }  # fmt: skip


def load_scenarios(folder: Path, levers: Mapping[str, Lever], known: Sequence[str]) -> dict[str, Scenario]:
    """All scenarios of a folder, in the order of their file names. `known` are the ids that evidence may name."""
    files = {file.stem: file for file in sorted(folder.glob("*.toml"))}
    return {name: load_scenario(file, levers, known) for name, file in files.items()}


def load_scenario(
    file: Path, levers: Mapping[str, Lever], known: Sequence[str], folder: Path | None = None
) -> Scenario:
    """One scenario. ScenarioError names file, key, value and way out.

    What it is based on lies beside it, or else in `folder`, where the programme's scenarios are.
    """
    return _Reader(folder or file.parent, levers, known).read(file, ())


class _Reader:
    def __init__(self, folder: Path, levers: Mapping[str, Lever], known: Sequence[str]) -> None:
        self.folder, self.levers, self.known = folder, levers, frozenset(known)

    def read(self, file: Path, above: tuple[str, ...]) -> Scenario:
        """`above` are the scenarios that led here by `based_on`."""
        text, table = _parsed(file)
        entry = _Entry(file.name, table)
        entry.only(KEYS)
        for key in TEXTS:
            entry.text(key)
        if table["id"] != file.stem:
            raise entry.fault("id", f"is {table['id']!r}, not the name of the file", f'write id = "{file.stem}"')
        own = tuple(self._pull(entry, place, each) for place, each in enumerate(entry.tables("lever"), start=1))
        base = self._base(entry, file, above)
        evidence = entry.texts("evidence")
        unknown = [each for each in evidence if each not in self.known]
        if unknown:
            raise entry.fault("evidence", f"no row is called {unknown[0]!r}", "mend the id")
        says, belief, caution = (entry.text(key, required=False) for key in ("says", "belief", "caution"))
        return Scenario(
            id=table["id"], name=table["name"], question=table["question"], says=says, belief=belief, caution=caution,
            pulls=_together(entry, base, own), evidence=evidence, text=text,
        )  # fmt: skip

    def _base(self, entry: _Entry, file: Path, above: tuple[str, ...]) -> tuple[Pull, ...]:
        name = entry.text("based_on", required=False)
        if not name:
            return ()
        if name in (*above, file.stem):
            path = " > ".join((*above, file.stem, name))
            raise entry.fault("based_on", f"goes round in a circle: {path}", "base it on a scenario that stands alone")
        other = file.parent / f"{name}.toml"
        if not other.is_file():
            other = self.folder / f"{name}.toml"
        if not other.is_file():
            raise entry.fault("based_on", f"there is no scenario {name!r} beside it", "name a file without .toml")
        return self.read(other, (*above, file.stem)).pulls

    def _pull(self, whole: _Entry, place: int, table: Mapping[str, Any]) -> Pull:
        entry = _Entry(whole.file, table, f"lever {place}")
        entry.only(LEVER_KEYS)
        lever = self._lever(entry)
        strength = entry.number("strength")
        if not lever.low <= strength <= lever.high:
            unit = "" if lever.unit == "1" else f" {lever.unit}"
            raise entry.fault(
                "strength", f"is {strength:g}, outside {lever.low:g} to {lever.high:g}{unit}",
                f"{lever.name}: give a number in that range",
            )  # fmt: skip
        start, until = entry.month("from"), entry.month("until", required=False)
        if until and until < start:
            raise entry.fault("until", f"is {until}, before {start}", "swap the two months")
        over = entry.number("over_months", required=False)
        if over != int(over) or over < 0:
            raise entry.fault("over_months", f"is {over:g}", "give a whole number of months")
        return Pull(lever=lever.id, strength=strength, start=start, until=until, over_months=int(over))

    def _lever(self, entry: _Entry) -> Lever:
        name = entry.text("id")
        if name not in self.levers:
            near = get_close_matches(name, self.levers, n=1)
            able = ", ".join(id for id, lever in self.levers.items() if lever.acts)
            raise entry.fault("id", f"unknown lever {name!r}", f"did you mean {near[0]}?" if near else f"take {able}")
        if not self.levers[name].acts:
            raise entry.fault("id", f"the lever {name!r} is reported and never run", self.levers[name].says)
        return self.levers[name]


def _together(entry: _Entry, base: tuple[Pull, ...], own: tuple[Pull, ...]) -> tuple[Pull, ...]:
    """Own pulls after those of the base; one lever is pulled once at a time."""
    pulls = (*base, *own)
    for place, one in enumerate(pulls):
        for other in pulls[place + 1 :]:
            apart = (one.until and one.until < other.start) or (other.until and other.until < one.start)
            if one.lever == other.lever and not apart:
                raise entry.fault(
                    "lever", f"{one.lever!r} is pulled twice at a time", "give the pulls different months"
                )
    return pulls


def _parsed(file: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = file.read_bytes().decode("utf-8")
        return text, tomllib.loads(text)
    except OSError as error:
        raise ScenarioError(f"cannot be read: {error.strerror}", file=str(file), hint="check the path") from None
    except UnicodeDecodeError:
        raise ScenarioError("is not UTF-8", file=file.name, hint="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"is no TOML: {error}", file=file.name, hint="mend that line") from None


class _Entry:
    """One table of a scenario's file; every fault names the file and the key."""

    def __init__(self, file: str, values: Mapping[str, Any], within: str = "") -> None:
        self.file, self.values, self.within = file, values, within

    def fault(self, key: str, problem: str, hint: str) -> ScenarioError:
        return ScenarioError(problem, file=self.file, key=f"{self.within}, {key}" if self.within else key, hint=hint)

    def only(self, keys: Sequence[str]) -> None:
        for key in self.values:
            if key not in keys:
                near = get_close_matches(key, keys, n=1)
                raise self.fault(key, "unknown key", f"did you mean {near[0]}?" if near else f"keys: {', '.join(keys)}")

    def text(self, key: str, *, required: bool = True) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            found = repr(value) if key in self.values else "missing"
            raise self.fault(key, f"is {found}, not a text", "put it in quotation marks")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.fault(key, f"is {value!r}, not a list of texts", 'write ["one", "two"]')
        return tuple(value)

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.fault(key, "is not a list of tables", f"write [[{key}]] above each")
        return value

    def number(self, key: str, *, required: bool = True) -> float:
        value = self.values.get(key, None if required else 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            found = repr(value) if key in self.values else "missing"
            raise self.fault(key, f"is {found}, not a number", "write it without quotation marks")
        return float(value)

    def month(self, key: str, *, required: bool = True) -> str:
        value = self.text(key, required=required)
        if value and not MONTH.fullmatch(value):
            raise self.fault(key, f"is {value!r}, which is no month", 'write "2026-07"')
        return value
