"""Would it have worked? What earlier evidence would have forecast, beside plain forecasts, whoever wins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp

from tallystick.brief.chapters.base import caution
from tallystick.brief.chapters.trust_scored import Claims, days_of, opens, scored_in
from tallystick.brief.document import Block, Column, Details, Figure, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, how_many, join, listed, method, para, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import capital
from tallystick.forecasts.figures import NUMBERED
from tallystick.forecasts.kept import Kept, Line
from tallystick.forecasts.refit import R_HAT_LIMIT
from tallystick.forecasts.score import FIGURES, LEVELS, OPEN, SHOCKS, SURE, Row
from tallystick.vocab.records import Claim

MAIN = "stated, all"
LINES = (0.65, 0.95)  # promise T8: what 80 % intervals may hold
PLAIN = {  # baselines as a reader meets them
    "latest": "the latest figure",
    "mean": "the mean of figures",
    "trend": "a straight line",
    "local level": "a level that drifts",
    "administrative": "the last record of an office",
}
GROUPS = {  # groups of figures as a reader meets them, where the name in the data says too little
    "heads": "numbers of people",
    "time": "hours, days and terms",
    "about a time before the cut": "already past on the day",
}
MEMBERS = {"system": "the model alone", "no_break": "the model without breaks"}
TABLES = {
    MAIN: "all days",
    "stated, named": "named days",
    "stated, half-yearly": "half-yearly days",
    "generic, all": "all days, an outsider\u2019s priors",
    "generic, named": "named days, an outsider\u2019s priors",
    "generic, half-yearly": "half-yearly days, an outsider\u2019s priors",
}


def backtest(facts: Facts) -> Section | None:
    """The kept backtest; None where a programme keeps none."""
    kept = facts.backtest
    if kept is None:
        return None
    whole, families, ahead = kept.tables[MAIN].overall, _rows(kept, "family"), _rows(kept, "horizon")
    blocks: list[Block] = [*_stale(facts, kept), *_unsettled(kept), *_said(facts, kept, whole)]
    blocks += [_held(facts, kept, [whole, *families]), _beside(facts, kept, [whole, *families])]
    blocks += [*_off(facts, kept, families), _ahead(facts, kept, ahead), _designs(facts, kept)]
    blocks += [*_limits(whole), _fold(facts, kept)]
    title = "Would it have worked? The account tried on its own past"
    return Section(id="trust-backtest", title=title, blocks=tuple(blocks))


def _rows(kept: Kept, by: str) -> list[Row]:
    return [row for row in kept.tables[MAIN].groups if row.by == by and row.n]


def _stale(facts: Facts, kept: Kept) -> tuple[Block, ...]:
    if facts.backtest_current:
        return ()
    return (
        caution(
            "This trial is of an earlier state",
            para(
                "It was made on ", date_of(dates.day(date.fromisoformat(kept.date))), ", and the model or the evidence "
                "has changed since. It shows how the account did then. The command ",
                method("tallystick backtest --keep"), " makes it anew.",
            ),
        ),
    )  # fmt: skip


def _unsettled(kept: Kept) -> tuple[Block, ...]:
    """The days whose chains had not come to agree when they were stopped."""
    days = [date_of(dates.day(cut.day)) for cut in kept.cuts if cut.r_hat > R_HAT_LIMIT]
    if not days:
        return ()
    return (
        caution(
            "Not every fit settled",
            para(
                "The model is fitted by two chains of random draws, which should come to agree. On ",
                listed([join(day) for day in days]), " they did not quite (R-hat above ", method(f"{R_HAT_LIMIT:.2f}"),
                "): forecasts made on ", "that day" if len(days) == 1 else "those days", " are less exact than others.",
            ),
        ),
    )  # fmt: skip


def _said(facts: Facts, kept: Kept, whole: Row) -> tuple[Block, ...]:
    shares, scored = (whole.coverage_50, whole.coverage_80, whole.coverage_95), scored_in(facts, kept, whole)
    held = [
        join(opens(scored, percent(share)), " of them inside ", method(f"{level} %"), " intervals")
        for level, share in zip(LEVELS, shares, strict=True)
    ]
    first, last = kept.cuts[0].day, kept.cuts[-1].day
    return (
        para(
            "An interval that does not hold is worse than none. So the account was made again as it could have been "
            "made on ", how_many(len(kept.cuts), "earlier day"), ", from ", date_of(dates.day(first)), " to ",
            date_of(dates.day(last)), ": only with figures that had been published, with what could be believed before "
            "them, and with border closures, bans and orders that nobody knew yet as chances and not as facts; but "
            "with today\u2019s equations, and with today\u2019s judgement of which figures count. Each time it "
            "forecast every figure that was published later. ", how_many(whole.n, "later figure", start=True),
            " with a number of ", "its" if whole.n == 1 else "their", " own could be checked: the forecasts held ",
            listed(held), ". What is forecast is what a figure will be said to be, errors of its source and all; how "
            "many there truly were is known to nobody.",
        ),
        para(
            "Plain forecasts of the same figures stand beside it: the latest figure of the same kind and country, the "
            "mean of all, a straight line through them, a level that drifts, the last record of an office. Each was "
            "given the spread that its own earlier misses had earned. The forecast that is judged pools the model with "
            "three of these at weights that were set beforehand. A miss is told as a factor: ", method("\u00d72.00"),
            " means off, on average, by a factor of two, as when ", method("10,000"), " was forecast and ",
            method("20,000"), " or ", method("5,000"), " was said. A vague forecast is charged for its vagueness.",
        ),
    )  # fmt: skip


def _held(facts: Facts, kept: Kept, rows: Sequence[Row]) -> Table:
    """What intervals held, and our miss."""
    return Table(
        id="backtest-families",
        columns=_score_columns("Later figures"),
        rows=tuple(_scores(facts, kept, row) for row in rows),
        caption=join("What the forecasts held, and how far they missed"),
        note=join(
            "Eras: times between breaks of policy or border that the figures speak of. Figures of one era are hit or "
            "missed together, so that many figures of few eras prove little. A figure that was forecast on several "
            "days counts once, with the mean of its scores."
        ),
    )


def _ahead(facts: Facts, kept: Kept, rows: Sequence[Row]) -> Table:
    """The same by how far ahead the forecast looked."""
    return Table(
        id="backtest-ahead",
        columns=_score_columns("How far ahead"),
        rows=tuple(_scores(facts, kept, row) for row in rows),
        caption=join("The same by how far ahead the forecasts looked"),
        note=join(
            "From the day of the forecast to the middle of the time that the figure speaks of. A figure that was "
            "forecast on several days can stand in several rows."
        ),
    )


def _score_columns(first: str) -> tuple[Column, ...]:
    return (
        Column(title=first, width=2),
        Column(title="Number", align="right"),
        Column(title="Eras", align="right"),
        *(Column(title=join("In ", method(f"{level} %")), align="right") for level in LEVELS),
        Column(title="Our miss", align="right"),
    )


def _scores(facts: Facts, kept: Kept, row: Row) -> tuple[Spans, ...]:
    scored = scored_in(facts, kept, row)
    return (
        tell(group(row)),
        (opens(scored, str(row.n)),),
        join(method(str(row.shocks))),
        *_shares(scored, row),
        (opens(scored, factor(row.crps)),),
    )


def _shares(scored: Claims, row: Row) -> tuple[Spans, ...]:
    return tuple((opens(scored, percent(share)),) for share in (row.coverage_50, row.coverage_80, row.coverage_95))


def group(row: Row) -> str:
    """What a row's figures are called."""
    return "all" if row.by == "overall" else GROUPS.get(row.name, row.name)


