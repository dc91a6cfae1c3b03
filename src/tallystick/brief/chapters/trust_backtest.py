"""Would it have worked? What earlier evidence would have forecast, beside plain forecasts, whoever wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import exp

from tallystick.brief.chapters.base import caution
from tallystick.brief.chapters.trust_failed import MAIN, failed, focus_row, held_of, last_of, width_of
from tallystick.brief.chapters.trust_last import last_forecasts
from tallystick.brief.chapters.trust_scored import (
    Claims,
    days_of,
    group,
    missed_by,
    opens,
    pairs_in,
    percent,
    redrawn,
    scored_in,
)
from tallystick.brief.document import Block, Column, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, how_many, join, listed, method, para, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import capital
from tallystick.forecasts.kept import Kept
from tallystick.forecasts.odds import NO_BREAK, SYSTEM
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.refit import R_HAT_LIMIT
from tallystick.forecasts.score import FIGURES, LEVELS, SHOCKS, SURE, Comparison, Row

MOST = 0.95  # promise T8: what 80 % intervals may hold at most; too few are named among the failures
PLAIN = {  # baselines as a reader meets them
    "latest": "the latest figure",
    "mean": "the mean of figures",
    "trend": "a straight line",
    "local level": "a slowly moving average",
    "administrative": "the last record of an office",
}
MEMBERS = {SYSTEM: "the model alone", NO_BREAK: "the model in which nothing new begins"}
TABLES = {
    MAIN: "all days",
    "stated, named": "named days",
    "stated, half-yearly": "half-yearly days",
    "generic, all": "all days, an outsider\u2019s assumptions",
    "generic, named": "named days, an outsider\u2019s assumptions",
    "generic, half-yearly": "half-yearly days, an outsider\u2019s assumptions",
}
BETTER, WORSE, EQUAL, FEW = "better than", "worse than", "no clear difference from", "too few to judge:"


def backtest(facts: Facts) -> Section | None:
    """The kept backtest; None where a programme keeps none."""
    kept = facts.backtest
    if kept is None:
        return None
    whole, families, ahead = kept.tables[MAIN].overall, _rows(kept, "family"), _rows(kept, "horizon")
    blocks: list[Block] = [*_stale(facts, kept), *_unsettled(kept), *_said(facts, kept, whole)]
    blocks += [_won(facts, kept, [whole, *families]), failed(facts, kept)]
    here = focus_row(facts, kept)
    blocks += [
        _held(facts, kept, [whole, *([here] if here else []), *families]),
        _beside(facts, kept, [whole, *families]),
    ]
    blocks += [*_off(facts, kept, families), _ahead(facts, kept, ahead), _designs(facts, kept)]
    blocks += [*_limits(whole), last_forecasts(facts, kept, whole)]
    title = "Would it have worked? The account tried on its own past"
    return Section(id="trust-backtest", title=title, blocks=tuple(blocks))


def _rows(kept: Kept, by: str) -> list[Row]:
    return [row for row in kept.tables[MAIN].groups if row.by == by and row.n]


def _stale(facts: Facts, kept: Kept) -> tuple[Block, ...]:
    if facts.backtest_current:
        return ()
    return (
        caution(
            "This trial is of another state of the account",
            para(
                "It was made on ", date_of(dates.day(date.fromisoformat(kept.date))), ", and since then the model has "
                "changed, or evidence has been added that it did not see. It does not vouch for the figures of this "
                "edition. The command ", method("tallystick backtest --keep"), " makes it anew.",
            ),
        ),
    )  # fmt: skip


def _unsettled(kept: Kept) -> tuple[Block, ...]:
    """The days whose chains had not come to agree when they were stopped, or lost their way."""
    days = [date_of(dates.day(cut.day)) for cut in kept.cuts if cut.r_hat > R_HAT_LIMIT or cut.divergences]
    if not days:
        return ()
    return (
        caution(
            "Not every fit settled",
            para(
                "The model is fitted by two runs of random draws, which should come to agree. On ",
                listed([join(day) for day in days]), " they did not quite, or a step went astray: forecasts made on ",
                "that day" if len(days) == 1 else "those days", " are less exact than others.",
            ),
        ),
    )  # fmt: skip


def _said(facts: Facts, kept: Kept, whole: Row) -> tuple[Block, ...]:
    shares, scored = (whole.coverage_50, whole.coverage_80, whole.coverage_95), scored_in(facts, kept, whole)
    lot = redrawn(scored, whole)
    held = [
        join(
            opens(scored, percent(share)),
            " of them inside ",
            method(f"{level} %"),
            " intervals",
            join(" (", *lot, ")") if lot and level == 80 else (),
        )
        for level, share in zip(LEVELS, shares, strict=True)
    ]
    first, last, miss = kept.cuts[0].day, kept.cuts[-1].day, missed_by(pairs_in(facts, kept, whole))
    return (
        para(
            "An interval that does not hold is worse than none. So the account was made again as it could have been "
            "made on ", how_many(len(kept.cuts), "earlier day"), ", from ", date_of(dates.day(first)), " to ",
            date_of(dates.day(last)), ": only with figures that had been published, with what could be believed before "
            "them, and with border closures, bans and orders that nobody knew yet as chances and not as facts; but "
            "with today\u2019s equations, and with today\u2019s judgement of which figures count. Each time it "
            "forecast every figure that was published later. ", how_many(whole.n, "later figure", start=True),
            " with a number of ", "its" if whole.n == 1 else "their", " own could be checked: the forecasts held ",
            listed(held), ". An interval of so many percent is meant to hold so many in a hundred. What is forecast is "
            "what a figure will be said to be, errors of its source and all; how many there truly were is known to "
            "nobody.",
        ),
        para(
            "What was judged is a blend, not the model alone: ", *_blend(facts), ". The weights were set beforehand. "
            "The intervals elsewhere in this account are of the model alone; its score by itself was kept, how often "
            "its own intervals held was not. Plain forecasts of the same figures stand beside the blend",
            *_outside(facts), ". Each was given the spread that its own earlier misses had earned. ",
            "They are compared by a score (the CRPS of logarithms, as a factor; less is better). A bare number that is "
            "wrong by a factor of two scores ", method("\u00d72.00"), "; a forecast that says how unsure it is scores "
            "less when it misses far, and more when it hits. So the score is not the miss: over all figures the "
            "middles of the blend missed by ", opens(scored, times(miss)), " on average (by ", method("\u00d72.00"),
            ": ", method("10,000"), " was forecast, and ", method("20,000"), " or ", method("5,000"), " published).",
        ),
    )  # fmt: skip


def _blend(facts: Facts) -> Spans:
    """The parts of the blend and their weights: "50 % the model alone and 50 % the latest figure"."""
    names = {**MEMBERS, **PLAIN}
    return listed(
        join(method(percent(share)), f" {names[one]}") for one, share in odds_of(facts.programme).pool.items()
    )


def _outside(facts: Facts) -> Spans:
    """The plain forecasts that are not part of the blend."""
    outside = [join(name) for one, name in PLAIN.items() if one not in odds_of(facts.programme).pool]
    return join("; no part of it are ", listed(outside)) if outside else ()


def _won(facts: Facts, kept: Kept, rows: Sequence[Row]) -> Block:
    """Who won, by how much, and over how many figures that could be compared."""
    whole = rows[0]
    rivals = {name: one for name, one in whole.comparisons.items() if name in PLAIN}
    if not rivals:
        return para("No plain forecast could be made of any later figure: nothing is said of who won.")
    return para(
        "Who won: over all figures the blend is ", *verdict(whole), ". ",
        *_nearest(facts, kept, whole, {name: one for name, one in rivals.items() if _is_judged(one)}),
        *_alone(facts, kept, rows),
    )  # fmt: skip


def _nearest(facts: Facts, kept: Kept, whole: Row, rivals: Mapping[str, Comparison]) -> Spans:
    """The plain forecast that came nearest, of those with figures enough to be judged."""
    if not rivals:
        return ()
    name, nearest = min(rivals.items(), key=lambda pair: pair[1].crps - pair[1].system_crps)
    scored = scored_in(facts, kept, whole)
    return join(
        "Its nearest rival is ", PLAIN[name], ": over ", how_many(nearest.n, "figure"), " that both forecast, that "
        "scored ", opens(scored, factor(nearest.crps)), ", the blend ",
        opens(scored, factor(nearest.system_crps)), ". ",
    )  # fmt: skip


def _alone(facts: Facts, kept: Kept, rows: Sequence[Row]) -> Spans:
    """The model alone beside the blend, over all figures and where one was clearly better."""
    whole, *families = rows
    if SYSTEM not in whole.comparisons:
        return ()
    one, scored = whole.comparisons[SYSTEM], scored_in(facts, kept, whole)
    word = {"better": "the blend was clearly better", "worse": "the model alone was clearly better"}
    apart = [
        join(f"on {group(facts, row)} {word[row.comparisons[SYSTEM].verdict]} (", *_two(facts, kept, row), ")")
        for row in families
        if SYSTEM in row.comparisons and row.comparisons[SYSTEM].verdict in word
    ]
    return join(
        "The model alone scored ", opens(scored, factor(one.crps)), ", the blend ",
        opens(scored, factor(one.system_crps)), ", over ", how_many(one.n, "figure"), ": ",
        word.get(one.verdict, "no clear difference" if _is_judged(one) else "too few to judge"),
        join("; ", listed(apart, "and", "; ")) if apart else (), ".",
    )  # fmt: skip


def _two(facts: Facts, kept: Kept, row: Row) -> Spans:
    """The model alone and the blend: "alone ×1.49, blend ×1.52"."""
    one, scored = row.comparisons[SYSTEM], scored_in(facts, kept, row)
    return join("alone ", opens(scored, factor(one.crps)), ", blend ", opens(scored, factor(one.system_crps)))


def _is_judged(one: Comparison) -> bool:
    """Whether there were figures enough to say who is better."""
    return one.below_figures is not None


def _held(facts: Facts, kept: Kept, rows: Sequence[Row]) -> Table:
    """What intervals held, those of the last forecasts too, how far the middles missed, and the score."""
    scored = [(row, _scores(facts, kept, row)) for row in rows]
    first, *held, wide, miss, score = _score_columns("Later figures")
    last = Column(title=join("Last, in ", EIGHTY), align="right")
    return Table(
        id="backtest-families",
        columns=(first, *held, last, wide, miss, score),
        rows=tuple((*cells[:-3], _last(facts, kept, row), *cells[-3:]) for row, cells in scored),
        caption=join("What the forecasts held, and how far they missed"),
        note=join(
            "Periods: times between changes of policy or border that the figures speak of. Figures of one period are "
            "hit or missed together, so that many figures of few periods prove little. A figure that was forecast on "
            "several days counts once, with the mean of its scores. Last: of the last forecast of each figure alone. "
            "Top over bottom: how many times the lower end of "
            "the ",
            EIGHTY,
            " interval its upper end is, typically: a very wide one is easily right. Middle missed by: the mean of "
            "logarithms, as a factor.",
        ),
    )


def _last(facts: Facts, kept: Kept, row: Row) -> Spans:
    """What the last forecasts of a row's figures held."""
    held = held_of(facts, last_of(pairs_in(facts, kept, row)))
    return (opens(held.claims, percent(held.share)),)


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
        Column(title="Periods", align="right"),
        *(Column(title=join("In ", method(f"{level} %")), align="right") for level in LEVELS),
        Column(title="Top over bottom", align="right"),
        Column(title="Middle missed by", align="right"),
        Column(title="Score", align="right"),
    )


