"""Would it have worked? What earlier evidence would have forecast, beside plain forecasts, whoever wins."""

from __future__ import annotations

from datetime import date
from math import exp

from tallystick.brief.chapters.base import caution
from tallystick.brief.document import Block, Column, Details, Figure, Section, Span, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, how_many, join, listed, method, para
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import capital
from tallystick.forecasts.kept import Kept, Line
from tallystick.forecasts.score import FIGURES, LEVELS, OPEN, SHOCKS, Row

MAIN = "stated, all"
NUMBERED = ("point", "range")
PLAIN = {  # baselines as a reader meets them
    "latest": "the latest figure",
    "mean": "the mean of figures",
    "trend": "a straight line",
    "local level": "a local level",
    "administrative": "the last record of an office",
}
MEMBERS = {"system": "the model alone", "no_break": "the model without breaks"}
TABLES = {
    "stated, named": "six named days",
    "stated, half-yearly": "half-yearly days",
    "generic, named": "six named days, an outsider\u2019s priors",
    "generic, half-yearly": "half-yearly days, an outsider\u2019s priors",
}


def backtest(facts: Facts) -> Section | None:
    """The kept backtest; None where a programme keeps none."""
    kept = facts.backtest
    if kept is None:
        return None
    whole = kept.tables[MAIN].overall
    blocks: list[Block] = [*_stale(facts, kept), *_said(kept, whole), _by_family(kept)]
    blocks += [_others(kept), *_limits(whole), _fold(facts, kept)]
    title = "Would it have worked? The account tried on its own past"
    return Section(id="trust-backtest", title=title, blocks=tuple(blocks))


def _stale(facts: Facts, kept: Kept) -> tuple[Block, ...]:
    if facts.backtest_current:
        return ()
    return (
        caution(
            "This trial is of an earlier state",
            para(
                "It was made on ", date_of(dates.day(date.fromisoformat(kept.date))), ", and the model or the evidence "
                "has changed since. It shows how the account did then. The command ", method("tallystick backtest"),
                " makes it again.",
            ),
        ),
    )  # fmt: skip


def _said(kept: Kept, whole: Row) -> tuple[Block, ...]:
    shares = (whole.coverage_50, whole.coverage_80, whole.coverage_95)
    held = [
        join(opens(kept, percent(share)), " of them inside ", method(f"{level} %"), " intervals")
        for level, share in zip(LEVELS, shares, strict=True)
    ]
    first, last = kept.cuts[0].day, kept.cuts[-1].day
    return (
        para(
            "An interval that does not hold is worse than none. So the account was made again as it could have been "
            "made on ", how_many(len(kept.cuts), "earlier day"), ", from ", date_of(dates.day(first)), " to ",
            date_of(dates.day(last)), ": only with figures that had been published, with what could be believed before "
            "them, and with border closures, bans and orders that nobody knew yet as chances and not as facts. Each "
            "time it forecast every figure that was published later. ", how_many(whole.n, "later figure", start=True),
            " with a number of ", "its" if whole.n == 1 else "their", " own could be checked: the forecasts held ",
            listed(held), ". What is forecast is what a figure will be said to be, errors of its source and all; how "
            "many there truly were is known to nobody.",
        ),
        para(
            "Plain forecasts of the same figures stand beside it: the latest figure of the same kind and country, the "
            "mean of all, a straight line through them, a level that drifts, the last record of an office. Each was "
            "given the spread that its own earlier misses had earned. The forecast that is judged pools the model with "
            "three of these at weights that were set beforehand. A miss is told as a factor: ", method("2.0"),
            " means that a forecast, its spread counted in, was off by as much as a figure twice or half the true one.",
        ),
    )  # fmt: skip


