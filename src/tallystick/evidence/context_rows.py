"""Statements, events, entities, law, indicators and the framework's cells: all rows that are no figures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tallystick.evidence.cells import Cells
from tallystick.evidence.claim_rows import public_rows
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder
from tallystick.evidence.settings import Frame
from tallystick.evidence.tables import columns
from tallystick.vocab.records import Entity, Event, FrameworkCell, Indicator, LawRow, Statement

STATEMENTS, EVENTS, ENTITIES, LAW = "statements.csv", "events.csv", "entities.csv", "legal.csv"
INDICATORS, FRAMEWORK = "ilo_indicators.csv", "forced_labour_framework.csv"
WITHHELD = "hand/withheld.csv"
INSTEAD = "withheld"  # what stands in a file in place of the words of a row that is left out
STATEMENT_COLUMNS = columns(
    "id report paragraph kind statement actors place period ilo_indicators supports_or_contradicts "
    "framework_limb framework_phase framework_bearing asserted_by hedge sensitivity related_claims note"
)
EVENT_COLUMNS = columns("id start end precision title actors place report paragraph note")
ENTITY_COLUMNS = columns("id name kind aliases role reports")
LAW_COLUMNS = columns(
    "id instrument official_symbol paragraph addressee test adopted_on in_force_from deadline text_summary "
    "obligation exceptions how_read source_url note"
)
INDICATOR_COLUMNS = columns(
    "id name operational_definition limits status related_measures framework_cells ilo_source how_read source_url"
)
FRAMEWORK_COLUMNS = columns(
    "id limb phase operational_definition speaks_for speaks_against statement_kinds indicators ilo_source "
    "how_read source_url note"
)
PRECISIONS = ("day", "month", "months", "quarter", "year", "decade part", "range", "until", "predicted")
BEARINGS = ("supports", "contradicts", "mixed")
STANCES = ("supports", "contradicts", "neutral")
READINGS = ("official text", "quoted on another site", "summary", "from general knowledge, to be checked")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Record = TypeVar("Record", bound=_HasId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the rows that are no figures are checked against."""

    frame: Frame
    claims: Collection[str]
    indicators: Mapping[str, Indicator]
    framework: Sequence[FrameworkCell]
    actors: Collection[str]


def read_records(folder: Folder, file: str, make: Callable[[Cells], Record], faults: Faults) -> tuple[Record, ...]:
    """One record per row of `file`, in the order of their ids; an id that stands twice is a fault."""
    found: dict[str, tuple[int, Record]] = {}
    rows = folder.rows[file]
    for row in public_rows(rows, faults) if file == STATEMENTS else rows:
        cells = Cells(row, faults)
        record = make(cells)
        if record.id in found:
            cells.fault("id", f"{shown(record.id)} stands twice, first in row {found[record.id][0]}", "rename one")
        else:
            found[record.id] = (row.number, record)
    return tuple(record for _, (_, record) in sorted(found.items()))


def read_indicators(
    folder: Folder, measures: Collection[str], cells_known: Collection[str], faults: Faults
) -> tuple[Indicator, ...]:
    """ilo_indicators.csv."""

    def make(cells: Cells) -> Indicator:
        return Indicator(
            id=cells.identifier(),
            name=cells.text("name", required=True),
            operational_definition=cells.text("operational_definition", required=True),
            limits=cells.text("limits"),
            status=cells.text("status"),
            related_measures=cells.choices("related_measures", measures, what="measure"),
            framework_cells=cells.choices("framework_cells", cells_known, what="cell of the framework"),
            ilo_source=cells.text("ilo_source"),
            how_read=cells.choice("how_read", READINGS, what="way of reading"),
            source_url=cells.address("source_url"),
        )

    return read_records(folder, INDICATORS, make, faults)