def _scores(facts: Facts, kept: Kept, row: Row) -> tuple[Spans, ...]:
    scored = scored_in(facts, kept, row)
    return (
        tell(group(facts, row)),
        (opens(scored, str(row.n)),),
        join(method(str(row.shocks))),
        *_shares(scored, row),
        (opens(scored, f"\u00d7{wide}" if (wide := width_of(facts, kept, row)) else "\u2013"),),
        (opens(scored, times(missed_by(pairs_in(facts, kept, row)))),),
        (opens(scored, factor(row.crps)),),
    )


def _shares(scored: Claims, row: Row) -> tuple[Spans, ...]:
    return tuple((opens(scored, percent(share)),) for share in (row.coverage_50, row.coverage_80, row.coverage_95))


def _beside(facts: Facts, kept: Kept, rows: Sequence[Row]) -> Table:
    """Each plain forecast's score, and ours on the same figures."""
    columns = (
        Column(title="Later figures", width=1.4),
        *(Column(title=capital(name), align="right") for name in PLAIN.values()),
        Column(title="The blend is", width=2.2),
    )
    return Table(
        id="backtest-plain",
        columns=columns,
        rows=tuple(
            (join(group(facts, row)), *(_against(scored, row, name) for name in PLAIN), verdict(row))
            for row, scored in ((row, scored_in(facts, kept, row)) for row in rows)
        ),
        caption=join("Scores of plain forecasts; in brackets, of the blend on the same figures, and how many"),
        note=join(
            "What has fewer than ", method(f"{FIGURES} figures"), " or ", method(f"{SHOCKS} periods"), " in common is "
            "not judged. The blend is called better, or worse, only when it is so in ", method(f"{100 * SURE:.0f} %"),
            " of cases when figures are drawn again by lot, and when whole periods are.",
        ),
    )  # fmt: skip


