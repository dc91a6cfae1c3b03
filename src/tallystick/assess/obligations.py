"""The obligations of a programme, read from its `obligations.toml` and tied to the rows of its legal table.

An obligation here is our reading: test, reading, exceptions and what is left open, in our own words. Instrument,
paragraph, addressee and dates are taken from the legal rows, so that they stand in one place only, and `how_read`
is carried along so that nobody claims a better reading of the text than was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from tallystick.assess.finding import Period
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import LawRow

FILE = "obligations.toml"
TABLE = "obligations"
Binds = Literal["host", "sender", "others"]
PositionKind = Literal["denies_test", "invokes_exception", "reading", "implementation", "practice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty with its test, in one reading.

    measures: roles that claims play for the test (direct, indirect, clue, holders, presence) -> measures.
    evidence: host code -> claims named one by one, where a measure cannot single them out (reports filed).
    """

    id: str
    title: str
    rule: str
    law: tuple[LawRow, ...]  # the first row names instrument, paragraph and dates
    binds: Binds
    who: str  # a short name of the addressee where it is neither host nor sender
    hosts: tuple[str, ...]
    periods: tuple[Period, ...]
    test: str
    reading: str
    exceptions: str  # what somebody has to invoke, or a committee to grant
    left_open: tuple[str, ...]
    scope: tuple[str, ...] = ()  # what the text does not reach: part of the test, for nobody to invoke
    scope_unknown: str = ""  # what is not known of that scope, where figures do not tell
    reach: str = ""  # whom or what a text that binds others reaches, whoever the State is
    applies_from: date | None = None  # where a text is in force before it applies
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    statements: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    periods_of: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)  # hosts with periods of their own

    @property
    def main(self) -> LawRow:
        """The row that gives instrument, paragraph and dates."""
        return self.law[0]

    @property
    def law_ids(self) -> tuple[str, ...]:
        return tuple(row.id for row in self.law)

    @property
    def how_read(self) -> tuple[str, ...]:
        """How each row was read, in the order of the rows, said once each."""
        return tuple(dict.fromkeys(row.how_read for row in self.law))


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What an addressee or authority has said or done about an obligation, by law row."""

    law: str
    host: str  # "" speaks for every host
    kind: PositionKind
    obligations: tuple[str, ...]
    cohorts: tuple[str, ...]  # empty: all
    periods: tuple[str, ...]  # ids of the periods it speaks of; empty: all
    since: date
    says: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A chance that nobody has measured, with its range and the reason for it."""

    id: str
    name: str
    low: float
    high: float
    why: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Everything that `obligations.toml` says, checked against the rest of the programme."""

    read_on: date
    read_by: str
    obligations: tuple[Obligation, ...]
    positions: tuple[Position, ...]
    assumptions: Mapping[str, Assumption]
    periods: Mapping[str, Period]
    left_out: Mapping[str, str]  # law row -> why it is no obligation about labour here
    limits: tuple[str, ...]
    table: Mapping[str, Any]


def fault(problem: str, field_name: str = "", hint: str = "") -> EvidenceError:
    """One fault in the file, ready to raise."""
    return EvidenceError(problem, file=FILE, field=field_name, hint=hint)


def readings(programme: Programme) -> Readings:
    """The file as records; EvidenceError names what does not fit the programme."""
    if TABLE not in programme.tables:
        raise fault("is missing", hint="a programme without law has no findings: add the file to its folder")
    table = programme.tables[TABLE]
    periods = {str(row["id"]): _period(row, programme) for row in _rows(table, "period")}
    found = Readings(
        read_on=_get(table, "read_on", "obligations.toml", date),
        read_by=_get(table, "read_by", "obligations.toml", str),
        obligations=tuple(o for row in _rows(table, "obligation") if (o := _obligation(row, programme, periods)).law),
        positions=tuple(p for row in _rows(table, "position") if known(programme, "law", (p := _position(row)).law)),
        assumptions={str(row["id"]): _assumption(row) for row in _rows(table, "assumption")},
        periods=periods,
        left_out={
            str(row["law"]): str(row["why"])
            for row in _rows(table, "left_out")
            if known(programme, "law", str(row["law"]))
        },
        limits=_strings(table, "limits"),
        table=table,
    )
    _check(found, programme)
    return found


def _obligation(row: Mapping[str, Any], programme: Programme, periods: Mapping[str, Period]) -> Obligation:
    name = _get(row, "id", "obligation", str)
    by_id = {law.id: law for law in programme.law}
    law = tuple(by_id[key] for key in _strings(row, "law") if known(programme, "law", key, f"{name}.law"))
    binds: Binds = _one_of(row, "binds", ("host", "sender", "others"), name)
    return Obligation(
        id=name,
        title=_get(row, "title", name, str),
        rule=_get(row, "rule", name, str),
        law=law,
        binds=binds,
        who=str(row.get("who", "")),
        hosts=_strings(row, "hosts"),
        periods=tuple(_known(periods, key, f"{name}.periods") for key in _strings(row, "periods")),
        test=_get(row, "test", name, str),
        reading=_get(row, "reading", name, str),
        exceptions=_get(row, "exceptions", name, str),
        left_open=_strings(row, "left_open"),
        scope=_strings(row, "scope"),
        scope_unknown=str(row.get("scope_unknown", "")),
        reach=str(row.get("reach", "")),
        applies_from=_get(row, "applies_from", name, date) if "applies_from" in row else None,
        measures={role: tuple(names) for role, names in row.get("measures", {}).items()},
        evidence={host: tuple(names) for host, names in row.get("evidence", {}).items()},
        statements=tuple(
            key for key in _strings(row, "statements") if known(programme, "statements", key, f"{name}.statements")
        ),
        parameters=row.get("parameters", {}),
        periods_of={
            host: tuple(_known(periods, key, f"{name}.periods_of") for key in keys)
            for host, keys in row.get("periods_of", {}).items()
        },
    )


def _period(row: Mapping[str, Any], programme: Programme) -> Period:
    """A period; one without an end runs to the end of the programme's window."""
    end = row.get("end") or date(programme.window[1], 12, 31)
    return Period(id=row["id"], name=row["name"], start=_get(row, "start", row["id"], date), end=end)