def read_framework(folder: Folder, kinds: Collection[str], faults: Faults) -> tuple[FrameworkCell, ...]:
    """forced_labour_framework.csv."""
    known = {row.cells["id"] for row in folder.rows[INDICATORS]}

    def make(cells: Cells) -> FrameworkCell:
        return FrameworkCell(
            id=cells.identifier(),
            limb=cells.identifier("limb"),
            phase=cells.identifier("phase"),
            operational_definition=cells.text("operational_definition", required=True),
            speaks_for=cells.text("speaks_for"),
            speaks_against=cells.text("speaks_against"),
            statement_kinds=cells.choices("statement_kinds", kinds, what="kind of statement"),
            indicators=cells.choices("indicators", known, what="indicator"),
            ilo_source=cells.text("ilo_source"),
            how_read=cells.choice("how_read", READINGS, what="way of reading"),
            source_url=cells.address("source_url"),
            note=cells.text("note"),
        )

    return read_records(folder, FRAMEWORK, make, faults)


def read_statements(folder: Folder, words: Words, faults: Faults) -> tuple[Statement, ...]:
    """statements.csv; a row that is left out to protect people need not say where it stands, what it is and by whom."""
    left_out = {row.cells["id"] for row in folder.rows.get(WITHHELD, ())}

    def make(cells: Cells) -> Statement:
        is_told = cells.row.cells["id"] not in left_out and cells.row.cells["statement"] != INSTEAD
        statement = _statement(cells, words, faults, is_told=is_told)
        _check_bearings(statement, words.framework, cells)
        _check_stance(statement, cells)
        return statement

    return read_records(folder, STATEMENTS, make, faults)


def _statement(cells: Cells, words: Words, faults: Faults, *, is_told: bool) -> Statement:
    limbs = sorted({cell.limb for cell in words.framework})
    phases = sorted({cell.phase for cell in words.framework})
    return Statement(
        id=cells.identifier(),
        report=cells.choice("report", words.frame.reports, what="report"),
        paragraph=_paragraph(cells),  # blank where numbers would tell what stands between two rows
        kind=cells.choice("kind", words.frame.statement_kinds, what="kind of statement", required=is_told),
        statement=cells.text("statement", required=True),
        actors=read_actors(cells, words.actors),
        place=cells.text("place"),
        period=cells.text("period"),
        indicators=cells.choices("ilo_indicators", words.indicators, what="indicator"),
        supports_or_contradicts=cells.choice("supports_or_contradicts", STANCES, what="stance"),
        framework_limbs=cells.choices("framework_limb", limbs, what="limb", distinct=False),
        framework_phases=cells.choices("framework_phase", phases, what="phase", distinct=False),
        framework_bearings=cells.choices("framework_bearing", BEARINGS, what="bearing", distinct=False),
        asserted_by=cells.text("asserted_by", required=is_told),
        hedge=cells.text("hedge"),
        related_claims=_related(cells, words.claims, faults),
        note=cells.text("note"),
    )


def _related(cells: Cells, claims: Collection[str], faults: Faults) -> tuple[str, ...]:
    found = cells.several("related_claims")
    unknown = [name for name in found if name and name not in claims and faults.may_name(name)]
    if unknown:
        cells.fault("related_claims", f"no claim is called {', '.join(map(shown, unknown))}", "mend the id")
    return found


def _paragraph(cells: Cells) -> str:
    value = cells.text("paragraph")
    if value.strip() and not (value.isascii() and value.isdigit() and int(value) > 0):
        cells.fault("paragraph", f"{shown(value)} is no paragraph", "non-empty lines of the report, counted from 1")
    return value


def _check_bearings(statement: Statement, framework: Sequence[FrameworkCell], cells: Cells) -> None:
    """Limbs, phases and bearings run in parallel, and each pair of limb and phase is a cell."""
    lists = (statement.framework_limbs, statement.framework_phases, statement.framework_bearings)
    if len({len(part) for part in lists}) > 1:
        counts = ", ".join(str(len(part)) for part in lists)
        cells.fault("framework_bearing", f"limbs, phases and bearings differ in number ({counts})", "list in parallel")
        return
    known = {(cell.limb, cell.phase) for cell in framework}
    limbs, phases = {cell.limb for cell in framework}, {cell.phase for cell in framework}
    for limb, phase in zip(statement.framework_limbs, statement.framework_phases, strict=True):
        if limb in limbs and phase in phases and (limb, phase) not in known:
            cells.fault("framework_limb", f"no cell joins {shown(limb)} and {shown(phase)}", f"see {FRAMEWORK}")