def _against(scored: Claims, row: Row, name: str) -> Spans:
    """A plain forecast's score, and ours on the same figures."""
    if name not in row.comparisons:
        return join("\u2013")
    one = row.comparisons[name]
    return join(
        opens(scored, factor(one.crps)), " (", opens(scored, factor(one.system_crps)), "; ", how_many(one.n, "figure"),
        ")",
    )  # fmt: skip


def verdict(row: Row) -> Spans:
    """How the blend did against plain forecasts, in words; "too few to judge" where it cannot be said of any."""
    sides: dict[str, list[Spans]] = {BETTER: [], WORSE: [], EQUAL: [], FEW: []}
    for name in PLAIN:
        if name in row.comparisons:
            sides[_side(row.comparisons[name])].append(join(PLAIN[name]))
    said = {side: names for side, names in sides.items() if names}
    if not set(said) - {FEW}:
        return join("too few to judge")
    parts = [join(f"{side} ", listed(names)) for side, names in said.items()]
    return join(parts[0], *(join("; ", part) for part in parts[1:]))


def _side(one: Comparison) -> str:
    if not _is_judged(one):
        return FEW
    return {"better": BETTER, "worse": WORSE}.get(one.verdict, EQUAL)


def _off(facts: Facts, kept: Kept, families: Sequence[Row]) -> tuple[Block, ...]:
    """Where intervals held nearly all of the later figures; nothing where none did."""
    wide = [row for row in families if row.judged and row.coverage_80 is not None and row.coverage_80 > MOST]
    if not wide:
        return ()
    said = [
        join(opens(scored_in(facts, kept, row), percent(row.coverage_80)), f" of the figures on {group(facts, row)}")
        for row in wide
    ]
    words = ": read the forecasts of these as less sure than they might be."
    return (para("The ", EIGHTY, " intervals held ", listed(said), words),)


