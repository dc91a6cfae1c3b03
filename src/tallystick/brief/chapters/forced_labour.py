"""Forced labour by two limbs in three phases, and the eleven indicators beneath as clues."""

from __future__ import annotations

from tallystick.assess.controls import Control
from tallystick.assess.forced_labour import Cell, Conclusion
from tallystick.assess.indicators import Clue
from tallystick.brief.chapters.base import caution
from tallystick.brief.chapters.law import OUTCOME_WORDS
from tallystick.brief.document import (
    Block,
    Bullets,
    Card,
    Cards,
    Chapter,
    Column,
    Details,
    Emph,
    Neutral,
    Section,
    Spans,
    Table,
)
from tallystick.brief.facts import Facts
from tallystick.brief.prose import how_many, join, listed, para, refs, tell
from tallystick.brief.words.grammar import capital, stop

LIMBS = {"involuntariness": "Involuntariness", "menace_of_penalty": "Menace of a penalty"}
NONE = "\u2013"
PHASES = {"recruitment": "recruitment", "work_and_life": "work and life", "leaving": "leaving"}


def forced_labour(facts: Facts) -> Chapter:
    found = facts.assessment.forced_labour
    return Chapter(
        id="forced-labour",
        title="Forced labour and its indicators",
        standfirst=join(
            "Two things must come together for the same people: work that is not offered voluntarily, and a "
            "penalty that hangs "
            "over refusing it. Neither alone is a finding, and indicators are not votes.",
        ),
        blocks=(_how_to_read(facts), Cards(tuple(_conclusion(facts, c) for c in found.conclusions))),
        sections=tuple(
            s for s in (_cells(facts), _controls(facts), _indicators(facts), _limits(facts)) if s is not None
        ),
    )


def _how_to_read(facts: Facts) -> Block:
    return caution(
        "How to read this",
        para(
            "\u201cInconsistent\u201d here means: what is reported does not fit work freely offered. That takes both "
            "limbs, each by two separate origins that say more than a bare condition, for the same people; a single "
            "limb gets no word. Origins are told apart; that they are independent of each other is not shown. "
            "Poverty behind a wish for the job, a border that a "
            "State closed, "
            "and a bad condition that no report says was imposed fill no cell. Consent at the start settles "
            "nothing later.",
            facts.says("forced_labour_reach", before=" "),
        ),
    )


def _conclusion(facts: Facts, c: Conclusion) -> Card:
    verb = "speaks" if c.origins_of_both == 1 else "speak"
    same = "; that the same people are meant is not shown" if c.origins_of_both else ""
    counts = para(how_many(c.origins_of_both, "separate origin", start=True), f" {verb} of both limbs{same}.")
    rests = (para("Rests on ", refs(facts, c.statements), "."),) if c.statements else ()
    return Card(
        title=tell(capital(c.name)),
        body=(para(tell(stop(c.because))), counts, *rests),
        tag=OUTCOME_WORDS[c.outcome],
        tone=c.outcome,
        id=f"forced-labour-{c.cohort}",
    )


def _cells(facts: Facts) -> Section:
    found = facts.assessment.forced_labour
    blocks: list[Block] = []
    for conclusion in found.conclusions:
        cells = [cell for cell in found.cells if cell.cohort == conclusion.cohort]
        table = _cell_table(facts, conclusion, cells)
        blocks.append(Details(join(capital(conclusion.name), ": limbs and phases"), (table,)))
    return Section(id="forced-labour-cells", title="The six cells", blocks=tuple(blocks))


def _cell_table(facts: Facts, conclusion: Conclusion, cells: list[Cell]) -> Table:
    columns = (
        Column(title="Limb and phase", width=1.7),
        Column(title="Outcome", width=1.1),
        Column(title="Separate origins", width=1.1),
        Column(title="Spoken to", width=2.2),
        Column(title="Statements", width=2.2),
    )
    rows = tuple(_cell_row(facts, cell) for cell in cells)
    return Table(id=f"cells-{conclusion.cohort}", columns=columns, rows=rows)


