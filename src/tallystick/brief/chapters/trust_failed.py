"""Where the trial failed: the kinds of figure, the spans ahead and the changes of policy where too few were held."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import geometric_mean
from typing import NamedTuple

from tallystick.brief.chapters.base import caution
from tallystick.brief.chapters.trust_scored import (
    Claims,
    Pairs,
    by_figure,
    group,
    missed_by,
    opens,
    pairs_in,
    percent,
    redrawn,
    scored_in,
    used_lines,
)
from tallystick.brief.document import Callout, Paragraph, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, how_many, join, listed, method, para, tell
from tallystick.brief.words.grammar import lower_first
from tallystick.forecasts.figures import middle_of
from tallystick.forecasts.kept import Kept, Line
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.score import FIGURES, SHOCKS, Row

FAIR = 0.8  # share of later figures that an 80 % interval should hold
SHORT = 0.1  # a group of which intervals held so much less is named
A_KIND = 3  # last forecasts of one kind and country from which it is said how many were held
MAIN = "stated, all"


class Held(NamedTuple):
    """What 80 % intervals held of some later figures, each counted once with the mean over its days."""

    claims: Claims
    share: float | None  # None of nothing
    eras: int

    @property
    def judged(self) -> bool:
        return len(self.claims) >= FIGURES and self.eras >= SHOCKS


@dataclass(frozen=True, slots=True)
class Kind:
    """The last forecasts of one measure in one host: which figures there were, and how many were held."""

    measure: str
    host: str
    claims: Claims
    held: int


def is_held(line: Line) -> bool:
    """Whether the central 80 % of a forecast held what was said."""
    return line.low_80 <= line.said <= line.high_80


def held_of(facts: Facts, pairs: Pairs) -> Held:
    """What the forecasts in `pairs` held."""
    odds = odds_of(facts.programme)
    eras = {odds.shock_of(middle_of(one)) for _, one in pairs}
    return Held(tuple(sorted({line.claim for line, _ in pairs})), by_figure(pairs, is_held), len(eras))


def width_of(facts: Facts, kept: Kept, row: Row) -> str:
    """How many times the lower end the upper end of an 80 % interval is, typically, over a row's forecasts: "19"."""
    wide = [line.high_80 / line.low_80 for line, _ in pairs_in(facts, kept, row) if line.low_80 > 0]
    return f"{geometric_mean(wide):.0f}" if wide else ""


def failed(facts: Facts, kept: Kept) -> Callout:
    """When not to use a forecast, computed from the kept ones."""
    pairs = used_lines(facts, kept)
    made = (_groups(facts, kept, pairs), _changes(facts, pairs), _kinds(facts, pairs))
    return caution("When not to use a forecast", *(one for one in made if one is not None))


def focus_row(facts: Facts, kept: Kept) -> Row | None:
    """Later figures of the programme's main host; None where it had none."""
    rows = (row for row in kept.tables[MAIN].groups if (row.by, row.name) == ("host", facts.focus))
    return next((row for row in rows if row.n), None)


def _groups(facts: Facts, kept: Kept, pairs: Pairs) -> Paragraph:
    found = [_row_short(facts, kept, row) for row in rows_short(kept, "family", "horizon")]
    found += [
        join(_of(held), " about the time \u201c", *tell(era), "\u201d (one such time)")
        for era, held in eras_short(facts, pairs)
    ]
    if not found:
        return para(
            "An ", EIGHTY, " interval should hold about ", method("80"), " figures in ", method("100"), ". No kind of "
            "figure, no span ahead and no time between changes of policy that can be judged fell short of that by ",
            method("10"), " or more.",
        )  # fmt: skip
    return para(
        "An ", EIGHTY, " interval should hold about ", method("80"), " figures in ", method("100"), ". Of some it held "
        "clearly fewer: ", listed(found, "and", "; "), ". Read the forecasts of such figures as too narrow. Our "
        "estimates, made after figures were heard, were not tried here.",
    )  # fmt: skip


def rows_short(kept: Kept, *by: str) -> list[Row]:
    """Groups of figures that were held too seldom: kinds (by family), spans ahead (by horizon)."""
    return [row for row in kept.tables[MAIN].groups if row.by in by and is_short(row)]