def _designs(facts: Facts, kept: Kept) -> Table:
    """The whole, by days and priors, and by what is pooled."""
    columns = (
        Column(title="Days and assumptions", width=2.4),
        Column(title="Number", align="right"),
        *(Column(title=join("In ", method(f"{level} %")), align="right") for level in LEVELS),
        Column(title="Score", align="right"),
        *(Column(title=capital(name), align="right") for name in MEMBERS.values()),
    )
    return Table(
        id="backtest-designs",
        columns=columns,
        rows=tuple(_design(facts, kept, key) for key in TABLES if key in kept.tables),
        caption=join("The same on other days and under other starting assumptions, and scores of its parts alone"),
        note=join(
            "Named days: single days between one break and the next, chosen before any score. Half-yearly days: the "
            "first of each January and July. An outsider\u2019s assumptions: what somebody would state who knows "
            "labour migration and has seen no figure of this programme."
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
        *(_of_member(scored, row.comparisons.get(one)) for one in MEMBERS),
    )


def _of_member(scored: Claims, one: Comparison | None) -> Spans:
    """The score of a part of the blend by itself; a dash where it was not compared."""
    return join("\u2013") if one is None else (opens(scored, factor(one.crps)),)


def _limits(whole: Row) -> tuple[Block, ...]:
    return (
        para(
            "What this cannot show. The later figures are few, and they fall in ", how_many(whole.shocks, "period"),
            ": one surprise moves many of them at once. Whoever wrote down the odds of breaks knew how it went; "
            "rules bind them to events before each day, but nobody can unlearn what happened. And a later figure is no "
            "truth: where sources share an error, a forecast can agree with it and both be wrong.",
        ),
    )  # fmt: skip


def factor(crps: float | None) -> str:
    """A score in logs, as a factor."""
    return times(None if crps is None else exp(crps))


def times(number: float | None) -> str:
    """A factor as it is printed; a dash where there is none."""
    return "\u2013" if number is None else f"\u00d7{number:.2f}"