def _cell_row(facts: Facts, cell: Cell) -> tuple[Spans, ...]:
    origins = f"{cell.origins_for} for, {cell.origins_against} against, {cell.origins_mixed} leave it open"
    return (
        join(f"{LIMBS.get(cell.limb, cell.limb)}: {PHASES.get(cell.phase, cell.phase)}"),
        (Emph(OUTCOME_WORDS[cell.outcome], strong=cell.outcome == "inconsistent"),),
        (Neutral(origins, "count"),),
        tell(stop(cell.because)),
        refs(facts, cell.statements),
    )


def _controls(facts: Facts) -> Section | None:
    """Controls as rows describe them; how strict any is, and what it does, is nowhere."""
    controls = facts.assessment.controls
    if not controls:
        return None
    columns = (
        Column(title="Control, as said", width=1.6),
        Column(title="Of people", width=1.3),
        Column(title="Separate origins", align="right", width=0.8),
        Column(title="Question it may bear on (not answered)", width=1.4),
        Column(title="Indicators", width=1.4),
        Column(title="Statements", width=1.5),
    )
    lead = para(
        "What is said of control, one line for each control and group of people. Whether any of it was a penalty for "
        "refusing or leaving is left open. Origins are counted as in the cells, of one group at a time, and never "
        "added up; two of one line may speak of different years and different people, and then confirm nothing of each "
        "other. How strict a control is and what it changes is not estimated."
    )
    rows = tuple(_control(facts, each) for each in controls)
    table = Table(id="controls-by-kind", columns=columns, rows=rows)
    return Section(id="forced-labour-controls", title="What is said of control", blocks=(lead, table))


def _control(facts: Facts, each: Control) -> tuple[Spans, ...]:
    frames = {frame.id: frame for frame in facts.programme.framework}
    cells = [
        join(f"{LIMBS.get(one.limb, one.limb)}: {PHASES.get(one.phase, one.phase)} (", refs(facts, [one.id]), ")")
        for one in (frames[id] for id in each.cells)
    ]
    names = {clue.id: clue.name for clue in facts.assessment.indicators}
    indicators = [join(f"{names[id]} (", refs(facts, [id]), ")") for id in each.indicators]
    return (
        tell(capital(each.name)),
        tell(each.group_name or "of no one group"),
        (Neutral(str(each.origins), "count"),),
        listed(cells) if cells else join(NONE),
        listed(indicators) if indicators else join(NONE),
        refs(facts, each.statements),
    )


def _indicators(facts: Facts) -> Section:
    columns = (
        Column(title="Indicator", width=1.5),
        Column(title="Separate origins that say what it asks", width=1.1),
        Column(title="What that means", width=1.5),
        Column(title="What it does not cover", width=2.3),
        Column(title="Statements", width=2.1),
    )
    clues = facts.assessment.indicators
    silent = [c for c in clues if not c.statements]
    lead = para(
        "Each is a clue and no verdict. Counted are separate origins (independence not shown), not rows, and only "
        "where a row says what the indicator asks; they are not added up. Two origins of different years "
        "or people do not confirm each other. For ",
        how_many(len(silent), "indicator"),
        " no public statement does, which is silence and not absence.",
    )
    table = Table(id="indicators-list", columns=columns, rows=tuple(_clue(facts, clue) for clue in clues))
    return Section(id="indicators", title="The indicators, as clues", blocks=(lead, table))


def _clue(facts: Facts, clue: Clue) -> tuple[Spans, ...]:
    return (
        join(clue.name),
        _origins_of(clue),
        tell(clue.said),
        tell(stop(clue.limits)) if clue.limits else (),
        refs(facts, clue.statements),
    )


def _origins_of(clue: Clue) -> Spans:
    """Origins that say what an indicator asks; those that say the contrary only where there are any."""
    number = join(how_many(clue.origins_for, "origin") if clue.origins_for else "none")
    return join(number, "; ", how_many(clue.origins_against, "origin"), " against") if clue.origins_against else number


def _limits(facts: Facts) -> Section:
    items = tuple(tell(stop(text)) for text in facts.assessment.forced_labour.limits)
    return Section(
        id="forced-labour-limits", title="Limits of this evidence", blocks=(Bullets(items),) if items else ()
    )
