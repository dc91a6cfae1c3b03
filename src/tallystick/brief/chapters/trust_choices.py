"""The named other choices: what each would make of the leading figures, and how likely it makes what was said."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from tallystick.brief.chapters.base import marked
from tallystick.brief.chapters.trust_leans import dagger, origin_words
from tallystick.brief.document import Block, Column, Details, Neutral, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.leading import answers, interval_of, large, others, percent, torn
from tallystick.brief.names import estimate_name
from tallystick.brief.prose import EIGHTY, alternative, attributed, how_many, join, listed, method, para, strong, tell
from tallystick.brief.unknowns import counts_of, near_choice, sides
from tallystick.brief.words.grammar import quoted
from tallystick.brief.words.rounding import significant
from tallystick.calibrate.stacking import SURE, TELLING
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.trust import Answer, Choice, Leading

TEN, LARGEST = 10, log(1e4)  # whole numbers from ten on; a log beyond which no number is told
CLOSE = 2.0  # times as likely, or as unlikely: below, no choice is named as the nearest
FAR = 0.25  # of an 80 % width: a choice that moves a median by as much is marked
NAMED = 3  # origins told that could not be asked
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
    first, rest = (_answers(facts, pairs) for pairs in (large(facts), others(facts)))
    blocks += [first] if first is not None else []
    blocks += [Details(join("The other headline figures under each choice"), (rest,))] if rest is not None else []
    return Section(id="trust-choices", title="What else it could be", blocks=tuple(blocks))


def _asked(facts: Facts) -> Block:
    return para(
        "Some assumptions no published figure settles. For ",
        how_many(len(facts.choices) - 1, "other choice"),
        " the model was fitted again, and each was asked how likely it makes what one origin says, given all the "
        "others. All whose fit settled were asked about the same ",
        Neutral(f"{facts.choices[0].compared:,}", "count"),
        " of ",
        how_many(_all_origins(facts), "origin"),
        ": those that each of them hears, and that can be taken out of each without another fit.",
    )


def _all_origins(facts: Facts) -> int:
    return len({one.voice for one in facts.account.observations})


def _not_asked(facts: Facts) -> Spans:
    """How many origins could not be asked, and which of them leave most open."""
    rest = _all_origins(facts) - facts.choices[0].compared
    if rest <= 0:
        return ()
    return join(
        "Whether all the evidence together would decide is not known: ", how_many(rest, "other origin"),
        " could not be asked", *_hardest(facts), ". ",
    )  # fmt: skip


def _hardest(facts: Facts) -> Spans:
    """The origins on which the choices seem to differ most, where these could not be asked."""
    found = [origin_words(facts, one) for one in torn(facts)[:NAMED]]
    if not found:
        return ()
    return join(", among them those on which the choices seem to differ most: ", *listed(found, "and", "; "))


def _said(facts: Facts, weighed: Sequence[Choice]) -> Block:
    bar = method(f"{exp(TELLING):.0f} times")
    why = join(
        "A difference counts only from ", bar, " as likely, or as unlikely: below that bar, which was set for all "
        "choices alike, such comparisons cannot even be relied on to say which of two is the better. ",
    )  # fmt: skip
    if not weighed:
        return para(
            *why, "None reaches it, so none is given a weight: on what was asked the evidence does not decide between "
            "them. ", *_not_asked(facts), *_nearest(facts), "Where they differ, quote both.",
        )  # fmt: skip
    unweighed = len(facts.choices) - len(weighed)
    return para(
        *why, "Those that reach it are given weights: those of the mixture that makes the evidence likeliest. Weights "
        "say which choice gets on with the evidence at hand, not which is true; the ranges show how much hangs on "
        "which sources happened to speak. ",
        *(_unweighed(unweighed) if unweighed else ()),
        *_not_asked(facts),
        "The account itself is averaged with none of them.",
    )  # fmt: skip


def _nearest(facts: Facts) -> Spans:
    """The choice that comes nearest to the bar, from above or below, as long as none reaches it."""
    told = [one for one in facts.choices if one.id and one.difference is not None]
    nearest = max(told, key=lambda one: abs(one.difference or 0.0), default=None)
    if nearest is None or abs(nearest.difference or 0.0) < log(CLOSE):
        return ()
    times = method(ranged(nearest))
    return join(
        "Nearest to it is ", tell(quoted(nearest.name)), ": ", times, " times as likely. ", *_apart(facts, nearest)
    )


def _apart(facts: Facts, nearest: Choice) -> Spans:
    """Where the account is close to another choice in one number, the counts behind that which could not be asked."""
    asked = {one.origin for one in nearest.foretold if one.compared}
    voices = {one.claim: one.voice for one in facts.account.observations}
    return join(*(
        join(near_choice(facts, near), ", and the counts behind that are not among the origins asked: ",
             listed(missing), ". ")
        for one, near in sides(facts) if near != nearest.name
        if (missing := [attributed(each) for each in counts_of(facts, one) if voices[each.id] not in asked])
    ))  # fmt: skip


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
        Column(title="The evidence is, times as likely as under the account", align="right", width=1.4),
        *(WEIGHT if weighed else ()),
    )
    return Table(
        id="trust-choices",
        columns=columns,
        rows=tuple(_weight_row(one)[: len(columns)] for one in facts.choices),
        caption=join("How likely each choice makes what each of these origins says, given all the others"),
        note=join(
            method("1"), ": as likely as under the account; above, likelier. In brackets, how far chance in the "
            "computation reaches: ", method("two standard errors"), " either way. Each origin stands in the data file "
            "choices-by-origin.",
            " Ranges of weights: when origins are drawn again by lot." if weighed else "",
            ""
            if all(one.reliable for one in facts.choices)
            else " A hint only: that fit was computed from too few draws "
            "to settle; it is not compared, its figures are rough, and it is given no weight.",
        ),
    )  # fmt: skip


def _weight_row(one: Choice) -> tuple[Spans, ...]:
    name = strong(ITSELF) if not one.id else tell(one.name)
    foretells = join("\u2013", ROUGH) if one.difference is None else (method(ranged(one)),)
    if one.weight is None or one.lower is None or one.upper is None:
        return name, foretells, join("not weighed"), join("\u2013")
    return name, foretells, (method(percent(one.weight)),), (method(f"{percent(one.lower)} to {percent(one.upper)}"),)


def ranged(one: Choice) -> str:
    """How many times as likely, and what SURE Monte Carlo errors of the logarithm make of it: "0.22 (0.1 to 0.5)"."""
    difference, reach = one.difference or 0.0, SURE * (one.error or 0.0)
    low, high = likelihood(difference - reach), likelihood(difference + reach)
    middle = likelihood(difference)
    return middle if low == high else f"{middle} ({low} to {high})"


def likelihood(difference: float) -> str:
    """A difference of log densities as how many times as likely: "11", "0.5"; the extremes as bounds."""
    if abs(difference) > LARGEST:
        return f"above {exp(LARGEST):,.0f}" if difference > 0 else f"below {1 / exp(LARGEST):g}"
    times = significant(exp(difference), 2)
    return f"{times:,.0f}" if times >= TEN else f"{times:g}"


def _answers(facts: Facts, wanted: Sequence[tuple[Leading, Estimate]]) -> Table | None:
    """Each of these leading figures under each choice."""
    named = [one for one in facts.choices if one.id]
    pairs = [pair for pair in wanted if answers(facts, pair[0])]
    if not pairs:
        return None
    part = "" if pairs[0] in large(facts) else "-others"
    columns = (
        Column(title="Figure", width=1.5),
        Column(title="As it stands", align="right", width=1.2),
        *(Column(title=tell(one.name), align="right") for one in named),
    )
    rows = tuple(
        (
            tell(estimate_name(facts, e)),
            marked(facts, e),
            *(_other(e, answers(facts, figure).get(one.id)) for one in named),
        )
        for figure, e in pairs
    )
    note = join(MARK.strip(), " The choice moves the median by more than a quarter of the ", EIGHTY, " interval. ",
                *dagger(facts, [e for _, e in pairs]))  # fmt: skip
    caption = join("Leading figures under each choice: median and ", EIGHTY, " interval")
    return Table(id=f"trust-answers{part}", columns=columns, rows=rows, caption=caption, note=note)


def _other(e: Estimate, answer: Answer | None) -> Spans:
    if answer is None:
        return join("\u2013")
    far = abs(answer.median - e.interval.median) > FAR * (e.interval.upper_80 - e.interval.lower_80)
    return join(alternative(e, interval_of(answer)), MARK if far else "")
