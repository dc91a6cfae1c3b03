"""Voices that agree on one figure on which the account hangs: they may be one source behind several names."""

from __future__ import annotations

from tallystick.brief.chapters.trust_leans import signed
from tallystick.brief.document import Block, Column, Figure, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.names import label_name
from tallystick.brief.prose import EIGHTY, attributed, how_many, join, listed, method, para, tell
from tallystick.brief.words.numbers import plain, span
from tallystick.brief.words.rounding import significant
from tallystick.brief.words.units import complete, number_in, parse
from tallystick.calibrate.blocs import ALIKE, APART, HALF, OUTSIDE
from tallystick.vocab.trust import Bloc


def blocs(facts: Facts) -> Section | None:
    """None where nothing was asked of a fit."""
    if not facts.silenced and not facts.blocs:
        return None
    flagged = [one for one in facts.blocs if one.flagged]
    blocks: tuple[Block, ...] = (_asked(facts, len(flagged)), *([_table(facts, flagged)] if flagged else []))
    return Section(id="trust-blocs", title="Who says the same", blocks=blocks)


def _asked(facts: Facts, flagged: int) -> Block:
    return para(
        "A copy is counted once, but several origins that agree may still be one source behind several names. Groups "
        "of three or more that give one figure for one place and time, within a quarter, were therefore taken out "
        "together. ",
        how_many(len(facts.blocs), "such group was", "such groups were", start=True),
        " found. ",
        how_many(flagged, "is", "are", start=True) if flagged else "None is",
        " flagged. A flag says that an estimate moves by more than half of its ",
        EIGHTY,
        " interval without the group, that all other evidence speaks against its figure, that it agrees more closely "
        "than separate voices of such classes would and stands apart from all others, or that so much hangs on it that "
        "its weight cannot be told. It is a reason to read the passages again; good witnesses of a surprise have one "
        "too, and nothing was left out for it.",
    )


def _table(facts: Facts, flagged: list[Bloc]) -> Table:
    columns = (
        Column(title="Who agrees", width=3),
        Column(title="Their figure", width=1.6),
        Column(title="What moves most without them", width=2),
        Column(title="How far it moves, against the width of the interval", align="right", width=1.6),
        Column(title="Why it is flagged", width=2),
    )
    return Table(id="trust-blocs", columns=columns, rows=tuple(_row(facts, one) for one in flagged))


def _row(facts: Facts, one: Bloc) -> tuple[Spans, ...]:
    agree = listed(attributed(facts.claims[id]) for id in one.claims)
    move = signed(one.move).lstrip("+") + ("" if one.reliable else " or more")
    return (
        agree,
        _beside_others(one),
        tell(label_name(facts, one.on)),
        join(method(move)),
        listed(_reasons(one), "and", "; "),
    )


def _beside_others(one: Bloc) -> Spans:
    """ "0.66 of what the other evidence suggests"."""
    word = "of" if one.factor < 1 else "times"
    unit = parse(one.unit)
    said = Figure(complete(span(*(number_in(end, unit) for end in (one.low, one.high))), unit, one.high), one.claims)
    return join(said, ": ", method(plain(significant(one.factor, 2))), f" {word} what the other evidence suggests")


def _reasons(one: Bloc) -> list[Spans]:
    """Which of the reasons for a flag a group gives."""
    found = {
        "an estimate moves by more than half of its interval": one.move > HALF,
        "all other evidence speaks against the figure": one.tail < OUTSIDE,
        "it agrees more closely than separate voices would": one.alike < ALIKE and one.tail < APART,
        "so much hangs on it that its weight cannot be told": not one.reliable,
    }
    return [join(words) for words, holds in found.items() if holds]