def _beside(facts: Facts, kept: Kept, rows: Sequence[Row]) -> Table:
    """Each plain forecast's miss, and ours on the same figures."""
    columns = (
        Column(title="Later figures", width=1.4),
        *(Column(title=capital(name), align="right") for name in PLAIN.values()),
        Column(title="Our forecasts", width=2.2),
    )
    return Table(
        id="backtest-plain",
        columns=columns,
        rows=tuple(
            (join(group(row)), *(_against(scored_in(facts, kept, row), row, name) for name in PLAIN), verdict(row))
            for row in rows
        ),
        caption=join("How far plain forecasts missed; in brackets, our miss on the same figures"),
        note=join(
            "A row with fewer than ", method(f"{FIGURES} figures"), " or ", method(f"{SHOCKS} eras"), " is not judged. "
            "Ours is called better, or worse, only when it is so in ", method(f"{100 * SURE:.0f} %"), " of redrawings "
            "of figures, and of whole eras too.",
        ),
    )  # fmt: skip


def _against(scored: Claims, row: Row, name: str) -> Spans:
    """A plain forecast's miss, and ours on the same figures."""
    if name not in row.comparisons:
        return join("\u2013")
    one = row.comparisons[name]
    return join(opens(scored, factor(one.crps)), " (", opens(scored, factor(one.system_crps)), ")")


def verdict(row: Row) -> Spans:
    """The verdict against plain forecasts, in words."""
    found = {name: one.verdict for name, one in row.comparisons.items() if name in PLAIN}
    sides = {side: [join(PLAIN[name]) for name, said in found.items() if said == side] for side in ("better", "worse")}
    words = [join(f"{side} than ", listed(names)) for side, names in sides.items() if names]
    if not words:
        return join(OPEN)
    rest = [name for name, said in found.items() if said == OPEN]
    return join(listed(words, "and", "; "), f"; {OPEN} from the others" if rest else "")


def _off(facts: Facts, kept: Kept, families: Sequence[Row]) -> tuple[Block, ...]:
    """Where intervals held too few of the later figures, or nearly all; nothing where all families lie within LINES."""
    low, high = LINES
    judged = [(row, row.coverage_80) for row in families if row.judged and row.coverage_80 is not None]
    narrow = [row for row, share in judged if share < low]
    wide = [row for row, share in judged if share > high]
    sides = ((narrow, "surer than they should be"), (wide, "less sure than they might be"))
    return tuple(
        para("The ", EIGHTY, " intervals held ", listed([_how_many_held(facts, kept, row) for row in rows]),
             f": read ours for these as {word}.")
        for rows, word in sides
        if rows
    )  # fmt: skip


