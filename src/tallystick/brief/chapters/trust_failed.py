"""Where the trial failed: the kinds of figure, the spans ahead and the changes of policy where too few were held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from statistics import fmean, geometric_mean
from typing import NamedTuple

from tallystick.brief.chapters.base import caution
from tallystick.brief.chapters.trust_scored import Claims, called, group, opens, percent, scored_in, used_lines
from tallystick.brief.document import Callout, Paragraph, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, how_many, join, listed, method, para, tell
from tallystick.brief.words.grammar import lower_first
from tallystick.forecasts.figures import middle_of
from tallystick.forecasts.kept import Kept, Line
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.score import FIGURES, SHOCKS, Row
from tallystick.reconcile.account import Observation

FAIR = 0.8  # share of later figures that an 80 % interval should hold
SHORT = 0.1  # a group of which intervals held so much less is named
A_KIND = 3  # last forecasts of one kind and country from which it is said how many were held
MAIN = "stated, all"
Pairs = Sequence[tuple[Line, Observation]]


class Held(NamedTuple):
    """What 80 % intervals held of some later figures, each counted once with the mean over its days."""

    claims: Claims
    share: float
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
    """What the forecasts in `pairs` held; a share of 1 of nothing."""
    by_claim: dict[str, list[float]] = defaultdict(list)
    for line, _ in pairs:
        by_claim[line.claim].append(float(is_held(line)))
    odds = odds_of(facts.programme)
    eras = {odds.shock_of(middle_of(one)) for _, one in pairs}
    share = fmean(fmean(each) for each in by_claim.values()) if by_claim else 1.0
    return Held(tuple(sorted(by_claim)), share, len(eras))


def width_of(facts: Facts, kept: Kept, row: Row) -> float:
    """How many times the lower end the upper end of an 80 % interval is, typically, over the forecasts of a row."""
    wide = [line.high_80 / line.low_80 for line, one in used_lines(facts, kept) if called(facts, row.by, one, line.cut)
            == row.name and line.low_80 > 0]  # fmt: skip
    return geometric_mean(wide) if wide else 1.0


def failed(facts: Facts, kept: Kept) -> Callout:
    """When not to use a figure, computed from the kept forecasts."""
    pairs = used_lines(facts, kept)
    made = (_groups(facts, kept, pairs), _changes(facts, pairs), _kinds(facts, pairs))
    return caution("When not to use a figure", *(one for one in made if one is not None))


def _groups(facts: Facts, kept: Kept, pairs: Pairs) -> Paragraph:
    found = [*_rows_short(facts, kept), *_eras_short(facts, pairs)]
    if not found:
        return para(
            "An ", EIGHTY, " interval should hold about ", method("80"), " figures in ", method("100"), ". No kind of "
            "figure, no span ahead and no time between changes of policy that can be judged fell short of that by ",
            method("10"), " or more.",
        )  # fmt: skip
    return para(
        "An ", EIGHTY, " interval should hold about ", method("80"), " figures in ", method("100"), ". Of some it held "
        "clearly fewer: ", listed(found, "and", "; "), ". Read the intervals of such figures as too narrow.",
    )  # fmt: skip


def _rows_short(facts: Facts, kept: Kept) -> list[Spans]:
    """Kinds of figures and spans ahead that were held too seldom, with how far the forecasts missed."""
    rows = [row for row in kept.tables[MAIN].groups if row.by in ("family", "horizon") and is_short(row)]
    return [_row_short(facts, kept, row) for row in rows]


def is_short(row: Row) -> bool:
    """Whether a row can be judged and its 80 % intervals held clearly too few."""
    return row.judged and row.coverage_80 is not None and row.coverage_80 <= FAIR - SHORT


def _row_short(facts: Facts, kept: Kept, row: Row) -> Spans:
    scored, miss = scored_in(facts, kept, row), "" if row.crps is None else f"{exp(row.crps):.1f}"
    words = f"on {group(row)}" if row.by == "family" else lower_first(group(row))
    return join(
        opens(scored, percent(row.coverage_80)), " of ", how_many(row.n, "figure"), f" {words} (off by a factor of ",
        opens(scored, miss), " on average)",
    )  # fmt: skip


def _eras_short(facts: Facts, pairs: Pairs) -> list[Spans]:
    """Times between changes of policy or border of which too few figures were held."""
    labels = {one["id"]: str(one["label"]) for one in facts.programme.tables["backtest"]["shock"]}
    odds, found = odds_of(facts.programme), []
    for id, label in labels.items():
        held = held_of(facts, [pair for pair in pairs if odds.shock_of(middle_of(pair[1])) == id])
        if len(held.claims) >= FIGURES and held.share <= FAIR - SHORT:
            found.append(join(_of(held), " about the time \u201c", *tell(label), "\u201d"))
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


def _kinds(facts: Facts, pairs: Pairs) -> Paragraph | None:
    """Kinds of which the last forecasts held fewer than half."""
    kinds = [one for one in kinds_of(pairs) if len(one.claims) >= A_KIND]
    poor = sorted((one for one in kinds if 2 * one.held < len(one.claims)), key=_worst)
    if not poor:
        return None
    said = [_kind(facts, one) for one in poor]
    return para(
        "Even the last forecast before they were published held fewer than half of these: ", listed(said, "and", "; "),
        ". Do not quote our ", EIGHTY, " interval for such a figure.",
    )  # fmt: skip


def _worst(kind: Kind) -> tuple[float, int]:
    return kind.held / len(kind.claims), -len(kind.claims)


def _kind(facts: Facts, kind: Kind) -> Spans:
    name = f"{facts.programme.measures[kind.measure].name}, {facts.host_name(kind.host)}"
    return join(*tell(name), " (", opens(kind.claims, f"{kind.held} of {len(kind.claims)}"), ")")
