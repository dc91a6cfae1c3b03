"""Used claims as the model sees them: one unit, closed days, a host of the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import isfinite

from tallystick.reconcile.disposition import Case
from tallystick.reconcile.money import USD, constant_usd, in_usd, is_money
from tallystick.reconcile.nesting import Rest
from tallystick.reconcile.records import Observation
from tallystick.reconcile.rounding import Cell
from tallystick.reconcile.time import FLOW, Window
from tallystick.vocab.errors import TallystickError
from tallystick.vocab.records import Bound, Claim

MONTHS_A_YEAR = 12
PER_MONTH, PER_YEAR = "/month", "/year"
RATE = "U"
Three = tuple[float | None, float | None, float | None]


def observation(claim: Claim, case: Case, rest: Rest | None = None) -> Observation:
    """The used `claim`, or the `rest` of it, as an observation; TallystickError where it cannot be one."""
    judged, window = case.judged.get(claim.id), rest.window if rest else case.window(claim)
    if window is None:
        hint = "give the row of hand/dispositions.csv a read_start and a read_end"
        raise TallystickError(f"{claim.id} is used, but its days are not known", hint=hint)
    kind = judged.read_as if judged and judged.read_as else claim.bound
    said = [judged.read_low, judged.read_high] if judged else []
    said = [rest.point] if rest else said if any(said) else [claim.low, claim.point, claim.high]
    numbers = _bounded(claim, kind, said)
    low, point, high = _each(numbers, lambda value: _normal(value, claim, window.middle.year, case))
    return Observation(
        claim=claim.id,
        origin=case.lineage.origin_of[claim.id],
        measure=judged.read_measure if judged and judged.read_measure else claim.measure,
        kind=kind,
        low=low,
        point=point,
        high=high,
        unit=_unit(claim, case),
        host=_host(claim, case),
        start=window.start,
        end=window.end,
        asserter_class=claim.asserter_class,
        region=claim.region,
        sector=claim.sector,
        sample=_is_rate(claim, case) and bool(claim.region or claim.sector),
        report=case.rules.report_of(claim),
        coverage=noted("coverage", claim.note),
        basis=noted("basis", claim.note),
        constant=_constant((low, point, high), claim, window.middle.year, case),
        undated=_undated(claim, window, case),
        cell=None if rest else _cell(claim, kind, window.middle.year, case),
    )


def _undated(claim: Claim, window: Window, case: Case) -> bool:
    """A figure of a level that names no day: it was true of one in the window, not of the mean of them all."""
    if claim.start or claim.end or case.programme.measures[claim.measure].kind == FLOW:
        return False
    return window.basis in ("judged", "asserted")


def _cell(claim: Claim, kind: Bound, year: int, case: Case) -> Cell | None:
    """What would have been rounded to a point that is read as one. Found in the claim's unit, where it is round."""
    if kind != "point" or claim.point is None:
        return None
    found = case.rules.rounding.cell(claim.point, claim.asserter_class, claim.hedge)
    return found and (_normal(found[0], claim, year, case), _normal(found[1], claim, year, case))


def noted(name: str, note: str) -> str:
    """The value of `name=...;` at the head of a note, "" where there is none."""
    match = re.search(rf"(?:^|;)\s*{name}=([^;]*)", note)
    return match.group(1).strip() if match else ""


def _bounded(claim: Claim, kind: Bound, said: Sequence[float | None]) -> Three:
    """The numbers in the fields that `kind` fills."""
    stated = [value for value in said if value is not None]
    numbers: dict[Bound, Three] = {
        "point": (None, sum(stated) / len(stated), None),
        "at_least": (min(stated), None, None),
        "up_to": (None, None, max(stated)),
        "range": (min(stated), None, max(stated)),
    }
    if not all(isfinite(value) and value > 0 for value in stated):
        hint = "make it context in hand/dispositions.csv"
        raise TallystickError(f"{claim.id} is used, but {stated} is not above zero", hint=hint)
    return numbers[kind]


def _host(claim: Claim, case: Case) -> str:
    """The model's host, or the country that stands for its share of one."""
    region = case.region(claim)
    if region is not None and region.host:
        return region.host
    known = case.programme.places.get(claim.host)
    if claim.host in case.programme.hosts or (known is not None and known.host):
        return claim.host
    hint = "give it a host in programme.toml, or make the claim context"
    raise TallystickError(f"{claim.id} is used, but {claim.host} belongs to no host of the model", hint=hint)


def _is_rate(claim: Claim, case: Case) -> bool:
    return case.programme.measures[claim.measure].kind == RATE


def _monthly(claim: Claim, case: Case) -> bool:
    """Pay and levies are per worker and month, whatever the source says; totals stay per year."""
    return is_money(claim.unit) and claim.unit.endswith(PER_YEAR) and _is_rate(claim, case)


def _normal(value: float, claim: Claim, year: int, case: Case) -> float:
    usd = in_usd(value, claim.unit, year, case.programme) if is_money(claim.unit) else value
    return usd / MONTHS_A_YEAR if _monthly(claim, case) else usd


def _unit(claim: Claim, case: Case) -> str:
    if not is_money(claim.unit):
        return claim.unit
    return USD + (PER_MONTH if _monthly(claim, case) else claim.unit[len(USD) :])


def _constant(numbers: Three, claim: Claim, year: int, case: Case) -> Three | None:
    if not is_money(claim.unit):
        return None
    return _each(numbers, lambda value: constant_usd(value, year, case.programme))


def _each(numbers: Three, change: Callable[[float], float]) -> Three:
    low, point, high = (None if value is None else change(value) for value in numbers)
    return low, point, high
