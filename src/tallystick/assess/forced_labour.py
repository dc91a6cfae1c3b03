"""Two limbs across three phases, by cohort: involuntariness and the menace of a penalty, as coded statements have it.

A cell gathers the statements coded to one limb in one phase for the people of one cohort. It counts separate
origins and not rows, and needs two of them. No cell and no limb alone is a verdict: forced labour needs both limbs
for the same people. What does not fill a cell: poverty behind a wish for the job, a border that a State closed, and
a bad condition that no row says was imposed. A row that contradicts nothing (a wish for the job, an element of
poverty) speaks against nothing: it leaves the cell open.

The words, here:

    inconsistent    with work freely offered: both limbs are supported, as described, for the same people, and unopposed
    undetermined    everything else: a single limb gets no word, however many origins speak to it
    not_applicable  the people of the cohort did not exist yet on the last day of the evidence

`consistent` is not among them: no row says of everybody that nothing was imposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tallystick.assess.conclude import counted, in_words
from tallystick.assess.finding import MIN_ORIGINS, Outcome, Period, sentences
from tallystick.assess.obligations import Readings, fault
from tallystick.assess.origins import independent
from tallystick.assess.spans import span
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import FrameworkCell, Statement

LIMBS = ("involuntariness", "menace_of_penalty")
NOTHING = "No row read speaks of how these people were treated: that is silence and not absence."
EARLY = "No such person yet: the evidence ends before there were people of this cohort."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """People of one period."""

    id: str
    name: str
    period: Period

    def holds(self, statement: Statement) -> bool:
        """Whether the statement speaks of these people: its whole period inside theirs."""
        return self.period.contains(*span(statement.period))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One limb in one phase for one cohort, with separate origins for, against and leaving it open."""

    id: str  # of the framework
    cohort: str
    limb: str
    phase: str
    outcome: Outcome
    because: str
    origins_for: int
    origins_imposed: int  # of those for: with at least one row that is more than a bare condition
    origins_beyond_doubt: int  # of those: with at least one such row that can be read in one way only
    origins_against: int
    origins_mixed: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What the cells of one cohort come to, and no more than that.

    origins_of_both: separate origins that speak of both limbs for the same people.
    """

    cohort: str
    name: str
    outcome: Outcome
    because: str
    origins_of_both: int
    first_hand: int  # of the origins in any cell: resting on people inside the system
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcedLabour:
    """Cells and conclusions by cohort, with the limits of the evidence as sentences."""

    cells: tuple[Cell, ...]
    conclusions: tuple[Conclusion, ...]
    limits: tuple[str, ...]

    def conclusion(self, cohort: str) -> Conclusion:
        """The conclusion on one cohort; KeyError when there is none."""
        return {found.cohort: found for found in self.conclusions}[cohort]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """How rows are to be read: which say only how it was, and which reports rest on people inside."""

    bare_kinds: tuple[str, ...]
    bare_statements: tuple[str, ...]
    doubtful: tuple[str, ...]  # how the remark begins on rows that may be read as imposed or as agreed
    first_hand: tuple[str, ...]  # report ids
    origin_of: Mapping[str, str]  # claim -> origin

    def bare(self, statement: Statement) -> bool:
        """Whether the row states a condition and leaves open whether it was imposed."""
        return statement.kind in self.bare_kinds or statement.id in self.bare_statements

    def beyond_doubt(self, statement: Statement) -> bool:
        """Whether the row says more than a condition and can be read in one way only."""
        return not self.bare(statement) and not statement.note.startswith(self.doubtful)


def cohorts(readings: Readings) -> tuple[Cohort, ...]:
    """The cohorts that the programme's readings name."""
    rows = _table(readings).get("cohort", [])
    return tuple(Cohort(id=row["id"], name=row["name"], period=readings.periods[row["period"]]) for row in rows)