def is_short(row: Row) -> bool:
    """Whether a row can be judged and its 80 % intervals held clearly too few."""
    return row.judged and row.coverage_80 is not None and row.coverage_80 <= FAIR - SHORT


def _row_short(facts: Facts, kept: Kept, row: Row) -> Spans:
    """ "58 % of 47 figures on crossings and permits (...; their middles missed by a factor of 5.1 on average)"."""
    scored, miss = scored_in(facts, kept, row), missed_by(pairs_in(facts, kept, row))
    lot, name = redrawn(scored, row), group(facts, row)
    words = f"on {name}" if row.by == "family" else lower_first(name)
    return join(
        opens(scored, percent(row.coverage_80)), " of ", how_many(row.n, "figure"), f" {words} (",
        join(*lot, "; ") if lot else (), "their middles missed by a factor of ",
        opens(scored, "\u2013" if miss is None else f"{miss:.1f}"), " on average)",
    )  # fmt: skip


def eras_short(facts: Facts, pairs: Pairs) -> list[tuple[str, Held]]:
    """Times between changes of policy or border of which too few figures were held, by their labels."""
    labels = {one["id"]: str(one["label"]) for one in facts.programme.tables["backtest"]["shock"]}
    odds, found = odds_of(facts.programme), []
    for id, label in labels.items():
        held = held_of(facts, [pair for pair in pairs if odds.shock_of(middle_of(pair[1])) == id])
        if held.share is not None and len(held.claims) >= FIGURES and held.share <= FAIR - SHORT:
            found.append((label, held))
    return found


def _of(held: Held) -> Spans:
    """ "62 % of 19 figures"."""
    return join(opens(held.claims, percent(held.share)), " of ", how_many(len(held.claims), "figure"))


def _changes(facts: Facts, pairs: Pairs) -> Paragraph | None:
    """Forecasts over which the policy or the border changed, beside those over which it did not."""
    odds = odds_of(facts.programme)

    def ahead(changed: bool) -> Held:
        chosen = [
            (line, one)
            for line, one in pairs
            if middle_of(one) > line.cut and (odds.shock_of(middle_of(one)) != odds.shock_of(line.cut)) == changed
        ]
        return held_of(facts, chosen)

    over, still = ahead(True), ahead(False)
    if not over.claims or not still.claims:
        return None
    return para(
        "Where policy or border changed between the day of the forecast and the time that the figure speaks of, the ",
        EIGHTY, " intervals held ", _of(over), _few(over), "; where nothing changed, ", _of(still), _few(still), ".",
    )  # fmt: skip


def _few(held: Held) -> str:
    return "" if held.judged else " (too few to judge)"


def kinds_of(pairs: Pairs) -> list[Kind]:
    """Every measure and host, with the last forecasts of its figures."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line, one in last_of(pairs):
        found[one.measure, one.host].append(line)
    return [
        Kind(measure, host, tuple(sorted(line.claim for line in lines)), sum(map(is_held, lines)))
        for (measure, host), lines in found.items()
    ]


def last_of(pairs: Pairs) -> Pairs:
    """The last forecast of each figure: lines stand in the order of the days."""
    return list({line.claim: (line, one) for line, one in pairs}.values())


def poor_kinds(pairs: Pairs) -> list[Kind]:
    """Kinds of which the last forecasts held fewer than half, the worst first."""
    kinds = [one for one in kinds_of(pairs) if len(one.claims) >= A_KIND]
    return sorted((one for one in kinds if 2 * one.held < len(one.claims)), key=_worst)


def _kinds(facts: Facts, pairs: Pairs) -> Paragraph | None:
    said = [kind_held(facts, one) for one in poor_kinds(pairs)]
    if not said:
        return None
    return para(
        "Even the last forecast before they were published held fewer than half of these: ", listed(said, "and", "; "),
        ". Do not quote our ", EIGHTY, " forecast of such a figure.",
    )  # fmt: skip


def _worst(kind: Kind) -> tuple[float, int]:
    return kind.held / len(kind.claims), -len(kind.claims)


def kind_held(facts: Facts, kind: Kind) -> Spans:
    """ "workers sent or arrived, the host (1 of 3)"."""
    name = f"{facts.programme.measures[kind.measure].name}, {facts.host_name(kind.host)}"
    return join(*tell(name), " (", opens(kind.claims, f"{kind.held} of {len(kind.claims)}"), ")")