def _by_family(kept: Kept) -> Table:
    report = kept.tables[MAIN]
    rows = [report.overall, *(row for row in report.groups if row.by == "family" and row.n)]
    columns = (
        Column(title="Later figures", width=1.6),
        Column(title="Number", align="right"),
        Column(title="Shocks", align="right"),
        *(Column(title=join("In ", method(f"{level} %")), align="right") for level in LEVELS),
        Column(title="Our miss", align="right"),
        *(Column(title=capital(name), align="right") for name in PLAIN.values()),
        Column(title="Verdict", width=2.4),
    )
    return Table(
        id="backtest-families",
        columns=columns,
        rows=tuple(_row(kept, row) for row in rows),
        caption=join("How the forecasts did, and how plain ones did on the figures that they could forecast"),
        note=join(
            "Shocks: eras between breaks of policy or border that the figures fall in; figures of one era are missed "
            "or hit together. A row is judged from ", method(f"{FIGURES} figures"), " and ", method(f"{SHOCKS} shocks"),
            " on, and calls a forecast better only when that holds in ", method("95 %"), " of redrawings, of figures "
            "and of whole shocks. In brackets: our miss on the same figures.",
        ),
    )  # fmt: skip


def _row(kept: Kept, row: Row) -> tuple[Spans, ...]:
    name = "all" if row.by == "overall" else row.name
    shares = (row.coverage_50, row.coverage_80, row.coverage_95)
    return (
        join(name),
        (opens(kept, str(row.n)),),
        join(method(str(row.shocks))),
        *((opens(kept, percent(share)),) for share in shares),
        (opens(kept, factor(row.crps)),),
        *(_beside(kept, row, name) for name in PLAIN),
        verdict(row),
    )


def _beside(kept: Kept, row: Row, name: str) -> Spans:
    """A plain forecast's miss, and ours on the same figures."""
    if name not in row.comparisons:
        return join("\u2013")
    one = row.comparisons[name]
    return join(opens(kept, factor(one.crps)), " (", opens(kept, factor(one.system_crps)), ")")


def verdict(row: Row) -> Spans:
    """The verdict against plain forecasts, in words."""
    found = {name: one.verdict for name, one in row.comparisons.items() if name in PLAIN}
    sides = {side: [join(PLAIN[name]) for name, said in found.items() if said == side] for side in ("better", "worse")}
    words = [join(f"{side} than ", listed(names)) for side, names in sides.items() if names]
    if not words:
        return join(OPEN)
    rest = [name for name, said in found.items() if said == OPEN]
    return join(listed(words, "and", "; "), f"; {OPEN} from the others" if rest else "")


def _others(kept: Kept) -> Table:
    """The whole, by days and priors, and by what is pooled."""
    columns = (
        Column(title="Days and priors", width=2.4),
        Column(title="Number", align="right"),
        *(Column(title=join("In ", method(f"{level} %")), align="right") for level in LEVELS),
        Column(title="Our miss", align="right"),
        *(Column(title=capital(name), align="right") for name in MEMBERS.values()),
    )
    rows = [
        (name, kept.tables[key].overall) for key, name in {MAIN: "all days", **TABLES}.items() if key in kept.tables
    ]
    return Table(
        id="backtest-designs",
        columns=columns,
        rows=tuple(
            (
                join(name),
                (opens(kept, str(row.n)),),
                *((opens(kept, percent(share)),) for share in (row.coverage_50, row.coverage_80, row.coverage_95)),
                (opens(kept, factor(row.crps)),),
                *((opens(kept, factor(row.comparisons[one].crps)),) for one in MEMBERS),
            )
            for name, row in rows
        ),
        caption=join("The same under other days and priors, and its parts alone"),
        note=join(
            "An outsider\u2019s priors: what somebody would state who knows labour migration and has seen no figure of "
            "this programme."
        ),
    )


def _limits(whole: Row) -> tuple[Block, ...]:
    return (
        para(
            "What this can not show. The later figures are few, and they fall in ", how_many(whole.shocks, "era"),
            ": one surprise moves twenty of them at once. Whoever wrote down the odds of breaks knew how it went; "
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
        join(facts.programme.measures[claim.measure].name, ", ", facts.host_name(claim.host)),
        (date_of(dates.day(line.cut)),),
        join(low, " to ", high),
        (middle,),
        (said,),
        join("yes" if line.low_80 <= line.said <= line.high_80 else "no"),
    )


def opens(kept: Kept, text: str) -> Span:
    """A score, which opens the later figures that it is made from."""
    claims = tuple(sorted({line.claim for line in kept.lines}))
    return Figure(text, claims, title="score of forecasts of these later figures") if claims else method(text)


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
