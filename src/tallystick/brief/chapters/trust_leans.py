"""What each leading figure leans on most: the figure without each of the origins that move it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tallystick.brief.backing import CUMULATIVE
from tallystick.brief.chapters.base import PROJECTED, marked, projection_note, where
from tallystick.brief.document import Block, Chart, Column, Figure, Section, Spans, Table
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.leading import (
    UNANSWERED,
    answers,
    fronted,
    heaviest,
    interval_of,
    large,
    leading,
    leans_on,
    origin_counts,
    unanswered,
    unanswered_anywhere,
)
from tallystick.brief.names import NAMES, estimate_name
from tallystick.brief.prose import EIGHTY, alternative, cell, how_many, join, listed, method, para, said, tell
from tallystick.brief.specs.common import Row, number
from tallystick.brief.specs.trust import around_one
from tallystick.brief.words import dates, grammar
from tallystick.brief.words.grammar import lower_first
from tallystick.brief.words.numbers import count
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.records import Claim
from tallystick.vocab.trust import Leading, Silenced

TOP = 3  # origins shown for each figure
DRAWN = 6  # and drawn
SPEAKERS = 2  # named of an origin whose figures are credited to several
SMALL = 0.05  # of an 80 % width: a figure that no origin moves by as much leans on none
ORIGIN, CHOICE = "without one origin", "under another choice"
NONE = "\u2013"


def leans(facts: Facts) -> Section | None:
    """Of the front page's estimands; None where none was asked. The others stand in `trust_others`."""
    pairs = [pair for pair in large(facts) if leans_on(facts, pair[0]) or unanswered(facts, pair[0])]
    if not pairs:
        return None
    drawn = [(figure, e) for figure, e in pairs if e.interval.lower_80 > 0]  # a ratio to nothing is none
    chart = (_chart(facts, drawn),) if drawn else ()
    blocks: tuple[Block, ...] = (_asked(facts), *_loudest(facts), *chart, _table(facts, pairs))
    return Section(id="trust-leans", title="What each figure leans on", blocks=blocks)


def _asked(facts: Facts) -> Block:
    weighed, refitted, unsure = origin_counts(facts)
    return para(
        "Of every source behind the copies (an origin) it was asked what each figure of this chapter would be without "
        "it. ",
        *_front_page(facts),
        "An origin counts with all its figures, however often it was copied. ",
        *_origins(facts, weighed + refitted + unsure),
        "For ",
        how_many(weighed, "origin"),
        " the answer is estimated from the fit at hand; for ",
        how_many(refitted, "other"),
        ", where that fails worst, the whole was worked out again without it",
        *_names_of_rest(facts, "psis", "it fails too, and no other fit was made"),
        *_names_of_rest(facts, "refit", "the other fit did not settle"),
        ".",
    )  # fmt: skip


def _names_of_rest(facts: Facts, how: str, why: str) -> Spans:
    """The origins without an answer that was sought in this way, and why there is none."""
    found = [origin_words(facts, one) for one in unanswered_anywhere(facts) if one.how == how]
    return (
        join("; for ", how_many(len(found), "more", "more"), f" {why}: ", listed(found, "and", "; ")) if found else ()
    )


def _front_page(facts: Facts) -> Spans:
    """Whether the figures that the front page sets large were all asked, and which were not."""
    asked = [e for _, e in leading(facts)]
    missing = [tell(lower_first(estimate_name(facts, e))) for _, e in fronted(facts) if e not in asked]
    if not missing:
        return join("All that the front page sets large were asked. ")
    return join("Not asked, though the front page sets them large: ", *listed(missing, "and", "; "), ". ")


def _origins(facts: Facts, asked: int) -> Spans:
    """Of how many of all origins it was asked; of those that speak of flight never."""
    every = len({one.voice for one in facts.account.observations})
    if asked >= every:
        return ()
    rest = every - asked
    return join(
        "Of ", how_many(every, "separate origin"), " that are used ", how_many(asked, "was", "were"), " asked about; ",
        how_many(rest, "speaks", "speak"), " of those who reach safety, of whom nothing is computed. ",
    )  # fmt: skip


def _loudest(facts: Facts) -> tuple[Block, ...]:
    """The figure that one origin moves most."""
    found = heaviest(facts)
    if found is None:
        return ()
    e, one = found
    return (
        para(
            "Of the figures below",
            ", as far as is known," if unanswered_anywhere(facts) else "",
            " the one that leans hardest on one origin is ",
            tell(lower_first(estimate_name(facts, e))),
            ": ",
            cell(e),
            "; without ",
            *origin_words(facts, one),
            " it would be ",
            alternative(e, interval_of(one)),
            ". Where two origins say the same, leaving out either one alone changes little, however much hangs on "
            "both.",
        ),
    )


def origin_words(facts: Facts, one: Silenced) -> Spans:
    """Who says it, and a number that opens what they say."""
    claims = [facts.claims[id] for id in one.claims]
    if len(claims) == 1:
        return join(tell(claims[0].asserted_by), " (", said(claims[0]), ")")
    figures = Figure(count(len(claims), "figure"), one.claims, title="published claims")
    return join(_speakers(claims), " (", figures, years(facts, one), ")")


def _speakers(claims: Sequence[Claim]) -> Spans:
    """Those to whom the figures of one table are credited, the most frequent first."""
    names = [name for name, _ in Counter(claim.asserted_by for claim in claims).most_common()]
    shown = names if len(names) <= SPEAKERS else [*names[:SPEAKERS], "others"]
    return tell(grammar.join(shown))


def years(facts: Facts, one: Silenced) -> Spans:
    """The years that an origin speaks of: " of 2024"."""
    seen = [o for o in facts.account.observations if o.claim in one.claims]
    found = sorted({year for o in seen for year in (o.start.year, o.end.year)})
    text = f"{found[0]}" if found and found[0] == found[-1] else f"{found[0]} to {found[-1]}" if found else ""
    return join(" of ", *tell(text)) if text else ()