def _how_many_held(facts: Facts, kept: Kept, row: Row) -> Spans:
    """ "64 % of the figures on crossings and permits (48 % to 77 % when whole eras are drawn again)"."""
    scored = scored_in(facts, kept, row)
    low, high = row.intervals["coverage_80"]["shocks"]
    return join(
        opens(scored, percent(row.coverage_80)), f" of the figures on {group(row)} (", opens(scored, percent(low)),
        " to ", opens(scored, percent(high)), " when whole eras are drawn again)",
    )  # fmt: skip


def _designs(facts: Facts, kept: Kept) -> Table:
    """The whole, by days and priors, and by what is pooled."""
    columns = (
        Column(title="Days and priors", width=2.4),
        Column(title="Number", align="right"),
        *(Column(title=join("In ", method(f"{level} %")), align="right") for level in LEVELS),
        Column(title="Our miss", align="right"),
        *(Column(title=capital(name), align="right") for name in MEMBERS.values()),
    )
    return Table(
        id="backtest-designs",
        columns=columns,
        rows=tuple(_design(facts, kept, key) for key in TABLES if key in kept.tables),
        caption=join("The same under other days and priors, and its parts alone"),
        note=join(
            "Named days: single days between one break and the next, chosen before any score. Half-yearly days: the "
            "first of each January and July. An outsider\u2019s priors: what somebody would state who knows labour "
            "migration and has seen no figure of this programme."
        ),
    )


def _design(facts: Facts, kept: Kept, key: str) -> tuple[Spans, ...]:
    row = kept.tables[key].overall
    scored = scored_in(facts, kept, row, days_of(facts, key))
    return (
        join(TABLES[key]),
        (opens(scored, str(row.n)),),
        *_shares(scored, row),
        (opens(scored, factor(row.crps)),),
        *((opens(scored, factor(row.comparisons[one].crps)),) for one in MEMBERS),
    )


def _limits(whole: Row) -> tuple[Block, ...]:
    return (
        para(
            "What this cannot show. The later figures are few, and they fall in ", how_many(whole.shocks, "era"),
            ": one surprise moves many of them at once. Whoever wrote down the odds of breaks knew how it went; "
            "rules bind them to events before each day, but nobody can unlearn what happened. And a later figure is no "
            "truth: where sources share an error, a forecast can agree with it and both be wrong.",
        ),
    )  # fmt: skip


def _fold(facts: Facts, kept: Kept) -> Details:
    """Every later figure with the last forecast before it, folded away."""
    latest = {line.claim: line for line in kept.lines if line.kind in NUMBERED}  # lines stand in the order of the days
    known = [line for line in latest.values() if line.claim in facts.claims]
    columns = (
        Column(title="Later figure", width=1.8),
        Column(title="Forecast on", width=0.9),
        Column(title=join(EIGHTY, " interval"), align="right"),
        Column(title="Middle", align="right"),
        Column(title="Said", align="right"),
        Column(title="Held", width=0.5),
    )
    rows = sorted(known, key=lambda line: (facts.claims[line.claim].measure, line.claim))
    caption = join("Each later figure and the last forecast before it was published")
    table = Table(id="backtest-last", columns=columns, rows=tuple(_line(facts, line) for line in rows), caption=caption)
    return Details("Every later figure beside its forecast", (table,))


def _line(facts: Facts, line: Line) -> tuple[Spans, ...]:
    claim = facts.claims[line.claim]
    low, high, middle, said = (
        Figure(number(value), (line.claim,), title="what this figure was forecast to say, or said")
        for value in (line.low_80, line.high_80, line.median, line.said)
    )
    return (
        join(_what(facts, claim), ", ", date_of(dates.stated_period(claim.start, claim.end))),
        (date_of(dates.day(line.cut)),),
        join(low, " to ", high),
        (middle,),
        (said,),
        join("yes" if line.low_80 <= line.said <= line.high_80 else "no"),
    )


def _what(facts: Facts, claim: Claim) -> str:
    """What a figure is of: "workers present, the host"."""
    return f"{facts.programme.measures[claim.measure].name}, {facts.host_name(claim.host)}"


def percent(share: float | None) -> str:
    return "\u2013" if share is None else f"{100 * share:.0f} %"


def factor(crps: float | None) -> str:
    """A mean miss in logs, as a factor."""
    return "\u2013" if crps is None else f"\u00d7{exp(crps):.2f}"


def number(value: float) -> str:
    """Two significant digits below 100, three above; thousands apart."""
    if value >= 100:
        digits = len(str(int(value))) - 3
        return f"{round(value, -digits):,.0f}"
    return f"{value:.2g}"