def forced_labour(
    programme: Programme, readings: Readings, origin_of: Mapping[str, str], horizon: date
) -> ForcedLabour:
    """The six cells and the conclusion for every cohort."""
    table = _table(readings)
    coding = Coding(
        bare_kinds=tuple(table["bare_kinds"]),
        bare_statements=tuple(row["statement"] for row in table.get("bare", ())),
        doubtful=tuple(row["remark"] for row in table.get("doubtful", ())),
        first_hand=tuple(row["id"] for row in table.get("report", ()) if row["first_hand"]),
        origin_of=origin_of,
    )
    cells: list[Cell] = []
    conclusions = []
    for cohort in cohorts(readings):
        rows = tuple(s for s in programme.statements if s.framework_limbs and cohort.holds(s))
        early = cohort.period.start is not None and cohort.period.start > horizon
        mine = tuple(cell(frame, cohort, rows, coding, early=early) for frame in programme.framework)
        found = conclusion(cohort, mine, rows, coding, early=early)
        cells.extend(_worded(each, found) for each in mine)
        conclusions.append(found)
    return ForcedLabour(cells=tuple(cells), conclusions=tuple(conclusions), limits=tuple(table["limits"]))


def _table(readings: Readings) -> Mapping[str, Any]:
    table = readings.table.get("forced_labour")
    if not isinstance(table, dict):
        raise fault("is missing", "forced_labour", "the two limbs need their cohorts and limits")
    return table


def bearing(statement: Statement, limb: str, phase: str) -> str | None:
    """How a statement bears on one cell; None when it does not."""
    coded = zip(statement.framework_limbs, statement.framework_phases, statement.framework_bearings, strict=True)
    return next((how for on, when, how in coded if (on, when) == (limb, phase)), None)


def cell(
    frame: FrameworkCell, cohort: Cohort, rows: Iterable[Statement], coding: Coding, *, early: bool = False
) -> Cell:
    """One limb in one phase for one cohort."""
    mine = [(statement, _speaks(statement, frame.limb, frame.phase)) for statement in rows]
    supports = [s for s, how in mine if how == "supports"]
    counts = {
        "origins_for": len(independent(supports, coding.origin_of)),
        "origins_imposed": _with_one(supports, lambda s: not coding.bare(s), coding),
        "origins_beyond_doubt": _with_one(supports, coding.beyond_doubt, coding),
        "origins_against": len(independent((s for s, how in mine if how == "contradicts"), coding.origin_of)),
        "origins_mixed": len(independent((s for s, how in mine if how == "mixed"), coding.origin_of)),
    }
    outcome: Outcome = "undetermined"
    because = _cell_said(**counts)
    if early:
        outcome, because = "not_applicable", EARLY
    return Cell(
        id=frame.id,
        cohort=cohort.id,
        limb=frame.limb,
        phase=frame.phase,
        outcome=outcome,
        because=because,
        statements=tuple(s.id for s, how in mine if how is not None),
        **counts,
    )


def _speaks(statement: Statement, limb: str, phase: str) -> str | None:
    """How a row bears on a cell; one that contradicts nothing by itself leaves the cell open."""
    how = bearing(statement, limb, phase)
    return "mixed" if how == "contradicts" and statement.supports_or_contradicts != "contradicts" else how


def supported(found: Cell) -> bool:
    """Whether a cell would carry its limb: two origins beyond doubt, and none against."""
    return found.origins_beyond_doubt >= MIN_ORIGINS and not found.origins_against


def _worded(found: Cell, both: Conclusion) -> Cell:
    """A cell that carries its limb gets the word of the conclusion only where both limbs hold for these people."""
    if both.outcome == "inconsistent" and supported(found):
        return replace(found, outcome="inconsistent")
    return found


def _with_one(rows: Iterable[Statement], fits: Callable[[Statement], bool], coding: Coding) -> int:
    """Origins with at least one row that fits."""
    chosen = list(rows)
    fitting = {s.id for s in chosen if fits(s)}
    return sum(1 for group in independent(chosen, coding.origin_of) if fitting.intersection(group))