def _check_stance(statement: Statement, cells: Cells) -> None:
    neutral = statement.supports_or_contradicts == "neutral"
    if neutral and statement.indicators:
        cells.fault("supports_or_contradicts", "is neutral, but indicators are named", "say which way it speaks")
    elif statement.supports_or_contradicts in ("supports", "contradicts") and not statement.indicators:
        hint = "name the indicator, or write neutral"
        cells.fault("ilo_indicators", f"is blank, but the row {statement.supports_or_contradicts} something", hint)


def read_actors(cells: Cells, known: Collection[str]) -> tuple[str, ...]:
    """Who acts, by a name of entities.csv or as a group: a person without a row there cannot be named."""
    found = cells.several("actors")
    if any(name and name not in known for name in found):
        hint = f"only names of {ENTITIES} and actor_groups of programme.toml stand here; workers and helpers have none"
        cells.fault("actors", "names somebody without a row", hint)
    return found


def names_of(entities: Sequence[Entity]) -> frozenset[str]:
    """Every name and alias that an entity goes by."""
    return frozenset(name for entity in entities for name in (entity.name, *entity.aliases))


def read_events(folder: Folder, frame: Frame, actors: Collection[str], faults: Faults) -> tuple[Event, ...]:
    """events.csv."""

    def make(cells: Cells) -> Event:
        start, end = cells.span("start", "end")
        event = Event(
            id=cells.identifier(),
            start=start,
            end=end,
            precision=cells.choice("precision", PRECISIONS, what="precision"),
            title=cells.text("title", required=True),
            actors=read_actors(cells, actors),
            place=cells.text("place"),
            report=cells.choice("report", frame.reports, what="report"),
            paragraph=_paragraph(cells),
            note=cells.text("note"),
        )
        _check_precision(event, cells)
        return event

    return read_records(folder, EVENTS, make, faults)


def _check_precision(event: Event, cells: Cells) -> None:
    """A date may not claim to be known better than its two ends say."""
    if event.start is None or event.end is None:
        return
    days = (event.end - event.start).days + 1
    longest = {"day": 1, "month": 31, "quarter": 92}.get(event.precision)
    if longest is not None and days > longest:
        cells.fault("precision", f"is {event.precision}, but the event spans {days} days", "widen the precision")


def read_entities(folder: Folder, frame: Frame, faults: Faults) -> tuple[Entity, ...]:
    """entities.csv."""

    def make(cells: Cells) -> Entity:
        return Entity(
            id=cells.identifier(),
            name=cells.text("name", required=True),
            kind=cells.text("kind", required=True),
            aliases=cells.several("aliases"),
            role=cells.text("role"),
            reports=cells.choices("reports", frame.reports, what="report"),
        )

    return read_records(folder, ENTITIES, make, faults)


def read_law(folder: Folder, faults: Faults) -> tuple[LawRow, ...]:
    """legal.csv."""

    def make(cells: Cells) -> LawRow:
        return LawRow(
            id=cells.identifier(),
            instrument=cells.text("instrument", required=True),
            official_symbol=cells.text("official_symbol"),
            paragraph=cells.text("paragraph"),
            addressee=cells.text("addressee", required=True),
            test=cells.text("test", required=True),
            adopted_on=cells.day("adopted_on"),
            in_force_from=cells.day("in_force_from"),
            deadline=cells.day("deadline"),
            text_summary=cells.text("text_summary", required=True),
            obligation=cells.text("obligation"),
            exceptions=cells.text("exceptions"),
            how_read=cells.choice("how_read", READINGS, what="way of reading"),
            source_url=cells.address("source_url"),
            note=cells.text("note"),
        )

    return read_records(folder, LAW, make, faults)