def _table(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> Table:
    columns = (
        Column(title="Figure", width=1.6),
        Column(title="As it stands", align="right", width=1.4),
        Column(title="Without this origin", width=2.2),
        Column(title="It would be", align="right"),
        Column(title="How far it moves, against the width of the interval", align="right", width=1.6),
        Column(title="How it was found"),
    )
    rows = tuple(row for figure, e in pairs for row in _rows(facts, figure, e))
    caption = join("Leading figures, and the origins that move each most: median and ", EIGHTY, " interval")
    note = join(
        "Plus: the figure would be higher. A move of ",
        method("100 %"),
        " is as far as the whole interval is wide. Every origin stands in the data file leave-one-out. ",
        *dagger(facts, [e for _, e in pairs]),
    )
    return Table(id="trust-leans", columns=columns, rows=rows, caption=caption, note=note)


def dagger(facts: Facts, shown: Sequence[Estimate]) -> Spans:
    """What the dagger means, where a figure bears it."""
    hosts = dict.fromkeys(e.host for e in shown if facts.reach.is_projection(e))
    return projection_note(facts, *hosts) if hosts else ()


def _rows(facts: Facts, figure: Leading, e: Estimate) -> Iterator[tuple[Spans, ...]]:
    ranked = leans_on(facts, figure)
    shown = [one for one in ranked[:TOP] if abs(one.move) >= SMALL] or ranked[:1]
    tails: list[tuple[Spans, ...]] = [
        (origin_words(facts, one), alternative(e, interval_of(one)), (method(signed(one.move)),), _how(one))
        for one in shown
    ]
    if rest := unanswered(facts, figure):
        tails.append((_without(facts, rest), join(UNANSWERED), join(NONE), join(NONE)))
    for place, tail in enumerate(tails):
        yield (*((tell(estimate_name(facts, e)), marked(facts, e)) if place == 0 else ((), ())), *tail)


def _without(facts: Facts, rest: Sequence[Silenced]) -> Spans:
    """The origins without which a figure cannot be told; who they are stands above the table."""
    if len(rest) == 1:
        return origin_words(facts, rest[0])
    claims = tuple(claim for one in rest for claim in one.claims)
    return (Figure(count(len(rest), "other origin"), claims, title="published claims"),)


def signed(move: float) -> str:
    """A move in percent of a width, with its sign."""
    sign = "+" if move >= 0 else "\u2212"
    return f"{sign}{abs(move) * 100:.0f} %"


def _how(one: Silenced) -> Spans:
    return join("worked out in full" if one.how == "refit" else "estimated")


def _chart(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> Chart:
    bars: list[Row] = []
    marks: list[Row] = []
    for figure, e in pairs:
        name, middle = _short(facts, e), e.interval.median
        bars.append(
            {"name": name, "low": number(e.interval.lower_80 / middle), "high": number(e.interval.upper_80 / middle)}
        )
        moved = [(ORIGIN, one.median) for one in leans_on(facts, figure)[:DRAWN]]
        moved += [(CHOICE, other.median) for other in answers(facts, figure).values()]
        marks += [{"name": name, "kind": kind, "ratio": number(value / middle)} for kind, value in moved if value > 0]
    inside = sum(_inside(bars, row) for row in marks)
    return Chart(
        id="trust-figures",
        title=_title(facts, pairs),
        subtitle=f"{inside} of {len(marks)} marks lie inside{_not_drawn(facts, pairs)}. Leading figures "
        f"({where(facts, facts.focus)}, unless one says where), each over its own median: 1 is the figure as it "
        "stands. Bar: central 80 %. Marks: medians "
        f"without one of the {DRAWN} origins known to move it most, and under each other choice.",
        alt="One line per figure: " + "; ".join(row["name"] for row in bars) + ".",
        spec=around_one(bars, marks, "times the figure as it stands"),
        estimates=tuple(card_id(e) for _, e in pairs),
    )


def _not_drawn(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> str:
    missing = sum(len(unanswered(facts, figure)) for figure, _ in pairs)
    return f"; {missing} more are not known and not drawn" if missing else ""


def _title(facts: Facts, pairs: Sequence[tuple[Leading, Estimate]]) -> str:
    """Which origin takes most figures out of their interval, and how many."""
    out: dict[str, list[Silenced]] = {}
    for figure, e in pairs:
        for one in leans_on(facts, figure):
            if not e.interval.lower_80 <= one.median <= e.interval.upper_80:
                out.setdefault(one.origin, []).append(one)
    if not out:
        known = " that was left out" if any(unanswered(facts, figure) for figure, _ in pairs) else ""
        return f"No origin{known} alone moves a median out of its interval, but two that agree cover for each other"
    most = max(out.values(), key=len)
    who = facts.claims[most[0].claims[0]].asserted_by
    return f"Without {who}, {count(len(most), 'figure leaves its', 'figures leave their')} interval"


def _short(facts: Facts, e: Estimate) -> str:
    """What a figure is called on the chart, whose subtitle names the host of all that name none."""
    host = "" if e.host == facts.focus else f" {where(facts, e.host)}"
    mark = PROJECTED if facts.reach.is_projection(e) else ""
    when = f" to the end of {e.period}" if e.id in CUMULATIVE else f", {dates.period_words(e.period)}"
    return f"{NAMES.get(e.id, e.id)}{host}{when}{mark}"


def _inside(bars: Sequence[Row], mark: Row) -> bool:
    bar = next(row for row in bars if row["name"] == mark["name"])
    return bool(bar["low"] <= mark["ratio"] <= bar["high"])