def _cell_said(
    *, origins_for: int, origins_imposed: int, origins_beyond_doubt: int, origins_against: int, origins_mixed: int
) -> str:
    """How many origins speak to a cell, and what that leaves open; never a verdict."""
    spoken = origins_for + origins_against
    if not spoken:
        return "The rows leave it open: none speaks for it or against it." if origins_mixed else "Silent: no row."
    told = f"Spoken to by {_origins(origins_for)}" if origins_for else "Spoken to by none"
    if origins_against:
        return f"{told}, and against it by {_origins(origins_against)}; they are not counted against each other."
    return sentences([f"{told}.", _weakness(origins_imposed, origins_beyond_doubt)])


def _weakness(imposed: int, beyond_doubt: int) -> str:
    """What the rows behind a cell do not say."""
    if not imposed:
        return "The rows state a bad condition and leave open whether it could be refused."
    if beyond_doubt < imposed:
        number = in_words(beyond_doubt) if beyond_doubt else "none"
        return f"Of those, {number} by rows that cannot be read otherwise."
    return f"Of those, {in_words(imposed)} with more than a bare condition."


def _origins(number: int) -> str:
    return counted(number, "separate origin", "separate origins")


def conclusion(
    cohort: Cohort, cells: tuple[Cell, ...], rows: Iterable[Statement], coding: Coding, *, early: bool = False
) -> Conclusion:
    """Both limbs for the same people, or nothing."""
    used = {name for found in cells for name in found.statements}
    chosen = [s for s in rows if s.id in used]
    both = _origins_of_both(chosen, coding)
    outcome, because = _both_limbs(cells)
    if not chosen:
        because = NOTHING
    if early:
        outcome, because = "not_applicable", EARLY
    inside = [group for group in independent(chosen, coding.origin_of) if _first_hand(group, chosen, coding)]
    return Conclusion(
        cohort=cohort.id,
        name=cohort.name,
        outcome=outcome,
        because=because,
        origins_of_both=both,
        first_hand=len(inside),
        statements=tuple(s.id for s in chosen),
    )


def _both_limbs(cells: tuple[Cell, ...]) -> tuple[Outcome, str]:
    met = {limb: [c for c in cells if c.limb == limb and supported(c)] for limb in LIMBS}
    if all(met.values()):
        return "inconsistent", "Both limbs are supported, each by two or more separate origins, for the same people."
    return "undetermined", _missing(met)


def _missing(met: Mapping[str, list[Cell]]) -> str:
    """Which limb lacks support, in words; a limb that has it is no finding."""
    words = {"involuntariness": "involuntariness", "menace_of_penalty": "the menace of a penalty"}
    without = [words[limb] for limb in LIMBS if not met[limb]]
    having = [words[limb] for limb in LIMBS if met[limb]]
    lacking = f"For {without[0]}" if having else f"For neither {' nor '.join(without)}"
    no = "no two separate origins say" if having else "do two separate origins say"
    return sentences(
        [
            f"{lacking} {no} more than a bare condition that can be read in one way only.",
            "This is a limit of the reports whose statements were coded, not of all that was published; it does not "
            "say that the work is free.",
            f"Support for {having[0]} alone is no finding." if having else "",
        ]
    )


def _origins_of_both(rows: list[Statement], coding: Coding) -> int:
    """Origins that say, of the same people and beyond doubt, more than a bare condition on both limbs."""
    limbs: dict[str, set[str]] = {}
    for s in rows:
        coded = zip(s.framework_limbs, s.framework_bearings, strict=True)
        limbs[s.id] = {limb for limb, how in coded if how == "supports" and coding.beyond_doubt(s)}
    groups = independent(rows, coding.origin_of)
    return sum(1 for group in groups if set().union(*(limbs[name] for name in group)) >= set(LIMBS))


def _first_hand(group: tuple[str, ...], rows: list[Statement], coding: Coding) -> bool:
    return any(s.report in coding.first_hand for s in rows if s.id in group)