def _position(row: Mapping[str, Any]) -> Position:
    kinds = ("denies_test", "invokes_exception", "reading", "implementation", "practice")
    return Position(
        law=_get(row, "law", "position", str),
        host=_get(row, "host", "position", str),
        kind=_one_of(row, "kind", kinds, "position"),
        obligations=_strings(row, "obligations"),
        cohorts=_strings(row, "cohorts"),
        periods=_strings(row, "periods"),
        since=_get(row, "since", "position", date),
        says=_get(row, "says", "position", str),
        claims=_strings(row, "claims"),
    )


def _assumption(row: Mapping[str, Any]) -> Assumption:
    low, high = float(row["low"]), float(row["high"])
    if not 0.0 <= low <= high <= 1.0:
        raise fault(f"{row['id']}: a chance runs from 0 to 1, low to high; found {low} and {high}", "assumption")
    name, why = _get(row, "name", row["id"], str), _get(row, "why", row["id"], str)
    return Assumption(id=row["id"], name=name, low=low, high=high, why=why, claims=_strings(row, "claims"))


def _check(found: Readings, programme: Programme) -> None:
    """Every row of law is used or left out with a reason, and every id that is named exists."""
    law = {row.id for row in programme.law}
    used = {key for o in found.obligations for key in o.law_ids} | {p.law for p in found.positions}
    for key in sorted(law - used - set(found.left_out)):
        raise fault(f"law row {key} is neither read nor left out", "left_out", "say why it is none about labour")
    _check_ids(found, programme)
    for kind, name in (("obligation", "id"), ("left_out", "law")):
        for row in _rows(found.table, kind):
            _check_for_firms(str(row[name]), row, programme)


def _check_ids(found: Readings, programme: Programme) -> None:
    names = [str(row.get("id")) for row in _rows(found.table, "obligation")]
    for name in names:
        if names.count(name) > 1:
            raise fault(f"{name}: the id stands twice", "obligation")
    for position in found.positions:
        for name in position.obligations:
            _known(dict.fromkeys(names), name, f"position {position.law}.obligations")
    for o in found.obligations:
        for role in (m for ms in o.measures.values() for m in ms):
            _known(programme.measures, role, f"{o.id}.measures")


def _check_for_firms(name: str, row: Mapping[str, Any], programme: Programme) -> None:
    """What is said to firms names whom it binds and what it asks; further rows of law are there, and told with it."""
    further = _strings(row, "also_law")
    if "for_firms" in row:
        whom, asks, _ = said_to_firms(said := _get(row, "for_firms", name, str))
        if not whom or not asks:
            hint = 'begin with "whom it binds: what it asks."'
            raise fault(f"{name}: its first sentence does not say whom it asks what: found {said!r}", "for_firms", hint)
    elif further:
        raise fault(f"{name}: also_law is told with for_firms alone", "also_law", "add for_firms, or take also_law out")
    for key in further:
        known(programme, "law", key, f"{name}.also_law")


def said_to_firms(text: str) -> tuple[str, str, str]:
    """A `for_firms` in its parts: whom it binds, what it asks of them, and the sentences after that."""
    first, _, rest = text.partition(". ")
    whom, _, asks = first.rstrip(".").partition(": ")
    return whom.strip(), asks.strip(), rest


def known(programme: Programme, what: Literal["law", "statements"], key: str, where: str = "") -> bool:
    """Whether the evidence holds a row. Evidence as of an earlier day may lack it; whole evidence may not."""
    if any(row.id == key for row in getattr(programme, what)):
        return True
    if programme.as_of is None:
        raise fault(f"unknown {key!r}", where or what, f"no row of that id among the {what} of the programme")
    return False


def _known(table: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in table:
        raise fault(f"unknown {key!r}", where)
    return table[key]


def _rows(table: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list):
        raise fault("is not a list of tables", key, f"write [[{key}]]")
    return rows


def _get(row: Mapping[str, Any], key: str, where: str, kind: type) -> Any:
    if not isinstance(row.get(key), kind):
        raise fault(f"{where}: {key} is missing or no {kind.__name__}: found {row.get(key)!r}", key)
    return row[key]


def _one_of(row: Mapping[str, Any], key: str, allowed: Sequence[str], where: str) -> Any:
    if row.get(key) not in allowed:
        raise fault(f"{where}: {key} is {row.get(key)!r}", key, "use one of " + ", ".join(allowed))
    return row[key]


def _strings(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise fault(f"is not a list of texts: found {values!r}", key)
    return tuple(values)
