"""A programme read from its folder: every file checked, every fault named at once, or no programme at all.

Programmes that ship lie under `tallystick/data/`; any other folder with the same files will do as well. The order
of rows in a CSV file changes nothing: records come sorted by id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tallystick.evidence.account_tables import read_account_tables, read_predictions
from tallystick.evidence.apart_table import check_apart_table
from tallystick.evidence.as_of import as_of as as_of_day
from tallystick.evidence.claim_rows import (
    CLAIM_COLUMNS,
    CLAIMS,
    DATE_COLUMNS,
    DATES,
    Known,
    check_pages,
    read_claim_rows,
    read_claims,
    read_datings,
)
from tallystick.evidence.context_rows import (
    ENTITIES,
    ENTITY_COLUMNS,
    EVENT_COLUMNS,
    EVENTS,
    FRAMEWORK,
    FRAMEWORK_COLUMNS,
    INDICATOR_COLUMNS,
    INDICATORS,
    LAW,
    LAW_COLUMNS,
    STATEMENT_COLUMNS,
    STATEMENTS,
    WITHHELD,
    Words,
    names_of,
    read_entities,
    read_events,
    read_framework,
    read_indicators,
    read_law,
    read_statements,
)
from tallystick.evidence.disposition_rows import DISPOSITION_COLUMNS, DISPOSITIONS, check_dispositions
from tallystick.evidence.faults import Faults
from tallystick.evidence.folder import Folder, read_folder
from tallystick.evidence.hand_rows import (
    ASSERTER_COLUMNS,
    ASSERTERS,
    HAND,
    PREDICTION_COLUMNS,
    PREDICTIONS,
    Judgement,
    read_asserters,
)
from tallystick.evidence.lineage_checks import check_lineage
from tallystick.evidence.money_checks import check_money
from tallystick.evidence.quote_rows import QUOTE_COLUMNS, QUOTES, check_quotes
from tallystick.evidence.root import evidence_root
from tallystick.evidence.settings import (
    CLASSES,
    MEASURES,
    PRICES,
    PROGRAMME,
    RATES,
    Frame,
    read_asserter_classes,
    read_frame,
    read_measures,
    read_prices,
    read_rates,
)
from tallystick.evidence.system_table import check_system_table
from tallystick.evidence.withheld import WITHHELD_COLUMNS, check_withheld, left_out
from tallystick.vocab.errors import UsageError
from tallystick.vocab.programme import AsserterClass, ExchangeRate, Measure, PriceLevel, Programme
from tallystick.vocab.records import Claim, Entity, Event, FrameworkCell, Indicator, LawRow, Statement

HEADERS: Mapping[str, Sequence[str]] = {  # every CSV file of a programme, and its columns
    CLAIMS: CLAIM_COLUMNS,
    DATES: DATE_COLUMNS,
    STATEMENTS: STATEMENT_COLUMNS,
    EVENTS: EVENT_COLUMNS,
    ENTITIES: ENTITY_COLUMNS,
    LAW: LAW_COLUMNS,
    INDICATORS: INDICATOR_COLUMNS,
    FRAMEWORK: FRAMEWORK_COLUMNS,
    ASSERTERS: ASSERTER_COLUMNS,
    PREDICTIONS: PREDICTION_COLUMNS,
    DISPOSITIONS: DISPOSITION_COLUMNS,
    WITHHELD: WITHHELD_COLUMNS,
    QUOTES: QUOTE_COLUMNS,
}
OPTIONAL = (DISPOSITIONS, WITHHELD, PREDICTIONS, QUOTES)  # a programme without such rows has no such file
SETTINGS = (PROGRAMME, MEASURES, CLASSES, RATES, PRICES)
SHIPPED = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    frame: Frame
    measures: Mapping[str, Measure]
    classes: Mapping[str, AsserterClass]
    asserters: tuple[Judgement, ...]
    rates: tuple[ExchangeRate, ...]
    prices: tuple[PriceLevel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    entities: tuple[Entity, ...]
    law: tuple[LawRow, ...]
    indicators: tuple[Indicator, ...]
    framework: tuple[FrameworkCell, ...]


def load_programme(name_or_path: str | Path = "dprk", *, as_of: date | None = None) -> Programme:
    """The programme of that name, or in that folder, as everybody could have read it on `as_of`.

    Raises `EvidenceFaults` with all faults of all files, `UsageError` when there is no such programme.
    """
    folder = read_folder(programme_folder(name_or_path), HEADERS, OPTIONAL, SETTINGS)
    faults = Faults()
    settings = _read_settings(folder, faults)
    faults.raise_if_any()  # rows are judged by these words; with one in doubt, each row that uses it would be at fault
    claims = _read_claims(folder, settings, faults)
    context = _read_context(folder, settings, claims, faults)
    tables = _read_tables(folder, settings, claims, context, faults)
    check_dispositions(folder, {claim.id for claim in claims}, settings.measures, faults)
    check_withheld(folder, _ids(claims, context), faults)
    check_quotes(folder, {row.id for rows in (claims, context.statements) for row in rows}, faults)
    faults.raise_if_any()
    whole = left_out(_programme(settings, claims, context, tables, folder))
    return whole if as_of is None else as_of_day(whole, as_of)


def programme_folder(name_or_path: str | Path) -> Path:
    """Where the programme lies: a shipped name first, then any folder."""
    shipped = SHIPPED / str(name_or_path)
    plain_name = isinstance(name_or_path, str) and name_or_path.isidentifier()
    if plain_name and (shipped / "programme.toml").is_file():
        return shipped
    if Path(name_or_path).is_dir():
        return Path(name_or_path)
    known = ", ".join(shipped_programmes())
    raise UsageError(f'there is no programme "{name_or_path}"', hint=f"shipped: {known}; or give a folder")


def shipped_programmes() -> tuple[str, ...]:
    """The names of the programmes that came with this package."""
    return tuple(sorted(path.parent.name for path in SHIPPED.glob("*/programme.toml")))


def _read_settings(folder: Folder, faults: Faults) -> _Settings:
    classes = read_asserter_classes(folder, faults)
    return _Settings(
        frame=read_frame(folder, faults),
        measures=read_measures(folder, faults),
        classes=classes,
        asserters=read_asserters(folder, classes, faults),
        rates=read_rates(folder, faults),
        prices=read_prices(folder, faults),
    )


def _read_claims(folder: Folder, settings: _Settings, faults: Faults) -> tuple[Claim, ...]:
    rows = read_claim_rows(folder, faults)
    datings = read_datings(folder.rows[DATES], {row.cells["id"] for row in rows}, faults)
    asserters = {judged.subject: judged.verdict for judged in settings.asserters}
    known = Known(frame=settings.frame, measures=settings.measures, asserters=asserters, datings=datings)
    claims = read_claims(rows, known, faults)
    check_pages(claims, faults)
    check_lineage(claims, datings, faults)
    check_money(claims, settings.measures, settings.rates, settings.prices, settings.frame, faults)
    return claims


def _read_context(folder: Folder, settings: _Settings, claims: Sequence[Claim], faults: Faults) -> _Context:
    framework = read_framework(folder, settings.frame.statement_kinds, faults)
    cells = {cell.id for cell in framework}
    indicators = read_indicators(folder, settings.measures, cells, faults)
    entities = read_entities(folder, settings.frame, faults)
    actors = names_of(entities) | settings.frame.actor_groups
    words = Words(
        frame=settings.frame,
        claims={claim.id for claim in claims},
        indicators={indicator.id: indicator for indicator in indicators},
        framework=framework,
        actors=actors,
    )
    return _Context(
        statements=read_statements(folder, words, faults),
        events=read_events(folder, settings.frame, actors, faults),
        entities=entities,
        law=read_law(folder, faults),
        indicators=indicators,
        framework=framework,
    )


def _ids(claims: Sequence[Claim], context: _Context) -> dict[str, set[str]]:
    """Ids by the kind of row that hand/withheld.csv may name."""
    return {
        "claim": {claim.id for claim in claims},
        "event": {event.id for event in context.events},
        "statement": {statement.id for statement in context.statements},
    }


def _read_tables(
    folder: Folder, settings: _Settings, claims: Sequence[Claim], context: _Context, faults: Faults
) -> dict[str, Mapping[str, Any]]:
    groups = (claims, context.statements, context.events, context.law, context.indicators, context.framework)
    known = {record.id for group in groups for record in group}
    tables: dict[str, Mapping[str, Any]] = dict(read_account_tables(folder, known, faults))
    tables |= read_predictions(folder, tables, known, faults)
    tables["programme"] = settings.frame.table
    check_system_table(folder, known, faults)
    check_apart_table(folder, claims, settings.measures, faults)
    others = {file: table for file, table in folder.tables.items() if file not in SETTINGS and "/" not in file}
    return {file.removesuffix(".toml"): table for file, table in others.items()} | tables


def _hand(folder: Folder) -> dict[str, tuple[Mapping[str, str], ...]]:
    """The rows of hand/*.csv by stem, in an order that does not hang on the order in the file."""
    rows = sorted(
        (row for row in folder.every_row if row.file.startswith(HAND)), key=lambda row: tuple(row.cells.values())
    )
    stems = sorted({row.file for row in rows})
    return {Path(file).stem: tuple(row.cells for row in rows if row.file == file) for file in stems}


def _programme(
    settings: _Settings,
    claims: tuple[Claim, ...],
    context: _Context,
    tables: Mapping[str, Mapping[str, Any]],
    folder: Folder,
) -> Programme:
    frame = settings.frame
    return Programme(
        id=frame.id,
        title=frame.title,
        sender=frame.sender,
        window=frame.window,
        deadline=frame.deadline,
        constant_usd_year=frame.constant_usd_year,
        hosts=frame.hosts,
        places=frame.places,
        reports=frame.reports,
        sectors=frame.sectors,
        visa_classes=frame.visa_classes,
        measures=settings.measures,
        asserter_classes=settings.classes,
        asserters={judged.subject: judged.verdict for judged in settings.asserters},
        rates=settings.rates,
        prices=settings.prices,
        claims=claims,
        statements=context.statements,
        events=context.events,
        entities=context.entities,
        law=context.law,
        indicators=context.indicators,
        framework=context.framework,
        tables=tables,
        hand=_hand(folder),
        as_of=None,
        evidence_root=evidence_root(folder.every_row, folder.tables),
    )
