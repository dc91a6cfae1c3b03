"""The named other choices: what each would make of the leading figures, and how well each predicts what was said."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from tallystick.brief.document import Block, Column, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import answers, interval_of, leading, percent
from tallystick.brief.names import estimate_name
from tallystick.brief.prose import EIGHTY, alternative, cell, how_many, join, method, para, strong, tell
from tallystick.brief.words.rounding import significant
from tallystick.calibrate.stacking import TELLING
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.trust import Answer, Choice

TEN, SAME, LARGEST = (
    10,
    1.05,
    30.0,
)  # factors: whole numbers from ten on; as good as one; a log beyond which none is told
FAR = 0.25  # of an 80 % width: a choice that moves a median by as much is marked
MARK, ROUGH = " *", " (a hint only)"
ITSELF = "The account as it stands"
WEIGHT = (
    Column(title="Weight", align="right"),
    Column(title=join("If other sources had spoken (", EIGHTY, ")"), align="right"),
)


def choices(facts: Facts) -> Section | None:
    """None where a programme names no other choice."""
    if len(facts.choices) < 2:
        return None
    weighed = [one for one in facts.choices if one.weight is not None]
    blocks: list[Block] = [_asked(facts), _said(facts, weighed), _weights(facts, bool(weighed))]
    blocks += [table] if (table := _answers(facts)) is not None else []
    return Section(id="trust-choices", title="What else it could be", blocks=tuple(blocks))


def _asked(facts: Facts) -> Block:
    return para(
        "Some assumptions no published figure settles. For ",
        how_many(len(facts.choices) - 1, "other choice"),
        " the model was fitted again, and each was asked: how well does it predict what one origin says from all the "
        "others? All were asked about the same ",
        how_many(facts.choices[0].compared, "origin"),
        ": those that every choice hears, and that can be taken out of each without another fit.",
    )


def _said(facts: Facts, weighed: Sequence[Choice]) -> Block:
    bar = method(f"{exp(TELLING):.0f} times")
    if not weighed:
        return para(
            "No choice predicts the evidence clearly better or worse than the account does (we ask for ", bar, "), so "
            "none is given a weight: the evidence does not decide between them, and a reader may hold any.",
        )  # fmt: skip
    unweighed = len(facts.choices) - len(weighed)
    return para(
        "Weights are given where a choice predicts the evidence at least ", bar, " as well as the account, or as "
        "badly: those of the mixture that predicts best. They say which choice gets on with the evidence at hand, not "
        "which is true; the ranges show how much hangs on which sources happened to speak. ",
        *(_unweighed(unweighed) if unweighed else ()),
        "The account itself is averaged with none of them.",
    )  # fmt: skip


def _unweighed(number: int) -> Spans:
    verb, each = ("does", "it is a claim") if number == 1 else ("do", "each is a claim")
    return join(
        how_many(number, "choice", start=True), f" {verb} neither and cannot be weighed: {each} about the world that a "
        "reader may hold. ",
    )  # fmt: skip


def _weights(facts: Facts, weighed: bool) -> Table:
    """How well each choice predicts, and its weight where any has one."""
    columns = (
        Column(title="Choice", width=2.4),
        Column(title="Predicts the evidence", align="right"),
        *(WEIGHT if weighed else ()),
    )
    return Table(
        id="trust-choices",
        columns=columns,
        rows=tuple(_weight_row(one)[: len(columns)] for one in facts.choices),
        caption=join("How well each choice predicts what each origin says from all the others"),
        note=join(
            "Predicts: the joint density of what was said, against the account\u2019s.",
            " Weights: stacking. Ranges: origins drawn again with replacement." if weighed else "",
            ""
            if all(one.reliable for one in facts.choices)
            else " A hint only: that fit was computed from too few draws "
            "to settle; its figures are rough, and it is given no weight.",
        ),
    )


def _weight_row(one: Choice) -> tuple[Spans, ...]:
    name = strong(ITSELF) if not one.id else tell(one.name)
    foretells = join(method(factor(one.difference)), "" if one.reliable else ROUGH) if one.id else join("\u2013")
    if one.weight is None or one.lower is None or one.upper is None:
        return name, foretells, join("not weighed"), join("\u2013")
    return name, foretells, (method(percent(one.weight)),), (method(f"{percent(one.lower)} to {percent(one.upper)}"),)


def factor(difference: float) -> str:
    """A difference of log densities: "6 times as well", "2,000 times worse"."""
    times = exp(min(abs(difference), LARGEST))
    if times < SAME:
        return "as well"
    number = f"{significant(times, 2):,.0f}" if times >= TEN else f"{times:.1f}"
    return f"{number} times {'as well' if difference > 0 else 'worse'}"


def _answers(facts: Facts) -> Table | None:
    """Each leading figure under each choice."""
    others = [one for one in facts.choices if one.id]
    pairs = [pair for pair in leading(facts) if answers(facts, pair[0])]
    if not pairs:
        return None
    columns = (
        Column(title="Figure", width=1.5),
        Column(title="As it stands", align="right", width=1.2),
        *(Column(title=tell(one.name), align="right") for one in others),
    )
    rows = tuple(
        (
            tell(estimate_name(facts, e)),
            cell(e),
            *(_other(e, answers(facts, figure).get(one.id)) for one in others),
        )
        for figure, e in pairs
    )
    note = join(MARK.strip(), " The choice moves the median by more than a quarter of the ", EIGHTY, " interval.")
    caption = join("Leading figures under each choice: median and ", EIGHTY, " interval")
    return Table(id="trust-answers", columns=columns, rows=rows, caption=caption, note=note)


def _other(e: Estimate, answer: Answer | None) -> Spans:
    if answer is None:
        return join("\u2013")
    far = abs(answer.median - e.interval.median) > FAR * (e.interval.upper_80 - e.interval.lower_80)
    return join(alternative(e, interval_of(answer)), MARK if far else "")
