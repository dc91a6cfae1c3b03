"""The programme's own rules for what a claim is good for, read from its `reconcile.toml`.

Kept apart from the code that applies them: a second programme has other regions, other sectors and other tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tallystick.reconcile.rounding import Rounding, rounding_of
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

TABLE = "reconcile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """How a region's name is to be read: as the whole of the claim's host, or of the model's `host` if it names one."""

    whole: bool = False
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one programme; each `reasons_...` maps to the sentence that a reader gets."""

    reasons_measure: Mapping[str, str] = field(default_factory=dict)  # measure id -> why it is context
    reasons_object: Mapping[str, str] = field(default_factory=dict)  # object of a measure -> why out of scope
    reasons_sector: Mapping[str, str] = field(default_factory=dict)  # sector -> why out of scope
    scope_measures: Mapping[str, str] = field(default_factory=dict)  # measure id -> why out of scope
    regions: Mapping[str, Region] = field(default_factory=dict)
    report_by_claim: Mapping[str, str] = field(default_factory=dict)
    table_by_measure: Mapping[str, str] = field(default_factory=dict)
    focus_only: Mapping[str, str] = field(default_factory=dict)  # measure id -> why it is context elsewhere
    units_left_out: Mapping[str, str] = field(default_factory=dict)  # unit -> why a rate in it is context
    rounding: Rounding = field(default_factory=Rounding)  # none where the programme states no grid
    taken_for_workers: frozenset[str] = frozenset()  # measures that readers take for one number of people
    not_fitted: frozenset[str] = frozenset()  # TOML files that no fit reads

    def report_of(self, claim: Claim) -> str:
        """The table or briefing that the figure comes from: figures with the same key may share an error."""
        if claim.id in self.report_by_claim:
            return self.report_by_claim[claim.id]
        if claim.measure in self.table_by_measure:
            year = claim.end.year if claim.end else ""
            return f"{self.table_by_measure[claim.measure]}|{claim.host}|{year}"
        return f"{claim.asserted_by}|{claim.asserted_earliest}|{claim.asserted_latest}"

    def table_of(self, claim: Claim) -> str:
        """Whose windows nest: those of one table, else those of one asserter."""
        return self.table_by_measure.get(claim.measure, claim.asserted_by)


def rules_of(programme: Programme) -> Rules:
    """The rules in the programme's `reconcile.toml`; none of them where it has no such file."""
    table: Mapping[str, Any] = programme.tables.get(TABLE, {})
    scope, reports = table.get("out_of_scope", ()), table.get("report", ())
    return Rules(
        reasons_measure={name: entry["reason"] for entry in table.get("context", ()) for name in entry["measures"]},
        reasons_object={name: entry["reason"] for entry in scope for name in entry.get("objects", ())},
        reasons_sector={name: entry["reason"] for entry in scope for name in entry.get("sectors", ())},
        scope_measures={name: entry["reason"] for entry in scope for name in entry.get("measures", ())},
        regions={entry["name"]: _region(entry) for entry in table.get("region", ())},
        report_by_claim={name: entry["id"] for entry in reports for name in entry.get("claims", ())},
        table_by_measure={name: entry["id"] for entry in reports for name in entry.get("measures", ())},
        focus_only={name: entry["reason"] for entry in table.get("focus_only", ()) for name in entry["measures"]},
        units_left_out={entry["unit"]: entry["reason"] for entry in table.get("unit", ())},
        rounding=rounding_of(table.get("rounding", {}), programme.asserter_classes),
        taken_for_workers=frozenset(table.get("taken_for_workers", {}).get("measures", ())),
        not_fitted=frozenset(table.get("not_fitted", {}).get("tables", ())),
    )


def fitted_tables(programme: Programme, rules: Rules) -> dict[str, Mapping[str, Any]]:
    """The TOML files that a fit may read."""
    return {name: table for name, table in programme.tables.items() if name not in rules.not_fitted}


def keys_of(value: object) -> set[str]:
    """Every key in nested tables: a model may set apart one claim by its name."""
    if isinstance(value, Mapping):
        return {str(key) for key in value} | {name for each in value.values() for name in keys_of(each)}
    if isinstance(value, list | tuple):
        return {name for each in value for name in keys_of(each)}
    return set()


def _region(entry: Mapping[str, Any]) -> Region:
    return Region(whole=entry.get("whole", False), host=entry.get("host", ""))
